//! The overlay: what people lay over the files of an import, judged like the cells of the files. The rows that a fix is about are judged
//! again, and with them every row whose verdict depends on them, as two rows do that fought for one email.

use std::collections::{BTreeMap, BTreeSet};

use directory::{
    Chosen, Claim, ClaimKind, Counts, Exactness, Field, FieldNumber, Fields, Kind, Place, PlanCell, State,
    UserId, Verdict, Wrong, standard,
};
use workbook::{Cell, Position};

use super::past::Past;
use super::people::People;
use super::{Lines, RowJudge, Whom, circles, claims_of_row, is_contested, new_user, planned, shared_id};
use crate::Context;
use crate::lease::Working;
use store::{Account, Fix, FixKind, FixStep, Import, JudgedRow, KeptFix, ReplacedRow, Result};

/// Lays the fixes that were made over a plan that was just read anew; answers what that adds to its counts. `import` knows the base
/// that was read, `step_of` the step with which the row of a user came: rows that came later than a fix are not touched by it.
pub(crate) fn lay_again(
    working: &Working,
    import: &Import,
    step_of: impl Fn(UserId) -> i64,
) -> Result<Counts> {
    let store = &working.app.store;
    let mut added = Counts::default();
    let mut fixes = store.fixes(import.account, import.id, None, FIXES)?;
    while let Some(last) = fixes.last().cloned() {
        let mut judging = Overlay::begin(&working.app, import)?;
        for KeptFix { step, fix } in &fixes {
            let stands = match fix.place {
                // Which of the rows that share an ID is meant, nobody can tell while they contradict each other.
                Place::User(user) => *step > step_of(user) && judging.contested_rows(user, 1)?.is_empty(),
                // A row that a later file replaces is not in the plan any more.
                place => !judging.row(place)?.cells.is_empty(),
            };
            if stands {
                judging.fix(fix.place, fix.field, &fix.kind)?;
            }
        }
        judging.settle_claims()?;
        let (rows, change) = judging.judged();
        if !store.keep_rows(&working.lease, &rows)? {
            break;
        }
        added = added.plus(change);
        fixes = store.fixes(import.account, import.id, Some(&last), FIXES)?;
    }
    Ok(added)
}

/// Fixes that are judged together: so many rows are in memory at a time.
pub(crate) const FIXES: usize = 1_000;

/// A row while it is judged again.
pub(crate) struct JudgedNow {
    before: ReplacedRow,
    pub(crate) cells: Vec<PlanCell>,
    pub(crate) left_out: bool,
    /// Whether a fix is about it, or it only depends on one that is.
    pub(crate) fixed: bool,
}

/// The rows that a step of fixes touches, over the plan as it is kept.
pub(crate) struct Overlay<'j> {
    pub(crate) app: &'j Context,
    pub(crate) import: &'j Import,
    pub(crate) account: Account,
    pub(crate) fields: Fields,
    at_base: Fields,
    pub(crate) rows: BTreeMap<Place, JudgedNow>,
    /// What has to be judged again: claims, and that somebody is there whom cells name.
    pub(crate) touched: BTreeSet<Claim>,
}

impl<'j> Overlay<'j> {
    pub(crate) fn begin(app: &'j Context, import: &'j Import) -> Result<Self> {
        let account = app.store.account_now(import.account)?;
        let fields = app.store.fields(account.id)?;
        let at_base = app.store.fields_at(account.id, import.base.unwrap_or(account.revision))?;
        Ok(Self { app, import, account, fields, at_base, rows: BTreeMap::new(), touched: BTreeSet::new() })
    }

    pub(crate) fn row(&mut self, place: Place) -> Result<&mut JudgedNow> {
        if !self.rows.contains_key(&place) {
            let cells = self.app.store.plan_row(self.account.id, self.import.id, place)?;
            let left_out = self.app.store.is_left_out(self.account.id, self.import.id, place)?;
            let before = ReplacedRow { place, cells: cells.clone(), left_out };
            self.rows.insert(place, JudgedNow { before, cells, left_out, fixed: false });
        }
        self.rows.get_mut(&place).ok_or_else(|| store::Error::Failed("a row is gone".to_owned()))
    }

