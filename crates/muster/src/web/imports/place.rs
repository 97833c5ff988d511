//! The parts of a review: each is a page with an address and a count.

use directory::Code;
use import::{self};
use sentences::say;
use store::{Import, Result, Warning};

use super::answers::answers;
use crate::app::App;
use crate::web::frame::components::mark::Of;
use crate::web::frame::components::tabs::Tab;

/// A part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Problems,
    Conflicts,
    WithSupport,
    NewUsers,
    WorthKnowing,
    Changes,
    LeftOut,
}

impl Place {
    /// All of them, in the order of their tabs; what needs somebody first.
    const ALL: [Self; 7] = [
        Self::Problems,
        Self::Conflicts,
        Self::WithSupport,
        Self::NewUsers,
        Self::WorthKnowing,
        Self::Changes,
        Self::LeftOut,
    ];

    /// The last part of its address.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Problems => "problems",
            Self::Conflicts => "conflicts",
            Self::WithSupport => "with-support",
            Self::NewUsers => "new-users",
            Self::WorthKnowing => "worth-knowing",
            Self::Changes => "changes",
            Self::LeftOut => "left-out",
        }
    }

    /// The part of a word.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.word() == word)
    }

    /// What it is called.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Problems => say!("fix-grid-problems"),
            Self::Conflicts => say!("conflicts-conflicts"),
            Self::WithSupport => say!("place-with-support"),
            Self::NewUsers => say!("place-new-users"),
            Self::WorthKnowing => say!("review-worth-knowing"),
            Self::Changes => say!("changes-what-will-change"),
            Self::LeftOut => say!("place-left-out"),
        }
    }
}

impl Place {
    /// What is to be done there, on the way to it from elsewhere.
    pub(super) fn next_step(self) -> &'static str {
        match self {
            Self::Problems => say!("bar-to-problems"),
            Self::Conflicts => say!("bar-to-conflicts"),
            Self::NewUsers => say!("bar-to-new-users"),
            other => other.title(),
        }
    }
}

/// What the tabs and the bar of a review count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tally {
    /// Cells that are wrong, the questions about new users apart.
    pub(super) problems: i64,
    /// Cells with an open conflict.
    pub(super) conflicts: i64,
    /// Rows without a User ID that nobody has decided about.
    pub(super) without_id: i64,
    /// Users that will be created.
    pub(super) new_users: i64,
    /// Things worth knowing.
    pub(super) told: i64,
    /// Of these, those that ask for an answer.
    pub(super) asked: i64,
    /// Users that will change or be created.
    pub(super) ready: i64,
    /// Users with a problem.
    pub(super) wrong: i64,
    /// Users who wait for a choice and nothing else.
    pub(super) undecided: i64,
    /// Users who were left out.
    pub(super) left_out: i64,
    /// Users whose rows wait for support.
    pub(super) with_support: i64,
}

impl Tally {
    /// Counts an import in review.
    pub(super) fn of(app: &App, import: &Import) -> Result<Self> {
        let without_id = import::rows_without_id(app, import)?;
        let counts = &import.counts;
        let asks = |warning: &Warning| warning.code.asks() || answers(warning).len() > 1;
        let warnings = match counts.warnings {
            0 => Vec::new(),
            _ => app.store.warnings(import.account, import.id)?,
        };
        // Of warnings about what the spreadsheet did, those are said no more that were answered cell by cell.
        let told = match warnings.iter().any(|warning| warning.code == Code::DamageKept) {
            true => import::warnings(app, import)?.len() as i64,
            false => warnings.len() as i64,
        };
        Ok(Self {
            problems: counts.errors - without_id,
            conflicts: counts.conflicts,
            without_id,
            new_users: counts.users_to_create,
            told,
            asked: warnings.iter().filter(|warning| asks(warning)).count() as i64,
            ready: counts.users_to_edit + counts.users_to_create,
            wrong: counts.rows_with_errors - without_id,
            undecided: counts.users_in_conflict,
            left_out: import.left_out(),
            with_support: import.with_support,
        })
    }

    /// The first part that needs somebody.
    pub(super) fn first(&self) -> Place {
        match self {
            Self { problems: 1.., .. } => Place::Problems,
            Self { conflicts: 1.., .. } => Place::Conflicts,
            Self { without_id: 1.., .. } => Place::NewUsers,
            Self { asked: 1.., .. } => Place::WorthKnowing,
            _ => Place::Changes,
        }
    }

