//! The merge of a file's rows with the directory, batch by batch: who the row names, what they were and are, what the cells say.

use std::collections::{BTreeMap, HashMap};

use directory::{
    Chosen, Code, Counts, Decision, Decisions, Exactness, FieldNumber, Fields, Kind, Place, PlanCell, State,
    User, UserId, Users, Verdict, Wrong, Zeros, is_explained, loses_point, standard,
};
use workbook::{Batch, Cell, Row};

use crate::judge::managers::Managers;
use crate::judge::new_user;
use crate::judge::past::Past;
use crate::judge::people::People;
use crate::judge::seen::Seen;
use crate::judge::{Lines, RowJudge, Whom, claims_of, claims_of_row, shared_id};
use crate::lease::Working;
use crate::read::cells::{Named, damaged, empties, error_of_row, line_of, named, planned_cell, text_of};
use crate::read::edges::{Edges, Missing, has_more, is_wide};
use crate::read::head::{Column, Head};
use crate::read::learned::{Learned, Proofs, SharedIds};
use crate::read::merges::Merges;
use crate::read::parts::file_of;
use crate::read::tallies::Tallies;
use store::{Account, Error, Import, LaterClaim, Result, Warning};

/// Cells that are staged together.
const CHUNK: usize = 4_000;
/// So many damaged cells of a column are shown one by one; more are only counted.
const FEW_DAMAGED: usize = 10;

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
    seen: Seen,
    /// Whom files that came later name: their rows replace those of this one. With the numbers of those files.
    newer: Vec<(u16, Seen)>,
    /// Whom this sheet of the file edits, and whom later ones do: rows of sheets that say nothing replace none of the same file.
    edited: Seen,
    edited_later: Vec<Seen>,
    /// The rows of older files that a later one, a report on them, replaces.
    replaced: Seen,
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
    /// The first damaged cells of each column, one more than are shown.
    damaged: BTreeMap<FieldNumber, Vec<PlanCell>>,
    /// Who made which revision after the base, and how.
    makers: HashMap<u64, (String, String)>,
    /// Whom cells name.
    people: People<'m>,
    /// What is wrong with the cells of a batch that name one user by the ID and another by the name, by row and column.
    differing: HashMap<(u32, u32), Wrong>,
}

