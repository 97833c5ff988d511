//! What has to hold between rows, each as the statement that finds the rows for which it does not: the slug of their account, how many
//! there are, and the number of the first. None asks within a row of a table that a cluster has everywhere for rows of one that it has spread: it
//! refuses that.

use super::finding::{Ailment, Finding};
use crate::engine::{Connection, Param, Result, params};
use crate::ids::user_id;
use crate::work::forget::TABLES;
use crate::{ImportId, Time};

/// What a number is of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of {
    User,
    Import,
    Other,
}

/// The slug of an account whose number is in this column; empty when there is none.
macro_rules! slug_of {
    ($column:literal) => {
        concat!("COALESCE((SELECT a.slug FROM account a WHERE a.id = ", $column, "), '')")
    };
}

/// The law of a table of claims. A cluster places some by their keys and users by their accounts: it joins users as a table of their own, and
/// would refuse to look for each.
macro_rules! claims_of_nobody {
    ($table:literal) => {
        concat!(
            "SELECT ",
            slug_of!("k.account"),
            ", COUNT(*), MIN(k.user_id) FROM ",
            $table,
            " k LEFT JOIN (SELECT account, id FROM users WHERE withdrawn = 0) u ON u.account = k.account AND u.id = k.user_id
             WHERE u.id IS NULL GROUP BY k.account"
        )
    };
}

