//! Red cells and the notes on them: what the standard asks of their parts, and that they change nothing of what is read back.

use std::collections::BTreeMap;
use std::io::Cursor;

use workbook::{Format, Mark, Printed, Writer};

use crate::book::{full, read, texts, write, write_marked};
use crate::standard::{parts, values};

const NOTE: &str = "Email/Username is already in use.\n Row 7 has it too.";

fn rows() -> Vec<(Vec<Printed<'static>>, Vec<Mark<'static>>)> {
    let mark = |column, note| Mark { column, note };
    vec![
        (["U-1", "Ada", "ada@example.com"].map(Printed::Text).to_vec(), vec![mark(3, Some(NOTE))]),
        (["U-2", "Bob"].map(Printed::Text).to_vec(), vec![mark(3, Some("Empty")), mark(2, None)]),
        (["U-3", "=1+1", "c@example.com"].map(Printed::Text).to_vec(), Vec::new()),
        (
            ["U-4", "=1+1", "d@example.com"].map(Printed::Text).to_vec(),
            vec![mark(6, Some("7")), mark(2, Some("<&>")), mark(2, Some("a cell has one note"))],
        ),
    ]
}

#[test]
fn marks_change_nothing_of_what_is_read() {
    for format in [Format::Xlsx, Format::Ods, Format::Csv] {
        let plain: Vec<_> = rows().into_iter().map(|(row, _)| row).collect();
        let expected = read(&write(format, &full(), &plain));
        assert_eq!(read(&write_marked(format, &full(), &rows())), expected, "{format:?}");
    }
    let plain: Vec<_> = rows().into_iter().map(|(row, _)| row).collect();
    let marked = write_marked(Format::Csv, &full(), &rows());
    assert_eq!(marked, write(Format::Csv, &full(), &plain), "csv has no marks");
}

/// The parts of our book by name.
fn parts_of(rows: &[(Vec<Printed<'_>>, Vec<Mark<'_>>)]) -> BTreeMap<String, Vec<u8>> {
    parts(write_marked(Format::Xlsx, &full(), rows)).into_iter().collect()
}

#[test]
fn notes_stand_at_their_cells() {
    let parts = parts_of(&rows());
    let comments = &parts["xl/comments1.xml"];
    assert_eq!(values(comments, "comment", "ref"), ["C3", "C4", "B6", "F6"]);
    let comments = String::from_utf8_lossy(comments);
    assert!(comments.contains("in use.\n Row 7 has") && comments.contains("&lt;&amp;&gt;"), "{comments}");
    assert!(!comments.contains("one note"), "{comments}");
    let drawing = String::from_utf8_lossy(&parts["xl/drawings/vmlDrawing1.vml"]);
    for place in ["<x:Row>2</x:Row><x:Column>2<", "<x:Row>5</x:Row><x:Column>5<"] {
        assert!(drawing.contains(place), "{drawing}");
    }
    let ids = values(drawing.as_bytes(), "v:shape", "id");
    assert_eq!(ids, ["_x0000_s1025", "_x0000_s1026", "_x0000_s1027", "_x0000_s1028"]);
}

