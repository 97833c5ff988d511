//! Who looks after an organisation, its users and its database by the command line.

use std::process::Stdio;

use super::machine::{Machine, ended};

#[test]
fn a_password_is_read_from_stdin_and_has_to_be_long() {
    use std::io::Write;
    let machine = Machine::new();
    machine.run("account create acme --name Acme").ends(0);
    for (password, code, said) in [("short\n", 1, "too short"), ("correct horse battery\n", 0, "can sign in")]
    {
        let mut command =
            machine.command("admin create pat@acme.example --account acme --role owner --password-stdin");
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        child.stdin.take().expect("a pipe").write_all(password.as_bytes()).expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        let told = [output.stdout, output.stderr].concat();
        assert_eq!(output.status.code(), Some(code));
        assert!(String::from_utf8_lossy(&told).contains(said), "{}", String::from_utf8_lossy(&told));
    }
}

#[test]
fn a_digest_that_was_written_down_proves_the_past() {
    let machine = Machine::with_users(20);
    let verified = machine.run("verify --account acme").ends(0);
    let digest = verified.text().trim().to_owned();
    let (revision, hexadecimal) = digest.split_once('.').expect("a revision and a digest");
    let next = revision.parse::<u64>().expect("a number") + 1;
    assert_eq!(hexadecimal.len(), 64, "{digest}");
    assert!(verified.stderr.contains("nothing that was written after revision 0 was altered"));
    machine.edited(2);
    machine.run("import edited.csv --account acme --apply").ends(0);
    let later = machine.run(&format!("verify --account acme --against {digest}")).ends(0).text();
    assert!(later.starts_with(&format!("{next}.")) && later.trim() != digest, "{later}");
    let other = if digest.ends_with('0') { '1' } else { '0' };
    let another = format!("verify --account acme --against {}{other}", &digest[..digest.len() - 1]);
    assert!(machine.run(&another).ends(1).stderr.contains("another past"));
    assert!(machine.run("verify --account acme --against 99.aa").ends(1).stderr.contains("another past"));
    machine.run("verify --account acme --against yesterday").ends(1);
    let file = ::ground::open(format!("sqlite:{}", machine.path("muster.db").display()));
    let sql = format!("UPDATE history SET after = 'Mallory' WHERE revision = {next}");
    ::ground::scene::rows(&file, &sql);
    let altered = machine.run("verify --account acme").ends(1);
    assert!(
        altered.stderr.contains(&format!("Revision {next} is not what was written"))
            && altered.stdout.is_empty()
    );
}

#[test]
fn the_doctor_says_what_is_wrong_and_mends_what_it_can() {
    let machine = Machine::with_users(20);
    let sound = machine.run("doctor").ends(0);
    assert_eq!((sound.text().as_str(), sound.stderr.as_str()), ("", "The database is sound.\n"));
    let file = rusqlite::Connection::open(machine.path("muster.db")).expect("it opens");
    file.execute_batch(
        "UPDATE account SET users = 3; DELETE FROM login_key WHERE user_id = (SELECT MIN(id) FROM users)",
    )
    .expect("damaged");
    drop(file);
    let sick = machine.run("doctor").ends(2);
    let words: Vec<String> =
        sick.text().lines().filter_map(|line| line.split('\t').next().map(str::to_owned)).collect();
    assert_eq!(words, ["users_counted", "unclaimed"], "{}", sick.text());
    assert!(sick.text().contains("acme: the count of users is wrong: there are 20."), "{}", sick.text());
    // A download of fewer users than are counted is no download.
    let refused = machine.run("download --account acme -o all.xlsx").ends(1);
    assert!(refused.stderr.contains("20 users could be read, and there are 3"), "{}", refused.stderr);
    assert!(!machine.path("all.xlsx").exists());
    let mended = machine.run("doctor --repair").ends(0);
    assert_eq!(mended.stderr.matches("mended: ").count(), 2, "{}", mended.stderr);
    machine.run("download --account acme -o all.xlsx").ends(0);
}

