//! Rows of people, always the same: 16 columns, about 1.5 million filled cells in 100,000 rows.

use std::fmt::Write;

use workbook::{CellDate, Column, Content, Layout, SheetNames};

/// Columns of every row.
pub(crate) const COLUMNS: usize = 16;

/// A value of a row.
pub(crate) enum Value {
    /// A text; empty for an empty cell.
    Text(String),
    /// A number.
    Number(String),
    /// A date.
    Date(CellDate),
}

/// Makes rows, in memory that is used again.
pub(crate) struct Rows {
    values: Vec<Value>,
    seed: u64,
}

const FIRST: [&str; 16] = [
    "Ada", "Grace", "Zoë", "José", "Mary", "Linus", "Søren", "Ibrahim", "Yuki", "Olga", "Chidi", "Anaïs",
    "Peter", "Li", "Fatima", "Björn",
];
const LAST: [&str; 16] = [
    "Lovelace",
    "Hopper",
    "Müller",
    "García",
    "O'Neill",
    "Torvalds",
    "Kierkegaard",
    "Haddad",
    "Tanaka",
    "Ivanova",
    "Okafor",
    "Dupont",
    "Smith & Sons",
    "Wang",
    "Al-Sayed",
    "Åkesson",
];
const TOWNS: [&str; 8] = ["London", "New York", "São Paulo", "Berlin", "Tokyo", "Lagos", "Paris", "Toronto"];
const DEPARTMENTS: [&str; 6] =
    ["Engineering", "Sales", "Research & Development", "Finance", "People", "Operations"];
const TITLES: [&str; COLUMNS] = [
    "User ID",
    "First name",
    "Last name",
    "Email",
    "Username",
    "Phone",
    "Start date",
    "Office",
    "Department",
    "Manager",
    "Employee number",
    "Active",
    "Language",
    "Cost centre",
    "Skills",
    "Note",
];

impl Rows {
    /// Starts from the same seed every time.
    pub(crate) fn new() -> Self {
        let values = (0..COLUMNS).map(|_| Value::Text(String::new())).collect();
        Self { values, seed: 42 }
    }

    /// The next row.
    pub(crate) fn row(&mut self, number: u32) -> &[Value] {
        let pick = |seed: &mut u64, most: usize| {
            *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (*seed >> 33) as usize % most
        };
        let seed = &mut self.seed;
        let (first, last) = (FIRST[pick(seed, 16)], LAST[pick(seed, 16)]);
        let texts: [&dyn Fn(&mut String, &mut u64); COLUMNS] = [
            &|text, seed| {
                let _ = write!(text, "U-{:04X}{number:07}", pick(seed, 65_536));
            },
            &|text, _| text.push_str(first),
            &|text, _| text.push_str(last),
            &|text, _| {
                let _ = write!(text, "user.{number}@example.org");
            },
            &|text, _| {
                let _ = write!(text, "user{number}");
            },
            &|text, seed| {
                let _ = write!(text, "+44 20 {:08}", pick(seed, 100_000_000));
            },
            &|_, _| {},
            &|text, seed| text.push_str(TOWNS[pick(seed, 8)]),
            &|text, seed| text.push_str(DEPARTMENTS[pick(seed, 6)]),
            &|text, seed| {
                let _ = write!(text, "{last} (U-{:07})", pick(seed, 1_000_000));
            },
            &|_, _| {},
            &|text, seed| text.push_str(if pick(seed, 8) == 0 { "No" } else { "Yes" }),
            &|text, seed| text.push_str(["en-GB", "de", "fr", "pt-BR"][pick(seed, 4)]),
            &|text, seed| {
                let _ = write!(text, "{:08}", pick(seed, 100_000));
            },
            &|text, seed| text.push_str(["", "Rust; SQL", "Sales", "Accounts; Law; French"][pick(seed, 4)]),
            &|text, seed| {
                if pick(seed, 4) > 0 {
                    {
                        let _ = write!(
                            text,
                            "Desk {} on floor {}, joined in wave {}",
                            pick(seed, 900),
                            pick(seed, 30),
                            number % 97
                        );
                    };
                }
            },
        ];
        for (column, fill) in texts.iter().enumerate() {
            match &mut self.values[column] {
                Value::Text(text) => {
                    text.clear();
                    fill(text, seed);
                }
                Value::Number(_) | Value::Date(_) => {}
            }
        }
        let (year, month, day) = (2000 + pick(seed, 26), 1 + pick(seed, 12), 1 + pick(seed, 28));
        self.values[6] = Value::Date(CellDate { year: year as i16, month: month as i8, day: day as i8 });
        self.values[10] = Value::Number(pick(seed, 10_000_000).to_string());
        &self.values
    }
}

/// The layout of the written books, with all that a download has.
pub(crate) fn layout() -> Layout {
    let columns = TITLES
        .iter()
        .enumerate()
        .map(|(number, title)| Column {
            title: (*title).to_owned(),
            key: title.to_lowercase().replace(' ', "_"),
            width: 18,
            content: match number {
                6 => Content::Date,
                7 => Content::List(TOWNS.map(str::to_owned).to_vec()),
                10 => Content::Number,
                11 => Content::List(["Yes", "No"].map(str::to_owned).to_vec()),
                _ => Content::Text,
            },
            fixed: number == 0,
            read_only: false,
            required: matches!(number, 1..=3),
            unique: number == 3,
            max_length: matches!(number, 1 | 2).then_some(100),
            help: None,
        })
        .collect();
    Layout { sheets: SheetNames::default(), columns, frozen: 1, instructions: Vec::new() }
}
