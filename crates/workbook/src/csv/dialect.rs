//! How a csv file is written: its encoding and what separates its fields. What no mark tells is guessed, and said.

use std::io::{Read, SeekFrom};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use super::reading::{CsvReading, SEPARATORS, charsets};
use super::wrapped::unwrap_lines;
use crate::{Charset, Refusal, Source};

/// How many in a thousand records a separator must make alike to be one that may be meant.
const POSSIBLE: usize = 500;
/// Records that the separator is guessed from.
const RECORDS: usize = 100;
/// Bytes that the separator is guessed from.
const SAMPLE: usize = 64 << 10;
/// Bytes that the encoding is guessed from; more makes it slow and no better.
const DETECTED: usize = 256 << 10;

/// How a csv file is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// None for UTF-8 without errors.
    pub(crate) charset: Option<Charset>,
    /// Bytes before the first record, after decoding: a mark, or Excel's `sep=;`.
    pub(crate) skipped: usize,
    pub(crate) separator: u8,
    /// Whether lines that are one quoted field hold a record.
    pub(crate) wrapped: bool,
    /// Whether quotation marks inside of fields stand behind a backslash, in place of being doubled.
    pub(crate) backslashed: bool,
    /// The separators that a space follows each time.
    pub(crate) spaced: Vec<u8>,
    /// What was guessed, in words; none when the file says it or is as the standard wants.
    pub(crate) guessed: Option<String>,
    /// How it was read first, and what was said of that.
    first: (CsvReading, Option<String>),
    /// The ways in which it may be read, the likeliest first; empty where the file leaves no choice.
    pub(crate) readings: Vec<CsvReading>,
}

/// What the bytes of a file are, as far as they tell.
struct Bytes {
    /// None for UTF-8 without errors.
    charset: Option<Charset>,
    /// Whether the file itself tells it.
    told: bool,
    /// What else they may be.
    others: Vec<Charset>,
}

impl Dialect {
    /// Looks at the whole file once for its encoding, and at its start for its separator.
    pub(crate) fn find(source: &mut dyn Source) -> Result<Self, Refusal> {
        source.seek(SeekFrom::Start(0))?;
        let mut head = Vec::new();
        source.take(SAMPLE as u64).read_to_end(&mut head)?;
        let bytes = find_charset(source, &head)?;
        let text = decode(bytes.charset, &head);
        let mark = if text.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let text = &text[mark..];
        let unwrapped = wrapped_separator(text);
        let told_separator = told_separator(text);
        let separators = match (told_separator, unwrapped) {
            (Some((separator, _)), _) => vec![separator],
            (None, Some(separator)) => vec![separator],
            (None, None) => guess_separators(text),
        };
        let (separator, line) = (separators[0], told_separator.map_or(0, |(_, line)| line));
        let mut dialect = Self {
            charset: bytes.charset,
            skipped: mark + line,
            separator,
            wrapped: unwrapped == Some(separator),
            backslashed: unwrapped.is_none() && is_backslashed(text, separator),
            spaced: separators.iter().copied().filter(|&separator| is_spaced(text, separator)).collect(),
            guessed: None,
            first: (CsvReading { charset: bytes.charset.unwrap_or(Charset::Utf8), separator }, None),
            readings: readings(&bytes, &separators),
        };
        let plain = bytes.told && !dialect.wrapped && !dialect.backslashed && (separator == b',' || line > 0);
        dialect.guessed = (!plain).then(|| dialect.words());
        dialect.first.1.clone_from(&dialect.guessed);
        Ok(dialect)
    }

    /// Reads on in another way.
    pub(crate) fn take(&mut self, reading: CsvReading) {
        // A file without errors needs no decoding.
        if self.charset.is_some() {
            self.charset = Some(reading.charset);
        }
        self.separator = reading.separator;
        // It is the likeliest now, and those with its separator are.
        self.readings.sort_by_key(|other| (*other != reading, other.separator != reading.separator));
        self.guessed = if reading == self.first.0 { self.first.1.clone() } else { Some(self.words()) };
    }

    /// How it is read, in words for people.
    fn words(&self) -> String {
        let charset = self.charset.unwrap_or(Charset::Utf8);
        let mut words = CsvReading { charset, separator: self.separator }.to_string();
        if self.charset == Some(Charset::Utf8) {
            words = words.replacen("UTF-8", "UTF-8 with damaged characters", 1);
        }
        if self.wrapped {
            words.push_str(", whole lines quoted");
        }
        if self.backslashed {
            words.push_str(", quotation marks behind backslashes");
        }
        words
    }
}

