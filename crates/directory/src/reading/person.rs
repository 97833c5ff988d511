//! A user named in a cell, such as a manager: `Name (U-7K3QX9M2PD)`. The ID decides; the name in front is for people, and tells whoever
//! knows the names whether another one was meant.

use super::nearest::folded;
use super::settings::Read;
use super::{email, username};
use crate::{Code, IdProblem, UserId, Wrong};

/// Reads `Name (U-...)`, an ID alone, or an email or a username, which only the directory can resolve.
///
/// # Errors
/// [`Code::NotAUser`]; the detail is `damaged` when the check character of an ID is wrong, `several` when several users are named, who
/// are offered.
pub(super) fn read(text: &str) -> Result<Read, Wrong> {
    let several = each_of(text);
    if several.len() > 1 {
        return Err(Wrong { suggestions: several, ..Wrong::with(Code::NotAUser, "several") });
    }
    match id_part(text).parse::<UserId>() {
        Ok(id) => Ok(Read::Value(Some(id.to_string()))),
        // A bracket was lost, or the ID stands elsewhere: its check character tells that it is one.
        Err(_) if Mention::of(text).id.is_some() => {
            Ok(Read::Value(Mention::of(text).id.map(|id| id.to_string())))
        }
        // A username may begin like an ID, but then it has no brackets around it.
        Err(IdProblem::Damaged) => Err(Wrong::with(Code::NotAUser, "damaged")),
        Err(IdProblem::NotAnId) if could_be_email(text) || username::is_username(text) => {
            Ok(Read::Login(text.to_owned()))
        }
        Err(IdProblem::NotAnId) => Err(Wrong::plain(Code::NotAUser)),
    }
}

/// The parts of a text that name different users by their IDs, when there are several: `Ann (U-...)` and `Bo (U-...)`.
fn each_of(text: &str) -> Vec<String> {
    const MOST: usize = 8;
    let (mut parts, mut ids, mut from) = (Vec::new(), Vec::new(), 0);
    let ends = |letter: char| SEPARATORS.contains(letter) || letter.is_whitespace();
    for (at, part) in text.split_inclusive(ends).scan(0, |at, part| {
        *at += part.len();
        Some((*at, part))
    }) {
        let Ok(id) = part.trim_end_matches(ends).parse::<UserId>() else { continue };
        if !ids.contains(&id) && ids.len() < MOST {
            ids.push(id);
            let edge = |letter: char| letter.is_whitespace() || ",;/|-–&+)]".contains(letter);
            let named = text[from..at].trim_start_matches(edge).trim_end();
            parts.push(named.trim_end_matches([',', ';']).to_owned());
        }
        from = at;
    }
    if ids.len() > 1 { parts } else { Vec::new() }
}

/// What stands between the words of a cell that names users, beside white space.
const SEPARATORS: &str = "()[]{}<>,;:|/&+";

/// Whether somebody's email may be written so; what emails had to be, when theirs was typed, the directory knows.
fn could_be_email(text: &str) -> bool {
    email::is_email(text) || (text.contains('@') && !text.contains(char::is_whitespace))
}

/// A cell that names a user, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The one User ID in it, if there is exactly one.
    pub id: Option<UserId>,
    /// What stands beside the ID: a name, as it was typed.
    pub name: String,
    /// Whether it is written as a download writes it: the ID alone, or in brackets behind the name.
    pub is_printed: bool,
}

impl Mention {
    /// Takes a text apart: `Ann Smith (U-7K3QX9M2PD)`, also with a bracket lost, without brackets, the ID first. What looks like a
    /// damaged ID is no part of the name.
    pub fn of(text: &str) -> Self {
        let inside = id_part(text);
        if let Ok(id) = inside.parse::<UserId>()
            && each_of(text).is_empty()
        {
            let name =
                if inside.len() == text.trim().len() { "" } else { &text[..text.rfind('(').unwrap_or(0)] };
            return Self { id: Some(id), name: name.trim().to_owned(), is_printed: true };
        }
        let separates = |letter: char| letter.is_whitespace() || SEPARATORS.contains(letter);
        let (mut ids, mut name) = (Vec::new(), text.to_owned());
        for word in text.split(separates) {
            match word.parse::<UserId>() {
                Err(IdProblem::NotAnId) => continue,
                Err(IdProblem::Damaged) => {}
                Ok(id) => ids.push(id),
            }
            name = name.replacen(word, " ", 1);
        }
        let edge = |letter: char| letter.is_whitespace() || "()[]{}<>,;:|/-–".contains(letter);
        let id = ids.first().copied().filter(|first| ids.iter().all(|id| id == first));
        Self { id, name: name.trim_matches(edge).to_owned(), is_printed: false }
    }

