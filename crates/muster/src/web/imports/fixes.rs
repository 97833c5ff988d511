//! Fixes: what the forms of review send. Whatever they hold becomes one step, and the answer is the review as it stands then.

use std::collections::HashSet;

use axum::extract::State;
use axum::response::Redirect;
use directory::{Chosen, Code, Decision, FieldNumber};
use import::{self, Fixed, Reread, Target};
use sentences::say;
use store::{AccountId, FixKind, ImportId, ImportState, Result, Turn};

use super::notice::Notice;
use super::target;
use super::viewed::{Changing, address};
use crate::app::App;
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::reply::see;
use crate::web::frame::sent::Form;

/// What a form holds, by the names of its inputs.
type Pairs = Vec<(String, String)>;

/// What a form asks for.
#[derive(Debug, PartialEq)]
enum Asked {
    Fixes(Vec<(Target, FixKind)>),
    /// A decision about a column, or about the whole file.
    Decide(Decision, Option<String>),
    Turn(Turn),
}

/// Keeps the fixes of a form.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Changing { actor, id }: Changing,
    Form(pairs): Form<Pairs>,
) -> Answer<Redirect> {
    let asked = read(&pairs).ok_or(Failure::Nonsense(say!("fixes-the-form-names-something-that")))?;
    let back = format!("{}{}", address(&actor, id), page_of(&pairs));
    let (account, name) = (actor.account.id, actor.name);
    let notice = match asked {
        Asked::Fixes(fixes) if fixes.is_empty() => Some(Notice::NothingToSave),
        Asked::Fixes(fixes) => {
            let notice = saying(&fixes);
            let (fixed, cells) = app.run(move |app| fix(app, account, id, &fixes, &name)).await?;
            after_fixes(fixed, |wrong| notice(cells, wrong))
        }
        Asked::Decide(decision, key) => {
            let decide = move |app: &App| {
                read_then(app, account, id, import::decide(app, account, id, &[(decision, key)], &name)?)
            };
            after_turn(&app.run_aside(account, decide).await?, Notice::Decided)
        }
        Asked::Turn(turn) => {
            let notice = if turn == Turn::Undo { Notice::FixUndone } else { Notice::FixRedone };
            let turning =
                move |app: &App| read_then(app, account, id, import::turn_fixes(app, account, id, turn)?);
            after_turn(&app.run_aside(account, turning).await?, notice)
        }
    };
    Ok(see(&format!("{back}{}", notice.map(Notice::query).unwrap_or_default())))
}

/// Fixes, and how many cells that was about.
fn fix(
    app: &App,
    account: AccountId,
    id: ImportId,
    fixes: &[(Target, FixKind)],
    actor: &str,
) -> Result<(Fixed, i64)> {
    let fixed = import::fix(app, account, id, fixes, actor)?;
    let cells = match &fixed {
        Fixed::Kept(import, _) => import::fix_steps(app, import)?[0].as_ref().map_or(0, |step| step.fixes),
        _ => 0,
    };
    Ok((fixed, cells))
}

fn after_fixes(fixed: Fixed, notice: impl Fn(i64) -> Notice) -> Option<Notice> {
    match fixed {
        Fixed::Kept(import, _) if import.state == ImportState::Reading => {
            Some(Notice::Fixing(import.progress.total))
        }
        Fixed::Kept(_, wrong) => Some(notice(wrong.len() as i64)),
        Fixed::NoSuchCell => Some(Notice::NoSuchCell),
        Fixed::Ambiguous(rows, accounted) => {
            let is_of_sheet = rows.iter().any(|(part, _)| accounted.sheet(*part).is_some());
            Some(Notice::shared_by(if is_of_sheet { &[] } else { &rows }))
        }
        Fixed::NotInReview(_) => None,
        Fixed::OthersAtWork => Some(Notice::OthersAtWork),
    }
}

/// What was decided or turned, with the file read again when that changed something and the file is small.
fn read_then(app: &App, account: AccountId, id: ImportId, turned: Reread) -> Result<Reread> {
    if matches!(turned, Reread::Kept(_)) {
        import::read_now(app, account, id)?;
    }
    Ok(turned)
}

