//! What all pages stand in: the layout with its assets and the components that pages are built of, who asks and what was sent, how they answer when something is in the way, and
//! small turns of phrase. Knows no page.

pub(super) mod assets;
pub(super) mod attachment;
pub(super) mod components;
pub(super) mod cookies;
pub(super) mod errors;
mod framed;
pub(super) mod guard;
pub(super) mod language;
pub(super) mod layout;
pub(super) mod moment;
pub(super) mod pages;
pub(super) mod reply;
pub(super) mod sent;
pub(super) mod shown_once;
pub(super) mod signed_in;
pub(super) mod words;
