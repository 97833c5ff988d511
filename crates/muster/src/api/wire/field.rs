//! A field as REST and `muster field list --json` say it, and what is sent to add or change one.

use directory::{Choice, Field, FieldEdit, FieldProblem, Fields, Kind, NewField};
use serde::{Deserialize, Deserializer, Serialize};

/// A field of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDefinition {
    /// Its key, which never changes.
    pub key: String,
    /// What people read.
    pub title: String,
    /// The word of its kind.
    pub r#type: String,
    /// Whether every user must have a value.
    pub required: bool,
    /// Whether no two users may have the same value.
    pub unique: bool,
    /// Whether a search for users looks through it.
    pub found_by_search: bool,
    /// Whether it is managed elsewhere.
    pub read_only: bool,
    /// The greatest number of characters.
    pub max_length: Option<u32>,
    /// What a whole value looks like.
    pub pattern: Option<String>,
    /// Whether it is out of use.
    pub retired: bool,
    /// Its options, in order; removed ones too.
    pub choices: Vec<FieldOption>,
}

/// An option of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldOption {
    /// Its number, which never changes.
    pub id: u32,
    /// What people read.
    pub label: String,
    /// Earlier labels, which are still understood.
    pub former: Vec<String>,
    /// Whether it was removed.
    pub retired: bool,
}

impl From<&Choice> for FieldOption {
    fn from(choice: &Choice) -> Self {
        let Choice { id, label, former, retired } = choice.clone();
        Self { id, label, former, retired }
    }
}

impl From<&Field> for FieldDefinition {
    fn from(field: &Field) -> Self {
        Self {
            key: field.key.clone(),
            title: field.title.clone(),
            r#type: field.kind.word().to_owned(),
            required: field.required,
            unique: field.unique,
            found_by_search: field.searched,
            read_only: field.read_only,
            max_length: field.max_length,
            pattern: field.pattern.clone(),
            retired: field.retired,
            choices: field.choices.iter().map(FieldOption::from).collect(),
        }
    }
}

/// A field that is to be added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldToAdd {
    /// Its key.
    pub key: String,
    /// What people read.
    pub title: String,
    /// The word of its kind.
    pub r#type: String,
    /// Whether every user must have a value.
    #[serde(default)]
    pub required: bool,
    /// Whether no two users may have the same value.
    #[serde(default)]
    pub unique: bool,
    /// Whether a search for users looks through it.
    #[serde(default)]
    pub found_by_search: bool,
    /// What a whole value looks like.
    #[serde(default)]
    pub pattern: Option<String>,
    /// The labels of its options.
    #[serde(default)]
    pub choices: Vec<String>,
}

impl FieldToAdd {
    /// The field; none when there is no such kind.
    pub fn read(self) -> Option<NewField> {
        let kind = Kind::CUSTOM.iter().find(|(word, _)| *word == self.r#type).map(|(_, kind)| *kind)?;
        let Self { key, title, required, unique, found_by_search, pattern, choices, .. } = self;
        Some(NewField { key, title, kind, required, unique, searched: found_by_search, pattern, choices })
    }
}

/// What is to become of a field; what is missing stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldToChange {
    /// Its key.
    pub key: String,
    /// Another title.
    pub title: Option<String>,
    /// Whether every user must have a value.
    pub required: Option<bool>,
    /// Whether no two users may have the same value.
    pub unique: Option<bool>,
    /// Whether a search for users looks through it.
    pub found_by_search: Option<bool>,
    /// What a whole value looks like; null for anything.
    #[serde(default, deserialize_with = "said", skip_serializing_if = "Option::is_none")]
    pub pattern: Option<Option<String>>,
    /// Whether it is out of use.
    pub retired: Option<bool>,
    /// Its place among the fields in use, from 1.
    pub place: Option<usize>,
    /// Labels of options that are to be there.
    #[serde(default)]
    pub add_choices: Vec<String>,
    /// Options that get another label.
    #[serde(default)]
    pub rename_choices: Vec<OptionRenamed>,
    /// Labels of options that are not to be chosen any more; users keep them until they are changed.
    #[serde(default)]
    pub remove_choices: Vec<String>,
}

/// An option that gets another label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionRenamed {
    /// The label until now.
    pub from: String,
    /// The label from now on.
    pub to: String,
}

/// Tells null from what is missing.
fn said<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(deserializer).map(Some)
}

impl FieldToChange {
    /// The edits, as they are made of these fields.
    ///
    /// # Errors
    /// When there is no such field, or it has no option of a label.
    pub fn read(&self, fields: &Fields) -> Result<Vec<FieldEdit>, FieldProblem> {
        let field = fields.by_key(&self.key).ok_or_else(|| FieldProblem::NoField(self.key.clone()))?;
        let option = |label: &str| {
            let found = field.options().find(|choice| choice.label == label).map(|choice| choice.id);
            found.ok_or_else(|| FieldProblem::NoChoice(label.to_owned()))
        };
        let mut edits: Vec<FieldEdit> = self.retired.map(FieldEdit::Retired).into_iter().collect();
        edits.extend(self.title.clone().map(FieldEdit::Title));
        edits.extend(self.required.map(FieldEdit::Required));
        edits.extend(self.unique.map(FieldEdit::Unique));
        edits.extend(self.found_by_search.map(FieldEdit::Searched));
        edits.extend(self.pattern.clone().map(FieldEdit::Pattern));
        edits.extend(self.place.map(|place| FieldEdit::Place(place.saturating_sub(1))));
        for renamed in &self.rename_choices {
            edits.push(FieldEdit::RenameChoice(option(&renamed.from)?, renamed.to.clone()));
        }
        for removed in &self.remove_choices {
            edits.push(FieldEdit::RetireChoice(option(removed)?, true));
        }
        if !self.add_choices.is_empty() {
            edits.push(FieldEdit::AddChoices(self.add_choices.clone()));
        }
        Ok(edits)
    }
}
