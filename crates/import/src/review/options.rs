//! An option that review found missing is added to its field: a change of the field with a revision of its own, which stays when fixes are
//! undone. Then the cells that it makes right are judged again, in the import at hand and in the others that wait in review.

use directory::{Code, Counts, Field, FieldEdit, Kind};

use crate::Context;
use crate::judge::overlay::{FIXES, Overlay};
use crate::review::pauses::PAUSES;
use store::{
    AccountId, FieldsChanged, FixKind, FixStep, Import, ImportId, ImportState, ProblemGroup, Result,
};

/// What came of the wish to add an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionAdded {
    /// It was added, or was there already; so many cells are right now.
    Added(i64),
    /// The field has no options, or the label can't be one.
    NoSuchField,
    /// The import is not in review.
    NotInReview(ImportState),
}

/// So many texts of the field are tried.
const TEXTS: u32 = 1_000;

/// So many other imports of the account that wait in review are judged again.
const OTHERS: u32 = 100;

/// Adds an option to a field, and judges the cells again that were no option of it: those of an import in review, and then those of the
/// others of the account. What is answered is how many cells of the first are right now.
///
/// # Errors
/// When the store fails.
pub fn add_option(
    app: &Context,
    account: AccountId,
    id: ImportId,
    (key, label): (&str, &str),
    actor: &str,
) -> Result<OptionAdded> {
    let Some(import) = app.store.import(account, id)? else { return Ok(OptionAdded::NoSuchField) };
    if import.state != ImportState::Review {
        return Ok(OptionAdded::NotInReview(import.state));
    }
    let fields = app.store.fields(account)?;
    let label = label.trim();
    let takes = |field: &&Field| matches!(field.kind, Kind::Choice | Kind::Choices) && !field.retired;
    let Some(field) = fields.by_key(key).filter(takes) else { return Ok(OptionAdded::NoSuchField) };
    if label.is_empty() || label.contains(';') || label.chars().any(char::is_control) {
        return Ok(OptionAdded::NoSuchField);
    }
    // Of today's fields, in the transaction that writes them: nothing that somebody else changes meanwhile is undone.
    let edit = [FieldEdit::AddChoices(vec![label.to_owned()])];
    let changed =
        app.store.change_fields(account, actor, app.clock.now(), |fields| fields.edited(key, &edit))?;
    if !matches!(changed, FieldsChanged::Done(_)) {
        return Ok(OptionAdded::NoSuchField);
    }
    let right = judge_again(app, &import, field, label)?;
    for other in app.store.imports_in_review(account, OTHERS)? {
        if other.id != id {
            judge_again(app, &other, field, label)?;
        }
    }
    Ok(OptionAdded::Added(right))
}

/// Judges the cells again whose text names the option; answers how many of them are right now.
fn judge_again(app: &Context, import: &Import, field: &Field, label: &str) -> Result<i64> {
    let kind = (Code::NotAChoice, field.number);
    let groups = app.store.groups_of_kind(import.account, import.id, kind, (0, TEXTS))?;
    let folded = label.to_lowercase();
    let names = |group: &&ProblemGroup| {
        let text = group.raw.as_deref().unwrap_or_default().to_lowercase();
        text.split([';', ',', '\n']).any(|part| part.trim() == folded)
    };
    let mut right = 0;
    for group in groups.iter().filter(names) {
        right += judge_group(app, import, group)?;
    }
    Ok(right)
}

/// Judges the cells of one text again, a thousand at a time; what is not a step of fixes is not undone with one.
fn judge_group(app: &Context, import: &Import, group: &ProblemGroup) -> Result<i64> {
    let text = FixKind::Value(group.raw.clone().unwrap_or_default());
    let mut right = 0;
    for pause in PAUSES.iter().cycle().take(PAUSES.len() + (group.cells / FIXES as i64) as usize) {
        let Some(import) = app.store.import(import.account, import.id)? else { break };
        let cells = app.store.cells_of_group(import.account, import.id, group, FIXES as u32)?;
        if cells.is_empty() || import.state != ImportState::Review {
            break;
        }
        let mut judging = Overlay::begin(app, &import)?;
        for cell in &cells {
            judging.fix(cell.place, cell.field, &text)?;
        }
        judging.settle_claims()?;
        let (rows, change) = judging.judged();
        if change == Counts::default() {
            break;
        }
        let step = FixStep {
            plan: import.plan,
            fixes: &[],
            rows: &rows,
            change,
            renewed: None,
            actor: "",
            at: app.clock.now(),
        };
        match app.store.keep_judged(import.account, import.id, &step)? {
            Some(_) => right -= change.errors,
            None => app.wait_for_work(*pause),
        }
    }
    Ok(right)
}
