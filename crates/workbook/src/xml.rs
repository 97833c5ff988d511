//! XML as a stream of tokens over a window, as much of it as spreadsheets use. Comments, CDATA, processing instructions
//! and prefixes are understood; any DOCTYPE is refused, so no entity can be declared and nothing outside is fetched.
//! Depth, attributes and the length of a token are limited. Source: Extensible Markup Language 1.0, fifth edition.

mod text;

pub(crate) use text::{unescape, unescape_into};

use encoding_rs::Encoding;

use crate::archive::Part;
use crate::charset::Coding;
use crate::window::{Input, Window};
use crate::{Limits, Progress, Refusal};

/// The longest tag that is looked at among what is passed over.
const SHORT: usize = 512;

/// One token. Names keep their prefix; text is as it stands, see [`Text::append`].
#[derive(Debug)]
pub(crate) enum Token<'w> {
    /// A start tag, or an empty element, which gets no end.
    Start(Tag<'w>),
    /// An end tag and its name.
    End(&'w [u8]),
    /// A run of text, or a CDATA section.
    Text(Text<'w>),
    /// The document is complete.
    Done,
}

/// A start tag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag<'w> {
    /// Its name with its prefix.
    pub(crate) name: &'w [u8],
    /// Whether the element is empty (`<c/>`).
    pub(crate) closed: bool,
    attributes: &'w [u8],
}

/// A run of text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'w> {
    bytes: &'w [u8],
    form: Form,
}

/// What is still to be done with a text.
#[derive(Debug, Clone, Copy)]
enum Form {
    /// References and line ends.
    Escaped,
    /// Line ends: a CDATA section.
    Literal,
    /// Nothing.
    Resolved,
}

/// The attributes of a tag: name with prefix, value as it stands.
pub(crate) struct Attributes<'w> {
    rest: &'w [u8],
}

/// The tokens of one part.
pub(crate) struct Xml<'b> {
    window: Window<'b>,
    depth_most: u32,
    attributes_most: u32,
    token_most: u64,
    /// The names of the open elements, end to end, and where each starts.
    open: Vec<u8>,
    starts: Vec<usize>,
    /// Consumed before the next token is looked for: the token that was given last.
    given: usize,
    /// Whether the root element was seen.
    rooted: bool,
}

impl<'b> Xml<'b> {
    /// Looks at the encoding: UTF-8, or UTF-16 by its mark, or what the declaration says.
    pub(crate) fn open(part: Part<'b>, limits: &Limits) -> Result<Self, Refusal> {
        let mut window = Window::new(Input::Part(Box::new(part)), None);
        window.ensure(256)?;
        let encoding = encoding_of(window.rest());
        window.decode(encoding.map(Coding::Known));
        if window.rest().starts_with(b"\xEF\xBB\xBF") {
            window.advance(3);
        }
        Ok(Self {
            window,
            depth_most: limits.depth,
            attributes_most: limits.attributes,
            token_most: limits.token,
            open: Vec::new(),
            starts: Vec::new(),
            given: 0,
            rooted: false,
        })
    }

