//! Phone numbers: E.164, `+` and up to fifteen digits. National numbers are read by the account's region where they are written as that
//! region writes them; else the reading is offered.

use phonenumber::metadata::{DATABASE, Descriptor};
use phonenumber::{Mode, PhoneNumber, country};

use super::number;
use super::phone_notation::{AMERICA, elsewhere, is_own};
use crate::{Code, Wrong};

/// The fewest and the most digits of an international number (E.164; no country's are shorter than seven).
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// Reads a phone number.
///
/// # Errors
/// [`Code::NotAPhone`]; the detail is `shortened` for what a spreadsheet made `4.47E+11`, and `extension` for a number with an extension,
/// which no directory can dial.
pub(super) fn read(text: &str, region: &str) -> Result<String, Wrong> {
    if number::is_shortened(text) {
        let suggestions = whole(text).and_then(|digits| offered(&digits, region)).into_iter().collect();
        return Err(Wrong { suggestions, ..Wrong::with(Code::NotAPhone, "shortened") });
    }
    let Some(digits) = digits_of(text) else { return Err(not_a_phone(text, region)) };
    let read = match international(&digits) {
        Some(digits) => read_international(&digits),
        None => parsed(&digits, region)
            .filter(|number| is_own(text, &digits, number, region))
            .map(|number| e164(&number)),
    };
    read.ok_or_else(|| Wrong {
        suggestions: readings(text, &digits, region),
        ..Wrong::plain(Code::NotAPhone)
    })
}

/// Whether there is such a region whose numbers can be read: `GB` (ISO 3166-1 alpha-2).
pub fn is_phone_region(region: &str) -> bool {
    region.len() == 2 && DATABASE.by_id(&region.to_uppercase()).is_some()
}

/// What a number may be that is not written as the region writes its own: one of the region that writes so, one of the account's.
fn readings(text: &str, digits: &str, region: &str) -> Vec<String> {
    let (own, other) = (offered(digits, region), elsewhere(text));
    let known = other.and_then(|other| read_national(digits, other));
    // New area codes, and those of made-up numbers, are no reason to take it for one of another country alone.
    let unknown = (other == Some(AMERICA)).then(|| format!("+1{digits}"));
    let mut readings: Vec<String> = Vec::new();
    for reading in known.into_iter().chain(own).chain(unknown) {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings
}

/// What a number without a country code is, where the one that it was typed over shows another country than the account's: a number of that
/// country is what was meant, unless it is one of the account's as well; then it is asked for.
pub(crate) fn beside(
    known: &str,
    text: &str,
    region: &str,
    read: Result<String, Wrong>,
) -> Result<String, Wrong> {
    let parsed = || phonenumber::parse(None, known).ok();
    let country = || parsed().and_then(|number| number.country().id()).map(|id| id.as_ref().to_owned());
    let is_national = digits_of(text).is_some_and(|digits| international(&digits).is_none());
    let Some(country) = is_national.then(country).flatten() else { return read };
    if country.eq_ignore_ascii_case(region) {
        return read;
    }
    let of_country = digits_of(text).and_then(|digits| read_national(&digits, &country));
    match (of_country, read) {
        (None, read) => read,
        (Some(number), Ok(other)) if number == other => Ok(other),
        (Some(number), read) => {
            let others = read.ok().filter(|other| *other != number);
            let suggestions = std::iter::once(number).chain(others).collect();
            Err(Wrong { suggestions, ..Wrong::plain(Code::NotAPhone) })
        }
    }
}

fn read_digits(digits: &str, region: &str) -> Option<String> {
    match international(digits) {
        Some(digits) => read_international(&digits),
        None => read_national(digits, region),
    }
}

/// All digits of a number in scientific notation that has kept them: `4.47700900123E+11`.
fn whole(text: &str) -> Option<String> {
    let (mantissa, exponent) = text.split_once("E+")?;
    let (_, decimals) = mantissa.split_once(['.', ','])?;
    let is_whole = exponent.parse() == Ok(decimals.len());
    is_whole.then(|| mantissa.chars().filter(char::is_ascii_digit).collect())
}

/// What a number without a country code is perhaps, where the library does not know it: one of the region with as many digits as its
/// numbers have, or an international one that lost its `+`. An offer, as nobody may know the number.
fn offered(digits: &str, region: &str) -> Option<String> {
    if let Some(read) = read_digits(digits, region) {
        return Some(read);
    }
    if international(digits).is_some() {
        return None;
    }
    let parsed = |region, digits: &str| phonenumber::parse(region, digits).ok();
    let id: Option<country::Id> = region.to_uppercase().parse().ok();
    let national = id.and_then(|id| parsed(Some(id), digits)).filter(|number| has_length(number, region));
    let lost = || parsed(None, &format!("+{digits}")).filter(PhoneNumber::is_valid);
    national.or_else(lost).map(|number| e164(&number))
}

/// Whether numbers of the region have as many digits: those of mobiles, or as the example of the others. Some have fewer, which may as well
/// be a digit that was forgotten.
fn has_length(number: &PhoneNumber, region: &str) -> bool {
    let length = number.national().value().to_string().len() as u16;
    let Some(metadata) = DATABASE.by_id(&region.to_uppercase()) else { return false };
    let of = metadata.descriptors();
    let is_usual =
        |kind: &Descriptor| kind.example().is_some_and(|example| example.len() == usize::from(length));
    let is_mobile = of.mobile().is_some_and(|kind| kind.possible_length().contains(&length));
    is_mobile || [of.fixed_line(), of.toll_free()].into_iter().flatten().any(is_usual)
}

/// The digits of a number and its `+`, without what people put between them. None when anything else stands there.
fn digits_of(text: &str) -> Option<String> {
    let text = text.strip_prefix("tel:").unwrap_or(text).replace("(0)", "");
    let mut digits = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '0'..='9' => digits.push(letter),
            '+' | '＋' if digits.is_empty() => digits.push('+'),
            ' ' | '\u{A0}' | '\u{202F}' | '(' | ')' | '-' | '.' | '/' | '\u{2010}'..='\u{2015}' => {}
            _ => return None,
        }
    }
    (digits.len() <= DIGITS.end() + 3).then_some(digits)
}