/// The parts of the notes are those that another writer makes of the same notes, but for where their boxes are.
#[test]
fn the_parts_are_those_of_another_writer() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let note = rust_xlsxwriter::Note::new("<&>").set_author("Muster").add_author_prefix(false);
    workbook.add_worksheet().insert_note(2, 1, &note).expect("a note");
    let theirs: BTreeMap<_, _> = parts(workbook.save_to_buffer().expect("a book")).into_iter().collect();
    let ours = parts_of(&[(vec![Printed::Text("U-1")], vec![Mark { column: 2, note: Some("<&>") }])]);
    let shape = |parts: &BTreeMap<String, Vec<u8>>, name: &str| {
        let text = String::from_utf8(parts[name].clone()).expect("UTF-8");
        // Where a box is, white space between elements, and further authors are anybody's choice.
        let text = without(&text, "<x:Anchor>", "</x:Anchor>");
        let text = without(&text, " style=\"position", "hidden\"");
        let text = text.replace("<author>Author</author>", "").replace("authorId=\"1\"", "authorId=\"0\"");
        text.replace('\n', "").replace(" xml:space=\"preserve\"", "")
    };
    for part in ["xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/worksheets/_rels/sheet1.xml.rels"] {
        assert_eq!(shape(&ours, part), shape(&theirs, part), "{part}");
    }
    let types = |parts: &BTreeMap<String, Vec<u8>>| {
        let of = |element, name| values(&parts["[Content_Types].xml"], element, name);
        let extensions = of("Default", "Extension").into_iter().zip(of("Default", "ContentType"));
        let overridden = of("Override", "PartName").into_iter().zip(of("Override", "ContentType"));
        extensions
            .chain(overridden)
            .filter(|(part, _)| part == "vml" || part.contains("comments"))
            .collect::<Vec<_>>()
    };
    assert_eq!(types(&ours), types(&theirs));
    assert_eq!(types(&ours).len(), 2);
}

fn without(text: &str, from: &str, to: &str) -> String {
    let Some(start) = text.find(from) else { return text.to_owned() };
    let end = start + text[start..].find(to).expect("an end");
    format!("{}{}", &text[..start], &text[end..])
}

#[test]
fn a_book_without_notes_has_no_parts_for_them() {
    for marks in [Vec::new(), vec![Mark { column: 1, note: None }, Mark { column: 2, note: Some(" ") }]] {
        let parts = parts_of(&[(vec![Printed::Text("U-1")], marks)]);
        assert!(
            parts.keys().all(|name| !name.contains("comments") && !name.contains("drawing")),
            "{parts:?}"
        );
        let sheet = String::from_utf8_lossy(&parts["xl/worksheets/sheet1.xml"]);
        assert!(!sheet.contains("legacyDrawing"), "{sheet}");
    }
}

#[test]
fn a_sheet_has_twenty_thousand_notes_at_the_most() {
    let long = "é".repeat(3_000);
    let mut writer =
        Writer::start_marked(Cursor::new(Vec::new()), Format::Xlsx, &texts(2)).expect("a layout");
    for _ in 0..10_100 {
        let marks = [1, 2].map(|column| Mark { column, note: Some(if column == 1 { &long } else { "b" }) });
        writer.marked_row(&[Printed::Text("a"), Printed::Empty], &marks).expect("a row");
    }
    let parts: BTreeMap<_, _> = parts(writer.finish().expect("an end").into_inner()).into_iter().collect();
    let comments = &parts["xl/comments1.xml"];
    let places = values(comments, "comment", "ref");
    assert_eq!((places.len(), places.last().map(String::as_str)), (20_000, Some("B10002")));
    let longest = String::from_utf8_lossy(comments).split('<').map(|piece| piece.matches('é').count()).max();
    assert_eq!(longest, Some(1_000));
    let blocks = values(&parts["xl/drawings/vmlDrawing1.vml"], "o:idmap", "data");
    assert_eq!(blocks[0].split(',').next_back(), Some("20"));
    let sheet = String::from_utf8_lossy(&parts["xl/worksheets/sheet1.xml"]);
    let last = sheet.rfind("<c r=\"B10102\" s=").expect("a marked cell without a note");
    assert!(sheet[last..].starts_with("<c r=\"B10102\" s="), "{}", &sheet[last..last + 40]);
}

#[test]
fn a_book_that_was_begun_without_marks_takes_none() {
    let mut writer = Writer::start(Vec::new(), Format::Xlsx, &texts(1)).expect("a layout");
    let refused = writer.marked_row(&[Printed::Text("a")], &[Mark { column: 1, note: None }]);
    assert_eq!(refused.expect_err("no marks").kind(), std::io::ErrorKind::InvalidInput);
}
