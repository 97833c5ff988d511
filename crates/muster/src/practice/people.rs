//! Made-up users in an account: for practice, for the demo, for trials and for measurements.

use std::collections::HashMap;

use directory::{Choice, Field, FieldNumber, Fields, Kind, UserId, Users, standard};
use store::{Account, Error, Result};

use crate::app::App;
use crate::made_up::{DEPARTMENTS, Person, SEGMENTS, people};

/// How many users are created in one transaction: few enough that others wait little, many enough to be quick. Each writes most pages of
/// the indexes by name and sign-in anew, because names come in no order: so transactions grow with the directory.
fn batch_beside(users: u64) -> u64 {
    (users / 5).clamp(10_000, 100_000)
}

/// The fields of the account's own that made-up people have values for.
const OWN_FIELDS: [(&str, &str, Kind); 3] = [
    ("cost_centre", "Cost centre", Kind::Text),
    ("weekly_hours", "Weekly hours", Kind::Number),
    ("notes", "Notes", Kind::Text),
];

/// How many users practice has.
pub const USERS: u64 = 200;
/// The same people for everybody who practises.
pub(super) const SEED: u64 = 7;
/// The kind of the revision that makes them.
pub(super) const GENERATED: &str = "generated";

/// Makes `count` users up in an account, and the choices they need; tells after each batch how many there are. The same seed gives
/// the same people, in an account that has as many users.
///
/// # Errors
/// When the store fails, or somebody has an email or a username of theirs.
pub fn generate_users(
    app: &App,
    account: &Account,
    (count, seed): (u64, u64),
    actor: &str,
    mut watch: impl FnMut(u64),
) -> Result<()> {
    let fields = fields_with_choices(app, account, actor)?;
    let there = app.store.account_now(account.id)?.users as u64;
    let first = app.store.reserve_users(count)?;
    let mut made = people(seed, &domain_of(account)).after(there);
    let mut users = Users::new(&fields);
    let filler = Filler::of(&fields, first);
    let mut start = 0;
    while start < count {
        users.clear();
        let end = count.min(start + batch_beside(there + start));
        // The range comes first: a zip asks it first, and so takes nobody out of the sequence at its end.
        for (place, person) in (start..end).zip(&mut made) {
            filler.fill(&mut users, place, &person)?;
        }
        create(app, account, &users, actor)?;
        watch(end);
        start = end;
    }
    Ok(())
}

/// Where made-up people get their mail: nowhere. What is claimed in practice is claimed there alone, so all of practice has the same.
pub(super) fn domain_of(account: &Account) -> String {
    let name = if account.id.is_practice() { "practice" } else { account.slug.as_str() };
    format!("{name}.example")
}

/// Gives an account the fields of its own that made-up people have values for, those it has not got.
///
/// # Errors
/// When the store fails.
pub fn create_own_fields(app: &App, account: &Account, actor: &str) -> Result<()> {
    let known = app.store.fields(account.id)?;
    for (key, title, kind) in OWN_FIELDS {
        if known.by_key(key).is_none() {
            let field = Field::new(FieldNumber(0), key, title, kind);
            save(app, account, &field, actor)?;
        }
    }
    Ok(())
}

fn save(app: &App, account: &Account, field: &Field, actor: &str) -> Result<()> {
    let saved = app.store.save_field(account.id, field, actor, app.clock.now())?;
    saved.map(|_| ()).map_err(|_| Error::Failed(format!("the field {} could not be saved", field.key)))
}

fn create(app: &App, account: &Account, users: &Users, actor: &str) -> Result<()> {
    match app.store.create_users(account.id, users, GENERATED, actor, app.clock.now()) {
        Ok(_) => Ok(()),
        Err(Error::Taken) => Err(Error::Failed(
            "somebody has an email or a username of these made-up users already".to_owned(),
        )),
        Err(error) => Err(error),
    }
}

/// The account's fields, after the departments and segments of made-up people are among the choices.
fn fields_with_choices(app: &App, account: &Account, actor: &str) -> Result<Fields> {
    for (number, labels) in [(standard::DEPARTMENT, &DEPARTMENTS[..]), (standard::SEGMENTS, &SEGMENTS[..])] {
        let fields = app.store.fields(account.id)?;
        if let Some(field) = fields.get(number).and_then(|field| with_choices(field, labels)) {
            save(app, account, &field, actor)?;
        }
    }
    app.store.fields(account.id)
}

