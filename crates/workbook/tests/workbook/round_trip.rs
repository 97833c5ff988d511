//! read(write(rows)) = rows, for every format and every text that Unicode has.

use proptest::prelude::*;
use workbook::{CellDate, Format, Kind, Position, Printed};

use crate::book::{full, read, texts, write};

const FORMATS: [Format; 3] = [Format::Xlsx, Format::Csv, Format::Ods];

/// Texts that are hard on purpose, and any others.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "'",
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "\r\n",
        "\0",
        "\u{1}",
        "_x000D_",
        "_x",
        "_",
        "_x0123",
        "&amp;",
        "<",
        "]]>",
        "\"",
        ",",
        ";",
        "|",
        " ",
        "\u{a0}",
        "\u{200b}",
        "\u{feff}",
        "\u{fffe}",
        "\u{ffff}",
        "\u{7f}",
        "\u{85}",
        "\u{2028}",
        "e\u{301}",
        "\u{1F468}\u{200D}\u{1F469}",
        "0123",
        "1e5",
        "TRUE",
        "sep=",
        "<?xml",
        "&",
        "&#10;",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(pieces, 0..6).prop_map(|pieces| pieces.concat()),
        prop::collection::vec(any::<char>(), 0..4).prop_map(|characters| characters.into_iter().collect()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_text(rows in prop::collection::vec(prop::collection::vec(text(), 1..4), 0..8)) {
        for format in FORMATS {
            let printed: Vec<Vec<_>> =
                rows.iter().map(|row| row.iter().map(|text| Printed::Text(text)).collect()).collect();
            let bytes = write(format, &texts(3), &printed);
            let found: Vec<_> = read(&bytes).into_iter().skip(2).collect();
            let expected: Vec<_> = rows.iter().zip(3..).filter_map(|(row, number)| {
                let cells: Vec<_> = row.iter().zip(1..).filter(|(text, _)| !text.is_empty()).map(|(text, column)| {
                    (Position { row: number, column }.to_string(), Kind::Text, text.clone())
                }).collect();
                (!cells.is_empty()).then_some((number, cells))
            }).collect();
            prop_assert_eq!(found, expected, "{:?}", format);
        }
    }
}

fn check(format: Format, expected: [(Kind, &str); 5]) {
    let date = |year, month, day| Printed::Date(CellDate { year, month, day });
    let row = vec![
        Printed::Text("U-7K3QX9M2PD"),
        Printed::Number("-12.50"),
        date(2026, 11, 22),
        date(1815, 12, 10),
        Printed::Number("12345678901234567890"),
    ];
    let bytes = write(format, &texts(5), &[row]);
    let found = read(&bytes).pop().expect("a row").1;
    // The columns are text columns: what matters here is how the value came back.
    let found: Vec<_> = found.iter().map(|(_, kind, shown)| (*kind, shown.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn values_of_other_types() {
    let text = |shown| (Kind::Text, shown);
    let long = "12345678901234567890";
    check(
        Format::Xlsx,
        [
            text("U-7K3QX9M2PD"),
            (Kind::Number, "-12.50"),
            (Kind::Number, "46348"),
            text("1815-12-10"),
            text(long),
        ],
    );
    check(
        Format::Csv,
        [text("U-7K3QX9M2PD"), text("-12.50"), text("2026-11-22"), text("1815-12-10"), text(long)],
    );
}

#[test]
fn dates_come_back_from_date_columns() {
    let date = Printed::Date(CellDate { year: 2026, month: 11, day: 22 });
    let row = vec![
        Printed::Text("U-1"),
        Printed::Empty,
        Printed::Empty,
        date,
        Printed::Text("Berlin"),
        Printed::Number("7"),
    ];
    let found = read(&write(Format::Xlsx, &full(), &[row]));
    let cells = &found[2].1;
    assert_eq!(
        cells.iter().map(|(name, kind, shown)| format!("{name} {kind:?} {shown}")).collect::<Vec<_>>(),
        ["A3 Text U-1", "D3 Date 2026-11-22", "E3 Text Berlin", "F3 Number 7"]
    );
    assert_eq!(found[1].1[0].2, "user_id@acme.482.k3");
}
