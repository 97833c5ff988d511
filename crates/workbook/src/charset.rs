//! The character sets that a csv may be written in: what the bytes mean, and how programs turn letters into them. Beside what
//! encoding_rs knows (the web's) there are the code pages of MS-DOS and of the old Macintosh, which Excel still writes.

mod tables;

use std::fmt;

use encoding_rs::{EncoderResult, Encoding};

pub(crate) use self::tables::Letters;

/// A character set. In that of one byte a letter the lower half is ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Charset {
    /// UTF-8.
    Utf8,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// Windows, Western European.
    Windows1252,
    /// Windows, Central European.
    Windows1250,
    /// Windows, Cyrillic.
    Windows1251,
    /// Windows, Greek.
    Windows1253,
    /// Windows, Turkish.
    Windows1254,
    /// Windows, Hebrew.
    Windows1255,
    /// Windows, Arabic.
    Windows1256,
    /// Windows, Baltic.
    Windows1257,
    /// Windows, Vietnamese.
    Windows1258,
    /// Windows, Thai.
    Windows874,
    /// The Macintosh, Western European.
    MacRoman,
    /// The Macintosh, Central European.
    MacCentralEuropean,
    /// The Macintosh, Cyrillic.
    MacCyrillic,
    /// The Macintosh, Greek.
    MacGreek,
    /// The Macintosh, Turkish.
    MacTurkish,
    /// The Macintosh, Croatian.
    MacCroatian,
    /// The Macintosh, Romanian.
    MacRomanian,
    /// The Macintosh, Icelandic.
    MacIcelandic,
    /// MS-DOS, Western European.
    Dos850,
    /// MS-DOS, Western European with the euro sign.
    Dos858,
    /// MS-DOS, of the United States.
    Dos437,
    /// MS-DOS, Central European.
    Dos852,
    /// MS-DOS, Cyrillic.
    Dos866,
    /// MS-DOS, Greek.
    Dos737,
    /// MS-DOS, Baltic.
    Dos775,
    /// MS-DOS, Turkish.
    Dos857,
    /// MS-DOS, Portuguese.
    Dos860,
    /// MS-DOS, Icelandic.
    Dos861,
    /// MS-DOS, Canadian French.
    Dos863,
    /// MS-DOS, Nordic.
    Dos865,
    /// ISO, Western European.
    Iso8859_1,
    /// ISO, Central European.
    Iso8859_2,
    /// ISO, Maltese and Esperanto.
    Iso8859_3,
    /// ISO, North European.
    Iso8859_4,
    /// ISO, Cyrillic.
    Iso8859_5,
    /// ISO, Arabic.
    Iso8859_6,
    /// ISO, Greek.
    Iso8859_7,
    /// ISO, Hebrew.
    Iso8859_8,
    /// ISO, Nordic.
    Iso8859_10,
    /// ISO, Baltic.
    Iso8859_13,
    /// ISO, Celtic.
    Iso8859_14,
    /// ISO, Western European with the euro sign.
    Iso8859_15,
    /// ISO, Romanian.
    Iso8859_16,
    /// Russian, of Unix.
    Koi8R,
    /// Ukrainian, of Unix.
    Koi8U,
    /// Japanese, of Windows.
    ShiftJis,
    /// Japanese, of Unix.
    EucJp,
    /// Simplified Chinese.
    Gbk,
    /// Chinese, all of Unicode.
    Gb18030,
    /// Traditional Chinese.
    Big5,
    /// Korean.
    EucKr,
}