    /// The next token.
    pub(crate) fn next(&mut self) -> Result<Token<'_>, Refusal> {
        loop {
            self.settle();
            self.window.ensure(9)?;
            let rest = self.window.rest();
            let length = match rest {
                [] => {
                    return if self.starts.is_empty() && self.rooted { Ok(Token::Done) } else { Err(cut()) };
                }
                [b'<', b'/', ..] => return self.end_tag(),
                [b'<', b'?', ..] => self.find(b"?>")?,
                [b'<', b'!', b'-', b'-', ..] => self.find_from(4, b"-->")?,
                [b'<', b'!', b'[', ..] if rest.starts_with(b"<![CDATA[") => return self.cdata(),
                [b'<', b'!', b'D', ..] => return Err(Refusal::Doctype),
                [b'<', b'!', ..] => return Err(damaged("an unknown kind of markup")),
                [b'<', ..] => return self.start_tag(),
                _ => return self.text(),
            };
            self.window.advance(length);
        }
    }

    /// Passes over the rest of the element whose start was given last and is not closed.
    pub(crate) fn skip(&mut self) -> Result<(), Refusal> {
        let depth = self.starts.len();
        while self.starts.len() >= depth {
            if matches!(self.next()?, Token::Done) {
                return Err(cut());
            }
        }
        Ok(())
    }

    /// Passes over everything up to this needle, without looking at it.
    pub(crate) fn skip_to(&mut self, needle: &[u8]) -> Result<(), Refusal> {
        self.settle();
        loop {
            let rest = self.window.rest();
            if let Some(at) = memchr::memmem::find(rest, needle) {
                self.window.advance(at);
                return Ok(());
            }
            let kept = rest.len().min(needle.len());
            self.window.advance(rest.len() - kept);
            if !self.window.more(self.token_most)? {
                return Err(cut());
            }
        }
    }

    /// Closes the element that was opened last: its end was consumed with [`Xml::take`].
    pub(crate) fn close(&mut self) {
        if let Some(start) = self.starts.pop() {
            self.open.truncate(start);
        }
    }

    /// Closes the elements that are open deeper than so many: what is in them is passed over with [`Xml::skip_to`].
    pub(crate) fn close_to(&mut self, depth: usize) {
        while self.starts.len() > depth {
            self.close();
        }
    }

    /// How many elements are open.
    pub(crate) fn depth(&self) -> usize {
        self.starts.len()
    }

    /// What is held of the part after the last token, at least `least` bytes of it if there are as many. For those who
    /// know better how to read it than token by token; they consume it with [`Xml::take`].
    #[inline]
    pub(crate) fn ahead(&mut self, least: usize) -> Result<&[u8], Refusal> {
        self.settle();
        self.window.ensure(least)?;
        Ok(self.window.rest())
    }

    /// Consumes whole elements or text that [`Xml::ahead`] gave.
    #[inline]
    pub(crate) fn take(&mut self, count: usize) {
        self.window.advance(count);
    }

    /// Reads the part to its end without looking at it, so that its checksum is compared.
    pub(crate) fn drain(&mut self) -> Result<(), Refusal> {
        loop {
            self.window.advance(usize::MAX >> 1);
            if !self.window.more(self.token_most)? {
                return Ok(());
            }
        }
    }

    /// Reads on, without looking at what is passed, behind the next of these starts of a tag; the rest of that tag, or none at the end
    /// of the part.
    pub(crate) fn drain_to(&mut self, start: &[u8]) -> Result<Option<Attributes<'_>>, Refusal> {
        self.settle();
        loop {
            let rest = self.window.rest();
            if let Some(at) = memchr::memmem::find(rest, start) {
                self.window.advance(at + start.len());
                self.window.ensure(SHORT)?;
                let rest = self.window.rest();
                let end = memchr::memchr(b'>', &rest[..rest.len().min(SHORT)]).unwrap_or(0);
                self.given = end;
                return Ok(Some(Attributes { rest: &self.window.rest()[..end] }));
            }
            let kept = rest.len().min(start.len());
            self.window.advance(rest.len() - kept);
            if !self.window.more(self.token_most)? {
                return Ok(None);
            }
        }
    }

    /// How far the part was read, in stored bytes.
    pub(crate) fn progress(&self) -> Progress {
        self.window.progress()
    }

    #[inline]
    fn settle(&mut self) {
        self.window.advance(std::mem::take(&mut self.given));
    }

    fn start_tag(&mut self) -> Result<Token<'_>, Refusal> {
        let length = self.tag_length()?;
        self.given = length;
        let inside = &self.window.rest()[1..length - 1];
        let closed = inside.last() == Some(&b'/');
        let inside = if closed { &inside[..inside.len() - 1] } else { inside };
        let name = inside.iter().position(u8::is_ascii_whitespace).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name);
        if name.is_empty() || (self.starts.is_empty() && self.rooted) {
            return Err(damaged("an element where none may be"));
        }
        if self.starts.len() >= self.depth_most as usize {
            return Err(Refusal::TooDeep(self.depth_most));
        }
        self.rooted = true;
        if !closed {
            self.starts.push(self.open.len());
            self.open.extend_from_slice(name);
        }
        Ok(Token::Start(Tag { name, closed, attributes }))
    }

    fn end_tag(&mut self) -> Result<Token<'_>, Refusal> {
        let length = self.find(b">")?;
        self.given = length;
        let name = self.window.rest()[2..length - 1].trim_ascii_end();
        let start = self.starts.pop().ok_or_else(|| damaged("an end without its start"))?;
        if &self.open[start..] != name {
            return Err(damaged("an end that is not its start's"));
        }
        self.open.truncate(start);
        Ok(Token::End(name))
    }

    fn cdata(&mut self) -> Result<Token<'_>, Refusal> {
        let length = self.find_from(9, b"]]>")?;
        self.given = length;
        self.placed(Text { bytes: &self.window.rest()[9..length - 3], form: Form::Literal })
    }

    fn text(&mut self) -> Result<Token<'_>, Refusal> {
        let mut looked = 0;
        let length = loop {
            let rest = self.window.rest();
            match memchr::memchr(b'<', &rest[looked..]) {
                Some(at) => break looked + at,
                None => looked = rest.len(),
            }
            if !self.window.more(self.token_most)? {
                break looked;
            }
        };
        if length as u64 > self.token_most {
            return Err(Refusal::TokenTooLong(self.token_most));
        }
        self.given = length;
        self.placed(Text { bytes: &self.window.rest()[..length], form: Form::Escaped })
    }

    /// Text outside the root may only be white space.
    fn placed<'w>(&'w self, text: Text<'w>) -> Result<Token<'w>, Refusal> {
        if self.starts.is_empty() && !text.bytes.trim_ascii().is_empty() {
            return Err(damaged("text outside the document"));
        }
        Ok(Token::Text(text))
    }

    /// The length up to the end of this needle, from the `<` on.
    fn find(&mut self, needle: &[u8]) -> Result<usize, Refusal> {
        self.find_from(2, needle)
    }

    fn find_from(&mut self, from: usize, needle: &[u8]) -> Result<usize, Refusal> {
        let mut looked = from;
        loop {
            let rest = self.window.rest();
            if let Some(at) = rest.get(looked..).and_then(|rest| memchr::memmem::find(rest, needle)) {
                let length = looked + at + needle.len();
                return if length as u64 > self.token_most {
                    Err(Refusal::TokenTooLong(self.token_most))
                } else {
                    Ok(length)
                };
            }
            looked = looked.max(rest.len().saturating_sub(needle.len()));
            if !self.window.more(self.token_most)? {
                return Err(cut());
            }
        }
    }

    /// The length of a start tag; a `>` in quotes does not end it.
    fn tag_length(&mut self) -> Result<usize, Refusal> {
        let mut at = 1;
        let mut quote = None;
        let mut attributes = 0;
        loop {
            let rest = self.window.rest();
            let ahead = rest.get(at..).unwrap_or_default();
            let found = match quote {
                Some(quote) => memchr::memchr(quote, ahead),
                None => memchr::memchr3(b'>', b'"', b'\'', ahead),
            };
            let Some(found) = found else {
                at = rest.len();
                if !self.window.more(self.token_most)? {
                    return Err(cut());
                }
                continue;
            };
            at += found + 1;
            if at as u64 > self.token_most {
                return Err(Refusal::TokenTooLong(self.token_most));
            }
            quote = match (quote, self.window.rest()[at - 1]) {
                (None, b'>') => return Ok(at),
                (None, mark) => Some(mark),
                (Some(_), _) => {
                    attributes += 1;
                    None
                }
            };
            if attributes > self.attributes_most {
                return Err(Refusal::TooManyAttributes(self.attributes_most));
            }
        }
    }
}

