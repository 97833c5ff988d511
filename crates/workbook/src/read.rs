//! Bytes to rows: which sheets there are, and the rows of one of them, streamed.

use std::io::SeekFrom;

use crate::csv::{CsvFile, CsvRows};
use crate::merged::Merged;
use crate::ods::{FIRST, Glance, OdsBook, OdsRows};
use crate::sniff::{Found, sniff};
use crate::stamp::Stamped;
use crate::xlsx::{SheetRows, Workbook};
use crate::{Area, Asides, Batch, Count, CsvReading, Format, Limits, Progress, Refusal, Sheet, Source};

/// An opened file.
pub struct Book {
    source: Box<dyn Source>,
    content: Content,
    limits: Limits,
}

/// What an opened file holds besides its rows.
enum Content {
    Xlsx(Box<Workbook>),
    Ods(OdsBook),
    Csv(CsvFile),
}

impl Book {
    /// Looks at the bytes, tells the format from them (never from the name), and reads what the sheets need:
    /// shared strings, formats, sheet names.
    ///
    /// # Errors
    /// The [`Refusal`] that tells why the whole file is refused.
    pub fn open(mut source: Box<dyn Source>, limits: &Limits) -> Result<Self, Refusal> {
        let content = match sniff(source.as_mut(), limits)? {
            Found::Csv => Content::Csv(CsvFile::open(source.as_mut(), limits)?),
            Found::Ods(archive) => Content::Ods(OdsBook::open(source.as_mut(), archive, limits)?),
            Found::Xlsx(archive) => {
                Content::Xlsx(Box::new(Workbook::open(source.as_mut(), archive, limits)?))
            }
        };
        Ok(Self { source, content, limits: *limits })
    }

    /// The format found.
    pub fn format(&self) -> Format {
        match self.content {
            Content::Xlsx(_) => Format::Xlsx,
            Content::Ods(_) => Format::Ods,
            Content::Csv(_) => Format::Csv,
        }
    }

    /// The sheets, in order.
    pub fn sheets(&self) -> &[Sheet] {
        match &self.content {
            Content::Xlsx(book) => book.sheets(),
            Content::Ods(book) => book.sheets(),
            Content::Csv(file) => file.sheets(),
        }
    }

    /// What was guessed of a csv file, in words for people ("windows-1252, separated by semicolons"), if anything was.
    pub fn guessed(&self) -> Option<&str> {
        match &self.content {
            Content::Csv(file) => file.guessed(),
            Content::Xlsx(_) | Content::Ods(_) => None,
        }
    }

    /// The ways in which a csv file may be read, the likeliest first, which is how it is read now. Empty where the file leaves no choice:
    /// it says what it is, or all of it is UTF-8 and one separator fits; always so for other formats.
    pub fn readings(&self) -> Vec<CsvReading> {
        match &self.content {
            Content::Csv(file) => file.readings().to_vec(),
            Content::Xlsx(_) | Content::Ods(_) => Vec::new(),
        }
    }

    /// How a csv file is read now, and whether it is UTF-8 throughout, which leaves no choice of what its bytes mean; none for other
    /// formats.
    pub fn reading(&self) -> Option<(CsvReading, bool)> {
        match &self.content {
            Content::Csv(file) => Some(file.reading()),
            Content::Xlsx(_) | Content::Ods(_) => None,
        }
    }

    /// Reads a csv file in this way from the next [`Book::rows`] on; nothing for other formats.
    pub fn read_as(&mut self, reading: CsvReading) {
        if let Content::Csv(file) = &mut self.content {
            file.read_as(reading);
        }
    }

