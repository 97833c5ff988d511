//! What is written often and is not the directory: imports with their leases, uploads, plans and fixes. On SQLite this is the second
//! file.

pub(crate) mod accounted;
pub(crate) mod announced;
pub(crate) mod attempts;
mod changing_back;
pub(crate) mod decisions;
pub(crate) mod feedback;
pub(crate) mod files;
pub(crate) mod fix_rows;
pub(crate) mod fix_steps;
pub(crate) mod fixes;
pub(crate) mod foreign;
pub(crate) mod forget;
pub(crate) mod groups;
pub(crate) mod half_sign_ins;
pub(crate) mod imports;
pub(crate) mod lines;
pub(crate) mod mails;
pub(crate) mod news;
mod notes;
pub(crate) mod once;
pub(crate) mod plan;
pub(crate) mod plan_claims;
pub(crate) mod plan_lists;
pub(crate) mod plan_rows;
pub(crate) mod problems;
pub(crate) mod rules;
pub(crate) mod selections;
mod settling;
pub(crate) mod shown;
pub(crate) mod tickets;
pub(crate) mod tickets_raised;
pub(crate) mod uploads;
mod waiting;
pub(crate) mod wanted;
pub(crate) mod warnings;
pub(crate) mod written_cells;
