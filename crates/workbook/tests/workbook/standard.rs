//! What the standards ask of a written file, judged by other people's readers of zip and XML: every part is well formed,
//! in the order of the schema, of a known content type, and every relationship leads somewhere.

use std::collections::{BTreeMap, HashSet};
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use workbook::{Format, Mark, Printed};

use crate::book::{full, write, write_marked};

/// The children of `worksheet` in their order (ECMA-376 part 1, 18.3.1.99).
const WORKSHEET: [&str; 38] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// The children of `workbook` in their order (ECMA-376 part 1, 18.2.27), as far as they are written.
const WORKBOOK: [&str; 8] = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "definedNames",
    "calcPr",
];

/// The children of a table in their order (ODF 1.3 part 3, 9.1.2), as far as they are written.
const TABLE: [&str; 4] =
    ["table:table-column", "table:table-header-rows", "table:table-row", "calcext:conditional-formats"];

/// The children of the spreadsheet in their order (ODF 1.3 part 3, 3.7).
const SPREADSHEET: [&str; 3] = ["table:content-validations", "table:table", "table:database-ranges"];

/// Books of both kinds: without rows, with some, and with marks on them.
fn books(format: Format) -> [Vec<u8>; 4] {
    let texts = ["U-1", "<&>\"'\u{1}\u{FFFF}", "=1+1"].map(Printed::Text).to_vec();
    let marks = vec![Mark { column: 2, note: Some("<&>\"'\u{1}\u{FFFF}") }, Mark { column: 4, note: None }];
    [
        write(format, &full(), &[]),
        write(format, &full(), &vec![texts.clone(); 3]),
        write_marked(format, &full(), &vec![(texts.clone(), Vec::new()); 3]),
        write_marked(format, &full(), &vec![(texts, marks); 3]),
    ]
}

/// The parts of a written file, in the order of the archive.
pub(crate) fn parts(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let count = archive.len();
    let part = |index| {
        let mut part = archive.by_index(index).expect("a part");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("its content and its checksum");
        (part.name().expect("a name").into_owned(), content)
    };
    (0..count).map(part).collect()
}

/// The names of the children of every element of this name, each in order; the document must be well formed.
fn children(content: &[u8], parent: &str) -> Vec<Vec<String>> {
    let mut reader = Reader::from_reader(content);
    reader.config_mut().check_end_names = true;
    let (mut open, mut found) = (Vec::<String>::new(), Vec::new());
    loop {
        let event = reader.read_event().expect("well-formed XML");
        let (tag, closed) = match &event {
            Event::Start(tag) => (tag, false),
            Event::Empty(tag) => (tag, true),
            Event::End(_) => {
                open.pop();
                continue;
            }
            Event::Eof => return found,
            _ => continue,
        };
        let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
        for attribute in tag.attributes() {
            attribute.expect("an attribute");
        }
        if open.last().is_some_and(|open| open == parent) {
            let children: &mut Vec<String> = found.last_mut().expect("its parent");
            children.push(name.clone());
        }
        if name == parent {
            found.push(Vec::new());
        }
        if !closed {
            open.push(name);
        }
    }
}

/// Checks that the children of every element of this name come in this order and are known.
fn check_order(part: &str, content: &[u8], parent: &str, order: &[&str]) {
    for children in children(content, parent) {
        let place = |child: &String| order.iter().position(|known| known == child);
        let places: Vec<_> = children.iter().map(place).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{part}: {children:?}");
    }
}

/// The values of an attribute, of all elements of this name.
pub(crate) fn values(content: &[u8], element: &str, attribute: &str) -> Vec<String> {
    let mut reader = Reader::from_reader(content);
    let mut found = Vec::new();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == element.as_bytes() => {
                let value = tag.try_get_attribute(attribute).expect("attributes");
                found.extend(value.map(|value| String::from_utf8_lossy(&value.value).into_owned()));
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn parts_of_a_workbook() {
    for book in books(Format::Xlsx) {
        let parts: BTreeMap<_, _> = parts(book).into_iter().collect();
        for (name, content) in &parts {
            check_order(name, content, "worksheet", &WORKSHEET);
            check_order(name, content, "workbook", &WORKBOOK);
        }
        let types = &parts["[Content_Types].xml"];
        let extensions: HashSet<_> = values(types, "Default", "Extension").into_iter().collect();
        let overridden: HashSet<_> = values(types, "Override", "PartName").into_iter().collect();
        for name in parts.keys().filter(|name| *name != "[Content_Types].xml") {
            let extension = name.rsplit('.').next().unwrap_or_default();
            let known = overridden.contains(&format!("/{name}"));
            assert!(
                known || extensions.contains(extension) && extension != "xml",
                "{name} has no content type"
            );
        }
        for name in &overridden {
            assert!(parts.contains_key(name.trim_start_matches('/')), "{name} is listed and is not there");
        }
        for target in values(&parts["xl/_rels/workbook.xml.rels"], "Relationship", "Target") {
            assert!(parts.contains_key(&format!("xl/{target}")), "a relationship leads to {target}");
        }
        let of_sheet = parts.get("xl/worksheets/_rels/sheet1.xml.rels").map_or(&[][..], Vec::as_slice);
        for target in values(of_sheet, "Relationship", "Target") {
            let part = target.replace("..", "xl");
            assert!(parts.contains_key(&part), "a relationship leads to {target}");
        }
        let named = values(&parts["xl/worksheets/sheet1.xml"], "legacyDrawing", "r:id");
        let related = values(of_sheet, "Relationship", "Id");
        assert!(named.iter().all(|id| related.contains(id)), "{named:?} of {related:?}");
    }
}

#[test]
fn parts_of_a_document() {
    for book in books(Format::Ods) {
        let parts = parts(book);
        assert_eq!(parts[0].0, "mimetype", "the file must begin with what it is");
        for (name, content) in &parts[1..] {
            check_order(name, content, "table:table", &TABLE);
            check_order(name, content, "office:spreadsheet", &SPREADSHEET);
        }
        let parts: BTreeMap<_, _> = parts.into_iter().collect();
        let settings = String::from_utf8_lossy(&parts["settings.xml"]);
        assert!(settings.contains("\"HorizontalSplitPosition\" config:type=\"int\">2<"), "{settings}");
        let listed = values(&parts["META-INF/manifest.xml"], "manifest:file-entry", "manifest:full-path");
        let there = parts.keys().filter(|name| *name != "mimetype" && *name != "META-INF/manifest.xml");
        let expected: HashSet<_> = there.map(String::as_str).chain(["/"]).collect();
        assert_eq!(listed.iter().map(String::as_str).collect::<HashSet<_>>(), expected);
    }
}
