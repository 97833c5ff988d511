//! What may be wrong with a database, and what was found.

/// What may be wrong.
macro_rules! ailments {
    ($($(#[doc = $what:literal])+ $name:ident $word:literal),+ $(,)?) => {
        /// What may be wrong with a database.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Ailment { $($(#[doc = $what])+ $name),+ }

        impl Ailment {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The stable word.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }
    };
}
ailments! {
    /// Pages of SQLite's files are damaged, or tables or indexes of PostgreSQL.
    Pages "pages",
    /// A table, a column or an index is not as Muster makes it.
    Schema "schema",
    /// An account counts another number of users than there are.
    Counted "users_counted",
    /// Users, fields, roles, tokens or history of no account.
    NoAccount "of_no_account",
    /// Roles or sessions of no administrator.
    NoAdministrator "of_no_administrator",
    /// An email, a username or a unique value that is claimed for a user who does not have it.
    ClaimOfNobody "claim_of_nobody",
    /// One that a user has, and that is not claimed for them.
    Unclaimed "unclaimed",
    /// Names or sign-ins by which users are sorted that are not those that they have.
    Keys "sort_keys",
    /// A user whose manager is nobody.
    Manager "manager_unknown",
    /// A user whose values can't be read.
    Values "values_unreadable",
    /// Revisions of which there is no row, or that are ahead of their account; users of such a revision.
    Revisions "revisions",
    /// A change of no revision or no user.
    HistoryOfNothing "history_of_nothing",
    /// A change whose `before` is not what it replaced.
    Replaced "history_replaced",
    /// A user whose values are not what their history comes to.
    History "history_ends",
    /// A revision that is not what its digest says.
    Digest "digest",
    /// A number that would be given again.
    Numbers "numbers",
    /// A lease that lasts longer than any lease.
    Lease "lease",
    /// An import that is written down as being applied, and is not there.
    Applying "applying",
    /// An import that is done, without its revision; or one that is not done, with a revision.
    Proof "applied_without_proof",
    /// An import of a state that there is not.
    State "import_state",
    /// Rows that say a word that means nothing to this program: a role, the kind of a field, where a ticket stands.
    Unread "words_unknown",
    /// Rows of the work that belong to no import.
    Orphans "orphans",
    /// An upload of which a part or bytes are missing.
    Upload "upload",
    /// A search index that is ahead of its account.
    Search "search_index",
}

impl Ailment {
    /// Whether [`crate::Store::mend`] can mend it: it follows from what is right.
    pub fn is_mendable(self) -> bool {
        matches!(
            self,
            Self::Counted
                | Self::ClaimOfNobody
                | Self::Unclaimed
                | Self::Keys
                | Self::Numbers
                | Self::Lease
                | Self::Applying
                | Self::Orphans
                | Self::NoAdministrator
                | Self::Search
        )
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub ailment: Ailment,
    /// The slug of the account that it is of; empty when it is of none.
    pub account: String,
    /// How many there are.
    pub count: i64,
    /// The first of them: a User ID, a number, a name.
    pub first: String,
}

impl Finding {
    pub(super) fn new(ailment: Ailment, account: &str, count: i64, first: impl Into<String>) -> Self {
        Self { ailment, account: account.to_owned(), count, first: first.into() }
    }
}
