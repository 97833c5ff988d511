//! Writing a user as a row of the table `users`: inserting it, updating what changes with the columns that follow from it,
//! taking it out and back.

use std::collections::{BTreeMap, HashMap};

use directory::{Change, Claim, FieldNumber, Fields, Kind, User, UserId, Users, standard};

use crate::AccountId;
use crate::directory::history::NewHistory;
use crate::directory::references;
use crate::directory::rows::{STANDARD_COLUMNS, standard_column, values_json};
use crate::engine::{Connection, Param, Result, params};

/// What of a user is made of its values.
struct Made {
    custom: Option<String>,
    name: String,
    sign_in: String,
}

impl Made {
    fn of(user: &User<'_>, fields: &Fields) -> Self {
        let value = |field| user.value(field);
        let own = fields.all().iter().filter(|field| standard_column(field.number).is_none());
        let custom = values_json(own.map(|field| (field.number, value(field.number))));
        Self { custom, name: name_key(value), sign_in: sign_in_key(value) }
    }
}

/// Inserts users, and their creations into what the history is going to get. Claims are the caller's.
///
/// # Errors
/// [`crate::Error::Taken`] when there is a user of one of the numbers.
pub(crate) fn insert_users(
    transaction: &mut Connection,
    account: AccountId,
    users: &Users,
    (history, revision): (&mut NewHistory, i64),
) -> Result<()> {
    /// Users that are inserted together.
    const TOGETHER: usize = 2_000;
    const WIDTH: usize = 7 + standard::COUNT;
    let fields = users.fields();
    let into = format!(
        "users (account, id, revision, withdrawn, custom, name_key, sign_in_key, {})",
        STANDARD_COLUMNS.join(", ")
    );
    let all: Vec<User<'_>> = users.iter().collect();
    for some in all.chunks(TOGETHER) {
        let made: Vec<Made> = some.iter().map(|user| Made::of(user, fields)).collect();
        let mut values: Vec<Param<'_>> = Vec::with_capacity(some.len() * WIDTH);
        for (user, made) in some.iter().zip(&made) {
            let (number, Made { custom, name, sign_in }) = (user.id().number() as i64, made);
            values.extend_from_slice(params![account.0, number, revision, 0_i64, custom, name, sign_in]);
            values.extend(
                (1..=standard::COUNT as u32).map(|field| Param::MaybeText(user.value(FieldNumber(field)))),
            );
        }
        transaction.insert_all(&into, WIDTH, "", &values)?;
        for user in some {
            let all = fields.all().iter().map(|field| (field.number, user.value(field.number)));
            let all = values_json(all).unwrap_or_else(|| "{}".to_owned());
            let creation = Change { field: standard::USER, before: None, after: Some(&all) };
            history.push(transaction, (account, user.id(), revision), &creation)?;
        }
    }
    Ok(())
}

/// Takes users out or brings them back. False when one is already so, or is not there.
pub(crate) fn set_withdrawn(
    transaction: &mut Connection,
    account: AccountId,
    users: &[UserId],
    withdrawn: bool,
    revision: i64,
) -> Result<bool> {
    let numbers: Vec<Param<'_>> = users.iter().map(|user| Param::Integer(user.number() as i64)).collect();
    let changed = transaction.execute_rows(
        "UPDATE users SET withdrawn = ?2, revision = ?3 {FROM rows} WHERE account = ?1 AND id = ?4 AND withdrawn <> ?2",
        params![account.0, withdrawn, revision],
        1,
        &numbers,
    )?;
    Ok(changed == users.len() as u64)
}

/// Which columns of a row are made of several values and have to follow a change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Kept {
    name: bool,
    sign_in: bool,
    custom: bool,
}

