//! Why the store could not do what it was asked: what the drivers say, in the few kinds that callers tell apart.

use directory::Allowance;

use crate::holder::Holder;

/// Why the store could not do what it was asked.
#[derive(Debug)]
pub enum Error {
    /// A value that must be unique is there already. Callers turn this into an issue or a sentence where they run the statement.
    Taken,
    /// The database was changed by another transaction meanwhile; the whole transaction may be tried again.
    Again,
    /// Somebody else has been writing for longer than anybody waits; nothing was done.
    Busy,
    /// Another process has been writing for longer than anybody waits; nothing was done.
    Held(Holder),
    /// A newer program has brought the database up to date meanwhile: this one does no more. Nothing was done.
    Updated,
    /// The act was asked for by a request that came before, and was done then; nothing was done now.
    DoneBefore,
    /// What the act is about is in another state meanwhile; nothing was done.
    TooLate,
    /// The statement took longer than a request may; nothing was done.
    TooCostly,
    /// A search of more letters or words than are looked for at once.
    SearchTooLong,
    /// So much is asked for at once by the same that this was not begun.
    Crowded,
    /// The organisation has as much of this as it may have; nothing was done.
    OverQuota(Allowance),
    /// The disk of the database has no room left; the transaction was undone, and may be tried again once there is some.
    Full,
    /// The server of the database is not there, or has ended the connection; in the words of the driver. Of a transaction that was just being
    /// committed it is not known whether it was.
    Unreachable(String),
    /// PostgreSQL has no connection left, and none came back for as long as anybody waits; nothing was done.
    Unconnected,
    /// The server of the database can only be read; nothing was done.
    OnlyReads,
    /// Bytes of a file that was uploaded are missing: how many came, and how many are kept.
    UploadLost {
        /// Bytes that came.
        came: u64,
        /// Bytes that are kept.
        kept: u64,
    },
    /// A row says what means nothing to this program: a newer one wrote it, or it is damaged. Says what, for operators; the doctor names the row.
    Unread(String),
    /// Everything else, in the words of the driver, for operators.
    Failed(String),
}

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Taken => formatter.write_str("a value that must be unique is there already"),
            Self::Again => formatter.write_str("the database was changed meanwhile"),
            Self::Busy => formatter.write_str(directory::database_busy()),
            Self::Held(holder) => {
                let Holder { process, command, is_stopped } = holder;
                formatter.write_str(&directory::database_held(*process, command, *is_stopped))
            }
            Self::Updated => formatter.write_str(directory::muster_updated()),
            Self::Full => formatter.write_str(directory::disk_full()),
            Self::DoneBefore => formatter.write_str("this request came before, and was done then"),
            Self::TooLate => formatter.write_str("it is in another state meanwhile"),
            Self::TooCostly => formatter.write_str(directory::too_costly()),
            Self::SearchTooLong => formatter.write_str(directory::search_too_long()),
            Self::Crowded => formatter.write_str(directory::too_much_at_once()),
            Self::Unconnected => formatter.write_str(directory::database_without_connection()),
            Self::OnlyReads => formatter.write_str(directory::database_only_reads()),
            Self::UploadLost { came, kept } => formatter.write_str(&directory::upload_lost(*came, *kept)),
            Self::OverQuota(allowance) => formatter.write_str(&allowance.refusal()),
            Self::Unreachable(why) | Self::Unread(why) | Self::Failed(why) => formatter.write_str(why),
        }
    }
}

impl std::error::Error for Error {}

/// The result of a store's work.
pub type Result<T> = std::result::Result<T, Error>;

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::SqliteFailure(failure, _)
                if matches!(
                    failure.extended_code,
                    rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY
                ) =>
            {
                Self::Taken
            }
            rusqlite::Error::SqliteFailure(failure, _)
                if failure.code == rusqlite::ErrorCode::DatabaseBusy =>
            {
                Self::Busy
            }
            rusqlite::Error::SqliteFailure(failure, _) if is_full(failure) => Self::Full,
            // Nobody else interrupts.
            rusqlite::Error::SqliteFailure(failure, _)
                if failure.code == rusqlite::ErrorCode::OperationInterrupted =>
            {
                Self::TooCostly
            }
            rusqlite::Error::SqliteFailure(failure, _) => Self::Failed(words_of(failure.code, &error)),
            _ => Self::Failed(error.to_string()),
        }
    }
}

