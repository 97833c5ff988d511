//! Whatever texts a layout has, the files are XML: what that can't hold is escaped or left out (XML 1.0, section 2.2).

use workbook::{Column, Content, Format, Layout, Note, Printed, SheetNames};

use crate::book::{column, write};
use crate::standard::parts;

/// A layout with this text wherever a text can stand; none of it is of the program.
fn layout(text: &str) -> Layout {
    let of = |what: &str| format!("{what}{text}x");
    let first = Column { key: of("key"), help: Some(of("help")), ..column(&of("Title")) };
    let list = Column { content: Content::List(vec![of("label"), of("other")]), ..column(&of("List")) };
    let fixed =
        Column { fixed: true, max_length: Some(5), required: true, unique: true, ..column(&of("ID")) };
    let instructions =
        vec![Note::Heading(of("heading")), Note::Text(of("text")), Note::Entry(of("name"), of("meaning"))];
    let sheets = SheetNames { rows: of("Users"), instructions: of("How"), lists: of("Lists") };
    Layout { sheets, columns: vec![fixed, first, list], frozen: 1, instructions }
}

/// Whether XML has a character, by its bytes.
fn is_of_xml(rest: &[u8]) -> bool {
    match rest {
        [b'\t' | b'\n' | b'\r', ..] => true,
        [0..=31, ..] | [0xEF, 0xBF, 0xBE | 0xBF, ..] => false,
        _ => true,
    }
}

#[test]
fn no_text_breaks_a_file() {
    let lost = (0..32_u32).chain([0xFFFE, 0xFFFF]).filter_map(char::from_u32);
    for letter in lost {
        let text = letter.to_string();
        let row = [Printed::Text(&text), Printed::Text(&text), Printed::Empty];
        for format in [Format::Xlsx, Format::Ods] {
            let book = write(format, &layout(&text), &[row.to_vec()]);
            for (name, part) in parts(book) {
                let broken = (0..part.len()).find(|at| !is_of_xml(&part[*at..]));
                assert_eq!(broken, None, "{format:?} {name} {letter:?}");
                let is_referred = String::from_utf8_lossy(&part).contains("&#x0;");
                assert!(!is_referred, "{format:?} {name} {letter:?}");
            }
        }
    }
}
