//! Any text, written and read again in every format: it must come back.
#![no_main]

use workbook::{Column, Content, Format, Layout, Printed, Writer, SheetNames};

fn layout() -> Layout {
    let column = Column {
        title: "a".to_owned(),
        key: "b".to_owned(),
        width: 9,
        content: Content::Text,
        fixed: false,
        read_only: false,
        required: false,
        unique: false,
        max_length: None,
        help: None,
    };
    Layout { sheets: SheetNames::default(), columns: vec![column.clone(), column], instructions: Vec::new() }
}

libfuzzer_sys::fuzz_target!(|texts: (String, String)| {
    let values = [texts.0.as_str(), texts.1.as_str()];
    for format in [Format::Xlsx, Format::Csv, Format::Ods] {
        let mut writer = Writer::start(Vec::new(), format, &layout()).expect("a layout");
        writer.row(&values.map(Printed::Text)).expect("a row");
        let bytes = writer.finish().expect("an end");
        let mut book =
            workbook::Book::open(Box::new(std::io::Cursor::new(bytes)), &workbook::Limits::default())
                .expect("a book");
        let mut rows = book.rows(0).expect("rows");
        let mut batch = workbook::Batch::new();
        rows.fill(&mut batch, 10).expect("readable");
        let row = batch.iter().find(|row| row.number == 3);
        for (value, column) in values.iter().zip(1..) {
            let found = row.and_then(|row| row.cell(column)).map_or("", |cell| cell.raw);
            assert_eq!(found, *value, "{format:?}");
        }
    }
});
