//! Those who will report to a manager once the plan is applied. Who has said something else about the manager of a report, the file or a
//! person, has decided: such reports are not counted.

use std::collections::{BTreeMap, BTreeSet};

use directory::{Place, PlanCell, State, User, UserId, Users, standard};

use crate::Context;
use crate::review::lists::People;
use store::{Import, Result};

/// How many managers who become inactive are looked for.
pub(crate) const MANAGERS: u32 = 10_000;
/// Users, and cells of a plan, that are read together.
const TOGETHER: usize = 2_000;

/// Managers whom the plan makes inactive and to whom active users will report: who, their name, and how many. Who has the most comes
/// first; at most `limit`.
///
/// # Errors
/// When the store fails.
pub fn managers_made_inactive(
    app: &Context,
    import: &Import,
    limit: usize,
) -> Result<Vec<(UserId, String, i64)>> {
    if import.counts.made_inactive == 0 {
        return Ok(Vec::new());
    }
    let inactive = app.store.made_inactive(import.account, import.id, MANAGERS)?;
    let mut reports: BTreeMap<UserId, i64> =
        app.store.reports_of(import.account, &inactive)?.into_iter().collect();
    let managers: BTreeSet<UserId> = inactive.iter().copied().collect();
    let fields = app.store.fields(import.account)?;
    let mut add = |manager: Option<UserId>, by: i64| {
        if let Some(manager) = manager.filter(|manager| managers.contains(manager)) {
            *reports.entry(manager).or_default() += by;
        }
    };
    let mut decided = BTreeSet::new();
    each_manager_cell(app, import, |cell, is_active| {
        decided.insert(cell.place);
        add(named(cell.now.as_deref()).filter(|_| is_active), -1);
        add(becomes(cell), 1);
        Ok(())
    })?;
    // Who becomes inactive as well is no report any more; who is left out stays as they are.
    let mut others = inactive;
    others.extend(left_out(app, import)?);
    others.sort_unstable();
    others.dedup();
    let mut users = Users::new(&fields);
    for some in others.chunks(TOGETHER) {
        app.store.users_of(import.account, some, &mut users)?;
        for user in users.iter().filter(|user| is_active(user) && !decided.contains(&Place::User(user.id())))
        {
            add(named(user.value(standard::MANAGER)), -1);
        }
    }
    let mut most: Vec<(UserId, i64)> = reports.into_iter().filter(|(_, count)| *count > 0).collect();
    most.sort_by_key(|(user, count)| (-count, *user));
    most.truncate(limit);
    let mut people = People::new(app, import.account, &fields);
    people.load(most.iter().map(|(user, _)| *user))?;
    most.into_iter().map(|(user, count)| Ok((user, people.name(user)?, count))).collect()
}

/// The users whose rows are left out, of the first of them.
fn left_out(app: &Context, import: &Import) -> Result<Vec<UserId>> {
    if import.counts.left_out == 0 {
        return Ok(Vec::new());
    }
    let rows = app.store.left_out(import.account, import.id, MANAGERS)?;
    Ok(rows.into_iter().filter_map(|(place, ..)| user_at(place)).collect())
}

/// Whether the reports of a manager can be given to somebody else: to another one, who is active and stays so.
///
/// # Errors
/// When the store fails.
pub(crate) fn can_be_given(app: &Context, import: &Import, (from, to): (UserId, UserId)) -> Result<bool> {
    if from == to || app.store.made_inactive(import.account, import.id, MANAGERS)?.contains(&to) {
        return Ok(false);
    }
    let fields = app.store.fields(import.account)?;
    let users = app.store.user(import.account, &fields, to)?;
    Ok(users.get(0).is_some_and(|user| !user.withdrawn() && is_active(&user)))
}

fn is_active(user: &User<'_>) -> bool {
    user.value(standard::STATUS) == Some("active")
}

fn named(stored: Option<&str>) -> Option<UserId> {
    stored?.parse().ok()
}

/// The manager whom a cell of the plan gives, if it gives one.
fn becomes(cell: &PlanCell) -> Option<UserId> {
    named(cell.written()?.after)
}

/// Hands over the cells of the plan that say something about a manager, those of left-out rows apart, each with whether its user is there and active.
fn each_manager_cell(
    app: &Context,
    import: &Import,
    mut take: impl FnMut(&PlanCell, bool) -> Result<()>,
) -> Result<()> {
    let fields = app.store.fields(import.account)?;
    let mut users = Users::new(&fields);
    let mut after = None;
    loop {
        let cells =
            app.store.cells_of_field(import.account, import.id, standard::MANAGER, after, TOGETHER)?;
        let Some(last) = cells.last() else { return Ok(()) };
        after = Some(last.place);
        let ids: Vec<UserId> = cells.iter().filter_map(|cell| user_at(cell.place)).collect();
        app.store.users_of(import.account, &ids, &mut users)?;
        let places: Vec<Place> = cells.iter().map(|cell| cell.place).collect();
        let left_out = app.store.left_out_among(import.account, import.id, &places)?;
        for cell in cells.iter().filter(|cell| !left_out.contains(&cell.place)) {
            let user = user_at(cell.place).and_then(|user| users.find(user));
            take(cell, user.is_some_and(|user| is_active(&user)))?;
        }
    }
}

fn user_at(place: Place) -> Option<UserId> {
    match place {
        Place::User(user) => Some(user),
        Place::Row { .. } => None,
    }
}

/// The places of those who will report to a manager and of whose manager nobody has decided otherwise; `but` is none of them.
pub(crate) fn places_of_reports(
    app: &Context,
    import: &Import,
    manager: UserId,
    but: UserId,
) -> Result<Vec<Place>> {
    let mut places: BTreeSet<Place> =
        app.store.active_reports(import.account, manager)?.into_iter().map(Place::User).collect();
    let inactive = app.store.made_inactive(import.account, import.id, MANAGERS)?;
    for user in inactive.into_iter().chain([but, manager]) {
        places.remove(&Place::User(user));
    }
    each_manager_cell(app, import, |cell, _| {
        let is_given = becomes(cell) == Some(manager) && cell.state == State::Change;
        if is_given {
            places.insert(cell.place)
        } else {
            places.remove(&cell.place)
        };
        Ok(())
    })?;
    let places: Vec<Place> = places.into_iter().collect();
    let left_out = app.store.left_out_among(import.account, import.id, &places)?;
    Ok(places.into_iter().filter(|place| !left_out.contains(place)).collect())
}
