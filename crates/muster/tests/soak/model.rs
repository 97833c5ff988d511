//! What an office comes to, said as simply as it can be: users are rows of texts, a revision is a copy of all of them, a plan is
//! judged anew as a whole whenever anything about it changes. Emails and badges are of one user each, on the end state.

use std::collections::BTreeSet;

use ::store::ImportId;
use directory::Chosen;

/// The fields that histories change.
pub(super) const FIELDS: [&str; 4] = ["job_title", "email", "badge", "notes"];
pub(super) const EMAIL: usize = 1;
const UNIQUE: [usize; 2] = [EMAIL, 2];
const NOTES: usize = 3;
/// The longest note, in characters.
const LONGEST: usize = 40;

pub(super) type Text = Option<String>;
/// Whether a user is there, and what they have.
type User = (bool, [Text; FIELDS.len()]);

/// Who a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    User(usize),
    /// Nobody yet: the row creates a user.
    New,
}

/// A cell that is not simply as it was.
#[derive(Clone)]
pub(super) struct Cell {
    base: Text,
    now: Text,
    mine: Text,
    /// Whether the text can't be taken.
    bad: bool,
    chosen: Option<Chosen>,
}

impl std::fmt::Debug for Cell {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = |text: &Text| text.clone().unwrap_or_default();
        let (base, now, mine) = (text(&self.base), text(&self.now), text(&self.mine));
        write!(formatter, "{base:?} now {now:?} mine {mine:?} {:?}", self.chosen)
    }
}

impl Cell {
    /// The cell of a merge, if it is one to be judged.
    fn of(field: usize, base: &Text, now: &Text, text: &str) -> Option<Self> {
        let mine = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let bad = match &mine {
            Some(text) if field == EMAIL => !text.contains('@'),
            Some(text) if field == NOTES => text.chars().count() > LONGEST,
            Some(_) => false,
            // Nobody here has a username to sign in with instead.
            None => field == EMAIL,
        };
        let same = mine == *base || (mine == *now && !bad);
        (!same).then(|| Self { base: base.clone(), now: now.clone(), mine, bad, chosen: None })
    }

    pub(super) fn is_conflict(&self) -> bool {
        !self.bad && self.base != self.now
    }

    fn is_open(&self) -> bool {
        self.is_conflict() && self.chosen.is_none()
    }

    /// What it would write, were nothing in its way.
    fn after(&self) -> Option<&Text> {
        let after = match self.chosen {
            _ if self.bad => return None,
            None if self.is_conflict() => return None,
            Some(Chosen::Now) => return None,
            Some(Chosen::Download) => &self.base,
            None | Some(Chosen::File) => &self.mine,
        };
        (*after != self.now).then_some(after)
    }
}

/// A row of a plan.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) who: Who,
    /// Its number in the file.
    pub(super) number: u32,
    pub(super) cells: [Option<Cell>; FIELDS.len()],
    pub(super) left_out: bool,
    /// Its User ID is nobody's (any more).
    unknown: bool,
    /// It withdraws its user (false), or brings them back (true).
    presence: Option<bool>,
}

impl Row {
    fn of(who: Who) -> Self {
        Self {
            who,
            number: 0,
            cells: [const { None }; FIELDS.len()],
            left_out: false,
            unknown: false,
            presence: None,
        }
    }

    pub(super) fn new_user(number: u32, email: &str) -> Self {
        let mut row = Self { number, ..Self::of(Who::New) };
        row.cells[EMAIL] = Cell::of(EMAIL, &None, &None, email);
        row
    }

    pub(super) fn is_unknown(&self) -> bool {
        self.unknown
    }

    /// Whether the plan has anything of it.
    pub(super) fn is_staged(&self) -> bool {
        self.unknown || self.cells.iter().any(Option::is_some)
    }

    fn is_written(&self) -> bool {
        !self.left_out && !self.unknown
    }
}

/// What an import would do.
#[derive(Clone, Default)]
pub(super) struct Plan {
    pub(super) rows: Vec<Row>,
    /// The place of the revision that it was downloaded at.
    at: usize,
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut staged = self.rows.iter().filter(|row| row.is_staged() || row.presence.is_some());
        staged.try_for_each(|row| {
            writeln!(formatter, "{:?} in row {}: {:?} {:?}", row.who, row.number, row.cells, row.presence)
        })
    }
}

impl Plan {
    fn row(&mut self, who: Who) -> &mut Row {
        let at = self.rows.iter().position(|row| row.who == who && who != Who::New);
        let at = at.unwrap_or_else(|| {
            self.rows.push(Row::of(who));
            self.rows.len() - 1
        });
        &mut self.rows[at]
    }

    /// Says where in the file the row of somebody stands, and whether they are a user still.
    pub(super) fn stands_in(&mut self, who: Who, number: u32, there: bool) {
        let row = self.row(who);
        (row.number, row.unknown) = (number, !there);
    }
}

/// The office.
#[derive(Default)]
pub(super) struct Model {
    /// All users after each revision, and its number.
    past: Vec<(u64, Vec<User>)>,
    /// What was applied and is not undone.
    pub(super) imports: Vec<(ImportId, u64)>,
}

