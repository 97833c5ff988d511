//! Faults by enumeration: each act in the life of an import is done with a fault at its first statement, at its second, and so on, until it
//! has no more; with every kind of fault that the database can have. The clock stands, and is turned by one lease after the fault.
//!
//! After a fault the directory is as before the act or as after it, and what was answered is so. Then the next command, or a worker,
//! finds what is missing and does it, and everything is as if there had been no fault.

use std::panic::{AssertUnwindSafe, catch_unwind};

use ::ground::office::{ANN, BOB, Office};
use ::ground::scene::Scene;
use ::ground::{Ground, NOW, on_postgres, with_database};
use ::import::{self, Clock, Completion, Edited, Fixed, NewUpload, Randomness, Target, Undone, Upload};
use ::store::{
    Complete, Fault, FaultKind, FileMode, FixKind, Import, ImportKind, ImportState, PageStart, Result,
};
use directory::{Code, Users};

use super::server::pause;
use super::size;

/// Longer than any lease, in milliseconds.
const A_LEASE: i64 = 6_001;
/// How often somebody looks again who waits; on a clock that stands they would wait for ever.
const LOOKS: usize = 25;
/// Cells that are wrong alike, each of which is a chunk of the worker that fixes them.
const ALIKE: i64 = 2;
/// Who edits one user by hand, when the next command is somebody else's: this user, this field.
const BY_HAND: (usize, &str) = (5, "notes");

/// An act of an import's life.
type Act = fn(&Office<'_>) -> Result<()>;

/// The acts, one after another. Each does what is still missing, so that the next try is the same act.
const ACTS: [(&str, Act); 11] = [
    ("upload", upload),
    ("read", |office| rest(office, first(office)?)),
    ("fix", fix),
    ("fix all alike", fix_alike),
    ("make that fix", |office| rest(office, first(office)?)),
    ("second file", add_file),
    ("read both files", |office| rest(office, first(office)?)),
    ("complete", complete),
    ("apply", |office| rest(office, first(office)?)),
    ("undo", undo),
    ("apply the undo", |office| rest(office, undoing(office)?)),
];

fn upload(office: &Office<'_>) -> Result<()> {
    if first(office)?.is_some() {
        return Ok(());
    }
    let new = NewUpload {
        file_name: "users.csv".to_owned(),
        actor: ANN.to_owned(),
        complete: Complete::Never,
        leave_out_errors: false,
        decisions: Vec::new(),
        keep: true,
    };
    let sheet = office.csv();
    let mut sheet = sheet
        .with(0, "job_title", "Clerk")
        .with(1, "email", "nobody at all")
        .with(2, "email", "dai@acme.example")
        .with(3, "email", "cleo@acme.example")
        .with(3, "department", "Fiance")
        .with(4, "department", "Fiance");
    sheet.0.push(vec![String::new(); sheet.0[1].len()]);
    let hired = sheet.with(6, "first_name", "Gil").with(6, "last_name", "Winter");
    let bytes = hired.with(6, "email", "gil@acme.example").text().into_bytes();
    let mut upload = Upload::begin(office.app, office.account.id, new);
    assert!(upload.write(&bytes)?, "within the limit");
    upload.finish().map(drop)
}

fn fix(office: &Office<'_>) -> Result<()> {
    let import = first(office)?.expect("it was uploaded");
    if import.counts.errors <= ALIKE {
        return Ok(());
    }
    let email = Target::Field(office.ids[1], "email".to_owned());
    let fixes = [
        (email, FixKind::Value("bo.rowe@acme.example".to_owned())),
        (Target::RowsWithoutId, FixKind::Create),
    ];
    let fixed = import::fix(office.app, office.account.id, import.id, &fixes, ANN)?;
    assert!(matches!(fixed, Fixed::Kept(..)), "{fixed:?}");
    Ok(())
}

/// A step about so many cells that a worker makes it.
fn fix_alike(office: &Office<'_>) -> Result<()> {
    let import = first(office)?.expect("it was uploaded");
    if import.state != ImportState::Review || import.counts.errors == 0 {
        return Ok(());
    }
    let department = office.fields.by_key("department").expect("a field").number;
    let alike = Target::Group(Code::NotAChoice, department, Some("Fiance".to_owned()));
    let fixes = [(alike, FixKind::Value("Finance".to_owned()))];
    let fixed = import::fix(office.app, office.account.id, import.id, &fixes, ANN)?;
    let is_sent = matches!(&fixed, Fixed::Kept(import, _) if import.state == ImportState::Reading);
    assert!(is_sent, "{fixed:?}");
    Ok(())
}

fn add_file(office: &Office<'_>) -> Result<()> {
    let import = first(office)?.expect("it was uploaded");
    if import.state == ImportState::Reading || office.app.store.files(office.account.id, import.id)?.len() > 1
    {
        return Ok(());
    }
    let mut sheet = office.csv().with(4, "job_title", "Cook");
    let rows = sheet.0.clone();
    sheet.0 =
        rows.into_iter().enumerate().filter(|(row, _)| [0, 1, 6].contains(row)).map(|(_, row)| row).collect();
    let further = (FileMode::Add, "more.csv");
    let upload = Upload::begin_further(office.app, office.account.id, import.id, further, ANN)?;
    let mut upload = upload.expect("it is in review");
    assert!(upload.write(sheet.text().as_bytes())?, "within the limit");
    upload.finish().map(drop)
}

fn complete(office: &Office<'_>) -> Result<()> {
    let import = first(office)?.expect("it was uploaded");
    if import.state != ImportState::Review {
        return Ok(());
    }
    let answer = import::complete(office.app, office.account.id, import.id, Some(import.plan), false)?;
    assert!(matches!(answer, Completion::Started(_)), "{answer:?}");
    Ok(())
}

fn undo(office: &Office<'_>) -> Result<()> {
    if undoing(office)?.is_some() {
        return Ok(());
    }
    let import = first(office)?.expect("it was applied");
    let undone = import::undo(office.app, office.account.id, import.id, ANN)?;
    assert!(matches!(undone, Undone::Started(_)), "{undone:?}");
    Ok(())
}

/// What a command does that waits for its import, or a worker.
fn rest(office: &Office<'_>, import: Option<Import>) -> Result<()> {
    let mut looks = 0;
    let mut watch = |sight: import::Sight<'_>| {
        looks += 1;
        assert!(looks < LOOKS, "it waits for ever: {sight:?}");
    };
    let id = import.expect("it was begun").id;
    import::work_on(office.app, office.account.id, id, "the next", &mut watch).map(drop)
}

