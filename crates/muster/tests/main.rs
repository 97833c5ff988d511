//! The tests of the program, through its public face: one binary, a module for each room.

mod api;
mod borders;
mod cli;
mod ground;
mod import;
mod store;
mod web;
