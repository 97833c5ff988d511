//! `muster field`: the attributes of an organisation's users.

use clap::{Args, Subcommand};
use directory::{Allowance, Field, FieldEdit, FieldProblem, Kind, NewField, Quota, pasted_labels};
use events::{Event, Line};
use import::FieldRefusal;
use sentences::say;
use store::Account;

use super::choices::Choices;
use super::ending::{Ending, Failure};
use super::log::tell;
use super::output::{Output, answer};
use super::start::{Start, actor};
use crate::app::App;

/// Fields of an organisation's users: create, list, change, their choices, retire, take back
#[derive(Subcommand)]
pub(super) enum FieldCommand {
    /// Add a field
    Create(Create),
    /// List the fields: key, type, title, what is demanded
    List {
        /// The account, by its slug
        #[arg(long, value_name = "SLUG")]
        account: String,
    },
    /// List the answers that are offered again in review: field, text, what it becomes, who said so
    Answers {
        /// The account, by its slug
        #[arg(long, value_name = "SLUG")]
        account: String,
        /// Forget the answer to this text in this field
        #[arg(long, value_name = "KEY=TEXT")]
        forget: Option<String>,
    },
    /// Change a field: its title, what is demanded, its place
    Change(Change),
    /// Add, rename or remove options of a field of type choice or choices
    #[command(after_help = "\
Examples:
  muster field choices department --account acme --add \"Sales;Finance;Human resources\"
  muster field choices department --account acme --rename \"Sales=Sales and marketing\"
  muster field choices department --account acme --remove Finance --instead \"Human resources\"

Without any of them it lists the options: number, name, how many users have it. Users who have a removed option keep it, unless --instead
or --clear says what they get: that is an import, which can be undone.")]
    Choices(Choices),
    /// Take a field out of use: its values and history stay, new downloads leave it out
    Retire {
        /// Its key
        key: String,
        /// The account, by its slug
        #[arg(long, value_name = "SLUG")]
        account: String,
    },
    /// Take a retired field back
    TakeBack {
        /// Its key
        key: String,
        /// The account, by its slug
        #[arg(long, value_name = "SLUG")]
        account: String,
    },
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  muster field create cost_centre --account acme --title \"Cost centre\" --type text
  muster field create site --account acme --title Site --type choice --choices \"Leeds;Lyon;Lagos\" --required")]
pub(super) struct Create {
    /// Its key: a small letter, then small letters, digits and underscores; it never changes
    key: String,
    /// The account, by its slug
    #[arg(long, value_name = "SLUG")]
    account: String,
    /// What people read
    #[arg(long)]
    title: String,
    /// text, number, date, yes_no, choice, choices (several), email, phone or user
    #[arg(long = "type", value_name = "TYPE", value_parser = kind)]
    kind: Kind,
    /// Every user must have a value
    #[arg(long)]
    required: bool,
    /// No two users of the organisation may have the same value
    #[arg(long)]
    unique: bool,
    /// A search for users looks through it (text, number, email or phone)
    #[arg(long)]
    found_by_search: bool,
    /// The options of a choice or choices field, with ; between them
    #[arg(long, value_name = "\"A;B\"")]
    choices: Option<String>,
}

#[derive(Args)]
pub(super) struct Change {
    /// Its key
    key: String,
    /// The account, by its slug
    #[arg(long, value_name = "SLUG")]
    account: String,
    /// Another title
    #[arg(long)]
    title: Option<String>,
    /// Whether every user must have a value
    #[arg(long, value_name = "true|false")]
    required: Option<bool>,
    /// Whether no two users may have the same value
    #[arg(long, value_name = "true|false")]
    unique: Option<bool>,
    /// Whether users are found by it
    #[arg(long, value_name = "true|false")]
    found_by_search: Option<bool>,
    /// What a whole value looks like, as a regular expression; nothing for anything
    #[arg(long)]
    pattern: Option<String>,
    /// Its place among the fields in use, from 1
    #[arg(long)]
    place: Option<usize>,
}

pub(super) fn run(typed: FieldCommand, start: &Start) -> Result<Ending, Failure> {
    match typed {
        FieldCommand::Create(create) => create.run(start),
        FieldCommand::List { account } => list(&account, start),
        FieldCommand::Answers { account, forget } => answers(&account, forget.as_deref(), start),
        FieldCommand::Change(change) => change.run(start),
        FieldCommand::Choices(choices) => choices.run(start),
        FieldCommand::Retire { key, account } => retired(&key, &account, true, start),
        FieldCommand::TakeBack { key, account } => retired(&key, &account, false, start),
    }
}

fn answers(account: &str, forget: Option<&str>, start: &Start) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(account)?;
    if let Some(wanted) = forget {
        let (key, text) = wanted.split_once('=').unwrap_or((wanted, ""));
        if !import::forget_answer(&app, account.id, key, text)? {
            return Err(Failure::new(say!("cli-field-no-such-answer", text = wanted)));
        }
        answer(say!("cli-field-answer-forgotten", text = wanted))?;
        return Ok(Ending::Done);
    }
    let mut output = Output::open();
    for known in import::answers(&app, account.id)? {
        let becomes =
            if known.offered { known.becomes } else { say!("answers-not-offered", becomes = known.becomes) };
        output.line(format!("{}\t{}\t{becomes}\t{}", known.field.key, known.text, known.actor))?;
    }
    output.close()?;
    Ok(Ending::Done)
}

