//! How fast the store is on SQLite, beside the least that the engine itself takes for the same rows.
//!
//!     cargo run --release -p muster --example store_speed -- FOLDER [USERS [ROUNDS [scan|apply|pages]]]
//!
//! The folder keeps the database for the next run. Every figure is the median of its rounds, ours and the bare one by turns.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use ::store::{
    Account, Application, Complete, Cursor, ImportId, ImportKind, ImportState, NewImport, Outcome,
    Randomness, Settled, Sort, Store, Time, UsersQuery,
};
use directory::{Counts, Field, FieldNumber, Fields, Kind, Place, PlanCell, State, UserId, Users, standard};

type Done<T = ()> = Result<T, Box<dyn Error>>;

const NOW: Time = Time(1_795_338_000_000);
const FIRST: [&str; 12] = [
    "Ann", "Bob", "Chloé", "Dmitri", "Emeka", "Fatima", "Grace", "Hiroshi", "Ines", "Jürgen", "Kwame", "Lena",
];
const LAST: [&str; 16] = [
    "Abara", "Brown", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad", "Ito", "Jones",
    "Kowalski", "Lee", "Müller", "Nguyen", "Okafor", "Smith",
];

fn main() -> Done {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(arguments.first().ok_or("a folder is wanted")?);
    let users: u64 = arguments.get(1).map_or(Ok(1_000_000), |text| text.parse())?;
    let rounds: usize = arguments.get(2).map_or(Ok(5), |text| text.parse())?;
    std::fs::create_dir_all(folder)?;
    let file = folder.join("speed.db");
    let store = Store::open(&format!("sqlite:{}", file.display()), &Randomness::sequence(1), NOW)?;
    let account = match store.account("acme")? {
        Some(account) => account,
        None => filled(&store, users)?,
    };
    let bench = Bench { store: &store, fields: store.fields(account.id)?, account, file: &file, rounds };
    let wanted = |part| arguments.get(3).is_none_or(|only| only == part);
    if wanted("scan") {
        bench.scan()?;
    }
    if wanted("apply") {
        bench.applies()?;
    }
    if wanted("pages") { bench.pages() } else { Ok(()) }
}

/// An account with three fields of its own and so many users.
fn filled(store: &Store, count: u64) -> Done<Account> {
    let account = store.create_account("acme", "Acme", NOW)?.ok_or("the slug is taken")?;
    for key in ["site", "shift", "badge"] {
        let field = Field::new(FieldNumber(0), key, key, Kind::Text);
        store.save_field(account.id, &field, "bench", NOW)?.map_err(|_| "the key is taken")?;
    }
    let fields = store.fields(account.id)?;
    let (started, mut users) = (now(), Users::new(&fields));
    for chunk in 0..count.div_ceil(10_000) {
        let many = 10_000.min(count - chunk * 10_000);
        let first = store.reserve_users(many)?;
        users.clear();
        (first..first + many).for_each(|number| add_user(&mut users, number));
        store.create_users(account.id, &users, "generated", "bench", NOW)?;
    }
    println!("{count} users created in {:.1} s", started.elapsed().as_secs_f64());
    let started = now();
    while !store.refresh_search(10_000)? {}
    println!("the search of them built in {:.1} s", started.elapsed().as_secs_f64());
    Ok(store.account("acme")?.ok_or("the account is gone")?)
}

fn add_user(users: &mut Users, number: u64) {
    let Some(id) = UserId::from_number(number) else { return };
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    let (first, last) = (FIRST[(mixed % 12) as usize], LAST[(mixed / 12 % 16) as usize]);
    let last = format!("{last}-{}", mixed / 192 % 5_000);
    let texts = [
        first.to_owned(),
        last.clone(),
        format!("{}.{}.{number}@acme.example", first.to_lowercase(), last.to_lowercase()),
        String::new(),
        if mixed.is_multiple_of(9) { "inactive" } else { "active" }.to_owned(),
        format!("Specialist {}", mixed % 40),
        (mixed % 12 + 1).to_string(),
        UserId::from_number(1 + mixed % 50_000).map(|id| id.to_string()).unwrap_or_default(),
        format!("+44163296{:04}", mixed % 10_000),
        format!("{number:08}"),
        format!("20{:02}-{:02}-{:02}", mixed % 26, mixed % 12 + 1, mixed % 28 + 1),
        format!("{};{}", mixed % 3 + 1, mixed % 3 + 5),
        "en-GB".to_owned(),
        format!("Site {}", mixed % 200),
        format!("Shift {}", mixed % 3),
        format!("B-{number}"),
    ];
    users.begin(id, 0, false);
    texts.iter().enumerate().for_each(|(slot, text)| users.set(slot, Some(text)));
}

