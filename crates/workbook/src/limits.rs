//! How much of a file is taken, counted on the real bytes while reading.

/// The limits of reading; each one refused with its own sentence. [`Limits::default`] is what workbooks of people need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of an xlsx or ods file.
    pub upload: u64,
    /// Bytes of a csv file.
    pub csv_upload: u64,
    /// Rows of a sheet.
    pub rows: u32,
    /// Columns read; cells beyond are ignored.
    pub columns: u32,
    /// Bytes of the inflated sheet.
    pub sheet: u64,
    /// Bytes of the inflated shared strings.
    pub shared_strings: u64,
    /// Bytes of any other inflated part.
    pub part: u64,
    /// Inflated bytes for each stored byte, after the first 10 MiB.
    pub ratio: u64,
    /// Entries of the zip archive.
    pub entries: u64,
    /// Depth of XML elements.
    pub depth: u32,
    /// Attributes of one XML element.
    pub attributes: u32,
    /// Bytes of one XML token, or of one field of csv.
    pub token: u64,
    /// UTF-16 units of one cell; a longer one is cut and marked.
    pub cell: u32,
    /// Bytes of text in one row.
    pub row: u64,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self {
            upload: 256 * MIB,
            csv_upload: 512 * MIB,
            rows: 1_048_576,
            columns: 256,
            sheet: 4096 * MIB,
            shared_strings: 512 * MIB,
            part: 16 * MIB,
            ratio: 200,
            entries: 2_000,
            depth: 64,
            attributes: 256,
            token: MIB,
            cell: 32_767,
            row: 8 * MIB,
        }
    }
}
