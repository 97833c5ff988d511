//! How a region writes its own numbers. Digits that a region's plan has a place for may still be another region's number: `(555) 123-4567` is
//! one of America, and the same digits are somebody's in Britain.

use phonenumber::PhoneNumber;
use phonenumber::country::Source;
use phonenumber::metadata::{DATABASE, Format, Metadata};

/// The region whose way of writing stands for the whole plan of North America (E.164 zone 1).
pub(super) const AMERICA: &str = "US";
const FRANCE: &str = "FR";

/// Whether a number without a country code, `digits` of it being all its digits, is written as the region writes its own: with the digit that
/// is dialled before a number inside the country, where that is always written, and not as another region alone writes.
pub(super) fn is_own(text: &str, digits: &str, number: &PhoneNumber, region: &str) -> bool {
    if number.code().source() != Source::Default {
        return true;
    }
    let Some(metadata) = DATABASE.by_id(&region.to_uppercase()) else { return true };
    let national = number.national().to_string();
    let prefix = metadata.national_prefix().unwrap_or_default();
    let has_prefix = !prefix.is_empty() && digits.strip_prefix(prefix) == Some(&*national);
    let format = format_of(&national, metadata);
    if !has_prefix && (digits != national || format.is_some_and(needs_prefix)) {
        return false;
    }
    if metadata.country_code() == 1 {
        return parts_area(text, prefix.len() * usize::from(has_prefix));
    }
    let groups = format.map(|format| lengths(format, &national)).unwrap_or_default();
    match elsewhere(text) {
        Some(AMERICA) => {
            let is_fixed = metadata.descriptors().fixed_line().is_some_and(|fixed| fixed.is_match(&national));
            has_prefix || groups == [3, 3, 4] && (is_fixed || !text.contains('('))
        }
        Some(_) => groups == [1, 2, 2, 2, 2],
        None => true,
    }
}

/// The region that writes numbers so, where the groups of the digits tell it: `(212) 555-2368` and `212-555-2368` as in America, or five pairs
/// as in France.
pub(super) fn elsewhere(text: &str) -> Option<&'static str> {
    let groups: Vec<&str> = groups(text).collect();
    match groups.iter().map(|group| group.len()).collect::<Vec<_>>()[..] {
        [3, 3, 4] => {
            let in_brackets = text.contains(&format!("({})", groups[0]));
            let last = text.trim_end().as_bytes();
            let is_dashed = last.len() > 4 && matches!(last[last.len() - 5], b'-' | b'.');
            (in_brackets || is_dashed).then_some(AMERICA).filter(|_| !groups[0].starts_with('0'))
        }
        [2, 2, 2, 2, 2] if groups[0].starts_with('0') => Some(FRANCE),
        _ => None,
    }
}

fn groups(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_digit()).filter(|group| !group.is_empty())
}

/// Whether the area code of America, three digits behind so many of a prefix, stands for itself, unless all digits stand together.
fn parts_area(text: &str, prefix: usize) -> bool {
    let ends: Vec<usize> = groups(text)
        .scan(0, |sum, group| {
            *sum += group.len();
            Some(*sum)
        })
        .collect();
    ends.len() == 1 || ends.contains(&(prefix + 3)) || ends[..] == [prefix, prefix + 10]
}

/// How the region writes a number, if the library knows it.
fn format_of<'m>(national: &str, metadata: &'m Metadata) -> Option<&'m Format> {
    metadata.formats().iter().find(|format| {
        let begins = format
            .leading_digits()
            .last()
            .is_none_or(|leading| leading.find(national).is_some_and(|found| found.start() == 0));
        begins && format.pattern().find(national).is_some_and(|found| found.as_str().len() == national.len())
    })
}

fn needs_prefix(format: &Format) -> bool {
    !format.is_national_prefix_optional() && format.national_prefix().is_some_and(|rule| rule.contains("$NP"))
}

/// The lengths of the groups in which the region writes a number, without the prefix.
fn lengths(format: &Format, national: &str) -> Vec<usize> {
    let groups = format
        .pattern()
        .captures(national)
        .map(|found| found.iter().skip(1).flatten().map(|group| group.as_str().len()).collect());
    groups.unwrap_or_default()
}
