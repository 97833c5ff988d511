//! The problems of a plan by kind, which is a field and what is wrong in it; within a kind the different texts, each with what is offered
//! for it.

use directory::{Code, FieldNumber, standard};

use crate::review::lists::{as_issues, shown_group};
use crate::{Context, ReviewGroup, ReviewIssue, ReviewKind};
use store::{Import, Page, PageStart, ProblemKind, Result};

/// All kinds, most cells first. The question about rows without a User ID is none of them.
///
/// # Errors
/// When the store fails.
pub fn kinds(app: &Context, import: &Import) -> Result<Vec<ReviewKind>> {
    let fields = app.store.fields(import.account)?;
    let kinds = app.store.problem_kinds(import.account, import.id)?;
    let shown = |kind: ProblemKind| ReviewKind {
        code: kind.code,
        field: (kind.field != standard::USER).then(|| fields.get(kind.field).cloned()).flatten(),
        cells: kind.cells,
        texts: kind.texts,
        offered: kind.offered,
    };
    Ok(kinds.into_iter().filter(|kind| kind.code != Code::UserIdMissing).map(shown).collect())
}

/// The different texts of a kind, most cells first: at most `limit` after the first `skip`.
///
/// # Errors
/// When the store fails.
pub fn groups_of_kind(
    app: &Context,
    import: &Import,
    kind: (Code, FieldNumber),
    (skip, limit): (u32, u32),
) -> Result<Vec<ReviewGroup>> {
    let fields = app.store.fields(import.account)?;
    let groups = app.store.groups_of_kind(import.account, import.id, kind, (skip, limit))?;
    Ok(groups.into_iter().map(|group| shown_group(group, &fields)).collect())
}

/// A page of the problems of one kind, in the order of the file.
///
/// # Errors
/// When the store fails.
pub fn issues_of_kind(
    app: &Context,
    import: &Import,
    kind: (Code, FieldNumber),
    from: PageStart,
    limit: u32,
) -> Result<Page<ReviewIssue>> {
    let fields = app.store.fields(import.account)?;
    let page = app.store.kind_page(import.account, import.id, kind, from, limit)?;
    page.map(|cells| as_issues(app, import, &fields, cells))
}
