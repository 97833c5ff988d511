//! "Was this article helpful?": one form that works without script and without signing in, and what becomes of it.

use std::collections::BTreeMap;

use maud::{Markup, html};
use sentences::say;
use store::{Feedback, Result};

use crate::access::{Sent, Visit, form_shown, sender_of, sent_form};
use crate::app::App;

/// Characters of what people write.
const MOST: usize = 1_000;
/// A field that people don't see: what fills it in is a program.
const UNSEEN: &str = "website";

/// A reason why the article did not help: the word that is kept, and what people read.
fn reasons() -> [(&'static str, &'static str); 5] {
    [
        ("find", say!("help-reason-find")),
        ("step", say!("help-reason-step")),
        ("hard", say!("help-reason-hard")),
        ("outdated", say!("help-reason-outdated")),
        ("missing", say!("help-reason-missing")),
    ]
}

/// The address that says what became of it.
fn after(said: &str) -> String {
    format!("/help?said={said}#feedback")
}

/// The form as it is shown: empty, with what was typed and why it was not taken, or what is said afterwards.
#[derive(Default)]
pub(super) struct Form {
    shown: String,
    thanks: Option<&'static str>,
    problem: Option<String>,
    /// The words of the reasons that were ticked.
    ticked: Vec<String>,
    said: String,
}

/// What becomes of what a reader said.
pub(super) enum Outcome {
    /// It was taken; the address that says so.
    Taken(String),
    /// It was not: the form again, which says why.
    Again(Form),
}

impl Form {
    /// As the page shows it, after what was just said, if anything was.
    pub(super) fn shown(app: &App, said: Option<&str>) -> Result<Self> {
        let thanks = match said {
            Some("yes") => Some(say!("help-thanks-yes")),
            Some("no") => Some(say!("help-thanks-no")),
            Some("often") => Some(say!("help-often")),
            _ => None,
        };
        Ok(Self { shown: form_shown(app)?, thanks, ..Self::default() })
    }

    /// Whether it says why it was not taken.
    pub(super) fn failed(&self) -> bool {
        self.problem.is_some()
    }

    /// Takes what was typed; without a reason, or sent too quickly, it is asked again.
    pub(super) fn take(app: &App, typed: &BTreeMap<String, String>, visit: Visit) -> Result<Outcome> {
        let word = |name: &str| typed.get(name).map_or("", String::as_str);
        // Who filled in what nobody sees is told nothing that could be learned from.
        if !word(UNSEEN).is_empty() {
            return Ok(Outcome::Taken(after("no")));
        }
        let helpful = word("helpful") == "yes";
        let names = reasons().map(|(name, _)| name);
        let ticked = names.into_iter().filter(|name| !helpful && typed.contains_key(*name));
        let said = if helpful { "" } else { word("said").trim() }.replace("\r\n", "\n");
        let form = Self { ticked: ticked.map(str::to_owned).collect(), said, ..Self::default() };
        if let Some(problem) = form.problem_of(app, helpful, word("shown"))? {
            return Ok(Outcome::Again(Self { shown: form_shown(app)?, problem: Some(problem), ..form }));
        }
        let (reasons, at) = (form.ticked.join(" "), app.clock.now());
        let feedback = Feedback { at, helpful, reasons, said: form.said };
        let kept = app.store.keep_feedback(&feedback, &sender_of(visit))?;
        Ok(Outcome::Taken(after(match (kept, helpful) {
            (false, _) => "often",
            (true, true) => "yes",
            (true, false) => "no",
        })))
    }

    fn problem_of(&self, app: &App, helpful: bool, stamp: &str) -> Result<Option<String>> {
        let long = self.said.chars().count();
        Ok(if !helpful && self.ticked.is_empty() {
            Some(say!("help-choose-a-reason").to_owned())
        } else if long > MOST {
            Some(say!("help-too-long", characters = long, most = MOST))
        } else if sent_form(app, stamp)? == Sent::NotInTime {
            Some(say!("help-send-again").to_owned())
        } else {
            None
        })
    }

    /// The question, or what is said after it was answered.
    pub(super) fn section(&self) -> Markup {
        html! {
            section.card.repair #feedback aria-labelledby="helpful" {
                h2 #helpful { (say!("help-helpful")) }
                @if let Some(thanks) = self.thanks { p role="status" { (thanks) } } @else { (self.question()) }
            }
        }
    }

    fn question(&self) -> Markup {
        html! {
            form.stack method="post" action="/help/feedback#feedback" {
                input type="hidden" name="shown" value=(self.shown);
                div.unseen aria-hidden="true" {
                    label for="website" { (say!("help-leave-empty")) }
                    input #website name=(UNSEEN) tabindex="-1" autocomplete="off";
                }
                div.row {
                    button type="submit" name="helpful" value="yes" { (say!("help-yes")) }
                    details open[self.failed()] {
                        summary.button { (say!("help-no")) }
                        (self.reasons())
                    }
                }
            }
        }
    }

    fn reasons(&self) -> Markup {
        let described = self.failed().then_some("problem");
        html! {
            @if let Some(problem) = &self.problem {
                p.banner.bad role="alert" #problem { span.icon aria-hidden="true" { "!" } span { (problem) } }
            }
            fieldset.radios aria-describedby=[described] {
                legend { (say!("help-what-was-missing")) }
                @for (name, label) in reasons() {
                    label {
                        input type="checkbox" name=(name) checked[self.ticked.iter().any(|ticked| ticked == name)];
                        (label)
                    }
                }
            }
            div.field {
                label for="said" { (say!("help-in-your-words")) }
                textarea #said name="said" rows="4" maxlength=(MOST) { (self.said) }
            }
            div.row { button.ready type="submit" name="helpful" value="no" { (say!("help-send")) } }
        }
    }
}
