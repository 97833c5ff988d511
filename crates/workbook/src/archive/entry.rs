//! An entry of an archive, as its directory tells it.

/// One stored file.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Its path, with `/` between folders.
    pub(crate) name: String,
    /// Where its local header starts.
    pub(crate) offset: u64,
    /// Bytes of its local header at least.
    pub(super) head: u64,
    /// Bytes as stored.
    pub(crate) stored: u64,
    /// The checksum of its content.
    pub(crate) checksum: u32,
    /// Deflated, or stored as it is.
    pub(crate) deflated: bool,
}
