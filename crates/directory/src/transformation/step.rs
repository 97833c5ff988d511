//! The steps that programs make from one value to another. One new value for many cells, or a new email domain, is none of them: people do that.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use workbook::CellDate;

use super::before::Before;
use crate::Kind;
use crate::reading::date;
use crate::reading::number::Decimal;

/// What was done to a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A date was moved by so many years.
    Years(i32),
    /// A date was moved by so many days.
    Days(i32),
    /// A date was moved by so many months, which are no whole years.
    Months(i32),
    /// Day and month of a date have changed places.
    DayMonth,
    /// A number was multiplied by so many powers of ten.
    TensOf(i32),
    /// A number has the other sign.
    Sign,
    /// All letters became capitals.
    Upper,
    /// All letters became small.
    Lower,
    /// Each word has a capital and then small letters, as PROPER makes it.
    Capitalised,
    /// The first letter is a capital, and all others are small or as they were.
    FirstCapital,
    /// Spaces were taken away, or put in.
    Spaces,
    /// Letters lost their accents.
    Unaccented,
    /// The first and the last name have changed places, between their columns.
    NamesSwapped,
    /// The two parts of a name have changed places within the cell: `Ann Smith`, `Smith, Ann`.
    PartsSwapped,
    /// This no longer stands before the texts.
    PrefixLost(String),
    /// This stands before the texts now.
    PrefixAdded(String),
    /// This no longer stands behind the texts.
    SuffixLost(String),
    /// This stands behind the texts now.
    SuffixAdded(String),
    /// Texts were cut off after so many letters.
    Cut(usize),
    /// So many letters are gone at the beginning.
    FirstLost(usize),
    /// So many letters are gone at the end.
    LastLost(usize),
    /// The values stand in other rows.
    OtherRows(Before),
}

impl Step {
    /// Gives each step that makes `mine` of `base`, both in the stored form of a kind of field, and different.
    pub(super) fn each_between(kind: Kind, base: &str, mine: &str, mut give: impl FnMut(Self)) {
        match kind {
            Kind::Date => between_dates(base, mine, &mut give),
            Kind::Number => {
                give_some(tens(base, mine), &mut give);
                let is_turned = base.trim_start_matches('-') == mine.trim_start_matches('-');
                give_some(is_turned.then_some(Step::Sign), &mut give);
            }
            Kind::Text | Kind::Username | Kind::Phone => {
                between_texts(base, mine, &mut give);
                between_ends(base, mine, &mut give);
            }
            // Another end is another domain.
            Kind::Email => {
                between_texts(base, mine, &mut give);
                give_some(lost_or_added(base, mine, Ends::Start), &mut give);
            }
            Kind::YesNo | Kind::Status | Kind::Choice | Kind::Choices | Kind::Language | Kind::User => {}
        }
    }
}

fn give_some(step: Option<Step>, give: &mut impl FnMut(Step)) {
    if let Some(step) = step {
        give(step);
    }
}

fn between_dates(base: &str, mine: &str, give: &mut impl FnMut(Step)) {
    let (Some(was), Some(is)) = (date::of_stored(base), date::of_stored(mine)) else { return };
    if (was.month, was.day) == (is.month, is.day) {
        give(Step::Years(i32::from(is.year) - i32::from(was.year)));
    }
    if (was.year, was.month, was.day) == (is.year, is.day, is.month) {
        give(Step::DayMonth);
    }
    give_some(months(was, is), give);
    give(Step::Days(date::days(is) - date::days(was)));
}

/// The day of the month stays, unless the other month ends before it.
fn months(was: CellDate, is: CellDate) -> Option<Step> {
    const SHORTEST: i8 = 28;
    let of = |date: CellDate| i32::from(date.year) * 12 + i32::from(date.month);
    let months = of(is) - of(was);
    let is_same_day = was.day == is.day || is.day < was.day && is.day >= SHORTEST;
    (is_same_day && months % 12 != 0).then_some(Step::Months(months))
}

/// Ten, a hundred, a thousand times as much, or as little: a percentage, cents, a point that was lost.
fn tens(base: &str, mine: &str) -> Option<Step> {
    let (base, mine) = (Decimal::of_digits(base)?, Decimal::of_digits(mine)?);
    let powers = mine.powers_of_ten_from(&base)?;
    matches!(powers, -3..=-1 | 1..=3).then_some(Step::TensOf(powers))
}

fn between_texts(base: &str, mine: &str, give: &mut impl FnMut(Step)) {
    if is_same_but_for(base, mine, |letter| letter.to_uppercase()) {
        if base.to_uppercase() == mine {
            give(Step::Upper);
        }
        if base.to_lowercase() == mine {
            give(Step::Lower);
        }
        if capitalised(base) == mine {
            give(Step::Capitalised);
        }
        if first_capital(base, str::to_lowercase) == mine || first_capital(base, str::to_owned) == mine {
            give(Step::FirstCapital);
        }
    }
    if is_same_but_for(base, mine, |letter| Some(letter).filter(|letter| !letter.is_whitespace())) {
        give(Step::Spaces);
    }
    if !base.is_ascii() && base.nfd().filter(|letter| !is_combining_mark(*letter)).eq(mine.nfd()) {
        give(Step::Unaccented);
    }
    if are_parts_swapped(base, mine) {
        give(Step::PartsSwapped);
    }
}

