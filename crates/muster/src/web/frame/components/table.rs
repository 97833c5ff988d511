//! Tables of fixed columns: nothing jumps when what stands in them changes. At 760 px and below the columns that are not needed go.

use maud::{Markup, html};

/// How wide a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Width {
    /// Takes what is left.
    Rest,
    /// A tick, 44 px.
    Tick,
    /// The number of a row, 56 px.
    Row,
    /// A number, 90 px.
    Number,
    /// Active or inactive, 104 px.
    Status,
    /// A word or two, 150 px.
    Middle,
    /// A value, 190 px.
    Value,
    /// Whom a row is about, 190 px; on a telephone what is left.
    User,
    /// An address of mail, 250 px.
    Mail,
    /// A remark, 300 px.
    Note,
}

impl Width {
    fn class(self) -> &'static str {
        match self {
            Self::Rest => "c-rest",
            Self::Tick => "c-tick",
            Self::Row => "c-row",
            Self::Number => "c-n",
            Self::Status => "c-status",
            Self::Middle => "c-mid",
            Self::Value => "c-val",
            Self::User => "c-user",
            Self::Mail => "c-mail",
            Self::Note => "c-note",
        }
    }
}

/// How the rows are ordered by a column, and the link that orders them by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct Sorting {
    /// Ascending or descending; none when the rows are ordered by another column.
    pub(in crate::web) descending: Option<bool>,
    /// The address of the list ordered by this column, or the other way round.
    pub(in crate::web) address: String,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct Column {
    pub(in crate::web) words: String,
    pub(in crate::web) width: Width,
    /// Whether it stays at 760 px and below.
    pub(in crate::web) at_small: bool,
    /// Whether it holds numbers, which end at the same place.
    pub(in crate::web) numbers: bool,
    pub(in crate::web) sorting: Option<Sorting>,
}

impl Column {
    /// A column that stays at every width.
    pub(in crate::web) fn new(words: impl Into<String>, width: Width) -> Self {
        Self { words: words.into(), width, at_small: true, numbers: false, sorting: None }
    }

    /// The same, gone at 760 px and below.
    pub(in crate::web) fn wide_only(mut self) -> Self {
        self.at_small = false;
        self
    }

    /// The same, of numbers.
    pub(in crate::web) fn of_numbers(mut self) -> Self {
        self.numbers = true;
        self
    }

    /// The same, with the link that orders by it.
    pub(in crate::web) fn sorted(mut self, sorting: Sorting) -> Self {
        self.sorting = Some(sorting);
        self
    }

    fn head(&self) -> Markup {
        let direction = self.sorting.as_ref().and_then(|sorting| sorting.descending);
        let said = direction.map(|descending| if descending { "descending" } else { "ascending" });
        html! {
            th.num[self.numbers].tick[self.width == Width::Tick].not-small[!self.at_small] scope="col" aria-sort=[said] {
                @if let Some(sorting) = &self.sorting {
                    a href=(sorting.address) {
                        span { (self.words) }
                        span.arrow aria-hidden="true" { (match direction { Some(false) => "↑", Some(true) => "↓", None => "" }) }
                    }
                } @else if self.width == Width::Tick {
                    span.unseen { (self.words) }
                } @else { (self.words) }
            }
        }
    }
}

/// A table in its frame; `label` names it, `rows` are its `tr`, with a cell for each column and the class `not-small` where the column
/// has it.
pub(in crate::web) fn table(label: &str, columns: &[Column], rows: &Markup) -> Markup {
    framed(label, columns, rows, false)
}

/// A table whose rows become cards at 760 px and below: all cells stay, those of the class `wide` in a line of their own.
pub(in crate::web) fn stacked(label: &str, columns: &[Column], rows: &Markup) -> Markup {
    framed(label, columns, rows, true)
}

fn framed(label: &str, columns: &[Column], rows: &Markup, stacks: bool) -> Markup {
    html! {
        div.frame role="region" aria-label=(label) tabindex="0" {
            table.stack[stacks] {
                colgroup {
                    @for column in columns {
                        col class={ (column.width.class()) @if !column.at_small { " not-small" } };
                    }
                }
                thead { tr { @for column in columns { (column.head()) } } }
                tbody { (rows) }
            }
        }
    }
}
