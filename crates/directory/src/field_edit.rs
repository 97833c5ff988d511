//! What may become of the definitions of an account's fields: a new one, and edits of one that is there. What may not says why. Keys, and
//! the ids of options, never change and are never used again, so that a workbook of before is still understood.

use std::collections::{HashMap, HashSet};

use ::sentences::say;

use crate::field::built_in_titles;
use crate::pattern::{PatternRead, pattern_read};
use crate::plain::{NotPlain, check_plain};
use crate::reading::text::tidy;
use crate::{Choice, Claim, Field, FieldNumber, Fields, Kind, standard};

/// Letters of a title or a label at the most: a column with a longer one can't be read.
const LETTERS: usize = 200;
/// Letters of a key, and of a pattern, at the most.
const KEY_LETTERS: usize = 60;
const PATTERN_LETTERS: usize = 1_000;
/// Options of a field at the most, those that were removed counted.
const OPTIONS: usize = 5_000;
/// Edits of a field at once at the most: each goes through its options.
const EDITS: usize = 1_000;
/// Keys that mean something else beside fields.
const TAKEN: [&str; 3] = ["id", "user_id", "revision"];
/// Fields without which Muster knows nobody.
const NEEDED: [FieldNumber; 5] =
    [standard::FIRST_NAME, standard::LAST_NAME, standard::EMAIL, standard::USERNAME, standard::STATUS];
/// Fields that every user has a value of.
const ALWAYS: [FieldNumber; 3] = [standard::FIRST_NAME, standard::LAST_NAME, standard::STATUS];

/// A field that an account is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewField {
    /// Its key.
    pub key: String,
    /// What people read.
    pub title: String,
    /// Its kind, one of [`Kind::CUSTOM`].
    pub kind: Kind,
    /// Whether every user must have a value.
    pub required: bool,
    /// Whether no two users may have the same value.
    pub unique: bool,
    /// Whether a search for users looks through it.
    pub searched: bool,
    /// What a value must look like.
    pub pattern: Option<String>,
    /// The labels of its options, in order.
    pub choices: Vec<String>,
}

/// One thing that becomes of the definition of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldEdit {
    /// Another title.
    Title(String),
    /// Every user must have a value, or need not.
    Required(bool),
    /// No two users may have the same value, or may.
    Unique(bool),
    /// A search for users looks through it, or does not.
    Searched(bool),
    /// What a value must look like; none for anything.
    Pattern(Option<String>),
    /// Out of use, or taken back.
    Retired(bool),
    /// To this place among the fields in use, from 0.
    Place(usize),
    /// Options of these labels: those that are there already are left as they are, those that were removed come back.
    AddChoices(Vec<String>),
    /// Another label for an option; users keep the option.
    RenameChoice(u32, String),
    /// An option is not to be chosen any more, or is taken back.
    RetireChoice(u32, bool),
    /// An option to this place among those in use, from 0.
    PlaceChoice(u32, usize),
}

