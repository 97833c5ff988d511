//! The activity of an organisation: each act once, and its line, in the file of the act; who reads it, how it is narrowed and sent; and
//! that no line holds a value of a user.

use std::collections::BTreeSet;

use ::store::{Account, ActivityWanted, Role};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use events::Event;
use muster::access::{self, create_token};
use totp_rs::{Builder, Secret};

use super::site::{PASSWORD, Reply, Site};
use crate::ground::{NOW, on_both, on_sqlite};

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// All lines of an organisation: the word of each, and what it says beside.
fn lines(site: &Site, account: &Account) -> Vec<(String, String)> {
    let wanted = ActivityWanted { limit: 10_000, ..ActivityWanted::default() };
    let found = site.app.store.activity(account.id, &wanted).expect("the store");
    let told =
        |about: Vec<(String, String)>| about.into_iter().map(|(name, value)| format!("{name}={value}"));
    found
        .into_iter()
        .map(|line| (line.event, format!("{} {}", line.who, told(line.about).collect::<Vec<_>>().join(" "))))
        .collect()
}

/// Does something, which has to leave one line more of this event; answers what the act answered and what the new line says.
fn leaves<T>(site: &Site, account: &Account, event: Event, act: impl FnOnce() -> T) -> (T, String) {
    let of_event = || -> Vec<String> {
        let all = lines(site, account).into_iter().filter(|(word, _)| word == event.word());
        all.map(|(_, about)| about).collect()
    };
    let before = of_event();
    let done = act();
    let mut after = of_event();
    for line in &before {
        let place = after.iter().position(|other| other == line).expect("no line goes");
        after.remove(place);
    }
    assert_eq!(after.len(), 1, "{}: {after:?}", event.word());
    (done, after.remove(0))
}

fn password() -> String {
    PASSWORD.replace(' ', "+")
}

fn code(site: &Site, secret: &str) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).expect("a secret");
    let totp = Builder::new().with_secret(secret).build().expect("a factor");
    totp.generate(u64::try_from(site.app.clock.now().0 / 1000).expect("after 1970")).to_string()
}

fn id_of(site: &Site, email: &str) -> i64 {
    site.app.store.administrator(email).expect("the store").expect("somebody").id
}

/// Signing in and out, and what protects one's own account.
fn own_acts(site: &Site) {
    let acme = &site.acme;
    let owner = id_of(site, "owner@acme.example");
    access::set_password(&site.app, owner, PASSWORD, None).expect("a password");
    let sign_in =
        |typed: &str| site.post("/sign-in", "", &format!("email=owner%40acme.example&password={typed}"));
    let (_, line) = leaves(site, acme, Event::SignInFailed, || sign_in("wrong"));
    assert_eq!(line, format!("administrator:{owner} "));
    let (signed_in, line) = leaves(site, acme, Event::SignedIn, || sign_in(&password()));
    assert_eq!(line, format!("administrator:{owner} first=password"));
    let cookie = signed_in.cookie("muster").expect("a session");
    let post = |address: &str, form: &str| site.post(&format!("/o/acme/me{address}"), &cookie, form);
    leaves(site, acme, Event::PasswordChangeFailed, || post("", "old=wrong&password=eight+loud+herons"));
    let new = format!("old={}&password=eight+loud+herons", password());
    leaves(site, acme, Event::PasswordChanged, || post("", &new));
    let moved = "name=Pat&email=pat%40acme.example&old=eight+loud+herons";
    leaves(site, acme, Event::EmailChanged, || post("/account", moved));
    sign_in(&password());
    leaves(site, acme, Event::SessionsEnded, || post("/sessions", ""));

    let offered = post("/factor", "act=offer&old=eight+loud+herons");
    let secret = offered.text("main p code");
    let confirm = format!("act=confirm&code={}", code(site, &secret));
    let (set, _) = leaves(site, acme, Event::FactorSet, || post("/factor", &confirm));
    let recovery = set.texts(".codes code").remove(0);
    leaves(site, acme, Event::FactorFailed, || post("/factor", "act=remove&code=000000"));
    let remove = format!("act=remove&code={recovery}");
    leaves(site, acme, Event::FactorRemoved, || {
        leaves(site, acme, Event::RecoveryCodeUsed, || post("/factor", &remove))
    });
    leaves(site, acme, Event::SignedOut, || site.post("/sign-out", &cookie, ""));
}

