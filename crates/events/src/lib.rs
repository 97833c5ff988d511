//! The one list of what the security log tells: who signed in, who was refused, who changed what protects the users. One line an
//! event, under the target `muster::events`; docs/security.md says what each one means.
//!
//! A line holds no value of a user, no secret, no email and nothing that a stranger typed: people are told by their number, tokens by
//! their name, imports by their identity. What does come from somebody (the name of a token) can't end a line or begin another one.
//! Which request it was, and from which address, stands in the span around the line.
//!
//! [`counted`] is what is counted beside them.

pub mod counted;

use std::fmt::{Display, Write};

use tracing::{info, warn};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// Somebody signed in: both factors, where there are two.
    SignedIn,
    /// An email or a password was wrong.
    SignInFailed,
    /// Signing in was put off, because it had failed too often.
    SignInSlowed,
    /// Somebody signed out.
    SignedOut,
    /// Sessions were ended from another browser, or by the operator.
    SessionsEnded,
    /// A one-time link was made.
    LinkMade,
    /// A password was set.
    PasswordChanged,
    /// A password was not set: the old one was wrong.
    PasswordChangeFailed,
    /// Somebody signs in with another email.
    EmailChanged,
    /// Somebody has a second factor now.
    FactorSet,
    /// Somebody has no second factor any more.
    FactorRemoved,
    /// A code of a second factor was wrong, or had been taken.
    FactorFailed,
    /// A recovery code was used in place of a code.
    RecoveryCodeUsed,
    /// Somebody was given a role.
    RoleGiven,
    /// A role was taken away.
    RoleRemoved,
    /// Somebody looks after the whole deployment now.
    OperatorMade,
    /// A token was made.
    TokenMade,
    /// Tokens were taken away.
    TokenRevoked,
    /// A request came with a token that is unknown, damaged or over.
    TokenRefused,
    /// Somebody asked for what their role does not allow.
    Refused,
    /// A request was refused because a foreign page sent it, or by a name that is not ours.
    ForeignRequest,
    /// A workbook of users was sent to somebody.
    Downloaded,
    /// The uploaded file of an import was sent to somebody.
    FileSent,
    /// The rows of an import that have problems were sent to somebody.
    ReportSent,
    /// What an import changed was sent to somebody as a file.
    ChangesSent,
    /// The activity of an organisation was sent to somebody as a file.
    ActivitySent,
    /// A file was uploaded to be imported.
    Uploaded,
    /// An import was applied.
    ImportCompleted,
    /// An import was undone.
    ImportUndone,
    /// An organisation was made.
    AccountMade,
    /// An organisation is being removed with all of its rows.
    AccountRemoved,
    /// A setting of an organisation was changed, its fields among them.
    SettingChanged,
    /// A person was erased, by whoever owns the organisation.
    UserErased,
    /// A ticket was raised with support.
    TicketRaised,
    /// Support answered or declined a ticket.
    TicketDecided,
    /// Support took a value from the user who had it, because a ticket asked for it.
    ValueReleased,
    /// A mail could not be sent for a day.
    MailGivenUp,
    /// A mail was refused for good by the server that is to send it.
    MailRefused,
    /// A request was answered with a fault of ours.
    Failed,
}

impl Event {
    /// All of them.
    pub const ALL: [Self; 39] = [
        Self::SignedIn,
        Self::SignInFailed,
        Self::SignInSlowed,
        Self::SignedOut,
        Self::SessionsEnded,
        Self::LinkMade,
        Self::PasswordChanged,
        Self::PasswordChangeFailed,
        Self::EmailChanged,
        Self::FactorSet,
        Self::FactorRemoved,
        Self::FactorFailed,
        Self::RecoveryCodeUsed,
        Self::RoleGiven,
        Self::RoleRemoved,
        Self::OperatorMade,
        Self::TokenMade,
        Self::TokenRevoked,
        Self::TokenRefused,
        Self::Refused,
        Self::ForeignRequest,
        Self::Downloaded,
        Self::FileSent,
        Self::ReportSent,
        Self::ChangesSent,
        Self::ActivitySent,
        Self::Uploaded,
        Self::ImportCompleted,
        Self::ImportUndone,
        Self::AccountMade,
        Self::AccountRemoved,
        Self::SettingChanged,
        Self::UserErased,
        Self::TicketRaised,
        Self::TicketDecided,
        Self::ValueReleased,
        Self::MailGivenUp,
        Self::MailRefused,
        Self::Failed,
    ];

