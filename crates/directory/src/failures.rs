//! Why an import ended as a whole: a code and its detail, which are stored, and the sentence, which is made when somebody looks. Each
//! says what to do next.

use sentences::say;
use workbook::Refusal;

use crate::{Code, UserId, Wrong, sentence};

/// Why an import ended, or why a further file was not added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The stable word.
    pub code: String,
    /// What it is about, for the sentence; may be empty.
    detail: String,
    /// The name of a further file, without which review goes on.
    not_added: Option<String>,
    /// The sentence itself, of an import that an earlier version ended.
    told: Option<String>,
}

/// What a stored detail begins with. A sentence, as earlier versions stored, never does.
const DETAIL: char = ':';

impl Failure {
    fn new(code: &str, detail: impl Into<String>) -> Self {
        Self { code: code.to_owned(), detail: detail.into(), not_added: None, told: None }
    }

    /// Five workers died over it.
    pub fn given_up() -> Self {
        Self::new("given_up", "")
    }

    /// A further file was downloaded at another time than the first.
    pub fn other_download() -> Self {
        Self::new("other_download", "")
    }

    /// The upload was larger than the operator allows; `mebibytes` is the limit.
    pub fn upload_too_large(mebibytes: u64) -> Self {
        Self::new("file_too_large", mebibytes.to_string())
    }

    /// The same of a further file, without which review goes on.
    #[must_use]
    pub fn not_added(self, name: &str) -> Self {
        Self { not_added: Some(name.to_owned()), ..self }
    }

    /// As it is stored beside the code: the detail behind a colon, and in a second line the name of a further file.
    pub fn stored(&self) -> String {
        if let Some(told) = &self.told {
            return told.clone();
        }
        let line = |text: &str| format!("{DETAIL}{}", text.replace(['\n', '\r'], " "));
        let lines = [Some(line(&self.detail)), self.not_added.as_deref().map(line)];
        lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    /// Reads what is stored: by this version, or by an earlier one, which stored the sentence.
    pub fn read(code: String, stored: String) -> Self {
        let Some(detail) = stored.strip_prefix(DETAIL) else {
            return Self { code, detail: String::new(), not_added: None, told: Some(stored) };
        };
        match detail.split_once("\n:") {
            Some((detail, name)) => Self::new(&code, detail).not_added(name),
            None => Self::new(&code, detail),
        }
    }

    /// The sentence for people.
    pub fn sentence(&self) -> String {
        let reason = match &self.told {
            Some(told) => told.clone(),
            None => self.reason(),
        };
        match &self.not_added {
            Some(name) => say!("file-not-added", name = name, reason = reason),
            None => reason,
        }
    }

    fn reason(&self) -> String {
        match (self.code.as_str(), self.detail.as_str()) {
            ("given_up", _) => say!("import-given-up").to_owned(),
            ("other_download", _) => say!("other-download").to_owned(),
            ("file_too_large", limit) if limit.parse::<i64>().is_ok() => {
                say!("upload-too-large", mebibytes = limit.parse::<i64>().unwrap_or_default())
            }
            (word, detail) => match Code::ALL.iter().find(|code| code.word() == word) {
                Some(code) => {
                    let detail = (!detail.is_empty()).then(|| detail.to_owned());
                    sentence(&Wrong { detail, ..Wrong::plain(*code) }, say!("user-id"))
                }
                None => refusal(word, detail),
            },
        }
    }
}

impl From<&Refusal> for Failure {
    fn from(refusal: &Refusal) -> Self {
        Self::new(refusal.code(), refusal.detail())
    }
}

impl From<&Wrong> for Failure {
    fn from(wrong: &Wrong) -> Self {
        Self::new(wrong.code.word(), wrong.detail.clone().unwrap_or_default())
    }
}

/// The sentence of a file that is refused: of what kind it is, what is odd about it, which limit it is beyond.
fn refusal(code: &str, detail: &str) -> String {
    let text = match code {
        "file_not_a_spreadsheet" => return say!("file-not-a-spreadsheet", kind = detail),
        "file_packed" => return say!("file-packed", name = detail),
        "file_old_format" if detail == "numbers" => say!("file-old-format-numbers"),
        "file_old_format" => return say!("file-old-format", kind = detail),
        "file_empty" => say!("file-empty"),
        "file_password" => say!("file-password"),
        "file_damaged" => say!("file-damaged"),
        "file_unreadable" => say!("file-unreadable"),
        "file_no_sheet" => say!("file-no-sheet"),
        "file_duplicate_entry" => say!("file-duplicate-entry"),
        "file_unsafe_entry" => say!("file-unsafe-entry"),
        "file_overlapping_entries" => say!("file-overlapping-entries"),
        "file_compression" => say!("file-compression"),
        "file_doctype" => say!("file-doctype"),
        _ => return limit(code, detail),
    };
    text.to_owned()
}

/// The sentences of the limits, a table: each names its number.
fn limit(code: &str, detail: &str) -> String {
    match code {
        "file_too_large" => say!("file-too-large", size = detail),
        "file_too_many_rows" => say!("file-too-many-rows", most = detail),
        "file_sheet_too_large" => say!("file-sheet-too-large", size = detail),
        "file_strings_too_large" => say!("file-strings-too-large", size = detail),
        "file_part_too_large" => say!("file-part-too-large", size = detail),
        "file_ratio" => say!("file-ratio", most = detail),
        "file_too_many_entries" => say!("file-too-many-entries", most = detail),
        "file_too_deep" => say!("file-too-deep", most = detail),
        "file_too_many_attributes" => say!("file-too-many-attributes", most = detail),
        "file_token_too_long" => say!("file-token-too-long", size = detail),
        "file_row_too_long" => say!("file-row-too-long", size = detail),
        _ => say!("failed-unexplained").to_owned(),
    }
}

/// The disk of the database has no room left.
pub fn disk_full() -> &'static str {
    say!("disk-full")
}