/// A law: what it is broken by, the number that its statement tells, and the statement. `?1` is a time from which on leases are void.
const LAWS: &[(Ailment, Of, &str)] = &[
    (
        Ailment::Counted,
        Of::Other,
        "SELECT a.slug, ABS(a.users - COALESCE(c.counted, 0)), COALESCE(c.counted, 0) FROM account a
         LEFT JOIN (SELECT account, COUNT(*) AS counted FROM users WHERE withdrawn = 0 GROUP BY account) c ON c.account = a.id
         WHERE a.users <> COALESCE(c.counted, 0)",
    ),
    (
        Ailment::NoAccount,
        Of::User,
        "SELECT '', COUNT(*), MIN(u.id) FROM users u WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = u.account)",
    ),
    (
        Ailment::NoAccount,
        Of::Other,
        "SELECT '', COUNT(*), MIN(n) FROM (SELECT account, number AS n FROM field UNION ALL SELECT account, administrator FROM role
             UNION ALL SELECT account, 0 FROM token UNION ALL SELECT account, number FROM ticket UNION ALL SELECT account, revision FROM revision) t
         WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = t.account)",
    ),
    (
        Ailment::NoAdministrator,
        Of::Other,
        // The link of a first start is nobody's: there is no administrator as yet.
        "SELECT '', COUNT(*), MIN(n) FROM (SELECT administrator AS n FROM role UNION ALL SELECT administrator FROM session
             UNION ALL SELECT administrator FROM one_time_link WHERE administrator <> 0) t
         WHERE NOT EXISTS (SELECT 1 FROM administrator a WHERE a.id = t.n)",
    ),
    (Ailment::ClaimOfNobody, Of::User, claims_of_nobody!("login_key")),
    (Ailment::ClaimOfNobody, Of::User, claims_of_nobody!("unique_key")),
    (
        Ailment::Revisions,
        Of::Other,
        "SELECT a.slug, ABS(a.revision - COALESCE(c.kept, 0)), COALESCE(c.kept, 0) FROM account a
         LEFT JOIN (SELECT account, COUNT(*) AS kept FROM revision WHERE revision > 0 GROUP BY account) c ON c.account = a.id
         WHERE a.revision <> COALESCE(c.kept, 0)",
    ),
    (
        Ailment::Revisions,
        Of::Other,
        concat!(
            "SELECT ",
            slug_of!("r.account"),
            ", COUNT(*), MAX(r.revision) FROM revision r
             WHERE r.revision > (SELECT a.revision FROM account a WHERE a.id = r.account) GROUP BY r.account"
        ),
    ),
    (
        Ailment::Revisions,
        Of::User,
        "SELECT a.slug, COUNT(*), MIN(u.id) FROM users u JOIN account a ON a.id = u.account WHERE u.revision > a.revision GROUP BY a.slug",
    ),
    (
        Ailment::HistoryOfNothing,
        Of::User,
        concat!(
            "SELECT ",
            slug_of!("h.account"),
            ", COUNT(*), MIN(h.user_id) FROM history h
             WHERE NOT EXISTS (SELECT 1 FROM revision r WHERE r.account = h.account AND r.revision = h.revision)
                OR NOT EXISTS (SELECT 1 FROM users u WHERE u.account = h.account AND u.id = h.user_id)
             GROUP BY h.account"
        ),
    ),
    (Ailment::Numbers, Of::User, "SELECT '', COUNT(*), MAX(u.id) FROM users u WHERE u.id >= (SELECT next_user FROM deployment)"),
    (
        Ailment::Numbers,
        Of::Other,
        "SELECT '', COUNT(*), MAX(n) FROM
             (SELECT ABS(id) AS n FROM account WHERE ABS(id) >= (SELECT next_account FROM deployment)
              UNION ALL SELECT id FROM administrator WHERE id >= (SELECT next_administrator FROM deployment)) t",
    ),
    (
        Ailment::Numbers,
        Of::Other,
        concat!(
            "SELECT ",
            slug_of!("f.account"),
            ", COUNT(*), MAX(f.number) FROM field f
             WHERE f.number >= (SELECT a.next_field FROM account a WHERE a.id = f.account) GROUP BY f.account"
        ),
    ),
    (
        Ailment::Lease,
        Of::Import,
        concat!("SELECT ", slug_of!("i.account"), ", COUNT(*), MIN(i.id) FROM import i WHERE i.lease_until > ?1 GROUP BY i.account"),
    ),
    (
        Ailment::Applying,
        Of::Import,
        concat!(
            "SELECT ",
            slug_of!("p.account"),
            ", CAST(1 AS BIGINT), p.import FROM applying p
             WHERE NOT EXISTS (SELECT 1 FROM import i WHERE i.account = p.account AND i.id = p.import)"
        ),
    ),
    (
        Ailment::Proof,
        Of::Import,
        concat!(
            "SELECT ",
            slug_of!("i.account"),
            ", COUNT(*), MIN(i.id) FROM import i WHERE (i.state = 'done' AND i.applied IS NOT NULL AND NOT EXISTS
                 (SELECT 1 FROM revision r WHERE r.account = i.account AND r.revision = i.applied))
                OR (i.state IN ('matching', 'review', 'failed', 'cancelled') AND EXISTS
                 (SELECT 1 FROM revision r WHERE r.account = i.account AND r.import = i.id))
                OR (i.state <> 'done' AND i.applied IS NOT NULL)
             GROUP BY i.account"
        ),
    ),
    (
        Ailment::State,
        Of::Import,
        concat!(
            "SELECT ",
            slug_of!("i.account"),
            ", COUNT(*), MIN(i.id) FROM import i
             WHERE i.state NOT IN ('reading', 'matching', 'review', 'applying', 'done', 'failed', 'cancelled') GROUP BY i.account"
        ),
    ),
    (
        Ailment::Upload,
        Of::Import,
        // What is made of a table that Muster did not write takes the place of what came, and has another size.
        concat!(
            "SELECT ",
            slug_of!("s.account"),
            ", COUNT(*), MIN(s.import) FROM upload_size s LEFT JOIN
                 (SELECT account, import, file, SUM(LENGTH(bytes)) AS kept FROM upload GROUP BY account, import, file) p
                 ON p.account = s.account AND p.import = s.import AND p.file = s.file
             WHERE s.bytes <> COALESCE(p.kept, 0)
               AND (s.file <> 1 OR NOT EXISTS (SELECT 1 FROM foreign_table f WHERE f.account = s.account AND f.import = s.import))
             GROUP BY s.account"
        ),
    ),
    (
        Ailment::Upload,
        Of::Import,
        concat!(
            "SELECT ",
            slug_of!("p.account"),
            ", COUNT(*), MIN(p.import) FROM
                 (SELECT account, import FROM upload GROUP BY account, import, file HAVING COUNT(*) <> MAX(part) + 1) p
             GROUP BY p.account"
        ),
    ),
    (
        Ailment::Upload,
        Of::Import,
        concat!(
            "SELECT ",
            slug_of!("i.account"),
            ", COUNT(*), MIN(i.id) FROM import i
             WHERE i.state IN ('reading', 'matching', 'review') AND i.kind = 'file'
               AND NOT EXISTS (SELECT 1 FROM upload p WHERE p.account = i.account AND p.import = i.id)
             GROUP BY i.account"
        ),
    ),
];

