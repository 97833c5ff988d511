//! Tables that Muster did not write: what people are shown of one, what they said of it, and who is not in it.

use directory::{Because, Matching, Protected, Suggestion, Target, UserId};

use crate::engine::{Connection, Result, params};
use crate::work::announced::announce;
use crate::work::plan::holds;
use crate::{AccountId, ImportId, Lease, Store};

/// A table, as far as people have to know it to say what its columns are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ForeignTable {
    /// The names of the sheets of its file.
    pub sheets: Vec<String>,
    /// The sheet that is read.
    pub sheet: String,
    /// The number of the row of the titles.
    pub heading: u32,
    /// What separates the fields of a csv; none of other formats.
    pub separator: Option<char>,
    /// The character set of a csv; none of other formats, and where the file says it.
    pub charset: Option<String>,
    /// The character sets that it may be in.
    pub charsets: Vec<String>,
    /// The name of the kept matching that fits it best, if one does.
    pub fitting: Option<String>,
    /// Its columns.
    pub columns: Vec<ForeignColumn>,
}

/// A column of such a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignColumn {
    /// Its place in the file, from 1.
    pub column: u32,
    /// Its title.
    pub title: String,
    /// Up to three of its values; none where they are nobody's business.
    pub examples: Vec<String>,
    /// What it probably is.
    pub suggestion: Option<Suggestion>,
}

/// What was said of the table of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidMatching {
    /// What its columns are.
    pub matching: Matching,
    /// By which name that is kept.
    pub name: Option<String>,
    /// Whether the file was rewritten by it.
    pub rewritten: bool,
}

fn word_of(because: Because) -> String {
    match because {
        Because::Title => "title".to_owned(),
        Because::Values => "values".to_owned(),
        Because::Remembered => "remembered".to_owned(),
        Because::Protected(kind) => format!("protected:{}", kind.word()),
    }
}

fn because_of(word: &str) -> Option<Because> {
    match word {
        "title" => Some(Because::Title),
        "values" => Some(Because::Values),
        "remembered" => Some(Because::Remembered),
        word => word.strip_prefix("protected:").and_then(Protected::of_word).map(Because::Protected),
    }
}

/// Texts without line ends, as one.
fn joined(texts: &[String]) -> String {
    let lines: Vec<String> = texts.iter().map(|text| text.replace(['\n', '\r'], " ")).collect();
    lines.join("\n")
}

