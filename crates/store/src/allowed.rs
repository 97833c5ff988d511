//! How many connections PostgreSQL gives at once: by the limits of the role and of the database, and by what the server has at all.

use crate::engine::{Connection, Error, Result, params};

/// Who writes while they read have two.
const LEAST: i64 = 2;

/// The least of the limits; those of roles and databases do not hold for superusers, who have what is reserved, too.
const ALLOWED: &str = "SELECT MIN(l.most) FROM (
         SELECT CAST(r.rolconnlimit AS BIGINT) AS most FROM pg_roles r
         WHERE r.rolname = session_user AND r.rolconnlimit >= 0 AND NOT r.rolsuper
         UNION ALL SELECT CAST(d.datconnlimit AS BIGINT) FROM pg_database d JOIN pg_roles r ON r.rolname = session_user
         WHERE d.datname = current_database() AND d.datconnlimit >= 0 AND NOT r.rolsuper
         UNION ALL SELECT CAST(current_setting('max_connections') AS BIGINT) - CASE WHEN r.rolsuper THEN 0 ELSE
             CAST(current_setting('superuser_reserved_connections') AS BIGINT)
             + CAST(COALESCE(current_setting('reserved_connections', true), '0') AS BIGINT) END
         FROM pg_roles r WHERE r.rolname = session_user) l";

/// How many connections whoever asks may have at once, all processes together; none of SQLite, or where that is not the server's to say: a pool of
/// connections stands between.
pub(crate) fn allowed_of(connection: &mut Connection) -> Result<Option<i64>> {
    if connection.is_sqlite() || connection.is_lent() {
        return Ok(None);
    }
    Ok(connection.one(ALLOWED, params![], |row| row.maybe_integer(0))?.flatten())
}

/// So many of these are lent at once at the most: one is for whoever has one and needs a second, or they would wait for each other.
///
/// # Errors
/// When they are too few for anybody.
pub(crate) fn lent_of(allowed: i64) -> Result<usize> {
    if allowed < LEAST {
        return Err(Error::Failed(directory::connections_too_few(allowed)));
    }
    Ok(usize::try_from(allowed - 1).unwrap_or(usize::MAX))
}
