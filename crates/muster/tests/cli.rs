//! The command line: the built program, on a database of its own, and against a server of its own. Here is how what is typed ends.

mod imports;
mod looking_after;
mod machine;
mod matching;
mod serving;
mod undone;

use machine::Machine;

#[test]
fn what_was_typed_ends_with_its_exit_code_and_words() {
    let machine = Machine::new();
    for (words, code, stdout, stderr) in [
        ("--help", 0, "Exit codes:", ""),
        ("import --help", 0, "login_in_use", ""),
        ("--version", 0, "muster ", ""),
        ("", 1, "", "Usage"),
        ("imprt users.xlsx", 1, "", "import"),
        ("imports --account acme", 1, "", "there is no database at muster.db"),
        ("account create Acme --name Acme", 1, "", "can't be a slug"),
        ("account create acme --name Acme", 0, "acme was created", ""),
        ("account create acme --name Again", 1, "", "there is an account acme already"),
        ("account list", 0, "acme\t0\t0\tAcme", ""),
        ("imports --account globex", 1, "", "there is no account globex"),
        ("imports", 1, "", "--account"),
        ("imports --account acme --server http://127.0.0.1:9", 1, "", "cannot be used with"),
        ("imports --server http://127.0.0.1:9", 1, "", "MUSTER_TOKEN"),
        (
            "field create site --account acme --title Site --type choice --choices Leeds;Lyon",
            0,
            "site was created",
            "",
        ),
        ("field create site --account acme --title Site --type text", 1, "", "there is a field site already"),
        (
            "field create work --account acme --title sITE --type text",
            1,
            "",
            "the field site has the title Site already: choose another",
        ),
        ("field create Site --account acme --title Site --type text", 1, "", "can't be a key"),
        ("field create floor --account acme --title Floor --type choice", 1, "", "--choices"),
        ("field create floor --account acme --title Floor --type shoe", 1, "", "a type is one of"),
        ("field create floor --account acme --title Floor --type choice --choices A;a", 1, "", "twice"),
        ("field list --account acme", 0, "site\tchoice\tSite\t", ""),
        ("field retire site --account acme", 0, "site is retired", ""),
        ("field list --account acme", 0, "site\tchoice\tSite\tretired", ""),
        ("field retire email --account acme", 1, "", "can't be retired"),
        ("field take-back site --account acme", 0, "site is in use again", ""),
        (
            "field choices site --account acme --add Lagos;LYON;Leeds",
            0,
            "1 new, 1 there already, 1 differ only in case",
            "",
        ),
        ("field choices site --account acme --rename Lyon=Lima", 0, "Lyon is Lima now", ""),
        ("field choices site --account acme --remove Leeds", 0, "Leeds was removed", ""),
        ("field choices site --account acme --remove Oslo", 1, "", "There is no option Oslo"),
        ("field choices site --account acme --clear", 1, "", "--remove"),
        ("field choices site --account acme", 0, "1\tLeeds\t0\tremoved\n2\tLima\t0\t\n3\tLagos\t0\t\n", ""),
        ("field choices email --account acme --add x", 1, "", "takes no options"),
        (
            "field change site --account acme --title Place --required true --place 1",
            0,
            "site was changed",
            "",
        ),
        ("field change site --account acme --pattern [", 1, "", "takes no pattern"),
        ("field change nothing --account acme --title Place", 1, "", "There is no field nothing"),
        ("field list --account acme", 0, "site\tchoice\tPlace\trequired\nfirst_name", ""),
        ("field choices department --account acme --add Sales;Finance", 0, "2 new, 0 there already", ""),
        ("token create --account acme --role editor", 0, "muster_", ""),
        ("token create --account acme --role king", 1, "", "viewer, editor or owner"),
        (
            "admin create pat@acme.example --account acme --role owner",
            0,
            "http://127.0.0.1:8080/link/",
            "Opens once",
        ),
        ("admin create pat --account acme --role owner", 1, "", "not an email"),
        ("operator create sam@operations.example", 0, "/link/", "Opens once"),
        ("users generate --account acme --count 3", 0, "3 users were made up", ""),
        ("users list --account acme --search zzzz", 0, "", ""),
        ("download --account acme -o x.xlsx --fields shoe_size", 1, "", "there is no field shoe_size"),
        ("import nothing.xlsx --account acme", 1, "", "nothing.xlsx can't be read"),
        ("import muster.db --account acme", 1, "", "muster: "),
        ("import muster.db --account acme --apply --dry-run", 1, "", "cannot be used with"),
        ("import muster.db --account acme --large", 1, "", "--apply"),
        ("undo imp_0000000000000 --account acme", 1, "", "there is no import"),
        ("imports --account acme --database nonsense://", 1, "", "can't be opened"),
        ("imports --account acme --config missing.toml", 1, "", "missing.toml"),
    ] {
        let done = machine.run(words).ends(code);
        assert!(done.text().contains(stdout), "{words}: {}", done.text());
        assert!(done.stderr.contains(stderr), "{words}: {}", done.stderr);
        assert!(
            code == 0 || done.stdout.is_empty(),
            "{words}: a failure says nothing on stdout: {}",
            done.text()
        );
    }
}
