//! The borders of the rooms, which the compiler does not guard: who may name whom within a crate, where SQL and the database's drivers
//! may stand, that no files name each other in a circle, how long a file is and how it begins. Reads the sources with `syn`;
//! ARCHITECTURE.md tells why each border is where it is.

#[path = "borders/house.rs"]
mod house;
#[path = "borders/source.rs"]
mod source;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use house::House;
use source::{Named, Source};

/// A part of the sources, with the crates that it never names.
struct Room {
    /// Where its files are, from the root of the repository.
    folder: &'static str,
    never: &'static [&'static str],
}

const ROOMS: &[Room] = &[
    Room { folder: "crates/muster/src/app/", never: &["axum", "maud"] },
    Room { folder: "crates/muster/src/access/", never: &["axum", "maud", "workbook"] },
    Room { folder: "crates/muster/src/web/", never: &["workbook", "clap"] },
    Room { folder: "crates/muster/src/api/", never: &["workbook", "clap", "maud"] },
    Room { folder: "crates/muster/src/cli/", never: &["axum", "maud"] },
    Room {
        folder: "crates/muster/src/made_up/",
        never: &["directory", "workbook", "axum", "tokio", "serde"],
    },
    Room { folder: "crates/import/src/", never: &["axum", "maud", "tokio", "serde", "muster"] },
    Room {
        folder: "crates/store/src/",
        never: &["axum", "maud", "clap", "tokio", "workbook", "import", "muster"],
    },
    Room {
        folder: "crates/workbook/src/",
        never: &["directory", "store", "import", "muster", "axum", "maud", "tokio", "serde", "serde_json"],
    },
    Room {
        folder: "crates/directory/src/",
        never: &[
            "store",
            "import",
            "muster",
            "axum",
            "maud",
            "tokio",
            "serde",
            "serde_json",
            "rand",
            "getrandom",
        ],
    },
];

/// The rooms of each crate that has some, from the top: each may name those after it, and none before.
const ORDERS: &[(&str, &[&str])] = &[
    (
        "muster",
        &[
            "main",
            "cli",
            "web",
            "api",
            "mail",
            "access",
            "practice",
            "listening",
            "metrics",
            "arriving",
            "app",
            "backup",
            "made_up",
        ],
    ),
    (
        "import",
        &[
            "fields",
            "erase",
            "tickets",
            "form",
            "work",
            "receive",
            "sheets",
            "review",
            "apply",
            "rules",
            "brought",
            "read",
            "matching",
            "judge",
            "lease",
            "removal",
            "selections",
            "listed",
            "context",
        ],
    ),
    (
        "store",
        &[
            "doctor",
            "removal",
            "moving",
            "distribution",
            "overview",
            "apply",
            "copies",
            "damage",
            "directory",
            "work",
            "activity",
            "quotas",
            "narrowed",
            "store",
            "request",
            "noted",
            "held_uploads",
            "import",
            "known_fields",
            "tables",
            "migrations",
            "wall",
            "ownership",
            "pair",
            "pages",
            "watch",
            "pool",
            "allowed",
            "locks",
            "randomness",
            "ids",
            "texts",
            "together",
            "failing",
            "engine",
            "statements",
            "holder",
            "faults",
            "pauses",
        ],
    ),
];

/// Rooms of one crate that do not know each other at all: the ways in.
const APART: &[(&str, &[&str])] = &[("muster", &["web", "api"])];

/// The one file that names the database's drivers, with what belongs to it in a folder of this name; and their names.
const SEAM: &str = "crates/store/src/engine";
const DRIVERS: &[&str] = &["rusqlite", "postgres", "tokio_postgres"];

/// How long `main.rs` and any other file may get, in lines.
const MAIN_LINES: usize = 60;
const LINES: usize = 600;

