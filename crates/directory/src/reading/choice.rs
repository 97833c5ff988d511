//! Choices: one of a field's options, or several of them as a set. People read and type labels; stored are the numbers,
//! so that an option can be renamed.

use super::nearest::{folded, nearest};
use crate::{Choice, Code, Field, Wrong};

/// Reads a label: any case, former labels too, by the options at the download and then by today's.
///
/// # Errors
/// [`Code::NotAChoice`] with the nearest labels.
pub(super) fn read(at_base: &Field, today: &Field, text: &str) -> Result<String, Wrong> {
    match find(at_base, text).or_else(|| find(today, text)) {
        Some(choice) => Ok(choice.id.to_string()),
        None => Err(not_a_choice(text, suggestions(today, text))),
    }
}

/// Reads labels joined by `;`, in any order: a set.
///
/// # Errors
/// [`Code::NotAChoice`] for the first label that is none; the suggestion is the whole cell with it put right.
pub(super) fn read_set(at_base: &Field, today: &Field, text: &str) -> Result<String, Wrong> {
    let labels = || text.split([';', '\n']).map(str::trim).filter(|label| !label.is_empty());
    let found = |label: &str| find(at_base, label).or_else(|| find(today, label));
    if let Some(stranger) = labels().find(|label| found(label).is_none()) {
        let parts: Option<Vec<&str>> =
            labels().map(|part| parted(part, &found)).collect::<Option<Vec<_>>>().map(|parts| parts.concat());
        if let Some(parts) = parts {
            return Err(not_a_choice(stranger, vec![parts.join("; ")]));
        }
        let repaired = suggestions(today, stranger).into_iter().map(|near| {
            labels()
                .map(|label| if label == stranger { near.as_str() } else { label })
                .collect::<Vec<_>>()
                .join("; ")
        });
        return Err(not_a_choice(stranger, repaired.collect()));
    }
    let mut ids: Vec<u32> = labels().filter_map(found).map(|choice| choice.id).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids.iter().map(u32::to_string).collect::<Vec<_>>().join(";"))
}

/// The labels of a text in which they are parted by another sign than `;`. A label may have such a sign itself.
fn parted<'f>(text: &str, found: &impl Fn(&str) -> Option<&'f Choice>) -> Option<Vec<&'f str>> {
    const SIGNS: [char; 8] = [',', '|', '/', '+', '&', '，', '、', '；'];
    const LONGEST: usize = 1_000;
    if let Some(choice) = found(text.trim()) {
        return Some(vec![choice.label.as_str()]);
    }
    if text.len() > LONGEST {
        return None;
    }
    text.rmatch_indices(SIGNS).find_map(|(at, sign)| {
        let first = found(text[..at].trim())?;
        let rest = text[at + sign.len()..].trim();
        let further = if rest.is_empty() { Vec::new() } else { parted(rest, found)? };
        Some([vec![first.label.as_str()], further].concat())
    })
}

/// Refuses a value that holds an option which is no longer to be chosen. Users who have it keep it: the merge judges edited cells only,
/// and of several options those of before (`known`) may stay beside what is new.
///
/// # Errors
/// [`Code::NotAChoice`].
pub(super) fn in_use(today: &Field, stored: &str, known: [Option<&str>; 2]) -> Result<(), Wrong> {
    let is_known = |id| known.into_iter().flatten().flat_map(|had| had.split(';')).any(|had| had == id);
    for id in stored.split(';') {
        match today.choice(id) {
            Some(choice) if !choice.retired || is_known(id) => {}
            Some(choice) => return Err(not_a_choice(&choice.label, suggestions(today, &choice.label))),
            None => return Err(not_a_choice(id, Vec::new())),
        }
    }
    Ok(())
}

fn not_a_choice(label: &str, suggestions: Vec<String>) -> Wrong {
    Wrong { suggestions, ..Wrong::with(Code::NotAChoice, label) }
}

fn suggestions(today: &Field, label: &str) -> Vec<String> {
    nearest(label, today.choices.iter().filter(|choice| !choice.retired).map(|choice| choice.label.as_str()))
}

/// The option of a label: the label itself, then in any case, then former labels; of two alike, the one in use.
fn find<'f>(field: &'f Field, label: &str) -> Option<&'f Choice> {
    if let Some(choice) = best(field, |choice| choice.label == label) {
        return Some(choice);
    }
    let label = folded(label);
    best(field, |choice| folded(&choice.label) == label)
        .or_else(|| best(field, |choice| choice.former.iter().any(|former| folded(former) == label)))
}

fn best(field: &Field, fits: impl Fn(&Choice) -> bool) -> Option<&Choice> {
    field.choices.iter().filter(|choice| fits(choice)).min_by_key(|choice| choice.retired)
}

/// The labels of a set, joined.
pub(super) fn print_set(field: &Field, stored: &str, into: &mut String) {
    for id in stored.split(';') {
        if !into.is_empty() {
            into.push_str("; ");
        }
        into.push_str(field.choice(id).map_or(id, |choice| choice.label.as_str()));
    }
}

