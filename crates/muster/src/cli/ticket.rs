//! `muster ticket`: what organisations ask of support, for operators.

use clap::{Args, Subcommand};
use events::Event;
use import::{self, Decided, Holder, Released, TICKET_WORDS};
use sentences::say;
use serde::Serialize;
use store::{Ticket, TicketState, TicketValue};

use super::ending::{Ending, Failure};
use super::output::{Output, answer};
use super::start::{Start, actor};
use crate::api::wire;
use crate::app::App;

/// Tickets of all organisations: an email or a username is in use outside the one that asks
///
/// Who asked learns whether it is free, and what you answer; never who has it.
#[derive(Subcommand)]
pub(super) enum TicketCommand {
    /// List the tickets, the oldest first, each value with who has it: number, state, organisation, value, holder, what who asked wrote
    #[command(after_help = "Examples:\n  muster ticket list\n  muster ticket list --all --json")]
    List(ListFlags),
    /// Answer a ticket; it stays open to be written on
    #[command(after_help = "Example:\n  muster ticket answer 4821773 \"Is it a shared address?\"")]
    Answer(WordsFlags),
    /// Decline a ticket, with a reason or without
    #[command(after_help = "Example:\n  muster ticket decline 4821773 \"It is in use.\"")]
    Decline(WordsFlags),
    /// Take a value from the user who has it, in that user's history, and tell who asked that it is free
    #[command(after_help = "\
Examples:
  muster ticket release 4821773
  muster ticket release 4821773 --value priya.raman@mail.example --replacement praman")]
    Release(ReleaseFlags),
}

#[derive(Args)]
pub(super) struct ListFlags {
    /// Those that were decided about or taken back, too
    #[arg(long)]
    all: bool,
    /// Print JSON: an array of objects
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub(super) struct WordsFlags {
    /// The number of the ticket
    number: i64,
    /// What who asked is to read
    #[arg(default_value = "")]
    words: String,
}

#[derive(Args)]
pub(super) struct ReleaseFlags {
    /// The number of the ticket
    number: i64,
    /// Which of its values; all of them when none is named
    #[arg(long)]
    value: Option<String>,
    /// The email or username that the user signs in with from now on
    #[arg(long, default_value = "")]
    replacement: String,
}

pub(super) fn run(typed: TicketCommand, start: &Start) -> Result<Ending, Failure> {
    let app = start.open()?;
    match typed {
        TicketCommand::List(flags) => list(&app, &flags)?,
        TicketCommand::Answer(flags) => decide(&app, &flags, TicketState::Answered)?,
        TicketCommand::Decline(flags) => decide(&app, &flags, TicketState::Declined)?,
        TicketCommand::Release(flags) => release(&app, &flags)?,
    }
    Ok(Ending::Done)
}

#[derive(Serialize)]
struct Line {
    number: i64,
    state: &'static str,
    account: String,
    import: String,
    raised_by: String,
    raised_at: String,
    value: String,
    holder: Option<Held>,
    /// What who asked has written, the oldest first.
    words: Vec<String>,
}

#[derive(Serialize)]
struct Held {
    account: String,
    user_id: String,
    name: String,
    active: bool,
    only_sign_in: bool,
}

impl From<Holder> for Held {
    fn from(holder: Holder) -> Self {
        let Holder { account, user, name, active, only_sign_in, .. } = holder;
        Self { account: account.slug, user_id: user.to_string(), name, active, only_sign_in }
    }
}

impl Line {
    fn of(app: &App, ticket: &Ticket, words: &[String], value: &TicketValue) -> Result<Self, Failure> {
        Ok(Self {
            number: ticket.number,
            state: ticket.state.word(),
            account: app.store.account_now(ticket.account)?.slug,
            import: ticket.import.to_string(),
            raised_by: ticket.raised_by.clone(),
            raised_at: wire::moment(ticket.raised_at),
            value: value.value.clone(),
            holder: import::holder(app, ticket.account, &value.claim)?.map(Held::from),
            words: words.to_vec(),
        })
    }

