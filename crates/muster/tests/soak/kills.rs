//! A server is killed (SIGKILL) at random moments while a client takes imports all the way: upload, fix, complete, undo. What was not
//! answered the client asks again, with the same Idempotency-Key. After each kill the directory is as before or as after, never
//! between; nothing happens twice; what was answered is still so; and every import has come to rest within ten seconds.

use std::path::PathBuf;

use ::ground::Ground;
use ::import::Clock;
use ::store::{ImportState, Role};
use directory::{Users, standard};
use muster::access::create_token;
use serde_json::{Value, json};

use super::server::{Answer, Asked, Fault, Server, last_lines, pause};
use super::{Chance, seed, size};
use ::ground::office::{Office, Sheet};
use ::ground::{on_postgres, on_sqlite};

/// Users beside the six of an office.
const USERS: u64 = 200;
/// Bytes of a column of the file that nobody reads, so that an upload takes several parts.
const PADDING: usize = 3_000;
/// How long an import may take from the restart of the server to its rest, in milliseconds.
const SETTLED: i64 = 10_000;
/// How often a step is tried at the most; an import that costs five workers their lives is given up.
const IN_ONE_STEP: usize = 3;

/// What the client is at when the fault comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Upload,
    Reading,
    Fixing,
    Applying,
    Undoing,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    /// The server is killed.
    Server,
    /// A process of the database is killed, whereupon the database ends all connections and recovers.
    Database,
}

/// What every user has: the title that the last import gave all of them, and the email that a fix gave the first.
type Standing = (String, String);

/// One server on one database, and its client.
struct Lane<'a> {
    app: &'a Ground,
    office: &'a Office<'a>,
    wrong: Wrong,
    chance: Chance,
    token: String,
    log: PathBuf,
    server: Server,
    fault: Option<Fault>,
    /// What the client is at.
    at: Step,
    /// How often it went wrong, by step.
    faults: [usize; 5],
    in_this_step: usize,
    /// How long each step takes when nothing goes wrong, in milliseconds.
    usual: [u64; 5],
    restarted: i64,
    slowest: i64,
    /// The last request that was answered, and its answer.
    answered: Option<(Asked, Answer)>,
    /// What the directory may be: as it was, or as the step under way makes it.
    standing: (Standing, Standing),
    uploads: usize,
    applied: usize,
    keys: usize,
}

impl<'a> Lane<'a> {
    fn new(office: &'a Office<'a>, wrong: Wrong, seed: u64, log: PathBuf) -> Self {
        let app = office.app;
        let token = create_token(app, office.account.id, "robot", Role::Editor, None).expect("a token");
        let standing = (String::new(), "ada@acme.example".to_owned());
        Self {
            app,
            office,
            wrong,
            chance: Chance::new(seed),
            token,
            server: Server::start(&app.database, &log),
            log,
            fault: None,
            at: Step::Upload,
            faults: [0; 5],
            in_this_step: 0,
            usual: [40; 5],
            restarted: now(),
            slowest: 0,
            answered: None,
            standing: (standing.clone(), standing),
            uploads: 0,
            applied: 0,
            keys: 0,
        }
    }