    pub(crate) fn fix(&mut self, place: Place, field: FieldNumber, kind: &FixKind) -> Result<()> {
        self.touch_claims(place)?;
        let row = self.row(place)?;
        row.fixed = true;
        match kind {
            FixKind::LeaveOut(out) => self.leave_out(place, *out)?,
            FixKind::Choose(chosen) => {
                let wanted = |cell: &&mut PlanCell| cell.field == field && is_choice(cell);
                if let Some(cell) = row.cells.iter_mut().find(wanted) {
                    cell.chosen = Some(*chosen);
                }
                self.judge_row(place)?;
            }
            FixKind::Value(text) => {
                match self.whom(place)? {
                    Some(user) => self.lay_over((place, user), field, text)?,
                    None => self.lay_over_new(place, field, text)?,
                }
                self.judge_row(place)?;
                self.said_anew(place)?;
            }
            FixKind::Create => self.create(place)?,
            FixKind::Keep => {
                row.cells.retain(|cell| cell.field != field || cell.state != State::Change);
                if let Some(cell) = row.cells.iter_mut().find(|cell| cell.field == field && is_choice(cell)) {
                    cell.chosen = Some(Chosen::Now);
                }
                self.judge_row(place)?;
            }
            // What is offered is told before: see [`Overlay::told`].
            FixKind::Suggested | FixKind::Offered(_) => {}
            // Whose row it is, reading knows: see `read::merger`.
            FixKind::Names(_) => {}
        }
        self.touch_claims(place)
    }

    /// Whether one of the values of a cell can be chosen: it is a conflict or a question, or a change of a user who is there.
    pub(crate) fn is_choosable(&mut self, place: Place, field: FieldNumber) -> Result<bool> {
        let is_choice = self.row(place)?.cells.iter().any(|cell| cell.field == field && is_choice(cell));
        Ok(is_choice || self.is_plain_change(place, field)?)
    }

    fn is_plain_change(&mut self, place: Place, field: FieldNumber) -> Result<bool> {
        let of_cell = |cell: &PlanCell| cell.field == field && cell.state == State::Change;
        let is_change = field != standard::USER && self.row(place)?.cells.iter().any(of_cell);
        Ok(is_change && self.whom(place)?.is_some())
    }

    /// What a fix does to a cell: of one that takes what is offered, the value; none where it is not offered.
    pub(crate) fn told(
        &mut self,
        place: Place,
        field: FieldNumber,
        kind: &FixKind,
    ) -> Result<Option<FixKind>> {
        let wanted = match kind {
            FixKind::Suggested => None,
            FixKind::Offered(place) => Some(usize::from(*place)),
            // A plain change is over a value that is what it was at the download: both other choices keep it.
            FixKind::Choose(Chosen::Now | Chosen::Download) if self.is_plain_change(place, field)? => {
                return Ok(Some(FixKind::Keep));
            }
            other => return Ok(Some(other.clone())),
        };
        let cell = self.row(place)?.cells.iter().find(|cell| cell.field == field);
        let offered = cell.and_then(|cell| cell.wrong.as_ref()).map(|wrong| wrong.suggestions.as_slice());
        Ok(match (offered, wanted) {
            (Some([only]), _) => Some(FixKind::Value(only.clone())),
            (Some(several), Some(wanted)) => several.get(wanted).cloned().map(FixKind::Value),
            _ => None,
        })
    }

