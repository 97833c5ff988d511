//! Who else claims what a red cell claims: read when somebody looks, and not written into each cell of a group.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use directory::{Accounted, Claim, Code, Fields, Place, PlanCell, State, Where, Wrong, row_of_part};
use sentences::say;
use store::{ClaimGroup, Import, Result};

use super::{claims_of, shared_id};
use crate::Context;

/// So many rivals are named; of more it is said how many they are.
const NAMED: usize = 10;

/// Puts the rows that claim the same into the detail of each cell that is red because of them: the first ten, and how many more.
pub(crate) fn name_rivals<'c>(
    app: &Context,
    import: &Import,
    fields: &Fields,
    cells: impl Iterator<Item = &'c mut PlanCell>,
) -> Result<()> {
    let mut groups: BTreeMap<Claim, ClaimGroup> = BTreeMap::new();
    for cell in cells.filter(|cell| is_of_this_file(cell)) {
        let shared = shared_id::user_of(cell);
        let claim = match shared {
            Some(user) => Some(Claim::speaking_for(user, "")),
            None => claims_of(cell, fields).next().map(|later| later.claim),
        };
        let Some(claim) = claim else { continue };
        let group = match groups.entry(claim) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let store = &app.store;
                let group = match shared {
                    Some(user) => store.shared_group(import.account, import.id, user, NAMED + 1)?,
                    None => store.claim_group(import.account, import.id, new.key(), NAMED + 1)?,
                };
                new.insert(group)
            }
        };
        let place = cell.place;
        if let Some(wrong) = &mut cell.wrong {
            wrong.detail = names(group, place, &import.accounted);
        }
    }
    Ok(())
}

fn is_of_this_file(cell: &PlanCell) -> bool {
    let of_this_file =
        |wrong: &Wrong| wrong.holder == Some(Where::ThisFile) || wrong.code == Code::UserIdDuplicate;
    cell.state == State::Error && cell.wrong.as_ref().is_some_and(of_this_file)
}

/// `3, 7`, or `3, 7, ... 4 more`; none when there is nobody else.
fn names(group: &ClaimGroup, place: Place, accounted: &Accounted) -> Option<String> {
    let others = group.first.iter().filter(|(other, ..)| *other != place).take(NAMED);
    let mut names: Vec<String> = others
        .map(|(other, file, row)| match (file, row, other) {
            (_, 0, Place::User(user)) => user.to_string(),
            (part, row, _) => row_of_part((*part, *row), accounted),
        })
        .collect();
    let more = group.rows - 1 - names.len() as i64;
    if more > 0 {
        names.push(say!("rivals-more", rows = more.to_string()));
    }
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use directory::Accounted;

    use super::{ClaimGroup, Place};

    #[test]
    fn the_first_ten_are_named_and_the_rest_is_counted() {
        let names = |group: &ClaimGroup, place| super::names(group, place, &Accounted::default());
        let row = |row| (Place::Row { file: 1, row }, 1, row);
        let group =
            |rows: u32| ClaimGroup { first: (3..3 + rows.min(11)).map(row).collect(), rows: rows.into() };
        assert_eq!(names(&group(1), row(3).0), None);
        assert_eq!(names(&group(2), row(3).0).as_deref(), Some("4"));
        assert_eq!(names(&group(11), row(5).0).as_deref(), Some("3, 4, 6, 7, 8, 9, 10, 11, 12, 13"));
        let of_many = names(&group(14), row(13).0);
        assert_eq!(of_many.as_deref(), Some("3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 3 more"));
        assert_eq!(names(&group(14), row(16).0).as_deref(), Some("3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 3 more"));
    }
}
