//! Reading a file into a plan: open it, understand its head, merge its rows with the directory, check what needs the directory.
//!
//! Two threads share the work: one inflates and parses the sheet, the other merges and stages. What is read again after a crash
//! begins anew; only what was staged under the present lease counts.

mod cells;
pub(crate) mod charset;
pub(crate) mod edges;
pub(crate) mod head;
pub(crate) mod headings;
mod kept;
pub(crate) mod learned;
pub(crate) mod merger;
mod merges;
mod names;
pub(crate) mod others;
pub(crate) mod own;
pub(crate) mod parts;
mod precedence;
pub(crate) mod shared_id;
mod sheet_edits;
pub(crate) mod sheets;
pub(crate) mod tallies;
mod walk;

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use directory::{
    Blast, Code, Counts, Decision, Decisions, Failure, FieldNumber, Fields, Issue, MatchBy, Matching,
    TableReading, Target, UserId, Wrong, standard,
};
use store::{
    Account, Complete, CountedFile, Error, Import, ImportKind, ImportState, Result, SaidMatching, Settled,
    Stage, Warning,
};
use workbook::{Batch, Book, Position, Progress, Refusal, Rows};

use crate::judge::Purpose;
use crate::judge::circles;
use crate::judge::end_state;
use crate::judge::managers::Managers;
use crate::judge::overlay;
use crate::lease::Working;
use crate::matching::{self, Prepared, Stopped};
use crate::read::edges::{End, letters_of};
use crate::read::head::{Head, Refused, refused};
use crate::read::learned::Learned;
use crate::read::merger::Merger;
use crate::read::parts::Parts;

/// Rows that travel together from the reading thread to the merging one.
pub(crate) const BATCH_ROWS: usize = 2_000;

/// Makes the plan of a file; none when the lease was lost on the way.
pub(crate) fn plan(working: &Working, import: &Import) -> Result<Option<Settled>> {
    let store = &working.app.store;
    let account = store.account_now(working.lease.account)?;
    let fields = store.fields(account.id)?;
    let said = store.said_matching(account.id, import.id)?;
    if let Some(said) = said.filter(|said| !said.rewritten) {
        return plan_of_table(
            working,
            import,
            (&account, &fields),
            matching::by_what_was_said(working, import, &account, &fields, &said),
        );
    }
    let settled = plan_of(working, import, &account, &fields)?;
    let has_no_keys = |settled: &Settled| {
        let code = settled.failure.as_ref().map(|failure| failure.code.as_str());
        settled.state == ImportState::Failed && code == Some(Code::HeaderMissing.word())
    };
    match settled {
        Some(failed) if has_no_keys(&failed) && import.kind == ImportKind::File => {
            let prepared =
                matching::by_what_is_kept(working, import, &account, &fields, &TableReading::default());
            match prepared {
                // The first failure says what to do.
                Ok(Prepared::NoTable) | Err(Stopped::Refused(_)) => Ok(Some(failed)),
                prepared => plan_of_table(working, import, (&account, &fields), prepared),
            }
        }
        settled => Ok(settled),
    }
}

/// The plan of a file that was made of a table, or where the import rests until people have said what its columns are.
fn plan_of_table(
    working: &Working,
    import: &Import,
    (account, fields): (&Account, &Fields),
    prepared: std::result::Result<Prepared, Stopped>,
) -> Result<Option<Settled>> {
    match prepared {
        Ok(Prepared::Ready) => plan_of(working, import, account, fields),
        Ok(Prepared::Rests(settled)) => Ok(Some(*settled)),
        Ok(Prepared::Lost) => Ok(None),
        Ok(Prepared::NoTable) => {
            let failure = Failure::from(&Wrong::plain(Code::HeaderMissing));
            Ok(Some(Settled::failed(failure, working.app.clock.now())))
        }
        Err(Stopped::Machine(_)) if working.is_lost() => Ok(None),
        Err(Stopped::Machine(error)) => Err(error),
        Err(Stopped::Refused(refusal)) => match Refused::from(refusal) {
            Refused::Machine(error) => Err(error),
            Refused::File(failure) => Ok(Some(Settled::failed(failure, working.app.clock.now()))),
        },
    }
}