    fn told(&self) -> String {
        let holder = self.holder.as_ref().map_or_else(
            || say!("operator-nobody").to_owned(),
            |held| format!("{} {} {}", held.account, held.user_id, held.name),
        );
        let Self { number, state, account, value, .. } = self;
        let tidied = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = self.words.iter().map(|words| tidied(words)).collect::<Vec<_>>().join(" / ");
        let line = format!("{number}\t{state}\t{account}\t{value}\t{holder}\t{words}");
        // A value of a file can't end a line, nor begin a sequence that a terminal obeys.
        line.chars().map(|letter| if letter.is_control() && letter != '\t' { ' ' } else { letter }).collect()
    }
}

/// Tickets that are listed.
const LISTED: u32 = 10_000;

fn list(app: &App, flags: &ListFlags) -> Result<(), Failure> {
    let state = (!flags.all).then_some(TicketState::Open);
    let mut lines = Vec::new();
    for ticket in app.store.tickets_of_all(state, LISTED)? {
        let words = app.store.ticket_words(&ticket)?.into_iter();
        let words: Vec<String> = words.filter(|word| !word.support).map(|word| word.words).collect();
        for value in app.store.ticket_values(&ticket)? {
            lines.push(Line::of(app, &ticket, &words, &value)?);
        }
    }
    let mut output = Output::open();
    if flags.json {
        output.json(&lines)?;
    } else {
        lines.iter().try_for_each(|line| output.line(line.told()))?;
    }
    output.close()
}

fn found(app: &App, number: i64) -> Result<Ticket, Failure> {
    let none = || Failure::new(say!("cli-ticket-there-is-none", number = number.to_string()));
    app.store.ticket_of_anybody(number)?.ok_or_else(none)
}

fn decide(app: &App, flags: &WordsFlags, state: TicketState) -> Result<(), Failure> {
    let ticket = found(app, flags.number)?;
    let line = Event::TicketDecided.line().with("ticket", ticket.number).with("state", state.word());
    let noting = app.noting(&line.clone().by("support"), &[ticket.account]);
    match import::decide_ticket(&noting, &ticket, state, &flags.words, &actor())? {
        Decided::Kept => {
            line.by(actor()).tell();
            answer(say!("operator-sent"))
        }
        Decided::NotWords => Err(Failure::new(say!("operator-write-words", most = TICKET_WORDS as i64))),
        Decided::NamesHolder => Err(Failure::new(say!("operator-names-holder"))),
        Decided::Closed => Err(Failure::new(say!("ticket-is-over"))),
    }
}

/// Refuses a replacement that nobody needs: it would change how somebody signs in who can do so already, or be passed over.
fn refuse_replacement(
    app: &App,
    ticket: &Ticket,
    values: &[TicketValue],
    replacement: &str,
) -> Result<(), Failure> {
    if replacement.trim().is_empty() {
        return Ok(());
    }
    for value in values {
        if import::holder(app, ticket.account, &value.claim)?.is_some_and(|holder| holder.only_sign_in) {
            return Ok(());
        }
    }
    Err(Failure::new(say!("cli-ticket-needs-no-replacement")))
}

fn release(app: &App, flags: &ReleaseFlags) -> Result<(), Failure> {
    let ticket = found(app, flags.number)?;
    let named = |value: &TicketValue| flags.value.as_ref().is_none_or(|named| value.value == *named);
    let values: Vec<TicketValue> = app.store.ticket_values(&ticket)?.into_iter().filter(named).collect();
    if values.is_empty() {
        return Err(Failure::new(say!("cli-ticket-asks-for-no-such-value")));
    }
    refuse_replacement(app, &ticket, &values, &flags.replacement)?;
    for value in values {
        match import::release(app, &ticket, &value.claim, &flags.replacement, &actor())? {
            Released::Free => {
                Event::ValueReleased.line().by(actor()).with("ticket", ticket.number).tell();
                answer(say!("cli-ticket-is-free", value = &value.value))?;
            }
            Released::NeedsReplacement => {
                return Err(Failure::new(say!("cli-ticket-needs-replacement", value = &value.value)));
            }
            Released::Wrong(sentence) => return Err(Failure::new(sentence)),
            Released::Theirs => return Err(Failure::new(say!("operator-theirs"))),
            Released::Busy => return Err(Failure::new(say!("operator-busy"))),
            Released::Declined => return Err(Failure::new(say!("operator-declined"))),
            Released::NoSuchValue => return Err(Failure::new(say!("ticket-is-over"))),
        }
    }
    Ok(())
}
