//! Mail, where the operator says how: a thread of the server takes what waits in the store, one after the other, and hands it to the
//! operator's mail server. A mail is taken under a lease and goes from the store once it was handed on; so each is sent at least once, and
//! one that is sent twice has the same `Message-ID`. What can't be sent is tried again, less and less often, for a day.

mod letter;

use std::time::Duration;

use events::Event;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::{SmtpTransport, Transport};
use store::{Error, HeldMail, Result};

use self::letter::{Draft, Letter, draft};
use crate::app::{App, Mailing};

/// How long a mail server may take for one step.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a sender has a mail before another one takes it. One that is slower than that may send it twice.
const LEASE: i64 = 60 * 1_000;
/// How long the sender rests when nothing waits, unless somebody rings.
const REST: Duration = Duration::from_millis(500);
/// How long it rests after a failure of the store.
const AFTER_FAILURE: Duration = Duration::from_secs(5);
const MINUTE: i64 = 60_000;
/// After so many tries, so many minutes until the next.
const AGAIN: [i64; 6] = [1, 2, 5, 15, 30, 60];
/// A mail that could not be sent for so long is given up: a day.
const GIVEN_UP: i64 = 24 * 60 * MINUTE;
/// A mail whose act is not there yet waits for it so long: it was wanted just before the act.
const ACT: i64 = MINUTE;
/// Answers of a mail server that are about this mail and for good (RFC 5321, 4.2.3). Others, such as a refused sign-in, are the operator's to
/// put right.
const FOR_GOOD: [u16; 5] = [550, 551, 552, 553, 554];

/// Sends mails.
pub struct Sender {
    transport: SmtpTransport,
    from: Mailbox,
}

/// Why mail can't be sent with these settings. The address of the server is not among the words: it holds a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    /// The address of the server is none.
    Url,
    /// From whom mails are is no mailbox.
    From,
}

impl Sender {
    /// A sender with these settings. Nothing is connected to as yet.
    ///
    /// # Errors
    /// When one of them is none.
    pub fn of(mailing: &Mailing) -> std::result::Result<Self, Unusable> {
        let transport = SmtpTransport::from_url(&mailing.url).map_err(|_| Unusable::Url)?;
        let from = mailing.from.parse().map_err(|_| Unusable::From)?;
        Ok(Self { transport: transport.timeout(Some(PATIENCE)).build(), from })
    }

    /// Sends mails on a thread of its own until the program is told to stop.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn start(self, app: &App) -> std::io::Result<()> {
        let app = app.clone();
        let named = std::thread::Builder::new().name("mail".to_owned());
        named.spawn(move || self.send_on(&app)).map(drop)
    }

    fn send_on(&self, app: &App) {
        while !app.is_stopping() {
            match self.send_next(app) {
                Ok(true) => {}
                Ok(false) => app.wait_for_work(REST),
                // The newer program sends them.
                Err(Error::Updated) => return,
                Err(error) => {
                    tracing::error!(%error, "mails could not be looked after");
                    app.pause(AFTER_FAILURE);
                }
            }
        }
    }

    /// Sends the mail whose time has come first. False when none waits.
    ///
    /// # Errors
    /// When the store fails; the mail is taken again later.
    pub fn send_next(&self, app: &App) -> Result<bool> {
        let now = app.shared_now()?;
        let Some(mail) = app.store.take_mail(now, now.plus(LEASE))? else { return Ok(false) };
        match draft(app, &mail)? {
            Draft::Letter(letter) => self.hand_on(app, &mail, &letter)?,
            Draft::NotYet if now.0 - mail.at.0 < ACT => {
                app.store.postpone_mail(mail.number, now.plus(ACT / 6))?;
            }
            Draft::NotYet | Draft::Needless => app.store.drop_mail(mail.number)?,
        }
        Ok(true)
    }

    fn hand_on(&self, app: &App, mail: &HeldMail, letter: &Letter) -> Result<()> {
        let told = || {
            let line = Event::MailRefused.line().with("mail", mail.number).with("kind", mail.kind.word());
            line.with("administrator", mail.administrator)
        };
        let Some(message) = self.message(app, mail, letter) else {
            // What somebody signs in with need not be an address of mail.
            told().tell();
            return app.store.drop_mail(mail.number);
        };
        let Err(error) = self.transport.send(&message) else { return app.store.drop_mail(mail.number) };
        if error.status().is_some_and(|code| FOR_GOOD.contains(&u16::from(code))) {
            told().tell();
            return app.store.drop_mail(mail.number);
        }
        self.again(app, mail, &error)
    }

    /// Tries it again later, or gives it up.
    fn again(&self, app: &App, mail: &HeldMail, error: &lettre::transport::smtp::Error) -> Result<()> {
        let now = app.shared_now()?;
        if now.0 - mail.at.0 >= GIVEN_UP {
            let line = Event::MailGivenUp.line().with("mail", mail.number).with("kind", mail.kind.word());
            line.with("administrator", mail.administrator).with("tries", mail.tries).tell();
            return app.store.drop_mail(mail.number);
        }
        tracing::warn!(mail = mail.number, tries = mail.tries, %error, "a mail could not be sent; it is tried again");
        let place = usize::try_from(mail.tries - 1).unwrap_or_default().min(AGAIN.len() - 1);
        app.store.postpone_mail(mail.number, now.plus(AGAIN[place] * MINUTE))
    }

    /// The mail as it is handed on; none when the address can't be one.
    fn message(&self, app: &App, mail: &HeldMail, letter: &Letter) -> Option<Message> {
        let to = Mailbox::new(None, letter.to.parse().ok()?);
        let seconds = u64::try_from(app.clock.now().0 / 1_000).unwrap_or_default();
        let date = std::time::UNIX_EPOCH + Duration::from_secs(seconds);
        let id = format!("<{:016x}.muster@{}>", mail.number, self.from.email.domain());
        let message = Message::builder().from(self.from.clone()).to(to).subject(&letter.subject).date(date);
        let message = message.message_id(Some(id)).header(ByProgram).header(ContentType::TEXT_PLAIN);
        message.body(letter.text.clone()).ok()
    }
}

/// That no person wrote it, so that nobody's absence is answered to it (RFC 3834, 5).
#[derive(Debug, Clone, Copy)]
struct ByProgram;

impl Header for ByProgram {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
