//! The address of a list of users: what was asked for, read from a query and written into one again.

use directory::{FieldNumber, Fields, Kind, UserId, standard};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::{Cursor, NO_VALUE, SPAN, Sort, UsersQuery};

use crate::web::frame::reply;

/// Users on a page.
pub(super) const PAGE: u32 = 50;

/// Up to so many matches are counted; people need no more, and counting on would make a page of a million users slow.
pub(super) const FOUND_MOST: i64 = 10_000;

/// The filter for users that changed since a day. No key of a field has a hyphen.
pub(super) const CHANGED_SINCE: &str = "changed-since";

/// What names the saved search that the list is of.
pub(super) const SAVED: &str = "saved-search";

/// What says that somebody was erased just now, and how many imports wait whose files may name them.
pub(super) const ERASED: &str = "person-erased";

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// As the store takes it.
    pub(super) query: UsersQuery,
    /// The filters by key, as they stand in the address.
    filters: Vec<(String, String)>,
    /// The word of the order.
    word: String,
    /// The number of the saved search that this began with.
    pub(super) saved: Option<i64>,
    /// How many users come before the page; carried along to be shown.
    pub(super) passed: u64,
}

impl Asked {
    /// Reads a query. What means nothing is passed over: an old bookmark still shows users.
    pub(super) fn read(fields: &Fields, pairs: &[(String, String)]) -> Self {
        let text =
            |name: &str| pairs.iter().find(|(of, _)| of == name).map_or("", |(_, value)| value.as_str());
        let sort = text("sort");
        let word = sort.strip_prefix('-').unwrap_or(sort);
        let found = Sort::of_word(fields, word);
        let (filters, numbered) = filters_of(fields, pairs).into_iter().unzip();
        let query = UsersQuery {
            search: text("search").trim().to_owned(),
            filters: numbered,
            sort: found.unwrap_or_default(),
            descending: sort.starts_with('-') && found.is_some(),
            cursor: cursor_of(text("at")),
            limit: PAGE,
        };
        let passed = if query.cursor.is_some() { text("passed").parse().unwrap_or(0) } else { 0 };
        let word = query.sort.word(fields);
        Self { query, filters, word, saved: text(SAVED).parse().ok(), passed }
    }

    /// Whether not everyone is asked for.
    pub(super) fn narrows(&self) -> bool {
        !self.query.search.is_empty() || !self.filters.is_empty()
    }

    /// The filters by key, as they stand in the address.
    pub(super) fn filters(&self) -> &[(String, String)] {
        &self.filters
    }

    /// What the filter of a key says; nothing when there is none.
    pub(super) fn filter(&self, key: &str) -> &str {
        self.filters.iter().find(|(of, _)| of == key).map_or("", |(_, value)| value)
    }

    /// The order as it stands in the address; none for the usual one.
    pub(super) fn sort_word(&self) -> Option<String> {
        let word = &self.word;
        match (self.query.sort, self.query.descending) {
            (Sort::Name, false) => None,
            (_, false) => Some(word.clone()),
            (_, true) => Some(format!("-{word}")),
        }
    }

    /// The query of the same list at another place.
    pub(super) fn address(&self, cursor: Option<&Cursor>) -> String {
        self.written(&self.filters, self.sort_word().as_deref(), cursor.map(|cursor| (cursor, 0)))
    }

    /// The query of a page beside this one, and how many users come before that.
    pub(super) fn page_address(&self, cursor: &Cursor, passed: u64) -> String {
        self.written(&self.filters, self.sort_word().as_deref(), Some((cursor, passed)))
    }

    /// The query of the list from its start, in this order, or the other way round when it has it already.
    pub(super) fn sorted_address(&self, fields: &Fields, sort: Sort) -> String {
        let turned = self.query.sort == sort && !self.query.descending;
        let word = format!("{}{}", if turned { "-" } else { "" }, sort.word(fields));
        self.written(&self.filters, Some(&word), None)
    }

    /// The query of the list as it is saved: without a place, and of no saved search.
    pub(super) fn saved_query(&self) -> String {
        Self { saved: None, ..self.clone() }.address(None)
    }

    /// The query of the list without one of its filters.
    pub(super) fn address_without(&self, place: usize) -> String {
        let mut filters = self.filters.clone();
        filters.remove(place);
        self.written(&filters, self.sort_word().as_deref(), None)
    }

    /// The query of the list with one filter more.
    pub(super) fn address_with(&self, key: &str, value: &str) -> String {
        let mut filters = self.filters.clone();
        filters.push((key.to_owned(), value.to_owned()));
        self.written(&filters, self.sort_word().as_deref(), None)
    }

