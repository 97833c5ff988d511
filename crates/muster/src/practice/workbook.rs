//! The workbook of practice: a download of its users as they were made up, handed back with some honest edits and eight kinds of problems,
//! each as an office has them.

use std::io::Write;

use directory::{FieldNumber, UserId, standard};
use import::{TypedOver, typed_over};
use sentences::say;
use store::{Account, Error, Result};

use super::people::{Everybody, GENERATED, people_of};
use crate::app::App;
use crate::made_up::Person;

/// How many kinds of problems it has.
pub const KINDS: i64 = 8;
/// Whose job is changed after the workbook was made, by their place: so the workbook has another value than Muster has by now.
pub(super) const CHANGED_SINCE: u64 = 30;
/// The number of nobody.
const NOBODY: &str = "U-2222222222";
/// Honest edits: so many people get another job.
const PROMOTED: usize = 12;
/// People whose place is below this are left to [`typed`]'s kinds; the promoted come after.
const AFTER: usize = 100;

/// Writes the workbook.
///
/// # Errors
/// When the store or the sink fails.
pub fn workbook(app: &App, account: &Account, sink: &mut dyn Write) -> Result<()> {
    let made = app.store.revisions_after(account.id, 0)?.into_iter().find(|(_, kind, _)| kind == GENERATED);
    let (revision, ..) = made.ok_or_else(|| Error::Failed("nobody was made up here".to_owned()))?;
    let typed = typed(&people_of(account), &Everybody::of(app, account)?)?;
    typed_over(app, account.id, revision, &typed, sink).map(drop)
}

/// What was typed over, in the order of its kinds.
fn typed(people: &[Person], everybody: &Everybody) -> Result<Vec<TypedOver>> {
    let mut typing = Typing { people, everybody, taken: vec![CHANGED_SINCE as usize], typed: Vec::new() };
    // A choice misspelt, three times alike: one step puts all of them right.
    let department = people.iter().find_map(|person| person.department).unwrap_or_default();
    for _ in 0..3 {
        typing.type_over(standard::DEPARTMENT, &misspelt(department), |person| {
            person.department == Some(department)
        })?;
    }
    typing.type_over(standard::START_DATE, "31/02/2025", |person| person.start_date.is_some())?;
    typing.type_over(standard::PHONE, "12345", |person| person.phone.is_some())?;
    // An email that somebody else has.
    let taken = people.iter().find_map(|person| person.email.clone()).unwrap_or_default();
    let another = |person: &Person| person.email.as_ref().is_some_and(|email| *email != taken);
    typing.type_over(standard::EMAIL, &taken, another)?;
    typing.type_over(standard::LAST_NAME, "", |_| true)?;
    typing.type_over(standard::MANAGER, "nobody@practice.example", |person| person.manager.is_some())?;
    typing.type_over_id()?;
    // What Muster has by now is another job than the one that was in the download, and than this one.
    let user = everybody.user(CHANGED_SINCE)?;
    let text = say!("practice-job-typed").to_owned();
    typing.typed.push(TypedOver { user, field: Some(standard::JOB_TITLE), text });
    for place in AFTER..AFTER + PROMOTED {
        let text = say!("practice-job-promoted").to_owned();
        let user = everybody.user(place as u64)?;
        typing.typed.push(TypedOver { user, field: Some(standard::JOB_TITLE), text });
    }
    Ok(typing.typed)
}

/// Types over the cells of people, of each person one.
struct Typing<'t> {
    people: &'t [Person],
    everybody: &'t Everybody,
    /// The places of those of whom a cell was typed over.
    taken: Vec<usize>,
    typed: Vec<TypedOver>,
}

impl Typing<'_> {
    fn type_over(&mut self, field: FieldNumber, text: &str, fits: impl Fn(&Person) -> bool) -> Result<()> {
        let user = self.next(fits)?;
        self.typed.push(TypedOver { user, field: Some(field), text: text.to_owned() });
        Ok(())
    }

    fn type_over_id(&mut self) -> Result<()> {
        let user = self.next(|_| true)?;
        self.typed.push(TypedOver { user, field: None, text: NOBODY.to_owned() });
        Ok(())
    }

    fn next(&mut self, fits: impl Fn(&Person) -> bool) -> Result<UserId> {
        // The first has the email that somebody else gets.
        let found = (1..AFTER)
            .find(|place| !self.taken.contains(place) && self.people.get(*place).is_some_and(&fits));
        let place = found.ok_or_else(|| Error::Failed("nobody made up fits".to_owned()))?;
        self.taken.push(place);
        self.everybody.user(place as u64)
    }
}

/// A label with two letters in each other's place.
fn misspelt(label: &str) -> String {
    let mut letters: Vec<char> = label.chars().collect();
    if letters.len() > 3 {
        letters.swap(1, 2);
    }
    letters.into_iter().collect()
}