fn of_kind(office: &Office<'_>, kind: ImportKind) -> Result<Option<Import>> {
    let mut of_kind = office.app.store.imports(office.account.id, None, 100)?;
    of_kind.retain(|import| import.kind == kind);
    assert!(of_kind.len() < 2, "begun twice: {of_kind:?}");
    Ok(of_kind.pop())
}

fn first(office: &Office<'_>) -> Result<Option<Import>> {
    of_kind(office, ImportKind::File)
}

fn undoing(office: &Office<'_>) -> Result<Option<Import>> {
    of_kind(office, ImportKind::Undo)
}

/// A place where databases are copied.
trait Copies: Sync {
    /// The address of a new database, in which there is nothing.
    fn empty(&self) -> String;
    /// A new database that is as this one, which nobody uses.
    fn copy(&self, database: &str) -> String;
    /// Ends a copy.
    fn drop(&self, database: &str);
}

struct Files(tempfile::TempDir);

impl Copies for Files {
    fn empty(&self) -> String {
        format!("sqlite:{}/{}.db", self.0.path().display(), Randomness::Machine.letters(12))
    }

    fn copy(&self, database: &str) -> String {
        let copy = self.empty();
        let path = |of: &str, part| of.replace("sqlite:", "").replace(".db", part);
        for part in [".db", "-work.db"] {
            std::fs::copy(path(database, part), path(&copy, part)).expect("copied");
        }
        copy
    }

    fn drop(&self, database: &str) {
        let path = database.strip_prefix("sqlite:").expect("an address");
        for part in [".db", "-work.db"] {
            std::fs::remove_file(path.replace(".db", part)).expect("it goes");
        }
    }
}

/// A server, by the address of one of its databases, which copies others.
struct Templates(String);

impl Templates {
    /// Runs a statement of the whole server; connections that were just closed take a moment to be gone.
    fn run(&self, sql: &str) {
        let mut client = ::ground::see_all(&self.0);
        for _ in 0..200 {
            match client.batch_execute(sql) {
                Ok(()) => return,
                Err(_) => pause(20),
            }
        }
        client.batch_execute(sql).expect("it runs");
    }
}

impl Copies for Templates {
    fn empty(&self) -> String {
        self.copy(&with_database(&self.0, "template1"))
    }

    fn copy(&self, database: &str) -> String {
        let name = format!("muster_copy_{}", Randomness::Machine.letters(12));
        self.run(&format!("CREATE DATABASE {name} TEMPLATE {}", name_of(database)));
        with_database(&self.0, &name)
    }

    fn drop(&self, database: &str) {
        self.run(&format!("DROP DATABASE {} WITH (FORCE)", name_of(database)));
    }
}

fn name_of(database: &str) -> &str {
    let path = database.rsplit('/').next().expect("a path");
    path.split('?').next().unwrap_or(path)
}

/// A database before an act, and what it is then.
struct Stage {
    database: String,
    told: Told,
}

