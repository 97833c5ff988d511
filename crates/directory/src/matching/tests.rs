//! Suggestions, tried with titles that were kept back from the list of names; and what a matching says of other titles.

use super::protected::{protects_title, protects_value};
use super::*;
use crate::{Choice, Field, FieldNumber, Fields, Kind, Reading, standard};

fn fields() -> Fields {
    let mut all = Fields::built_in().all().to_vec();
    for field in all.iter_mut().filter(|field| field.number == standard::DEPARTMENT) {
        field.choices = ["Finance", "Sales"]
            .iter()
            .zip(1..)
            .map(|(label, id)| Choice { id, label: (*label).to_owned(), former: Vec::new(), retired: false })
            .collect();
    }
    all.push(Field::new(standard::FIRST_CUSTOM, "shirt", "Shirt size", Kind::Text));
    Fields::new(all)
}

fn reading() -> Reading {
    Reading {
        date_order: crate::DateOrder::DayMonthYear,
        region: "GB".to_owned(),
        language: "en".to_owned(),
        column: crate::ColumnReading::default(),
    }
}

fn column(title: &str, values: &str) -> (String, Profile) {
    let mut profile = Profile::default();
    values.split(';').for_each(|value| profile.take(value));
    (title.to_owned(), profile)
}

fn suggested(columns: &[(String, Profile)]) -> Vec<String> {
    let word = |found: &Option<Suggestion>| match found {
        Some(Suggestion { target, .. }) => target.word().to_owned(),
        None => "-".to_owned(),
    };
    suggest(columns, &fields(), &reading()).iter().map(word).collect()
}

#[test]
fn titles_that_were_kept_back_are_suggested_right_and_none_wrong() {
    let (mut all, mut right, mut wrong, mut missed) = (0, 0, Vec::new(), Vec::new());
    let lines = include_str!("kept_back.txt").lines().filter(|line| !line.starts_with('#'));
    let text: Vec<&str> = lines.collect();
    let text = text.join("\n");
    for table in text.split("\n\n") {
        let parts: Vec<Vec<&str>> =
            table.lines().filter(|line| !line.is_empty()).map(|line| line.splitn(3, '|').collect()).collect();
        let columns: Vec<_> = parts.iter().map(|parts| column(parts[0], parts[2])).collect();
        for (parts, found) in parts.iter().zip(suggested(&columns)) {
            all += usize::from(parts[1] != "-");
            match found.as_str() {
                found if found == parts[1] => right += usize::from(found != "-"),
                "-" => missed.push(parts[0]),
                found => wrong.push(format!("{} is {}, not {found}", parts[0], parts[1])),
            }
        }
    }
    assert!(all > 200, "{all} columns");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(right * 100 >= all * 95, "{right} of {all}; missed: {missed:?}");
}

#[test]
fn values_speak_where_titles_do_not_and_against_those_that_do() {
    for (title, values, beside, expected) in [
        ("Kontakt", "a@x.org;b@x.org;c@x.org", "", "email"),
        ("Kontakt", "a@x.org;b@x.org;c@x.org", "d@x.org;e@x.org;f@x.org", "-"),
        ("Vertreter", "a@x.org;a@x.org;c@x.org;a@x.org", "", "-"),
        ("Private mail of theirs", "a@x.org;b@x.org;c@x.org", "", "-"),
        ("Kontakt", "a@x.org;phone;c@x.org", "", "-"),
        ("Team", "Finance;Sales;Sales", "", "department"),
        ("Team", "Finance;North;Sales", "", "-"),
        ("Hire date", "2019-03-01;2020-06-15;;2021-01-01", "", "start_date"),
        ("Hire date", "Leeds;London;York", "", "-"),
        ("E-mail", "yes;no;yes", "", "-"),
        ("Status", "on leave;paid;x", "", "-"),
        ("Shirt size", "S;M;L", "", "shirt"),
        ("Column", "DE89370400440532013000;;GB29NWBK60161331926819", "", "alone"),
        ("Column", "DE89370400440532013001;DE89370400440532013002;x", "", "-"),
    ] {
        let columns = [column(title, values), column("Beside", beside)];
        assert_eq!(suggested(&columns)[0], expected, "{title}: {values} beside {beside}");
    }
    let twice =
        [column("Mail", "a@x.org;b@x.org;c@x.org"), column("Email address", "d@x.org;e@x.org;f@x.org")];
    assert_eq!(suggested(&twice), ["-", "-"], "of two alike neither");
}

#[test]
fn what_is_nobodys_business_is_known_and_what_only_sounds_like_it_is_not() {
    for (title, expected) in [
        ("IBAN", Some(Protected::Bank)),
        ("Bankverbindung 1", Some(Protected::Bank)),
        ("bank_account_no", Some(Protected::Bank)),
        ("Tax code", Some(Protected::Tax)),
        ("SteuerID", Some(Protected::Tax)),
        ("NI Number", Some(Protected::SocialSecurity)),
        ("Numéro de sécurité sociale", Some(Protected::SocialSecurity)),
        ("Grad der Behinderung", Some(Protected::Health)),
        ("Religion", Some(Protected::Religion)),
        ("Kirchensteuermerkmal", Some(Protected::Religion)),
        ("Bruttolohn", Some(Protected::Pay)),
        ("Jahresgehalt 2025", Some(Protected::Pay)),
        ("Kostenstelle", None),
        ("Payroll number", None),
        ("Benutzerkonto", None),
        ("Taxi allowed", None),
        ("Embankment office", None),
        ("Position", None),
        ("Banking team lead", None),
        ("Wagenpark", None),
    ] {
        assert_eq!(protects_title(title), expected, "{title}");
    }
    for (value, expected) in [
        ("GB29 NWBK 6016 1331 9268 19", Some(Protected::Bank)),
        ("GB30 NWBK 6016 1331 9268 19", None),
        ("65 170839 J 008", Some(Protected::SocialSecurity)),
        ("078-05-1120", Some(Protected::SocialSecurity)),
        ("86095742719", Some(Protected::Tax)),
        ("86095742718", None),
        ("01632 960101", None),
        ("", None),
    ] {
        assert_eq!(protects_value(value), expected, "{value}");
    }
}