#[test]
fn a_work_file_that_is_gone_is_told_and_a_new_one_is_begun_when_that_is_typed() {
    let machine = Machine::with_users(3);
    std::fs::remove_file(machine.path("muster-work.db")).expect("it was there");
    let refused = machine.run("users list --account acme").ends(1);
    assert!(refused.stderr.contains("muster-work.db is missing"), "{}", refused.stderr);
    assert!(!machine.path("muster-work.db").exists(), "looking makes none");
    machine.run("--new-work-file users list --account acme").ends(0);
    machine.edited(1);
    machine.run("import edited.csv --account acme --apply").ends(0);
}

#[test]
fn who_looks_after_users_is_listed_signed_out_and_removed() {
    let machine = Machine::new();
    machine.run("account create acme --name Acme").ends(0);
    for (name, role) in [("pat", "owner"), ("sam", "viewer")] {
        machine.run(&format!("admin create {name}@a.example --account acme --role {role}")).ends(0);
    }
    let listed = machine.run("admin list --account acme").ends(0).text();
    assert_eq!(listed, "pat@a.example\towner\t1\t-\nsam@a.example\tviewer\t2\t-\n");
    let out = machine.run("admin sign-out pat@a.example").ends(0);
    assert!(out.text().contains("signed out everywhere"), "{}", out.text());
    assert!(out.stderr.contains("sessions-ended") && out.stderr.contains("cli:pat"), "{}", out.stderr);
    assert!(machine.run("admin reset-factor pat@a.example").ends(1).stderr.contains("has no second factor"));
    for words in ["admin remove pat@a.example", "admin create pat@a.example --role editor"] {
        let last = machine.run(&format!("{words} --account acme")).ends(1);
        assert!(last.stderr.contains("pat@a.example is the last owner of acme"), "{}", last.stderr);
    }
    machine.run("admin create kit@a.example --account acme --role owner").ends(0);
    machine.run("admin remove kit@a.example --account acme").ends(0);
    machine.run("admin remove sam@a.example --account acme").ends(0);
    assert!(machine.run("admin remove sam@a.example --account acme").ends(1).stderr.contains("has no role"));
    assert!(
        machine.run("admin sign-out kim@a.example").ends(1).stderr.contains("no administrator kim@a.example")
    );
    assert_eq!(machine.run("admin list --account acme").ends(0).text().lines().count(), 1);
    let asks = machine.run("account set acme --require-second-factor true").ends(0);
    assert!(asks.text().contains("1 administrator has none yet"), "{}", asks.text());
    assert!(asks.stderr.contains("setting-changed"), "{}", asks.stderr);
    machine.run("account set acme --require-second-factor false").ends(0);
    machine.run("account set acme").ends(1);
    machine.run("admin remove pat@a.example --account acme --last-owner").ends(0);
    assert_eq!(machine.run("admin list --account acme").ends(0).text(), "");
}

#[test]
fn an_organisation_has_no_more_than_its_operator_allows() {
    let machine = Machine::with_users(20);
    let said = machine.run("account quota acme --waiting 2 --users 25 --mebibytes 3 --fields 1").ends(0);
    let lines = ["uploads\t0\t10000", "bytes\t0\t3145728", "waiting\t0\t2", "users\t20\t25", "fields\t0\t1"];
    assert_eq!(said.text().lines().collect::<Vec<_>>(), lines);
    assert!(
        said.stderr.contains("setting-changed") && said.stderr.contains("quota=waiting most=2"),
        "{}",
        said.stderr
    );
    machine.run("account quota acme --users many").ends(1);
    machine.run("account quota acme --users -1").ends(1);
    let field = "field create site --account acme --title Site --type text";
    let made = machine.run(field).ends(0);
    assert!(made.stderr.contains("There are 1 of 1 fields of its own."), "{}", made.stderr);
    let refused = machine.run(&field.replace("site", "place").replace("Site", "Place")).ends(1);
    assert!(refused.stderr.contains("There are 1 of 1 fields of its own. Retire one"), "{}", refused.stderr);
    assert!(machine.run("users generate --account acme --count 6").ends(1).stderr.contains("20 of 25 users"));
    machine.edited(1);
    for _ in 0..2 {
        machine.run("import edited.csv --account acme").ends(0);
    }
    let refused = machine.run("import edited.csv --account acme").ends(1);
    assert!(refused.stderr.contains("2 of 2 imports wait, so this one was not begun."), "{}", refused.stderr);
    machine.run("account quota acme --waiting usual").ends(0);
    machine.run("import edited.csv --account acme").ends(0);
}

