//! `muster change`: fields of many users changed by a rule, without a file.

use std::path::PathBuf;

use clap::Args;
use directory::{ChangeRule, RuleStep};
use import::{self, Begun, NewChange};
use sentences::say;
use store::{Account, Complete, RuleUsers};

use super::ending::{Ending, Failure};
use super::log::tell;
use super::place::{self, Place};
use super::report::{Report, watch};
use super::server::Server;
use super::start::{Start, actor, owner};
use crate::api::wire::{self, ChangeLine, ChangedUsers, NewSelection, Selection};
use crate::app::App;

/// Change fields of many users at once, without a file
///
/// What is typed makes of each user's cells what a person would type into a spreadsheet; from there on it is an import: read, checked,
/// reviewed, undone. Values are read as the cells of a file are. Without --apply it waits in review.
#[derive(Args)]
#[command(after_help = "\
Examples:
  muster change --account acme --search leeds --set department=Sales --dry-run
  muster change --account acme --all --replace email:@old.example=@new.example
  muster change --account acme --ids-from leavers.txt --set status=inactive --clear manager --apply
  muster change --account acme --user-id U-7K3QX9M2PD --add segments=Paris --take-away segments=Bonn --apply

Of lines about one field --set and --clear count first, then --replace, --take-away and --add.

On stdout: \"312 users were successfully edited\", or what is wrong, one a line. On stderr: what is changed, in words, and names of
nobody.

Exit codes:
  0  done, or nothing is wrong
  1  what was typed can't be used
  2  issues or conflicts wait in review, or --apply left it there because many users are hit")]
pub(super) struct ChangeFlags {
    #[command(flatten)]
    place: place::PlaceFlags,
    #[command(flatten)]
    whom: WhomFlags,
    #[command(flatten)]
    steps: StepFlags,
    /// Complete it if nothing is wrong
    #[arg(long)]
    apply: bool,
    /// Look what it would do, tell, and keep nothing
    #[arg(long, conflicts_with = "apply")]
    dry_run: bool,
    /// With --apply: complete the rest when something is wrong with some users
    #[arg(long, requires = "apply")]
    leave_out_errors: bool,
    /// With --apply: also when half of the users lose a value, become inactive or change their sign-in
    #[arg(long, requires = "apply")]
    large: bool,
    /// Print the import as JSON, with at most 1,000 of its issues
    #[arg(long)]
    json: bool,
}

/// Whose fields are changed.
#[derive(Args)]
#[group(id = "whom", required = true, multiple = false)]
struct WhomFlags {
    /// Only the users whose name, email, username or User ID holds all of these words
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Only this user; may be given again
    #[arg(long, value_name = "ID")]
    user_id: Vec<String>,
    /// Only the users that this file names, by User IDs, emails or usernames, one a line; - for stdin
    #[arg(long, value_name = "FILE")]
    ids_from: Option<PathBuf>,
    /// Everybody
    #[arg(long)]
    all: bool,
}

/// What is done; each may be given several times, at most ten in all.
#[derive(Args)]
#[group(id = "steps", required = true, multiple = true)]
struct StepFlags {
    /// The field gets this value
    #[arg(long, value_name = "FIELD=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,
    /// The field is emptied
    #[arg(long, value_name = "FIELD")]
    clear: Vec<String>,
    /// In the field the one text becomes the other
    #[arg(long, value_name = "FIELD:FROM=TO", value_parser = replacement)]
    replace: Vec<(String, String, String)>,
    /// The field gets these segments beside those it has, with ; between them
    #[arg(long, value_name = "FIELD=SEGMENTS", value_parser = pair)]
    add: Vec<(String, String)>,
    /// The field loses these segments
    #[arg(long, value_name = "FIELD=SEGMENTS", value_parser = pair)]
    take_away: Vec<(String, String)>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (field, value) = text.split_once('=').ok_or_else(|| say!("cli-change-field-and-value").to_owned())?;
    Ok((field.to_owned(), value.to_owned()))
}

fn replacement(text: &str) -> Result<(String, String, String), String> {
    let parts = text.split_once(':').and_then(|(field, rest)| Some((field, rest.split_once('=')?)));
    let (field, (from, to)) = parts.ok_or_else(|| say!("cli-change-field-from-and-to").to_owned())?;
    Ok((field.to_owned(), from.to_owned(), to.to_owned()))
}

impl StepFlags {
    fn lines(&self) -> Vec<(String, RuleStep)> {
        let line = |step: fn(String) -> RuleStep| {
            move |(field, text): &(String, String)| (field.clone(), step(text.clone()))
        };
        let replaced = |(field, from, to): &(String, String, String)| {
            (field.clone(), RuleStep::Replace(from.clone(), to.clone()))
        };
        let mut lines: Vec<_> = self.set.iter().map(line(RuleStep::Set)).collect();
        lines.extend(self.clear.iter().map(|field| (field.clone(), RuleStep::Clear)));
        lines.extend(self.replace.iter().map(replaced));
        lines.extend(self.take_away.iter().map(line(RuleStep::TakeAway)));
        lines.extend(self.add.iter().map(line(RuleStep::Add)));
        lines
    }
}

