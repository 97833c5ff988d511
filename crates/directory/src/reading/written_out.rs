//! Dates as letters, mails and programs write them out: with the day of the week, with AM or PM, with the name of a time zone, by weeks
//! (ISO 8601). They are put into the form of other dates, so that one reader reads them all.

use std::borrow::Cow;

use workbook::CellDate;

use super::date::{ORDERS, Parts, days, of_days, stored};

/// The days of the week from Monday, whole and shortened, in the languages of the months' names (`months.rs`), in lower case without a point.
const DAYS: [&str; 7] = [
    "monday mon montag mo lundi lun lunes lunedì maandag ma mandag man måndag mån segunda-feira segunda seg poniedziałek pon",
    "tuesday tue tues dienstag di mardi mar martes martedì dinsdag tirsdag tir tisdag tis terça-feira terça ter wtorek wt",
    "wednesday wed mittwoch mi mercredi mer miércoles mié mercoledì woensdag wo onsdag ons quarta-feira quarta qua środa śr",
    "thursday thu thur thurs donnerstag do jeudi jeu jueves jue giovedì gio donderdag torsdag tor tors quinta-feira quinta qui czwartek czw",
    "friday fri freitag fr vendredi ven viernes vie venerdì vrijdag vr fredag fre sexta-feira sexta sex piątek pt",
    "saturday sat samstag sonnabend sa samedi sam sábado sáb sabato sab zaterdag za lørdag lør lördag lör sobota sob",
    "sunday sun sonntag so dimanche dim domingo dom domenica zondag zo søndag søn söndag sön niedziela niedz",
];

/// Words that stand beside dates and times and say nothing.
const SMALL: [&str; 10] = ["den", "le", "el", "il", "on", "the", "at", "um", "uhr", "à"];

/// The zones that mails name (RFC 5322, 4.3) and those of Europe, with how far they are ahead of UTC.
const ZONES: [(&str, &str); 16] = [
    ("Z", "Z"),
    ("UT", "Z"),
    ("GMT", "Z"),
    ("UTC", "Z"),
    ("EST", "-0500"),
    ("EDT", "-0400"),
    ("CST", "-0600"),
    ("CDT", "-0500"),
    ("MST", "-0700"),
    ("MDT", "-0600"),
    ("PST", "-0800"),
    ("PDT", "-0700"),
    ("CET", "+0100"),
    ("CEST", "+0200"),
    ("EET", "+0200"),
    ("EEST", "+0300"),
];

/// A date as others are written, with the time of day behind it if there is one; as it is where there is nothing to put right. None when it
/// contradicts itself: its day of the week is another one.
pub(crate) fn plain(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains(char::is_alphabetic) {
        return Some(Cow::Borrowed(text));
    }
    if let Some(date) = of_week(text) {
        return Some(Cow::Owned(stored(date)));
    }
    let mut words: Vec<&str> = text.split(|letter: char| letter.is_whitespace() || letter == ',').collect();
    words.retain(|word| !word.is_empty() && !SMALL.contains(&&*word.to_lowercase()));
    let time = take_time(&mut words);
    let weekday = take_weekday(&mut words);
    if time.is_none() && weekday.is_none() {
        return Some(Cow::Borrowed(text));
    }
    let date = words.join(" ");
    let date = match weekday {
        Some(weekday) => on_weekday(&date, weekday)?,
        None => date,
    };
    Some(Cow::Owned(time.map_or_else(|| date.clone(), |time| format!("{date} {time}"))))
}

/// The date of those that a text may mean that is on this day of the week; the text itself when several are.
fn on_weekday(text: &str, weekday: usize) -> Option<String> {
    let parts = Parts::of(text)?;
    let read = ORDERS.iter().filter_map(|order| parts.read(*order));
    let mut dates: Vec<CellDate> = read.filter(|date| weekday_of(*date) == weekday).collect();
    dates.dedup();
    match dates[..] {
        [] => None,
        [only] => Some(stored(only)),
        _ => Some(text.to_owned()),
    }
}

/// The day of the week, Monday being 0: the day from which days are counted, the first of March of the year 0, was a Wednesday.
fn weekday_of(date: CellDate) -> usize {
    (days(date) + 2).rem_euclid(7) as usize
}

