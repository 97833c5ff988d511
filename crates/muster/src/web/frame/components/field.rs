//! A field of a form: its label, a hint, what is wrong, and the input, tied to each other for those who listen.

use directory::Kind;
use maud::{Markup, html};
use sentences::say;

/// A field without its input.
#[derive(Debug, Clone, Copy)]
pub(in crate::web) struct Field<'f> {
    pub(in crate::web) id: &'f str,
    pub(in crate::web) label: &'f str,
    pub(in crate::web) hint: Option<&'f str>,
    pub(in crate::web) problem: Option<&'f str>,
}

/// The lines that a text takes which has several; none where it is typed into a line. A browser takes the breaks out of what stands in a
/// line, touched or not.
pub(in crate::web) fn rows_of(kind: Kind, text: &str) -> Option<usize> {
    let breaks = text.replace("\r\n", "\n").matches(['\n', '\r']).count();
    (kind == Kind::Text && breaks > 0).then(|| (breaks + 1).min(ROWS))
}

/// Lines of a text that are shown at the most; it scrolls from there on, or grows where the browser can.
const ROWS: usize = 12;

impl Field<'_> {
    /// The ids that the input's `aria-describedby` names; none when nothing describes it.
    pub(in crate::web) fn described_by(&self) -> Option<String> {
        let problem = self.problem.map(|_| format!("{}-problem", self.id));
        let both: Vec<String> =
            problem.into_iter().chain(self.hint.map(|_| format!("{}-hint", self.id))).collect();
        (!both.is_empty()).then(|| both.join(" "))
    }

    /// The whole field; the input bears the id and says [`Self::described_by`].
    pub(in crate::web) fn around(&self, input: &Markup) -> Markup {
        html! {
            div.field.wrong[self.problem.is_some()] {
                label for=(self.id) { (self.label) }
                @if let Some(hint) = self.hint { p.hint id={ (self.id) "-hint" } { (hint) } }
                @if let Some(problem) = self.problem {
                    p.problem id={ (self.id) "-problem" } {
                        span.icon aria-hidden="true" { "!" }
                        span.unseen { (say!("error-mark")) " " }
                        (problem)
                    }
                }
                (input)
            }
        }
    }
}