/// What an owner does for others.
fn owner_acts(site: &Site) {
    let acme = &site.acme;
    let owner = site.cookie_of("pat@acme.example");
    let post = |address: &str, form: &str| site.post(&format!("/o/acme/{address}"), &owner, form);
    let (_, line) = leaves(site, acme, Event::LinkMade, || {
        leaves(site, acme, Event::RoleGiven, || {
            post("administrators", "act=invite&email=new%40acme.example&role=editor")
        })
    });
    let new = id_of(site, "new@acme.example");
    assert!(line.ends_with(&format!("administrator={new}")), "{line}");
    let remove = format!("act=remove&sure=1&administrator={new}");
    leaves(site, acme, Event::RoleRemoved, || post("administrators", &remove));
    let (_, line) = leaves(site, acme, Event::TokenMade, || post("tokens", "name=payroll&role=editor"));
    assert!(line.ends_with("token=payroll role=editor"), "{line}");
    let id = site.app.store.tokens(acme.id).expect("the store").remove(0).id;
    leaves(site, acme, Event::TokenRevoked, || post("tokens", &format!("revoke={id}")));
    let settings = "name=Acme+Ltd&language=&date_order=dmy&region=GB&keep_days=31&activity_days=90";
    let (_, line) = leaves(site, acme, Event::SettingChanged, || post("settings", settings));
    assert!(line.contains("setting=keep_days before=30 after=31"), "{line}");
    assert!(line.contains("setting=activity_days before=400 after=90"), "{line}");
    let (_, line) =
        leaves(site, acme, Event::SettingChanged, || post("fields", "add=1&title=Hobby&type=text"));
    assert!(line.ends_with("field=hobby"), "{line}");
    leaves(site, acme, Event::ActivitySent, || {
        let sent = site.get("/o/acme/activity/file?kind=token-made", &owner);
        assert!(sent.body.starts_with("time,event,who,name,address,about\r\n"), "{}", sent.body);
        assert!(sent.body.contains("\"pat@acme.example\""), "{}", sent.body);
        assert_eq!(sent.body.lines().count(), 2, "{}", sent.body);
    });
    let grace = site.user(acme, 1);
    let (_, line) = leaves(site, acme, Event::UserErased, || {
        let erased = post(&format!("users/{grace}/erase"), "name=Grace+Hopper");
        assert_eq!(erased.status, StatusCode::SEE_OTHER, "{}", erased.body);
    });
    assert!(line.ends_with(&format!("user={grace}")), "{line}");
}

