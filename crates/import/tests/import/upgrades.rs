//! Databases that earlier programs left behind, with an import in each state, open with today's: they go on and settle. Each folder of
//! `fixtures/` is named by its newest migration and holds the same story for both databases (`scripts/make-fixture` tells it). What is
//! asked here is what has to survive every migration, not how a plan looks inside.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ::import::Clock;
use ::import::{
    self, Completion, DownloadChoice, Fixed, Format, NewUpload, Reread, ReviewIssue, Target, Undone, Upload,
};
use ::store::{
    Account, Complete, FixKind, Import, ImportId, ImportKind, ImportState, PageStart, Sort, Time, Turn,
    UsersQuery,
};
use directory::{Chosen, Users, standard};
use ground::Ground;

use ground::scene::{Scene, rows, work_rows};
use ground::{with_postgres, with_sqlite};

use ImportKind::{File, Undo};
use ImportState::{Applying, Cancelled, Done, Failed, Reading, Review};

/// Account, file and kind; the states in which a fixture may have it; the one in which it comes to rest. Of two undos, one took back
/// the other.
const IMPORTS: &[(&str, &str, ImportKind, ImportState, ImportState)] = &[
    ("acme", "filled.csv", File, Done, Done),
    ("acme", "applied.csv", File, Done, Done),
    ("acme", "swapped.csv", File, Done, Done),
    ("acme", "undone.csv", File, Done, Done),
    ("acme", "undone.csv", Undo, Done, Done),
    ("acme", "hired.csv", File, Done, Done),
    ("acme", "withdrawn.csv", File, Done, Done),
    ("acme", "withdrawn.csv", Undo, Done, Done),
    ("acme", "twice.csv", File, Done, Done),
    ("acme", "twice.csv", Undo, Done, Done),
    ("acme", "overtakes.csv", File, Done, Done),
    ("acme", "errors.csv", File, Review, Review),
    ("acme", "conflicts.csv", File, Review, Review),
    ("acme", "returned.csv", File, Review, Review),
    ("acme", "fixed.csv", File, Review, Review),
    ("acme", "clean.csv", File, Review, Review),
    ("acme", "emptied.csv", File, Review, Review),
    ("acme", "column.csv", File, Review, Review),
    ("acme", "two-files.csv", File, Review, Review),
    ("acme", "without-ids.csv", File, Review, Review),
    ("acme", "creates.csv", File, Review, Review),
    // A plan of rows that share a User ID looks different since the fourth migration, which has its file read again.
    ("acme", "shared-ids.csv", File, Reading, Review),
    ("acme", "claims.csv", File, Review, Review),
    ("acme", "dry-run.csv", File, Review, Review),
    ("acme", "keyed.csv", File, Review, Review),
    ("acme", "failed.csv", File, Failed, Failed),
    ("acme", "cancelled.csv", File, Cancelled, Cancelled),
    ("acme", "reading-waits.csv", File, Reading, Review),
    // It was to complete by itself, but its download has no mark: since the third migration of the directory somebody looks at it first.
    ("acme", "reading-completes.csv", File, Reading, Review),
    ("acme", "reading-died.csv", File, Reading, Review),
    ("acme", "reading-again.csv", File, Reading, Review),
    ("acme", "applying-died.csv", File, Applying, Done),
    ("acme", "applying-waits.csv", File, Applying, Done),
    ("north", "north-undo.csv", File, Done, Done),
    ("north", "north-undo.csv", Undo, Reading, Done),
    ("north", "north-proved.csv", File, Applying, Done),
];

/// What is asked of everything that review lists.
const MANY: u32 = 1_000;

#[test]
fn it_opens_and_everything_in_it_can_be_read() {
    on_each(|app| {
        for (slug, file, kind, state, _) in IMPORTS {
            let found = found(app, slug, file, *kind);
            assert!(!found.is_empty(), "{slug} has no {file}");
            assert!(found.iter().all(|import| import.state == *state), "{file}: {found:?}");
        }
        for account in accounts(app) {
            all_imports(app, &account).iter().for_each(|import| read_all(app, import));
            whole(app, &account);
            directory_reads(app, &account);
        }
        fields_are_known(app);
        let priya = app.store.administrator("priya@acme.example").expect("it works").expect("she is there");
        let roles = app.store.memberships(priya.id).expect("roles");
        assert_eq!(roles.len(), 1, "{roles:?}");
        let account = account(app, "acme").id;
        let answered = app.store.answered(account, "a-key-of-the-fixture").expect("it works");
        assert!(answered.is_some(), "a request that was answered is known");
    });
}

