//! The tests of the program, through its public face: one binary, a module for each room.

#![expect(
    unreachable_pub,
    reason = "the modules of one binary share their scenes by pub; nothing is published"
)]

// The attribute tells clippy what it can't see from outside: these are tests, which may expect.
#[cfg(test)]
mod api;
#[cfg(test)]
mod backups;
#[cfg(test)]
mod borders;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod ground;
#[cfg(test)]
mod kills;
#[cfg(test)]
mod log;
#[cfg(test)]
mod moves;
#[cfg(test)]
mod packaging;
#[cfg(test)]
mod postgresql;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod soak;
#[cfg(test)]
mod starting;
#[cfg(test)]
mod web;
