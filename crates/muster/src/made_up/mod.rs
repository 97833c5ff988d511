//! Made-up people, for demos, trials and measurements: names in many scripts, missing emails, leading zeros, long
//! values and the texts that spreadsheets damage, in proportions like those of a real organisation.
//!
//! Pure and without end: `people(seed, domain)` yields the same people for the same seed, forever. Nobody in it is
//! real: names are put together at random, emails are of the given domain, and phone numbers come from ranges
//! reserved for fiction wherever a country has them.

mod names;
mod random;
mod words;

use std::collections::HashSet;

use names::{ORIGINS, Origin};
use random::Random;
use words::{AWKWARD_COST_CENTRES, AWKWARD_NOTES, JOBS, LONG_JOB, NOTES, RANKS, WEEKLY_HOURS};
pub use words::{DEPARTMENTS, SEGMENTS};

/// How many characters the longest made-up values reach.
const LONG: usize = 150;

/// The year in which the latest of them started; fixed, so that a seed means the same people next year too.
const LATEST_YEAR: i16 = 2026;

/// A person that nobody ever was. Empty values are `None`, never an empty text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Given name or names, in the person's own script.
    pub first_name: String,
    /// Family name or names.
    pub last_name: String,
    /// Unique among all people of one seed and domain.
    pub email: Option<String>,
    /// Unique as well, also over domains whose first labels differ; holds no `@`.
    pub username: Option<String>,
    /// Whether the user is active; an active one has an email or a username.
    pub status_active: bool,
    /// What they do.
    pub job_title: Option<String>,
    /// One of [`DEPARTMENTS`].
    pub department: Option<&'static str>,
    /// The position in this iteration, from 0, of somebody who came earlier; following it never leads in a circle.
    pub manager: Option<u64>,
    /// E.164.
    pub phone: Option<String>,
    /// Eight digits with leading zeros, unique.
    pub employee_number: Option<String>,
    /// Year, month, day.
    pub start_date: Option<(i16, i8, i8)>,
    /// Some of [`SEGMENTS`], in their order.
    pub segments: Vec<&'static str>,
    /// A language tag.
    pub language: Option<&'static str>,
    /// A code for a field of the account's own (text): leading zeros, and codes like `MAR1` and `10E5`.
    pub cost_centre: Option<String>,
    /// Hours in a week for a field of the account's own (number), a canonical decimal.
    pub weekly_hours: Option<&'static str>,
    /// Free text for a field of the account's own (text), at times with line breaks or a leading `=`.
    pub notes: Option<&'static str>,
}

/// The people of a seed, with emails at `domain` (as `acme.example`), without end.
pub fn people(seed: u64, domain: &str) -> People {
    let origins: Vec<_> = ORIGINS.iter().map(Names::of).collect();
    let weighted = origins
        .iter()
        .enumerate()
        .flat_map(|(at, names)| (0..names.origin.weight).map(move |_| at))
        .collect();
    People {
        random: Random::new(seed),
        origins,
        weighted,
        domain: domain.to_owned(),
        account: domain.split('.').next().unwrap_or_default().to_owned(),
        before: 0,
        yielded: 0,
        taken: HashSet::new(),
    }
}

/// The iterator of [`people`].
#[derive(Debug, Clone)]
pub struct People {
    random: Random,
    origins: Vec<Names>,
    /// The place of an origin, as many times as it weighs.
    weighted: Vec<usize>,
    domain: String,
    account: String,
    before: u64,
    yielded: u64,
    /// The local parts given out without a number. There are only as many as pairs of names.
    taken: HashSet<String>,
}

impl People {
    /// The same, for an account that holds `count` made-up people already, of whatever seed: emails, usernames and
    /// employee numbers differ from all of theirs.
    pub fn after(mut self, count: u64) -> Self {
        self.before = count;
        self
    }
}

impl Iterator for People {
    type Item = Person;

