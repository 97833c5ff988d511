//! What each column of a table probably is: by its title, and by what its values are. Suggested is only what is clear: a title that is
//! known and values that do not speak against it, or values that can be nothing else. Everything else people choose.

use std::collections::HashMap;

use super::aliases::{KNOWN, Meant};
use super::columns::Target;
use super::profile::Profile;
use super::protected::{Protected, protects_title};
use super::titles;
use crate::{Field, FieldNumber, Fields, Kind, Reading, standard};

/// Why it is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// The title says so.
    Title,
    /// The values can be nothing else.
    Values,
    /// It is nobody's business here.
    Protected(Protected),
    /// It was said when a table with this title came before.
    Remembered,
}

/// What a column probably is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What.
    pub target: Target,
    /// Why.
    pub because: Because,
}

/// Of a hundred values so many have to be what the title says, at the least.
const FITTING: usize = 80;
/// Of a hundred values so many have to be alike for them to say something by themselves.
const TELLING: usize = 95;
/// Fewer values than this say nothing by themselves.
const ENOUGH: usize = 3;

/// The suggestion for each column of a table: its title, and its first values. None where nothing is clear.
pub fn suggest(columns: &[(String, Profile)], fields: &Fields, reading: &Reading) -> Vec<Option<Suggestion>> {
    let table = Table { columns, fields, reading };
    let mut found: Vec<Option<Suggestion>> = columns
        .iter()
        .map(|(title, profile)| {
            let kind = protects_title(title).or_else(|| profile.protects())?;
            Some(Suggestion { target: Target::Alone, because: Because::Protected(kind) })
        })
        .collect();
    table.user_ids(&mut found);
    table.own_titles(&mut found);
    table.known_titles(&KNOWN.clear, &mut found);
    table.beside(&mut found);
    table.known_titles(&KNOWN.otherwise, &mut found);
    table.emails(&mut found);
    table.options(&mut found);
    found
}

struct Table<'t> {
    columns: &'t [(String, Profile)],
    fields: &'t Fields,
    reading: &'t Reading,
}

type Found = [Option<Suggestion>];

