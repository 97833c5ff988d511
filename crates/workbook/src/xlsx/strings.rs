//! The shared strings of a book: all their text in one arena, where each ends in a table.

use super::escape;
use crate::xml::{Text, Token, Xml, local};
use crate::{Limits, Refusal};

/// The strings, by their index.
#[derive(Debug, Default)]
pub(crate) struct Strings {
    text: String,
    ends: Vec<u32>,
}

/// How much is held before the fast reading of strings is tried.
const AHEAD: usize = 4096;

impl Strings {
    /// Reads `sharedStrings.xml` (ECMA-376 part 1, 18.4).
    pub(crate) fn read(xml: &mut Xml<'_>, limits: &Limits) -> Result<Self, Refusal> {
        let mut text = Vec::new();
        let mut ends = Vec::new();
        loop {
            // The text of most strings stands alone in its element, and then needs no tokens.
            if xml.depth() == 1 {
                while let Some((raw, length)) = plain_string(xml.ahead(AHEAD)?) {
                    let start = text.len();
                    Text::new(raw).append(&mut text);
                    end_string(&mut text, start, &mut ends, limits)?;
                    xml.take(length);
                }
            }
            match xml.next()? {
                Token::Start(tag) if tag.local() == b"si" => {
                    let start = text.len();
                    if !tag.closed {
                        rich_string(xml, &mut text, start + 4 * limits.cell as usize)?;
                    }
                    end_string(&mut text, start, &mut ends, limits)?;
                }
                Token::Done => break,
                Token::Start(_) | Token::End(_) | Token::Text(_) => {}
            }
        }
        text.shrink_to_fit();
        let text = String::from_utf8(text)
            .map_err(|_| Refusal::Damaged("a shared string is not UTF-8".to_owned()))?;
        Ok(Self { text, ends })
    }

    /// The string with this index.
    #[inline]
    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        self.text.get(start..end)
    }
}

fn end_string(text: &mut Vec<u8>, start: usize, ends: &mut Vec<u32>, limits: &Limits) -> Result<(), Refusal> {
    escape::resolve(text, start);
    // The text of one string must begin a character: only then is it whole when the text of all is UTF-8.
    if text.get(start).is_some_and(|byte| byte & 0xC0 == 0x80) {
        return Err(Refusal::Damaged("a shared string is not UTF-8".to_owned()));
    }
    let end = u32::try_from(text.len()).map_err(|_| Refusal::SharedStringsTooLarge(limits.shared_strings))?;
    ends.push(end);
    Ok(())
}

/// The text of `<si><t>text</t></si>` at the start, and the length of all of it.
fn plain_string(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let (open, rest) = match bytes.strip_prefix(b"<si><t>") {
        Some(rest) => (7, rest),
        None => (28, bytes.strip_prefix(b"<si><t xml:space=\"preserve\">")?),
    };
    let length = memchr::memchr(b'<', rest)?;
    rest[length..].starts_with(b"</t></si>").then(|| (&rest[..length], open + length + 9))
}

/// Reads what stands in `<si>`: plain text or runs of it, without how it is pronounced. Text beyond `most` is passed
/// over: it is longer than a cell can hold by then.
fn rich_string(xml: &mut Xml<'_>, text: &mut Vec<u8>, most: usize) -> Result<(), Refusal> {
    let mut in_text = false;
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.local() {
                b"t" => in_text = !tag.closed,
                b"r" => {}
                _ => {
                    if !tag.closed {
                        xml.skip()?;
                    }
                }
            },
            Token::Text(found) if in_text && text.len() <= most => found.append(text),
            Token::Text(_) => {}
            Token::End(name) => match local(name) {
                b"si" => return Ok(()),
                _ => in_text = false,
            },
            Token::Done => return Ok(()),
        }
    }
}
