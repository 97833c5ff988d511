//! What a cluster of Citus would refuse, or ask of every machine, read in the statements of the store themselves: without a cluster.

use std::fs;
use std::path::{Path, PathBuf};

use ::store::{Placing, placings};
use ground::scene::{rows, work_rows};
use ground::{Ground, on_sqlite};

/// Statements about all organisations: the end of the file's path, what they hold, and why no page and no row of an import waits for them.
const OF_ALL: &[(&str, &str, &str)] = &[
    ("/doctor/", "", "the doctor looks at everything"),
    ("/overview.rs", "", "the pages of operators"),
    ("/copies.rs", "SELECT lineage", "after a copy was put back or moved"),
    ("/directory/revisions.rs", "SELECT id, 0, 'account'", "nobody counts what it inserts"),
    ("/directory/folding.rs", "", "once after an upgrade"),
    ("/directory/claims.rs", "SELECT (SELECT COUNT(*) FROM login_key", "the doctor compares claims"),
    (
        "/directory/users/following.rs",
        "SELECT a.id FROM account a LEFT JOIN",
        "a worker looks whose search is behind",
    ),
    ("/directory/users/orders.rs", "FROM user_order WHERE asked_at", "a worker sweeps"),
    ("/directory/users/orders.rs", "SELECT o.account, o.field", "a worker looks for work"),
    (
        "/work/waiting.rs",
        "GROUP BY account, small, applying",
        "a worker looks for work: of one account, or when very many have some",
    ),
    (
        "/work/waiting.rs",
        "SELECT DISTINCT account FROM import",
        "when very many accounts have work, and now and then",
    ),
    ("/work/imports.rs", "SELECT COUNT(*) FROM import WHERE {UNFINISHED}", "a server that ends, and tests"),
    ("/work/imports.rs", "ORDER BY lease_until, id LIMIT 1", "tests work on whatever waits"),
    ("/work/forget.rs", "", "a worker sweeps"),
    ("/work/selections.rs", "SELECT s.account, s.id FROM selection", "a worker sweeps"),
    ("/work/tickets.rs", "t.state = 'withdrawn' OR b.state", "a worker sweeps"),
    (
        "/work/tickets.rs",
        "SELECT t.number, t.account, t.import, i.file_name",
        "joined to the account of the ticket",
    ),
];

/// Beginnings and ends whose condition stands elsewhere in the file; the file, and what they hold.
const PIECES: &[(&str, &str)] = &[
    ("/directory/history.rs", "FROM history h JOIN revision r"),
    ("/directory/history.rs", "WHERE hash IS NULL AND"),
    ("/directory/users/query.rs", "SELECT {}, id FROM users WHERE {}"),
    ("/removal.rs", "WHERE {open}"),
    ("/work/groups.rs", "WHERE {THE_GROUP}"),
    ("/work/plan.rs", "SELECT place, field, row_number"),
    ("/work/plan_claims.rs", "WHERE {of_user}"),
    ("/work/written_cells.rs", "{WRITES}"),
];

/// What the migrations may not say: a cluster has no such thing, or only within one machine.
const NOT_IN_MIGRATIONS: [&str; 7] =
    ["SERIAL", "SEQUENCE", "GENERATED", "DEFERRABLE", "REFERENCES", "FOREIGN KEY", "TRIGGER"];

struct Statement {
    place: String,
    text: String,
}

/// The statements of the store, each in one line, with where they stand.
fn statements() -> Vec<Statement> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for file in files(&root) {
        let text = fs::read_to_string(&file).expect("a readable source");
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let place = file.strip_prefix(&root).expect("below it").display().to_string();
        let lines = literals(code)
            .into_iter()
            .map(|literal| literal.split_whitespace().collect::<Vec<_>>().join(" "));
        let is_sql = |text: &String| {
            ["SELECT ", "UPDATE ", "DELETE ", "INSERT ", "WITH ", "FROM "]
                .iter()
                .any(|begin| text.starts_with(begin))
        };
        found.extend(lines.filter(is_sql).map(|text| Statement { place: format!("/{place}"), text }));
    }
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false if path.extension().is_some_and(|ending| ending == "rs") => found.push(path),
            false => {}
        }
    }
    found
}