    fn next(&mut self) -> Option<Person> {
        let place = self.random.one_of(&self.weighted)?;
        let name = Name::draw(&mut self.random, self.origins.get(place)?)?;
        let login = self.login(&name);
        let origin = self.origins.get(place)?.origin;
        let random = &mut self.random;

        // Most have an email; those without have a username; a few have both, or neither and are inactive.
        let kind = random.below(1000);
        let email = (kind < 900).then(|| joined(&login, '@', &self.domain));
        let username = (860..997).contains(&kind).then(|| joined(&login, '-', &self.account));
        let person = Person {
            first_name: name.first,
            last_name: name.last,
            status_active: (email.is_some() || username.is_some()) && !random.per_thousand(70),
            email,
            username,
            job_title: job_title(random),
            department: if random.per_thousand(950) { random.one_of(&DEPARTMENTS) } else { None },
            manager: manager(random, self.yielded),
            phone: phone(random, origin),
            employee_number: random.per_thousand(970).then(|| padded(self.before + self.yielded + 1, 8)),
            start_date: start_date(random),
            segments: segments(random),
            language: language(random, origin),
            cost_centre: cost_centre(random),
            weekly_hours: if random.per_thousand(900) { random.one_of(&WEEKLY_HOURS) } else { None },
            notes: notes(random),
        };
        self.yielded += 1;
        Some(person)
    }
}

impl People {
    /// A local part that nobody else of this account has: the name alone for the first who bears it, with the
    /// person's number for the next ones. A name holds no digit, so the two kinds never meet.
    fn login(&mut self, name: &Name) -> String {
        let mut login = joined(&name.first_login, '.', &name.last_login);
        if self.before > 0 || self.taken.contains(&login) {
            push_number(&mut login, self.before + self.yielded);
        } else {
            self.taken.insert(login.clone());
        }
        login
    }
}

/// The names of an origin, taken apart.
#[derive(Debug, Clone)]
struct Names {
    origin: &'static Origin,
    given: Vec<Word>,
    family: Vec<Word>,
}

/// A name as it is written and as it stands in an email.
#[derive(Debug, Clone)]
struct Word {
    written: String,
    romanised: String,
}

impl Names {
    fn of(origin: &'static Origin) -> Self {
        let words = |text: &str| text.split_whitespace().map(Word::of).collect();
        Self { origin, given: words(origin.given), family: words(origin.family) }
    }
}

impl Word {
    fn of(entry: &str) -> Self {
        let (written, romanised) = match entry.split_once('=') {
            Some((written, romanised)) => (written, romanised.to_owned()),
            None => (entry, entry.to_lowercase().replace('-', "")),
        };
        Self { written: written.replace('_', " "), romanised }
    }
}

/// A first and a last name, each also as it stands in an email.
struct Name {
    first: String,
    last: String,
    first_login: String,
    last_login: String,
}

impl Name {
    fn draw(random: &mut Random, names: &Names) -> Option<Self> {
        let given = pick(random, &names.given)?;
        let family = pick(random, &names.family)?;
        let mut name = Self {
            first: given.written.clone(),
            last: family.written.clone(),
            first_login: given.romanised.clone(),
            last_login: family.romanised.clone(),
        };
        if random.per_thousand(40) {
            append(&mut name.first, ' ', pick(random, &names.given)?);
        }
        if random.per_thousand(30) {
            append(&mut name.last, '-', pick(random, &names.family)?);
        }
        if random.below(4000) == 0 {
            name.lengthen(random, names);
        }
        Some(name)
    }

    /// Chains family names until a field's usual width has long been passed.
    fn lengthen(&mut self, random: &mut Random, names: &Names) {
        while let Some(word) = pick(random, &names.family) {
            if self.last.chars().count() + 1 + word.written.chars().count() > LONG {
                return;
            }
            append(&mut self.last, '-', word);
        }
    }
}

fn pick<'names>(random: &mut Random, words: &'names [Word]) -> Option<&'names Word> {
    words.get(random.below(words.len() as u32) as usize)
}

fn append(name: &mut String, between: char, word: &Word) {
    name.push(between);
    name.push_str(&word.written);
}

