//! How the sheet of instructions is laid out, the same in every format. Its rows have heights of their own: programs find the height of
//! wrapped text by the fonts that they have, some of them only when somebody edits the cell, and cut it off until then.

use std::borrow::Cow;

use crate::rules::kept;
use crate::stamp::Stamp;
use crate::{Layout, Note};

/// Widths of the two columns, in characters.
pub(crate) const NAMES: u16 = 28;
/// The second.
pub(crate) const MEANINGS: u16 = 90;
/// The height of a line, in points; a font of eleven points needs fifteen.
pub(crate) const LINE: u32 = 15;
/// The height of a heading, in points.
pub(crate) const HEADING: u32 = 24;
/// No row is higher than 409 points in Excel, which are so many lines.
const MOST_LINES: u32 = 27;
/// UTF-16 units of a text that are shown: what so many lines hold. All choices of a long list stand in its drop-down.
const LONGEST: usize = 1_800;
/// Of the width so much is counted on, in hundredths: lines break between words, and a font that stands in for another is wider.
const COUNTED: u32 = 95;

/// The height of a note's row, in points.
pub(crate) fn height(note: &Note) -> u32 {
    match note {
        Note::Heading(_) => HEADING,
        Note::Text(text) => lines(text, NAMES + MEANINGS) * LINE,
        Note::Entry(name, meaning) => lines(name, NAMES).max(lines(meaning, MEANINGS)) * LINE,
    }
}

/// What is shown of a text.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    if text.encode_utf16().count() <= LONGEST { text.into() } else { kept(text, LONGEST).into() }
}

/// The stamps of the sheet: what stands in its cells.
pub(crate) fn stamps(layout: &Layout) -> Vec<String> {
    let texts: Vec<Cow<'_, str>> = layout
        .instructions
        .iter()
        .flat_map(|note| match note {
            Note::Heading(text) => [Some(text.as_str().into()), None],
            Note::Text(text) => [Some(shown(text)), None],
            Note::Entry(name, meaning) => [Some(name.as_str().into()), Some(shown(meaning))],
        })
        .flatten()
        .collect();
    Stamp::of(texts.iter().map(AsRef::as_ref))
}

/// The lines that a text takes in a column of so many characters.
fn lines(text: &str, width: u16) -> u32 {
    let shown = shown(text);
    let most = u32::from(width) * COUNTED / 100;
    let of_paragraph = |paragraph: &str| {
        // Ideographs and the like are twice as wide as letters.
        let wide: u32 = paragraph.chars().map(|character| 1 + u32::from(character >= '\u{1100}')).sum();
        wide.div_ceil(most).max(1)
    };
    shown.split('\n').map(of_paragraph).sum::<u32>().clamp(1, MOST_LINES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_as_high_as_their_text() {
        let entry = |name: &str, meaning: &str| Note::Entry(name.to_owned(), meaning.to_owned());
        for (note, points) in [
            (Note::Heading("How to".to_owned()), HEADING),
            (Note::Text("word ".repeat(22)), LINE),
            (Note::Text("word ".repeat(23)), 2 * LINE),
            (entry("Office", ""), LINE),
            (entry("Office", &"x".repeat(85)), LINE),
            (entry("Office", &"x".repeat(86)), 2 * LINE),
            (entry("Office", &"\u{6771}".repeat(43)), 2 * LINE),
            (entry(&"A long title ".repeat(4), "x"), 2 * LINE),
            (entry("Office", "a\nb\nc"), 3 * LINE),
            (entry("Office", &"label; ".repeat(9_000)), 22 * LINE),
        ] {
            assert_eq!(height(&note), points, "{note:?}");
        }
        assert_eq!(shown(&"x".repeat(LONGEST + 1)).chars().count(), LONGEST);
    }
}
