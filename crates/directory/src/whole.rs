//! What only the whole of a file shows: that it hits very many users, that empty cells became zeros, that numbers lost their points.

use crate::damage::grouped_by_point;
use crate::reading::number::Decimal;
use crate::{Change, Counts, Verdict, standard};

/// What happens to users that is hard to see and hard on them; each kind that hits many is stopped until somebody agrees to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlastKind {
    /// They can't sign in any more.
    Inactive,
    /// They lose a value.
    Cleared,
    /// They sign in by another email.
    Email,
    /// They sign in by another username.
    Username,
}

impl BlastKind {
    /// All of them, the hardest first.
    pub const ALL: [Self; 4] = [Self::Inactive, Self::Email, Self::Username, Self::Cleared];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Inactive => "inactive",
            Self::Cleared => "cleared",
            Self::Email => "email",
            Self::Username => "username",
        }
    }

    /// The meaning of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// How many users of a plan it hits.
    pub fn count(self, counts: &Counts) -> i64 {
        match self {
            Self::Inactive => counts.made_inactive,
            Self::Cleared => counts.users_cleared,
            Self::Email => counts.emails_changed,
            Self::Username => counts.usernames_changed,
        }
    }
}

/// From how many users on a kind of blast is stopped: so many, or so many of a hundred, whichever is more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlastLimit {
    /// Users.
    pub users: u32,
    /// Of a hundred users of the account.
    pub percent: u32,
}

impl Default for BlastLimit {
    fn default() -> Self {
        Self { users: 20, percent: 5 }
    }
}

impl BlastLimit {
    /// The kinds that hit so many users of a plan that somebody has to agree, with how many; `users` are those of the account.
    pub fn reached(self, counts: &Counts, users: i64) -> Vec<(BlastKind, i64)> {
        let share = (users.max(0) * i64::from(self.percent) + 99) / 100;
        let least = share.max(i64::from(self.users)).max(1);
        let hit = BlastKind::ALL.map(|kind| (kind, kind.count(counts)));
        hit.into_iter().filter(|(_, hit)| *hit >= least).collect()
    }
}

/// How many users an import hits hard: they lose a value, become inactive or change how they sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Blast {
    /// Users hit hard.
    pub hit: i64,
    /// Users of the account.
    pub users: i64,
}

impl Blast {
    /// So many users may be hit in any account.
    const FEW: i64 = 20;

    /// Whether a change hits its user hard.
    pub fn hits(change: &Change<'_>) -> bool {
        let is_sign_in = matches!(change.field, standard::EMAIL | standard::USERNAME);
        let lost = change.before.is_some() && change.after.is_none();
        let replaced = is_sign_in && change.before.is_some();
        lost || replaced || (change.field == standard::STATUS && change.after == Some("inactive"))
    }

    /// Whether people should look at the import though nothing in it is wrong: more than 20 users are hit, and half of them all or
    /// more.
    pub fn is_large(self) -> bool {
        self.hit > Self::FEW && self.hit * 2 >= self.users
    }
}

/// How often, in one column, an empty cell became 0: formulas that look up nothing give 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Zeros {
    /// Cells that were empty and say 0 now.
    pub zeros: i64,
    /// Edited cells of the column, those among them.
    pub edited: i64,
}

impl Zeros {
    /// So few may be meant.
    const FEW: i64 = 3;

    /// Whether a cell that was empty at the download says 0 now.
    pub fn is_of(base: Option<&str>, verdict: &Verdict) -> bool {
        match verdict {
            Verdict::Change(Some(mine)) | Verdict::Conflict(Some(mine)) => base.is_none() && is_zero(mine),
            _ => false,
        }
    }

    /// Notes an edited cell: its value at the download, and its value in the file, in stored form.
    pub fn edited(&mut self, base: Option<&str>, mine: Option<&str>) {
        self.edited += 1;
        self.zeros += i64::from(base.is_none() && mine.is_some_and(is_zero));
    }

    /// Whether it is worth a warning ([`crate::Code::ManyZeros`]): more than three, and a third of the edits of the column or more.
    pub fn are_many(self) -> bool {
        self.zeros > Self::FEW && self.zeros * 3 >= self.edited
    }
}

/// Whether a number became what it is without its decimal point: where points group thousands, a spreadsheet that opens a csv file
/// makes 1234 of `1.234`. In a workbook that was saved from it nothing tells that from a number that was typed, so it is a change,
/// and worth a warning ([`crate::Code::PointsLost`]).
pub fn loses_point(base: Option<&str>, mine: Option<&str>) -> bool {
    let same = |(base, mine): (&str, &str)| {
        grouped_by_point(base).is_some_and(|base| Decimal::of_digits(mine) == Some(base))
    };
    base.zip(mine).is_some_and(same)
}

