//! The plan of a rule: base = now, mine = what the rule makes of now. Users are read some at a time, in short ranges; each is judged as a
//! row of a file is, and only what is not as it was is staged.

use std::collections::{BTreeMap, HashMap};

use directory::{
    Blast, Claim, Code, Counts, Exactness, Failure, Field, FieldNumber, Fields, Place, PlanCell, Reading,
    User, UserId, Users, Verdict, Wrong, merge, merge_values,
};
use store::{
    Account, Complete, Import, ImportState, KeptRule, LaterClaim, Result, RuleUsers, SelectionId, Settled,
    Sort, Stage, Store, UsersQuery, Warning,
};
use workbook::{Cell, Position};

use crate::judge::managers::Managers;
use crate::judge::overlay;
use crate::judge::people::People;
use crate::judge::retired;
use crate::judge::{Lines, Purpose, RowJudge, Whom, circles, claims_of, end_state, planned};
use crate::lease::Working;

/// Users that are read and judged together.
const CHUNK: usize = 2_000;
/// Cells that are staged together.
const STAGED: usize = 4_000;

/// Makes the plan of a rule; none when the lease was lost on the way.
pub(crate) fn plan(working: &Working, import: &Import) -> Result<Option<Settled>> {
    let account = working.app.store.account_now(working.lease.account)?;
    let fields = working.app.store.fields(account.id)?;
    plan_of(working, import, &account, &fields)
}

/// The same by the fields and at the revision that are given, in place of a plan that there is.
pub(crate) fn plan_of(
    working: &Working,
    import: &Import,
    account: &Account,
    fields: &Fields,
) -> Result<Option<Settled>> {
    let store = &working.app.store;
    store.clear_plan(&working.lease)?;
    let Some(kept) = store.change_rule(account.id, import.id)? else {
        return Ok(Some(Settled::failed(Failure::given_up(), working.app.clock.now())));
    };
    let mut judging = Judging::of(working, account, fields, &kept);
    if !judging.all_users(&kept.users)? {
        return Ok(None);
    }
    working.progress(Stage::Checking, 0, 1);
    let Judging { mut counts, mut managers, hit, cleared, .. } = judging;
    end_state::references(working, fields, &mut counts, &mut managers)?;
    end_state::claims(working, fields, &mut counts, Purpose::Review)?;
    if !store.fixes(import.account, import.id, None, 1)?.is_empty() {
        let read = Import { base: Some(account.revision), ..import.clone() };
        counts = counts.plus(overlay::lay_again(working, &read, |_| 0)?);
        managers = Managers::of_plan(store, (import.account, import.id), |_| false)?;
    }
    let mut warnings = told_cleared(fields, &cleared);
    let retired = kept.rule.fields().into_iter().filter_map(|number| retired::told(fields, number, 1));
    warnings.extend(retired);
    warnings.extend(circles::warning(&working.app, import, fields, managers)?);
    counts.warnings = warnings.len() as i64;
    store.keep_warnings(&working.lease, &warnings)?;
    if working.is_lost() {
        return Ok(None);
    }
    let hard = !working.app.blast.reached(&counts, account.users).is_empty();
    let is_large = hard || Blast { hit, users: account.users }.is_large();
    Ok(Some(settled(working, import, account, counts, is_large)))
}

/// How many values of each field are cleared: worth a sentence each, as of a file.
fn told_cleared(fields: &Fields, cleared: &BTreeMap<FieldNumber, i64>) -> Vec<Warning> {
    let warning = |(field, cells): (&FieldNumber, &i64)| {
        let place = fields.get(*field).map(|field| field.key.clone()).unwrap_or_default();
        Warning { code: Code::Cleared, place, cells: *cells, detail: None }
    };
    cleared.iter().map(warning).collect()
}

/// Where the import goes now: to review, or on by itself, or to its end when it changes nothing.
fn settled(working: &Working, import: &Import, account: &Account, counts: Counts, is_large: bool) -> Settled {
    let open = counts.errors + counts.conflicts > 0;
    let nothing = import.plan == 0 && counts.cells_to_edit == 0 && !open;
    let is_free = !open || import.leave_out_errors;
    let by_itself = match import.complete {
        // What people have seen once, only people complete.
        _ if import.plan > 0 => false,
        Complete::Never | Complete::Unreadable => false,
        Complete::WhenClean | Complete::WhenCleanNow => is_free && !is_large,
        Complete::WhenCleanLarge | Complete::WhenCleanLargeNow => is_free,
    };
    let state = match (nothing, by_itself) {
        (true, _) => ImportState::Done,
        (false, true) => ImportState::Applying,
        (false, false) => ImportState::Review,
    };
    Settled {
        state,
        plan: import.plan + 1,
        revision: Some(account.revision),
        base: Some(account.revision),
        counts,
        finished_at: nothing.then(|| working.app.clock.now()),
        ..Settled::moved(import, state)
    }
}