fn after_turn(turned: &Reread, notice: Notice) -> Option<Notice> {
    match turned {
        Reread::Kept(_) => Some(notice),
        Reread::NoSuchStep => Some(Notice::NoSuchCell),
        Reread::NotInReview(_) => None,
        Reread::OthersAtWork => Some(Notice::OthersAtWork),
    }
}

/// What to say once the fixes are kept, given how many cells they are about and how many errors are left in their rows.
fn saying(fixes: &[(Target, FixKind)]) -> impl Fn(i64, i64) -> Notice + use<> {
    let rows = match fixes.first() {
        Some((_, FixKind::Choose(_))) => Some(Notice::Chosen),
        Some((_, FixKind::LeaveOut(true))) => Some(Notice::LeftOut),
        Some((_, FixKind::LeaveOut(false))) => Some(Notice::TakenIn),
        Some((_, FixKind::Create)) => Some(Notice::ToCreate),
        _ => None,
    };
    move |count, wrong| match rows {
        Some(Notice::TakenIn | Notice::ToCreate) if wrong > 0 => Notice::Fixed(count, wrong),
        Some(notice) => notice,
        None => Notice::Fixed(count, wrong),
    }
}

/// The page of the import that the form stood on.
fn page_of(pairs: &Pairs) -> &'static str {
    match pairs.iter().find(|(name, _)| name == "back").map(|(_, page)| page.as_str()) {
        Some("problems") => "/problems",
        Some("conflicts") => "/conflicts",
        _ => "",
    }
}

/// What a form asks for. None when it names what can't be.
fn read(pairs: &Pairs) -> Option<Asked> {
    for (name, word) in pairs {
        match (name.as_str(), word.as_str()) {
            ("turn", "undo") => return Some(Asked::Turn(Turn::Undo)),
            ("turn", "redo") => return Some(Asked::Turn(Turn::Redo)),
            ("turn", _) => return None,
            ("decide", word) => {
                return Decision::of_column_word(word).map(|(decision, key)| Asked::Decide(decision, key));
            }
            _ => {}
        }
    }
    fixes_of(pairs).map(Asked::Fixes)
}

fn fixes_of<'p>(pairs: &'p Pairs) -> Option<Vec<(Target, FixKind)>> {
    let was = |(name, text): &'p (String, String)| Some((name.strip_prefix("was.")?, text.as_str()));
    let was: HashSet<(&str, &str)> = pairs.iter().filter_map(was).collect();
    let (mut fixes, mut known) = (Vec::new(), HashSet::new());
    // A suggestion's button comes after the input of its cell and counts instead of it: the last one does.
    for (name, text) in pairs.iter().rev() {
        let Some((kind, about)) = name.split_once('.') else { continue };
        let fix = match kind {
            "value" if was.contains(&(about, text.as_str())) => continue,
            "value" => (target::read(about)?, FixKind::Value(text.clone())),
            "choose" if about == "all" => (Target::AllConflicts, FixKind::Choose(Chosen::of_word(text)?)),
            "choose" => (target::read(about)?, FixKind::Choose(Chosen::of_word(text)?)),
            "out" => (target::read_row(about)?, FixKind::LeaveOut(text == "1")),
            "suggested" => (suggested(text)?, FixKind::Suggested),
            "without_id" => (Target::RowsWithoutId, without_id(text)?),
            _ => continue,
        };
        if known.insert(fix.0.clone()) {
            fixes.push(fix);
        }
    }
    fixes.reverse();
    match group(pairs) {
        Some(group) => group.map(|fix| vec![fix]),
        None => Some(fixes),
    }
}

/// The cells that take what is offered: a code and the key of a field, `not_a_phone:phone`.
fn suggested(word: &str) -> Option<Target> {
    let (code, key) = word.split_once(':')?;
    Some(Target::Suggested(Code::of_word(code)?, key.to_owned()))
}

/// What is to become of the rows without a User ID.
fn without_id(word: &str) -> Option<FixKind> {
    match word {
        "create" => Some(FixKind::Create),
        "leave_out" => Some(FixKind::LeaveOut(true)),
        _ => None,
    }
}