/// How the bytes are read.
#[derive(Clone, Copy)]
pub(crate) enum Coding {
    /// encoding_rs knows it.
    Known(&'static Encoding),
    /// One byte a letter, by this table.
    Table(&'static Letters),
}

struct Record {
    charset: Charset,
    name: &'static str,
    coding: Coding,
}

const fn known(charset: Charset, name: &'static str, encoding: &'static Encoding) -> Record {
    Record { charset, name, coding: Coding::Known(encoding) }
}

const fn table(charset: Charset, name: &'static str, letters: &'static Letters) -> Record {
    Record { charset, name, coding: Coding::Table(letters) }
}

/// All of them, in the order of the enum.
const RECORDS: [Record; COUNT] = {
    use Charset::*;
    [
        known(Utf8, "UTF-8", &encoding_rs::UTF_8_INIT),
        known(Utf16Le, "UTF-16LE", &encoding_rs::UTF_16LE_INIT),
        known(Utf16Be, "UTF-16BE", &encoding_rs::UTF_16BE_INIT),
        known(Windows1252, "windows-1252", &encoding_rs::WINDOWS_1252_INIT),
        known(Windows1250, "windows-1250", &encoding_rs::WINDOWS_1250_INIT),
        known(Windows1251, "windows-1251", &encoding_rs::WINDOWS_1251_INIT),
        known(Windows1253, "windows-1253", &encoding_rs::WINDOWS_1253_INIT),
        known(Windows1254, "windows-1254", &encoding_rs::WINDOWS_1254_INIT),
        known(Windows1255, "windows-1255", &encoding_rs::WINDOWS_1255_INIT),
        known(Windows1256, "windows-1256", &encoding_rs::WINDOWS_1256_INIT),
        known(Windows1257, "windows-1257", &encoding_rs::WINDOWS_1257_INIT),
        known(Windows1258, "windows-1258", &encoding_rs::WINDOWS_1258_INIT),
        known(Windows874, "windows-874", &encoding_rs::WINDOWS_874_INIT),
        known(MacRoman, "Macintosh (Roman)", &encoding_rs::MACINTOSH_INIT),
        table(MacCentralEuropean, "Macintosh (Central European)", &tables::MAC_CENTRAL_EUROPEAN),
        known(MacCyrillic, "Macintosh (Cyrillic)", &encoding_rs::X_MAC_CYRILLIC_INIT),
        table(MacGreek, "Macintosh (Greek)", &tables::MAC_GREEK),
        table(MacTurkish, "Macintosh (Turkish)", &tables::MAC_TURKISH),
        table(MacCroatian, "Macintosh (Croatian)", &tables::MAC_CROATIAN),
        table(MacRomanian, "Macintosh (Romanian)", &tables::MAC_ROMANIAN),
        table(MacIcelandic, "Macintosh (Icelandic)", &tables::MAC_ICELANDIC),
        table(Dos850, "MS-DOS (850)", &tables::DOS_850),
        table(Dos858, "MS-DOS (858)", &tables::DOS_858),
        table(Dos437, "MS-DOS (437)", &tables::DOS_437),
        table(Dos852, "MS-DOS (852)", &tables::DOS_852),
        known(Dos866, "MS-DOS (866)", &encoding_rs::IBM866_INIT),
        table(Dos737, "MS-DOS (737)", &tables::DOS_737),
        table(Dos775, "MS-DOS (775)", &tables::DOS_775),
        table(Dos857, "MS-DOS (857)", &tables::DOS_857),
        table(Dos860, "MS-DOS (860)", &tables::DOS_860),
        table(Dos861, "MS-DOS (861)", &tables::DOS_861),
        table(Dos863, "MS-DOS (863)", &tables::DOS_863),
        table(Dos865, "MS-DOS (865)", &tables::DOS_865),
        table(Iso8859_1, "ISO-8859-1", &tables::LATIN_1),
        known(Iso8859_2, "ISO-8859-2", &encoding_rs::ISO_8859_2_INIT),
        known(Iso8859_3, "ISO-8859-3", &encoding_rs::ISO_8859_3_INIT),
        known(Iso8859_4, "ISO-8859-4", &encoding_rs::ISO_8859_4_INIT),
        known(Iso8859_5, "ISO-8859-5", &encoding_rs::ISO_8859_5_INIT),
        known(Iso8859_6, "ISO-8859-6", &encoding_rs::ISO_8859_6_INIT),
        known(Iso8859_7, "ISO-8859-7", &encoding_rs::ISO_8859_7_INIT),
        known(Iso8859_8, "ISO-8859-8", &encoding_rs::ISO_8859_8_INIT),
        known(Iso8859_10, "ISO-8859-10", &encoding_rs::ISO_8859_10_INIT),
        known(Iso8859_13, "ISO-8859-13", &encoding_rs::ISO_8859_13_INIT),
        known(Iso8859_14, "ISO-8859-14", &encoding_rs::ISO_8859_14_INIT),
        known(Iso8859_15, "ISO-8859-15", &encoding_rs::ISO_8859_15_INIT),
        known(Iso8859_16, "ISO-8859-16", &encoding_rs::ISO_8859_16_INIT),
        known(Koi8R, "KOI8-R", &encoding_rs::KOI8_R_INIT),
        known(Koi8U, "KOI8-U", &encoding_rs::KOI8_U_INIT),
        known(ShiftJis, "Shift_JIS", &encoding_rs::SHIFT_JIS_INIT),
        known(EucJp, "EUC-JP", &encoding_rs::EUC_JP_INIT),
        known(Gbk, "GBK", &encoding_rs::GBK_INIT),
        known(Gb18030, "gb18030", &encoding_rs::GB18030_INIT),
        known(Big5, "Big5", &encoding_rs::BIG5_INIT),
        known(EucKr, "EUC-KR", &encoding_rs::EUC_KR_INIT),
    ]
};

const COUNT: usize = 54;

impl Charset {
    /// Every one in which ASCII is ASCII, which is all but UTF-16: the ones that can be taken for one another. The commonest of each
    /// kind first.
    pub const ALL: [Self; COUNT - 2] = {
        let mut all = [Self::Utf8; COUNT - 2];
        let mut place = 1;
        while place < all.len() {
            all[place] = RECORDS[place + 2].charset;
            place += 1;
        }
        all
    };

    /// Its name for people: `windows-1252`, `Macintosh (Roman)`, `MS-DOS (850)`.
    pub fn name(self) -> &'static str {
        RECORDS[self as usize].name
    }

    /// What these bytes mean in it; U+FFFD for those that mean nothing. A byte order mark is no letter.
    pub fn decode(self, bytes: &[u8]) -> String {
        match self.coding() {
            Coding::Known(encoding) => encoding.decode_with_bom_removal(bytes).0.into_owned(),
            Coding::Table(letters) => bytes.iter().map(|&byte| letter(letters, byte)).collect(),
        }
    }

    /// The bytes of a text in it; none when a letter is not in it.
    pub fn encode(self, text: &str) -> Option<Vec<u8>> {
        self.write(text, None)
    }

    /// The bytes of a text in it, with `?` for every letter that is not in it, as programs do.
    pub fn encode_lossy(self, text: &str) -> Vec<u8> {
        self.write(text, Some(b'?')).unwrap_or_default()
    }

    /// Whether each letter is one byte.
    pub fn is_single_byte(self) -> bool {
        match self.coding() {
            Coding::Known(encoding) => encoding.is_single_byte(),
            Coding::Table(_) => true,
        }
    }

    /// The one that encoding_rs calls so.
    pub(crate) fn of(encoding: &'static Encoding) -> Self {
        let is_it = |record: &&Record| matches!(record.coding, Coding::Known(known) if known == encoding);
        // Hebrew in visual and in logical order are the same bytes; no other is ever told or detected.
        RECORDS.iter().find(is_it).map_or(Self::Iso8859_8, |record| record.charset)
    }

    /// How its bytes are read.
    pub(crate) fn coding(self) -> Coding {
        RECORDS[self as usize].coding
    }

    /// The bytes of a text, with this byte for each letter that is not in it; without one there are no bytes then.
    fn write(self, text: &str, absent: Option<u8>) -> Option<Vec<u8>> {
        match (self, self.coding()) {
            (Self::Utf16Le, _) => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            (Self::Utf16Be, _) => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            (_, Coding::Known(encoding)) => write_known(encoding, text, absent),
            (_, Coding::Table(letters)) => {
                text.chars().map(|letter| byte_of(letters, letter).or(absent)).collect()
            }
        }
    }
}

impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The letter of a byte.
#[inline]
pub(crate) fn letter(letters: &Letters, byte: u8) -> char {
    match byte.checked_sub(128) {
        Some(place) => letters[usize::from(place)],
        None => char::from(byte),
    }
}

fn byte_of(letters: &Letters, letter: char) -> Option<u8> {
    if letter.is_ascii() {
        return u8::try_from(letter).ok();
    }
    let place = letters.iter().position(|&other| other == letter && letter != char::REPLACEMENT_CHARACTER)?;
    u8::try_from(place + 128).ok()
}

fn write_known(encoding: &'static Encoding, text: &str, absent: Option<u8>) -> Option<Vec<u8>> {
    let mut encoder = encoding.new_encoder();
    let mut bytes = Vec::new();
    let mut rest = text;
    loop {
        // No letter takes more than four bytes in any of them; the rest is for what an encoder holds back.
        bytes.reserve(rest.len() * 4 + 16);
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut bytes, true);
        rest = rest.get(read..)?;
        match result {
            EncoderResult::InputEmpty => return Some(bytes),
            EncoderResult::OutputFull => {}
            EncoderResult::Unmappable(_) => bytes.push(absent?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_records_stand_in_the_order_of_the_enum() {
        for (place, record) in RECORDS.iter().enumerate() {
            assert_eq!(record.charset as usize, place, "{}", record.name);
        }
        assert!(Charset::ALL.into_iter().all(|charset| charset.decode(b"a,;\t\"1") == "a,;\t\"1"));
        assert!(Charset::ALL.is_sorted_by(|one, other| one < other));
    }

    /// Bytes that Python's codecs make of these texts.
    #[test]
    fn letters_and_bytes() {
        for &(charset, text, bytes) in SAMPLES {
            assert_eq!(charset.decode(bytes), text, "{charset}");
            assert_eq!(charset.encode(text).as_deref(), Some(bytes), "{charset}");
        }
    }

    #[test]
    fn each_byte_of_a_table_is_read_back() {
        for charset in Charset::ALL.into_iter().filter(|charset| charset.is_single_byte()) {
            for byte in 0..=255u8 {
                let text = charset.decode(&[byte]);
                let expected = (text != "\u{FFFD}").then(|| vec![byte]);
                assert_eq!(charset.encode(&text), expected, "{charset} {byte:#x}");
            }
        }
    }

    #[test]
    fn letters_that_are_absent() {
        for charset in [Charset::Windows1252, Charset::Dos850, Charset::ShiftJis, Charset::Iso8859_1] {
            assert_eq!(charset.encode("\u{627}b"), None, "{charset}");
            assert_eq!(charset.encode_lossy("a\u{627}b\u{628}"), b"a?b?", "{charset}");
        }
        assert_eq!(Charset::MacGreek.encode("\u{FFFD}"), None);
    }

    const SAMPLES: &[(Charset, &str, &[u8])] = &[
        (Charset::Utf8, "José", b"Jos\xC3\xA9"),
        (Charset::Utf16Le, "Zoë", b"Z\x00o\x00\xEB\x00"),
        (Charset::Utf16Be, "Zoë", b"\x00Z\x00o\x00\xEB"),
        (Charset::Windows1252, "Müller €", b"M\xFCller \x80"),
        (Charset::Windows1250, "Łukasz Žižka", b"\xA3ukasz \x8Ei\x9Eka"),
        (Charset::Windows1251, "Анна Ёлкина", b"\xC0\xED\xED\xE0 \xA8\xEB\xEA\xE8\xED\xE0"),
        (Charset::Windows1253, "Γιώργος", b"\xC3\xE9\xFE\xF1\xE3\xEF\xF2"),
        (Charset::Windows1254, "Şule Işık", b"\xDEule I\xFE\xFDk"),
        (Charset::Windows1255, "דוד", b"\xE3\xE5\xE3"),
        (Charset::Windows1256, "محمد", b"\xE3\xCD\xE3\xCF"),
        (Charset::Windows1257, "Šarūnas Žąsis", b"\xD0ar\xFBnas \xDE\xE0sis"),
        (Charset::Windows1258, "Đăng Ươ", b"\xD0\xE3ng \xDD\xF5"),
        (Charset::Windows874, "สมชาย", b"\xCA\xC1\xAA\xD2\xC2"),
        (Charset::MacRoman, "Müller Œuvre", b"M\x9Fller \xCEuvre"),
        (Charset::MacCentralEuropean, "Łukasz Žižka ń", b"\xFCukasz \xEBi\xECka \xC4"),
        (Charset::MacCyrillic, "Анна Ёлкина я", b"\x80\xED\xED\xE0 \xDD\xEB\xEA\xE8\xED\xE0 \xDF"),
        (Charset::MacGreek, "Γιώργος", b"\xA1\xE9\xF1\xF2\xE7\xEF\xF7"),
        (Charset::MacTurkish, "Şule Işık", b"\xDEule I\xDF\xDDk"),
        (Charset::MacCroatian, "Šćepan Đokić Ž", b"\xA9\xE6epan \xD0oki\xE6 \xAE"),
        (Charset::MacRomanian, "Ștefan Țurcan ă", b"\xAFtefan \xDEurcan \xBE"),
        (Charset::MacIcelandic, "Þórður Ýr", b"\xDE\x97r\xDDur \xA0r"),
        (Charset::Dos850, "Müller Ñandú Ø", b"M\x81ller \xA5and\xA3 \x9D"),
        (Charset::Dos858, "Åse 5 €", b"\x8Fse 5 \xD5"),
        (Charset::Dos437, "Müller Ñandú ƒ", b"M\x81ller \xA5and\xA3 \x9F"),
        (Charset::Dos852, "Łukasz Žižka ń", b"\x9Dukasz \xA6i\xA7ka \xE4"),
        (Charset::Dos866, "Анна Ёлкина я", b"\x80\xAD\xAD\xA0 \xF0\xAB\xAA\xA8\xAD\xA0 \xEF"),
        (Charset::Dos737, "Γιώργος ώ", b"\x82\xA0\xE9\xA8\x9A\xA6\xAA \xE9"),
        (Charset::Dos775, "Šarūnas Žąsis", b"\xBEar\xD7nas \xCF\xD0sis"),
        (Charset::Dos857, "Şule Işık ğ", b"\x9Eule I\x9F\x8Dk \xA7"),
        (Charset::Dos860, "João Simões", b"Jo\x84o Sim\x94es"),
        (Charset::Dos861, "Þórður", b"\x8D\xA2r\x8Cur"),
        (Charset::Dos863, "Éloïse Français", b"\x90lo\x8Bse Fran\x87ais"),
        (Charset::Dos865, "Åse Ørsted", b"\x8Fse \x9Drsted"),
        (Charset::Iso8859_1, "Müller ÿ", b"M\xFCller \xFF"),
        (Charset::Iso8859_2, "Łukasz Žižka", b"\xA3ukasz \xAEi\xBEka"),
        (Charset::Iso8859_3, "Ġorġ Ħal", b"\xD5or\xF5 \xA1al"),
        (Charset::Iso8859_4, "Šķēle Ž", b"\xA9\xF3\xBAle \xAE"),
        (Charset::Iso8859_5, "Анна", b"\xB0\xDD\xDD\xD0"),
        (Charset::Iso8859_6, "محمد", b"\xE5\xCD\xE5\xCF"),
        (Charset::Iso8859_7, "Γιώργος", b"\xC3\xE9\xFE\xF1\xE3\xEF\xF2"),
        (Charset::Iso8859_8, "דוד", b"\xE3\xE5\xE3"),
        (Charset::Iso8859_10, "Áŋŋel", b"\xC1\xBF\xBFel"),
        (Charset::Iso8859_13, "Šarūnas", b"\xD0ar\xFBnas"),
        (Charset::Iso8859_14, "Ŵyn Ẁ", b"\xD0yn \xA8"),
        (Charset::Iso8859_15, "Œuvre Š €", b"\xBCuvre \xA6 \xA4"),
        (Charset::Iso8859_16, "Ștefan Țurcan", b"\xAAtefan \xDEurcan"),
        (Charset::Koi8R, "Анна", b"\xE1\xCE\xCE\xC1"),
        (Charset::Koi8U, "Їжак", b"\xB7\xD6\xC1\xCB"),
        (Charset::ShiftJis, "山田太郎ﾔﾏ", b"\x8ER\x93c\x91\xBE\x98Y\xD4\xCF"),
        (Charset::EucJp, "山田太郎", b"\xBB\xB3\xC5\xC4\xC2\xC0\xCF\xBA"),
        (Charset::Gbk, "张伟", b"\xD5\xC5\xCE\xB0"),
        (Charset::Gb18030, "张伟 é", b"\xD5\xC5\xCE\xB0 \xA8\xA6"),
        (Charset::Big5, "陳大文", b"\xB3\xAF\xA4j\xA4\xE5"),
        (Charset::EucKr, "김민수", b"\xB1\xE8\xB9\xCE\xBC\xF6"),
    ];
}
