//! A change of many users by a rule, and selections, as REST and the command line send them.

use directory::RuleStep;
use serde::{Deserialize, Serialize};

/// A change that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewChange {
    /// Whose fields are changed.
    pub users: Option<ChangedUsers>,
    /// What is done, in this order.
    #[serde(default)]
    pub lines: Vec<ChangeLine>,
    /// never, when_clean, when_clean_large.
    #[serde(default = "never")]
    pub apply: String,
    /// Whether it then leaves out users with errors.
    #[serde(default)]
    pub leave_out_errors: bool,
    /// Whether it is only looked at: not in the history, and forgotten by DELETE.
    #[serde(default)]
    pub dry_run: bool,
}

fn never() -> String {
    "never".to_owned()
}

/// Whose fields are changed: `"all"`, `{"search": "leeds"}` or `{"selection": "sel_..."}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangedUsers {
    /// Everybody's.
    All,
    /// Those of whom a search finds.
    Search(String),
    /// Those of a selection.
    Selection(String),
}

/// One line: the key of a field, and one of `set`, `clear`, `replace` with `with`, `add` and `take_away`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeLine {
    /// The key of the field.
    pub field: String,
    /// The text that the cell is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<String>,
    /// True: the cell is to be empty.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clear: bool,
    /// A text that is replaced wherever it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replace: Option<String>,
    /// By what; nothing, when it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// Segments, with `;` between them, that are to be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add: Option<String>,
    /// Segments that are not to be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub take_away: Option<String>,
}

impl ChangeLine {
    /// The line of a step with a field.
    pub fn of(field: &str, step: &RuleStep) -> Self {
        let mut line = Self { field: field.to_owned(), ..Self::default() };
        match step.clone() {
            RuleStep::Set(text) => line.set = Some(text),
            RuleStep::Clear => line.clear = true,
            RuleStep::Replace(text, with) => (line.replace, line.with) = (Some(text), Some(with)),
            RuleStep::Add(text) => line.add = Some(text),
            RuleStep::TakeAway(text) => line.take_away = Some(text),
        }
        line
    }

    /// What it means; none when it is not just one step.
    pub fn read(self) -> Option<(String, RuleStep)> {
        let with = self.with;
        let is_replaced = self.replace.is_some() || with.is_none();
        let replace = self.replace.map(|text| RuleStep::Replace(text, with.unwrap_or_default()));
        let steps = [
            self.set.map(RuleStep::Set),
            self.clear.then_some(RuleStep::Clear),
            replace,
            self.add.map(RuleStep::Add),
            self.take_away.map(RuleStep::TakeAway),
        ];
        let mut steps = steps.into_iter().flatten();
        let step = steps.next().filter(|_| is_replaced)?;
        steps.next().is_none().then_some((self.field, step))
    }
}

/// A selection that is asked for: one of both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewSelection {
    /// User IDs, emails or usernames.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<Vec<String>>,
    /// All whom this search finds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
}

/// A selection of users, kept for a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// `sel_...`.
    pub id: String,
    /// How many users there are so far.
    pub users: i64,
    /// Whether all are there; else GET goes on gathering.
    pub whole: bool,
    /// Names of nobody, at most 1,000 of them.
    pub missing: Vec<String>,
    /// How many there were.
    pub missing_count: i64,
    /// How often somebody was named who was named before.
    pub twice: i64,
}

impl From<&store::Selection> for Selection {
    fn from(selection: &store::Selection) -> Self {
        Self {
            id: selection.id.to_string(),
            users: selection.users,
            whole: selection.next.is_none(),
            missing: selection.missing.clone(),
            missing_count: selection.missing_count,
            twice: selection.twice,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{from_str, to_string};

    use super::{ChangeLine, ChangedUsers, NewChange};

    #[test]
    fn a_line_says_one_thing() {
        for (text, expected) in [
            (r#"{"field":"a","set":"x"}"#, true),
            (r#"{"field":"a","clear":true}"#, true),
            (r#"{"field":"a","clear":false}"#, false),
            (r#"{"field":"a","replace":"x","with":"y"}"#, true),
            (r#"{"field":"a","replace":"x"}"#, true),
            (r#"{"field":"a","with":"y"}"#, false),
            (r#"{"field":"a","set":"x","with":"y"}"#, false),
            (r#"{"field":"a","add":"x"}"#, true),
            (r#"{"field":"a","take_away":"x"}"#, true),
            (r#"{"field":"a","set":"x","add":"y"}"#, false),
            (r#"{"field":"a"}"#, false),
        ] {
            let line: ChangeLine = from_str(text).expect("a line");
            let read = line.read();
            assert_eq!(read.is_some(), expected, "{text}");
            if let Some((field, step)) = read {
                let again = ChangeLine::of(&field, &step);
                assert_eq!(again.read(), Some((field, step)));
            }
        }
    }

    #[test]
    fn whose_fields_are_changed_is_said_in_one_way() {
        for (text, expected) in [
            (r#""all""#, Some(ChangedUsers::All)),
            (r#"{"search":"leeds"}"#, Some(ChangedUsers::Search("leeds".to_owned()))),
            (r#"{"selection":"sel_1"}"#, Some(ChangedUsers::Selection("sel_1".to_owned()))),
            (r#"{}"#, None),
            (r#"{"search":"a","selection":"b"}"#, None),
        ] {
            assert_eq!(from_str::<ChangedUsers>(text).ok(), expected, "{text}");
        }
        let change: NewChange = from_str(r#"{"users":"all","lines":[]}"#).expect("a change");
        assert_eq!((change.apply.as_str(), &change.users), ("never", &Some(ChangedUsers::All)));
        assert!(to_string(&change).expect("JSON").contains(r#""users":"all""#));
    }
}
