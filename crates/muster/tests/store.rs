//! The contract of the store, on both databases. Each test gets a fresh one; what they share stands in `scene`.

mod access;
mod accounts;
mod applies;
mod creations;
mod faults;
mod imports;
mod once;
mod opening;
mod past;
mod plans;
mod replay;
pub mod scene;
mod schema;
mod search;
mod uploads;
mod users;
