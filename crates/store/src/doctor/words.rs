//! The words that rows say: each has to mean something to this program. What a newer one wrote, or was damaged, is shown as what can't be read or
//! left out of lists, and is named here.

use super::finding::{Ailment, Finding};
use super::laws::{Of, named};
use crate::Role;
use crate::engine::{Connection, Result, params};
use crate::import::{Complete, ImportKind, Stage};
use crate::work::mails::MailKind;
use crate::work::news::NewsKind;
use crate::work::tickets::TicketState;

/// A table, its column of words, the number by which its rows are named, what that is of, and whether a word means something.
type Words = (&'static str, &'static str, &'static str, Of, fn(&str) -> bool);

const WORDS: &[Words] = &[
    ("import", "kind", "id", Of::Import, |word| ImportKind::of_word(word).is_some()),
    ("import", "complete", "id", Of::Import, |word| Complete::of_word(word).is_some()),
    ("import", "stage", "id", Of::Import, |word| Stage::of_word(word).is_some()),
    ("ticket", "state", "number", Of::Other, |word| TicketState::of_word(word).is_some()),
    ("news", "kind", "number", Of::Other, |word| NewsKind::of_word(word).is_some()),
    ("mail", "kind", "number", Of::Other, |word| MailKind::of_word(word).is_some()),
    ("role", "role", "administrator", Of::Other, |word| Role::of_word(word).is_some()),
    ("token", "role", "created_at", Of::Other, |word| Role::of_word(word).is_some()),
    ("field", "kind", "number", Of::Other, |word| directory::Kind::of_word(word).is_some()),
];

pub(super) fn examine(connection: &mut Connection, findings: &mut Vec<Finding>) -> Result<()> {
    for (table, column, number, of, is_known) in WORDS {
        let sql = format!(
            "SELECT COALESCE((SELECT a.slug FROM account a WHERE a.id = t.account), ''), t.word, t.rows_of_it, t.first
             FROM (SELECT account, {column} AS word, COUNT(*) AS rows_of_it, MIN({number}) AS first FROM {table}
                   GROUP BY account, {column}) t ORDER BY t.account, t.word"
        );
        let said = connection.all(&sql, params![], |row| {
            Ok((row.string(0)?, row.string(1)?, row.integer(2)?, row.integer(3)?))
        })?;
        for (slug, word, rows, first) in said.iter().filter(|(_, word, ..)| !is_known(word)) {
            let first = format!("{table} {}: {column} {word}", named(*of, *first)?);
            findings.push(Finding::new(Ailment::Unread, slug, *rows, first));
        }
    }
    Ok(())
}