/// Zero as number, text and date columns show it.
fn is_zero(value: &str) -> bool {
    matches!(value, "0" | "1899-12-30" | "1900-01-00" | "1899-12-31")
}

#[cfg(test)]
mod tests {
    use super::{Blast, BlastKind, BlastLimit, Zeros, loses_point};
    use crate::{Change, Counts, FieldNumber, standard};

    #[test]
    fn a_blast_is_reached_at_twenty_users_or_a_twentieth_whichever_is_more() {
        let usual = BlastLimit::default();
        for (limit, hit, users, reached) in [
            (usual, 0, 0, false),
            (usual, 19, 20, false),
            (usual, 20, 20, true),
            (usual, 20, 400, true),
            (usual, 20, 401, false),
            (usual, 21, 401, true),
            (usual, 149, 3_000, false),
            (usual, 150, 3_000, true),
            (usual, 1_830, 3_000, true),
            (BlastLimit { users: 3, percent: 0 }, 3, 3_000, true),
            (BlastLimit { users: 0, percent: 0 }, 0, 3_000, false),
        ] {
            for kind in BlastKind::ALL {
                let mut counts = Counts { users_to_edit: users, ..Counts::default() };
                *match kind {
                    BlastKind::Inactive => &mut counts.made_inactive,
                    BlastKind::Cleared => &mut counts.users_cleared,
                    BlastKind::Email => &mut counts.emails_changed,
                    BlastKind::Username => &mut counts.usernames_changed,
                } = hit;
                let expected = if reached { vec![(kind, hit)] } else { Vec::new() };
                assert_eq!(limit.reached(&counts, users), expected, "{kind:?}: {hit} of {users}");
                assert_eq!(BlastKind::of_word(kind.word()), Some(kind));
            }
        }
    }

    #[test]
    fn some_changes_hit_hard() {
        let check = |field: FieldNumber, before: Option<&str>, after: Option<&str>, expected: bool| {
            assert_eq!(
                Blast::hits(&Change { field, before, after }),
                expected,
                "{field:?} {before:?} {after:?}"
            );
        };
        check(standard::JOB_TITLE, Some("Chef"), None, true);
        check(standard::JOB_TITLE, Some("Chef"), Some("Cook"), false);
        check(standard::JOB_TITLE, None, Some("Cook"), false);
        check(standard::EMAIL, Some("a@b.org"), Some("c@b.org"), true);
        check(standard::USERNAME, Some("a"), Some("b"), true);
        check(standard::EMAIL, None, Some("a@b.org"), false);
        check(standard::STATUS, Some("active"), Some("inactive"), true);
        check(standard::STATUS, Some("inactive"), Some("active"), false);
    }

    #[test]
    fn a_large_import_hits_half_and_more_than_a_few() {
        for (hit, users, large) in [
            (0, 0, false),
            (20, 20, false),
            (21, 21, true),
            (21, 42, true),
            (21, 43, false),
            (500, 1_000, true),
            (499, 1_000, false),
        ] {
            assert_eq!(Blast { hit, users }.is_large(), large, "{hit} of {users}");
        }
    }

    #[test]
    fn numbers_lose_their_points() {
        for (base, mine, expected) in [
            ("1.234", "1234", true),
            ("-0.001", "-1", true),
            ("1234567.891", "1234567891", true),
            ("1.234", "1235", false),
            ("1.23", "123", false),
            ("1234", "1234", false),
        ] {
            assert_eq!(loses_point(Some(base), Some(mine)), expected, "{base} {mine}");
        }
        assert!(!loses_point(None, Some("1")) && !loses_point(Some("1.234"), None));
    }

    #[test]
    fn zeros_out_of_nothing_are_counted() {
        let check = |zeros: usize, others: usize, many: bool| {
            let mut column = Zeros::default();
            (0..zeros).for_each(|_| column.edited(None, Some("0")));
            (0..others).for_each(|_| column.edited(None, Some("Cook")));
            assert_eq!(column.are_many(), many, "{zeros} {others}");
        };
        check(4, 0, true);
        check(3, 0, false);
        check(4, 8, true);
        check(4, 9, false);
        check(0, 100, false);
        let mut column = Zeros::default();
        (0..10).for_each(|_| column.edited(Some("7"), Some("0")));
        assert!(!column.are_many());
    }
}