struct Bench<'b> {
    store: &'b Store,
    account: Account,
    fields: Fields,
    file: &'b Path,
    rounds: usize,
}

impl Bench<'_> {
    /// All users with all their values, against the same rows read by the driver alone.
    fn scan(&self) -> Done {
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..self.rounds {
            ours.push(timed(|| self.scan_ours())?);
            bare.push(timed(|| self.scan_bare())?);
        }
        report("users_after, all users", &mut ours, &mut bare);
        Ok(())
    }

    fn scan_ours(&self) -> Done {
        let (mut users, mut after, mut seen) = (Users::new(&self.fields), 0, 0);
        loop {
            self.store.users_after(self.account.id, after, u64::MAX >> 1, 4_096, &mut users)?;
            let Some(last) = users.len().checked_sub(1).and_then(|last| users.get(last)) else { break };
            after = last.id().number();
            seen += users.len();
        }
        same(seen as i64, self.account.users)
    }

    fn scan_bare(&self) -> Done {
        let connection = self.bare()?;
        let sql = "SELECT id, revision, withdrawn, custom, first_name, last_name, email, username, status, job_title, department,
                          manager, phone, employee_number, start_date, segments, language FROM users WHERE account = 1";
        let mut statement = connection.prepare(sql)?;
        let (mut rows, mut seen, mut bytes) = (statement.query([])?, 0, 0);
        while let Some(row) = rows.next()? {
            let _: (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            for column in 3..17 {
                bytes += row.get_ref(column)?.as_str_or_null()?.map_or(0, str::len);
            }
            seen += 1;
        }
        same(seen, self.account.users)?;
        if bytes == 0 { Err("nothing was read".into()) } else { Ok(()) }
    }

    fn bare(&self) -> Done<rusqlite::Connection> {
        let connection = rusqlite::Connection::open(self.file)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;",
        )?;
        Ok(connection)
    }

    /// One user in ten edited, in one field, against prepared updates of the same rows with their history.
    fn applies(&self) -> Done {
        let kinds = [
            ("apply, job title", standard::JOB_TITLE, "job_title"),
            ("apply, a field of the account's own", FieldNumber(101), "custom"),
            ("apply, last name", standard::LAST_NAME, "last_name"),
            ("apply, email", standard::EMAIL, "email"),
        ];
        for (name, field, column) in kinds {
            let (mut ours, mut bare) = (Vec::new(), Vec::new());
            for _ in 0..self.rounds {
                ours.push(self.apply_ours(field)?);
                bare.push(self.apply_bare(field, column)?);
            }
            report(name, &mut ours, &mut bare);
        }
        Ok(())
    }

    /// A tenth of the users: the id, the value now, the value to be.
    fn edits(&self, field: FieldNumber) -> Done<Vec<(UserId, Option<String>, String)>> {
        let (mut users, mut after, mut edits) = (Users::new(&self.fields), 0, Vec::new());
        loop {
            self.store.users_after(self.account.id, after, u64::MAX >> 1, 4_096, &mut users)?;
            for user in users.iter().filter(|user| user.id().number() % 10 == 3) {
                let now = user.value(field).unwrap_or("");
                edits.push((user.id(), user.value(field).map(str::to_owned), turned(now)));
            }
            let Some(last) = users.len().checked_sub(1).and_then(|last| users.get(last)) else { break };
            after = last.id().number();
        }
        Ok(edits)
    }

    fn apply_ours(&self, field: FieldNumber) -> Done<Duration> {
        let (store, account) = (self.store, self.account.id);
        let revision = store.account_now(account)?.revision;
        let import = ImportId::new(NOW.plus(revision as i64), 0);
        store.begin_import(account, &new_import(import))?;
        let lease = store.claim(Some((account, import)), "bench", NOW, NOW)?.ok_or("no lease")?;
        for chunk in self.edits(field)?.chunks(4_096) {
            let cells: Vec<PlanCell> = chunk.iter().map(|edit| cell(edit, field)).collect();
            store.stage(&lease, &cells, &[])?;
        }
        store.settle(&lease, &review(revision))?;
        store.move_import(account, import, ImportState::Review, ImportState::Applying, Some(1), false)?;
        let lease = store.claim(Some((account, import)), "bench", NOW, NOW)?.ok_or("no lease")?;
        store.enter_applying(account, import, 1, lease.fence, NOW)?;
        let application = Application {
            account,
            import,
            kind: ImportKind::File,
            actor: "bench",
            fence: lease.fence,
            revision,
            undoes: None,
            at: NOW,
        };
        let mut outcome = Outcome::Fenced;
        let took = timed(|| {
            outcome = store.apply(&application, &self.fields, |_| ())?;
            Ok(())
        })?;
        store.forget_import(account, import)?;
        if matches!(outcome, Outcome::Applied(_)) { Ok(took) } else { Err(format!("{outcome:?}").into()) }
    }

    fn apply_bare(&self, field: FieldNumber, column: &str) -> Done<Duration> {
        let edits = self.edits(field)?;
        let connection = self.bare()?;
        let revision = self.store.account_now(self.account.id)?.revision as i64 + 1;
        let set = match field {
            standard::LAST_NAME => "last_name = ?1, name_key = LOWER(?1) || ' ' || first_name",
            standard::EMAIL => "email = ?1, sign_in_key = ?1",
            FieldNumber(101) => "custom = '{\"101\":\"' || ?1 || SUBSTR(custom, INSTR(custom, '\",\"102'))",
            _ => &format!("{column} = ?1"),
        };
        timed(|| {
            connection
                .execute_batch("BEGIN IMMEDIATE; UPDATE account SET revision = revision + 1 WHERE id = 1")?;
            if field == standard::EMAIL {
                let mut release = connection.prepare("DELETE FROM login_key WHERE kind = 1 AND key = ?1")?;
                for (_, before, _) in &edits {
                    release.execute([before.as_deref().unwrap_or("").to_lowercase()])?;
                }
            }
            let sql = format!("UPDATE users SET {set}, revision = ?2 WHERE account = 1 AND id = ?3");
            let mut update = connection.prepare(&sql)?;
            let mut history = connection.prepare("INSERT INTO history (account, revision, user_id, field, before, after) VALUES (1, ?1, ?2, ?3, ?4, ?5)")?;
            let mut claim = connection.prepare("INSERT INTO login_key VALUES (1, ?1, 1, ?2)")?;
            for (user, before, after) in &edits {
                let id = user.number() as i64;
                update.execute((after, revision, id))?;
                history.execute((revision, id, field.0, before, after))?;
                if field == standard::EMAIL {
                    claim.execute((after.to_lowercase(), id))?;
                }
            }
            drop((update, history, claim));
            connection.execute(
                "INSERT INTO revision (account, revision, kind, actor, users, cells, at) VALUES (1, ?1, 'file', 'bare', ?2, ?2, 0)",
                (revision, edits.len() as i64),
            )?;
            Ok(connection.execute_batch("COMMIT")?)
        })
    }

    /// Pages of 50: the first, one deep inside and the one before it, in every order; searches of many kinds.
    fn pages(&self) -> Done {
        let started = now();
        while !self.store.refresh_search(2_000)? {}
        println!("the search brought up to date in {:.1} s", started.elapsed().as_secs_f64());
        let query = UsersQuery { limit: 50, ..UsersQuery::default() };
        for (sort, word) in Sort::ALL {
            let deep = match sort {
                Sort::Name => Cursor { key: "jones-2500 grace".to_owned(), id: 500_000, before: false },
                Sort::SignIn => Cursor { key: "grace.jones".to_owned(), id: 500_000, before: false },
                Sort::Created | Sort::Field(_) => Cursor { key: String::new(), id: 500_000, before: false },
            };
            let cursors = [None, Some(deep.clone()), Some(Cursor { before: true, ..deep })];
            for (cursor, place) in cursors.into_iter().zip(["first", "deep", "before it"]) {
                for descending in [false, true] {
                    let query = UsersQuery { sort, descending, cursor: cursor.clone(), ..query.clone() };
                    self.page(&format!("page by {word}, {place}, descending: {descending}"), &query)?;
                }
            }
        }
        let searches = [
            "e",
            "an",
            "ann",
            "smith",
            "smith-4999",
            "zhang",
            "李",
            "김",
            "maria garcia",
            "n.ng",
            "zzzz",
            "xq",
            "lena",
            "500123@",
            "acme",
            "00000777",
            "engineer",
        ];
        for search in searches {
            for (sort, word) in Sort::ALL {
                for descending in [false, true] {
                    let query = UsersQuery { sort, descending, search: search.to_owned(), ..query.clone() };
                    self.page(&format!("search '{search}' by {word}, descending: {descending}"), &query)?;
                }
            }
            let query = UsersQuery { search: search.to_owned(), ..query.clone() };
            let mut found = 0;
            let mut took = (0..self.rounds).map(|_| {
                timed(|| {
                    found = self.store.count_users(self.account.id, &query, 10_000)?.users;
                    Ok(())
                })
            });
            let mut took = took.by_ref().collect::<Done<Vec<_>>>()?;
            println!("{:52} {:>9.2} ms, {found}", format!("count '{search}'"), median(&mut took) * 1_000.0);
        }
        Ok(())
    }

    fn page(&self, name: &str, query: &UsersQuery) -> Done {
        let mut shown = 0;
        let rounds = (0..self.rounds).map(|_| {
            timed(|| {
                shown = self.store.users_page(self.account.id, &self.fields, query)?.users.len();
                Ok(())
            })
        });
        let mut took = rounds.collect::<Done<Vec<_>>>()?;
        println!("{name:52} {:>9.2} ms, {shown} users", median(&mut took) * 1_000.0);
        Ok(())
    }
}

