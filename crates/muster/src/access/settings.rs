//! What owners say of their organisation, and what somebody says of themselves: the one way in, for pages and the command line.

use directory::{DateOrder, Language, is_phone_region};
use events::{Event, Line};
use sentences::say;
use store::{Account, AccountSettings, Result};

use super::names::name_problem;
use crate::app::App;

/// How many days uploads may be kept at the most: ten years.
pub const KEEP_DAYS_MOST: i64 = 3_650;

/// What is wrong with settings, each beside its field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingsProblems {
    /// With the name.
    pub name: Option<String>,
    /// With the region of phone numbers.
    pub region: Option<String>,
    /// With how long uploads are kept.
    pub keep_days: Option<String>,
    /// With how long the activity is kept.
    pub activity_days: Option<String>,
}

impl SettingsProblems {
    /// The sentences, one after the other.
    pub fn sentences(&self) -> impl Iterator<Item = &str> {
        [&self.name, &self.region, &self.keep_days, &self.activity_days]
            .into_iter()
            .filter_map(|problem| problem.as_deref())
    }
}

/// Changes the settings of an account, and tells each that is another one now in the security log; `by` is who says so. Nothing is
/// changed when something is wrong.
///
/// # Errors
/// When the store fails.
pub fn change_settings(
    app: &App,
    account: &Account,
    by: &str,
    settings: &AccountSettings,
) -> Result<std::result::Result<(), SettingsProblems>> {
    let settings = AccountSettings {
        name: settings.name.trim().to_owned(),
        region: settings.region.trim().to_uppercase(),
        ..settings.clone()
    };
    let problems = problems_of(&settings);
    if problems != SettingsProblems::default() {
        return Ok(Err(problems));
    }
    let changed = changed(&account.settings(), &settings);
    let line = Event::SettingChanged.line().by(by).of_account(&account.slug);
    let with = |line: Line, (name, before, after): &(&str, String, String)| {
        line.with("setting", name).with("before", before).with("after", after)
    };
    // The activity has one line for what is one act, the log one for each setting.
    let noting = match changed.is_empty() {
        true => app.noting(&line, &[]),
        false => app.noting(&changed.iter().fold(line.clone(), with), &[account.id]),
    };
    noting.store.change_settings(account.id, &settings)?;
    changed.iter().for_each(|one| with(line.clone(), one).tell());
    Ok(Ok(()))
}

/// Keeps the language that somebody chose for themselves; none is that of the organisation.
///
/// # Errors
/// When the store fails.
pub fn choose_language(app: &App, administrator: i64, language: Option<Language>) -> Result<()> {
    app.store.choose_language(administrator, language)
}

fn problems_of(settings: &AccountSettings) -> SettingsProblems {
    let name = name_problem(&settings.name);
    let region = (!is_phone_region(&settings.region)).then(|| say!("settings-no-region").to_owned());
    let is_kept = (1..=KEEP_DAYS_MOST).contains(&settings.keep_days);
    let keep_days = (!is_kept).then(|| say!("settings-keep-days-beyond", most = KEEP_DAYS_MOST));
    let is_kept = (1..=KEEP_DAYS_MOST).contains(&settings.activity_days);
    let activity_days = (!is_kept).then(|| say!("settings-activity-days-beyond", most = KEEP_DAYS_MOST));
    SettingsProblems { name, region, keep_days, activity_days }
}

/// The settings that differ: the name of each, what it was and what it is.
fn changed(before: &AccountSettings, after: &AccountSettings) -> Vec<(&'static str, String, String)> {
    let tag = |language: Option<Language>| language.map_or("none", Language::tag).to_owned();
    let order = |order: DateOrder| order.word().to_owned();
    let all = [
        ("name", before.name.clone(), after.name.clone()),
        ("language", tag(before.language), tag(after.language)),
        ("date_order", order(before.date_order), order(after.date_order)),
        ("phone_region", before.region.clone(), after.region.clone()),
        ("keep_days", before.keep_days.to_string(), after.keep_days.to_string()),
        ("activity_days", before.activity_days.to_string(), after.activity_days.to_string()),
    ];
    all.into_iter().filter(|(_, before, after)| before != after).collect()
}

#[cfg(test)]
mod tests {
    use super::super::names::NAME_MOST;
    use super::*;

    fn settings() -> AccountSettings {
        AccountSettings {
            name: "Acme".to_owned(),
            language: None,
            date_order: DateOrder::DayMonthYear,
            region: "GB".to_owned(),
            keep_days: 30,
            activity_days: 400,
        }
    }

    #[test]
    fn what_is_wrong_is_told_beside_its_field() {
        let wrong = |settings: AccountSettings| problems_of(&settings).sentences().count();
        for (settings, expected) in [
            (settings(), 0),
            (AccountSettings { name: String::new(), ..settings() }, 1),
            (AccountSettings { name: "a".repeat(NAME_MOST + 1), ..settings() }, 1),
            (AccountSettings { name: "Ac\u{202e}me".to_owned(), ..settings() }, 1),
            (AccountSettings { name: "Ac\u{8}me".to_owned(), ..settings() }, 1),
            (AccountSettings { name: "=Acme()".to_owned(), ..settings() }, 1),
            (AccountSettings { region: "de".to_owned(), ..settings() }, 0),
            (AccountSettings { region: "XX".to_owned(), ..settings() }, 1),
            (AccountSettings { region: "Germany".to_owned(), ..settings() }, 1),
            (AccountSettings { keep_days: 0, ..settings() }, 1),
            (AccountSettings { activity_days: 0, ..settings() }, 1),
            (AccountSettings { activity_days: KEEP_DAYS_MOST, ..settings() }, 0),
            (AccountSettings { keep_days: KEEP_DAYS_MOST, ..settings() }, 0),
            (AccountSettings { keep_days: KEEP_DAYS_MOST + 1, region: String::new(), ..settings() }, 2),
        ] {
            let told = format!("{settings:?}");
            assert_eq!(wrong(settings), expected, "{told}");
        }
    }

    #[test]
    fn what_is_another_now_is_told_and_nothing_else() {
        let after = AccountSettings { language: Some(Language::German), keep_days: 60, ..settings() };
        let names: Vec<&str> = changed(&settings(), &after).into_iter().map(|(name, ..)| name).collect();
        assert_eq!(names, ["language", "keep_days"]);
        assert_eq!(changed(&after, &after), []);
    }
}
