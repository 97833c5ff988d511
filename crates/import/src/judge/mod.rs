//! Judging the cells of a plan: what a verdict makes of a cell, whether the user can still sign in, who may have what only one user
//! may have. Shared by reading a file, by fixes, by undo and by the form of one user.

mod cells;
pub(crate) mod circles;
pub(crate) mod claims;
pub(crate) mod end_state;
pub(crate) mod managers;
pub(crate) mod new_user;
pub(crate) mod overlay;
pub(crate) mod past;
pub(crate) mod people;
mod purpose;
pub(crate) mod retired;
pub(crate) mod rivals;
pub(crate) mod row;
pub(crate) mod seen;
mod settle;
pub(crate) mod shared_id;
mod sharing;

pub(crate) use cells::{
    claims_of, claims_of_row, gives_up, is_contested, named, names_of, nobody, planned, restore, sign_in_of,
};
pub(crate) use purpose::Purpose;
pub(crate) use row::{Lines, RowJudge, Whom, check_sign_in};
