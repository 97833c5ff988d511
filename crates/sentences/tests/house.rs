//! Every sentence that people read stands in `en/*.ftl`, and nowhere else: reads the sources of all crates as tokens, and the sentences
//! as Fluent does. A literal that looks like a sentence, or a text of a page, is found; so is a key that is unknown, unused, or given
//! other arguments than its sentence names.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that can't go on has failed")]

#[path = "house/literals.rs"]
mod literals;
#[path = "house/messages.rs"]
mod messages;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use literals::{Source, of_script, read};
use messages::messages;

/// The rooms whose sentences are kept here. The store has none: its literals are SQL and words for operators.
const ROOMS: [&str; 9] = [
    "crates/import/src",
    "crates/directory/src",
    "crates/workbook/src/refusal.rs",
    "crates/workbook/src/sniff.rs",
    "crates/muster/src/access",
    "crates/muster/src/practice",
    "crates/muster/src/web",
    "crates/muster/src/api",
    "crates/muster/src/cli",
];

/// All sources that may use a key.
const ALL: &str = "crates";

/// What looks like a sentence and is none: the end of the file's path, what the literal holds, and why it stays.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("import/src/read/mod.rs", "the reader panicked", "for operators: why the machine failed"),
    ("directory/src/issue.rs", "", "the docstrings of the codes"),
    ("reading/language.rs", "", "names of countries that people type into cells"),
    ("reading/language_names.rs", "", "names of languages that people type into cells"),
    ("reading/written_out.rs", "", "names of days that people type into cells"),
    ("reading/yes_no.rs", "", "words that people type into cells"),
    ("workbook/src/refusal.rs", "cut off", "for operators: where a file is damaged"),
    ("workbook/src/sniff.rs", "<!doctype html", "what a file begins with"),
    ("access/devices.rs", "Samsung Internet", "the name of a browser"),
    ("access/devices.rs", "Mac OS", "what a browser says of its system"),
    ("frame/attachment.rs", "attachment; filename", "a header of HTTP"),
    ("api/files.rs", "attachment; filename", "a header of HTTP"),
    ("api/user_data.rs", "attachment; filename", "a header of HTTP"),
    ("frame/guard.rs", "default-src", "a header of HTTP"),
    ("frame/layout.rs", "Muster", "the name of the product"),
    ("frame/layout.rs", "light dark", "a value of HTML"),
    ("components/action.rs", "button ", "names of classes"),
    ("components/banner.rs", "banner ", "names of classes"),
    ("components/mark.rs", "mark ", "names of classes"),
    ("web/design.rs", "", "components and made-up people: only a demo shows them, to those who build pages"),
    ("imports/list.rs", "tag ", "names of classes"),
    ("web/mod.rs", "no worker is alive", "for operators: /readyz"),
    ("web/mod.rs", "the database does not answer", "for operators: /readyz"),
    ("web/mod.rs", "the database can only be read", "for operators: /readyz"),
    ("web/mod.rs", "the database is damaged", "for operators: /readyz"),
    ("web/mod.rs", "a newer program has the database", "for operators: /readyz"),
    ("cli/log.rs", "lines of the log", "a line of the log"),
    ("cli/demo.rs", "Acme Ltd", "an organisation of the demo"),
    ("cli/demo.rs", "Globex Corporation", "an organisation of the demo"),
    ("practice/people.rs", "Cost centre", "a field of the demo"),
    ("practice/people.rs", "Weekly hours", "a field of the demo"),
    ("cli/mod.rs", "Examples:", "help of the command line: documentation of its flags, as clap prints it"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sources(under: &str) -> Vec<(String, Source)> {
    let root = root();
    let mut files = Vec::new();
    rust_files(&root.join(under), &mut files);
    files.sort();
    let named = |file: &PathBuf| {
        let path =
            file.strip_prefix(&root).expect("a path below the root").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(file).expect("a readable source");
        let source = read(&path, &text);
        (path, source)
    };
    files.iter().map(named).collect()
}

fn rust_files(path: &Path, files: &mut Vec<PathBuf>) {
    // Modules that are tests alone.
    if path.ends_with("tests.rs")
        || path.ends_with("properties.rs")
        || path.ends_with("tests") && path.is_dir()
    {
        return;
    }
    if path.extension().is_some_and(|extension| extension == "rs") {
        files.push(path.to_owned());
    } else if path.is_dir() && !path.ends_with("target") {
        for entry in fs::read_dir(path).expect("a readable folder") {
            rust_files(&entry.expect("an entry").path(), files);
        }
    }
}

#[test]
fn no_sentence_stands_outside() {
    let mut outside = Vec::new();
    let mut used = BTreeSet::new();
    for (path, source) in ROOMS.iter().flat_map(|room| sources(room)) {
        for (line, text) in source.outside {
            let known =
                EXCEPTIONS.iter().position(|(end, holds, _)| path.ends_with(end) && text.contains(holds));
            match known {
                Some(place) => drop(used.insert(place)),
                None => outside.push(format!("{path}:{line}: {text:?}")),
            }
        }
    }
    assert!(outside.is_empty(), "{} sentences stand outside:\n{}", outside.len(), outside.join("\n"));
    let needless: Vec<_> = EXCEPTIONS
        .iter()
        .enumerate()
        .filter(|(place, _)| !used.contains(place))
        .map(|(_, what)| what)
        .collect();
    assert!(needless.is_empty(), "exceptions that nothing needs: {needless:?}");
}

#[test]
fn no_sentence_stands_in_a_script() {
    let folder = root().join("crates/muster/src/web/frame/assets");
    let mut outside = Vec::new();
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if !name.ends_with(".js") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a readable script");
        outside.extend(of_script(&text).into_iter().map(|(line, text)| format!("{name}:{line}: {text:?}")));
    }
    assert!(outside.is_empty(), "{} sentences stand outside:\n{}", outside.len(), outside.join("\n"));
}