/// Fixing all alike, if the form is one for that; inside, none when it names what can't be.
fn group(pairs: &Pairs) -> Option<Option<(Target, FixKind)>> {
    let text = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, text)| text.clone());
    let code = text("group.code")?;
    let target = Code::of_word(&code).zip(text("group.field").and_then(|field| field.parse().ok()));
    let target = target.map(|(code, field)| Target::Group(code, FieldNumber(field), text("group.text")));
    let mend = match text("group.out") {
        Some(_) => Some(FixKind::LeaveOut(true)),
        None => text("group.value").map(FixKind::Value),
    };
    Some(target.zip(mend))
}

#[cfg(test)]
mod tests {
    use directory::{Chosen, Code, Decision, FieldNumber};

    use super::{Asked, read};
    use import::Target;
    use store::FixKind;
    use store::Turn;

    #[test]
    fn forms_become_fixes() {
        let cell = |name: &str| Target::Cell(name.parse().expect("a cell"));
        let value = |text: &str| FixKind::Value(text.to_owned());
        for (form, fixes) in [
            (vec![("value.C7", "a"), ("was.C7", "a")], Some(vec![])),
            (
                vec![("value.C7", "a"), ("was.C7", "a"), ("value.C7", "b")],
                Some(vec![(cell("C7"), value("b"))]),
            ),
            (vec![("value.C7", "x"), ("value.C7", "b")], Some(vec![(cell("C7"), value("b"))])),
            (vec![("choose.C9", "now")], Some(vec![(cell("C9"), FixKind::Choose(Chosen::Now))])),
            (vec![("choose.all", "file")], Some(vec![(Target::AllConflicts, FixKind::Choose(Chosen::File))])),
            (vec![("out.12", "0")], Some(vec![(Target::Row(12), FixKind::LeaveOut(false))])),
            (
                vec![("suggested.all", "not_a_phone:phone")],
                Some(vec![(Target::Suggested(Code::NotAPhone, "phone".to_owned()), FixKind::Suggested)]),
            ),
            (vec![("suggested.all", "phone")], None),
            (vec![("without_id.all", "create")], Some(vec![(Target::RowsWithoutId, FixKind::Create)])),
            (vec![("without_id.all", "perhaps")], None),
            (vec![("out.12", "1")], Some(vec![(Target::Row(12), FixKind::LeaveOut(true))])),
            (
                vec![
                    ("group.code", "not_a_choice"),
                    ("group.field", "7"),
                    ("group.text", "F"),
                    ("group.value", "G"),
                ],
                Some(vec![(
                    Target::Group(Code::NotAChoice, FieldNumber(7), Some("F".to_owned())),
                    value("G"),
                )]),
            ),
            (vec![("group.code", "nothing"), ("group.field", "7"), ("group.value", "G")], None),
            (vec![("value.nowhere", "a")], None),
            (
                vec![("value.2!C7", "a")],
                Some(vec![(Target::CellOf(2, "C7".parse().expect("a cell")), value("a"))]),
            ),
            (vec![("out.2!12", "1")], Some(vec![(Target::RowOf(2, 12), FixKind::LeaveOut(true))])),
            (vec![("back", "problems"), ("plan", "3")], Some(vec![])),
        ] {
            let pairs: Vec<_> =
                form.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
            assert_eq!(read(&pairs), fixes.map(Asked::Fixes), "{form:?}");
        }
    }

    #[test]
    fn forms_become_decisions_and_turns() {
        for (name, word, asked) in [
            ("turn", "undo", Some(Asked::Turn(Turn::Undo))),
            ("turn", "redo", Some(Asked::Turn(Turn::Redo))),
            ("turn", "around", None),
            (
                "decide",
                "keep_values:phone",
                Some(Asked::Decide(Decision::KeepValues, Some("phone".to_owned()))),
            ),
            ("decide", "put_back", Some(Asked::Decide(Decision::PutBack, None))),
            ("decide", "nothing", None),
        ] {
            assert_eq!(read(&vec![(name.to_owned(), word.to_owned())]), asked, "{name}={word}");
        }
    }
}
