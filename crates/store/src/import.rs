//! What an import is: where it stands, what it came from, how far it is, the right to work on it, and how work on it ends.

use directory::{About, Accounted, Counts, Decision, Failure, FieldNumber};

use crate::engine::{Result, Row};
use crate::ids::{AccountId, ImportId, Time};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $word:literal,)* } $(else $(#[$else_doc:meta])* $else:ident = $else_word:literal)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$item_doc])* $item,)* $($(#[$else_doc])* $else,)? }

        impl $name {
            /// Each of them that is written.
            pub const ALL: &'static [Self] = &[$(Self::$item),*];

            /// The stable word.
            pub fn word(self) -> &'static str {
                match self { $(Self::$item => $word,)* $(Self::$else => $else_word,)? }
            }

            /// The meaning of a word.
            pub fn of_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|item| item.word() == word)
            }

            pub(crate) fn stored(word: &str) -> Result<Self> {
                let otherwise: &[Self] = &[$(Self::$else)?];
                let meant = Self::of_word(word).or_else(|| otherwise.first().copied());
                meant.ok_or_else(|| $crate::Error::Unread(format!("unknown {}: {word}", stringify!($name))))
            }
        }
    };
}

pub(crate) use words;

words! {
    /// Where an import is on its way.
    ImportState {
        /// The file is being read, merged and checked.
        Reading = "reading",
        /// It is a table that Muster did not write: it waits for people to say what its columns are.
        Matching = "matching",
        /// It waits for people.
        Review = "review",
        /// It is being applied.
        Applying = "applying",
        /// It was applied, or there was nothing to apply.
        Done = "done",
        /// It could not be read or applied; `failure` says why.
        Failed = "failed",
        /// Somebody gave it up.
        Cancelled = "cancelled",
    } else
    /// What its row says means nothing to this program: it is damaged, or a newer one wrote it. Nothing is done with it.
    Unreadable = "unreadable"
}

words! {
    /// What an import came from.
    ImportKind {
        /// An uploaded file.
        File = "file",
        /// The undo of another import.
        Undo = "undo",
        /// A rule of change for many users.
        Rule = "rule",
        /// The rows of a ticket, brought back.
        Ticket = "ticket",
        /// The form of one user.
        Form = "form",
        /// REST.
        Api = "api",
        /// SCIM.
        Scim = "scim",
    } else
    /// What its row says means nothing to this program.
    Unreadable = "unreadable"
}

words! {
    /// Whether an import completes by itself.
    Complete {
        /// Never: it waits in review.
        Never = "never",
        /// When nothing is wrong and few users are hit hard.
        WhenClean = "when_clean",
        /// When nothing is wrong, however many users are hit.
        WhenCleanLarge = "when_clean_large",
        /// When nothing is wrong and few users are hit hard; a file that shows no revision may edit the values of now.
        WhenCleanNow = "when_clean_now",
        /// When nothing is wrong, however many users are hit; a file that shows no revision may edit the values of now.
        WhenCleanLargeNow = "when_clean_large_now",
    } else
    /// What its row says means nothing to this program: people look.
    Unreadable = "unreadable"
}

impl Complete {
    /// The same, but a file that shows no revision may edit the values of now without anybody looking.
    #[must_use]
    pub fn over_now(self) -> Self {
        match self {
            Self::Never | Self::Unreadable => Self::Never,
            Self::WhenClean | Self::WhenCleanNow => Self::WhenCleanNow,
            Self::WhenCleanLarge | Self::WhenCleanLargeNow => Self::WhenCleanLargeNow,
        }
    }

    /// The same, but without that.
    #[must_use]
    pub fn over_base(self) -> Self {
        match self {
            Self::Never | Self::Unreadable => Self::Never,
            Self::WhenClean | Self::WhenCleanNow => Self::WhenClean,
            Self::WhenCleanLarge | Self::WhenCleanLargeNow => Self::WhenCleanLarge,
        }
    }

    /// Whether a file that shows no revision may edit the values of now without anybody looking.
    pub fn is_over_now(self) -> bool {
        ![Self::Never, Self::Unreadable].contains(&self) && self == self.over_now()
    }
}

words! {
    /// What the progress is of.
    Stage {
        /// The upload arrived; nothing was read yet.
        Waiting = "waiting",
        /// Reading the file and merging its rows: done and total are bytes of the file.
        Reading = "reading",
        /// Checking what needs the directory: claims, references.
        Checking = "checking",
        /// Fixing many cells of a plan at once: done and total are cells.
        Fixing = "fixing",
        /// Writing the directory: done and total are users.
        Applying = "applying",
        /// Nothing is being done.
        Resting = "resting",
    } else
    /// What its row says means nothing to this program.
    Unreadable = "unreadable"
}

/// How far a stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The stage.
    pub stage: Stage,
    /// How much is done, in the stage's own measure.
    pub done: i64,
    /// How much there is.
    pub total: i64,
}

