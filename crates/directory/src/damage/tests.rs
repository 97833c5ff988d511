//! What spreadsheets do to cells, as data: what Muster wrote, what stands in the file, which damage that is.

use workbook::{
    Cell, CellDate, Column, Content, Format, Kind as CellKind, Layout, Position, Printed, SheetNames, Writer,
};

use crate::damage::of_cell;
use crate::{Damage, Field, FieldNumber, Kind, Reading};
use Damage::{Boolean, CodePage, DateFormat, Decimal, Digits, LeadingZeros, Mark, Plus, TextToDate};

fn field(kind: Kind) -> Field {
    Field::new(FieldNumber(101), "own", "Own", kind)
}

fn cell(kind: CellKind, raw: &str) -> Cell<'_> {
    Cell { kind, ..Cell::text(Position { row: 3, column: 2 }, raw) }
}

fn csv(kind: Kind, base: &str, raw: &str, expected: Option<Damage>) {
    assert_eq!(
        of_cell(&field(kind), base, &cell(CellKind::Text, raw), Format::Csv, &Reading::default()),
        expected,
        "csv {base} -> {raw}"
    );
}

fn xlsx(kind: Kind, base: &str, mine: Cell<'_>, expected: Option<Damage>) {
    for format in [Format::Xlsx, Format::Ods] {
        assert_eq!(
            of_cell(&field(kind), base, &mine, format, &Reading::default()),
            expected,
            "{format:?} {base} -> {mine:?}"
        );
    }
}

fn number(raw: &str) -> Cell<'_> {
    cell(CellKind::Number, raw)
}

fn date(year: i16, month: i8, day: i8) -> Cell<'static> {
    Cell { date: Some(CellDate { year, month, day }), ..cell(CellKind::Date, "46082") }
}

#[test]
fn texts_of_digits_become_numbers() {
    xlsx(Kind::Text, "00123", number("123"), Some(LeadingZeros));
    xlsx(Kind::Text, "00123", number("124"), None);
    xlsx(Kind::Text, "007.50", number("7.5"), Some(LeadingZeros));
    xlsx(Kind::Text, "1.0", number("1"), Some(Decimal));
    xlsx(Kind::Text, "12.50", number("12.5"), Some(Decimal));
    xlsx(Kind::Text, "1,5", number("1.5"), Some(Decimal));
    xlsx(Kind::Text, "5%", number("0.05"), Some(Decimal));
    xlsx(Kind::Text, "1E5", number("100000"), Some(Digits));
    xlsx(Kind::Text, "12345678901234567", number("12345678901234500"), Some(Digits));
    xlsx(Kind::Text, "12345678901234567", number("1.2345678901234568E+16"), Some(Digits));
    xlsx(Kind::Text, "12345678901234567", number("12345678901235500"), None);
    xlsx(Kind::Text, "0012345678901234567", number("12345678901234500"), Some(Digits));
    xlsx(Kind::Text, "2026-01-02", number("46024"), Some(TextToDate));
    xlsx(Kind::Text, "1/2", number("36893"), Some(TextToDate));
    xlsx(Kind::Text, "1/2", number("36894"), None);
    xlsx(Kind::Text, "Room 12", number("46024"), None);
    xlsx(Kind::Phone, "+441632960123", number("441632960123"), Some(Plus));
    xlsx(Kind::Phone, "+441632960123", number("441632960124"), None);
    csv(Kind::Text, "00123", "123", Some(LeadingZeros));
    csv(Kind::Text, "00123", "1230", None);
    csv(Kind::Text, "00123", "", None);
    csv(Kind::Text, "12.50", "12,5", Some(Decimal));
    csv(Kind::Text, "447700900123", "4.47701E+11", Some(Digits));
    csv(Kind::Text, "447700900123", "4,47701E+11", Some(Digits));
    csv(Kind::Text, "447700900123", "4.47702E+11", None);
    csv(Kind::Phone, "+447700900123", "4.47701E+11", Some(Digits));
    csv(Kind::Phone, "+447700900123", "447700900123", Some(Plus));
    csv(Kind::Text, "12345678901234567", "1.23457E+16", Some(Digits));
    csv(Kind::Text, "12345678901234567", "12345678901234500", Some(Digits));
    csv(Kind::Text, "5%", "5.00%", Some(Decimal));
    csv(Kind::Text, "£5", "$5.00", Some(Decimal));
    csv(Kind::Text, "(5)", "-5", Some(Decimal));
    csv(Kind::Text, "0 1/2", "1/2", Some(Decimal));
    xlsx(Kind::Text, "£5", number("5"), Some(Decimal));
    xlsx(Kind::Text, "5-", number("-5"), Some(Decimal));
    xlsx(Kind::Text, "1 1/2", number("1.5"), Some(Decimal));
    xlsx(Kind::Text, "0 1/3", number("0.33333333333333331"), Some(Decimal));
    xlsx(Kind::Text, "£5", number("6"), None);
    csv(Kind::Username, "0042", "42", Some(LeadingZeros));
}