/// Whether a text is what [`print_set`] makes, compared label by label without putting them together.
pub(super) fn is_print_of_set(field: &Field, stored: &str, raw: &str) -> bool {
    let mut rest = raw;
    for (place, id) in stored.split(';').enumerate() {
        let label = field.choice(id).map_or(id, |choice| choice.label.as_str());
        let gap = if place == 0 { "" } else { "; " };
        match rest.strip_prefix(gap).and_then(|rest| rest.strip_prefix(label)) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::{in_use, is_print_of_set, print_set, read, read_set};
    use crate::{Choice, Code, Field, FieldNumber, Kind};

    fn field(choices: &[(&str, &[&str], bool)]) -> Field {
        let choice = |(id, (label, former, retired)): (u32, &(&str, &[&str], bool))| Choice {
            id,
            label: (*label).to_owned(),
            former: former.iter().map(|former| (*former).to_owned()).collect(),
            retired: *retired,
        };
        let choices = (1..).zip(choices).map(choice).collect();
        Field { choices, ..Field::new(FieldNumber(101), "site", "Site", Kind::Choices) }
    }

    fn sites() -> Field {
        field(&[
            ("Paris", &[], false),
            ("München", &["Munich"], false),
            ("Berlin", &["Bonn"], false),
            ("Bonn", &[], true),
        ])
    }

    #[test]
    fn a_label_is_read_in_any_case_and_by_its_former_name() {
        let sites = sites();
        for (text, id) in [
            ("Paris", "1"),
            ("PARIS", "1"),
            ("munich", "2"),
            ("MÜNCHEN", "2"),
            ("Mu\u{308}nchen", "2"),
            ("Bonn", "4"),
        ] {
            assert_eq!(read(&sites, &sites, text).as_deref(), Ok(id), "{text}");
        }
        let wrong = read(&sites, &sites, "Pariss").expect_err("no option");
        assert_eq!((wrong.code, wrong.detail.as_deref()), (Code::NotAChoice, Some("Pariss")));
        assert_eq!(wrong.suggestions, ["Paris"]);
        assert_eq!(in_use(&sites, "1;2", [None; 2]), Ok(()));
        assert_eq!(
            in_use(&sites, "1;4", [None, Some("2")]).map_err(|wrong| wrong.code),
            Err(Code::NotAChoice)
        );
        assert_eq!(in_use(&sites, "9", [None; 2]).map_err(|wrong| wrong.code), Err(Code::NotAChoice));
        assert_eq!(in_use(&sites, "1;4", [Some("4"), None]), Ok(()), "who has it keeps it beside another");
    }

    #[test]
    fn labels_that_changed_places_are_read_by_the_download() {
        let before = field(&[("Sales", &[], false), ("Support", &[], false)]);
        let after =
            field(&[("Support", &["Sales"], false), ("Sales", &["Support"], false), ("New", &[], false)]);
        assert_eq!(read(&before, &after, "Sales").as_deref(), Ok("1"));
        assert_eq!(read(&after, &after, "Sales").as_deref(), Ok("2"));
        assert_eq!(read(&before, &after, "new").as_deref(), Ok("3"));
    }

    #[test]
    fn several_are_a_set() {
        let sites = sites();
        for (text, ids) in [
            ("Paris; Berlin", "1;3"),
            ("berlin;paris;", "1;3"),
            ("Paris; Paris", "1"),
            ("Munich\nParis", "1;2"),
        ] {
            assert_eq!(read_set(&sites, &sites, text).as_deref(), Ok(ids), "{text}");
        }
        let wrong = read_set(&sites, &sites, "Berlin; Pariss; Munich").expect_err("no option");
        assert_eq!(
            (wrong.detail.as_deref(), wrong.suggestions),
            (Some("Pariss"), vec!["Berlin; Paris; Munich".to_owned()])
        );
    }

    #[test]
    fn labels_parted_by_another_sign_are_offered() {
        let with_commas =
            field(&[("Paris", &[], false), ("Legal, risk", &[], false), ("Berlin", &[], false)]);
        for (text, offer) in [
            ("Paris, Berlin", Some("Paris; Berlin")),
            ("paris,BERLIN", Some("Paris; Berlin")),
            ("Paris | Berlin", Some("Paris; Berlin")),
            ("Paris/Berlin", Some("Paris; Berlin")),
            ("Paris、Berlin", Some("Paris; Berlin")),
            ("Berlin, Legal, risk, Paris", Some("Berlin; Legal, risk; Paris")),
            ("Paris, Berlin; Legal, Risk", Some("Paris; Berlin; Legal, risk")),
            ("Paris, Rome", None),
            (",", None),
        ] {
            let wrong = read_set(&with_commas, &with_commas, text).expect_err(text);
            assert_eq!(wrong.suggestions.first().map(String::as_str), offer, "{text}");
        }
        assert_eq!(read_set(&with_commas, &with_commas, "Legal, risk").as_deref(), Ok("2"));
    }

    #[test]
    fn a_set_is_compared_without_being_put_together() {
        let sites = sites();
        for stored in ["1", "1;2;3", "2;4", "9"] {
            let mut text = String::new();
            print_set(&sites, stored, &mut text);
            assert!(is_print_of_set(&sites, stored, &text), "{text}");
            assert!(!is_print_of_set(&sites, stored, &format!("{text}; ")), "{text}");
            assert!(!is_print_of_set(&sites, stored, "Pari"), "{text}");
        }
    }
}
