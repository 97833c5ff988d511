//! What people and programs do to a csv: nothing of it is lost in silence.

use std::fmt::Write;
use std::io::Cursor;

use workbook::{Batch, Book, Charset, CsvReading, Limits};

/// What reading a file says: its cells, how wide its rows are, and what it tells at its end.
fn told(bytes: &[u8], limits: &Limits, reading: Option<CsvReading>) -> String {
    let mut book = Book::open(Box::new(Cursor::new(bytes.to_vec())), limits).expect("a csv");
    if let Some(reading) = reading {
        book.read_as(reading);
    }
    let mut rows = book.rows(0).expect("its rows");
    let (mut batch, mut told) = (Batch::new(), String::new());
    while rows.fill(&mut batch, 7).expect("readable") {
        for row in batch.iter() {
            let _ = write!(told, "{}/{}:", row.number, row.width().expect("a width"));
            for cell in row.cells() {
                let defect = cell.defect.map(|defect| format!("!{defect:?}")).unwrap_or_default();
                let _ = write!(told, " {}={}{defect}", cell.position, cell.raw.escape_debug());
            }
            told.push('\n');
        }
    }
    if rows.unread() > 0 {
        let _ = writeln!(told, "{} unread", rows.unread());
    }
    if rows.ends_cut() {
        told.push_str("cut\n");
    }
    told
}

