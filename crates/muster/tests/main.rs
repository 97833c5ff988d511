//! The tests of the program, through its public face: one binary, a module for each room.

#![expect(
    unreachable_pub,
    reason = "the modules of one binary share their scenes by pub; nothing is published"
)]

mod api;
mod borders;
mod cli;
mod ground;
mod import;
mod store;
mod web;
