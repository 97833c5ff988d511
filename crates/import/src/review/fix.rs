//! Fixes, as people ask for them: which cells a target names, and a step that is kept.

use std::collections::HashMap;

use directory::{Accounted, Code, Counts, FieldNumber, Place, PlanCell, State, UserId, standard};
use workbook::Position;

use crate::Context;
use crate::judge::overlay::Overlay;
use crate::judge::rivals::name_rivals;
use crate::review::lists::review_issue;
use crate::review::overtaken::{Overtaken, SeenCell, overtaken};
use crate::review::pauses::PAUSES;
use crate::review::reports::{can_be_given, places_of_reports};
use crate::review::shown::ReviewIssue;
use crate::review::target::Target;
use store::{
    AccountId, CellFilter, Fix, FixKind, FixStep, Import, ImportId, ImportState, PageStart, ProblemGroup,
    Result, WantedCells, Written,
};

/// How a fix ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Fixed {
    /// Kept: the import as it stands now, and what is still wrong in the rows it was about. The import is `reading` when it is about so
    /// many cells that a worker fixes them.
    Kept(Box<Import>, Vec<ReviewIssue>),
    /// There is no such cell, row or user in the plan.
    NoSuchCell,
    /// A user was named by an ID that rows share which contradict each other: these, by file and row. Nothing was kept.
    Ambiguous(Vec<(u16, u32)>, Accounted),
    /// A row was said to be that of a user whom the organisation has not.
    NoSuchUser(UserId),
    /// A value was to be chosen where there is nothing to choose between: the first such place. Nothing was kept.
    NothingToChoose(Target),
    /// Reports were to be given to this user, who is their manager already, is inactive, or becomes so. Nothing was kept.
    NotGiven(UserId),
    /// Somebody else has changed these cells since they were looked at. Nothing was kept.
    Overtaken(Vec<Overtaken>),
    /// The import is not in review.
    NotInReview(ImportState),
    /// Others fix the same import at the same time, again and again; nothing was kept.
    OthersAtWork,
}

/// So many of the rows that share a User ID are named.
const AMBIGUOUS: usize = 10;

/// Fixes cells; all of them are one step. Durable when it answers; of many cells, that they are to be fixed is: the import is `reading`
/// then, until a worker has done it.
///
/// # Errors
/// When the store fails; nothing was kept then.
pub fn fix(
    app: &Context,
    account: AccountId,
    id: ImportId,
    fixes: &[(Target, FixKind)],
    actor: &str,
) -> Result<Fixed> {
    fix_seen(app, account, id, fixes, &[], actor)
}

/// The same by somebody who has seen what stood in the cells: where something else stands there now, nothing is kept
/// ([`Fixed::Overtaken`]). `seen` are cells with the text that they had.
///
/// # Errors
/// When the store fails; nothing was kept then.
pub fn fix_seen(
    app: &Context,
    account: AccountId,
    id: ImportId,
    fixes: &[(Target, FixKind)],
    seen: &[(Target, String)],
    actor: &str,
) -> Result<Fixed> {
    for pause in PAUSES {
        let Some(import) = app.store.import(account, id)? else { return Ok(Fixed::NoSuchCell) };
        if import.state != ImportState::Review {
            return Ok(Fixed::NotInReview(import.state));
        }
        if fixes.is_empty() {
            return Ok(Fixed::Kept(Box::new(import), Vec::new()));
        }
        let mut judging = Overlay::begin(app, &import)?;
        if let Some(rows) = ambiguous(&judging, fixes)? {
            return Ok(Fixed::Ambiguous(rows, import.accounted.clone()));
        }
        for (target, _) in fixes {
            if let Target::ReportsOf(from, to) = target
                && !can_be_given(app, &import, (*from, *to))?
            {
                return Ok(Fixed::NotGiven(*to));
            }
        }
        let known = with_known_texts(&judging, fixes)?;
        let fixes = known.as_deref().unwrap_or(fixes);
        let Some(named) = named(&judging, fixes)? else { return Ok(Fixed::NoSuchCell) };
        let overtaken = changed_since(&mut judging, seen, fixes)?;
        if !overtaken.is_empty() {
            return Ok(Fixed::Overtaken(overtaken));
        }
        if let Some(user) = unknown_user(&judging, fixes)? {
            return Ok(Fixed::NoSuchUser(user));
        }
        if let Some(target) = nothing_to_choose(&mut judging, &named)? {
            return Ok(Fixed::NothingToChoose(target));
        }
        let are_named = fixes.iter().any(|(_, kind)| matches!(kind, FixKind::Names(_)));
        if are_named || is_many(app, &named) {
            let sent = if are_named {
                keep_names(&judging, &named, actor)?
            } else {
                want(app, &import, &named, actor)?
            };
            if sent {
                app.wake_workers();
                let import = app.store.import(account, id)?;
                return Ok(
                    import.map_or(Fixed::NoSuchCell, |import| Fixed::Kept(Box::new(import), Vec::new()))
                );
            }
        } else if fix_at_once(&mut judging, &named, actor)? {
            return fixed(&judging);
        }
        // Somebody else fixed something at the same moment: judge again on top of that.
        app.wait_for_work(pause);
    }
    Ok(Fixed::OthersAtWork)
}

