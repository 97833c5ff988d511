//! The parts of a workbook besides its rows: which sheets there are and where, the strings and the styles.

use std::collections::HashMap;

use super::sheet::SheetRows;
use super::strings::Strings;
use super::styles::Styles;
use super::value::Context;
use crate::archive::{Archive, Cap, Entry, Part};
use crate::date::Epoch;
use crate::xml::{Token, Xml};
use crate::{Asides, Limits, Refusal, Sheet, Source};

/// An opened workbook.
pub(crate) struct Workbook {
    archive: Archive,
    limits: Limits,
    sheets: Vec<Sheet>,
    paths: Vec<String>,
    strings: Strings,
    styles: Styles,
    epoch: Epoch,
}

/// A relationship (ECMA-376 part 2, 6.5): the last word of its type, and the part that it leads to.
struct Relation {
    kind: String,
    path: String,
}

/// What `workbook.xml` says.
#[derive(Default)]
struct Contents {
    sheets: Vec<(Sheet, String)>,
    epoch: Epoch,
}

impl Workbook {
    /// Reads all parts that the rows need.
    pub(crate) fn open(source: &mut dyn Source, archive: Archive, limits: &Limits) -> Result<Self, Refusal> {
        let path = workbook_path(source, &archive, limits)?;
        refuse_old(source, &archive, &path, limits)?;
        let entry = archive.find(&path).ok_or(Refusal::NotASpreadsheet(Some("zip")))?;
        let contents = read_contents(&mut part(source, entry, Cap::part(limits), limits)?)?;
        let relations = read_relations(source, &archive, &path, limits)?;
        let mut book = Self {
            limits: *limits,
            sheets: Vec::new(),
            paths: Vec::new(),
            strings: Strings::default(),
            styles: Styles::default(),
            epoch: contents.epoch,
            archive,
        };
        // Every sheet is a part, so there are no more of them than entries.
        if contents.sheets.len().max(relations.len()) as u64 > limits.entries {
            return Err(Refusal::TooManyEntries(limits.entries));
        }
        for (sheet, id) in contents.sheets {
            // Chart sheets and dialogs have no rows.
            if let Some(relation) = relations.get(&id).filter(|relation| relation.kind == "worksheet") {
                book.sheets.push(sheet);
                book.paths.push(relation.path.clone());
            }
        }
        let of_kind = |kind| relations.values().find(|relation| relation.kind == kind);
        if let Some(entry) = of_kind("styles").and_then(|relation| book.archive.find(&relation.path)) {
            book.styles = Styles::read(&mut part(source, entry, Cap::part(limits), limits)?)?;
        }
        if let Some(entry) = of_kind("sharedStrings").and_then(|relation| book.archive.find(&relation.path)) {
            let mut xml = part(source, entry, Cap::shared_strings(limits), limits)?;
            book.strings = Strings::read(&mut xml, limits)?;
        }
        Ok(book)
    }

    /// The worksheets, in order.
    pub(crate) fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// How many comments and drawings there are; see [`crate::Book::asides`].
    pub(crate) fn asides(&self, source: &mut dyn Source) -> Result<Asides, Refusal> {
        let mut asides = Asides::default();
        for entry in self.archive.entries() {
            let name = entry.name.to_ascii_lowercase();
            let part = name.rsplit('/').next().unwrap_or_default();
            // Programs number `comments1.xml` or `comment1.xml`. Threads of comments have an ordinary comment too, and the old drawings of comments are none of anybody's.
            if !name.ends_with(".xml") || !(part.starts_with("comment") || name.contains("/drawings/drawing"))
            {
                continue;
            }
            // Each drawing has exactly one element of this name, so needs no looking into.
            let words: [&[u8]; 4] = [b"<comment ", b":comment ", b"<xdr:clientData", b"<clientData"];
            let [comments, of_prefix, drawings, bare] =
                Archive::count(source, entry, Cap::part(&self.limits), words)?;
            if part.starts_with("comment") {
                asides.comments += comments + of_prefix;
            } else {
                asides.drawings += drawings + bare;
            }
        }
        Ok(asides)
    }

    /// The rows of one sheet.
    pub(crate) fn rows<'b>(
        &'b self,
        source: &'b mut dyn Source,
        sheet: usize,
    ) -> Result<SheetRows<'b>, Refusal> {
        let path = self.paths.get(sheet).ok_or(Refusal::NoSuchSheet(sheet))?;
        let entry =
            self.archive.find(path).ok_or_else(|| Refusal::Damaged(format!("there is no part {path}")))?;
        let xml = part(source, entry, Cap::sheet(&self.limits), &self.limits)?;
        let context =
            Context { strings: &self.strings, styles: &self.styles, epoch: self.epoch, limits: &self.limits };
        SheetRows::open(xml, context)
    }
}