/// Somebody else has been writing to the database for longer than anybody waits.
pub fn database_busy() -> &'static str {
    say!("database-busy")
}

/// Another process has been writing to the database for longer than anybody waits: its number, what it is doing, and whether it was stopped.
pub fn database_held(process: u32, command: &str, is_stopped: bool) -> String {
    let process = process.to_string();
    if is_stopped {
        say!("database-held-stopped", process = process, command = command)
    } else {
        say!("database-held", process = process, command = command)
    }
}

/// A newer program has brought the database up to date meanwhile.
pub fn muster_updated() -> &'static str {
    say!("database-updated")
}

/// The server of the database is not there, or has ended what was asked over its connection.
pub fn database_unreachable() -> &'static str {
    say!("database-unreachable")
}

/// The server of Muster's database does not answer, for who only looks.
pub fn database_unreachable_reading() -> &'static str {
    say!("database-unreachable-reading")
}

/// Muster's database has too much to do, for who only looks.
pub fn database_busy_reading() -> &'static str {
    say!("database-busy-reading")
}

/// The server of Muster's database takes nothing in.
pub fn database_only_reads() -> &'static str {
    say!("database-only-reads")
}

/// PostgreSQL gave no further connection for as long as anybody waits.
pub fn database_without_connection() -> &'static str {
    say!("database-without-connection")
}

/// PostgreSQL gives fewer connections at once than are needed.
pub fn connections_too_few(allowed: i64) -> String {
    say!("connections-too-few", allowed = allowed.to_string())
}

/// Something that is not Muster's has a name that Muster needs; `why` are the words of PostgreSQL.
pub fn relation_in_the_way(why: &str) -> String {
    say!("relation-in-the-way", why = why)
}

/// A file that was uploaded has lost bytes: so many came, and so many are kept.
pub fn upload_lost(came: u64, kept: u64) -> String {
    say!("upload-lost", came = came.to_string(), kept = kept.to_string())
}

