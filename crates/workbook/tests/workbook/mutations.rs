//! A short fuzzing run that is always the same: the nasty files and what is in them, changed at random from a fixed
//! seed. Nothing may panic, and the fast reading of cells must mean what the slow one does. `scripts/fuzz` goes further.

use std::io::Cursor;

use workbook::{Batch, Book, Limits};

use crate::book::read_sheet;
use crate::pack::{Pack, workbook as workbook_parts};

/// Small limits, so that no change makes a test slow.
fn limits() -> Limits {
    const MIB: u64 = 1 << 20;
    Limits { sheet: 4 * MIB, shared_strings: MIB, part: MIB, rows: 5_000, ..Limits::default() }
}

/// A generator of numbers (xorshift64*): good enough to spoil files.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % most.max(1)
    }
}

/// Pieces that readers stumble over.
const PIECES: [&[u8]; 24] = [
    b"<",
    b">",
    b"/>",
    b"\"",
    b"'",
    b"&",
    b"&#x0;",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"-->",
    b"<?",
    b"<c>",
    b"</c>",
    b"<row>",
    b"</row>",
    b"<v>",
    b"_xD83D_",
    b"\xFF",
    b"\0",
    b"\r",
    b"table:number-rows-repeated=\"99\"",
    b"t=\"s\"",
    b"r=\"ZZZ9\"",
];

/// Changes the bytes in a few places.
fn spoil(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        match random.below(6) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << random.below(8),
            1 => bytes.truncate(at),
            2 => drop(bytes.splice(at..at, PIECES[random.below(PIECES.len())].iter().copied())),
            3 => {
                let end = (at + random.below(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            4 => {
                let end = (at + random.below(60)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                drop(bytes.splice(to..to, copy));
            }
            _ if !bytes.is_empty() => bytes[at] = random.below(256) as u8,
            _ => {}
        }
    }
}

/// Reads everything there is; what it is does not matter.
fn exercise(bytes: Vec<u8>) {
    let Ok(mut book) = Book::open(Box::new(Cursor::new(bytes)), &limits()) else { return };
    let mut batch = Batch::new();
    for sheet in 0..book.sheets().len().min(4) {
        let Ok(mut rows) = book.rows(sheet) else { continue };
        while rows.fill(&mut batch, 7).is_ok_and(|more| more) {
            for cell in batch.iter().flat_map(|row| row.cells().collect::<Vec<_>>()) {
                let _ = (cell.shown().len(), cell.position.to_string());
            }
        }
        let _ = rows.progress();
    }
}

/// The files of the folder with this ending.
fn seeds(ending: &str) -> Vec<Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/nasty");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the folder").flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == ending));
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect("a file")).collect()
}

fn check(ending: &str, rounds: usize) {
    let mut random = Random(0x5EED);
    for seed in seeds(ending) {
        for _ in 0..rounds {
            let mut bytes = seed.clone();
            spoil(&mut bytes, &mut random);
            exercise(bytes);
        }
    }
}

#[test]
fn spoiled_archives() {
    check("xlsx", 60);
    check("ods", 100);
}

#[test]
fn spoiled_csv() {
    check("csv", 200);
}

const SHEET: &str = "<worksheet><cols><col min=\"1\" max=\"2\" hidden=\"1\"/></cols><sheetData><row r=\"1\" hidden=\"1\"><c r=\"A1\" s=\"1\">\
    <v>1</v></c><c r=\"B1\" t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t xml:space=\"preserve\"> a &amp; _x0041_</t></is></c></row>\
    <row><c r=\"A2\" t=\"str\"><f>A1</f><v>x</v></c><c r=\"C2\" t=\"e\"><v>#N/A</v></c><c t=\"b\"><v>1</v></c><c t=\"d\"><v>2026-11-22</v></c>\
    <c s=\"1\"/><c><v>-1.5e3</v></c></row></sheetData></worksheet>";

const STRINGS: &str = "<sst count=\"2\"><si><t>plain</t></si><si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>no</t></rPh></si></sst>";

const STYLES: &str = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy-mm-dd\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>\
    <xf numFmtId=\"164\"/></cellXfs></styleSheet>";

/// A workbook of these parts.
fn book(sheet: &[u8], strings: &[u8], styles: &[u8]) -> Vec<u8> {
    let mut pack = workbook_parts();
    pack.add("xl/sharedStrings.xml", strings);
    pack.add("xl/styles.xml", styles);
    pack.add("xl/sheet.xml", sheet);
    pack.finish()
}

#[test]
fn spoiled_parts_of_a_workbook() {
    let mut random = Random(0xB00C);
    for round in 0..3_000 {
        let mut parts = [SHEET, STRINGS, STYLES].map(|part| part.as_bytes().to_vec());
        // Mostly the sheet: it has the most to go wrong.
        spoil(&mut parts[[0, 0, 0, 1, 2][round % 5]], &mut random);
        exercise(book(&parts[0], &parts[1], &parts[2]));
    }
}

#[test]
fn the_fast_way_means_what_the_slow_way_does() {
    let mut random = Random(0xFA57);
    for _ in 0..2_000 {
        let mut sheet = SHEET.as_bytes().to_vec();
        spoil(&mut sheet, &mut random);
        // What is in comments and quotes would be changed as well.
        if memchr::memmem::find(&sheet, b"<!").is_some() {
            continue;
        }
        let slow = String::from_utf8_lossy(&sheet).replace("<c ", "<c  ").replace("<c>", "<c >");
        let fast = String::from_utf8_lossy(&sheet).into_owned();
        let read = |sheet: &str| {
            let bytes = book(sheet.as_bytes(), STRINGS.as_bytes(), STYLES.as_bytes());
            read_sheet(&bytes, 0, &limits()).map_err(|refusal| refusal.code())
        };
        assert_eq!(read(&fast), read(&slow), "{fast}");
    }
}

#[test]
fn spoiled_documents() {
    const CONTENT: &str = "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"a\"><table:table-column/>\
        <table:table-row table:number-rows-repeated=\"2\"><table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"2\">\
        <text:p>a<text:s text:c=\"2\"/>b</text:p><text:p/></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"1.5\">\
        <text:p>1.5</text:p></table:table-cell></table:table-row><table:table-row table:visibility=\"filter\"><table:table-cell \
        office:value-type=\"date\" office:date-value=\"2026-11-22\"/></table:table-row></table:table><table:table table:name=\"b\"/>\
        </office:spreadsheet></office:body></office:document-content>";
    let mut random = Random(0x0D5);
    for _ in 0..2_000 {
        let mut content = CONTENT.as_bytes().to_vec();
        spoil(&mut content, &mut random);
        let mut pack = Pack::default();
        pack.add("mimetype", b"application/vnd.oasis.opendocument.spreadsheet");
        pack.add("content.xml", &content);
        exercise(pack.finish());
    }
}
