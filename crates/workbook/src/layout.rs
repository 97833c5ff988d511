//! What a written book looks like, besides its rows: columns, headings, drop-downs, instructions.

/// The layout of a book. Row 1 holds the titles, row 2 the keys, rows 3 on are poured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// What its sheets are called.
    pub sheets: SheetNames,
    /// The columns, the first of which holds the IDs.
    pub columns: Vec<Column>,
    /// How many of them stay in sight while one looks at those to the right.
    pub frozen: u16,
    /// The paragraphs of the sheet of instructions; empty leaves the sheet out.
    pub instructions: Vec<Note>,
}

/// What the sheets of a book are called: at most 31 letters, none of `[]:*?/\\`. Two that would be called alike are numbered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetNames {
    /// The first one, of the rows.
    pub rows: String,
    /// That of the instructions.
    pub instructions: String,
    /// The hidden one, of the choices.
    pub lists: String,
}

impl SheetNames {
    /// The name of the sheet of instructions, which is not that of the rows.
    pub(crate) fn of_instructions(&self) -> String {
        other_than(&self.instructions, &[&self.rows])
    }

    /// The name of the sheet of choices, which is none of the others.
    pub(crate) fn of_lists(&self) -> String {
        other_than(&self.lists, &[&self.rows, &self.of_instructions()])
    }
}

impl Default for SheetNames {
    /// As they are called in English.
    fn default() -> Self {
        let [rows, instructions, lists] = ["Users", "Instructions", "Lists"].map(str::to_owned);
        Self { rows, instructions, lists }
    }
}

/// Programs take names that differ in case alone for one.
fn other_than(name: &str, taken: &[&str]) -> String {
    let is_taken = taken.iter().any(|taken| taken.to_lowercase() == name.to_lowercase());
    if is_taken { format!("{name} {}", taken.len() + 1) } else { name.to_owned() }
}

/// One paragraph of the instructions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A heading.
    Heading(String),
    /// A line of text.
    Text(String),
    /// A name and what it means, side by side.
    Entry(String, String),
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Row 1: what people read.
    pub title: String,
    /// Row 2: what the program reads.
    pub key: String,
    /// The width in characters.
    pub width: u16,
    /// What the cells hold; decides format, drop-down and validation.
    pub content: Content,
    /// Typing over the cells is refused (the ID column).
    pub fixed: bool,
    /// The cells are grey: they may be read but not changed.
    pub read_only: bool,
    /// An empty cell turns red in the spreadsheet itself.
    pub required: bool,
    /// A value that stands twice turns red in the spreadsheet itself (up to 20,000 rows).
    pub unique: bool,
    /// The greatest number of characters, if there is one.
    pub max_length: Option<u32>,
    /// What the spreadsheet shows beside a chosen cell; at most 255 characters are kept.
    pub help: Option<String>,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Text, stored as text (`@`).
    Text,
    /// A real date, shown `yyyy-mm-dd`.
    Date,
    /// A number.
    Number,
    /// One of these, from a drop-down; other entries are stopped.
    List(Vec<String>),
}