impl Kept {
    pub(crate) fn of(changes: &[Change<'_>]) -> Self {
        let any = |fields: &[FieldNumber]| changes.iter().any(|change| fields.contains(&change.field));
        Self {
            name: any(&[standard::FIRST_NAME, standard::LAST_NAME]),
            sign_in: any(&[standard::EMAIL, standard::USERNAME]),
            custom: changes.iter().any(|change| standard_column(change.field).is_none()),
        }
    }

    /// Whether the rest of the user has to be known.
    pub(crate) fn any(self) -> bool {
        self.name || self.sign_in || self.custom
    }

    /// Each with its column and its bit beside those of standard columns.
    fn columns(self) -> impl Iterator<Item = (&'static str, u32)> {
        let all =
            [(self.name, "name_key", 20), (self.sign_in, "sign_in_key", 21), (self.custom, "custom", 22)];
        all.into_iter().filter(|(follows, ..)| *follows).map(|(_, column, bit)| (column, bit))
    }
}

/// What changes of one user.
pub(crate) struct Update<'u> {
    pub(crate) user: UserId,
    pub(crate) changes: &'u [Change<'u>],
    /// The user as it is, which is needed when [`Kept::any`].
    pub(crate) current: Option<User<'u>>,
}

impl Update<'_> {
    fn value(&self, field: FieldNumber) -> Option<&str> {
        match self.changes.iter().find(|change| change.field == field) {
            Some(change) => change.after,
            None => self.current.and_then(|current| current.value(field)),
        }
    }

    /// The texts of the columns that follow, in the order of [`Kept::columns`]; of those of others that do not follow here, none.
    fn followed(&self, kept: Kept, fields: &Fields) -> Vec<Option<String>> {
        let (here, value) = (Kept::of(self.changes), |field| self.value(field));
        let own = || fields.all().iter().filter(|field| standard_column(field.number).is_none());
        let text = |(column, _)| match column {
            "name_key" => here.name.then(|| name_key(value)),
            "sign_in_key" => here.sign_in.then(|| sign_in_key(value)),
            _ if here.custom => values_json(own().map(|field| (field.number, value(field.number)))),
            _ => None,
        };
        kept.columns().map(text).collect()
    }
}

/// The columns that change: the standard ones, as bits by the numbers of their fields, and those that follow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Columns {
    standard: u32,
    kept: Kept,
}

