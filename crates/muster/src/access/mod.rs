//! Who may do what: administrators, their passwords, one-time links and sessions, tokens, roles; and whether a request comes from
//! our own pages.
//!
//! Synchronous but for [`sign_in`], which waits its turn for the costly part. Knows neither HTTP's types nor HTML.

mod links;
mod origin;
mod passwords;
mod secrets;
mod sessions;
mod sign_in;
mod tokens;

pub use links::{LINK_HOURS, link_is_open, one_time_link, use_link};
pub use origin::{Origin, Visit, comes_from_our_pages, is_known_host, unknown_host};
pub use passwords::{LEAST_CHARACTERS, PasswordProblem, check_password, password_hash, set_password};
pub use sessions::{Actor, SignedIn, actor, end_session, signed_in, start_session};
pub use sign_in::{Answer, change_password, sign_in};
pub use tokens::{Token, create_token, token_holder};

use store::Role;

/// What somebody wants to do in an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// See users, imports and history; download.
    Look,
    /// Edit users, by hand and by import; undo.
    Edit,
    /// Look after fields, administrators and tokens; erase.
    Own,
}

/// Whether a role allows an action.
pub fn may(role: Role, action: Action) -> bool {
    let least = match action {
        Action::Look => Role::Viewer,
        Action::Edit => Role::Editor,
        Action::Own => Role::Owner,
    };
    role >= least
}