    /// Counts the rows and the cells of one sheet, those beyond [`Limits::columns`] as well. It takes as long as reading them.
    ///
    /// # Errors
    /// The [`Refusal`] when the sheet can't be read to its end.
    pub fn count_cells(&mut self, sheet: usize) -> Result<Count, Refusal> {
        if let Some(count) = self.glance(sheet).and_then(|glance| glance.count) {
            return Ok(count);
        }
        let mut rows = self.rows(sheet)?;
        let (mut batch, mut count) = (Batch::new(), Count::default());
        while rows.fill(&mut batch, COUNTED)? {
            count.rows += batch.len() as u64;
            count.cells += batch.iter().map(|row| row.cells().count() as u64).sum::<u64>();
        }
        count.cells += rows.unread();
        Ok(count)
    }

    /// The first rows of a sheet that have a cell, at least twenty where there are as many.
    ///
    /// # Errors
    /// The [`Refusal`] when they can't be read.
    pub fn first_rows(&mut self, sheet: usize) -> Result<Batch, Refusal> {
        if let Some(glance) = self.glance(sheet) {
            return Ok(glance.head.clone());
        }
        let mut batch = Batch::new();
        self.rows(sheet)?.fill(&mut batch, FIRST)?;
        Ok(batch)
    }

    /// Counts the cells of a sheet, and what lies on it and is no cell ([`Rows::asides`]). Of one that can't be read to its end what could
    /// be read is counted.
    pub fn holds(&mut self, sheet: usize) -> (Count, Asides) {
        let mut count = Count::default();
        if let Some(glance) = self.glance(sheet)
            && let Some(count) = glance.count
        {
            return (count, glance.asides);
        }
        let Ok(mut rows) = self.rows(sheet) else { return (count, Asides::default()) };
        let mut batch = Batch::new();
        while rows.fill(&mut batch, COUNTED).is_ok_and(|more| more) {
            count.rows += batch.len() as u64;
            count.cells += batch.iter().map(|row| row.columns().len() as u64).sum::<u64>();
        }
        count.cells += rows.unread();
        (count, rows.asides())
    }

    /// Which cells of a sheet were there when it was written, as far as it can be read.
    pub fn stamped(&mut self, sheet: usize) -> Stamped {
        if let Some(glance) = self.glance(sheet).filter(|glance| glance.count.is_some()) {
            return glance.stamped.clone();
        }
        let (mut stamped, mut batch) = (Stamped::default(), Batch::new());
        let Ok(mut rows) = self.rows(sheet) else { return stamped };
        while rows.fill(&mut batch, COUNTED).is_ok_and(|more| more) {
            batch.iter().for_each(|row| stamped.take(&row));
        }
        stamped
    }

    /// What was seen of a sheet when the file was opened, where that was done on the way.
    fn glance(&self, sheet: usize) -> Option<&Glance> {
        match &self.content {
            Content::Ods(book) => book.glance(sheet),
            Content::Xlsx(_) | Content::Csv(_) => None,
        }
    }

    /// Counts what lies on the sheets and is no cell, without looking into it; none in csv. In ods that takes as long as opening the
    /// file: [`Rows::asides`] counts while a sheet is read.
    ///
    /// # Errors
    /// The [`Refusal`] when a part can't be read to its end.
    pub fn asides(&mut self) -> Result<Asides, Refusal> {
        let source = self.source.as_mut();
        match &self.content {
            Content::Xlsx(book) => book.asides(source),
            Content::Ods(book) => book.asides(source),
            Content::Csv(_) => Ok(Asides::default()),
        }
    }

    /// Streams the rows of one sheet from its start. May be called again, for another sheet or the same one.
    ///
    /// # Errors
    /// The [`Refusal`] when the sheet's part can't be opened.
    pub fn rows(&mut self, sheet: usize) -> Result<Rows<'_>, Refusal> {
        self.source.seek(SeekFrom::Start(0))?;
        let source = self.source.as_mut();
        let inner = match &self.content {
            Content::Xlsx(book) => Inner::Xlsx(Box::new(book.rows(source, sheet)?)),
            Content::Ods(book) => Inner::Ods(Box::new(book.rows(source, sheet)?)),
            Content::Csv(file) => Inner::Csv(Box::new(file.rows(source, sheet)?)),
        };
        Ok(Rows { inner, given: 0, most: self.limits.sheet })
    }
}

