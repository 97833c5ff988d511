//! Packs hostile archives: whatever the headers are told to say, and content that is poured and never held.

use std::io::Write;

use flate2::{Compression, write::DeflateEncoder};

/// An archive being packed.
#[derive(Default)]
pub(crate) struct Pack {
    bytes: Vec<u8>,
    list: Vec<u8>,
    entries: u32,
}

/// Nothing, deflated.
const NOTHING: [u8; 2] = [3, 0];

/// Counts and sums what is deflated.
struct Sum<W> {
    to: W,
    sum: flate2::Crc,
}

impl<W: Write> Write for Sum<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}

impl Pack {
    /// Adds an entry of this content.
    pub(crate) fn add(&mut self, name: &str, content: &[u8]) {
        if content.is_empty() {
            return self.entry(name, 0, 0, &NOTHING);
        }
        self.pour(name, |sink| sink.write_all(content).expect("memory"));
    }

    /// Adds an entry of what is poured.
    pub(crate) fn pour(&mut self, name: &str, fill: impl FnOnce(&mut dyn Write)) {
        let mut sink =
            Sum { to: DeflateEncoder::new(Vec::new(), Compression::best()), sum: flate2::Crc::new() };
        fill(&mut sink);
        let (sum, size) = (sink.sum.sum(), sink.to.total_in() as u32);
        let stored = sink.to.finish().expect("memory");
        self.entry(name, sum, size, &stored);
    }

    fn entry(&mut self, name: &str, sum: u32, size: u32, stored: &[u8]) {
        let offset = self.bytes.len() as u32;
        let mut common = Vec::new();
        for number in [20_u16, 0, 8, 0, 0x21] {
            common.extend(number.to_le_bytes());
        }
        for number in [sum, stored.len() as u32, size] {
            common.extend(number.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0; 2]);
        self.bytes.extend(0x0403_4b50_u32.to_le_bytes());
        self.bytes.extend(&common);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(stored);
        self.list.extend(0x0201_4b50_u32.to_le_bytes());
        self.list.extend(20_u16.to_le_bytes());
        self.list.extend(&common);
        self.list.extend([0; 10]);
        self.list.extend(offset.to_le_bytes());
        self.list.extend(name.as_bytes());
        self.entries += 1;
    }

    /// The archive. Its end holds the number of entries modulo 65,536, as a writer without zip64 would.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        let offset = self.bytes.len() as u32;
        self.bytes.extend(&self.list);
        self.bytes.extend(0x0605_4b50_u32.to_le_bytes());
        self.bytes.extend([0; 4]);
        for _ in 0..2 {
            self.bytes.extend((self.entries as u16).to_le_bytes());
        }
        self.bytes.extend((self.list.len() as u32).to_le_bytes());
        self.bytes.extend(offset.to_le_bytes());
        self.bytes.extend([0; 2]);
        self.bytes
    }
}

/// The parts of a workbook that come before its sheet and its strings.
pub(crate) fn workbook() -> Pack {
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut pack = Pack::default();
    pack.add("[Content_Types].xml", b"<Types/>");
    pack.add(
        "xl/workbook.xml",
        b"<workbook xmlns:r=\"r\"><sheets><sheet name=\"Users\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>",
    );
    let related = ["worksheet", "styles", "sharedStrings"].map(|kind| {
        let id = &kind[..1].replace('w', "a").replace('s', &kind[1..3]);
        let target = if kind == "worksheet" { "sheet" } else { kind };
        format!("<Relationship Id=\"{id}\" Type=\"{relations}/{kind}\" Target=\"{target}.xml\"/>")
    });
    let related = format!("<Relationships>{}</Relationships>", related.concat());
    pack.add("xl/_rels/workbook.xml.rels", related.as_bytes());
    pack
}

/// A workbook whose sheet is this.
pub(crate) fn sheet(content: &str) -> Vec<u8> {
    let mut pack = workbook();
    pack.add("xl/sheet.xml", content.as_bytes());
    pack.finish()
}

/// A document whose content is this.
pub(crate) fn document(tables: &str) -> Vec<u8> {
    let mut pack = Pack::default();
    pack.add("mimetype", b"application/vnd.oasis.opendocument.spreadsheet");
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    pack.add("content.xml", content.as_bytes());
    pack.finish()
}
