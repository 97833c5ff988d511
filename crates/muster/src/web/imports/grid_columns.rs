//! The columns of the table of problems beside those with a problem, and how wide each is: chosen by each person for themselves and kept.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Redirect;
use directory::{Field, Fields};
use maud::{Markup, html};
use sentences::say;
use store::Result;

use crate::access::Actor;
use crate::app::App;
use crate::web::frame::components::action::{Weight, send};
use crate::web::frame::components::menu;
use crate::web::frame::errors::Answer;
use crate::web::frame::reply::see;
use crate::web::frame::sent::Form;
use crate::web::frame::signed_in::Viewer;

/// The name under which the choice is kept.
const PREFERENCE: &str = "review.columns";
/// Those of who chose none.
const USUAL: &str = "email job_title";
/// Columns beside those with a problem, and widths that are kept, at the most.
const MOST: usize = 12;
/// The widths that a column may have, in CSS pixels.
const WIDTHS: std::ops::RangeInclusive<u32> = 44..=800;

/// What a person chose: the keys of columns, and widths by keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Kept {
    columns: Vec<String>,
    widths: BTreeMap<String, u32>,
}

impl Kept {
    fn read(text: &str) -> Self {
        let mut kept = Self::default();
        for word in text.split_whitespace() {
            match word.split_once('=') {
                Some((key, width)) => {
                    let width = width.parse().ok().filter(|width| WIDTHS.contains(width));
                    kept.widths.extend(width.map(|width| (key.to_owned(), width)));
                }
                None => kept.columns.push(word.to_owned()),
            }
        }
        kept
    }

    fn written(&self) -> String {
        let widths = self.widths.iter().map(|(key, width)| format!("{key}={width}"));
        self.columns.iter().cloned().chain(widths).collect::<Vec<_>>().join(" ")
    }

    /// Takes over what a form says; what it does not speak of stays.
    fn take(&mut self, fields: &Fields, pairs: &[(String, String)]) {
        if pairs.iter().any(|(name, _)| name == "columns") {
            let chosen = pairs.iter().filter(|(name, _)| name == "column").map(|(_, key)| key.clone());
            self.columns = chosen.filter(|key| fields.by_key(key).is_some()).take(MOST).collect();
        }
        for (name, width) in pairs {
            let key = name.strip_prefix("width.").filter(|key| is_column(fields, key));
            if let (Some(key), Ok(width)) = (key, width.parse::<u32>()) {
                self.widths.insert(key.to_owned(), width.clamp(*WIDTHS.start(), *WIDTHS.end()));
            }
        }
    }

    /// The fields of the columns, as far as they are still in use.
    pub(super) fn fields<'f>(&self, fields: &'f Fields) -> Vec<&'f Field> {
        let of_key = |key: &String| fields.by_key(key).filter(|field| !field.retired);
        self.columns.iter().filter_map(of_key).take(MOST).collect()
    }

    /// How wide a column is, where somebody has made it so.
    pub(super) fn width(&self, key: &str) -> Option<u32> {
        self.widths.get(key).copied()
    }
}

fn is_column(fields: &Fields, key: &str) -> bool {
    ["row-number", "user", "user-id", "leave-out"].contains(&key) || fields.by_key(key).is_some()
}

/// What a person chose.
pub(super) fn kept(app: &App, actor: &Actor) -> Result<Kept> {
    let kept = app.store.preference(actor.administrator, actor.account.id, PREFERENCE)?;
    Ok(Kept::read(kept.as_deref().unwrap_or(USUAL)))
}

/// Keeps a choice, and goes back to the review.
pub(in crate::web) async fn choose(
    State(app): State<App>,
    Viewer(actor): Viewer,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer<Redirect> {
    let imports = format!("/o/{}/imports", actor.account.slug);
    let back = pairs.iter().find(|(name, _)| name == "back").map_or("", |(_, back)| back);
    // Only to a page of an import here: nobody is sent elsewhere.
    let is_ours =
        back.starts_with(&format!("{imports}/")) && back.chars().all(|letter| letter.is_ascii_graphic());
    let back = if is_ours && !back.contains('\\') { back.to_owned() } else { imports };
    app.run(move |app| {
        let fields = app.store.fields(actor.account.id)?;
        let mut choice = kept(app, &actor)?;
        choice.take(&fields, &pairs);
        app.store.prefer(actor.administrator, actor.account.id, PREFERENCE, &choice.written())
    })
    .await?;
    Ok(see(&back))
}

/// The menu in which they are chosen; `back` is the page to return to.
pub(super) fn chosen(actor: &Actor, fields: &Fields, shown: &[&Field], back: &str) -> Markup {
    let form = html! {
        form method="post" action={ "/o/" (actor.account.slug) "/review-columns" } {
            input type="hidden" name="back" value=(back);
            input type="hidden" name="columns" value="1";
            fieldset.radios {
                legend { (say!("grid-columns-told")) }
                @for field in fields.current() {
                    label {
                        input type="checkbox" name="column" value=(field.key)
                            checked[shown.iter().any(|column| column.number == field.number)];
                        (field.title())
                    }
                }
            }
            (send(Weight::Ready, say!("users-columns-keep"), None))
        }
    };
    html! { div.row.not-small { (menu::worded(say!("users-columns"), true, &form)) } }
}

#[cfg(test)]
mod tests {
    use directory::Fields;

    use super::Kept;

    #[test]
    fn what_is_kept_is_read_again() {
        for (text, read) in [
            ("email job_title phone=180", "email job_title phone=180"),
            ("", ""),
            ("phone=9 email=100000 user=x department", "department"),
        ] {
            assert_eq!(Kept::read(text).written(), read, "{text}");
        }
    }

    #[test]
    fn a_form_changes_what_it_speaks_of() {
        let form = |pairs: &[(&str, &str)]| {
            let mut kept = Kept::read("email user=200");
            let pairs: Vec<_> =
                pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
            kept.take(&Fields::built_in(), &pairs);
            kept.written()
        };
        assert_eq!(form(&[("width.phone", "120"), ("width.user", "9000")]), "email phone=120 user=800");
        assert_eq!(form(&[("columns", "1"), ("column", "phone"), ("column", "nothing")]), "phone user=200");
        assert_eq!(form(&[("columns", "1")]), "user=200");
        assert_eq!(form(&[("width.nothing", "120"), ("width.email", "wide")]), "email user=200");
    }
}
