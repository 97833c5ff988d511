//! The merge of a file's rows with the directory, batch by batch: who the row names, what they were and are, what the cells say.

use std::collections::{BTreeMap, HashMap};

use directory::{
    Blast, Code, Counts, Damage, FieldNumber, Fields, Kind, OutOfLine, Place, PlanCell, State, User, UserId,
    Users, Verdict, Zeros, loses_point, merge, standard,
};
use workbook::{Batch, Cell, Row};

use super::columns::{Column, Head};
use super::creations::{self, NewUser};
use super::judge::{self, Counted, claims_of};
use super::past::Past;
use super::read::wrong;
use super::seen::Seen;
use super::work::Working;
use crate::store::{Account, Error, Import, LaterClaim, Result, Warning};

/// Cells that are staged together.
const CHUNK: usize = 4_000;

/// What happened how often, by column; review says it in a sentence each.
#[derive(Debug, Default)]
pub(super) struct Tallies {
    pub(super) cleared: BTreeMap<FieldNumber, i64>,
    pub(super) damage: BTreeMap<(FieldNumber, Damage), i64>,
    pub(super) hidden: i64,
    pub(super) put_back: i64,
    /// Users who are hit hard.
    pub(super) hit: i64,
    /// Empty cells that became 0, by column.
    pub(super) zeros: BTreeMap<FieldNumber, Zeros>,
    /// Numbers that lost their decimal point, by column.
    pub(super) points: BTreeMap<FieldNumber, i64>,
    /// Rows that carry other users' names.
    pub(super) out_of_line: OutOfLine,
}

/// Merges batch after batch and stages what is not simply as it was.
pub(super) struct Merger<'m> {
    working: &'m Working,
    import: &'m Import,
    account: &'m Account,
    fields: &'m Fields,
    head: &'m Head,
    users: Users,
    seen: Seen,
    /// Users whose ID stands in more than one row.
    pub(super) doubled: Vec<UserId>,
    cells: Vec<PlanCell>,
    claims: Vec<LaterClaim>,
    counts: Counts,
    pub(super) tallies: Tallies,
    /// Who made which revision after the base, and how.
    makers: HashMap<u64, (String, String)>,
}

/// What the ID cell of a row says.
enum Named {
    User(UserId),
    Wrong(Code, String),
    Nobody,
}

impl<'m> Merger<'m> {
    pub(super) fn new(
        working: &'m Working,
        import: &'m Import,
        account: &'m Account,
        fields: &'m Fields,
        head: &'m Head,
    ) -> Self {
        Self {
            working,
            import,
            account,
            fields,
            head,
            users: Users::new(fields),
            seen: Seen::default(),
            doubled: Vec::new(),
            cells: Vec::new(),
            claims: Vec::new(),
            counts: Counts::default(),
            tallies: Tallies::default(),
            makers: HashMap::new(),
        }
    }

    /// Merges the rows of a batch that stand below the key row.
    pub(super) fn merge(&mut self, batch: &Batch) -> Result<()> {
        let rows: Vec<(Row<'_>, Named)> = batch
            .iter()
            .filter(|row| row.number > self.head.key_row)
            .map(|row| (row, named(&row, self.head.header.id_column)))
            .collect();
        let mut ids: Vec<UserId> = rows
            .iter()
            .filter_map(|(_, named)| match named {
                Named::User(id) => Some(*id),
                _ => None,
            })
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let mut users = std::mem::replace(&mut self.users, Users::new(self.fields));
        self.load(&ids, &mut users)?;
        let past = self.past_of(&users)?;
        for (row, named) in &rows {
            self.merge_row(row, named, &users, &past)?;
        }
        self.users = users;
        if self.cells.len() >= CHUNK { self.flush() } else { Ok(()) }
    }

    /// Loads the users of a batch: in one walk when they lie close together, as in a file in the order of its download; else one by one.
    fn load(&self, ids: &[UserId], users: &mut Users) -> Result<()> {
        let store = &self.working.app.store;
        users.clear();
        let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(()) };
        let (first, last) = (first.number(), last.number());
        if last - first < 4 * ids.len() as u64 {
            store.users_after(self.account.id, first.saturating_sub(1), last, usize::MAX >> 1, users)
        } else {
            store.users_of(self.account.id, ids, users)
        }
    }