fn part<'b>(
    source: &'b mut dyn Source,
    entry: &Entry,
    cap: Cap,
    limits: &Limits,
) -> Result<Xml<'b>, Refusal> {
    Xml::open(Part::open(source, entry, cap)?, limits)
}

/// Where the workbook part stands: the package's relationships say so.
fn workbook_path(source: &mut dyn Source, archive: &Archive, limits: &Limits) -> Result<String, Refusal> {
    let relations = read_relations(source, archive, "", limits)?;
    let found = relations.into_values().find(|relation| relation.kind == "officeDocument");
    Ok(found.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.path))
}

/// Refuses workbooks that hold macros or are binary: their content type says so (ECMA-376 part 2, 6.2.3).
fn refuse_old(
    source: &mut dyn Source,
    archive: &Archive,
    path: &str,
    limits: &Limits,
) -> Result<(), Refusal> {
    let Some(entry) = archive.find("[Content_Types].xml") else {
        return Err(damaged("there is no list of content types"));
    };
    let mut xml = part(source, entry, Cap::part(limits), limits)?;
    loop {
        match xml.next()? {
            Token::Start(tag) => {
                let name = tag.attribute("PartName").unwrap_or_default();
                if !name.trim_start_matches('/').eq_ignore_ascii_case(path) {
                    continue;
                }
                let kind = tag.attribute("ContentType").unwrap_or_default().to_ascii_lowercase();
                if kind.contains("sheet.binary") {
                    return Err(Refusal::OldFormat("xlsb"));
                }
                if kind.contains("macroenabled") {
                    return Err(Refusal::OldFormat("xlsm"));
                }
                if kind.contains("wordprocessingml") {
                    return Err(Refusal::NotASpreadsheet(Some("word")));
                }
                if kind.contains("presentationml") {
                    return Err(Refusal::NotASpreadsheet(Some("presentation")));
                }
            }
            Token::Done => return Ok(()),
            Token::End(_) | Token::Text(_) => {}
        }
    }
}

/// Reads what `workbook.xml` says (ECMA-376 part 1, 18.2.27).
fn read_contents(xml: &mut Xml<'_>) -> Result<Contents, Refusal> {
    let mut contents = Contents::default();
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.local() {
                b"workbookPr" => {
                    if matches!(tag.attribute("date1904").as_deref(), Some("1" | "true")) {
                        contents.epoch = Epoch::Year1904;
                    }
                }
                b"sheet" => {
                    let name = tag.attribute("name").unwrap_or_default();
                    let hidden = matches!(tag.attribute("state").as_deref(), Some("hidden" | "veryHidden"));
                    let id = tag.prefixed_attribute("id").unwrap_or_default();
                    contents.sheets.push((Sheet { name, hidden }, id));
                }
                _ => {}
            },
            Token::Done => return Ok(contents),
            Token::End(_) | Token::Text(_) => {}
        }
    }
}

/// Reads the relationships of a part by their ids; none when it has none. What leads out of the file is left out.
fn read_relations(
    source: &mut dyn Source,
    archive: &Archive,
    path: &str,
    limits: &Limits,
) -> Result<HashMap<String, Relation>, Refusal> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let slash = if folder.is_empty() { "" } else { "/" };
    let mut relations = HashMap::new();
    let Some(entry) = archive.find(&format!("{folder}{slash}_rels/{name}.rels")) else {
        return Ok(relations);
    };
    let mut xml = part(source, entry, Cap::part(limits), limits)?;
    loop {
        match xml.next()? {
            Token::Start(tag) if tag.local() == b"Relationship" => {
                if tag.attribute("TargetMode").as_deref() == Some("External") {
                    continue;
                }
                let kind = tag.attribute("Type").unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let path = resolve(folder, &tag.attribute("Target").unwrap_or_default());
                relations.insert(tag.attribute("Id").unwrap_or_default(), Relation { kind, path });
            }
            Token::Done => return Ok(relations),
            Token::Start(_) | Token::End(_) | Token::Text(_) => {}
        }
    }
}

/// The part that a target leads to from a folder. A target that climbs out ends at the package's root: what it names is
/// looked for among the entries of the archive and nowhere else.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let (start, target) = match target.strip_prefix('/') {
        Some(absolute) => ("", absolute),
        None => (folder, target.as_str()),
    };
    let mut folders: Vec<&str> = start.split('/').filter(|folder| !folder.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                folders.pop();
            }
            step => folders.push(step),
        }
    }
    folders.join("/")
}

fn damaged(what: &str) -> Refusal {
    Refusal::Damaged(what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets() {
        for (folder, target, expected) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "../custom/sheet.xml", "custom/sheet.xml"),
            ("xl", "../../../etc/passwd", "etc/passwd"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("xl", "worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml"),
        ] {
            assert_eq!(resolve(folder, target), expected, "{target}");
        }
    }
}
