//! The pages of an organisation's tickets: all of them, one of them, and what support changed of its users.

pub(super) mod list;
pub(super) mod one;
pub(super) mod releases;