    fn written(
        &self,
        filters: &[(String, String)],
        sort: Option<&str>,
        place: Option<(&Cursor, u64)>,
    ) -> String {
        let at = place.map(|(cursor, _)| cursor_word(cursor)).unwrap_or_default();
        let passed = place.filter(|(_, passed)| *passed > 0).map(|(_, passed)| passed.to_string());
        let saved = self.saved.map(|saved| saved.to_string()).unwrap_or_default();
        let mut pairs = vec![("search", self.query.search.as_str())];
        pairs.extend(filters.iter().map(|(key, value)| (key.as_str(), value.as_str())));
        pairs.extend([
            ("sort", sort.unwrap_or("")),
            ("at", &at),
            ("passed", passed.as_deref().unwrap_or("")),
            (SAVED, &saved),
        ]);
        reply::query(&pairs)
    }
}

/// Whether people filter by fields of this kind.
pub(super) fn can_filter(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Status | Kind::Choice | Kind::Choices | Kind::YesNo | Kind::Date | Kind::User | Kind::Language
    )
}

type Filter = ((String, String), (FieldNumber, String));

/// The filters as they stand in the address, and as the store takes them. A form sends the ends of a span each by itself.
fn filters_of(fields: &Fields, pairs: &[(String, String)]) -> Vec<Filter> {
    let mut filters = Vec::new();
    for (key, value) in pairs {
        let value = value.trim();
        if key == CHANGED_SINCE {
            let midnight = moment_of(value).map(|moment| moment.to_string());
            filters
                .extend(midnight.map(|moment| ((key.clone(), value.to_owned()), (standard::USER, moment))));
        } else if let Some(field) = fields.by_key(key)
            && can_filter(field.kind)
            && is_meant(field.kind, value)
        {
            filters.push(((key.clone(), value.to_owned()), (field.number, value.to_owned())));
        }
    }
    let text = |name: String| pairs.iter().find(|(of, _)| *of == name).map_or("", |(_, value)| value.trim());
    for field in fields.current().filter(|field| field.kind == Kind::Date) {
        // An end that is no day does not take the other with it.
        let end =
            |of: &str| Some(text(format!("{}.{of}", field.key))).filter(|day| day.parse::<Date>().is_ok());
        let ends = (end("from").unwrap_or_default(), end("to").unwrap_or_default());
        let span = format!("{}{SPAN}{}", ends.0, ends.1);
        if ends != ("", "") && is_meant(Kind::Date, &span) {
            filters.push(((field.key.clone(), span.clone()), (field.number, span)));
        }
    }
    filters
}

/// What the address asks for that can't be read, as `name: value`: the list is of everybody whom the rest leaves, and says so.
pub(super) fn unread(fields: &Fields, pairs: &[(String, String)]) -> Vec<String> {
    let is_unread = |(name, value): &&(String, String)| {
        let value = value.trim();
        !value.is_empty() && !LISTED.contains(&name.as_str()) && !is_read(fields, name, value)
    };
    pairs.iter().filter(is_unread).take(UNREAD_MOST).map(|(name, value)| format!("{name}: {value}")).collect()
}

/// What the list takes beside filters; a place that is none is the first.
const LISTED: [&str; 5] = ["search", "at", "passed", SAVED, ERASED];
/// So many of what can't be read are named.
const UNREAD_MOST: usize = 10;

fn is_read(fields: &Fields, name: &str, value: &str) -> bool {
    let of_key = |key: &str| fields.by_key(key).map(|field| field.kind);
    if let Some(key) = name.strip_suffix(".from").or(name.strip_suffix(".to")) {
        return of_key(key) == Some(Kind::Date) && value.parse::<Date>().is_ok();
    }
    match name {
        "sort" => Sort::of_word(fields, value.strip_prefix('-').unwrap_or(value)).is_some(),
        CHANGED_SINCE => moment_of(value).is_some(),
        _ => of_key(name).is_some_and(|kind| can_filter(kind) && is_meant(kind, value)),
    }
}

/// Whether a filter of a field of this kind can say this.
fn is_meant(kind: Kind, value: &str) -> bool {
    let is_end = |day: &str| day.is_empty() || day.parse::<Date>().is_ok();
    match (kind, value.split_once(SPAN)) {
        (_, _) if value.is_empty() => false,
        (_, _) if value == NO_VALUE => true,
        (Kind::Date, Some((first, last))) => value != SPAN && is_end(first) && is_end(last),
        (Kind::Date, None) => false,
        (Kind::User, _) => value.parse::<UserId>().is_ok(),
        (Kind::Status, _) => matches!(value, "active" | "inactive"),
        (Kind::YesNo, _) => matches!(value, "yes" | "no"),
        (Kind::Choice | Kind::Choices, _) => value.parse::<u32>().is_ok(),
        (_, found) => found.is_none(),
    }
}