/// The digits after `+` or the `00` that stands for it in most of the world.
fn international(digits: &str) -> Option<String> {
    digits.strip_prefix('+').or_else(|| digits.strip_prefix("00")).map(str::to_owned)
}

/// An international number needs a country code that exists, and no more: new ranges are opened every month, and a number that an
/// outdated list does not know is not wrong.
fn read_international(digits: &str) -> Option<String> {
    let typed = format!("+{digits}");
    let national = after_country_code(digits)?;
    let has_trunk = national.starts_with('0') && !digits.starts_with("39");
    let number = if has_trunk { without_trunk(&typed).unwrap_or(typed) } else { typed };
    DIGITS.contains(&(number.len() - 1)).then_some(number)
}

/// The number without the 0 that is dialled only inside a country, where the library knows it as a number.
fn without_trunk(typed: &str) -> Option<String> {
    let parsed = phonenumber::parse(None, typed).ok()?;
    let formatted = e164(&parsed);
    (parsed.is_valid() && formatted.len() < typed.len()).then_some(formatted)
}

/// What stands behind the country code, if that is one of those that are assigned (ITU-T E.164, list of December 2023). Asked for
/// each edited number, so without the library, which takes some thirty microseconds.
fn after_country_code(digits: &str) -> Option<&str> {
    let code = |length: usize| digits.get(..length)?.parse::<u16>().ok();
    let length = match (code(1)?, code(2)?, code(3)?) {
        (1 | 7, ..) => 1,
        (_, 20 | 27 | 30..=34 | 36 | 39..=41 | 43..=49 | 51..=58 | 60..=66, _) => 2,
        (_, 81 | 82 | 84 | 86 | 90..=95 | 98, _) => 2,
        (.., 211..=213 | 216 | 218 | 220..=269 | 290 | 291 | 297..=299 | 350..=359 | 370..=389) => 3,
        (
            ..,
            420..=423 | 500..=509 | 590..=599 | 670..=692 | 800 | 808 | 850..=856 | 870 | 878 | 880..=883,
        ) => 3,
        (.., 886 | 888 | 960..=968 | 970..=977 | 979 | 992..=996 | 998) => 3,
        _ => return None,
    };
    digits.get(length..)
}

fn read_national(digits: &str, region: &str) -> Option<String> {
    parsed(digits, region).map(|number| e164(&number))
}

/// The number that the region's plan has for the digits.
fn parsed(digits: &str, region: &str) -> Option<PhoneNumber> {
    let region: country::Id = region.to_uppercase().parse().ok()?;
    phonenumber::parse(Some(region), digits).ok().filter(PhoneNumber::is_valid)
}

fn e164(number: &PhoneNumber) -> String {
    number.format().mode(Mode::E164).to_string()
}

