//! The borders of the rooms, which the compiler does not guard: who may name whom, where SQL and the database's drivers
//! may stand, and how a file begins. Reads the sources; ARCHITECTURE.md tells why each border is where it is.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// A part of the sources, with what it may and may not name.
struct Room {
    /// Where its files are, from the root of the repository.
    folder: &'static str,
    /// The rooms of `crates/muster/src` that it may name besides itself.
    may_import: &'static [&'static str],
    /// The crates that it never names.
    never: &'static [&'static str],
}

const ROOMS: &[Room] = &[
    Room { folder: "crates/muster/src/app/", may_import: &[], never: &["axum", "maud"] },
    Room { folder: "crates/muster/src/access/", may_import: &["app"], never: &["axum", "maud", "workbook"] },
    Room {
        folder: "crates/import/src/",
        may_import: &[],
        never: &["axum", "maud", "muster", "tokio", "serde"],
    },
    Room {
        folder: "crates/store/src/",
        may_import: &[],
        never: &["axum", "maud", "clap", "tokio", "workbook", "import", "muster"],
    },
    Room { folder: "crates/muster/src/web/", may_import: &["app", "access"], never: &["workbook", "clap"] },
    Room {
        folder: "crates/muster/src/api/",
        may_import: &["app", "access"],
        never: &["workbook", "clap", "maud"],
    },
    Room {
        folder: "crates/muster/src/cli/",
        may_import: &["app", "access", "web", "api", "made_up"],
        never: &["axum", "maud"],
    },
    Room {
        folder: "crates/muster/src/made_up/",
        may_import: &[],
        never: &["directory", "workbook", "axum", "tokio", "serde"],
    },
    Room {
        folder: "crates/workbook/src/",
        may_import: &[],
        never: &["directory", "muster", "axum", "maud", "tokio", "serde", "serde_json"],
    },
    Room {
        folder: "crates/directory/src/",
        may_import: &[],
        never: &["muster", "axum", "maud", "tokio", "serde", "serde_json", "rand", "getrandom"],
    },
];

/// Every room of the program by its folder's name.
const ROOM_NAMES: &[&str] = &["app", "access", "web", "api", "cli", "made_up"];

/// The one file that names the database's drivers, and their names.
const SEAM: &str = "crates/store/src/engine.rs";
const DRIVERS: &[&str] = &["rusqlite", "postgres", "tokio_postgres"];

/// How long `main.rs` may get, in lines.
const MAIN_LINES: usize = 60;

#[test]
fn every_file_keeps_the_borders() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = rust_files(&root.join("crates")).expect("a readable tree");
    assert!(files.len() > 20, "only {} files were found: the test looks in the wrong place", files.len());
    let broken: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let text = fs::read_to_string(file).expect("a readable source");
            let path =
                file.strip_prefix(&root).expect("a path below the root").to_string_lossy().replace('\\', "/");
            broken_borders(&path, &text)
        })
        .collect();
    assert!(broken.is_empty(), "{} borders are broken:\n{}", broken.len(), broken.join("\n"));
}

