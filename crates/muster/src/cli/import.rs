//! `muster import`: a spreadsheet into the directory, or into review.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use directory::Decision;
use import::{self, NewUpload, Upload};
use sentences::say;
use store::{Account, Complete, ImportId, ImportState};

use super::ending::{Ending, Failure};
use super::goal::{Kind, copy, into_file};
use super::log::tell;
use super::place::{self, Place};
use super::report::{Report, watch};
use super::server::{Server, escaped};
use super::start::{Start, actor, owner};
use crate::api::wire;
use crate::app::App;

/// Import a spreadsheet: read it, check it, leave it in review, or complete it
///
/// Only cells that were edited since the download are looked at. Without --apply the import waits in review, where it can be
/// put right and completed in the browser.
#[derive(Args)]
#[command(after_help = "\
Examples:
  muster import users.xlsx --account acme --dry-run     what would it do? Nothing is kept
  muster import users.xlsx --account acme               leave it in review
  muster import users.xlsx --account acme --apply       complete it, if nothing is wrong
  muster import users.xlsx --account acme --json | jq .counts
  muster import users.xlsx --account acme --apply --leave-out-errors --report left-out.xlsx
                                                        complete the rest, and write down what was left out

On stdout: \"312 users were successfully edited\", or what is wrong, one a line, as
\"C7 login_in_use Email/Username is already in use\". On stderr: warnings, and progress on a terminal.

Exit codes:
  0  done, or nothing is wrong
  1  the file can't be imported
  2  issues or conflicts wait in review, or --apply left it there because many users are hit or the file
     does not show what it edits")]
pub(super) struct ImportFlags {
    /// The file: xlsx, csv or ods
    file: PathBuf,
    #[command(flatten)]
    place: place::PlaceFlags,
    /// Complete it if nothing is wrong
    #[arg(long)]
    apply: bool,
    /// Read and check it, tell, and keep nothing
    #[arg(long, conflicts_with = "apply")]
    dry_run: bool,
    /// With --apply: complete the rest when some rows have errors or conflicts
    #[arg(long, requires = "apply")]
    leave_out_errors: bool,
    /// With --apply: also when 20 users or 5 % of them, whichever is more, lose a value, become inactive or change their sign-in
    #[arg(long, requires = "apply")]
    large: bool,
    /// Of several sheets with keys read this one; may be given again
    #[arg(long, value_name = "NAME", conflicts_with = "all_sheets")]
    sheet: Vec<String>,
    /// Read every sheet with keys that is not hidden, each as a file of the import
    #[arg(long)]
    all_sheets: bool,
    /// Decide beforehand about all cells of a column, as review would ask: DECISION:FIELD, such as keep_before:start_date (values that
    /// were all changed in one way stay as they were), step_meant:start_date (they were meant), keep_values:phone, damage_meant:phone,
    /// keep_empty:weekly_hours, keep_points:weekly_hours, keep_missing:phone, missing_cleared:phone,
    /// read_column:phone, ignore_column:phone; or put_back, file_is_whole, letters_are_right. May be given several times
    #[arg(long, value_name = "DECISION", value_parser = decision)]
    decide: Vec<(Decision, Option<String>)>,
    /// Of a table that Muster did not write: what a column is, TITLE=FIELD: the key of a field, user_id, leaving (a day: who has left
    /// becomes inactive) or alone. May be given several times; columns that are not named are left alone
    #[arg(long = "match", value_name = "TITLE=FIELD", value_parser = matched)]
    columns: Vec<(String, String)>,
    /// Of such a table: by what its rows name people: user_id, employee_number, email, username, or new (all of them are new)
    #[arg(long, value_name = "FIELD", requires = "columns")]
    match_by: Option<String>,
    /// Of such a table: create users for rows that match nobody; else review asks
    #[arg(long, requires = "columns")]
    create: bool,
    /// Of such a table: make usernames of new users without an email from employee_number or name
    #[arg(long, value_name = "FIELD", requires = "columns")]
    usernames: Option<String>,
    /// Of such a table: empty cells of this column clear what users have; may be given again
    #[arg(long, value_name = "TITLE", requires = "columns")]
    clear: Vec<String>,
    /// Of such a table: what was kept by this name; with --match: keep it by this name
    #[arg(long, value_name = "NAME")]
    matching: Option<String>,
    /// With --apply: also when the file does not show from which download it stems; it then edits the values of now
    #[arg(long, requires = "apply", value_name = "now")]
    base: Option<Base>,
    /// Write the rows that have problems, or that were left out, to this file (xlsx, csv or ods): cells red, reasons as notes. Put
    /// right, it can be imported
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Print the import as JSON, with at most 1,000 of its issues
    #[arg(long)]
    json: bool,
}