#[test]
fn what_was_begun_settles() {
    on_each(|app| {
        settle(app);
        let expected: BTreeSet<String> =
            IMPORTS.iter().map(|(slug, file, kind, _, end)| line(slug, file, *kind, *end)).collect();
        let mut have = BTreeSet::new();
        for account in accounts(app) {
            for import in all_imports(app, &account) {
                read_all(app, &import);
                // A form's import is at its end, or forgotten by now.
                if import.kind == ImportKind::Form {
                    assert!(matches!(import.state, Done | Cancelled), "{import:?}");
                } else {
                    let file = import.file_name.as_deref().unwrap_or_default();
                    have.insert(line(&account.slug, file, import.kind, import.state));
                }
            }
            whole(app, &account);
            assert_eq!(app.store.being_applied(account.id).expect("it works"), None);
        }
        assert_eq!(have, expected);
        is_as_after(app, &one(app, "acme", "applying-died.csv", File));
        is_as_after(app, &one(app, "acme", "applying-waits.csv", File));
        is_as_after(app, &one(app, "north", "north-proved.csv", File));
        is_as_before(app, &one(app, "north", "north-undo.csv", File));
    });
}

#[test]
fn what_rests_in_review_goes_on_to_its_end() {
    on_each(|app| {
        settle(app);
        for (slug, file, kind, _, _) in IMPORTS.iter().filter(|(.., end)| *end == Review) {
            let import = one(app, slug, file, *kind);
            fix_and_undo(app, &import);
            // By now it was read by today's code.
            let before = (problems(app, &import), changes(app, &import));
            fix_and_undo(app, &import);
            let after = (problems(app, &import), changes(app, &import));
            assert_eq!(after, before, "{file}: a step that is undone leaves no trace");
            complete(app, &import);
            accounts(app).iter().for_each(|account| whole(app, account));
        }
        // What nobody had decided to change is as it was.
        let hired = one(app, "acme", "hired.csv", File);
        is_as_after(app, &hired);
    });
}

#[test]
fn a_step_that_an_earlier_program_undid_can_be_made_again() {
    on_each(|app| {
        let import = one(app, "acme", "fixed.csv", File);
        let undone = problems(app, &import);
        turn(app, &import, Turn::Redo);
        let redone = problems(app, &import);
        assert!(redone.is_subset(&undone) && redone.len() + 1 == undone.len(), "{redone:?} of {undone:?}");
        for left in (1..=5).rev() {
            turn(app, &import, Turn::Undo);
            let step = import::fix_steps(app, &import).expect("steps")[0].is_some();
            assert_eq!(step, left > 1, "five steps, and each can be undone");
        }
        assert_eq!(problems(app, &import), problems(app, &one(app, "acme", "errors.csv", File)));
    });
}

#[test]
fn what_was_done_can_be_undone_and_the_undo_too() {
    on_each(|app| {
        settle(app);
        for file in ["swapped.csv", "hired.csv"] {
            let done = one(app, "acme", file, File);
            is_as_after(app, &done);
            let undo = undo(app, &done);
            is_as_before(app, &done);
            whole(app, &account(app, "acme"));
            self::undo(app, &undo);
            is_as_after(app, &done);
        }
        // Users who were withdrawn by an undo come back by the undo of that.
        let before = account(app, "acme").users;
        undo(app, &one(app, "acme", "withdrawn.csv", Undo));
        let after = account(app, "acme");
        assert_eq!(after.users, before + 2);
        whole(app, &after);
    });
}

#[test]
fn user_ids_jump_once_and_the_present_revision_gets_a_mark() {
    on_each(|app| {
        let first = |app: &Ground| app.store.reserve_users(1).expect("a number");
        let jumped = first(app);
        assert!(jumped > 100, "{jumped} is one of those that every deployment has");
        let again = ground::open(app.database.clone());
        assert_eq!(first(&again), jumped + 1, "once");
        for of in accounts(&again) {
            let before = app.store.account(&of.slug).expect("it works").expect("it is there");
            let shown = |app: &Ground, of: &Account| app.store.shown(of.id, of.revision).expect("it works");
            assert_eq!(shown(&again, &of), shown(app, &before), "marks stay");
            assert_eq!(shown(&again, &of).mark.map(|mark| mark.len()), Some(4), "{}", of.slug);
            let chain = app.store.verify_chain(of.id).expect("it works");
            assert_eq!((chain.from, chain.revision, chain.altered), (of.revision, of.revision, None));
        }
        settle(app);
        for of in accounts(app) {
            let chain = app.store.verify_chain(of.id).expect("it works");
            assert_eq!((chain.revision, chain.altered), (of.revision, None), "{}", of.slug);
        }
    });
}