/// The texts between quotes, of code without comments.
fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut letters = code.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '/' if letters.peek() == Some(&'/') => drop(letters.by_ref().find(|letter| *letter == '\n')),
            // A quote as a letter, else a lifetime.
            '\'' if letters.peek() == Some(&'"') => drop(letters.next()),
            '"' => {
                let mut text = String::new();
                while let Some(letter) = letters.next().filter(|letter| *letter != '"') {
                    let escaped = if letter == '\\' { letters.next() } else { None };
                    text.push(escaped.map_or(letter, |_| ' '));
                }
                found.push(text);
            }
            _ => {}
        }
    }
    found
}

/// The words after these ones.
fn tables_in<'t>(text: &'t str, after: &[&str]) -> Vec<&'t str> {
    let words: Vec<&str> = text.split([' ', '(', ')', ',']).filter(|word| !word.is_empty()).collect();
    words.windows(2).filter(|pair| after.contains(&pair[0])).map(|pair| pair[1]).collect()
}

/// What is wrong with a statement, if something is.
fn fault(text: &str, placing: impl Fn(&str) -> Option<Placing>) -> Option<&'static str> {
    let inserts = text.starts_with("INSERT");
    let after: &[&str] = if inserts { &["FROM", "JOIN"] } else { &["FROM", "JOIN", "UPDATE"] };
    let placings: Vec<_> = tables_in(text, after).into_iter().filter_map(&placing).collect();
    let into = tables_in(text, &["INTO"]).into_iter().filter_map(&placing).next();
    let set = text
        .starts_with("UPDATE")
        .then(|| text.split(" WHERE ").next().and_then(|text| text.split_once(" SET ")))
        .flatten();
    let sets = |column: &str| {
        set.is_some_and(|(_, set)| set.split(", ").any(|part| part.starts_with(&format!("{column} = "))))
    };
    if inserts && text.split_once("VALUES").is_some_and(|(_, values)| values.contains("(SELECT")) {
        return Some("asks within the values of a row");
    }
    // Such rows come by way of the coordinator, which counts those that conflict as inserted.
    if into == Some(Placing::ByAccount)
        && text.contains("SELECT")
        && text.contains("ON CONFLICT")
        && !placings.contains(&Placing::ByAccount)
    {
        return Some("selects elsewhere what may conflict");
    }
    if sets("account") || placings.contains(&Placing::ByKey) && sets("key") {
        return Some("changes by what a row is placed");
    }
    if placings.contains(&Placing::ByAccount)
        && !["account = ?", "account = CAST(?"].iter().any(|of| text.contains(of))
    {
        return Some("names no account");
    }
    if placings.contains(&Placing::ByKey) && !["key = ?", "key IN ("].iter().any(|of| text.contains(of)) {
        return Some("names no key");
    }
    if inserts
        && into == Some(Placing::ByAccount)
        && !text.split("VALUES").next().is_some_and(|head| head.contains("account"))
    {
        return Some("names no account");
    }
    None
}

#[test]
fn statements_name_the_machine_on_which_their_rows_are() {
    let placings = placings().expect("the tables");
    let placing = |table: &str| placings.iter().find(|(name, _)| name == table).map(|(_, placing)| *placing);
    let statements = statements();
    assert!(statements.len() > 300, "only {} statements were found", statements.len());
    let (mut wrong, mut used) = (Vec::new(), vec![false; OF_ALL.len() + PIECES.len()]);
    for Statement { place, text } in &statements {
        let Some(fault) = fault(text, placing) else { continue };
        let known = OF_ALL.iter().map(|(file, holds, _)| (*file, *holds)).chain(PIECES.iter().copied());
        match known.zip(&mut used).find(|((file, holds), _)| place.contains(file) && text.contains(holds)) {
            Some((_, used)) => *used = true,
            None => wrong.push(format!("{place}: {fault}: {text}")),
        }
    }
    assert!(wrong.is_empty(), "{} statements:\n{}", wrong.len(), wrong.join("\n"));
    let needless: Vec<_> =
        used.iter().enumerate().filter(|(_, used)| !**used).map(|(number, _)| number).collect();
    assert!(needless.is_empty(), "exceptions that nothing needs: {needless:?}");
}

