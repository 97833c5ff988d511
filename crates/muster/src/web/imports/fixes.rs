//! Fixes: what the forms of review send. Whatever they hold becomes one step, and the answer is the review as it stands then; or, where
//! somebody else has changed a cell since it was looked at, the question which value is meant.

use std::collections::HashSet;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::{Chosen, Code, Decision, FieldNumber, UserId};
use events::{Event, Line};
use import::{self, Fixed, Given, NewAnswer, OptionAdded, Reread, Target};
use sentences::say;
use store::{AccountId, Becomes, FixKind, ImportId, ImportState, Result, Turn};

use super::answered::{said, ticked};
use super::notice::Notice;
use super::overtaken;
use super::place::Place;
use super::sent_fixes::{Sent, read_as, shown_as};
use super::target;
use super::viewed::{Changing, address};
use crate::access::{Action, may};
use crate::app::App;
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::reply::{escaped, see};
use crate::web::frame::sent::Form;

/// What a form holds, by the names of its inputs.
type Pairs = Vec<(String, String)>;

/// What a form asks for.
#[derive(Debug, PartialEq)]
enum Asked {
    Fixes(Vec<(Target, FixKind)>),
    /// Those who will report to this user are given to whom the text names.
    Give(UserId, String),
    /// Options that are added to the field of this key, and the rest of what the form says.
    Options(String, Vec<String>, Vec<(Target, FixKind)>),
    /// A decision about a column, or about the whole file.
    Decide(Decision, Option<String>),
    Turn(Turn),
    /// That a row is that of somebody, whose User ID is none.
    Nobody,
}