#[test]
fn a_download_without_a_mark_is_read_up_to_the_first_that_has_one_and_waits() {
    on_each(|app| {
        let acme = account(app, "acme");
        let upload = |key: String| {
            let new = NewUpload {
                file_name: "old.csv".to_owned(),
                actor: "token:payroll".to_owned(),
                complete: Complete::WhenCleanLargeNow,
                leave_out_errors: false,
                decisions: Vec::new(),
                keep: true,
            };
            let mut bytes = Vec::new();
            let everyone = DownloadChoice::everyone(Format::Csv);
            import::download(app, acme.id, &everyone, &mut bytes).expect("a download");
            let text = String::from_utf8(bytes).expect("UTF-8");
            let (titles, rest) = text.split_once("\r\n").expect("titles");
            let (keys, users) = rest.split_once("\r\n").expect("keys");
            let keys = keys.split_once(',').expect("columns").1;
            let mut upload = Upload::begin(app, acme.id, new);
            let text = format!("{titles}\r\n{key},{keys}\r\n{}", users.replacen("Ada", "Edna", 1));
            assert!(upload.write(text.as_bytes()).expect("kept"));
            let id = upload.finish().expect("an import");
            import::work_on(app, acme.id, id, "today", &mut |_| {}).expect("it rests")
        };
        let lineage = app.store.shown(acme.id, acme.revision).expect("it works").lineage;
        let at = |revision: u64| format!("user_id@acme.{revision}.{lineage}");
        let old = upload(at(acme.revision));
        assert_eq!((old.state, old.base, old.counts.errors), (Review, Some(acme.revision), 0), "{old:?}");
        let codes: Vec<_> = import::warnings(app, &old).expect("warnings");
        assert!(codes.iter().any(|(warning, _)| warning.code == directory::Code::UnmarkedRevision));
        let failed = |import: Import| import.failure.map(|failure| failure.code);
        assert_eq!(failed(upload(at(acme.revision + 1))).as_deref(), Some("wrong_past"));
        assert_eq!(
            failed(upload(format!("user_id@acme.{}.zz", acme.revision))).as_deref(),
            Some("wrong_past")
        );
    });
}

fn line(slug: &str, file: &str, kind: ImportKind, state: ImportState) -> String {
    format!("{slug} {file} {} {}", kind.word(), state.word())
}

/// Runs a test on a fresh copy of each fixture, on both databases.
fn on_each(test: impl Fn(&Ground)) {
    let fixtures = fixtures();
    assert!(!fixtures.is_empty(), "there is no fixture");
    for folder in &fixtures {
        println!("fixture {}", folder.display());
        with_sqlite(|address| {
            let made = load_sqlite(folder, &address);
            test(&open(address, made));
        });
        with_postgres(|address| {
            let made = load_postgres(folder, &address);
            test(&open(address, made));
        });
    }
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let entries = std::fs::read_dir(folder).expect("the folder of fixtures");
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    folders.sort();
    folders
}

/// When the last import of a fixture began.
const MADE: &str = "SELECT MAX(created_at) FROM import";

fn load_sqlite(folder: &Path, address: &str) -> Time {
    let path = address.strip_prefix("sqlite:").expect("SQLite's address");
    let load = |part: &str, file: &str| {
        let connection = rusqlite::Connection::open(file).expect("a new file");
        let sql = text(&folder.join(format!("{part}.sql")));
        connection.execute_batch(&format!("BEGIN; {sql} COMMIT")).expect("the fixture is good SQL");
        connection
    };
    load("directory", path);
    let work = load("work", &path.replace(".db", "-work.db"));
    Time(work.query_row(MADE, [], |row| row.get(0)).expect("a time"))
}

fn load_postgres(folder: &Path, address: &str) -> Time {
    let mut client = ground::see_all(address);
    client.batch_execute(&text(&folder.join("postgres.sql"))).expect("the fixture is good SQL");
    Time(client.query_one(MADE, &[]).expect("an import").get(0))
}

fn text(file: &Path) -> String {
    std::fs::read_to_string(file).expect("a file of the fixture")
}

/// Opens with today's code, a day after the fixture was made: every lease in it is over.
fn open(database: String, made: Time) -> Ground {
    const DAY: i64 = 24 * 60 * 60 * 1_000;
    let mut ground = ground::open(database);
    ground.context.clock = Clock::standing_at(made.plus(DAY));
    ground
}

fn accounts(app: &Ground) -> Vec<Account> {
    app.store.accounts().expect("accounts")
}

fn account(app: &Ground, slug: &str) -> Account {
    app.store.account(slug).expect("it works").expect("an account of the fixture")
}