impl Table<'_> {
    /// The User IDs say themselves what they are.
    fn user_ids(&self, found: &mut Found) {
        let is_id = |place: &usize| {
            let profile = &self.columns[*place].1;
            profile.len() > 0 && profile.user_ids() >= TELLING && profile.different() >= TELLING
        };
        self.take_only(found, is_id, (Target::UserId, Because::Values));
    }

    /// The titles and keys of the account's fields.
    fn own_titles(&self, found: &mut Found) {
        for field in self.fields.current().filter(|field| !field.read_only) {
            let is_titled = |place: &usize| {
                let title = &self.columns[*place].0;
                let is = field.is_titled(title) || field.key == titles::folded(title);
                is && !is_known_as_other(title, field) && self.fits(*place, Meant::Field(field.number))
            };
            self.take_only(found, is_titled, (Target::of(field), Because::Title));
        }
    }

    /// What other programs call the fields; of two columns that are called so neither is suggested.
    fn known_titles(&self, known: &HashMap<String, Meant>, found: &mut Found) {
        let meant: Vec<Option<Meant>> =
            self.columns.iter().map(|(title, _)| looked_up(known, title)).collect();
        for (place, of) in meant.iter().enumerate() {
            let Some(of) = of.filter(|of| *of != Meant::Other) else { continue };
            // Each thing is looked for once, with the first column that is called so.
            if meant[..place].contains(&Some(of)) {
                continue;
            }
            let Some(target) = self.target(of) else { continue };
            let is_called = |place: &usize| meant[*place] == Some(of) && self.fits(*place, of);
            self.take_only(found, is_called, (target, Because::Title));
        }
    }

    /// `Name` is a last name where a column is the first name, and so on.
    fn beside(&self, found: &mut Found) {
        for (number, other, names) in &KNOWN.beside {
            let (Some(field), Some(other)) = (self.field(*number), self.fields.get(*other)) else {
                continue;
            };
            if !found.iter().flatten().any(|of| of.target == Target::of(other)) {
                continue;
            }
            let is_called = |place: &usize| looked_up(names, &self.columns[*place].0).is_some();
            self.take_only(found, is_called, (Target::of(field), Because::Title));
        }
    }

    /// A column of nothing but emails that all differ, when it is the only one and its title says nothing else.
    fn emails(&self, found: &mut Found) {
        let are_emails = |place: &usize| self.columns[*place].1.emails() >= TELLING;
        if (0..self.columns.len()).filter(are_emails).count() != 1 {
            return;
        }
        let is_email = |place: &usize| {
            let (title, profile) = &self.columns[*place];
            let known = looked_up(&KNOWN.clear, title);
            let is_other = known.is_some_and(|of| of != Meant::Field(standard::EMAIL));
            let all_differ = profile.len() >= ENOUGH && profile.different() >= TELLING;
            are_emails(place) && all_differ && !is_other && says_nothing_else(title)
        };
        if let Some(field) = self.fields.get(standard::EMAIL) {
            self.take_only(found, is_email, (Target::of(field), Because::Values));
        }
    }

    /// A column whose values are the options of one field, two of them at least.
    fn options(&self, found: &mut Found) {
        let is_choice =
            |field: &&Field| matches!(field.kind, Kind::Choice | Kind::Choices) && !field.read_only;
        let read_by = |place: usize, field: &Field| self.columns[place].1.read_by(field, self.reading);
        for field in self.fields.current().filter(is_choice).filter(|field| field.choices.len() > 1) {
            let is_of = |place: &usize| {
                let profile = &self.columns[*place].1;
                let is_of_others = || {
                    let mut others = self.fields.current().filter(is_choice);
                    others.any(|of| of.number != field.number && read_by(*place, of) > 0)
                };
                let several = profile.samples().len() > 1 && profile.len() >= ENOUGH;
                several && read_by(*place, field) >= TELLING && !is_of_others()
            };
            self.take_only(found, is_of, (Target::of(field), Because::Values));
        }
    }

    /// Suggests something for the only column that is it, if none has been suggested for it and that column is still open.
    fn take_only(
        &self,
        found: &mut Found,
        is: impl Fn(&usize) -> bool,
        (target, because): (Target, Because),
    ) {
        if found.iter().flatten().any(|other| other.target == target) {
            return;
        }
        let open = |place: &usize| found[*place].is_none();
        let mut places = (0..self.columns.len()).filter(open).filter(is);
        if let (Some(place), None) = (places.next(), places.next()) {
            found[place] = Some(Suggestion { target, because });
        }
    }

    fn target(&self, meant: Meant) -> Option<Target> {
        match meant {
            Meant::Leaving => Some(Target::Leaving),
            Meant::Other => None,
            Meant::Field(number) => self.field(number).map(Target::of),
        }
    }

    fn field(&self, number: FieldNumber) -> Option<&Field> {
        self.fields.get(number).filter(|field| !field.retired && !field.read_only)
    }

    /// Whether the values can be what the title says.
    fn fits(&self, place: usize, meant: Meant) -> bool {
        let profile = &self.columns[place].1;
        let read_by = |number| {
            self.fields.get(number).is_some_and(|field| profile.read_by(field, self.reading) >= FITTING)
        };
        match meant {
            _ if profile.len() == 0 => meant != Meant::Other,
            Meant::Other => false,
            Meant::Leaving => read_by(standard::START_DATE),
            Meant::Field(standard::EMAIL) => profile.emails() >= FITTING,
            Meant::Field(standard::USERNAME) => profile.emails() == 0 && read_by(standard::USERNAME),
            // Whom a number or a name means is not clear.
            Meant::Field(standard::MANAGER) => profile.emails().max(profile.user_ids()) >= FITTING,
            Meant::Field(number) => match self.fields.get(number).map(|field| field.kind) {
                Some(Kind::Choice | Kind::Choices | Kind::Text) => profile.emails() < FITTING,
                _ => read_by(number),
            },
        }
    }
}

/// What a title stands for among these, with what it has in brackets or without.
fn looked_up(known: &HashMap<String, Meant>, title: &str) -> Option<Meant> {
    let of = |bare: String| known.get(&bare).copied();
    of(titles::bare(title)).or_else(|| of(titles::bare_outside_brackets(title)))
}

/// Whether a title is that of another thing in the words of the field, whatever a field of the account is called.
fn is_known_as_other(title: &str, field: &Field) -> bool {
    let known = looked_up(&KNOWN.clear, title);
    let is_other = matches!(known, Some(Meant::Field(number)) if number != field.number);
    field.number < standard::FIRST_CUSTOM && is_other && !field.is_titled(title)
}

/// Whether a title says nothing of whose the emails are.
fn says_nothing_else(title: &str) -> bool {
    const ELSES: &[&str] = &[
        "private",
        "personal",
        "privat",
        "prive",
        "perso",
        "home",
        "alternate",
        "secondary",
        "recovery",
        "emergency",
        "manager",
        "supervisor",
        "boss",
        "assistant",
        "parent",
        "contact",
        "partner",
        "owner",
        "approver",
        "sponsor",
        "reviewer",
        "mentor",
        "coach",
        "vorgesetzt",
        "chef",
        "jefe",
        "responsable",
        "billing",
        "rechnung",
        "notfall",
        "hrbp",
    ];
    let bare = titles::bare(title);
    !ELSES.iter().any(|word| bare.contains(word))
}
