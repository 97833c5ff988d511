//! What an import came to, told on stdout and stderr, and its progress on a terminal.

use directory::Code;
use indicatif::{ProgressBar, ProgressStyle};
use sentences::say;
use store::Import;

use super::ending::{Ending, Failure};
use super::log::tell;
use super::output::Output;
use super::server::Server;
use crate::api::lists::{self, MOST, Page};
use crate::api::wire::{self, Conflict, ImportWithIssues, Issue};
use crate::app::App;
use import::Sight;

/// An import at rest, with what is wrong with it.
pub(super) struct Report {
    told: ImportWithIssues,
    conflicts: Vec<Conflict>,
}

impl Report {
    /// The report of an import in a database.
    pub(super) fn here(app: &App, import: &Import) -> Result<Self, Failure> {
        let issues = lists::issues(app, import, &Page { cursor: None, limit: Some(MOST) })?.items;
        let conflicts = lists::conflicts(app, import, &Page { cursor: None, limit: Some(MOST) })?.items;
        Ok(Self { told: ImportWithIssues { import: wire::Import::from(import), issues }, conflicts })
    }

    /// The report of an import on a server, after nothing works on it any more.
    pub(super) fn there(server: &Server, started: wire::Import) -> Result<Self, Failure> {
        let bar = bar("");
        let import = server.wait(started, |progress| show(&bar, progress))?;
        bar.finish_and_clear();
        let of = |what: &str| format!("/imports/{}/{what}?limit={MOST}", import.id);
        let issues: wire::List<Issue> = server.get(&of("issues"))?;
        let conflicts: wire::List<Conflict> = server.get(&of("conflicts"))?;
        Ok(Self { told: ImportWithIssues { import, issues: issues.items }, conflicts: conflicts.items })
    }

    /// Whether rows have problems or were left out: what `--report` writes.
    pub(super) fn has_rows_to_put_right(&self) -> bool {
        let wire::Import { state, counts, .. } = &self.told.import;
        let at_rest = matches!(state.as_str(), "review" | "done");
        at_rest && counts.errors + counts.conflicts + counts.left_out + counts.with_support > 0
    }

    /// Tells it. `completes` says whether it was to complete: one that waits all the same is not done. `kept` is false for a dry
    /// run, which waits nowhere.
    pub(super) fn told(self, completes: bool, kept: bool, json: bool) -> Result<Ending, Failure> {
        let mut output = Output::open();
        if json {
            output.json(&self.told)?;
        } else {
            self.tell(&mut output, completes, kept)?;
        }
        output.close()?;
        let import = &self.told.import;
        Ok(match import.state.as_str() {
            "failed" | "cancelled" => Ending::Refused,
            "matching" => Ending::Waits,
            "review" if completes || import.counts.is_open() => Ending::Waits,
            _ => Ending::Done,
        })
    }

    fn tell(&self, output: &mut Output, completes: bool, kept: bool) -> Result<(), Failure> {
        let import = &self.told.import;
        for issue in &self.told.issues {
            match issue.severity.as_str() {
                "error" if import.state == "done" => {
                    tell(say!("cli-left-out-row", line = line_of(issue)));
                }
                "error" => output.line(line_of(issue))?,
                _ => tell(say!("cli-warning-row", line = line_of(issue))),
            }
        }
        let open: Vec<&Conflict> =
            self.conflicts.iter().filter(|conflict| conflict.chosen.is_none()).collect();
        match import.state.as_str() {
            "done" => {
                open.iter().for_each(|kept| tell(line_of_kept(kept)));
                output.line(import.message.as_deref().unwrap_or("done"))
            }
            "failed" => {
                let why =
                    import.failure.as_ref().map_or(say!("cli-failed"), |failure| failure.message.as_str());
                tell(format_args!("muster: {why}"));
                Ok(())
            }
            "cancelled" => {
                tell(format_args!("muster: {}", say!("cli-was-cancelled")));
                Ok(())
            }
            "matching" => {
                tell(say!("cli-matching-waits", id = &import.id));
                Ok(())
            }
            _ => {
                open.iter().try_for_each(|conflict| output.line(line_of_conflict(conflict)))?;
                self.tell_waiting(output, completes, kept)
            }
        }
    }

    /// What waits in review: the sums on stdout when nothing is wrong, else on stderr, where they do not mix with the issues.
    fn tell_waiting(&self, output: &mut Output, completes: bool, kept: bool) -> Result<(), Failure> {
        let wire::Import { id, counts, .. } = &self.told.import;
        let sums = sums(counts);
        if self.told.import.new > 0 {
            tell(directory::new_since(self.told.import.new));
        }
        if counts.questions > 0 {
            tell(say!("cli-questions", questions = counts.questions));
        }
        if !counts.is_open() {
            output.line(say!("cli-nothing-wrong", sums = sums))?;
            if completes && self.told.import.new == 0 {
                tell(self.why_it_waits());
            }
            return Ok(());
        }
        let wrong = say!(
            "cli-wrong",
            errors = counts.errors,
            conflicts = counts.conflicts,
            rows = counts.rows_with_errors
        );
        match kept {
            true => tell(say!("cli-waits", id = id, sums = sums, wrong = wrong)),
            false => tell(say!("cli-would-wait", sums = sums, wrong = wrong)),
        }
        Ok(())
    }
}

impl Report {
    /// Why a file in which nothing is wrong was not completed.
    fn why_it_waits(&self) -> String {
        let wire::Import { id, counts, .. } = &self.told.import;
        let has = |code: Code| self.told.issues.iter().any(|issue| issue.code == code.word());
        if has(Code::UnmarkedRevision) {
            say!("cli-unmarked-revision", id = id)
        } else if has(Code::NoRevision) && counts.users_to_edit > 0 {
            say!("cli-no-revision", id = id)
        } else {
            say!("cli-many-hit", id = id)
        }
    }
}

