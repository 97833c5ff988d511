//! Sentences with links and marks in them, and small turns of phrase that several pages share.

use std::borrow::Cow;

use directory::{Field, standard};
use maud::{Markup, PreEscaped, Render, html};
use sentences::{Argument, say};

/// The sentence of a key whose arguments may be markup: `say_markup!("done-was-undone", link = html! { ... })`. The sentence stays one
/// message, so that a language may put the link where it belongs.
macro_rules! say_markup {
    ($key:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::web::frame::words::in_markup(
            $key,
            [$((stringify!($name), $crate::web::frame::words::Piece::from($value))),+],
        )
    };
}
pub(in crate::web) use say_markup;

/// What stands in a sentence of a page: a number, which may choose the plural, or markup.
pub(in crate::web) enum Piece {
    Number(i64),
    Markup(String),
}

impl From<i64> for Piece {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<Markup> for Piece {
    fn from(markup: Markup) -> Self {
        Self::Markup(markup.into_string())
    }
}

impl From<&str> for Piece {
    fn from(text: &str) -> Self {
        Self::Markup(text.render().into_string())
    }
}

impl From<&String> for Piece {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

/// Where a piece of markup stands while the sentence is made: a letter that nobody types, so that what is put in its place is told from
/// what the sentence says itself.
const HOLDS: [&str; 6] = ["\u{f8f0}", "\u{f8f1}", "\u{f8f2}", "\u{f8f3}", "\u{f8f4}", "\u{f8f5}"];

/// The sentence with its pieces; [`say_markup!`] calls it.
pub(in crate::web) fn in_markup<const N: usize>(
    key: &'static str,
    pieces: [(&'static str, Piece); N],
) -> Markup {
    let mut held = Vec::new();
    let arguments = pieces.map(|(name, piece)| match piece {
        Piece::Number(number) => (name, Argument::Number(number)),
        Piece::Markup(markup) => {
            let hold = HOLDS.get(held.len()).copied().unwrap_or_default();
            held.push((hold, markup));
            (name, Argument::Text(Cow::Borrowed(hold)))
        }
    });
    let words = html! { (sentences::filled(key, &arguments)) }.into_string();
    // In one go: what was put in may hold such a letter itself.
    let mut markup = String::new();
    for letter in words.chars() {
        match held.iter().find(|(hold, _)| hold.starts_with(letter)) {
            Some((_, piece)) => markup.push_str(piece),
            None => markup.push(letter),
        }
    }
    PreEscaped(markup)
}

/// "a, b and c".
pub(in crate::web) fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => say!("list-and", before = most.join(", "), last = last),
    }
}

/// Whether a field says how somebody signs in: such fields are marked in lists of changes.
pub(in crate::web) fn is_sign_in(field: &Field) -> bool {
    matches!(field.number, standard::EMAIL | standard::USERNAME | standard::STATUS)
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::listed;

    #[test]
    fn phrases_read_as_people_say_them() {
        let parts = ["a", "b", "c"].map(str::to_owned);
        assert_eq!((listed(&parts[..1]), listed(&parts)), ("a".to_owned(), "a, b and c".to_owned()));
    }

    #[test]
    fn markup_stands_in_a_sentence_and_texts_are_escaped() {
        let link = html! { a href="x" { "Go" } };
        let told = say_markup!("review-started", who = "<b>\u{f8f1}", when = link);
        assert_eq!(
            told.into_string(),
            "Nothing has been changed yet · uploaded by &lt;b&gt;\u{f8f1}, <a href=\"x\">Go</a>"
        );
        let told = say_markup!("review-more-left-out", rows = 3_000, link = html! { b { "All" } });
        assert_eq!(told.into_string(), "3,000 more are not listed here. <b>All</b>");
    }
}