/// Downloads, an import with its files and its undo, a ticket.
fn file_acts(site: &Site) {
    let (acme, editor) = (&site.acme, site.cookie(&site.acme, Role::Editor));
    let everybody = "/o/acme/download/file?format=csv";
    let (_, line) = leaves(site, acme, Event::Downloaded, || site.get(everybody, &editor));
    assert!(line.ends_with("users=3 by=everybody fields=all"), "{line}");
    let found = "/o/acme/download/file?format=csv&who=search&search=lovelace&fields=some&field=first_name";
    let (_, line) = leaves(site, acme, Event::Downloaded, || site.get(found, &editor));
    assert!(line.ends_with("users=1 by=search fields=first_name"), "{line}");
    let file = site.csv().replace("ada@acme.example", "max@globex.example").replace("Droid", "Murray");
    let (import, line) = leaves(site, acme, Event::Uploaded, || site.import(&file));
    assert!(line.ends_with(&format!("import={import}")), "{line}");
    let here = format!("/o/acme/imports/{import}");
    let get = |address: &str| site.get(&format!("{here}{address}"), &editor);
    leaves(site, acme, Event::ReportSent, || get("/report?format=csv"));
    leaves(site, acme, Event::FileSent, || get("/file"));
    leaves(site, acme, Event::ChangesSent, || get("/changed?format=csv"));
    let (sent, line) = leaves(site, acme, Event::TicketRaised, || {
        site.post(&format!("{here}/ticket"), &editor, "kind=email&words=")
    });
    let number =
        sent.location().split("&a=").nth(1).and_then(|rest| rest.split('&').next()).expect("a number");
    assert!(line.ends_with(&format!("import={import} ticket={number} rows=1")), "{line}");
    let plan = site.open(&here, &editor).all("#finish-form [name=plan]", "value").remove(0);
    let (_, line) = leaves(site, acme, Event::ImportCompleted, || {
        site.post(&format!("{here}/complete"), &editor, &format!("plan={plan}"));
        site.work();
    });
    assert!(line.ends_with(&format!("import={import} users=1 cells=1")), "{line}");
    leaves(site, acme, Event::ImportUndone, || {
        site.post(&format!("{here}/undo"), &editor, "");
        site.work();
    });

    let email = "sam@support.example";
    let sam = site.app.store.save_administrator(email, email, None, true, NOW).expect("an operator");
    let sam = format!("muster={}", access::start_session(&site.app, sam.id).expect("a session"));
    let of_support = format!("/operator/tickets/{number}");
    let (_, line) = leaves(site, acme, Event::TicketDecided, || {
        site.post(&of_support, &sam, "act=answer&words=We+look+at+it.")
    });
    assert_eq!(line, format!("support ticket={number} state=answered"));
    let before = lines(site, acme).len();
    let (_, line) = leaves(site, &site.globex, Event::ValueReleased, || {
        let released = site.post(&of_support, &sam, "act=release&value=0&replacement=maximilian");
        assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.body);
    });
    assert_eq!(line, "support users=1 cells=2");
    assert_eq!(lines(site, acme).len(), before, "nothing of whose it is with who asked");
}

#[test]
fn each_act_leaves_one_line() {
    on_both(|app| {
        let site = Site::new(app);
        file_acts(&site);
        own_acts(&site);
        owner_acts(&site);
        let mut seen: BTreeSet<String> = lines(&site, &site.acme).into_iter().map(|(word, _)| word).collect();
        seen.extend(lines(&site, &site.globex).into_iter().map(|(word, _)| word));
        // The first start is in `setup`.
        seen.insert(Event::AccountMade.word().to_owned());
        let kept: BTreeSet<String> = Event::ALL
            .into_iter()
            .filter(|event| event.is_kept())
            .map(|event| event.word().to_owned())
            .collect();
        assert_eq!(seen, kept);
        // No value of a user is in any line: names, emails, what was searched for, what was typed.
        for account in [&site.acme, &site.globex] {
            for (word, line) in lines(&site, account) {
                for value in [
                    "Lovelace",
                    "lovelace",
                    "Ada",
                    "Grace",
                    "Hopper",
                    "Droid",
                    "Murray",
                    "Max",
                    "Power",
                    "maximilian",
                    "herons",
                    "battery",
                    "@",
                    "users.csv",
                ] {
                    assert!(!line.contains(value), "{word}: {line}");
                }
            }
        }
    });
}