#[test]
fn a_text_typed_over_a_text_is_an_edit() {
    for (base, raw) in [
        ("00123", "123"),
        ("MAR1", "1 March 2026"),
        ("true", "TRUE"),
        ("+441632960123", "441632960123"),
        ("Zoë", "Zo??"),
    ] {
        xlsx(Kind::Text, base, cell(CellKind::Text, raw), None);
    }
    xlsx(Kind::Date, "2026-11-22", date(2026, 11, 23), None);
    xlsx(Kind::Date, "2026-11-22", date(2022, 11, 21), Some(DateFormat));
    xlsx(Kind::Date, "2026-11-22", date(2030, 11, 23), Some(DateFormat));
    xlsx(Kind::Date, "2026-11-22", date(2030, 11, 22), None);
    xlsx(Kind::Date, "2026-11-22", date(2022, 11, 23), None);
    xlsx(Kind::Number, "46348", number("46349"), None);
}

#[test]
fn dates_are_written_in_other_ways() {
    for raw in [
        "22/11/2026",
        "11/22/2026",
        "22.11.2026",
        "22-11-2026",
        "22/11/26",
        "11/22/26",
        "22.11.26",
        "26-11-22",
        "22-Nov-26",
        "22. Nov. 2026",
        "22 November 2026",
        "November 22, 2026",
        "2026/11/22",
        "20261122",
        "22/11/2026 00:00:00",
        "46348",
        "44886",
        "46348.0",
    ] {
        csv(Kind::Date, "2026-11-22", raw, Some(DateFormat));
        xlsx(Kind::Date, "2026-11-22", cell(CellKind::Text, raw), Some(DateFormat));
    }
    csv(Kind::Date, "2026-04-05", "05/04/2026", Some(DateFormat));
    csv(Kind::Date, "2026-04-05", "04/05/2026", Some(DateFormat));
    csv(Kind::Date, "1925-04-05", "05/04/25", Some(DateFormat));
    xlsx(Kind::Date, "2026-11-22", number("46348"), Some(DateFormat));
    xlsx(Kind::Date, "2026-11-22", number("44886"), Some(DateFormat));
    for raw in ["23/11/2026", "22/12/2026", "22/11/2025", "46349", "", "22/11", "soon"] {
        csv(Kind::Date, "2026-11-22", raw, None);
        xlsx(Kind::Date, "2026-11-22", cell(CellKind::Text, raw), None);
    }
    xlsx(Kind::Date, "2026-11-22", number("46349"), None);
}

