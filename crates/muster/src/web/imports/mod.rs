//! The pages about imports, in the order of their way: upload, progress, review with its fixes and choices, and what became of it.

mod answers;
pub(super) mod changes;
pub(super) mod conflicts;
mod damaged;
mod done;
mod ended;
pub(super) mod fix_grid;
pub(super) mod fixes;
pub(super) mod further;
pub(super) mod list;
mod notice;
pub(super) mod one_import;
pub(super) mod progress;
pub(super) mod report;
mod review;
pub(super) mod strip;
mod target;
pub(super) mod upload;
mod viewed;