#[test]
fn every_key_is_used_with_its_arguments() {
    let messages = messages(&root().join("crates/sentences/en"));
    assert!(messages.len() > 100, "only {} sentences were found", messages.len());
    let (mut wrong, mut used) = (Vec::new(), BTreeSet::new());
    for (path, source) in sources(ALL) {
        for (line, key, given) in source.said {
            match messages.get(&key) {
                None => wrong.push(format!("{path}:{line}: there is no {key}")),
                Some(named) if *named != given => {
                    wrong.push(format!("{path}:{line}: {key} names {named:?}, but is given {given:?}"));
                }
                Some(_) => {}
            }
            used.insert(key);
        }
    }
    wrong.extend(messages.keys().filter(|key| !used.contains(*key)).map(|key| format!("{key} is not used")));
    assert!(wrong.is_empty(), "{} keys are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn sentences_are_told_apart_from_words_of_the_program() {
    let page = r#"
        //! Of a test: this is a comment.
        fn page() -> Markup {
            tracing::error!("a page failed to answer");
            let words = if late { "It was too late" } else { "late" };
            html! {
                p.lead id="a b" class="no sentence here" aria-label="Name" { "Sign in" (say!("a-b", users = 3 + 4)) }
                a href={ "/o/" (slug) } title="Open the door" { (format!("{n} %")) }
                @if self.word == "wait for it" { (say_markup!("c", link = html! { b { "Go" } })) }
            }
        }
        #[cfg(test)]
        mod tests {
            const TEXT: &str = "This is a test";
        }
    "#;
    let source = read("crates/muster/src/web/page.rs", page);
    let script = "// a comment here\nshow('Nothing to do', `${n} cells left`, 'one', 'aria-label');\n";
    assert_eq!(of_script(script), [(2, "Nothing to do".to_owned()), (2, "${n} cells left".to_owned())]);
    let outside: Vec<&str> = source.outside.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(outside, ["It was too late", "Name", "Sign in", "Open the door", "wait for it", "Go"]);
    let said: BTreeMap<&str, Vec<&str>> = source
        .said
        .iter()
        .map(|(_, key, given)| (key.as_str(), given.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(said, BTreeMap::from([("a-b", vec!["users"]), ("c", vec!["link"])]));
}