#[test]
fn texts_become_dates_and_times() {
    for (text, year, month, day) in [
        ("MAR1", 2026, 3, 1),
        ("SEPT2", 2025, 9, 2),
        ("MAR-21", 2021, 3, 1),
        ("1-2", 2026, 2, 1),
        ("1-2", 2026, 1, 2),
        ("1/2", 2024, 1, 2),
        ("12/2026", 2026, 12, 1),
        ("2026-12", 2026, 12, 1),
        ("3.4.1", 2001, 4, 3),
        ("1/2/2026", 2026, 2, 1),
    ] {
        xlsx(Kind::Text, text, date(year, month, day), Some(TextToDate));
    }
    xlsx(Kind::Text, "1-2", date(2026, 3, 1), None);
    xlsx(Kind::Text, "MAR-21", date(2022, 3, 1), None);
    xlsx(Kind::Text, "Ann", date(2026, 3, 1), None);
    xlsx(Kind::Text, "1-2-3-4", date(2026, 1, 2), None);
    for (text, raw) in [
        ("MAR1", "01-Mar"),
        ("MAR1", "01/03/26"),
        ("MAR1", "2026-03-01"),
        ("MAR1", "3/1/2026"),
        ("1-2", "01-Feb"),
        ("1-2", "02-Jan"),
        ("1-2", "01.02.2026"),
        ("1-2", "1. Feb"),
        // Read in one locale and written in another.
        ("1-2", "02/01/26"),
        ("1.5.26", "05/01/26"),
        ("22-11-2026", "11/22/26"),
        ("May 5", "05/01/05"),
        ("2026-11-22 10:30", "2026-11-22 10:30:00"),
        ("2026-11-22 10:30", "22/11/2026"),
        ("1/2/2026", "01/02/2026"),
        ("1/2/2026", "2026-02-01"),
        ("MAR-21", "Mar 21"),
        ("1:30", "01:30:00"),
        ("1:30 PM", "13:30"),
    ] {
        csv(Kind::Text, text, raw, Some(TextToDate));
    }
    for (text, raw) in
        [("1-2", "2-1"), ("1-2", "1-3"), ("1/2/2026", "2/1/2026"), ("MAR1", "02-Mar"), ("1:30", "1:31")]
    {
        csv(Kind::Text, text, raw, None);
    }
    csv(Kind::Number, "1.5", "01. Mai", Some(TextToDate));
    xlsx(Kind::Text, "1:30", number("0.0625"), Some(TextToDate));
    xlsx(Kind::Text, "1:30", cell(CellKind::Date, "0.0625"), Some(TextToDate));
    xlsx(Kind::Text, "1:30", number("0.07"), None);
    xlsx(Kind::Text, "25:10", number("1.04861111111111"), Some(TextToDate));
    xlsx(Kind::Text, "25:10", cell(CellKind::Date, "PT25H10M00S"), Some(TextToDate));
    xlsx(Kind::Text, "25:10", cell(CellKind::Date, "PT01H10M00S"), None);
    csv(Kind::Text, "25:10", "25:10:00", Some(TextToDate));
    xlsx(Kind::Text, "1:30", cell(CellKind::Date, "PT01H30M00S"), Some(TextToDate));
}

