//! What the machine says of this process, under the names that Prometheus' own libraries use; nothing where it is not said (`/proc` of Linux).

use super::names;
use super::text::{Text, count, number};

/// Bytes of a page of memory, and ticks of the clock in a second: what every Linux on x86-64 and arm64 as Debian has it says to programs.
const PAGE: u64 = 4_096;
const TICKS: f64 = 100.0;

pub(super) fn tell(text: &mut Text) {
    if let Some(bytes) = memory() {
        text.one(&names::MEMORY, &[], count(bytes));
    }
    if let Ok(files) = std::fs::read_dir("/proc/self/fd") {
        text.one(&names::FILES, &[], number(files.count()));
    }
    if let Some(seconds) = computed() {
        text.one(&names::CPU, &[], seconds);
    }
}

fn memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = text.split(' ').nth(1)?.parse().ok()?;
    Some(pages * PAGE)
}

/// Fields 14 and 15 of proc_pid_stat(5); the name of the program, which may hold anything, ends with the last parenthesis.
fn computed() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some(count(ticks()? + ticks()?) / TICKS)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_process_is_known() {
        assert!(super::memory().is_some_and(|bytes| bytes > 1 << 20));
        assert!(super::computed().is_some());
    }
}
