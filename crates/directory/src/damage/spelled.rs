//! Letters that programs spell out in ASCII: character sets of seven bits (UTF-7 of RFC 2152, HZ of RFC 1843), the escapes of addresses and
//! mails (`Jo%C3%A3o`, `Jo=C3=A3o`), and those of `escapes`.

use std::borrow::Cow;

use workbook::Charset;

use super::escapes::is_escaped;

/// Whether a text stands in another one spelled out like that; `lost` tells whether the second is the first without some letters.
pub(super) fn is_spelled_out(text: &str, raw: &str, lost: impl Fn(&str, &str) -> bool) -> bool {
    if !raw.bytes().any(|byte| matches!(byte, b'+' | b'~' | b'&' | b'%' | b'=' | b'\\')) {
        return false;
    }
    let is_text = |read: Option<String>| read.is_some_and(|read| read == text);
    is_escaped(text, raw)
        || is_text(of_utf7(raw))
        || ['%', '='].into_iter().any(|mark| of_bytes(raw, mark).any(|read| read == text))
        || of_bytes(&raw.replace('+', " "), '%').any(|read| read == text)
        || of_hz(raw).is_some_and(|read| read == text || lost(text, &read))
}

/// The byte that two digits of base 16 are.
fn byte(digits: &str) -> Option<u8> {
    u8::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))
}

/// `Jo%C3%A3o` and `Jo=C3=A3o`: bytes, of UTF-8 or of Windows.
fn of_bytes(raw: &str, mark: char) -> impl Iterator<Item = String> {
    let bytes = raw.split_once(mark).and_then(|(first, _)| {
        let mut bytes = first.as_bytes().to_vec();
        for part in raw[first.len() + 1..].split(mark) {
            bytes.push(byte(part.get(..2)?)?);
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
            ("Zoë Ek", "Zo%C3%AB%20Ek"),
            ("Zoë Ek", "Zo%C3%AB+Ek"),
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
