//! Answers to texts of files that people want offered again: "HR" becomes Human Resources, every month. They are kept by field and text,
//! and go with the definitions of the fields; nothing applies them by itself.

use std::collections::BTreeSet;

use directory::{Answers, FieldNumber, Fields};

use crate::engine::{Connection, Result, Row, params};
use crate::{AccountId, Store, Time};

/// So many answers are kept of an account; the oldest makes room for the newest.
const MOST: i64 = 2_000;

/// An answer that is kept, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The field.
    pub field: FieldNumber,
    /// The text as it stood in a file.
    pub text: String,
    /// The stored form that it becomes.
    pub value: String,
    /// Who said so.
    pub actor: String,
    /// When.
    pub at: Time,
}

impl Store {
    /// Keeps answers, each in place of what was answered to its text before.
    pub fn keep_answers(&self, account: AccountId, answers: &[KeptAnswer]) -> Result<()> {
        self.write_directory(|transaction| {
            for answer in answers {
                transaction.execute(
                    "INSERT INTO answer (account, field, folded, text, value, actor, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                     ON CONFLICT (account, field, folded) DO UPDATE SET text = excluded.text, value = excluded.value,
                         actor = excluded.actor, at = excluded.at",
                    params![
                        account.0,
                        i64::from(answer.field.0),
                        &Fields::answer_key(&answer.text),
                        &answer.text,
                        &answer.value,
                        &answer.actor,
                        answer.at.0
                    ],
                )?;
            }
            make_room(transaction, account)?;
            note_change(transaction, account)
        })
    }

    /// Forgets the answer to a text. False when there is none.
    pub fn forget_answer(&self, account: AccountId, field: FieldNumber, text: &str) -> Result<bool> {
        self.write_directory(|transaction| {
            let sql = "DELETE FROM answer WHERE account = ?1 AND field = ?2 AND folded = ?3";
            let folded = Fields::answer_key(text);
            let forgotten = transaction.execute(sql, params![account.0, i64::from(field.0), &folded])? > 0;
            note_change(transaction, account)?;
            Ok(forgotten)
        })
    }

    /// Forgets the answers whose text, or the value that it becomes, is one of these, as texts are compared.
    pub fn forget_answers_with(&self, account: AccountId, values: &[String]) -> Result<()> {
        let values: BTreeSet<String> = values.iter().map(|value| Fields::answer_key(value)).collect();
        let is_theirs = |text: &str| values.contains(&Fields::answer_key(text));
        let answers = self.answers(account)?;
        for answer in answers.iter().filter(|answer| is_theirs(&answer.text) || is_theirs(&answer.value)) {
            self.forget_answer(account, answer.field, &answer.text)?;
        }
        Ok(())
    }

    /// All answers of an account, by field and text.
    pub fn answers(&self, account: AccountId) -> Result<Vec<KeptAnswer>> {
        let sql =
            "SELECT field, text, value, actor, at FROM answer WHERE account = ?1 ORDER BY field, folded";
        self.read(|connection| connection.all(sql, params![account.0], answer_of))
    }
}

fn answer_of(row: &Row<'_>) -> Result<KeptAnswer> {
    Ok(KeptAnswer {
        field: FieldNumber(row.integer(0)? as u32),
        text: row.string(1)?,
        value: row.string(2)?,
        actor: row.string(3)?,
        at: Time(row.integer(4)?),
    })
}

/// The answers of an account, as the fields know them.
pub(crate) fn answers_in(connection: &mut Connection, account: AccountId) -> Result<Answers> {
    let sql = "SELECT field, folded, value FROM answer WHERE account = ?1";
    let answers = connection.all(sql, params![account.0], |row| {
        Ok(((FieldNumber(row.integer(0)? as u32), row.string(1)?), row.string(2)?))
    })?;
    Ok(answers.into_iter().collect())
}

fn make_room(transaction: &mut Connection, account: AccountId) -> Result<()> {
    let sql = "DELETE FROM answer WHERE account = ?1 AND (field, folded) IN
                   (SELECT field, folded FROM answer WHERE account = ?1 ORDER BY at DESC, field, folded LIMIT ?3 OFFSET ?2)";
    transaction.execute(sql, params![account.0, MOST, MOST])?;
    Ok(())
}

/// Lets every process know that what it keeps in memory is old.
fn note_change(transaction: &mut Connection, account: AccountId) -> Result<()> {
    let sql = "UPDATE account SET answers_changed = answers_changed + 1 WHERE id = ?1";
    transaction.execute_exactly(1, sql, params![account.0])
}