fn kind(word: &str) -> Result<Kind, String> {
    let words = Kind::CUSTOM.map(|(word, _)| word).join(", ");
    let found = Kind::CUSTOM.into_iter().find(|(of, _)| *of == word);
    found.map(|(_, kind)| kind).ok_or_else(|| say!("cli-field-a-type-is-one-of", words = words.to_string()))
}

impl Create {
    fn run(&self, start: &Start) -> Result<Ending, Failure> {
        let new = NewField {
            key: self.key.clone(),
            title: self.title.clone(),
            kind: self.kind,
            required: self.required,
            unique: self.unique,
            searched: self.found_by_search,
            pattern: None,
            choices: self.choices()?,
        };
        let (app, account) = start.open_account(&self.account)?;
        let line = line_of(&account, &new.key);
        let noting = app.noting(&line, &[account.id]);
        let saved = import::add_field(&noting, account.id, &actor(), &new)?.map_err(refused)?;
        line.tell();
        answer(say!("cli-field-was-created", key = &saved.key))?;
        let fields = app.store.allowances(account.id)?.into_iter().find(|of| of.quota == Quota::Fields);
        if let Some(fields) = fields.filter(Allowance::is_near) {
            tell(fields.sentence());
        }
        Ok(Ending::Done)
    }

    fn choices(&self) -> Result<Vec<String>, Failure> {
        let takes_choices = matches!(self.kind, Kind::Choice | Kind::Choices);
        let labels = pasted_labels(self.choices.as_deref().unwrap_or_default());
        if takes_choices == labels.is_empty() {
            let kind = self.kind.word();
            return Err(Failure::new(match takes_choices {
                true => say!("cli-field-needs-choices", kind = kind),
                false => say!("cli-field-takes-no-choices", kind = kind),
            }));
        }
        let mut folded: Vec<String> = labels.iter().map(|label| label.to_lowercase()).collect();
        folded.sort_unstable();
        if let Some(twice) = folded.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(Failure::new(say!(
                "cli-field-the-choice-stands-there-twice",
                twice = twice[0].to_string()
            )));
        }
        Ok(labels)
    }
}

impl Change {
    fn run(&self, start: &Start) -> Result<Ending, Failure> {
        let mut edits: Vec<FieldEdit> = self.title.clone().map(FieldEdit::Title).into_iter().collect();
        edits.extend(self.required.map(FieldEdit::Required));
        edits.extend(self.unique.map(FieldEdit::Unique));
        edits.extend(self.found_by_search.map(FieldEdit::Searched));
        edits.extend(self.pattern.clone().map(|pattern| FieldEdit::Pattern(Some(pattern))));
        edits.extend(self.place.map(|place| FieldEdit::Place(place.saturating_sub(1))));
        let (app, account) = start.open_account(&self.account)?;
        edited(&app, &account, &self.key, &edits)?;
        answer(say!("cli-field-was-changed", key = &self.key))?;
        Ok(Ending::Done)
    }
}

/// Edits a field, and tells it to the log.
fn edited(app: &App, account: &Account, key: &str, edits: &[FieldEdit]) -> Result<Field, Failure> {
    let line = line_of(account, key);
    let noting = app.noting(&line, &[account.id]);
    let field = import::edit_field(&noting, account.id, &actor(), key, edits)?.map_err(refused)?;
    line.tell();
    Ok(field)
}

/// Why a field is as it was, as a command says it.
fn refused(refused: FieldRefusal) -> Failure {
    Failure::new(match refused {
        FieldRefusal::Problem(FieldProblem::KeyTaken(key)) => {
            say!("cli-field-there-is-a-field-already", key = key)
        }
        FieldRefusal::Problem(FieldProblem::TitleTaken(key, title)) => {
            say!("cli-field-the-field-has-the-title", key = key, title = title)
        }
        other => other.sentence(),
    })
}

fn list(account: &str, start: &Start) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(account)?;
    let mut output = Output::open();
    for field in app.store.fields(account.id)?.all() {
        let demands = [
            (field.required, "required"),
            (field.unique, "unique"),
            (field.read_only, say!("cli-field-read-only")),
            (field.searched, say!("cli-field-found-by-search")),
            (field.retired, "retired"),
        ];
        let demands: Vec<&str> = demands.iter().filter(|(holds, _)| *holds).map(|(_, word)| *word).collect();
        let (key, kind, title) = (&field.key, field.kind.word(), &field.title);
        output.line(format_args!("{key}\t{kind}\t{title}\t{}", demands.join(", ")))?;
    }
    output.close()?;
    Ok(Ending::Done)
}

fn retired(key: &str, account: &str, retired: bool, start: &Start) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(account)?;
    edited(&app, &account, key, &[FieldEdit::Retired(retired)])?;
    answer(match retired {
        true => say!("cli-field-is-retired", key = key.to_string()),
        false => say!("cli-field-is-back", key = key.to_string()),
    })?;
    Ok(Ending::Done)
}

fn line_of(account: &Account, key: &str) -> Line {
    Event::SettingChanged.line().by(actor()).of_account(&account.slug).with("field", key)
}
