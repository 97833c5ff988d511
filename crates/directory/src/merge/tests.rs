//! The merge as data: base, now and mine on one line each, and what comes of them.

use workbook::{Cell, CellDate, Defect, Format, Kind as CellKind, Position};

use crate::{Choice, Code, Damage, Exactness, Field, FieldNumber, Kind, Reading, Verdict, create, merge};

const EXACT: Exactness = Exactness::Exact;
const XLSX: Exactness = Exactness::Damage(Format::Xlsx);
const CSV: Exactness = Exactness::Damage(Format::Csv);

fn field(kind: Kind) -> Field {
    let mut field = Field::new(FieldNumber(101), "own", "Own", kind);
    let labels = [(1, "Finance", false), (2, "Sales", false), (3, "Typing pool", true)];
    field.choices = labels
        .map(|(id, label, retired)| Choice { id, label: label.to_owned(), former: Vec::new(), retired })
        .into();
    field
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn text(raw: &str) -> Option<Cell<'_>> {
    some(raw).map(|raw| Cell::text(Position { row: 3, column: 2 }, raw))
}

/// In words: `unedited`, `kept`, `already`, `change X`, `conflict X`, `login X`, or the code of what is wrong.
fn words(verdict: Verdict) -> String {
    match verdict {
        Verdict::Unedited => "unedited".to_owned(),
        Verdict::Kept(_) => "kept".to_owned(),
        Verdict::AlreadySo => "already".to_owned(),
        Verdict::Change(value) => format!("change {}", value.unwrap_or_default()),
        Verdict::Conflict(value) => format!("conflict {}", value.unwrap_or_default()),
        Verdict::Login(login) => format!("login {login}"),
        Verdict::Wrong(wrong) => wrong.code.word().to_owned(),
    }
}

fn merged(field: &Field, exactness: Exactness, base: &str, now: &str, mine: Option<Cell<'_>>) -> String {
    words(merge(field, field, &Reading::default(), exactness, some(base), some(now), mine.as_ref()))
}

fn check(kind: Kind, base: &str, now: &str, mine: &str, expected: &str) {
    for exactness in [EXACT, XLSX, CSV] {
        assert_eq!(
            merged(&field(kind), exactness, base, now, text(mine)),
            expected,
            "{kind:?} {base}|{now}|{mine}"
        );
    }
}

#[test]
fn the_table_of_the_merge() {
    check(Kind::Text, "Ann", "Ann", "Ann", "unedited");
    check(Kind::Text, "Ann", "Bob", "Ann", "unedited");
    check(Kind::Text, "Ann", "Ann", "Bob", "change Bob");
    check(Kind::Text, "Ann", "Bob", "Bob", "already");
    check(Kind::Text, "Ann", "Bob", "Cid", "conflict Cid");
    check(Kind::Text, "", "", "", "unedited");
    check(Kind::Text, "", "", "Ann", "change Ann");
    check(Kind::Text, "Ann", "Ann", "", "change ");
    check(Kind::Text, "Ann", "", "", "already");
    check(Kind::Text, "Ann", "Bob", "", "conflict ");
    check(Kind::Text, "", "Bob", "Cid", "conflict Cid");
}

#[test]
fn values_are_compared_as_they_are_meant() {
    check(Kind::Text, "Ann", "Ann", " Ann\u{a0}", "unedited");
    check(Kind::Text, "", "", " \u{200b}", "unedited");
    check(Kind::Text, "Zoë", "Zoë", "Zoe\u{308}", "unedited");
    check(Kind::Text, "Ann", "Ann", "ann", "change ann");
    check(Kind::Email, "ann@example.com", "ann@example.com", "Ann@example.com", "change Ann@example.com");
    check(Kind::Choices, "1;2", "1;2", "Sales; Finance", "unedited");
    check(Kind::Choices, "1;2", "1;2", "sales", "change 2");
    check(Kind::Choices, "1", "1", ";", "change ");
    check(Kind::Choice, "1", "1", "FINANCE", "unedited");
    check(Kind::YesNo, "yes", "yes", "true", "unedited");
    check(Kind::Status, "active", "active", "Inactive", "change inactive");
    check(Kind::Number, "12.5", "12.5", "12,50", "unedited");
    check(Kind::Date, "2026-11-22", "2026-11-22", "22/11/2026", "unedited");
    check(Kind::Language, "en-GB", "en-GB", "en_gb", "unedited");
    check(Kind::Phone, "+442079460123", "+442079460123", "020 7946 0123", "unedited");
    check(Kind::User, "U-2222222222", "", "ann@example.com", "login ann@example.com");
}

