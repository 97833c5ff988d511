//! What the crate promises, seen from outside, in one binary.

#![expect(clippy::expect_used, reason = "a test that can't go on has failed")]

mod accounted;
mod book;
mod csv;
mod hostile;
mod limits;
mod marks;
mod misplaced;
mod mutations;
mod nasty;
mod others;
mod pack;
mod round_trip;
mod standard;
mod well_formed;