/// What is said of a failure of SQLite that is neither of its statement nor of the moment.
fn words_of(code: rusqlite::ErrorCode, error: &rusqlite::Error) -> String {
    match code {
        rusqlite::ErrorCode::DatabaseCorrupt => directory::database_damaged().to_owned(),
        rusqlite::ErrorCode::NotADatabase => directory::not_a_database().to_owned(),
        // What can't be opened is as a rule a file beside it that can't be made. Nobody tries that out by opening the files: to close one
        // again would let go of all locks that SQLite has on it in this process.
        rusqlite::ErrorCode::ReadOnly | rusqlite::ErrorCode::CannotOpen => {
            directory::database_read_only("Muster’s database")
        }
        _ => error.to_string(),
    }
}

/// Whether a failure of SQLite is one of room, be it for the file itself or for the memory that its processes share.
fn is_full(failure: &rusqlite::ffi::Error) -> bool {
    failure.code == rusqlite::ErrorCode::DiskFull
        || failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE
}

impl From<postgres::Error> for Error {
    fn from(error: postgres::Error) -> Self {
        use postgres::error::SqlState;
        match error.code() {
            Some(code) if *code == SqlState::UNIQUE_VIOLATION => Self::Taken,
            Some(code) if *code == SqlState::DISK_FULL => Self::Full,
            Some(code) if *code == SqlState::QUERY_CANCELED => Self::TooCostly,
            Some(code) if *code == SqlState::LOCK_NOT_AVAILABLE => Self::Busy,
            Some(code) if *code == SqlState::INSUFFICIENT_PRIVILEGE => {
                Self::Failed(directory::database_forbidden(&words_of_postgres(&error)))
            }
            Some(code)
                if *code == SqlState::T_R_SERIALIZATION_FAILURE
                    || *code == SqlState::T_R_DEADLOCK_DETECTED =>
            {
                Self::Again
            }
            Some(code) if *code == SqlState::DUPLICATE_TABLE => {
                Self::Failed(directory::relation_in_the_way(&words_of_postgres(&error)))
            }
            // It was another's second one, or becomes the first in a moment, or is told to.
            Some(code) if *code == SqlState::READ_ONLY_SQL_TRANSACTION => Self::OnlyReads,
            Some(code) if is_of_the_connection(code) => Self::Unreachable(words_of_postgres(&error)),
            None if error.is_closed() || is_of_the_network(&error) => {
                Self::Unreachable(words_of_postgres(&error))
            }
            _ => Self::Failed(words_of_postgres(&error)),
        }
    }
}

/// What PostgreSQL says of a failure; or the driver, with the reasons below, which hold names and no values: an unknown host, an expired
/// certificate, a password that is missing.
pub(super) fn words_of_postgres(error: &postgres::Error) -> String {
    error.as_db_error().map_or_else(|| with_reasons(error), ToString::to_string)
}

fn with_reasons(error: &dyn std::error::Error) -> String {
    let reasons = std::iter::successors(error.source(), |reason| reason.source());
    reasons.fold(error.to_string(), |told, reason| {
        let reason = reason.to_string();
        if told.contains(&reason) { told } else { format!("{told}: {reason}") }
    })
}

/// Whether the server says that it ends the connection, or can't have one. Source: PostgreSQL's manual, appendix A.
pub(super) fn is_of_the_connection(code: &postgres::error::SqlState) -> bool {
    code.code().starts_with("08") || ["25P03", "57P01", "57P02", "57P03", "57P05"].contains(&code.code())
}

/// Whether what failed is the network, below what the server says.
fn is_of_the_network(error: &postgres::Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.is::<std::io::Error>())
}
