//! Character references and line ends of XML text, resolved.

/// The text of an attribute. What is not UTF-8 becomes the replacement character.
pub(crate) fn unescape(raw: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(raw.len());
    unescape_into(raw, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Appends the text with its references resolved and CRLF and CR made LF (XML 1.0, sections 2.11 and 4.6). A reference
/// to what is not declared stays as it stands: without a DOCTYPE there is nothing that it could mean.
pub(crate) fn unescape_into(raw: &[u8], to: &mut Vec<u8>) {
    let mut rest = raw;
    while let Some(at) = memchr::memchr2(b'&', b'\r', rest) {
        to.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        let taken = if rest[0] == b'\r' { line_end(rest, to) } else { reference(rest, to) };
        rest = &rest[taken..];
    }
    to.extend_from_slice(rest);
}

/// Appends text in which nothing is escaped, with its line ends made LF.
pub(super) fn lines_into(raw: &[u8], to: &mut Vec<u8>) {
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'\r', rest) {
        to.extend_from_slice(&rest[..at]);
        let taken = line_end(&rest[at..], to);
        rest = &rest[at + taken..];
    }
    to.extend_from_slice(rest);
}

/// Makes the CR or CRLF at the start an LF; how many bytes it was.
fn line_end(rest: &[u8], to: &mut Vec<u8>) -> usize {
    to.push(b'\n');
    if rest.get(1) == Some(&b'\n') { 2 } else { 1 }
}

/// Appends what the reference at the start means; how many bytes it was.
fn reference(rest: &[u8], to: &mut Vec<u8>) -> usize {
    let most = rest.len().min(16);
    let found = memchr::memchr(b';', &rest[..most]).and_then(|end| Some((meaning(&rest[1..end])?, end + 1)));
    let (character, length) = found.unwrap_or(('&', 1));
    to.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    length
}

fn meaning(name: &[u8]) -> Option<char> {
    let number = match name {
        b"amp" => return Some('&'),
        b"lt" => return Some('<'),
        b"gt" => return Some('>'),
        b"quot" => return Some('"'),
        b"apos" => return Some('\''),
        [b'#', b'x' | b'X', digits @ ..] => u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16),
        [b'#', digits @ ..] => std::str::from_utf8(digits).ok()?.parse(),
        _ => return None,
    };
    number.ok().and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: &str) {
        assert_eq!(unescape(raw.as_bytes()), expected, "{raw}");
    }

    #[test]
    fn references() {
        check("a &amp;&lt;&gt;&quot;&apos; b", "a &<>\"' b");
        check("&#65;&#x41;&#x1F600;", "AA\u{1F600}");
        check("&unknown; & &#xD800; &#x110000; &", "&unknown; & &#xD800; &#x110000; &");
        check("&&amp;", "&&");
    }

    #[test]
    fn line_ends() {
        check("a\r\nb\rc\nd\r", "a\nb\nc\nd\n");
        check("a&#13;b", "a\rb");
    }
}
