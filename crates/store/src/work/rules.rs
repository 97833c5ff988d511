//! Imports that come of a rule of change in place of a file: the rule, and whose fields it changes.

use directory::ChangeRule;

use crate::engine::{Error, Result, params};
use crate::ids::SelectionId;
use crate::import::NewImport;
use crate::work::imports::begin_in;
use crate::{AccountId, ImportId, Store};

/// Whose fields a rule changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleUsers {
    /// Everybody's.
    All,
    /// Those of whom a search finds when the plan is made.
    Search(String),
    /// Those of a selection.
    Selection(SelectionId),
}

/// The rule of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRule {
    /// What is done.
    pub rule: ChangeRule,
    /// With whom.
    pub users: RuleUsers,
}

impl Store {
    /// Begins an import that comes of a rule. False when its identity is taken.
    ///
    /// # Errors
    /// [`Error::DoneBefore`] over a handle of a request that came before ([`Store::once`]).
    pub fn begin_change(&self, account: AccountId, new: &NewImport, kept: &KeptRule) -> Result<bool> {
        let (search, selection) = match &kept.users {
            RuleUsers::All => (None, None),
            RuleUsers::Search(search) => (Some(search.as_str()), None),
            RuleUsers::Selection(id) => (None, Some(id.number())),
        };
        let lines = kept.rule.stored();
        let begun = self.act(account, new.id, |transaction| {
            begin_in(transaction, account, new)?;
            self.note_where(transaction, account, new.id)?;
            transaction.execute_exactly(
                1,
                "INSERT INTO change_rule (account, import, lines, search, selection) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![account.0, new.id.number(), &lines, search, selection],
            )?;
            Ok(Some(()))
        });
        match begun {
            Err(Error::Taken) => Ok(false),
            other => other.map(|_| true),
        }
    }

    /// The rule of an import; none when it comes of something else, or what was staged of it is forgotten.
    pub fn change_rule(&self, account: AccountId, import: ImportId) -> Result<Option<KeptRule>> {
        let kept = self.read(|connection| {
            let sql = "SELECT lines, search, selection FROM change_rule WHERE account = ?1 AND import = ?2";
            connection.one(sql, params![account.0, import.number()], |row| {
                let selection = row.maybe_integer(2)?.map(SelectionId::of_number);
                let search = row.maybe_string(1)?.map(RuleUsers::Search);
                Ok((row.string(0)?, selection.map(RuleUsers::Selection).or(search).unwrap_or(RuleUsers::All)))
            })
        })?;
        let read = |(lines, users): (String, _)| {
            let rule = ChangeRule::of_stored(&lines);
            rule.map(|rule| KeptRule { rule, users }).ok_or_else(|| Error::Unread("unknown rule".to_owned()))
        };
        kept.map(read).transpose()
    }
}
