//! The form of one user: an input for each field, by its kind; what was typed, and what is wrong with it.

use directory::{Field, FieldNumber, Fields, Kind, User};
use import::People;
use maud::{Markup, html};
use sentences::say;
use store::Result;

use crate::web::frame::components::field::rows_of;

/// The whole form.
pub(super) struct UserForm {
    /// A line for each field in use.
    lines: Vec<Line>,
    /// The revision of the account that the form shows.
    seen: u64,
    /// Whether it may be sent.
    may_edit: bool,
}

/// One field of the form.
struct Line {
    field: Field,
    /// The text in the input; several choices joined by "; ".
    text: String,
    /// A name beside a User ID.
    beside: Option<String>,
    /// What is wrong.
    problem: Option<String>,
}

/// Reads a sent form: the texts by field, and the revision that it showed.
pub(super) fn typed(fields: &Fields, pairs: &[(String, String)]) -> (Vec<(FieldNumber, String)>, u64) {
    let seen = pairs.iter().find(|(name, _)| name == "seen").and_then(|(_, seen)| seen.parse().ok());
    let mut values = Vec::new();
    for field in fields.current().filter(|field| !field.read_only) {
        let name = format!("field.{}", field.key);
        let texts: Vec<&str> =
            pairs.iter().filter(|(of, _)| *of == name).map(|(_, text)| text.as_str()).collect();
        // A list of ticks sends an empty text besides, so that none ticked is told from a field that was not on the form.
        if !texts.is_empty() {
            let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
            values.push((field.number, texts.join("; ")));
        }
    }
    (values, seen.unwrap_or(0))
}

impl UserForm {
    /// The form of a new user.
    pub(super) fn empty(fields: &Fields) -> Self {
        let line = |field: &Field| {
            let status = (field.kind == Kind::Status).then(|| field.shown(Some("active"), None));
            Line { field: field.clone(), text: status.unwrap_or_default(), beside: None, problem: None }
        };
        let lines = fields.current().filter(|field| !field.read_only).map(line).collect();
        Self { lines, seen: 0, may_edit: true }
    }

    /// What is wrong, as links to where it stands.
    pub(super) fn problem_links(&self) -> Markup {
        let wrong = self.lines.iter().filter_map(|line| Some((line.id(), line.problem.as_deref()?)));
        html! { ul { @for (id, problem) in wrong { li { a href={ "#" (id) } { (problem) } } } } }
    }

    /// The form as the directory has the user.
    pub(super) fn of(
        people: &mut People<'_>,
        fields: &Fields,
        user: &User<'_>,
        seen: u64,
        may_edit: bool,
    ) -> Result<Self> {
        let mut lines = Vec::new();
        for field in fields.current() {
            let stored = user.value(field.number);
            let shown = people.shown(field, stored)?;
            let (text, beside) = match field.kind {
                Kind::User => (stored.unwrap_or("").to_owned(), stored.map(|_| shown)),
                _ => (shown, None),
            };
            lines.push(Line { field: field.clone(), text, beside, problem: None });
        }
        Ok(Self { lines, seen, may_edit })
    }

    /// Puts what was typed, and what is wrong with it, over what the directory has.
    pub(super) fn keep_typed(&mut self, values: &[(FieldNumber, String)], wrong: &[(FieldNumber, String)]) {
        for line in &mut self.lines {
            let number = line.field.number;
            if let Some((_, text)) = values.iter().find(|(of, _)| *of == number) {
                line.text.clone_from(text);
            }
            line.problem = wrong.iter().find(|(of, _)| *of == number).map(|(_, sentence)| sentence.clone());
        }
    }

    /// The form, or for those who may only look, a list.
    pub(super) fn markup(&self) -> Markup {
        if !self.may_edit {
            return self.list();
        }
        html! {
            form.stack.user method="post" novalidate data-unsaved=(say!("user-unsaved")) {
                input type="hidden" name="seen" value=(self.seen);
                @for line in &self.lines { (line.markup()) }
                @if self.lines.iter().any(|line| line.field.kind == Kind::Language) { (languages()) }
                button.primary type="submit" { (say!("form-save")) }
            }
        }
    }

    /// The revision that the form shows.
    pub(super) fn seen(&self) -> u64 {
        self.seen
    }

    fn list(&self) -> Markup {
        html! {
            dl.details {
                @for line in &self.lines {
                    dt { (line.field.title()) }
                    dd dir="auto" { (line.beside.as_deref().unwrap_or(&line.text)) }
                }
            }
        }
    }
}

/// The id of the list of languages.
const LANGUAGES: &str = "languages";

/// The languages to choose from, each in its own words.
fn languages() -> Markup {
    html! {
        datalist id=(LANGUAGES) {
            @for (tag, name) in directory::languages() { option value=(tag) label=(name) lang=(tag) { (name) } }
        }
    }
}

/// What is wrong, by field, in sentences.
pub(super) fn sentences_of(
    wrong: Vec<(FieldNumber, directory::Wrong, String)>,
) -> Vec<(FieldNumber, String)> {
    wrong
        .into_iter()
        .map(|(field, wrong, sentence)| (field, directory::explained(&sentence, &wrong)))
        .collect()
}

