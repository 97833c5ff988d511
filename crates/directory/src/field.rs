//! A field: one attribute of a user, built in or defined by the account, as it was defined at a revision.

use std::collections::BTreeMap;
use std::sync::Arc;

use sentences::{Language, say, speaking};

use crate::reading::nearest::folded;

/// The number of a field in its account: immutable, never used again; what history and custom values are kept by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldNumber(pub u32);

/// The numbers of the built-in fields, the same in every account. The account's own start at [`standard::FIRST_CUSTOM`].
pub mod standard {
    use super::FieldNumber;
    /// The user as such: its creation and its withdrawal in the history; also column A of a file.
    pub const USER: FieldNumber = FieldNumber(0);
    /// First name.
    pub const FIRST_NAME: FieldNumber = FieldNumber(1);
    /// Last name.
    pub const LAST_NAME: FieldNumber = FieldNumber(2);
    /// Email.
    pub const EMAIL: FieldNumber = FieldNumber(3);
    /// Username, for those without an email.
    pub const USERNAME: FieldNumber = FieldNumber(4);
    /// Active or inactive.
    pub const STATUS: FieldNumber = FieldNumber(5);
    /// Job title.
    pub const JOB_TITLE: FieldNumber = FieldNumber(6);
    /// Department.
    pub const DEPARTMENT: FieldNumber = FieldNumber(7);
    /// Manager.
    pub const MANAGER: FieldNumber = FieldNumber(8);
    /// Phone.
    pub const PHONE: FieldNumber = FieldNumber(9);
    /// Employee number.
    pub const EMPLOYEE_NUMBER: FieldNumber = FieldNumber(10);
    /// Start date.
    pub const START_DATE: FieldNumber = FieldNumber(11);
    /// Segments.
    pub const SEGMENTS: FieldNumber = FieldNumber(12);
    /// Language.
    pub const LANGUAGE: FieldNumber = FieldNumber(13);
    /// How many built-in fields there are; each is a column of its own in the store.
    pub const COUNT: usize = 13;
    /// The first number of an account's own fields.
    pub const FIRST_CUSTOM: FieldNumber = FieldNumber(101);
}

/// The kind of a field. Beside each, the form in which a value is stored (the *stored form*, a text; empty is none).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// NFC, no white space at the ends, line ends LF.
    Text,
    /// Canonical decimal: `-12.5`, no exponent, no trailing zeros.
    Number,
    /// `2026-11-22`.
    Date,
    /// `yes` or `no`.
    YesNo,
    /// The id of the choice: `3`.
    Choice,
    /// The ids of the choices, ascending, joined by `;`: `1;4`.
    Choices,
    /// As typed, NFC.
    Email,
    /// E.164: `+441632960123`.
    Phone,
    /// The User ID of another user: `U-7K3QX9M2PD`.
    User,
    /// As typed, NFC.
    Username,
    /// `active` or `inactive`.
    Status,
    /// A language tag in canonical case: `en-GB`.
    Language,
}

impl Kind {
    /// The kinds an account may define, by the word of the command line and REST.
    pub const CUSTOM: [(&'static str, Self); 9] = [
        ("text", Self::Text),
        ("number", Self::Number),
        ("date", Self::Date),
        ("yes_no", Self::YesNo),
        ("choice", Self::Choice),
        ("choices", Self::Choices),
        ("email", Self::Email),
        ("phone", Self::Phone),
        ("user", Self::User),
    ];

    /// The word for a kind, in the store and in REST.
    pub fn word(self) -> &'static str {
        match self {
            Self::Username => "username",
            Self::Status => "status",
            Self::Language => "language",
            custom => Self::CUSTOM.iter().find(|(_, kind)| *kind == custom).map_or("text", |(word, _)| word),
        }
    }

    /// Whether a search for words can look through values of this kind: what is kept is what people would type.
    pub fn is_searchable(self) -> bool {
        matches!(self, Self::Text | Self::Number | Self::Email | Self::Phone | Self::Username)
    }

    /// The kind of a word, built-in kinds included.
    pub fn of_word(word: &str) -> Option<Self> {
        let built_in = [Self::Username, Self::Status, Self::Language].into_iter();
        Self::CUSTOM.iter().map(|(_, kind)| *kind).chain(built_in).find(|kind| kind.word() == word)
    }
}

/// One option of a choice field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its number in the field: immutable, never used again.
    pub id: u32,
    /// What people read; holds no `;`.
    pub label: String,
    /// Earlier labels, still understood.
    pub former: Vec<String>,
    /// No longer to be chosen; users who have it keep it.
    pub retired: bool,
}