    /// Whether the name may be this one's: the same words, in any order and case. No name may be anybody's.
    pub fn agrees(&self, name: &str) -> bool {
        self.name.is_empty() || words_of(&self.name) == words_of(name)
    }

    /// Whether the name may be a longer or a shorter form of this one's: `Dr. Ann Smith`, `Ann S.`, `Ann`.
    pub fn may_be_form_of(&self, name: &str) -> bool {
        let (said, own) = (words_of(&self.name), words_of(name));
        let begins = |word: &String| own.iter().any(|of| of.starts_with(word.trim_end_matches('.')));
        !own.is_empty() && (own.iter().all(|word| said.contains(word)) || said.iter().all(begins))
    }

    /// The last and first names that the text may mean: `Smith, Ann`; `Ann Smith` and what else its words can be parted into.
    pub fn readings(&self) -> Vec<(String, String)> {
        const MOST: usize = 8;
        if let Some((last, first)) = self.name.split_once(',') {
            return vec![(spaced(last), spaced(first))];
        }
        let words: Vec<&str> = self.name.split_whitespace().collect();
        if words.is_empty() || words.len() > MOST {
            return Vec::new();
        }
        let parted = |at: usize| (words[at..].join(" "), words[..at].join(" "));
        // The directory knows a name by its last and its first name joined, so of those who write the last name first one is enough.
        let last_first = (words[0].to_owned(), words[1..].join(" "));
        (0..=words.len()).map(parted).chain([last_first]).collect()
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a name, folded and sorted.
fn words_of(name: &str) -> Vec<String> {
    let name = folded(name).replace(',', " ");
    let mut words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
    words.sort_unstable();
    words
}

/// `Name (U-7K3QX9M2PD)`, as a download writes it.
pub fn person_shown(id: UserId, name: &str) -> String {
    let mut shown = String::new();
    print(&id.to_string(), Some(name), &mut shown);
    shown
}

/// What stands in the brackets at the end, else the whole text.
fn id_part(text: &str) -> &str {
    match text.strip_suffix(')').and_then(|rest| rest.rfind('(').map(|start| &rest[start + 1..])) {
        Some(inside) => inside,
        None => text,
    }
}

/// Whether a cell's text names the user of a stored form, letter for letter, whatever name stands in front; but no other user.
pub(super) fn is_print_of(stored: &str, raw: &str) -> bool {
    let id = id_part(raw);
    let before = &raw[..raw.len() - id.len()];
    // No ID is without a hyphen.
    id == stored
        && (before.is_empty() || raw.ends_with(')') && (!before.contains('-') || each_of(raw).is_empty()))
}

/// Writes `Name (U-...)`; the ID alone without a name.
pub(super) fn print(stored: &str, person: Option<&str>, into: &mut String) {
    match person {
        Some(name) if !name.is_empty() && name != stored => {
            into.push_str(name);
            into.push_str(" (");
            into.push_str(stored);
            into.push(')');
        }
        _ => into.push_str(stored),
    }
}

#[cfg(test)]
mod tests {
    use super::{Mention, Read, is_print_of, print, read};
    use crate::{Code, UserId};

    #[test]
    fn the_id_decides() {
        let id = UserId::from_number(482).expect("in range").to_string();
        let value = Ok(Read::Value(Some(id.clone())));
        for text in [
            id.clone(),
            id.to_lowercase(),
            format!("Ann ({id})"),
            format!("Ann (HR) ({id})"),
            format!("({id})"),
        ] {
            assert_eq!(read(&text), value, "{text}");
        }
        for person in [None, Some("Ann"), Some("Ann (HR)")] {
            let mut text = String::new();
            print(&id, person, &mut text);
            assert!(is_print_of(&id, &text), "{text}");
            assert!(!is_print_of(&id, &format!("{text}x")), "{text}");
            assert!(!is_print_of(&id, &format!("Bo (U-2222222222), {text}")), "{text}");
        }
    }

    #[test]
    fn an_id_is_found_wherever_it_stands() {
        let id = UserId::from_number(482).expect("in range");
        for (text, name, is_printed) in [
            (format!("Ann Smith ({id})"), "Ann Smith", true),
            (format!("{id}"), "", true),
            (format!("Ann Smith ({id}"), "Ann Smith", false),
            (format!("Ann Smith {id})"), "Ann Smith", false),
            (format!("Ann Smith {id}"), "Ann Smith", false),
            (format!("{id} Ann Smith"), "Ann Smith", false),
            (format!("{id} - Ann Smith"), "Ann Smith", false),
            (format!("Smith, Ann [{id}]"), "Smith, Ann", false),
        ] {
            let mention = Mention::of(&text);
            assert_eq!(mention, Mention { id: Some(id), name: name.to_owned(), is_printed }, "{text}");
            assert!(mention.agrees("ANN SMITH"), "{text}");
            assert_eq!(mention.agrees("Bob Smith"), name.is_empty(), "{text}");
            assert_eq!(read(&text), Ok(Read::Value(Some(id.to_string()))), "{text}");
        }
        let other = UserId::from_number(483).expect("in range");
        assert_eq!(Mention::of(&format!("{id} or {other}")).id, None);
        let damaged = Mention::of("Ann Smith (U-2222222223)");
        assert_eq!((damaged.id, damaged.name.as_str()), (None, "Ann Smith"));
    }

    #[test]
    fn forms_of_a_name_are_longer_or_shorter() {
        let is_form = |text: &str| {
            let mention = Mention { id: None, name: text.to_owned(), is_printed: true };
            mention.may_be_form_of("Ann van Dam")
        };
        for text in ["Dr. Ann van Dam", "van Dam, Ann (HR)", "Ann v. D.", "Ann", "A. van Dam"] {
            assert!(is_form(text), "{text}");
        }
        for text in ["Anne van Dam", "Bo van Dam", "Ann van Dan", "ann@acme.example", "B."] {
            assert!(!is_form(text), "{text}");
        }
    }

    #[test]
    fn several_users_in_one_cell_are_offered_each() {
        let [one, two] = [482, 483].map(|number| UserId::from_number(number).expect("in range").to_string());
        for (text, expected) in [
            (format!("Ann ({one}), Bo ({two})"), [format!("Ann ({one})"), format!("Bo ({two})")]),
            (format!("Ann ({one}); Bo ({two})"), [format!("Ann ({one})"), format!("Bo ({two})")]),
            (format!("Ann ({one})\nBo ({two})"), [format!("Ann ({one})"), format!("Bo ({two})")]),
            (format!("Ann ({one}) & Bo ({two})"), [format!("Ann ({one})"), format!("Bo ({two})")]),
            (format!("{one} {two}"), [one.clone(), two.clone()]),
            (format!("{one}/{two}"), [one.clone(), two.clone()]),
        ] {
            let wrong = read(&text).expect_err(&text);
            assert_eq!((wrong.code, wrong.detail.as_deref()), (Code::NotAUser, Some("several")), "{text}");
            let read_back: Vec<_> = wrong.suggestions.iter().map(|text| read(text)).collect();
            assert_eq!(read_back, [&one, &two].map(|id| Ok(Read::Value(Some(id.clone())))), "{text}");
            assert!(
                wrong
                    .suggestions
                    .iter()
                    .zip(&expected)
                    .all(|(is, said)| is.starts_with(said.trim_end_matches(')'))),
                "{wrong:?}"
            );
        }
        let twice = format!("Ann ({one}), Ann ({one})");
        assert_eq!(read(&twice), Ok(Read::Value(Some(one))), "the same one twice");
    }

    #[test]
    fn a_name_is_read_in_each_way_that_it_can_be() {
        let readings = |text: &str| Mention::of(text).readings();
        let pair = |last: &str, first: &str| (last.to_owned(), first.to_owned());
        assert_eq!(readings("Smith,  Ann"), [pair("Smith", "Ann")]);
        let expected =
            [pair("Ann Smith", ""), pair("Smith", "Ann"), pair("", "Ann Smith"), pair("Ann", "Smith")];
        assert_eq!(readings("Ann  Smith"), expected);
        assert_eq!(readings("a b c d e f g h i"), []);
    }

    #[test]
    fn logins_are_left_to_the_directory() {
        for text in ["ann@example.com", "ann.smith", "00123"] {
            assert_eq!(read(text), Ok(Read::Login(text.to_owned())));
        }
        for (text, detail) in
            [("Ann Smith", None), ("U-7K3QX9M2P", Some("damaged")), ("Ann (U-2222222223)", Some("damaged"))]
        {
            let wrong = read(text).expect_err(text);
            assert_eq!((wrong.code, wrong.detail.as_deref()), (Code::NotAUser, detail), "{text}");
        }
    }
}
