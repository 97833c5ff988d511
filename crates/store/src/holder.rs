//! Which other process holds the lock of a file of SQLite: one that was stopped while it writes keeps everybody waiting, and nobody but
//! the machine knows of it. Where the machine does not tell, nobody is named.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Another process that writes to a file of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its number on the machine.
    pub process: u32,
    /// What it is doing, as it was typed: `muster import`.
    pub command: String,
    /// Whether it was stopped, so that it does not go on by itself.
    pub is_stopped: bool,
}

/// The bytes of the file that SQLite's processes share (`-shm`) by which it locks writing, moving what was written and recovering. Source:
/// SQLite's "WAL-mode File Format", 2.2.2.
const LOCKS: std::ops::RangeInclusive<u64> = 120..=122;

/// So often the list of locks is read before nobody is named: where many are taken and given back meanwhile, it leaves lines out.
const LOOKS: usize = 5;

impl Holder {
    /// The other process that has the lock of a file, if there is one.
    pub(crate) fn of(file: &Path) -> Option<Self> {
        let mut shared = file.as_os_str().to_owned();
        shared.push("-shm");
        let inode = fs::metadata(&shared).ok()?.ino();
        let look = || holding(&fs::read_to_string("/proc/locks").ok()?, inode, std::process::id());
        let process = (0..LOOKS).find_map(|_| look())?;
        Some(Self { process, command: command_of(process), is_stopped: is_stopped(process) })
    }
}

/// The process that holds one of the locks, in a list of `/proc/locks`: `1: POSIX ADVISORY WRITE 4711 00:1a:4242 120 120`. Lines of those who
/// wait have an arrow before the kind.
fn holding(locks: &str, inode: u64, own: u32) -> Option<u32> {
    locks.lines().find_map(|line| {
        let [_, "POSIX", _, "WRITE", process, file, first, last] =
            line.split_whitespace().collect::<Vec<_>>()[..]
        else {
            return None;
        };
        let of_file: u64 = file.rsplit(':').next()?.parse().ok()?;
        let last = if last == "EOF" { u64::MAX } else { last.parse().ok()? };
        let (process, first): (u32, u64) = (process.parse().ok()?, first.parse().ok()?);
        let is_of_it = of_file == inode && first <= *LOCKS.end() && last >= *LOCKS.start();
        (is_of_it && process != own && process != 0).then_some(process)
    })
}

/// The program and its first word, without what else was typed.
fn command_of(process: u32) -> String {
    let line = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
    let mut words = line.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    let program = words.next().unwrap_or_default();
    let program = program.rsplit('/').next().unwrap_or_default();
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase());
    match words.next().filter(|word| is_word(word)) {
        Some(word) => format!("{program} {word}"),
        None => program.to_owned(),
    }
}

/// Whether a signal or a debugger has stopped it: the letter after the name, which stands in parentheses. Source: proc(5).
fn is_stopped(process: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with(['T', 't']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_holds_the_lock_of_writing_is_found_among_all_locks() {
        let held = "1: POSIX  ADVISORY  WRITE 4711 00:1a:4242 120 120\n";
        let cases = [
            (held.to_owned(), Some(4711)),
            (held.replace("120 120", "121 121"), Some(4711)),
            (held.replace("120 120", "0 EOF"), Some(4711)),
            (held.replace("120 120", "123 123"), None),
            (held.replace("WRITE", "READ "), None),
            (held.replace("POSIX", "FLOCK"), None),
            (held.replace(":4242", ":42"), None),
            (held.replace("4711", "7"), None),
            (held.replace("4711", "0"), None),
            (held.replace("1: POSIX", "1: -> POSIX"), None),
            (format!("{}{held}", held.replace("4711", "7")), Some(4711)),
            (String::new(), None),
        ];
        for (locks, process) in cases {
            assert_eq!(holding(&locks, 4242, 7), process, "{locks}");
        }
    }
}