/// A field as it is defined at a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its number.
    pub number: FieldNumber,
    /// Its key, row 2 of a workbook and the name in REST: `[a-z][a-z0-9_]*`, immutable.
    pub key: String,
    /// Its title as it was defined; what people read is [`Self::title`].
    pub title: String,
    /// Its kind.
    pub kind: Kind,
    /// Whether every user must have a value.
    pub required: bool,
    /// Whether no two users of the account may have the same value. Email and username are unique by nature, over the deployment.
    pub unique: bool,
    /// Whether it is managed elsewhere: shown, not changed by people.
    pub read_only: bool,
    /// The greatest number of characters, if there is one.
    pub max_length: Option<u32>,
    /// A pattern that the whole stored form must match, in words of the `regex` crate, if there is one (`pattern.rs`);
    /// [`Kind::Choice`] and its like have none.
    pub pattern: Option<String>,
    /// No longer in use; its history stays.
    pub retired: bool,
    /// Whether a search for users looks through it, of the account's own fields ([`Kind::is_searchable`]); what is built in is not asked.
    pub searched: bool,
    /// Its options, in order, for [`Kind::Choice`] and [`Kind::Choices`].
    pub choices: Vec<Choice>,
}

impl Field {
    /// A text field with this number, key and title that demands nothing; the start of every other.
    pub fn new(number: FieldNumber, key: &str, title: &str, kind: Kind) -> Self {
        Self {
            number,
            key: key.to_owned(),
            title: title.to_owned(),
            kind,
            required: false,
            unique: false,
            read_only: false,
            max_length: None,
            pattern: None,
            retired: false,
            searched: false,
            choices: Vec::new(),
        }
    }

    /// What people read, row 1 of a workbook: of a built-in field in the language that is spoken, unless the account gave it a title of
    /// its own.
    pub fn title(&self) -> &str {
        match built_in_title(self.number) {
            Some(said) if is_said(self.number, &self.title) => said,
            _ => &self.title,
        }
    }

    /// Its title as a workbook in each of the languages has it.
    pub fn titles(&self) -> Vec<String> {
        let mut titles: Vec<String> =
            Language::SHIPPED.map(|language| speaking(language, || self.title().to_owned())).into();
        titles.push(self.title.clone());
        titles.sort_unstable();
        titles.dedup();
        titles
    }

    /// Whether a text, folded, is its title in one of the languages.
    pub fn is_titled(&self, text: &str) -> bool {
        let text = folded(text);
        self.titles().iter().any(|title| text == folded(title))
    }

    /// Whether a stored form can still be offered: a choice that is there and was not retired, anything of the other kinds.
    pub fn offers(&self, stored: &str) -> bool {
        let is_there = |id: &str| self.choice(id).is_some_and(|choice| !choice.retired);
        !matches!(self.kind, Kind::Choice | Kind::Choices) || stored.split(';').all(is_there)
    }

    /// The choice of this id.
    pub fn choice(&self, id: &str) -> Option<&Choice> {
        let id: u32 = id.parse().ok()?;
        // Ids count from 1, and options mostly stay in the order in which they were made.
        let usual = self.choices.get((id as usize).wrapping_sub(1)).filter(|choice| choice.id == id);
        usual.or_else(|| self.choices.iter().find(|choice| choice.id == id))
    }
}

/// The title of a built-in field in the language that is spoken.
fn built_in_title(number: FieldNumber) -> Option<&'static str> {
    use standard as s;
    Some(match number {
        s::FIRST_NAME => say!("field-first-name"),
        s::LAST_NAME => say!("field-last-name"),
        s::EMAIL => say!("field-email"),
        s::USERNAME => say!("field-username"),
        s::STATUS => say!("field-status"),
        s::JOB_TITLE => say!("field-job-title"),
        s::DEPARTMENT => say!("field-department"),
        s::MANAGER => say!("field-manager"),
        s::PHONE => say!("field-phone"),
        s::EMPLOYEE_NUMBER => say!("field-employee-number"),
        s::START_DATE => say!("field-start-date"),
        s::SEGMENTS => say!("field-segments"),
        s::LANGUAGE => say!("field-language"),
        _ => return None,
    })
}

/// The titles of all built-in fields, and of the column of IDs, in every language.
pub(crate) fn built_in_titles() -> Vec<String> {
    let titles = || {
        let fields = Fields::built_in();
        let of_fields = fields.all().iter().filter_map(|field| built_in_title(field.number));
        of_fields.chain([say!("user-id")]).map(str::to_owned).collect::<Vec<_>>()
    };
    Language::SHIPPED.into_iter().flat_map(|language| speaking(language, titles)).collect()
}

/// Whether this is the title that a built-in field began with.
fn is_said(number: FieldNumber, title: &str) -> bool {
    speaking(Language::English, || built_in_title(number)) == Some(title)
}

/// Answers that people want offered again to texts that a field can't take: the stored form, by field and [`Fields::answer_key`].
pub type Answers = BTreeMap<(FieldNumber, String), String>;

