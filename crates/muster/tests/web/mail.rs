//! Mail: what is sent to whom, in whose language, once it is theirs to read; that none is lost and none goes on for ever; and that nobody
//! learns who has a password here. The mail server is one of this file's, on loopback; `e2e/mail.test.mjs` tries another's.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

use ::store::{MailKind, NewMail, Role};
use axum::http::StatusCode;
use directory::Language;
use muster::access;
use muster::app::{App, Mailing, Settings};
use muster::mail::Sender;

use super::site::{PASSWORD, Site};
use crate::ground::{NOW, on_both, on_sqlite};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const OWNER: &str = "owner@acme.example";

/// A mail server that keeps what it takes, and answers the recipient with a number that a test chooses.
struct Catcher {
    url: String,
    mails: Arc<Mutex<Vec<String>>>,
    /// 250, or what it refuses with.
    answer: Arc<AtomicU16>,
}

impl Catcher {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let (mails, answer) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicU16::new(250)));
        let (kept, says) = (Arc::clone(&mails), Arc::clone(&answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let mut out = stream.try_clone().expect("a stream");
                let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
                let mut say = |text: &str| out.write_all(format!("{text}\r\n").as_bytes()).is_ok();
                say("220 catcher");
                while let Some(line) = lines.next() {
                    let word = line.split(' ').next().unwrap_or_default().to_uppercase();
                    match word.as_str() {
                        "RCPT" => say(&format!("{} as told", says.load(Ordering::Relaxed))),
                        "DATA" => {
                            say("354 go on");
                            let mail: Vec<String> = lines.by_ref().take_while(|line| line != ".").collect();
                            kept.lock().expect("nobody panics").push(mail.join("\n"));
                            say("250 taken")
                        }
                        "QUIT" => say("221 bye"),
                        _ => say("250 yes"),
                    };
                }
            }
        });
        Self { url, mails, answer }
    }

    /// What came since it was asked last.
    fn taken(&self) -> Vec<Mail> {
        let mails = std::mem::take(&mut *self.mails.lock().expect("nobody panics"));
        mails.iter().map(|text| Mail::read(text)).collect()
    }
}

/// A mail, read.
#[derive(Debug)]
struct Mail {
    to: String,
    subject: String,
    id: String,
    text: String,
}

impl Mail {
    fn read(text: &str) -> Self {
        let (head, body) = text.split_once("\n\n").expect("a head and a body");
        let head = head.replace("\n ", " ");
        let of = |name: &str| {
            let line = head.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_default().trim().to_owned()
        };
        assert_eq!(of("Auto-Submitted:"), "auto-generated");
        assert_eq!(of("From:"), "Muster <muster@example.org>");
        let text = match of("Content-Transfer-Encoding:").as_str() {
            "quoted-printable" => unquoted(body),
            _ => body.to_owned(),
        };
        Self { to: of("To:"), subject: of("Subject:"), id: of("Message-ID:"), text }
    }

    /// The path of the link in it.
    fn path(&self) -> String {
        let link = self.text.lines().find(|line| line.starts_with("https://muster.example/"));
        link.expect("a link").trim().replace("https://muster.example", "")
    }
}