impl Model {
    pub(super) fn begin(&mut self, revision: u64, users: Vec<User>) {
        self.past.push((revision, users));
    }

    /// The place of the latest revision.
    pub(super) fn now(&self) -> usize {
        self.past.len() - 1
    }

    /// The place of the first revision with a user.
    pub(super) fn first_with(&self, user: usize) -> usize {
        self.past.iter().position(|(_, users)| users.len() > user).unwrap_or_default()
    }

    /// The number of the revision at a place.
    pub(super) fn revision(&self, at: usize) -> u64 {
        self.past[at].0
    }

    pub(super) fn users(&self) -> &Vec<User> {
        &self.past[self.now()].1
    }

    pub(super) fn is_there(&self, user: usize) -> bool {
        self.users()[user].0
    }

    /// The plan of texts that were typed into a download.
    pub(super) fn plan(&self, at: usize, edits: impl Iterator<Item = (usize, usize, String)>) -> Plan {
        let mut plan = Plan { rows: Vec::new(), at };
        for (user, field, text) in edits {
            if self.is_there(user) {
                let cell = self.cell(at, user, field, &text);
                plan.row(Who::User(user)).cells[field] = cell;
            }
        }
        plan
    }

    fn cell(&self, at: usize, user: usize, field: usize, text: &str) -> Option<Cell> {
        let now = &self.users()[user].1[field];
        // Whoever came after the download has nothing to compare with but what they have.
        let base = self.past[at].1.get(user).map_or(now, |(_, values)| &values[field]);
        Cell::of(field, base, now, text)
    }

    /// Another text over a cell, by somebody who sees today's value.
    pub(super) fn type_over(&self, plan: &mut Plan, row: usize, field: usize, text: &str) {
        let cell = match plan.rows[row].who {
            Who::User(user) => self.cell(plan.at, user, field, text),
            Who::New => Cell::of(field, &None, &None, text),
        };
        plan.rows[row].cells[field] = cell.map(|cell| {
            let chosen = cell.is_conflict().then_some(Chosen::File);
            Cell { chosen, ..cell }
        });
    }

    pub(super) fn choose(&self, row: &mut Row, field: usize, chosen: Chosen) {
        if let Some(cell) = &mut row.cells[field] {
            cell.chosen = Some(chosen);
        }
    }

    /// What a row claims: the values of unique fields that it would write, or that its user comes back with.
    fn claims(&self, row: &Row) -> Vec<(usize, String)> {
        if !row.is_written() {
            return Vec::new();
        }
        if let (Some(true), Who::User(user)) = (row.presence, row.who) {
            let values = &self.users()[user].1;
            return UNIQUE.iter().filter_map(|field| Some((*field, values[*field].clone()?))).collect();
        }
        let after = |field: &usize| Some((*field, row.cells[*field].as_ref()?.after()?.clone()?));
        UNIQUE.iter().filter_map(after).collect()
    }

    fn holder(&self, field: usize, value: &str) -> Option<usize> {
        self.users().iter().position(|(there, values)| *there && values[field].as_deref() == Some(value))
    }

    /// Whether a plan takes a value from its holder, were every row written.
    fn gives_up(&self, plan: &Plan, holder: usize, field: usize) -> bool {
        let row = plan.rows.iter().find(|row| row.who == Who::User(holder) && row.is_written());
        row.is_some_and(|row| {
            row.presence == Some(false)
                || row.cells[field].as_ref().is_some_and(|cell| cell.after().is_some())
        })
    }

    /// The cells of a row that are red; a row that is red as a whole has one of no field.
    fn red_cells(&self, plan: &Plan, at: usize) -> BTreeSet<usize> {
        let row = &plan.rows[at];
        let mut red = BTreeSet::new();
        if row.left_out {
            return red;
        }
        if row.unknown {
            red.insert(FIELDS.len());
            return red;
        }
        red.extend((0..FIELDS.len()).filter(|field| row.cells[*field].as_ref().is_some_and(|cell| cell.bad)));
        for (field, value) in self.claims(row) {
            let others = (0..plan.rows.len()).filter(|other| *other != at);
            let rivals =
                others.filter(|other| self.claims(&plan.rows[*other]).contains(&(field, value.clone())));
            let holder = self.holder(field, &value).filter(|holder| row.who != Who::User(*holder));
            if rivals.count() > 0 || holder.is_some_and(|holder| !self.gives_up(plan, holder, field)) {
                red.insert(field);
            }
        }
        red
    }

    /// How many cells are red.
    pub(super) fn reds(&self, plan: &Plan) -> usize {
        (0..plan.rows.len()).map(|row| self.red_cells(plan, row).len()).sum()
    }

    /// The rows that are written: those that are not red, without those that wait for a value which a row that stays keeps.
    fn written(&self, plan: &Plan) -> Vec<usize> {
        let mut written: Vec<usize> = (0..plan.rows.len())
            .filter(|row| plan.rows[*row].is_written() && self.red_cells(plan, *row).is_empty())
            .collect();
        loop {
            let alone =
                Plan { rows: written.iter().map(|row| plan.rows[*row].clone()).collect(), at: plan.at };
            let stay: Vec<usize> = (0..written.len())
                .filter(|row| self.red_cells(&alone, *row).is_empty())
                .map(|row| written[row])
                .collect();
            if stay.len() == written.len() {
                return stay;
            }
            written = stay;
        }
    }

