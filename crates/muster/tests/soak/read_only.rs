//! A database on a disk that can only be read: each command ends with one sentence, and nothing hangs.
//!
//! The disk is a folder that is mounted over itself, in a namespace of its own; so it needs no root, but a system that lets users have
//! namespaces.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs a command of the program in a folder, which can only be read when that is said.
fn run(folder: &Path, words: &str, read_only: bool) -> Output {
    let mount = "mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\" || exit 99;";
    let script = format!("{} cd \"$1\"; shift; exec \"$@\"", if read_only { mount } else { "" });
    let mut command = Command::new(if read_only { "unshare" } else { "sh" });
    if read_only {
        command.args(["--map-root-user", "--mount", "sh"]);
    }
    command.args(["-c", &script, "sh"]);
    command.arg(folder).arg("timeout").arg("60").arg(env!("CARGO_BIN_EXE_muster"));
    command.args(words.split_whitespace()).env("MUSTER_DATABASE", "sqlite:muster.db");
    command.stdin(Stdio::null()).output().expect("it runs")
}

#[test]
fn a_disk_that_can_only_be_read_is_a_sentence() {
    let (folder, elsewhere) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("another"));
    let backup = elsewhere.path().join("backup.tar");
    let file = elsewhere.path().join("users.csv");
    let (backup, file) = (backup.display().to_string(), file.display().to_string());
    for words in [
        "account create acme --name Acme".to_owned(),
        "users generate --account acme --count 3".to_owned(),
        format!("download --account acme -o {file}"),
        format!("backup {backup}"),
    ] {
        let ran = run(folder.path(), &words, false);
        assert!(ran.status.success(), "{words}: {}", String::from_utf8_lossy(&ran.stderr));
    }
    let probe = run(folder.path(), "--version", true);
    if !probe.status.success() {
        println!("skipped: this system lets nobody mount a folder in a namespace");
        return;
    }
    for words in [
        "serve --listen 127.0.0.1:0".to_owned(),
        format!("import {file} --account acme --apply"),
        format!("import {file} --account acme --dry-run"),
        format!("backup {backup}.2"),
        format!("restore {backup}"),
        format!("--database sqlite:new.db restore {backup}"),
        "doctor".to_owned(),
        "account list".to_owned(),
    ] {
        let ran = run(folder.path(), &words, true);
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert_eq!(ran.status.code(), Some(1), "{words}: {said}");
        assert_eq!(said.trim_end().lines().count(), 1, "{words}: {said}");
        let reads =
            said.contains("read-only") || said.contains("Read-only") || said.contains("is there already");
        assert!(said.starts_with("muster: ") && reads, "{words}: {said}");
    }
}