/// The ways in which the file may be read, when there is more than one.
fn readings(bytes: &Bytes, separators: &[u8]) -> Vec<CsvReading> {
    let first = bytes.charset.unwrap_or(Charset::Utf8);
    let charsets = std::iter::once(first).chain(bytes.others.iter().copied());
    let readings: Vec<_> = charsets
        .flat_map(|charset| separators.iter().map(move |&separator| CsvReading { charset, separator }))
        .collect();
    if readings.len() > 1 { readings } else { Vec::new() }
}

/// What the bytes are: the mark says so, or they are UTF-8 throughout, or it is guessed.
fn find_charset(source: &mut dyn Source, head: &[u8]) -> Result<Bytes, Refusal> {
    let sure = |charset, told| Bytes { charset, told, others: Vec::new() };
    let marked = Encoding::for_bom(head).map(|(encoding, _)| Charset::of(encoding));
    if marked.is_some_and(|charset| charset != Charset::Utf8) {
        return Ok(sure(marked, true));
    }
    if marked.is_none()
        && let Some(charset) = unmarked_utf16(head)
    {
        return Ok(sure(Some(charset), false));
    }
    if is_utf8(source)? {
        return Ok(sure(None, true));
    }
    if marked.is_some() {
        // It says that it is UTF-8 and is not everywhere: what is broken becomes the replacement character.
        return Ok(sure(marked, false));
    }
    let sample = sample(source)?;
    let guess = match () {
        () if sample.letters > 0 && sample.letters >= sample.broken => Charset::Utf8,
        () if head.contains(&b'\r') && !head.contains(&b'\n') => Charset::MacRoman,
        () => detect(&sample.lines),
    };
    let mut others = charsets(&sample.lines, sample.whole, guess);
    others.retain(|&charset| charset != guess);
    Ok(Bytes { charset: Some(guess), told: false, others })
}

