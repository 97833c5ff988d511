//! The built program and PostgreSQL: what it is told of passwords, and what it tells.

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};

use ::ground::with_postgres;

/// Runs `muster migrate` with these variables and nothing else of ours.
fn migrate(url: &str, variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
    for name in ["MUSTER_DATABASE", "PGPASSWORD", "PGPASSFILE", "PGHOST", "PGUSER"] {
        command.env_remove(name);
    }
    command.args(["migrate", "--database", url]).envs(variables.iter().copied());
    command.output().expect("it runs")
}

#[test]
fn a_password_comes_from_the_environment_or_a_file_that_nobody_else_reads_and_is_never_told() {
    with_postgres(|database| {
        let (scheme, rest) = database.split_once("://").expect("an address");
        let (who, place) = rest.split_once('@').expect("somebody");
        let (user, password) = who.split_once(':').expect("a password");
        let bare = format!("{scheme}://{user}@{place}");
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("passwords");
        std::fs::write(&file, format!("# ours\n*:*:*:{user}:{password}\n")).expect("written");
        let named = file.display().to_string();
        let home = folder.path().display().to_string();
        let set = |mode| std::fs::set_permissions(&file, PermissionsExt::from_mode(mode)).expect("set");
        let file_of = |mode| {
            set(mode);
            migrate(&bare, &[("PGPASSFILE", &named)])
        };

        assert!(migrate(&bare, &[("PGPASSWORD", password)]).status.success());
        assert!(file_of(0o600).status.success());
        assert!(!file_of(0o644).status.success(), "others may read it");
        for (url, wrong) in [
            (bare.as_str(), [("PGPASSWORD", "not-the-secret"), ("HOME", home.as_str())]),
            ("postgres://ann:not-the-secret#@127.0.0.1/x", [("PGUSER", "ann"), ("HOME", &home)]),
            ("mysql://ann:not-the-secret@127.0.0.1/x", [("PGUSER", "ann"), ("HOME", &home)]),
        ] {
            let ended = migrate(url, &wrong);
            let told = [ended.stdout, ended.stderr].concat();
            let told = String::from_utf8_lossy(&told);
            assert_eq!(ended.status.code(), Some(1), "{told}");
            assert!(!told.contains("not-the-secret") && !told.is_empty(), "{told}");
        }
    });
}
