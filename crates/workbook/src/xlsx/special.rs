//! Number formats that show more than a number: `000-00-0000`, `"EMP-"0000`, `0.00`, `0%`, `[<=9999999]###-####;(###) ###-####`. In a text
//! column what they show is what people see and mean (ECMA-376 part 1, 18.8.31).

/// A format of digits and text between them, the mark of a fraction among it. No thousands, no dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Special {
    sections: Vec<Section>,
}

/// One section of a format: for which numbers it is, and what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Section {
    condition: Option<Condition>,
    pieces: Vec<Piece>,
    /// How many of the places are those of a fraction; none where there is no mark of one.
    decimals: Option<usize>,
    /// Whether hundredths are shown.
    hundredths: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    Unequal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Condition {
    comparison: Comparison,
    number: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// A digit; 0 where the number has none.
    Zero,
    /// A digit, or nothing.
    Digit,
    /// A digit, or a space.
    Space,
    /// All digits.
    General,
    Text(char),
}

/// Numbers up to this have a fraction that can be told (IEEE 754 binary64).
const EXACT: f64 = 1e15;
/// More pieces than any format has that people read.
const PIECES: usize = 64;

impl Special {
    /// The format of this code, if it is one.
    pub(crate) fn of(code: &str) -> Option<Self> {
        let mut sections = Vec::new();
        for section in sections_of(code).into_iter().take(3) {
            sections.push(Section::of(section)?);
        }
        let shows = |section: &Section| {
            let text = section.pieces.iter().any(|piece| matches!(piece, Piece::Text(_)));
            text && section.pieces.iter().any(|piece| !matches!(piece, Piece::Text(_)))
        };
        sections.first().is_some_and(shows).then_some(Self { sections })
    }

    /// What it shows of a number that is not negative; none where another rule would apply, or where digits would be rounded away.
    pub(crate) fn show(&self, number: &str) -> Option<String> {
        if number.bytes().all(|byte| byte.is_ascii_digit()) {
            let digits = number.trim_start_matches('0');
            let whole: u64 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
            let section = self.section(whole)?;
            let zeros = section.decimals.unwrap_or(0) + 2 * usize::from(section.hundredths);
            let filled = if digits.is_empty() { 0 } else { zeros };
            return Some(section.show(&format!("{digits}{:0<filled$}", "")));
        }
        let value: f64 = number.parse().ok().filter(|value| (0.0..EXACT).contains(value))?;
        let section = self.section(value as u64).filter(|_| value >= 1.0 || self.sections.len() < 3)?;
        let value = if section.hundredths { value * 100.0 } else { value };
        let rounded = format!("{value:.*}", section.decimals?.min(PIECES));
        let is_whole = (rounded.parse::<f64>().ok()? - value).abs() <= value * 1e-14;
        is_whole.then(|| section.show(rounded.replace('.', "").trim_start_matches('0')))
    }

    /// The section for a number: the first whose condition holds. Without conditions the third is for zero.
    fn section(&self, number: u64) -> Option<&Section> {
        if self.sections.iter().all(|section| section.condition.is_none()) {
            let place = if number == 0 && self.sections.len() == 3 { 2 } else { 0 };
            return self.sections.get(place);
        }
        self.sections.iter().find(|section| section.condition.is_none_or(|condition| condition.holds(number)))
    }
}

impl Condition {
    fn of(text: &str) -> Option<Self> {
        let at = text.find(|letter: char| letter.is_ascii_digit())?;
        let comparison = match &text[..at] {
            "<" => Comparison::Less,
            "<=" => Comparison::LessOrEqual,
            ">" => Comparison::Greater,
            ">=" => Comparison::GreaterOrEqual,
            "=" => Comparison::Equal,
            "<>" => Comparison::Unequal,
            _ => return None,
        };
        Some(Self { comparison, number: text[at..].parse().ok()? })
    }

    fn holds(self, number: u64) -> bool {
        match self.comparison {
            Comparison::Less => number < self.number,
            Comparison::LessOrEqual => number <= self.number,
            Comparison::Greater => number > self.number,
            Comparison::GreaterOrEqual => number >= self.number,
            Comparison::Equal => number == self.number,
            Comparison::Unequal => number != self.number,
        }
    }
}

