//! Which tables a document has, and where the rows of one of them start.

use std::collections::HashSet;

use super::sheet::OdsRows;
use crate::archive::{Archive, Cap, Part};
use crate::xml::{Tag, Token, Xml};
use crate::{Asides, Limits, Refusal, Sheet, Source};

/// The part that holds everything of all tables.
const CONTENT: &str = "content.xml";
/// What ends a table. It is looked for as bytes: what lies between is no business of the one who wants another table.
const TABLE_END: &[u8] = b"</table:table>";

/// An opened document.
pub(crate) struct OdsBook {
    archive: Archive,
    limits: Limits,
    sheets: Vec<Sheet>,
}

impl OdsBook {
    /// Reads the names of the tables.
    pub(crate) fn open(source: &mut dyn Source, archive: Archive, limits: &Limits) -> Result<Self, Refusal> {
        let manifest = archive.bytes(source, "META-INF/manifest.xml", Cap::part(limits))?.unwrap_or_default();
        if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
            return Err(Refusal::PasswordProtected);
        }
        let mut book = Self { archive, limits: *limits, sheets: Vec::new() };
        book.sheets = read_tables(&mut book.content(source)?, limits)?;
        Ok(book)
    }

    /// The tables, in order.
    pub(crate) fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// How many comments and drawings there are; see [`crate::Book::asides`].
    pub(crate) fn asides(&self, source: &mut dyn Source) -> Result<Asides, Refusal> {
        let entry = self.archive.find(CONTENT).ok_or_else(missing)?;
        let words: [&[u8]; 4] =
            [b"<office:annotation ", b"<office:annotation>", b"</draw:frame>", b"</draw:custom-shape>"];
        let [named, bare, frames, shapes] = Archive::count(source, entry, Cap::sheet(&self.limits), words)?;
        Ok(Asides { comments: named + bare, drawings: frames + shapes })
    }

    /// The rows of one table.
    pub(crate) fn rows<'b>(
        &'b self,
        source: &'b mut dyn Source,
        sheet: usize,
    ) -> Result<OdsRows<'b>, Refusal> {
        if sheet >= self.sheets.len() {
            return Err(Refusal::NoSuchSheet(sheet));
        }
        let mut xml = self.content(source)?;
        let mut left = sheet;
        loop {
            match xml.next()? {
                Token::Start(tag) if tag.name == b"table:table" => {
                    let closed = tag.closed;
                    if left == 0 {
                        return Ok(OdsRows::new(xml, &self.limits, closed));
                    }
                    left -= 1;
                    if !closed {
                        xml.skip_to(TABLE_END)?;
                    }
                }
                Token::Done => return Err(Refusal::NoSuchSheet(sheet)),
                Token::Start(_) | Token::End(_) | Token::Text(_) => {}
            }
        }
    }

    fn content<'b>(&self, source: &'b mut dyn Source) -> Result<Xml<'b>, Refusal> {
        let entry = self.archive.find(CONTENT).ok_or_else(missing)?;
        Xml::open(Part::open(source, entry, Cap::sheet(&self.limits))?, &self.limits)
    }
}

fn missing() -> Refusal {
    Refusal::Damaged(format!("there is no {CONTENT}"))
}

/// Reads the names of the tables; a table is hidden by its style (ODF 1.3 part 3, 20.403).
fn read_tables(xml: &mut Xml<'_>, limits: &Limits) -> Result<Vec<Sheet>, Refusal> {
    let (mut sheets, mut hidden, mut style) = (Vec::new(), HashSet::new(), String::new());
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name {
                b"style:style" => style = tag.attribute("style:name").unwrap_or_default(),
                b"style:table-properties" if tag.attribute("table:display").as_deref() == Some("false") => {
                    hidden.insert(std::mem::take(&mut style));
                }
                b"table:table" => {
                    let closed = tag.closed;
                    sheets.push(sheet(&tag, &hidden));
                    if !closed {
                        xml.skip_to(TABLE_END)?;
                    }
                }
                _ => {}
            },
            Token::Done => return Ok(sheets),
            Token::End(_) | Token::Text(_) => {}
        }
        if sheets.len().max(hidden.len()) as u64 > limits.entries {
            return Err(Refusal::TooManyEntries(limits.entries));
        }
    }
}

fn sheet(tag: &Tag<'_>, hidden: &HashSet<String>) -> Sheet {
    let style = tag.attribute("table:style-name").unwrap_or_default();
    Sheet { name: tag.attribute("table:name").unwrap_or_default(), hidden: hidden.contains(&style) }
}
