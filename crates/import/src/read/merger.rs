//! The merge of a file's rows with the directory, batch by batch: who the row names, what they were and are, what the cells say.

use directory::{
    Chosen, Code, Counts, Decision, Decisions, Exactness, FieldNumber, Fields, Kind, Place, PlanCell, User,
    UserId, Users, Verdict, Wrong, Zeros, is_explained, loses_point, standard,
};
use workbook::{Batch, Cell, Row};

use crate::judge::managers::Managers;
use crate::judge::new_user;
use crate::judge::past::Past;
use crate::judge::{Lines, RowJudge, Whom, claims_of, claims_of_row, shared_id};
use crate::lease::Working;
use crate::read::cells::{Named, damaged, empties, error_of_row, named, planned_cell};
use crate::read::edges::{Edges, Missing, has_more, is_wide};
use crate::read::head::{Column, Head};
use crate::read::kept::{Damaged, Makers};
use crate::read::learned::{Learned, Proofs, SharedIds};
use crate::read::merges::Merges;
use crate::read::names::Names;
use crate::read::precedence::Precedence;
use crate::read::tallies::Tallies;
use store::{Account, Error, Import, LaterClaim, Result, Warning};

/// Cells that are staged together.
const CHUNK: usize = 8_000;

/// Merges batch after batch and stages what is not simply as it was.
pub(crate) struct Merger<'m> {
    working: &'m Working,
    import: &'m Import,
    account: &'m Account,
    fields: &'m Fields,
    head: &'m Head,
    /// The number of the file that is being read.
    file: u16,
    users: Users,
    /// Which rows count.
    precedence: Precedence,
    /// What earlier passes found out.
    learned: Learned,
    /// The IDs that this pass finds in more than one row.
    found: SharedIds,
    /// What stands at the edges of the rows.
    pub(crate) edges: Edges,
    /// What the cells of columns prove of how they are to be read.
    evidence: Proofs,
    /// Whether the row at hand is the only one of its user.
    is_alone: bool,
    cells: Vec<PlanCell>,
    claims: Vec<LaterClaim>,
    counts: Counts,
    pub(crate) tallies: Tallies,
    pub(crate) managers: Managers,
    /// What was decided about columns when the file was in review before.
    decisions: Decisions,
    damaged: Damaged,
    makers: Makers,
    /// Whom cells name.
    names: Names<'m>,
}

