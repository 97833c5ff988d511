//! How a form names what a fix is about: a cell of the first file (`C7`) or of another one (`2!C7`), or a field of a user
//! (`U-7K3QX9M2PD:job_title`).

use directory::{Place, UserId};
use import::{ReviewConflict, ReviewIssue, Target};

use crate::web::frame::reply::escaped;

/// The name of a conflict's cell.
pub(super) fn of_conflict(conflict: &ReviewConflict) -> String {
    match conflict.position {
        Some(position) => position.to_string(),
        None => format!("{}:{}", conflict.user.0, conflict.field.key),
    }
}

/// The name of an issue's cell, if it is about one that can be given a value.
pub(super) fn of_issue(issue: &ReviewIssue) -> Option<String> {
    let field = issue.field.as_ref()?;
    match (issue.position, &issue.user) {
        (Some(position), _) => Some(in_file(issue.file, position)),
        (None, Some((user, _))) => Some(format!("{user}:{}", field.key)),
        (None, None) => None,
    }
}

/// The name of a cell or a row of one of the files.
pub(super) fn in_file(file: u16, place: impl std::fmt::Display) -> String {
    if file == 1 { place.to_string() } else { format!("{file}!{place}") }
}

/// The name of a row of the plan: that of its user, or where it stands.
pub(super) fn of_place(place: Place) -> String {
    match place {
        Place::User(user) => user.to_string(),
        Place::Row { file, row } => in_file(file, row),
    }
}

/// Where a cell of the review is shown, from any page of it: the address is relative, its fragment the cell.
pub(super) fn cell_address(place: Place, key: &str) -> String {
    format!("problems?row={}#cell-{key}", escaped(&of_place(place)))
}

/// The same of a user's.
pub(super) fn user_cell(user: UserId, key: &str) -> String {
    cell_address(Place::User(user), key)
}

/// The row that a name means: a user, or a line of a file.
pub(super) fn read_place(name: &str) -> Option<Result<UserId, (u16, u32)>> {
    if let Ok(user) = name.parse() {
        return Some(Ok(user));
    }
    match read_row(name)? {
        Target::Row(row) => Some(Err((1, row))),
        Target::RowOf(file, row) => Some(Err((file, row))),
        _ => None,
    }
}

/// The name as a part of an id: without what means something in selectors.
pub(super) fn as_id(target: &str) -> String {
    target.replace([':', '!'], "-")
}

/// What the name of a row means.
pub(super) fn read_row(name: &str) -> Option<Target> {
    match name.split_once('!') {
        Some((file, row)) => Some(Target::RowOf(file.parse().ok()?, row.parse().ok()?)),
        None => name.parse().ok().map(Target::Row),
    }
}

/// What a name means.
pub(super) fn read(name: &str) -> Option<Target> {
    match (name.split_once(':'), name.split_once('!')) {
        (Some((user, key)), _) => Some(Target::Field(user.parse::<UserId>().ok()?, key.to_owned())),
        (None, Some((file, cell))) => Some(Target::CellOf(file.parse().ok()?, cell.parse().ok()?)),
        (None, None) => name.parse().ok().map(Target::Cell),
    }
}