/// Every import of an account, also those that no list shows.
fn all_imports(app: &Ground, account: &Account) -> Vec<Import> {
    let ids = work_rows(app, "SELECT id FROM import ORDER BY id");
    let ids = ids.iter().map(|id| ImportId::of_number(id.parse().expect("a number")));
    ids.filter_map(|id| app.store.import(account.id, id).expect("an import can be read")).collect()
}

fn found(app: &Ground, slug: &str, file: &str, kind: ImportKind) -> Vec<Import> {
    let mut all = all_imports(app, &account(app, slug));
    all.retain(|import| import.file_name.as_deref() == Some(file) && import.kind == kind);
    all
}

fn one(app: &Ground, slug: &str, file: &str, kind: ImportKind) -> Import {
    let mut found = found(app, slug, file, kind);
    assert_eq!(found.len(), 1, "{slug} {file}");
    found.remove(0)
}

fn again(app: &Ground, import: &Import) -> Import {
    app.store.import(import.account, import.id).expect("it works").expect("it is kept")
}

/// Works on all that waits.
fn settle(app: &Ground) {
    const MOST: usize = 200;
    let worked = (0..MOST).take_while(|_| import::work_once(app, "today").expect("a worker works")).count();
    assert!(worked < MOST, "there is no end to the work");
    assert_eq!(app.store.unfinished_imports().expect("a count"), 0, "all came to rest");
}

/// Every list that review has, to its end.
fn read_all(app: &Ground, import: &Import) {
    let name = format!("{} {:?}", import.id, import.file_name);
    problems(app, import);
    changes(app, import);
    import::conflicts(app, import, PageStart::Start, MANY).expect(&name);
    import::groups(app, import, MANY).expect(&name);
    import::warnings(app, import).expect(&name);
    import::damaged(app, import, MANY).expect(&name);
    import::left_out(app, import, MANY).expect(&name);
    import::rows_without_id(app, import).expect(&name);
    import::fix_steps(app, import).expect(&name);
    app.store.files(import.account, import.id).expect(&name);
}

/// File, row, field and kind of each thing that is wrong.
fn problems(app: &Ground, import: &Import) -> BTreeSet<(u16, u32, String, String)> {
    let wrong = |issue: &ReviewIssue| {
        let field = issue.field.as_ref().map_or("", |field| field.key.as_str());
        (issue.file, issue.row, field.to_owned(), format!("{:?}", issue.wrong.code))
    };
    issues(app, import).iter().map(wrong).collect()
}

fn issues(app: &Ground, import: &Import) -> Vec<ReviewIssue> {
    import::issues(app, import, PageStart::Start, MANY).expect("the issues of an import").items
}

/// Who gets what in which field; new users by their row.
fn changes(app: &Ground, import: &Import) -> BTreeSet<String> {
    let page = import::changes(app, import, PageStart::Start, MANY).expect("the changes of an import");
    let told = page.items.iter().map(|change| {
        format!("{:?} {:?} {}: {:?}", change.user, change.created_by, change.field.key, change.after.0)
    });
    told.collect()
}

/// The history tells the users, and the claims are theirs: each claim has its user, and each user their claims.
fn whole(app: &Ground, account: &Account) {
    Scene { app, account: account.id }.assert_whole();
    for table in ["login_key", "unique_key"] {
        let sql = format!(
            "SELECT key FROM {table} k WHERE NOT EXISTS
                 (SELECT 1 FROM users u WHERE u.account = k.account AND u.id = k.user_id AND u.withdrawn = 0)"
        );
        assert_eq!(rows(app, &sql), Vec::<String>::new(), "claims of nobody in {table}");
    }
}

/// Searching and downloading.
fn directory_reads(app: &Ground, account: &Account) {
    while !app.store.refresh_search(MANY as usize).expect("the index can be made") {}
    let fields = app.store.fields(account.id).expect("fields");
    let ada = UsersQuery {
        search: "ada stays".to_owned(),
        filters: Vec::new(),
        sort: Sort::Name,
        descending: false,
        cursor: None,
        limit: 10,
    };
    let page = app.store.users_page(account.id, &fields, &ada).expect("a search");
    assert_eq!(page.users.iter().count(), usize::from(account.slug == "acme"));
    let mut file = Vec::new();
    let everyone = DownloadChoice::everyone(Format::Csv);
    let users = import::download(app, account.id, &everyone, &mut file).expect("a download");
    assert_eq!(users, account.users);
}

