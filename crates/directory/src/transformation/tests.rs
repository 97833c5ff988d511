//! Tests of what columns of edits have in common: a line a column.

use super::{Step, Transformations, is_explained};
use crate::{Field, FieldNumber, Fields, Kind, Place, PlanCell, State, UserId, standard};

const NUMBER: FieldNumber = standard::FIRST_CUSTOM;

fn fields() -> Fields {
    let mut fields = Fields::built_in().all().to_vec();
    fields.push(Field::new(NUMBER, "hours", "Hours", Kind::Number));
    Fields::new(fields)
}

fn cell(field: FieldNumber, row: u32, base: &str, mine: &str) -> PlanCell {
    let stored = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    PlanCell {
        place: Place::User(UserId::from_number(u64::from(row)).expect("in range")),
        field,
        file: 1,
        row,
        column: 2,
        raw: stored(mine),
        base: stored(base),
        now: stored(base),
        mine: stored(mine),
        state: State::Change,
        wrong: None,
        chosen: None,
        hidden: false,
    }
}

/// What is found in a column of edits, each `was > is`, in words; empty when nothing is.
fn found(field: FieldNumber, edits: &[&str]) -> String {
    let (fields, mut all) = (fields(), Transformations::default());
    for (row, edit) in (3..).zip(edits) {
        let (base, mine) = edit.split_once(" > ").expect("was > is");
        all.edited_row(&[cell(field, row, base, mine)], &fields);
    }
    let words: Vec<String> =
        all.found().iter().map(|found| format!("{} {}", found.cells, found.step)).collect();
    words.join(", ")
}

fn check(field: FieldNumber, edits: &[&str], expected: &str) {
    assert_eq!(found(field, edits), expected, "{edits:?}");
    let few: Vec<&str> = edits.iter().copied().take(4).collect();
    assert_eq!(found(field, &few), "", "four are few: {few:?}");
}

#[test]
fn dates_move_together() {
    let by = |step: &str, edits: &[&str]| check(standard::START_DATE, edits, step);
    by(
        "5 days:-1",
        &[
            "2024-01-01 > 2023-12-31",
            "2024-03-01 > 2024-02-29",
            "1999-05-05 > 1999-05-04",
            "2010-10-10 > 2010-10-09",
            "2011-11-11 > 2011-11-10",
        ],
    );
    by(
        "5 years:543",
        &[
            "2024-01-01 > 2567-01-01",
            "2023-03-01 > 2566-03-01",
            "1999-05-05 > 2542-05-05",
            "2010-10-10 > 2553-10-10",
            "2011-11-11 > 2554-11-11",
        ],
    );
    by(
        "5 day_month",
        &[
            "2024-01-02 > 2024-02-01",
            "2023-03-04 > 2023-04-03",
            "1999-05-06 > 1999-06-05",
            "2010-10-11 > 2010-11-10",
            "2011-11-12 > 2011-12-11",
        ],
    );
    by(
        "5 months:-1",
        &[
            "2024-01-31 > 2023-12-31",
            "2024-03-30 > 2024-02-29",
            "1999-05-05 > 1999-04-05",
            "2010-10-31 > 2010-09-30",
            "2011-12-11 > 2011-11-11",
        ],
    );
    // One new date for all, however far it is from the one old date of all.
    by("", &["2024-01-01 > 2024-02-01"; 8]);
}