fn joined(left: &str, between: char, right: &str) -> String {
    let mut both = String::with_capacity(left.len() + 1 + right.len());
    both.push_str(left);
    both.push(between);
    both.push_str(right);
    both
}

fn job_title(random: &mut Random) -> Option<String> {
    if random.per_thousand(50) {
        return None;
    }
    if random.below(2000) == 0 {
        return Some(LONG_JOB.chars().take(LONG).collect());
    }
    let rank = random.one_of(&RANKS)?;
    let job = random.one_of(&JOBS)?;
    let mut title = String::with_capacity(rank.len() + job.len());
    title.push_str(rank);
    title.push_str(job);
    Some(title)
}

/// A tree in which everybody leads about eight, with a few who report to somebody else's lead or to nobody.
fn manager(random: &mut Random, index: u64) -> Option<u64> {
    let regular = index.checked_sub(1)? / 8;
    match random.below(100) {
        0..4 => None,
        4..10 => Some(u64::from(random.below(u32::try_from(regular + 1).unwrap_or(u32::MAX)))),
        _ => Some(regular),
    }
}

fn phone(random: &mut Random, origin: &Origin) -> Option<String> {
    if random.per_thousand(250) {
        return None;
    }
    let mut digits = random.next();
    let number = random.one_of(origin.phones)?.chars().map(|sign| {
        if sign != '#' {
            return sign;
        }
        let digit = char::from(b'0' + (digits % 10) as u8);
        digits /= 10;
        digit
    });
    Some(number.collect())
}

/// Between 1985 and [`LATEST_YEAR`], most of them in the last years.
fn start_date(random: &mut Random) -> Option<(i16, i8, i8)> {
    if random.per_thousand(40) {
        return None;
    }
    let years_ago = random.below(42).min(random.below(42)) as i16;
    let year = LATEST_YEAR - years_ago;
    let month = 1 + random.below(if years_ago == 0 { 10 } else { 12 }) as i8;
    // Companies start people on the first of a month.
    let day = if random.per_thousand(500) { 1 } else { 1 + random.below(days_in(year, month)) as i8 };
    Some((year, month, day))
}

fn days_in(year: i16, month: i8) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

fn segments(random: &mut Random) -> Vec<&'static str> {
    // Three random bits must all be set: each segment has one person in eight, a person one and a half segments.
    let chosen = random.next();
    let chosen = chosen & (chosen >> 16) & (chosen >> 32);
    SEGMENTS.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1).map(|(_, label)| *label).collect()
}

fn language(random: &mut Random, origin: &Origin) -> Option<&'static str> {
    match random.below(100) {
        0..8 => None,
        8..70 => origin.languages.first().copied(),
        _ => random.one_of(origin.languages),
    }
}

fn cost_centre(random: &mut Random) -> Option<String> {
    match random.below(1000) {
        0..150 => None,
        150..750 => Some(padded(u64::from(random.below(10_000)), 6)),
        750..980 => Some(joined("CC", '-', &padded(u64::from(random.below(1000)), 4))),
        _ => random.one_of(&AWKWARD_COST_CENTRES).map(str::to_owned),
    }
}

fn notes(random: &mut Random) -> Option<&'static str> {
    match random.below(1000) {
        0..850 => None,
        850..990 => random.one_of(&NOTES),
        _ => random.one_of(&AWKWARD_NOTES),
    }
}

/// The number with zeros before it, at least `width` digits.
fn padded(number: u64, width: usize) -> String {
    let mut digits = String::with_capacity(20);
    push_number(&mut digits, number);
    let missing = width.saturating_sub(digits.len());
    digits.insert_str(0, &"00000000000000000000"[..missing.min(20)]);
    digits
}