/// The fixes with the texts of their groups as the files have them: a form sends every break as CR and LF, whichever it was. None where no
/// text has one.
fn with_known_texts(
    judging: &Overlay<'_>,
    fixes: &[(Target, FixKind)],
) -> Result<Option<Vec<(Target, FixKind)>>> {
    let has_breaks = |(target, _): &(Target, FixKind)| match target {
        Target::Group(.., Some(raw)) => raw.contains(['\r', '\n']),
        _ => false,
    };
    if !fixes.iter().any(has_breaks) {
        return Ok(None);
    }
    let mut known = fixes.to_vec();
    for (target, _) in known.iter_mut().filter(|fix| has_breaks(fix)) {
        let Target::Group(code, field, Some(raw)) = target else { continue };
        let lines = raw.replace("\r\n", "\n").replace('\r', "\n");
        for as_in_a_file in
            [raw.clone(), lines.clone(), lines.replace('\n', "\r\n"), lines.replace('\n', "\r")]
        {
            let other = Target::Group(*code, *field, Some(as_in_a_file));
            if !cells_of(judging, &other)?.is_empty() {
                *target = other;
                break;
            }
        }
    }
    Ok(Some(known))
}

/// Of the cells that somebody has seen, those that say something else now.
fn changed_since(
    judging: &mut Overlay<'_>,
    seen: &[(Target, String)],
    fixes: &[(Target, FixKind)],
) -> Result<Vec<Overtaken>> {
    let wanted: HashMap<&Target, &FixKind> = fixes.iter().map(|(target, kind)| (target, kind)).collect();
    let mut cells = Vec::with_capacity(seen.len());
    for (target, was) in seen {
        if let Some(cell) = cells_of(judging, target)?.first() {
            let text = match wanted.get(target) {
                Some(FixKind::Value(text)) => Some(text.as_str()),
                _ => None,
            };
            cells.push(SeenCell { target, cell: *cell, was, wanted: text });
        }
    }
    overtaken(judging, &cells)
}

/// The rows that share the ID by which a user is named and contradict each other, where there are such.
fn ambiguous(judging: &Overlay<'_>, fixes: &[(Target, FixKind)]) -> Result<Option<Vec<(u16, u32)>>> {
    for (target, _) in fixes {
        if let Target::Field(user, _) = target {
            let rows = judging.contested_rows(*user, AMBIGUOUS)?;
            if rows.len() > 1 {
                return Ok(Some(rows));
            }
        }
    }
    Ok(None)
}

/// The first user who is named for a row and whom the organisation has not.
fn unknown_user(judging: &Overlay<'_>, fixes: &[(Target, FixKind)]) -> Result<Option<UserId>> {
    for (_, kind) in fixes {
        if let FixKind::Names(user) = kind
            && judging.app.store.user(judging.account.id, &judging.fields, *user)?.is_empty()
        {
            return Ok(Some(*user));
        }
    }
    Ok(None)
}

/// The first target of a choice none of whose cells leaves one.
fn nothing_to_choose(judging: &mut Overlay<'_>, named: &[Named<'_>]) -> Result<Option<Target>> {
    'targets: for (target, kind, cells) in named {
        if !matches!(kind, FixKind::Choose(_)) {
            continue;
        }
        for (place, field) in cells {
            if judging.is_choosable(*place, *field)? {
                continue 'targets;
            }
        }
        return Ok(Some((*target).clone()));
    }
    Ok(None)
}