#[test]
fn booleans_numbers_and_letters_change_their_form() {
    xlsx(Kind::Text, "true", cell(CellKind::Boolean, "1"), Some(Boolean));
    xlsx(Kind::Text, "TRUE", cell(CellKind::Boolean, "0"), None);
    csv(Kind::Text, "true", "TRUE", Some(Boolean));
    csv(Kind::Text, "true", "WAHR", Some(Boolean));
    csv(Kind::Text, "false", "0", Some(Boolean));
    csv(Kind::Text, "false", "TRUE", None);
    csv(Kind::Number, "1.234", "1,234", Some(Decimal));
    csv(Kind::Number, "1234", "1.234,00", Some(Decimal));
    csv(Kind::Number, "447700900123", "4.47701E+11", Some(Digits));
    csv(Kind::Number, "12.5", "12.6", None);
    csv(Kind::Number, "1.234", "1234", Some(Decimal));
    csv(Kind::Number, "1.234", "12340", None);
    csv(Kind::Number, "12.5", "###", Some(Digits));
    csv(Kind::Date, "2026-11-22", "########", Some(DateFormat));
    csv(Kind::Text, "1.234", "1234", Some(Decimal));
    xlsx(Kind::Text, "1.234", number("1234"), Some(Decimal));
    csv(Kind::Number, "-0.001", "-1", Some(Decimal));
    csv(Kind::Number, "-0.01", "-1", None);
    xlsx(Kind::Text, "true", cell(CellKind::Boolean, "true"), Some(Boolean));
    xlsx(Kind::Number, "1234", cell(CellKind::Text, "1,234"), Some(Decimal));
    csv(Kind::Text, "Zoë", "Zo?", Some(CodePage));
    // As Excel of the Macintosh writes them; and a sheet that was saved as a workbook after that.
    csv(Kind::Text, "Tõnu Mägi", "T_nu Mägi", Some(CodePage));
    csv(Kind::Text, "李小龙", "___", Some(CodePage));
    csv(Kind::Text, "Tonu", "T_nu", None);
    xlsx(Kind::Text, "Zoë", cell(CellKind::Text, "Zo?"), Some(CodePage));
    xlsx(Kind::Text, "Łukasz", cell(CellKind::Text, "_ukasz"), Some(CodePage));
    csv(Kind::Phone, "+447700900123", "4.47701E+11", Some(Digits));
    xlsx(Kind::Phone, "+447700900123", cell(CellKind::Text, "4.47701E+11"), Some(Digits));
    xlsx(Kind::Phone, "+447700900123", cell(CellKind::Number, "447701000000"), None);
    csv(Kind::Phone, "+447700900123", "4.47702E+11", None);
    // As countries write: signs before numbers, other digits, other calendars, times with a point.
    csv(Kind::Text, "5%", "%5,00", Some(Decimal));
    csv(Kind::Text, "0.10", "0٫1", Some(Decimal));
    csv(Kind::Text, "12", "١٢", Some(Decimal));
    csv(Kind::Text, "12", "١٣", None);
    csv(Kind::Text, "1E5", "1٫00E+05", Some(Digits));
    csv(Kind::Text, "3/4", "3月4日", Some(TextToDate));
    csv(Kind::Text, "3/4", "3月5日", None);
    csv(Kind::Text, "1/2/2026", "١٤٤٧/٠٨/١٤", Some(TextToDate));
    csv(Kind::Text, "1/2/2026", "١٤٤٧/٠٩/١٤", None);
    csv(Kind::Date, "2026-04-03", "١٤٤٧/١٠/١٥", Some(DateFormat));
    xlsx(Kind::Number, "7.5", cell(CellKind::Date, "0.295138888888889"), Some(TextToDate));
    xlsx(Kind::Number, "7.5", cell(CellKind::Date, "0.3"), None);
    csv(Kind::Text, "李小龙", "???", Some(CodePage));
    csv(Kind::Text, "a𠮷b", "a??b", Some(CodePage));
    csv(Kind::Text, "a𠮷b", "a?b", Some(CodePage));
    csv(Kind::Text, "𠮷田", "??", Some(CodePage));
    csv(Kind::Text, "𠮷田", "???", Some(CodePage));
    csv(Kind::Text, "𠮷田", "?田", Some(CodePage));
    csv(Kind::Text, "𠮷?田", "???", Some(CodePage));
    csv(Kind::Text, "𠮷𠮷 𠮷", "???? ??", Some(CodePage));
    csv(Kind::Text, "𠮷田", "?", None);
    csv(Kind::Text, "𠮷田", "?????", None);
    csv(Kind::Text, "𠮷田", "?a", None);
    csv(Kind::Text, "Zoë", "Zo??", None);
    csv(Kind::Text, "Zoe", "Zo?", None);
    csv(Kind::Text, "Zoë", "Z?ë", None);
    csv(Kind::User, "U-2222222222", "?", None);
}

