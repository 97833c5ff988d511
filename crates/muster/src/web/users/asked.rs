//! The address of a list of users: what was asked for, read from a query and written into one again.

use directory::{FieldNumber, Fields, Kind};
use store::{Cursor, Sort, UsersQuery};

use crate::web::frame::reply;

/// Users on a page.
const PAGE: u32 = 50;

/// Up to so many matches are counted; people need no more, and counting on would make a page of a million users slow.
pub(super) const FOUND_MOST: i64 = 10_000;

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// As the store takes it.
    pub(super) query: UsersQuery,
    /// The filters by key, as they stand in the address.
    filters: Vec<(String, String)>,
}

impl Asked {
    /// Reads a query. What means nothing is passed over: an old bookmark still shows users.
    pub(super) fn read(fields: &Fields, pairs: &[(String, String)]) -> Self {
        let text =
            |name: &str| pairs.iter().find(|(of, _)| of == name).map_or("", |(_, value)| value.as_str());
        let sort = text("sort");
        let word = sort.strip_prefix('-').unwrap_or(sort);
        let found = Sort::ALL.iter().find(|(_, of)| *of == word);
        let is_filter = |pair: &&(String, String)| {
            !pair.1.is_empty() && fields.by_key(&pair.0).is_some_and(|field| can_filter(field.kind))
        };
        let filters: Vec<_> = pairs.iter().filter(is_filter).cloned().collect();
        let numbered = |(key, value): &(String, String)| Some((fields.by_key(key)?.number, value.clone()));
        let query = UsersQuery {
            search: text("search").trim().to_owned(),
            filters: filters.iter().filter_map(numbered).collect(),
            sort: found.map_or(Sort::Name, |(sort, _)| *sort),
            descending: sort.starts_with('-') && found.is_some(),
            cursor: cursor_of(text("at")),
            limit: PAGE,
        };
        Self { query, filters }
    }

    /// Whether not everyone is asked for.
    pub(super) fn narrows(&self) -> bool {
        !self.query.search.is_empty() || !self.filters.is_empty()
    }

    /// The filters by key, as they stand in the address.
    pub(super) fn filters(&self) -> &[(String, String)] {
        &self.filters
    }

    /// The value that a field must have.
    pub(super) fn filter(&self, field: FieldNumber) -> Option<&str> {
        self.query.filters.iter().find(|(of, _)| *of == field).map(|(_, value)| value.as_str())
    }

    /// The order as it stands in the address; none for the usual one.
    pub(super) fn sort_word(&self) -> Option<String> {
        let word = word_of(self.query.sort);
        match (self.query.sort, self.query.descending) {
            (Sort::Name, false) => None,
            (_, false) => Some(word.to_owned()),
            (_, true) => Some(format!("-{word}")),
        }
    }

    /// The order that a press on the head of a column asks for: this one, or the other way round.
    pub(super) fn next_sort(&self, sort: Sort) -> String {
        let turned = self.query.sort == sort && !self.query.descending;
        format!("{}{}", if turned { "-" } else { "" }, word_of(sort))
    }

    /// The query of the same list at another place.
    pub(super) fn address(&self, cursor: Option<&Cursor>) -> String {
        let at = cursor.map(cursor_word).unwrap_or_default();
        let sort = self.sort_word().unwrap_or_default();
        let mut pairs = vec![("search", self.query.search.as_str())];
        pairs.extend(self.filters.iter().map(|(key, value)| (key.as_str(), value.as_str())));
        pairs.extend([("sort", sort.as_str()), ("at", at.as_str())]);
        reply::query(&pairs)
    }
}

fn can_filter(kind: Kind) -> bool {
    matches!(kind, Kind::Status | Kind::Choice | Kind::Choices)
}

fn word_of(sort: Sort) -> &'static str {
    Sort::ALL.iter().find(|(of, _)| *of == sort).map_or("name", |(_, word)| word)
}

fn cursor_word(cursor: &Cursor) -> String {
    format!("{}.{}.{}", if cursor.before { "before" } else { "after" }, cursor.id, cursor.key)
}

fn cursor_of(word: &str) -> Option<Cursor> {
    let (side, rest) = word.split_once('.')?;
    let (id, key) = rest.split_once('.')?;
    Some(Cursor { key: key.to_owned(), id: id.parse().ok()?, before: side == "before" })
}

#[cfg(test)]
mod tests {
    use directory::Fields;

    use super::{Asked, Cursor};

    #[test]
    fn an_address_says_what_was_asked() {
        let fields = Fields::built_in();
        let pairs = [("search", " ann b "), ("status", "active"), ("first_name", "x"), ("sort", "-sign_in")];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let asked = Asked::read(&fields, &pairs);
        let cursor = Cursor { key: "a.b&c".to_owned(), id: 7, before: true };
        let address = asked.address(Some(&cursor));
        assert_eq!(address, "?search=ann%20b&status=active&sort=-sign_in&at=before.7.a.b%26c");
        let again: Vec<(String, String)> =
            [("at", "before.7.a.b&c")].map(|(a, b)| (a.into(), b.into())).into();
        assert_eq!(Asked::read(&fields, &again).query.cursor, Some(cursor));
    }
}
