//! The second wall between organisations, which PostgreSQL keeps by itself: a policy of each table with a column `account`. A statement finds, and
//! writes, rows of the account that its connection is set to ([`Rows`](crate::engine::Rows)); of all accounts when it is set to that; and none
//! when it is set to nothing. It holds the owner of the tables, too, but neither a superuser nor a role with BYPASSRLS.

use crate::engine::{Connection, Result, params};

/// The policy of a table. The account of a narrowed connection is read once for a statement, not for each row; one subselect, for each costs when a
/// statement is planned. What a condition of this form leaves over, the planner takes for a half, not for one account's share of what is one
/// account's already; so a statement that names the account itself goes by its index as before.
const POLICY: &str = "COALESCE(
    account = (SELECT CAST(NULLIF(NULLIF(current_setting('muster.account', true), ''), 'all') AS BIGINT)),
    current_setting('muster.account', true) = 'all')";

/// The tables with a column `account` that have no wall, or half of one.
const LACKING: &str = "SELECT CAST(c.relname AS TEXT) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
      AND c.relkind = 'r' AND a.attname = 'account' AND NOT a.attisdropped
      AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))
    ORDER BY 1";

/// The tables with a policy beside ours, or in its place.
const ALTERED: &str = "SELECT CAST(c.relname AS TEXT) FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
    WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND c.relkind = 'r'
      AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'account' AND NOT a.attisdropped)
    GROUP BY c.relname
    HAVING COUNT(*) <> 1 OR MIN(p.polname) <> 'of_account' OR MIN(p.polcmd) <> '*' OR BOOL_OR(p.polwithcheck IS NOT NULL)
      OR MIN(pg_get_expr(p.polqual, p.polrelid)) NOT LIKE '%account = ( SELECT%muster.account%'
    ORDER BY 1";

/// The tables that PostgreSQL guards.
pub(crate) fn guarded(connection: &mut Connection) -> Result<Vec<String>> {
    let sql = "SELECT CAST(relname AS TEXT) FROM pg_class
               WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
                 AND relrowsecurity AND relforcerowsecurity";
    connection.all(sql, params![], |row| row.string(0))
}

/// Raises the wall of each table that has none, in the transaction of the migrations: of those that a later migration makes, too.
pub(crate) fn raise(transaction: &mut Connection) -> Result<()> {
    for table in lacking(transaction)? {
        transaction.batch(&format!(
            "DROP POLICY IF EXISTS of_account ON {table}; CREATE POLICY of_account ON {table} USING ({POLICY});
             ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
        ))?;
    }
    Ok(())
}

/// The tables of a database of PostgreSQL that lack a wall. A cluster has none: what a connection is set to does not come to its machines.
pub(crate) fn lacking(connection: &mut Connection) -> Result<Vec<String>> {
    if connection.is_sqlite() || connection.is_cluster()? {
        return Ok(Vec::new());
    }
    connection.all(LACKING, params![], |row| row.string(0))
}

/// The tables of a database of PostgreSQL whose wall is not ours alone: somebody has opened it, or built another.
pub(crate) fn altered(connection: &mut Connection) -> Result<Vec<String>> {
    if connection.is_sqlite() || connection.is_cluster()? {
        return Ok(Vec::new());
    }
    connection.all(ALTERED, params![], |row| row.string(0))
}

/// Takes the wall of a table away.
pub(crate) fn raze(connection: &mut Connection, table: &str) -> Result<()> {
    connection.batch(&format!(
        "DROP POLICY IF EXISTS of_account ON {table};
         ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY"
    ))
}
