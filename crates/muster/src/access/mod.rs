//! Who may do what: administrators, their passwords, second factors, one-time links and sessions, tokens, roles; and whether a request
//! comes from our own pages.
//!
//! Synchronous but for [`sign_in`], which waits its turn for the costly part. Knows neither HTTP's types nor HTML.

mod activity;
mod attempts;
mod devices;
mod factors;
mod forgotten;
mod links;
mod members;
mod names;
mod organisations;
mod origin;
mod own;
mod password_rules;
mod passwords;
mod secrets;
mod sessions;
mod settings;
mod setup;
mod sign_in;
mod strangers;
mod tokens;

pub use activity::{ActivityFilter, ActivityPage, activity_file, activity_page, told_time};
pub use devices::{Browser, DEVICE_DAYS};
pub use factors::{
    Coded, Offer, RECOVERY_CODES, Reset, confirm_factor, has_factor, offered_factor, remove_factor,
    reset_factor, reset_factor_of,
};
pub use forgotten::ask_for_password;
pub use links::{LINK_HOURS, link_is_open, one_time_link, one_time_link_by, use_link};
pub(crate) use links::{invitation_link, password_link};
pub use members::{Invited, Linked, invite, link_for, set_role};
pub use names::is_email;
pub use organisations::{Made, WHY_MOST, make_organisation, remove_organisation, suspend_organisation};
pub use origin::{
    Origin, Visit, comes_from_our_pages, is_known_host, may_watch, request_number, unknown_host,
};
pub use own::{Changed, Introduced, asks_for_old_password, change_password, introduce, offer_factor};
pub use password_rules::{LEAST_CHARACTERS, PasswordProblem, check_password, check_password_of};
pub use passwords::{password_hash, set_password, set_password_by};
pub use sessions::{
    Actor, SignedIn, actor, end_one_session, end_other_sessions, end_session, sessions, sign_out_everywhere,
    signed_in, start_session,
};
pub use settings::{KEEP_DAYS_MOST, SettingsProblems, change_settings, choose_language};
pub use setup::{FirstOwner, SetUp, SetUpProblems, set_up, setup_is_open, setup_link};
pub use sign_in::{Answer, Welcome, open_link, owes_second_factor, second_factor, sign_in};
pub use strangers::{Sent, form_shown, sender_of, sent_form};
pub use tokens::{Token, create_token, create_token_by, revoke_tokens, token_holder};

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