/// Whether two texts are the same once each letter is taken as something else; ends at the first difference.
fn is_same_but_for<I: IntoIterator<Item = char>>(
    base: &str,
    mine: &str,
    taken_as: impl Fn(char) -> I,
) -> bool {
    base.chars().flat_map(&taken_as).eq(mine.chars().flat_map(&taken_as))
}

/// The first letter as a capital, and the others by a rule.
fn first_capital(text: &str, others: impl Fn(&str) -> String) -> String {
    let first = text.chars().next().map_or(0, char::len_utf8);
    text[..first].to_uppercase() + &others(&text[first..])
}

/// Each word with a capital and then small letters.
fn capitalised(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut in_word = false;
    for letter in text.chars() {
        if in_word {
            result.extend(letter.to_lowercase());
        } else {
            result.extend(letter.to_uppercase());
        }
        in_word = letter.is_alphabetic();
    }
    result
}

/// `Ann Smith` and `Smith, Ann` or `Smith Ann`, in either direction; the place of the space is any.
fn are_parts_swapped(base: &str, mine: &str) -> bool {
    let is_swap = |from: &str, to: &str| {
        from.match_indices(' ').any(|(at, _)| {
            let (front, back) = (&from[..at], &from[at + 1..]);
            let rest = to.strip_prefix(back).and_then(|rest| rest.strip_suffix(front));
            matches!(rest, Some(" " | ", " | ","))
        })
    };
    base.len().abs_diff(mine.len()) <= 1 && (is_swap(base, mine) || is_swap(mine, base))
}

/// Which end of a text.
#[derive(Clone, Copy)]
enum Ends {
    Start,
    End,
}

/// So many letters are lost at an end in one step; more are another text.
const MOST_LOST: usize = 3;

fn between_ends(base: &str, mine: &str, give: &mut impl FnMut(Step)) {
    for end in [Ends::Start, Ends::End] {
        give_some(lost_or_added(base, mine, end), give);
    }
    let lost = base.chars().count().saturating_sub(mine.chars().count());
    if base.starts_with(mine) {
        give(Step::Cut(mine.chars().count()));
        give_some((lost <= MOST_LOST).then_some(Step::LastLost(lost)), give);
    }
    if base.ends_with(mine) && lost <= MOST_LOST {
        give(Step::FirstLost(lost));
    }
    let is_between_marks = |outer: &str, inner: &str| {
        outer.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).is_some_and(|of| of == inner)
    };
    if is_between_marks(mine, base) {
        give(Step::PrefixAdded("\"".to_owned()));
    }
    if is_between_marks(base, mine) {
        give(Step::PrefixLost("\"".to_owned()));
    }
}

fn lost_or_added(base: &str, mine: &str, end: Ends) -> Option<Step> {
    let part = |text: &str, of: &str| {
        let part = match end {
            Ends::Start => text.strip_suffix(of),
            Ends::End => text.strip_prefix(of),
        };
        part.filter(|part| !part.is_empty()).map(str::to_owned)
    };
    let (lost, added) = (part(base, mine), part(mine, base));
    Some(match (end, lost, added) {
        (Ends::Start, Some(lost), _) => Step::PrefixLost(lost),
        (Ends::Start, None, Some(added)) => Step::PrefixAdded(added),
        (Ends::End, Some(lost), _) => Step::SuffixLost(lost),
        (Ends::End, None, Some(added)) => Step::SuffixAdded(added),
        (_, None, None) => return None,
    })
}

impl fmt::Display for Step {
    /// A word for machines, with what it is by behind a colon: `days:-1`, `upper`, `prefix_lost:EMP-`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Years(years) => write!(formatter, "years:{years}"),
            Self::Days(days) => write!(formatter, "days:{days}"),
            Self::Months(months) => write!(formatter, "months:{months}"),
            Self::Sign => formatter.write_str("sign"),
            Self::FirstCapital => formatter.write_str("first_capital"),
            Self::FirstLost(letters) => write!(formatter, "first_lost:{letters}"),
            Self::LastLost(letters) => write!(formatter, "last_lost:{letters}"),
            Self::DayMonth => formatter.write_str("day_month"),
            Self::TensOf(powers) => write!(formatter, "tens:{powers}"),
            Self::Upper => formatter.write_str("upper"),
            Self::Lower => formatter.write_str("lower"),
            Self::Capitalised => formatter.write_str("capitalised"),
            Self::Spaces => formatter.write_str("spaces"),
            Self::Unaccented => formatter.write_str("unaccented"),
            Self::NamesSwapped => formatter.write_str("names_swapped"),
            Self::PartsSwapped => formatter.write_str("parts_swapped"),
            Self::OtherRows(_) => formatter.write_str("other_rows"),
            Self::Cut(letters) => write!(formatter, "cut:{letters}"),
            Self::PrefixLost(part) => write!(formatter, "prefix_lost:{part}"),
            Self::PrefixAdded(part) => write!(formatter, "prefix_added:{part}"),
            Self::SuffixLost(part) => write!(formatter, "suffix_lost:{part}"),
            Self::SuffixAdded(part) => write!(formatter, "suffix_added:{part}"),
        }
    }
}
