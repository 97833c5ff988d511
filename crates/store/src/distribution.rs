//! Where the rows of each table are when the database is a cluster of Citus: those of one organisation together on one machine, small tables on
//! every machine. Which is which follows from the tables themselves, so that one that a later migration makes is found.

use crate::engine::{Connection, Result, params};
use crate::store::Store;
use crate::tables::{Table, tables};
use crate::wall::{guarded, raze};

/// Where the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placing {
    /// On the machine of their organisation, beside all else of it.
    ByAccount,
    /// On the machine of their key: of what only one user of the whole deployment may have, and of what waits for workers.
    ByKey,
    /// On every machine.
    Everywhere,
    /// On the machine that is asked, as in a database without the extension.
    Here,
    /// By another column, or beside other tables than ours: not by Muster.
    Otherwise,
}

/// A table, where its rows are, and where they are to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Its name.
    pub table: String,
    /// Where its rows are.
    pub found: Placing,
    /// Where they are to be.
    pub wanted: Placing,
    /// Whether row-level security guards them: of a table with rows of organisations, until it is placed.
    pub guarded: bool,
}

impl Placing {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::ByAccount => "by_account",
            Self::ByKey => "by_key",
            Self::Everywhere => "everywhere",
            Self::Here => "here",
            Self::Otherwise => "otherwise",
        }
    }
}

/// The table beside which those of an organisation are.
const FIRST: &str = "users";
/// What is found by a key, whoever's it is.
const KEYED: [&str; 2] = ["login_key", "waiting"];
/// What is of organisations, and is asked for by who somebody is, or for all organisations at once. Few rows each.
const ASKED_ACROSS: [&str; 9] =
    ["mail", "news", "preference", "role", "ticket", "ticket_cell", "ticket_value", "ticket_word", "token"];

/// Where the rows of a table are to be.
fn wanted(table: &Table) -> Placing {
    let has_key = table.columns.iter().any(|column| column.key > 0);
    let by_account =
        |column: &crate::tables::Column| column.name == "account" && (column.key > 0 || !has_key);
    if KEYED.contains(&table.name.as_str()) {
        Placing::ByKey
    } else if !ASKED_ACROSS.contains(&table.name.as_str()) && table.columns.iter().any(by_account) {
        Placing::ByAccount
    } else {
        Placing::Everywhere
    }
}

/// Where the rows of each table are to be, whatever the database.
///
/// # Errors
/// When there is no memory for a database that is made to be looked at.
pub fn placings() -> Result<Vec<(String, Placing)>> {
    Ok(tables()?.into_iter().map(|table| (table.name.clone(), wanted(&table))).collect())
}

impl Store {
    /// Where the rows of each table are, and where they are to be, the first to be placed first. None of SQLite.
    ///
    /// # Errors
    /// When the database can't be asked.
    pub fn placements(&self) -> Result<Option<Vec<Placement>>> {
        if self.directory_file().is_some() {
            return Ok(None);
        }
        let mut placements = Vec::new();
        self.read(|connection| {
            let (found, guarded) = (found(connection)?, guarded(connection)?);
            for table in tables()? {
                let of_table = found.iter().find(|(name, _)| *name == table.name);
                let place = of_table.map_or(Placing::Here, |(_, placing)| *placing);
                let guarded = guarded.contains(&table.name);
                placements.push(Placement {
                    found: place,
                    wanted: wanted(&table),
                    table: table.name,
                    guarded,
                });
            }
            Ok(())
        })?;
        placements
            .sort_by_key(|placement| (placement.table != FIRST, placement.wanted == Placing::Everywhere));
        Ok(Some(placements))
    }

    /// Whether the database has the extension.
    ///
    /// # Errors
    /// When the database can't be asked.
    pub fn can_distribute(&self) -> Result<bool> {
        if self.directory_file().is_some() {
            return Ok(false);
        }
        self.read(has_extension)
    }

    /// Places the rows of one table where they are to be; those that are there are moved. What was placed before stays so when this is killed.
    /// Its wall is taken away first: what a connection is set to does not come to the machines of a cluster.
    ///
    /// # Errors
    /// When the extension refuses it.
    pub fn place(&self, placement: &Placement) -> Result<()> {
        let Placement { table, found, wanted, .. } = placement;
        if found == wanted {
            return Ok(());
        }
        let mut connection = self.connect()?;
        raze(&mut connection, table)?;
        if *found != Placing::Here {
            ask(&mut connection, &format!("undistribute_table('{table}')"))?;
        }
        match wanted {
            Placing::ByAccount if table == FIRST => {
                ask(
                    &mut connection,
                    &format!("create_distributed_table('{table}', 'account', colocate_with => 'none')"),
                )?;
            }
            Placing::ByAccount => {
                ask(
                    &mut connection,
                    &format!("create_distributed_table('{table}', 'account', colocate_with => '{FIRST}')"),
                )?;
            }
            Placing::ByKey => {
                ask(
                    &mut connection,
                    &format!("create_distributed_table('{table}', 'key', colocate_with => 'none')"),
                )?;
            }
            Placing::Everywhere => ask(&mut connection, &format!("create_reference_table('{table}')"))?,
            Placing::Here | Placing::Otherwise => return Ok(()),
        }
        // The rows that were here are copied, and stay behind unseen.
        ask(&mut connection, &format!("truncate_local_data_after_distributing_table('{table}')"))
    }
}

fn ask(connection: &mut Connection, call: &str) -> Result<()> {
    connection.batch(&format!("SELECT {call}"))
}

fn has_extension(connection: &mut Connection) -> Result<bool> {
    let sql = "SELECT CAST(1 AS BIGINT) FROM pg_extension WHERE extname = 'citus'";
    Ok(connection.one(sql, params![], |_| Ok(()))?.is_some())
}

/// The tables of ours that the extension knows.
fn found(connection: &mut Connection) -> Result<Vec<(String, Placing)>> {
    if !has_extension(connection)? {
        return Ok(Vec::new());
    }
    let sql = "SELECT c.relname::text, t.citus_table_type, t.distribution_column,
                      CAST(CASE WHEN t.colocation_id = (SELECT u.colocation_id FROM citus_tables u WHERE u.table_name = to_regclass('users'))
                                THEN 1 ELSE 0 END AS BIGINT)
               FROM citus_tables t JOIN pg_class c ON c.oid = t.table_name JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = current_schema()";
    connection.all(sql, params![], |row| {
        let placing = match (row.text(1)?, row.text(2)?, row.flag(3)?) {
            ("reference", ..) => Placing::Everywhere,
            ("distributed", "account", true) => Placing::ByAccount,
            ("distributed", "key", false) => Placing::ByKey,
            ("distributed", ..) => Placing::Otherwise,
            _ => Placing::Here,
        };
        Ok((row.string(0)?, placing))
    })
}