/// The field with these choices added; none when it has them all.
fn with_choices(field: &Field, labels: &[&str]) -> Option<Field> {
    let mut field = field.clone();
    let before = field.choices.len();
    for label in labels {
        if !field.choices.iter().any(|choice| choice.label == *label) {
            let id = field.choices.iter().map(|choice| choice.id).max().unwrap_or_default() + 1;
            field.choices.push(Choice { id, label: (*label).to_owned(), former: Vec::new(), retired: false });
        }
    }
    (field.choices.len() > before).then_some(field)
}

/// The users of practice in the order in which they were made up.
pub(super) struct Everybody(Vec<UserId>);

impl Everybody {
    pub(super) fn of(app: &App, account: &Account) -> Result<Self> {
        let fields = app.store.fields(account.id)?;
        let mut users = Users::new(&fields);
        app.store.users_after(account.id, 0, i64::MAX as u64, USERS as usize, &mut users)?;
        Ok(Self(users.iter().map(|user| user.id()).collect()))
    }

    pub(super) fn user(&self, place: u64) -> Result<UserId> {
        let found = self.0.get(place as usize).copied();
        found.ok_or_else(|| Error::Failed("a made-up user is missing".to_owned()))
    }
}

/// The people of practice, as they were made up.
pub(super) fn people_of(account: &Account) -> Vec<Person> {
    people(SEED, &domain_of(account)).take(USERS as usize).collect()
}

/// Turns people into users: stored forms in the slots of the account's fields.
struct Filler<'f> {
    first: u64,
    slots: HashMap<&'f str, usize>,
    choices: HashMap<(FieldNumber, &'f str), u32>,
}

impl<'f> Filler<'f> {
    fn of(fields: &'f Fields, first: u64) -> Self {
        let slots = fields.all().iter().enumerate().map(|(slot, field)| (field.key.as_str(), slot)).collect();
        let choices = fields
            .all()
            .iter()
            .flat_map(|field| {
                field.choices.iter().map(|choice| ((field.number, choice.label.as_str()), choice.id))
            })
            .collect();
        Self { first, slots, choices }
    }

    fn fill(&self, users: &mut Users, place: u64, person: &Person) -> Result<()> {
        users.begin(self.id(place)?, 0, false);
        let manager = person.manager.map(|place| self.id(place)).transpose()?.map(|id| id.to_string());
        let start_date = person.start_date.map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}"));
        let department = person.department.and_then(|label| self.choice(standard::DEPARTMENT, label));
        let segments = self.segments(&person.segments);
        let values = [
            ("first_name", Some(person.first_name.as_str())),
            ("last_name", Some(person.last_name.as_str())),
            ("email", person.email.as_deref()),
            ("username", person.username.as_deref()),
            ("status", Some(if person.status_active { "active" } else { "inactive" })),
            ("job_title", person.job_title.as_deref()),
            ("department", department.as_deref()),
            ("manager", manager.as_deref()),
            ("phone", person.phone.as_deref()),
            ("employee_number", person.employee_number.as_deref()),
            ("start_date", start_date.as_deref()),
            ("segments", Some(segments.as_str())),
            ("language", person.language),
            ("cost_centre", person.cost_centre.as_deref()),
            ("weekly_hours", person.weekly_hours),
            ("notes", person.notes),
        ];
        for (key, value) in values {
            if let Some(slot) = self.slots.get(key) {
                users.set(*slot, value);
            }
        }
        Ok(())
    }

    fn id(&self, place: u64) -> Result<UserId> {
        UserId::from_number(self.first + place)
            .ok_or_else(|| Error::Failed("there are no more User IDs".to_owned()))
    }

    fn choice(&self, field: FieldNumber, label: &str) -> Option<String> {
        self.choices.get(&(field, label)).map(ToString::to_string)
    }

    /// The ids of several choices, ascending, as they are stored.
    fn segments(&self, labels: &[&str]) -> String {
        let mut ids: Vec<u32> = labels
            .iter()
            .filter_map(|label| self.choices.get(&(standard::SEGMENTS, *label)).copied())
            .collect();
        ids.sort_unstable();
        ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(";")
    }
}
