//! From the directory to a file: the download, and the report on what is wrong in an import.

pub(crate) mod changes;
pub(crate) mod download;
pub(crate) mod report;
pub(crate) mod told;
