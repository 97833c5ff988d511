//! Emails: an address as people have one: `local@domain.tld`, in any script (RFC 5321, 5322 and 6531), without quoted
//! local parts, comments and address literals.

use unicode_normalization::char::is_combining_mark;

use super::look_alikes::{is_dressed_up, mixes_scripts, undressed};
use super::text::is_invisible;
use crate::{Code, Wrong};

/// The longest local part and the longest address, in bytes (RFC 5321, 4.5.3.1, as corrected by erratum 1690).
const LONGEST_LOCAL: usize = 64;
const LONGEST: usize = 254;

/// Reads an email; it stays as typed.
///
/// # Errors
/// [`Code::NotAnEmail`], with the address put right where it is obvious.
pub(super) fn read(text: &str) -> Result<String, Wrong> {
    if is_email(text) {
        return Ok(text.to_owned());
    }
    let suggestions = repaired(text).into_iter().collect();
    Err(Wrong { suggestions, ..Wrong::plain(Code::NotAnEmail) })
}

/// Whether a text is an email.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    text.len() <= LONGEST
        && !text.contains(is_invisible)
        && !text.contains(is_dressed_up)
        && !mixes_scripts(text)
        && is_local(local)
        && is_domain(domain)
}

/// A dot-atom (RFC 5322, 3.2.3) that may hold any letter, digit and mark beyond ASCII (RFC 6531, 3.3, which allows signs too; nobody has
/// those but by a program that dressed them up).
fn is_local(local: &str) -> bool {
    let atom = |letter: char| {
        letter.is_ascii_alphanumeric()
            || "!#$%&'*+-/=?^_`{|}~".contains(letter)
            || (!letter.is_ascii() && (letter.is_alphanumeric() || is_combining_mark(letter)))
    };
    local.len() <= LONGEST_LOCAL && local.split('.').all(|part| !part.is_empty() && part.chars().all(atom))
}

/// A domain name of two labels or more that IDNA (RFC 5891, UTS #46) takes; its last label is no number.
fn is_domain(domain: &str) -> bool {
    let Ok(ascii) = idna::domain_to_ascii_strict(domain) else { return false };
    let last = ascii.rsplit('.').next().unwrap_or("");
    ascii.contains('.') && last.len() >= 2 && !last.bytes().all(|byte| byte.is_ascii_digit())
}

/// The key of a domain: its IDNA form in ASCII and lower case.
pub(crate) fn domain_key(domain: &str) -> String {
    idna::domain_to_ascii_strict(domain).unwrap_or_else(|_| domain.to_lowercase())
}

/// The address that was obviously meant.
fn repaired(text: &str) -> Option<String> {
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let text = match (text.find('<'), text.rfind('>')) {
        (Some(start), Some(end)) if start < end => &text[start + 1..end],
        _ => text,
    };
    let typed: String = text.chars().filter(|letter| !is_invisible(*letter)).collect();
    let typed = undressed(&typed);
    let spelled = typed.replace(" at ", "@").replace("(at)", "@").replace("[at]", "@").replace(" dot ", ".");
    let mut plain: String = spelled.chars().filter(|letter| !letter.is_whitespace()).collect();
    for (found, meant) in
        [(",", "."), (";", "."), ("@@", "@"), ("..", "."), ("@.", "@"), (".@", "@"), ("\"", "")]
    {
        plain = plain.replace(found, meant);
    }
    let plain = plain.trim_matches(['.', ':', '<', '>', '(', ')', '\'', '[', ']']);
    let (local, domain) = plain.rsplit_once('@')?;
    let repaired = format!("{local}@{}", known_domain(domain));
    is_email(&repaired).then_some(repaired)
}

/// The domain that a slip of the fingers stands for, of the great mail providers.
fn known_domain(domain: &str) -> &str {
    match domain.to_ascii_lowercase().as_str() {
        "gmail" | "gmial" | "gmai" | "gmial.com" | "gmai.com" | "gmal.com" | "gmail.co" | "gmail.con"
        | "gmailcom" => "gmail.com",
        "hotmail" | "hotmial" | "hotmial.com" | "hotmail.con" | "hotmailcom" => "hotmail.com",
        "outlook" | "outlok.com" | "outlook.con" | "outlookcom" => "outlook.com",
        "yahoo" | "yaho.com" | "yahoo.con" | "yahoocom" => "yahoo.com",
        "icloud" | "icloud.con" | "icloudcom" => "icloud.com",
        _ => domain,
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::Code;

    #[test]
    fn addresses_of_every_script_are_taken_as_typed() {
        for text in [
            "ann@example.com",
            "Ann.O'Neill+lists@Example.CO.UK",
            "x@y.museum",
            "zoë@exämple.de",
            "用户@例子.中国",
            "a_b-c@sub.sub.example.org",
            "ann@xn--exmple-cua.com",
            "анна@пример.рф",
            "анна@пример.com",
            "άννα@παράδειγμα.gr",
            "ann@日本トヨタ.jp",
            "क्षमा@उदाहरण.भारत",
            "ann.иванова@example.com",
        ] {
            assert_eq!(read(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn other_texts_are_told_with_what_was_meant() {
        for (text, suggestion) in [
            ("ann", None),
            ("@example.com", None),
            ("ann@", None),
            ("ann@example", None),
            ("ann@localhost", None),
            ("ann@127.0.0.1", None),
            ("ann@[127.0.0.1]", None),
            ("\"ann b\"@example.com", Some("annb@example.com")),
            ("ann@exa_mple.com", None),
            ("ann@-example.com", None),
            ("ann@example,com", Some("ann@example.com")),
            ("ann @example.com", Some("ann@example.com")),
            ("ann@ex\u{200b}ample.com", Some("ann@example.com")),
            ("ann@@example.com", Some("ann@example.com")),
            ("ann@example..com", Some("ann@example.com")),
            ("ann.@example.com", Some("ann@example.com")),
            ("ann@example.com.", Some("ann@example.com")),
            ("ann@example.com;", Some("ann@example.com")),
            ("mailto:ann@example.com", Some("ann@example.com")),
            ("Ann Smith <ann@example.com>", Some("ann@example.com")),
            ("ann at example dot com", Some("ann@example.com")),
            ("o’neill@example.com", Some("o'neill@example.com")),
            ("anne–marie@example.com", Some("anne-marie@example.com")),
            ("ann@ex‑ample.com", Some("ann@ex-ample.com")),
            ("ann＠example.com", Some("ann@example.com")),
            ("ａｎｎ@example.com", Some("ann@example.com")),
            ("ann@ex\u{430}mple.com", Some("ann@example.com")),
            ("ann@exampl\u{435}.com", Some("ann@example.com")),
            ("\u{430}nn@example.com", Some("ann@example.com")),
            ("ann@ex\u{436}mple.com", None),
            ("ann@example\u{3002}com", Some("ann@example.com")),
            ("ann“x”@example.com", None),
            ("ann@gmail", Some("ann@gmail.com")),
            ("ann@gmial,com", Some("ann@gmail.com")),
            ("ann@example.com, bob@example.com", None),
        ] {
            let wrong = read(text).expect_err(text);
            assert_eq!(
                (wrong.code, wrong.suggestions.first().map(String::as_str)),
                (Code::NotAnEmail, suggestion),
                "{text}"
            );
        }
        assert!(read(&format!("{}@example.com", "a".repeat(65))).is_err());
    }
}
