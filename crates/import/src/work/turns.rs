//! Whose import is worked on next. The workers of a process ask in turn for every account that has something to do, and never are all of
//! them busy for one. One of them does small work alone, so that who has little to do waits for nobody's large file; and where one
//! transaction at a time writes the directory, a large import is applied only while no other is, and after those that are small.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use store::{AccountId, ImportId, Waiting};

/// What a worker takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// Whatever waits.
    Any,
    /// What is done soon.
    Small,
}

/// What the workers of a process are at.
pub(super) struct Turns {
    /// How many take whatever waits.
    workers: usize,
    /// Whether one transaction at a time writes the directory.
    one_writer: bool,
    now: Mutex<Now>,
}

#[derive(Default)]
struct Now {
    busy: Vec<Busy>,
    /// When each account had its last turn, counted in turns.
    last: HashMap<AccountId, u64>,
    turns: u64,
    /// Small files that turned out to hold a great deal.
    outgrown: HashSet<(AccountId, ImportId)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Busy {
    lane: Lane,
    account: AccountId,
    applying: bool,
}

/// A turn: what is worked on, until this is dropped.
pub(super) struct Turn<'t> {
    turns: &'t Turns,
    busy: Busy,
}

impl Turns {
    pub(super) fn new(workers: usize, one_writer: bool) -> Self {
        Self { workers, one_writer, now: Mutex::default() }
    }

    /// Takes the next turn: of all that waits, what `claim` gets of those whose turn it is.
    pub(super) fn take<T, E>(
        &self,
        lane: Lane,
        waiting: &[Waiting],
        mut claim: impl FnMut(&Waiting) -> Result<Option<T>, E>,
    ) -> Result<Option<(T, Turn<'_>)>, E> {
        let mut now = self.now();
        for next in self.in_turn(&now, lane, waiting) {
            // Another process may have been quicker.
            let Some(claimed) = claim(next)? else { continue };
            let busy = Busy { lane, account: next.account, applying: next.applying };
            now.busy.push(busy);
            now.turns += 1;
            let turn = now.turns;
            now.last.insert(next.account, turn);
            return Ok(Some((claimed, Turn { turns: self, busy })));
        }
        Ok(None)
    }