#[test]
fn owners_read_it_narrowed_and_page_by_page() {
    on_both(|app| {
        let site = Site::new(app);
        for place in 0..250 {
            app.clock.turn(1_000);
            let name = if place % 5 == 0 { "payroll" } else { "robot" };
            let line = Event::TokenMade.line().by(format!("token:{name}")).with("token", place);
            app.note_alone(&line, site.acme.id).expect("kept");
        }
        app.clock.turn(DAY);
        app.note_alone(&Event::Downloaded.line().by("token:robot"), site.acme.id).expect("kept");
        let owner = site.cookie(&site.acme, Role::Owner);
        let rows = |reply: &Reply| reply.texts("tbody tr th");
        let first = site.get("/o/acme/activity", &owner);
        assert_eq!(rows(&first).len(), 100);
        assert!(
            rows(&first)[0].starts_with("Users downloaded"),
            "the newest comes first: {:?}",
            rows(&first)[0]
        );
        let mut told = rows(&first);
        let mut page = first;
        while let Some(next) = page.all("nav.pages [rel=next]", "href").pop() {
            page = site.get(&next, &owner);
            told.extend(rows(&page));
        }
        assert_eq!(told.len(), 251);
        assert_eq!(told.iter().collect::<BTreeSet<_>>().len(), 251, "no line twice");
        let count = |query: &str| {
            let limit = "/api/v1/activity?limit=1000";
            let token = create_token(app, site.acme.id, "asks", Role::Owner, None).expect("a token");
            let request = Request::get(format!("{limit}{query}"))
                .header(header::AUTHORIZATION, format!("Bearer {token}"));
            let reply = site.ask(request.body(Body::empty()).expect("a request"));
            let list: serde_json::Value = serde_json::from_str(&reply.body).unwrap_or_default();
            list["items"].as_array().map_or(usize::from(reply.status.as_u16()), Vec::len)
        };
        let day = |milliseconds: i64| access::told_time(app.clock.now().plus(milliseconds))[..10].to_owned();
        let today = format!("&from={}", day(0));
        let until = format!("&to={}", day(-DAY));
        for (query, lines) in [
            ("", 251),
            ("&event=token-made", 250),
            ("&event=downloaded", 1),
            ("&who=token:payroll", 50),
            ("&who=token:robot&event=token-made", 200),
            ("&who=nobody@acme.example", 0),
            (today.as_str(), 1),
            (until.as_str(), 250),
            ("&event=refused", 400),
            ("&from=yesterday", 400),
        ] {
            assert_eq!(count(query), lines, "{query}");
        }
        // A setting, and the sweep: lines go by time, those of others stay.
        let settings = site.acme.settings();
        let wanted = ::store::AccountSettings { activity_days: 1, ..settings };
        app.store.change_settings(site.acme.id, &wanted).expect("changed");
        app.note_alone(&Event::Downloaded.line().by("token:robot"), site.globex.id).expect("kept");
        assert_eq!(app.store.forget_old_activity(app.clock.now().plus(1)).expect("the store"), 250);
        assert_eq!(app.store.forget_old_activity(app.clock.now().plus(1)).expect("the store"), 0);
        assert_eq!((lines(&site, &site.acme).len(), lines(&site, &site.globex).len()), (1, 1));
    });
}

#[test]
fn failures_leave_a_bounded_number_of_lines() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let owner = id_of(&site, "owner@acme.example");
        let line = Event::SignInFailed.line().by_administrator(owner);
        let fail = || app.noting(&line, &[site.acme.id]).store.note_alone().expect("kept");
        (0..70).for_each(|_| fail());
        assert_eq!(lines(&site, &site.acme).len(), 50);
        app.clock.turn(60 * 60 * 1_000);
        fail();
        assert_eq!(lines(&site, &site.acme).len(), 51);
    });
}

#[test]
fn who_owns_nothing_does_not_read_it() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let line = Event::Downloaded.line().by("token:robot");
        app.note_alone(&line, site.acme.id).expect("kept");
        for (account, role, status) in [
            (&site.acme, Role::Viewer, StatusCode::FORBIDDEN),
            (&site.acme, Role::Editor, StatusCode::FORBIDDEN),
            (&site.globex, Role::Owner, StatusCode::NOT_FOUND),
            (&site.acme, Role::Owner, StatusCode::OK),
        ] {
            for address in ["/o/acme/activity", "/o/acme/activity/file"] {
                let reply = site.get(address, &site.cookie(account, role));
                assert_eq!(reply.status, status, "{address} {role:?}");
            }
        }
        let nonsense = site.get("/o/acme/activity?kind=refused", &site.cookie(&site.acme, Role::Owner));
        assert_eq!(nonsense.status, StatusCode::BAD_REQUEST, "{}", nonsense.body);
        // Nobody in the list but those who are here.
        let globex = site.get("/o/globex/activity", &site.cookie(&site.globex, Role::Owner));
        assert!(!globex.body.contains("acme.example"), "{}", globex.body);
    });
}