/// Reads a decision: a word, and the key of a field behind a colon.
fn decision(text: &str) -> Result<(Decision, Option<String>), String> {
    let words = || Decision::ALL.map(Decision::word).join(", ");
    Decision::of_column_word(text).ok_or_else(|| say!("cli-import-decide-is-one-of", words = words()))
}

/// Reads what a column is: its title may have signs of equality of its own.
fn matched(text: &str) -> Result<(String, String), String> {
    let parts = text.rsplit_once('=').map(|(title, field)| (title.to_owned(), field.trim().to_owned()));
    parts
        .filter(|(title, field)| !title.is_empty() && !field.is_empty())
        .ok_or_else(|| say!("cli-import-match").to_owned())
}

/// What a file that shows no revision is compared with.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Base {
    Now,
}

/// What is said of the columns of a table.
enum Matches {
    Nothing,
    Kept(String),
    Said(Box<wire::MatchingWish>),
}

/// What it means.
struct Wish<'a> {
    path: &'a Path,
    file_name: String,
    complete: Complete,
    leave_out_errors: bool,
    keep: bool,
    decide: Vec<(Decision, Option<String>)>,
    /// What is said of the columns, or the name of what was kept of that.
    matching: Matches,
    /// Where the report goes, and of which kind it is.
    report: Option<(&'a Path, Kind)>,
}

pub(super) fn run(typed: &ImportFlags, start: &Start) -> Result<Ending, Failure> {
    let complete = match (typed.apply, typed.large) {
        (true, true) => Complete::WhenCleanLarge,
        (true, false) => Complete::WhenClean,
        (false, _) => Complete::Never,
    };
    let wish = Wish {
        path: &typed.file,
        file_name: typed.file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        complete: if typed.base.is_some() { complete.over_now() } else { complete },
        leave_out_errors: typed.leave_out_errors,
        keep: !typed.dry_run,
        decide: typed.decisions(),
        matching: typed.matches(),
        report: typed.report.as_deref().map(|path| (path, Kind::of(None, Some(path)))),
    };
    let file = wish.open()?;
    let report = match typed.place.read(start)? {
        Place::Here(app, account) => wish.here(&app, &account, file)?,
        Place::There(server) => wish.there(&server, file)?,
    };
    report.told(typed.apply, !typed.dry_run, typed.json)
}

impl ImportFlags {
    fn matches(&self) -> Matches {
        match &self.matching {
            Some(name) if self.columns.is_empty() => Matches::Kept(name.clone()),
            None if self.columns.is_empty() => Matches::Nothing,
            name => Matches::Said(Box::new(wire::MatchingWish {
                columns: self.columns.iter().cloned().collect(),
                match_by: self.match_by.clone(),
                create: self.create,
                clear: self.clear.clone(),
                usernames: self.usernames.clone(),
                others: Some("alone".to_owned()),
                name: name.clone(),
                ..wire::MatchingWish::default()
            })),
        }
    }

    /// What is decided beforehand, about sheets too.
    fn decisions(&self) -> Vec<(Decision, Option<String>)> {
        let all_sheets = self.all_sheets.then_some((Decision::AllSheets, None));
        let sheets = self.sheet.iter().map(|name| (Decision::ReadSheet, Some(name.clone())));
        all_sheets.into_iter().chain(sheets).chain(self.decide.iter().cloned()).collect()
    }
}

