//! What the number formats of a book mean for its cells: a date, a time, a number with leading zeros, or nothing.

use std::collections::HashMap;

use super::special::Special;
use crate::Refusal;
use crate::xml::{Token, Xml};

/// What a cell's style makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shown {
    /// A number as it is.
    #[default]
    Number,
    /// A date, perhaps with a time of day.
    Date,
    /// A time of day or a duration, without a date.
    Time,
    /// A number of at least this many digits: `00000000`.
    Zeros(u8),
    /// Digits with text between them, by this format.
    Special(u16),
}

/// The styles of cells, by their index.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    cells: Vec<Shown>,
    specials: Vec<Special>,
}

impl Styles {
    /// Reads `styles.xml` (ECMA-376 part 1, 18.8).
    pub(crate) fn read(xml: &mut Xml<'_>) -> Result<Self, Refusal> {
        let mut formats = HashMap::new();
        let (mut cells, mut specials) = (Vec::new(), Vec::new());
        let mut in_cells = false;
        loop {
            match xml.next()? {
                Token::Start(tag) => match tag.local() {
                    b"numFmt" => {
                        let id = tag.attribute("numFmtId").and_then(|id| id.parse::<u32>().ok());
                        if let (Some(id), Some(code)) = (id, tag.attribute("formatCode")) {
                            formats.insert(id, special(&code, &mut specials).unwrap_or_else(|| shown(&code)));
                        }
                    }
                    b"cellXfs" => in_cells = !tag.closed,
                    b"xf" if in_cells => {
                        let id = tag.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                        let known = formats.get(&id).copied();
                        let shown = known.unwrap_or_else(|| built_in(id, &mut specials));
                        formats.insert(id, shown);
                        cells.push(shown);
                    }
                    _ => {}
                },
                Token::End(name) if crate::xml::local(name) == b"cellXfs" => in_cells = false,
                Token::Done => return Ok(Self { cells, specials }),
                Token::End(_) | Token::Text(_) => {}
            }
        }
    }

    /// What the format with this index shows of a number.
    pub(crate) fn special(&self, index: u16, number: &str) -> Option<String> {
        self.specials.get(usize::from(index))?.show(number)
    }

    /// What the style with this index makes of a number.
    #[inline]
    pub(crate) fn shown(&self, index: u32) -> Shown {
        self.cells.get(index as usize).copied().unwrap_or_default()
    }
}

/// The formats that a book need not spell out (ECMA-376 part 1, 18.8.30); 27 to 36 and 50 to 58 are dates of East Asia.
fn built_in(id: u32, specials: &mut Vec<Special>) -> Shown {
    let special = |code: &str, specials| special(code, specials).unwrap_or(Shown::Number);
    match id {
        2 => special("0.00", specials),
        9 => special("0%", specials),
        10 => special("0.00%", specials),
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Shown::Date,
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => Shown::Time,
        _ => Shown::Number,
    }
}

/// The place of a format that shows digits with text between them, if this is one.
fn special(code: &str, specials: &mut Vec<Special>) -> Option<Shown> {
    let place = u16::try_from(specials.len()).ok()?;
    specials.push(Special::of(code)?);
    Some(Shown::Special(place))
}

/// What a format code makes of a number (ECMA-376 part 1, 18.8.31). Only its first section counts, which is the one of
/// positive numbers.
fn shown(code: &str) -> Shown {
    let letters = letters_of(code);
    if letters.eq_ignore_ascii_case("general") || letters.contains('@') {
        return Shown::Number;
    }
    if letters.len() > 1 && letters.len() < 32 && letters.bytes().all(|byte| byte == b'0') {
        return Shown::Zeros(letters.len() as u8);
    }
    let lower = letters.to_ascii_lowercase();
    let time = lower.contains(['h', 's']);
    // An m beside hours or seconds is a minute; e is the year of an emperor, but also the exponent of 0.00E+00.
    let year = lower.contains(['y', 'd', 'g', 'b']) || (lower.contains('e') && !lower.contains(['0', '#']));
    if year || (lower.contains('m') && !time) {
        Shown::Date
    } else if time {
        Shown::Time
    } else {
        Shown::Number
    }
}

/// The first section without what is only shown: quoted text, escaped characters, paddings, conditions and colours.
fn letters_of(code: &str) -> String {
    let mut letters = String::new();
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            ';' => break,
            '"' => {
                characters.by_ref().find(|&other| other == '"');
            }
            '\\' | '_' | '*' => {
                characters.next();
            }
            '[' => {
                let inside: String = characters.by_ref().take_while(|&other| other != ']').collect();
                // [h], [mm] and [ss] are durations; everything else in brackets is a colour, a condition or a locale.
                let duration = inside.to_ascii_lowercase();
                if !duration.is_empty() && duration.bytes().all(|byte| matches!(byte, b'h' | b'm' | b's')) {
                    letters.push('h');
                }
            }
            other => letters.push(other),
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, expected: Shown) {
        assert_eq!(shown(code), expected, "{code}");
    }

    #[test]
    fn dates() {
        for code in [
            "yyyy-mm-dd",
            "dd/mm/yyyy",
            "m/d/yy h:mm",
            "[$-409]d\\-mmm\\-yy;@",
            "mmm yy",
            "[$-F800]dddd, mmmm dd, yyyy",
            "yyyy\"年\"m\"月\"d\"日\"",
            "[Red]dd.mm.yyyy",
            "mmmm",
            "[$-411]ggge\"年\"m\"月\"d\"日\"",
            "e/m/d",
        ] {
            check(code, Shown::Date);
        }
    }

    #[test]
    fn times() {
        for code in ["h:mm", "hh:mm:ss AM/PM", "[h]:mm", "mm:ss.0", "[mm]"] {
            check(code, Shown::Time);
        }
    }

    #[test]
    fn numbers() {
        for code in [
            "General",
            "0",
            "0.00",
            "#,##0",
            "0.00E+00",
            "@",
            "\"day\" 0",
            "[Red]0;[Blue]-0",
            "0\\d",
            "",
            "0%",
            "_-* #,##0",
        ] {
            check(code, Shown::Number);
        }
        check("00000000", Shown::Zeros(8));
        check("00", Shown::Zeros(2));
        check("00000;-00000", Shown::Zeros(5));
    }
}
