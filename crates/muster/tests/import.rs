//! The pipeline: real files in, plans and a changed directory out. Files are csv where that shows the rule, and workbooks edited by
//! openpyxl and saved again by LibreOffice where it has to be a file as people send it.

mod apply;
mod creations;
mod deaths;
mod edits;
mod further;
mod kills;
mod locales;
mod long_ago;
mod looks_right;
mod moved;
pub mod office;
mod overlay;
mod refusals;
mod reports;
mod uniqueness;
mod workbooks;
