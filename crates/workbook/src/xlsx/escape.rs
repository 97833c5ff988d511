//! `_xHHHH_`: how a string cell holds what XML can't (ECMA-376 part 1, 22.9.2.19), both ways.

/// Resolves the escapes of the text from this place on. Two that are a surrogate pair give one character; half of a
/// pair is no character and stays as it stands.
pub(crate) fn resolve(text: &mut Vec<u8>, from: usize) {
    let Some(first) = memchr::memmem::find(&text[from..], b"_x") else { return };
    let tail = text.split_off(from + first);
    let mut rest = tail.as_slice();
    while let Some(at) = memchr::memmem::find(rest, b"_x") {
        text.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        if let Some((character, length)) = escape(rest) {
            text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            rest = &rest[length..];
        } else {
            text.push(b'_');
            rest = &rest[1..];
        }
    }
    text.extend_from_slice(rest);
}

/// Whether text from here on could be taken for an escape, so that its `_` must be written as `_x005F_`. The `_` at the
/// end does not count: the next character may be written as an escape, and then begins with one.
pub(crate) fn looks_escaped(text: &[u8]) -> bool {
    text.starts_with(b"_x") && text.get(2..6).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// The character of the escape at the start, and the length of what was read.
fn escape(text: &[u8]) -> Option<(char, usize)> {
    let first = unit(text)?;
    if let Some(character) = char::from_u32(first.into()) {
        return Some((character, 7));
    }
    let second = unit(&text[7..])?;
    let character = char::decode_utf16([first, second]).next()?.ok()?;
    Some((character, 14))
}

/// The UTF-16 unit of the escape at the start.
fn unit(text: &[u8]) -> Option<u16> {
    let digits = text.get(..7)?.strip_prefix(b"_x")?.strip_suffix(b"_")?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut bytes = text.as_bytes().to_vec();
        resolve(&mut bytes, 0);
        assert_eq!(String::from_utf8(bytes).expect("UTF-8"), expected, "{text}");
    }

    #[test]
    fn escapes() {
        check("a_x000D_b", "a\rb");
        check("_x005F_x000D_", "_x000D_");
        check("_x005f_", "_");
        check("_xD83D__xDE00_", "\u{1F600}");
        check("_xD83D_ and _xDE00_", "_xD83D_ and _xDE00_");
        check("_x_x0041_", "_xA");
        check("a_x00_ _x0041 __x0041__", "a_x00_ _x0041 _A_");
    }

    #[test]
    fn what_stands_before_stays() {
        let mut bytes = b"_x0041__x0042_".to_vec();
        resolve(&mut bytes, 7);
        assert_eq!(bytes, b"_x0041_B");
    }
}
