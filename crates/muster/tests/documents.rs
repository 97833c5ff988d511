//! docs/operating.md, followed word for word in a fresh folder: what stands there as a file is written, what stands there as a command is
//! run, in order. So the page can't tell of a flag that is not, or of steps that lead nowhere.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

/// What a test can't do, and why. Each is needed.
const NOT_HERE: &[(&str, &str)] = &[
    ("postgres://", "there is no such server: tests/postgresql.rs has one"),
    ("dpkg -i ", "tests/packaging.rs installs it into a folder of its own"),
    ("systemctl ", "there is no service manager in a test"),
    ("sudo ", "the user is the package's"),
    (
        "podman ",
        "there is no container engine: tests/packaging.rs reads the file, scripts/package does its steps",
    ),
];

/// What ends with 1 in a fresh folder, and what it says.
const REFUSED: &[(&str, &str)] = &[
    ("muster ticket answer", "there is no ticket"),
    ("muster ticket decline", "there is no ticket"),
    ("muster ticket release", "there is no ticket"),
];

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operating.md");
    fs::read_to_string(path).expect("the page")
}

/// The blocks of the page: lines that four spaces begin, one after the other. What stands between fences is another program's.
fn blocks(page: &str) -> Vec<Vec<&str>> {
    let mut blocks: Vec<Vec<&str>> = vec![Vec::new()];
    let mut fenced = false;
    for line in page.lines() {
        fenced ^= line.starts_with("```");
        if fenced {
            continue;
        }
        match (line.strip_prefix("    "), blocks.last_mut()) {
            (Some(line), Some(block)) => block.push(line),
            (None, Some(block)) if !block.is_empty() => blocks.push(Vec::new()),
            _ => {}
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// A machine with nothing but the program.
struct Fresh {
    folder: tempfile::TempDir,
    port: u16,
    /// What was exported so far.
    exports: Vec<String>,
    server: Option<(Child, BufReader<ChildStdout>)>,
}

impl Fresh {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for made in ["bin", "etc/bash_completion.d", "var/lib", "var/backups", "usr/local"] {
            fs::create_dir_all(folder.path().join(made)).expect("a folder");
        }
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_muster"), folder.path().join("bin/muster"))
            .expect("a link");
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        Self { folder, port: free.expect("a free port").port(), exports: Vec::new(), server: None }
    }

    /// The words of the page, for this folder and this port.
    fn here(&self, text: &str) -> String {
        let mut text = text.replace("127.0.0.1:8080", &format!("127.0.0.1:{}", self.port));
        for top in ["/etc/", "/var/", "/usr/local/"] {
            for before in [" ", ":", "=", "\""] {
                let (from, to) =
                    (format!("{before}{top}"), format!("{before}{}{top}", self.folder.path().display()));
                text = text.replace(&from, &to);
            }
        }
        text
    }

    fn shell(&self, line: &str) -> Command {
        let path = format!("{}:/usr/bin:/bin", self.folder.path().join("bin").display());
        let mut command = Command::new("bash");
        command.arg("-c").arg(format!("{}{line}", self.exports.concat())).current_dir(self.folder.path());
        command.env_clear().env("PATH", path).env("HOME", self.folder.path()).stdin(Stdio::null());
        command
    }

    /// Does one line.
    fn follow(&mut self, line: &str) {
        let here = self.here(line);
        if line.starts_with("export ") {
            self.exports.push(format!("{here}\n"));
        } else if line.starts_with("muster serve") {
            self.serve(&here);
        } else {
            let output = self.shell(&here).output().expect("it runs");
            let refused = REFUSED.iter().find(|(start, _)| line.starts_with(start));
            let told = told_by(&output);
            match refused {
                None => assert!(output.status.success(), "{line}\n{told}"),
                Some((_, says)) => {
                    assert!(output.status.code() == Some(1) && told.contains(says), "{line}\n{told}");
                }
            }
        }
    }

    /// Starts a server in place of the one before, and waits until it is ready.
    fn serve(&mut self, line: &str) {
        self.end();
        let mut command = self.shell(&format!("exec {line}"));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut told = String::new();
        let mut words = BufReader::new(child.stdout.take().expect("a pipe"));
        words.read_line(&mut told).expect("a line");
        // Kept: a server to whose words nobody listens ends.
        self.server = Some((child, words));
        assert!(told.starts_with("listening on "), "{line}: {told}");
    }

    fn end(&mut self) {
        let Some((mut child, _told)) = self.server.take() else { return };
        let _ = child.kill();
        let _ = child.wait();
    }

    /// A block that begins with the name of a file is that file.
    fn write(&self, block: &[&str]) -> bool {
        let Some(name) = block[0].strip_prefix("# /") else { return false };
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, block.iter().map(|line| format!("{}\n", self.here(line))).collect::<String>())
            .expect("a file");
        true
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        self.end();
    }
}

fn told_by(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn the_page_for_operators_can_be_followed_word_for_word() {
    let page = page();
    let mut fresh = Fresh::new();
    let mut needed = vec![false; NOT_HERE.len()];
    let mut followed = 0;
    for block in blocks(&page) {
        if fresh.write(&block) {
            continue;
        }
        for line in block {
            match NOT_HERE.iter().position(|(what, _)| line.contains(what)) {
                Some(place) => needed[place] = true,
                None => {
                    followed += 1;
                    fresh.follow(line);
                }
            }
        }
    }
    assert!(followed >= 15, "only {followed} lines were followed");
    let needless = NOT_HERE.iter().zip(needed).filter(|(_, needed)| !needed);
    assert_eq!(
        needless.map(|((what, _), _)| *what).collect::<Vec<_>>(),
        Vec::<&str>::new(),
        "nobody needs these"
    );
    // Steps that belong together were done on one database.
    let list = fresh.shell("muster account list").output().expect("it runs");
    assert!(told_by(&list).contains("acme"), "{}", told_by(&list));
    assert!(fresh.folder.path().join("var/lib/muster/restored.db").exists());
}

/// What is typed in the tables: every `muster ...` of the page in backticks, by its command and its flags.
#[test]
fn the_commands_in_its_tables_are_there() {
    let page = page();
    let typed: Vec<&str> = page.lines().flat_map(|line| line.split('`').skip(1).step_by(2)).collect();
    let typed: Vec<&str> = typed.into_iter().filter(|text| text.starts_with("muster ")).collect();
    assert!(typed.len() > 25, "{typed:?}");
    let mut wrong = Vec::new();
    for text in typed {
        let words: Vec<&str> = text.split(' ').skip(1).collect();
        let is_command = |word: &&&str| {
            word.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-') && !word.starts_with('-')
        };
        let command: Vec<&str> = words.iter().take_while(is_command).copied().collect();
        let help = (1..=command.len()).rev().find_map(|length| help_of(&command[..length]));
        let Some(help) = help else {
            wrong.push(format!("{text}: no such command"));
            continue;
        };
        let flags = words.iter().filter(|word| word.starts_with("--"));
        wrong.extend(
            flags.filter(|flag| !help.contains(**flag)).map(|flag| format!("{text}: no flag {flag}")),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn help_of(command: &[&str]) -> Option<String> {
    let mut muster = Command::new(env!("CARGO_BIN_EXE_muster"));
    let output = muster.args(command).arg("--help").env_clear().output().expect("it runs");
    let help = String::from_utf8_lossy(&output.stdout).into_owned();
    let usage = format!("Usage: muster {}", command.join(" "));
    (output.status.success() && help.contains(&usage)).then_some(help)
}

#[test]
fn blocks_are_read() {
    let read = blocks("a\n\n    one\n    two\n\nb\n```x\n    of x\n```\n    three\n");
    assert_eq!(read, [vec!["one", "two"], vec!["three"]]);
}
