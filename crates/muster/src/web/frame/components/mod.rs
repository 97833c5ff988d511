//! What pages are made of: small pieces of markup whose classes the style sheet knows, each with its states. Knows no page and asks
//! nothing; `/design` of a demo shows all of them.

pub(in crate::web) mod action;
pub(in crate::web) mod banner;
pub(in crate::web) mod bar;
pub(in crate::web) mod chip;
pub(in crate::web) mod empty;
pub(in crate::web) mod field;
pub(in crate::web) mod mark;
pub(in crate::web) mod menu;
pub(in crate::web) mod question;
pub(in crate::web) mod table;
pub(in crate::web) mod tabs;