/// Keeps whose rows are, and what else the step holds: all of it is laid over the files when they are read again. False when another step
/// came first.
fn keep_names(judging: &Overlay<'_>, named: &[Named<'_>], actor: &str) -> Result<bool> {
    let mut steps = Vec::new();
    for (_, kind, cells) in named {
        for (place, field) in cells {
            steps.push(Fix { place: *place, field: *field, kind: (*kind).clone() });
        }
    }
    let step = FixStep {
        plan: judging.import.plan,
        fixes: &steps,
        rows: &[],
        change: Counts::default(),
        renewed: None,
        actor,
        at: judging.app.clock.now(),
    };
    judging.app.store.keep_names(judging.account.id, judging.import.id, &step)
}

/// A target with the cells that it names, or the first of them.
type Named<'f> = (&'f Target, &'f FixKind, Vec<(Place, FieldNumber)>);

/// The cells that the targets name; none when one of them names nothing.
fn named<'f>(judging: &Overlay<'_>, fixes: &'f [(Target, FixKind)]) -> Result<Option<Vec<Named<'f>>>> {
    let mut named = Vec::with_capacity(fixes.len());
    for (target, kind) in fixes {
        let mut cells = cells_of(judging, target)?;
        if let FixKind::Names(_) = kind {
            cells = of_rows(judging, target, &cells)?;
        }
        if cells.is_empty() {
            return Ok(None);
        }
        named.push((target, kind, cells));
    }
    Ok(Some(named))
}

/// The rows that stand where a target says, as such: a fix that names their users is about the row, whoever it was before.
fn of_rows(
    judging: &Overlay<'_>,
    target: &Target,
    cells: &[(Place, FieldNumber)],
) -> Result<Vec<(Place, FieldNumber)>> {
    let (file, row) = match target {
        Target::Row(row) => (1, *row),
        Target::RowOf(file, row) => (*file, *row),
        Target::Cell(position) => (1, position.row),
        Target::CellOf(file, position) => (*file, position.row),
        _ => return Ok(Vec::new()),
    };
    let is_there = !cells.is_empty() || !cell_in(judging, file, row)?.is_empty();
    Ok(is_there.then_some((Place::Row { file, row }, standard::USER)).into_iter().collect())
}

/// Whether more cells are named than are fixed at once. Who names each cell waits for them.
fn is_many(app: &Context, named: &[Named<'_>]) -> bool {
    let several = named.iter().map(|(.., cells)| cells.len()).filter(|cells| *cells > 1);
    several.sum::<usize>() > app.fixed_at_once as usize
}

/// Fixes what is named. False when another step came first.
fn fix_at_once(judging: &mut Overlay<'_>, named: &[Named<'_>], actor: &str) -> Result<bool> {
    let mut steps = Vec::new();
    for (_, kind, cells) in named {
        for (place, field) in cells {
            let Some(kind) = judging.told(*place, *field, kind)? else { continue };
            judging.fix(*place, *field, &kind)?;
            steps.push(Fix { place: *place, field: *field, kind });
        }
    }
    judging.settle_claims()?;
    Ok(judging.keep(&steps, actor)?.is_some())
}

