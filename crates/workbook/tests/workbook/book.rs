//! Layouts, rows and files for the tests.

use std::io::Cursor;

use workbook::{
    Batch, Book, Column, Content, Format, Kind, Layout, Limits, Mark, Note, Printed, Refusal, SheetNames,
    Writer,
};

/// One row as it was read: its number, and of each cell the name, the kind and what it shows.
pub(crate) type Seen = (u32, Vec<(String, Kind, String)>);

/// A plain text column.
pub(crate) fn column(title: &str) -> Column {
    Column {
        title: title.to_owned(),
        key: title.to_lowercase().replace(' ', "_"),
        width: 20,
        content: Content::Text,
        fixed: false,
        read_only: false,
        required: false,
        unique: false,
        max_length: None,
        help: None,
    }
}

/// A layout of so many text columns.
pub(crate) fn texts(columns: usize) -> Layout {
    let columns = (1..=columns).map(|number| column(&format!("Column {number}"))).collect();
    Layout { sheets: SheetNames::default(), columns, frozen: 1, instructions: Vec::new() }
}

/// A layout that uses everything a layout has.
pub(crate) fn full() -> Layout {
    let labels = ["Berlin", "São Paulo", "=Odd & <strange>"].map(str::to_owned).to_vec();
    let columns = vec![
        Column { fixed: true, key: "user_id@acme.482.k3".to_owned(), ..column("User ID") },
        Column { required: true, max_length: Some(50), ..column("First name") },
        Column { unique: true, required: true, help: Some("Work address".to_owned()), ..column("Email") },
        Column { content: Content::Date, ..column("Start date") },
        Column { content: Content::List(labels), ..column("Office") },
        Column { content: Content::Number, ..column("Desk") },
        Column { read_only: true, ..column("Last seen") },
    ];
    let instructions = vec![
        Note::Heading("How to edit".to_owned()),
        Note::Text("Change what you like from row 3 on.".to_owned()),
        Note::Entry("Office".to_owned(), "One of the list.".to_owned()),
    ];
    Layout { sheets: SheetNames::default(), columns, frozen: 2, instructions }
}

/// Writes a book.
pub(crate) fn write(format: Format, layout: &Layout, rows: &[Vec<Printed<'_>>]) -> Vec<u8> {
    let mut writer = Writer::start(Vec::new(), format, layout).expect("a layout");
    for row in rows {
        writer.row(row).expect("a row");
    }
    writer.finish().expect("an end")
}

/// Writes a book some of whose cells are marked: of each row the values, and the columns with their notes.
pub(crate) fn write_marked(
    format: Format,
    layout: &Layout,
    rows: &[(Vec<Printed<'_>>, Vec<Mark<'_>>)],
) -> Vec<u8> {
    let mut writer = Writer::start_marked(Vec::new(), format, layout).expect("a layout");
    for (row, marks) in rows {
        writer.marked_row(row, marks).expect("a row");
    }
    writer.finish().expect("an end")
}

/// Reads all rows of one sheet.
pub(crate) fn read_sheet(bytes: &[u8], sheet: usize, limits: &Limits) -> Result<Vec<Seen>, Refusal> {
    let mut book = Book::open(Box::new(Cursor::new(bytes.to_vec())), limits)?;
    let mut rows = book.rows(sheet)?;
    let mut batch = Batch::new();
    let mut seen = Vec::new();
    while rows.fill(&mut batch, 100)? {
        for row in batch.iter() {
            let cells =
                row.cells().map(|cell| (cell.position.to_string(), cell.kind, cell.shown().into_owned()));
            seen.push((row.number, cells.collect()));
        }
    }
    Ok(seen)
}

/// Reads all rows of the first sheet.
pub(crate) fn read(bytes: &[u8]) -> Vec<Seen> {
    read_sheet(bytes, 0, &Limits::default()).expect("a readable file")
}
