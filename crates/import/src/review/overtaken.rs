//! Whether somebody else has changed a cell since it was looked at: then a text is not laid over theirs unseen.

use directory::{FieldNumber, Place, State};

use crate::judge::new_user;
use crate::judge::overlay::Overlay;
use crate::review::lists::People;
use crate::review::target::Target;
use store::{FixKind, Result, Time};

/// A cell that somebody else has changed since it was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overtaken {
    /// The cell.
    pub target: Target,
    /// What its field is called, and whose it is.
    pub of: (String, String),
    /// What stands there now.
    pub now: String,
    /// Who has put it there, and when, if a fix did.
    pub by: Option<(String, Time)>,
}

/// So many cells are asked about at once; of the others, when these are answered.
const ASKED: usize = 100;

/// A cell as somebody has seen it, and the text that they want there.
pub(super) struct SeenCell<'s> {
    pub(super) target: &'s Target,
    pub(super) cell: (Place, FieldNumber),
    pub(super) was: &'s str,
    pub(super) wanted: Option<&'s str>,
}

/// Of cells with the texts that they had when they were looked at, those that say something else now.
pub(super) fn overtaken(judging: &mut Overlay<'_>, seen: &[SeenCell<'_>]) -> Result<Vec<Overtaken>> {
    let mut found = Vec::new();
    for seen in seen {
        if found.len() == ASKED {
            break;
        }
        found.extend(compared(judging, seen)?);
    }
    Ok(found)
}

/// What stands in a cell, where it is not what somebody has seen there.
fn compared(judging: &mut Overlay<'_>, seen: &SeenCell<'_>) -> Result<Option<Overtaken>> {
    let (place, field) = seen.cell;
    let raw = raw_of(judging, seen.cell)?;
    // As a rule nobody came between, and nothing more is asked.
    if raw.as_deref().is_some_and(|raw| is_same(raw, seen.was)) {
        return Ok(None);
    }
    let last = judging.app.store.last_fix(judging.account.id, judging.import.id, seen.cell)?;
    let typed = match &last {
        Some((FixKind::Value(text), ..)) => Some(text.clone()),
        _ => None,
    };
    let shown = shown_of(judging, seen.cell)?;
    if typed.iter().chain([&shown]).any(|text| is_same(text, seen.was)) {
        return Ok(None);
    }
    let now = typed.or(raw).unwrap_or(shown);
    // What is wanted may stand there already: it was sent before, and the answer got lost.
    if seen.wanted.is_some_and(|wanted| is_same(wanted, &now)) {
        return Ok(None);
    }
    let title = judging.fields.get(field).map(|field| field.title().to_owned()).unwrap_or_default();
    let of_import = (judging.account.id, judging.import.id);
    let of = (title, new_user::name_at(&judging.app.store, &judging.fields, of_import, place)?);
    let by = last.map(|(_, who, at)| (who, at));
    Ok(Some(Overtaken { target: seen.target.clone(), of, now, by }))
}

/// The text of a cell of the plan; an empty cell has an empty one.
fn raw_of(judging: &mut Overlay<'_>, (place, field): (Place, FieldNumber)) -> Result<Option<String>> {
    let cell = judging.row(place)?.cells.iter().find(|cell| cell.field == field);
    Ok(cell.map(|cell| cell.raw.clone().unwrap_or_default()))
}

/// What the user will have, as people read it.
fn shown_of(judging: &mut Overlay<'_>, (place, field): (Place, FieldNumber)) -> Result<String> {
    let Some(field) = judging.fields.get(field).cloned() else { return Ok(String::new()) };
    let cell = judging.row(place)?.cells.iter().find(|cell| cell.field == field.number).cloned();
    let written = cell.filter(|cell| cell.state == State::Change);
    let users = match place {
        Place::User(user) => Some(judging.app.store.user(judging.account.id, &judging.fields, user)?),
        Place::Row { .. } => None,
    };
    let today = users.as_ref().and_then(|users| users.get(0)?.value(field.number).map(str::to_owned));
    let stored = written.map_or(today, |cell| cell.mine);
    People::in_plan(judging.app, judging.import, &judging.fields).shown(&field, stored.as_deref())
}

/// Whether two texts are the same to who reads them: forms and pages write breaks and blanks in ways of their own.
fn is_same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn breaks_and_blanks_are_no_difference() {
        for (one, other, same) in [
            ("a\r\nb", "a\nb", true),
            (" a ", "a", true),
            ("", " ", true),
            ("ab", "a b", false),
            ("a", "A", false),
        ] {
            assert_eq!(is_same(one, other), same, "{one:?} {other:?}");
        }
    }
}