/// Midnight of a day, in milliseconds.
fn moment_of(day: &str) -> Option<i64> {
    let day: Date = day.parse().ok()?;
    Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond())
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
    use directory::{Fields, standard};

    use super::{Asked, Cursor, Sort, unread};

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        let pairs: Vec<_> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Asked::read(&Fields::built_in(), &pairs)
    }

    #[test]
    fn an_address_says_what_was_asked() {
        let pairs = [("search", " ann b "), ("status", "active"), ("first_name", "x"), ("sort", "-sign_in")];
        let list = asked(&pairs);
        let cursor = Cursor { key: "a.b&c".to_owned(), id: 7, before: true };
        let address = list.address(Some(&cursor));
        assert_eq!(address, "?search=ann%20b&status=active&sort=-sign_in&at=before.7.a.b%26c");
        assert_eq!(asked(&[("at", "before.7.a.b&c")]).query.cursor, Some(cursor.clone()));
        assert_eq!(list.page_address(&cursor, 50), format!("{address}&passed=50"));
        assert_eq!(list.address_without(0), "?search=ann%20b&sort=-sign_in");
        assert_eq!(
            list.address_with("manager", "none"),
            "?search=ann%20b&status=active&manager=none&sort=-sign_in"
        );
        let fields = Fields::built_in();
        assert_eq!(list.sorted_address(&fields, Sort::SignIn), "?search=ann%20b&status=active&sort=sign_in");
        let by_title = Sort::Field(standard::JOB_TITLE);
        let address = list.sorted_address(&fields, by_title);
        assert_eq!(address, "?search=ann%20b&status=active&sort=job_title");
        let turned = asked(&[("sort", "job_title"), ("saved-search", "7")]);
        assert_eq!(turned.query.sort, by_title);
        assert_eq!(turned.sorted_address(&fields, by_title), "?sort=-job_title&saved-search=7");
        assert_eq!(turned.saved_query(), "?sort=job_title");
        assert_eq!(asked(&[("sort", "-shoe_size")]).query.sort, Sort::Name);
    }

    #[test]
    fn a_filter_is_read_as_the_store_takes_it_or_passed_over() {
        for (pair, filter) in [
            (("department", "3"), Some((standard::DEPARTMENT, "3"))),
            (("department", "none"), Some((standard::DEPARTMENT, "none"))),
            (("department", "1..2"), None),
            (("manager", "none"), Some((standard::MANAGER, "none"))),
            (("manager", "Ann"), None),
            (
                ("start_date", "2026-01-01..2026-02-01"),
                Some((standard::START_DATE, "2026-01-01..2026-02-01")),
            ),
            (("start_date", ".."), None),
            (("start_date", "2026-02-30.."), None),
            (("start_date.from", "2026-01-01"), Some((standard::START_DATE, "2026-01-01.."))),
            (("start_date.to", "2026-01-01"), Some((standard::START_DATE, "..2026-01-01"))),
            (("changed-since", "1970-01-02"), Some((standard::USER, "86400000"))),
            (("changed-since", "yesterday"), None),
            (("job_title", "x"), None),
            (("status", "foo"), None),
            (("department", "Sales"), None),
            (("start_date.from", "garbage"), None),
        ] {
            let wanted: Vec<_> = filter.into_iter().map(|(field, value)| (field, value.to_owned())).collect();
            assert_eq!(asked(&[pair]).query.filters, wanted, "{pair:?}");
        }
    }

    #[test]
    fn what_can_t_be_read_is_told() {
        let fields = Fields::built_in();
        let told = |pairs: &[(&str, &str)]| {
            let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            unread(&fields, &pairs.collect::<Vec<_>>()).join(", ")
        };
        for (pair, expected) in [
            (("search", "zz"), ""),
            (("status", "active"), ""),
            (("status", ""), ""),
            (("status", "foo"), "status: foo"),
            (("stauts", "inactive"), "stauts: inactive"),
            (("start_date.from", "garbage"), "start_date.from: garbage"),
            (("start_date.to", "2026-01-01"), ""),
            (("start_date", ".."), "start_date: .."),
            (("job_title", "x"), "job_title: x"),
            (("changed-since", "yesterday"), "changed-since: yesterday"),
            (("sort", "-shoe_size"), "sort: -shoe_size"),
            (("sort", "-name"), ""),
            (("manager", "none"), ""),
        ] {
            assert_eq!(told(&[pair]), expected, "{pair:?}");
        }
        let ends = [("start_date.from", "garbage"), ("start_date.to", "2026-01-01")];
        assert_eq!(asked(&ends).query.filters, [(standard::START_DATE, "..2026-01-01".to_owned())]);
    }
}