/// Whom the flags name, before anybody is looked up.
enum Whom {
    All,
    Search(String),
    Names(String),
}

impl WhomFlags {
    fn read(&self) -> Result<Whom, Failure> {
        if let Some(search) = &self.search {
            return Ok(Whom::Search(search.clone()));
        }
        let Some(path) = &self.ids_from else {
            return Ok(if self.all { Whom::All } else { Whom::Names(self.user_id.join("\n")) });
        };
        let text = match path.as_os_str() == "-" {
            true => std::io::read_to_string(std::io::stdin()),
            false => std::fs::read_to_string(path),
        };
        text.map(Whom::Names).map_err(|error| {
            Failure::new(say!(
                "cli-import-cant-be-read",
                path = path.display().to_string(),
                error = error.to_string()
            ))
        })
    }
}

pub(super) fn run(typed: &ChangeFlags, start: &Start) -> Result<Ending, Failure> {
    let whom = typed.whom.read()?;
    let report = match typed.place.read(start)? {
        Place::Here(app, account) => typed.here(&app, &account, whom)?,
        Place::There(server) => typed.there(&server, whom)?,
    };
    report.told(typed.apply, !typed.dry_run, typed.json)
}

impl ChangeFlags {
    fn complete(&self) -> Complete {
        match (self.apply, self.large) {
            (true, true) => Complete::WhenCleanLarge,
            (true, false) => Complete::WhenClean,
            (false, _) => Complete::Never,
        }
    }

    fn here(&self, app: &App, account: &Account, whom: Whom) -> Result<Report, Failure> {
        let fields = app.store.fields(account.id)?;
        let rule = ChangeRule::of_keys(&fields, self.steps.lines());
        tell(rule.map_err(|refused| Failure::new(refused.sentence()))?.words(&fields));
        let users = match whom {
            Whom::All => RuleUsers::All,
            Whom::Search(search) => RuleUsers::Search(search),
            Whom::Names(text) => {
                let id = import::select_pasted(app, account.id, &actor(), &text)?;
                let selection = import::gather(app, account.id, &actor(), id)?;
                tell_found(&selection.as_ref().map(Selection::from).ok_or_else(no_selection)?)?;
                RuleUsers::Selection(id)
            }
        };
        let new = NewChange {
            lines: self.steps.lines(),
            users,
            actor: actor(),
            complete: self.complete(),
            leave_out_errors: self.leave_out_errors,
            keep: !self.dry_run,
        };
        let id = match import::change(app, account.id, new)? {
            Begun::Started(id) => id,
            Begun::Refused(refused) => return Err(Failure::new(refused.sentence())),
            Begun::NoSelection => return Err(no_selection()),
        };
        let import = import::work_in_turn(app, account.id, id, &owner(app), &mut watch())?;
        let report = Report::here(app, &import)?;
        if self.dry_run {
            import::forget(app, account.id, id)?;
        }
        Ok(report)
    }

    fn there(&self, server: &Server, whom: Whom) -> Result<Report, Failure> {
        let users = match whom {
            Whom::All => ChangedUsers::All,
            Whom::Search(search) => ChangedUsers::Search(search),
            Whom::Names(text) => {
                let names = text.lines().map(str::to_owned).collect();
                let new = NewSelection { names: Some(names), search: None };
                let selection: Selection = server.post_json("/selections", &new)?;
                tell_found(&selection)?;
                ChangedUsers::Selection(selection.id)
            }
        };
        let lines = self.steps.lines();
        let wish = wire::NewChange {
            users: Some(users),
            lines: lines.iter().map(|(field, step)| ChangeLine::of(field, step)).collect(),
            apply: self.complete().word().to_owned(),
            leave_out_errors: self.leave_out_errors,
            dry_run: self.dry_run,
        };
        let started: wire::Import = server.post_json("/changes", &wish)?;
        tell(started.rule.as_deref().unwrap_or_default());
        let id = started.id.clone();
        let report = Report::there(server, started)?;
        if self.dry_run {
            server.delete(&format!("/imports/{id}"))?;
        }
        Ok(report)
    }
}

fn no_selection() -> Failure {
    Failure::new(say!("problem-there-is-no-such-selection"))
}

/// Says whom names have named, and which of them name nobody.
fn tell_found(selection: &Selection) -> Result<(), Failure> {
    if selection.missing_count > 0 || selection.twice > 0 {
        let missing = selection.missing.join(", ");
        tell(directory::selected(selection.users, (selection.missing_count, &missing), selection.twice));
    }
    match selection.users {
        0 => Err(Failure::new(say!("cli-change-nobody"))),
        _ => Ok(()),
    }
}