/// UTF-16 without its mark: text of mostly one alphabet has its zeros on one side.
fn unmarked_utf16(head: &[u8]) -> Option<Charset> {
    let pairs = head.len() / 2;
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match pairs {
        0..2 => None,
        _ if odd * 5 > pairs * 2 && even * 20 < pairs => Some(Charset::Utf16Le),
        _ if even * 5 > pairs * 2 && odd * 20 < pairs => Some(Charset::Utf16Be),
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

/// What was seen of a file that is not UTF-8.
#[derive(Default)]
struct Sample {
    /// A bounded number of the lines that hold more than ASCII.
    lines: Vec<u8>,
    /// Whether they are all.
    whole: bool,
    /// How many letters of several bytes are UTF-8 all the same, and how often bytes are not, in the whole file.
    letters: u64,
    broken: u64,
}

/// Looks through a file that is not UTF-8.
fn sample(source: &mut dyn Source) -> Result<Sample, Refusal> {
    source.seek(SeekFrom::Start(0))?;
    let mut sample = Sample { whole: true, ..Sample::default() };
    let mut window = vec![0; SAMPLE];
    let mut held = 0;
    loop {
        let read = source.read(&mut window[held..])?;
        let filled = held + read;
        for line in
            window[held..filled].split_inclusive(|&byte| byte == b'\n').filter(|line| !line.is_ascii())
        {
            if sample.lines.len() < DETECTED {
                sample.lines.extend_from_slice(line);
            } else {
                sample.whole = false;
            }
        }
        // What may be the beginning of a letter is counted with what follows.
        held = sample.count(&window[..filled], read == 0);
        if read == 0 {
            return Ok(sample);
        }
        window.copy_within(filled - held..filled, 0);
    }
}

impl Sample {
    /// Counts what is UTF-8 and what is not; how many bytes at the end were not looked at.
    fn count(&mut self, bytes: &[u8], last: bool) -> usize {
        let mut rest = bytes;
        loop {
            let (valid, broken) = match std::str::from_utf8(rest) {
                Ok(text) => (text.len(), 0),
                Err(error) if error.error_len().is_none() && !last => (error.valid_up_to(), 0),
                Err(error) => {
                    let left = rest.len() - error.valid_up_to();
                    (error.valid_up_to(), error.error_len().unwrap_or(left))
                }
            };
            self.letters += rest[..valid].iter().filter(|&&byte| byte >= 0xC0).count() as u64;
            self.broken += u64::from(broken > 0);
            rest = &rest[valid + broken..];
            if broken == 0 {
                return rest.len();
            }
        }
    }
}

/// Guesses the character set of some lines.
fn detect(lines: &[u8]) -> Charset {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(lines, true);
    Charset::of(detector.guess(None, Utf8Detection::Deny))
}

fn decode(charset: Option<Charset>, head: &[u8]) -> Vec<u8> {
    match charset {
        None => head.to_vec(),
        Some(charset) => charset.decode(head).into_bytes(),
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
        let (counts, misplaced) = field_counts(&unwrapped, (separator, false), RECORDS);
        !misplaced && counts[0] > 1 && counts.iter().all(|&count| count == counts[0])
    };
    SEPARATORS.into_iter().map(|(separator, _)| separator).find(|&separator| alike(separator))
}

/// The separator that makes the most records alike, and no quotation mark stand where none can; then those that make most records
/// alike too.
fn guess_separators(text: &[u8]) -> Vec<u8> {
    let mut scores = SEPARATORS.map(|(separator, _)| (score(text, separator), separator));
    // The order of the list decides between equals.
    scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let possible = |&(place, ((share, _), _)): &(usize, ((usize, usize), u8))| place == 0 || share > POSSIBLE;
    scores.into_iter().enumerate().filter(possible).map(|(_, (_, separator))| separator).collect()
}

/// How well a separator fits: in thousandths the records that have the most usual number of fields, then that number.
fn score(text: &[u8], separator: u8) -> (usize, usize) {
    let (counts, misplaced) = field_counts(text, (separator, false), RECORDS);
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

/// Whether quotation marks inside of quoted fields stand behind a backslash, as some programs write them: they stand where none may be
/// otherwise, and all of them are in their places so.
fn is_backslashed(text: &[u8], separator: u8) -> bool {
    let is_misplaced = |backslash| field_counts(text, (separator, backslash), usize::MAX).1;
    memchr::memmem::find(text, b"\\\"").is_some() && is_misplaced(false) && !is_misplaced(true)
}

/// The number of fields of so many of the first records, and whether a quotation mark stands where this separator allows none; with or without
/// backslashes before the marks that belong to a text.
fn field_counts(text: &[u8], (separator, backslash): (u8, bool), most: usize) -> (Vec<usize>, bool) {
    let (mut counts, mut misplaced) = (Vec::new(), false);
    let (mut fields, mut length, mut quoted, mut closed) = (1, 0, false, false);
    // How many spaces a field begins with.
    let (mut blank, mut escaped) = (0, false);
    for &byte in text {
        let is_escaped = std::mem::take(&mut escaped);
        match byte {
            b'\\' if quoted && backslash => escaped = !is_escaped,
            b'"' if quoted && is_escaped => {}
            b'"' if quoted => (quoted, closed) = (false, true),
            _ if quoted => {}
            // A doubled mark inside a quoted field: it was not closed after all.
            b'"' if closed => (quoted, closed) = (true, false),
            b'"' if length == blank => quoted = true,
            b'\r' | b'\n' => {
                if fields > 1 || length > 0 || closed {
                    counts.push(fields);
                }
                (fields, length, closed, blank) = (1, 0, false, 0);
                if counts.len() == most {
                    break;
                }
                continue;
            }
            _ if byte == separator => {
                (fields, length, closed, blank) = (fields + 1, 0, false, 0);
                continue;
            }
            b' ' if length == blank => blank += 1,
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

/// Whether a space follows each separator, as where a program joins its fields with both: in the first record always, and then nearly
/// always.
fn is_spaced(text: &[u8], separator: u8) -> bool {
    let (mut quoted, mut spaced, mut bare) = (false, 0, 0);
    for (at, &byte) in text.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'\r' | b'\n' if spaced == 0 => return false,
            _ if byte != separator => {}
            _ => match text.get(at + 1) {
                Some(b' ') => spaced += 1,
                Some(b'\r' | b'\n') | None => {}
                Some(_) if spaced == 0 || !text[..at].contains(&b'\n') => return false,
                Some(_) => bare += 1,
            },
        }
    }
    spaced > 4 * bare
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
        check(b"Name,Ort\rM\x9Fller,K\x9Aln\r", b',', Some("Macintosh (Roman), separated by commas"));
        check(
            b"\xEF\xBB\xBFa,b\r\n\xFF,c\r\n",
            b',',
            Some("UTF-8 with damaged characters, separated by commas"),
        );
        check(b"a,\0b\r\n", b',', None);
    }
}
