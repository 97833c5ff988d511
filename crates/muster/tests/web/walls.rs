//! What is asked by a request, or worked on, for one account is asked over a handle that is narrowed to it: where PostgreSQL shows rows to nobody
//! else, all goes on as before.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use ::ground::{kept_by_superuser, see_all, with_postgres};
use ::store::{ImportId, Role, UsersQuery};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use muster::access::{self, create_token};

use super::site::Site;
use super::walk::walk;
use crate::ground::{NOW, on_postgres, open};

/// What is rightly asked for of all accounts: by workers that look for work, for an administrator of several, and who has an email.
const OF_ALL: &str =
    "'import', 'role', 'news', 'mail', 'token', 'login_key', 'activity', 'activity_of_work', 'ticket'";

#[test]
fn requests_and_workers_are_narrowed_to_the_account_that_they_are_for() {
    on_postgres(|app| {
        let site = Site::new(app);
        let (user, token) = (
            site.user(&site.acme, 0),
            create_token(app, site.acme.id, "robot", Role::Viewer, None).expect("a token"),
        );
        // From here on a handle that is not narrowed sees nothing of these tables.
        see_all(&app.settings.database)
            .batch_execute(&format!(
                "DO $$ DECLARE one TEXT; BEGIN
                     FOR one IN SELECT tablename FROM pg_policies WHERE tablename NOT IN ({OF_ALL}) LOOP
                         EXECUTE format('ALTER POLICY of_account ON %I USING
                             (account::text = (SELECT current_setting(''muster.account'', true)))', one);
                     END LOOP;
                 END $$"
            ))
            .expect("they are changed");
        let all = app.store.count_users(site.acme.id, &UsersQuery::default(), 10).expect("it counts");
        assert_eq!(all.users, 0, "who is not narrowed sees none");
        walk(&site, user);
        let request = Request::get("/api/v1/users").header(header::AUTHORIZATION, format!("Bearer {token}"));
        let request = request.header(header::HOST, "localhost").body(Body::empty()).expect("a request");
        let listed = site.ask(request);
        assert_eq!(listed.status, StatusCode::OK, "{}", listed.body);
        assert!(listed.body.contains("ada@acme.example"), "{}", listed.body);
        for address in ["/o/acme/fields", "/o/acme/settings", "/o/acme/administrators", "/o/acme/activity"] {
            let page = site.get(address, &site.cookie(&site.acme, Role::Owner));
            assert_eq!(page.status, StatusCode::OK, "{address}: {}", page.body);
        }
    });
}

/// Sees the users of both organisations by turns, each on its own pages and by its token, and nobody of the other one.
fn each_sees_its_own(site: &Site) {
    for (account, own, other) in [(&site.acme, "Lovelace", "Power"), (&site.globex, "Power", "Lovelace")] {
        let token = create_token(&site.app, account.id, "robot", Role::Viewer, None).expect("a token");
        let request = Request::get("/api/v1/users").header(header::AUTHORIZATION, format!("Bearer {token}"));
        let request = request.header(header::HOST, "localhost").body(Body::empty()).expect("a request");
        let page = site.get(&format!("/o/{}/users", account.slug), &site.cookie(account, Role::Viewer));
        for seen in [&page, &site.ask(request)] {
            assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
            assert!(seen.body.contains(own) && !seen.body.contains(other), "{}", seen.body);
        }
    }
}

fn operator(site: &Site) -> String {
    let email = "sam@operations.example";
    let made = site.app.store.save_administrator(email, email, None, true, NOW).expect("an operator");
    format!("muster={}", access::start_session(&site.app, made.id).expect("a session"))
}

#[test]
fn operators_see_all_organisations_between_requests_that_see_one() {
    with_postgres(|database| {
        // Over two connections, so that each is used for all of them by turns.
        let app = open(format!("{database}&connections=2"));
        assert!(!app.store.passes_walls().expect("it answers"), "the role of the test passes policies");
        let site = Site::new(&app);
        let sam = operator(&site);
        let file = site.csv().replace("ada@acme.example", "max@globex.example");
        let import = site.import(&file);
        let editor = site.cookie(&site.acme, Role::Editor);
        site.open(&format!("/o/acme/imports/{import}"), &editor);
        let sent = site.post(&format!("/o/acme/imports/{import}/ticket"), &editor, "kind=email&words=");
        let number = sent.location().split("&a=").nth(1).and_then(|rest| rest.split('&').next());
        let ticket = format!("/operator/tickets/{}", number.expect("a number"));
        let reading = [(&site.acme, 8), (&site.globex, 9)].map(|(account, number)| {
            let reading = ImportId::new(NOW, number);
            let new = ::ground::scene::new_import(reading);
            let lease = app.store.begin_staged(account.id, &new, "serve-1-2-3", NOW.plus(5_000));
            assert!(lease.expect("the store").is_some());
            reading.to_string()
        });
        for _ in 0..2 {
            each_sees_its_own(&site);
            let listed = site.get("/operator", &sam).texts("tbody th");
            assert_eq!(listed, ["Acme Ltd acme", "Globex globex"]);
            each_sees_its_own(&site);
            let state = site.get("/operator/state", &sam);
            assert!(reading.iter().all(|id| state.body.contains(id)), "{}", state.body);
            assert!(site.get(&ticket, &sam).body.contains("max@globex.example"));
            for address in [
                "/operator/tickets",
                "/operator/feedback",
                "/operator/organisations/acme",
                "/operator/organisations/globex",
            ] {
                assert_eq!(site.get(address, &sam).status, StatusCode::OK, "{address}");
            }
        }
    });
}

/// What `muster serve` has written to its log when it listens.
fn log_of_serve(database: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--database", database]).env_clear();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
    drop(child.kill());
    let log = String::from_utf8(child.wait_with_output().expect("it ended").stderr).expect("text");
    assert!(line.starts_with("listening on "), "{log}");
    log
}

#[test]
fn a_role_that_passes_the_policies_sees_the_same_pages_and_the_log_says_that_it_is_one() {
    with_postgres(|database| {
        // The tables are the other role's.
        drop(open(database.clone()));
        let keeper = kept_by_superuser(&database);
        let app = open(keeper.clone());
        assert!(app.store.passes_walls().expect("it answers"), "the superuser does");
        each_sees_its_own(&Site::new(&app));
        assert!(log_of_serve(&keeper).contains("BYPASSRLS"));
        assert!(!log_of_serve(&database).contains("BYPASSRLS"), "the policies hold the role of tests");
    });
}