impl<'m> Merger<'m> {
    pub(crate) fn new(
        working: &'m Working,
        import: &'m Import,
        account: &'m Account,
        fields: &'m Fields,
        (head, decisions, learned): (&'m Head, Decisions, Learned),
    ) -> Self {
        let names = Names::new(&working.app.store, account.id, &learned.strangers);
        Self {
            working,
            import,
            account,
            fields,
            head,
            file: 1,
            users: Users::new(fields),
            precedence: Precedence::default(),
            learned,
            found: SharedIds::new(),
            edges: Edges::default(),
            evidence: Proofs::default(),
            is_alone: true,
            cells: Vec::new(),
            claims: Vec::new(),
            counts: Counts::default(),
            tallies: Tallies::default(),
            managers: Managers::default(),
            decisions,
            damaged: Damaged::default(),
            makers: Makers::default(),
            names,
        }
    }

    /// Goes on with a file; those that came later were merged before.
    pub(crate) fn begin_file(&mut self, file: u16, head: &'m Head) {
        self.precedence.begin(file);
        (self.file, self.head) = (file, head);
        self.edges.merges = Merges::new(self.learned.merged.get(&file).cloned().unwrap_or_default());
    }

    /// The number of the file that holds the row of a user, once all were merged.
    pub(crate) fn file_of(&self, user: UserId) -> Option<u16> {
        self.precedence.file_of(user)
    }

    /// Merges the rows of a batch that stand below the key row.
    pub(crate) fn merge(&mut self, batch: &Batch) -> Result<()> {
        self.precedence.note_replaced(batch, self.head, self.import);
        self.edges.count_batch(self.file, batch, self.head);
        let rows: Vec<(Row<'_>, Named)> = batch
            .iter()
            .filter(|row| self.head.is_of_users(row.number) && !self.precedence.is_replaced(row))
            .map(|row| (row, self.named(&row)))
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
        self.names.compare(self.head, &rows, &users, &past)?;
        let merged = self.cells.len();
        for (row, named) in &rows {
            self.merge_row(row, named, &users, &past)?;
        }
        self.names.offer(&mut self.cells[merged..])?;
        self.users = users;
        if self.cells.len() >= CHUNK { self.flush() } else { Ok(()) }
    }

    /// Whom a row names: what people said counts, whatever stands in the row.
    fn named(&self, row: &Row<'_>) -> Named {
        match self.learned.named.get(&(self.file, row.number)) {
            Some(user) => Named::User(*user),
            None => named(row, self.head.header.id_column),
        }
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
        self.makers.learn(&self.working.app.store, self.account, base, &past)?;
        Ok(past)
    }

    fn merge_row(&mut self, row: &Row<'_>, named: &Named, users: &Users, past: &Past) -> Result<()> {
        let user = match named {
            Named::User(id) => users.find(*id).filter(|user| !user.withdrawn()),
            _ => None,
        };
        if let Some((column, wrong)) = Edges::swallowing(row, self.head) {
            return self.row_swallowing(row, column, wrong);
        }
        match (named, user) {
            (Named::Nobody, _) if !self.has_values(row) => return Ok(()),
            (_, Some(user)) if self.precedence.is_superseded(user.id()) => {}
            (_, Some(user)) => {
                self.counts.rows += 1;
                let is_new = self.precedence.insert(user.id());
                if self.learned.shared.get(&self.file).is_some_and(|shared| shared.has(user.id())) {
                    self.is_shared(user.id());
                    self.shared_row(row, &user, past)?;
                } else if is_new {
                    let cells = self.cells_of(row, &user, past)?;
                    if is_wide(row, self.head, &cells) {
                        self.counts.rows -= 1;
                        return self.row_error(row, Code::RowWide, Some(user.id().to_string()));
                    }
                    if !cells.is_empty() && self.is_shared(user.id()) {
                        return Ok(());
                    }
                    self.note_line(&user, past, &cells);
                    self.take_row(cells);
                } else {
                    self.found.entry(self.file).or_default().insert(user.id());
                }
            }
            (Named::Nobody, None) if has_more(row, self.head) => self.row_error(row, Code::RowWide, None)?,
            (Named::Nobody, None) => self.new_row(row)?,
            (Named::Wrong(..), None) if self.edges.is_heading(row, self.head) => {}
            (Named::Wrong(code, text), None) => self.row_error(row, *code, Some(text.clone()))?,
            (Named::User(id), None) => self.row_error(row, Code::UserIdUnknown, Some(id.to_string()))?,
        }
        Ok(())
    }

    /// Whether a later sheet of the file edits a user whom this one edits.
    fn is_shared(&mut self, user: UserId) -> bool {
        self.precedence.are_shared(user, &self.learned.shared, &mut self.found)
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
        self.tallies.out_of_line.edited_row(user.id(), &base, &file);
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
        let mut error = match &text {
            Some(detail) if matches!(code, Code::PersonTwice | Code::SeveralUsers) => {
                Wrong::with(code, detail.as_str())
            }
            _ => Wrong::plain(code),
        };
        if code != Code::RowWide
            && let Some(user) = self.user_by_sign_in(row)?
        {
            error.suggestions.push(user.to_string());
        }
        let cell = error_of_row((self.file, row), self.head.header.id_column, text, error);
        self.take_row(vec![cell]);
        Ok(())
    }

    /// An error of a row that holds others in a cell beside those of its user.
    fn row_swallowing(&mut self, row: &Row<'_>, column: u32, wrong: Wrong) -> Result<()> {
        self.counts.rows += 1;
        let raw = row.cell(column).map(|cell| cell.raw.to_owned());
        let cell = error_of_row((self.file, row), column, raw, wrong);
        self.take_row(vec![cell]);
        Ok(())
    }

    /// A row that names nobody: a user to be created, once it is asked for; the template asks by itself.
    fn new_row(&mut self, row: &Row<'_>) -> Result<()> {
        self.counts.rows += 1;
        let place = Place::Row { file: self.file, row: row.number };
        let lines = Lines { columns: &self.head.fields, row: row.number };
        for (field, column) in lines.columns {
            if let Some(field) = self.fields.get(*field) {
                self.evidence.note(field, None, row.cell(*column).as_ref());
            }
        }
        for column in &self.head.lost {
            self.edges.note_lost(column, row, None, (Exactness::Exact, &self.account.reading));
        }
        let mut cells = self.judge().said(place, row, lines.columns)?;
        self.names.tell(row.number, &mut cells);
        cells.extend(self.edges.merges.covered_in_new(place, row, self.head));
        let mut question = new_user::question(place, self.head.header.id_column, row.hidden);
        if self.head.creates() {
            new_user::answer_yes(&mut question);
            cells.push(question);
            self.judge().created(place, &mut cells, lines)?;
        } else {
            if let (Some(user), Some(wrong)) = (self.user_by_sign_in(row)?, &mut question.wrong) {
                wrong.suggestions.push(user.to_string());
            }
            cells.push(question);
            self.judge().row(Whom::New(place), &mut cells, lines)?;
        }
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

    /// Stages one of several rows that share a User ID. What becomes of them is settled when all are staged.
    fn shared_row(&mut self, row: &Row<'_>, user: &User<'_>, past: &Past) -> Result<()> {
        self.is_alone = false;
        let cells = self.cells_of(row, user, past);
        self.is_alone = true;
        let place = Place::Row { file: self.file, row: row.number };
        let mark = new_user::question(place, self.head.header.id_column, row.hidden);
        let cells = shared_id::shared(user.id(), cells?, &mark);
        self.claims.extend(claims_of_row(&cells, self.fields));
        self.cells.extend(cells);
        Ok(())
    }

    /// The cells of a row that are not simply as they were.
    fn cells_of(&mut self, row: &Row<'_>, user: &User<'_>, past: &Past) -> Result<Vec<PlanCell>> {
        let mut found = Vec::new();
        let head = self.head;
        for column in &head.columns {
            let cell = row.cell(column.column);
            found.extend(self.cell_of(row, column, cell.as_ref(), user, past)?);
        }
        for column in &head.lost {
            let base = past.value(user, column.today.number, column.slot);
            self.edges.note_lost(column, row, base, (head.exactness, &self.account.reading));
        }
        found.iter_mut().for_each(|cell| cell.file = self.file);
        self.keep_before(&mut found);
        let lines = Lines { columns: &head.fields, row: row.number };
        self.judge().row(Whom::User(user), &mut found, lines)?;
        Ok(found)
    }

    /// Drops edits that are a step which was decided not to be meant.
    fn keep_before(&self, cells: &mut Vec<PlanCell>) {
        if self.learned.undone.is_empty() {
            return;
        }
        let is_undone = |cell: &PlanCell| {
            let step = self.learned.undone.get(&cell.field);
            step.is_some_and(|step| is_explained(step, cell, cells, self.fields))
        };
        let kept: Vec<bool> = cells.iter().map(|cell| !is_undone(cell)).collect();
        let mut kept = kept.into_iter();
        cells.retain(|_| kept.next().unwrap_or(true));
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
        let values = (past.value(user, field, column.slot), user.slot(column.slot));
        let planned = |file, verdict| planned_cell((file, row), column, cell, user, (values, verdict));
        if cell.is_none() && self.edges.may_lack(row, column.column) {
            match self.edges.missing(row.number, column, values.0, &self.decisions) {
                Missing::Kept => return Ok(None),
                Missing::Asked(wrong) => return Ok(planned(self.file, Verdict::Wrong(wrong))),
                Missing::Empty => {}
            }
        }
        let differing = self.names.take_differing(row.number, column.column);
        // The way that nearly every cell takes: as it was printed, and nobody has changed it since.
        if differing.is_none() && values.0 == values.1 && column.at_base.is_print_of(values.0, cell) {
            self.evidence.note_unedited(&column.today, cell);
            return Ok(None);
        }
        self.edges.note_last(row, column.column, cell, (&column.at_base, values.0));
        self.evidence.note(&column.today, values.0, cell);
        let decided = |decision| self.decisions.hold(decision, field);
        let exactness = if decided(Decision::DamageMeant) { Exactness::Exact } else { self.head.exactness };
        let verdict = match differing {
            Some(wrong) => Verdict::Wrong(wrong),
            None => self.verdict(column, exactness, values, cell)?,
        };
        match verdict {
            Verdict::Unedited => Ok(self.unedited(user, field, values, past).and_then(|chosen| {
                planned(self.file, Verdict::Unedited).map(|cell| PlanCell { chosen, ..cell })
            })),
            Verdict::Kept(damage) => {
                *self.tallies.damage.entry((field, damage)).or_default() += 1;
                if self.is_alone && self.damaged.has_room(field) {
                    let meant = self.verdict(column, Exactness::Exact, values, cell)?;
                    let damaged = planned(self.file, meant).map(|cell| damaged(cell, damage));
                    damaged.into_iter().for_each(|cell| self.damaged.keep(cell));
                }
                Ok(None)
            }
            verdict if self.is_kept(field, values.0, cell, &verdict) => Ok(None),
            verdict => Ok(planned(self.file, verdict)),
        }
    }

    /// What is chosen of a cell that is as it was at the download while the user was changed since, where it may have been put back to
    /// that on purpose; none where it is simply unedited.
    fn unedited(
        &mut self,
        user: &User<'_>,
        field: FieldNumber,
        values: (Option<&str>, Option<&str>),
        past: &Past,
    ) -> Option<Option<Chosen>> {
        if values.0 == values.1 {
            return None;
        }
        let since = self.makers.put_back_since(self.import, past, user.id(), field)?;
        self.tallies.put_back_since = self.tallies.put_back_since.max(since);
        Some(self.decisions.hold(Decision::PutBack, field).then_some(Chosen::File))
    }

    /// Whether it was decided that cells of this kind in a column keep what they had.
    fn is_kept(
        &self,
        field: FieldNumber,
        base: Option<&str>,
        cell: Option<&Cell<'_>>,
        verdict: &Verdict,
    ) -> bool {
        let decided = |decision| self.decisions.hold(decision, field);
        decided(Decision::KeepValues) && empties(verdict, base, cell)
            || decided(Decision::KeepEmpty) && Zeros::is_of(base, verdict)
            || decided(Decision::KeepPoints) && self.is_point_lost(field, base, verdict)
    }

    fn is_point_lost(&self, field: FieldNumber, base: Option<&str>, verdict: &Verdict) -> bool {
        let (Verdict::Change(mine) | Verdict::Conflict(mine)) = verdict else { return false };
        let is_number = self.fields.get(field).is_some_and(|field| field.kind == Kind::Number);
        is_number && loses_point(base, mine.as_deref())
    }

    fn verdict(
        &self,
        column: &Column,
        exactness: Exactness,
        (base, now): (Option<&str>, Option<&str>),
        cell: Option<&Cell<'_>>,
    ) -> Result<Verdict> {
        self.judge().cell((&column.at_base, &column.today), exactness, (base, now), cell)
    }

    fn judge(&self) -> RowJudge<'_> {
        RowJudge::new(&self.working.app.store, self.account, self.fields).by(&self.learned.readings)
    }

    /// Whether the first thousand rows prove that columns are to be read in another way than this pass reads them.
    pub(crate) fn is_misread(&mut self) -> bool {
        const SAMPLE: i64 = 1_000;
        self.learned.passes == 0 && self.counts.rows >= SAMPLE && self.evidence.proves(&self.account.reading)
    }

    /// Takes the damaged cells of columns that have few of them, to be shown one by one.
    pub(crate) fn take_damaged(&mut self) {
        self.cells.extend(self.damaged.take());
    }

    /// Counts a row of the plan and keeps it for staging.
    pub(crate) fn take_row(&mut self, cells: Vec<PlanCell>) {
        if cells.is_empty() {
            return;
        }
        self.counts = self.counts.plus(Counts::of_row(&cells, false));
        for cell in &cells {
            self.claims.extend(claims_of(cell, self.fields));
            self.managers.note(cell);
        }
        self.tallies.row(&cells, self.fields);
        self.edges.note_inside(&cells);
        self.tallies.note_guessed(&cells, self.head);
        self.cells.extend(cells);
    }

    /// Stages what was kept.
    pub(crate) fn flush(&mut self) -> Result<()> {
        if !self.working.app.store.stage(&self.working.lease, &self.cells, &self.claims)? {
            return Err(Error::Failed("the lease was lost".to_owned()));
        }
        self.cells.clear();
        self.claims.clear();
        Ok(())
    }

    /// The name of a user; their ID when it can't be told.
    pub(crate) fn name_of(&self, user: UserId) -> String {
        let of = (self.account.id, self.import.id);
        let name = new_user::name_at(&self.working.app.store, self.fields, of, Place::User(user));
        name.unwrap_or_else(|_| user.to_string())
    }

    /// What the staged plan adds up to so far.
    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    /// The counts that are worth a sentence each.
    pub(crate) fn warnings(&self) -> Vec<Warning> {
        let edges = self.edges.warnings(self.fields, &self.decisions);
        self.tallies.warnings(self.fields, &self.decisions).into_iter().chain(edges).collect()
    }

    /// Whether most edits of a column are one step of which nobody has said yet that it was meant.
    pub(crate) fn is_transformed(&self) -> bool {
        !self.tallies.transformed(&self.decisions).is_empty()
    }

    /// Counts rows that were staged already.
    pub(crate) fn count(&mut self, more: Counts) {
        self.counts = self.counts.plus(more);
    }

    /// What this pass found out beside what it knew, when there is something: the files are to be read again, knowing that.
    pub(crate) fn learned(&mut self) -> Result<Option<Learned>> {
        self.flush()?;
        let strangers = self.names.strangers(self.import.id)?;
        let shared = std::mem::take(&mut self.found);
        let undone = self.tallies.undone(&self.decisions, &self.learned.undone);
        let mut learned = std::mem::take(&mut self.learned);
        let is_misread = learned.prove(&self.evidence, &self.account.reading);
        // What a pass found that read the columns otherwise is not to be relied upon.
        let undone = if is_misread { Vec::new() } else { undone };
        let merged = std::mem::take(&mut self.edges.merged);
        let is_news = !merged.is_empty() || !shared.is_empty() || !undone.is_empty();
        learned.passes += 1;
        learned.share(shared);
        learned.merged.extend(merged);
        learned.undone.extend(undone);
        let knows_more = is_news || is_misread || !strangers.is_empty();
        learned.strangers.extend(strangers);
        if knows_more {
            return Ok(Some(learned));
        }
        self.learned = learned;
        Ok(None)
    }
}
