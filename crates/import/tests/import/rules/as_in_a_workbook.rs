//! A rule gives the same plan as the same edit in a workbook: made-up rules, each followed by the program and, by a model of its own, typed
//! into the cells of a downloaded workbook. `MUSTER_TESTS=all` tries a thousand of them.

use std::collections::BTreeMap;

use ::store::{Complete, Import, ImportState, Randomness, RuleUsers};
use directory::{FieldNumber, Place, PlanCell, RuleStep, UserId};
use ground::office::{ANN, Office, Sheet};
use ground::{Ground, on_postgres, on_sqlite};
use workbook::{Column, Content, Format, Layout, Printed, SheetNames, Writer};

use super::{asked, begun};

/// What may be typed for a field, right and wrong.
const TEXTS: &[(&str, &[&str])] = &[
    ("first_name", &["Kim", " Kim ", "=1+1", "x\u{e9}y", "1.5E+20"]),
    ("job_title", &["Clerk", "007", "clerk", "Head, clerk", "a; b", "\u{e9}t\u{e9}"]),
    ("notes", &["red; blue", "red, blue", "longer than forty letters, which is too long here", "red"]),
    ("email", &["new@acme.example", "bo@acme.example", "no email", "ADA@acme.example"]),
    ("username", &["kim", "with space", "BO"]),
    ("status", &["inactive", "Active", "gone"]),
    ("department", &["Sales", "finance", "Finanse", "HR"]),
    ("manager", &["bo@acme.example", "nobody@acme.example", "Bo Rowe", "U-2222222222", "nobody"]),
    ("phone", &["+44 1632 960123", "01632 960124", "12", "call me"]),
    ("employee_number", &["00123", "9", "E-1"]),
    ("start_date", &["2024-03-05", "5 March 2025", "03/04/2025", "2025-02-30", "soon"]),
    ("segments", &["North", "north; South", "West", "East;;North"]),
    ("language", &["de", "German", "Klingon"]),
];

/// What may be replaced, and by what.
const REPLACED: &[(&str, &str)] = &[
    ("@acme.example", "@new.example"),
    ("@ACME.EXAMPLE", ""),
    ("a", "b"),
    ("bo", "ada"),
    ("Clerk", "Dean"),
    (" ", ""),
    ("+44", "+49"),
    ("e", ""),
];

struct Case {
    randomness: Randomness,
}

impl Case {
    fn below(&self, end: usize) -> usize {
        self.randomness.number() as usize % end
    }

    fn pick<'t, T>(&self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }

    fn lines(&self, office: &Office<'_>) -> Vec<(String, RuleStep)> {
        (0..=self.below(4)).map(|_| self.line(office)).collect()
    }

    fn line(&self, office: &Office<'_>) -> (String, RuleStep) {
        let (key, texts) = *self.pick(TEXTS);
        let kind = office.fields.by_key(key).expect("a field").kind;
        let word = *self.pick(&RuleStep::words_for(kind));
        let (text, with) = match word {
            "replace" => *self.pick(REPLACED),
            _ => (*self.pick(texts), ""),
        };
        let step = RuleStep::of_word(word, text.to_owned(), with.to_owned()).expect("a word");
        (key.to_owned(), step)
    }
}

/// Users with values of every kind.
fn staffed(app: &Ground) -> Office<'_> {
    let mut office = Office::new(app);
    office.redefine("segments", |field| {
        let choice = |(id, label): (u32, &str)| directory::Choice {
            id,
            label: label.to_owned(),
            former: Vec::new(),
            retired: label == "East",
        };
        field.choices = (1..).zip(["North", "South", "East", "West"]).map(choice).collect();
    });
    office.redefine("employee_number", |field| field.unique = true);
    let bo = office.ids[1].to_string();
    for (first, title, segments, phone, notes) in [
        ("Ina", "Clerk", "1;2", "+441632960001", "red; blue"),
        ("Jo", "Head clerk", "3", "+491632960002", "blue"),
        ("Kai", "bo bo", "", "", "a; red; a"),
    ] {
        let (email, username) = (format!("{first}@acme.example"), format!("{first}.clerk"));
        let values = [
            ("first_name", first),
            ("last_name", "Made"),
            ("email", &email),
            ("username", &username),
            ("status", "active"),
            ("job_title", title),
            ("segments", segments),
            ("phone", phone),
            ("notes", notes),
            ("manager", &bo),
            ("language", "en-GB"),
        ];
        office.add(&values.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>());
    }
    office
}

/// What a person would make of a cell, done by hand.
fn typed(key: &str, shown: &str, step: &RuleStep) -> String {
    let folded = key == "email" || key == "username";
    let signs: &[char] = if key == "segments" { &[';'] } else { &[';', '\n', ','] };
    let sign = signs.iter().copied().find(|sign| shown.contains(*sign)).unwrap_or(';');
    let parts = |text: &str, sign: char| -> Vec<String> {
        text.split(sign).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
    };
    let put = |parts: Vec<String>| parts.join(&format!("{sign} "));
    let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    match step {
        RuleStep::Set(text) => text.clone(),
        RuleStep::Clear => String::new(),
        RuleStep::Replace(from, to) if folded => {
            let (mut text, mut rest) = (String::new(), shown.to_owned());
            while let Some(at) = rest.to_ascii_lowercase().find(&from.to_ascii_lowercase()) {
                text += &rest[..at];
                text += to;
                rest = rest[at + from.len()..].to_owned();
            }
            text + &rest
        }
        RuleStep::Replace(from, to) => shown.split(from.as_str()).collect::<Vec<_>>().join(to),
        RuleStep::Add(text) => {
            let mut there = parts(shown, sign);
            let before = there.len();
            for part in parts(text, ';') {
                if there.iter().all(|known| !same(known, &part)) {
                    there.push(part);
                }
            }
            if there.len() == before { shown.to_owned() } else { put(there) }
        }
        RuleStep::TakeAway(text) => {
            let (mut there, away) = (parts(shown, sign), parts(text, ';'));
            let before = there.len();
            there.retain(|part| away.iter().all(|gone| !same(gone, part)));
            if there.len() == before { shown.to_owned() } else { put(there) }
        }
    }
}

