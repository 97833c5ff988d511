//! Letters that programs spell out in ASCII: character sets of seven bits (UTF-7 of RFC 2152, HZ of RFC 1843), and the escapes of pages,
//! addresses, mails and programs (`Jo&atilde;o`, `Jo%C3%A3o`, `Jo=C3=A3o`, `Jo\u00e3o`).

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use workbook::Charset;

/// Whether a text stands in another one spelled out like that; `lost` tells whether the second is the first without some letters.
pub(super) fn is_spelled_out(text: &str, raw: &str, lost: impl Fn(&str, &str) -> bool) -> bool {
    if !raw.contains(['+', '~', '&', '%', '=', '\\']) {
        return false;
    }
    let is_text = |read: Option<String>| read.is_some_and(|read| read == text);
    is_of_page(text, raw)
        || is_text(of_utf7(raw))
        || is_text(of_backslashes(raw))
        || ['%', '='].into_iter().any(|mark| of_bytes(raw, mark).any(|read| read == text))
        || of_hz(raw).is_some_and(|read| read == text || lost(text, &read))
}

/// The number that digits of base 16 or 10 are.
fn number(digits: &str, radix: u32) -> Option<u32> {
    u32::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'))
}

/// Whether a text is another one with the entities of HTML in it. A name stands for the letter that it begins with: `&atilde;`.
fn is_of_page(text: &str, raw: &str) -> bool {
    let (mut letters, mut rest, mut found) = (text.chars(), raw, false);
    while let Some(next) = rest.chars().next() {
        let Some(letter) = letters.next() else { return false };
        let entity = rest.strip_prefix('&').and_then(|rest| rest.split_once(';'));
        let named = entity.filter(|(name, _)| name.len() < 12 && is_entity(name, letter));
        rest = match named {
            Some((_, behind)) => {
                found = true;
                behind
            }
            None if next == letter => &rest[next.len_utf8()..],
            None => return false,
        };
    }
    found && letters.next().is_none()
}

fn is_entity(name: &str, letter: char) -> bool {
    if let Some(digits) = name.strip_prefix('#') {
        let code = match digits.strip_prefix(['x', 'X']) {
            Some(digits) => number(digits, 16),
            None => number(digits, 10),
        };
        return code.and_then(char::from_u32) == Some(letter);
    }
    let known = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{A0}')];
    if let Some((_, known)) = known.iter().find(|(known, _)| *known == name) {
        return *known == letter;
    }
    let plain = match letter {
        'ß' | 'œ' | 'Œ' | 'æ' | 'Æ' | 'ø' | 'Ø' | 'ð' | 'Ð' | 'þ' | 'Þ' => {
            return [
                "szlig", "oelig", "OElig", "aelig", "AElig", "oslash", "Oslash", "eth", "ETH", "thorn",
                "THORN",
            ]
            .contains(&name);
        }
        letter => std::iter::once(letter).nfd().next(),
    };
    !letter.is_ascii() && name.len() > 2 && plain.is_some_and(|plain| name.starts_with(plain))
}

/// `Jo\u00e3o`, `Jo\xe3o`; two of them may be the halves of a letter of UTF-16.
fn of_backslashes(raw: &str) -> Option<String> {
    let (first, _) = raw.split_once('\\')?;
    let mut units: Vec<u16> = first.encode_utf16().collect();
    for part in raw[first.len() + 1..].split('\\') {
        let length = match part.chars().next()? {
            'u' => 4,
            'x' => 2,
            _ => return None,
        };
        units.push(u16::try_from(number(part.get(1..=length)?, 16)?).ok()?);
        units.extend(part[length + 1..].encode_utf16());
    }
    String::from_utf16(&units).ok()
}

/// `Jo%C3%A3o` and `Jo=C3=A3o`: bytes, of UTF-8 or of Windows.
fn of_bytes(raw: &str, mark: char) -> impl Iterator<Item = String> {
    let bytes = raw.split_once(mark).and_then(|(first, _)| {
        let mut bytes = first.as_bytes().to_vec();
        for part in raw[first.len() + 1..].split(mark) {
            bytes.push(u8::try_from(number(part.get(..2)?, 16)?).ok()?);
            bytes.extend_from_slice(&part.as_bytes()[2..]);
        }
        Some(bytes)
    });
    let read = |charset: Charset| bytes.as_ref().map(|bytes| charset.decode(bytes));
    [Charset::Utf8, Charset::Windows1252].map(read).into_iter().flatten()
}