/// RFC 2045, 6.7.
fn unquoted(text: &str) -> String {
    let text = text.replace("=\n", "");
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        if *first == b'=' && after.len() >= 2 {
            let digits = std::str::from_utf8(&after[..2]).expect("digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("digits"));
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).expect("text")
}

/// The program with a mail server, and a sender that a test calls.
fn with_mail(app: &App, catcher: &Catcher) -> (App, Sender) {
    let mailing = Mailing { url: catcher.url.clone(), from: "Muster <muster@example.org>".to_owned() };
    let sender = Sender::of(&mailing).expect("a sender");
    let mut app = app.clone();
    let settings = Settings { mailing: Some(mailing), ..(*app.settings).clone() };
    app.settings = Arc::new(settings);
    app.pages = Some("https://muster.example".to_owned());
    (app, sender)
}

/// Sends all whose time has come.
fn send(app: &App, sender: &Sender) {
    while sender.send_next(app).expect("the store") {}
}

fn id_of(site: &Site, email: &str) -> i64 {
    site.app.store.administrator(email).expect("the store").expect("somebody").id
}

#[test]
fn a_forgotten_password_is_chosen_anew_by_a_link_that_works_once() {
    on_both(|app| {
        let catcher = Catcher::start();
        let (app, sender) = with_mail(app, &catcher);
        let site = Site::new(&app);
        assert_eq!(site.get("/sign-in", "").all("a[href='/forgot']", "href").len(), 1);
        let before = site.cookie_of(OWNER);
        site.app.store.choose_language(id_of(&site, OWNER), Some(Language::German)).expect("kept");
        let asked = |email: &str| {
            let reply = site.post("/forgot", "", &format!("email={}", email.replace('@', "%40")));
            let page = site.get(reply.location(), "");
            (reply.status, reply.location().to_owned(), reply.body, page.status, page.body)
        };
        let known = asked(OWNER);
        assert_eq!(asked("nobody@acme.example"), known, "what is answered does not tell who is known");
        assert_eq!(asked("no email at all"), known);
        send(&app, &sender);
        let mails = catcher.taken();
        assert_eq!(mails.len(), 1, "{mails:?}");
        assert_eq!(mails[0].to, OWNER);
        assert!(mails[0].text.contains("innerhalb einer Stunde"), "{}", mails[0].text);
        assert_eq!(asked(OWNER), known);
        send(&app, &sender);
        assert_eq!(catcher.taken().len(), 0, "not again within five minutes");

        let link = mails[0].path();
        assert!(link.starts_with("/link/") && link.ends_with("?to=password"), "{link}");
        let opened = site.post(&link, "", "");
        assert_eq!(opened.location(), "/?password=1");
        let cookie = opened.cookie("muster").expect("a session");
        assert_eq!(site.get("/?password=1", &cookie).location(), "/o/acme/me");
        assert_eq!(site.get("/o/acme/users", &before).status, StatusCode::OK);
        let chosen = site.post("/o/acme/me", &cookie, &format!("password={}", PASSWORD.replace(' ', "+")));
        assert_eq!(chosen.status, StatusCode::OK, "{}", chosen.body);
        assert_eq!(site.get("/o/acme/users", &before).status, StatusCode::SEE_OTHER, "other sessions end");
        assert_eq!(site.post(&link, "", "").status, StatusCode::GONE, "it works once");

        app.clock.turn(10 * MINUTE);
        asked(OWNER);
        send(&app, &sender);
        let late = catcher.taken().remove(0).path();
        app.clock.turn(HOUR + 1);
        assert_eq!(site.post(&late, "", "").status, StatusCode::GONE, "it lasts an hour");
    });
}

#[test]
fn without_mail_the_page_says_whom_to_ask() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let page = site.get("/forgot", "");
        assert!(page.text(".card").contains("Ask an owner"), "{}", page.body);
        assert_eq!(page.all("form[action='/forgot']", "action").len(), 0);
        site.post("/forgot", "", "email=owner%40acme.example");
        assert_eq!(app.store.waiting_mails().expect("the store"), 0);
    });
}

#[test]
fn asking_is_limited_by_email_and_by_address() {
    on_sqlite(|app| {
        let catcher = Catcher::start();
        let (app, _) = with_mail(app, &catcher);
        let site = Site::new(&app);
        let waiting = || app.store.waiting_mails().expect("the store");
        let address = Some("192.0.2.7".parse().expect("an address"));
        for place in 0..40 {
            let email = format!("{}@acme.example", ["owner", "editor", "viewer"][place % 3]);
            access::ask_for_password(&site.app, &email, address).expect("the store");
        }
        assert_eq!(waiting(), 3, "one for each");
        let mut mails = waiting();
        for place in 0..40 {
            app.clock.turn(1);
            access::ask_for_password(&site.app, &format!("person-{place}@acme.example"), address)
                .expect("kept");
            mails = mails.max(waiting());
        }
        assert!(mails < 20, "an address asks for no more than some: {mails}");
    });
}

#[test]
fn no_mail_is_lost_and_one_that_is_sent_twice_says_so() {
    on_both(|app| {
        let catcher = Catcher::start();
        let (app, sender) = with_mail(app, &catcher);
        let site = Site::new(&app);
        access::ask_for_password(&site.app, OWNER, None).expect("the store");
        // A sender takes it, hands it on, and dies before it could say so.
        let now = app.clock.now();
        let taken = app.store.take_mail(now, now.plus(5 * MINUTE)).expect("the store").expect("a mail");
        send(&app, &sender);
        assert_eq!(catcher.taken().len(), 0, "somebody has it");
        app.clock.turn(5 * MINUTE);
        send(&app, &sender);
        let again = catcher.taken();
        assert_eq!(again.len(), 1);
        assert_eq!(again[0].id, format!("<{:016x}.muster@example.org>", taken.number));
        assert_eq!(app.store.waiting_mails().expect("the store"), 0);
    });
}

