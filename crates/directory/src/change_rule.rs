//! A rule of change: what is to become of fields of many users at once, in up to ten lines. A rule makes a text of what a cell shows, as a
//! person would type it in a spreadsheet; the text is then read, merged and checked as any other cell is. So a rule knows no more and is
//! let do no more than a file.

use ::sentences::say;
use workbook::{Cell, Position};

use crate::{Field, FieldNumber, Fields, Kind, Read, Reading};

/// What is to be done with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleStep {
    /// The cell says this text.
    Set(String),
    /// The cell is emptied.
    Clear,
    /// Wherever the first text stands in the cell, the second stands.
    Replace(String, String),
    /// These segments, with `;` between them, are there; those that are there already stay.
    Add(String),
    /// These segments are not there.
    TakeAway(String),
}

impl RuleStep {
    /// The words of all steps, as REST and forms name them.
    pub const WORDS: [&'static str; 5] = ["set", "clear", "replace", "add", "take_away"];

    /// The stable word: `take_away`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Set(_) => "set",
            Self::Clear => "clear",
            Self::Replace(..) => "replace",
            Self::Add(_) => "add",
            Self::TakeAway(_) => "take_away",
        }
    }

    /// The step of a word with its texts; none when there is no such word.
    pub fn of_word(word: &str, text: String, with: String) -> Option<Self> {
        Some(match word {
            "set" => Self::Set(text),
            "clear" => Self::Clear,
            "replace" => Self::Replace(text, with),
            "add" => Self::Add(text),
            "take_away" => Self::TakeAway(text),
            _ => return None,
        })
    }

    /// The words of the steps that a field of this kind can take.
    pub fn words_for(kind: Kind) -> Vec<&'static str> {
        let takes = |word: &&str| match *word {
            "replace" => matches!(kind, Kind::Text | Kind::Email | Kind::Username | Kind::Phone),
            "add" | "take_away" => matches!(kind, Kind::Choices | Kind::Text),
            _ => true,
        };
        Self::WORDS.into_iter().filter(takes).collect()
    }

    fn texts(&self) -> (&str, &str) {
        match self {
            Self::Set(text) | Self::Add(text) | Self::TakeAway(text) => (text, ""),
            Self::Replace(text, with) => (text, with),
            Self::Clear => ("", ""),
        }
    }

    /// The same without NULs, which no cell has, and no database keeps.
    fn without_nul(self) -> Self {
        let (text, with) = self.texts();
        if !text.contains('\0') && !with.contains('\0') {
            return self;
        }
        let (text, with) = (text.replace('\0', ""), with.replace('\0', ""));
        Self::of_word(self.word(), text, with).unwrap_or(self)
    }

    /// What the cell says after the step, of what it shows before.
    fn after(&self, field: &Field, shown: &str) -> String {
        match self {
            Self::Set(text) => text.clone(),
            Self::Clear => String::new(),
            Self::Replace(from, to) => replaced(field, shown, from, to),
            Self::Add(text) => added(field, shown, text),
            Self::TakeAway(text) => taken_away(field, shown, text),
        }
    }
}

/// One line of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleLine {
    /// The field that it is about.
    pub field: FieldNumber,
    /// What is done with it.
    pub step: RuleStep,
}

/// Why lines make no rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleRefused {
    /// There is no line.
    Empty,
    /// There are more than [`ChangeRule::MOST`].
    TooMany,
    /// There is no field of this key.
    NoField(String),
    /// The field of this title is managed elsewhere.
    ReadOnly(String),
    /// The field of this title takes other steps: these.
    Unfit(String, Vec<&'static str>),
    /// The line about the field of this title says no text.
    NoText(String),
}

impl RuleRefused {
    /// The sentence of it.
    pub fn sentence(&self) -> String {
        match self {
            Self::Empty => say!("rule-empty").to_owned(),
            Self::TooMany => say!("rule-too-many", most = ChangeRule::MOST),
            Self::NoField(key) => say!("rule-no-field", key = key),
            Self::ReadOnly(title) => say!("rule-read-only", field = title),
            Self::Unfit(title, steps) => say!("rule-unfit", field = title, steps = steps.join(", ")),
            Self::NoText(title) => say!("rule-no-text", field = title),
        }
    }
}

/// A rule of change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRule {
    lines: Vec<RuleLine>,
}