    /// Lays another text over a cell and merges it again, exactly.
    fn lay_over(&mut self, (place, id): (Place, UserId), field: FieldNumber, text: &str) -> Result<()> {
        let (store, account) = (&self.app.store, self.account.id);
        let users = store.user(account, &self.fields, id)?;
        let today = self.fields.get(field).filter(|field| !field.retired).cloned();
        let (Some(user), Some(today)) = (users.get(0), today) else {
            return Ok(());
        };
        let past = match self.import.base {
            Some(base) => Past::of(store, account, &users, base)?,
            None => Past::default(),
        };
        let slot = self.fields.slot(field).unwrap_or_default();
        let (base, now) = (past.value(&user, field, slot), user.slot(slot));
        let at_base = self.at_base.get(field).unwrap_or(&today).clone();
        let old = self.row(place)?.cells.iter().position(|cell| cell.field == field);
        let old = old.map(|at| self.row(place).map(|row| row.cells.remove(at))).transpose()?;
        let position = old
            .as_ref()
            .map_or(Position { row: 1, column: 1 }, |cell| Position { row: cell.row, column: cell.column });
        let cell = (!text.trim().is_empty()).then(|| Cell::text(position, text));
        let verdict = self.judge().cell((&at_base, &today), Exactness::Exact, (base, now), cell.as_ref())?;
        let verdict = self.name_differs(&today, base, text)?.map_or(verdict, Verdict::Wrong);
        let raw = cell.map(|cell| cell.raw.to_owned());
        if let Some(mut planned) = planned(place, field, (base, now), verdict, raw)
            && planned.state != State::PutBack
        {
            if let Some(old) = old {
                (planned.file, planned.row) = (old.file, old.row);
                (planned.column, planned.hidden) = (old.column, old.hidden);
            }
            // Who types a value over a conflict has seen today's: theirs is chosen with it.
            planned.chosen = (planned.state == State::Conflict).then_some(Chosen::File);
            self.row(place)?.cells.push(planned);
        }
        Ok(())
    }

    /// What is wrong with a text that names one user by the ID and another by the name: typed anew, it is asked about as in a file.
    fn name_differs(&self, field: &Field, base: Option<&str>, text: &str) -> Result<Option<Wrong>> {
        if field.kind != Kind::User {
            return Ok(None);
        }
        let base = base.and_then(|base| base.parse().ok());
        People::new(&self.app.store, self.account.id).typed(text, base, self.import)
    }

    /// Creates the user of a row without a User ID; what the user lacks turns red now.
    fn create(&mut self, place: Place) -> Result<()> {
        // Where what is missing would stand, only the first file tells.
        let columns = match place {
            Place::Row { file: 1, .. } => self.app.store.columns(self.account.id, self.import.id)?,
            _ => Vec::new(),
        };
        let mut cells = std::mem::take(&mut self.row(place)?.cells);
        if let Some(question) = cells.iter_mut().find(|cell| new_user::is_of_new_user(cell)) {
            new_user::answer_yes(question);
            let lines = Lines { columns: &columns, row: question.row };
            self.judge().created(place, &mut cells, lines)?;
        }
        self.row(place)?.cells = cells;
        Ok(())
    }

    /// Lays another text over a cell of a row that creates a user.
    fn lay_over_new(&mut self, place: Place, field: FieldNumber, text: &str) -> Result<()> {
        let today = self.fields.get(field).filter(|field| !field.retired).cloned();
        let Some(field) = today else { return Ok(()) };
        let old = self.row(place)?.cells.iter().find(|cell| cell.field == field.number).cloned();
        let (row, column) = old.map_or((0, 0), |cell| (cell.row, cell.column));
        let position = Position { row, column };
        let cell = (!text.trim().is_empty()).then(|| Cell::text(position, text));
        let mut planned = self.judge().new_cell(place, &field, cell.as_ref(), position, false)?;
        if let (Some(cell), Some(wrong)) = (&mut planned, self.name_differs(&field, None, text)?) {
            (cell.state, cell.mine, cell.wrong) = (State::Error, None, Some(wrong));
        }
        let cells = &mut self.row(place)?.cells;
        cells.retain(|cell| cell.field != field.number);
        cells.extend(planned);
        Ok(())
    }

    /// Judges again what concerns the whole row.
    pub(super) fn judge_row(&mut self, place: Place) -> Result<()> {
        let mut cells = std::mem::take(&mut self.row(place)?.cells);
        let columns: Vec<(FieldNumber, u32)> = cells.iter().map(|cell| (cell.field, cell.column)).collect();
        let row = cells.iter().map(|cell| cell.row).max().unwrap_or_default();
        let lines = Lines { columns: &columns, row };
        let of_user = match place {
            Place::User(user) => Some(user),
            Place::Row { .. } => shared_id::user_of_row(&cells),
        };
        match of_user {
            None => self.judge().row_again(Whom::New(place), &mut cells, lines)?,
            Some(id) => {
                let users = self.app.store.user(self.account.id, &self.fields, id)?;
                if let Some(user) = users.get(0) {
                    self.judge().row_again(Whom::User(&user), &mut cells, lines)?;
                }
            }
        }
        self.row(place)?.cells = cells;
        Ok(())
    }