/// Keeps the fixes of a form.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Changing { actor, id }: Changing,
    Form(pairs): Form<Pairs>,
) -> Answer<Response> {
    let asked = read(&pairs).ok_or(Failure::Nonsense(say!("fixes-the-form-names-something-that")))?;
    let here = address(&actor, id);
    let back = format!("{here}{}", page_of(&pairs));
    let may_own = may(actor.role, Action::Own);
    let (account, name) = (actor.account.id, actor.name.clone());
    let notice = match asked {
        Asked::Fixes(fixes) if fixes.is_empty() => Some(Notice::NothingToSave),
        Asked::Options(key, labels, fixes) => {
            if !may_own {
                return Err(Failure::NotAllowed);
            }
            let line = Event::SettingChanged.line().by_administrator(actor.administrator);
            let line = line.of_account(&actor.account.slug).with("field", &key);
            let always = ticked(&pairs);
            // The cells of other imports that wait are judged again as well, which may take a while.
            let adding = move |app: &App| {
                let fixed = (&fixes[..], &always[..]);
                add_options(app, &line, (account, id), (&key, &labels), fixed, &name)
            };
            Some(app.run_aside(account, adding).await?)
        }
        Asked::Nobody => Some(Notice::NoSuchUser),
        Asked::Fixes(fixes) => {
            let notice = saying(&fixes);
            let sent = Sent::of(fixes, &pairs);
            let always = ticked(&pairs);
            let names = sent.names_rows();
            let job = move |app: &App| {
                let (fixed, cells) = sent.fix(app, account, id, &name)?;
                if matches!(fixed, Fixed::Kept(..)) {
                    import::keep_answers(app, account, &always, &name)?;
                }
                Ok((sent, fixed, cells))
            };
            // Whose a row is changes what is read: the files are read again, which may take a while.
            let (sent, fixed, cells) =
                if names { app.run_aside(account, job).await? } else { app.run(job).await? };
            match fixed {
                Fixed::Overtaken(others) => {
                    return Ok(overtaken::page(&actor, &here, (&others, &sent.fixes), &pairs, &back));
                }
                Fixed::Kept(..) if names => Some(Notice::Named),
                fixed => {
                    let notice = after_fixes(fixed, |wrong| notice(cells, wrong));
                    let on = if notice.is_some_and(Notice::is_kept) { then(&pairs) } else { None };
                    let back = on.map_or(back, |on| format!("{here}{on}"));
                    return Ok(answer(notice, &back));
                }
            }
        }
        Asked::Give(_, to) if to.trim().is_empty() => Some(Notice::NothingToSave),
        Asked::Give(from, to) => app.run(move |app| give(app, account, id, (from, &to), &name)).await?,
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
    Ok(answer(notice, &back))
}

/// Back to a page, where it is said what came of the form.
fn answer(notice: Option<Notice>, back: &str) -> Response {
    see(&notice.map_or(back.to_owned(), |notice| notice.onto(back))).into_response()
}

/// Adds options to a field, then keeps the rest of what the form says as one step.
fn add_options(
    app: &App,
    line: &Line,
    (account, id): (AccountId, ImportId),
    (key, labels): (&str, &[String]),
    (fixes, always): (&[(Target, FixKind)], &[NewAnswer]),
    actor: &str,
) -> Result<Notice> {
    let (mut right, noting) = (0, app.noting(line, &[account]));
    for label in labels {
        match import::add_option(&noting, account, id, (key, label), actor)? {
            OptionAdded::Added(cells) => right += cells,
            OptionAdded::NoSuchField | OptionAdded::NotInReview(_) => return Ok(Notice::OptionRefused),
        }
    }
    if !fixes.is_empty() {
        import::fix(app, account, id, fixes, actor)?;
    }
    import::keep_answers(app, account, always, actor)?;
    line.tell();
    Ok(Notice::OptionAdded(right))
}

/// Gives the reports of a manager to somebody else.
fn give(
    app: &App,
    account: AccountId,
    id: ImportId,
    (from, to): (UserId, &str),
    actor: &str,
) -> Result<Option<Notice>> {
    Ok(match import::give_reports(app, account, id, (from, to), actor)? {
        Given::Nobody => Some(Notice::GivenToNobody),
        Given::Inactive => Some(Notice::GivenToInactive),
        Given::Fixed(fixed) => {
            let mut step = 0;
            if let Fixed::Kept(import, _) = &fixed {
                step = import::fix_steps(app, import)?[0].as_ref().map_or(0, |step| step.fixes);
            }
            after_fixes(fixed, |_| Notice::Given(step))
        }
    })
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
        Fixed::NoSuchUser(_) => Some(Notice::NoSuchUser),
        Fixed::NotGiven(_) => Some(Notice::GivenToInactive),
        Fixed::NothingToChoose(_) => Some(Notice::NothingToChoose),
        Fixed::Overtaken(_) | Fixed::OthersAtWork => Some(Notice::OthersAtWork),
        Fixed::NotInReview(_) => None,
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
        Some((_, FixKind::Keep)) => Some(Notice::Kept(0)),
        _ => None,
    };
    move |count, wrong| match rows {
        Some(Notice::Kept(_)) if wrong == 0 => Notice::Kept(count),
        Some(Notice::TakenIn | Notice::ToCreate) if wrong > 0 => Notice::Fixed(count, wrong),
        Some(notice) => notice,
        None => Notice::Fixed(count, wrong),
    }
}

/// The page of the import that the form stood on, with the kind that it showed.
fn page_of(pairs: &Pairs) -> String {
    let text =
        |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map_or("", |(_, text)| text.as_str());
    match (text("back"), text("row")) {
        ("one", _) => return format!("/problems/one?kind={}{}", escaped(text("kind")), more(text("at"))),
        (_, row) if !row.is_empty() => return format!("/problems?row={}", escaped(row)),
        _ => {}
    }
    match (Place::of_word(text("back")), text("kind")) {
        (Some(Place::Problems), kind) if !text("at").is_empty() => {
            format!("/problems?kind={}{}", escaped(kind), more(text("at")))
        }
        (Some(Place::Problems), kind) if !kind.is_empty() => format!("/problems?kind={}", escaped(kind)),
        (Some(place), _) => format!("/{}", place.word()),
        (None, _) => String::new(),
    }
}

