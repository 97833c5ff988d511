//! Pages of lists that go on from a place, so that the last one is as quick as the first.

use std::fmt;
use std::str::FromStr;

use directory::{FieldNumber, UserId};

use crate::engine::Result;

/// Where a cell stands in a list: its place in the file, then whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPlace([i64; 4]);

impl ListPlace {
    /// The place of a cell of a plan: its line in the files, its column, whose it is and its field.
    pub(crate) fn of_cell(line: i64, column: i64, place: i64, field: FieldNumber) -> Self {
        Self([line, column, place, i64::from(field.0)])
    }

    /// The line, the column, the place and the field.
    pub(crate) fn parts(self) -> [i64; 4] {
        self.0
    }

    /// The place of a change that was made, in the list of an applied import.
    pub(crate) fn of_change(user: UserId, field: FieldNumber) -> Self {
        Self([0, 0, user.number() as i64, i64::from(field.0)])
    }

    pub(crate) fn user_and_field(self) -> (i64, i64) {
        (self.0[2], self.0[3])
    }
}

impl fmt::Display for ListPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [row, column, place, field] = self.0;
        write!(formatter, "{row}.{column}.{place}.{field}")
    }
}

impl FromStr for ListPlace {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let numbers: Vec<i64> =
            text.split('.').map(str::parse).collect::<std::result::Result<_, _>>().map_err(drop)?;
        numbers.try_into().map(Self).map_err(drop)
    }
}

/// From where a list is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PageStart {
    /// From its beginning.
    #[default]
    Start,
    /// What comes next after a place.
    After(ListPlace),
    /// What comes just before a place.
    Before(ListPlace),
}

impl PageStart {
    /// The comparison with the place, the place, and the direction of the walk.
    pub(crate) fn walk(self) -> (&'static str, Option<ListPlace>, &'static str) {
        match self {
            Self::Start => (">", None, "ASC"),
            Self::After(place) => (">", Some(place), "ASC"),
            Self::Before(place) => ("<", Some(place), "DESC"),
        }
    }
}

/// A page of a list, with the places where its neighbours begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// What it shows, in order.
    pub items: Vec<T>,
    /// Ends the page before it, if there is one.
    pub previous: Option<ListPlace>,
    /// Begins the page after it, if there is one.
    pub next: Option<ListPlace>,
}

impl<T> Page<T> {
    /// Makes a page of what was found in the direction of the walk: one more than the page holds was asked for.
    pub(crate) fn of(
        mut found: Vec<T>,
        from: PageStart,
        limit: u32,
        place: impl Fn(&T) -> ListPlace,
    ) -> Self {
        let more = found.len() > limit as usize;
        found.truncate(limit as usize);
        if matches!(from, PageStart::Before(_)) {
            found.reverse();
        }
        let (first, last) = (found.first().map(&place), found.last().map(&place));
        let (previous, next) = match from {
            PageStart::Start => (None, last.filter(|_| more)),
            PageStart::After(after) => (first.or(Some(after)), last.filter(|_| more)),
            PageStart::Before(before) => (first.filter(|_| more), last.or(Some(before))),
        };
        Self { items: found, previous, next }
    }

    /// The same page with other items.
    ///
    /// # Errors
    /// When `change` fails.
    pub fn map<O>(self, change: impl FnOnce(Vec<T>) -> Result<Vec<O>>) -> Result<Page<O>> {
        Ok(Page { items: change(self.items)?, previous: self.previous, next: self.next })
    }
}