#[track_caller]
fn check(text: impl AsRef<[u8]>, expected: &[&str]) {
    let told = told(text.as_ref(), &Limits::default(), None);
    assert_eq!(told.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn the_fields_of_each_row_are_counted() {
    check(
        "a,b,c\n1\n2,,\n3,x,y,z,\n",
        &["1/3: A1=a B1=b C1=c", "2/1: A2=1", "3/3: A3=2", "4/5: A4=3 B4=x C4=y D4=z"],
    );
    check("\"a,b\"\n\"1,\"\"x, y\"\"\"\n", &["1/2: A1=a B1=b", "2/2: A2=1 B2=x, y"]);
    let limits = Limits { columns: 2, ..Limits::default() };
    assert_eq!(
        told(b"a,b,c\n1,2,\n3,4,5,6\n", &limits, None),
        "1/3: A1=a B1=b\n2/3: A2=1 B2=2\n3/4: A3=3 B3=4\n3 unread\n"
    );
}

#[test]
fn a_last_row_without_its_line_end_is_told() {
    check("a,b\n1,2", &["1/2: A1=a B1=b", "2/2: A2=1 B2=2", "cut"]);
    check("a,b\r\n1,\"2\"", &["1/2: A1=a B1=b", "2/2: A2=1 B2=2", "cut"]);
    check("a,b\r1,2\r", &["1/2: A1=a B1=b", "2/2: A2=1 B2=2"]);
    check("a,b", &["1/2: A1=a B1=b"]);
    check("a,b\n1,2\n\n", &["1/2: A1=a B1=b", "2/2: A2=1 B2=2"]);
}

#[test]
fn a_quotation_mark_that_never_closes_swallows_nothing() {
    check(
        "a,b\n1,\"x\n2,y\n3,z\n",
        &["1/2: A1=a B1=b", "2/2: A2=1 B2=\\\"x!OpenQuote", "3/2: A3=2 B3=y", "4/2: A4=3 B4=z"],
    );
    check("\"a,b\n1,2\n", &["1/2: A1=\\\"a!OpenQuote B1=b", "2/2: A2=1 B2=2"]);
    check("a,b\n1,\"x", &["1/2: A1=a B1=b", "2/2: A2=1 B2=\\\"x!OpenQuote", "cut"]);
    // The next mark opens a field of a later row: it can't be what closes this one.
    check(
        "a,b\n1,\"x\n2,\"y, z\"\n3,\"w\"\n",
        &["1/2: A1=a B1=b", "2/2: A2=1 B2=\\\"x!OpenQuote", "3/2: A3=2 B3=y, z", "4/2: A4=3 B4=w"],
    );
    check(
        "a,b\n1,\"x \"\"q\"\"\n2,y\"\"\n",
        &["1/2: A1=a B1=b", "2/2: A2=1 B2=\\\"x \\\"\\\"q\\\"\\\"!OpenQuote", "3/2: A3=2 B3=y\\\"\\\""],
    );
    // Lines inside a field that closes, and marks inside a line, are as they were.
    check("a,b\n1,\"x\ny\"\n2,\"q\"r\n", &["1/2: A1=a B1=b", "2/2: A2=1 B2=x\\ny", "3/2: A3=2 B3=qr"]);
}

#[test]
fn a_quotation_mark_that_never_closes_swallows_nothing_of_a_large_file() {
    let mut text = "a,b\n1,\"x\n".to_owned();
    for row in 2..200_000 {
        let _ = writeln!(text, "{row},some text");
    }
    let told = told(text.as_bytes(), &Limits::default(), None);
    assert_eq!(told.lines().count(), 200_000);
    assert!(told.ends_with("200000/2: A200000=199999 B200000=some text\n"));
    assert_eq!(told.matches("OpenQuote").count(), 1);
}

#[test]
fn broken_bytes_behind_an_open_mark_are_still_told() {
    check(
        b"\xEF\xBB\xBFa,b\n1,\"x\n2,\xFF\n3,\xEF\xBF\xBDz\n",
        &[
            "1/2: A1=a B1=b",
            "2/2: A2=1 B2=\\\"x!OpenQuote",
            "3/2: A3=2 B3=\u{FFFD}!Unreadable",
            "4/2: A4=3 B4=\u{FFFD}z!Unreadable",
        ],
    );
}

#[test]
fn a_space_after_each_comma_is_none_of_the_value() {
    check(
        "a, b, c\n1, \"x, y\", '+49 30\n2, , \n3,   \"q\" , '=1\n4,x, y\n",
        &[
            "1/3: A1=a B1=b C1=c",
            "2/3: A2=1 B2=x, y C2=+49 30",
            "3/3: A3=2",
            "4/3: A4=3 B4=q  C4==1",
            "5/3: A5=4 B5=x C5=y",
        ],
    );
    check("a; b\n1; \"x; y\"\n", &["1/2: A1=a B1=b", "2/2: A2=1 B2=x; y"]);
    // Where the headings have none, a space is the value's; before a quotation mark it never is.
    check(
        "a,b,c\n1, x, '=1\n2, \"x, y\", z\n",
        &["1/3: A1=a B1=b C1=c", "2/3: A2=1 B2= x C2= \\'=1", "3/3: A3=2 B3=x, y C3= z"],
    );
}

#[test]
fn marks_of_the_end_and_the_beginning_of_a_file_are_no_text() {
    let rows = ["1/2: A1=a B1=b", "2/2: A2=1 B2=2"];
    for end in ["\0", "\0\0\0\0", "\u{1A}", "\u{1A}\0\0", "\u{FEFF}", "\r\n\u{1A}"] {
        check(format!("a,b\r\n1,2\r\n{end}"), &rows);
    }
    check(b"a,b\r\n1,2\x1A", &[rows[0], rows[1], "cut"]);
    check(
        "\u{FEFF}a,b\r\n1,2\r\n\u{FEFF}a,b\r\n3,4\r\n",
        &[rows[0], rows[1], "3/2: A3=a B3=b", "4/2: A4=3 B4=4"],
    );
    check("a,b\r\n1,2\r\n\u{1A}\u{FEFF}\"a\",b\r\n", &[rows[0], rows[1], "3/2: A3=a B3=b"]);
    check(
        "a,b\r\n1\u{1A},\u{FEFF}2\r\n\"\u{1A}3\",4\r\n",
        &[rows[0], "2/2: A2=1\\u{1a} B2=\\u{feff}2", "3/2: A3=\\u{1a}3 B3=4"],
    );
}

#[test]
fn one_broken_byte_costs_one_cell() {
    let text = "a,b\nJos\u{e9},M\u{fc}ller\nZo\u{eb},x\n".as_bytes();
    let mut bytes = [text, b"Ren\xE9,y\n"].concat();
    check(
        &bytes,
        &[
            "1/2: A1=a B1=b",
            "2/2: A2=José B2=Müller",
            "3/2: A3=Zoë B3=x",
            "4/2: A4=Ren\u{FFFD}!Unreadable B4=y",
        ],
    );
    // Cut off in the middle of a letter.
    bytes.truncate(text.len() - 4);
    check(&bytes, &["1/2: A1=a B1=b", "2/2: A2=José B2=Müller", "3/1: A3=Zo\u{FFFD}!Unreadable", "cut"]);
    // However late.
    let mut long = "a,b\nJos\u{e9},M\u{fc}ller\n".repeat(40_000).into_bytes();
    long.extend_from_slice(b"Ren\xE9,y\n");
    let told = told(&long, &Limits::default(), None);
    assert_eq!((told.matches("José").count(), told.matches("Unreadable").count()), (40_000, 1));
}

fn readings(bytes: &[u8]) -> Vec<CsvReading> {
    Book::open(Box::new(Cursor::new(bytes.to_vec())), &Limits::default()).expect("a csv").readings()
}

#[test]
fn what_a_file_leaves_open_can_be_read_in_other_ways() {
    for charset in [
        Charset::MacRoman,
        Charset::Dos850,
        Charset::Dos437,
        Charset::Windows1250,
        Charset::Windows1257,
        Charset::Dos852,
        Charset::Iso8859_2,
    ] {
        let bytes = charset.encode("id,name\n1,M\u{fc}ller\n2,\u{c4}gidius\n").expect("letters");
        let found = readings(&bytes);
        let expected = "1/2: A1=id B1=name\n2/2: A2=1 B2=Müller\n3/2: A3=2 B3=Ägidius\n";
        let read = |reading: &CsvReading| told(&bytes, &Limits::default(), Some(*reading)) == expected;
        assert!(found.iter().any(read), "{charset}: {found:?}");
        assert_eq!(told(&bytes, &Limits::default(), None), told(&bytes, &Limits::default(), Some(found[0])));
    }
}

#[test]
fn what_leaves_no_choice_has_one_reading() {
    for text in
        ["a,b\n1,x\n", "\u{FEFF}a,b\n1,\u{e9};\n", "sep=;\na;b\n1;\u{e9}\n", "a;b\n1;x\n2;1,5\n", "a\n1\n"]
    {
        assert_eq!(readings(text.as_bytes()), [], "{text}");
    }
    assert_eq!(readings(b"\xEF\xBB\xBFa,b\n\xFF,c\n"), []);
}

#[test]
fn a_separator_may_be_open_too() {
    let text = "a;b;c\n1;2,5;x\n2;3,5;y\n3;4,5;z\n";
    let found = readings(text.as_bytes());
    let commas = CsvReading { charset: Charset::Utf8, separator: b',' };
    assert_eq!(found, [CsvReading { separator: b';', ..commas }, commas]);
    let told = told(text.as_bytes(), &Limits::default(), Some(commas));
    assert!(told.starts_with("1/1: A1=a;b;c\n2/2: A2=1;2 B2=5;x\n"), "{told}");
}
