//! The plan: what an import will do, cell by cell, with what is wrong and what has to be chosen. Review shows it, apply does it.

use crate::{FieldNumber, UserId, Wrong, standard};

/// The identity of a row: the user it names, or, for a row that names none, its file and row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The row of this user.
    User(UserId),
    /// A row without a (known, undamaged, single) User ID.
    Row {
        /// Which file of the import, from 1.
        file: u16,
        /// The row, from 1.
        row: u32,
    },
}

impl Place {
    /// How a cell of the plan names the user of this place: by their ID, or `row:FILE:ROW` while no user is there yet. No User ID
    /// looks like that.
    pub fn reference(self) -> String {
        match self {
            Self::User(user) => user.to_string(),
            Self::Row { file, row } => format!("row:{file}:{row}"),
        }
    }

    /// The row that such a name is of; none for a User ID, and for anything else.
    pub fn of_reference(text: &str) -> Option<Self> {
        let (file, row) = text.strip_prefix("row:")?.split_once(':')?;
        Some(Self::Row { file: file.parse().ok()?, row: row.parse().ok()? })
    }
}

/// What the plan says of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Will be written.
    Change,
    /// Has to be chosen; blocks until it is.
    Conflict,
    /// Is wrong; blocks its row.
    Error,
    /// As downloaded, but changed since by an import of the same administrator: nothing unless asked for.
    PutBack,
    /// Changed by the spreadsheet alone: kept unless it was meant.
    Damage,
    /// Undo only: was changed since and keeps its later value.
    ChangedSince,
}

/// Which of the three values of a conflict was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Chosen {
    /// The file's.
    File,
    /// Today's.
    Now,
    /// The one at the download.
    Download,
}

impl Chosen {
    /// The stable word: `file`, `now`, `download`.
    pub fn word(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Now => "now",
            Self::Download => "download",
        }
    }

    /// The meaning of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::File, Self::Now, Self::Download].into_iter().find(|chosen| chosen.word() == word)
    }
}

/// One cell of the plan. Values are stored forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanCell {
    /// The row it belongs to.
    pub place: Place,
    /// The field; [`crate::standard::USER`] for what concerns the row.
    pub field: FieldNumber,
    /// Which file of the import holds it, from 1.
    pub file: u16,
    /// The row in the file, from 1; 0 when no file holds it.
    pub row: u32,
    /// The column in the file, from 1; 0 when no file holds it.
    pub column: u32,
    /// The text of the cell, or of the fix that lies over it.
    pub raw: Option<String>,
    /// The value at the download.
    pub base: Option<String>,
    /// The value now.
    pub now: Option<String>,
    /// The file's value, once it could be read.
    pub mine: Option<String>,
    /// What it is.
    pub state: State,
    /// What is wrong, for [`State::Error`]; what happened to it, for [`State::Damage`].
    pub wrong: Option<Wrong>,
    /// The choice, for [`State::Conflict`], [`State::PutBack`] and [`State::Damage`].
    pub chosen: Option<Chosen>,
    /// Whether its row is hidden in the file.
    pub hidden: bool,
}

impl PlanCell {
    /// The value that the plan writes, if it writes one that differs from today's.
    pub fn written(&self) -> Option<Change<'_>> {
        let after = match (self.state, self.chosen) {
            (State::Change, _) | (State::Conflict | State::PutBack | State::Damage, Some(Chosen::File)) => {
                self.mine.as_deref()
            }
            (State::Conflict, Some(Chosen::Download)) => self.base.as_deref(),
            _ => return None,
        };
        let before = self.now.as_deref();
        (before != after).then_some(Change { field: self.field, before, after })
    }

    /// Whether it creates the user of its row.
    pub fn creates(&self) -> bool {
        matches!(self.place, Place::Row { .. }) && self.field == standard::USER && self.state == State::Change
    }

    /// Whether it keeps its row from being completed.
    pub fn blocks(&self) -> bool {
        self.state == State::Error || (self.state == State::Conflict && self.chosen.is_none())
    }
}

/// One field of one user, from one value to another (stored forms).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<'p> {
    /// The field.
    pub field: FieldNumber,
    /// The value it replaces.
    pub before: Option<&'p str>,
    /// The value it becomes.
    pub after: Option<&'p str>,
}

impl Change<'_> {
    /// Whether its user can't sign in any more.
    pub fn makes_inactive(&self) -> bool {
        self.field == standard::STATUS && self.after == Some("inactive")
    }

    /// Whether its user loses a value.
    pub fn clears(&self) -> bool {
        self.before.is_some() && self.after.is_none()
    }

    /// Whether a value of this field becomes another one.
    pub fn replaces(&self, field: FieldNumber) -> bool {
        self.field == field && self.before.is_some() && self.after.is_some()
    }
}