/// A lease that lasts longer than this is longer than any, in milliseconds.
pub(super) const LONGEST_LEASE: i64 = 90_000;
/// An upload that is younger may still become an import, in milliseconds.
const UPLOADING: i64 = 24 * 60 * 60 * 1_000;

/// Rows of this table that belong to no import; those of uploads only when they are old.
pub(super) fn orphans(table: &str) -> String {
    let young = if table == "upload" { "import < ?1" } else { "CAST(?1 AS BIGINT) IS NOT NULL" };
    format!(
        "FROM {table} WHERE {young} AND NOT EXISTS
             (SELECT 1 FROM import i WHERE i.account = {table}.account AND i.id = {table}.import)"
    )
}

/// The number below which an upload is old.
pub(super) fn old_upload(now: Time) -> i64 {
    ImportId::new(now.plus(-UPLOADING), 0).number()
}

pub(super) fn examine(connection: &mut Connection, now: Time, findings: &mut Vec<Finding>) -> Result<()> {
    let void = now.plus(LONGEST_LEASE).0;
    for (ailment, of, sql) in LAWS {
        let params: &[Param<'_>] = if sql.contains("?1") { params![void] } else { &[] };
        let found = connection.all(sql, params, |row| {
            let first = row.maybe_integer(2)?.unwrap_or_default();
            Ok((row.string(0)?, row.integer(1)?, named(*of, first)?))
        })?;
        let broken = found.into_iter().filter(|(_, count, _)| *count > 0);
        findings.extend(broken.map(|(slug, count, first)| Finding::new(*ailment, &slug, count, first)));
    }
    for table in TABLES {
        let sql = format!("SELECT COUNT(*), MIN(import) {}", orphans(table));
        let found = connection.one(&sql, params![old_upload(now)], |row| {
            Ok((row.integer(0)?, ImportId::of_number(row.maybe_integer(1)?.unwrap_or_default())))
        })?;
        if let Some((count, first)) = found.filter(|(count, _)| *count > 0) {
            findings.push(Finding::new(Ailment::Orphans, "", count, format!("{table} {first}")));
        }
    }
    examine_search(connection, findings)
}

/// The index of a search says how far it has followed the history.
fn examine_search(connection: &mut Connection, findings: &mut Vec<Finding>) -> Result<()> {
    let sql = "SELECT COALESCE(a.slug, ''), p.revision FROM users_text_2_place p LEFT JOIN account a ON a.id = p.account
               WHERE a.id IS NULL OR p.revision > a.revision";
    let found = connection.all(sql, params![], |row| Ok((row.string(0)?, row.integer(1)?)))?;
    findings.extend(
        found
            .into_iter()
            .map(|(slug, revision)| Finding::new(Ailment::Search, &slug, 1, revision.to_string())),
    );
    Ok(())
}

pub(super) fn named(of: Of, number: i64) -> Result<String> {
    Ok(match of {
        Of::User => user_id(number).map_or_else(|_| number.to_string(), |id| id.to_string()),
        Of::Import => ImportId::of_number(number).to_string(),
        Of::Other => number.to_string(),
    })
}