#[test]
fn an_unedited_cell_is_never_judged() {
    let strict = Field {
        read_only: true,
        required: true,
        max_length: Some(1),
        pattern: Some("[0-9]".into()),
        ..field(Kind::Text)
    };
    for (base, mine) in [
        ("Ann", "Ann"),
        ("", ""),
        ("Ann", "Ann "),
        ("=1+1", "=1+1"),
        ("a\u{202e}b", "a\u{202e}b"),
        ("1E+11", "1E+11"),
    ] {
        assert_eq!(merged(&strict, EXACT, base, "Bob", text(mine)), "unedited", "{base}");
    }
    check(Kind::Choice, "3", "3", "Typing pool", "unedited");
    check(Kind::Email, "not an email", "x", "not an email ", "unedited");
    let retired = Field { retired: true, ..field(Kind::Text) };
    assert_eq!(merged(&retired, EXACT, "Ann", "Ann", text("Bob")), "unedited");
}

#[test]
fn an_edited_cell_is_judged_by_the_rules_of_today() {
    let required = Field { required: true, ..field(Kind::Text) };
    assert_eq!(merged(&required, EXACT, "Ann", "Ann", None), "required");
    assert_eq!(merged(&required, EXACT, "Ann", "", None), "already");
    let read_only = Field { read_only: true, ..field(Kind::Text) };
    assert_eq!(merged(&read_only, EXACT, "Ann", "Ann", text("Bob")), "read_only");
    assert_eq!(merged(&read_only, EXACT, "Ann", "Bob", text("Bob")), "already");
    assert_eq!(merged(&read_only, XLSX, "007", "007", number("7").as_ref().copied()), "kept");
    let short = Field { max_length: Some(3), ..field(Kind::Text) };
    assert_eq!(merged(&short, EXACT, "", "", text("Zoë")), "change Zoë");
    assert_eq!(merged(&short, EXACT, "", "", text("Anna")), "too_long");
    let shaped = Field { pattern: Some("[0-9]{5}".into()), ..field(Kind::Text) };
    assert_eq!(merged(&shaped, EXACT, "", "", text("00123")), "change 00123");
    assert_eq!(merged(&shaped, EXACT, "", "", text("123")), "pattern");
    check(Kind::Choice, "1", "1", "Typing pool", "not_a_choice");
    check(Kind::Choice, "1", "1", "Fianance", "not_a_choice");
    check(Kind::Email, "", "", "ann", "not_an_email");
    check(Kind::Text, "Ann", "Ann", "=A1", "formula_as_text");
    check(Kind::Number, "1", "1", "=A1", "formula_as_text");
    check(Kind::Text, "Ann", "Ann", "An\u{202e}n", "bidi_control");
    check(Kind::Text, "", "", "4.47E+11", "number_precision");
}

fn number(raw: &str) -> Option<Cell<'_>> {
    text(raw).map(|cell| Cell { kind: CellKind::Number, ..cell })
}

#[test]
fn damage_counts_as_the_base_in_files_that_tell_their_revision() {
    let own = field(Kind::Text);
    assert_eq!(merged(&own, XLSX, "00123", "00123", number("123")), "kept");
    assert_eq!(merged(&own, XLSX, "00123", "999", number("123")), "kept");
    assert_eq!(merged(&own, EXACT, "00123", "00123", number("123")), "change 123");
    assert_eq!(merged(&own, XLSX, "00123", "00123", text("123")), "change 123");
    assert_eq!(merged(&own, CSV, "00123", "00123", text("123")), "kept");
    assert_eq!(merged(&own, XLSX, "00123", "00123", number("124")), "change 124");
    let zeros = number("123").map(|cell| Cell { zeros: 5, ..cell });
    assert_eq!(merged(&own, XLSX, "00123", "00123", zeros), "unedited");
    assert_eq!(merged(&own, XLSX, "12345678901234567", "x", number("12345678901234500")), "kept");
    let verdict = merge(&own, &own, &Reading::default(), CSV, Some("Zoë"), None, text("Zo?").as_ref());
    assert_eq!(verdict, Verdict::Kept(Damage::CodePage));
    assert_eq!(merged(&field(Kind::Choice), CSV, "1", "1", text("Financ?")), "not_a_choice");
}