    /// The word of the log, which never changes.
    pub fn word(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignInFailed => "sign-in-failed",
            Self::SignInSlowed => "sign-in-slowed",
            Self::SignedOut => "signed-out",
            Self::SessionsEnded => "sessions-ended",
            Self::LinkMade => "link-made",
            Self::PasswordChanged => "password-changed",
            Self::PasswordChangeFailed => "password-change-failed",
            Self::EmailChanged => "email-changed",
            Self::FactorSet => "factor-set",
            Self::FactorRemoved => "factor-removed",
            Self::FactorFailed => "factor-failed",
            Self::RecoveryCodeUsed => "recovery-code-used",
            Self::RoleGiven => "role-given",
            Self::RoleRemoved => "role-removed",
            Self::OperatorMade => "operator-made",
            Self::TokenMade => "token-made",
            Self::TokenRevoked => "token-revoked",
            Self::TokenRefused => "token-refused",
            Self::Refused => "refused",
            Self::ForeignRequest => "foreign-request",
            Self::Downloaded => "downloaded",
            Self::FileSent => "file-sent",
            Self::ReportSent => "report-sent",
            Self::ChangesSent => "changes-sent",
            Self::ActivitySent => "activity-sent",
            Self::Uploaded => "uploaded",
            Self::ImportCompleted => "import-completed",
            Self::ImportUndone => "import-undone",
            Self::AccountMade => "account-made",
            Self::AccountRemoved => "account-removed",
            Self::SettingChanged => "setting-changed",
            Self::UserErased => "user-erased",
            Self::TicketRaised => "ticket-raised",
            Self::TicketDecided => "ticket-decided",
            Self::ValueReleased => "value-released",
            Self::MailGivenUp => "mail-given-up",
            Self::MailRefused => "mail-refused",
            Self::Failed => "failed",
        }
    }

    /// Whether somebody was kept from something: these lines are warnings.
    fn is_warning(self) -> bool {
        matches!(
            self,
            Self::SignInFailed
                | Self::SignInSlowed
                | Self::PasswordChangeFailed
                | Self::FactorFailed
                | Self::TokenRefused
                | Self::Refused
                | Self::ForeignRequest
                | Self::MailGivenUp
                | Self::MailRefused
                | Self::Failed
        )
    }

    /// The event of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.word() == word)
    }

    /// Whether it is kept in the activity of the organisation that it concerns, for its owners to read. What strangers can send without end,
    /// what concerns the deployment and what failed stand in the log alone.
    pub fn is_kept(self) -> bool {
        !matches!(
            self,
            Self::SignInSlowed
                | Self::AccountRemoved
                | Self::OperatorMade
                | Self::TokenRefused
                | Self::Refused
                | Self::ForeignRequest
                | Self::MailGivenUp
                | Self::MailRefused
                | Self::Failed
        )
    }

    /// Whether it is kept so often an hour at the most: where failures make it, which somebody can repeat at will.
    pub fn most_an_hour(self) -> Option<i64> {
        let repeated = matches!(self, Self::SignInFailed | Self::PasswordChangeFailed | Self::FactorFailed);
        repeated.then_some(FAILURES_MOST)
    }

    /// The line of an event, to say more of and then [`Line::tell`].
    #[must_use]
    pub fn line(self) -> Line {
        Line { event: self, who: None, account: None, about: None, details: Vec::new() }
    }
}

/// Failures of a kind that the activity of an organisation keeps within an hour at the most; the log tells all.
const FAILURES_MOST: i64 = 50;

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    event: Event,
    who: Option<String>,
    account: Option<String>,
    about: Option<String>,
    details: Vec<(String, String)>,
}

impl Line {
    /// Who did it: `administrator:3`, `token:payroll`, `cli:root`.
    #[must_use]
    pub fn by(self, who: impl Display) -> Self {
        Self { who: Some(clean(who)), ..self }
    }

    /// The administrator who did it.
    #[must_use]
    pub fn by_administrator(self, number: i64) -> Self {
        self.by(format_args!("administrator:{number}"))
    }

