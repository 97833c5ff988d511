//! The options of a field: pasted as a list, renamed, moved, removed and taken back. Whoever has an option that is removed gets another one,
//! or nothing, by an import of its own.

use directory::{Choice, FieldEdit, PastedChoices, pasted_labels};
use import::Instead;
use maud::{Markup, html};
use sentences::say;
use store::Result;

use super::page::{FieldPage, Next};
use super::sent::Sent;
use crate::app::App;
use crate::web::frame::components::action::Weight;
use crate::web::frame::components::field;
use crate::web::frame::components::question::is_sure;
use crate::web::frame::components::table::{Column, Width, stacked};
use crate::web::frame::reply::query;

/// Options of one page.
const PAGE: usize = 200;
/// Labels that a question names of each kind.
const NAMED: usize = 20;

/// What becomes of a form about options.
pub(super) fn next(page: &FieldPage, app: &App, sent: &Sent) -> Result<Next> {
    let places: Vec<u32> = page.field.options().map(|option| option.id).collect();
    let at = |id: u32| places.iter().position(|of| *of == id).unwrap_or_default();
    let edited = |edit: FieldEdit| page.edited(app, "options", &[edit]);
    match sent.act() {
        ("add", None) => add(page, app, sent),
        ("rename", Some(id)) => edited(FieldEdit::RenameChoice(id, sent.text("label").to_owned())),
        ("up", Some(id)) => edited(FieldEdit::PlaceChoice(id, at(id).saturating_sub(1))),
        ("down", Some(id)) => edited(FieldEdit::PlaceChoice(id, at(id) + 1)),
        ("back", Some(id)) => edited(FieldEdit::RetireChoice(id, false)),
        ("remove", Some(id)) => remove(page, app, sent, id),
        _ => Ok(Next::Unknown),
    }
}

/// Says what a pasted list would add, then adds it.
fn add(page: &FieldPage, app: &App, sent: &Sent) -> Result<Next> {
    let labels = pasted_labels(sent.text("choices"));
    if is_sure(&sent.0) {
        return page.edited(app, "options", &[FieldEdit::AddChoices(labels)]);
    }
    let pasted = page.field.compare_choices(&labels);
    let adds = pasted.new.len() + pasted.back.len();
    let words = say!("fields-add-options", options = adds);
    let asked = page.question(compared(&pasted), (adds > 0).then_some(words.as_str()), Weight::Primary);
    Ok(Next::Ask(asked.markup(&sent.0, &html! {})))
}

/// "12 new, 3 there already, 2 differ only in case", each with its labels.
fn compared(pasted: &PastedChoices) -> Markup {
    let differ = pasted.differ.iter().map(|(typed, there)| format!("{typed} ({there})")).collect::<Vec<_>>();
    let back = pasted.back.iter().map(|(_, label)| label.clone()).collect::<Vec<_>>();
    let of = |count: usize, words: String, labels: &[String]| {
        html! {
            @if count > 0 {
                li { (words) ": " span dir="auto" { (labels.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ")) }
                    @if count > NAMED { " " (say!("fields-and-more", more = count - NAMED)) } }
            }
        }
    };
    html! {
        h2 { (say!("fields-pasted")) }
        p { strong { (say!("fields-pasted-sums", new = pasted.new.len(), there = pasted.there.len(), differ = differ.len())) } }
        ul.reasons {
            (of(pasted.new.len(), say!("fields-pasted-new", options = pasted.new.len()), &pasted.new))
            (of(back.len(), say!("fields-pasted-back", options = back.len()), &back))
            (of(differ.len(), say!("fields-pasted-differ", options = differ.len()), &differ))
            (of(pasted.there.len(), say!("fields-pasted-there", options = pasted.there.len()), &pasted.there))
        }
    }
}

/// Asks what the users of an option get, then removes it and goes to their import.
fn remove(page: &FieldPage, app: &App, sent: &Sent, id: u32) -> Result<Next> {
    let users = page.used.of_option(id);
    let Some(option) = page.field.choices.iter().find(|choice| choice.id == id) else {
        return Ok(Next::Unknown);
    };
    // Nobody gets what nobody has chosen.
    if users > 0 && (!is_sure(&sent.0) || sent.text("instead").is_empty()) {
        let words = html! {
            h2 dir="auto" { (say!("fields-remove-option", label = &option.label)) }
            p { (say!("fields-option-used-by", users = users)) }
            p.muted { (say!("fields-remove-means")) }
        };
        let asked = page.question(words, Some(say!("fields-remove")), Weight::Danger);
        let act = [("act".to_owned(), sent.text("act").to_owned())];
        return Ok(Next::Ask(asked.markup(&act, &instead_of(page, option))));
    }
    let instead = match sent.text("instead") {
        "" | "keep" => Instead::Keep,
        "nothing" => Instead::Nothing,
        id => match id.parse() {
            Ok(id) => Instead::Option(id),
            Err(_) => return Ok(Next::Unknown),
        },
    };
    let (account, actor) = (&page.actor.account, &page.actor.name);
    let removed = import::remove_choice(app, account.id, actor, (&page.field.key, id), instead)?;
    Ok(match removed {
        Ok(None) => Next::Done("options", None),
        Ok(Some(import)) => Next::Done("options", Some(format!("/o/{}/imports/{import}", account.slug))),
        Err(refused) => Next::Refused(refused),
    })
}

/// What the users of an option get.
fn instead_of(page: &FieldPage, removed: &Choice) -> Markup {
    let of = field::Field { id: "instead", label: say!("fields-instead"), hint: None, problem: None };
    of.around(&html! {
        select #instead name="instead" required {
            option value="" { (say!("fields-instead-choose")) }
            @for option in page.field.options().filter(|option| option.id != removed.id) {
                option value=(option.id) { (option.label) }
            }
            @if !page.field.required { option value="nothing" { (say!("fields-instead-nothing")) } }
            option value="keep" { (say!("fields-instead-keep")) }
        }
    })
}

/// The part of the page of a field that is about its options.
pub(super) struct Options<'p> {
    pub(super) page: &'p FieldPage,
    pub(super) owns: bool,
}