#[test]
fn every_file_keeps_the_borders() {
    let broken: Vec<String> = sources().iter().flat_map(|(path, text)| broken_borders(path, text)).collect();
    assert!(broken.is_empty(), "{} borders are broken:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn no_files_name_each_other_in_a_circle() {
    let sources = sources();
    let mut ties = Vec::new();
    for crate_name in ["workbook", "directory", "store", "import", "muster"] {
        ties.extend(house_of(crate_name, &sources).ties());
    }
    assert!(ties.is_empty(), "{} arrows tie files into circles:\n{}", ties.len(), ties.join("\n"));
}

#[test]
fn arrows_between_rooms_run_one_way() {
    let sources = sources();
    for (crate_name, order) in ORDERS {
        let house = house_of(crate_name, &sources);
        let mut against = house.against(order);
        for (_, apart) in APART.iter().filter(|(of, _)| of == crate_name) {
            let named = house
                .arrows()
                .into_keys()
                .filter_map(|(from, to)| Some((from.first()?.clone(), to.first()?.clone())));
            let between = named.filter(|(from, to)| {
                from != to && apart.contains(&from.as_str()) && apart.contains(&to.as_str())
            });
            against.extend(between.map(|(from, to)| format!("{crate_name}: {from} names {to}")));
        }
        assert!(against.is_empty(), "{} arrows run back:\n{}", against.len(), against.join("\n"));
    }
}

/// Every Rust file of the crates, by its path from the root of the repository, with slashes.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = rust_files(&root.join("crates")).expect("a readable tree");
    assert!(files.len() > 100, "only {} files were found: the test looks in the wrong place", files.len());
    let read = |file: &PathBuf| {
        let path =
            file.strip_prefix(&root).expect("a path below the root").to_string_lossy().replace('\\', "/");
        (path, fs::read_to_string(file).expect("a readable source"))
    };
    files.iter().map(read).collect()
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

/// The files of a crate by their modules.
fn house_of(crate_name: &str, sources: &[(String, String)]) -> House {
    let folder = format!("crates/{crate_name}/src/");
    let mut files = BTreeMap::new();
    for (path, text) in sources {
        let Some(inside) = path.strip_prefix(&folder) else { continue };
        let inside = inside.trim_end_matches(".rs");
        let module = if inside == "lib" { "" } else { inside.trim_end_matches("/mod") };
        let module = module.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        files.insert(module, Source::of(text).expect("Rust"));
    }
    House::of(crate_name, files)
}

/// What a file breaks, each as `path:line: the rule`.
fn broken_borders(path: &str, text: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let mut report = |line: usize, rule: String| broken.push(format!("{path}:{line}: {rule}"));
    if !text.starts_with("//!") {
        report(1, "a file begins with a //! comment that says what it is and why".to_owned());
    }
    let lines = text.lines().count();
    if path == "crates/muster/src/main.rs" && lines >= MAIN_LINES {
        report(lines, format!("main.rs stays under {MAIN_LINES} lines: what it does belongs in a room"));
    }
    if lines > LINES && path.contains("/src/") {
        report(lines, format!("a file stays under {LINES} lines"));
    }
    // What tests stand on reads the tables as they are.
    if !path.contains("/src/") || path.starts_with("crates/ground/") {
        return broken;
    }
    let source = match Source::of(text) {
        Ok(source) => source,
        Err(error) => return vec![format!("{path}:1: {error}")],
    };
    if !path.starts_with("crates/store/src/") {
        for (line, literal) in source.literals.iter().filter(|(_, literal)| is_sql(literal)) {
            let start: String = literal.chars().take(40).collect();
            report(*line, format!("SQL stands in store alone: \"{start}\""));
        }
    }
    for named in &source.named {
        let own = named.segments.first().is_some_and(|first| source.modules.contains(first));
        for rule in broken_by(path, named).into_iter().filter(|_| !own) {
            report(named.line, format!("{rule}, but names `{}`", named.segments.join("::")));
        }
    }
    broken.dedup();
    broken
}

/// The rules that naming a path in a file breaks.
fn broken_by(path: &str, named: &Named) -> Vec<String> {
    let mut rules = Vec::new();
    let first = named.segments.first().map_or("", String::as_str);
    if DRIVERS.contains(&first) && !path.starts_with(SEAM) {
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
    rules
}

fn is_sql(literal: &str) -> bool {
    let update = literal.find("UPDATE ").is_some_and(|at| literal[at..].contains(" SET "));
    update || ["SELECT ", "INSERT INTO", "DELETE FROM"].iter().any(|words| literal.contains(words))
}

/// Each sample with the rule that it breaks, or nothing.
#[test]
fn the_borders_can_be_broken() {
    let long = format!("//! .{}", "\n".repeat(60));
    let longer = format!("//! .{}", "\n// .".repeat(600));
    let samples: &[(&str, &str, &[&str])] = &[
        ("crates/store/src/work/plan.rs", "//! .\nuse crate::engine::Row;", &[]),
        ("crates/store/src/work/plan.rs", "//! .\nuse workbook::Cell;", &[":2: store never names workbook"]),
        (
            "crates/store/src/work/plan.rs",
            "//! .\nuse rusqlite::Row;",
            &["named in crates/store/src/engine alone"],
        ),
        ("crates/store/src/work/plan.rs", "//! .\nuse postgres;", &["drivers"]),
        (
            "crates/store/src/work/plan.rs",
            "//! .\nfn f() { Connection::postgres(url); postgres.prepare() }",
            &[],
        ),
        ("crates/store/src/work/plan.rs", "//! .\nconst Q: &str = \"SELECT id FROM users\";", &[]),
        ("crates/store/src/engine.rs", "//! .\nuse postgres::types::ToSql;", &[]),
        (
            "crates/muster/src/web/users.rs",
            "//! .\nfn f() { let l = workbook::Limits::default(); }",
            &["web never names workbook"],
        ),
        (
            "crates/muster/src/web/users.rs",
            "//! .\nfn f() { html! { (workbook::x()) } }",
            &["web never names workbook"],
        ),
        (
            "crates/muster/src/web/users.rs",
            "//! .\nconst Q: &str = \"INSERT INTO users\";\nconst R: &str = r#\"UPDATE u SET \"a\"\"#;",
            &[":2: SQL", ":3: SQL"],
        ),
        (
            "crates/muster/src/web/users.rs",
            "//! .\n// SELECT one of \"SELECT x\".\nconst T: &str = \"Select a file, UPDATE it\"; /* \"DELETE FROM\" */",
            &[],
        ),
        (
            "crates/import/src/apply/mod.rs",
            "//! .\nuse axum::body::Body;\nuse crate::web;",
            &["never names axum"],
        ),
        (
            "crates/muster/src/access/token.rs",
            "//! .\nuse axum::http::Request;",
            &["access never names axum"],
        ),
        ("crates/muster/src/cli/serve.rs", "//! .\nuse axum::serve;", &[":2: cli never names axum"]),
        ("crates/muster/src/main.rs", "use muster::cli;", &[":1: a file begins with a //! comment"]),
        ("crates/muster/src/main.rs", &long, &["main.rs stays under 60 lines"]),
        ("crates/import/src/read/mod.rs", &longer, &["a file stays under 600 lines"]),
        (
            "crates/workbook/src/cell.rs",
            "//! .\nuse directory::User;\nuse serde::Serialize;",
            &["workbook never names directory", "workbook never names serde"],
        ),
        ("crates/workbook/src/archive.rs", "//! .\nmod directory;\nuse directory::Entry;", &[]),
        (
            "crates/directory/src/check.rs",
            "//! .\nfn f() { let now = std::time::SystemTime::now(); }",
            &["directory knows no clock"],
        ),
        ("crates/ground/src/lib.rs", "//! .\nuse rusqlite::Connection;", &[]),
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

/// A made-up crate of a few files, with the circles and the arrows against the order that it has.
#[test]
fn circles_and_arrows_that_run_back_are_found() {
    let files = |files: &[(&str, &str)]| -> House {
        let sources: Vec<(String, String)> = files
            .iter()
            .map(|(path, text)| (format!("crates/store/src/{path}"), (*text).to_owned()))
            .collect();
        house_of("store", &sources)
    };
    let face = ("lib.rs", "mod upper; mod lower; pub use lower::Deep; pub use upper::High;");
    let good = files(&[face, ("upper.rs", "use crate::Deep;"), ("lower.rs", "pub struct Deep;")]);
    assert!(good.ties().is_empty() && good.against(&["upper", "lower"]).is_empty());
    assert_eq!(good.against(&["lower", "upper"]).len(), 1, "an arrow runs back");
    assert_eq!(good.against(&["upper"]).len(), 1, "a room without a place");
    let round = files(&[face, ("upper.rs", "use crate::Deep;"), ("lower.rs", "fn f(_: &crate::High) {}")]);
    assert_eq!(round.ties().len(), 2, "through what the face hands on");
    let inner = [
        ("lib.rs", "mod room;"),
        ("room/mod.rs", "mod one; mod two; mod tests { use super::one::A; }"),
        ("room/one.rs", "use super::two::B; pub struct A; mod tests { use super::A; }"),
        ("room/two.rs", "pub struct B;"),
    ];
    assert!(files(&inner).ties().is_empty());
    let mut tied = inner;
    tied[3] = ("room/two.rs", "fn f() { say!(super::one::A) }");
    assert_eq!(files(&tied).ties().len(), 2, "within a macro");
}
