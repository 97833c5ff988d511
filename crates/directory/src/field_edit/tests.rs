//! Edits of definitions, as data: what becomes of the fields, or why it may not.

use super::{FieldEdit, FieldProblem, NewField, PastedChoices, pasted_labels, suggested_key};
use crate::{Fields, Kind};

fn new(key: &str, kind: Kind, choices: &[&str]) -> NewField {
    let choices = choices.iter().map(|label| (*label).to_owned()).collect();
    let title = key.to_uppercase();
    NewField {
        key: key.to_owned(),
        title,
        kind,
        required: false,
        unique: false,
        searched: false,
        pattern: None,
        choices,
    }
}

/// The built-in fields, and a site of three options of which the last was removed.
fn fields() -> Fields {
    let fields = Fields::built_in().with(&new("site", Kind::Choice, &["Leeds", "Lyon", "Lagos"]));
    fields.expect("a field").edited("site", &[FieldEdit::RetireChoice(3, true)]).expect("retired")
}

/// The options of the site: the id, the label, and a sign when it was removed.
fn options(fields: &Fields) -> String {
    let field = fields.by_key("site").expect("it");
    let option = |choice: &crate::Choice| {
        format!("{}{}{}", choice.id, choice.label, if choice.retired { "-" } else { "" })
    };
    field.choices.iter().map(option).collect::<Vec<_>>().join(" ")
}

fn labels(labels: &[&str]) -> Vec<String> {
    labels.iter().map(|label| (*label).to_owned()).collect()
}

#[test]
fn options_are_edited_and_keep_their_ids() {
    for (edits, expected) in [
        (vec![FieldEdit::AddChoices(labels(&["Lima", " lyon ", "Lima"]))], "1Leeds 2Lyon 3Lagos- 4Lima"),
        (vec![FieldEdit::AddChoices(labels(&["LAGOS"]))], "1Leeds 2Lyon 3LAGOS"),
        (vec![FieldEdit::RenameChoice(1, "Leeds  North".to_owned())], "1Leeds North 2Lyon 3Lagos-"),
        (vec![FieldEdit::RenameChoice(2, "LYON".to_owned())], "1Leeds 2LYON 3Lagos-"),
        (vec![FieldEdit::PlaceChoice(2, 0)], "2Lyon 1Leeds 3Lagos-"),
        (vec![FieldEdit::PlaceChoice(1, 9)], "2Lyon 1Leeds 3Lagos-"),
        (vec![FieldEdit::RetireChoice(3, false), FieldEdit::PlaceChoice(3, 1)], "1Leeds 3Lagos 2Lyon"),
    ] {
        let edited = fields().edited("site", &edits).expect("an edit");
        assert_eq!(options(&edited), expected, "{edits:?}");
    }
}

#[test]
fn an_option_is_known_by_its_former_labels_once_each() {
    let rename = |label: &str| FieldEdit::RenameChoice(1, label.to_owned());
    let edits = ["York", "Leeds", "York", "Hull"].map(rename);
    let edited = fields().edited("site", &edits).expect("renamed");
    let option = &edited.by_key("site").expect("it").choices[0];
    assert_eq!((option.label.as_str(), &option.former), ("Hull", &labels(&["Leeds", "York"])));
}

#[test]
fn what_may_not_be_says_why() {
    use FieldEdit as E;
    use FieldProblem as P;
    let text = |text: &str| text.to_owned();
    for (key, edit, problem) in [
        ("nothing", E::Required(true), P::NoField(text("nothing"))),
        ("site", E::Title(text(" ")), P::NoTitle),
        ("site", E::Title("x".repeat(201)), P::TooLong(200)),
        ("site", E::Title(text("first NAME")), P::TitleTaken(text("first_name"), text("First name"))),
        ("email", E::Retired(true), P::Needed(text("Email"))),
        ("first_name", E::Required(false), P::Always(text("First name"))),
        ("email", E::Unique(true), P::Unfit(text("Email"))),
        ("site", E::Pattern(Some(text("x"))), P::NoPattern("choice")),
        ("phone", E::Pattern(Some(text("("))), P::NotAPattern(text("("))),
        ("phone", E::AddChoices(labels(&["x"])), P::TakesNoChoices("phone")),
        ("site", E::RenameChoice(1, text("")), P::NoLabel),
        ("site", E::RenameChoice(1, text("a;b")), P::Semicolon(text("a;b"))),
        ("site", E::RenameChoice(1, text("LYON")), P::LabelTaken(text("Lyon"))),
        ("site", E::RenameChoice(9, text("x")), P::NoChoice(text("9"))),
        ("site", E::AddChoices((0..5_000).map(|of| of.to_string()).collect()), P::TooManyChoices),
    ] {
        let refused = fields().edited(key, std::slice::from_ref(&edit)).expect_err("refused");
        assert_eq!(refused, problem, "{key} {edit:?}");
        assert!(refused.sentence().len() > 15, "{refused:?}");
    }
    for (new, problem) in [
        (new("Site", Kind::Text, &[]), P::NotAKey(text("Site"))),
        (new("id", Kind::Text, &[]), P::NotAKey(text("id"))),
        (new("site", Kind::Text, &[]), P::KeyTaken(text("site"))),
        (new("floor", Kind::Choice, &[]), P::NeedsChoices("choice")),
        (new("floor", Kind::Text, &["x"]), P::TakesNoChoices("text")),
    ] {
        assert_eq!(fields().with(&new), Err(problem), "{new:?}");
    }
}