/// What a plan adds up to. All are counts of their own kind: rows of the file, users, cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Rows of the file that have a cell.
    pub rows: i64,
    /// Users that would change, rows with errors and left-out ones not counted.
    pub users_to_edit: i64,
    /// Cells that would change.
    pub cells_to_edit: i64,
    /// Cells of those that become empty.
    pub cells_to_clear: i64,
    /// Users that would be created.
    pub users_to_create: i64,
    /// Rows with at least one error, left-out ones not counted.
    pub rows_with_errors: i64,
    /// Errors.
    pub errors: i64,
    /// Warnings.
    pub warnings: i64,
    /// Conflicts without a choice.
    pub conflicts: i64,
    /// Rows that were left out.
    pub left_out: i64,
    /// Users of whom a conflict without a choice is all that there is: they wait for the choice.
    pub users_in_conflict: i64,
    /// Users that become inactive.
    pub made_inactive: i64,
    /// Users who lose a value.
    pub users_cleared: i64,
    /// Users whose email becomes another one.
    pub emails_changed: i64,
    /// Users whose username becomes another one.
    pub usernames_changed: i64,
    /// Warnings of those that a person has to answer before the import completes by itself ([`crate::Code::asks`]).
    pub questions: i64,
    /// Cells of the file that are not empty and were read: those of fields, in rows below the key row, with the User IDs.
    pub cells_read: i64,
    /// Cells of the file that are not empty and are no values of users, in whatever sheet; review says of what might be missed why.
    pub unread: i64,
}

impl Counts {
    /// What one row adds to the counts: its cells, and whether it was left out.
    pub fn of_row(cells: &[PlanCell], left_out: bool) -> Self {
        if left_out {
            return Self { left_out: 1, ..Self::default() };
        }
        let count =
            |wanted: &dyn Fn(&PlanCell) -> bool| cells.iter().filter(|cell| wanted(cell)).count() as i64;
        let errors = count(&|cell| cell.state == State::Error);
        let conflicts = count(&|cell| cell.state == State::Conflict && cell.chosen.is_none());
        let written = count(&|cell| cell.written().is_some());
        let cleared = count(&|cell| cell.written().is_some_and(|change| change.after.is_none()));
        let held = errors > 0;
        let creates = cells.iter().any(PlanCell::creates);
        let edits = !held && !creates;
        let hit = |wanted: &dyn Fn(&Change<'_>) -> bool| {
            i64::from(
                edits && written > 0 && cells.iter().filter_map(PlanCell::written).any(|of| wanted(&of)),
            )
        };
        Self {
            users_in_conflict: i64::from(edits && written == 0 && conflicts > 0),
            made_inactive: hit(&|change| change.makes_inactive()),
            users_cleared: i64::from(edits && cleared > 0),
            emails_changed: hit(&|change| change.replaces(standard::EMAIL)),
            usernames_changed: hit(&|change| change.replaces(standard::USERNAME)),
            users_to_edit: i64::from(edits && written > 0),
            cells_to_edit: if edits { written } else { 0 },
            cells_to_clear: if edits { cleared } else { 0 },
            users_to_create: i64::from(!held && creates),
            rows_with_errors: i64::from(held),
            errors,
            conflicts,
            ..Self::default()
        }
    }