/// The page of the next problem, where the form stood on a page of one.
fn then(pairs: &Pairs) -> Option<String> {
    let text = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, text)| text.as_str());
    text("back").filter(|back| *back == "one")?;
    let kind = escaped(text("kind").unwrap_or_default());
    Some(format!("/problems/one?kind={kind}{}", more(text("then").unwrap_or_default())))
}

/// The place in a list that a form was at, as its address says it; nothing else gets into an address that way.
fn more(at: &str) -> String {
    let is_place = |letter: char| letter.is_ascii_alphanumeric() || "=.&-".contains(letter);
    if !at.is_empty() && at.chars().all(is_place) { format!("&{at}") } else { String::new() }
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
    let text = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, text)| text.as_str());
    if let (Some("give"), Some(from)) = (text("use"), text("reports_of")) {
        return Some(Asked::Give(from.parse().ok()?, text("give_to").unwrap_or_default().to_owned()));
    }
    if pairs.iter().any(|(name, _)| name == "use") && !pairs.iter().any(|(name, _)| name == "offered") {
        return answers::read(pairs);
    }
    if pairs.iter().any(|(name, text)| name.starts_with("names.") && names_nobody(text)) {
        return Some(Asked::Nobody);
    }
    fixes_of(pairs).map(Asked::Fixes)
}

/// Whether what was typed for a User ID is none.
fn names_nobody(text: &str) -> bool {
    !text.trim().is_empty() && text.trim().parse::<UserId>().is_err()
}