    fn past_of(&mut self, users: &Users) -> Result<Past> {
        let Some(base) = self.head.base else { return Ok(Past::default()) };
        let past = Past::of(&self.working.app.store, self.account.id, users, base)?;
        if !past.is_empty() && self.makers.is_empty() {
            let revisions = self.working.app.store.revisions_after(self.account.id, base)?;
            self.makers =
                revisions.into_iter().map(|(revision, kind, actor)| (revision, (kind, actor))).collect();
        }
        Ok(past)
    }

    fn merge_row(&mut self, row: &Row<'_>, named: &Named, users: &Users, past: &Past) -> Result<()> {
        let user = match named {
            Named::User(id) => users.find(*id).filter(|user| !user.withdrawn()),
            _ => None,
        };
        match (named, user) {
            (Named::Nobody, _) if !self.has_values(row) => return Ok(()),
            (_, Some(user)) => {
                self.counts.rows += 1;
                if self.seen.insert(user.id()) {
                    let cells = self.cells_of(row, &user, past)?;
                    self.note_line(&user, past, &cells);
                    self.take_row(cells);
                } else {
                    self.doubled.push(user.id());
                }
            }
            (Named::Nobody, None) => self.new_row(row)?,
            (Named::Wrong(code, text), None) => self.row_error(row, *code, Some(text.clone()))?,
            (Named::User(id), None) => self.row_error(row, Code::UserIdUnknown, Some(id.to_string()))?,
        }
        Ok(())
    }

    /// Notes whose names and sign-in an edited row had at the download, and whose it carries.
    fn note_line(&mut self, user: &User<'_>, past: &Past, cells: &[PlanCell]) {
        const WHO: [FieldNumber; 4] =
            [standard::FIRST_NAME, standard::LAST_NAME, standard::EMAIL, standard::USERNAME];
        if cells.is_empty() {
            return;
        }
        let (mut base, mut file) = ([None; 4], [None; 4]);
        for (place, field) in WHO.into_iter().enumerate() {
            let Some(column) = self.head.columns.iter().find(|column| column.today.number == field) else {
                continue;
            };
            base[place] = past.value(user, field, column.slot);
            let edited = cells.iter().find(|cell| cell.field == field);
            file[place] = edited.map_or(base[place], |cell| cell.mine.as_deref().or(cell.raw.as_deref()));
        }
        self.tallies.out_of_line.edited_row(
            user.id(),
            OutOfLine::identity(&base),
            OutOfLine::identity(&file),
        );
    }

    fn has_values(&self, row: &Row<'_>) -> bool {
        row.cells().any(|cell| {
            !cell.raw.trim().is_empty()
                && self.head.columns.iter().any(|column| column.column == cell.position.column)
        })
    }

    /// An error of a whole row; when its email or username names a user here, that user is offered.
    fn row_error(&mut self, row: &Row<'_>, code: Code, text: Option<String>) -> Result<()> {
        self.counts.rows += 1;
        let mut error = wrong(code, None);
        if let Some(user) = self.user_by_sign_in(row)? {
            error.suggestions.push(user.to_string());
        }
        let cell = PlanCell {
            place: Place::Row { file: 1, row: row.number },
            field: standard::USER,
            row: row.number,
            column: self.head.header.id_column,
            raw: text,
            base: None,
            now: None,
            mine: None,
            state: State::Error,
            wrong: Some(error),
            chosen: None,
            hidden: row.hidden,
        };
        self.take_row(vec![cell]);
        Ok(())
    }

    /// A row that names nobody: a user to be created, once it is asked for; the template asks by itself.
    fn new_row(&mut self, row: &Row<'_>) -> Result<()> {
        self.counts.rows += 1;
        let store = &self.working.app.store;
        let (account, fields, reading) = (self.account.id, self.fields, &self.account.reading);
        let new = NewUser { store, account, fields, reading };
        let mut cells = new.said(row, &self.head.columns)?;
        let mut question = creations::question(row.number, self.head.header.id_column, row.hidden);
        if self.head.is_template() {
            creations::answer_yes(store, &mut question)?;
            let columns: Vec<_> =
                self.head.columns.iter().map(|column| (column.today.number, column.column)).collect();
            new.add_missing(question.place, row.number, &columns, &mut cells)?;
        } else if let (Some(user), Some(wrong)) = (self.user_by_sign_in(row)?, &mut question.wrong) {
            wrong.suggestions.push(user.to_string());
        }
        cells.push(question);
        judge::check_people(&self.working.app.store, self.account.id, self.fields, &mut cells)?;
        self.take_row(cells);
        Ok(())
    }

