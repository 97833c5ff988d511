//! The words inside a workbook: what its instructions say, and what each field takes.

use sentences::say;

use crate::{Field, Kind};

/// The instructions of a workbook: whether a line is a heading, and the line.
pub fn workbook_instructions() -> Vec<(bool, String)> {
    let lines = [
        (true, say!("instructions-heading")),
        (false, say!("instructions-change")),
        (false, say!("instructions-import")),
        (false, say!("instructions-review")),
        (true, say!("instructions-good-to-know")),
        (false, say!("instructions-leave")),
        (false, say!("instructions-delete")),
        (false, say!("instructions-empty")),
        (false, say!("instructions-sort")),
        (true, say!("instructions-columns")),
    ];
    lines.into_iter().map(|(heading, text)| (heading, text.to_owned())).collect()
}

/// The instructions of a template: the same, for a workbook that is to be filled in.
pub fn template_instructions() -> Vec<(bool, String)> {
    let lines = [
        (true, say!("instructions-new-heading")),
        (false, say!("instructions-new-fill")),
        (false, say!("instructions-import")),
        (false, say!("instructions-review")),
        (true, say!("instructions-good-to-know")),
        (false, say!("instructions-new-leave")),
        (false, say!("instructions-new-id")),
        (false, say!("instructions-new-sign-in")),
        (false, say!("instructions-new-required")),
        (false, say!("instructions-new-manager")),
        (true, say!("instructions-columns")),
    ];
    lines.into_iter().map(|(heading, text)| (heading, text.to_owned())).collect()
}

/// What a field takes, in a sentence beside the cell; none when anything goes.
pub fn field_help(field: &Field) -> Option<String> {
    let takes = match field.kind {
        Kind::Text => field.max_length.map(|length| say!("takes-text", characters = length.to_string())),
        Kind::Number => Some(say!("takes-number").to_owned()),
        Kind::Date => Some(say!("takes-date").to_owned()),
        Kind::YesNo => Some(say!("takes-yes-no").to_owned()),
        Kind::Status => Some(say!("takes-status").to_owned()),
        Kind::Choice => Some(say!("takes-choice").to_owned()),
        Kind::Choices => Some(choices_help(field)),
        Kind::Email => Some(say!("takes-email").to_owned()),
        Kind::Username => Some(say!("takes-username").to_owned()),
        Kind::Phone => Some(say!("takes-phone").to_owned()),
        Kind::User => Some(say!("takes-user").to_owned()),
        Kind::Language => Some(say!("takes-language").to_owned()),
    };
    match (takes, field.required) {
        (Some(takes), true) => Some(say!("takes-and-required", takes = takes)),
        (None, true) => Some(say!("takes-required").to_owned()),
        (takes, false) => takes,
    }
}

fn choices_help(field: &Field) -> String {
    let labels: Vec<&str> =
        field.choices.iter().filter(|choice| !choice.retired).map(|choice| choice.label.as_str()).collect();
    say!("takes-choices", options = labels.join("; "))
}
