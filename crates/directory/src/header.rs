//! The head of a file: which row holds the keys, which column is which field, and which download the file stems from.

use workbook::{Position, Row};

use crate::{Code, Field, FieldNumber, Fields, Issue, Wrong};

/// The key of the ID column; behind it stands what the file was downloaded from.
const ID_KEY: &str = "user_id";
/// The key of the column in which a report tells the rows of the file that it reports on; behind it stands the import.
const ROW_KEY: &str = "row@";
/// The key of the column in which a report says what is wrong; behind it stands the import.
const PROBLEMS_KEY: &str = "problems@";

/// What A2 carries: `user_id@acme.482.k3.x7q9`. A template says `user_id@acme`; a file that others made says `user_id`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// The slug of the account, `[a-z0-9-]+`.
    pub account: String,
    /// The revision that the file shows; none for a template.
    pub revision: Option<Shown>,
}

/// The revision that a file shows. A number alone is no state: another database counts too, and so does one that was put back from a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its number.
    pub number: u64,
    /// The lineage of the database that made it, two letters or digits.
    pub lineage: String,
    /// Its mark, four letters or digits; none in a file that was downloaded before revisions had one.
    pub mark: Option<String>,
}

/// What a database keeps of an account's past, as far as a download has to be compared with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnPast {
    /// The lineage and the mark of the revision whose number the download names; none when there is no such revision, or it has no mark.
    pub state: Option<(String, String)>,
    /// The first revision of the account that has a mark, and its lineage.
    pub begins: Option<(u64, String)>,
    /// To when, and when, the database was put back from a copy, if what the download shows became of its original after that.
    pub put_back: Option<(String, String)>,
}

/// What a file is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// The values of now: it shows no revision.
    Now,
    /// A revision that is known to be of this past.
    Known(u64),
    /// A revision from before there were marks: of this past as far as number and lineage can tell.
    Unmarked(u64),
}

impl Base {
    /// The revision; none for the values of now.
    pub fn revision(self) -> Option<u64> {
        match self {
            Self::Now => None,
            Self::Known(revision) | Self::Unmarked(revision) => Some(revision),
        }
    }
}

impl Download {
    /// Reads the key of the ID column. None when it is not one (`user_id` alone gives none too: see [`is_key_row`]).
    pub fn read(key: &str) -> Option<Self> {
        let key = tidied_key(key);
        let mut parts = key.strip_prefix(ID_KEY)?.strip_prefix('@')?.split('.');
        let account = parts.next().filter(|account| is_slug(account))?.to_owned();
        let revision = match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (None, ..) => None,
            (Some(number), Some(lineage), mark, None) => {
                let mark = mark.map_or(Some(None), |mark| letters(mark, 4).map(Some))?;
                Some(Shown { number: revision_of(number)?, lineage: letters(lineage, 2)?, mark })
            }
            _ => return None,
        };
        Some(Self { account, revision })
    }

    /// What the merge takes as its base, in the account of this slug. A revision is of its past when both lineage and mark are those that
    /// are kept of it, whatever the lineage of the database is today: so files from before a backup stay good when that is put back.
    /// Without a mark it has to be one from before there were any.
    ///
    /// # Errors
    /// [`Code::WrongAccount`]: the file is of another organisation; the detail is its slug.
    /// [`Code::WrongPast`]: it shows a revision that this database never had.
    pub fn base(&self, account: &str, past: &OwnPast) -> Result<Base, Wrong> {
        if self.account != account {
            return Err(Wrong::with(Code::WrongAccount, &*self.account));
        }
        let Some(shown) = &self.revision else { return Ok(Base::Now) };
        let Shown { number, lineage, mark } = shown;
        let is_ours = match mark {
            Some(mark) => past.state.as_ref().is_some_and(|state| (&state.0, &state.1) == (lineage, mark)),
            None => past.begins.as_ref().is_some_and(|(first, of)| number <= first && lineage == of),
        };
        match mark {
            _ if !is_ours => Err(match &past.put_back {
                Some((to, on)) => Wrong::with(Code::WrongPast, format!("{to}\t{on}")),
                None => Wrong::plain(Code::WrongPast),
            }),
            Some(_) => Ok(Base::Known(*number)),
            None => Ok(Base::Unmarked(*number)),
        }
    }

    /// The key of the ID column.
    pub fn print(&self) -> String {
        let Self { account, revision } = self;
        match revision {
            Some(Shown { number, lineage, mark: Some(mark) }) => {
                format!("user_id@{account}.{number}.{lineage}.{mark}")
            }
            Some(Shown { number, lineage, mark: None }) => format!("user_id@{account}.{number}.{lineage}"),
            None => format!("user_id@{account}"),
        }
    }
}

