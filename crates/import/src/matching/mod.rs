//! Tables that Muster did not write: found in a file (`look`), shown to people until they have said what the columns are, then written
//! anew as a file of Muster's own (`rewriting`), which is read, judged and reviewed as any other. So there is one way to a plan, and of the
//! columns that are left alone nothing goes on it.

pub(crate) mod absent;
mod look;
mod people;
mod rewriting;
mod stopped;

use directory::{Because, Fields, Matching, MatchingProblem, Suggestion, TableReading, Target};
use store::{
    Account, AccountId, ForeignTable, Import, ImportId, ImportState, KeptMatching, Result, SaidMatching,
    Settled,
};

pub(crate) use rewriting::{SAME_AS_ROW, SEVERAL};
pub(crate) use stopped::Stopped;

use crate::context::Context;
use crate::lease::Working;

/// Titles of which a kept matching knows so many hundredths are those of its table, even if some differ.
const ALIKE: usize = 50;

/// What became of the table of an import.
pub(crate) enum Prepared {
    /// Its file is one of Muster's now.
    Ready,
    /// People have to look at it.
    Rests(Box<Settled>),
    /// The file holds no table.
    NoTable,
    /// The lease was lost.
    Lost,
}

/// Rewrites the file of an import by what was said of its columns. Where that does not fit the table, people are asked.
pub(crate) fn by_what_was_said(
    working: &Working,
    import: &Import,
    account: &Account,
    fields: &Fields,
    said: &SaidMatching,
) -> std::result::Result<Prepared, Stopped> {
    if said.matching.columns.is_empty() {
        return by_what_is_kept(working, import, account, fields, &said.matching.reading);
    }
    let Some(found) = found(working, account, fields, &said.matching.reading)? else {
        return Ok(Prepared::NoTable);
    };
    let titles = titles(&found.table);
    let matching = leaving_protected(said.matching.fitted(&titles), &found.table);
    if said.matching.differing(&titles).is_some() || matching.check(fields).is_err() {
        return rest(working, import, &ForeignTable { fitting: None, ..found.table });
    }
    if let Some(name) = said.name.as_ref().filter(|_| import.keep) {
        keep(&working.app, account.id, (&matching, name), &import.actor)?;
    }
    rewrite(working, account, fields, (&matching, found))
}

/// Keeps a matching by a name; how this one file is read is no part of it. False when the name is none, or as many are kept as may be.
fn keep(app: &Context, account: AccountId, (matching, name): (&Matching, &str), actor: &str) -> Result<bool> {
    let matching = Matching { reading: TableReading::default(), ..matching.clone() };
    let kept = KeptMatching { name: name.to_owned(), matching, actor: actor.to_owned(), at: app.clock.now() };
    Ok(Matching::is_name(name) && app.store.keep_matching(account, &kept)?)
}

/// Looks for a table in a file that has no keys: one that a kept matching knows goes on by itself, of another one people are asked.
pub(crate) fn by_what_is_kept(
    working: &Working,
    import: &Import,
    account: &Account,
    fields: &Fields,
    reading: &TableReading,
) -> std::result::Result<Prepared, Stopped> {
    let store = &working.app.store;
    let kept = store.matchings(account.id)?;
    let Some(found) = found(working, account, fields, reading)? else {
        return Ok(Prepared::NoTable);
    };
    let known = |kept: &KeptMatching, table: &ForeignTable| {
        let titles = titles(table);
        (!kept.matching.differing(&titles).is_some(), kept.matching.known(&titles))
    };
    let best = kept.iter().max_by_key(|kept| known(kept, &found.table));
    let Some(best) = best.filter(|best| known(best, &found.table).1 >= ALIKE) else {
        return rest(working, import, &found.table);
    };
    let (is_same, _) = known(best, &found.table);
    let matching = leaving_protected(best.matching.fitted(&titles(&found.table)), &found.table);
    let matching = Matching { reading: reading.clone(), ..matching };
    if is_same && matching.check(fields).is_ok() {
        if !store.say_kept_matching(&working.lease, &matching, &best.name)? {
            return Ok(Prepared::Lost);
        }
        return rewrite(working, account, fields, (&matching, found));
    }
    let table = remembering(found.table, &matching, &best.name);
    rest(working, import, &table)
}

fn rest(working: &Working, import: &Import, table: &ForeignTable) -> std::result::Result<Prepared, Stopped> {
    if !working.app.store.keep_table(&working.lease, table)? {
        return Ok(Prepared::Lost);
    }
    Ok(Prepared::Rests(Box::new(Settled::moved(import, ImportState::Matching))))
}

