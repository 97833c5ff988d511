//! What pages say of a value, in the language that is spoken.

use std::borrow::Cow;

use sentences::{decimal, say, written_day};

use crate::reading::date;
use crate::{Field, Kind};

impl Field {
    /// What a page says of a value that is printed so, in the language that is spoken: the word for a status, for yes and no; a day, a number
    /// as people write them there. Files have the printed one in every language, and so has what is typed.
    pub fn said<'v>(&self, printed: &'v str) -> Cow<'v, str> {
        let said = match (self.kind, printed) {
            (Kind::Status, "Active") => say!("value-active"),
            (Kind::Status, "Inactive") => say!("value-inactive"),
            (Kind::YesNo, "Yes") => say!("value-yes"),
            (Kind::YesNo, "No") => say!("value-no"),
            (Kind::Date, day) => return said_day(day),
            (Kind::Number, digits) => return decimal(digits).map_or(Cow::Borrowed(digits), Cow::Owned),
            _ => printed,
        };
        said.into()
    }
}

/// A day in stored form, `2026-12-24`, as a page says it in the language that is spoken; another text as it is.
pub fn said_day(stored: &str) -> Cow<'_, str> {
    date::of_stored(stored).map_or(Cow::Borrowed(stored), |date| {
        Cow::Owned(written_day(i64::from(date.year), i64::from(date.month), i64::from(date.day)))
    })
}

#[cfg(test)]
mod tests {
    use sentences::{Language, speaking};

    use crate::{Field, Kind, standard};

    #[test]
    fn values_are_said_as_the_language_writes_them() {
        for (kind, printed, english, german) in [
            (Kind::Date, "2026-12-24", "24 December 2026", "24.12.2026"),
            (Kind::Date, "2026-02-03", "3 February 2026", "03.02.2026"),
            (Kind::Date, "", "", ""),
            (Kind::Date, "2026-13-24", "2026-13-24", "2026-13-24"),
            (Kind::Number, "-1234.5", "-1,234.5", "-1.234,5"),
            (Kind::Number, "", "", ""),
            (Kind::YesNo, "Yes", "Yes", "Ja"),
            (Kind::Status, "Inactive", "Inactive", "Inaktiv"),
            (Kind::Text, "Inactive", "Inactive", "Inactive"),
            // What only looks so is a text.
            (Kind::Text, "2026-12-24", "2026-12-24", "2026-12-24"),
            (Kind::Text, "1234.5", "1234.5", "1234.5"),
        ] {
            let field = Field::new(standard::FIRST_CUSTOM, "own", "Own", kind);
            assert_eq!(field.said(printed), english);
            assert_eq!(speaking(Language::German, || field.said(printed)), german);
        }
    }
}
