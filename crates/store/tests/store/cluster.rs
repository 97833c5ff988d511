//! A cluster of Citus, where `MUSTER_TEST_CITUS` names one: nothing is refused, what a request or a row of an import asks is answered by one
//! machine, and tables are placed once.

use ::store::{AccountId, Complete, ImportState, Placing};
use directory::FieldNumber;
use ground::office::{ANN, Office, assert_state};
use ground::scene::rows;
use ground::{Ground, on_citus, open, with_citus};
use import::Context;

/// The statements that were run since the last reset and that are for more than one machine, by what EXPLAIN says of each; how many were looked
/// at stands before them.
fn spread(app: &Ground) -> (usize, Vec<String>) {
    let mut client = postgres::Client::connect(&app.database, postgres::NoTls).expect("the cluster");
    let all = "SELECT DISTINCT query FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())";
    let statements: Vec<String> =
        client.query(all, &[]).expect("what was run").iter().map(|row| row.get(0)).collect();
    let ours = statements.iter().filter(|sql| {
        ["SELECT", "UPDATE", "INSERT", "DELETE"].iter().any(|word| sql.starts_with(word))
            && !["pg_", "citus", "assign_distributed", "current_setting", "to_regclass"]
                .iter()
                .any(|of| sql.contains(of))
    });
    let (mut looked, mut unlooked, mut found) = (0, 0, Vec::new());
    for sql in ours {
        let parameters = (1..500).rev().find(|number| sql.contains(&format!("${number}"))).unwrap_or(0);
        let values = vec!["'1'"; parameters].join(", ");
        let values = if parameters == 0 { String::new() } else { format!("({values})") };
        // Constants stand as parameters there: of some the server can't tell any more what they are.
        let explain = format!("DEALLOCATE ALL; PREPARE asked AS {sql}; EXPLAIN EXECUTE asked{values}");
        let Ok(lines) = client.simple_query(&explain) else {
            unlooked += 1;
            continue;
        };
        let tasks = lines.iter().filter_map(|line| match line {
            postgres::SimpleQueryMessage::Row(row) => {
                row.get(0)?.trim().strip_prefix("Task Count: ")?.parse::<u32>().ok()
            }
            _ => None,
        });
        looked += 1;
        if tasks.max().is_some_and(|tasks| tasks > 1) {
            found.push(sql.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    assert!(unlooked * 10 < looked, "{unlooked} statements could not be looked at, {looked} could");
    (looked, found)
}

/// What workers ask now and then of all organisations, and claims, which are of the whole deployment.
const MAY_SPREAD: [&str; 4] = ["INTO login_key", "FROM login_key", "lease_until", "asked_at"];

#[test]
fn what_a_request_or_a_row_asks_is_answered_by_one_machine() {
    on_citus(|app| {
        rows(app, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        let mut office = Office::new(app);
        office.hire_more(50);
        rows(app, "SELECT pg_stat_statements_reset()");
        let import = office.upload(
            office.csv().with(0, "job_title", "Clerk").with(1, "email", "new@acme.example").text().as_bytes(),
        );
        assert_state(&import, ImportState::Review);
        let done = office.complete(&import);
        assert_state(&done, ImportState::Done);
        looked_at(app, office.account.id, &office);
        office.edit(2, "job_title", "Cook");
        let bad = office.upload_by(
            office.csv().with(3, "email", "no email").text().as_bytes(),
            ANN,
            Complete::Never,
        );
        assert_state(&bad, ImportState::Review);
        let undone = office.undo(&done);
        assert_state(&undone, ImportState::Done);
        office.check_history();
        let (looked, mut spread) = spread(app);
        spread.retain(|line| !MAY_SPREAD.iter().any(|may| line.contains(may)));
        assert!(looked > 100, "only {looked} statements were looked at");
        assert!(spread.is_empty(), "{} of {looked} statements:\n{}", spread.len(), spread.join("\n"));
    });
}

/// What pages show of an account.
fn looked_at(app: &Context, account: AccountId, office: &Office<'_>) {
    let fields = app.store.fields(account).expect("fields");
    assert!(fields.get(FieldNumber(1)).is_some());
    assert!(!app.store.imports(account, None, 10).expect("imports").is_empty());
    assert!(app.store.account("acme").expect("it works").is_some());
    for user in &office.ids[..3] {
        app.store.history_of(account, *user, i64::MAX as u64, 10).expect("a history");
    }
}

#[test]
fn tables_are_placed_once_and_what_is_missing_is_found() {
    with_citus(|database| {
        let app = open(database);
        let placements = || app.store.placements().expect("it answers").expect("PostgreSQL");
        assert!(
            placements().iter().all(|placement| placement.found == Placing::Here),
            "nothing is placed yet"
        );
        Office::new(&app);
        let all = placements();
        // Killed in the middle, it is run again.
        for placement in &all[..all.len() / 2] {
            app.store.place(placement).expect("placed");
        }
        for placement in placements() {
            app.store.place(&placement).expect("placed");
        }
        assert_eq!(placements().iter().filter(|placement| placement.found != placement.wanted).count(), 0);
        assert_eq!(rows(&app, "SELECT COUNT(*) FROM users"), ["6"], "rows that were there are there");
        rows(&app, "SELECT undistribute_table('answer')");
        let waiting: Vec<_> =
            placements().into_iter().filter(|placement| placement.found != placement.wanted).collect();
        assert_eq!(waiting.iter().map(|placement| placement.table.as_str()).collect::<Vec<_>>(), ["answer"]);
    });
}