/// What stands beside the digits: an extension or a second number is cut off in the suggestion.
fn not_a_phone(text: &str, region: &str) -> Wrong {
    let lower = text.to_lowercase();
    let end = [" ext", " x", ";ext", "#", ",", ";", " or ", "ext."]
        .iter()
        .filter_map(|mark| lower.find(mark))
        .min();
    let first = end.and_then(|end| text.get(..end)).filter(|first| first.len() < text.len());
    let suggestion = first.and_then(|first| {
        read(first, region).or_else(|wrong| wrong.suggestions.into_iter().next().ok_or(())).ok()
    });
    match suggestion {
        Some(number) => Wrong { suggestions: vec![number], ..Wrong::with(Code::NotAPhone, "extension") },
        None => {
            let suggestions = without_words(text).and_then(|digits| offered(&digits, region));
            Wrong { suggestions: suggestions.into_iter().collect(), ..Wrong::plain(Code::NotAPhone) }
        }
    }
}

/// The digits of a number with words before or behind it: `Mobile: 07700 900123`, `020 7946 0123 (home)`. None where anything stands
/// between them.
fn without_words(text: &str) -> Option<String> {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let start = text.find(|letter: char| is_digit(letter) || matches!(letter, '+' | '＋'))?;
    let end = text.rfind(is_digit)? + 1;
    digits_of(text.get(start..end)?)
}

#[cfg(test)]
mod tests {
    use super::{beside, read};
    use crate::Code;

    fn check(region: &str, text: &str, expected: &str) {
        assert_eq!(read(text, region).as_deref(), Ok(expected), "{region} {text}");
        assert_eq!(read(expected, region).as_deref(), Ok(expected), "twice: {text}");
    }

    #[test]
    fn numbers_become_international() {
        check("GB", "+44 20 7946 0123", "+442079460123");
        check("GB", "020 7946 0123", "+442079460123");
        check("GB", "(020) 7946-0123", "+442079460123");
        check("US", "+44 (0)20 7946 0123", "+442079460123");
        check("GB", "+44 020 7946 0123", "+442079460123");
        check("GB", "0044 20 7946 0123", "+442079460123");
        check("US", "(212) 555-2368", "+12125552368");
        check("DE", "030/123456", "+4930123456");
        check("IT", "+39 06 698 12345", "+390669812345");
        check("GB", "+7 800 555 35 35", "+78005553535");
        check("GB", "+46\u{a0}8 123\u{a0}456\u{a0}78", "+46812345678");
        check("GB", "tel:+442079460123", "+442079460123");
        check("GB", "+447700900123", "+447700900123");
    }

    /// What only another region writes so is asked for, with what it may be; a region's own ways of writing are read.
    #[test]
    fn a_number_is_read_where_it_is_written_as_the_region_writes() {
        for (region, text, expected) in [
            ("GB", "(555) 123-4567", Err(&["+445551234567", "+15551234567"][..])),
            ("GB", "555-123-4567", Err(&["+445551234567", "+15551234567"])),
            ("GB", "555 123 4567", Err(&["+445551234567"])),
            ("GB", "5551234567", Err(&["+445551234567"])),
            ("GB", "2079460123", Err(&["+442079460123"])),
            ("GB", "(212) 555-2368", Err(&["+12125552368", "+442125552368"])),
            ("DE", "(555) 123-4567", Err(&["+495551234567", "+15551234567"])),
            ("FR", "(555) 123-4567", Err(&["+15551234567"])),
            ("NG", "(802) 555-2368", Err(&["+18025552368", "+2348025552368"])),
            ("CN", "(212) 555-2368", Err(&["+12125552368", "+862125552368"])),
            ("BR", "(212) 555-2368", Err(&["+12125552368", "+552125552368"])),
            ("IN", "(987) 654-3210", Err(&["+919876543210", "+19876543210"])),
            ("IN", "(212) 555-2368", Ok("+912125552368")),
            ("IT", "(320) 555-1234", Err(&["+13205551234", "+393205551234"])),
            ("DE", "04 21 12 34 56", Err(&["+33421123456", "+49421123456"])),
            ("US", "55 1234 5678", Err(&["+15512345678"])),
            ("GB", "442079460123", Ok("+442079460123")),
            ("GB", "0207 946 0123", Ok("+442079460123")),
            ("GB", "(0161) 496 0123", Ok("+441614960123")),
            ("DE", "(030) 123-4567", Ok("+49301234567")),
            ("DE", "0421 12 34 56", Ok("+49421123456")),
            ("FR", "01 45 67 89 10", Ok("+33145678910")),
            ("FR", "0145678910", Ok("+33145678910")),
            ("IN", "98765 43210", Ok("+919876543210")),
            ("IN", "098765 43210", Ok("+919876543210")),
            ("CN", "131 2345 6789", Ok("+8613123456789")),
            ("RU", "(912) 345-67-89", Ok("+79123456789")),
            ("RU", "8 912 345-67-89", Ok("+79123456789")),
            ("BR", "(11) 96123-4567", Ok("+5511961234567")),
            ("MX", "(222) 123-4567", Ok("+522221234567")),
            ("IT", "320 555 1234", Ok("+393205551234")),
            ("IT", "06 698 12345", Ok("+390669812345")),
            ("ES", "612 345 678", Ok("+34612345678")),
            ("PL", "512 345 678", Ok("+48512345678")),
            ("TR", "(0212) 345 67 89", Ok("+902123456789")),
            ("US", "212-555-2368", Ok("+12125552368")),
            ("US", "212.555.2368", Ok("+12125552368")),
            ("US", "2125552368", Ok("+12125552368")),
            ("US", "212 5552368", Ok("+12125552368")),
            ("US", "1 (212) 555 2368", Ok("+12125552368")),
            ("US", "12125552368", Ok("+12125552368")),
            ("US", "011 44 20 7946 0123", Ok("+442079460123")),
        ] {
            let read = read(text, region);
            let told = read.as_deref().map_err(|wrong| &wrong.suggestions[..]);
            let expected =
                expected.map_err(|offers| offers.iter().map(|offer| (*offer).to_owned()).collect::<Vec<_>>());
            assert_eq!(told.map_err(<[String]>::to_vec), expected, "{region} {text}");
        }
    }