/// A field that the rule is about.
struct Ruled<'r> {
    field: &'r Field,
    slot: usize,
    /// What its cell says for everybody, where that is one text.
    for_all: Option<&'r str>,
}

/// A rule that is followed, user by user.
struct Judging<'r> {
    working: &'r Working,
    account: &'r Account,
    fields: &'r Fields,
    kept: &'r KeptRule,
    ruled: Vec<Ruled<'r>>,
    people: People<'r>,
    /// Whom texts name by a sign-in; each is looked up once.
    named: HashMap<String, Option<UserId>>,
    cells: Vec<PlanCell>,
    claims: Vec<LaterClaim>,
    counts: Counts,
    managers: Managers,
    hit: i64,
    cleared: BTreeMap<FieldNumber, i64>,
}

impl<'r> Judging<'r> {
    fn of(working: &'r Working, account: &'r Account, fields: &'r Fields, kept: &'r KeptRule) -> Self {
        let ruled = kept.rule.fields().into_iter().filter_map(|number| {
            let field = fields.get(number).filter(|field| !field.retired)?;
            Some(Ruled { field, slot: fields.slot(number)?, for_all: kept.rule.text_for_all(number) })
        });
        Self {
            working,
            account,
            fields,
            kept,
            ruled: ruled.collect(),
            people: People::new(&working.app.store, account.id),
            named: HashMap::new(),
            cells: Vec::new(),
            claims: Vec::new(),
            counts: Counts::default(),
            managers: Managers::default(),
            hit: 0,
            cleared: BTreeMap::new(),
        }
    }

    /// Follows the rule for all whom it is about. False when the lease was lost.
    fn all_users(&mut self, users: &RuleUsers) -> Result<bool> {
        let mut source = Source::of(&self.working.app.store, self.account, users)?;
        let mut batch = Users::new(self.fields);
        let mut done = 0;
        while source.next(self.fields, &mut batch)? {
            self.batch(&batch)?;
            done += batch.len() as i64;
            self.working.read_rows(batch.len());
            self.working.progress(Stage::Reading, done, source.total.max(done));
            if self.working.is_lost() || (self.cells.len() >= STAGED && !self.flush()?) {
                return Ok(false);
            }
        }
        self.flush()
    }

    fn flush(&mut self) -> Result<bool> {
        let staged = self.working.app.store.stage(&self.working.lease, &self.cells, &self.claims)?;
        self.cells.clear();
        self.claims.clear();
        Ok(staged)
    }

    fn batch(&mut self, batch: &Users) -> Result<()> {
        let first = self.cells.len();
        let mut rows = Vec::new();
        for user in batch.iter().filter(|user| !user.withdrawn()) {
            self.counts.rows += 1;
            let cells = self.row(&user)?;
            if !cells.is_empty() {
                rows.push(cells.len());
                self.cells.extend(cells);
            }
        }
        self.people.offer(&mut self.cells[first..])?;
        let mut at = first;
        for length in rows {
            self.take_row(at..at + length);
            at += length;
        }
        Ok(())
    }

    /// The cells of a user that the rule changes.
    fn row(&mut self, user: &User<'_>) -> Result<Vec<PlanCell>> {
        let mut cells = Vec::new();
        for place in 0..self.ruled.len() {
            let Ruled { field, slot, for_all } = self.ruled[place];
            let now = user.slot(slot);
            let text = match for_all {
                Some(text) => text.to_owned(),
                None => {
                    let shown = field.shown(now, None);
                    let text = self.kept.rule.text_of(field, &shown);
                    // What the rule leaves as it is was not edited, whatever it says.
                    if text == shown {
                        continue;
                    }
                    text
                }
            };
            let cell = (!text.trim().is_empty()).then(|| Cell::text(Position { row: 1, column: 1 }, &text));
            let verdict = self.verdict(field, now, cell.as_ref())?;
            if verdict != Verdict::Unedited {
                let raw = cell.map(|cell| cell.raw.to_owned());
                cells.extend(planned(Place::User(user.id()), field.number, (now, now), verdict, raw));
            }
        }
        self.judge().row(Whom::User(user), &mut cells, Lines::NONE)?;
        Ok(cells)
    }

