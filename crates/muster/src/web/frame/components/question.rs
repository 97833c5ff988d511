//! What is asked before something is done: what will come of it, the button that does it, and the way back. Without script too: what was
//! typed stands in the form again.

use maud::{Markup, html};
use sentences::say;

use super::action::{Weight, go};

/// What tells the handler that it was asked.
pub(in crate::web) const SURE: (&str, &str) = ("sure", "1");

/// A question about a form that was sent.
pub(in crate::web) struct Question<'q> {
    /// What will come of it.
    pub(in crate::web) words: Markup,
    /// What the button says; nothing to press when there is nothing to do.
    pub(in crate::web) button: Option<&'q str>,
    /// How much the button weighs.
    pub(in crate::web) weight: Weight,
    /// Where not to do it leads.
    pub(in crate::web) back: &'q str,
}

impl Question<'_> {
    /// The question; `sent` is what the form had, `more` what else is asked.
    pub(in crate::web) fn markup(&self, sent: &[(String, String)], more: &Markup) -> Markup {
        html! {
            form.stack.card.card-row method="post" action=(self.back) {
                (self.words)
                @for (name, value) in sent.iter().filter(|(name, _)| name != SURE.0) {
                    input type="hidden" name=(name) value=(value);
                }
                input type="hidden" name=(SURE.0) value=(SURE.1);
                (more)
                div.actions {
                    @if let Some(words) = self.button {
                        button class=(self.weight.class()) type="submit" { (words) }
                    }
                    (go(Weight::Plain, self.back, say!("question-back")))
                }
            }
        }
    }
}

/// Whether a form was asked about, and sent again.
pub(in crate::web) fn is_sure(sent: &[(String, String)]) -> bool {
    sent.iter().any(|(name, value)| (name.as_str(), value.as_str()) == SURE)
}