    fn user_by_sign_in(&self, row: &Row<'_>) -> Result<Option<UserId>> {
        for column in &self.head.columns {
            let signs_in = matches!(column.today.number, standard::EMAIL | standard::USERNAME);
            if let Some(cell) = row.cell(column.column).filter(|_| signs_in)
                && let Some(claim) = directory::Claim::of(&column.today, cell.raw.trim())
                && let Some(user) = self.working.app.store.user_with_claim(self.account.id, &claim)?
            {
                return Ok(Some(user));
            }
        }
        Ok(None)
    }

    /// The cells of a row that are not simply as they were.
    pub(super) fn cells_of(&mut self, row: &Row<'_>, user: &User<'_>, past: &Past) -> Result<Vec<PlanCell>> {
        let mut found = Vec::new();
        let mut cells = row.cells().peekable();
        let head = self.head;
        for column in &head.columns {
            while cells.peek().is_some_and(|cell| cell.position.column < column.column) {
                cells.next();
            }
            let cell = cells.next_if(|cell| cell.position.column == column.column);
            found.extend(self.cell_of(row, column, cell.as_ref(), user, past)?);
        }
        let columns = head.columns.iter().map(|column| (column.today.number, column.column));
        judge::check_sign_in(&mut found, user, columns, row.number);
        judge::check_people(&self.working.app.store, self.account.id, self.fields, &mut found)?;
        Ok(found)
    }

    fn cell_of(
        &mut self,
        row: &Row<'_>,
        column: &Column,
        cell: Option<&Cell<'_>>,
        user: &User<'_>,
        past: &Past,
    ) -> Result<Option<PlanCell>> {
        let field = column.today.number;
        let (base, now) = (past.value(user, field, column.slot), user.slot(column.slot));
        let verdict = merge(
            &column.at_base,
            &column.today,
            &self.account.reading,
            self.head.exactness,
            base,
            now,
            cell,
        );
        let verdict = match verdict {
            Verdict::Unedited if base == now || !self.was_put_back(past, user.id(), field) => {
                return Ok(None);
            }
            Verdict::Kept(damage) => {
                *self.tallies.damage.entry((field, damage)).or_default() += 1;
                return Ok(None);
            }
            Verdict::Login(text) => {
                judge::named_user(&self.working.app.store, self.account.id, &text, (base, now))?
            }
            verdict => verdict,
        };
        let raw = cell.map(|cell| cell.shown().into_owned());
        let place = Place::User(user.id());
        let planned = judge::planned(place, field, (base, now), verdict, raw);
        Ok(planned.map(|cell| PlanCell {
            row: row.number,
            column: column.column,
            hidden: row.hidden,
            ..cell
        }))
    }

    /// Whether the last change of a cell since the download was an import of the same administrator.
    fn was_put_back(&self, past: &Past, user: UserId, field: FieldNumber) -> bool {
        let maker = past.changed_at(user, field).and_then(|revision| self.makers.get(&revision));
        maker.is_some_and(|(kind, actor)| kind == "file" && *actor == self.import.actor)
    }

    /// Counts a row of the plan and keeps it for staging.
    pub(super) fn take_row(&mut self, cells: Vec<PlanCell>) {
        if cells.is_empty() {
            return;
        }
        self.counts = self.counts.plus(Counts::of_row(&cells, false));
        let mut hard = false;
        let creates = cells.iter().any(creations::is_of_new_user);
        for cell in &cells {
            let Some(change) = cell.written() else {
                self.tallies.put_back += i64::from(cell.state == State::PutBack);
                continue;
            };
            self.tallies.hidden += i64::from(cell.hidden);
            if change.after.is_none() {
                *self.tallies.cleared.entry(cell.field).or_default() += 1;
            }
            if !creates {
                hard |= Blast::hits(&change) || self.note_point(cell, change.after);
                self.tallies.zeros.entry(cell.field).or_default().edited(cell.base.as_deref(), change.after);
            }
            self.claims.extend(claims_of(cell, self.fields));
        }
        self.tallies.hit += i64::from(hard);
        self.cells.extend(cells);
    }

