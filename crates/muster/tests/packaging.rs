//! What Muster is installed from: the unit of systemd, the package for Debian, the image, completions and manual. Built of the program that is
//! tested, installed into a folder of its own, served and removed.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::ground::tool;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository")
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).expect("a readable file")
}

/// Runs it to its end, and fails unless that is a good one.
fn run(command: &mut Command) -> Output {
    let output = command.output().expect("it runs");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{command:?}: {told}{}", String::from_utf8_lossy(&output.stdout));
    output
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn muster(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
    command.args(words).env_clear().env("PATH", "/usr/bin:/bin");
    command
}

#[test]
fn the_service_is_exposed_to_little() {
    if !tool("systemd-analyze") {
        return;
    }
    let unit = root().join("packaging/muster.service");
    let output = Command::new("systemd-analyze").args(["security", "--offline=true"]).arg(&unit).output();
    let told = text(&output.expect("it runs"));
    let level = told.lines().find_map(|line| line.split_once("Overall exposure level for muster.service: "));
    let level: f64 = level.and_then(|(_, rest)| rest.split(' ').next()?.parse().ok()).expect("a level");
    assert!(level <= 2.0, "{told}");
    // What it calls wrong: but for the program, which is not installed here, nothing.
    let verified = Command::new("systemd-analyze").args(["verify", "--man=no"]).arg(&unit).output();
    let told = String::from_utf8_lossy(&verified.expect("it runs").stderr).into_owned();
    let wrong =
        told.lines().filter(|line| line.contains("muster.service") && !line.contains("is not executable"));
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<&str>::new());
}

/// The folder that `dpkg --root` installs into, with its own list of packages.
struct Installed(tempfile::TempDir);

impl Installed {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("var/lib/dpkg/info")).expect("a folder");
        fs::create_dir_all(folder.path().join("var/lib/dpkg/updates")).expect("a folder");
        fs::write(folder.path().join("var/lib/dpkg/status"), "").expect("a file");
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn dpkg(&self, what: &str, of: &str) {
        let mut command = Command::new("dpkg");
        command.arg(format!("--root={}", self.0.path().display()));
        // Its own scripts run outside, where DPKG_ROOT tells them to leave this machine alone; what it depends on is this machine's.
        command.args(["--force-script-chrootless", "--force-depends", "--force-not-root", what, of]);
        run(command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));
    }
}

#[test]
fn the_package_is_installed_served_and_removed() {
    if !tool("dpkg-deb") {
        return;
    }
    let made = tempfile::tempdir().expect("a folder");
    let mut package = Command::new(root().join("scripts/package"));
    package.args(["deb", "--binary", env!("CARGO_BIN_EXE_muster"), "--into"]).arg(made.path());
    let deb = text(&run(package.env("MUSTER_DEB_LEVEL", "0"))).trim().to_owned();
    let owners = text(&run(Command::new("dpkg-deb").args(["--contents", &deb])));
    assert!(owners.lines().all(|line| line.contains(" root/root ")), "{owners}");

    let installed = Installed::new();
    installed.dpkg("--install", &deb);
    for file in [
        "usr/bin/muster",
        "usr/lib/systemd/system/muster.service",
        "usr/lib/sysusers.d/muster.conf",
        "usr/share/man/man1/muster.1.gz",
        "usr/share/man/man1/muster-import.1.gz",
        "usr/share/bash-completion/completions/muster",
        "usr/share/zsh/vendor-completions/_muster",
        "usr/share/fish/vendor_completions.d/muster.fish",
        "usr/share/muster/grafana.json",
        "usr/share/doc/muster/copyright",
    ] {
        assert!(installed.path(file).exists(), "{file}");
    }
    serves(&installed);
    installed.dpkg("--remove", "muster");
    assert!(!installed.path("usr/bin/muster").exists() && !installed.path("usr/share/muster").exists());
    assert!(installed.path("etc/muster/muster.toml").exists(), "settings stay");
    installed.dpkg("--purge", "muster");
    assert!(!installed.path("etc/muster/muster.toml").exists());
    assert!(installed.path("var/lib/muster/muster.db").exists(), "what people entered stays");
}

