//! What people decide about all cells of a column at once, when review says that something happened in many of them.

use std::collections::BTreeSet;

use crate::{FieldNumber, standard};

/// A decision about a column, or ([`Decision::PutBack`]) about the whole file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    /// What looks like damage of the column was meant: the file's values count.
    DamageMeant,
    /// Cells of the column that the file empties keep their values.
    KeepValues,
    /// Cells of the column that were empty and became 0 stay empty.
    KeepEmpty,
    /// Numbers of the column that lost their decimal point stay as they were.
    KeepPoints,
    /// Cells of the column that one and the same step changed keep their values.
    KeepBefore,
    /// The step that changed most cells of the column was meant.
    StepMeant,
    /// The file's values count where they are as downloaded, but were changed since by the same administrator.
    PutBack,
}

impl Decision {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::DamageMeant,
        Self::KeepValues,
        Self::KeepEmpty,
        Self::KeepPoints,
        Self::KeepBefore,
        Self::StepMeant,
        Self::PutBack,
    ];

    /// The stable word: `damage_meant`.
    pub fn word(self) -> &'static str {
        match self {
            Self::DamageMeant => "damage_meant",
            Self::KeepValues => "keep_values",
            Self::KeepEmpty => "keep_empty",
            Self::KeepPoints => "keep_points",
            Self::KeepBefore => "keep_before",
            Self::StepMeant => "step_meant",
            Self::PutBack => "put_back",
        }
    }

    /// The meaning of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.word() == word)
    }

    /// Reads a decision with the key of the column that it is about: `keep_values:phone`, `put_back`. None when there is no such decision.
    pub fn of_column_word(text: &str) -> Option<(Self, Option<String>)> {
        let (word, key) = text.split_once(':').map_or((text, None), |(word, key)| (word, Some(key)));
        Self::of_word(word).map(|decision| (decision, key.map(str::to_owned)))
    }

    /// Whether it is about one column; else it is about the whole file.
    pub fn is_of_column(self) -> bool {
        self != Self::PutBack
    }
}

/// The decisions about a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions(BTreeSet<(Decision, FieldNumber)>);

impl Decisions {
    /// Whether this was decided about a column.
    pub fn hold(&self, decision: Decision, field: FieldNumber) -> bool {
        let about = if decision.is_of_column() { field } else { standard::USER };
        self.0.contains(&(decision, about))
    }
}

impl FromIterator<(Decision, FieldNumber)> for Decisions {
    fn from_iter<I: IntoIterator<Item = (Decision, FieldNumber)>>(decisions: I) -> Self {
        let about = |(decision, field): (Decision, FieldNumber)| {
            (decision, if decision.is_of_column() { field } else { standard::USER })
        };
        Self(decisions.into_iter().map(about).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{Decision, Decisions};
    use crate::standard;

    #[test]
    fn a_decision_holds_for_its_column() {
        let decided: Decisions =
            [(Decision::KeepValues, standard::PHONE), (Decision::PutBack, standard::PHONE)]
                .into_iter()
                .collect();
        for (decision, field, expected) in [
            (Decision::KeepValues, standard::PHONE, true),
            (Decision::KeepValues, standard::JOB_TITLE, false),
            (Decision::DamageMeant, standard::PHONE, false),
            (Decision::PutBack, standard::JOB_TITLE, true),
        ] {
            assert_eq!(decided.hold(decision, field), expected, "{decision:?} {field:?}");
        }
        for decision in Decision::ALL {
            assert_eq!(Decision::of_word(decision.word()), Some(decision));
        }
    }
}