impl ChangeRule {
    /// Lines at the most.
    pub const MOST: usize = 10;

    /// The rule of lines, each with the key of its field; they are followed in this order.
    ///
    /// # Errors
    /// When a line names no field that people may edit, or asks of one what its kind can't take.
    pub fn of_keys(fields: &Fields, lines: Vec<(String, RuleStep)>) -> Result<Self, RuleRefused> {
        if lines.is_empty() {
            return Err(RuleRefused::Empty);
        }
        if lines.len() > Self::MOST {
            return Err(RuleRefused::TooMany);
        }
        let lines = lines.into_iter().map(|(key, step)| {
            let Some(field) = fields.current().find(|field| field.key == key) else {
                return Err(RuleRefused::NoField(key));
            };
            let step = step.without_nul();
            fit(field, &step)?;
            Ok(RuleLine { field: field.number, step })
        });
        Ok(Self { lines: lines.collect::<Result<_, _>>()? })
    }

    /// Its lines.
    pub fn lines(&self) -> &[RuleLine] {
        &self.lines
    }

    /// The fields that it is about, each once, in the order in which they come first.
    pub fn fields(&self) -> Vec<FieldNumber> {
        let mut fields = Vec::new();
        for line in &self.lines {
            if !fields.contains(&line.field) {
                fields.push(line.field);
            }
        }
        fields
    }

    /// The text that a field's cell says whatever it says now; none when that depends on it.
    pub fn text_for_all(&self, field: FieldNumber) -> Option<&str> {
        match &self.lines.iter().rfind(|line| line.field == field)?.step {
            RuleStep::Set(text) => Some(text),
            RuleStep::Clear => Some(""),
            _ => None,
        }
    }

    /// What a field's cell says by the rule, of what it shows now.
    pub fn text_of(&self, field: &Field, shown: &str) -> String {
        let steps = self.lines.iter().filter(|line| line.field == field.number).map(|line| &line.step);
        steps.fold(shown.to_owned(), |text, step| step.after(field, &text))
    }

    /// The rule in words: "Department becomes Sales; in Email @old.example becomes @new.example".
    pub fn words(&self, fields: &Fields) -> String {
        Self::told(&self.named(fields))
    }

    /// What stands there once somebody was erased whom the rule was about: its values may be theirs.
    pub const ERASED: &'static str = ":erased";

    /// What stands where an import of a file has the file's name: what its words are made of, for whoever reads them, in whatever
    /// language. A title is kept as it was.
    pub fn named(&self, fields: &Fields) -> String {
        let line = |line: &RuleLine| {
            let (text, with) = line.step.texts();
            let title = fields.get(line.field).map_or("", |field| field.title.as_str());
            let parts = [cut(text), cut(with), title.to_owned()].map(|part| escaped(&part)).join("\t");
            format!("{}\t{}\t{parts}", line.field.0, line.step.word())
        };
        let lines: Vec<String> = self.lines.iter().map(line).collect();
        format!("{NAMED}{}", lines.join("\n"))
    }

    /// The words of that name in the language that is spoken; any other name as it is.
    pub fn told(name: &str) -> String {
        if name == Self::ERASED {
            return say!("rule-erased").to_owned();
        }
        let line = |line: &str| {
            let mut parts = line.split('\t');
            let field = FieldNumber(parts.next()?.parse().ok()?);
            let (word, text, with) = (parts.next()?, unescaped(parts.next()?), unescaped(parts.next()?));
            let field = Field::new(field, "", &unescaped(parts.next()?), Kind::Text);
            Some(words_of(field.title(), &RuleStep::of_word(word, text, with)?))
        };
        let lines = name
            .strip_prefix(NAMED)
            .and_then(|lines| lines.split('\n').map(line).collect::<Option<Vec<_>>>());
        let Some(lines) = lines else { return name.to_owned() };
        let words = lines.join("; ");
        let mut letters = words.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    }