    #[test]
    fn the_number_before_tells_the_country() {
        for (known, text, expected) in [
            ("+33142685300", "01 45 67 89 10", Err(&["+33145678910"][..])),
            ("+4930901820", "030 901821", Err(&["+4930901821"])),
            ("+12125552368", "(212) 555-2369", Err(&["+12125552369"])),
            ("+12125552368", "(555) 123-4567", Err(&["+445551234567", "+15551234567"])),
            ("+12125552368", "020 7946 0123", Ok("+442079460123")),
            ("+442079460123", "020 7946 0124", Ok("+442079460124")),
            ("+33142685300", "+44 20 7946 0123", Ok("+442079460123")),
            ("none", "020 7946 0123", Ok("+442079460123")),
        ] {
            let read = beside(known, text, "GB", read(text, "GB"));
            let told = read.as_deref().map_err(|wrong| &wrong.suggestions[..]);
            assert_eq!(
                told.map_err(|offers| offers.to_vec()),
                expected
                    .map_err(|offers| { offers.iter().map(|offer| (*offer).to_owned()).collect::<Vec<_>>() }),
                "{known} {text}"
            );
        }
    }

    #[test]
    fn other_texts_are_told() {
        for (text, detail, suggestion) in [
            ("soon", None, None),
            ("12", None, None),
            ("+0123456789", None, None),
            ("+44", None, None),
            ("+210 123456789", None, None),
            ("1234567890123456789", None, None),
            ("4.4770E+11", Some("shortened"), None),
            ("4.42079460123E+11", Some("shortened"), Some("+442079460123")),
            ("07700 900123", None, Some("+447700900123")),
            ("07700 900123 (home)", None, Some("+447700900123")),
            ("020 7946 0123 (home)", None, Some("+442079460123")),
            ("Mobile: 020 7946 0123", None, Some("+442079460123")),
            ("(work) +44 (0)20 7946 0123", None, Some("+442079460123")),
            ("+1 212 555 2368 (desk)", None, Some("+12125552368")),
            ("12125552368", None, Some("+12125552368")),
            ("020 7946 or 0123", None, None),
            ("07700 90012", None, None),
            ("077009001234", None, None),
            ("020 7946 0123 ext 5", Some("extension"), Some("+442079460123")),
            ("020 7946 0123 x5", Some("extension"), Some("+442079460123")),
            ("020 7946 0123, 020 7946 0999", Some("extension"), Some("+442079460123")),
            (";phone-context=", None, None),
            ("tel:", None, None),
            ("+", None, None),
        ] {
            let wrong = read(text, "GB").expect_err(text);
            assert_eq!(wrong.code, Code::NotAPhone);
            assert_eq!(
                (wrong.detail.as_deref(), wrong.suggestions.first().map(String::as_str)),
                (detail, suggestion),
                "{text}"
            );
        }
        assert!(read("020 7946 0123", "nowhere").is_err());
    }
}