    /// One import all the way, and half of the time back again.
    fn round(&mut self, round: usize) {
        let before = self.standing.0.clone();
        let title = format!("Round {round}");
        let after = (title.clone(), format!("ada{round}@acme.example"));
        let sheet = self.edited(&title);
        let file = padded(&sheet);
        let upload = self.asked("POST", "/imports?file_name=users.csv", file);
        let import = self.step(Step::Upload, |lane| lane.ask(&upload).json());
        self.uploads += 1;
        let path = format!("/imports/{}", import["id"].as_str().expect("an id"));
        let review = self.step(Step::Reading, |lane| lane.rest(&path));
        assert_eq!((&review["state"], &review["plan"]), (&json!("review"), &json!(1)), "{review}");
        let cell = sheet.name(0, "email");
        let fixes = json!({"fixes": [{"cell": cell, "value": after.1}]}).to_string();
        let fix = self.asked("PATCH", &format!("{path}/fixes"), fixes.into_bytes());
        let fixed = self.step(Step::Fixing, |lane| lane.ask(&fix).json());
        assert_eq!(
            (&fixed["plan"], &fixed["counts"]["errors"]),
            (&json!(2), &json!(0)),
            "fixed once: {fixed}"
        );
        self.standing.1 = after.clone();
        let apply = self.asked("POST", &format!("{path}/apply"), br#"{"plan":2}"#.to_vec());
        self.change(Step::Applying, &apply, &path);
        self.standing.0 = after;
        if self.chance.percent(50) {
            self.standing.1 = before.clone();
            let undo = self.asked("POST", &format!("{path}/undo"), Vec::new());
            self.change(Step::Undoing, &undo, &path);
            self.uploads += 1;
            self.standing.0 = before;
        }
    }

    /// A request that changes the directory, until it is done.
    fn change(&mut self, step: Step, asked: &Asked, path: &str) {
        let done = self.step(step, |lane| {
            let begun = lane.ask(asked).json();
            let path = begun["id"].as_str().map_or(path.to_owned(), |id| format!("/imports/{id}"));
            lane.rest(&path)
        });
        assert_eq!(done["state"], "done", "{done}");
        self.applied += 1;
        assert!(self.is_at(&self.standing.1), "it is done");
        self.check_counts();
    }

    /// The file: today's download with another title for everyone, and an email that is none.
    fn edited(&mut self, title: &str) -> Sheet {
        let download = Asked {
            method: "GET",
            path: "/user-data?format=csv&fields=email,job_title".to_owned(),
            key: None,
            body: Vec::new(),
        };
        let mut sheet = Sheet::of(&self.ask(&download).body);
        for user in 0..self.office.ids.len() {
            *sheet.cell(user, "job_title") = title.to_owned();
        }
        sheet.with(0, "email", "nobody at all")
    }

    fn asked(&mut self, method: &'static str, path: &str, body: Vec<u8>) -> Asked {
        self.keys += 1;
        Asked { method, path: path.to_owned(), key: Some(format!("key {}", self.keys)), body }
    }

    /// Does a step, in which it mostly goes wrong at some moment.
    fn step<T>(&mut self, step: Step, work: impl FnOnce(&mut Self) -> T) -> T {
        (self.at, self.in_this_step) = (step, 0);
        let (begun, before) = (now(), self.faults[step as usize]);
        if self.chance.percent(70) {
            self.arm();
        }
        let done = work(self);
        self.disarm();
        let usual = &mut self.usual[step as usize];
        if self.faults[step as usize] == before {
            *usual = (*usual * 3 + (now() - begun) as u64).div_ceil(4);
        }
        done
    }

    fn arm(&mut self) {
        let longest = self.usual[self.at as usize] * 5 / 4 + 2;
        let after = self.chance.below(longest as usize) as u64;
        self.in_this_step += 1;
        self.fault = Some(match self.wrong {
            Wrong::Server => Fault::after(after, self.server.fatality()),
            Wrong::Database => {
                let database = self.app.database.clone();
                Fault::after(after, move || crash(&database))
            }
        });
    }

    /// Calls the fault off; one that came is followed by a restart.
    fn disarm(&mut self) {
        if self.fault.take().is_some_and(Fault::end) {
            self.recover();
        }
    }

    /// Asks until it is answered: after a fault, again with the same key.
    fn ask(&mut self, asked: &Asked) -> Answer {
        let since = now();
        loop {
            match self.server.ask(&self.token, asked) {
                Some(answer) if answer.status < 500 => {
                    let said = &answer.body;
                    assert!(matches!(answer.status, 200 | 202), "{asked:?}: {} {said}", answer.status);
                    if asked.key.is_some() {
                        self.answered = Some((asked.clone(), answer.clone()));
                    }
                    return answer;
                }
                Some(answer) => {
                    assert_eq!(self.wrong, Wrong::Database, "{answer:?}\n{}", last_lines(&self.log));
                    assert!(now() - since < 30_000, "the database is back: {answer:?}");
                    pause(50);
                }
                None => self.broke_off(),
            }
        }
    }

    /// An answer that did not come: the server was killed, and is started again; some of the time to be killed once more.
    fn broke_off(&mut self) {
        assert!(self.server.is_gone(), "a server that lives answers\n{}", last_lines(&self.log));
        let fault = self.fault.take().expect("nobody else kills it");
        assert!(fault.end(), "it was killed");
        self.recover();
        if self.in_this_step < IN_ONE_STEP && self.chance.percent(30) {
            self.arm();
        }
    }

    /// After a fault: looks at what it left, starts the server again, and asks the last request once more.
    fn recover(&mut self) {
        self.faults[self.at as usize] += 1;
        if self.wrong == Wrong::Server {
            assert!(self.server.is_gone(), "it was killed");
        }
        self.check_nothing_is_half();
        if self.wrong == Wrong::Server {
            self.server = Server::start(&self.app.database, &self.log);
        }
        self.restarted = now();
        if let Some((asked, answer)) = self.answered.clone() {
            assert_eq!(self.ask(&asked), answer, "what was answered is still so");
        }
    }

    /// The directory is as before or as after, with one revision for each import that was applied and one import for each upload.
    fn check_nothing_is_half(&self) {
        let (before, after) = &self.standing;
        assert!(
            self.is_at(before) || self.is_at(after),
            "neither {before:?} nor {after:?}: {:?}",
            self.stands()
        );
        let (uploads, applied) = self.counts();
        assert!((self.applied..=self.applied + 1).contains(&applied), "{applied} for {}", self.applied);
        assert!((self.uploads..=self.uploads + 1).contains(&uploads), "{uploads} for {}", self.uploads);
    }

    /// Nothing was done twice. An undo is an import, too, and is not counted as an upload before it was answered.
    fn check_counts(&self) {
        let (uploads, applied) = self.counts();
        assert_eq!(applied, self.applied, "applied once");
        assert_eq!(uploads, self.uploads + usize::from(self.at == Step::Undoing), "taken once");
    }

    /// How many imports there are, and how many revisions they became.
    fn counts(&self) -> (usize, usize) {
        let (store, account) = (&self.app.store, self.office.account.id);
        let imports = patient(|| store.imports(account, None, 1_000_000));
        let revisions = patient(|| store.revisions_after(account, 0));
        let applied = revisions.iter().filter(|(_, kind, _)| kind == "file" || kind == "undo").count();
        (imports.len(), applied)
    }

    fn is_at(&self, standing: &Standing) -> bool {
        self.stands() == [standing.clone()]
    }

    /// Which titles users have, each with the email of the first user: one pair, when nothing is half.
    fn stands(&self) -> Vec<Standing> {
        let mut users = Users::new(&self.office.fields);
        patient(|| {
            users.clear();
            self.app.store.users_of(self.office.account.id, &self.office.ids, &mut users)
        });
        assert_eq!(users.len(), self.office.ids.len());
        let email = users.get(0).and_then(|user| user.value(standard::EMAIL)).unwrap_or_default().to_owned();
        let mut titles: Vec<String> =
            users.iter().map(|user| user.value(standard::JOB_TITLE).unwrap_or_default().to_owned()).collect();
        titles.sort();
        titles.dedup();
        titles.into_iter().map(|title| (title, email.clone())).collect()
    }

    /// Waits until an import rests, and tells it as it is then.
    fn rest(&mut self, path: &str) -> Value {
        let (look, begun) =
            (Asked { method: "GET", path: path.to_owned(), key: None, body: Vec::new() }, now());
        loop {
            let import = self.ask(&look).json();
            let took = now() - begun.max(self.restarted);
            if !matches!(import["state"].as_str(), Some("reading" | "applying")) {
                // A database that comes back is not waited for by its own; what it takes is part of all that takes longest.
                let after_fault = self.restarted > begun || self.wrong == Wrong::Database;
                self.slowest = self.slowest.max(if after_fault { took } else { 0 });
                return import;
            }
            assert!(took < SETTLED, "after {took} ms: {import}\n{}", last_lines(&self.log));
            pause(5);
        }
    }

    /// At the end: everything rests, and the history tells the directory.
    fn end(self) -> Told {
        let imports = self.app.store.imports(self.office.account.id, None, 1_000_000).expect("imports");
        let rests = |state| matches!(state, ImportState::Done);
        assert!(imports.iter().all(|import| rests(import.state)), "all were taken to their end");
        self.office.check_history();
        Told { faults: self.faults, imports: imports.len(), slowest: self.slowest }
    }
}

/// What a lane went through.
struct Told {
    faults: [usize; 5],
    imports: usize,
    slowest: i64,
}

/// The file with a column that Muster does not know, to make it long.
fn padded(sheet: &Sheet) -> Vec<u8> {
    let padding = "x".repeat(PADDING);
    let mut long = sheet.clone();
    for (number, row) in long.0.iter_mut().enumerate() {
        row.push(if number < 2 { "own notes".to_owned() } else { padding.clone() });
    }
    long.text().into_bytes()
}

/// Reads the database, which may just be coming back.
fn patient<T>(mut read: impl FnMut() -> ::store::Result<T>) -> T {
    let since = now();
    loop {
        match read() {
            Ok(found) => return found,
            Err(error) => assert!(now() - since < 30_000, "the database is back: {error}"),
        }
        pause(50);
    }
}

/// Kills the process that serves a connection of the database, upon which PostgreSQL ends all of them and recovers.
fn crash(database: &str) {
    let mut client = ::ground::see_all(database);
    let died = client.batch_execute("COPY (SELECT 1) TO PROGRAM 'kill -9 $PPID'");
    assert!(died.is_err(), "a killed process answers nothing");
}

fn now() -> i64 {
    Clock::Machine.now().0
}

/// Runs lanes beside each other until so many faults came, and prints what they went through.
fn in_lanes(lanes: usize, faults: usize, wrong: Wrong, on: impl Fn(&dyn Fn(&Ground)) + Sync) {
    std::thread::scope(|scope| {
        for number in 0..lanes {
            let on = &on;
            let each = faults.div_ceil(lanes);
            scope.spawn(move || {
                on(&|app| {
                    let seed = seed() + number as u64;
                    let told = drive(app, wrong, each, seed);
                    println!(
                        "seed {seed}: {} faults (upload, reading, fixing, applying, undoing: {:?}), {} imports, settled \
                         within {} ms of the restart",
                        told.faults.iter().sum::<usize>(), told.faults, told.imports, told.slowest
                    );
                });
            });
        }
    });
}

fn drive(app: &Ground, wrong: Wrong, faults: usize, seed: u64) -> Told {
    let folder = tempfile::tempdir().expect("a folder");
    let mut office = Office::new(app);
    office.hire_more(USERS);
    let mut lane = Lane::new(&office, wrong, seed, folder.path().join("server.log"));
    let mut round = 0;
    while lane.faults.iter().sum::<usize>() < faults {
        lane.round(round);
        round += 1;
    }
    lane.end()
}

#[test]
fn a_server_killed_at_any_moment_has_done_all_or_nothing_once() {
    in_lanes(4, size("MUSTER_SOAK_KILLS", 20), Wrong::Server, |test| on_sqlite(test));
}

#[test]
fn on_postgresql_too() {
    in_lanes(3, size("MUSTER_SOAK_KILLS_POSTGRES", 9), Wrong::Server, |test| on_postgres(test));
}

#[test]
#[ignore = "it ends every connection of the PostgreSQL server: scripts/soak runs it alone"]
fn a_database_that_crashes_has_done_all_or_nothing_once() {
    in_lanes(1, size("MUSTER_SOAK_CRASHES", 20), Wrong::Database, |test| on_postgres(test));
}