/// What was installed serves with its own settings, but for another port and its own folder.
fn serves(installed: &Installed) {
    let settings = installed.path("etc/muster/muster.toml");
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &fs::metadata(&settings).expect("the settings").permissions(),
    );
    assert_eq!(mode & 0o077, 0, "settings hold passwords");
    let own = fs::read_to_string(&settings).expect("text");
    let here = own.replace("sqlite:/var", &format!("sqlite:{}/var", installed.0.path().display()));
    let copy = installed.path("settings.toml");
    fs::write(&copy, here.replace("127.0.0.1:8080", "127.0.0.1:0")).expect("a file");
    let mut serve = Command::new(installed.path("usr/bin/muster"));
    serve.env_clear().arg("serve").arg("--config").arg(&copy).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = serve.spawn().expect("it starts");
    let mut line = String::new();
    // Read on: a server to whose words nobody listens ends.
    let mut told = BufReader::new(child.stdout.take().expect("a pipe"));
    told.read_line(&mut line).expect("a line");
    let url = line.trim().strip_prefix("listening on ").unwrap_or_default().to_owned();
    let ready = ureq::get(format!("{url}/readyz")).call().map(|answer| answer.status().as_u16());
    let _ = child.kill();
    let _ = child.wait();
    assert_eq!(ready.ok(), Some(200), "{line}");
}

#[test]
fn the_image_is_what_it_is_said_to_be() {
    let file = read("packaging/Containerfile");
    let (build, image) = file.split_once("\nFROM scratch\n").expect("an image that holds nothing else");
    assert!(build.contains(
        "RUN RUSTFLAGS=\"-C target-feature=+crt-static\" cargo build --release --locked -p muster"
    ));
    let said =
        |word: &str| image.lines().find_map(|line| line.strip_prefix(word)).unwrap_or_default().to_owned();
    assert_eq!(said("USER "), "65532:65532");
    assert_eq!(
        said("COPY "),
        "--from=build /image /",
        "nothing of the context goes into it but through the build"
    );
    // The commands in it are commands.
    for list in [
        said("ENTRYPOINT "),
        said("CMD "),
        said("HEALTHCHECK ").split_once("CMD ").expect("one").1.to_owned(),
    ] {
        let words: Vec<String> = serde_json::from_str(&list).expect("JSON");
        let words: Vec<&str> =
            words.iter().map(String::as_str).filter(|word| *word != "/usr/bin/muster").collect();
        run(muster(&words).arg("--help"));
    }
    let settings = said("ENV ");
    for pair in settings.split(' ') {
        let name = pair.split('=').next().expect("a name");
        assert!(text(&run(&mut muster(&["serve", "--help"]))).contains(name), "{name}");
    }
    // `scripts/package image` takes the build from here; the whole of it is minutes of compiling.
    assert!(read("scripts/package").contains("s/^RUN \\(RUSTFLAGS=.*\\)/\\1/p"));
}

#[test]
fn shells_complete_commands_and_flags() {
    let complete = |words: &str, place: usize| {
        let script = format!(
            "source <({} completions bash) && COMP_WORDS=({words}) COMP_CWORD={place} && _muster muster \
             \"${{COMP_WORDS[{place}]}}\" \"${{COMP_WORDS[{place}-1]}}\" && echo \"${{COMPREPLY[@]}}\"",
            env!("CARGO_BIN_EXE_muster")
        );
        text(&run(Command::new("bash").args(["-c", &script]).env_clear().env("PATH", "/usr/bin:/bin")))
    };
    for (words, place, completed) in [
        ("muster mig", 1, "migrate"),
        ("muster comp", 1, "completions"),
        ("muster account cre", 2, "create"),
        ("muster serve --metr", 2, "--metrics-listen"),
        ("muster nothing", 1, ""),
    ] {
        assert_eq!(complete(words, place).trim(), completed, "{words}");
    }
    for (shell, holds) in [
        ("zsh", "#compdef muster"),
        ("fish", "complete -c muster"),
        ("elvish", "muster"),
        ("powershell", "muster"),
    ] {
        let script = text(&run(&mut muster(&["completions", shell])));
        assert!(script.contains(holds) && script.contains("migrate"), "{shell}");
    }
}

#[test]
fn the_manual_has_a_page_for_each_command_and_no_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    run(muster(&["man", "--into"]).arg(folder.path()));
    let pages: Vec<PathBuf> =
        fs::read_dir(folder.path()).expect("a folder").map(|page| page.expect("one").path()).collect();
    assert!(pages.len() > 40, "{pages:?}");
    assert_eq!(
        text(&run(&mut muster(&["man"]))),
        fs::read_to_string(folder.path().join("muster.1")).expect("a page")
    );
    assert_eq!(
        muster(&["man", "--into", "/nowhere/at/all"]).output().expect("it runs").status.code(),
        Some(1)
    );
    if !tool("man") {
        return;
    }
    for page in ["muster.1", "muster-import.1", "muster-account-set.1", "muster-serve.1"] {
        let page = folder.path().join(page);
        let mut command = Command::new("man");
        command.args(["--warnings", "-E", "UTF-8", "-l", "-Tutf8"]).arg(&page);
        let output = run(command.env("MANWIDTH", "100").env("LC_ALL", "C.UTF-8"));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{}", page.display());
        let named = text(&run(Command::new("lexgrog").arg(&page)));
        assert!(named.contains(" - "), "{named}");
    }
}