/// What is kept means nothing to this program.
pub fn row_unread() -> &'static str {
    say!("row-unread")
}

/// The role that Muster has in PostgreSQL may not do what it has to.
pub fn database_forbidden(why: &str) -> String {
    say!("database-forbidden", why = why)
}

/// A database of PostgreSQL is in another character set than UTF-8.
pub fn database_not_utf8(encoding: &str) -> String {
    say!("database-not-utf8", encoding = encoding)
}

/// What was given as the address of a database is none.
pub fn database_address_unknown() -> &'static str {
    say!("database-address-unknown")
}

/// The address of a server of PostgreSQL can't be read.
pub fn database_address_unreadable() -> &'static str {
    say!("database-address-unreadable")
}

/// The address of a server of PostgreSQL has an option that nobody reads.
pub fn database_option_unknown(name: &str) -> String {
    say!("database-option-unknown", name = name)
}

/// A process is to have no connection, or more than anybody has.
pub fn connections_unknown(most: usize) -> String {
    say!("database-connections-unknown", most = most.to_string())
}

/// Whether and how a connection is encrypted is said in a word that is none of libpq's.
pub fn sslmode_unknown() -> &'static str {
    say!("database-sslmode-unknown")
}

/// A certificate, its key or the roots for the connection to the database can't be used.
pub fn certificate_unusable(why: &str) -> String {
    say!("database-certificate-unusable", why = why)
}

/// A search of more letters or words than are looked for at once.
pub fn search_too_long() -> &'static str {
    say!("search-too-long")
}

/// More connections than the server has room for.
pub fn too_many_connections() -> &'static str {
    say!("too-many-connections")
}

/// A server whose database is being opened and brought up to date.
pub fn being_opened() -> &'static str {
    say!("being-opened")
}

/// A question that takes longer than a request may.
pub fn too_costly() -> &'static str {
    say!("too-costly")
}

/// More at once than is done for one organisation, or for one who is not signed in.
pub fn too_much_at_once() -> &'static str {
    say!("too-much-at-once")
}

/// The file of the database is damaged.
pub fn database_damaged() -> &'static str {
    say!("database-damaged")
}

/// The database, or the disk that it is on, can only be read; `file` is what can't be written.
pub fn database_read_only(file: &str) -> String {
    say!("database-read-only", file = file)
}

/// The file is no database at all.
pub fn not_a_database() -> &'static str {
    say!("not-a-database")
}

/// The database has tables, and none of Muster's.
pub fn database_of_another_program() -> &'static str {
    say!("database-of-another-program")
}

/// Another database was not copied to its end into this one.
pub fn database_unfinished() -> &'static str {
    say!("database-unfinished")
}

/// Somebody has the database open that is to be copied to.
pub fn database_in_use() -> String {
    say!("database-in-use").to_owned()
}

/// There are rows already in the database that is to be copied to.
pub fn copy_needs_an_empty_database() -> String {
    say!("copy-needs-an-empty-database").to_owned()
}

/// A value can't be kept in the other database.
pub fn copy_has_no_place_for(table: &str, column: &str) -> String {
    say!("copy-has-no-place-for", table = table, column = column)
}

/// The rows of a table are others than those that were copied.
pub fn copy_differs(table: &str, rows: u64, there: u64) -> String {
    say!("copy-differs", table = table, rows = rows.to_string(), there = there.to_string())
}

/// A file of the database belongs to another user of the machine.
pub fn database_of_another_user(file: &str) -> String {
    say!("database-of-another-user", file = file)
}

/// A file of the database can't be made; `error` is what the system says.
pub fn database_cannot_be_made(file: &str, error: &str) -> String {
    say!("database-cannot-be-made", file = file, error = error)
}

/// The work file of a directory that had one is gone.
pub fn work_file_missing(file: &str) -> String {
    say!("work-file-missing", file = file)
}

/// The work file beside a directory belongs to another one.
pub fn work_file_foreign(file: &str) -> String {
    say!("work-file-foreign", file = file)
}

