//! Quotas: what an organisation may have at most, which its operator sets; and what is said when it comes near, or would go beyond.

use sentences::say;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quota {
    /// Files of imports that are kept.
    Uploads,
    /// Their bytes.
    Bytes,
    /// Imports that came to no end yet.
    Waiting,
    /// Users, withdrawn ones not counted.
    Users,
    /// Fields of its own that are in use.
    Fields,
}

impl Quota {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 5] = [Self::Uploads, Self::Bytes, Self::Waiting, Self::Users, Self::Fields];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Uploads => "uploads",
            Self::Bytes => "bytes",
            Self::Waiting => "waiting",
            Self::Users => "users",
            Self::Fields => "fields",
        }
    }

    /// The meaning of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|quota| quota.word() == word)
    }

    /// How much an organisation may have of which nothing was said: more than honest work needs.
    pub fn usual(self) -> i64 {
        match self {
            Self::Uploads => 10_000,
            Self::Bytes => 50 << 30,
            Self::Waiting => 1_000,
            Self::Users => 5_000_000,
            Self::Fields => 500,
        }
    }
}

/// How much an organisation has of what is counted, and may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// What is counted.
    pub quota: Quota,
    /// How much there is.
    pub used: i64,
    /// How much there may be.
    pub most: i64,
}

/// From so many hundredths on people are told.
const NEAR: i64 = 80;

impl Allowance {
    /// Whether there is room for so much more.
    pub fn has_room(&self, more: i64) -> bool {
        self.used.checked_add(more).is_some_and(|used| used <= self.most)
    }

    /// Whether people should know before it bites.
    pub fn is_near(&self) -> bool {
        self.used > 0 && self.used.saturating_mul(100) >= self.most.saturating_mul(NEAR)
    }

    /// The two numbers as they are said: bytes in MiB, what is used of them rounded up.
    fn said(&self) -> (i64, i64) {
        match self.quota {
            Quota::Bytes => ((self.used + (1 << 20) - 1) >> 20, self.most >> 20),
            _ => (self.used, self.most),
        }
    }

    /// How much there is: said while there is still room.
    pub fn sentence(&self) -> String {
        let (used, most) = self.said();
        match self.quota {
            Quota::Uploads => say!("quota-uploads", used = used, most = most),
            Quota::Bytes => say!("quota-bytes", used = used, most = most),
            Quota::Waiting => say!("quota-waiting", used = used, most = most),
            Quota::Users => say!("quota-users", used = used, most = most),
            Quota::Fields => say!("quota-fields", used = used, most = most),
        }
    }

    /// Why there is to be no more of it, and what to do.
    pub fn refusal(&self) -> String {
        let (used, most) = self.said();
        match self.quota {
            Quota::Uploads => say!("quota-no-uploads", used = used, most = most),
            Quota::Bytes => say!("quota-no-bytes", used = used, most = most),
            Quota::Waiting => say!("quota-no-waiting", used = used, most = most),
            Quota::Users => say!("quota-no-users", used = used, most = most),
            Quota::Fields => say!("quota-no-fields", used = used, most = most),
        }
    }

    /// Why an import can't create so many users, and what to do.
    pub fn creation_refused(&self, more: i64) -> String {
        say!("quota-no-creation", more = more, used = self.used, most = self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::{Allowance, Quota};

    #[test]
    fn words_are_read_again_and_nothing_usual_is_small() {
        for quota in Quota::ALL {
            assert_eq!(Quota::of_word(quota.word()), Some(quota));
            assert!(quota.usual() >= 500);
        }
        assert_eq!(Quota::of_word("anything"), None);
    }

    #[test]
    fn people_are_told_from_four_fifths_on() {
        for (used, most, near, room) in [
            (0, 0, false, false),
            (0, 20, false, true),
            (15, 20, false, true),
            (16, 20, true, true),
            (19, 20, true, true),
            (20, 20, true, false),
            (21, 20, true, false),
            (1, 1, true, false),
            (i64::MAX, i64::MAX, true, false),
        ] {
            let of = Allowance { quota: Quota::Waiting, used, most };
            assert_eq!((of.is_near(), of.has_room(1)), (near, room), "{used} of {most}");
        }
    }

    #[test]
    fn each_has_sentences_of_its_own() {
        let of = |quota, used, most| Allowance { quota, used, most };
        assert_eq!(of(Quota::Waiting, 12, 20).sentence(), "12 of 20 imports wait.");
        assert_eq!(
            of(Quota::Bytes, (3 << 20) + 1, 4 << 20).sentence(),
            "The files of imports that are kept take up 4 of 4 MiB."
        );
        let said: std::collections::HashSet<String> = Quota::ALL
            .into_iter()
            .flat_map(|quota| [of(quota, 2_000, 2_000).sentence(), of(quota, 2_000, 2_000).refusal()])
            .collect();
        assert_eq!(said.len(), 10);
    }
}