    /// Counts a number that lost its decimal point; true when the cell is one.
    fn note_point(&mut self, cell: &PlanCell, after: Option<&str>) -> bool {
        let is_number = self.fields.get(cell.field).is_some_and(|field| field.kind == Kind::Number);
        let lost = is_number && loses_point(cell.base.as_deref(), after);
        if lost {
            *self.tallies.points.entry(cell.field).or_default() += 1;
        }
        lost
    }

    /// Stages what was kept.
    pub(super) fn flush(&mut self) -> Result<()> {
        if !self.working.app.store.stage(&self.working.lease, &self.cells, &self.claims)? {
            return Err(Error::Failed("the lease was lost".to_owned()));
        }
        self.cells.clear();
        self.claims.clear();
        Ok(())
    }

    /// The name of a user; their ID when it can't be told.
    pub(super) fn name_of(&self, user: UserId) -> String {
        let users = self.working.app.store.user(self.account.id, self.fields, user).ok();
        users.and_then(|users| users.get(0).map(|user| user.name())).unwrap_or_else(|| user.to_string())
    }

    /// What the staged plan adds up to so far.
    pub(super) fn counted(&self) -> Counted {
        Counted { counts: self.counts }
    }

    /// The counts that are worth a sentence each.
    pub(super) fn warnings(&self) -> Vec<Warning> {
        let key =
            |field: &FieldNumber| self.fields.get(*field).map(|field| field.key.clone()).unwrap_or_default();
        let tallies = &self.tallies;
        let cleared = tallies.cleared.iter().map(|(field, cells)| (Code::Cleared, key(field), *cells, None));
        let damage = tallies.damage.iter().map(|((field, damage), cells)| {
            (
                Code::DamageKept,
                format!("{}:{}", key(field), damage.word()),
                *cells,
                Some(damage.word().to_owned()),
            )
        });
        let whole = [(Code::HiddenRows, tallies.hidden), (Code::PutBack, tallies.put_back)]
            .map(|(code, cells)| (code, String::new(), cells, None));
        let zeros = tallies.zeros.iter().filter(|(_, zeros)| zeros.are_many());
        let zeros = zeros.map(|(field, zeros)| (Code::ManyZeros, key(field), zeros.zeros, None));
        let points = tallies.points.iter().map(|(field, cells)| (Code::PointsLost, key(field), *cells, None));
        let all = cleared
            .chain(damage)
            .chain(zeros)
            .chain(points)
            .chain(whole)
            .filter(|(_, _, cells, _)| *cells > 0);
        all.map(|(code, place, cells, detail)| Warning { code, place, cells, detail }).collect()
    }

    /// Stages the error of one of the rows that share a User ID; the first of them has cells of its own staged already.
    pub(super) fn take_double(&mut self, cell: PlanCell, first: bool) -> Result<()> {
        let (store, lease) = (&self.working.app.store, &self.working.lease);
        let mut cells =
            if first { store.plan_row(lease.account, lease.import, cell.place)? } else { Vec::new() };
        self.counts = self.counts.minus(Counts::of_row(&cells, false));
        cells.push(cell.clone());
        self.counts = self.counts.plus(Counts::of_row(&cells, false));
        self.cells.push(cell);
        Ok(())
    }

    pub(super) fn account(&self) -> &Account {
        self.account
    }

    pub(super) fn fields(&self) -> &Fields {
        self.fields
    }

    pub(super) fn base(&self) -> Option<u64> {
        self.head.base
    }
}

/// What the ID cell of a row says.
fn named(row: &Row<'_>, id_column: u32) -> Named {
    let Some(cell) = row.cell(id_column) else { return Named::Nobody };
    let text = cell.shown();
    match text.parse::<UserId>() {
        _ if text.trim().is_empty() => Named::Nobody,
        Ok(id) => Named::User(id),
        Err(directory::IdProblem::Damaged) => Named::Wrong(Code::UserIdDamaged, text.into_owned()),
        Err(directory::IdProblem::NotAnId) => Named::Wrong(Code::UserIdUnknown, text.into_owned()),
    }
}
