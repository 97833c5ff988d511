//! The pages about imports, in the order of their way: upload, progress, review with its fixes and choices, and what became of it.

mod answers;
mod changes;
pub(super) mod changing;
pub(super) mod conflicts;
mod damaged;
mod done;
mod ended;
pub(super) mod finish;
mod fix_grid;
pub(super) mod fixes;
pub(super) mod further;
mod kinds;
pub(super) mod left_out;
pub(super) mod list;
pub(super) mod new_users;
mod notice;
pub(super) mod one_import;
mod place;
pub(super) mod problems;
pub(super) mod progress;
pub(super) mod report;
mod reviewing;
pub(super) mod strip;
mod target;
pub(super) mod upload;
mod viewed;
pub(super) mod worth_knowing;