impl<'w> Tag<'w> {
    /// The attributes, in order; malformed ones end the list.
    pub(crate) fn attributes(&self) -> Attributes<'w> {
        Attributes { rest: self.attributes }
    }

    /// The value of the attribute with exactly this name.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        self.attributes().find(|(found, _)| *found == name.as_bytes()).map(|(_, value)| unescape(value))
    }

    /// The value of the attribute with this name behind any prefix, as `id` of `r:id`.
    pub(crate) fn prefixed_attribute(&self, name: &str) -> Option<String> {
        self.attributes()
            .find(|(found, _)| found.contains(&b':') && local(found) == name.as_bytes())
            .map(|(_, value)| unescape(value))
    }

    /// The name without its prefix.
    pub(crate) fn local(&self) -> &'w [u8] {
        local(self.name)
    }
}

/// A name without its prefix.
pub(crate) fn local(name: &[u8]) -> &[u8] {
    memchr::memchr(b':', name).map_or(name, |colon| &name[colon + 1..])
}

impl<'w> Text<'w> {
    /// Text as it stands between two tags.
    pub(crate) fn new(bytes: &'w [u8]) -> Self {
        Self { bytes, form: Form::Escaped }
    }

    /// Text in which nothing is escaped any more.
    pub(crate) fn resolved(bytes: &'w [u8]) -> Self {
        Self { bytes, form: Form::Resolved }
    }

    /// Appends the text with its references resolved and its line ends made LF.
    pub(crate) fn append(&self, to: &mut Vec<u8>) {
        match self.form {
            Form::Escaped => unescape_into(self.bytes, to),
            Form::Literal => text::lines_into(self.bytes, to),
            Form::Resolved => to.extend_from_slice(self.bytes),
        }
    }
}

impl<'w> Iterator for Attributes<'w> {
    type Item = (&'w [u8], &'w [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_ascii_start();
        let equals = memchr::memchr(b'=', rest)?;
        let name = rest[..equals].trim_ascii_end();
        let value = rest[equals + 1..].trim_ascii_start();
        let (&quote, value) = value.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
        let end = memchr::memchr(quote, value)?;
        self.rest = &value[end + 1..];
        Some((name, &value[..end]))
    }
}

/// The encoding, if it is not UTF-8 (XML 1.0, appendix F). OPC allows UTF-8 and UTF-16 only; others are read all the same.
fn encoding_of(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => return Some(encoding_rs::UTF_16LE),
        [0xFE, 0xFF, ..] | [0, b'<', ..] => return Some(encoding_rs::UTF_16BE),
        _ => {}
    }
    let declaration = head.strip_prefix(b"<?xml")?;
    let declaration = &declaration[..memchr::memmem::find(declaration, b"?>")?];
    let (_, label) = Attributes { rest: declaration }.find(|(name, _)| *name == b"encoding".as_slice())?;
    Encoding::for_label(label)
        .filter(|encoding| encoding.is_ascii_compatible() && *encoding != encoding_rs::UTF_8)
}

fn cut() -> Refusal {
    damaged("the text ends in the middle")
}

fn damaged(what: &str) -> Refusal {
    Refusal::Damaged(format!("xml: {what}"))
}
