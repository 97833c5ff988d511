//! Letters and who has them: what a text is cut into for searching, three letters at a time, and the sets of entries that have them,
//! as they lie in the index (`text_index.rs`).

use directory::{Claim, Kind};

/// What separates words within a text.
pub(crate) const SEPARATORS: [char; 6] = [' ', '-', '.', '@', '_', '\''];
/// Stands twice before the first letter of a word, so that one and two letters that begin a word are three to look for.
const BEGINNING: char = '\u{F8FF}';
/// So many letters of a word are asked for at the most, three at a time; the users themselves know the rest.
const ASKED: usize = 8;

/// Every three letters of a folded text, in which the beginnings of words are marked; `starts` says whether it begins with one.
fn each_three(text: &str, starts: bool, mut take: impl FnMut([char; 3])) {
    let (mut three, mut known, mut begins) = (['\0'; 3], 0, starts);
    let mut push = |letter| {
        three = [three[1], three[2], letter];
        known += 1;
        if known >= 3 {
            take(three);
        }
    };
    for letter in text.chars() {
        let separates = SEPARATORS.contains(&letter);
        if begins && !separates {
            push(BEGINNING);
            push(BEGINNING);
        }
        push(letter);
        begins = separates;
    }
}

/// Three letters as a number of 31 bits. Should two have the same, a search looks at a few users in vain.
fn number_of(three: [char; 3]) -> u32 {
    let mixed = three.iter().fold(0u64, |mixed, letter| {
        (mixed ^ u64::from(u32::from(*letter))).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
    });
    (mixed >> 33) as u32
}

/// The letters by which a folded text is found.
pub(crate) fn letters_in(text: &str, mut take: impl FnMut(u32)) {
    each_three(text, true, |three| take(number_of(three)));
}

/// What the index is asked for a word, each to be found: every three letters of it; of a shorter one, that a word begins so.
/// None when the index can't tell.
pub(crate) fn letters_of(word: &str) -> Vec<u32> {
    threes_of(word).into_iter().map(number_of).collect()
}

fn threes_of(word: &str) -> Vec<[char; 3]> {
    let folded = Claim::fold(Kind::Text, word);
    let short = folded.chars().count() < 3;
    let mut threes = Vec::new();
    if !short || !folded.contains(SEPARATORS) {
        each_three(&folded, short, |three| threes.push(three));
    }
    // Of a short word the last three say the most: the one letter, or the two.
    if short { threes.split_off(threes.len().saturating_sub(1)) } else { thinned(threes) }
}

/// Some of them, from all over the word, when there are many.
fn thinned(threes: Vec<[char; 3]>) -> Vec<[char; 3]> {
    let many = threes.len();
    if many <= ASKED {
        return threes;
    }
    (0..ASKED).map(|place| threes[place * (many - 1) / (ASKED - 1)]).collect()
}

/// Entries of the index that lie together: as many as have a bit each in a row that fits a page of the file without overflow.
pub(crate) const TOGETHER: u64 = 15_360;
const BYTES: usize = TOGETHER as usize / 8;
const WORDS: usize = TOGETHER as usize / 64;

/// Some of the entries of a part, by their place in it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct EntrySet(Box<[u64; WORDS]>);

impl EntrySet {
    pub(crate) fn empty() -> Self {
        Self(Box::new([0; WORDS]))
    }