/// How it is told that no import is to be worked on.
const AT_REST: &str = "0 to be worked on";

/// What an office is, told without what may differ from try to try: identities, numbers of revisions, times.
#[derive(Debug, PartialEq)]
struct Told {
    users: Vec<String>,
    imports: Vec<String>,
}

fn told(office: &Office<'_>) -> Told {
    let store = &office.app.store;
    let imports = store.imports(office.account.id, None, 100).expect("imports");
    let mut told: Vec<String> = imports.iter().map(|import| told_import(office, import)).collect();
    let (unfinished, applying) = (store.unfinished_imports(), store.being_applied(office.account.id));
    told.push(format!("{} to be worked on", unfinished.expect("a number")));
    assert_eq!(applying.expect("it works"), None, "nothing is left in the way");
    let revisions = store.revisions_after(office.account.id, 0).expect("revisions");
    told.extend(revisions.into_iter().map(|(_, kind, _)| kind).filter(|kind| kind != "form"));
    Told { users: everybody(office), imports: told }
}

/// The values of each user, withdrawn ones too.
fn everybody(office: &Office<'_>) -> Vec<String> {
    let scene = Scene { app: office.app, account: office.account.id };
    let users = scene.all();
    let fields = office.fields.all().iter().filter(|field| field.key != BY_HAND.1);
    let numbers: Vec<_> = fields.map(|field| field.number).collect();
    let values = |user: &directory::User<'_>| {
        numbers.iter().map(|field| user.value(*field).unwrap_or("-").to_owned()).collect::<Vec<_>>().join("|")
    };
    let mut told: Vec<String> =
        users.iter().map(|user| format!("{} {}", values(&user), user.withdrawn())).collect();
    told.sort();
    told
}

fn told_import(office: &Office<'_>, import: &Import) -> String {
    let Import { state, kind, plan, counts, failure, new_cells, applied, .. } = import;
    let steps = import::fix_steps(office.app, import).expect("steps").map(|step| step.is_some());
    let at_rest = !matches!(state, ImportState::Reading);
    let (issues, changes) =
        if at_rest { (office.issues(import), office.changes(import)) } else { Default::default() };
    let files = office.app.store.files(import.account, import.id).expect("files").len();
    let warnings = import::warnings(office.app, import).expect("warnings").len();
    let conflicts =
        import::conflicts(office.app, import, PageStart::Start, 100).expect("conflicts").items.len();
    format!(
        "{kind:?} {state:?} {plan} {counts:?} {failure:?} {new_cells} {} {steps:?} {issues:?} {changes:?} {files} \
         {warnings} {conflicts}",
        applied.is_some()
    )
}

/// A fault in an act, and what is to be settled after it.
struct Case<'c> {
    act: usize,
    fault: Fault,
    copies: &'c dyn Copies,
    stages: &'c [Stage],
}

/// Says which case it was, when a test fails over it.
struct Named(String);

impl Drop for Named {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("it failed over {}", self.0);
        }
    }
}

impl Case<'_> {
    /// Does the act with the fault, and what comes after. False when the act has no such statement.
    fn happens(&self) -> bool {
        let database = self.copies.copy(&self.stages[self.act].database);
        let happened = {
            let app = open(&database, self.act, self.fault.at);
            self.happens_in(&app, &database)
        };
        self.copies.drop(&database);
        happened
    }

    fn happens_in(&self, app: &Ground, database: &str) -> bool {
        let Case { act, fault, .. } = *self;
        let office = office(app);
        app.store.faults().plan(fault);
        let answer = catch_unwind(AssertUnwindSafe(|| ACTS[act].1(&office)));
        let Some(statement) = app.store.faults().clear() else { return false };
        let _named = Named(format!("{}: {fault:?} at {statement}, answered {answer:?}", ACTS[act].0));
        let (before, after) = (&self.stages[act].told, &self.stages[act + 1].told);
        let users = everybody(&office);
        assert!(users == before.users || users == after.users, "neither before nor after: {users:?}");
        Scene { app, account: office.account.id }.assert_whole();
        if matches!(answer, Ok(Ok(()))) {
            assert_eq!(&told(&office), after, "it was answered that it is done");
        }
        app.clock.turn(A_LEASE);
        match fault.at % 3 {
            0 => self.go_on(&office),
            // Another process, which knows only what is durable.
            1 => {
                let other = open(database, act, fault.at + 1_000_000);
                other.clock.turn(A_LEASE);
                self.go_on(&self::office(&other));
            }
            _ => {
                // Where the act ends with nothing to be worked on, a worker does all that is left of it.
                while self.ends_at_rest() && import::work_once(app, "a worker").expect("a worker works") {}
                self.go_on(&office);
            }
        }
        true
    }

    fn ends_at_rest(&self) -> bool {
        let at_rest = |act: usize| self.stages[act].told.imports.iter().any(|line| line == AT_REST);
        !at_rest(self.act) && at_rest(self.act + 1)
    }

    /// The next command; half of the time, when the act writes the directory, that of somebody else comes first.
    fn go_on(&self, office: &Office<'_>) {
        let (_, act) = ACTS[self.act];
        let writes = self.stages[self.act].told.users != self.stages[self.act + 1].told.users;
        if writes && (self.fault.at / 3).is_multiple_of(2) {
            edit_by_hand(office);
        }
        act(office).expect("the next command works");
        assert_eq!(told(office), self.stages[self.act + 1].told, "as if there had been no fault");
        let store = &office.app.store;
        Scene { app: office.app, account: office.account.id }.assert_whole();
        assert_eq!(store.being_applied(office.account.id).expect("it works"), None);
    }
}

