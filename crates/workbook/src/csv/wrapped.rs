//! Lines that are one quoted field, whole: so Excel saves a file that it opened with another separator than the file's.
//! What is inside is the record that was meant.

/// The text of a sample with such lines as they were meant; none when no line is one.
pub(super) fn unwrap_lines(sample: &[u8]) -> Option<Vec<u8>> {
    let mut unwrapped = Vec::new();
    let mut found = false;
    for line in sample.split_inclusive(|&byte| byte == b'\n') {
        let record = line.trim_ascii_end();
        match inside(record) {
            Some(text) => {
                found = true;
                unwrapped.extend_from_slice(&text);
            }
            None => unwrapped.extend_from_slice(record),
        }
        // The last line of a sample may be cut off, and then must not look like a record.
        if line.ends_with(b"\n") {
            unwrapped.push(b'\n');
        }
    }
    found.then_some(unwrapped)
}

/// The fields of a record that stood in one quoted field.
pub(super) fn split(record: &[u8], separator: u8) -> Vec<Vec<u8>> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), Vec::new(), false);
    let mut bytes = record.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' if quoted && bytes.peek() == Some(&b'"') => field.extend(bytes.next()),
            b'"' if quoted || field.is_empty() => quoted = !quoted,
            byte if byte == separator && !quoted => fields.push(std::mem::take(&mut field)),
            byte => field.push(byte),
        }
    }
    fields.push(field);
    fields
}

/// The text of a line that is one quoted field.
fn inside(record: &[u8]) -> Option<Vec<u8>> {
    let text = record.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let mut unwrapped = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'"', rest) {
        if rest.get(at + 1) != Some(&b'"') {
            return None;
        }
        unwrapped.extend_from_slice(&rest[..=at]);
        rest = &rest[at + 2..];
    }
    unwrapped.extend_from_slice(rest);
    Some(unwrapped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let unwrapped =
            unwrap_lines(b"\"a,b\"\r\nc,d\r\n\"1,\"\"x, y\"\"\"\r\n\"e\",\"f\"\n").expect("wrapped lines");
        assert_eq!(String::from_utf8_lossy(&unwrapped), "a,b\nc,d\n1,\"x, y\"\n\"e\",\"f\"\n");
        assert_eq!(unwrap_lines(b"a,b\n\"c\",d\n"), None);
    }

    #[test]
    fn fields() {
        assert_eq!(split(b"1,\"x, \"\"y\"\"\",,z", b','), [b"1".as_slice(), b"x, \"y\"", b"", b"z"]);
    }
}