/// The same by the fields and at the revision that are given, in place of a plan that there is.
pub(crate) fn plan_of(
    working: &Working,
    import: &Import,
    account: &Account,
    fields: &Fields,
) -> Result<Option<Settled>> {
    let app = &working.app;
    let mut refused_file = None;
    loop {
        app.store.clear_plan(&working.lease)?;
        match read(working, import, account, fields) {
            Ok(settled) => {
                return Ok(settled.map(|settled| Settled { failure: refused_file, ..settled }));
            }
            Err(Refused::Machine(_)) if working.is_lost() => return Ok(None),
            Err(Refused::Machine(error)) => return Err(error),
            // A further file that can't be read costs nothing but itself: review goes on with those before it, and says why.
            Err(Refused::File(failure)) => match app.store.refuse_last_file(&working.lease)? {
                Some(name) => {
                    refused_file = Some(failure.not_added(&name));
                }
                None => return Ok(Some(Settled::failed(failure, app.clock.now()))),
            },
        }
    }
}

fn read(
    working: &Working,
    import: &Import,
    account: &Account,
    fields: &Fields,
) -> std::result::Result<Option<Settled>, Refused> {
    let store = &working.app.store;
    let files = store.files(account.id, import.id)?;
    let decisions = store.decisions(account.id, import.id)?;
    let said = store.said_matching(account.id, import.id)?;
    let decisions = decisions.keeping(said.iter().flat_map(|said| kept_columns(&said.matching, fields)));
    let (mut books, mut parts) = Parts::open(working, account, fields, &files, &decisions)?;
    parts.heads.iter_mut().for_each(|(_, _, head)| head.note_matching(said.as_ref()));
    let heads = &parts.heads;
    let first = &heads[0].2;
    store.keep_columns(&working.lease, &first.fields)?;
    let named = store.named_rows(account.id, import.id)?.into_iter().collect();
    let mut learned = Learned { named, ..Learned::default() };
    let mut merger = loop {
        let mut merger = Merger::new(working, import, account, fields, (first, decisions.clone(), learned));
        // The newest file first: its rows replace those of the others.
        for (number, book, head) in heads.iter().rev() {
            merger.begin_file(*number, head);
            merge_file(working, &mut books[*book], (*number, head), &mut merger)?;
        }
        match merger.learned()? {
            Some(more) if !working.is_lost() => learned = more,
            _ => break merger,
        }
        store.clear_plan(&working.lease)?;
    };
    let absent = not_in_file(working, account, fields, (said.as_ref(), &decisions), &mut merger)?;
    shared_id::settle(working, &mut merger)?;
    merger.take_damaged();
    merger.flush()?;
    tracing::info!("rows were read and merged; claims and references are checked");
    working.progress(Stage::Checking, 0, 1);
    let mut counts = merger.counts();
    let mut managers = std::mem::take(&mut merger.managers);
    end_state::references(working, fields, &mut counts, &mut managers)?;
    end_state::claims(working, fields, &mut counts, Purpose::Review)?;
    let read = Import { base: base_of(&parts), ..import.clone() };
    let step_of = |user| step_of(&merger, &files, user);
    if !store.fixes(import.account, import.id, None, 1)?.is_empty() {
        counts = counts.plus(overlay::lay_again(working, &read, step_of)?);
        managers = Managers::of_plan(store, (import.account, import.id), |_| false)?;
    }
    let mut warnings = warnings_of(&parts, &books, &merger);
    let has_absent = absent.is_some();
    warnings.extend(absent);
    let heads: Vec<&Head> = parts.heads().collect();
    let doubt = head::doubt(&heads, counts.users_to_edit);
    // Who matched the columns knows that the base is now.
    let told = doubt.filter(|code| said.is_none() || *code != Code::NoRevision);
    if let Some(code) = told.filter(|code| !warnings.iter().any(|warning| warning.code == *code)) {
        warnings.push(Warning { code, place: String::new(), cells: 1, detail: None });
    }
    warnings.extend(circles::warning(&working.app, import, fields, managers)?);
    counts.warnings = warnings.len() as i64;
    counts.questions = warnings.iter().filter(|warning| warning.code.asks()).count() as i64;
    counts.cells_read = merger.edges.read;
    let accounted = parts.accounted(&merger.edges, &books);
    counts.unread = accounted.cells_unread();
    if counts.rows == 0 {
        return Err(refused(&Wrong::plain(Code::NoRows)));
    }
    store.keep_warnings(&working.lease, &warnings)?;
    store.keep_accounted(&working.lease, &accounted)?;
    let date_read = merger.tallies.date_read.as_ref().map(|(typed, date)| (typed.as_str(), date.as_str()));
    if date_read.is_some() || import.date_read.is_some() {
        store.keep_date_read(&working.lease, date_read)?;
    }
    if working.is_lost() {
        return Ok(None);
    }
    let settled = settled(working, import, account, (read.base, doubt), &merger, counts);
    // Nothing changes, but people may want to know who is missing.
    if has_absent && settled.state == ImportState::Done {
        return Ok(Some(Settled { state: ImportState::Review, finished_at: None, ..settled }));
    }
    // More users than the account may have wait for people, who can leave some out.
    let by_itself = settled.state == ImportState::Applying;
    if by_itself && store.users_beyond(import.account, counts.users_to_create)?.is_some() {
        return Ok(Some(Settled { state: ImportState::Review, ..settled }));
    }
    Ok(Some(settled))
}