#[test]
fn formats_and_tricks_of_csv_are_no_edits() {
    for (base, raw, expected) in [
        ("12.5", "$12.50", Some(Decimal)),
        ("-12.5", "(12.50)", Some(Decimal)),
        ("1234.5", "1.234,50 €", Some(Decimal)),
        ("0.75", "75%", Some(Decimal)),
        ("75", "75%", None),
        ("12.5", "$12.60", None),
        ("12.5", "=\"12.5\"", Some(Mark)),
    ] {
        csv(Kind::Number, base, raw, expected);
    }
    csv(Kind::Text, "0099", "=\"0099\"", Some(Mark));
    csv(Kind::Text, "0099", "=\"0098\"", None);
    xlsx(Kind::Text, "0099", cell(CellKind::Text, "=\"0099\""), None);
}

#[test]
fn the_mark_of_csv_stays_before_a_text() {
    for base in ["+441632960123", "=1+1", "-5", "@home", "'=1", "''-"] {
        let marked = format!("'{base}");
        xlsx(Kind::Text, base, cell(CellKind::Text, &marked), Some(Mark));
        xlsx(Kind::Text, base, cell(CellKind::Text, &format!("{marked}1")), None);
        xlsx(Kind::Text, base, cell(CellKind::Text, &format!("'{marked}")), None);
        // Reading csv takes one mark away, so one that is left is an edit.
        csv(Kind::Text, base, &marked, None);
        csv(Kind::Text, &marked, base, Some(Mark));
    }
    // The `'` that begins a text is taken for a mark too; only the first. What was csv may have been saved in another format.
    for base in ["'s Gravenhage", "'t Hart", "'00123", "''x"] {
        csv(Kind::Text, base, &base[1..], Some(Mark));
        xlsx(Kind::Text, base, cell(CellKind::Text, &base[1..]), Some(Mark));
    }
    csv(Kind::Text, "'t Hart", "t Harte", None);
    csv(Kind::Text, "''x", "x", None);
    csv(Kind::Text, "’t Hart", "t Hart", None);
    for (base, mine) in [("'t Hart", "T Hart"), ("'", ""), ("t Hart", "'t Hart"), ("''x", "x")] {
        xlsx(Kind::Text, base, cell(CellKind::Text, mine), None);
    }
    xlsx(Kind::Phone, "+441632960123", cell(CellKind::Text, "'+441632960123"), Some(Mark));
    // Csv has no mark before these.
    for base in ["Ann", "5", "'s Gravenhage", "'", "a=b"] {
        xlsx(Kind::Text, base, cell(CellKind::Text, &format!("'{base}")), None);
    }
    xlsx(Kind::Number, "-5", cell(CellKind::Text, "'-5"), None);
}

/// The rule stands in two crates: what the writer of csv marks must be what is looked for here.
#[test]
fn the_mark_is_the_one_that_the_writer_of_csv_puts() {
    let layout = Layout {
        sheets: SheetNames::default(),
        columns: vec![text_column()],
        frozen: 1,
        instructions: Vec::new(),
    };
    for text in [
        "=a", "+a", "-a", "@a", "\ta", "\ra", "\na", "\0a", "'=a", "''@", "a", "'a", "'", "''", "a=", "#a",
        "%a",
    ] {
        let mut writer = Writer::start(Vec::new(), Format::Csv, &layout).expect("a layout");
        writer.row(&[Printed::Text(text)]).expect("written");
        let written = writer.finish().expect("finished");
        let marked = format!("'{text}");
        let is_marked = String::from_utf8_lossy(&written).contains(&marked);
        assert_eq!(crate::damage::is_marked_in_csv(text), is_marked, "{text:?}");
    }
}

fn text_column() -> Column {
    Column {
        title: "Own".to_owned(),
        key: "own".to_owned(),
        width: 10,
        content: Content::Text,
        fixed: false,
        read_only: false,
        required: false,
        unique: false,
        max_length: None,
        help: None,
    }
}