impl Options<'_> {
    /// The list, what was removed, and the form to add some.
    pub(super) fn markup(&self) -> Markup {
        let field = &self.page.field;
        let (all, from) = (field.options().count(), self.page.from);
        let removed: Vec<&Choice> = field.choices.iter().filter(|choice| choice.retired).collect();
        html! {
            section #options {
                h2 { (say!("fields-options", options = all)) }
                @if all == 0 {
                    div.empty { p { (say!("fields-no-options-yet", title = field.title())) } }
                } @else {
                    (self.table(from, all))
                    (self.pages(from, all))
                }
                @if self.owns { (self.adding()) }
                @if !removed.is_empty() { (self.removed(&removed)) }
            }
        }
    }

    fn table(&self, from: usize, all: usize) -> Markup {
        let mut columns = vec![
            Column::new(say!("fields-option"), Width::Rest),
            Column::new(say!("fields-option-users"), Width::Number).of_numbers(),
        ];
        if self.owns {
            columns.push(Column::new(say!("fields-column-order"), Width::Status));
            columns.push(Column::new(say!("fields-option-removing"), Width::Middle));
        }
        let shown = self.page.field.options().enumerate().skip(from).take(PAGE);
        let rows = html! { @for (place, option) in shown { (self.row(option, place, all)) } };
        stacked(say!("fields-options-table"), &columns, &rows)
    }

    fn row(&self, option: &Choice, place: usize, all: usize) -> Markup {
        let users = directory::grouped(self.page.used.of_option(option.id));
        let form = format!("option-{}", option.id);
        let act = |act: &str, sign: &str, words: String, off: bool| {
            html! {
                button.button.quiet.small type="submit" form=(form) name="act" value={ (act) "." (option.id) } aria-label=(words) disabled[off] { (sign) }
            }
        };
        html! {
            tr {
                th.wide scope="row" {
                    @if self.owns {
                        form.with-button id=(form) method="post" action=(self.page.address()) {
                            input name="label" value=(option.label) maxlength="200" required dir="auto" autocomplete="off"
                                aria-label=(say!("fields-option-label", label = &option.label));
                            (act("rename", say!("fields-rename"), say!("fields-rename-option", label = &option.label), false))
                        }
                    } @else { span dir="auto" { (option.label) } }
                }
                td.num data-unit=(say!("fields-option-users")) { (users) }
                @if self.owns {
                    td {
                        (act("up", "↑", say!("fields-up", title = &option.label), place == 0))
                        (act("down", "↓", say!("fields-down", title = &option.label), place + 1 == all))
                    }
                    td { (act("remove", say!("fields-remove-ask"), say!("fields-remove-option", label = &option.label), false)) }
                }
            }
        }
    }

    fn pages(&self, from: usize, all: usize) -> Markup {
        let to =
            |from: usize| format!("{}{}#options", self.page.address(), query(&[("from", &from.to_string())]));
        html! {
            @if all > PAGE {
                nav.pages aria-label=(say!("fields-options-table")) {
                    @if from > 0 { a.button rel="prev" href=(to(from.saturating_sub(PAGE))) { (say!("pages-previous")) } }
                    @if from + PAGE < all { a.button rel="next" href=(to(from + PAGE)) { (say!("pages-next")) } }
                }
            }
        }
    }

    fn adding(&self) -> Markup {
        let hint = Some(say!("fields-new-options-hint"));
        let choices = field::Field { id: "choices", label: say!("fields-paste"), hint, problem: None };
        html! {
            form.stack method="post" action=(self.page.address()) {
                input type="hidden" name="act" value="add";
                (choices.around(&html! { textarea #choices name="choices" rows="6" required dir="auto" aria-describedby=[choices.described_by()] {} }))
                button.button type="submit" { (say!("fields-look-at-list")) }
            }
        }
    }

    fn removed(&self, removed: &[&Choice]) -> Markup {
        let users = |option: &Choice| self.page.used.of_option(option.id);
        html! {
            h3 { (say!("fields-removed-options")) }
            ul.choices.rows {
                @for option in removed.iter().take(PAGE) {
                    li {
                        span dir="auto" { (option.label) @if users(option) > 0 { " · " (say!("fields-option-used-by", users = users(option))) } }
                        @if self.owns {
                            form.actions method="post" action=(self.page.address()) {
                                @if users(option) > 0 {
                                    button.button type="submit" name="act" value={ "remove." (option.id) } {
                                        (say!("fields-give-another")) span.unseen { " · " (option.label) }
                                    }
                                }
                                button.button type="submit" name="act" value={ "back." (option.id) } {
                                    (say!("fields-take-back")) span.unseen { " · " (option.label) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