/// Appends the decimal digits; several times as fast as the formatter, and a million are made of them.
fn push_number(text: &mut String, mut number: u64) {
    let start = text.len();
    loop {
        text.insert(start, char::from(b'0' + (number % 10) as u8));
        number /= 10;
        if number == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{DEPARTMENTS, LATEST_YEAR, LONG, Person, SEGMENTS, days_in, padded, people};

    fn some(seed: u64, count: usize) -> Vec<Person> {
        people(seed, "acme.example").take(count).collect()
    }

    /// A number that changes when any value of any of these people changes (FNV-1a).
    fn fingerprint(people: &[Person]) -> u64 {
        let mut sum = 0xCBF2_9CE4_8422_2325;
        for byte in people.iter().flat_map(|person| values(person).join("\u{1f}").into_bytes()) {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
        sum
    }

    fn values(person: &Person) -> [String; 16] {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let label = |value: Option<&str>| value.unwrap_or_default().to_owned();
        [
            person.first_name.clone(),
            person.last_name.clone(),
            text(&person.email),
            text(&person.username),
            person.status_active.to_string(),
            text(&person.job_title),
            label(person.department),
            person.manager.map(|manager| manager.to_string()).unwrap_or_default(),
            text(&person.phone),
            text(&person.employee_number),
            person.start_date.map(|(year, month, day)| format!("{year}-{month}-{day}")).unwrap_or_default(),
            person.segments.join(";"),
            label(person.language),
            text(&person.cost_centre),
            label(person.weekly_hours),
            label(person.notes),
        ]
    }

    /// Once released, these numbers stay: a seed means the same people forever.
    #[test]
    fn a_seed_means_the_same_people_forever() {
        for (seed, expected) in [(1, FIRST), (2, SECOND)] {
            assert_eq!(fingerprint(&some(seed, 1000)), expected, "seed {seed}");
        }
        assert_eq!(some(3, 50), some(3, 100)[..50]);
    }
    const FIRST: u64 = 1_536_521_368_120_942_114;
    const SECOND: u64 = 4_261_110_815_925_350_110;

    #[test]
    fn logins_and_employee_numbers_are_unique_over_seeds_and_accounts() {
        let acme = people(1, "acme.example").take(20_000);
        let more = people(2, "acme.example").after(20_000).take(20_000);
        let globex = people(1, "globex.example").take(20_000);
        let (mut logins, mut numbers) = (HashSet::new(), HashSet::new());
        for (account, person) in
            acme.chain(more).map(|person| ("acme", person)).chain(globex.map(|person| ("globex", person)))
        {
            for login in person.email.iter().chain(&person.username) {
                assert!(logins.insert(login.clone()), "{login} came twice");
            }
            if let Some(number) = person.employee_number {
                assert!(numbers.insert((account, number.clone())), "{number} came twice in {account}");
            }
        }
    }

    #[test]
    fn everybody_is_somebody_whom_muster_takes() {
        for (index, person) in some(5, 50_000).iter().enumerate() {
            let context = || format!("person {index}: {person:?}");
            for text in [Some(&person.first_name), Some(&person.last_name), person.job_title.as_ref()]
                .into_iter()
                .flatten()
            {
                assert!(
                    !text.is_empty() && text.trim() == text && text.chars().count() <= LONG,
                    "{}",
                    context()
                );
            }
            assert!(
                !person.status_active || person.email.is_some() || person.username.is_some(),
                "{}",
                context()
            );
            let username = person.username.as_deref().unwrap_or("user-acme");
            assert!(
                username.ends_with("-acme") && !username.contains('@') && username.len() <= 100,
                "{}",
                context()
            );
            let local = person
                .email
                .as_deref()
                .map_or("a", |email| email.strip_suffix("@acme.example").unwrap_or_default());
            assert!(
                local.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.'),
                "{}",
                context()
            );
            assert!((1..=64).contains(&local.len()), "{}", context());
            assert!(person.manager.is_none_or(|manager| manager < index as u64), "{}", context());
            assert!(
                person.department.is_none_or(|department| DEPARTMENTS.contains(&department)),
                "{}",
                context()
            );
            assert!(
                person.segments.iter().all(|segment| SEGMENTS.contains(segment) && !segment.contains(';')),
                "{}",
                context()
            );
            if let Some((year, month, day)) = person.start_date {
                assert!((1985..=LATEST_YEAR).contains(&year) && (1..=12).contains(&month), "{}", context());
                assert!((1..=days_in(year, month)).contains(&(day as u32)), "{}", context());
            }
            if let Some(number) = &person.employee_number {
                assert!(number.len() == 8 && number.starts_with('0'), "{}", context());
            }
            if let Some(phone) = &person.phone {
                let digits = phone.strip_prefix('+').unwrap_or_default();
                assert!(
                    (8..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()),
                    "{}",
                    context()
                );
            }
        }
    }

    /// Each of these must be met within the first thousand, or ten thousand for the rare ones: demos and tests count on it.
    #[test]
    fn what_makes_them_realistic_is_there() {
        type Trait = (&'static str, usize, fn(&Person) -> bool);
        let traits: [Trait; 16] = [
            ("no email", 1000, |person| person.email.is_none()),
            ("both logins", 1000, |person| person.email.is_some() && person.username.is_some()),
            ("neither login", 10_000, |person| person.email.is_none() && person.username.is_none()),
            ("inactive", 1000, |person| !person.status_active),
            ("no department", 1000, |person| person.department.is_none()),
            ("apostrophe", 1000, |person| person.last_name.contains('\'')),
            ("hyphen", 1000, |person| person.last_name.contains('-')),
            ("zero-width non-joiner", 1000, |person| person.first_name.contains('\u{200c}')),
            ("Null", 10_000, |person| person.last_name == "Null"),
            ("long name", 10_000, |person| person.last_name.chars().count() > 100),
            ("long title", 10_000, |person| {
                person.job_title.as_ref().is_some_and(|title| title.chars().count() == LONG)
            }),
            ("leading =", 10_000, |person| person.notes.is_some_and(|note| note.starts_with('='))),
            ("leading @", 10_000, |person| person.notes.is_some_and(|note| note.starts_with('@'))),
            ("a line break", 1000, |person| person.notes.is_some_and(|note| note.contains('\n'))),
            ("MAR1", 10_000, |person| person.cost_centre.as_deref() == Some("MAR1")),
            ("several segments", 1000, |person| person.segments.len() >= 3),
        ];
        for seed in [1, 2] {
            let everybody = some(seed, 10_000);
            for (name, within, holds) in traits {
                assert!(
                    everybody[..within].iter().any(holds),
                    "seed {seed}: nobody of the first {within} has: {name}"
                );
            }
        }
    }

    #[test]
    fn names_come_in_many_scripts() {
        let everybody = some(1, 1000);
        // One letter of each script's block is enough to tell it.
        let scripts = [
            ("Greek", '\u{0370}'..='\u{03FF}'),
            ("Cyrillic", '\u{0400}'..='\u{04FF}'),
            ("Hebrew", '\u{0590}'..='\u{05FF}'),
            ("Arabic", '\u{0600}'..='\u{06FF}'),
            ("Devanagari", '\u{0900}'..='\u{097F}'),
            ("Thai", '\u{0E00}'..='\u{0E7F}'),
            ("Hangul", '\u{AC00}'..='\u{D7A3}'),
            ("Hiragana or Katakana", '\u{3040}'..='\u{30FF}'),
            ("Han", '\u{4E00}'..='\u{9FFF}'),
            ("Latin with two marks", '\u{1EA0}'..='\u{1EF9}'),
        ];
        for (script, letters) in scripts {
            let met = everybody
                .iter()
                .any(|person| person.first_name.chars().any(|letter| letters.contains(&letter)));
            assert!(met, "nobody of the first thousand has a first name in {script}");
        }
    }

    #[test]
    fn numbers_are_padded() {
        for (number, width, expected) in
            [(0, 8, "00000000"), (42, 8, "00000042"), (123_456_789, 8, "123456789"), (7, 1, "7")]
        {
            assert_eq!(padded(number, width), expected);
        }
    }
}
