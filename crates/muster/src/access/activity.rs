//! The activity of an organisation, for those who own it: who did what, from where and when. Which acts stand there, `events` says.

use std::collections::HashMap;
use std::io::Write;

use directory::{Claim, Kind};
use events::Event;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::{AccountId, Activity, ActivityPlace, ActivityWanted, Error, Result, Time};

use crate::app::App;

/// Lines that are read at once for a file.
const TOGETHER: u32 = 1_000;
/// The first line of a file.
const HEADINGS: &str = "time,event,who,name,address,about\r\n";

/// Which lines are to be seen. Days are those of UTC.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityFilter {
    /// Of this kind alone.
    pub event: Option<Event>,
    /// By whom alone: `administrator:3`, `token:payroll`.
    pub who: Option<String>,
    /// From this day on.
    pub from: Option<Date>,
    /// Up to this day, which counts.
    pub to: Option<Date>,
}

impl ActivityFilter {
    /// Reads the four as people and programs write them, each of which may be empty. A person may also be named by their email. None when
    /// one is no kind or no day.
    ///
    /// # Errors
    /// When the store fails.
    pub fn read(app: &App, [event, who, from, to]: [&str; 4]) -> Result<Option<Self>> {
        let texts = [event, who, from, to].map(|text| Some(text.trim()).filter(|text| !text.is_empty()));
        let [event, who, from, to] = texts;
        let kind = event.and_then(Event::of_word).filter(|event| event.is_kept());
        let day = |text: Option<&str>| text.and_then(|text| text.parse::<Date>().ok());
        let days = [day(from), day(to)];
        if kind.is_some() != event.is_some()
            || [from, to].map(|text| text.is_some()) != days.map(|day| day.is_some())
        {
            return Ok(None);
        }
        let who = match who {
            Some(email) if email.contains('@') && !email.contains(':') => {
                let found = app.store.administrator(&Claim::fold(Kind::Email, email))?;
                Some(found.map_or_else(|| email.to_owned(), |found| format!("administrator:{}", found.id)))
            }
            who => who.map(str::to_owned),
        };
        Ok(Some(Self { event: kind, who, from: days[0], to: days[1] }))
    }

    fn wanted(&self, after: Option<ActivityPlace>, limit: u32) -> ActivityWanted {
        ActivityWanted {
            event: self.event.map(|event| event.word().to_owned()),
            who: self.who.clone(),
            since: self.from.and_then(begin_of),
            until: self.to.and_then(|day| day.tomorrow().ok()).and_then(begin_of),
            after,
            limit,
        }
    }
}

/// When a day begins in UTC.
fn begin_of(day: Date) -> Option<Time> {
    let begin = day.to_zoned(TimeZone::UTC).ok()?;
    Some(Time(begin.timestamp().as_millisecond()))
}

/// A page of the activity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityPage {
    /// The lines, the newest first.
    pub lines: Vec<Activity>,
    /// Where the next page begins.
    pub next: Option<ActivityPlace>,
    /// What those are called who have a role in the organisation, by their number.
    pub people: HashMap<i64, String>,
}

impl ActivityPage {
    /// What somebody is called, if they have a role in the organisation today: `administrator:3` is nobody's to know elsewhere.
    pub fn name_of(&self, who: &str) -> Option<&str> {
        let number = who.strip_prefix("administrator:")?.parse().ok()?;
        self.people.get(&number).map(String::as_str)
    }
}

/// A page of the activity of an account.
///
/// # Errors
/// When the store fails.
pub fn activity_page(
    app: &App,
    account: AccountId,
    filter: &ActivityFilter,
    after: Option<ActivityPlace>,
    limit: u32,
) -> Result<ActivityPage> {
    let mut lines = app.store.activity(account, &filter.wanted(after, limit + 1))?;
    let more = lines.len() > limit as usize;
    lines.truncate(limit as usize);
    let next = lines.last().filter(|_| more).map(|line| line.place);
    let members = app.store.members(account)?;
    let people = members.into_iter().map(|member| (member.administrator.id, member.administrator.email));
    Ok(ActivityPage { lines, next, people: people.collect() })
}

/// Writes the lines of the activity of an account as csv, the newest first.
///
/// # Errors
/// When the store fails, or nobody takes the bytes any more.
pub fn activity_file(
    app: &App,
    account: AccountId,
    filter: &ActivityFilter,
    sink: &mut dyn Write,
) -> Result<()> {
    let written =
        |error: std::io::Error| Error::Failed(format!("the activity could not be written: {error}"));
    sink.write_all(HEADINGS.as_bytes()).map_err(written)?;
    let mut after = None;
    loop {
        let page = activity_page(app, account, filter, after, TOGETHER)?;
        let lines: String = page.lines.iter().map(|line| csv_line(&page, line)).collect();
        sink.write_all(lines.as_bytes()).map_err(written)?;
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// A line of the file (RFC 4180).
fn csv_line(page: &ActivityPage, line: &Activity) -> String {
    let about: Vec<String> = line.about.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let time = told_time(line.at);
    let parts = [
        time.as_str(),
        &line.event,
        &line.who,
        page.name_of(&line.who).unwrap_or_default(),
        line.address.as_deref().unwrap_or_default(),
        &about.join("; "),
    ];
    let mut text = parts.map(quoted).join(",");
    text.push_str("\r\n");
    text
}

/// A moment as RFC 3339 has it.
pub fn told_time(time: Time) -> String {
    Timestamp::from_millisecond(time.0).map_or_else(|_| String::new(), |stamp| stamp.to_string())
}

/// A cell. What a spreadsheet would take for a formula is made a text (OWASP, CSV injection).
fn quoted(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let mark = if formula { "'" } else { "" };
    format!("\"{mark}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_cell_is_never_a_formula_and_ends_where_it_ends() {
        for (text, cell) in [
            ("token:pay", "\"token:pay\""),
            ("=1+1@x", "\"'=1+1@x\""),
            ("a\"b,c", "\"a\"\"b,c\""),
            ("", "\"\""),
        ] {
            assert_eq!(quoted(text), cell);
        }
    }
}