#[test]
fn what_cannot_be_sent_is_tried_for_a_day_and_what_is_refused_is_not() {
    on_sqlite(|app| {
        let catcher = Catcher::start();
        let (app, sender) = with_mail(app, &catcher);
        let site = Site::new(&app);
        let waiting = || app.store.waiting_mails().expect("the store");
        access::ask_for_password(&site.app, OWNER, None).expect("the store");
        catcher.answer.store(451, Ordering::Relaxed);
        send(&app, &sender);
        assert_eq!(waiting(), 1);
        send(&app, &sender);
        catcher.answer.store(250, Ordering::Relaxed);
        app.clock.turn(MINUTE);
        send(&app, &sender);
        assert_eq!((catcher.taken().len(), waiting()), (1, 0), "a minute later it goes through");

        app.clock.turn(HOUR);
        access::ask_for_password(&site.app, OWNER, None).expect("the store");
        catcher.answer.store(451, Ordering::Relaxed);
        let mut hours = 0;
        while waiting() > 0 {
            send(&app, &sender);
            app.clock.turn(HOUR);
            hours += 1;
        }
        assert_eq!(hours, 25, "given up after a day");

        app.clock.turn(HOUR);
        access::ask_for_password(&site.app, OWNER, None).expect("the store");
        catcher.answer.store(550, Ordering::Relaxed);
        send(&app, &sender);
        assert_eq!((catcher.taken().len(), waiting()), (0, 0), "refused for good");
    });
}

#[test]
fn who_is_invited_gets_a_link_and_who_is_not_gets_nothing() {
    on_both(|app| {
        let catcher = Catcher::start();
        let (app, sender) = with_mail(app, &catcher);
        let site = Site::new(&app);
        let owner = site.cookie(&site.acme, Role::Owner);
        let invite = |email: &str| {
            site.post("/o/acme/administrators", &owner, &format!("act=invite&role=editor&email={email}"))
        };
        let invited = invite("new%40acme.example");
        assert!(invited.text(".banner").contains("mailed to new@acme.example"), "{}", invited.body);
        assert!(!invited.body.contains("/link/"), "the link is theirs alone");
        invite("editor%40globex.example");
        send(&app, &sender);
        let mut mails = catcher.taken();
        // Both were wanted at one moment.
        mails.sort_by(|one, other| other.to.cmp(&one.to));
        let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!(to, ["new@acme.example", "editor@globex.example"]);
        assert!(mails.iter().all(|mail| mail.subject.contains("Acme Ltd")), "{mails:?}");
        let opened = site.post(&mails[0].path(), "", "");
        assert_eq!(opened.location(), "/?password=1");
        assert!(!mails[1].text.contains("/link/"), "who is known elsewhere signs in as ever");

        // Wanted before its act, which never came: a process died in between.
        let somebody =
            app.store.save_administrator("x@x.example", "x@x.example", None, false, NOW).expect("made");
        let at = app.clock.now();
        let (kind, account) = (MailKind::Invitation, Some(site.acme.id));
        let mail = NewMail { administrator: somebody.id, account, kind, about: 0, not_before: at, at };
        app.store.want_mail(&mail).expect("kept");
        for _ in 0..10 {
            send(&app, &sender);
            app.clock.turn(MINUTE / 2);
        }
        assert_eq!((catcher.taken().len(), app.store.waiting_mails().expect("the store")), (0, 0));
    });
}

