//! How a csv file is written: its encoding and what separates its fields. What no mark tells is guessed, and said.

use std::io::{Read, SeekFrom};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use super::wrapped::unwrap_lines;
use crate::{Refusal, Source};

/// What separates fields, in the order in which they are preferred when all are alike.
const SEPARATORS: [(u8, &str); 4] =
    [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs"), (b'|', "vertical bars")];
/// Bytes that the separator is guessed from.
const SAMPLE: usize = 64 << 10;
/// Bytes that the encoding is guessed from; more makes it slow and no better.
const DETECTED: usize = 256 << 10;

/// How a csv file is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// None for UTF-8 without errors.
    pub(crate) encoding: Option<&'static Encoding>,
    /// Bytes before the first record, after decoding: a mark, or Excel's `sep=;`.
    pub(crate) skipped: usize,
    pub(crate) separator: u8,
    /// Whether lines that are one quoted field hold a record.
    pub(crate) wrapped: bool,
    /// What was guessed, in words; none when the file says it or is as the standard wants.
    pub(crate) guessed: Option<String>,
}

impl Dialect {
    /// Looks at the whole file once for its encoding, and at its start for its separator.
    pub(crate) fn find(source: &mut dyn Source) -> Result<Self, Refusal> {
        source.seek(SeekFrom::Start(0))?;
        let mut head = Vec::new();
        source.take(SAMPLE as u64).read_to_end(&mut head)?;
        let (encoding, told) = find_encoding(source, &head)?;
        let text = decode(encoding, &head);
        let mark = if text.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let text = &text[mark..];
        let unwrapped = wrapped_separator(text);
        let (separator, line) = match (told_separator(text), unwrapped) {
            (Some((separator, line)), _) => (separator, line),
            (None, Some(separator)) => (separator, 0),
            (None, None) => (guess_separator(text), 0),
        };
        let wrapped = unwrapped == Some(separator);
        let mut guessed = words(encoding, told && !wrapped, separator, line > 0);
        if let Some(guessed) = guessed.as_mut().filter(|_| wrapped) {
            guessed.push_str(", whole lines quoted");
        }
        Ok(Self { encoding, skipped: mark + line, separator, wrapped, guessed })
    }
}

/// The encoding, and whether the file itself tells it.
fn find_encoding(source: &mut dyn Source, head: &[u8]) -> Result<(Option<&'static Encoding>, bool), Refusal> {
    let marked = Encoding::for_bom(head).map(|(encoding, _)| encoding);
    if let Some(encoding) = marked.filter(|encoding| *encoding != encoding_rs::UTF_8) {
        return Ok((Some(encoding), true));
    }
    if marked.is_none()
        && let Some(encoding) = unmarked_utf16(head)
    {
        return Ok((Some(encoding), false));
    }
    if is_utf8(source)? {
        return Ok((None, true));
    }
    if marked.is_some() {
        // It says that it is UTF-8 and is not everywhere: what is broken becomes the replacement character.
        return Ok((Some(encoding_rs::UTF_8), false));
    }
    let old_mac = head.contains(&b'\r') && !head.contains(&b'\n');
    let encoding = if old_mac { encoding_rs::MACINTOSH } else { detect(source)? };
    Ok((Some(encoding), false))
}