    /// Users of whom nothing would be changed if the import were completed now.
    pub(super) fn waiting(&self) -> i64 {
        self.wrong + self.without_id + self.undecided
    }

    /// Whether something is to be put right, chosen or answered before everybody is ready.
    pub(super) fn is_open(&self) -> bool {
        self.problems + self.without_id + self.conflicts > 0
    }

    /// The same of one part.
    pub(super) fn is_open_at(&self, place: Place) -> bool {
        match place {
            Place::Problems => self.problems > 0,
            Place::Conflicts => self.conflicts > 0,
            Place::NewUsers => self.without_id > 0,
            Place::WithSupport | Place::WorthKnowing | Place::Changes | Place::LeftOut => false,
        }
    }

    /// All users that the import is about.
    pub(super) fn all(&self) -> i64 {
        self.ready + self.waiting() + self.left_out + self.with_support
    }

    /// Whether so many would be left out that somebody should see who and why first: more than a tenth.
    pub(super) fn leaves_many(&self) -> bool {
        self.waiting() * 10 > self.all()
    }

    fn count(&self, place: Place) -> (Of, i64) {
        match place {
            Place::Problems => (Of::Bad, self.problems),
            Place::Conflicts => (Of::Wait, self.conflicts),
            Place::WithSupport => (Of::Wait, self.with_support),
            Place::NewUsers if self.without_id > 0 => (Of::Wait, self.without_id),
            Place::NewUsers => (Of::Quiet, self.new_users),
            Place::WorthKnowing if self.asked > 0 => (Of::Wait, self.told),
            Place::WorthKnowing => (Of::Quiet, self.told),
            Place::Changes => (Of::Good, self.ready),
            Place::LeftOut => (Of::Quiet, self.left_out),
        }
    }

    /// The tabs of the review at an address.
    pub(super) fn tabs(&self, address: &str, here: Option<Place>) -> Vec<Tab> {
        let tab = |place: Place| {
            let (of, number) = self.count(place);
            Tab {
                words: place.title().to_owned(),
                address: format!("{address}/{}", place.word()),
                count: Some((if number == 0 { Of::Quiet } else { of }, number)),
                here: here == Some(place),
            }
        };
        Place::ALL.into_iter().map(tab).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, Tally};

    const NOTHING: Tally = Tally {
        problems: 0,
        conflicts: 0,
        without_id: 0,
        new_users: 0,
        told: 0,
        asked: 0,
        ready: 0,
        wrong: 0,
        undecided: 0,
        left_out: 0,
        with_support: 0,
    };

    #[test]
    fn the_first_part_is_the_one_that_needs_somebody() {
        for (tally, first) in [
            (Tally { problems: 1, conflicts: 1, without_id: 1, asked: 1, ..NOTHING }, Place::Problems),
            (Tally { conflicts: 1, without_id: 1, asked: 1, ..NOTHING }, Place::Conflicts),
            (Tally { without_id: 1, asked: 1, ..NOTHING }, Place::NewUsers),
            (Tally { asked: 1, told: 3, ready: 2, ..NOTHING }, Place::WorthKnowing),
            (Tally { told: 3, new_users: 2, ready: 2, left_out: 4, ..NOTHING }, Place::Changes),
        ] {
            assert_eq!(tally.first(), first, "{tally:?}");
            assert_eq!(Place::of_word(first.word()), Some(first));
        }
    }

    #[test]
    fn more_than_a_tenth_is_many() {
        for (ready, wrong, undecided, left_out, many) in [
            (9, 1, 0, 0, false),
            (8, 1, 0, 0, true),
            (17, 1, 1, 1, false),
            (16, 1, 1, 1, true),
            (0, 1, 0, 0, true),
            (0, 0, 0, 5, false),
            (0, 0, 0, 0, false),
        ] {
            let tally = Tally { ready, wrong, undecided, left_out, ..NOTHING };
            assert_eq!(tally.leaves_many(), many, "{tally:?}");
            assert_eq!(tally.all(), ready + wrong + undecided + left_out);
        }
    }
}
