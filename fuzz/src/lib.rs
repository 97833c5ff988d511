//! What the fuzz targets share: reading everything of a file under small limits, and packing parts without compression,
//! so that the fuzzer's bytes reach the readers of XML unchanged.

use std::io::Cursor;

use workbook::{Batch, Book, Limits, Refusal};

/// A row's number and its cells: name, kind, what it shows, and its defect.
pub type Seen = (u32, Vec<String>);

/// Reads every sheet of a file.
pub fn read(bytes: Vec<u8>) -> Result<Vec<Seen>, Refusal> {
    const MIB: u64 = 1 << 20;
    let limits = Limits { sheet: 4 * MIB, shared_strings: MIB, part: MIB, rows: 5_000, ..Limits::default() };
    let mut book = Book::open(Box::new(Cursor::new(bytes)), &limits)?;
    let mut seen = Vec::new();
    let mut batch = Batch::new();
    for sheet in 0..book.sheets().len().min(4) {
        let mut rows = book.rows(sheet)?;
        while rows.fill(&mut batch, 7)? {
            for row in batch.iter() {
                let cells = row.cells().map(|cell| format!("{} {:?}", cell.shown(), cell)).collect();
                seen.push((row.number, cells));
            }
        }
    }
    Ok(seen)
}

/// Packs parts into an archive, stored as they are.
pub fn pack(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let mut header = Vec::new();
        for number in [20_u16, 0, 0, 0, 0x21] {
            header.extend(number.to_le_bytes());
        }
        for number in [crc32fast::hash(content), content.len() as u32, content.len() as u32] {
            header.extend(number.to_le_bytes());
        }
        header.extend((name.len() as u16).to_le_bytes());
        header.extend([0; 2]);
        list.extend(0x0201_4b50_u32.to_le_bytes());
        list.extend(20_u16.to_le_bytes());
        list.extend(&header);
        list.extend([0; 10]);
        list.extend((bytes.len() as u32).to_le_bytes());
        list.extend(name.as_bytes());
        bytes.extend(0x0403_4b50_u32.to_le_bytes());
        bytes.extend(header);
        bytes.extend(name.as_bytes());
        bytes.extend(*content);
    }
    let offset = bytes.len() as u32;
    bytes.extend(&list);
    bytes.extend(0x0605_4b50_u32.to_le_bytes());
    bytes.extend([0; 4]);
    for _ in 0..2 {
        bytes.extend((parts.len() as u16).to_le_bytes());
    }
    bytes.extend((list.len() as u32).to_le_bytes());
    bytes.extend(offset.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

/// A workbook of this sheet, these strings and these styles.
pub fn workbook(sheet: &[u8], strings: &[u8], styles: &[u8]) -> Vec<u8> {
    const RELATIONS: &[u8] =
        b"<Relationships><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"sheet.xml\"/>\
        <Relationship Id=\"b\" Type=\"/sharedStrings\" Target=\"strings.xml\"/>\
        <Relationship Id=\"c\" Type=\"/styles\" Target=\"styles.xml\"/></Relationships>";
    pack(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook><sheets><sheet name=\"a\" r:id=\"a\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/styles.xml", styles),
        ("xl/strings.xml", strings),
        ("xl/sheet.xml", sheet),
    ])
}
