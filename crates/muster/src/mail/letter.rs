//! What a mail says, in the language of its reader: made when it is sent, of how things are then. So a mail that nobody needs any more is
//! not sent, and a link is never kept: each try makes its own.

use sentences::{Language, say, speaking};
use store::{
    Account, Administrator, Error, HeldMail, ImportId, MailKind, Membership, News, NewsKind, Result,
};

use crate::access::{LINK_HOURS, invitation_link, password_link};
use crate::app::App;

/// A mail, but for whom it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Letter {
    /// The address.
    pub(super) to: String,
    pub(super) subject: String,
    pub(super) text: String,
}

/// What comes of a mail that was wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Draft {
    /// This is to be sent.
    Letter(Letter),
    /// What it tells of is not there: it was wanted just before.
    NotYet,
    /// Nobody needs it any more.
    Needless,
}

/// What a mail says.
///
/// # Errors
/// When the store fails.
pub(super) fn draft(app: &App, mail: &HeldMail) -> Result<Draft> {
    let Some(reader) = app.store.administrator_of_number(mail.administrator)? else {
        return Ok(Draft::Needless);
    };
    let memberships = app.store.memberships(reader.id)?;
    let of_account = |membership: &&Membership| Some(membership.account.id) == mail.account;
    let membership = memberships.iter().find(of_account);
    let account = membership.or(memberships.first()).map(|membership| &membership.account);
    let language = reader.language.or(account.and_then(|account| account.language));
    let found = speaking(language.unwrap_or(Language::English), || match (mail.kind, membership) {
        (MailKind::Password, _) => password(app, mail, &reader).map(Some),
        (MailKind::Invitation, None) => Ok(None),
        (MailKind::Invitation, Some(of)) => {
            let known = reader.operator || memberships.len() > 1 || reader.password.is_some();
            invitation(app, mail, &reader, (of, known)).map(Some)
        }
        (MailKind::Release, Some(of)) => release(app, mail, &of.account),
        (MailKind::News, Some(of)) => news(app, mail, &of.account),
        (MailKind::Release | MailKind::News, None) => Ok(Some(Draft::Needless)),
    });
    let draft = found?.unwrap_or(Draft::NotYet);
    Ok(match draft {
        Draft::Letter(letter) => Draft::Letter(Letter { to: reader.email, ..letter }),
        other => other,
    })
}

fn letter(subject: String, paragraphs: &[String]) -> Draft {
    let closing = say!("mail-closing");
    let text = format!("{}\n\n-- \n{closing}\n", paragraphs.join("\n\n"));
    Draft::Letter(Letter { to: String::new(), subject, text })
}

fn password(app: &App, mail: &HeldMail, reader: &Administrator) -> Result<Draft> {
    let secret = password_link(app, reader.id, mail.asked_from.as_deref())?;
    let link = format!("{}/link/{secret}?to=password", pages_of(app)?);
    Ok(letter(
        say!("mail-password-subject").to_owned(),
        &[say!("mail-password-lead").to_owned(), link, say!("mail-password-not-you").to_owned()],
    ))
}

fn invitation(
    app: &App,
    mail: &HeldMail,
    reader: &Administrator,
    (membership, known): (&Membership, bool),
) -> Result<Draft> {
    let pages = pages_of(app)?;
    let organisation = &membership.account.name;
    let subject = say!("mail-invitation-subject", organisation = organisation);
    let lead = say!("mail-invitation-lead", organisation = organisation);
    if known {
        return Ok(letter(subject, &[lead, say!("mail-invitation-known").to_owned(), pages.to_owned()]));
    }
    let secret = invitation_link(app, reader.id, mail.asked_from.as_deref())?;
    let how = say!("mail-invitation-link", hours = LINK_HOURS);
    Ok(letter(subject, &[lead, how, format!("{pages}/link/{secret}?to=password")]))
}

/// None as long as the release is not there.
fn release(app: &App, mail: &HeldMail, account: &Account) -> Result<Option<Draft>> {
    if !app.store.was_released_after(account.id, mail.about)? {
        return Ok(None);
    }
    let page = format!("{}/o/{}/users", pages_of(app)?, account.slug);
    let organisation = &account.name;
    let lead = say!("mail-release-lead", organisation = organisation);
    Ok(Some(letter(say!("mail-release-subject", organisation = organisation), &[lead, page])))
}

fn news(app: &App, mail: &HeldMail, account: &Account) -> Result<Option<Draft>> {
    let unseen = |news: &News| news.about == mail.about && news.account.0 == account.slug && !news.seen;
    let found = app.store.news(mail.administrator)?.into_iter().find(unseen);
    let Some(news) = found else { return Ok(Some(Draft::Needless)) };
    if !app.store.is_mailed(mail.administrator)? {
        return Ok(Some(Draft::Needless));
    }
    let organisation = &account.name;
    let (subject, lead) = match news.kind {
        NewsKind::ImportDone => {
            (say!("mail-import-done-subject", organisation = organisation), say!("mail-import-done-lead"))
        }
        NewsKind::ImportReview => {
            (say!("mail-import-review-subject", organisation = organisation), say!("mail-import-review-lead"))
        }
        NewsKind::ImportFailed => {
            (say!("mail-import-failed-subject", organisation = organisation), say!("mail-import-failed-lead"))
        }
        NewsKind::TicketAnswered => (
            say!("mail-ticket-answered-subject", organisation = organisation),
            say!("mail-ticket-answered-lead"),
        ),
        NewsKind::TicketDeclined => (
            say!("mail-ticket-declined-subject", organisation = organisation),
            say!("mail-ticket-declined-lead"),
        ),
        NewsKind::TicketFree => {
            (say!("mail-ticket-free-subject", organisation = organisation), say!("mail-ticket-free-lead"))
        }
    };
    let page = match news.kind.import(news.about) {
        Some(import) => path_of_import(import),
        None => format!("tickets/{}", news.about),
    };
    let page = format!("{}/o/{}/{page}", pages_of(app)?, account.slug);
    let never = say!("mail-news-never").to_owned();
    Ok(Some(letter(subject, &[lead.to_owned(), page, never])))
}

fn path_of_import(import: ImportId) -> String {
    format!("imports/{import}")
}

/// Where pages are, for links in mails.
///
/// # Errors
/// When the deployment does not say where it is reached.
fn pages_of(app: &App) -> Result<&str> {
    app.pages.as_deref().ok_or_else(|| Error::Failed("mails need to know where the pages are".to_owned()))
}
