//! What other programs call the fields, as `aliases.txt` lists it, ready to be looked up.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::titles;
use crate::{FieldNumber, Fields};

/// What a title stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    Field(FieldNumber),
    Leaving,
    /// It is known, and is none of the fields: the private address beside that of work, say.
    Other,
}

/// Titles by [`titles::bare`], each with what it stands for.
type Titles = HashMap<String, Meant>;

/// All that is known.
pub(super) struct Known {
    /// Titles that mean something by themselves.
    pub(super) clear: Titles,
    /// Titles that mean it where no clear one does, and only one of these is there: the mobile phone beside that at work.
    pub(super) otherwise: Titles,
    /// Titles that are the first field beside a column that is the second.
    pub(super) beside: Vec<(FieldNumber, FieldNumber, Titles)>,
}

/// Read once.
pub(super) static KNOWN: LazyLock<Known> = LazyLock::new(|| read(include_str!("aliases.txt")));

fn read(text: &str) -> Known {
    let fields = Fields::built_in();
    let number = |key: &str| fields.by_key(key).map(|field| field.number);
    let mut known = Known { clear: Titles::new(), otherwise: Titles::new(), beside: Vec::new() };
    for paragraph in text.split("\n\n") {
        let mut lines = paragraph.lines().filter(|line| !line.starts_with('#'));
        let head: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
        let meant = match head.first() {
            Some(&"leaving") => Meant::Leaving,
            Some(&"other") => Meant::Other,
            Some(key) => number(key).map_or(Meant::Other, Meant::Field),
            None => continue,
        };
        let names = lines.flat_map(|line| line.split('|')).map(titles::bare).filter(|name| !name.is_empty());
        let titles = |mut titles: Titles, names: &mut dyn Iterator<Item = String>| {
            // Of two things that are called alike the first one counts.
            for name in names {
                titles.entry(name).or_insert(meant);
            }
            titles
        };
        let mut names = names;
        match (head.get(1), meant, head.get(2).and_then(|key| number(key))) {
            (Some(&"else"), ..) => known.otherwise = titles(std::mem::take(&mut known.otherwise), &mut names),
            (Some(&"beside"), Meant::Field(field), Some(other)) => {
                known.beside.push((field, other, titles(Titles::new(), &mut names)));
            }
            _ => known.clear = titles(std::mem::take(&mut known.clear), &mut names),
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, Meant};
    use crate::standard;

    #[test]
    fn the_list_is_read_whole() {
        assert!(KNOWN.clear.len() > 600, "{}", KNOWN.clear.len());
        let fields = 11;
        let is_of = |number| KNOWN.clear.values().any(|meant| *meant == Meant::Field(number));
        let known = (1..=standard::COUNT as u32).filter(|number| is_of(crate::FieldNumber(*number))).count();
        assert!(known >= fields, "{known} fields have names");
        assert_eq!(
            (KNOWN.clear.get("prenom"), KNOWN.clear.get("austritt")),
            (Some(&Meant::Field(standard::FIRST_NAME)), Some(&Meant::Leaving))
        );
        assert_eq!(
            (KNOWN.beside.len(), KNOWN.otherwise.get("handy")),
            (2, Some(&Meant::Field(standard::PHONE)))
        );
    }
}
