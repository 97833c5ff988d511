//! Which tables a document has, and where the rows of one of them start.

use std::collections::HashSet;

use super::sheet::OdsRows;
use crate::archive::{Archive, Cap, Part};
use crate::xml::{Tag, Token, Xml};
use crate::{Asides, Batch, Count, Limits, Refusal, Sheet, Source};

/// The part that holds everything of all tables.
const CONTENT: &str = "content.xml";
/// What ends a table. It is looked for as bytes: what lies between is no business of the one who wants another table.
const TABLE_END: &[u8] = b"</table:table>";

/// An opened document.
pub(crate) struct OdsBook {
    archive: Archive,
    limits: Limits,
    sheets: Vec<Sheet>,
    /// What was seen of each table behind the first.
    glances: Vec<Option<Glance>>,
}

/// What the one pass over a document sees of a table behind the first: nobody has to come back for those that are not read.
pub(crate) struct Glance {
    /// The first rows.
    pub(crate) head: Batch,
    /// All of them.
    pub(crate) count: Count,
}

impl OdsBook {
    /// Reads the names of the tables.
    pub(crate) fn open(source: &mut dyn Source, archive: Archive, limits: &Limits) -> Result<Self, Refusal> {
        let manifest = archive.bytes(source, "META-INF/manifest.xml", Cap::part(limits))?.unwrap_or_default();
        if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
            return Err(Refusal::PasswordProtected);
        }
        let mut book = Self { archive, limits: *limits, sheets: Vec::new(), glances: Vec::new() };
        // Where a later table can't be read to its end, its name is all that is known of it.
        match Tables::read(book.content(source)?, limits, true) {
            Ok(tables) => (book.sheets, book.glances) = (tables.sheets, tables.glances),
            Err(_) => book.sheets = Tables::read(book.content(source)?, limits, false)?.sheets,
        }
        Ok(book)
    }

    /// The tables, in order.
    pub(crate) fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// What was seen of a table when the document was opened.
    pub(crate) fn glance(&self, sheet: usize) -> Option<&Glance> {
        self.glances.get(sheet)?.as_ref()
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

/// The tables of a document as it is passed over once.
#[derive(Default)]
struct Tables {
    sheets: Vec<Sheet>,
    glances: Vec<Option<Glance>>,
    /// The styles that hide a table (ODF 1.3 part 3, 20.403), and the last style.
    hidden: HashSet<String>,
    style: String,
}

impl Tables {
    /// Reads the names of the tables and, where that is wanted, what there is to see of those behind the first.
    fn read<'b>(mut xml: Xml<'b>, limits: &'b Limits, glancing: bool) -> Result<Self, Refusal> {
        let mut tables = Self::default();
        loop {
            let closed = match xml.next()? {
                Token::Start(tag) => tables.start(&tag),
                Token::Done => return Ok(tables),
                Token::End(_) | Token::Text(_) => None,
            };
            if tables.sheets.len().max(tables.hidden.len()) as u64 > limits.entries {
                return Err(Refusal::TooManyEntries(limits.entries));
            }
            let Some(closed) = closed else { continue };
            if glancing && tables.sheets.len() > 1 {
                let (glance, rest) = glance_at(OdsRows::new(xml, limits, closed))?;
                tables.glances.push(Some(glance));
                xml = rest;
            } else {
                tables.glances.push(None);
                if !closed {
                    xml.skip_to(TABLE_END)?;
                }
            }
        }
    }

    /// Notes a style or a table; whether it is an empty one, where it is a table.
    fn start(&mut self, tag: &Tag<'_>) -> Option<bool> {
        match tag.name {
            b"style:style" => self.style = tag.attribute("style:name").unwrap_or_default(),
            b"style:table-properties" if tag.attribute("table:display").as_deref() == Some("false") => {
                self.hidden.insert(std::mem::take(&mut self.style));
            }
            b"table:table" => {
                self.sheets.push(sheet(tag, &self.hidden));
                return Some(tag.closed);
            }
            _ => {}
        }
        None
    }
}

/// Rows that are kept of a table at a glance, and rows that are read together.
const GLANCED: usize = 20;

fn glance_at<'b>(mut rows: OdsRows<'b>) -> Result<(Glance, Xml<'b>), Refusal> {
    let (mut head, mut batch, mut count) = (None, Batch::new(), Count::default());
    loop {
        batch.open();
        rows.fill(&mut batch, GLANCED)?;
        batch.seal()?;
        if batch.is_empty() {
            count.cells += rows.unread();
            return Ok((Glance { head: head.unwrap_or_default(), count }, rows.into_xml()));
        }
        count.rows += batch.len() as u64;
        count.cells += batch.iter().map(|row| row.cells().count() as u64).sum::<u64>();
        if head.is_none() {
            head = Some(std::mem::take(&mut batch));
        }
    }
}

fn sheet(tag: &Tag<'_>, hidden: &HashSet<String>) -> Sheet {
    let style = tag.attribute("table:style-name").unwrap_or_default();
    Sheet { name: tag.attribute("table:name").unwrap_or_default(), hidden: hidden.contains(&style) }
}