/// The form of a user whom the import does not touch: whatever is in its way, it ends first.
fn edit_by_hand(office: &Office<'_>) {
    let (user, key) = BY_HAND;
    let field = office.fields.by_key(key).expect("a field").number;
    let values = [(field, "by hand".to_owned())];
    let (app, account, user) = (office.app, office.account.id, office.ids[user]);
    let edited = import::edit(app, account, user, &values, office.account_now(), BOB);
    assert!(matches!(edited, Ok(Edited::Saved(_))), "{edited:?}");
}

/// Opens a database before an act; chance begins elsewhere in each process.
fn open(database: &str, act: usize, chance: u64) -> Ground {
    let mut ground = ::ground::open(database.to_owned());
    ground.context.clock = Clock::standing_at(NOW.plus((act as i64 + 1) * 100_000));
    ground.context.randomness = Randomness::sequence((chance << 8) + act as u64 + 77);
    ground.context.fixed_at_once = 1;
    ground
}

/// The office of a database that has one.
fn office(app: &Ground) -> Office<'_> {
    let account = app.store.account("acme").expect("it works").expect("the account");
    let fields = app.store.fields(account.id).expect("fields");
    let mut users = Users::new(&fields);
    app.store.users_after(account.id, 0, u64::MAX >> 1, 1_000, &mut users).expect("users");
    let ids = users.iter().map(|user| user.id()).collect();
    Office { app, account, fields, ids }
}

/// The databases before each act and after the last, done without faults.
fn stages(copies: &dyn Copies) -> Vec<Stage> {
    let mut stages = Vec::new();
    let mut database = copies.empty();
    Office::new(&open(&database, 0, 0));
    for act in 0..=ACTS.len() {
        let app = open(&database, act, 0);
        let told = told(&office(&app));
        drop(app);
        let next = copies.copy(&database);
        stages.push(Stage { database, told });
        database = next;
        if let Some((_, act_of)) = ACTS.get(act) {
            let app = open(&database, act, 0);
            act_of(&office(&app)).expect("no fault is planned");
        }
    }
    copies.drop(&database);
    stages
}

/// Tries each `step`-th statement of each act with each kind of fault, on as many threads as there are cores; tells how many there were.
fn enumerate(copies: &dyn Copies, kinds: &[FaultKind], step: usize) -> Vec<usize> {
    let stages = stages(copies);
    let tried = std::thread::scope(|scope| {
        let of_act = |act| {
            let stages = &stages;
            move || {
                let case = |at, kind| Case { act, fault: Fault { at, kind }, copies, stages };
                let statements = (1 + act as u64 % step as u64..).step_by(step);
                let all = |at: &u64| kinds.iter().filter(|kind| case(*at, **kind).happens()).count();
                statements.map(|at| all(&at)).take_while(|happened| *happened > 0).sum::<usize>()
            }
        };
        let acts: Vec<_> = (0..ACTS.len()).map(|act| scope.spawn(of_act(act))).collect();
        acts.into_iter().map(|act| act.join().expect("each case ends well")).collect()
    });
    for stage in &stages {
        copies.drop(&stage.database);
    }
    tried
}

#[test]
fn a_fault_at_any_statement_is_settled_by_the_next_command() {
    let copies = Files(tempfile::tempdir().expect("a folder"));
    let tried = enumerate(&copies, FaultKind::of(true), size("MUSTER_SOAK_FAULTS", 1));
    println!("faults on SQLite: {tried:?}, by act");
}

/// How many of PostgreSQL's statements there are to one that is tried.
const SEVENTH: usize = 7;

#[test]
fn and_on_postgresql_at_every_seventh() {
    on_postgres(|app| {
        let step = size("MUSTER_SOAK_FAULTS", SEVENTH);
        let tried = enumerate(&Templates(app.database.clone()), FaultKind::of(false), step);
        println!("faults on PostgreSQL, one of {step}: {tried:?}, by act");
    });
}