fn matched(title: &str, word: &str) -> MatchedColumn {
    MatchedColumn { title: title.to_owned(), target: Target::of_word(word), clears: false }
}

#[test]
fn a_matching_comes_back_from_the_store_as_it_went() {
    let matching = Matching {
        columns: vec![
            matched("Vor\tname\n", "first_name"),
            matched("a \\t b", ""),
            MatchedColumn { clears: true, ..matched("IBAN", "alone") },
            matched("", "leaving"),
        ],
        by: MatchBy::EmployeeNumber,
        creates: true,
        usernames: Some(UsernamesFrom::Name),
        reading: TableReading {
            sheet: Some("Tab 1".to_owned()),
            heading: Some(4),
            separator: Some('\t'),
            charset: Some("windows-1252".to_owned()),
        },
    };
    for matching in [matching, Matching::default()] {
        assert_eq!(Matching::of_stored(&matching.stored()), Some(matching));
    }
    assert_eq!(Matching::of_stored("by\tnew\nlater\tx"), None);
}

#[test]
fn other_titles_are_told_and_those_left_alone_may_go() {
    let matching = Matching {
        columns: vec![
            matched("Pers-Nr", "employee_number"),
            matched("Name", "last_name"),
            matched("IBAN", "alone"),
        ],
        ..Matching::default()
    };
    let titles = |titles: &[&str]| titles.iter().map(|title| (*title).to_owned()).collect::<Vec<_>>();
    for (found, new, missing) in [
        (&["Pers-Nr", "Name", "IBAN"][..], &[][..], &[][..]),
        (&["name ", "PERS-NR", "IBAN"], &[], &[]),
        (&["Pers-Nr", "Name"], &[], &[]),
        (&["Pers-Nr", "Nachname", "IBAN"], &["Nachname"], &["Name"]),
        (&["Pers-Nr", "Name", "Phone"], &["Phone"], &[]),
    ] {
        let differing = matching.differing(&titles(found));
        assert_eq!((differing.new, differing.missing), (titles(new), titles(missing)), "{found:?}");
    }
    let fitted = matching.fitted(&titles(&["Name", "Phone"]));
    assert_eq!(fitted.columns, [matched("Name", "last_name"), matched("Phone", "")]);
    assert_eq!(matching.known(&titles(&["Name", "Phone"])), 50);
}

#[test]
fn what_does_not_go_together_is_said() {
    let of = |columns: &[(&str, &str)], by, creates, usernames| Matching {
        columns: columns.iter().map(|(title, word)| matched(title, word)).collect(),
        by,
        creates,
        usernames,
        ..Matching::default()
    };
    let names = [("V", "first_name"), ("N", "last_name")];
    let named = Some(UsernamesFrom::Name);
    for (matching, expected) in [
        (of(&names, MatchBy::New, true, named), None),
        (
            of(&[("V", "first_name"), ("N", "")], MatchBy::New, true, None),
            Some(MatchingProblem::NotChosen(vec!["N".to_owned()])),
        ),
        (
            of(&[("V", "phone"), ("N", "phone")], MatchBy::New, false, None),
            Some(MatchingProblem::Twice("V".to_owned(), "N".to_owned())),
        ),
        (of(&[("V", "alone"), ("N", "alone")], MatchBy::New, false, None), Some(MatchingProblem::Nothing)),
        (
            of(&[("V", "no_such")], MatchBy::New, false, None),
            Some(MatchingProblem::NoField("no_such".to_owned())),
        ),
        (of(&names, MatchBy::Email, false, None), Some(MatchingProblem::NoKey(MatchBy::Email))),
        (of(&names, MatchBy::UserId, false, None), Some(MatchingProblem::NoKey(MatchBy::UserId))),
        (of(&names[..1], MatchBy::New, true, None), Some(MatchingProblem::NoNames)),
        (of(&names, MatchBy::New, true, None), Some(MatchingProblem::NoSignIn)),
        (of(&names[..1], MatchBy::New, false, None), None),
        (
            of(&names, MatchBy::New, true, Some(UsernamesFrom::EmployeeNumber)),
            Some(MatchingProblem::NoUsernames(UsernamesFrom::EmployeeNumber)),
        ),
    ] {
        let problem = matching.check(&fields()).err();
        assert_eq!(problem, expected);
        if let Some(problem) = problem {
            assert!(!problem.sentence(&fields()).is_empty());
        }
    }
}

#[test]
fn titles_are_told_apart() {
    let told = told_apart(vec![
        (1, "Name".to_owned()),
        (2, "name".to_owned()),
        (3, String::new()),
        (28, String::new()),
    ]);
    let titles: Vec<&str> = told.iter().map(|(_, title)| title.as_str()).collect();
    assert_eq!(titles, ["Name", "name (2)", "C", "AB"]);
    assert_eq!(Matching::default().place_of(&fields(), FieldNumber(1)), None);
}
