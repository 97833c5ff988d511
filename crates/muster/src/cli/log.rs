//! The log: lines on stderr, which never fail or hold up whoever has something to tell. A disk that is full, a terminal that is gone, a
//! reader that stands still: the lines are lost then, and how many is told by the next one that arrives.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::time::Duration;

use clap::ValueEnum;
use tracing::Level;
use tracing_subscriber::fmt::MakeWriter;

/// How lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    Text,
    Json,
}

/// Lines that may wait for stderr. Each is a few hundred bytes.
const WAITING: usize = 4_096;
/// How long the end of the program waits for lines that are on their way.
const LAST_LINES: Duration = Duration::from_millis(300);

/// The log of this process, as long as it runs; what waits is written when it is dropped.
pub(super) struct Log(Option<Lines>);

impl Log {
    /// Starts logging, from a level on: one line an event, on stderr, because stdout is for answers. Doing the same twice in one process
    /// is harmless.
    pub(super) fn start(format: LogFormat, level: Level) -> Self {
        let lines = Lines::start();
        // What can't be written is not told on stderr, which is just what can't be written.
        let builder = tracing_subscriber::fmt().with_max_level(level).log_internal_errors(false);
        let is_terminal = io::IsTerminal::is_terminal(&io::stderr());
        let builder = builder.with_writer(lines.clone());
        let started = match format {
            LogFormat::Text => builder.with_ansi(is_terminal).try_init(),
            LogFormat::Json => builder.json().flatten_event(true).try_init(),
        };
        Self(started.is_ok().then_some(lines))
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        if let Some(lines) = &self.0 {
            lines.wait(LAST_LINES);
        }
    }
}

/// Says a line to whoever typed the command. Nobody may be there to read it: that is no failure of what was done.
pub(super) fn tell(line: impl std::fmt::Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Where events leave their lines; a thread of its own carries them to stderr.
#[derive(Clone)]
struct Lines {
    queue: SyncSender<Entry>,
    lost: Arc<AtomicU64>,
}

enum Entry {
    Line(Vec<u8>),
    /// All lines before it are written.
    Mark(Sender<()>),
}

impl Lines {
    fn start() -> Self {
        let (queue, entries) = sync_channel(WAITING);
        let lost = Arc::new(AtomicU64::default());
        let lines = Self { queue, lost: Arc::clone(&lost) };
        let named = std::thread::Builder::new().name("log".to_owned());
        // Without the thread nobody takes the lines, and they are lost like others.
        let _ = named.spawn(move || carry(&entries, &lost, &mut io::stderr()));
        lines
    }

    /// Waits until all lines are written, so long at the most.
    fn wait(&self, at_most: Duration) {
        let (written, all_written) = channel();
        if self.queue.try_send(Entry::Mark(written)).is_ok() {
            let _ = all_written.recv_timeout(at_most);
        }
    }
}

impl Write for Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.queue.try_send(Entry::Line(line.to_vec())).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'l> MakeWriter<'l> for Lines {
    type Writer = Self;

    fn make_writer(&'l self) -> Self {
        self.clone()
    }
}

/// Carries lines to where they are read, until nobody can leave any more.
fn carry(entries: &Receiver<Entry>, lost: &AtomicU64, to: &mut impl Write) {
    for entry in entries {
        match entry {
            Entry::Line(line) => {
                let before = lost.swap(0, Ordering::Relaxed);
                let told =
                    before == 0 || writeln!(to, "{before} lines of the log could not be written").is_ok();
                if !told || to.write_all(&line).is_err() {
                    lost.fetch_add(before + 1, Ordering::Relaxed);
                }
            }
            Entry::Mark(written) => drop(written.send(())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A place without room for its first two lines.
    #[derive(Default)]
    struct Full {
        tries: usize,
        lines: String,
    }

    impl Write for Full {
        fn write(&mut self, line: &[u8]) -> io::Result<usize> {
            self.tries += 1;
            if self.tries <= 2 {
                return Err(io::Error::from(io::ErrorKind::StorageFull));
            }
            self.lines.push_str(&String::from_utf8_lossy(line));
            Ok(line.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn lines_that_could_not_be_written_are_counted_by_the_next_that_is() {
        let (queue, entries) = sync_channel(8);
        for line in ["one\n", "two\n", "three\n"] {
            queue.send(Entry::Line(line.as_bytes().to_vec())).expect("there is room");
        }
        drop(queue);
        let (lost, mut full) = (AtomicU64::default(), Full::default());
        carry(&entries, &lost, &mut full);
        assert_eq!(full.lines, "2 lines of the log could not be written\nthree\n");
        assert_eq!(lost.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn a_log_that_nobody_carries_takes_lines_without_waiting() {
        let (queue, entries) = sync_channel(2);
        let mut lines = Lines { queue, lost: Arc::default() };
        for _ in 0..5 {
            assert_eq!(lines.write(b"a line\n").expect("it never fails"), 7);
        }
        assert_eq!(lines.lost.load(Ordering::Relaxed), 3);
        drop(entries);
    }
}