#[test]
fn word_comes_to_who_left_and_not_to_who_looks_or_wants_none() {
    on_both(|app| {
        let catcher = Catcher::start();
        let (app, sender) = with_mail(app, &catcher);
        let site = Site::new(&app);
        let editor = site.cookie(&site.acme, Role::Editor);
        let bell = || site.get("/o/acme/users", &editor).all("a.bell", "aria-label").remove(0);
        assert_eq!(bell(), "News: nothing new");
        let later = || {
            app.clock.turn(2 * MINUTE);
            send(&app, &sender);
            catcher.taken()
        };
        let file = |name: &str| site.csv().replace("Lovelace", name);
        let import = site.import(&file("Byron"));
        assert_eq!(bell(), "News: 1 is new");
        let mails = later();
        assert_eq!(mails.len(), 1);
        assert_eq!(
            (mails[0].to.as_str(), mails[0].path()),
            ("editor@acme.example", format!("/o/acme/imports/{import}"))
        );
        assert!(mails[0].subject.contains("waits for you"), "{}", mails[0].subject);
        for value in ["Byron", "Lovelace", "users.csv"] {
            assert!(!format!("{:?}", mails[0]).contains(value), "no value of a user: {value}");
        }
        let list = site.get("/me/news", &editor);
        assert_eq!(list.texts("#news li").len(), 1, "{}", list.body);
        assert!(
            list.text("#news li").starts_with("New An import of yours waits for you"),
            "{}",
            list.text("#news")
        );
        site.open(&format!("/o/acme/imports/{import}"), &editor);
        assert_eq!(bell(), "News: nothing new", "who looks has seen it");

        let second = site.import(&file("King"));
        site.open(&format!("/o/acme/imports/{second}"), &editor);
        assert_eq!(later().len(), 0, "who looked needs no mail");

        site.post("/o/acme/me/account", &editor, "name=&email=editor%40acme.example&mailed=never");
        site.import(&file("Noel"));
        assert_eq!((later().len(), bell().as_str()), (0, "News: 1 is new"), "never means never");
        let until = site.get("/me/news", &editor).all("[name=until]", "value").remove(0);
        site.post("/me/news", &editor, &format!("until={until}"));
        assert_eq!(bell(), "News: nothing new");
        // Others' news are nobody's.
        let viewer = site.cookie(&site.acme, Role::Viewer);
        assert_eq!(site.get("/me/news", &viewer).texts("#news li").len(), 0);
        app.clock.turn(61 * 24 * HOUR);
        assert_eq!(app.store.forget_old_news(app.clock.now()).expect("the store"), 3);
    });
}

#[test]
fn who_raised_a_ticket_and_the_owners_of_who_had_the_value_are_told() {
    on_both(|app| {
        let catcher = Catcher::start();
        let (app, sender) = with_mail(app, &catcher);
        let site = Site::new(&app);
        let editor = site.cookie(&site.acme, Role::Editor);
        let import = site.import(&site.csv().replace("ada@acme.example", "max@globex.example"));
        let here = format!("/o/acme/imports/{import}");
        site.open(&here, &editor);
        let sent = site.post(&format!("{here}/ticket"), &editor, "kind=email&words=");
        let number = sent
            .location()
            .split("&a=")
            .nth(1)
            .and_then(|rest| rest.split('&').next())
            .expect("one")
            .to_owned();
        let email = "sam@support.example";
        let sam = app.store.save_administrator(email, email, None, true, NOW).expect("an operator");
        let sam = format!("muster={}", access::start_session(&app, sam.id).expect("a session"));
        let act = |form: &str| site.post(&format!("/operator/tickets/{number}"), &sam, form);
        let told = || {
            app.clock.turn(2 * MINUTE);
            send(&app, &sender);
            let mails = catcher.taken();
            mails.into_iter().map(|mail| (mail.to.clone(), mail.path(), mail.text)).collect::<Vec<_>>()
        };
        let page = format!("/o/acme/tickets/{number}");
        act("act=answer&words=We+look.");
        let mails = told();
        assert_eq!(mails.len(), 1, "{mails:?}");
        assert_eq!((mails[0].0.as_str(), mails[0].1.as_str()), ("editor@acme.example", page.as_str()));
        assert!(mails[0].2.contains("Support answered"), "{}", mails[0].2);
        act("act=release&value=0&replacement=");
        assert_eq!(told().len(), 0, "a release that is none is told to nobody");
        assert_eq!(act("act=release&value=0&replacement=maximilian").status, StatusCode::SEE_OTHER);
        let mut mails = told();
        mails.sort();
        let to: Vec<&str> = mails.iter().map(|(to, ..)| to.as_str()).collect();
        assert_eq!(to, ["editor@acme.example", "owner@globex.example"], "{mails:?}");
        assert!(mails[0].2.contains("is free now") && mails[0].1 == page, "{mails:?}");
        assert_eq!(mails[1].1, "/o/globex/users");
        for (_, _, text) in &mails {
            for value in ["max@", "maximilian", "Power", "Lovelace"] {
                assert!(!text.contains(value), "{value}: {text}");
            }
        }
        assert!(!mails[0].2.contains("Globex") && !mails[1].2.contains("Acme"), "{mails:?}");
    });
}
