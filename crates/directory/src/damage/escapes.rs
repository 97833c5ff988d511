//! Texts that a program escaped for another one and did not read back: for a page (`&uuml;`), for JSON or a program (`\u00fc`, `\xfc`).

/// The names of U+00A0 to U+00FF in pages, in their order (HTML 4, Latin-1 entities).
const LATIN: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo",
    "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot",
    "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",
    "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute",
    "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash",
    "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN", "szlig", "agrave", "aacute", "acirc", "atilde",
    "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc",
    "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave",
    "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

/// Whether a text is another one as some program escapes it.
pub(super) fn is_escaped(text: &str, raw: &str) -> bool {
    let is = |escaped: Option<String>| escaped.is_some_and(|read| read == text && read != raw);
    raw.contains('&') && is(of_page(raw)) || raw.contains('\\') && is(of_program(raw))
}

fn of_page(raw: &str) -> Option<String> {
    let mut parts = raw.split('&');
    let mut read = parts.next()?.to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';')?;
        read.push(letter_of(name)?);
        read.push_str(rest);
    }
    Some(read)
}

fn letter_of(name: &str) -> Option<char> {
    let code = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        },
        None => match name {
            "amp" => u32::from('&'),
            "lt" => u32::from('<'),
            "gt" => u32::from('>'),
            "quot" => u32::from('"'),
            "apos" => u32::from('\''),
            "OElig" => 0x152,
            "oelig" => 0x153,
            "Scaron" => 0x160,
            "scaron" => 0x161,
            "Yuml" => 0x178,
            name => u32::try_from(LATIN.iter().position(|of| *of == name)?).ok()? + 0xA0,
        },
    };
    char::from_u32(code)
}

/// As JSON and programs write texts; two units of UTF-16 may be one letter.
fn of_program(raw: &str) -> Option<String> {
    let mut units: Vec<u16> = Vec::with_capacity(raw.len());
    let mut letters = raw.chars();
    while let Some(letter) = letters.next() {
        let read = match letter {
            '\\' => match letters.next()? {
                length @ ('u' | 'x') => {
                    let digits: String = letters.by_ref().take(if length == 'u' { 4 } else { 2 }).collect();
                    units.push(u16::from_str_radix(&digits, 16).ok()?);
                    continue;
                }
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other @ ('"' | '\\' | '/' | '\'') => other,
                _ => return None,
            },
            other => other,
        };
        units.extend_from_slice(read.encode_utf16(&mut [0; 2]));
    }
    String::from_utf16(&units).ok()
}

#[cfg(test)]
mod tests {
    use super::is_escaped;

    #[test]
    fn escaped_texts_are_known_by_what_they_were() {
        for (text, raw, expected) in [
            ("Zoë & Co", "Zo&#235; &amp; Co", true),
            ("Zoë & Co", "Zo&euml; &amp; Co", true),
            ("Zoë", "Zo&#xEB;", true),
            ("\u{A0}ÿ", "&nbsp;&yuml;", true),
            ("Zoë \"x\"", "Zo\\u00eb \\\"x\\\"", true),
            ("😀", "\\ud83d\\ude00", true),
            ("Zoë", "Zo\\xeb", true),
            ("Cœur", "C&oelig;ur", true),
            ("Zoë & Co", "Zoë &amp; Sons", false),
            ("A & B", "A & B", false),
            ("50 %", "60 %", false),
            ("Zoë", "Zo\\u00e", false),
            ("Zoë", "Zo&euml", false),
        ] {
            assert_eq!(is_escaped(text, raw), expected, "{raw}");
        }
    }
}