fn rust_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !path.ends_with("target") {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// What a file breaks, each as `path:line: the rule`. The path is from the root of the repository, with slashes.
fn broken_borders(path: &str, text: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let mut report = |line: usize, rule: String| broken.push(format!("{path}:{line}: {rule}"));

    if !text.starts_with("//!") {
        report(1, "a file begins with a //! comment that says what it is and why".to_owned());
    }
    if path == "crates/muster/src/main.rs" && text.lines().count() >= MAIN_LINES {
        report(
            text.lines().count(),
            format!("main.rs stays under {MAIN_LINES} lines: what it does belongs in a room"),
        );
    }
    if !path.contains("/src/") {
        return broken;
    }
    let source = Source::of(text);
    if !path.starts_with("crates/store/src/") {
        for (line, literal) in source.literals.iter().filter(|(_, literal)| is_sql(literal)) {
            let start: String = literal.chars().take(40).collect();
            report(*line, format!("SQL stands in store alone: \"{start}\""));
        }
    }
    for named in paths(&source.tokens).into_iter().filter(|named| !is_own_module(&source.tokens, named)) {
        for rule in broken_by(path, &named) {
            report(named.line, format!("{rule}, but names `{}`", named.segments.join("::")));
        }
    }
    broken
}

/// Whether a path starts at a module that this very file declares, whatever crate is called alike.
fn is_own_module(tokens: &[(usize, String)], named: &Named) -> bool {
    tokens.windows(2).any(|pair| pair[0].1 == "mod" && named.segments.first() == Some(&pair[1].1))
}

/// The rules that naming a path in a file breaks.
fn broken_by(path: &str, named: &Named) -> Vec<String> {
    let mut rules = Vec::new();
    let first = named.segments.first().map_or("", String::as_str);
    if DRIVERS.contains(&first) && path != SEAM {
        rules.push(format!("the database's drivers are named in {SEAM} alone"));
    }
    let Some(room) = ROOMS.iter().find(|room| path.starts_with(room.folder)) else { return rules };
    let name =
        room.folder.trim_end_matches("/src/").trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    if room.never.contains(&first) {
        rules.push(format!("{name} never names {first}"));
    }
    if room.folder.starts_with("crates/directory/") && named.segments.last().is_some_and(|last| last == "now")
    {
        rules.push("directory knows no clock: time is a parameter".to_owned());
    }
    if let Some(other) = room_of(path, named)
        && room.folder.starts_with("crates/muster/")
        && other != name
        && !room.may_import.contains(&other)
    {
        rules.push(match room.may_import {
            [] => format!("{name} imports no other room"),
            some => format!("{name} may import {}", some.join(", ")),
        });
    }
    rules
}

/// The room that a path leads to: `crate::ROOM`, or as many `super` as lead out of the file's own room.
fn room_of(path: &str, named: &Named) -> Option<&'static str> {
    let inside = path.strip_prefix("crates/muster/src/")?.trim_end_matches(".rs").trim_end_matches("/mod");
    let depth = inside.split('/').count();
    let ups = named.segments.iter().take_while(|segment| *segment == "super").count();
    let next = match named.segments.first()?.as_str() {
        "crate" | "muster" => named.segments.get(1)?,
        "super" if ups >= depth => named.segments.get(ups)?,
        _ => return None,
    };
    ROOM_NAMES.iter().find(|room| *room == next).copied()
}

fn is_sql(literal: &str) -> bool {
    let update = literal.find("UPDATE ").is_some_and(|at| literal[at..].contains(" SET "));
    update || ["SELECT ", "INSERT INTO", "DELETE FROM"].iter().any(|words| literal.contains(words))
}

/// A file without its comments: words and signs of its code, and its string literals, each with its line.
struct Source {
    tokens: Vec<(usize, String)>,
    literals: Vec<(usize, String)>,
}

impl Source {
    fn of(text: &str) -> Self {
        let mut source = Self { tokens: Vec::new(), literals: Vec::new() };
        let (mut rest, mut line) = (text, 1);
        while let Some(sign) = rest.chars().next() {
            let length = source.take(rest, sign, line);
            line += rest[..length].matches('\n').count();
            rest = &rest[length..];
        }
        source
    }

    /// Takes what stands at the start of the rest, and tells its length in bytes.
    fn take(&mut self, rest: &str, sign: char, line: usize) -> usize {
        if rest.starts_with("//") {
            return rest.find('\n').unwrap_or(rest.len());
        }
        if rest.starts_with("/*") {
            return block_comment(rest);
        }
        if let Some((length, literal)) = literal(rest) {
            self.literals.push((line, literal.to_owned()));
            return length;
        }
        if sign == '\'' {
            return character(rest);
        }
        let word = rest.find(|sign: char| !is_word(sign)).unwrap_or(rest.len());
        let length = if word > 0 {
            word
        } else if rest.starts_with("::") {
            2
        } else {
            sign.len_utf8()
        };
        if !sign.is_whitespace() {
            self.tokens.push((line, rest[..length].trim_start_matches("r#").to_owned()));
        }
        length
    }
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

/// The length of a block comment, which may hold others.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let (change, length) = match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (1, 2),
            [b'*', b'/', ..] => (-1, 2),
            _ => (0, 1),
        };
        depth += change;
        at += length;
        if depth == 0 {
            break;
        }
    }
    at
}