/// The work file beside a directory is an old copy.
pub fn work_file_older(file: &str) -> String {
    say!("work-file-older", file = file)
}

/// A download of everyone came to another number of users than the account has: some of them could not be read.
pub fn download_incomplete(poured: i64, users: i64) -> String {
    say!("download-incomplete", poured = poured.to_string(), users = users.to_string())
}

/// A field can't become unique: of the first of its values that several users have, the text that people read, the first of the users
/// and how many they are; and how many such values there are.
pub fn values_shared(title: &str, first: &[(String, Vec<UserId>, usize)], count: usize) -> String {
    let values: Vec<String> =
        first.iter().map(|(value, users, count)| value_shared(value, users, *count)).collect();
    let values = values.join("; ");
    match count.saturating_sub(first.len()) {
        0 => say!("values-shared", title = title, count = count, values = values),
        more => say!("values-shared-and-more", title = title, count = count, values = values, more = more),
    }
}

fn value_shared(value: &str, users: &[UserId], count: usize) -> String {
    let named: Vec<String> = users.iter().map(ToString::to_string).collect();
    let named = named.join(", ");
    match count.saturating_sub(users.len()) {
        0 => say!("value-shared", value = value, users = named),
        more => say!("value-shared-and-more", value = value, users = named, more = more),
    }
}

/// Why an upload larger than the operator allows is not taken at all; `mebibytes` is the limit.
pub fn file_too_large(mebibytes: u64) -> String {
    Failure::upload_too_large(mebibytes).sentence()
}