#[test]
fn what_makes_an_import_wait_for_a_worker_announces_it() {
    let makes_it_wait = |text: &str| {
        text.starts_with("INSERT INTO import (")
            || text.starts_with("UPDATE import SET state = 'reading'")
            // One that a worker settles was waiting before.
            || text.starts_with("UPDATE import SET state = ?") && !text.contains("fence = ?")
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut looked = 0;
    let statements = statements();
    for file in files(&root) {
        let place = format!("/{}", file.strip_prefix(&root).expect("below it").display());
        let count = statements
            .iter()
            .filter(|statement| statement.place == place && makes_it_wait(&statement.text))
            .count();
        let code = fs::read_to_string(&file).expect("a readable source");
        let announced = code.matches("announce(transaction, ").count();
        let where_lost = usize::from(place == "/work/waiting.rs");
        assert_eq!(announced, count + where_lost, "{place}: words and statements");
        looked += count;
    }
    assert_eq!(looked, 7, "statements that make an import wait");
}

#[test]
fn a_statement_that_does_not_is_found() {
    let placing = |table: &str| match table {
        "users" | "history" => Some(Placing::ByAccount),
        "login_key" => Some(Placing::ByKey),
        _ => Some(Placing::Everywhere),
    };
    for (text, expected) in [
        ("SELECT id FROM users WHERE account = ?1", None),
        ("SELECT id FROM users WHERE id = ?1", Some("names no account")),
        ("SELECT 1 FROM account a JOIN users u ON u.account = a.id", Some("names no account")),
        ("UPDATE users SET email = ?2 WHERE account = ?1", None),
        ("UPDATE users SET account = ?2 WHERE account = ?1", Some("changes by what a row is placed")),
        (
            "UPDATE login_key SET key = ?2 WHERE kind = 1 AND key = ?1",
            Some("changes by what a row is placed"),
        ),
        ("UPDATE account SET users = ?2 WHERE id = ?1", None),
        ("SELECT user_id FROM login_key WHERE account = ?1", Some("names no key")),
        ("INSERT INTO users (account, id) VALUES (?1, ?2)", None),
        ("INSERT INTO users (id) VALUES (?1)", Some("names no account")),
        ("INSERT INTO users (account, id) VALUES (?1, (SELECT 1))", Some("asks within the values of a row")),
        ("INSERT INTO users (account, id) SELECT account, id FROM history", Some("names no account")),
        (
            "INSERT INTO users (account, id) SELECT id, 1 FROM account WHERE id = ?1 ON CONFLICT DO NOTHING",
            Some("selects elsewhere what may conflict"),
        ),
    ] {
        assert_eq!(fault(text, placing), expected, "{text}");
    }
}

#[test]
fn what_must_be_unique_is_unique_on_one_machine() {
    on_sqlite(|app| {
        let mut looked = 0;
        for (table, placing) in placings().expect("the tables") {
            let column = match placing {
                Placing::ByAccount => "account",
                Placing::ByKey => "key",
                _ => continue,
            };
            looked += 1;
            let sql = format!(
                "SELECT i.name, (SELECT GROUP_CONCAT(name) FROM pragma_index_info(i.name)) FROM pragma_index_list('{table}') i
                 WHERE i.\"unique\" = 1"
            );
            for index in of_either(app, &sql) {
                let (name, columns) = index.split_once('|').expect("two columns");
                assert!(columns.split(',').any(|of| of == column), "{table}.{name}: {columns}");
            }
        }
        assert!(looked > 40, "{looked} tables");
    });
}

fn of_either(app: &Ground, sql: &str) -> Vec<String> {
    [rows(app, sql), work_rows(app, sql)].concat()
}

#[test]
fn migrations_say_nothing_that_a_cluster_lacks() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/migrations");
    let mut looked = 0;
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("a migration");
        let text = text
            .lines()
            .filter_map(|line| line.split("--").next())
            .collect::<Vec<_>>()
            .join("\n")
            .to_uppercase();
        for word in NOT_IN_MIGRATIONS {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
        looked += 1;
    }
    assert!(looked > 30, "{looked} migrations");
}