/// One field went out of use, and one has another name than at first.
fn fields_are_known(app: &Ground) {
    let acme = account(app, "acme");
    let fields = app.store.fields(acme.id).expect("fields");
    let field = |key: &str| fields.by_key(key).expect("a field of the fixture");
    assert!(field("locker").retired && field("badge").unique);
    assert_eq!(field("desk").title, "Desk number");
    let first = one(app, "acme", "filled.csv", File).applied.expect("a revision");
    let then = app.store.fields_at(acme.id, first).expect("fields of then");
    let of_then = |key: &str| then.by_key(key).expect("a field of then");
    assert!(of_then("desk").title == "Desk" && !of_then("locker").retired);
}

/// What an import changed has the value that it was given, or before that.
fn is_as_after(app: &Ground, import: &Import) {
    assert_values(app, import, |_, after| after);
}

fn is_as_before(app: &Ground, import: &Import) {
    assert_values(app, import, |before, _| before);
}

fn assert_values(app: &Ground, import: &Import, which: fn(Option<String>, Option<String>) -> Option<String>) {
    let revision = import.applied.expect("it was applied");
    let fields = app.store.fields(import.account).expect("fields");
    let past = app.store.changes_at(import.account, revision, (0, 0), MANY as usize).expect("its changes");
    assert!(!past.is_empty());
    for cell in past {
        let mut users = Users::new(&fields);
        app.store.users_of(import.account, &[cell.user], &mut users).expect("users");
        let user = users.get(0).expect("the user, withdrawn or not");
        let (have, created) = (user.value(cell.field).map(str::to_owned), cell.field == standard::USER);
        let want = which(cell.before, cell.after);
        if created {
            assert_eq!(user.withdrawn(), want.is_none(), "{}", cell.user);
        } else {
            assert_eq!(have, want, "field {} of {}", cell.field.0, cell.user);
        }
    }
}

/// A fix of the first thing that can be fixed, and back.
fn fix_and_undo(app: &Ground, import: &Import) {
    let import = again(app, import);
    let fixed = import::fix(app, import.account, import.id, &[some_fix(app, &import)], "priya@acme.example");
    assert!(matches!(fixed, Ok(Fixed::Kept(..))), "{:?}: {fixed:?}", import.file_name);
    settle(app);
    turn(app, &import, Turn::Undo);
}

fn some_fix(app: &Ground, import: &Import) -> (Target, FixKind) {
    if let Some(issue) = issues(app, import).first() {
        return (Target::RowOf(issue.file, issue.row), FixKind::LeaveOut(true));
    }
    let conflicts = import::conflicts(app, import, PageStart::Start, MANY).expect("conflicts").items;
    if let Some(conflict) = conflicts.iter().find(|conflict| conflict.chosen.is_none()) {
        return (Target::Field(conflict.user.0, conflict.field.key.clone()), FixKind::Choose(Chosen::Now));
    }
    let changes = import::changes(app, import, PageStart::Start, MANY).expect("changes").items;
    let change = changes.first().expect("an import in review changes something");
    match (change.user, change.created_by) {
        (Some(user), _) => {
            (Target::Field(user, change.field.key.clone()), FixKind::Value(change.after.1.clone()))
        }
        (None, row) => (Target::Row(row.expect("a row creates the user")), FixKind::LeaveOut(true)),
    }
}

fn turn(app: &Ground, import: &Import, which: Turn) {
    let turned = import::turn_fixes(app, import.account, import.id, which);
    assert!(matches!(turned, Ok(Reread::Kept(_))), "{:?}: {turned:?}", import.file_name);
    settle(app);
    assert_eq!(again(app, import).state, Review, "{:?}", import.file_name);
}

/// Completes what can be completed. Review comes back as often as others changed what nobody saw; then it is completed again.
fn complete(app: &Ground, import: &Import) {
    const TRIES: usize = 3;
    for _ in 0..TRIES {
        let agreed = import::Agreed::All;
        let answer = import::complete_agreed(app, import.account, import.id, (None, true), agreed);
        assert!(matches!(answer, Ok(Completion::Started(_))), "{:?}: {answer:?}", import.file_name);
        settle(app);
        if again(app, import).state == Done {
            return;
        }
    }
    panic!("not completed: {:?}", again(app, import));
}

fn undo(app: &Ground, import: &Import) -> Import {
    let undone = import::undo(app, import.account, import.id, "priya@acme.example").expect("it works");
    let Undone::Started(id) = undone else { panic!("{:?}: {undone:?}", import.file_name) };
    settle(app);
    let undo = app.store.import(import.account, id).expect("it works").expect("it is kept");
    assert_eq!((undo.state, undo.counts.conflicts), (Done, 0), "{undo:?}");
    undo
}