#[test]
fn texts_change_in_one_way() {
    let by = |step: &str, edits: &[&str]| check(standard::JOB_TITLE, edits, step);
    by("5 upper", &["Cook > COOK", "Nurse > NURSE", "Chef > CHEF", "Müller > MÜLLER", "Straße > STRASSE"]);
    by("5 lower", &["Cook > cook", "Nurse > nurse", "Chef > chef", "Ärztin > ärztin", "Vet > vet"]);
    by(
        "5 capitalised",
        &[
            "head COOK > Head Cook",
            "Night nurse > Night Nurse",
            "chef > Chef",
            "vice-dean > Vice-Dean",
            "VET > Vet",
        ],
    );
    by(
        "5 spaces",
        &[
            "Head  cook > Head cook",
            "Night nurse > Night  nurse",
            "A B > AB",
            "C D E > C  D  E",
            "Vet 2 > Vet2",
        ],
    );
    by("5 unaccented", &["Élan > Elan", "Übung > Ubung", "Señor > Senor", "Åse > Ase", "Łódź Ó > Łodz O"]);
    by("5 prefix_lost:EMP-", &["EMP-1 > 1", "EMP-22 > 22", "EMP-333 > 333", "EMP-44 > 44", "EMP-5x > 5x"]);
    by("5 prefix_added:Dr ", &["A > Dr A", "B > Dr B", "C > Dr C", "D > Dr D", "E > Dr E"]);
    by(
        "5 suffix_lost: (home)",
        &["1 (home) > 1", "2 (home) > 2", "3 (home) > 3", "4 (home) > 4", "5 (home) > 5"],
    );
    let same = ["Cook", "night nurse", "Chef", "Vet", "Head of R&D"];
    let all = |change: &dyn Fn(&str) -> String| -> Vec<String> {
        same.iter().map(|text| format!("{text} > {}", change(text))).collect()
    };
    for (step, edits) in [
        ("5 prefix_added:\"", all(&|text| format!("\"{text}\""))),
        ("5 first_lost:1", all(&|text| text[1..].to_owned())),
        ("5 last_lost:1", all(&|text| text[..text.len() - 1].to_owned())),
    ] {
        by(step, &edits.iter().map(String::as_str).collect::<Vec<_>>());
    }
    by(
        "5 first_capital",
        &["head COOK > Head cook", "Night Nurse > Night nurse", "a B > A B", "c D > C D", "e F G > E F G"],
    );
    by("5 suffix_added:.0", &["1 > 1.0", "2 > 2.0", "3 > 3.0", "40 > 40.0", "5 > 5.0"]);
    by(
        "5 parts_swapped",
        &[
            "Ann Smith > Smith, Ann",
            "Bo Li > Li, Bo",
            "Cy van Dam > van Dam, Cy",
            "Di Ek > Ek, Di",
            "Smith, Ed > Ed Smith",
        ],
    );
    by(
        "5 cut:5",
        &["Engineer > Engin", "Mechanic > Mecha", "Accountant > Accou", "Teacher > Teach", "Officer > Offic"],
    );
}

#[test]
fn numbers_change_by_powers_of_ten() {
    check(NUMBER, &["1 > 100", "12.5 > 1250", "0.3 > 30", "40 > 4000", "7 > 700"], "5 tens:2");
    check(NUMBER, &["100 > 1", "50 > 0.5", "37.5 > 0.375", "40 > 0.4", "7 > 0.07"], "5 tens:-2");
    check(NUMBER, &["1 > -1", "-12.5 > 12.5", "0.3 > -0.3", "40 > -40", "7 > -7"], "5 sign");
    check(NUMBER, &["1 > 2", "2 > 4", "3 > 6", "4 > 8", "5 > 10"], "");
}

/// Edits that turn a column of values into another one of them.
fn into_column(was: &[&str], is: &[&str]) -> Vec<String> {
    let pairs = was.iter().zip(is).filter(|(was, is)| was != is);
    pairs.map(|(was, is)| format!("{was} > {is}")).collect()
}