    pub(crate) fn judge(&self) -> RowJudge<'_> {
        RowJudge::new(&self.app.store, &self.account, &self.fields)
    }

    /// Notes the claims whose verdicts depend on a row: those it makes, those its user has, and that it is there.
    pub(super) fn touch_claims(&mut self, place: Place) -> Result<()> {
        let mut claims: Vec<Claim> = Claim::naming_row(place).into_iter().collect();
        self.row(place)?;
        let (fields, row) = (&self.fields, self.rows.get(&place));
        let cells = row.map_or(&[][..], |row| &row.cells);
        claims.extend(claims_of_row(cells, fields).into_iter().map(|later| later.claim));
        for cell in cells {
            claims.extend(fields.get(cell.field).and_then(|field| Claim::of(field, cell.now.as_deref()?)));
        }
        let signs_in = |claim: &&Claim| matches!(claim.kind, ClaimKind::Email | ClaimKind::Username);
        let named: Vec<Claim> = claims.iter().filter(signs_in).map(Claim::naming).collect();
        self.touched.extend(claims.into_iter().chain(named));
        Ok(())
    }

    /// The rows that are judged otherwise now, and what that adds to the counts.
    pub(crate) fn judged(&self) -> (Vec<JudgedRow>, Counts) {
        let mut change = Counts::default();
        let mut rows = Vec::new();
        for row in self.rows.values() {
            let before = &row.before;
            if before.left_out == row.left_out && before.cells == row.cells {
                continue;
            }
            let now = ReplacedRow { place: before.place, cells: row.cells.clone(), left_out: row.left_out };
            let (row, added) = in_place_of(before, now, &self.fields);
            change = change.plus(added);
            rows.push(row);
        }
        (rows, change)
    }

    /// Keeps the step. None when another step came first.
    pub(crate) fn keep(&self, fixes: &[Fix], actor: &str) -> Result<Option<i64>> {
        self.keep_with(fixes, actor, |step| self.app.store.keep_fixes(self.account.id, self.import.id, step))
    }

    /// Has the step kept together with something else.
    pub(crate) fn keep_with<T>(
        &self,
        fixes: &[Fix],
        actor: &str,
        keep: impl FnOnce(&FixStep<'_>) -> Result<T>,
    ) -> Result<T> {
        let (rows, change) = self.judged();
        let replaced: Vec<circles::Replaced<'_>> =
            rows.iter().filter_map(|row| Some((&self.rows.get(&row.place)?.before, row))).collect();
        let renewed = circles::renewed(self.app, self.import, &self.fields, &replaced)?;
        let step = FixStep {
            plan: self.import.plan,
            fixes,
            rows: &rows,
            change,
            renewed: renewed.as_ref(),
            actor,
            at: self.app.clock.now(),
        };
        keep(&step)
    }
}

fn is_choice(cell: &PlanCell) -> bool {
    matches!(cell.state, State::Conflict | State::PutBack | State::Damage)
        || (is_contested(cell) && cell.base != cell.now)
}

/// A row of a plan in place of what was there, and what that adds to the counts.
pub(crate) fn in_place_of(before: &ReplacedRow, now: ReplacedRow, fields: &Fields) -> (JudgedRow, Counts) {
    let claims = |cells: &[PlanCell]| claims_of_row(cells, fields);
    let added =
        Counts::of_row(&now.cells, now.left_out).minus(Counts::of_row(&before.cells, before.left_out));
    let row = JudgedRow {
        place: now.place,
        claims: if now.left_out { Vec::new() } else { claims(&now.cells) },
        released: claims(&before.cells),
        left_out: now.left_out,
        cells: now.cells,
    };
    (row, added)
}
