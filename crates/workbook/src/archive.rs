//! The zip archive around xlsx and ods, read and written here and not by a library, because every limit has to hold
//! before memory is taken for what a file claims, and because a streamed download must be readable by every program.
//! Source of all numbers: PKWARE's APPNOTE.TXT, section 4.

mod directory;
mod part;
mod pour;

pub(crate) use directory::{Archive, Entry};
pub(crate) use part::{Cap, Part};
pub(crate) use pour::ZipWriter;

/// Signatures of the records of a zip archive (APPNOTE 4.3).
mod signature {
    pub(super) const LOCAL: u32 = 0x0403_4b50;
    pub(super) const DESCRIPTOR: u32 = 0x0807_4b50;
    pub(super) const CENTRAL: u32 = 0x0201_4b50;
    pub(super) const END: u32 = 0x0605_4b50;
    pub(super) const END_64: u32 = 0x0606_4b50;
    pub(super) const LOCATOR_64: u32 = 0x0706_4b50;
}

/// Reads a little-endian number at this place, or 0 beyond the end; callers have checked the length.
fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |two| u16::from_le_bytes([two[0], two[1]]))
}

/// Like [`u16_at`], four bytes.
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16_at(bytes, at)) | u32::from(u16_at(bytes, at + 2)) << 16
}

/// Like [`u16_at`], eight bytes.
fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}