impl Columns {
    fn of(changes: &[Change<'_>]) -> Self {
        let standard = changes.iter().filter(|change| standard_column(change.field).is_some());
        Self {
            standard: standard.fold(0, |bits, change| bits | 1 << change.field.0),
            kept: Kept::of(changes),
        }
    }

    fn and(self, other: Self) -> Self {
        let (one, another) = (self.kept, other.kept);
        let kept = Kept {
            name: one.name || another.name,
            sign_in: one.sign_in || another.sign_in,
            custom: one.custom || another.custom,
        };
        Self { standard: self.standard | other.standard, kept }
    }

    fn fields(self) -> impl Iterator<Item = FieldNumber> {
        (1..=standard::COUNT as u32).filter(move |number| self.standard & 1 << number != 0).map(FieldNumber)
    }

    /// All of them as bits.
    fn marks(self) -> i64 {
        i64::from(self.kept.columns().fold(self.standard, |bits, (_, bit)| bits | 1 << bit))
    }
}

/// The statements of updates, one for each set of columns that change. Only what a statement names tells them apart: an account's own
/// fields are one column, and rows of a file may change them in as many ways as there are rows.
#[derive(Default)]
pub(crate) struct UpdateStatements(HashMap<(Columns, bool), String>);

impl UpdateStatements {
    /// Updates of some users the columns that change, and only while they hold the values that are replaced. False when those of one hold
    /// others, or there is no such user.
    pub(crate) fn update_all(
        &mut self,
        transaction: &mut Connection,
        of: (AccountId, i64),
        fields: &Fields,
        updates: &[Update<'_>],
    ) -> Result<bool> {
        /// So many sets of columns have a statement each; of more, one statement is told which columns are meant, where statements are dear.
        const SETS: usize = 4;
        let mut sets: BTreeMap<Columns, Vec<&Update<'_>>> = BTreeMap::new();
        for update in updates {
            sets.entry(Columns::of(update.changes)).or_default().push(update);
        }
        if sets.len() > SETS && !transaction.is_sqlite() {
            let all = sets.keys().fold(Columns::default(), |all, columns| all.and(*columns));
            let updates: Vec<&Update<'_>> = updates.iter().collect();
            return self.update_some(transaction, of, fields, (all, true), &updates);
        }
        for (columns, updates) in sets {
            if !self.update_some(transaction, of, fields, (columns, false), &updates)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Updates users of which all these columns change, or those that are marked.
    fn update_some(
        &mut self,
        transaction: &mut Connection,
        (account, revision): (AccountId, i64),
        fields: &Fields,
        (columns, marked): (Columns, bool),
        updates: &[&Update<'_>],
    ) -> Result<bool> {
        let followed: Vec<_> = updates.iter().map(|update| update.followed(columns.kept, fields)).collect();
        let mut values: Vec<Param<'_>> = Vec::new();
        for (update, followed) in updates.iter().zip(&followed) {
            values.push(Param::Integer(update.user.number() as i64));
            values.extend(marked.then(|| Param::Integer(Columns::of(update.changes).marks())));
            values.extend(followed.iter().map(Param::from));
            for field in columns.fields() {
                let change = update.changes.iter().find(|change| change.field == field);
                values.push(change.and_then(|change| change.after).into());
                values.push(change.and_then(|change| change.before).into());
            }
        }
        let width = values.len() / updates.len().max(1);
        let sql = self.statement(columns, marked);
        let changed = transaction.execute_rows(sql, params![account.0, revision], width, &values)?;
        Ok(changed == updates.len() as u64)
    }

    fn statement(&mut self, columns: Columns, marked: bool) -> &str {
        /// More sets are rarely come back to soon.
        const MOST: usize = 1_024;
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.entry((columns, marked)).or_insert_with(|| update_statement(columns, marked))
    }
}

/// The statement for one set of columns. Its parameters: account, revision; then of each row the user, the marks of the columns that change if
/// not all do, the kept columns, and for each standard field the value after and the value before.
fn update_statement(columns: Columns, marked: bool) -> String {
    let (mut set, mut only) = ("revision = ?2".to_owned(), String::new());
    let mut next = if marked { 5 } else { 4 };
    let becomes = |column: &str, bit: u32, number: usize| match marked {
        true => format!(", {column} = CASE WHEN ?4 & {} <> 0 THEN ?{number} ELSE {column} END", 1 << bit),
        false => format!(", {column} = ?{number}"),
    };
    for (column, bit) in columns.kept.columns() {
        set.push_str(&becomes(column, bit, next));
        next += 1;
    }
    for field in columns.fields() {
        let Some(column) = standard_column(field) else { continue };
        set.push_str(&becomes(column, field.0, next));
        let holds = format!("{column} IS NOT DISTINCT FROM ?{}", next + 1);
        only.push_str(&match marked {
            true => format!(" AND (?4 & {} = 0 OR {holds})", 1 << field.0),
            false => format!(" AND {holds}"),
        });
        next += 2;
    }
    format!(
        "UPDATE users SET {set} {{FROM rows}} WHERE account = ?1 AND id = ?3{{near id}} AND withdrawn = 0{only}"
    )
}

fn folded(value: Option<&str>) -> String {
    Claim::fold(Kind::Text, value.unwrap_or(""))
}

/// Last and first name, folded, for sorting and searching.
pub(crate) fn name_key<'v>(value: impl Fn(FieldNumber) -> Option<&'v str>) -> String {
    references::name_key(
        value(standard::LAST_NAME).unwrap_or_default(),
        value(standard::FIRST_NAME).unwrap_or_default(),
    )
}

/// Email, or username where there is none, folded, for sorting and searching.
pub(crate) fn sign_in_key<'v>(value: impl Fn(FieldNumber) -> Option<&'v str>) -> String {
    folded(value(standard::EMAIL).or_else(|| value(standard::USERNAME)))
}