fn fixes_of(pairs: &Pairs) -> Option<Vec<(Target, FixKind)>> {
    let was = pairs.iter().filter_map(|(name, text)| Some((name.strip_prefix("was.")?, shown_as(text))));
    let was: HashSet<(&str, String)> =
        was.flat_map(|(about, texts)| texts.map(|text| (about, text))).collect();
    let (mut fixes, mut known) = (Vec::new(), HashSet::new());
    for (_, word) in pairs.iter().filter(|(name, _)| name == "keep") {
        let (key, becomes) = word.split_once(':')?;
        fixes.push((Target::Written(key.to_owned(), Becomes::of_words(becomes)), FixKind::Keep));
    }
    for (_, word) in pairs.iter().filter(|(name, _)| name == "offered") {
        let (which, word) = word.split_once(':')?;
        let (code, key) = word.split_once(':')?;
        let target = Target::Offered(Code::of_word(code)?, key.to_owned());
        fixes.push((target, FixKind::Offered(which.parse().ok().filter(|which| *which < 2)?)));
    }
    if !fixes.is_empty() {
        return Some(fixes);
    }
    // A suggestion's button comes after the input of its cell and counts instead of it: the last one does.
    for (name, text) in pairs.iter().rev() {
        let Some((kind, about)) = name.split_once('.') else { continue };
        let fix = match kind {
            "value" | "names" if was.contains(&(about, read_as(text))) => continue,
            "names" if text.trim().is_empty() => continue,
            "names" => (target::read_row(about)?, FixKind::Names(text.trim().parse().ok()?)),
            "value" => (target::read(about)?, FixKind::Value(text.clone())),
            "choose" if about == "all" => (Target::AllConflicts, FixKind::Choose(Chosen::of_word(text)?)),
            "choose" => (target::read(about)?, FixKind::Choose(Chosen::of_word(text)?)),
            "out" => (target::read_row(about)?, FixKind::LeaveOut(text == "1")),
            "keep" => (target::read(about)?, FixKind::Keep),
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

/// What the texts of a kind become.
mod answers {
    use directory::{Code, FieldNumber};
    use import::Target;
    use store::FixKind;

    use super::{Asked, Pairs};

    /// Reads the form: the texts one by one, or those that are ticked together.
    pub(super) fn read(pairs: &Pairs) -> Option<Asked> {
        let said = super::said(pairs);
        let text = |wanted: &str| said.get(wanted).map(|text| (*text).to_owned());
        let kind = text("kind")?;
        let (code, key) = kind.split_once(':')?;
        let (code, field) = (Code::of_word(code)?, FieldNumber(text("field")?.parse().ok()?));
        let places = pairs.iter().filter_map(|(name, _)| name.strip_prefix("of."));
        let (mut fixes, mut options) = (Vec::new(), Vec::new());
        for place in places {
            let raw = text(&format!("text.{place}"));
            let answer = match text("use")?.as_str() {
                "together" if text(&format!("take.{place}")).is_some() => {
                    text("together").and_then(|value| typed(&value, None))
                }
                "together" => None,
                _ => match text(&format!("pick.{place}")) {
                    Some(word) => picked(&word, raw.as_deref(), &mut options)?,
                    None => text(&format!("value.{place}")).and_then(|value| typed(&value, raw.as_deref())),
                },
            };
            fixes.extend(answer.map(|answer| (Target::Group(code, field, raw), answer)));
        }
        match options.is_empty() {
            true => Some(Asked::Fixes(fixes)),
            false => Some(Asked::Options(key.to_owned(), options, fixes)),
        }
    }

    /// What was picked from a list: inside, none when that changes nothing; none when it is no line of a list.
    #[expect(
        clippy::option_option,
        reason = "that a word means nothing is told from a word that changes nothing"
    )]
    fn picked(word: &str, raw: Option<&str>, options: &mut Vec<String>) -> Option<Option<FixKind>> {
        Some(match (word, word.strip_prefix('=')) {
            (_, Some(label)) => Some(FixKind::Value(label.to_owned())),
            ("", _) => None,
            ("empty", _) => Some(FixKind::Value(String::new())),
            ("out", _) => Some(FixKind::LeaveOut(true)),
            ("add", _) => {
                options.push(raw?.trim().to_owned());
                None
            }
            _ => return None,
        })
    }

    /// What was typed; nothing, and the text itself, change nothing.
    fn typed(value: &str, raw: Option<&str>) -> Option<FixKind> {
        let is_raw = raw.is_some_and(|raw| value == raw || value == raw.replace(['\r', '\n'], ""));
        (!value.trim().is_empty() && !is_raw).then(|| FixKind::Value(value.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use directory::{Chosen, Code, Decision, FieldNumber};

    use super::{Asked, read};
    use import::Target;
    use store::Turn;
    use store::{Becomes, FixKind};

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
            (vec![("value.C7", "a b"), ("was.C7", "a\r\nb")], Some(vec![])),
            (vec![("value.C7", "ab"), ("was.C7", "a\r\nb")], Some(vec![])),
            (vec![("names.12", " "), ("was.12", "U-1")], Some(vec![])),
            (
                vec![("names.2!12", "U-FS38B87BQ4"), ("was.2!12", "U-2222222222")],
                Some(vec![(
                    Target::RowOf(2, 12),
                    FixKind::Names("U-FS38B87BQ4".parse().expect("a User ID")),
                )]),
            ),
            (
                vec![("value.2!C7", "a")],
                Some(vec![(Target::CellOf(2, "C7".parse().expect("a cell")), value("a"))]),
            ),
            (vec![("out.2!12", "1")], Some(vec![(Target::RowOf(2, 12), FixKind::LeaveOut(true))])),
            (vec![("back", "problems"), ("plan", "3")], Some(vec![])),
            (
                vec![("keep", "phone:"), ("keep", "status:=inactive"), ("keep", "email:*")],
                Some(
                    [
                        ("phone", Becomes::Empty),
                        ("status", Becomes::Value("inactive".to_owned())),
                        ("email", Becomes::Anything),
                    ]
                    .map(|(key, becomes)| (Target::Written(key.to_owned(), becomes), FixKind::Keep))
                    .into(),
                ),
            ),
            (
                vec![
                    ("use", "each"),
                    ("offered", "1:ambiguous_date:start_date"),
                    ("of.0", "1"),
                    ("value.0", "x"),
                ],
                Some(vec![(
                    Target::Offered(Code::AmbiguousDate, "start_date".to_owned()),
                    FixKind::Offered(1),
                )]),
            ),
            (vec![("offered", "2:not_a_phone:phone")], None),
        ] {
            let pairs: Vec<_> =
                form.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
            assert_eq!(read(&pairs), fixes.map(Asked::Fixes), "{form:?}");
        }
    }

    #[test]
    fn the_texts_of_a_kind_become_one_step() {
        let of =
            |text: Option<&str>| Target::Group(Code::NotAChoice, FieldNumber(7), text.map(str::to_owned));
        let value = |text: &str| FixKind::Value(text.to_owned());
        let form = |more: &[(&str, &str)]| {
            let kind = [("kind", "not_a_choice:department"), ("field", "7")];
            let texts =
                [("of.0", "1"), ("text.0", "Fianance"), ("of.1", "1"), ("text.1", "HR"), ("of.2", "1")];
            let all = kind.iter().chain(&texts).chain(more);
            read(&all.map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
        };
        let each = [("pick.0", "=Finance"), ("pick.1", "out"), ("pick.2", "empty"), ("use", "each")];
        let fixes = vec![
            (of(Some("Fianance")), value("Finance")),
            (of(Some("HR")), FixKind::LeaveOut(true)),
            (of(None), value("")),
        ];
        assert_eq!(form(&each), Some(Asked::Fixes(fixes)));
        let typed = [("value.0", "Finance"), ("value.1", "HR"), ("value.2", ""), ("use", "each")];
        assert_eq!(form(&typed), Some(Asked::Fixes(vec![(of(Some("Fianance")), value("Finance"))])));
        let together = [
            ("pick.0", "=Sales"),
            ("take.1", "1"),
            ("take.2", "1"),
            ("together", "Legal"),
            ("use", "together"),
        ];
        let fixes = vec![(of(Some("HR")), value("Legal")), (of(None), value("Legal"))];
        assert_eq!(form(&together), Some(Asked::Fixes(fixes)));
        let added = [("pick.0", "=Finance"), ("pick.1", "add"), ("pick.2", ""), ("use", "each")];
        let fixes = vec![(of(Some("Fianance")), value("Finance"))];
        let options = Asked::Options("department".to_owned(), vec!["HR".to_owned()], fixes);
        assert_eq!(form(&added), Some(options));
        assert_eq!(form(&[("pick.0", "Finance"), ("use", "each")]), None, "no line of a list");
    }

    #[test]
    fn a_form_leads_back_to_where_it_stood() {
        for (form, page) in [
            (
                vec![("back", "problems"), ("kind", "not_a_choice:department")],
                "/problems?kind=not_a_choice%3Adepartment",
            ),
            (vec![("back", "changes"), ("kind", "cleared")], "/changes"),
            (vec![("back", "new-users")], "/new-users"),
            (
                vec![("back", "problems"), ("kind", "required:phone"), ("at", "after=1.2.3.4&passed=50")],
                "/problems?kind=required%3Aphone&after=1.2.3.4&passed=50",
            ),
            (vec![("back", "problems"), ("kind", "all"), ("at", "after=#//evil")], "/problems?kind=all"),
            (vec![("back", "problems"), ("row", "2!12")], "/problems?row=2%2112"),
            (
                vec![("back", "one"), ("kind", "all"), ("at", "after=1.2.3.4")],
                "/problems/one?kind=all&after=1.2.3.4",
            ),
            (vec![("back", "//evil.example")], ""),
            (vec![], ""),
        ] {
            let pairs = form.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
            assert_eq!(super::page_of(&pairs), page, "{form:?}");
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