/// Why a definition may not be so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldProblem {
    /// No field has this key.
    NoField(String),
    /// A text that can't be a key.
    NotAKey(String),
    /// A field has this key already.
    KeyTaken(String),
    /// The title is empty.
    NoTitle,
    /// A title or a label that is no plain text.
    NotPlain(NotPlain),
    /// A field of one's own can't have the title of the one that is built in.
    BuiltIn(String),
    /// A pattern that would be too much work.
    PatternTooLarge,
    /// A title or a label is longer than so many letters.
    TooLong(usize),
    /// The field of this key has this title already.
    TitleTaken(String, String),
    /// The field of this title can't be retired.
    Needed(String),
    /// Every user has a value of the field of this title.
    Always(String),
    /// The field of this title is unique by nature, or can't be.
    Unfit(String),
    /// The field of this title can't be looked through by a search, or always is.
    NotSearched(String),
    /// A search looks through more fields than it may.
    TooManySearched,
    /// A field of this kind has no pattern.
    NoPattern(&'static str),
    /// A text that is no pattern.
    NotAPattern(String),
    /// A field of this kind has no options.
    TakesNoChoices(&'static str),
    /// A field of this kind has options.
    NeedsChoices(&'static str),
    /// The label of an option is empty.
    NoLabel,
    /// A label holds the sign that stands between options.
    Semicolon(String),
    /// Another option has this label already.
    LabelTaken(String),
    /// The field has no such option.
    NoChoice(String),
    /// More options than there may be.
    TooManyChoices,
    /// More edits at once than there may be.
    TooManyEdits,
    /// The field of this title is required, so whoever loses an option needs another one.
    ChoiceNeeded(String),
}

impl FieldProblem {
    /// What to do about it.
    pub fn sentence(&self) -> String {
        match self {
            Self::NoField(key) => say!("fields-no-field", key = key),
            Self::NotAKey(key) => say!("fields-not-a-key", key = key),
            Self::KeyTaken(key) => say!("fields-key-taken", key = key),
            Self::NoTitle => say!("fields-no-title").to_owned(),
            Self::NotPlain(not) => not.sentence(),
            Self::BuiltIn(title) => say!("fields-title-built-in", title = title),
            Self::PatternTooLarge => say!("fields-pattern-too-large", most = PATTERN_LETTERS),
            Self::TooLong(most) => say!("fields-too-long", most = *most),
            Self::TitleTaken(key, title) => say!("fields-title-taken", key = key, title = title),
            Self::Needed(title) => say!("fields-needed", title = title),
            Self::Always(title) => say!("fields-always", title = title),
            Self::Unfit(title) => say!("fields-unfit", title = title),
            Self::NotSearched(title) => say!("fields-not-searched", title = title),
            Self::TooManySearched => say!("searched-too-many").to_owned(),
            Self::NoPattern(kind) => say!("fields-takes-no-pattern", kind = *kind),
            Self::NotAPattern(pattern) => say!("fields-not-a-pattern", pattern = pattern),
            Self::TakesNoChoices(kind) => say!("fields-takes-no-choices", kind = *kind),
            Self::NeedsChoices(kind) => say!("fields-needs-choices", kind = *kind),
            other => other.sentence_of_option(),
        }
    }

    fn sentence_of_option(&self) -> String {
        match self {
            Self::Semicolon(label) => say!("fields-semicolon", label = label),
            Self::LabelTaken(label) => say!("fields-label-taken", label = label),
            Self::NoChoice(choice) => say!("fields-no-choice", choice = choice),
            Self::TooManyChoices => say!("fields-too-many-choices", most = OPTIONS),
            Self::TooManyEdits => say!("fields-too-many-edits", most = EDITS),
            Self::ChoiceNeeded(title) => say!("fields-choice-needed", title = title),
            _ => say!("fields-no-label").to_owned(),
        }
    }
}

/// Labels that were pasted, beside the options of a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PastedChoices {
    /// New ones, in their order.
    pub new: Vec<String>,
    /// Removed ones, which come back: the id, and the label as it is typed now.
    pub back: Vec<(u32, String)>,
    /// Those that are there already, letter for letter; those that were pasted twice too.
    pub there: Vec<String>,
    /// Those that differ only in case from one that is there: as they are typed, and that one.
    pub differ: Vec<(String, String)>,
}

/// The labels in a pasted text: a line each, or with `;` or tabs between them.
pub fn pasted_labels(text: &str) -> Vec<String> {
    let pieces = text.split(['\n', '\r', ';', '\t']).map(tidied);
    pieces.filter(|label| !label.is_empty()).collect()
}

/// The key that a title suggests: small letters, digits and underscores, one that no field has.
pub fn suggested_key(fields: &Fields, title: &str) -> String {
    let mut key = String::new();
    for letter in title.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            key.push(letter);
        } else if !key.is_empty() && !key.ends_with('_') {
            key.push('_');
        }
    }
    key.truncate(KEY_LETTERS - 10);
    let key = key.trim_end_matches('_');
    let begins_well = key.starts_with(|letter: char| letter.is_ascii_lowercase());
    let key =
        if begins_well { key.to_owned() } else { format!("field_{key}").trim_end_matches('_').to_owned() };
    let is_free = |key: &String| fields.by_key(key).is_none() && !TAKEN.contains(&key.as_str());
    let numbered = (2_u32..).map(|number| format!("{key}_{number}"));
    std::iter::once(key.clone()).chain(numbered).find(is_free).unwrap_or(key)
}