#[test]
fn a_removed_option_comes_back_unless_another_has_its_label() {
    let edits = [FieldEdit::RenameChoice(1, "lagos".to_owned()), FieldEdit::RetireChoice(3, false)];
    assert_eq!(fields().edited("site", &edits), Err(FieldProblem::LabelTaken("lagos".to_owned())));
}

#[test]
fn so_many_edits_are_made_at_once() {
    let renamed = |times: usize| {
        let edits: Vec<FieldEdit> = (0..times).map(|of| FieldEdit::RenameChoice(1, of.to_string())).collect();
        fields().edited("site", &edits).map(|_| ())
    };
    assert_eq!((renamed(1_000), renamed(1_001)), (Ok(()), Err(FieldProblem::TooManyEdits)));
}

#[test]
fn fields_change_places_and_others_keep_theirs() {
    for (key, place, before) in
        [("site", 0, "first_name"), ("site", 5, "job_title"), ("language", 0, "first_name")]
    {
        let edited = fields().edited(key, &[FieldEdit::Place(place)]).expect("moved");
        assert_eq!((edited.all()[place].key.as_str(), edited.all()[place + 1].key.as_str()), (key, before));
        assert_eq!(edited.all().len(), fields().all().len());
    }
    let edited = fields().edited("first_name", &[FieldEdit::Place(99)]).expect("moved");
    assert_eq!(edited.all().last().map(|field| field.key.as_str()), Some("first_name"));
}

#[test]
fn pasted_lists_are_told_apart() {
    let pasted = pasted_labels("Lima\r\nLEEDS; Lyon\tLagos\n\n lima \nLyon\nNew  York");
    assert_eq!(pasted.len(), 7);
    let fields = fields();
    let compared = fields.by_key("site").expect("it").compare_choices(&pasted);
    let expected = PastedChoices {
        new: labels(&["Lima", "New York"]),
        back: vec![(3, "Lagos".to_owned())],
        there: labels(&["Lyon", "Lyon"]),
        differ: vec![("LEEDS".to_owned(), "Leeds".to_owned()), ("lima".to_owned(), "Lima".to_owned())],
    };
    assert_eq!(compared, expected);
}

#[test]
fn a_title_suggests_a_key() {
    for (title, key) in [
        ("Cost centre", "cost_centre"),
        ("Site", "site_2"),
        ("2nd floor", "field_2nd_floor"),
        ("学校", "field"),
        ("ID", "id_2"),
        ("Über-Name!", "ber_name"),
    ] {
        assert_eq!(suggested_key(&fields(), title), key, "{title}");
    }
}

#[test]
fn titles_and_labels_are_plain_and_no_built_in_ones() {
    let refused = |edit: FieldEdit| fields().edited("site", &[edit]).expect_err("refused");
    for text in ["a\0b", "a\u{8}b", "a\u{ffff}b", "a\u{202e}b", "=1+1"] {
        let text = || text.to_owned();
        for edit in [
            FieldEdit::Title(text()),
            FieldEdit::RenameChoice(1, text()),
            FieldEdit::AddChoices(vec!["Lima".to_owned(), text()]),
        ] {
            assert!(matches!(refused(edit.clone()), FieldProblem::NotPlain(_)), "{edit:?}");
        }
    }
    for title in ["User ID", "user  id", "Benutzer-ID", "Vorname", "Abteilung"] {
        assert_eq!(
            refused(FieldEdit::Title(title.to_owned())),
            FieldProblem::BuiltIn(title.replace("  ", " "))
        );
        let mut new = new("own", Kind::Text, &[]);
        new.title = title.to_owned();
        assert!(matches!(Fields::built_in().with(&new), Err(FieldProblem::BuiltIn(_))), "{title}");
    }
    // One that a field in use has is taken; one of a field that was renamed is still that of a column.
    let renamed = fields().edited("job_title", &[FieldEdit::Title("Role".to_owned())]).expect("renamed");
    let title = [FieldEdit::Title("Job title".to_owned())];
    assert_eq!(renamed.edited("site", &title), Err(FieldProblem::BuiltIn("Job title".to_owned())));
    assert!(matches!(fields().edited("site", &title), Err(FieldProblem::TitleTaken(..))));
    // What is built in may be called what it is called, and another name may hold it.
    let job_title = FieldEdit::Title("Job title".to_owned());
    assert!(fields().edited("job_title", &[job_title]).is_ok());
    assert!(fields().edited("site", &[FieldEdit::Title("Email of the site".to_owned())]).is_ok());
}

#[test]
fn a_pattern_that_is_too_large_is_told_from_one_that_is_none() {
    let with = |pattern: &str| {
        fields().edited("job_title", &[FieldEdit::Pattern(Some(pattern.to_owned()))]).expect_err("refused")
    };
    assert_eq!(with("(((a{100}){100}){100}){100}"), FieldProblem::PatternTooLarge);
    assert_eq!(with(&"a".repeat(1_001)), FieldProblem::PatternTooLarge);
    assert_eq!(with("("), FieldProblem::NotAPattern("(".to_owned()));
}