/// What a new import begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImport {
    /// What was decided about columns before the file is read: a step of its own.
    pub decisions: Vec<(Decision, About)>,
    /// Its identity.
    pub id: ImportId,
    /// Where it begins: reading for files, review for what is staged whole.
    pub state: ImportState,
    /// What it came from.
    pub kind: ImportKind,
    /// The name of the file; of a rule, `directory::ChangeRule::named`. An import that undoes another has that one's.
    pub file_name: Option<String>,
    /// Who started it.
    pub actor: String,
    /// Whether it completes by itself.
    pub complete: Complete,
    /// Whether it is kept; a dry run is not.
    pub keep: bool,
    /// Whether rows with errors are left out when it completes by itself.
    pub leave_out_errors: bool,
    /// The import that it undoes.
    pub undoes: Option<ImportId>,
    /// When.
    pub at: Time,
}

/// An import as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The account.
    pub account: AccountId,
    /// Its identity.
    pub id: ImportId,
    /// Where it is.
    pub state: ImportState,
    /// What it came from.
    pub kind: ImportKind,
    /// The name of the file; of a rule, what it says in words, in the language that was spoken when it was read.
    pub file_name: Option<String>,
    /// Who started it.
    pub actor: String,
    /// When it was started.
    pub created_at: Time,
    /// When it came to its end.
    pub finished_at: Option<Time>,
    /// Whether it completes by itself.
    pub complete: Complete,
    /// Whether it is kept.
    pub keep: bool,
    /// Whether rows with errors are left out at the apply that runs or comes.
    pub leave_out_errors: bool,
    /// The import that it undoes.
    pub undoes: Option<ImportId>,
    /// The import that undid it.
    pub undone_by: Option<ImportId>,
    /// The import of which it changes chosen users back.
    pub changes_back: Option<ImportId>,
    /// A date of the file whose day and month could change places, and the day (stored form) that it was read as.
    pub date_read: Option<(String, String)>,
    /// The number of the plan that review shows; 0 before there is one.
    pub plan: i64,
    /// The revision that the plan was made at.
    pub revision: Option<u64>,
    /// The revision in A2.
    pub base: Option<u64>,
    /// The revision that it became.
    pub applied: Option<u64>,
    /// How far it is.
    pub progress: Progress,
    /// The number of the last claim.
    pub fence: i64,
    /// How many workers died in this stage.
    pub deaths: i64,
    /// What the plan adds up to.
    pub counts: Counts,
    /// What its files hold beside the cells that are read.
    pub accounted: Accounted,
    /// How many cells of the plan appeared after somebody looked at review.
    pub new_cells: i64,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// What people say of it for others to read: why it was made.
    pub note: Option<String>,
    /// Until when it can be taken back, where it was given up and all of it is still there.
    pub take_back_until: Option<Time>,
    /// Rows that wait for support. They are among the left-out ones of the counts: the plan writes neither.
    pub with_support: i64,
}

impl Import {
    /// Rows that were left out, those that wait for support apart.
    pub fn left_out(&self) -> i64 {
        self.counts.left_out - self.with_support
    }
}

/// The right to work on an import until its time is over; a later claim has a higher fence and ends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The account.
    pub account: AccountId,
    /// The import.
    pub import: ImportId,
    /// The number of the claim.
    pub fence: i64,
}

/// An import that waits for a worker: the oldest of its account that is alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// The account.
    pub account: AccountId,
    /// The import.
    pub import: ImportId,
    /// Whether it should be done soon: a file of one part, or an apply of few users.
    pub small: bool,
    /// Whether it is to be applied; else it is to be read.
    pub applying: bool,
}

/// How the work on an import ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The state it goes to.
    pub state: ImportState,
    /// The number of its plan.
    pub plan: i64,
    /// The revision that the plan was made at.
    pub revision: Option<u64>,
    /// The revision in A2.
    pub base: Option<u64>,
    /// The revision that it became.
    pub applied: Option<u64>,
    /// What the plan adds up to.
    pub counts: Counts,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// When it came to its end, if it did.
    pub finished_at: Option<Time>,
}

impl Settled {
    /// The end of an import that could not be read or applied.
    pub fn failed(failure: Failure, at: Time) -> Self {
        Self {
            state: ImportState::Failed,
            plan: 0,
            revision: None,
            base: None,
            applied: None,
            counts: Counts::default(),
            failure: Some(failure),
            finished_at: Some(at),
        }
    }

    /// Everything as the import has it now, but in another state.
    pub fn moved(import: &Import, state: ImportState) -> Self {
        Self {
            state,
            plan: import.plan,
            revision: import.revision,
            base: import.base,
            applied: import.applied,
            counts: import.counts,
            failure: None,
            finished_at: None,
        }
    }
}

/// Cells of one field that become, or became, one value: how many, and from what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenSum {
    /// The field.
    pub field: FieldNumber,
    /// The stored form that they become; none when they become empty.
    pub becomes: Option<String>,
    /// How many cells.
    pub cells: i64,
    /// How many different values they had before; none is not counted.
    pub from: i64,
    /// One of these.
    pub was: Option<String>,
}

impl WrittenSum {
    pub(crate) fn of_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            field: FieldNumber(row.integer(0)? as u32),
            becomes: row.maybe_string(1)?,
            cells: row.integer(2)?,
            from: row.integer(3)?,
            was: row.maybe_string(4)?,
        })
    }
}
