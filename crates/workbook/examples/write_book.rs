//! Writes a small book of people: `cargo run -p workbook --example write_book -- people.xlsx`. The end of the name says
//! which format.

use std::fs::File;
use std::io::{self, BufWriter};

use workbook::{CellDate, Column, Content, Format, Layout, Note, Printed, SheetNames, Writer};

fn main() -> io::Result<()> {
    let name = std::env::args().nth(1).unwrap_or_else(|| "people.xlsx".to_owned());
    let format = match name.rsplit('.').next() {
        Some("csv") => Format::Csv,
        Some("ods") => Format::Ods,
        _ => Format::Xlsx,
    };
    let mut writer = Writer::start(BufWriter::new(File::create(&name)?), format, &layout())?;
    let started = CellDate { year: 2026, month: 11, day: 22 };
    for (id, first, email, office, desk) in [
        ("U-7K3QX9M2PD", "Ada", "ada@example.org", "London", "12"),
        ("U-4H2ZB8N6RT", "Grace", "grace@example.org", "New York", "7"),
        ("U-9W5LM3C7GF", "=Odd", "", "", "12.5"),
    ] {
        let texts = [id, first, email].map(Printed::Text);
        let others = [Printed::Date(started), Printed::Text(office), Printed::Number(desk)];
        writer.row(&[texts, others].concat())?;
    }
    writer.finish()?;
    Ok(())
}

fn layout() -> Layout {
    let offices = ["London", "New York", "São Paulo"].map(str::to_owned).to_vec();
    let columns = vec![
        Column { fixed: true, ..column("User ID", "user_id@acme.482.k3", 16) },
        Column { required: true, max_length: Some(50), ..column("First name", "first_name", 20) },
        Column { required: true, unique: true, ..column("Email", "email", 30) },
        Column { content: Content::Date, ..column("Start date", "start_date", 12) },
        Column { content: Content::List(offices), ..column("Office", "office", 14) },
        Column { content: Content::Number, read_only: true, ..column("Desk", "desk", 8) },
    ];
    let instructions = vec![
        Note::Heading("How to edit".to_owned()),
        Note::Text("Change what you like from row 3 on, save the file and upload it.".to_owned()),
        Note::Entry("Office".to_owned(), "One of London, New York and São Paulo.".to_owned()),
    ];
    Layout { sheets: SheetNames::default(), columns, frozen: 1, instructions }
}

fn column(title: &str, key: &str, width: u16) -> Column {
    Column {
        title: title.to_owned(),
        key: key.to_owned(),
        width,
        content: Content::Text,
        fixed: false,
        read_only: false,
        required: false,
        unique: false,
        max_length: None,
        help: None,
    }
}