    /// In which organisation, by its slug.
    #[must_use]
    pub fn of_account(self, slug: impl Display) -> Self {
        Self { account: Some(clean(slug)), ..self }
    }

    /// What it is about, in words of ours, numbers and identities.
    #[must_use]
    pub fn about(self, what: impl Display) -> Self {
        let what = clean(what);
        Self { about: Some(what.clone()), details: vec![("about".to_owned(), what)], ..self }
    }

    /// One thing more that it is about: `role=owner`.
    #[must_use]
    pub fn with(self, name: &str, value: impl Display) -> Self {
        let before = self.about.map(|about| format!("{about} ")).unwrap_or_default();
        let value = clean(value);
        let about = Some(format!("{before}{name}={value}"));
        let details = self.details.into_iter().chain([(name.to_owned(), value)]).collect();
        Self { about, details, ..self }
    }

    /// What happened.
    pub fn event(&self) -> Event {
        self.event
    }

    /// Who did it; nobody when nothing was said.
    pub fn who(&self) -> &str {
        self.who.as_deref().unwrap_or("nobody")
    }

    /// What it is about, each with its name; what was said without one is called `about`.
    pub fn details(&self) -> &[(String, String)] {
        &self.details
    }

    /// Writes it.
    pub fn tell(&self) {
        let Self { event, who, account, about, .. } = self;
        counted::count(*event);
        let (event, warns) = (event.word(), event.is_warning());
        let (who, account, about) = (who.as_deref(), account.as_deref(), about.as_deref());
        if warns {
            warn!(target: "muster::events", event, who, account, about);
        } else {
            info!(target: "muster::events", event, who, account, about);
        }
    }
}

/// Letters of one part of a line, at most.
const MOST: usize = 120;

/// A text that stays in its place: what would end the line, move the cursor, turn the direction of writing or close the quotation is
/// written as its number (OWASP ASVS 5.0, 16.4.1).
fn clean(text: impl Display) -> String {
    let mut cleaned = String::new();
    for letter in text.to_string().chars().take(MOST) {
        let harmless = !letter.is_control() && !matches!(letter, '"' | '\\') && !moves_others(letter);
        if harmless {
            cleaned.push(letter);
        } else {
            // Writing into a text never fails.
            let _ = write!(cleaned, "<{:x}>", u32::from(letter));
        }
    }
    cleaned
}

/// Separators of lines beyond the control letters, marks of direction, letters without width.
fn moves_others(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    use super::Event;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("nobody panics").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn written(json: bool, tell: impl FnOnce()) -> String {
        let kept = Kept::default();
        let to = kept.clone();
        let lines = tracing_subscriber::fmt().with_writer(move || to.clone()).without_time().with_ansi(false);
        if json {
            tracing::subscriber::with_default(lines.json().flatten_event(true).finish(), tell);
        } else {
            tracing::subscriber::with_default(lines.finish(), tell);
        }
        String::from_utf8(kept.0.lock().expect("nobody panics").clone()).expect("text")
    }

    #[test]
    fn every_event_is_in_the_list_once() {
        let words: HashSet<_> = Event::ALL.map(Event::word).into_iter().collect();
        assert_eq!(words.len(), Event::ALL.len());
    }

    #[test]
    fn nobody_writes_a_line_of_their_own() {
        let forged = "a\r\n2026 INFO muster::events: event=\"signed-in\"\u{1b}[2K\u{2028}\u{202e}";
        for json in [false, true] {
            let line = written(json, || {
                Event::TokenMade.line().by(format!("token:{forged}")).about(forged).of_account("acme").tell();
            });
            assert_eq!(line.lines().count(), 1, "{line}");
            assert!(line.contains("token-made") && line.contains("acme"), "{line}");
            assert!(!line.contains("\"signed-in\"") && !line.contains("\\\"signed-in"), "{line}");
            let odd =
                |letter: char| letter.is_control() && letter != '\n' || "\u{2028}\u{202e}".contains(letter);
            assert!(!line.contains(odd), "{line:?}");
        }
    }

    #[test]
    fn a_line_is_short_whatever_it_is_about() {
        let line = written(false, || Event::TokenMade.line().about("x".repeat(1 << 20)).tell());
        assert!(line.len() < 300, "{}", line.len());
    }
}
