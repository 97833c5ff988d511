//! `muster field`: the attributes of an organisation's users.

use clap::{Args, Subcommand};
use directory::{Allowance, Choice, Field, FieldNumber, Kind, Quota, UserId, standard};
use events::Event;
use sentences::say;
use store::{Account, FieldRefused};

use super::ending::{Ending, Failure};
use super::log::tell;
use super::output::{Output, answer};
use super::start::{Start, actor};

/// Fields of an organisation's users: create, list, retire
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
    /// Take a field out of use: its values and history stay, new downloads leave it out
    Retire {
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
    /// The options of a choice or choices field, with ; between them
    #[arg(long, value_name = "\"A;B\"")]
    choices: Option<String>,
}

pub(super) fn run(typed: FieldCommand, start: &Start) -> Result<Ending, Failure> {
    match typed {
        FieldCommand::Create(create) => create.run(start),
        FieldCommand::List { account } => list(&account, start),
        FieldCommand::Answers { account, forget } => answers(&account, forget.as_deref(), start),
        FieldCommand::Retire { key, account } => retire(&key, &account, start),
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
        let field = self.field()?;
        let (app, account) = start.open_account(&self.account)?;
        let fields = app.store.fields(account.id)?;
        let title = field.title.to_lowercase();
        let mut others = fields.current().filter(|other| other.key != field.key);
        if let Some(same) = others.find(|other| other.title.to_lowercase() == title) {
            return Err(Failure::new(say!(
                "cli-field-the-field-has-the-title",
                key = same.key.to_string(),
                title = same.title.to_string()
            )));
        }
        let saved = app.store.save_field(account.id, &field, &actor(), app.clock.now())?;
        let saved = saved.map_err(|refused| Failure::new(sentence(&refused, &field)))?;
        told(&account, &saved.key);
        answer(say!("cli-field-was-created", key = &saved.key))?;
        let fields = app.store.allowances(account.id)?.into_iter().find(|of| of.quota == Quota::Fields);
        if let Some(fields) = fields.filter(Allowance::is_near) {
            tell(fields.sentence());
        }
        Ok(Ending::Done)
    }

    /// What was typed, as a field with no number yet.
    fn field(&self) -> Result<Field, Failure> {
        const TAKEN: [&str; 3] = ["id", "user_id", "revision"];
        let starts_well = self.key.starts_with(|letter: char| letter.is_ascii_lowercase());
        let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if !starts_well || !self.key.bytes().all(letters) || TAKEN.contains(&self.key.as_str()) {
            return Err(Failure::new(say!("cli-field-cant-be-a-key-of", key = self.key.to_string())));
        }
        if self.title.trim().is_empty() {
            return Err(Failure::new(say!("cli-field-the-title-is-empty")));
        }
        let mut field = Field::new(FieldNumber(0), &self.key, self.title.trim(), self.kind);
        field.required = self.required;
        field.unique = self.unique;
        field.choices = self.choices()?;
        Ok(field)
    }

    fn choices(&self) -> Result<Vec<Choice>, Failure> {
        let takes_choices = matches!(self.kind, Kind::Choice | Kind::Choices);
        let labels: Vec<&str> = self
            .choices
            .iter()
            .flat_map(|typed| typed.split(';'))
            .map(str::trim)
            .filter(|label| !label.is_empty())
            .collect();
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
        let choice = |(id, label): (u32, &&str)| Choice {
            id,
            label: (*label).to_owned(),
            former: Vec::new(),
            retired: false,
        };
        Ok((1..).zip(&labels).map(choice).collect())
    }
}

/// Why a field was not saved, and what to do.
fn sentence(refused: &FieldRefused, field: &Field) -> String {
    match refused {
        FieldRefused::KeyTaken => say!("cli-field-there-is-a-field-already", key = &field.key),
        FieldRefused::Shared(shared) => {
            let named: Vec<(String, Vec<UserId>, usize)> = shared
                .first
                .iter()
                .map(|of| (field.shown(Some(&of.value), None), of.users.clone(), of.count))
                .collect();
            directory::values_shared(&field.title, &named, shared.count)
        }
    }
}

fn list(account: &str, start: &Start) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(account)?;
    let mut output = Output::open();
    for field in app.store.fields(account.id)?.all() {
        let demands = [
            (field.required, "required"),
            (field.unique, "unique"),
            (field.read_only, say!("cli-field-read-only")),
            (field.retired, "retired"),
        ];
        let demands: Vec<&str> = demands.iter().filter(|(holds, _)| *holds).map(|(_, word)| *word).collect();
        let (key, kind, title) = (&field.key, field.kind.word(), &field.title);
        output.line(format_args!("{key}\t{kind}\t{title}\t{}", demands.join(", ")))?;
    }
    output.close()?;
    Ok(Ending::Done)
}

fn retire(key: &str, account: &str, start: &Start) -> Result<Ending, Failure> {
    const NEEDED: [FieldNumber; 5] =
        [standard::FIRST_NAME, standard::LAST_NAME, standard::EMAIL, standard::USERNAME, standard::STATUS];
    let (app, account) = start.open_account(account)?;
    let fields = app.store.fields(account.id)?;
    let field = fields
        .by_key(key)
        .ok_or_else(|| Failure::new(say!("cli-field-there-is-no-field", key = key.to_string())))?;
    if NEEDED.contains(&field.number) {
        return Err(Failure::new(say!("cli-field-cant-be-retired-muster-needs", key = key.to_string())));
    }
    if !field.retired {
        let retired = Field { retired: true, ..field.clone() };
        let saved = app.store.save_field(account.id, &retired, &actor(), app.clock.now())?;
        saved.map_err(|refused| Failure::new(sentence(&refused, field)))?;
    }
    told(&account, key);
    answer(say!("cli-field-is-retired", key = key.to_string()))?;
    Ok(Ending::Done)
}

fn told(account: &Account, key: &str) {
    let line = Event::SettingChanged.line().by(actor()).of_account(&account.slug);
    line.with("field", key).tell();
}