fn sums(counts: &wire::Counts) -> String {
    let mut sums = vec![say!("cli-to-edit", users = counts.users_to_edit, cells = counts.cells_to_edit)];
    if counts.cells_to_clear > 0 {
        sums.push(say!("cli-to-clear", values = counts.cells_to_clear));
    }
    if counts.users_to_create > 0 {
        sums.push(say!("cli-to-create", users = counts.users_to_create));
    }
    if counts.with_support > 0 {
        sums.push(say!("cli-with-support", rows = counts.with_support));
    }
    if counts.left_out > 0 {
        sums.push(say!("cli-left-out", rows = counts.left_out));
    }
    sums.join(", ")
}

/// `C7 login_in_use Email/Username is already in use`.
fn line_of(issue: &Issue) -> String {
    let row = issue.row.map(|row| say!("cli-row", row = row.to_string()));
    let place = issue
        .cell
        .clone()
        .or(row)
        .or_else(|| user_and_column(issue))
        .or_else(|| issue.column.clone())
        .unwrap_or_else(|| say!("cli-whole-file").to_owned());
    let part = issue.sheet.clone().or(issue.file.map(|file| file.to_string()));
    let part = part.filter(|_| issue.row.is_some()).map_or(String::new(), |part| format!("{part}!"));
    format!("{part}{place} {} {}{}", issue.code, issue.message.replace('\n', " "), new_mark(issue.new))
}

/// Whose field it is, where no file holds it: `U-7K3QX9M2PD email`.
fn user_and_column(issue: &Issue) -> Option<String> {
    let user = issue.user_id.as_deref()?;
    Some(issue.column.as_deref().map_or_else(|| user.to_owned(), |column| format!("{user} {column}")))
}

/// `C7 conflict Ada Ade, job_title: at download "A", now "B" (cli:pat), in the file "C"`.
fn line_of_conflict(conflict: &Conflict) -> String {
    let Conflict { user_id, name, field, at_download, now, file, changed_by, .. } = conflict;
    let place = conflict.cell.as_deref().unwrap_or(user_id);
    let quoted = |text: &Option<String>| format!("{:?}", text.as_deref().unwrap_or(""));
    let (at_download, now, file) = (quoted(at_download), quoted(now), quoted(file));
    let now = match changed_by {
        Some(by) => say!("cli-now-by", now = now, by = by),
        None => now,
    };
    let line = say!(
        "cli-conflict",
        place = place,
        name = name,
        field = field,
        before = at_download,
        now = now,
        file = file
    );
    format!("{line}{}", new_mark(conflict.new))
}

/// What stands after a line that review did not show when it was looked at.
fn new_mark(is_new: bool) -> String {
    if is_new { format!(" {}", say!("cli-new")) } else { String::new() }
}

/// What an undo leaves, because it was changed since.
fn line_of_kept(kept: &Conflict) -> String {
    let Conflict { user_id, name, field, now, .. } = kept;
    let now = format!("{:?}", now.as_deref().unwrap_or(""));
    say!("cli-kept", user = user_id, name = name, field = field, now = now)
}

/// A progress bar on stderr; invisible when stderr is no terminal.
pub(super) fn bar(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{msg:16} [{bar:40}] {percent:>3} % {elapsed}") {
        bar.set_style(style.progress_chars("#> "));
    }
    bar.set_message(what);
    bar
}

/// What shows the progress of an import that this process works on, and says once of each other one that it waits for it.
pub(super) fn watch() -> impl FnMut(Sight<'_>) {
    let bar = bar("");
    let mut waits_for = None;
    move |sight| match sight {
        Sight::Working(import) => show(&bar, &import.progress.into()),
        Sight::WaitsFor(other) if waits_for == Some(other.id) => {}
        Sight::WaitsFor(other) => {
            waits_for = Some(other.id);
            let (id, file) = (other.id.to_string(), other.file_name.as_deref());
            bar.suspend(|| tell(directory::waits_for_import(&id, file, &other.actor)));
        }
    }
}

fn show(bar: &ProgressBar, progress: &wire::Progress) {
    let what = match progress.stage.as_str() {
        "reading" => say!("cli-reading"),
        "checking" => say!("cli-checking"),
        "fixing" => say!("cli-correcting"),
        "applying" => say!("cli-applying"),
        "resting" => return bar.finish_and_clear(),
        _ => say!("cli-waiting"),
    };
    bar.set_message(what);
    bar.set_length(progress.total.max(1) as u64);
    bar.set_position(progress.done as u64);
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::{line_of, line_of_conflict};

    #[test]
    fn what_is_new_is_marked_at_the_end_of_its_line() {
        for (is_new, mark) in [(false, ""), (true, " (new)")] {
            let issue = json!({
                "cell": "C7", "row": 7, "column": "email", "user_id": null, "code": "login_in_use", "severity": "error",
                "message": "Email is already in use", "value": "a@b.example", "where": null, "suggestions": [], "new": is_new,
            });
            let line = line_of(&from_value(issue).expect("an issue"));
            assert_eq!(line, format!("C7 login_in_use Email is already in use{mark}"));
            let conflict = json!({
                "cell": "D7", "user_id": "U-2222222222", "name": "Ada Ade", "field": "job_title", "at_download": "A",
                "now": "B", "file": null, "changed_by": "cli:pat", "changed_at": null, "chosen": null, "new": is_new,
            });
            let line = line_of_conflict(&from_value(conflict).expect("a conflict"));
            let expected =
                r#"D7 conflict Ada Ade, job_title: at download "A", now "B" (cli:pat), in the file """#;
            assert_eq!(line, format!("{expected}{mark}"));
        }
    }
}