/// Rows that are counted at once.
const COUNTED: usize = 1_000;

/// The rows of a sheet, streamed.
pub struct Rows<'b> {
    inner: Inner<'b>,
    /// Bytes of text given so far, and how many may be given: a few shared strings or repeated rows can stand for any
    /// number of bytes.
    given: u64,
    most: u64,
}

enum Inner<'b> {
    Xlsx(Box<SheetRows<'b>>),
    Ods(Box<OdsRows<'b>>),
    Csv(Box<CsvRows<'b>>),
}

impl Rows<'_> {
    /// Empties the batch and reads up to `most` rows that have a cell; fewer when they hold much text, so that a batch
    /// stays small. False when the sheet is at its end and the batch stayed empty. Empty rows are skipped, however many.
    ///
    /// # Errors
    /// A [`Refusal`] when the rest of the sheet can't be read: damage, or a limit. The batch is empty then.
    pub fn fill(&mut self, batch: &mut Batch, most: usize) -> Result<bool, Refusal> {
        batch.open();
        let filled = match &mut self.inner {
            Inner::Xlsx(rows) => rows.fill(batch, most.max(1)),
            Inner::Ods(rows) => rows.fill(batch, most.max(1)),
            Inner::Csv(rows) => rows.fill(batch, most.max(1)),
        };
        if let Err(refusal) = filled {
            batch.clear();
            return Err(refusal);
        }
        self.given += batch.text_length();
        batch.seal()?;
        if self.given > self.most {
            batch.clear();
            return Err(Refusal::SheetTooLarge(self.most));
        }
        Ok(!batch.is_empty())
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        match &self.inner {
            Inner::Xlsx(rows) => rows.progress(),
            Inner::Ods(rows) => rows.progress(),
            Inner::Csv(rows) => rows.progress(),
        }
    }

    /// How many cells were passed over so far because they stand beyond [`Limits::columns`].
    pub fn unread(&self) -> u64 {
        match &self.inner {
            Inner::Xlsx(rows) => rows.unread(),
            Inner::Ods(rows) => rows.unread(),
            Inner::Csv(rows) => rows.unread(),
        }
    }

    /// How many comments and drawings of an ods sheet were passed over so far; of other formats only [`Book::asides`] knows.
    pub fn asides(&self) -> Asides {
        match &self.inner {
            Inner::Ods(rows) => rows.asides(),
            Inner::Xlsx(_) | Inner::Csv(_) => Asides::default(),
        }
    }

    /// Whether, after all rows, the last row of a csv file has no line end while others have one: it may be cut off.
    pub fn ends_cut(&self) -> bool {
        matches!(&self.inner, Inner::Csv(rows) if rows.ends_cut())
    }

    /// The ranges of merged cells, all of them once the sheet was read to its end: of each, only the first cell is shown. The first 10,000;
    /// how many more there are says [`Rows::merged_beyond`].
    pub fn merged(&self) -> &[Area] {
        self.merges().map_or(&[], Merged::areas)
    }

    /// How many ranges of merged cells there are besides those that [`Rows::merged`] gives.
    pub fn merged_beyond(&self) -> u64 {
        self.merges().map_or(0, Merged::more)
    }

    fn merges(&self) -> Option<&Merged> {
        match &self.inner {
            Inner::Xlsx(rows) => Some(rows.merged()),
            Inner::Ods(rows) => Some(rows.merged()),
            Inner::Csv(_) => None,
        }
    }

    /// The ranges of columns that the sheet hides, first and last, counted from 1. Hidden columns are data all the same.
    pub fn hidden_columns(&self) -> &[(u32, u32)] {
        match &self.inner {
            Inner::Xlsx(rows) => rows.hidden_columns(),
            Inner::Ods(rows) => rows.hidden_columns(),
            Inner::Csv(_) => &[],
        }
    }
}