/// The fields of an account at a revision, in the account's order, retired ones included. Cheap to clone. Two are equal when the
/// definitions are: answers are offered and decide nothing.
#[derive(Debug, Clone)]
pub struct Fields(Arc<[Field]>, Option<Arc<Answers>>);

impl PartialEq for Fields {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Fields {}

impl Fields {
    /// These fields, in this order.
    pub fn new(fields: Vec<Field>) -> Self {
        Self(fields.into(), None)
    }

    /// The same, with the answers that are to be offered again.
    #[must_use]
    pub fn with_answers(self, answers: Answers) -> Self {
        Self(self.0, (!answers.is_empty()).then(|| Arc::new(answers)))
    }

    /// What a text is known by among the answers: texts that differ in case and space alone have one.
    pub fn answer_key(text: &str) -> String {
        folded(text)
    }

    /// The answer that people want offered again for a text in a field, as they would type it; none where there is none, or where it is
    /// an option that is no longer to be chosen.
    pub fn answer_to(&self, field: &Field, text: &str) -> Option<String> {
        let value = self.1.as_ref()?.get(&(field.number, folded(text)))?;
        field.offers(value).then(|| field.shown(Some(value), None))
    }

    /// The built-in fields as a new account has them, in the order of the workbook: first and last name required.
    pub fn built_in() -> Self {
        use standard as s;
        // What is kept is English, whoever makes the account.
        let of = |number, key, kind| {
            let title = speaking(Language::English, || built_in_title(number)).unwrap_or(key);
            Field::new(number, key, title, kind)
        };
        let mut fields = vec![
            of(s::FIRST_NAME, "first_name", Kind::Text),
            of(s::LAST_NAME, "last_name", Kind::Text),
            of(s::EMAIL, "email", Kind::Email),
            of(s::USERNAME, "username", Kind::Username),
            of(s::STATUS, "status", Kind::Status),
            of(s::JOB_TITLE, "job_title", Kind::Text),
            of(s::DEPARTMENT, "department", Kind::Choice),
            of(s::MANAGER, "manager", Kind::User),
            of(s::PHONE, "phone", Kind::Phone),
            of(s::EMPLOYEE_NUMBER, "employee_number", Kind::Text),
            of(s::START_DATE, "start_date", Kind::Date),
            of(s::SEGMENTS, "segments", Kind::Choices),
            of(s::LANGUAGE, "language", Kind::Language),
        ];
        for field in &mut fields {
            field.required = matches!(field.number, s::FIRST_NAME | s::LAST_NAME | s::STATUS);
            field.max_length = match field.kind {
                Kind::Text => Some(200),
                Kind::Email => Some(254),
                Kind::Username => Some(100),
                _ => None,
            };
        }
        Self::new(fields)
    }

    /// Every field, retired ones too.
    pub fn all(&self) -> &[Field] {
        &self.0
    }

    /// The fields in use.
    pub fn current(&self) -> impl Iterator<Item = &Field> {
        self.0.iter().filter(|field| !field.retired)
    }

    /// The account's own fields that a search looks through.
    pub fn searched(&self) -> impl Iterator<Item = FieldNumber> {
        let own = |field: &&Field| field.searched && field.number >= standard::FIRST_CUSTOM;
        self.current().filter(own).map(|field| field.number)
    }

    /// The field of this number.
    pub fn get(&self, number: FieldNumber) -> Option<&Field> {
        self.0.iter().find(|field| field.number == number)
    }

    /// The field of this key.
    pub fn by_key(&self, key: &str) -> Option<&Field> {
        self.0.iter().find(|field| field.key == key)
    }

    /// The place of a field in [`crate::Users`], which has one slot for each field, in this order.
    pub fn slot(&self, number: FieldNumber) -> Option<usize> {
        self.0.iter().position(|field| field.number == number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_built_in_title_is_said_in_the_language_that_is_spoken_and_an_own_one_as_it_is() {
        let fields = speaking(Language::German, Fields::built_in);
        let field = fields.get(standard::FIRST_NAME).expect("built in");
        assert_eq!((field.title.as_str(), field.title()), ("First name", "First name"));
        let renamed = Field { title: "Given name".to_owned(), ..field.clone() };
        let own = Field::new(standard::FIRST_CUSTOM, "office", "Office", Kind::Text);
        let german =
            speaking(Language::German, || [field, &renamed, &own].map(|field| field.title().to_owned()));
        assert_eq!(german, ["Vorname", "Given name", "Office"]);
        for (field, text, expected) in [
            (field, "first NAME ", true),
            (field, "Vorname", true),
            (field, "Nachname", false),
            (field, "", false),
            (&renamed, "Given name", true),
            (&renamed, "Vorname", false),
            (&own, "Büro", false),
        ] {
            assert_eq!(field.is_titled(text), expected, "{text}");
        }
    }
}