/// Another import of the organisation has to be applied first; its identity, the name of its file, and who started it.
pub fn waits_for_import(id: &str, file_name: Option<&str>, actor: &str) -> String {
    match file_name {
        Some(file) => say!("waits-for-import-of-file", id = id, file = file, actor = actor),
        None => say!("waits-for-import", id = id, actor = actor),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use workbook::Refusal;

    use super::{Failure, values_shared};
    use crate::{Code, UserId, Wrong};

    #[test]
    fn every_refusal_has_its_own_sentence() {
        let name = || "part".to_owned();
        let refusals = [
            Refusal::Empty,
            Refusal::NotASpreadsheet(Some("picture")),
            Refusal::Packed(name()),
            Refusal::OldFormat("xls"),
            Refusal::PasswordProtected,
            Refusal::Damaged(name()),
            Refusal::Io(std::io::Error::other("disk")),
            Refusal::NoSuchSheet(1),
            Refusal::FileTooLarge(1 << 28),
            Refusal::TooManyRows(7),
            Refusal::SheetTooLarge(1 << 32),
            Refusal::SharedStringsTooLarge(1 << 20),
            Refusal::PartTooLarge(1 << 20),
            Refusal::RatioTooHigh(200),
            Refusal::TooManyEntries(2000),
            Refusal::DuplicateEntry(name()),
            Refusal::UnsafeEntry(name()),
            Refusal::OverlappingEntries,
            Refusal::UnknownCompression(name()),
            Refusal::Doctype,
            Refusal::TooDeep(64),
            Refusal::TooManyAttributes(256),
            Refusal::TokenTooLong(1 << 20),
            Refusal::RowTooLong(1 << 20),
        ];
        let sentences: Vec<String> =
            refusals.iter().map(|refusal| Failure::from(refusal).sentence()).collect();
        assert_eq!(sentences.iter().collect::<HashSet<_>>().len(), refusals.len());
        for sentence in &sentences {
            assert!(
                sentence.ends_with('.') && sentence.len() > 40 && !sentence.contains("file_"),
                "{sentence}"
            );
            assert!(!sentence.contains("you"), "{sentence} speaks of people");
        }
    }

    fn check(refusal: &Refusal, expected: &str) {
        assert_eq!(Failure::from(refusal).sentence(), expected);
    }

    #[test]
    fn refusals_say_what_their_detail_says() {
        check(
            &Refusal::PasswordProtected,
            "This file is protected with a password. Open it in the spreadsheet program, save it without a password, and upload it again.",
        );
        check(
            &Refusal::OldFormat("xls"),
            "This is an Excel 97-2003 workbook (.xls). Open it and save it as Excel Workbook (.xlsx), then upload it again.",
        );
        check(
            &Refusal::OldFormat("numbers"),
            "This is a Numbers document. Export it to Excel (File, Export To, Excel), then upload that.",
        );
        check(
            &Refusal::FileTooLarge(1 << 28),
            "This file is larger than 256 MiB. Split it into several files and upload them one by one.",
        );
        check(
            &Refusal::TooManyRows(1_048_576),
            "This sheet has more than 1048576 rows. Split it into several files and upload them one by one.",
        );
        check(
            &Refusal::TooDeep(64),
            "This file is nested more than 64 levels deep. Open it in the spreadsheet program, save it as Excel Workbook (.xlsx), and upload that.",
        );
        check(
            &Refusal::Packed("users.xlsx".to_owned()),
            "This is a packed file (.zip), and “users.xlsx” is inside. Unpack it and upload that.",
        );
        for kind in ["xls-5", "lotus"] {
            let sentence = Failure::from(&Refusal::OldFormat(kind)).sentence();
            assert!(sentence.starts_with("This is a w"), "{sentence}");
        }
        for (kind, named) in [
            (Some("seven-zip"), "a packed file (.7z)"),
            (Some("utf-32"), "a text in the encoding UTF-32 (save it as UTF-8)"),
            (
                Some("lock-file"),
                "the mark of an open workbook, not the workbook itself (its name begins with ~)",
            ),
            (Some("workbook-parts"), "a packed folder of the parts of a workbook, not a workbook"),
            (None, "not a spreadsheet that can be read here"),
        ] {
            let upload = "Upload an Excel workbook (.xlsx), a .csv or an .ods file.";
            check(&Refusal::NotASpreadsheet(kind), &format!("This file is {named}. {upload}"));
        }
    }

    #[test]
    fn what_is_stored_is_read_again_and_old_sentences_still_show() {
        let wrong = Wrong::with(Code::HeaderDuplicate, "email");
        for failure in [
            Failure::given_up(),
            Failure::upload_too_large(100),
            Failure::from(&wrong),
            Failure::from(&Refusal::FileTooLarge(100)).not_added("second: \"b\".csv"),
        ] {
            assert_eq!(Failure::read(failure.code.clone(), failure.stored()), failure);
        }
        let sentence = Failure::from(&wrong).not_added("b.csv").sentence();
        assert_eq!(
            sentence,
            "The file “b.csv” was not added. Two columns have “email” in row 2. Delete one of them and upload the file again."
        );
        let old = Failure::read("header_duplicate".to_owned(), sentence.clone());
        assert_eq!((old.sentence(), old.stored()), (sentence.clone(), sentence));
        let unknown = Failure::read("of_a_later_version".to_owned(), ":7".to_owned()).sentence();
        assert!(unknown.starts_with("This file could not be imported."), "{unknown}");
    }

    #[test]
    fn shared_values_name_who_has_them_and_how_many_more_there_are() {
        let user = |number| UserId::from_number(number).expect("the number of a user");
        let (one, two) = (user(1), user(2));
        assert_eq!(
            values_shared("Badge", &[("A1".to_owned(), vec![one, two], 2)], 1),
            format!(
                "Badge can’t become unique yet, because one value is shared by several users: “A1” ({one}, {two}). Nothing was changed. Give each of these users a value of their own, or none, and try again."
            )
        );
        let many = values_shared("Badge", &[("A1".to_owned(), vec![one], 1_201)], 11);
        assert!(
            many.contains(&format!(
                "11 values are shared by several users: “A1” ({one} and 1,200 more); and 10 more."
            )),
            "{many}"
        );
    }
}
