//! What a plan writes, by field and by what the values become: looked through page by page, added up over a bounded part, so that a plan of
//! a million changes is shown as soon as a small one.

use directory::{FieldNumber, PlanCell};

use crate::engine::{Param, Result, params};
use crate::import::WrittenSum;
use crate::work::plan::{CELL, cell_of};
use crate::work::plan_lists::place_in_list;
use crate::{AccountId, ImportId, Page, PageStart, Store};

/// What the values of a field become.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Becomes {
    /// Whatever.
    Anything,
    /// Empty.
    Empty,
    /// This stored form.
    Value(String),
}

impl Becomes {
    /// As one text, for an address or a row.
    pub fn words(&self) -> String {
        match self {
            Self::Anything => "*".to_owned(),
            Self::Empty => String::new(),
            Self::Value(value) => format!("={value}"),
        }
    }

    /// The meaning of such a text.
    pub fn of_words(words: &str) -> Self {
        match words.strip_prefix('=') {
            Some(value) => Self::Value(value.to_owned()),
            None if words.is_empty() => Self::Empty,
            None => Self::Anything,
        }
    }
}

/// What kind of change is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WrittenKind {
    /// Values that become empty.
    Cleared,
    /// Whether, and by what, people sign in.
    SignIn,
    /// Users who become inactive.
    Inactive,
    /// Emails that become others.
    Email,
    /// Usernames that become others.
    Username,
    /// The values of new users.
    New,
}

impl WrittenKind {
    /// All of them, with their stable words.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Cleared, "cleared"),
        (Self::SignIn, "sign_in"),
        (Self::Inactive, "inactive"),
        (Self::Email, "email"),
        (Self::Username, "username"),
        (Self::New, "new"),
    ];

    /// The stable word.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// The meaning of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, of)| *of == word).map(|(kind, _)| *kind)
    }

    fn condition(self) -> String {
        let replaced = format!("now IS NOT NULL AND {AFTER} IS NOT NULL");
        match self {
            Self::Cleared => format!("AND place > 0 AND now IS NOT NULL AND {AFTER} IS NULL"),
            Self::SignIn => "AND place > 0 AND field IN (3, 4, 5)".to_owned(),
            Self::Inactive => format!("AND place > 0 AND field = 5 AND {AFTER} = 'inactive'"),
            Self::Email => format!("AND place > 0 AND field = 3 AND {replaced}"),
            Self::Username => format!("AND place > 0 AND field = 4 AND {replaced}"),
            Self::New => "AND place < 0".to_owned(),
        }
    }
}

/// Which of the cells that a plan writes are wanted.
#[derive(Debug, Clone, Copy)]
pub struct Written<'w> {
    /// Of this field; of users who are there.
    pub field: Option<FieldNumber>,
    /// With what they become.
    pub becomes: &'w Becomes,
    /// Of this kind.
    pub kind: Option<WrittenKind>,
}

/// The cells that the plan of `?1` and `?2` writes, as [`PlanCell::written`] has it: rows with errors and left-out ones write nothing.
const WRITES: &str = "account = ?1 AND import = ?2
    AND (((state = 1 OR (state IN (2, 4, 5) AND chosen = 'file')) AND mine IS DISTINCT FROM now)
        OR (state = 2 AND chosen = 'download' AND base IS DISTINCT FROM now))
    AND place NOT IN (SELECT e.place FROM plan_cell e WHERE e.account = ?1 AND e.import = ?2 AND e.state > 1 AND e.state = 3)
    AND place NOT IN (SELECT l.place FROM left_out l WHERE l.account = ?1 AND l.import = ?2)";

/// What such a cell becomes.
const AFTER: &str = "(CASE WHEN state = 2 AND chosen = 'download' THEN base ELSE mine END)";

impl Written<'_> {
    /// The condition; its own value, if it has one, is the parameter of this number.
    fn condition(&self, number: usize) -> String {
        let field = match self.field {
            Some(field) => format!("AND place > 0 AND field = {}", field.0),
            None => String::new(),
        };
        let becomes = match self.becomes {
            Becomes::Anything => String::new(),
            Becomes::Empty => format!("AND {AFTER} IS NULL"),
            Becomes::Value(_) => format!("AND {AFTER} = ?{number}"),
        };
        let kind = self.kind.map(WrittenKind::condition).unwrap_or_default();
        format!("{field} {becomes} {kind}")
    }

    fn value(&self) -> Option<&str> {
        match self.becomes {
            Becomes::Value(value) => Some(value),
            _ => None,
        }
    }
}

impl Store {
    /// A page of the cells that a plan writes, by user and field.
    pub fn written_page(
        &self,
        account: AccountId,
        import: ImportId,
        wanted: Written<'_>,
        from: PageStart,
        limit: u32,
    ) -> Result<Page<PlanCell>> {
        let (sign, place, direction) = from.walk();
        let [_, _, place, field] = place.map_or([0, 0, i64::MIN, 0], crate::ListPlace::parts);
        let mut values = params![account.0, import.number(), i64::from(limit) + 1, place, field].to_vec();
        values.extend(wanted.value().map(Param::from));
        let sql = format!(
            "{CELL} WHERE {WRITES} {} AND (place, field) {sign} (?4, ?5) ORDER BY place {direction}, field {direction} LIMIT ?3",
            wanted.condition(6)
        );
        let found = self.read(|connection| connection.all(&sql, &values, cell_of))?;
        Ok(Page::of(found, from, limit, place_in_list))
    }

    /// How many cells of a field a plan writes.
    pub fn count_written(
        &self,
        account: AccountId,
        import: ImportId,
        (field, becomes): (FieldNumber, &Becomes),
    ) -> Result<i64> {
        let wanted = Written { field: Some(field), becomes, kind: None };
        let mut values = params![account.0, import.number()].to_vec();
        values.extend(wanted.value().map(Param::from));
        let sql = format!("SELECT COUNT(*) FROM plan_cell WHERE {WRITES} {}", wanted.condition(3));
        let counted = self.read(|connection| connection.one(&sql, &values, |row| row.integer(0)))?;
        Ok(counted.unwrap_or_default())
    }

    /// What the plan writes of users who are there, added up by field and value: of its first `most` cells.
    pub fn written_sums(&self, account: AccountId, import: ImportId, most: u32) -> Result<Vec<WrittenSum>> {
        let sql = format!(
            "SELECT w.field, w.becomes, COUNT(*), COUNT(DISTINCT w.was), MIN(w.was) FROM
                 (SELECT field, {AFTER} AS becomes, now AS was FROM plan_cell WHERE {WRITES} AND place > 0
                  ORDER BY place, field LIMIT ?3) w
             GROUP BY w.field, w.becomes ORDER BY w.field, 3 DESC, w.becomes"
        );
        self.read(|connection| {
            connection.all(&sql, params![account.0, import.number(), i64::from(most)], WrittenSum::of_row)
        })
    }

    /// The users whom a plan makes inactive, at most `limit`.
    pub fn made_inactive(
        &self,
        account: AccountId,
        import: ImportId,
        limit: u32,
    ) -> Result<Vec<directory::UserId>> {
        let becomes = Becomes::Anything;
        let wanted = Written { field: None, becomes: &becomes, kind: Some(WrittenKind::Inactive) };
        let cells = self.written_page(account, import, wanted, PageStart::Start, limit)?.items;
        let user = |cell: PlanCell| match cell.place {
            directory::Place::User(user) => Some(user),
            directory::Place::Row { .. } => None,
        };
        Ok(cells.into_iter().filter_map(user).collect())
    }
}
