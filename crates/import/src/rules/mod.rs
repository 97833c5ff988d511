//! Rules of change: imports whose plan comes of no file, but of a rule and of those whom it is about. From the plan on they are imports
//! like any other.

pub(crate) mod plan;

use directory::{ChangeRule, RuleRefused, RuleStep};
use store::{
    AccountId, Complete, Error, ImportId, ImportKind, ImportState, KeptRule, NewImport, Result, RuleUsers,
};

use crate::Context;

/// A change of many users that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChange {
    /// What is done: keys of fields, and what becomes of each.
    pub lines: Vec<(String, RuleStep)>,
    /// With whom.
    pub users: RuleUsers,
    /// Who asks.
    pub actor: String,
    /// Whether it completes by itself.
    pub complete: Complete,
    /// Whether rows with errors are left out when it does.
    pub leave_out_errors: bool,
    /// False for a dry run, which is forgotten once it was told ([`crate::forget`]).
    pub keep: bool,
}

/// How the wish to change many users was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// This import makes its plan now.
    Started(ImportId),
    /// The lines are no rule.
    Refused(RuleRefused),
    /// The one who asks has no such selection, or it is not whole yet.
    NoSelection,
}

/// Begins a change of many users: an import of its own, whose plan a worker makes.
///
/// # Errors
/// [`Error::DoneBefore`] when it was asked for before, by the same request. Else when the store fails.
pub fn change(app: &Context, account: AccountId, new: NewChange) -> Result<Begun> {
    let fields = app.store.fields(account)?;
    let rule = match ChangeRule::of_keys(&fields, new.lines) {
        Ok(rule) => rule,
        Err(refused) => return Ok(Begun::Refused(refused)),
    };
    if let RuleUsers::Selection(id) = new.users {
        let found = app.store.selection(account, id)?;
        let whole = found.filter(|found| found.next.is_none() && found.actor == new.actor);
        if whole.is_none() {
            return Ok(Begun::NoSelection);
        }
    }
    let at = app.clock.now();
    let id = ImportId::new(at, app.randomness.number());
    let import = NewImport {
        id,
        state: ImportState::Reading,
        kind: ImportKind::Rule,
        // What a file is called, a rule says: wherever imports are named, it is told what this one does.
        file_name: Some(rule.named(&fields)),
        actor: new.actor,
        complete: new.complete,
        keep: new.keep,
        leave_out_errors: new.leave_out_errors,
        undoes: None,
        decisions: Vec::new(),
        at,
    };
    if !app.store.begin_change(account, &import, &KeptRule { rule, users: new.users })? {
        return Err(Error::Failed("two imports began with the same identity".to_owned()));
    }
    app.wake_workers();
    Ok(Begun::Started(id))
}
