//! The two files of SQLite know each other. Both bear the same random letters, and a number that grows with each transaction of the
//! directory, in the work file first and durably. So a work file that is missing, that is of another database, or that is older than
//! its directory (an old copy beside it) is known when it is opened. What it holds would be wrong: sessions of administrators who are
//! somebody else here, plans over users as they were.

use std::path::{Path, PathBuf};

use crate::engine::{Connection, Durability, Error, Result, params};
use crate::ids::Time;
use crate::randomness::Randomness;

/// What the directory says of the pair.
pub(crate) struct Side {
    /// None in a database that was made before there were pairs.
    pair: Option<String>,
    turn: i64,
}

/// Why a work file is not the one of this directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mismatch {
    /// There is none, though the directory had one.
    Missing,
    /// It belongs to another database.
    Foreign,
    /// The directory was written since.
    Older,
}

impl Mismatch {
    /// As an error, with the sentence that names the file.
    pub(crate) fn refusal(self, work: &Path) -> Error {
        let file = work.display().to_string();
        Error::Failed(match self {
            Self::Missing => directory::work_file_missing(&file),
            Self::Foreign => directory::work_file_foreign(&file),
            Self::Older => directory::work_file_older(&file),
        })
    }
}

/// What the directory says; none when nothing was ever kept in it.
pub(crate) fn directory_side(connection: &mut Connection) -> Result<Option<Side>> {
    connection.one("SELECT pair, turn FROM deployment", params![], |row| {
        Ok(Side { pair: row.maybe_string(0)?, turn: row.integer(1)? })
    })
}

/// Whether a work file was used, before it is brought up to date.
pub(crate) fn is_used(work: &mut Connection) -> Result<bool> {
    for table in ["pairing", "session", "import"] {
        let any = format!("SELECT 1 FROM {table} LIMIT 1");
        if work.has_table(table)? && work.one(&any, params![], |_| Ok(()))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Why the work file is not the one of the directory; none when it is, or when the two have not met.
pub(crate) fn mismatch(directory: &Side, work: &mut Connection) -> Result<Option<Mismatch>> {
    let Some(pair) = &directory.pair else { return Ok(None) };
    let found =
        work.one("SELECT pair, turn FROM pairing", params![], |row| Ok((row.string(0)?, row.integer(1)?)))?;
    Ok(match found {
        None => Some(Mismatch::Missing),
        Some((other, _)) if other != *pair => Some(Mismatch::Foreign),
        Some((_, turn)) if turn < directory.turn => Some(Mismatch::Older),
        Some(_) => None,
    })
}

/// Makes the two files know each other, unless they do. `anew`: the work file takes the place of another, which is not to be taken for it
/// again.
pub(crate) fn introduce(
    directory: &mut Connection,
    work: &mut Connection,
    randomness: &Randomness,
    anew: bool,
) -> Result<()> {
    let Some(side) = directory_side(directory)? else { return Ok(()) };
    if side.pair.is_some() && !anew {
        return Ok(());
    }
    // The work file comes first: two who introduce them at once agree on what stands there.
    let pair = work.transaction(Durability::AtOnce, |transaction| {
        let sql = "INSERT INTO pairing (one, pair, turn) VALUES (1, ?1, ?2) ON CONFLICT (one) DO NOTHING";
        transaction.execute(sql, params![&randomness.letters(16), side.turn])?;
        transaction.one("SELECT pair FROM pairing", params![], |row| row.string(0))
    })?;
    directory.transaction(Durability::AtOnce, |transaction| {
        let sql = "UPDATE deployment SET pair = ?1 WHERE pair IS NULL OR CAST(?2 AS BIGINT) = 1";
        transaction.execute(sql, params![&pair, anew]).map(drop)
    })
}

/// Takes the next turn, in the work file; none before the two have met.
pub(crate) fn next_turn(work: &mut Connection) -> Result<Option<i64>> {
    work.one("UPDATE pairing SET turn = turn + 1 RETURNING turn", params![], |row| row.integer(0))
}

/// Notes the turn of a transaction of the directory, in that transaction.
pub(crate) fn note_turn(directory: &mut Connection, turn: i64) -> Result<()> {
    directory.execute("UPDATE deployment SET turn = ?1 WHERE turn < ?1", params![turn]).map(drop)
}

/// Lays a work file aside, so that a new one can take its place; it is kept beside it.
pub(crate) fn set_aside(work: &Path, at: Time) -> Result<()> {
    for ending in ["", "-wal", "-shm"] {
        let from = with_ending(work, ending);
        let to = with_ending(work, &format!(".aside-{}{ending}", at.0));
        match std::fs::rename(&from, &to) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::Failed(format!("{} can't be laid aside: {error}", from.display())));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The path of a file that belongs to a database's.
pub(crate) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}
