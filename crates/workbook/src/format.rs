//! The three kinds of file that are read and written.

/// A kind of spreadsheet file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Office Open XML (ECMA-376), what Excel saves.
    Xlsx,
    /// Comma separated values (RFC 4180).
    Csv,
    /// OpenDocument spreadsheet (ISO/IEC 26300), what LibreOffice saves.
    Ods,
}