#[test]
fn tokens_are_listed_and_revoked() {
    let machine = Machine::new();
    machine.run("account create acme --name Acme").ends(0);
    let token =
        machine.run("token create --account acme --role viewer --name payroll --days 7").ends(0).text();
    let listed = machine.run("token list --account acme").ends(0).text();
    let parts: Vec<&str> = listed.trim_end().split('\t').collect();
    assert_eq!((parts.len(), parts[1], parts[2]), (5, "payroll", "viewer"), "{listed}");
    assert!(parts[0].len() == 12 && parts[4].ends_with('Z') && !listed.contains(token.trim()), "{listed}");
    assert!(
        machine.run("token revoke salaries --account acme").ends(1).stderr.contains("has no token salaries")
    );
    let revoked = machine.run(&format!("token revoke {} --account acme", parts[0])).ends(0);
    assert!(
        revoked.text().contains("1 token was taken away") && revoked.stderr.contains("token-revoked"),
        "{}",
        revoked.stderr
    );
    assert_eq!(machine.run("token list --account acme").ends(0).text(), "");
}

#[test]
fn a_password_that_is_guessed_first_is_not_taken() {
    let machine = Machine::new();
    machine.run("account create acme --name Acme").ends(0);
    for (password, words) in [
        ("password1234", "among the first that are guessed"),
        ("pat.jones@a.example", "your email or the name"),
        ("everything at acme", "your email or the name"),
        ("seven quiet herons", ""),
    ] {
        let mut command =
            machine.command("admin create pat.jones@a.example --account acme --role owner --password-stdin");
        std::fs::write(machine.path("password"), password).expect("a file");
        command.stdin(std::fs::File::open(machine.path("password")).expect("a file"));
        let done = ended(&mut command).ends(i32::from(!words.is_empty()));
        assert!(done.stderr.contains(words), "{password}: {}", done.stderr);
    }
}