    fn judge(&self) -> RowJudge<'_> {
        RowJudge::new(&self.working.app.store, self.account, self.fields)
    }

    fn verdict(&mut self, field: &Field, now: Option<&str>, cell: Option<&Cell<'_>>) -> Result<Verdict> {
        let reading: &Reading = &self.account.reading;
        let text = match merge(field, field, reading, Exactness::Exact, now, now, cell) {
            Verdict::Login(text) => text,
            verdict => return Ok(verdict),
        };
        let known = match self.named.get(&text) {
            Some(known) => *known,
            None => {
                let claim = Claim::of_sign_in(&text);
                let store = &self.working.app.store;
                let found = claim.map(|claim| store.user_with_claim(self.account.id, &claim)).transpose()?;
                self.named.insert(text, found.flatten());
                found.flatten()
            }
        };
        Ok(match known {
            Some(user) => merge_values(now, now, Some(&user.to_string())),
            None => Verdict::Wrong(Wrong::plain(Code::NotAUser)),
        })
    }

    /// Counts a row of the plan and what it claims.
    fn take_row(&mut self, row: std::ops::Range<usize>) {
        let cells = &self.cells[row];
        self.counts = self.counts.plus(Counts::of_row(cells, false));
        let mut hard = false;
        for cell in cells {
            self.claims.extend(claims_of(cell, self.fields));
            self.managers.note(cell);
            if let Some(change) = cell.written() {
                hard |= Blast::hits(&change);
                if change.after.is_none() {
                    *self.cleared.entry(cell.field).or_default() += 1;
                }
            }
        }
        self.hit += i64::from(hard);
    }
}

/// Those whom a rule is about, some at a time.
struct Source<'s> {
    store: &'s Store,
    account: &'s Account,
    asked: Asked,
    /// How many they are, where that is known.
    total: i64,
}

enum Asked {
    /// Everybody after this number.
    All(u64),
    /// Those of a selection after this number.
    Selection(SelectionId, u64),
    /// Those whom a search finds; none when there are no more.
    Search(Option<Box<UsersQuery>>),
}

impl<'s> Source<'s> {
    fn of(store: &'s Store, account: &'s Account, users: &RuleUsers) -> Result<Self> {
        let (asked, total) = match users {
            RuleUsers::All => (Asked::All(0), account.users),
            RuleUsers::Selection(id) => {
                let selection = store.selection(account.id, *id)?;
                (Asked::Selection(*id, 0), selection.map_or(0, |selection| selection.users))
            }
            RuleUsers::Search(search) => {
                let query = UsersQuery {
                    search: search.clone(),
                    sort: Sort::Created,
                    limit: CHUNK as u32,
                    ..UsersQuery::default()
                };
                (Asked::Search(Some(Box::new(query))), 0)
            }
        };
        Ok(Self { store, account, asked, total })
    }

    /// Reads the next users in place of those in the batch. False when there are no more.
    fn next(&mut self, fields: &Fields, batch: &mut Users) -> Result<bool> {
        let account = self.account.id;
        match &mut self.asked {
            Asked::All(after) => {
                self.store.users_after(account, *after, i64::MAX as u64, CHUNK, batch)?;
                let last = batch.len().checked_sub(1).and_then(|last| batch.get(last));
                *after = last.map_or(*after, |user| user.id().number());
                Ok(last.is_some())
            }
            Asked::Selection(id, after) => {
                let ids = self.store.selected_after(account, *id, *after, CHUNK)?;
                let Some(last) = ids.last() else { return Ok(false) };
                *after = last.number();
                self.store.users_of(account, &ids, batch)?;
                Ok(true)
            }
            Asked::Search(query) => {
                let Some(mut next) = query.take() else { return Ok(false) };
                let page = self.store.users_page(account, fields, &next)?;
                *batch = page.users;
                if page.next.is_some() {
                    next.cursor = page.next;
                    *query = Some(next);
                }
                Ok(true)
            }
        }
    }
}