/// The fields whose empty cells in a table change nothing.
fn kept_columns(matching: &Matching, fields: &Fields) -> Vec<FieldNumber> {
    let kept = matching.columns.iter().filter(|column| !column.clears);
    let keys = kept.filter_map(|column| column.target.as_ref());
    // A day on which somebody leaves says something of the status where it is past, and nothing else.
    let number = |target: &Target| match target {
        Target::Leaving => Some(standard::STATUS),
        target => Some(fields.by_key(target.word())?.number),
    };
    // Usernames are made for new users alone, and what people are matched by is as they have it.
    let made = matching.usernames.map(|_| standard::USERNAME);
    keys.filter_map(number).chain(made).chain(matching.by.field()).collect()
}

/// Says who is not in the table, and makes them inactive where people want that.
fn not_in_file(
    working: &Working,
    account: &Account,
    fields: &Fields,
    (said, decisions): (Option<&SaidMatching>, &Decisions),
    merger: &mut Merger<'_>,
) -> Result<Option<Warning>> {
    if said.is_none_or(|said| said.matching.by == MatchBy::New) {
        return Ok(None);
    }
    let wanted = decisions.hold(Decision::MakeAbsentInactive, standard::USER);
    let mut rows = Vec::new();
    let is_named = |user| merger.file_of(user).is_some();
    let warning = matching::absent::not_in_file(working, account, fields, (is_named, wanted), |cells| {
        rows.push(cells);
    })?;
    rows.into_iter().for_each(|cells| merger.take_row(cells));
    // Once it is decided, it stands among the steps and the changes.
    Ok(warning.filter(|_| !wanted))
}

/// The revision that the files show; a template shows none, and goes with any.
fn base_of(parts: &Parts) -> Option<u64> {
    parts.heads().find_map(|head| head.base)
}

/// The step with which the row of a user came: fixes that are older do not touch it. Whom no file names, they do unless all files
/// were replaced since.
fn step_of(merger: &Merger<'_>, files: &[CountedFile], user: UserId) -> i64 {
    let number = merger.file_of(user).map(parts::file_of);
    let file = files.iter().find(|file| Some(file.number) == number).or(files.first());
    file.map_or(0, |file| file.step)
}