/// Takes the day of the week out of the words, where the others are a date without it (`mar` is a day and a month).
fn take_weekday(words: &mut Vec<&str>) -> Option<usize> {
    let known = |word: &str| {
        let word = word.trim_matches(['(', ')', '.']).to_lowercase();
        DAYS.iter().position(|names| names.split(' ').any(|name| name == word))
    };
    let (at, weekday) = words.iter().enumerate().find_map(|(at, word)| {
        let weekday = known(word)?;
        let others = words.iter().enumerate().filter(|(of, _)| *of != at).map(|(_, word)| *word);
        Parts::of(&others.collect::<Vec<_>>().join(" ")).map(|_| (at, weekday))
    })?;
    words.remove(at);
    Some(weekday)
}

/// Takes a time of day with AM or PM, or with a zone behind it, out of the words, and writes it as ISO 8601 does: `15:30:00-0500`. None where
/// it is written so already, or there is none.
fn take_time(words: &mut Vec<&str>) -> Option<String> {
    let at = words
        .iter()
        .position(|word| word.contains(':') && word.starts_with(|first: char| first.is_ascii_digit()))?;
    let behind = at + 1;
    let end =
        words[at].find(|letter: char| !matches!(letter, '0'..='9' | ':' | '.')).unwrap_or(words[at].len());
    let (clock, mut half) = words[at].split_at(end);
    let mut zone = String::new();
    let is_last = behind == words.len();
    if half.is_empty() && words.get(behind).is_some_and(|word| half_of(word).is_some()) {
        half = words.remove(behind);
    }
    if let Some(word) = words.get(behind) {
        if let Some(of_word) = zone_of(word) {
            zone = of_word;
            words.remove(behind);
        }
        // The name of the zone in full: `(Central European Standard Time)`.
        if words.get(behind).is_some_and(|word| word.starts_with('('))
            && words.last().is_some_and(|word| word.ends_with(')'))
        {
            words.truncate(behind);
        }
    }
    if half.is_empty() && is_last {
        return None;
    }
    let clock = if half.is_empty() { clock.to_owned() } else { in_half(clock, half)? };
    words.remove(at);
    Some(clock + &zone)
}

/// Whether a word says which half of a day is meant: the second one.
fn half_of(word: &str) -> Option<bool> {
    match &*word.to_ascii_lowercase().replace('.', "") {
        "am" => Some(false),
        "pm" => Some(true),
        _ => None,
    }
}

/// `15:30:00` of `3:30:00` and `PM`.
fn in_half(clock: &str, half: &str) -> Option<String> {
    let is_second = half_of(half)?;
    let (hour, rest) = clock.split_once(':')?;
    let hour: u32 = hour.parse().ok().filter(|hour| (1..=12).contains(hour))?;
    Some(format!("{:02}:{rest}", hour % 12 + if is_second { 12 } else { 0 }))
}

/// How far a zone is ahead of UTC, as ISO 8601 writes it: of `GMT`, `-0500`, `GMT+0100`.
fn zone_of(word: &str) -> Option<String> {
    let named = ZONES.iter().find(|(name, _)| *name == word).map(|(_, ahead)| (*ahead).to_owned());
    let ahead = word.trim_start_matches("GMT").trim_start_matches("UTC");
    let is_number = ahead.len() >= 3
        && ahead.starts_with(['+', '-'])
        && ahead[1..].bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    named.or_else(|| is_number.then(|| ahead.to_owned()))
}

