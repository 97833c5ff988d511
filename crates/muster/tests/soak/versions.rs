//! A newer program brings the database up to date while a server goes on: that does no more work, and says so, until it is replaced.

use std::process::Command;

use ::ground::office::Office;
use ::ground::{Ground, on_both};
use ::store::Role;
use muster::access::create_token;

use super::asking::Client;
use super::server::{Asked, Server, wait_until};

/// How soon a server notices.
const SECONDS: u64 = 5;

/// Runs a statement on each part of the database.
fn execute(app: &Ground, sql: impl Fn(&str) -> String) {
    match app.database.strip_prefix("sqlite:") {
        Some(path) => {
            for (part, file) in [("directory", path.to_owned()), ("work", path.replace(".db", "-work.db"))] {
                let connection = rusqlite::Connection::open(file).expect("it opens");
                connection.execute_batch(&sql(part)).expect("written");
            }
        }
        None => {
            let mut client = ::ground::see_all(&app.database);
            client.batch_execute(&sql("work")).expect("written");
        }
    }
}

#[test]
fn a_server_does_no_more_work_once_a_newer_program_has_the_database() {
    on_both(|app| {
        let mut office = Office::new(app);
        office.hire_more(10);
        let token = create_token(app, office.account.id, "robot", Role::Editor, None).expect("a token");
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("log");
        let server = Server::start(&app.database, &log);
        let client = Client::new(server.address(), &token);
        let sheet = client.sheet().with(0, "job_title", "Cook");
        let upload = Asked {
            method: "POST",
            path: "/imports?file_name=users.csv&apply=when_clean_large".to_owned(),
            key: None,
            body: sheet.text().into_bytes(),
        };
        execute(app, |part| format!("INSERT INTO migration (name) VALUES ('{part} 9999')"));

        let refused = client.once(&upload).expect("an answer");
        assert_eq!(refused.status, 503, "at once: {refused:?}");
        let is_told = |body: &str| body.contains("updated");
        wait_until("it says so of all", SECONDS, || {
            client.read("/users").is_err_and(|told| told.contains("503") && told.contains("updated"))
        });
        let refused = client.once(&upload).expect("an answer");
        assert!(refused.status == 503 && is_told(&refused.body), "{refused:?}");
        let page = server.page("/sign-in");
        assert!(page.status == 503 && page.body.contains("has just been updated"), "{page:?}");
        assert_eq!([server.page("/healthz").status, server.page("/readyz").status], [200, 503]);
        let command = Command::new(env!("CARGO_BIN_EXE_muster"))
            .args(["account", "list", "--database", &app.database])
            .output()
            .expect("it runs");
        assert_eq!(command.status.code(), Some(1));
        let told = std::fs::read_to_string(&log).expect("the log");
        assert_eq!(told.matches("a newer Muster has brought the database up to date").count(), 1, "{told}");

        // The new program comes in its place.
        execute(app, |part| format!("DELETE FROM migration WHERE name = '{part} 9999'"));
        let successor = Server::start(&app.database, &log);
        let client = Client::new(successor.address(), &token);
        assert!(
            client.read("/imports").expect("an answer").json()["items"].as_array().is_none_or(Vec::is_empty)
        );
        let import = client.rested(&client.entitle(office.ids.len(), "Clerk"));
        assert_eq!(import["state"], "done", "{import}");
        drop((server, successor));
        office.check_history();
    });
}