impl Wish<'_> {
    fn open(&self) -> Result<File, Failure> {
        File::open(self.path).map_err(|error| {
            Failure::new(say!(
                "cli-import-cant-be-read",
                path = self.path.display().to_string(),
                error = error.to_string()
            ))
        })
    }

    fn here(&self, app: &App, account: &Account, mut file: File) -> Result<Report, Failure> {
        let new = NewUpload {
            file_name: self.file_name.clone(),
            actor: actor(),
            complete: self.complete,
            leave_out_errors: self.leave_out_errors,
            decisions: import::decisions_of(app, account.id, &self.decide)?
                .ok_or_else(|| Failure::new(say!("cli-import-decide-names-no-field")))?,
            keep: self.keep,
        };
        let mut upload = Upload::begin(app, account.id, new);
        self.say_matching(app, account, &mut upload)?;
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let count = file.read(&mut buffer).map_err(|error| {
                Failure::new(say!(
                    "cli-import-cant-be-read-2",
                    path = self.path.display().to_string(),
                    error = error.to_string()
                ))
            })?;
            if count == 0 || !upload.write(&buffer[..count])? {
                break;
            }
        }
        let id = upload.finish()?;
        let report = self.report_of(app, account, id);
        if !self.keep {
            import::forget(app, account.id, id)?;
        }
        report
    }

    /// Says what the columns are; what is to be kept by a name is kept now.
    fn say_matching(&self, app: &App, account: &Account, upload: &mut Upload) -> Result<(), Failure> {
        match &self.matching {
            Matches::Nothing => {}
            Matches::Kept(name) => {
                let kept = app.store.matching(account.id, name)?;
                let kept = kept.ok_or_else(|| Failure::new(say!("matching-no-such-name", name = name)))?;
                upload.matches(kept.matching, Some(kept.name));
            }
            Matches::Said(wish) => {
                let matching = wish.read().map_err(Failure::new)?;
                upload.matches(matching, wish.name.clone());
            }
        }
        Ok(())
    }

    /// Works on the import until it rests.
    fn report_of(&self, app: &App, account: &Account, id: ImportId) -> Result<Report, Failure> {
        let mut watch = watch();
        let import = import::work_in_turn(app, account.id, id, &owner(app), &mut watch)?;
        let report = Report::here(app, &import)?;
        let creates = import.counts.users_to_create;
        let waits = import.state == ImportState::Review;
        if let (true, Some(users)) = (waits, app.store.users_beyond(account.id, creates)?) {
            tell(users.creation_refused(creates));
        }
        self.write_report(&report, |kind, sink| {
            import::report(app, &import, kind.format(), sink)?;
            Ok(())
        })?;
        Ok(report)
    }

    /// Writes the report, where one is wanted and there is something in it; says on stderr which.
    fn write_report(
        &self,
        report: &Report,
        pour: impl FnOnce(Kind, &mut dyn Write) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let Some((path, kind)) = self.report else { return Ok(()) };
        if report.has_rows_to_put_right() {
            into_file(path, |sink| pour(kind, sink))?;
            tell(say!("cli-import-has-the-rows-to-put", path = path.display().to_string()));
        } else {
            tell(say!("cli-import-no-rows-are-to-be", path = path.display().to_string()));
        }
        Ok(())
    }

    fn there(&self, server: &Server, file: File) -> Result<Report, Failure> {
        let word = |(decision, key): &(Decision, Option<String>)| match key {
            Some(key) => format!("{}:{key}", decision.word()),
            None => decision.word().to_owned(),
        };
        let words: Vec<String> = self.decide.iter().map(word).collect();
        let matching = match &self.matching {
            Matches::Nothing => String::new(),
            Matches::Kept(name) => name.clone(),
            Matches::Said(wish) => {
                serde_json::to_string(wish).map_err(|error| Failure::new(error.to_string()))?
            }
        };
        let path = format!(
            "/imports?apply={}{}&leave_out_errors={}&dry_run={}&decide={}&matching={}&file_name={}",
            self.complete.over_base().word(),
            if self.complete.is_over_now() { "&base=now" } else { "" },
            self.leave_out_errors,
            !self.keep,
            escaped(&words.join(",")),
            escaped(&matching),
            escaped(&self.file_name)
        );
        let started: wire::Import = server.upload(&path, file)?;
        let id = started.id.clone();
        let report = Report::there(server, started)?;
        self.write_report(&report, |kind, sink| {
            copy(server.stream(&format!("/imports/{id}/report?format={}", kind.word()))?, sink)
        })?;
        if !self.keep {
            server.delete(&format!("/imports/{id}"))?;
        }
        Ok(report)
    }
}
