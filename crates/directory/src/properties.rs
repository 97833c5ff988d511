//! Properties that hold for every value, tried on made-up ones: what is printed is read back, the way without allocation and the slow
//! one agree, and the merge follows its table whatever the values are.

use proptest::collection::vec;
use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest,
};
use workbook::{Cell, Format, Kind as CellKind, Position, Printed};

use crate::reading::number::is_shortened;
use crate::reading::{date, text};
use crate::{
    Choice, Claim, Exactness, Field, FieldNumber, IdProblem, Kind, Read, Reading, UserId, Verdict, merge,
    merge_values,
};

const B3: Position = Position { row: 3, column: 2 };

fn field(kind: Kind) -> Field {
    let labels = ["Finance", "Sales; no", "München", "1-2", "Human resources", "007"];
    let choice = |(id, label): (u32, &str)| Choice {
        id,
        label: label.replace(';', ","),
        former: vec![format!("Old {label}")],
        retired: false,
    };
    let choices = (1..).zip(labels).map(choice).collect();
    Field { choices, ..Field::new(FieldNumber(101), "own", "Own", kind) }
}

/// Any text in stored form.
fn stored_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-zA-Z0-9 .,+/:%?-]{1,12}", "0{0,3}[0-9]{1,20}", "\\PC{1,8}"]
        .prop_map(|typed| text::tidy(typed.into()).into_owned())
        .prop_filter("a value that reading takes", |typed| {
            !typed.is_empty()
                && !typed.starts_with('=')
                && !is_shortened(typed)
                && text::of_cell(Some(&Cell::text(B3, typed))).is_ok()
        })
}

/// A kind, and a value of it in stored form.
fn value() -> impl Strategy<Value = (Kind, String)> {
    let user =
        (0..1_000_000_u64).prop_filter_map("in range", UserId::from_number).prop_map(|id| id.to_string());
    let day = (1..=9999_i16, 1..=12_i8, 1..=28_i8)
        .prop_map(|(year, month, day)| date::stored(workbook::CellDate { year, month, day }));
    let number = ("-?", "0|[1-9][0-9]{0,8}", "|\\.[0-9]{0,5}[1-9]")
        .prop_map(|(sign, whole, fraction)| format!("{sign}{whole}{fraction}"))
        .prop_filter("no negative zero", |number| number != "-0");
    let ids = vec(1..=6_u32, 1..6).prop_map(|mut ids| {
        ids.sort_unstable();
        ids.dedup();
        ids.iter().map(u32::to_string).collect::<Vec<_>>().join(";")
    });
    let languages = prop_oneof![Just("en-GB"), Just("zh-Hant-TW"), Just("de"), Just("es-419"), Just("yue")];
    prop_oneof![
        stored_text().prop_map(|value| (Kind::Text, value)),
        number.prop_map(|value| (Kind::Number, value)),
        day.prop_map(|value| (Kind::Date, value)),
        prop_oneof![Just("yes"), Just("no")].prop_map(|value| (Kind::YesNo, value.to_owned())),
        prop_oneof![Just("active"), Just("inactive")].prop_map(|value| (Kind::Status, value.to_owned())),
        (1..=6_u32).prop_map(|id| (Kind::Choice, id.to_string())),
        ids.prop_map(|value| (Kind::Choices, value)),
        "[A-Za-zäöü0-9+_]{1,10}@[a-zäöü]{2,8}\\.(com|de|中国)".prop_map(|value| (Kind::Email, value)),
        "\\+44[1-9][0-9]{9}|\\+1212[2-9][0-9]{6}|\\+49[1-9][0-9]{6,9}|\\+7[1-9][0-9]{9}"
            .prop_map(|value| (Kind::Phone, value)),
        user.prop_map(|value| (Kind::User, value)),
        "[A-Za-z0-9._-]{1,12}".prop_map(|value| (Kind::Username, value)),
        languages.prop_map(|value| (Kind::Language, value.to_owned())),
    ]
}

/// The cell that a workbook has for a printed value; in csv every cell is text.
fn cell_of<'c>(printed: Printed<'_>, csv: bool, room: &'c mut String) -> Option<Cell<'c>> {
    room.clear();
    let (kind, day) = match printed {
        Printed::Empty => return None,
        Printed::Text(text) | Printed::Number(text) if csv => (room.push_str(text), (CellKind::Text, None)).1,
        Printed::Text(text) => (room.push_str(text), (CellKind::Text, None)).1,
        Printed::Number(text) => (room.push_str(text), (CellKind::Number, None)).1,
        Printed::Date(day) => {
            room.push_str(&date::stored(day));
            if csv { (CellKind::Text, None) } else { (CellKind::Date, Some(day)) }
        }
    };
    Some(Cell { kind, date: day, ..Cell::text(B3, room) })
}