impl Line {
    /// The id of the input, for links and labels.
    fn id(&self) -> String {
        format!("field-{}", self.field.key)
    }

    fn name(&self) -> String {
        format!("field.{}", self.field.key)
    }

    fn described_by(&self) -> Option<String> {
        let problem = self.problem.as_ref().map(|_| format!("{}-problem", self.id()));
        let hint = self.hint().map(|_| format!("{}-hint", self.id()));
        let both: Vec<String> = problem.into_iter().chain(hint).collect();
        (!both.is_empty()).then(|| both.join(" "))
    }

    fn hint(&self) -> Option<String> {
        if self.field.read_only {
            return Some(say!("form-managed-elsewhere-it-cant-be").to_owned());
        }
        match self.field.kind {
            Kind::User => Some(match &self.beside {
                Some(person) => say!("form-person-now", person = person),
                None => say!("form-enter-a-user-id-an").to_owned(),
            }),
            Kind::Language => Some(say!("form-a-language").to_owned()),
            _ => None,
        }
    }

    fn markup(&self) -> Markup {
        if self.field.kind == Kind::Choices {
            return self.ticks();
        }
        html! {
            div.field.wrong[self.problem.is_some()] {
                label for=(self.id()) { (self.field.title()) (self.required_mark()) }
                (self.help())
                @match self.field.kind {
                    Kind::Choice | Kind::Status | Kind::YesNo => (self.select()),
                    _ => (self.input()),
                }
            }
        }
    }

    fn required_mark(&self) -> Markup {
        html! { @if self.field.required { span.muted { " " (say!("form-required")) } } }
    }

    fn help(&self) -> Markup {
        html! {
            @if let Some(hint) = self.hint() { p.hint id={ (self.id()) "-hint" } { (hint) } }
            @if let Some(problem) = &self.problem {
                p.problem id={ (self.id()) "-problem" } { span.hidden { (say!("error-mark")) " " } (problem) }
            }
        }
    }

    fn input(&self) -> Markup {
        let kind = match (self.field.kind, self.problem.is_some()) {
            // A date that is no date can only be shown as text.
            (Kind::Date, false) => "date",
            (Kind::Email, _) => "email",
            (Kind::Phone, _) => "tel",
            _ => "text",
        };
        // A line of text has no breaks: a browser would take them out of what nobody touched.
        if let Some(rows) = rows_of(self.field.kind, &self.text) {
            return html! {
                textarea id=(self.id()) name=(self.name()) rows=(rows) dir="auto" autocomplete="off" readonly[self.field.read_only]
                    aria-invalid=[self.problem.as_ref().map(|_| "true")] aria-describedby=[self.described_by()] { "\n" (self.text) }
            };
        }
        html! {
            input id=(self.id()) name=(self.name()) type=(kind) value=(self.text) dir="auto" autocomplete="off"
                inputmode=[(self.field.kind == Kind::Number).then_some("decimal")]
                readonly[self.field.read_only]
                list=[(self.field.kind == Kind::Language).then_some(LANGUAGES)]
                data-people[self.field.kind == Kind::User && !self.field.read_only]
                aria-invalid=[self.problem.as_ref().map(|_| "true")] aria-describedby=[self.described_by()];
        }
    }

    fn select(&self) -> Markup {
        let options = self.options();
        let unknown = !self.text.is_empty() && !options.contains(&self.text);
        html! {
            select id=(self.id()) name=(self.name()) disabled[self.field.read_only]
                aria-invalid=[self.problem.as_ref().map(|_| "true")] aria-describedby=[self.described_by()] {
                @if !self.field.required || self.text.is_empty() { option value="" { "–" } }
                @if unknown { option value=(self.text) selected { (self.text) } }
                @for option in &options { option value=(option) selected[*option == self.text] { (self.field.said(option)) } }
            }
        }
    }

    fn options(&self) -> Vec<String> {
        let shown = |stored: &str| self.field.shown(Some(stored), None);
        match self.field.kind {
            Kind::Status => ["active", "inactive"].map(shown).into(),
            Kind::YesNo => ["yes", "no"].map(shown).into(),
            _ => self
                .field
                .choices
                .iter()
                .filter(|choice| !choice.retired)
                .map(|choice| choice.label.clone())
                .collect(),
        }
    }

    fn ticks(&self) -> Markup {
        let chosen: Vec<&str> =
            self.text.split(';').map(str::trim).filter(|label| !label.is_empty()).collect();
        let mut options = self.options();
        options.extend(
            chosen
                .iter()
                .filter(|label| !options.iter().any(|of| of == *label))
                .map(|of| (*of).to_owned())
                .collect::<Vec<_>>(),
        );
        html! {
            fieldset.wrong[self.problem.is_some()] id=(self.id()) aria-describedby=[self.described_by()] {
                legend { (self.field.title()) (self.required_mark()) }
                (self.help())
                input type="hidden" name=(self.name()) value="";
                @if options.is_empty() { p.hint { (say!("form-no-options-yet")) } }
                div.ticks {
                    @for option in &options {
                        label.tick {
                            input type="checkbox" name=(self.name()) value=(option)
                                checked[chosen.contains(&option.as_str())] disabled[self.field.read_only];
                            (option)
                        }
                    }
                }
            }
        }
    }
}