    /// From its stored form: a bit each when many are in it, else the distance of each from the one before, seven bits a byte.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        let mut set = Self::empty();
        if bytes.len() == BYTES {
            for (word, bytes) in set.0.iter_mut().zip(bytes.chunks_exact(8)) {
                *word = bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
            }
            return set;
        }
        let (mut next, mut distance, mut shift) = (0, 0, 0);
        for byte in bytes {
            distance |= usize::from(byte & 0x7F) << shift;
            shift = (shift + 7) % 28;
            if byte & 0x80 == 0 {
                set.insert(next + distance);
                next += distance + 1;
                (distance, shift) = (0, 0);
            }
        }
        set
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let (mut bytes, mut next) = (Vec::new(), 0);
        for place in self.places() {
            let mut distance = place - next;
            next = place + 1;
            while distance >= 0x80 {
                bytes.push(distance as u8 | 0x80);
                distance >>= 7;
            }
            bytes.push(distance as u8);
            if bytes.len() >= BYTES {
                return self.0.iter().flat_map(|word| word.to_le_bytes()).collect();
            }
        }
        bytes
    }

    /// Puts a place in; one that is none of a part is left out.
    pub(crate) fn insert(&mut self, place: usize) {
        if let Some(word) = self.0.get_mut(place / 64) {
            *word |= 1 << (place % 64);
        }
    }

    pub(crate) fn remove(&mut self, place: usize) {
        if let Some(word) = self.0.get_mut(place / 64) {
            *word &= !(1 << (place % 64));
        }
    }

    pub(crate) fn contains(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    pub(crate) fn keep_those_in(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0.iter()).for_each(|(word, other)| *word &= other);
    }

    pub(crate) fn len(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// The places in it, ascending.
    pub(crate) fn places(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let place = (left != 0).then(|| at * 64 + left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(place)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{BYTES, EntrySet, TOGETHER, letters_in, letters_of, threes_of};

    #[test]
    fn a_word_is_three_letters_at_a_time_and_a_short_one_a_beginning() {
        let cases: [(&str, &[&str]); 9] = [
            ("Ann", &["ann"]),
            ("anna", &["ann", "nna"]),
            ("n", &["^^n"]),
            ("Ng", &["^ng"]),
            ("李", &["^^李"]),
            ("a.b", &["a.^", ".^^", "^^b"]),
            ("@ac", &["@^^", "^^a", "^ac"]),
            ("@a", &[]),
            ("abcdefghijklmnop", &["abc", "bcd", "def", "fgh", "hij", "jkl", "lmn", "nop"]),
        ];
        for (word, expected) in cases {
            let threes = threes_of(word);
            let threes: Vec<String> = threes
                .iter()
                .map(|three| three.iter().collect::<String>().replace('\u{F8FF}', "^"))
                .collect();
            assert_eq!(threes, expected, "{word}");
        }
    }

    #[test]
    fn what_a_word_asks_for_is_in_every_text_that_has_it() {
        let texts = ["ng ann", "de vries-öz ann@acme.example", "李 小明", "김 서연 00012345 kanal-bauer"];
        for text in texts {
            let mut has = Vec::new();
            letters_in(text, |letters| has.push(letters));
            for word in text.split(super::SEPARATORS).chain(text.split(' ')) {
                for asked in letters_of(word) {
                    assert!(has.contains(&asked), "{word} in {text}");
                }
            }
        }
    }

    /// They lie in the index: who changes them gives its tables other names.
    #[test]
    fn the_numbers_of_letters_are_the_formats_own() {
        assert_eq!(letters_of("anna"), [1_662_339_531, 766_818_014]);
    }

    #[test]
    fn a_set_comes_back_from_its_bytes() {
        let last = TOGETHER as usize - 1;
        let every = |step: usize| (0..=last).step_by(step).collect::<Vec<_>>();
        let cases = [
            vec![],
            vec![0],
            vec![last],
            vec![0, 1, 127, 128, 129, 300, last],
            every(1),
            every(7),
            every(8),
            every(9),
            every(129),
        ];
        for places in cases {
            let mut set = EntrySet::empty();
            places.iter().for_each(|place| set.insert(*place));
            let bytes = set.to_bytes();
            assert!(bytes.len() <= BYTES, "{}", places.len());
            let back = EntrySet::of_bytes(&bytes);
            assert!(back == set, "{places:?}");
            assert_eq!(back.places().collect::<Vec<_>>(), places);
            assert_eq!((back.len() as usize, back.is_empty()), (places.len(), places.is_empty()));
        }
    }
}