    /// The sum of two counts.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        self.combined(other, |a, b| a + b)
    }

    /// The difference of two counts.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.combined(other, |a, b| a - b)
    }

    fn combined(self, other: Self, with: fn(i64, i64) -> i64) -> Self {
        Self {
            rows: with(self.rows, other.rows),
            users_to_edit: with(self.users_to_edit, other.users_to_edit),
            cells_to_edit: with(self.cells_to_edit, other.cells_to_edit),
            cells_to_clear: with(self.cells_to_clear, other.cells_to_clear),
            users_to_create: with(self.users_to_create, other.users_to_create),
            rows_with_errors: with(self.rows_with_errors, other.rows_with_errors),
            errors: with(self.errors, other.errors),
            warnings: with(self.warnings, other.warnings),
            conflicts: with(self.conflicts, other.conflicts),
            left_out: with(self.left_out, other.left_out),
            users_in_conflict: with(self.users_in_conflict, other.users_in_conflict),
            made_inactive: with(self.made_inactive, other.made_inactive),
            users_cleared: with(self.users_cleared, other.users_cleared),
            emails_changed: with(self.emails_changed, other.emails_changed),
            usernames_changed: with(self.usernames_changed, other.usernames_changed),
            questions: with(self.questions, other.questions),
            cells_read: with(self.cells_read, other.cells_read),
            unread: with(self.unread, other.unread),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Chosen, Counts, Place, PlanCell, State};
    use crate::{UserId, standard};

    fn cell(state: State, chosen: Option<Chosen>, values: [&str; 3]) -> PlanCell {
        let [base, now, mine] = values.map(|value| (!value.is_empty()).then(|| value.to_owned()));
        PlanCell {
            place: Place::Row { file: 1, row: 3 },
            field: standard::JOB_TITLE,
            file: 1,
            row: 3,
            column: 2,
            raw: mine.clone(),
            base,
            now,
            mine,
            state,
            wrong: None,
            chosen,
            hidden: false,
        }
    }

    #[test]
    fn a_cell_writes_what_was_decided() {
        let values = ["download", "now", "file"];
        let check = |state, chosen, written: Option<&str>, blocks| {
            let cell = cell(state, chosen, values);
            assert_eq!(cell.written().map(|change| change.after), written.map(Some), "{state:?} {chosen:?}");
            assert_eq!(cell.blocks(), blocks, "{state:?} {chosen:?}");
        };
        check(State::Change, None, Some("file"), false);
        check(State::Conflict, None, None, true);
        check(State::Conflict, Some(Chosen::File), Some("file"), false);
        check(State::Conflict, Some(Chosen::Now), None, false);
        check(State::Conflict, Some(Chosen::Download), Some("download"), false);
        check(State::Error, None, None, true);
        check(State::PutBack, None, None, false);
        check(State::PutBack, Some(Chosen::File), Some("file"), false);
        check(State::Damage, None, None, false);
        check(State::Damage, Some(Chosen::File), Some("file"), false);
        check(State::ChangedSince, None, None, false);
        assert_eq!(cell(State::Change, None, ["a", "b", "b"]).written(), None, "already so");
    }

    #[test]
    fn a_row_is_named_by_what_no_user_id_looks_like() {
        let row = Place::Row { file: 2, row: 7 };
        assert_eq!((row.reference().as_str(), Place::of_reference("row:2:7")), ("row:2:7", Some(row)));
        assert!(row.reference().parse::<UserId>().is_err());
        let user = UserId::from_number(7).expect("in range");
        assert_eq!(Place::User(user).reference().parse(), Ok(user));
        for text in ["", "row:", "row:2", "row:2:", "row:70000:3", "row:-1:3", &user.to_string()] {
            assert_eq!(Place::of_reference(text), None, "{text}");
        }
    }

    #[test]
    fn rows_add_up() {
        let change = cell(State::Change, None, ["a", "a", "b"]);
        let clear = cell(State::Change, None, ["a", "a", ""]);
        let error = cell(State::Error, None, ["a", "a", "b"]);
        let conflict = cell(State::Conflict, None, ["a", "b", "c"]);
        let edited = Counts::of_row(&[change.clone(), clear], false);
        assert_eq!((edited.users_to_edit, edited.cells_to_edit, edited.cells_to_clear), (1, 2, 1));
        let held = Counts::of_row(&[change.clone(), error], false);
        assert_eq!(
            (held.users_to_edit, held.cells_to_edit, held.rows_with_errors, held.errors),
            (0, 0, 1, 1)
        );
        let open = Counts::of_row(&[change, conflict.clone()], false);
        assert_eq!((open.users_to_edit, open.conflicts, open.users_in_conflict), (1, 1, 0));
        assert_eq!(Counts::of_row(&[conflict], false).users_in_conflict, 1);
        assert_eq!(Counts::of_row(&[], true), Counts { left_out: 1, ..Counts::default() });
        assert_eq!(edited.plus(held).minus(held), edited);
    }

    #[test]
    fn users_who_are_hit_hard_are_counted_once_each() {
        let of = |field, values| PlanCell { field, ..cell(State::Change, None, values) };
        let hit = |cells: &[PlanCell]| {
            let counts = Counts::of_row(cells, false);
            [counts.made_inactive, counts.users_cleared, counts.emails_changed, counts.usernames_changed]
        };
        let email = of(standard::EMAIL, ["a@b.org", "a@b.org", "c@b.org"]);
        let off = of(standard::STATUS, ["active", "active", "inactive"]);
        assert_eq!(hit(&[email.clone(), off.clone()]), [1, 0, 1, 0]);
        assert_eq!(hit(&[of(standard::STATUS, ["inactive", "inactive", "active"])]), [0; 4]);
        let cleared = [standard::PHONE, standard::EMAIL].map(|field| of(field, ["a", "a", ""]));
        assert_eq!(hit(&cleared), [0, 1, 0, 0], "two cells of one user");
        assert_eq!(hit(&[of(standard::EMAIL, ["", "", "c@b.org"])]), [0; 4], "nobody signed in by it");
        assert_eq!(hit(&[of(standard::USERNAME, ["a", "a", "b"])]), [0, 0, 0, 1]);
        let wrong = PlanCell { state: State::Error, ..email };
        assert_eq!(hit(&[off, wrong]), [0; 4], "a row that is held changes nobody");
    }
}