fn parted(text: &str) -> Vec<String> {
    text.split('\n').filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

impl Store {
    /// Keeps what people are shown of a table, in place of what was kept before; what they said stays. False when the lease was lost.
    pub fn keep_table(&self, lease: &Lease, table: &ForeignTable) -> Result<bool> {
        let (account, import) = (lease.account.0, lease.import.number());
        self.write_work(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(false);
            }
            transaction.execute(
                "INSERT INTO foreign_table (account, import, sheets, sheet, heading, separator, charset, charsets, fitting, rewritten)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0)
                 ON CONFLICT (account, import) DO UPDATE SET sheets = excluded.sheets, sheet = excluded.sheet, heading = excluded.heading,
                     separator = excluded.separator, charset = excluded.charset, charsets = excluded.charsets, fitting = excluded.fitting",
                params![
                    account,
                    import,
                    joined(&table.sheets).as_str(),
                    table.sheet.as_str(),
                    i64::from(table.heading),
                    table.separator.map(|letter| letter.to_string()).as_deref(),
                    table.charset.as_deref(),
                    joined(&table.charsets).as_str(),
                    table.fitting.as_deref(),
                ],
            )?;
            let sql = "DELETE FROM foreign_column WHERE account = ?1 AND import = ?2";
            transaction.execute(sql, params![account, import])?;
            table.columns.iter().try_for_each(|column| keep_column(transaction, (account, import), column))?;
            Ok(true)
        })
    }

    /// What people are shown of the table of an import; none when its file is Muster's own, or nobody has looked at it yet.
    pub fn table(&self, account: AccountId, import: ImportId) -> Result<Option<ForeignTable>> {
        let of = params![account.0, import.number()];
        self.read(|connection| {
            let sql =
                "SELECT sheets, sheet, heading, separator, charset, charsets, fitting FROM foreign_table
                       WHERE account = ?1 AND import = ?2 AND heading > 0";
            let table = connection.one(sql, of, |row| {
                Ok(ForeignTable {
                    sheets: parted(row.text(0)?),
                    sheet: row.string(1)?,
                    heading: u32::try_from(row.integer(2)?).unwrap_or_default(),
                    separator: row.maybe_string(3)?.and_then(|text| text.chars().next()),
                    charset: row.maybe_string(4)?,
                    charsets: parted(row.text(5)?),
                    fitting: row.maybe_string(6)?,
                    columns: Vec::new(),
                })
            })?;
            let Some(table) = table else { return Ok(None) };
            let sql = "SELECT column_number, title, examples, target, because FROM foreign_column
                       WHERE account = ?1 AND import = ?2 ORDER BY column_number";
            let columns = connection.all(sql, of, |row| {
                let target = row.maybe_string(3)?.and_then(|word| Target::of_word(&word));
                let because = row.maybe_string(4)?.and_then(|word| because_of(&word));
                Ok(ForeignColumn {
                    column: u32::try_from(row.integer(0)?).unwrap_or_default(),
                    title: row.string(1)?,
                    examples: parted(row.text(2)?),
                    suggestion: target.zip(because).map(|(target, because)| Suggestion { target, because }),
                })
            })?;
            Ok(Some(ForeignTable { columns, ..table }))
        })
    }

    /// What was said of the table of an import; none as long as nobody has said it.
    pub fn said_matching(&self, account: AccountId, import: ImportId) -> Result<Option<SaidMatching>> {
        let said = self.read(|connection| {
            let sql =
                "SELECT matching, name, rewritten FROM foreign_table WHERE account = ?1 AND import = ?2";
            connection.one(sql, params![account.0, import.number()], |row| {
                let matching = row.maybe_string(0)?.and_then(|stored| Matching::of_stored(&stored));
                let (name, rewritten) = (row.maybe_string(1)?, row.integer(2)? != 0);
                Ok(matching.map(|matching| SaidMatching { matching, name, rewritten }))
            })
        })?;
        Ok(said.flatten())
    }

    /// Says beforehand what the columns of a table are, that is on its way in: its import does not exist yet.
    pub fn say_matching(
        &self,
        account: AccountId,
        import: ImportId,
        matching: &Matching,
        name: Option<&str>,
    ) -> Result<()> {
        self.write_work(|transaction| say(transaction, (account.0, import.number()), matching, name))
    }

    /// The worker that reads the file says what a kept matching says. False when the lease was lost.
    pub fn say_kept_matching(&self, lease: &Lease, matching: &Matching, name: &str) -> Result<bool> {
        let of = (lease.account.0, lease.import.number());
        self.write_work(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(false);
            }
            say(transaction, of, matching, Some(name))?;
            Ok(true)
        })
    }

    /// Keeps what people said of the columns, and has the file read by it. False when the import waits no longer for that.
    pub fn match_import(
        &self,
        account: AccountId,
        import: ImportId,
        matching: &Matching,
        name: Option<&str>,
    ) -> Result<bool> {
        let done = self.act(account, import, |transaction| {
            let changed = transaction.execute(
                "UPDATE import SET state = 'reading', stage = 'waiting', done = 0, total = 0, owner = NULL, lease_until = 0, deaths = 0
                 WHERE account = ?1 AND id = ?2 AND state IN ('matching', 'review')",
                params![account.0, import.number()],
            )?;
            if changed != 1 {
                return Ok(None);
            }
            announce(transaction, account)?;
            say(transaction, (account.0, import.number()), matching, name)?;
            Ok(Some(()))
        })?;
        Ok(done.is_some())
    }

    /// Has the file looked at anew, read in another way. False when the import waits no longer for that.
    pub fn read_otherwise(&self, account: AccountId, import: ImportId, matching: &Matching) -> Result<bool> {
        self.match_import(account, import, matching, None)
    }

    /// Puts the upload aside that a table came in, so that file 1 can be made of it; what was made of it before is dropped. False when the
    /// lease was lost.
    pub fn put_raw_aside(&self, lease: &Lease) -> Result<bool> {
        let of = params![lease.account.0, lease.import.number()];
        // Numbers mean other files from now on.
        self.held_uploads().let_go(lease.account, lease.import, None);
        self.write_work(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(false);
            }
            let sql = "SELECT 1 FROM upload WHERE account = ?1 AND import = ?2 AND file = 0 LIMIT 1";
            let sql = match transaction.one(sql, of, |_| Ok(()))? {
                Some(()) => "DELETE FROM upload WHERE account = ?1 AND import = ?2 AND file = 1",
                None => "UPDATE upload SET file = 0 WHERE account = ?1 AND import = ?2 AND file = 1",
            };
            transaction.execute(sql, of)?;
            Ok(true)
        })
    }

    /// Says that file 1 was made of the table. False when the lease was lost.
    pub fn rewritten(&self, lease: &Lease) -> Result<bool> {
        self.write_work(|transaction| {
            let held = holds(transaction, lease)?;
            let sql = "UPDATE foreign_table SET rewritten = 1 WHERE account = ?1 AND import = ?2";
            if held {
                transaction.execute(sql, params![lease.account.0, lease.import.number()])?;
            }
            Ok(held)
        })
    }

    /// Whether the upload that a table came in is kept beside what was made of it.
    pub fn is_raw_kept(&self, account: AccountId, import: ImportId) -> Result<bool> {
        self.read(|connection| {
            let sql = "SELECT 1 FROM upload WHERE account = ?1 AND import = ?2 AND file = 0 LIMIT 1";
            Ok(connection.one(sql, params![account.0, import.number()], |_| Ok(()))?.is_some())
        })
    }

    /// Keeps a page of the users whom a table does not name; the first one in place of all that were kept before. False when the lease was
    /// lost.
    pub fn keep_not_in_file(&self, lease: &Lease, part: i64, users: &[UserId]) -> Result<bool> {
        let of = (lease.account.0, lease.import.number());
        let numbers: Vec<String> = users.iter().map(|user| user.number().to_string()).collect();
        self.write_work_soon(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(false);
            }
            if part == 0 {
                let sql = "DELETE FROM not_in_file WHERE account = ?1 AND import = ?2";
                transaction.execute(sql, params![of.0, of.1])?;
            }
            if !numbers.is_empty() {
                let sql = "INSERT INTO not_in_file (account, import, part, users) VALUES (?1, ?2, ?3, ?4)";
                transaction.execute(sql, params![of.0, of.1, part, numbers.join(" ").as_str()])?;
            }
            Ok(true)
        })
    }

    /// A page of the active users whom the table of an import does not name, from 0; empty beyond the last.
    pub fn not_in_file(&self, account: AccountId, import: ImportId, part: i64) -> Result<Vec<UserId>> {
        let users = self.read(|connection| {
            let sql = "SELECT users FROM not_in_file WHERE account = ?1 AND import = ?2 AND part = ?3";
            connection.one(sql, params![account.0, import.number(), part], |row| row.string(0))
        })?;
        let number = |text: &str| UserId::from_number(text.parse().ok()?);
        Ok(users.iter().flat_map(|users| users.split(' ')).filter_map(number).collect())
    }
}

