//! The merge of one cell: base (at the download), theirs (now), mine (the file's).

use workbook::{Cell, Format};

use crate::reading::{obey, phone, rows_inside, text, understand};
use crate::{Code, Damage, Field, Kind, Read, Reading, Wrong, damage};

/// How a file's value is compared with the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exactness {
    /// A file of this format that tells its revision: what a spreadsheet could have made of the base counts as the base.
    Damage(Format),
    /// Forms, REST, fixes, undo, and files without a revision.
    Exact,
}

/// The verdict on a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Mine is the base: nothing to do, whatever theirs is, and never an issue.
    Unedited,
    /// Mine is what a spreadsheet made of the base: counts as unedited, and is counted.
    Kept(Damage),
    /// Edited, but theirs is the same already.
    AlreadySo,
    /// Edited, and nobody else did: the new stored form.
    Change(Option<String>),
    /// Edited here, and differently by someone else since: mine in stored form.
    Conflict(Option<String>),
    /// Edited; names a user by email or username. Once it is known who that is, [`merge_values`] tells the rest.
    Login(String),
    /// Edited, and not right.
    Wrong(Wrong),
}

/// Merges one cell. `at_base` and `today` are the field's definitions at the download and now (the same when the file has no
/// revision); `base` and `now` are stored forms; `mine` is the file's cell, none when it is empty. Only an edited cell is judged:
/// read-only fields, cleared required ones and everything that reading finds. A field that is retired today is left alone.
pub fn merge(
    at_base: &Field,
    today: &Field,
    reading: &Reading,
    exactness: Exactness,
    base: Option<&str>,
    now: Option<&str>,
    mine: Option<&Cell<'_>>,
) -> Verdict {
    if today.retired || at_base.is_print_of(base, mine) {
        return Verdict::Unedited;
    }
    let read = read_edited(at_base, today, reading, mine, [base, now]);
    if matches!(&read, Ok(Read::Value(value)) if value.as_deref() == base) {
        return unedited(at_base, reading, exactness, base, mine);
    }
    if let (Exactness::Damage(format), Some(base), Some(cell)) = (exactness, base, mine)
        && let Some(damage) = damage::of_cell(at_base, base, cell, format, reading)
    {
        return Verdict::Kept(damage);
    }
    match read {
        Ok(Read::Value(value)) if value.as_deref() == now => Verdict::AlreadySo,
        _ if let Some(wrong) = mine.and_then(|cell| rows_inside::wrong(base, cell.raw)) => {
            Verdict::Wrong(wrong)
        }
        _ if today.read_only => Verdict::Wrong(Wrong::plain(Code::ReadOnly)),
        Ok(Read::Value(value)) => match judge(today, value.as_deref(), [base, now]) {
            Ok(()) => merge_values(base, now, value.as_deref()),
            Err(wrong) => Verdict::Wrong(wrong),
        },
        Ok(Read::Login(login)) => Verdict::Login(login),
        Err(wrong) => Verdict::Wrong(wrong),
    }
}

/// A cell that is the base as it was read; counted where a program moved it and its column proves by how much.
fn unedited(
    at_base: &Field,
    reading: &Reading,
    exactness: Exactness,
    base: Option<&str>,
    mine: Option<&Cell<'_>>,
) -> Verdict {
    let damage = match (exactness, base, mine) {
        (Exactness::Damage(_), Some(base), Some(cell)) => damage::of_read_cell(at_base, base, cell, reading),
        _ => None,
    };
    damage.map_or(Verdict::Unedited, Verdict::Kept)
}

/// Judges one cell of a row that creates a user: nothing was there before, so every cell counts, an empty one too.
pub fn create(field: &Field, reading: &Reading, mine: Option<&Cell<'_>>) -> Verdict {
    let verdict = merge(field, field, reading, Exactness::Exact, None, None, mine);
    match verdict {
        Verdict::Unedited if field.required && !field.retired => Verdict::Wrong(Wrong::plain(Code::Required)),
        verdict => verdict,
    }
}

/// What the cell says. A text that is a known value letter for letter is that value, even where today's rules would refuse it.
fn read_edited(
    at_base: &Field,
    today: &Field,
    reading: &Reading,
    mine: Option<&Cell<'_>>,
    known: [Option<&str>; 2],
) -> Result<Read, Wrong> {
    let stored_as_shown =
        matches!(today.kind, Kind::Text | Kind::Email | Kind::Username | Kind::Phone | Kind::Language);
    if stored_as_shown
        && let Ok(Some(text)) = text::of_cell(mine)
        && known.contains(&Some(&*text))
    {
        return Ok(Read::Value(Some(text.into_owned())));
    }
    let read = understand(at_base, today, mine, reading);
    if today.kind == Kind::Phone
        && let Some(known) = known.into_iter().flatten().next()
        && let Ok(Some(text)) = text::of_cell(mine)
    {
        return by_phone_before(known, &text, reading, read);
    }
    read
}

/// A phone number without a country code, beside the one that it was typed over.
fn by_phone_before(
    known: &str,
    text: &str,
    reading: &Reading,
    read: Result<Read, Wrong>,
) -> Result<Read, Wrong> {
    let number = match read {
        Ok(Read::Value(Some(number))) => Ok(number),
        Err(wrong) if wrong.code == Code::NotAPhone => Err(wrong),
        other => return other,
    };
    phone::beside(known, text, &reading.region, number).map(|number| Read::Value(Some(number)))
}

/// Asks today's rules whether a new value may be, beside those that are known of the user.
fn judge(today: &Field, value: Option<&str>, known: [Option<&str>; 2]) -> Result<(), Wrong> {
    match value {
        Some(value) => obey(today, value, known),
        None if today.required => Err(Wrong::plain(Code::Required)),
        None => Ok(()),
    }
}

/// The merge of three stored forms, exactly.
pub fn merge_values(base: Option<&str>, now: Option<&str>, mine: Option<&str>) -> Verdict {
    if mine == base {
        Verdict::Unedited
    } else if mine == now {
        Verdict::AlreadySo
    } else if now == base {
        Verdict::Change(mine.map(str::to_owned))
    } else {
        Verdict::Conflict(mine.map(str::to_owned))
    }
}

#[cfg(test)]
mod tests;
