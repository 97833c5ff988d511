//! What an import changes, or changed, by field first: "Job title: 50 users become Team Lead", then the users of a line.

use directory::{Field, Fields, Kind};

use crate::review::lists::to_come;
use crate::review::shown::{ChangedLine, LineOf};
use crate::{Context, People, ReviewChange};
use store::{
    Becomes, CellFilter, Import, ImportState, Page, PageStart, Result, Written, WrittenKind, WrittenSum,
};

/// So many changes are added up; of more, only the first.
pub const ADDED_UP: u32 = 20_000;

/// So many values of a field have a line of their own.
const VALUES: usize = 4;

/// The lines of what will be changed (or, once done, was), field by field.
///
/// # Errors
/// When the store fails.
pub fn changed_fields(app: &Context, import: &Import) -> Result<Vec<ChangedLine>> {
    let fields = app.store.fields(import.account)?;
    let sums = match (import.state, import.applied) {
        (ImportState::Done, Some(revision)) => app.store.changed_sums(import.account, revision, ADDED_UP)?,
        _ if import.counts.cells_to_edit == 0 => Vec::new(),
        _ => app.store.written_sums(import.account, import.id, ADDED_UP)?,
    };
    let mut people = People::in_plan(app, import, &fields);
    let mut lines = Vec::new();
    for of_field in sums.chunk_by(|one, next| one.field == next.field) {
        if let Some(field) = fields.get(of_field[0].field) {
            lines_of(field, of_field, &mut people, &mut lines)?;
        }
    }
    Ok(lines)
}

/// The lines of one field: cleared values first, then the values that most become, then the rest together.
fn lines_of(
    field: &Field,
    sums: &[WrittenSum],
    people: &mut People<'_>,
    lines: &mut Vec<ChangedLine>,
) -> Result<()> {
    let cleared = sums.iter().filter(|sum| sum.becomes.is_none());
    let valued: Vec<&WrittenSum> = sums.iter().filter(|sum| sum.becomes.is_some()).collect();
    let has_own = if valued.len() <= VALUES {
        valued.len()
    } else {
        valued.iter().take(VALUES).take_while(|sum| sum.cells > 1).count()
    };
    let (own, rest) = valued.split_at(has_own);
    for sum in cleared.chain(own.iter().copied()) {
        let becomes = sum.becomes.clone().map_or(Becomes::Empty, Becomes::Value);
        lines.push(line(field, sum, (sum.cells, LineOf::One(becomes)), people)?);
    }
    let Some(first) = rest.first() else { return Ok(()) };
    let (cells, values) = (rest.iter().map(|sum| sum.cells).sum(), rest.len() as i64);
    let of = match domains(field, rest) {
        Some((before, after)) => LineOf::Domain(before, after),
        None => LineOf::Others(values),
    };
    lines.push(line(field, first, (cells, of), people)?);
    Ok(())
}

fn line(
    field: &Field,
    sum: &WrittenSum,
    (cells, of): (i64, LineOf),
    people: &mut People<'_>,
) -> Result<ChangedLine> {
    Ok(ChangedLine {
        field: field.clone(),
        cells,
        from: sum.from,
        was: people.shown(field, sum.was.as_deref())?,
        becomes: people.shown(field, sum.becomes.as_deref())?,
        of,
    })
}

/// The domains of emails that all go from one to another.
fn domains(field: &Field, sums: &[&WrittenSum]) -> Option<(String, String)> {
    if field.kind != Kind::Email {
        return None;
    }
    let domain = |email: Option<&str>| Some(email?.rsplit_once('@')?.1.to_lowercase());
    let pair = |sum: &WrittenSum| Some((domain(sum.was.as_deref())?, domain(sum.becomes.as_deref())?));
    let first = pair(sums.first()?)?;
    let all_alike = sums.iter().all(|sum| sum.from == 1 && pair(sum).as_ref() == Some(&first));
    (all_alike && first.0 != first.1).then_some(first)
}

/// What somebody wants to see of the changes of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangesOf {
    /// The key of a field, and what its values become.
    pub field: Option<(String, Option<Becomes>)>,
    /// A kind of change.
    pub kind: Option<WrittenKind>,
}

/// A page of what will be changed, of a field, a value or a kind, by user and field.
///
/// # Errors
/// When the store fails.
pub fn changes_of(
    app: &Context,
    import: &Import,
    wanted: &ChangesOf,
    from: PageStart,
    limit: u32,
) -> Result<Page<ReviewChange>> {
    let fields = app.store.fields(import.account)?;
    let page = written_of(app, import, &fields, wanted, from, limit)?;
    let people = People::in_plan(app, import, &fields);
    page.map(|cells| to_come(app, import, people, &fields, &cells))
}

fn written_of(
    app: &Context,
    import: &Import,
    fields: &Fields,
    wanted: &ChangesOf,
    from: PageStart,
    limit: u32,
) -> Result<Page<directory::PlanCell>> {
    let (account, id) = (import.account, import.id);
    let field = wanted.field.as_ref().and_then(|(key, _)| fields.by_key(key)).map(|field| field.number);
    if field.is_none() && wanted.kind.is_none() {
        return app.store.plan_page(account, id, CellFilter::Changes, from, limit);
    }
    let becomes = wanted.field.as_ref().and_then(|(_, becomes)| becomes.clone()).unwrap_or(Becomes::Anything);
    app.store.written_page(account, id, Written { field, becomes: &becomes, kind: wanted.kind }, from, limit)
}