    /// The form in which a rule is kept: a line each, with tabs.
    pub fn stored(&self) -> String {
        let line = |line: &RuleLine| {
            let (text, with) = line.step.texts();
            format!("{}\t{}\t{}\t{}", line.field.0, line.step.word(), escaped(text), escaped(with))
        };
        self.lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// The rule of its kept form; none when it is of another program.
    pub fn of_stored(stored: &str) -> Option<Self> {
        let line = |line: &str| {
            let mut parts = line.split('\t');
            let field = FieldNumber(parts.next()?.parse().ok()?);
            let (word, text, with) = (parts.next()?, parts.next()?, parts.next()?);
            let step = RuleStep::of_word(word, unescaped(text), unescaped(with))?;
            Some(RuleLine { field, step })
        };
        Some(Self { lines: stored.split('\n').map(line).collect::<Option<_>>()? })
    }
}

/// What the name of a rule begins with, before words are made of it.
const NAMED: char = ':';

/// Whether people may do this with a field.
fn fit(field: &Field, step: &RuleStep) -> Result<(), RuleRefused> {
    let title = || field.title().to_owned();
    if field.read_only {
        return Err(RuleRefused::ReadOnly(title()));
    }
    let words = RuleStep::words_for(field.kind);
    if !words.contains(&step.word()) {
        return Err(RuleRefused::Unfit(title(), words));
    }
    let text = step.texts().0;
    let is_empty = match step {
        RuleStep::Clear => false,
        // A space may well be what is to be replaced.
        RuleStep::Replace(..) => text.is_empty(),
        RuleStep::Set(_) => text.trim().is_empty(),
        RuleStep::Add(_) | RuleStep::TakeAway(_) => segments(text, ';').is_empty(),
    };
    if is_empty { Err(RuleRefused::NoText(title())) } else { Ok(()) }
}

fn words_of(title: &str, step: &RuleStep) -> String {
    let (text, with) = step.texts();
    match step {
        RuleStep::Set(_) => say!("rule-set", field = title, text = text),
        RuleStep::Clear => say!("rule-clear", field = title),
        RuleStep::Replace(..) if with.is_empty() => say!("rule-left-off", field = title, text = text),
        RuleStep::Replace(..) => say!("rule-replace", field = title, text = text, with = with),
        RuleStep::Add(_) => say!("rule-add", field = title, text = text),
        RuleStep::TakeAway(_) => say!("rule-take-away", field = title, text = text),
    }
}

/// A text as it stands in a sentence: in one line, and not without end. Between marks where its ends could not be seen else.
fn cut(text: &str) -> String {
    const LETTERS: usize = 60;
    let line = text.replace(['\n', '\t'], " ");
    let cut = match line.char_indices().nth(LETTERS) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    };
    if cut.trim() == cut { cut } else { format!("“{cut}”") }
}