    /// What a worker may take, whoever had no turn for longest first.
    fn in_turn<'w>(&self, now: &Now, lane: Lane, waiting: &'w [Waiting]) -> Vec<&'w Waiting> {
        let is_small =
            |import: &Waiting| import.small && !now.outgrown.contains(&(import.account, import.import));
        let is_applied = now.busy.iter().any(|busy| busy.applying);
        let small_waits = waiting.iter().any(|import| import.applying && is_small(import));
        let may = |import: &&Waiting| {
            let of_account = |busy: &&Busy| (busy.lane, busy.account) == (lane, import.account);
            let may_of_account = now.busy.iter().filter(of_account).count() < self.most_of_one();
            let may_apply =
                !self.one_writer || !import.applying || !is_applied && (is_small(import) || !small_waits);
            may_of_account && may_apply && (lane == Lane::Any || is_small(import))
        };
        let mut may: Vec<&Waiting> = waiting.iter().filter(may).collect();
        may.sort_by_key(|import| (now.last.get(&import.account).copied().unwrap_or_default(), import.import));
        may
    }

    fn most_of_one(&self) -> usize {
        self.workers.saturating_sub(1).max(1)
    }

    /// A small file holds a great deal: it is for those who take whatever waits.
    pub(super) fn outgrown(&self, account: AccountId, import: ImportId) {
        self.now().outgrown.insert((account, import));
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut now = self.turns.now();
        if let Some(place) = now.busy.iter().position(|busy| *busy == self.busy) {
            now.busy.swap_remove(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three accounts, whose imports are called by their letters.
    fn with_accounts(test: impl Fn(&[AccountId])) {
        ground::on_sqlite(|app| {
            let made =
                |slug| app.store.create_account(slug, slug, ground::NOW).expect("works").expect("new").id;
            test(&["alpha", "beta", "gamma"].map(made));
        });
    }

    /// Waiting imports: `a1` an import of the first account with number 1; capitals are large, `!` is applied.
    fn waiting(accounts: &[AccountId], words: &str) -> Vec<Waiting> {
        let of_word = |word: &str| {
            let letter = word.as_bytes()[0];
            let number: i64 =
                word.trim_matches(|other: char| !other.is_ascii_digit()).parse().expect("a number");
            Waiting {
                account: accounts[usize::from(letter.to_ascii_lowercase() - b'a')],
                import: ImportId::new(store::Time(number), 0),
                small: letter.is_ascii_lowercase(),
                applying: word.ends_with('!'),
            }
        };
        words.split_whitespace().map(of_word).collect()
    }

    /// Which of some words the workers take one after the other, each busy from then on.
    fn taken(turns: &Turns, accounts: &[AccountId], words: &str, lanes: &[Lane]) -> String {
        let all = waiting(accounts, words);
        let mut left = all.clone();
        let (mut busy, mut taken) = (Vec::new(), Vec::new());
        for lane in lanes {
            let waits = left.clone();
            let took = turns.take(*lane, &waits, |next| Ok::<_, ()>(Some(next.import))).expect("claimed");
            if let Some((import, turn)) = took {
                left.retain(|other| other.import != import);
                let place = all.iter().position(|other| other.import == import);
                taken.extend(place.and_then(|place| words.split_whitespace().nth(place)));
                busy.push(turn);
            }
        }
        taken.join(" ")
    }

    #[test]
    fn accounts_have_their_turns_and_large_work_leaves_room_for_small() {
        use Lane::{Any, Small};
        with_accounts(|accounts| {
            for (words, lanes, expected) in [
                // One account never has all workers, whatever it brings.
                ("A1 A2 A3", &[Any, Any][..], "A1"),
                ("A1 A2 B3", &[Any, Any], "A1 B3"),
                ("a1 a2 a3", &[Any, Any, Small], "a1 a2"),
                // Two large ones, and a small one comes.
                ("A1 B2 C3 c4", &[Any, Any, Small], "A1 B2 c4"),
                ("A1 B2 C3", &[Any, Any, Small], "A1 B2"),
                // One large one is applied at a time, and small ones before it.
                ("A1! B2! C3", &[Any, Any], "A1! C3"),
                ("A1! b2!", &[Any, Any, Small], "b2!"),
            ] {
                assert_eq!(
                    taken(&Turns::new(2, true), accounts, words, lanes),
                    expected,
                    "{words} {lanes:?}"
                );
            }
            let both = taken(&Turns::new(2, false), accounts, "A1! B2!", &[Any, Any]);
            assert_eq!(both, "A1! B2!", "PostgreSQL writes both");
            let only = taken(&Turns::new(1, true), accounts, "A1", &[Any]);
            assert_eq!(only, "A1", "the only worker works for everybody");
        });
    }

    #[test]
    fn who_had_a_turn_comes_after_who_had_none() {
        with_accounts(|accounts| {
            let (turns, words) = (Turns::new(2, true), "A1 A2 A3 B4 B5 C6");
            let mut left: Vec<&str> = words.split_whitespace().collect();
            let mut order = Vec::new();
            while !left.is_empty() {
                let next = taken(&turns, accounts, &left.join(" "), &[Lane::Any]);
                left.retain(|word| *word != next);
                order.push(next);
            }
            assert_eq!(order.join(" "), "A1 B4 C6 A2 B5 A3");
        });
    }

    #[test]
    fn a_small_file_that_holds_a_great_deal_is_large() {
        with_accounts(|accounts| {
            let turns = Turns::new(2, true);
            let import = waiting(accounts, "a1")[0];
            turns.outgrown(import.account, import.import);
            assert_eq!(taken(&turns, accounts, "a1", &[Lane::Small]), "");
            assert_eq!(taken(&turns, accounts, "a1", &[Lane::Any]), "a1");
        });
    }
}