/// A csv text, cells of which may be quoted, but hold no quotes.
fn sheet_of(text: &str) -> Sheet {
    let line = |line: &str| {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for letter in line.chars() {
            match letter {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                letter => cells.last_mut().expect("a cell").push(letter),
            }
        }
        // What stands in csv before a text that a spreadsheet would take for a formula is no part of it.
        let plain = |cell: String| cell.strip_prefix('\'').map_or(cell.clone(), str::to_owned);
        cells.into_iter().map(plain).collect()
    };
    Sheet(text.trim_start_matches('\u{feff}').lines().map(line).collect())
}

/// A sheet as a workbook in which every cell is a text.
fn as_workbook(sheet: &Sheet) -> Vec<u8> {
    let column = |(title, key): (&String, &String)| Column {
        title: title.clone(),
        key: key.clone(),
        width: 10,
        content: Content::Text,
        fixed: false,
        read_only: false,
        required: false,
        unique: false,
        max_length: None,
        help: None,
    };
    let columns = sheet.0[0].iter().zip(&sheet.0[1]).map(column).collect();
    let layout = Layout { sheets: SheetNames::default(), columns, frozen: 1, instructions: Vec::new() };
    let mut writer = Writer::start(Vec::new(), Format::Xlsx, &layout).expect("begun");
    for row in &sheet.0[2..] {
        let of_cell = |cell: &String| if cell.is_empty() { Printed::Empty } else { Printed::Text("") };
        let mut values: Vec<Printed<'_>> = row.iter().map(of_cell).collect();
        for (value, cell) in values.iter_mut().zip(row).filter(|(_, cell)| !cell.is_empty()) {
            *value = Printed::Text(cell);
        }
        writer.row(&values).expect("written");
    }
    writer.finish().expect("finished")
}

/// The cells of a plan, without where they stand in a file.
fn cells(office: &Office<'_>, import: &Import) -> BTreeMap<(UserId, FieldNumber), PlanCell> {
    let of_user = |user: &UserId| {
        let user = *user;
        let place = Place::User(user);
        let row = office.app.store.plan_row(office.account.id, import.id, place).expect("the store");
        row.into_iter().map(move |cell| ((user, cell.field), PlanCell { row: 0, column: 0, ..cell }))
    };
    office.ids.iter().flat_map(of_user).collect()
}

fn try_one(office: &Office<'_>, sheet: &Sheet, number: u64) -> bool {
    let case = Case { randomness: Randomness::sequence(number) };
    let lines = case.lines(office);
    let mut edited = sheet.clone();
    for user in 0..office.ids.len() {
        for (key, step) in &lines {
            let cell = edited.cell(user, key);
            *cell = typed(key, cell, step);
        }
    }
    let file = office.upload_by(&as_workbook(&edited), ANN, Complete::Never);
    let rule = office.rest(begun(office, asked(RuleUsers::All, Complete::Never, &lines)));
    // That the rows of a file say nothing, or those of others, only a file is told.
    let compared = file.state != ImportState::Failed;
    if compared {
        assert_eq!(rule.state, file.state, "{number} {lines:?}: {:?} {:?}", rule.counts, file.counts);
        assert_eq!(cells(office, &rule), cells(office, &file), "{number} {lines:?}");
        let counts = |import: &Import| {
            let counts = import.counts;
            (
                counts.cells_to_edit,
                counts.cells_to_clear,
                counts.users_to_edit,
                counts.errors,
                counts.rows_with_errors,
            )
        };
        assert_eq!(counts(&rule), counts(&file), "{number} {lines:?}");
    }
    for import in [file, rule] {
        if import.state == ImportState::Review {
            assert!(::import::cancel(office.app, office.account.id, import.id).expect("the store"));
        }
        office.app.store.forget_import(office.account.id, import.id).expect("the store");
    }
    compared
}

fn try_many(app: &Ground, cases: std::ops::Range<u64>) {
    let office = staffed(app);
    let sheet = sheet_of(&String::from_utf8(office.download(Format::Csv)).expect("UTF-8"));
    let all = cases.end - cases.start;
    let compared = cases.filter(|number| try_one(&office, &sheet, *number)).count();
    assert!(compared as u64 * 10 >= all * 8, "only {compared} of {all} were compared");
}

#[test]
fn a_rule_gives_the_plan_of_the_same_edit_in_a_workbook() {
    let all = std::env::var("MUSTER_TESTS").is_ok_and(|which| which == "all");
    let (cases, on_a_server) = if all { (1_000, 200) } else { (80, 10) };
    on_sqlite(|app| try_many(app, 0..cases));
    on_postgres(|app| try_many(app, 0..on_a_server));
}