impl Fields {
    /// Fields of its own through which an account is searched, at the most: each makes the index larger.
    pub const SEARCHED_MOST: usize = 10;

    /// These fields and a new one behind them; its number is 0 until it is kept.
    ///
    /// # Errors
    /// What of it may not be so.
    pub fn with(&self, new: &NewField) -> Result<Self, FieldProblem> {
        check_key(self, &new.key)?;
        let mut field = Field::new(FieldNumber(0), &new.key, "", new.kind);
        let edits = [
            FieldEdit::Title(new.title.clone()),
            FieldEdit::Required(new.required),
            FieldEdit::Unique(new.unique),
            FieldEdit::Searched(new.searched),
            FieldEdit::Pattern(new.pattern.clone()),
        ];
        for edit in &edits {
            define(self, &mut field, edit)?;
        }
        match (takes_choices(new.kind), new.choices.is_empty()) {
            (true, true) => return Err(FieldProblem::NeedsChoices(new.kind.word())),
            (_, false) => define(self, &mut field, &FieldEdit::AddChoices(new.choices.clone()))?,
            (false, true) => {}
        }
        let mut fields = self.all().to_vec();
        fields.push(field);
        Ok(Self::new(fields))
    }

    /// These fields, after edits of the one of a key, in their order.
    ///
    /// # Errors
    /// The first that may not be.
    pub fn edited(&self, key: &str, edits: &[FieldEdit]) -> Result<Self, FieldProblem> {
        if edits.len() > EDITS {
            return Err(FieldProblem::TooManyEdits);
        }
        let mut fields = self.all().to_vec();
        for edit in edits {
            let at = fields.iter().position(|field| field.key == key);
            let at = at.ok_or_else(|| FieldProblem::NoField(key.to_owned()))?;
            match edit {
                FieldEdit::Place(place) => place_among(&mut fields, at, *place, |field| !field.retired),
                edit => define(self, &mut fields[at], edit)?,
            }
        }
        if !edits.is_empty() || self.by_key(key).is_some() {
            return Ok(Self::new(fields));
        }
        Err(FieldProblem::NoField(key.to_owned()))
    }
}

impl Field {
    /// Whether it has options.
    pub fn takes_choices(&self) -> bool {
        takes_choices(self.kind)
    }

    /// Whether it may have a pattern.
    pub fn takes_pattern(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Number | Kind::Email | Kind::Username | Kind::Phone)
    }

    /// Whether an account says if it is unique: an email to sign in with is so by nature.
    pub fn may_be_unique(&self) -> bool {
        !matches!(self.number, standard::EMAIL | standard::USERNAME | standard::STATUS)
    }

    /// Whether an account says if a search looks through it: of what is built in that is settled.
    pub fn may_be_searched(&self) -> bool {
        self.kind.is_searchable() && (self.number.0 == 0 || self.number >= standard::FIRST_CUSTOM)
    }

    /// Whether an account says if it is required.
    pub fn may_be_optional(&self) -> bool {
        !ALWAYS.contains(&self.number)
    }

    /// Whether it may be taken out of use.
    pub fn may_retire(&self) -> bool {
        !NEEDED.contains(&self.number)
    }

    /// The options in use.
    pub fn options(&self) -> impl Iterator<Item = &Choice> {
        self.choices.iter().filter(|choice| !choice.retired)
    }

    /// What pasted labels would add.
    pub fn compare_choices(&self, labels: &[String]) -> PastedChoices {
        let mut by_label: HashMap<String, &Choice> = HashMap::new();
        // Of two of one label the one in use counts.
        for choice in self.choices.iter().filter(|choice| choice.retired).chain(self.options()) {
            by_label.insert(folded(&choice.label), choice);
        }
        let (mut pasted, mut typed) = (PastedChoices::default(), HashMap::<String, &String>::new());
        for label in labels {
            let key = folded(label);
            let there = by_label.get(&key).filter(|choice| !choice.retired).map(|choice| &choice.label);
            match there.or_else(|| typed.get(&key).copied()) {
                Some(there) if there == label => pasted.there.push(label.clone()),
                Some(there) => pasted.differ.push((label.clone(), there.clone())),
                None => {
                    match by_label.get(&key) {
                        Some(removed) => pasted.back.push((removed.id, label.clone())),
                        None => pasted.new.push(label.clone()),
                    }
                    typed.insert(key, label);
                }
            }
        }
        pasted
    }

    fn option_mut(&mut self, id: u32) -> Result<&mut Choice, FieldProblem> {
        let found = self.choices.iter_mut().find(|choice| choice.id == id);
        found.ok_or_else(|| FieldProblem::NoChoice(id.to_string()))
    }

    /// Refuses a label that another option in use has, in whatever case.
    fn check_label(&self, id: u32, label: &str) -> Result<(), FieldProblem> {
        let key = folded(label);
        match self.options().find(|other| other.id != id && folded(&other.label) == key) {
            Some(other) => Err(FieldProblem::LabelTaken(other.label.clone())),
            None => Ok(()),
        }
    }
}