/// A text that may well be the other, slightly changed.
fn nearly(text: &str, how: u8) -> String {
    match how {
        0 => text.to_owned(),
        1 => format!(" {text}\u{a0}"),
        2 => text.to_lowercase(),
        3 => text.trim_start_matches('0').to_owned(),
        4 => text.replace(|letter: char| !letter.is_ascii(), "?"),
        5 => format!("{text}x"),
        _ => text.chars().rev().collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_back((kind, stored) in value(), csv in any::<bool>(), name in "[A-Za-z() ]{0,12}") {
        let field = field(kind);
        let (mut buffer, mut room) = (String::new(), String::new());
        let printed = field.print(Some(&stored), Some(&name), &mut buffer);
        let cell = cell_of(printed, csv, &mut room);
        prop_assert!(field.is_print_of(Some(&stored), cell.as_ref()), "{stored:?} {cell:?}");
        prop_assert!(!field.is_print_of(None, cell.as_ref()));
        let read = field.read(cell.as_ref(), &Reading::default());
        prop_assert_eq!(read, Ok(Read::Value(Some(stored.clone()))));
        let shown = field.shown(Some(&stored), Some(&name));
        let read = field.read(Some(&Cell::text(B3, &shown)), &Reading::default());
        prop_assert_eq!(read, Ok(Read::Value(Some(stored))));
    }

    #[test]
    fn the_short_way_never_says_more_than_the_long_one(
        (kind, stored) in value(),
        (_, other) in value(),
        how in 0..8_u8,
        csv in any::<bool>(),
    ) {
        let field = field(kind);
        let typed = if how == 7 { other } else { nearly(&field.shown(Some(&stored), Some("Ann")), how) };
        let cell_kind = if csv || kind != Kind::Number { CellKind::Text } else { CellKind::Number };
        let cell = Cell { kind: cell_kind, ..Cell::text(B3, &typed) };
        if field.is_print_of(Some(&stored), Some(&cell)) {
            prop_assert_eq!(field.read(Some(&cell), &Reading::default()), Ok(Read::Value(Some(stored))));
        }
    }

    #[test]
    fn an_unedited_cell_is_never_judged((kind, stored) in value(), now in stored_text(), csv in any::<bool>()) {
        let strict = Field {
            required: true,
            read_only: true,
            max_length: Some(0),
            pattern: Some("never".to_owned()),
            ..field(kind)
        };
        let (mut buffer, mut room) = (String::new(), String::new());
        let cell = cell_of(strict.print(Some(&stored), None, &mut buffer), csv, &mut room);
        for exactness in [Exactness::Exact, Exactness::Damage(Format::Csv), Exactness::Damage(Format::Xlsx)] {
            let verdict = merge(
                &strict,
                &strict,
                &Reading::default(),
                exactness,
                Some(&stored),
                Some(&now),
                cell.as_ref(),
            );
            prop_assert_eq!(verdict, Verdict::Unedited);
        }
    }

    #[test]
    fn the_merge_follows_its_table(
        kind in prop_oneof![Just(Kind::Text), Just(Kind::Number), Just(Kind::Choices), Just(Kind::Date)],
        values in vec((value(), any::<bool>()), 12),
        picks in (0..3_usize, 0..3_usize, 0..3_usize),
    ) {
        let field = field(kind);
        let of_kind: Vec<Option<String>> = values
            .into_iter()
            .filter(|((of, _), _)| *of == kind)
            .map(|((_, value), some)| some.then_some(value))
            .chain([None, None, None])
            .collect();
        let pick = |place: usize| of_kind.get(place).and_then(Option::as_deref);
        let (base, now, mine) = (pick(picks.0), pick(picks.1), pick(picks.2));
        let (mut buffer, mut room) = (String::new(), String::new());
        let cell = cell_of(field.print(mine, None, &mut buffer), false, &mut room);
        let verdict = merge(&field, &field, &Reading::default(), Exactness::Exact, base, now, cell.as_ref());
        let model = match (mine == base, mine == now, now == base) {
            (true, _, _) => Verdict::Unedited,
            (_, true, _) => Verdict::AlreadySo,
            (_, _, true) => Verdict::Change(mine.map(str::to_owned)),
            _ => Verdict::Conflict(mine.map(str::to_owned)),
        };
        prop_assert_eq!(&verdict, &model);
        prop_assert_eq!(merge_values(base, now, mine), model);
        // A workbook's cell is of the type that Muster wrote, so damage is never in question.
        let of_file = Exactness::Damage(Format::Xlsx);
        prop_assert_eq!(merge(&field, &field, &Reading::default(), of_file, base, now, cell.as_ref()), verdict);
    }

    #[test]
    fn a_text_typed_over_a_text_is_never_damage((kind, stored) in value(), how in 0..8_u8, other in stored_text()) {
        let field = field(kind);
        let typed = if how == 7 { other } else { nearly(&field.shown(Some(&stored), None), how) };
        let cell = Cell::text(B3, &typed);
        // Marks in place of letters may come from a csv file that was saved as a workbook.
        let lost_letters = how == 4 && typed != field.shown(Some(&stored), None);
        // Words that mix scripts are of no language: what became of their letters can't be told from what programs make.
        let shown = field.shown(Some(&stored), None);
        let is_mixed = shown.contains(|letter: char| letter.is_ascii_alphabetic())
            && shown.contains(|letter: char| letter > '\u{24F}');
        if !matches!(kind, Kind::Date | Kind::Number) && !lost_letters && !is_mixed {
            for format in [Format::Xlsx, Format::Ods] {
                prop_assert_eq!(crate::damage::of_cell(&field, &stored, &cell, format, &Reading::default()), None);
            }
        }
        // Whatever the cell, telling its damage ends and breaks nothing.
        for cell_kind in [CellKind::Text, CellKind::Number, CellKind::Boolean, CellKind::Date, CellKind::Error] {
            crate::damage::of_cell(&field, &stored, &Cell { kind: cell_kind, ..cell }, Format::Csv, &Reading::default());
        }
    }

    #[test]
    fn reading_takes_whatever_comes(kind in 0..12_usize, typed in any::<String>(), cell_kind in 0..5_usize, zeros in any::<u8>()) {
        let kinds = [
            Kind::Text, Kind::Number, Kind::Date, Kind::YesNo, Kind::Choice, Kind::Choices, Kind::Email, Kind::Phone,
            Kind::User, Kind::Username, Kind::Status, Kind::Language,
        ];
        let cell_kinds =
            [CellKind::Text, CellKind::Number, CellKind::Date, CellKind::Boolean, CellKind::Error];
        let field = field(kinds[kind]);
        let cell = Cell { kind: cell_kinds[cell_kind], zeros, ..Cell::text(B3, &typed) };
        // What is read is stable: read again from what it shows, it is the same.
        if let Ok(Read::Value(Some(stored))) = field.read(Some(&cell), &Reading::default()) {
            let shown = field.shown(Some(&stored), None);
            let again = field.read(Some(&Cell::text(B3, &shown)), &Reading::default());
            prop_assert_eq!(again, Ok(Read::Value(Some(stored))));
        }
    }

    #[test]
    fn suggestions_are_right((kind, stored) in value(), how in 0..7_u8) {
        let field = field(kind);
        let typed = nearly(&field.shown(Some(&stored), None), how);
        if let Err(wrong) = field.read(Some(&Cell::text(B3, &typed)), &Reading::default()) {
            for suggestion in &wrong.suggestions {
                let read = field.read(Some(&Cell::text(B3, suggestion)), &Reading::default());
                prop_assert!(read.is_ok(), "{typed:?} -> {suggestion:?}: {read:?}");
            }
        }
    }

    #[test]
    fn a_set_is_read_in_any_order(ids in vec(1..=6_u32, 1..8)) {
        let field = field(Kind::Choices);
        let label = |id: &u32| field.choice(&id.to_string()).map(|choice| choice.label.clone()).unwrap_or_default();
        let read = |ids: &[u32]| {
            let typed = ids.iter().map(label).collect::<Vec<_>>().join("; ");
            field.read(Some(&Cell::text(B3, &typed)), &Reading::default())
        };
        let mut sorted = ids.clone();
        sorted.sort_unstable();
        prop_assert_eq!(read(&ids), read(&sorted));
    }

    #[test]
    fn a_key_folds_to_itself((kind, stored) in value(), typed in stored_text()) {
        for text in [stored, typed] {
            let key = Claim::fold(kind, &text);
            prop_assert_eq!(Claim::fold(kind, &key), key.clone());
            prop_assert_eq!(Claim::fold(kind, &format!(" {text} ")), key);
        }
    }

    #[test]
    fn ids_come_back_and_damage_is_seen(number in 0..14_507_145_975_869_u64, place in 2..12_usize, letter in "[2-9B-DF-HJ-NP-TV-Z]") {
        let id = UserId::from_number(number).expect("in range");
        let mut text = id.to_string();
        prop_assert_eq!(text.parse(), Ok(id));
        prop_assert_eq!(id.number(), number);
        if text[place..=place] != letter {
            text.replace_range(place..=place, &letter);
            prop_assert_eq!(text.parse::<UserId>(), Err(IdProblem::Damaged));
        }
    }
}