/// A string literal at the start, plain or raw, with or without a `b` or `c`: its length and what it holds.
fn literal(rest: &str) -> Option<(usize, &str)> {
    let body = rest.strip_prefix(['b', 'c']).unwrap_or(rest);
    let prefix = rest.len() - body.len();
    if let Some(raw) = body.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let inner = raw[hashes..].strip_prefix('"')?;
        let end = inner.find(&format!("\"{}", "#".repeat(hashes)))?;
        return Some((prefix + 1 + hashes + 1 + end + 1 + hashes, &inner[..end]));
    }
    let inner = body.strip_prefix('"')?;
    let mut escaped = false;
    let end = inner.find(|sign| {
        let ends = sign == '"' && !escaped;
        escaped = sign == '\\' && !escaped;
        ends
    })?;
    Some((prefix + 1 + end + 1, &inner[..end]))
}

/// The length of a character literal, or of the tick of a lifetime.
fn character(rest: &str) -> usize {
    let mut signs = rest.char_indices().skip(1);
    match (signs.next(), signs.next()) {
        (Some((_, '\\')), Some((escaped, _))) => {
            rest[escaped + 1..].find('\'').map_or(1, |end| escaped + 1 + end + 1)
        }
        (Some(_), Some((end, '\''))) => end + 1,
        _ => 1,
    }
}

/// A path of two words or more, as it stands in a `use` or in code.
#[derive(Debug, PartialEq)]
struct Named {
    line: usize,
    segments: Vec<String>,
}

/// Every path, with the trees of `use` (`a::{b, c::d}`) taken apart.
fn paths(tokens: &[(usize, String)]) -> Vec<Named> {
    let mut found = Vec::new();
    // The prefixes of the trees around the current token; a brace that is no tree's is an empty one.
    let mut around: Vec<Vec<String>> = Vec::new();
    let mut segments: Vec<String> = Vec::new();
    let mut previous = "";
    let end = (0, ";".to_owned());
    let mut line = 0;
    for (at, token) in tokens.iter().chain([&end]) {
        let is_segment = token.chars().all(is_word);
        let goes_on = token == "::" || previous == "::" && (is_segment || token == "{" || token == "*");
        if !goes_on && !segments.is_empty() {
            let whole: Vec<String> =
                around.last().into_iter().flatten().cloned().chain(segments.drain(..)).collect();
            if whole.len() > 1 || previous_use(tokens, line, &whole) {
                found.push(Named { line, segments: whole });
            }
        }
        match token.as_str() {
            "{" if previous == "::" => {
                let outer = around.last().cloned().unwrap_or_default();
                around.push(outer.into_iter().chain(segments.drain(..)).collect());
            }
            "{" => around.push(Vec::new()),
            "}" => drop(around.pop()),
            word if is_segment && previous != "." => {
                if segments.is_empty() {
                    line = *at;
                }
                segments.push(word.to_owned());
            }
            _ => {}
        }
        previous = token;
    }
    found
}

/// Whether a single word is imported as it is: `use postgres;`.
fn previous_use(tokens: &[(usize, String)], line: usize, whole: &[String]) -> bool {
    tokens.windows(2).any(|pair| pair[0].1 == "use" && pair[1].0 == line && whole == [pair[1].1.as_str()])
}

