//! The records of a zip archive: their signatures, and numbers as they stand in them.

/// Signatures of the records of a zip archive (APPNOTE 4.3).
pub(super) mod signature {
    pub(in crate::archive) const LOCAL: u32 = 0x0403_4b50;
    pub(in crate::archive) const DESCRIPTOR: u32 = 0x0807_4b50;
    pub(in crate::archive) const CENTRAL: u32 = 0x0201_4b50;
    pub(in crate::archive) const END: u32 = 0x0605_4b50;
    pub(in crate::archive) const END_64: u32 = 0x0606_4b50;
    pub(in crate::archive) const LOCATOR_64: u32 = 0x0706_4b50;
}

/// Reads a little-endian number at this place, or 0 beyond the end; callers have checked the length.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |two| u16::from_le_bytes([two[0], two[1]]))
}

/// Like [`u16_at`], four bytes.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16_at(bytes, at)) | u32::from(u16_at(bytes, at + 2)) << 16
}

/// Like [`u16_at`], eight bytes.
pub(super) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}