impl<'m> Merger<'m> {
    pub(crate) fn new(
        working: &'m Working,
        import: &'m Import,
        account: &'m Account,
        fields: &'m Fields,
        (head, decisions, learned): (&'m Head, Decisions, Learned),
    ) -> Self {
        Self {
            working,
            import,
            account,
            fields,
            head,
            file: 1,
            users: Users::new(fields),
            seen: Seen::default(),
            newer: Vec::new(),
            edited: Seen::default(),
            edited_later: Vec::new(),
            replaced: Seen::default(),
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
            damaged: BTreeMap::new(),
            makers: HashMap::new(),
            people: People::new(&working.app.store, account.id),
            differing: HashMap::new(),
        }
    }

    /// Goes on with a file; those that came later were merged before.
    pub(crate) fn begin_file(&mut self, file: u16, head: &'m Head) {
        if self.file != file {
            self.newer.push((self.file, std::mem::take(&mut self.seen)));
            self.edited_later.push(std::mem::take(&mut self.edited));
        }
        if file_of(self.file) != file_of(file) {
            self.edited_later.clear();
        }
        (self.file, self.head) = (file, head);
        self.edges.merges = Merges::new(self.learned.merged.get(&file).cloned().unwrap_or_default());
    }

    /// The number of the file that holds the row of a user, once all were merged.
    pub(crate) fn file_of(&self, user: UserId) -> Option<u16> {
        let newer = self.newer.iter().find(|(_, seen)| seen.has(user)).map(|(file, _)| *file);
        newer.or_else(|| self.seen.has(user).then_some(self.file))
    }

    /// Merges the rows of a batch that stand below the key row.
    pub(crate) fn merge(&mut self, batch: &Batch) -> Result<()> {
        self.note_replaced(batch);
        self.edges.count_batch(self.file, batch, self.head);
        let rows: Vec<(Row<'_>, Named)> = batch
            .iter()
            .filter(|row| self.head.is_of_users(row.number) && !self.is_replaced(row))
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
        self.compare_names(&rows, &users, &past)?;
        let merged = self.cells.len();
        for (row, named) in &rows {
            self.merge_row(row, named, &users, &past)?;
        }
        self.people.offer(&mut self.cells[merged..])?;
        self.users = users;
        if self.cells.len() >= CHUNK { self.flush() } else { Ok(()) }
    }

    /// A report on the first file says which of its rows each row is.
    fn note_replaced(&mut self, batch: &Batch) {
        let import = self.import.id.to_string();
        let source = self.head.header.source_row.as_ref().filter(|source| source.import == import);
        if let Some(source) = source {
            let rows = batch.iter().filter(|row| self.head.is_of_users(row.number));
            let said = rows.filter_map(|row| line_of(row.cell(source.column)?.shown().trim()));
            for (file, row) in said {
                self.replaced.insert_row(file, row);
            }
        }
    }

    fn is_replaced(&self, row: &Row<'_>) -> bool {
        self.replaced.has_row(self.file, row.number)
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

    /// Finds the cells that name one user by the ID and another by the name.
    fn compare_names(&mut self, rows: &[(Row<'_>, Named)], users: &Users, past: &Past) -> Result<()> {
        let of_users = |column: &&Column| column.today.kind == Kind::User && !column.today.read_only;
        let mut cells = Vec::new();
        for column in self.head.columns.iter().filter(of_users) {
            let texts = rows.iter().filter_map(|(row, _)| text_of(row, column.column));
            self.people.learn(texts)?;
            for (row, named) in rows {
                let text = text_of(row, column.column).filter(|text| !self.people.is_printed(text));
                let Some(text) = text else { continue };
                let user = match named {
                    Named::User(id) => users.find(*id),
                    _ => None,
                };
                let base = || past.value(user.as_ref()?, column.today.number, column.slot)?.parse().ok();
                cells.extend(self.people.named((row.number, column.column), text, base));
            }
        }
        self.differing = self.people.differing(cells, self.head.base)?;
        Ok(())
    }

    /// Turns the cells of a new row red that name one user by the ID and another by the name.
    fn tell_differing(&mut self, row: u32, cells: &mut [PlanCell]) {
        if self.differing.is_empty() {
            return;
        }
        for cell in cells.iter_mut().filter(|cell| cell.state != State::Error) {
            if let Some(wrong) = self.differing.remove(&(row, cell.column)) {
                (cell.state, cell.mine, cell.chosen, cell.wrong) = (State::Error, None, None, Some(wrong));
            }
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
            (_, Some(user)) if self.is_superseded(user.id()) => {}
            (_, Some(user)) => {
                self.counts.rows += 1;
                let is_new = self.seen.insert(user.id());
                if self.learned.shared.get(&self.file).is_some_and(|shared| shared.has(user.id())) {
                    self.shared_row(row, &user, past)?;
                } else if is_new {
                    let cells = self.cells_of(row, &user, past)?;
                    if is_wide(row, self.head, &cells) {
                        self.counts.rows -= 1;
                        return self.row_error(row, Code::RowWide, Some(user.id().to_string()));
                    }
                    if !cells.is_empty() {
                        self.edited.insert(user.id());
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

    /// Whether a file that came later names a user, or a later sheet of this one edits them.
    fn is_superseded(&self, user: UserId) -> bool {
        let of_other = |file: u16| file_of(file) != file_of(self.file);
        let is_edited = self.edited_later.iter().any(|edited| edited.has(user));
        is_edited || self.newer.iter().any(|(file, seen)| of_other(*file) && seen.has(user))
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
        let mut error = Wrong::plain(code);
        if code != Code::RowWide
            && let Some(user) = self.user_by_sign_in(row)?
        {
            error.suggestions.push(user.to_string());
        }
        let cell = error_of_row((self.file, row), self.head.header.id_column, text, error);
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
        let mut cells = self.judge().said(place, row, lines.columns)?;
        self.tell_differing(row.number, &mut cells);
        let mut question = new_user::question(place, self.head.header.id_column, row.hidden);
        if self.head.is_template() {
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
        if cell.is_none() && self.edges.may_lack(row, column.column) {
            match self.edges.missing(row.number, column, values.0, &self.decisions) {
                Missing::Kept => return Ok(None),
                Missing::Asked(wrong) => {
                    let verdict = (values, Verdict::Wrong(wrong));
                    return Ok(planned_cell((self.file, row), column, None, user, verdict));
                }
                Missing::Empty => {}
            }
        }
        let differing = if self.differing.is_empty() {
            None
        } else {
            self.differing.remove(&(row.number, column.column))
        };
        // The way that nearly every cell takes: as it was printed, and nobody has changed it since.
        if differing.is_none() && values.0 == values.1 && column.at_base.is_print_of(values.0, cell) {
            self.evidence.note_unedited(&column.today, cell);
            return Ok(None);
        }
        if let Some(cell) = cell {
            self.edges.note_last(row, cell, &column.at_base, values.0);
        }
        self.evidence.note(&column.today, values.0, cell);
        let decided = |decision| self.decisions.hold(decision, field);
        let exactness = if decided(Decision::DamageMeant) { Exactness::Exact } else { self.head.exactness };
        let verdict = match differing {
            Some(wrong) => Verdict::Wrong(wrong),
            None => self.verdict(column, exactness, values, cell)?,
        };
        let file = self.file;
        let found = |verdict| planned_cell((file, row), column, cell, user, (values, verdict));
        match verdict {
            Verdict::Unedited if values.0 == values.1 => Ok(None),
            Verdict::Unedited => {
                let Some(since) = self.put_back_since(past, user.id(), field) else { return Ok(None) };
                let chosen = decided(Decision::PutBack).then_some(Chosen::File);
                self.tallies.put_back_since = self.tallies.put_back_since.max(since);
                Ok(found(Verdict::Unedited).map(|cell| PlanCell { chosen, ..cell }))
            }
            Verdict::Kept(damage) => {
                *self.tallies.damage.entry((field, damage)).or_default() += 1;
                let few = self.damaged.get(&field).is_none_or(|cells| cells.len() <= FEW_DAMAGED);
                if few && self.is_alone {
                    let meant = self.verdict(column, Exactness::Exact, values, cell)?;
                    self.damaged
                        .entry(field)
                        .or_default()
                        .extend(found(meant).map(|cell| damaged(cell, damage)));
                }
                Ok(None)
            }
            verdict if decided(Decision::KeepValues) && empties(&verdict, values.0, cell) => Ok(None),
            verdict if decided(Decision::KeepEmpty) && Zeros::is_of(values.0, &verdict) => Ok(None),
            verdict if decided(Decision::KeepPoints) && self.is_point_lost(field, values.0, &verdict) => {
                Ok(None)
            }
            verdict => Ok(found(verdict)),
        }
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
        let few = std::mem::take(&mut self.damaged).into_values().filter(|cells| cells.len() <= FEW_DAMAGED);
        // A value that can't be read can't have been meant.
        self.cells.extend(few.flatten().filter(|cell| cell.state == State::Damage));
    }

    /// The revision of the last change of a cell since the download, if that was an import of the same administrator.
    fn put_back_since(&self, past: &Past, user: UserId, field: FieldNumber) -> Option<u64> {
        let revision = past.changed_at(user, field)?;
        let (kind, actor) = self.makers.get(&revision)?;
        (kind == "file" && *actor == self.import.actor).then_some(revision)
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
    pub(crate) fn learned(&mut self) -> Option<Learned> {
        let shared = std::mem::take(&mut self.found);
        let undone = self.tallies.undone(&self.decisions, &self.learned.undone);
        let mut learned = std::mem::take(&mut self.learned);
        let is_misread = learned.prove(&self.evidence, &self.account.reading);
        // What a pass found that read the columns otherwise is not to be relied upon.
        let undone = if is_misread { Vec::new() } else { undone };
        let merged = std::mem::take(&mut self.edges.merged);
        let knows_more = !merged.is_empty() || !shared.is_empty() || !undone.is_empty() || is_misread;
        learned.passes += 1;
        learned.shared.extend(shared);
        learned.merged.extend(merged);
        learned.undone.extend(undone);
        if knows_more {
            return Some(learned);
        }
        self.learned = learned;
        None
    }
}
