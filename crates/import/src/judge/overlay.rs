//! The overlay: what people lay over the files of an import, judged like the cells of the files. The rows that a fix is about are judged
//! again, and with them every row whose verdict depends on them, as two rows do that fought for one email.

use std::collections::{BTreeMap, BTreeSet};

use directory::{
    Chosen, Claim, Code, Counts, Exactness, FieldNumber, Fields, Place, PlanCell, State, User, UserId,
    Verdict, merge,
};
use workbook::{Cell, Position};

use super::claims::{standing_row, staying_holder};
use super::new_user::{self, NewUser};
use super::past::Past;
use super::{claims_of, forget_verdicts, is_claimed, is_contested, restore, rival_of};
use crate::lease::Working;
use crate::{Context, judge};
use store::{Account, Fix, FixKind, FixStep, Import, JudgedRow, KeptFix, LaterClaim, ReplacedRow, Result};

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
                Place::User(user) => *step > step_of(user),
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
    touched: BTreeSet<Claim>,
}

impl<'j> Overlay<'j> {
    pub(crate) fn begin(app: &'j Context, import: &'j Import) -> Result<Self> {
        let account = app.store.account_now(import.account)?;
        let fields = app.store.fields(account.id)?;
        let at_base = app.store.fields_at(account.id, import.base.unwrap_or(account.revision))?;
        Ok(Self { app, import, account, fields, at_base, rows: BTreeMap::new(), touched: BTreeSet::new() })
    }

