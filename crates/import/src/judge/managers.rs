//! The managers that a plan changes: whether anybody would come to be their own, directly or in a circle. That is a warning and blocks
//! nothing. Kept are 16 bytes for each manager that changes; of the other users only those above them are looked up.

use std::collections::HashSet;

use directory::{Fields, Place, PlanCell, User, UserId, Users, standard};

use store::{AccountId, ImportId, Result, Store};

/// Users that are looked up together.
const CHUNK: usize = 1_000;
/// The numbers of rows that create users begin here: users have smaller ones.
const ROWS: u64 = 1 << 63;
/// Whose manager nobody is.
const NOBODY: u64 = u64::MAX;

/// Who gets which manager by a plan.
#[derive(Debug, Default)]
pub(crate) struct Managers(Vec<(u64, u64)>);

/// Circles of managers.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Circles {
    /// How many of the changed managers are part of one.
    pub(crate) cells: i64,
    /// The first of them: each is managed by the next, the last by the first.
    pub(crate) example: Vec<Place>,
}

impl Managers {
    /// Those of a plan as it is kept, of rows that are not left out; without some rows.
    pub(crate) fn of_plan(
        store: &Store,
        (account, import): (AccountId, ImportId),
        without: impl Fn(Place) -> bool,
    ) -> Result<Self> {
        let (mut managers, mut after) = (Self::default(), None);
        loop {
            let cells = store.cells_of_field(account, import, standard::MANAGER, after, CHUNK)?;
            let places: Vec<Place> = cells.iter().map(|cell| cell.place).collect();
            let left_out = store.left_out_among(account, import, &places)?;
            let standing = |cell: &&PlanCell| !left_out.contains(&cell.place) && !without(cell.place);
            cells.iter().filter(standing).for_each(|cell| managers.note(cell));
            if cells.len() < CHUNK {
                return Ok(managers);
            }
            after = places.last().copied();
        }
    }

    /// Notes a cell, if it changes a manager.
    pub(crate) fn note(&mut self, cell: &PlanCell) {
        if cell.field != standard::MANAGER {
            return;
        }
        if let Some(change) = cell.written() {
            self.0.push((number_of(cell.place), change.after.and_then(named_by).map_or(NOBODY, number_of)));
        }
    }

    /// The circles that there would be.
    pub(crate) fn circles(
        mut self,
        store: &Store,
        account: AccountId,
        fields: &Fields,
    ) -> Result<Option<Circles>> {
        // What was noted last counts: it was resolved when the plan was whole.
        self.0.reverse();
        self.0.sort_by_key(|(user, _)| *user);
        self.0.dedup_by_key(|(user, _)| *user);
        let changed = self.0.len();
        let mut edges: Vec<(u64, u64, bool)> =
            self.0.iter().map(|(user, manager)| (*user, *manager, true)).collect();
        edges.reserve_exact(changed / 8);
        let mut seen = HashSet::new();
        let mut above = above_of(&self.0, &self.0, &mut seen);
        while !above.is_empty() {
            let found = managers_of(store, account, fields, &above)?;
            above = above_of(&found, &self.0, &mut seen);
            edges.extend(found.into_iter().map(|(user, manager)| (user, manager, false)));
        }
        edges.sort_unstable();
        Ok(circles_in(&edges))
    }
}

/// The managers among pairs whose own are not known yet.
fn above_of(pairs: &[(u64, u64)], changed: &[(u64, u64)], seen: &mut HashSet<u64>) -> Vec<UserId> {
    let managers = pairs.iter().map(|(_, manager)| *manager).filter(|manager| *manager < ROWS);
    let unknown = managers
        .filter(|manager| changed.binary_search_by_key(manager, |(user, _)| *user).is_err())
        .filter(|manager| seen.insert(*manager));
    let mut above: Vec<UserId> = unknown.filter_map(UserId::from_number).collect();
    above.sort_unstable();
    above
}

fn managers_of(
    store: &Store,
    account: AccountId,
    fields: &Fields,
    users: &[UserId],
) -> Result<Vec<(u64, u64)>> {
    let mut found = Vec::new();
    let mut batch = Users::new(fields);
    let manager = |user: User<'_>| user.value(standard::MANAGER).and_then(named_by).map(number_of);
    for chunk in users.chunks(CHUNK) {
        store.users_of(account, chunk, &mut batch)?;
        let there = batch.iter().filter(|user| !user.withdrawn());
        found.extend(there.filter_map(|user| Some((user.id().number(), manager(user)?))));
    }
    Ok(found)
}

/// Follows everybody upwards once. `edges` are sorted: who, by whom they are managed, and whether that changes.
fn circles_in(edges: &[(u64, u64, bool)]) -> Option<Circles> {
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    let mut state = vec![0; edges.len()];
    let mut circles: Option<Circles> = None;
    for start in 0..edges.len() {
        let (mut path, mut at) = (Vec::new(), Some(start));
        while let Some(here) = at.filter(|here| state[*here] == 0) {
            state[here] = OPEN;
            path.push(here);
            at = edges.binary_search_by_key(&edges[here].1, |edge| edge.0).ok();
        }
        if let Some(met) = at.filter(|met| state[*met] == OPEN) {
            let from = path.iter().position(|here| *here == met).unwrap_or_default();
            let circle = &path[from..];
            let found = circles.get_or_insert_with(|| Circles {
                cells: 0,
                example: circle.iter().map(|here| place_of(edges[*here].0)).collect(),
            });
            found.cells += circle.iter().filter(|here| edges[**here].2).count() as i64;
        }
        path.into_iter().for_each(|here| state[here] = DONE);
    }
    circles.filter(|circles| circles.cells > 0)
}

/// Whom the stored form of a manager names: a user, or the row that is to create one.
pub(super) fn named_by(stored: &str) -> Option<Place> {
    Place::of_reference(stored).or_else(|| stored.parse().ok().map(Place::User))
}

fn number_of(place: Place) -> u64 {
    match place {
        Place::User(user) => user.number(),
        Place::Row { file, row } => ROWS | u64::from(file) << 32 | u64::from(row),
    }
}

fn place_of(number: u64) -> Place {
    match UserId::from_number(number) {
        Some(user) => Place::User(user),
        None => Place::Row { file: (number >> 32) as u16, row: number as u32 },
    }
}

#[cfg(test)]
mod tests {
    use super::{NOBODY, Place, circles_in, number_of, place_of};

    fn check(edges: &[(u64, u64, bool)], expected: Option<(i64, usize)>) {
        let found = circles_in(edges).map(|circles| (circles.cells, circles.example.len()));
        assert_eq!(found, expected, "{edges:?}");
    }

    #[test]
    fn circles_of_any_length_are_found_and_ways_into_them_are_none() {
        check(&[], None);
        check(&[(1, 2, true), (2, 3, true), (3, NOBODY, false)], None);
        check(&[(1, 1, true)], Some((1, 1)));
        check(&[(1, 2, true), (2, 3, false), (3, 1, false)], Some((1, 3)));
        check(&[(1, 2, true), (2, 3, true), (3, 2, true)], Some((2, 2)));
        check(&[(1, 1, true), (2, 1, true), (3, 4, true), (4, 3, true)], Some((3, 1)));
        check(&[(1, 1, false), (2, 1, true)], None);
        let long: Vec<_> = (0..100_000).map(|user| (user, (user + 1) % 100_000, true)).collect();
        check(&long, Some((100_000, 100_000)));
    }

    #[test]
    fn rows_and_users_have_numbers_of_their_own() {
        let row = Place::Row { file: 2, row: 7 };
        assert_eq!(place_of(number_of(row)), row);
    }
}
