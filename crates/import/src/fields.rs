//! Changes of an account's fields, for pages, REST and the command line alike: a definition takes a revision of its own; what users get in
//! place of a removed option is an import like any other, with its history and its undo.

use directory::{
    Choice, Field, FieldEdit, FieldProblem, Fields, Kind, NewField, RuleStep, UserId, values_shared,
};
use store::{AccountId, Complete, Error, FieldsChanged, ImportId, Result, RuleUsers, SharedValues};

use crate::Context;
use crate::rules::{Begun, NewChange, change};
use crate::selections::select;

/// Why a field is as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldRefusal {
    /// It may not be so.
    Problem(FieldProblem),
    /// It was to become unique, and users share values of it.
    Shared(Box<Field>, SharedValues),
}

impl FieldRefusal {
    /// What to do about it.
    pub fn sentence(&self) -> String {
        match self {
            Self::Problem(problem) => problem.sentence(),
            Self::Shared(field, shared) => {
                let named: Vec<(String, Vec<UserId>, usize)> = shared
                    .first
                    .iter()
                    .map(|of| (field.shown(Some(&of.value), None), of.users.clone(), of.count))
                    .collect();
                values_shared(field.title(), &named, shared.count)
            }
        }
    }
}

/// What users get in place of an option that is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    /// They keep it until somebody changes them; nobody else can get it.
    Keep,
    /// Nothing.
    Nothing,
    /// The option of this id.
    Option(u32),
}

/// Adds a field; answers it as it is kept.
///
/// # Errors
/// [`Error::OverQuota`] when the account has as many as it may. Else when the store fails.
pub fn add_field(
    app: &Context,
    account: AccountId,
    actor: &str,
    new: &NewField,
) -> Result<std::result::Result<Field, FieldRefusal>> {
    let changed = app.store.change_fields(account, actor, app.clock.now(), |fields| fields.with(new))?;
    Ok(field_of(changed, &new.key))
}

/// Edits a field; answers it as it is kept. Nothing is written when nothing differs.
///
/// # Errors
/// [`Error::OverQuota`] when it is taken back and the account has as many as it may. Else when the store fails.
pub fn edit_field(
    app: &Context,
    account: AccountId,
    actor: &str,
    key: &str,
    edits: &[FieldEdit],
) -> Result<std::result::Result<Field, FieldRefusal>> {
    let now = app.clock.now();
    let changed = app.store.change_fields(account, actor, now, |fields| fields.edited(key, edits))?;
    Ok(field_of(changed, key))
}

/// Removes an option, first of all from what can be chosen; then begins the import that gives its users something else, which completes
/// by itself. None when nobody has it, or they keep it. An option that was removed before may be named again for the sake of its users.
///
/// # Errors
/// When the store fails.
pub fn remove_choice(
    app: &Context,
    account: AccountId,
    actor: &str,
    (key, option): (&str, u32),
    instead: Instead,
) -> Result<std::result::Result<Option<ImportId>, FieldRefusal>> {
    let fields = app.store.fields(account)?;
    let steps = match steps_of(&fields, key, option, instead) {
        Ok(steps) => steps,
        Err(problem) => return Ok(Err(FieldRefusal::Problem(problem))),
    };
    let removed = edit_field(app, account, actor, key, &[FieldEdit::RetireChoice(option, true)])?;
    let field = match removed {
        Ok(field) => field,
        Err(refused) => return Ok(Err(refused)),
    };
    let users =
        if steps.is_empty() { Vec::new() } else { app.store.users_with_option(account, &field, option)? };
    if users.is_empty() {
        return Ok(Ok(None));
    }
    let new = NewChange {
        lines: steps.into_iter().map(|step| (key.to_owned(), step)).collect(),
        users: RuleUsers::Selection(select(app, account, actor, users)?),
        actor: actor.to_owned(),
        // How many users it is about was said before it was pressed.
        complete: Complete::WhenCleanLarge,
        leave_out_errors: false,
        keep: true,
    };
    match change(app, account, new)? {
        Begun::Started(id) => Ok(Ok(Some(id))),
        other => Err(Error::Failed(format!("a removed option was no rule: {other:?}"))),
    }
}

/// What becomes of the field of a user who has the option.
fn steps_of(
    fields: &Fields,
    key: &str,
    option: u32,
    instead: Instead,
) -> std::result::Result<Vec<RuleStep>, FieldProblem> {
    let field = fields.by_key(key).ok_or_else(|| FieldProblem::NoField(key.to_owned()))?;
    let find = |id: u32| field.choice(&id.to_string()).ok_or_else(|| FieldProblem::NoChoice(id.to_string()));
    let label = |choice: &Choice| choice.label.clone();
    let removed = label(find(option)?);
    let given = match instead {
        Instead::Keep => return Ok(Vec::new()),
        Instead::Nothing if field.required => {
            return Err(FieldProblem::ChoiceNeeded(field.title().to_owned()));
        }
        Instead::Nothing => None,
        Instead::Option(id) => match find(id)? {
            other if other.retired || id == option => {
                return Err(FieldProblem::NoChoice(other.label.clone()));
            }
            other => Some(label(other)),
        },
    };
    Ok(match (field.kind, given) {
        (Kind::Choices, given) => {
            std::iter::once(RuleStep::TakeAway(removed)).chain(given.map(RuleStep::Add)).collect()
        }
        (_, Some(given)) => vec![RuleStep::Set(given)],
        (_, None) => vec![RuleStep::Clear],
    })
}

fn field_of(changed: FieldsChanged<FieldProblem>, key: &str) -> std::result::Result<Field, FieldRefusal> {
    match changed {
        FieldsChanged::Done(fields) => {
            let found = fields.by_key(key).cloned();
            found.ok_or_else(|| FieldRefusal::Problem(FieldProblem::NoField(key.to_owned())))
        }
        FieldsChanged::Refused(problem) => Err(FieldRefusal::Problem(problem)),
        FieldsChanged::Shared(field, shared) => Err(FieldRefusal::Shared(field, shared)),
    }
}