fn takes_choices(kind: Kind) -> bool {
    matches!(kind, Kind::Choice | Kind::Choices)
}

fn folded(label: &str) -> String {
    Claim::fold(Kind::Text, label)
}

thread_local! {
    /// The titles of what is built in, in every language, folded: a column that is called so is taken for it, whoever wrote the file.
    static BUILT_IN: HashSet<String> = built_in_titles().iter().map(|title| folded(title)).collect();
}

/// In one line, with single spaces.
fn tidied(text: &str) -> String {
    tidy(text.into()).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check_key(fields: &Fields, key: &str) -> Result<(), FieldProblem> {
    let begins_well = key.starts_with(|letter: char| letter.is_ascii_lowercase());
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !begins_well || !key.bytes().all(fits) || key.len() > KEY_LETTERS || TAKEN.contains(&key) {
        return Err(FieldProblem::NotAKey(key.to_owned()));
    }
    if fields.by_key(key).is_some() { Err(FieldProblem::KeyTaken(key.to_owned())) } else { Ok(()) }
}

/// One edit of a definition, beside the other fields.
fn define(fields: &Fields, field: &mut Field, edit: &FieldEdit) -> Result<(), FieldProblem> {
    match edit {
        FieldEdit::Title(title) => field.title = checked_title(fields, field, title)?,
        FieldEdit::Required(required) => {
            if !required && field.required && !field.may_be_optional() {
                return Err(FieldProblem::Always(field.title.clone()));
            }
            field.required = *required;
        }
        FieldEdit::Unique(unique) => {
            if *unique != field.unique && !field.may_be_unique() {
                return Err(FieldProblem::Unfit(field.title.clone()));
            }
            field.unique = *unique;
        }
        FieldEdit::Searched(searched) => {
            if *searched && !field.may_be_searched() {
                return Err(FieldProblem::NotSearched(field.title.clone()));
            }
            if *searched && !field.searched && fields.searched().count() >= Fields::SEARCHED_MOST {
                return Err(FieldProblem::TooManySearched);
            }
            field.searched = *searched;
        }
        FieldEdit::Pattern(pattern) => field.pattern = checked_pattern(field, pattern.as_deref())?,
        FieldEdit::Retired(retired) => {
            if *retired && !field.may_retire() {
                return Err(FieldProblem::Needed(field.title.clone()));
            }
            if field.retired && !retired {
                // Another field may have got its title meanwhile.
                checked_title(fields, field, &field.title.clone())?;
            }
            field.retired = *retired;
        }
        FieldEdit::Place(_) => {}
        _ if !field.takes_choices() => return Err(FieldProblem::TakesNoChoices(field.kind.word())),
        FieldEdit::AddChoices(labels) => add_choices(field, labels)?,
        FieldEdit::RenameChoice(id, label) => rename_choice(field, *id, label)?,
        FieldEdit::RetireChoice(id, retired) => retire_choice(field, *id, *retired)?,
        FieldEdit::PlaceChoice(id, place) => {
            let at = field.choices.iter().position(|choice| choice.id == *id);
            let at = at.ok_or_else(|| FieldProblem::NoChoice(id.to_string()))?;
            place_among(&mut field.choices, at, *place, |choice| !choice.retired);
        }
    }
    Ok(())
}

fn checked_title(fields: &Fields, field: &Field, title: &str) -> Result<String, FieldProblem> {
    let title = tidied(title);
    if title.is_empty() {
        return Err(FieldProblem::NoTitle);
    }
    check_plain(&title).map_err(FieldProblem::NotPlain)?;
    if title.chars().count() > LETTERS {
        return Err(FieldProblem::TooLong(LETTERS));
    }
    let key = folded(&title);
    let taken = fields.current().find(|other| other.key != field.key && folded(&other.title) == key);
    if let Some(other) = taken {
        return Err(FieldProblem::TitleTaken(other.key.clone(), other.title.clone()));
    }
    // A title that was given before it was looked at may stay.
    let is_own = field.number.0 == 0 || field.number >= standard::FIRST_CUSTOM;
    if is_own && title != field.title && BUILT_IN.with(|titles| titles.contains(&key)) {
        return Err(FieldProblem::BuiltIn(title));
    }
    Ok(title)
}

fn checked_pattern(field: &Field, pattern: Option<&str>) -> Result<Option<String>, FieldProblem> {
    match pattern.map(str::trim).filter(|pattern| !pattern.is_empty()) {
        None => Ok(None),
        Some(_) if !field.takes_pattern() => Err(FieldProblem::NoPattern(field.kind.word())),
        Some(pattern) => match pattern_read(pattern) {
            _ if pattern.chars().count() > PATTERN_LETTERS => Err(FieldProblem::PatternTooLarge),
            PatternRead::Fine => Ok(Some(pattern.to_owned())),
            PatternRead::TooLarge => Err(FieldProblem::PatternTooLarge),
            PatternRead::Unreadable => {
                Err(FieldProblem::NotAPattern(pattern.chars().take(LETTERS).collect()))
            }
        },
    }
}

fn checked_label(label: &str) -> Result<String, FieldProblem> {
    let label = tidied(label);
    if label.is_empty() {
        return Err(FieldProblem::NoLabel);
    }
    check_plain(&label).map_err(FieldProblem::NotPlain)?;
    if label.contains(';') {
        return Err(FieldProblem::Semicolon(label));
    }
    if label.chars().count() > LETTERS { Err(FieldProblem::TooLong(LETTERS)) } else { Ok(label) }
}

fn add_choices(field: &mut Field, labels: &[String]) -> Result<(), FieldProblem> {
    let labels = labels.iter().map(|label| checked_label(label)).collect::<Result<Vec<_>, _>>()?;
    let pasted = field.compare_choices(&labels);
    if field.choices.len() + pasted.new.len() > OPTIONS {
        return Err(FieldProblem::TooManyChoices);
    }
    for (id, label) in pasted.back {
        retire_choice(field, id, false)?;
        rename_choice(field, id, &label)?;
    }
    let last = field.choices.iter().map(|choice| choice.id).max().unwrap_or_default();
    let new = (last + 1..).zip(pasted.new);
    field.choices.extend(new.map(|(id, label)| Choice { id, label, former: Vec::new(), retired: false }));
    Ok(())
}

fn rename_choice(field: &mut Field, id: u32, label: &str) -> Result<(), FieldProblem> {
    let label = checked_label(label)?;
    field.check_label(id, &label)?;
    let choice = field.option_mut(id)?;
    if choice.label != label {
        let before = std::mem::replace(&mut choice.label, label);
        choice.former.push(before);
        let mut seen = HashSet::from([choice.label.clone()]);
        choice.former.retain(|former| seen.insert(former.clone()));
    }
    Ok(())
}

fn retire_choice(field: &mut Field, id: u32, retired: bool) -> Result<(), FieldProblem> {
    let label = field.option_mut(id)?.label.clone();
    if !retired {
        field.check_label(id, &label)?;
    }
    field.option_mut(id)?.retired = retired;
    Ok(())
}

/// Moves what stands at one place to a place among those that count; the others keep their order.
fn place_among<T>(all: &mut Vec<T>, at: usize, place: usize, counts: impl Fn(&T) -> bool) {
    let moved = all.remove(at);
    let counted = all.iter().enumerate().filter(|(_, one)| counts(one)).map(|(at, _)| at);
    let places: Vec<usize> = counted.collect();
    let behind = places.last().map_or(0, |last| last + 1);
    all.insert(places.get(place).copied().unwrap_or(behind), moved);
}

#[cfg(test)]
mod tests;