    /// Whether anything of a plan is to be written.
    pub(super) fn would_change(&self, plan: &Plan) -> bool {
        self.written(plan).iter().any(|row| {
            let row = &plan.rows[*row];
            row.who == Who::New || row.presence.is_some() || changes(row) > 0
        })
    }

    /// Writes a plan as a revision; answers how many users, and how many cells of users that were there.
    pub(super) fn apply(&mut self, plan: &Plan, revision: u64) -> (i64, i64) {
        let mut users = self.users().clone();
        let mut wrote = (0, 0);
        for row in self.written(plan) {
            let row = &plan.rows[row];
            let (user, creates) = match row.who {
                Who::User(user) => (user, false),
                Who::New => {
                    users.push((true, [const { None }; FIELDS.len()]));
                    (users.len() - 1, true)
                }
            };
            if let Some(there) = row.presence {
                users[user].0 = there;
            }
            for (field, cell) in row.cells.iter().enumerate() {
                if let Some(after) = cell.as_ref().and_then(Cell::after) {
                    users[user].1[field] = after.clone();
                }
            }
            wrote.0 += i64::from(creates || row.presence.is_some() || changes(row) > 0);
            wrote.1 += if creates { 0 } else { changes(row) };
        }
        if revision > self.revision(self.now()) {
            self.past.push((revision, users));
        }
        wrote
    }

    /// The emails of those who came with the latest revision; the first of them has this place.
    pub(super) fn newcomers(&self, first: usize) -> Vec<Text> {
        self.users()[first.min(self.users().len())..]
            .iter()
            .map(|(_, values)| values[EMAIL].clone())
            .collect()
    }

    /// The plan that undoes a revision: what was changed since stays.
    pub(super) fn undo(&self, revision: u64) -> Plan {
        let at = self.past.iter().position(|(number, _)| *number == revision).expect("a revision");
        let mut plan = Plan { rows: Vec::new(), at };
        for (user, (after_there, after)) in self.past[at].1.iter().enumerate() {
            let before = self.past[at - 1].1.get(user);
            let before_there = before.is_some_and(|(there, _)| *there);
            let (there, now) = &self.users()[user];
            if *after_there != before_there {
                if there == after_there {
                    plan.row(Who::User(user)).presence = Some(before_there);
                }
                continue;
            }
            let Some((_, before)) = before.filter(|_| *there) else { continue };
            for field in 0..FIELDS.len() {
                if before[field] != after[field] && now[field] == after[field] {
                    let (base, now, mine) = (after[field].clone(), now[field].clone(), before[field].clone());
                    plan.row(Who::User(user)).cells[field] =
                        Some(Cell { base, now, mine, bad: false, chosen: None });
                }
            }
        }
        plan
    }

    /// What the latest revision changed: user, field (none: whether they are there), before, after.
    pub(super) fn last_changes(&self) -> Vec<(usize, Option<usize>, Text, Text)> {
        let Some(before) = self.now().checked_sub(1).map(|at| &self.past[at].1) else { return Vec::new() };
        let mut changes = Vec::new();
        for (user, (there, values)) in self.users().iter().enumerate() {
            let was = before.get(user);
            if was.is_some_and(|(was, _)| was == there) || (was.is_none() && !there) {
                for (field, new) in values.iter().enumerate() {
                    let old = was.and_then(|(_, values)| values[field].clone());
                    if old != *new {
                        changes.push((user, Some(field), old, new.clone()));
                    }
                }
            } else {
                changes.push((user, None, None, there.then(|| "there".to_owned())));
            }
        }
        changes.sort();
        changes
    }
}

fn changes(row: &Row) -> i64 {
    row.cells.iter().flatten().filter(|cell| cell.after().is_some()).count() as i64
}

/// What a plan adds up to: users, cells and clears to edit, users to create, red rows, errors, open conflicts, rows left out.
pub(super) fn counts_of(model: &Model, plan: &Plan) -> [i64; 8] {
    let mut counts = [0; 8];
    for (at, row) in plan.rows.iter().enumerate() {
        if row.left_out {
            counts[7] += 1;
            continue;
        }
        let red = model.red_cells(plan, at);
        let open = |field: &usize| row.cells[*field].as_ref().is_some_and(Cell::is_open);
        counts[5] += red.len() as i64;
        counts[6] += (0..FIELDS.len()).filter(open).count() as i64;
        if !red.is_empty() {
            counts[4] += 1;
        } else if row.who == Who::New {
            counts[3] += 1;
        } else {
            let clears = row.cells.iter().flatten().filter(|cell| cell.after().is_some_and(Option::is_none));
            counts[0] += i64::from(changes(row) > 0);
            counts[1] += changes(row);
            counts[2] += clears.count() as i64;
        }
    }
    counts
}