/// The day of a week of ISO 8601: `2025-W06-1`, `2025W061`.
fn of_week(text: &str) -> Option<CellDate> {
    let (year, rest) = text.split_once(['W', 'w'])?;
    let (year, is_parted) = year.strip_suffix('-').map_or((year, false), |year| (year, true));
    let (week, day) = if is_parted { rest.split_once('-')? } else { rest.split_at_checked(2)? };
    let number = |text: &str, width: usize| {
        let fits = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<i32>().ok().filter(|_| fits)
    };
    let (year, week, day) = (number(year, 4)?, number(week, 2)?, number(day, 1)?);
    // The first week is the one in which the fourth of January is.
    let fourth = CellDate { year: i16::try_from(year).ok().filter(|year| *year > 0)?, month: 1, day: 4 };
    let monday = days(fourth) - weekday_of(fourth) as i32;
    let date = of_days(monday + (week - 1) * 7 + day - 1);
    let next = CellDate { year: fourth.year + 1, ..fourth };
    let is_in_year = monday + (week - 1) * 7 < days(next) - weekday_of(next) as i32;
    ((1..=7).contains(&day) && (1..=53).contains(&week) && is_in_year).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn dates_are_put_into_the_form_of_others() {
        for (text, expected) in [
            ("Mon, 3 Feb 2025", "2025-02-03"),
            ("Monday, February 3, 2025", "2025-02-03"),
            ("Monday 3rd of February 2025", "2025-02-03"),
            ("Montag, 3. Februar 2025", "2025-02-03"),
            ("Montag, den 3. Februar 2025", "2025-02-03"),
            ("Mo. 03.02.2025", "2025-02-03"),
            ("lundi 3 février 2025", "2025-02-03"),
            ("lunes, 3 de febrero de 2025", "2025-02-03"),
            ("lunedì 3 febbraio 2025", "2025-02-03"),
            ("maandag 3 februari 2025", "2025-02-03"),
            ("segunda-feira, 3 de fevereiro de 2025", "2025-02-03"),
            ("03.02.2025 (Mo)", "2025-02-03"),
            ("mar. 4 mars 2025", "2025-03-04"),
            ("Mar 4 2025", "Mar 4 2025"),
            ("Mon 2025-02-03", "2025-02-03"),
            // The day of the week tells the order; where it fits both, the account's counts.
            ("Mon 02/03/2025", "2025-02-03"),
            ("Mon 03/02/2025", "2025-02-03"),
            ("Wed 05/11/2025", "2025-11-05"),
            ("Sun 05/10/2025", "2025-10-05"),
            ("Tue 02/09/2025", "2025-09-02"),
            ("Mon, 03 Feb 2025 09:30:00 +0000", "2025-02-03 09:30:00+0000"),
            ("Mon, 03 Feb 2025 09:30:00 GMT", "2025-02-03 09:30:00Z"),
            ("3 Feb 2025 09:30 EST", "3 Feb 2025 09:30-0500"),
            ("Mon Feb  3 09:30:00 2025", "2025-02-03 09:30:00"),
            ("Mon Feb 3 09:30:00 UTC 2025", "2025-02-03 09:30:00Z"),
            (
                "Mon Feb 03 2025 00:00:00 GMT+0100 (Central European Standard Time)",
                "2025-02-03 00:00:00+0100",
            ),
            ("2/3/2025 9:30 AM", "2/3/2025 09:30"),
            ("2/3/2025 12:00:00 AM", "2/3/2025 00:00:00"),
            ("2/3/2025 12:15 p.m.", "2/3/2025 12:15"),
            ("2/3/2025 3:30:05PM", "2/3/2025 15:30:05"),
            ("2025-W06-1", "2025-02-03"),
            ("2025W061", "2025-02-03"),
            ("2020-W53-7", "2021-01-03"),
            ("2026-W01-1", "2025-12-29"),
            ("2025-02-03T09:30:00Z", "2025-02-03T09:30:00Z"),
            ("2025-02-03 09:30:00", "2025-02-03 09:30:00"),
            ("3 Feb 2025", "3 Feb 2025"),
            ("soon", "soon"),
            ("Monday", "Monday"),
        ] {
            assert_eq!(plain(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_date_on_another_day_of_the_week_is_none() {
        for text in [
            "Tue, 3 Feb 2025",
            "Dienstag, 3. Februar 2025",
            "Mon 2025-02-04",
            "Fri, 03 Feb 2025 09:30:00 +0000",
        ] {
            assert_eq!(plain(text), None, "{text}");
        }
        for text in ["2025-W54-1", "2025-W53-1", "2025-W06-8", "2025-W06", "2025-W6-1"] {
            assert_eq!(plain(text).as_deref(), Some(text), "{text}");
        }
    }
}