fn keep_column(
    transaction: &mut Connection,
    (account, import): (i64, i64),
    column: &ForeignColumn,
) -> Result<()> {
    let suggestion = column.suggestion.as_ref();
    transaction.execute(
        "INSERT INTO foreign_column (account, import, column_number, title, examples, target, because)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            account,
            import,
            i64::from(column.column),
            column.title.as_str(),
            joined(&column.examples).as_str(),
            suggestion.map(|found| found.target.word()),
            suggestion.map(|found| word_of(found.because)).as_deref(),
        ],
    )?;
    Ok(())
}

/// Keeps what is said of a table, whether people have looked at that yet or not.
fn say(
    transaction: &mut Connection,
    (account, import): (i64, i64),
    matching: &Matching,
    name: Option<&str>,
) -> Result<()> {
    transaction.execute(
        "INSERT INTO foreign_table (account, import, sheets, sheet, heading, charsets, matching, name, rewritten)
         VALUES (?1, ?2, '', '', 0, '', ?3, ?4, 0)
         ON CONFLICT (account, import) DO UPDATE SET matching = excluded.matching, name = excluded.name, rewritten = 0",
        params![account, import, matching.stored().as_str(), name],
    )?;
    Ok(())
}

/// Lets go of what a table came in, and of what was shown of it, once its review is done.
pub(crate) fn forget_raw(transaction: &mut Connection, account: AccountId, import: ImportId) -> Result<()> {
    let of = params![account.0, import.number()];
    transaction.execute("DELETE FROM upload WHERE account = ?1 AND import = ?2 AND file = 0", of)?;
    for table in ["foreign_column", "not_in_file"] {
        let sql = format!("DELETE FROM {table} WHERE account = ?1 AND import = ?2");
        transaction.execute(&sql, of)?;
    }
    Ok(())
}
