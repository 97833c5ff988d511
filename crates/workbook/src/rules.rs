//! What a spreadsheet is told about a column's cells: what they take, what it says beside a chosen cell, and what it
//! says when it refuses. The same words in every format.

use crate::{Column, Content};

/// What the cells take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken<'c> {
    /// Anything.
    All,
    /// Nothing that is typed.
    Nothing,
    /// One of these.
    OneOf(&'c [String]),
    /// A date.
    Date,
    /// A number.
    Number,
    /// A text of at most so many characters.
    Length(u32),
}

/// The rule of a column's cells.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rule<'c> {
    /// What they take.
    pub(crate) taken: Taken<'c>,
    /// The title of both messages.
    pub(crate) title: String,
    /// What is said when something else is typed.
    pub(crate) refusal: Option<String>,
    /// What is said beside a chosen cell.
    pub(crate) hint: Option<String>,
}

/// Said when somebody types over a heading.
pub(crate) const HEADINGS: &str =
    "The first two rows name the columns, so they stay as they are. Press Esc to go back.";
/// The title of that.
pub(crate) const HEADINGS_TITLE: &str = "The first two rows";
const FIXED: &str =
    "This column tells whose row it is, so it stays as it is. Press Esc to go back. Rows may be deleted.";
/// Characters of a title and of a message that Excel keeps (ECMA-376 part 1, 18.3.1.32), in UTF-16 units.
const TITLE: usize = 32;
const MESSAGE: usize = 255;
/// Of the labels of a list so much is named in the message.
const LABELS: usize = 150;
/// The last row that a sheet can have (ECMA-376 part 1, 18.3.1.73), and that programs agree on.
pub(crate) const LAST_ROW: u32 = 1_048_576;
/// Rows behind the last one for which the rules hold too, so that rows may be added.
const SPARE: u32 = 1_000;
/// The last row of the rules where there is none: in a book that is to be filled in.
const LAST_WITHOUT_ROWS: u32 = 5_000;

/// The last row for which the rules hold, in a sheet whose last row is this one (2 when there are none). Not the last that a sheet can
/// have: there are programs that keep every single cell that has a rule.
pub(crate) fn last_row(last: u32) -> u32 {
    if last <= 2 { LAST_WITHOUT_ROWS } else { last.saturating_add(SPARE).min(LAST_ROW) }
}

impl<'c> Rule<'c> {
    /// The rule of this column.
    pub(crate) fn of(column: &'c Column) -> Self {
        let taken = match (&column.content, column.max_length) {
            _ if column.fixed => Taken::Nothing,
            (Content::List(labels), _) if !labels.is_empty() => Taken::OneOf(labels),
            (Content::Date, _) => Taken::Date,
            (Content::Number, _) => Taken::Number,
            (Content::Text, Some(most)) => Taken::Length(most),
            (Content::Text | Content::List(_), _) => Taken::All,
        };
        let help = column.help.clone().filter(|help| !help.is_empty());
        Self {
            taken,
            title: kept(&column.title, TITLE),
            refusal: refusal(taken).map(|text| kept(&text, MESSAGE)),
            hint: help.or_else(|| hint(taken)).map(|text| kept(&text, MESSAGE)),
        }
    }

    /// Whether the spreadsheet has to be told anything.
    pub(crate) fn is_needed(&self) -> bool {
        self.taken != Taken::All || self.hint.is_some()
    }
}

fn refusal(taken: Taken<'_>) -> Option<String> {
    Some(match taken {
        Taken::All => return None,
        Taken::Nothing => FIXED.to_owned(),
        Taken::OneOf(labels) => {
            let labels = kept(&labels.join(", "), LABELS);
            format!("Choose a value from the list: {labels}. Press Esc to go back.")
        }
        Taken::Date => "Enter a date, such as 2026-11-22, or press Esc to go back.".to_owned(),
        Taken::Number => "Enter a number, or press Esc to go back.".to_owned(),
        Taken::Length(most) => format!("Enter at most {most} characters, or press Esc to go back."),
    })
}

fn hint(taken: Taken<'_>) -> Option<String> {
    match taken {
        Taken::Date => Some("A date, such as 2026-11-22.".to_owned()),
        Taken::Length(most) => Some(format!("At most {most} characters.")),
        Taken::All | Taken::Nothing | Taken::OneOf(_) | Taken::Number => None,
    }
}

/// The text, cut to this many UTF-16 units; a cut is shown by an ellipsis.
pub(crate) fn kept(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut units = 0;
    let cut = text.chars().take_while(|character| {
        units += character.len_utf16();
        units < most
    });
    cut.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_end_behind_the_rows_and_within_the_sheet() {
        for (last, expected) in [
            (2, 5_000),
            (3, 1_003),
            (62, 1_062),
            (1_047_576, 1_048_576),
            (1_048_000, 1_048_576),
            (LAST_ROW, LAST_ROW),
        ] {
            assert_eq!(last_row(last), expected, "{last}");
        }
    }

    #[test]
    fn long_texts_are_cut() {
        for (text, expected) in [("abcd", "abcd"), ("abcde", "abc…"), ("ab\u{1F600}cd", "ab…"), ("", "")]
        {
            assert_eq!(kept(text, 4), expected);
        }
    }
}