impl Section {
    /// Reads a section; none when it shows anything but digits and text.
    fn of(code: &str) -> Option<Self> {
        let mut section = Self { condition: None, pieces: Vec::new(), decimals: None, hundredths: false };
        let mut rest = code;
        while let Some(letter) = rest.chars().next() {
            let mut length = letter.len_utf8();
            match letter {
                '0' => {
                    section.pieces.push(Piece::Zero);
                    section.decimals = section.decimals.map(|decimals| decimals + 1);
                }
                '#' | '?' if section.decimals.is_some() => return None,
                '.' if section.decimals.is_none() && section.has_places() => {
                    section.pieces.push(Piece::Text('.'));
                    section.decimals = Some(0);
                }
                '%' if !section.hundredths => {
                    section.pieces.push(Piece::Text('%'));
                    section.hundredths = true;
                }
                // What stands right of a 0 is shown always.
                '#' if section.pieces.contains(&Piece::Zero) => section.pieces.push(Piece::Zero),
                '#' => section.pieces.push(Piece::Digit),
                '?' => section.pieces.push(Piece::Space),
                '"' => {
                    let text = rest[1..].split_once('"')?.0;
                    section.pieces.extend(text.chars().map(Piece::Text));
                    length = text.len() + 2;
                }
                '\\' => {
                    let escaped = rest[1..].chars().next()?;
                    section.pieces.push(Piece::Text(escaped));
                    length += escaped.len_utf8();
                }
                '[' => {
                    let inside = rest[1..].split_once(']')?.0;
                    section.bracket(inside)?;
                    length = inside.len() + 2;
                }
                'G' | 'g' if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("general")) => {
                    section.pieces.push(Piece::General);
                    length = 7;
                }
                '-' | '+' | '(' | ')' | ' ' | ':' | '\'' | '&' | '$' | '\u{a0}' => {
                    section.pieces.push(Piece::Text(letter));
                }
                letter if !letter.is_ascii() => section.pieces.push(Piece::Text(letter)),
                _ => return None,
            }
            rest = &rest[length..];
        }
        if section.hundredths {
            section.decimals.get_or_insert(0);
        }
        (section.pieces.len() <= PIECES && (section.decimals != Some(0) || section.hundredths))
            .then_some(section)
    }

    fn has_places(&self) -> bool {
        self.pieces.iter().any(|piece| !matches!(piece, Piece::Text(_)))
    }

    /// Takes what stands in brackets: a condition, the sign of a currency, a colour or a locale; none for a duration.
    fn bracket(&mut self, inside: &str) -> Option<()> {
        if let Some(currency) = inside.strip_prefix('$') {
            let sign = currency.split_once('-').map_or(currency, |(sign, _)| sign);
            self.pieces.extend(sign.chars().map(Piece::Text));
        } else if inside.starts_with(['<', '>', '=']) {
            self.condition = Some(Condition::of(inside)?);
        } else if inside.len() < 3 {
            return None;
        }
        Some(())
    }

    /// Puts digits on their places, from the last to the first; those left over stand at the first place.
    fn show(&self, digits: &str) -> String {
        let mut left: Vec<char> = digits.chars().collect();
        let places = self.pieces.iter().filter(|piece| !matches!(piece, Piece::Text(_))).count();
        let (mut shown, mut passed) = (Vec::new(), 0);
        for piece in self.pieces.iter().rev() {
            if let Piece::Text(letter) = piece {
                shown.push(*letter);
                continue;
            }
            passed += 1;
            let digit = left.pop();
            let absent = match piece {
                Piece::Zero | Piece::General if digits.is_empty() || *piece == Piece::Zero => Some('0'),
                Piece::Space => Some(' '),
                _ => None,
            };
            shown.extend(digit.or(absent));
            if passed == places || *piece == Piece::General {
                shown.extend(left.drain(..).rev());
            }
        }
        shown.iter().rev().collect()
    }
}

/// The sections of a code; a `;` in quotation marks or behind a backslash separates none.
fn sections_of(code: &str) -> Vec<&str> {
    let (mut sections, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, byte) in code.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if !quoted => escaped = true,
            b'"' => quoted = !quoted,
            b';' if !quoted => {
                sections.push(&code[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    sections.push(&code[start..]);
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, digits: &str, expected: &str) {
        let special = Special::of(code).expect(code);
        assert_eq!(special.show(digits).as_deref(), Some(expected), "{code}");
    }

    #[test]
    fn as_excel_shows_them() {
        check("000-00-0000", "12345678", "012-34-5678");
        check("000\\-00\\-0000", "123456789", "123-45-6789");
        check("00000-0000", "23456789", "02345-6789");
        check("00000\\-0000", "0", "00000-0000");
        check("0#\" \"##\" \"##\" \"##\" \"##", "123456789", "01 23 45 67 89");
        check("\"EMP-\"0000", "12", "EMP-0012");
        check("\"EMP-\"0000", "123456", "EMP-123456");
        check("\"EMP-\"General", "12", "EMP-12");
        check("\"EMP-\"General", "0", "EMP-0");
        check("0000\"/A\"", "7", "0007/A");
        for code in ["[<=9999999]###-####;(###) ###-####", "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####"] {
            check(code, "5551234", "555-1234");
            check(code, "2125551234", "(212) 555-1234");
        }
        check("\"+\"## ### ####", "493012345", "+49 301 2345");
        check("[$-40C]00 00", "123", "01 23");
        check("[Red]00-00;\"minus\"0;\"none\"0", "0", "none0");
        check("??-00", "123", " 1-23");
        check("0.00", "12.5", "12.50");
        check("0.00", "12", "12.00");
        check("0.00", "0", "0.00");
        check("0.00", "0.05", "0.05");
        check("0.00", "1.1000000000000001", "1.10");
        check("\"v\"0.0", "2", "v2.0");
        check("[$£-809]0.00", "12.5", "£12.50");
        check("0%", "0.75", "75%");
        check("0%", "1", "100%");
        check("0.0%", "0.125", "12.5%");
        check("0 %", "0.07", "7 %");
        check("\"a;b\"00", "5", "a;b05");
    }

    #[test]
    fn what_is_none() {
        for code in [
            "General",
            "0",
            "00000",
            "#,##0",
            "#,##0.00",
            "0.0#",
            "0.",
            ".00",
            "0.00E+00",
            "@",
            "yyyy-mm-dd",
            "h:mm",
            "[h]-00",
            "# ?/?",
            "\"text\"",
            "",
            "_(* 0_)",
            "\"open",
            "00/00",
            "[<x]0-0",
        ] {
            assert_eq!(Special::of(code), None, "{code}");
        }
        for (code, number) in [
            ("0.0", "0.75"),
            ("0%", "0.125"),
            ("0.00", "-12.5"),
            ("0-0", "1.5"),
            ("0.00", "1E+300"),
            ("0.00", "x"),
        ] {
            assert_eq!(Special::of(code).and_then(|special| special.show(number)), None, "{code} {number}");
        }
        let long = "99999999999999999999999999";
        assert_eq!(Special::of("0-0").and_then(|special| special.show(long)), None);
    }
}
