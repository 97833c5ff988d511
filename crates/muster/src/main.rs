//! Muster: edit an organisation's users in bulk.
fn main() {}