/// UTF-16 without its mark: text of mostly one alphabet has its zeros on one side.
fn unmarked_utf16(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match pairs {
        0..2 => None,
        _ if odd * 5 > pairs * 2 && even * 20 < pairs => Some(encoding_rs::UTF_16LE),
        _ if even * 5 > pairs * 2 && odd * 20 < pairs => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

/// Whether the whole file is UTF-8.
fn is_utf8(source: &mut dyn Source) -> Result<bool, Refusal> {
    source.seek(SeekFrom::Start(0))?;
    let mut window = vec![0; SAMPLE];
    let mut held = 0;
    loop {
        let read = source.read(&mut window[held..])?;
        if read == 0 {
            return Ok(held == 0);
        }
        let filled = held + read;
        held = match std::str::from_utf8(&window[..filled]) {
            Ok(_) => 0,
            Err(error) if error.error_len().is_some() => return Ok(false),
            Err(error) => filled - error.valid_up_to(),
        };
        window.copy_within(filled - held..filled, 0);
    }
}

/// Guesses the encoding from a bounded number of the lines that hold more than ASCII.
fn detect(source: &mut dyn Source) -> Result<&'static Encoding, Refusal> {
    source.seek(SeekFrom::Start(0))?;
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut window = vec![0; SAMPLE];
    let mut fed = 0;
    while fed < DETECTED {
        let read = source.read(&mut window)?;
        if read == 0 {
            break;
        }
        for line in window[..read].split_inclusive(|&byte| byte == b'\n').filter(|line| !line.is_ascii()) {
            detector.feed(line, false);
            fed += line.len();
        }
    }
    detector.feed(b"", true);
    Ok(detector.guess(None, Utf8Detection::Deny))
}

fn decode(encoding: Option<&'static Encoding>, head: &[u8]) -> Vec<u8> {
    match encoding {
        None => head.to_vec(),
        Some(encoding) => encoding.decode_with_bom_removal(head).0.into_owned().into_bytes(),
    }
}

/// Excel's own line `sep=;` before the first record, and its length.
fn told_separator(text: &[u8]) -> Option<(u8, usize)> {
    let line = text.get(..5).filter(|line| line[..4].eq_ignore_ascii_case(b"sep="))?;
    let end = match text.get(5..7) {
        Some(b"\r\n") => 7,
        Some([b'\r' | b'\n', _]) => 6,
        _ => return None,
    };
    Some((line[4], end))
}

/// The separator inside lines that are quoted whole: all lines must have as many fields then, and more than one.
fn wrapped_separator(text: &[u8]) -> Option<u8> {
    let unwrapped = unwrap_lines(text)?;
    let alike = |separator| {
        let (counts, misplaced) = field_counts(&unwrapped, separator);
        !misplaced && counts[0] > 1 && counts.iter().all(|&count| count == counts[0])
    };
    SEPARATORS.into_iter().map(|(separator, _)| separator).find(|&separator| alike(separator))
}

/// The separator that makes the most records alike, and no quotation mark stand where none can.
fn guess_separator(text: &[u8]) -> u8 {
    let scores = SEPARATORS.map(|(separator, _)| (score(text, separator), separator));
    // The first of the best: the order of the list decides between equals.
    scores.iter().rev().max_by_key(|(score, _)| *score).map_or(b',', |(_, separator)| *separator)
}

/// How well a separator fits: in thousandths the records that have the most usual number of fields, then that number.
fn score(text: &[u8], separator: u8) -> (usize, usize) {
    let (counts, misplaced) = field_counts(text, separator);
    let usual = counts
        .iter()
        .copied()
        .filter(|&count| count > 1)
        .max_by_key(|&count| (counts.iter().filter(|&&other| other == count).count(), count));
    let Some(usual) = usual else { return (0, 0) };
    let alike = counts.iter().filter(|&&count| count == usual).count();
    let share = alike * 1000 / counts.len();
    (if misplaced { share / 4 } else { share }, usual)
}

/// The number of fields of the first records, and whether a quotation mark stands where this separator allows none.
fn field_counts(text: &[u8], separator: u8) -> (Vec<usize>, bool) {
    let (mut counts, mut misplaced) = (Vec::new(), false);
    let (mut fields, mut length, mut quoted, mut closed) = (1, 0, false, false);
    for &byte in text {
        match byte {
            b'"' if quoted => (quoted, closed) = (false, true),
            _ if quoted => {}
            // A doubled mark inside a quoted field: it was not closed after all.
            b'"' if closed => (quoted, closed) = (true, false),
            b'"' if length == 0 => quoted = true,
            b'\r' | b'\n' => {
                if fields > 1 || length > 0 || closed {
                    counts.push(fields);
                }
                (fields, length, closed) = (1, 0, false);
                if counts.len() == 100 {
                    break;
                }
                continue;
            }
            _ if byte == separator => {
                (fields, length, closed) = (fields + 1, 0, false);
                continue;
            }
            _ => misplaced |= closed || byte == b'"',
        }
        length += 1;
    }
    // The last record may be cut off; it counts only when it is the only one.
    if counts.is_empty() {
        counts.push(fields);
    }
    (counts, misplaced)
}

/// What was guessed, in words for people.
fn words(
    encoding: Option<&'static Encoding>,
    told: bool,
    separator: u8,
    separator_told: bool,
) -> Option<String> {
    let encoding = match encoding {
        None => "UTF-8",
        Some(encoding) if encoding == encoding_rs::UTF_8 => "UTF-8 with damaged characters",
        Some(encoding) => encoding.name(),
    };
    let name =
        SEPARATORS.iter().find(|(byte, _)| *byte == separator).map_or("another character", |(_, name)| name);
    let plain = told && (separator == b',' || separator_told);
    (!plain).then(|| format!("{encoding}, separated by {name}"))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn check(bytes: &[u8], separator: u8, guessed: Option<&str>) {
        let found = Dialect::find(&mut Cursor::new(bytes.to_vec())).expect("readable");
        assert_eq!((char::from(found.separator), found.guessed.as_deref()), (char::from(separator), guessed));
    }

    #[test]
    fn separators() {
        check(b"a,b,c\r\n1,2,3\r\n", b',', None);
        check(b"a;b;c\r\n1;2,5;3\r\n1;2,5;3\r\n", b';', Some("UTF-8, separated by semicolons"));
        check(b"a\tb\r\n1,2\t3,4\r\n", b'\t', Some("UTF-8, separated by tabs"));
        check(b"a|b\n1|2\n", b'|', Some("UTF-8, separated by vertical bars"));
        check(b"sep=;\r\na;b\r\n", b';', None);
        check(b"sep=|\na,b|c\n", b'|', None);
        check(b"only\nnames\n", b',', None);
        check(
            b"Table 1\nUser ID;Name\nU-1;Ann, Bob\nU-2;Carl, Dora\n",
            b';',
            Some("UTF-8, separated by semicolons"),
        );
        check(b"\"a;b\",\"c;d\"\n\"e;f\",\"g;h\"\n", b',', None);
        check(b"\"say \"\"a;b\"\"\",c\n1,2\n", b',', None);
        check(b"a,b", b',', None);
    }

    #[test]
    fn encodings() {
        let utf16: Vec<u8> = "\u{feff}a\tJos\u{e9}\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf16, b'\t', Some("UTF-16LE, separated by tabs"));
        let utf16: Vec<u8> = "name,town\r\nAnn,Ulm\r\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&utf16, b',', Some("UTF-16BE, separated by commas"));
        check("\u{feff}a,\u{e9}\r\n".as_bytes(), b',', None);
        check(b"Name;Ort\r\nM\xFCller;K\xF6ln\r\n", b';', Some("windows-1252, separated by semicolons"));
        check(b"Name,Ort\rM\x9Fller,K\x9Aln\r", b',', Some("macintosh, separated by commas"));
        check(
            b"\xEF\xBB\xBFa,b\r\n\xFF,c\r\n",
            b',',
            Some("UTF-8 with damaged characters, separated by commas"),
        );
        check(b"a,\0b\r\n", b',', None);
    }
}