/// Another value each time, and a unique one where it has to be.
fn turned(now: &str) -> String {
    match now.strip_suffix('~') {
        Some(plain) => plain.to_owned(),
        None => format!("{now}~"),
    }
}

fn cell((user, now, mine): &(UserId, Option<String>, String), field: FieldNumber) -> PlanCell {
    PlanCell {
        place: Place::User(*user),
        field,
        file: 1,
        row: 3,
        column: 2,
        raw: Some(mine.clone()),
        base: now.clone(),
        now: now.clone(),
        mine: Some(mine.clone()),
        state: State::Change,
        wrong: None,
        chosen: None,
        hidden: false,
    }
}

fn new_import(id: ImportId) -> NewImport {
    NewImport {
        id,
        state: ImportState::Reading,
        kind: ImportKind::File,
        file_name: None,
        actor: "bench".to_owned(),
        complete: Complete::Never,
        keep: true,
        leave_out_errors: false,
        undoes: None,
        decisions: Vec::new(),
        at: NOW,
    }
}

fn review(revision: u64) -> Settled {
    Settled {
        state: ImportState::Review,
        plan: 1,
        revision: Some(revision),
        base: None,
        applied: None,
        counts: Counts::default(),
        failure: None,
        finished_at: None,
    }
}

fn report(name: &str, ours: &mut [Duration], bare: &mut [Duration]) {
    let (ours, bare) = (median(ours), median(bare));
    println!("{name:52} {ours:>9.3} s, bare {bare:.3} s, ratio {:.2}", ours / bare);
}

fn median(times: &mut [Duration]) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures")]
fn now() -> Instant {
    Instant::now()
}

fn timed(work: impl FnOnce() -> Done) -> Done<Duration> {
    let started = now();
    work()?;
    Ok(started.elapsed())
}

fn same(found: i64, expected: i64) -> Done {
    if found == expected { Ok(()) } else { Err(format!("{found} users instead of {expected}").into()) }
}