/// `Jo+AOM-o`: between a plus and a minus (or what is none of its signs) stands UTF-16 in base 64; `+-` is a plus.
fn of_utf7(raw: &str) -> Option<String> {
    let (first, mut rest) = raw.split_once('+')?;
    let mut text = first.to_owned();
    loop {
        let end = rest.find(|letter| value(letter).is_none()).unwrap_or(rest.len());
        let (coded, behind) = rest.split_at(end);
        match coded {
            "" if behind.starts_with('-') => text.push('+'),
            "" => return None,
            _ => text.push_str(&String::from_utf16(&units_of(coded)).ok()?),
        }
        let behind = behind.strip_prefix('-').unwrap_or(behind);
        let Some((plain, next)) = behind.split_once('+') else {
            text.push_str(behind);
            return Some(text);
        };
        text.push_str(plain);
        rest = next;
    }
}

/// The bits that a sign of base 64 stands for. A slash is among them.
fn value(letter: char) -> Option<u32> {
    Some(match letter {
        'A'..='Z' => letter as u32 - 'A' as u32,
        'a'..='z' => letter as u32 - 'a' as u32 + 26,
        '0'..='9' => letter as u32 - '0' as u32 + 52,
        '+' => 62,
        '/' => 63,
        _ => return None,
    })
}

/// The units of UTF-16 in base 64; bits that are left over fill the last sign up.
fn units_of(coded: &str) -> Vec<u16> {
    let (mut units, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for value in coded.chars().filter_map(value) {
        (bits, held) = (bits << 6 | value, held + 6);
        if held >= 16 {
            held -= 16;
            units.push((bits >> held) as u16);
            bits &= (1 << held) - 1;
        }
    }
    units
}

/// `~{VPND~}`: GB 2312 in seven bits between braces; `~~` is a tilde.
fn of_hz(raw: &str) -> Option<String> {
    if !raw.contains("~{") {
        return None;
    }
    let mut text = String::new();
    for (place, part) in raw.split("~{").enumerate() {
        let (coded, plain) =
            if place == 0 { ("", part) } else { part.split_once("~}").unwrap_or((part, "")) };
        let bytes: Vec<u8> = coded.bytes().map(|byte| byte | 0x80).collect();
        text.push_str(&Charset::Gbk.decode(&bytes));
        text.push_str(&Cow::Borrowed(plain).replace("~~", "~"));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::is_spelled_out;

    #[test]
    fn letters_are_spelled_out_in_ascii() {
        for (text, raw) in [
            ("João", "Jo+AOM-o"),
            ("翔太", "+f9RZKg"),
            ("翔太", "+f9RZKg-"),
            ("Δημήτρης", "+A5QDtwO8A64DxAPBA7cDwg"),
            ("1+1 é", "1+-1 +AOk-"),
            ("Лук'яненко", "+BBsEQwQ6'+BE8EPQQ1BD0EOgQ+"),
            ("エンジニア", "~{%(%s%8%K%\"~}"),
            ("João", "Jo&atilde;o"),
            ("João", "Jo&#227;o"),
            ("João", "Jo&#xe3;o"),
            ("Groß", "Gro&szlig;"),
            ("O'Neill", "O&#39;Neill"),
            ("R&D", "R&amp;D"),
            ("João", "Jo%C3%A3o"),
            ("João", "Jo%E3o"),
            ("João", "Jo=C3=A3o"),
            ("João", "Jo\\u00e3o"),
            ("João", "Jo\\xe3o"),
            ("😀", "\\ud83d\\ude00"),
        ] {
            assert!(is_spelled_out(text, raw, |_, _| false), "{text} {raw}");
        }
    }

    #[test]
    fn other_texts_are_not() {
        for (text, raw) in [
            ("João", "Joao"),
            ("João", "João & Ann"),
            ("João", "João+Ann"),
            ("R&D", "R&D;"),
            ("Ann", "Ann=5"),
            ("5", "5%"),
            ("a\\b", "a\\bc"),
            ("João", "Jo&etilde;o"),
            ("x", "\\"),
            ("x", "%é"),
            ("x", "+é"),
            ("x", "&;x"),
            ("é", "~{"),
        ] {
            assert!(!is_spelled_out(text, raw, |_, _| false), "{text} {raw}");
        }
    }
}
