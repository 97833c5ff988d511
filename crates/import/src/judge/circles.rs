//! The warning of circles of managers: made when a file was read, and renewed when a step of fixes changes who is whose manager.

use std::collections::BTreeMap;

use directory::{Code, Fields, Place, PlanCell, standard};

use super::claims::standing_row;
use super::managers::{Managers, named_by};
use super::new_user;
use crate::Context;
use store::{Import, JudgedRow, RenewedWarning, ReplacedRow, Result, Warning};

/// So many of a circle are named.
const NAMED: usize = 5;
/// Of so many managers that change each is followed upwards; where more do, the whole plan is looked at.
const FEW: usize = 50;
/// So far up: whoever is further away may be in a circle.
const FAR: usize = 64;

/// A row that a step replaces: as it was, and as it is to be.
pub(crate) type Replaced<'r> = (&'r ReplacedRow, &'r JudgedRow);

/// Who would be managed by themselves, with the first circle as an example.
pub(crate) fn warning(
    app: &Context,
    import: &Import,
    fields: &Fields,
    managers: Managers,
) -> Result<Option<Warning>> {
    let Some(found) = managers.circles(&app.store, import.account, fields)? else { return Ok(None) };
    let mut names = Vec::new();
    for place in found.example.iter().take(NAMED) {
        names.push(new_user::name_at(&app.store, fields, (import.account, import.id), *place)?);
    }
    names.push(if found.example.len() > NAMED { "…".to_owned() } else { names[0].clone() });
    let detail = Some(names.join(" → "));
    let place = fields.get(standard::MANAGER).map(|field| field.key.clone()).unwrap_or_default();
    Ok(Some(Warning { code: Code::ManagerLoop, place, cells: found.cells, detail }))
}

/// The warning as it is to be with a step that replaces these rows; none when it stays as it is.
pub(crate) fn renewed(
    app: &Context,
    import: &Import,
    fields: &Fields,
    replaced: &[Replaced<'_>],
) -> Result<Option<RenewedWarning>> {
    let moved: Vec<Place> = replaced
        .iter()
        .filter(|(before, now)| {
            manager_in(&before.cells, before.left_out) != manager_in(&now.cells, now.left_out)
        })
        .map(|(_, now)| now.place)
        .collect();
    if moved.is_empty() {
        return Ok(None);
    }
    let rows: BTreeMap<Place, &JudgedRow> = replaced.iter().map(|(_, now)| (now.place, *now)).collect();
    let warnings = app.store.warnings(import.account, import.id)?;
    let warned = warnings.iter().any(|warning| warning.code == Code::ManagerLoop);
    if !warned && moved.len() <= FEW && !any_leads_back(app, import, fields, (&rows, &moved))? {
        return Ok(None);
    }
    let of_plan = (import.account, import.id);
    let mut managers = Managers::of_plan(&app.store, of_plan, |place| rows.contains_key(&place))?;
    let standing = rows.values().filter(|row| !row.left_out);
    standing.flat_map(|row| &row.cells).for_each(|cell| managers.note(cell));
    let warning = warning(app, import, fields, managers)?;
    Ok(Some(RenewedWarning { code: Code::ManagerLoop, warning }))
}

/// The same after a step that a worker made, of the plan as it is kept.
pub(crate) fn of_plan(app: &Context, import: &Import) -> Result<RenewedWarning> {
    let fields = app.store.fields(import.account)?;
    let managers = Managers::of_plan(&app.store, (import.account, import.id), |_| false)?;
    let warning = warning(app, import, &fields, managers)?;
    Ok(RenewedWarning { code: Code::ManagerLoop, warning })
}

/// The manager that a row is to write, be it none; nothing when it writes none.
fn manager_in(cells: &[PlanCell], left_out: bool) -> Option<Option<&str>> {
    let cell = cells.iter().find(|cell| cell.field == standard::MANAGER).filter(|_| !left_out)?;
    cell.written().map(|change| change.after)
}

/// Whether somebody whose manager changes is met again upwards of them, or the way is too long to tell.
fn any_leads_back(
    app: &Context,
    import: &Import,
    fields: &Fields,
    (rows, moved): (&BTreeMap<Place, &JudgedRow>, &[Place]),
) -> Result<bool> {
    for start in moved {
        let (mut at, mut steps) = (*start, 0);
        while let Some(manager) = manager_of(app, import, fields, (rows, at))? {
            (at, steps) = (manager, steps + 1);
            if at == *start || steps == FAR {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Who will be somebody's manager: by the rows at hand, else by the plan, else as it is now.
fn manager_of(
    app: &Context,
    import: &Import,
    fields: &Fields,
    (rows, place): (&BTreeMap<Place, &JudgedRow>, Place),
) -> Result<Option<Place>> {
    let (store, account) = (&app.store, import.account);
    let kept = match rows.get(&place) {
        Some(_) => Vec::new(),
        None => standing_row(store, account, import.id, place)?,
    };
    let planned =
        rows.get(&place).map_or(manager_in(&kept, false), |row| manager_in(&row.cells, row.left_out));
    if let Some(manager) = planned {
        return Ok(manager.and_then(named_by));
    }
    let Place::User(user) = place else { return Ok(None) };
    let users = store.user(account, fields, user)?;
    Ok(users.get(0).and_then(|user| user.value(standard::MANAGER).and_then(named_by)))
}