/// A column of the file that is a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundColumn {
    /// The column in the file, from 1.
    pub column: u32,
    /// The field.
    pub field: FieldNumber,
}

/// The column in which a report (the rows of a file that have problems) says which row of that file each of its rows is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// The column in the report, from 1.
    pub column: u32,
    /// The import whose file it is, as its key says (`imp_...`); whether there is such an import, nobody has looked.
    pub import: String,
}

impl SourceRow {
    /// The key of such a column.
    pub fn key(import: &str) -> String {
        format!("{ROW_KEY}{import}")
    }

    /// The key of the column beside it that says what is wrong with each row; a file that has one is read as if it had not.
    pub fn problems_key(import: &str) -> String {
        format!("{PROBLEMS_KEY}{import}")
    }
}

/// The head of a file, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Which download the file stems from; none when it does not say.
    pub download: Option<Download>,
    /// The column of the User IDs, from 1.
    pub id_column: u32,
    /// The columns in use, by their place in the file; retired and read-only fields' columns are here too, the merge judges them.
    pub columns: Vec<BoundColumn>,
    /// The columns that have the title of a field, but not its key, which no other column has either.
    pub lost: Vec<BoundColumn>,
    /// Where the file says which rows of an earlier one its rows are; none when it is no report.
    pub source_row: Option<SourceRow>,
    /// Warnings (unknown and retired columns), and errors that refuse the file (a key that stands twice).
    pub issues: Vec<Issue>,
}

/// A slug of an account: `[a-z0-9-]+`.
fn is_slug(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(fits)
}