#[test]
fn users_are_listed_in_any_order_found_by_marked_fields_and_erased() {
    let machine = Machine::with_users(30);
    machine
        .run("field create nickname --account acme --title Nickname --type text --found-by-search")
        .ends(0);
    machine.run("field create day --account acme --title Day --type date --found-by-search").ends(1);
    assert!(
        machine
            .run("field list --account acme")
            .ends(0)
            .text()
            .contains("nickname\ttext\tNickname\tfound by search")
    );
    machine.run("change --account acme --search a --set nickname=Zyx --apply --large").ends(0);
    let found = |machine: &Machine| {
        machine.run("users list --account acme --search zyx").ends(0).text().lines().count()
    };
    assert!(found(&machine) > 0);
    machine.run("field change nickname --account acme --found-by-search false").ends(0);
    assert_eq!(found(&machine), 0);
    machine.run("field change nickname --account acme --found-by-search perhaps").ends(1);
    machine.run("field change department --account acme --found-by-search true").ends(1);
    let listed = |sort: &str| {
        let users = machine.run(&format!("users list --account acme --json --sort {sort}")).ends(0).json();
        let users = users["items"].as_array().expect("users").clone();
        users.iter().map(|user| user["start_date"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    let upwards: Vec<String> = listed("start_date").into_iter().flatten().collect();
    assert!(upwards.len() > 1 && upwards.is_sorted(), "{upwards:?}");
    let mut downwards: Vec<String> = listed("-start_date").into_iter().flatten().collect();
    downwards.reverse();
    assert_eq!(downwards, upwards);
    assert!(machine.run("users list --account acme --sort shoe").ends(1).stderr.contains("sort is name"));
    let line = machine.run("users list --account acme").ends(0).text();
    let mut first = line.lines().next().expect("a user").split('\t');
    let (id, name) = (first.next().expect("an id"), first.next().expect("a name"));
    let erase = |id: &str, name: &str| {
        ended(machine.command(&format!("users erase {id} --account acme --name")).arg(name))
    };
    assert!(erase(id, "Somebody Else").ends(1).stderr.contains("another name"));
    assert!(erase(id, name).ends(0).text().contains("was erased"));
    erase(id, name).ends(1);
    assert_eq!(machine.run("users list --account acme").ends(0).text().lines().count(), 29);
    machine.run("verify --account acme").ends(0);
    machine.run("doctor").ends(0);
}

#[test]
fn an_organisation_is_suspended_let_in_again_and_removed() {
    let machine = Machine::with_users(3);
    machine.run("account create globex --name Globex").ends(0);
    machine.run("token create --account acme --role owner").ends(0);
    machine.run("account suspend acme").ends(1);
    let suspended = machine.run("account suspend acme --why Unpaid").ends(0);
    assert!(suspended.stderr.contains("setting-changed"), "{}", suspended.stderr);
    machine.run("account resume acme").ends(0);
    for typed in ["", " --yes globex", " --yes ACME"] {
        let refused = machine.run(&format!("account remove acme{typed}")).ends(1);
        assert!(refused.stderr.contains("type exactly acme"), "{typed}: {}", refused.stderr);
    }
    assert!(machine.run("account list").ends(0).text().starts_with("acme\t3\t"));
    let removed = machine.run("account remove acme --yes acme").ends(0);
    assert!(removed.text().contains("acme was removed"), "{}", removed.text());
    assert!(removed.stderr.contains("account-removed"), "{}", removed.stderr);
    assert!(machine.run("account list").ends(0).text().starts_with("globex\t"));
    assert!(
        machine.run("account remove acme --yes acme").ends(1).stderr.contains("there is no account acme")
    );
    machine.run("account create acme --name Again").ends(1);
    machine.run("doctor").ends(0);
}

#[test]
fn who_did_what_is_listed_the_newest_first_and_narrowed() {
    let machine = Machine::with_users(5);
    machine.run("token create --account acme --role editor --name payroll").ends(0);
    machine.run("download --account acme -o all.csv").ends(0);
    let lines = |words: &str| -> Vec<Vec<String>> {
        let told = machine.run(&format!("activity --account acme {words}")).ends(0).text();
        told.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
    };
    let all = lines("");
    let events: Vec<&str> = all.iter().map(|line| line[1].as_str()).collect();
    assert_eq!(events, ["downloaded", "token-made", "account-made"], "the newest first");
    let [at, _, who, from, about] = all[0].as_slice() else { panic!("{all:?}") };
    assert!(
        at.contains('T') && who.starts_with("cli:") && from == "-" && about.contains("users=5"),
        "{all:?}"
    );
    assert_eq!(lines("--event token-made"), [all[1].clone()]);
    assert_eq!(lines(&format!("--who {who}")), all);
    assert_eq!(lines("--limit 1"), [all[0].clone()]);
    let day = &at[..10];
    assert_eq!(lines(&format!("--from {day} --to {day} --event downloaded")), [all[0].clone()]);
    for none in ["--who token:payroll", "--to 2001-01-01", "--event signed-in"] {
        assert_eq!(lines(none), [[""; 0]; 0], "{none}");
    }
}

#[test]
fn the_activity_as_csv_is_an_act_itself_and_nonsense_is_refused() {
    let machine = Machine::with_users(5);
    let sent = machine.run("activity --account acme --csv").ends(0).text();
    let (head, rest) = sent.split_once("\r\n").expect("a row of titles");
    assert!(head.contains(',') && rest.contains("account-made") && rest.contains("cli:"), "{sent}");
    let told = machine.run("activity --account acme --limit 1").ends(0).text();
    assert!(told.contains("\tactivity-sent\t"), "{told}");
    for nonsense in ["--event nonsense", "--from yesterday", "--csv --limit 3", "--limit 0"] {
        machine.run(&format!("activity --account acme {nonsense}")).ends(1);
    }
    let unknown = machine.run("activity --account globex").ends(1);
    assert!(unknown.stderr.contains("there is no account globex"), "{}", unknown.stderr);
}
