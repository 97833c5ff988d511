//! Notes on cells: their texts (ECMA-376 part 1, 18.7) and the boxes in which programs show them, in VML (part 4, 19.4), with what
//! the sheet and the list of parts say of both. A sheet without notes has none of it.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::pour::escape_into;
use crate::Mark;
use crate::Position;
use crate::archive::ZipWriter;

const COMMENTS: &str = "xl/comments1.xml";
const DRAWING: &str = "xl/drawings/vmlDrawing1.vml";
const RELATIONS: &str = "xl/worksheets/_rels/sheet1.xml.rels";

/// What the sheet is related to: the boxes, which it names, and the texts.
const RELATED: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="../comments1.xml"/></Relationships>"#;
/// The types of both parts.
const LISTED: &str = r#"<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/><Override PartName="/xl/comments1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>"#;
/// How the sheet names its boxes. Nothing that we write comes behind it (18.3.1.99).
const DRAWN: &str = r#"<legacyDrawing r:id="rId1"/></worksheet>"#;

const COMMENTS_HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>Muster</author></authors><commentList>"#;
const COMMENTS_TAIL: &str = "</commentList></comments>";
/// The look of a note's text: Tahoma 8, as other writers give it.
const COMMENT_TEXT: &str = r#"<text><r><rPr><sz val="8"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/></rPr><t xml:space="preserve">"#;

const DRAWING_HEAD: &str = r#"<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="BLOCKS"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>"#;
/// Numbers of boxes come in blocks of so many, and the drawing lists the blocks that it uses, from 1.
const BLOCK: usize = 1_024;
/// Bytes that are gathered before they are deflated.
const GATHERED: usize = 64 << 10;
/// Characters that fit in one line of a box two columns wide, about.
const LINE: usize = 45;

/// The notes of the first sheet, until its rows are written.
#[derive(Default)]
pub(super) struct Notes {
    notes: Vec<(Position, Box<str>)>,
}

impl Notes {
    /// Keeps the notes of a row.
    pub(super) fn add(&mut self, row: u32, marks: &[Mark<'_>]) {
        let notes =
            marks.iter().filter_map(|mark| Some((Position { row, column: mark.column }, mark.note?.into())));
        self.notes.extend(notes);
    }

    /// The end of the sheet, naming the boxes if there are any.
    pub(super) fn drawn(&self, tail: String) -> String {
        if self.notes.is_empty() { tail } else { tail.replacen("</worksheet>", DRAWN, 1) }
    }

    /// The list of parts, with those of the notes if there are any.
    pub(super) fn listed(&self, types: Vec<u8>) -> Vec<u8> {
        let end = memchr::memmem::rfind(&types, b"</Types>").filter(|_| !self.notes.is_empty());
        match end {
            Some(end) => [&types[..end], LISTED.as_bytes(), &types[end..]].concat(),
            None => types,
        }
    }

    /// Writes the parts of the notes, if there are any.
    pub(super) fn write<W: Write>(&self, zip: &mut ZipWriter<W>) -> io::Result<()> {
        if self.notes.is_empty() {
            return Ok(());
        }
        zip.deflate(RELATIONS, RELATED.as_bytes())?;
        self.pour(zip, COMMENTS, COMMENTS_HEAD, comment, COMMENTS_TAIL)?;
        let blocks: Vec<String> = (1..=self.notes.len() / BLOCK + 1).map(|block| block.to_string()).collect();
        self.pour(zip, DRAWING, &DRAWING_HEAD.replace("BLOCKS", &blocks.join(",")), shape, "</xml>")
    }

    /// Pours a part that has something of every note.
    fn pour<W: Write>(
        &self,
        zip: &mut ZipWriter<W>,
        part: &str,
        head: &str,
        of_note: fn(usize, Position, &str, &mut Vec<u8>),
        tail: &str,
    ) -> io::Result<()> {
        zip.start(part)?;
        let mut buffer = head.as_bytes().to_vec();
        for (number, (position, text)) in self.notes.iter().enumerate() {
            of_note(number, *position, text, &mut buffer);
            if buffer.len() >= GATHERED {
                zip.pour(&buffer)?;
                buffer.clear();
            }
        }
        buffer.extend_from_slice(tail.as_bytes());
        zip.pour(&buffer)?;
        zip.end()
    }
}

/// Adds the text of one note (18.7.3).
fn comment(_: usize, position: Position, text: &str, to: &mut Vec<u8>) {
    to.extend_from_slice(format!("<comment ref=\"{position}\" authorId=\"0\">{COMMENT_TEXT}").as_bytes());
    escape_into(text.as_bytes(), to);
    to.extend_from_slice(b"</t></r></text></comment>");
}

/// Adds the box of one note: hidden until its cell is pointed at, beside the cell, as high as its text needs. Rows and columns
/// count from 0 here.
fn shape(number: usize, position: Position, text: &str, to: &mut Vec<u8>) {
    let (row, column) = (position.row - 1, position.column - 1);
    let lines: usize = text.lines().map(|line| line.chars().count() / LINE + 1).sum();
    let (top, bottom) = (row.saturating_sub(1), row + 2 + lines.min(20) as u32);
    let mut xml = String::new();
    let _ = write!(
        xml,
        "<v:shape id=\"_x0000_s{}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;margin-top:2pt;\
         width:240pt;height:60pt;z-index:{};visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
         <v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
         <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
         <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>\
         <x:Anchor>{}, 15, {top}, 2, {}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>\
         <x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>",
        BLOCK + 1 + number,
        number + 1,
        column + 1,
        column + 3
    );
    to.extend_from_slice(xml.as_bytes());
}