fn revision_of(text: &str) -> Option<u64> {
    // A sign would parse too.
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A lineage or a mark: so many letters and digits.
fn letters(text: &str, count: usize) -> Option<String> {
    let fits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    fits.then(|| text.to_owned())
}

/// A key without white space and quotation marks around it, in lower case. Programs write these around texts and before them, and leave
/// them there.
pub fn tidied_key(key: &str) -> String {
    let is_mark =
        |letter: char| letter.is_whitespace() || matches!(letter, '\'' | '"' | '`' | '\u{2018}'..='\u{201F}');
    crate::reading::text::tidy(key.into()).trim_matches(is_mark).to_ascii_lowercase()
}

/// Whether this row is the key row: one cell is `user_id` or begins with `user_id@`.
pub fn is_key_row(row: &Row<'_>) -> bool {
    row.cells().any(|cell| is_id_key(&tidied_key(cell.raw)))
}

fn is_id_key(key: &str) -> bool {
    key.strip_prefix(ID_KEY).is_some_and(|rest| rest.is_empty() || rest.starts_with('@'))
}

/// Whether a report carries this key beside those of its fields. No field has one: their keys have no `@`.
pub fn is_of_report(key: &str) -> bool {
    let key = tidied_key(key);
    key.starts_with(ROW_KEY) || key.starts_with(PROBLEMS_KEY)
}

/// Understands the key row, and warns when the row before it is not the titles. `title_row` is the last row before the key row
/// that has a cell. Keys are compared in lower case without white space around them. The fields are today's: a column of one
/// that is retired is ignored with a warning, which the merge does.
pub fn bind(key_row: &Row<'_>, title_row: Option<&Row<'_>>, fields: &Fields) -> Header {
    let keys: Vec<_> = key_row.cells().map(|cell| (cell.position.column, cell.raw)).collect();
    let titles: Option<Vec<_>> =
        title_row.map(|row| row.cells().map(|cell| (cell.position.column, cell.raw)).collect());
    let title_row = title_row.map_or(key_row.number, |row| row.number);
    bind_texts((key_row.number, &keys), titles.as_deref().map(|titles| (title_row, titles)), fields)
}

/// The texts of a row, each with its column, and the number of the row.
type Texts<'r> = (u32, &'r [(u32, &'r str)]);

fn bind_texts(keys: Texts<'_>, titles: Option<Texts<'_>>, fields: &Fields) -> Header {
    let mut header = Header {
        download: None,
        id_column: 0,
        columns: Vec::new(),
        lost: Vec::new(),
        source_row: None,
        issues: Vec::new(),
    };
    for (column, raw) in keys.1 {
        let key = tidied_key(raw);
        let position = Position { row: keys.0, column: *column };
        match fields.by_key(&key) {
            _ if key.is_empty() => {}
            _ if is_id_key(&key) && header.id_column == 0 => {
                header.id_column = *column;
                header.download = Download::read(&key);
            }
            _ if is_id_key(&key) => {
                header.tell(position, None, Wrong::with(Code::HeaderDuplicate, ID_KEY), raw);
            }
            _ if is_of_report(&key) => header.bind_source_row(*column, &key),
            Some(field) => header.bind_column(position, field, raw),
            None => header.tell(position, None, unknown(&key, fields), raw),
        }
    }
    header.look_at_titles(keys, titles, fields);
    header.find_lost(titles.map_or(&[], |(_, titles)| titles), fields);
    header
}

impl Header {
    /// The first column of rows counts; that of the problems is for people.
    fn bind_source_row(&mut self, column: u32, key: &str) {
        if let (None, Some(import)) = (&self.source_row, key.strip_prefix(ROW_KEY)) {
            self.source_row = Some(SourceRow { column, import: import.to_owned() });
        }
    }

    fn bind_column(&mut self, position: Position, field: &Field, raw: &str) {
        if self.columns.iter().any(|bound| bound.field == field.number) {
            return self.tell(
                position,
                Some(field.number),
                Wrong::with(Code::HeaderDuplicate, &*field.key),
                raw,
            );
        }
        if field.retired {
            self.tell(position, Some(field.number), Wrong::with(Code::ColumnRetired, &*field.title), raw);
        }
        self.columns.push(BoundColumn { column: position.column, field: field.number });
    }

    fn tell(&mut self, position: Position, field: Option<FieldNumber>, wrong: Wrong, value: &str) {
        let value = Some(value.to_owned());
        self.issues.push(Issue { position: Some(position), field, user: None, wrong, value });
    }

    /// Finds the columns that are known by their titles alone: the key was emptied or typed over, or lies under a merged cell.
    fn find_lost(&mut self, titles: &[(u32, &str)], fields: &Fields) {
        for issue in self.issues.iter_mut().filter(|issue| issue.wrong.code == Code::HeaderUnknown) {
            let Some(column) = issue.position.map(|position| position.column) else { continue };
            let title = titles.iter().find(|(of, _)| *of == column).map(|(_, title)| *title);
            let named = |text: &str| fields.current().find(|field| field.is_titled(text));
            let meant = issue.value.as_deref().and_then(named).or_else(|| title.and_then(named));
            let is_known = |field: &&Field| {
                !self.columns.iter().chain(&self.lost).any(|bound| bound.field == field.number)
            };
            if let Some(field) = meant.filter(is_known) {
                issue.field = Some(field.number);
                issue.wrong = Wrong {
                    suggestions: vec![field.key.clone()],
                    ..Wrong::with(Code::HeaderUnknown, &*field.title)
                };
                self.lost.push(BoundColumn { column, field: field.number });
            }
        }
    }

    /// Reads those columns without a key of which it was decided so.
    pub fn read_lost(&mut self, is_read: impl Fn(FieldNumber) -> bool) {
        let (read, lost) = std::mem::take(&mut self.lost).into_iter().partition(|bound| is_read(bound.field));
        self.lost = lost;
        self.issues
            .retain(|issue| issue.wrong.code != Code::HeaderUnknown || !issue.field.is_some_and(&is_read));
        self.columns.extend::<Vec<BoundColumn>>(read);
    }

    /// Warns once of titles that are missing or others than Muster writes, and of each column that has a title but no key.
    fn look_at_titles(&mut self, keys: Texts<'_>, titles: Option<Texts<'_>>, fields: &Fields) {
        let Some((row, titles)) = titles else {
            let position = Position { row: keys.0, column: 1 };
            return self.issues.push(Issue {
                position: Some(position),
                field: None,
                user: None,
                wrong: Wrong::plain(Code::TitleChanged),
                value: None,
            });
        };
        let title_of = |column| titles.iter().find(|(of, _)| *of == column).map_or("", |(_, title)| *title);
        let changed = self.columns.iter().find_map(|bound| {
            let field = fields.get(bound.field)?;
            let title = title_of(bound.column);
            (!field.is_titled(title)).then_some((bound.column, field.number, &*field.title, title))
        });
        if let Some((column, field, wanted, title)) = changed {
            self.tell(Position { row, column }, Some(field), Wrong::with(Code::TitleChanged, wanted), title);
        }
        for (column, title) in titles {
            let has_key = keys.1.iter().any(|(of, key)| of == column && !tidied_key(key).is_empty());
            if !has_key && !tidied_key(title).is_empty() {
                let wrong = Wrong::with(Code::HeaderUnknown, *title);
                self.tell(Position { row, column: *column }, None, wrong, title);
            }
        }
    }
}

/// A key that no field has; where a title stands in its place, the key is suggested.
fn unknown(key: &str, fields: &Fields) -> Wrong {
    let meant = fields.current().find(|field| field.is_titled(key));
    let suggestions = meant.map(|field| field.key.clone()).into_iter().collect();
    Wrong { suggestions, ..Wrong::with(Code::HeaderUnknown, key) }
}

#[cfg(test)]
mod tests {
    use super::{Base, Download, OwnPast, bind, bind_texts, is_id_key, is_key_row};
    use crate::{Code, Field, Fields, Kind, standard};

    #[test]
    fn a2_tells_the_download() {
        let read = |key: &str| {
            let Download { account, revision } = Download::read(key)?;
            let shown = revision.map(|shown| (shown.number, shown.lineage, shown.mark.unwrap_or_default()));
            Some((account, shown))
        };
        let acme = |shown: Option<(u64, &str, &str)>| {
            let shown = shown.map(|(number, lineage, mark)| (number, lineage.to_owned(), mark.to_owned()));
            Some(("acme-2".to_owned(), shown))
        };
        assert_eq!(read("user_id@acme-2.482.k3.x7q9"), acme(Some((482, "k3", "x7q9"))));
        assert_eq!(read("  User_ID@ACME-2.482.K3.X7Q9\u{a0}"), acme(Some((482, "k3", "x7q9"))));
        assert_eq!(
            read("user_id@acme-2.482.k3"),
            acme(Some((482, "k3", ""))),
            "from before there were marks"
        );
        assert_eq!(read("user_id@acme-2"), acme(None));
        for key in [
            "user_id",
            "user_id@",
            "user_id@acme_2",
            "user_id@acme.482",
            "user_id@acme.x.k3",
            "user_id@acme.+4.k3",
            "user_id@acme.482.k34",
            "user_id@acme.99999999999999999999.k3",
            "user_id@acme.482.k3.",
            "user_id@acme.482.k3.x7q",
            "user_id@acme.482.k3.x7q9a",
            "user_id@acme.482.k3.x7 9",
            "user_id@acme.482.k3.x7q9.x7q9",
            "email",
        ] {
            assert_eq!(read(key), None, "{key}");
        }
        for key in ["user_id@acme.482.k3.x7q9", "user_id@acme.482.k3", "user_id@acme"] {
            assert_eq!(Download::read(key).map(|download| download.print()).as_deref(), Some(key));
        }
    }

    #[test]
    fn the_base_is_a_revision_of_this_past() {
        // Marks begin at revision 480; the database was put back from a backup since, so 482 is of another lineage.
        let kept = |number| match number {
            480 | 481 => Some(("k3".to_owned(), "x7q9".to_owned())),
            482 => Some(("w8".to_owned(), "pp55".to_owned())),
            _ => None,
        };
        let base = |key: &str| {
            let download = Download::read(key).expect("a key");
            let state = download.revision.as_ref().and_then(|shown| kept(shown.number));
            let past = OwnPast { state, begins: Some((480, "k3".to_owned())), put_back: None };
            download.base("acme", &past).map_err(|wrong| (wrong.code, wrong.detail))
        };
        let wrong_past = Err((Code::WrongPast, None));
        for (key, expected) in [
            ("user_id@acme.481.k3.x7q9", Ok(Base::Known(481))),
            ("user_id@acme.482.w8.pp55", Ok(Base::Known(482))),
            ("user_id@acme.481.k3.x7q8", wrong_past.clone()),
            ("user_id@acme.481.w8.x7q9", wrong_past.clone()),
            ("user_id@acme.482.k3.x7q9", wrong_past.clone()),
            ("user_id@acme.483.w8.pp55", wrong_past.clone()),
            ("user_id@acme.12.k3.x7q9", wrong_past.clone()),
            ("user_id@acme.12.k3", Ok(Base::Unmarked(12))),
            ("user_id@acme.480.k3", Ok(Base::Unmarked(480))),
            ("user_id@acme.481.k3", wrong_past.clone()),
            ("user_id@acme.12.w8", wrong_past),
            ("user_id@acme", Ok(Base::Now)),
            ("user_id@globex.481.k3.x7q9", Err((Code::WrongAccount, Some("globex".to_owned())))),
        ] {
            assert_eq!(base(key), expected, "{key}");
        }
    }

    #[test]
    fn the_key_row_is_known_by_its_id_key() {
        for (key, expected) in [
            ("user_id", true),
            ("user_id@acme", true),
            ("'user_id@acme", true),
            ("\"user_id@acme.1.k3.x7q9\"", true),
            ("\u{a0} \u{2018}user_id\u{2019}\u{feff}", true),
            ("user_id@", true),
            ("user_ids", false),
            ("email", false),
        ] {
            assert_eq!(is_id_key(&super::tidied_key(key)), expected, "{key}");
        }
    }

    /// Binds a key row and its titles (`|` between the cells, from column A; an empty one is no cell) and says what was found.
    fn check(titles: Option<&str>, keys: &str, expected: &str) {
        let mut fields = Fields::built_in().all().to_vec();
        let retired =
            Field { retired: true, ..Field::new(standard::FIRST_CUSTOM, "site", "Site", Kind::Text) };
        fields.push(retired);
        let fields = Fields::new(fields);
        let cells = |row: &'static str| {
            (1..).zip(row.split('|')).filter(|(_, text)| !text.is_empty()).collect::<Vec<(u32, &str)>>()
        };
        let titles = titles.map(|titles| cells(titles.to_owned().leak()));
        let keys = cells(keys.to_owned().leak());
        let header = bind_texts((2, &keys), titles.as_deref().map(|titles| (1, titles)), &fields);
        let columns = header.columns.iter().map(|bound| format!("{}={}", bound.column, bound.field.0));
        let issues = header.issues.iter().map(|issue| {
            let position = issue.position.expect("a cell");
            let suggestion =
                issue.wrong.suggestions.first().map(|key| format!("->{key}")).unwrap_or_default();
            format!("{position} {}{suggestion}", issue.wrong.code.word())
        });
        let source =
            header.source_row.iter().map(|source| format!("rows={} of {}", source.column, source.import));
        let told: Vec<String> = std::iter::once(format!("id={}", header.id_column))
            .chain(columns)
            .chain(source)
            .chain(issues)
            .collect();
        assert_eq!(told.join(", "), expected, "{keys:?}");
    }

    #[test]
    fn columns_are_bound_wherever_they_stand() {
        let titles = Some("User ID|First name|Email");
        check(titles, "user_id@acme.1.k3|first_name|email", "id=1, 2=1, 3=3");
        check(Some("Email|First name|User ID"), "email|first_name|user_id", "id=3, 1=3, 2=1");
        check(titles, "'user_id@acme.1.k3|\"first_name\"| \u{a0}'email", "id=1, 2=1, 3=3");
        check(titles, "user_id| First_Name |EMAIL", "id=1, 2=1, 3=3");
        check(Some("User ID||Email"), "user_id||email", "id=1, 3=3");
    }

    #[test]
    fn what_is_odd_in_the_head_is_told() {
        let titles = Some("User ID|First name|Email");
        check(None, "user_id|first_name", "id=1, 2=1, A2 title_changed");
        check(Some("ID|Prénom|E-Mail"), "user_id|first_name|email", "id=1, 2=1, 3=3, B1 title_changed");
        check(Some("Benutzer-ID|VORNAME|E-Mail"), "user_id|first_name|email", "id=1, 2=1, 3=3");
        check(titles, "user_id|email|email", "id=1, 2=3, C2 header_duplicate, B1 title_changed");
        check(titles, "user_id|first_name|user_id", "id=1, 2=1, C2 header_duplicate");
        check(Some("User ID|First name|Notes"), "user_id|first_name|notes", "id=1, 2=1, C2 header_unknown");
        check(Some("User ID|First name|Notes"), "user_id|first_name|", "id=1, 2=1, C1 header_unknown");
        check(titles, "user_id|first_name|Job title", "id=1, 2=1, C2 header_unknown->job_title");
        check(Some("User ID|Site"), "user_id|site", "id=1, 2=101, B2 column_retired");
    }

    #[test]
    fn the_columns_of_a_report_are_no_strangers() {
        let titles = Some("User ID|Email|Row|What to do");
        let keys = "user_id@acme.7.k3|email|ROW@imp_1m82b7vzdz07x|problems@imp_1m82b7vzdz07x";
        check(titles, keys, "id=1, 2=3, rows=3 of imp_1m82b7vzdz07x");
        check(Some("User ID|A|B|C"), "user_id|row@imp_1|problems@|row@imp_2", "id=1, rows=2 of imp_1");
        check(titles, "user_id|email|row|problems", "id=1, 2=3, C2 header_unknown, D2 header_unknown");
        let keys = [super::SourceRow::key("imp_1"), super::SourceRow::problems_key("imp_1")];
        assert_eq!(keys, ["row@imp_1", "problems@imp_1"]);
    }

    #[test]
    fn rows_of_a_real_file_are_bound() {
        let file =
            "User ID,First name,Notes\r\n user_id@acme.7.k3 ,first_name,notes\r\nU-2222222222,Ann,x\r\n";
        let source = Box::new(std::io::Cursor::new(file.as_bytes().to_vec()));
        let mut book = workbook::Book::open(source, &workbook::Limits::default()).expect("a csv file");
        let mut batch = workbook::Batch::new();
        book.rows(0).expect("a sheet").fill(&mut batch, 10).expect("rows");
        let rows: Vec<_> = batch.iter().collect();
        let found: Vec<bool> = rows.iter().map(is_key_row).collect();
        assert_eq!(found, [false, true, false]);
        let header = bind(&rows[1], Some(&rows[0]), &Fields::built_in());
        assert_eq!(header.download.map(|download| download.print()).as_deref(), Some("user_id@acme.7.k3"));
        assert_eq!((header.id_column, header.columns.len()), (1, 1));
        let codes: Vec<Code> = header.issues.iter().map(|issue| issue.wrong.code).collect();
        assert_eq!(codes, [Code::HeaderUnknown]);
    }
}