fn merge_file(
    working: &Working,
    book: &mut Book,
    (number, head): (u16, &Head),
    merger: &mut Merger<'_>,
) -> std::result::Result<(), Refused> {
    let end = merge_sheet(working, book, head, merger)?;
    merger.edges.end((number, head), end);
    if let Some(wrong) = &merger.edges.refused {
        return Err(refused(wrong));
    }
    let names = |user| merger.name_of(user);
    if let Some(wrong) = merger.tallies.out_of_line.wrong(names) {
        return Err(refused(&wrong));
    }
    Ok(())
}

/// What the reading thread sends on.
enum Sent {
    Rows(Batch, Progress),
    End,
}

/// Reads the sheet on one thread and merges it on this one. Batches go round: a merged one is filled again.
pub(crate) fn each_batch(
    book: &mut Book,
    sheet: usize,
    mut take: impl FnMut(&Batch, Progress) -> std::result::Result<bool, Refused>,
) -> std::result::Result<End, Refused> {
    let rows = book.rows(sheet)?;
    let (sender, receiver) = sync_channel(2);
    let (back, empty) = sync_channel::<Batch>(4);
    std::thread::scope(|scope| {
        let reading = scope.spawn(move || read_rows(rows, &sender, &empty));
        let merged = receive(&receiver, &back, &mut take);
        drop(receiver);
        drop(back);
        let read = reading.join().unwrap_or_else(|_| Err(Refusal::Damaged("the reader panicked".to_owned())));
        merged?;
        Ok(read?)
    })
}

fn read_rows(
    mut rows: Rows<'_>,
    sender: &SyncSender<Sent>,
    empty: &Receiver<Batch>,
) -> std::result::Result<End, Refusal> {
    loop {
        let mut batch = empty.try_recv().unwrap_or_default();
        let more = rows.fill(&mut batch, BATCH_ROWS)?;
        let sent = if more { Sent::Rows(batch, rows.progress()) } else { Sent::End };
        // Nobody listens any more when the merge was given up.
        if sender.send(sent).is_err() || !more {
            return Ok(End {
                is_cut: !more && rows.ends_cut(),
                unread: rows.unread() as i64,
                merged: rows.merged().to_vec(),
                asides: rows.asides(),
            });
        }
    }
}

fn receive(
    receiver: &Receiver<Sent>,
    back: &SyncSender<Batch>,
    take: &mut impl FnMut(&Batch, Progress) -> std::result::Result<bool, Refused>,
) -> std::result::Result<(), Refused> {
    while let Ok(Sent::Rows(batch, progress)) = receiver.recv() {
        if !take(&batch, progress)? {
            return Ok(());
        }
        // The reader takes new memory when none comes back in time.
        drop(back.try_send(batch));
    }
    Ok(())
}

fn merge_sheet(
    working: &Working,
    book: &mut Book,
    head: &Head,
    merger: &mut Merger<'_>,
) -> std::result::Result<End, Refused> {
    each_batch(book, head.sheet, |batch, progress| {
        merger.merge(batch)?;
        working.read_rows(batch.len());
        working.progress(Stage::Reading, progress.done as i64, progress.total as i64);
        Ok(!working.is_lost() && !merger.is_misread())
    })
}

/// The warnings; what several files have in common is said once.
fn warnings_of(parts: &Parts, books: &[Book], merger: &Merger<'_>) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = Vec::new();
    for (number, book, head) in &parts.heads {
        let mut of_part =
            warnings_of_file(head, &books[*book], |column| merger.edges.beside(*number, column));
        of_part.extend(untold_columns(head, *number, merger));
        for warning in of_part.into_iter().chain(parts.said.iter().cloned()) {
            let known = |other: &Warning| (other.code, &other.place) == (warning.code, &warning.place);
            if !warnings.iter().any(known) {
                warnings.push(warning);
            }
        }
    }
    warnings.extend(merger.warnings());
    warnings
}

/// What is said of cells in columns that have neither a key nor a title.
fn untold_columns(head: &Head, part: u16, merger: &Merger<'_>) -> Option<Warning> {
    let told = head.header.issues.iter().filter_map(|issue| Some(issue.position?.column));
    let (column, cells) = merger.edges.untold(part, &told.collect::<Vec<u32>>())?;
    let place = Position { row: head.key_row, column }.to_string();
    let detail = Some(format!("\t{}", letters_of(column)));
    Some(Warning { code: Code::HeaderUnknown, place, cells, detail })
}