/// Has a worker make the step. False when another step came first.
fn want(app: &Context, import: &Import, named: &[Named<'_>], actor: &str) -> Result<bool> {
    let mut wanted = Vec::new();
    for (target, kind, cells) in named {
        let all = match target {
            Target::AllConflicts => WantedCells::Conflicts,
            Target::RowsWithoutId => WantedCells::Group(Code::UserIdMissing, standard::USER, None),
            Target::Group(code, field, raw) => WantedCells::Group(*code, *field, raw.clone()),
            Target::Suggested(code, _) => {
                WantedCells::Suggested(*code, cells.first().map_or(standard::USER, |(_, field)| *field))
            }
            Target::Offered(code, _) => {
                WantedCells::Offered(*code, cells.first().map_or(standard::USER, |(_, field)| *field))
            }
            Target::Written(_, becomes) => {
                let field = cells.first().map_or(standard::USER, |(_, field)| *field);
                WantedCells::Written(field, becomes.clone())
            }
            _ => {
                let one = |(place, field): &(Place, FieldNumber)| WantedCells::One(*place, *field);
                wanted.extend(cells.iter().map(|cell| (one(cell), (*kind).clone(), 1)));
                continue;
            }
        };
        let cells = app.store.count_wanted(import.account, import.id, &all)?;
        wanted.push((all, (*kind).clone(), cells));
    }
    app.store.want_fixes(import.account, import.id, import.plan, &wanted, (actor, app.clock.now()))
}

/// The cells that a target names; empty when there is none.
pub(crate) fn cells_of(judging: &Overlay<'_>, target: &Target) -> Result<Vec<(Place, FieldNumber)>> {
    let (store, account, import) = (&judging.app.store, judging.account.id, judging.import.id);
    // One more tells that they are many.
    let most = judging.app.fixed_at_once + 1;
    let found = match target {
        Target::Cell(position) => return cell_at(judging, 1, *position),
        Target::CellOf(file, position) => return cell_at(judging, *file, *position),
        Target::Row(row) => cell_in(judging, 1, *row)?,
        Target::RowOf(file, row) => cell_in(judging, *file, *row)?,
        Target::AllConflicts => store.plan_cells(account, import, CellFilter::Conflicts, most)?,
        Target::RowsWithoutId => store.cells_of_group(account, import, &without_id(), most)?,
        Target::Group(code, field, raw) => {
            let group = ProblemGroup {
                code: *code,
                field: *field,
                raw: raw.clone(),
                cells: 0,
                suggestions: Vec::new(),
            };
            store.cells_of_group(account, import, &group, most)?
        }
        Target::Suggested(code, key) => match judging.fields.by_key(key) {
            Some(field) => store.cells_suggested_after(account, import, (*code, field.number), None, most)?,
            None => Vec::new(),
        },
        Target::Offered(code, key) => match judging.fields.by_key(key) {
            Some(field) => store.cells_offered_after(account, import, (*code, field.number), None, most)?,
            None => Vec::new(),
        },
        Target::Written(key, becomes) => match judging.fields.by_key(key) {
            Some(field) => {
                let wanted = Written { field: Some(field.number), becomes, kind: None };
                store.written_page(account, import, wanted, PageStart::Start, most)?.items
            }
            None => Vec::new(),
        },
        Target::ReportsOf(manager, to) => {
            let places = places_of_reports(judging.app, judging.import, *manager, *to)?;
            return Ok(places.into_iter().map(|place| (place, standard::MANAGER)).collect());
        }
        Target::Field(user, key) => {
            let known = !store.user(account, &judging.fields, *user)?.is_empty();
            let field = judging.fields.by_key(key).map(|field| field.number);
            return Ok(field
                .filter(|_| known)
                .map(|field| (Place::User(*user), field))
                .into_iter()
                .collect());
        }
    };
    Ok(found.iter().map(|cell: &PlanCell| (cell.place, cell.field)).collect())
}

/// The cell at a place; also one of which the plan knows nothing any more, because a step put it right.
fn cell_at(
    judging: &Overlay<'_>,
    file: u16,
    Position { row, column }: Position,
) -> Result<Vec<(Place, FieldNumber)>> {
    let (store, account, import) = (&judging.app.store, judging.account.id, judging.import.id);
    let found = match store.plan_cell_at(account, import, file, row, column)? {
        Some(cell) => Some((cell.place, cell.field)),
        None => store.replaced_cell_at(account, import, (file, row, column))?,
    };
    Ok(found.into_iter().collect())
}

fn cell_in(judging: &Overlay<'_>, file: u16, row: u32) -> Result<Vec<PlanCell>> {
    let mut cells = judging.app.store.plan_cells_in_row(judging.account.id, judging.import.id, file, row)?;
    cells.truncate(1);
    Ok(cells)
}

fn fixed(judging: &Overlay<'_>) -> Result<Fixed> {
    let mut wrong = Vec::new();
    for row in judging.rows.values().filter(|row| row.fixed && !row.left_out) {
        let red = row.cells.iter().filter(|cell| cell.state == State::Error);
        let mut red: Vec<PlanCell> = red.cloned().collect();
        name_rivals(judging.app, judging.import, &judging.fields, red.iter_mut())?;
        for cell in &red {
            wrong.push(review_issue(judging.app, judging.import, &judging.fields, cell)?);
        }
    }
    let import = judging.app.store.import(judging.account.id, judging.import.id)?;
    Ok(import.map_or(Fixed::NoSuchCell, |import| Fixed::Kept(Box::new(import), wrong)))
}

/// The problem of every row without a User ID.
fn without_id() -> ProblemGroup {
    let (code, field) = (Code::UserIdMissing, standard::USER);
    ProblemGroup { code, field, raw: None, cells: 0, suggestions: Vec::new() }
}