/// Replaces a text wherever it stands. In emails and usernames capital and small letters are the same, as they are for who signs in.
fn replaced(field: &Field, shown: &str, from: &str, to: &str) -> String {
    if from.is_empty() || !matches!(field.kind, Kind::Email | Kind::Username) {
        return if from.is_empty() { shown.to_owned() } else { shown.replace(from, to) };
    }
    let (mut text, mut rest) = (String::with_capacity(shown.len()), shown);
    while let Some(letter) = rest.chars().next() {
        match rest.get(..from.len()).filter(|start| start.eq_ignore_ascii_case(from)) {
            Some(start) => {
                text.push_str(to);
                rest = &rest[start.len()..];
            }
            None => {
                text.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    text
}

fn segments(text: &str, sign: char) -> Vec<&str> {
    text.split(sign).map(str::trim).filter(|segment| !segment.is_empty()).collect()
}

/// The sign between the segments of a text.
fn sign_of(field: &Field, shown: &str) -> char {
    let signs = [';', '\n', ','];
    let found = signs.into_iter().find(|sign| shown.contains(*sign));
    if field.kind == Kind::Choices { ';' } else { found.unwrap_or(';') }
}

fn joined(segments: &[&str], sign: char) -> String {
    let between = if sign == '\n' { "\n".to_owned() } else { format!("{sign} ") };
    segments.join(&between)
}

/// Whether two segments are the same: the same option, or the same text in any case.
fn is_same(field: &Field, one: &str, other: &str) -> bool {
    let option = |segment| {
        let cell = Cell::text(Position { row: 1, column: 1 }, segment);
        match field.read(Some(&cell), &Reading::default()) {
            Ok(Read::Value(stored)) if field.kind == Kind::Choices => stored,
            _ => None,
        }
    };
    one == other
        || one.to_lowercase() == other.to_lowercase()
        || option(one).is_some_and(|of_one| Some(of_one) == option(other))
}

fn added(field: &Field, shown: &str, text: &str) -> String {
    let sign = sign_of(field, shown);
    let mut there = segments(shown, sign);
    let before = there.len();
    for segment in segments(text, ';') {
        if !there.iter().any(|known| is_same(field, known, segment)) {
            there.push(segment);
        }
    }
    if there.len() == before { shown.to_owned() } else { joined(&there, sign) }
}

fn taken_away(field: &Field, shown: &str, text: &str) -> String {
    let (sign, away) = (sign_of(field, shown), segments(text, ';'));
    let mut there = segments(shown, sign);
    let before = there.len();
    there.retain(|segment| !away.iter().any(|gone| is_same(field, segment, gone)));
    if there.len() == before { shown.to_owned() } else { joined(&there, sign) }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

fn unescaped(text: &str) -> String {
    let (mut plain, mut letters) = (String::with_capacity(text.len()), text.chars());
    while let Some(letter) = letters.next() {
        plain.push(match letter {
            '\\' => match letters.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some(other) => other,
                None => '\\',
            },
            other => other,
        });
    }
    plain
}

#[cfg(test)]
mod tests {
    use sentences::{Language, speaking};

    use super::{ChangeRule, RuleRefused, RuleStep};
    use crate::{Choice, Field, FieldNumber, Fields, Kind};

    fn fields() -> Fields {
        let mut fields = Fields::built_in().all().to_vec();
        let choice = |(id, label): (u32, &str)| Choice {
            id,
            label: label.to_owned(),
            former: if id == 2 { vec!["Munich".to_owned()] } else { Vec::new() },
            retired: false,
        };
        for field in fields.iter_mut().filter(|field| field.key == "segments") {
            field.choices = (1..).zip(["Paris", "München", "Bonn"]).map(choice).collect();
        }
        let shown = Field { read_only: true, ..Field::new(FieldNumber(101), "badge", "Badge", Kind::Text) };
        fields.push(shown);
        fields.push(Field { retired: true, ..Field::new(FieldNumber(102), "old", "Old", Kind::Text) });
        Fields::new(fields)
    }

    fn rule(lines: &[(&str, RuleStep)]) -> Result<ChangeRule, RuleRefused> {
        let lines = lines.iter().map(|(key, step)| ((*key).to_owned(), step.clone())).collect();
        ChangeRule::of_keys(&fields(), lines)
    }

    fn set(text: &str) -> RuleStep {
        RuleStep::Set(text.to_owned())
    }

    fn replace(from: &str, to: &str) -> RuleStep {
        RuleStep::Replace(from.to_owned(), to.to_owned())
    }

    fn add(text: &str) -> RuleStep {
        RuleStep::Add(text.to_owned())
    }

    fn away(text: &str) -> RuleStep {
        RuleStep::TakeAway(text.to_owned())
    }

    #[test]
    fn a_rule_makes_a_text_of_what_a_cell_shows() {
        for (key, step, shown, expected) in [
            ("job_title", set("Clerk"), "Dean", "Clerk"),
            ("job_title", set("Cl\0erk"), "Dean", "Clerk"),
            ("job_title", RuleStep::Clear, "Dean", ""),
            ("job_title", replace("an", "AN"), "an Anan", "AN AnAN"),
            ("job_title", replace("x", ""), "axxb", "ab"),
            ("job_title", replace(" ", ""), "a b", "ab"),
            ("email", replace("@old.example", "@new.example"), "Ann@OLD.example", "Ann@new.example"),
            ("email", replace("ß", "ss"), "groß@a.example", "gross@a.example"),
            ("email", replace("@a", "@b"), "ä@", "ä@"),
            ("username", replace("ANN", "bea"), "ann.annex", "bea.beaex"),
            ("segments", add("Bonn"), "Paris; München", "Paris; München; Bonn"),
            ("segments", add("munich; bonn"), "Paris; München", "Paris; München; bonn"),
            ("segments", add("Paris"), "", "Paris"),
            ("segments", add("paris"), "Paris", "Paris"),
            ("segments", away("Munich"), "Paris; München", "Paris"),
            ("segments", away("paris;Munich"), "Paris; München", ""),
            ("segments", away("Nowhere"), "Paris; München", "Paris; München"),
            ("job_title", add("c"), "a, b", "a, b, c"),
            ("job_title", add("c;d"), "a", "a; c; d"),
            ("job_title", add("B"), "a\nb", "a\nb"),
            ("job_title", away("a"), "a\nb\nc", "b\nc"),
            ("job_title", away("a"), "a;b", "b"),
            ("job_title", away("b"), "ab;c", "ab;c"),
        ] {
            let rule = rule(&[(key, step.clone())]).expect("a rule");
            let fields = fields();
            let field = fields.by_key(key).expect("a field");
            assert_eq!(rule.text_of(field, shown), expected, "{key} {step:?} {shown:?}");
        }
    }

    #[test]
    fn lines_about_one_field_follow_each_other() {
        let rule =
            rule(&[("email", replace("a", "b")), ("job_title", set("X")), ("email", replace("b", "c"))]);
        let rule = rule.expect("a rule");
        let fields = fields();
        assert_eq!(rule.text_of(fields.by_key("email").expect("it"), "ab@"), "cc@");
        assert_eq!(rule.fields().len(), 2);
        assert_eq!(rule.text_for_all(fields.by_key("email").expect("it").number), None);
        assert_eq!(rule.text_for_all(fields.by_key("job_title").expect("it").number), Some("X"));
    }

    #[test]
    fn what_a_field_cant_take_is_refused() {
        let many: Vec<_> = (0..11).map(|_| ("job_title", RuleStep::Clear)).collect();
        for (lines, expected) in [
            (&[][..], Some(RuleRefused::Empty)),
            (&many, Some(RuleRefused::TooMany)),
            (&many[..10], None),
            (&[("nothing", RuleStep::Clear)], Some(RuleRefused::NoField("nothing".to_owned()))),
            (&[("old", RuleStep::Clear)], Some(RuleRefused::NoField("old".to_owned()))),
            (&[("badge", RuleStep::Clear)], Some(RuleRefused::ReadOnly("Badge".to_owned()))),
            (
                &[("manager", replace("a", "b"))],
                Some(RuleRefused::Unfit("Manager".to_owned(), vec!["set", "clear"])),
            ),
            (
                &[("email", add("a"))],
                Some(RuleRefused::Unfit("Email".to_owned(), vec!["set", "clear", "replace"])),
            ),
            (&[("email", replace("", "b"))], Some(RuleRefused::NoText("Email".to_owned()))),
            (&[("email", replace("a", ""))], None),
            (&[("email", set("  "))], Some(RuleRefused::NoText("Email".to_owned()))),
            (&[("segments", add(" ; "))], Some(RuleRefused::NoText("Segments".to_owned()))),
            (&[("segments", away("Paris"))], None),
        ] {
            assert_eq!(rule(lines).err(), expected, "{lines:?}");
        }
    }

    #[test]
    fn a_rule_is_said_in_words_and_kept() {
        let lines = [
            ("department", set("Sales")),
            ("email", replace("@old.example", "@new.example")),
            ("phone", RuleStep::Clear),
            ("job_title", replace(" \t\\n\n", "")),
            ("segments", add("Paris")),
            ("segments", away("Bonn")),
        ];
        let rule = rule(&lines).expect("a rule");
        assert_eq!(ChangeRule::of_stored(&rule.stored()), Some(rule.clone()));
        let words = rule.words(&fields());
        assert!(
            words.starts_with("Department becomes Sales; in Email @old.example becomes @new.example; "),
            "{words}"
        );
        let german = speaking(Language::German, || ChangeRule::told(&rule.named(&fields())));
        assert!(
            german.starts_with("Abteilung wird Sales; in E-Mail wird @old.example zu @new.example; "),
            "{german}"
        );
        for name in ["users.xlsx", ":", ": 1.csv", ":7\tset", ":x\tset\ta\tb\tc"] {
            assert_eq!(ChangeRule::told(name), name);
        }
        for stored in ["", "1\tset", "1\tturn\ta\tb", "x\tclear\t\t"] {
            assert_eq!(ChangeRule::of_stored(stored), None, "{stored:?}");
        }
        let long = self::rule(&[("job_title", set(&"x".repeat(200)))]).expect("a rule");
        assert!(long.words(&fields()).len() < 100);
        assert!(
            self::rule(&[("email", replace("a", "b"))])
                .expect("a rule")
                .words(&fields())
                .starts_with("In Email")
        );
    }
}