#[test]
fn cells_that_are_wrong_as_such_are_told_whatever_the_base() {
    let defect = |defect| text("x").map(|cell| Cell { defect: Some(defect), ..cell });
    let own = field(Kind::Text);
    assert_eq!(merged(&own, XLSX, "x", "x", defect(Defect::FormulaWithoutValue)), "formula_without_value");
    assert_eq!(merged(&own, XLSX, "", "", defect(Defect::ErrorValue)), "formula_error");
    let time = text("0.5").map(|cell| Cell { kind: CellKind::Date, ..cell });
    assert_eq!(merged(&field(Kind::Date), XLSX, "2026-11-22", "2026-11-22", time), "not_a_date");
    let date = Some(CellDate { year: 2026, month: 11, day: 22 });
    let day = text("46348").map(|cell| Cell { kind: CellKind::Date, date, ..cell });
    assert_eq!(merged(&field(Kind::Date), XLSX, "2026-11-22", "x", day), "unedited");
    assert_eq!(merged(&field(Kind::Date), XLSX, "2026-11-21", "2026-11-21", day), "change 2026-11-22");
}

#[test]
fn labels_are_read_by_the_download_then_by_today() {
    let before = field(Kind::Choice);
    let mut after = before.clone();
    after.choices[0].label = "Money".to_owned();
    after.choices[0].former = vec!["Finance".to_owned()];
    let check = |base: &str, mine: &str, expected: &str| {
        let verdict =
            merge(&before, &after, &Reading::default(), XLSX, some(base), some(base), text(mine).as_ref());
        assert_eq!(words(verdict), expected, "{base} {mine}");
    };
    check("1", "Finance", "unedited");
    check("1", "Money", "unedited");
    check("2", "Finance", "change 1");
    check("2", "money", "change 1");
    check("2", "Sales", "unedited");
}

#[test]
fn a_new_user_is_judged_in_every_cell() {
    let required = Field { required: true, ..field(Kind::Text) };
    let check = |field: &Field, mine: &str, expected: &str| {
        assert_eq!(words(create(field, &Reading::default(), text(mine).as_ref())), expected);
    };
    check(&required, "Ann", "change Ann");
    check(&required, " ", "required");
    check(&field(Kind::Text), "", "unedited");
    check(&field(Kind::User), "ann", "login ann");
    assert_eq!(Code::Required.word(), "required");
}

#[test]
fn error_words_are_errors_wherever_they_are_not_the_value() {
    for kind in [Kind::Text, Kind::Number, Kind::Date, Kind::YesNo, Kind::Email, Kind::Phone, Kind::User] {
        for word in ["#N/A", "#BEZUG!", "#¿NOMBRE?", "Err:502"] {
            check(kind, "", "", word, "formula_error");
            let verdict = create(&field(kind), &Reading::default(), text(word).as_ref());
            assert_eq!(words(verdict), "formula_error", "{kind:?} {word}");
        }
    }
    check(Kind::Text, "Ann", "Ann", " #REF! ", "formula_error");
    check(Kind::Text, "#N/A", "#N/A", "#N/A", "unedited");
    check(Kind::Text, "#N/A", "Ann", " #N/A", "unedited");
    check(Kind::Text, "Ann", "#N/A", "#N/A", "already");
    check(Kind::Text, "#N/A", "#N/A", "#REF!", "formula_error");
    check(Kind::Text, "Ann", "Ann", "#HR", "change #HR");
    let choice = |label: &str| Choice { id: 1, label: label.to_owned(), former: Vec::new(), retired: false };
    let named = Field { choices: vec![choice("#N/A")], ..field(Kind::Choice) };
    assert_eq!(merged(&named, CSV, "", "", text("#N/A")), "change 1");
    assert_eq!(merged(&named, CSV, "", "", text("#REF!")), "formula_error");
}