/// Opens what a table came in, and finds it.
fn found(
    working: &Working,
    account: &Account,
    fields: &Fields,
    reading: &TableReading,
) -> std::result::Result<Option<look::Found>, Stopped> {
    let (store, of) = (&working.app.store, (working.lease.account, working.lease.import));
    let file = if store.is_raw_kept(of.0, of.1)? { 0 } else { 1 };
    let upload = store.upload(of.0, of.1, file)?;
    let book = workbook::Book::open(Box::new(upload), &working.app.limits)?;
    Ok(look::look(book, account, fields, reading)?)
}

fn rewrite(
    working: &Working,
    account: &Account,
    fields: &Fields,
    (matching, found): (&Matching, look::Found),
) -> std::result::Result<Prepared, Stopped> {
    let store = &working.app.store;
    drop(found.book);
    if !store.keep_table(&working.lease, &found.table)? || !store.put_raw_aside(&working.lease)? {
        return Ok(Prepared::Lost);
    }
    let written = rewriting::rewrite(working, account, fields, (matching, &found.table))?;
    if !written || !store.rewritten(&working.lease)? {
        return Ok(Prepared::Lost);
    }
    Ok(Prepared::Ready)
}

fn titles(table: &ForeignTable) -> Vec<String> {
    table.columns.iter().map(|column| column.title.clone()).collect()
}

/// The same, but what is nobody's business is left alone, whatever was said.
fn leaving_protected(mut matching: Matching, table: &ForeignTable) -> Matching {
    for column in table.columns.iter().filter(|column| is_protected(column.suggestion.as_ref())) {
        let said = matching.columns.iter_mut().find(|said| said.title == column.title);
        said.into_iter().for_each(|said| said.target = Some(Target::Alone));
    }
    matching
}

fn is_protected(suggestion: Option<&Suggestion>) -> bool {
    suggestion.is_some_and(|found| matches!(found.because, Because::Protected(_)))
}

/// The table with what was said of titles like its own in place of what they probably are.
fn remembering(mut table: ForeignTable, matching: &Matching, name: &str) -> ForeignTable {
    for column in table.columns.iter_mut().filter(|column| !is_protected(column.suggestion.as_ref())) {
        let said = matching.column(&column.title).and_then(|said| said.target.clone());
        column.suggestion = match said {
            Some(target) => Some(Suggestion { target, because: Because::Remembered }),
            // What is new is suggested where nothing else of the table is that already.
            None => column
                .suggestion
                .take()
                .filter(|found| matching.place_where(|target| *target == found.target).is_none()),
        };
    }
    table.fitting = Some(name.to_owned());
    table
}

/// What came of saying what the columns are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matched {
    /// The file is read by it.
    Reads,
    /// Something is missing, or does not go together.
    Problem(MatchingProblem),
    /// As many matchings are kept as may be, or the name is none.
    NotKept,
    /// The import does not wait for it any more.
    TooLate,
}

/// Says what the columns of the table of an import are, and keeps that by a name, if one is given; the file is read by it.
///
/// # Errors
/// When the store fails.
pub fn match_columns(
    app: &Context,
    account: AccountId,
    id: ImportId,
    (matching, name): (&Matching, Option<&str>),
    actor: &str,
) -> Result<Matched> {
    let waits = |import: Import| matches!(import.state, ImportState::Matching | ImportState::Review);
    if !app.store.import(account, id)?.is_some_and(waits) {
        return Ok(Matched::TooLate);
    }
    let Some(table) = app.store.table(account, id)? else { return Ok(Matched::TooLate) };
    let matching = leaving_protected(matching.fitted(&titles(&table)), &table);
    if let Err(problem) = matching.check(&app.store.fields(account)?) {
        return Ok(Matched::Problem(problem));
    }
    if let Some(name) = name
        && !keep(app, account, (&matching, name), actor)?
    {
        return Ok(Matched::NotKept);
    }
    if !app.store.match_import(account, id, &matching, name)? {
        return Ok(Matched::TooLate);
    }
    app.wake_workers();
    Ok(Matched::Reads)
}

/// Has the file of an import looked at in another way; what its columns are is asked again. False when it does not wait for that.
///
/// # Errors
/// When the store fails.
pub fn read_otherwise(
    app: &Context,
    account: AccountId,
    id: ImportId,
    reading: TableReading,
) -> Result<bool> {
    let matching = Matching { reading, ..Matching::default() };
    let begun = app.store.read_otherwise(account, id, &matching)?;
    app.wake_workers();
    Ok(begun)
}
