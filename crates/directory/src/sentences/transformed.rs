//! What is said of a column in which most edits are one and the same step, with two examples.

use ::sentences::say;

use crate::{Field, Transformation};

/// What a warning keeps of a transformation of a column: the step, then for each example what the value was and became, as people read
/// it; tabs between them.
pub fn detail(found: &Transformation, field: &Field) -> String {
    let shown = |stored: &str| field.shown(Some(stored), None).replace('\t', " ");
    let examples = found.examples.iter().flat_map(|(was, is)| [shown(was), shown(is)]);
    std::iter::once(found.step.to_string().replace('\t', " ")).chain(examples).collect::<Vec<_>>().join("\t")
}

/// The sentence of a warning with such a detail: "12 values of Start date were changed in one and the same way: 1 day earlier ..."
pub(super) fn sentence(title: &str, values: i64, detail: &str) -> String {
    if detail.is_empty() || detail.parse::<i64>().is_ok() {
        return say!("transformed-somehow", values = values, title = title);
    }
    let mut parts = detail.split('\t');
    let way = way(parts.next().unwrap_or_default());
    let mut examples = Vec::new();
    while let (Some(was), Some(is)) = (parts.next(), parts.next()) {
        examples.push(say!("transformed-example", was = was, is = is));
    }
    say!("transformed", values = values, title = title, way = way, examples = examples.join(", "))
}

/// What was done, in words; the word is that of [`crate::Step`].
fn way(step: &str) -> String {
    let (word, by) = step.split_once(':').unwrap_or((step, ""));
    let number = by.parse::<i64>().unwrap_or_default();
    let times = 10_i64.pow(number.unsigned_abs().min(9) as u32);
    match (word, number) {
        ("years", ..0) => say!("transformed-years-earlier", years = -number),
        ("years", _) => say!("transformed-years-later", years = number),
        ("months", ..0) => say!("transformed-months-earlier", months = -number),
        ("months", _) => say!("transformed-months-later", months = number),
        ("days", ..0) => say!("transformed-days-earlier", days = -number),
        ("days", _) => say!("transformed-days-later", days = number),
        ("tens", ..0) => say!("transformed-divided", by = times.to_string()),
        ("tens", _) => say!("transformed-multiplied", by = times.to_string()),
        ("day_month", _) => say!("transformed-day-month").to_owned(),
        ("sign", _) => say!("transformed-sign").to_owned(),
        ("first_capital", _) => say!("transformed-first-capital").to_owned(),
        ("first_lost", _) => say!("transformed-first-lost", letters = number),
        ("last_lost", _) => say!("transformed-last-lost", letters = number),
        ("upper", _) => say!("transformed-upper").to_owned(),
        ("lower", _) => say!("transformed-lower").to_owned(),
        ("capitalised", _) => say!("transformed-capitalised").to_owned(),
        ("spaces", _) => say!("transformed-spaces").to_owned(),
        ("unaccented", _) => say!("transformed-unaccented").to_owned(),
        ("names_swapped" | "parts_swapped", _) => say!("transformed-names-swapped").to_owned(),
        ("other_rows", _) => say!("transformed-other-rows").to_owned(),
        ("cut", _) => say!("transformed-cut", letters = number),
        ("prefix_lost" | "suffix_lost", _) => say!("transformed-part-lost", part = by),
        _ => say!("transformed-part-added", part = by),
    }
}

#[cfg(test)]
mod tests {
    use super::{detail, sentence};
    use crate::{Fields, Step, Transformation, standard};

    #[test]
    fn what_was_done_is_said_with_examples() {
        let of = |step: Step, was: &str, is: &str| {
            let examples = vec![(was.to_owned(), is.to_owned())];
            let field = standard::START_DATE;
            let found = Transformation { field, step, cells: 12, examples };
            let fields = Fields::built_in();
            let field = fields.get(field).expect("built in");
            sentence(&field.title, found.cells, &detail(&found, field))
        };
        for (step, expected) in [
            (Step::Days(-1), "1 day earlier"),
            (Step::Days(1462), "1,462 days later"),
            (Step::Years(543), "543 years later"),
            (Step::Months(-1), "1 month earlier"),
            (Step::LastLost(2), "2 letters are gone at the end"),
            (Step::TensOf(-2), "divided by 100"),
            (Step::PrefixLost("EMP-:".to_owned()), "“EMP-:” is gone"),
        ] {
            let said = of(step, "2024-01-02", "2024-01-01");
            assert!(said.contains(expected), "{said}");
            assert!(said.starts_with("12 values of Start date "), "{said}");
            assert!(said.contains("2024-01-02 became 2024-01-01"), "{said}");
        }
    }
}