#[test]
fn values_stand_in_other_rows() {
    let titles = ["Cook", "Vet", "", "Nurse", "Dean", "Clerk", "Chef", "Guard"];
    let teams = ["A", "A", "B", "B", "", "C", "C", "A", "B", "B", "C", "", "A", "C", "B", "B", "A", "C"];
    let moved = |of: &[&'static str], by: usize| [&of[by..], &of[..by]].concat();
    let sorted = |of: &[&'static str]| {
        let mut sorted = of.to_vec();
        sorted.sort_unstable();
        sorted
    };
    let of = |was: &[&str], is: &[&str]| {
        let edits = into_column(was, is);
        found(standard::JOB_TITLE, &edits.iter().map(String::as_str).collect::<Vec<_>>())
    };
    assert_eq!(of(&titles, &moved(&titles, 1)), "8 other_rows");
    assert_eq!(of(&titles, &moved(&titles, 7)), "8 other_rows");
    assert_eq!(of(&titles, &sorted(&titles)), "7 other_rows");
    assert_eq!(of(&titles, &titles.iter().rev().copied().collect::<Vec<_>>()), "8 other_rows");
    // One came and one went: a cell was put in above, and the last one is gone; and somebody edited one.
    assert_eq!(of(&titles, &[&[""], &titles[..7]].concat()), "7 other_rows");
    let edited = ["Vet", "", "Nurse", "Dean", "Clerk", "Chief", "Guard", "Cook"];
    assert_eq!(of(&titles, &edited), "7 other_rows");
    // Few values: moved, or exchanged without one that is left over.
    assert_eq!(of(&teams, &moved(&teams, 1)), "13 other_rows");
    assert_eq!(of(&teams, &sorted(&teams)), "14 other_rows");
    // People move to other teams, hand on a number, and two teams change their names.
    let people = ["A", "C", "C", "B", "A", "C", "B", "A", "A", "B", "B", "", "A", "C", "C", "B", "B", "C"];
    assert_eq!(of(&teams, &people), "");
    assert_eq!(of(&titles, &["Vet", "Cook", "", "Dean", "Nurse", "Clerk", "Chef", "Guard"]), "");
    let renamed = teams.map(|team| match team {
        "A" => "B",
        "B" => "A",
        other => other,
    });
    assert_eq!(of(&teams, &renamed), "");
    assert_eq!(of(&titles, &[""; 8]), "");
}

#[test]
fn values_stand_in_other_rows_of_long_columns() {
    let (fields, mut all) = (fields(), Transformations::default());
    let title = |row: u32| format!("Clerk {}", row % 50_000);
    let edit = |row: u32, mine: &str| [cell(standard::JOB_TITLE, row, &title(row), mine)];
    for row in 0..50_000 {
        let mine = if row % 7 == 0 { format!("Dean {row}") } else { title(row + 1) };
        all.edited_row(&edit(row, &mine), &fields);
    }
    let found = all.found();
    assert_eq!(found.len(), 1);
    assert!((38_000..48_000).contains(&found[0].cells), "{}", found[0].cells);
    let row = edit(9, &title(10));
    assert!(is_explained(&found[0].step, &row[0], &row, &fields));
}

#[test]
fn what_people_do_is_none() {
    let title = |edits: &[&str]| check(standard::JOB_TITLE, edits, "");
    title(&["Cook > COOK"; 9]);
    title(&["Sales > Sales EMEA"; 9]);
    title(&["A > Chef", "B > Chef", "C > Chef", "D > Chef", "E > Chef"]);
    title(&["Cook > COOK", "Nurse > NURSE", "Chef > CHEF", "Vet > Vets", "Dean > Deans"]);
    let domain = ["a@old.org > a@new.org", "b@old.org > b@new.org", "c@old.org > c@new.org"];
    check(standard::EMAIL, &[domain.as_slice(), &domain, &domain].concat(), "");
    let longer = ["a@x.com > a@x.com.au", "b@x.com > b@x.com.au", "c@x.com > c@x.com.au"];
    check(standard::EMAIL, &[longer.as_slice(), &longer].concat(), "");
    check(standard::STATUS, &["active > inactive"; 9], "");
}

#[test]
fn four_fifths_are_most() {
    let shifted = ["2024-01-02 > 2024-01-01", "2023-03-04 > 2023-03-03"].repeat(4);
    let others = ["2020-01-01 > 2020-06-30", "2020-01-01 > 2021-07-15"];
    let all: Vec<&str> = shifted.iter().chain(&others).copied().collect();
    assert_eq!(found(standard::START_DATE, &all), "8 days:-1");
    let all: Vec<&str> = all.into_iter().chain(["2020-01-01 > 2022-12-24"]).collect();
    assert_eq!(found(standard::START_DATE, &all), "");
}

#[test]
fn many_other_steps_hide_none() {
    let (fields, mut all) = (fields(), Transformations::default());
    let days = |row: u32| format!("{:04}-{:02}-{:02}", 1000 + row / 300, 1 + row % 12, 1 + row % 28);
    let row = |base: &str, mine: &str| [cell(standard::START_DATE, 3, base, mine)];
    for other in 0..3_000 {
        all.edited_row(&row("2024-06-15", &days(other)), &fields);
    }
    for shifted in 0..20_000 {
        let base = days(shifted);
        let year = base[..4].parse::<i32>().expect("a year") + 543;
        all.edited_row(&row(&base, &format!("{year}{}", &base[4..])), &fields);
    }
    let found: Vec<String> = all.found().iter().map(|found| found.step.to_string()).collect();
    assert_eq!(found, ["years:543"]);
}

#[test]
fn names_change_places_between_columns() {
    let (fields, mut all) = (fields(), Transformations::default());
    let row = |row: u32, first: &str, last: &str| {
        [cell(standard::FIRST_NAME, row, first, last), cell(standard::LAST_NAME, row, last, first)]
    };
    for (number, (first, last)) in
        (3..).zip([("Ann", "Smith"), ("Bo", "Li"), ("Cy", "Dam"), ("Di", "Ek"), ("Ed", "Fu")])
    {
        all.edited_row(&row(number, first, last), &fields);
    }
    let found = all.found();
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|found| found.step == Step::NamesSwapped && found.cells == 5));
    let cells = row(9, "Gil", "Ho");
    assert!(is_explained(&Step::NamesSwapped, &cells[0], &cells, &fields));
    assert!(!is_explained(&Step::NamesSwapped, &cells[0], &cells[..1], &fields));
    assert!(!is_explained(&Step::Upper, &cells[0], &cells, &fields));
}
