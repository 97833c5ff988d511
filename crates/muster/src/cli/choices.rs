//! `muster field choices`: the options of a field, listed, added, renamed, removed. What the users of a removed option get is an import.

use clap::Args;
use directory::{Choice, Field, FieldEdit, FieldProblem, pasted_labels};
use events::{Event, Line};
use import::Instead;
use sentences::say;
use store::Account;

use super::ending::{Ending, Failure};
use super::log::tell;
use super::output::{Output, answer};
use super::report::{Report, watch};
use super::start::{Start, actor, owner};
use crate::app::App;

#[derive(Args)]
pub(super) struct Choices {
    /// The key of the field
    key: String,
    /// The account, by its slug
    #[arg(long, value_name = "SLUG")]
    account: String,
    /// Options to add, with ; between them; those that are there already stay as they are
    #[arg(long, value_name = "\"A;B\"")]
    add: Option<String>,
    /// Another name for an option, which its users keep; may be given again
    #[arg(long, value_name = "FROM=TO", value_parser = pair)]
    rename: Vec<(String, String)>,
    /// An option that is not to be chosen any more
    #[arg(long, value_name = "OPTION")]
    remove: Option<String>,
    /// What the users of the removed option get
    #[arg(long, value_name = "OPTION", requires = "remove")]
    instead: Option<String>,
    /// The users of the removed option get nothing
    #[arg(long, requires = "remove", conflicts_with = "instead")]
    clear: bool,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (from, to) = text.split_once('=').ok_or_else(|| say!("cli-choices-from-and-to").to_owned())?;
    Ok((from.trim().to_owned(), to.trim().to_owned()))
}

impl Choices {
    pub(super) fn run(&self, start: &Start) -> Result<Ending, Failure> {
        let (app, account) = start.open_account(&self.account)?;
        if self.add.is_none() && self.rename.is_empty() && self.remove.is_none() {
            return self.list(&app, &account);
        }
        self.renamed(&app, &account)?;
        self.added(&app, &account)?;
        self.removed(&app, &account)
    }

    fn field(&self, app: &App, account: &Account) -> Result<Field, Failure> {
        let found = app.store.fields(account.id)?.by_key(&self.key).cloned();
        let field = found.ok_or_else(|| refused(&FieldProblem::NoField(self.key.clone())))?;
        if field.takes_choices() {
            return Ok(field);
        }
        Err(refused(&FieldProblem::TakesNoChoices(field.kind.word())))
    }

    fn list(&self, app: &App, account: &Account) -> Result<Ending, Failure> {
        let field = self.field(app, account)?;
        let used = app.store.field_use(account.id, &field)?;
        let mut output = Output::open();
        for Choice { id, label, retired, .. } in &field.choices {
            let state = if *retired { "removed" } else { "" };
            output.line(format_args!("{id}\t{label}\t{}\t{state}", used.of_option(*id)))?;
        }
        output.close()?;
        Ok(Ending::Done)
    }

    fn line_of(&self, account: &Account) -> Line {
        Event::SettingChanged.line().by(actor()).of_account(&account.slug).with("field", &self.key)
    }

    fn edited(&self, app: &App, account: &Account, edit: FieldEdit) -> Result<(), Failure> {
        let line = self.line_of(account);
        let noting = app.noting(&line, &[account.id]);
        let edited = import::edit_field(&noting, account.id, &actor(), &self.key, &[edit])?;
        edited.map_err(|refused| Failure::new(refused.sentence()))?;
        line.tell();
        Ok(())
    }

    fn renamed(&self, app: &App, account: &Account) -> Result<(), Failure> {
        for (from, to) in &self.rename {
            let option = option_of(&self.field(app, account)?, from)?;
            self.edited(app, account, FieldEdit::RenameChoice(option, to.clone()))?;
            answer(say!("cli-choices-renamed", from = from, to = to))?;
        }
        Ok(())
    }

    fn added(&self, app: &App, account: &Account) -> Result<(), Failure> {
        let Some(typed) = &self.add else { return Ok(()) };
        let labels = pasted_labels(typed);
        let pasted = self.field(app, account)?.compare_choices(&labels);
        self.edited(app, account, FieldEdit::AddChoices(labels))?;
        let new = pasted.new.len() + pasted.back.len();
        let (there, differ) = (pasted.there.len(), pasted.differ.len());
        answer(say!("cli-choices-added", new = new, there = there, differ = differ))
    }

    fn removed(&self, app: &App, account: &Account) -> Result<Ending, Failure> {
        let Some(label) = &self.remove else { return Ok(Ending::Done) };
        let field = self.field(app, account)?;
        // One that was removed before may be named again for the sake of its users.
        let of_label = |choice: &&Choice| choice.label == *label;
        let found = field.options().find(of_label).or_else(|| field.choices.iter().find(of_label));
        let option = found.ok_or_else(|| refused(&FieldProblem::NoChoice(label.clone())))?.id;
        let instead = match &self.instead {
            Some(instead) => Instead::Option(option_of(&field, instead)?),
            None if self.clear => Instead::Nothing,
            None => Instead::Keep,
        };
        let line = self.line_of(account);
        let noting = app.noting(&line, &[account.id]);
        let removed = import::remove_choice(&noting, account.id, &actor(), (&self.key, option), instead)?;
        let import = removed.map_err(|refused| Failure::new(refused.sentence()))?;
        line.tell();
        answer(say!("cli-choices-removed", label = label))?;
        match import {
            Some(id) => {
                let import = import::work_in_turn(app, account.id, id, &owner(app), &mut watch())?;
                Report::here(app, &import)?.told(true, true, false)
            }
            None => {
                let users = app.store.field_use(account.id, &field)?.of_option(option);
                if users > 0 {
                    tell(say!("cli-choices-keep", users = users));
                }
                Ok(Ending::Done)
            }
        }
    }
}

/// The option in use of a label.
fn option_of(field: &Field, label: &str) -> Result<u32, Failure> {
    let found = field.options().find(|choice| choice.label == label.trim());
    found.map(|choice| choice.id).ok_or_else(|| refused(&FieldProblem::NoChoice(label.to_owned())))
}

fn refused(problem: &FieldProblem) -> Failure {
    Failure::new(problem.sentence())
}
