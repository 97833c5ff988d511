//! Which tables a document has, and where the rows of one of them start.

use std::collections::HashSet;

use super::glance::{Glance, ROOM};
use super::sheet::{OdsRows, TABLE_END};
use crate::archive::{Archive, Cap, Part};
use crate::xml::{Tag, Token, Xml};
use crate::{Asides, Limits, Refusal, Sheet, Source};

/// The part that holds everything of all tables.
const CONTENT: &str = "content.xml";

/// An opened document.
pub(crate) struct OdsBook {
    archive: Archive,
    limits: Limits,
    sheets: Vec<Sheet>,
    /// What was seen of each table, if it was looked at.
    glances: Vec<Option<Glance>>,
}

impl OdsBook {
    /// Reads the names of the tables.
    pub(crate) fn open(source: &mut dyn Source, archive: Archive, limits: &Limits) -> Result<Self, Refusal> {
        let manifest = archive.bytes(source, "META-INF/manifest.xml", Cap::part(limits))?.unwrap_or_default();
        if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
            return Err(Refusal::PasswordProtected);
        }
        let mut book = Self { archive, limits: *limits, sheets: Vec::new(), glances: Vec::new() };
        let tables = Tables::read(book.content(source)?, limits, ROOM);
        let tables = match tables {
            // Of a table that can't be read its name is known all the same; whoever wants its rows is told why not.
            Err(_) => Tables::read(book.content(source)?, limits, 0)?,
            Ok(tables) => tables,
        };
        (book.sheets, book.glances) = (tables.sheets, tables.glances);
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
    /// Reads the names of the tables and, as far as there is room, what there is to see of those behind the first.
    fn read<'b>(mut xml: Xml<'b>, limits: &'b Limits, mut room: u64) -> Result<Self, Refusal> {
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
            let rows = OdsRows::new(xml, limits, closed);
            if room > 0 && tables.sheets.len() > 1 {
                let (glance, rest) = Glance::of(rows, &mut room)?;
                tables.glances.push(glance);
                xml = rest;
            } else {
                tables.glances.push(None);
                xml = rows.into_rest()?;
            }
        }
    }

    /// Notes a style or a table; of a table, whether it is an empty element.
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

fn sheet(tag: &Tag<'_>, hidden: &HashSet<String>) -> Sheet {
    let style = tag.attribute("table:style-name").unwrap_or_default();
    Sheet { name: tag.attribute("table:name").unwrap_or_default(), hidden: hidden.contains(&style) }
}