/// Each sample with the rule that it breaks, or nothing.
#[test]
fn the_test_can_fail() {
    let samples: &[(&str, &str, &[&str])] = &[
        (
            "crates/muster/src/store/users.rs",
            "//! .\nuse crate::web::page;",
            &[":2: store imports no other room"],
        ),
        (
            "crates/muster/src/store/users.rs",
            "//! .\nuse super::super::web::page;",
            &[":2: store imports no other room"],
        ),
        ("crates/muster/src/store/users.rs", "//! .\nuse super::engine::Row;", &[]),
        ("crates/muster/src/store/users.rs", "//! .\nuse workbook::Cell;", &["store never names workbook"]),
        (
            "crates/muster/src/store/users.rs",
            "//! .\nuse rusqlite::Row;",
            &["named in crates/muster/src/store/engine.rs alone"],
        ),
        ("crates/muster/src/store/users.rs", "//! .\nuse postgres;", &["drivers"]),
        (
            "crates/muster/src/store/users.rs",
            "//! .\nfn f() { Connection::postgres(url); postgres.prepare() }",
            &[],
        ),
        ("crates/muster/src/store/users.rs", "//! .\nconst Q: &str = \"SELECT id FROM users\";", &[]),
        ("crates/store/src/engine.rs", "//! .\nuse postgres::types::ToSql;", &[]),
        (
            "crates/muster/src/web/users.rs",
            "//! .\nuse crate::{app::App,\n api::Import};",
            &[":3: web may import app, access, import, store"],
        ),
        (
            "crates/muster/src/web/users.rs",
            "//! .\nuse crate::{app::{App, Clock}, store::{self, Store}};\nuse axum::Router;",
            &[],
        ),
        (
            "crates/muster/src/web/users.rs",
            "//! .\nfn f() { let l = workbook::Limits::default(); }",
            &["web never names workbook"],
        ),
        (
            "crates/muster/src/web/users.rs",
            "//! .\nlet q = \"INSERT INTO users\";\nlet r = r#\"UPDATE u SET \"a\"\"#;",
            &[":2: SQL", ":3: SQL"],
        ),
        (
            "crates/muster/src/web/users.rs",
            "//! .\n// SELECT one of \"SELECT x\".\nlet t = \"Select a file, UPDATE it\"; /* \"DELETE FROM\" */",
            &[],
        ),
        (
            "crates/muster/src/web/users.rs",
            "//! .\nlet c = '\"'; let l: &'static str = \"a\\\"b\"; use crate::cli::run;",
            &["web may import"],
        ),
        (
            "crates/muster/src/import/apply.rs",
            "//! .\nuse axum::body::Body;\nuse crate::web;",
            &["never names axum", "import may import app, store"],
        ),
        (
            "crates/muster/src/access/token.rs",
            "//! .\nuse axum::http::Request;",
            &["access never names axum"],
        ),
        (
            "crates/muster/src/cli/serve.rs",
            "//! .\nuse axum::serve;\nuse crate::web::router;",
            &[":2: cli never names axum"],
        ),
        ("crates/muster/src/app/mod.rs", "//! .\nuse super::import::run;", &["app may import store"]),
        (
            "crates/muster/src/made_up/mod.rs",
            "//! .\nuse directory::Field;\nuse crate::store::Store;",
            &["never names directory", "made_up imports no other room"],
        ),
        ("crates/muster/src/main.rs", "use muster::cli;", &[":1: a file begins with a //! comment"]),
        (
            "crates/muster/src/main.rs",
            &format!("//! .{}", "\n".repeat(60)),
            &["main.rs stays under 60 lines"],
        ),
        (
            "crates/workbook/src/cell.rs",
            "//! .\nuse directory::User;\nuse serde::Serialize;",
            &["workbook never names directory", "workbook never names serde"],
        ),
        ("crates/workbook/src/archive.rs", "//! .\nmod directory;\nuse directory::Entry;", &[]),
        (
            "crates/directory/src/check.rs",
            "//! .\nlet now = std::time::SystemTime::now();",
            &["directory knows no clock"],
        ),
        (
            "crates/directory/src/check.rs",
            "//! .\nuse tokio::sync::Mutex;\nuse workbook::Position;",
            &["directory never names tokio"],
        ),
        ("crates/muster/tests/web.rs", "//! .\nuse rusqlite::Connection;", &[]),
    ];
    for (path, text, expected) in samples {
        let broken = broken_borders(path, text);
        assert_eq!(broken.len(), expected.len(), "{path}\n{text}\n{broken:#?}");
        for (line, part) in broken.iter().zip(*expected) {
            assert!(
                line.starts_with(path) && line.contains(part),
                "{text}\nshould say {part:?}\nbut says  {line:?}"
            );
        }
    }
}