    fn row(&mut self, place: Place) -> Result<&mut JudgedNow> {
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
            FixKind::LeaveOut(out) => {
                row.left_out = *out;
                self.free_double(place)?;
            }
            FixKind::Choose(chosen) => {
                let wanted = |cell: &&mut PlanCell| cell.field == field && is_choice(cell);
                if let Some(cell) = row.cells.iter_mut().find(wanted) {
                    cell.chosen = Some(*chosen);
                }
                self.judge_user(place)?;
            }
            FixKind::Value(text) => {
                match place {
                    Place::User(_) => self.lay_over(place, field, text)?,
                    Place::Row { .. } => self.lay_over_new(place, field, text)?,
                }
                self.judge_user(place)?;
            }
            FixKind::Create => self.create(place)?,
        }
        self.touch_claims(place)
    }

    /// Lays another text over a cell and merges it again, exactly.
    fn lay_over(&mut self, place: Place, field: FieldNumber, text: &str) -> Result<()> {
        let Place::User(id) = place else { return Ok(()) };
        let (store, account) = (&self.app.store, self.account.id);
        let users = store.user(account, &self.fields, id)?;
        let (Some(user), Some(today)) = (users.get(0), self.fields.get(field).cloned()) else {
            return Ok(());
        };
        let past = match self.import.base {
            Some(base) => Past::of(store, account, &users, base)?,
            None => Past::default(),
        };
        let slot = self.fields.slot(field).unwrap_or_default();
        let (base, now) = (past.value(&user, field, slot), user.slot(slot));
        let at_base = self.at_base.get(field).unwrap_or(&today).clone();
        let reading = self.account.reading.clone();
        let old = self.row(place)?.cells.iter().position(|cell| cell.field == field);
        let old = old.map(|at| self.row(place).map(|row| row.cells.remove(at))).transpose()?;
        let position = old
            .as_ref()
            .map_or(Position { row: 1, column: 1 }, |cell| Position { row: cell.row, column: cell.column });
        let cell = (!text.trim().is_empty()).then(|| Cell::text(position, text));
        let verdict = match merge(&at_base, &today, &reading, Exactness::Exact, base, now, cell.as_ref()) {
            Verdict::Login(text) => judge::named_user(&self.app.store, account, &text, (base, now))?,
            verdict => verdict,
        };
        let raw = cell.map(|cell| cell.raw.to_owned());
        if let Some(mut planned) = judge::planned(place, field, (base, now), verdict, raw)
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

    /// Creates the user of a row without a User ID; what the user lacks turns red now.
    fn create(&mut self, place: Place) -> Result<()> {
        let (store, account) = (&self.app.store, self.account.id);
        // Where what is missing would stand, only the first file tells.
        let columns = match place {
            Place::Row { file: 1, .. } => store.columns(account, self.import.id)?,
            _ => Vec::new(),
        };
        let mut cells = std::mem::take(&mut self.row(place)?.cells);
        if let Some(question) = cells.iter_mut().find(|cell| new_user::is_of_new_user(cell)) {
            let row = question.row;
            new_user::answer_yes(store, question)?;
            let new = NewUser { store, account, fields: &self.fields, reading: &self.account.reading };
            new.add_missing(place, row, &columns, &mut cells)?;
        }
        self.row(place)?.cells = cells;
        Ok(())
    }

    /// Lays another text over a cell of a row that creates a user.
    fn lay_over_new(&mut self, place: Place, field: FieldNumber, text: &str) -> Result<()> {
        let Some(field) = self.fields.get(field).cloned() else { return Ok(()) };
        let old = self.row(place)?.cells.iter().find(|cell| cell.field == field.number).cloned();
        let (row, column) = old.map_or((0, 0), |cell| (cell.row, cell.column));
        let position = Position { row, column };
        let cell = (!text.trim().is_empty()).then(|| Cell::text(position, text));
        let (store, account) = (&self.app.store, self.account.id);
        let new = NewUser { store, account, fields: &self.fields, reading: &self.account.reading };
        let planned = new.cell_of(place, &field, cell.as_ref(), position, false)?;
        let cells = &mut self.row(place)?.cells;
        cells.retain(|cell| cell.field != field.number);
        cells.extend(planned);
        Ok(())
    }

    /// Judges what concerns the whole row: whether the user can still sign in.
    fn judge_user(&mut self, place: Place) -> Result<()> {
        let Place::User(id) = place else {
            let cells = &mut self.row(place)?.cells;
            let email = cells.iter().find(|cell| cell.field == directory::standard::EMAIL);
            let (row, column) = email.map_or((0, 0), |cell| (cell.row, cell.column));
            forget_verdicts(cells);
            judge::check_new_sign_in(place, cells, row, column);
            return Ok(());
        };
        let users = self.app.store.user(self.account.id, &self.fields, id)?;
        let Some(user) = users.get(0) else { return Ok(()) };
        let row = self.row(place)?;
        forget_verdicts(&mut row.cells);
        let columns: Vec<(FieldNumber, u32)> =
            row.cells.iter().map(|cell| (cell.field, cell.column)).collect();
        let number = row.cells.iter().map(|cell| cell.row).max().unwrap_or_default();
        judge::check_sign_in(&mut row.cells, &user, columns.into_iter(), number);
        self.check_people(place, &user)
    }

    fn check_people(&mut self, place: Place, user: &User<'_>) -> Result<()> {
        let (app, account, fields) = (self.app, self.account.id, self.fields.clone());
        for cell in &mut self.row(place)?.cells {
            let names_user = fields.get(cell.field).is_some_and(|field| field.kind == directory::Kind::User);
            let Some(id) =
                cell.mine.as_deref().filter(|_| names_user).and_then(|mine| mine.parse::<UserId>().ok())
            else {
                continue;
            };
            if id != user.id() && app.store.user(account, &fields, id)?.is_empty() {
                cell.state = State::Error;
                cell.wrong = Some(directory::Wrong::plain(Code::NotAUser));
            }
        }
        Ok(())
    }

    /// A row that shared its User ID with others is free once all but one are left out.
    fn free_double(&mut self, place: Place) -> Result<()> {
        let marker =
            |cell: &&PlanCell| cell.wrong.as_ref().is_some_and(|wrong| wrong.code == Code::UserIdDuplicate);
        let Some(cell) = self.row(place)?.cells.iter().find(marker).cloned() else { return Ok(()) };
        let user = cell.raw.as_deref().and_then(|raw| raw.parse::<UserId>().ok());
        let (Some(user), Place::Row { .. }) = (user, place) else { return Ok(()) };
        let first = Place::User(user);
        let Some(of_first) = self.row(first)?.cells.iter().find(marker).cloned() else { return Ok(()) };
        let file = of_first.file;
        let others = of_first.wrong.and_then(|wrong| wrong.detail).unwrap_or_default();
        for row in others.split(", ").filter_map(|row| row.parse::<u32>().ok()) {
            if !self.row(Place::Row { file, row })?.left_out {
                return Ok(());
            }
        }
        let first = self.row(first)?;
        first.fixed = true;
        first.cells.retain(|cell| !marker(&cell));
        Ok(())
    }

    /// Notes the claims whose verdicts depend on a row: those it makes, and those its user has.
    fn touch_claims(&mut self, place: Place) -> Result<()> {
        let fields = self.fields.clone();
        let mut claims: Vec<Claim> = Vec::new();
        for cell in &self.row(place)?.cells {
            claims.extend(claims_of(cell, &fields).map(|later| later.claim));
            let field = fields.get(cell.field).filter(|field| is_claimed(field));
            claims.extend(field.and_then(|field| Claim::of(field, cell.now.as_deref()?)));
        }
        self.touched.extend(claims);
        Ok(())
    }

    /// Judges again everyone who claims what was touched.
    pub(crate) fn settle_claims(&mut self) -> Result<()> {
        for claim in std::mem::take(&mut self.touched) {
            let (store, account, import) = (&self.app.store, self.account.id, self.import.id);
            let staged = store.claimants(account, import, &claim)?;
            for LaterClaim { place, .. } in &staged {
                self.row(*place)?;
            }
            let claimants = self.claimants(&claim);
            let rows = &self.rows;
            let holder =
                staying_holder(store, account, &self.fields, &claim, |place| match rows.get(&place) {
                    Some(row) if row.left_out => Ok(Vec::new()),
                    Some(row) => Ok(row.cells.clone()),
                    None => standing_row(store, account, import, place),
                })?;
            let lines: Vec<_> = claimants.iter().map(|(place, _, line)| (*place, *line)).collect();
            for (place, field, _) in claimants {
                let wrong = match rival_of(place, &lines, holder, account) {
                    Some(rival) => Some(judge::taken(self.app, account, &claim, rival)?),
                    None if judge::has_asked_enough(self.app, account)? => {
                        judge::unchecked(self.app, account, &claim)?
                    }
                    None => None,
                };
                let row = self.row(place)?;
                let Some(cell) = row.cells.iter_mut().find(|cell| cell.field == field) else { continue };
                match wrong {
                    Some(wrong) => {
                        cell.state = State::Error;
                        cell.wrong = Some(wrong);
                    }
                    None if is_contested(cell) => restore(cell),
                    None => {}
                }
            }
        }
        Ok(())
    }

    /// Who claims something now, among the rows at hand: place, field, file and row.
    fn claimants(&self, claim: &Claim) -> Vec<(Place, FieldNumber, (u16, u32))> {
        let at_hand = self.rows.iter().filter(|(_, row)| !row.left_out);
        at_hand
            .flat_map(|(_, row)| &row.cells)
            .filter_map(|cell| {
                let later = claims_of(cell, &self.fields).filter(|later| later.claim == *claim)?;
                Some((later.place, later.field, (cell.file, cell.row)))
            })
            .collect()
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
        let (rows, change) = self.judged();
        let step =
            FixStep { plan: self.import.plan, fixes, rows: &rows, change, actor, at: self.app.clock.now() };
        self.app.store.keep_fixes(self.account.id, self.import.id, &step)
    }
}

fn is_choice(cell: &PlanCell) -> bool {
    matches!(cell.state, State::Conflict | State::PutBack | State::Damage)
        || (is_contested(cell) && cell.base != cell.now)
}

/// A row of a plan in place of what was there, and what that adds to the counts.
pub(crate) fn in_place_of(before: &ReplacedRow, now: ReplacedRow, fields: &Fields) -> (JudgedRow, Counts) {
    let claims = |cells: &[PlanCell]| cells.iter().filter_map(|cell| claims_of(cell, fields)).collect();
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