/// What the warning of an issue of the head keeps: of a column that is not read also where it stands, and whether only its key is missing.
fn detail_of(issue: &Issue) -> Option<String> {
    let detail = issue.wrong.detail.clone().or_else(|| issue.value.clone());
    let (Code::HeaderUnknown, Some(position)) = (issue.wrong.code, issue.position) else { return detail };
    let key = if issue.field.is_some() { "\tkey" } else { "" };
    Some(format!("{}\t{}{key}", detail?.replace('\t', " "), letters_of(position.column)))
}

fn warnings_of_file(head: &Head, book: &Book, beside: impl Fn(u32) -> i64) -> Vec<Warning> {
    let of_head = head.header.issues.iter().map(|issue| Warning {
        code: issue.wrong.code,
        place: issue.position.map(|position| position.to_string()).unwrap_or_default(),
        cells: issue.position.map_or(1, |position| match issue.wrong.code {
            Code::HeaderUnknown => beside(position.column),
            _ => beside(position.column).max(1),
        }),
        detail: detail_of(issue),
    });
    let mut warnings: Vec<Warning> = of_head.collect();
    if head.first_user < head.key_row {
        let row = head.key_row.to_string();
        let place = Position { row: head.key_row, column: head.header.id_column }.to_string();
        warnings.push(Warning { code: Code::KeyRowMoved, place, cells: 1, detail: Some(row) });
    }
    if head.base.is_none() && !head.is_template() && head.matched.is_none() {
        warnings.push(Warning { code: Code::NoRevision, place: String::new(), cells: 1, detail: None });
    }
    if let Some(guessed) = book.guessed() {
        let detail = Some(guessed.to_owned());
        warnings.push(Warning { code: Code::TextGuessed, place: String::new(), cells: 1, detail });
    }
    warnings
}

/// Where the import goes now: to review, or on by itself, or to its end when it changes nothing.
fn settled(
    working: &Working,
    import: &Import,
    account: &Account,
    (base, doubt): (Option<u64>, Option<Code>),
    merger: &Merger<'_>,
    counts: Counts,
) -> Settled {
    let open = counts.errors + counts.conflicts > 0;
    let asked = counts.questions > 0;
    let changes = counts.cells_to_edit + counts.users_to_create > 0;
    // What people have seen once stays in review until they say that they are done with it.
    let nothing = import.plan == 0 && !changes && !open && !asked && merger.tallies.put_back == 0;
    let large = Blast { hit: merger.tallies.hit, users: account.users }.is_large();
    let large = large || !working.app.blast.reached(&counts, account.users).is_empty();
    // What may be large when it is meant, may be one step of a program in many cells, too.
    let large = large || merger.is_transformed();
    let by_itself = match import.complete {
        // What people have seen once, only people complete.
        _ if import.plan > 0 => false,
        // What may be missing, only people can tell.
        _ if asked => false,
        Complete::Never | Complete::Unreadable => false,
        _ if doubt.is_some_and(|code| code != Code::NoRevision || !import.complete.is_over_now()) => false,
        Complete::WhenClean | Complete::WhenCleanNow => (!open || import.leave_out_errors) && !large,
        Complete::WhenCleanLarge | Complete::WhenCleanLargeNow => !open || import.leave_out_errors,
    };
    let state = match (nothing, by_itself) {
        (true, _) => ImportState::Done,
        (false, true) => ImportState::Applying,
        (false, false) => ImportState::Review,
    };
    Settled {
        state,
        plan: import.plan + 1,
        revision: Some(account.revision),
        base,
        applied: None,
        counts,
        failure: None,
        finished_at: nothing.then(|| working.app.clock.now()),
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Machine(error) => error,
            Refused::File(failure) => Self::Failed(failure.sentence()),
        }
    }
}
