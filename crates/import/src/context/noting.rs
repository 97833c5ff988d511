//! What is kept of an act in the activity of organisations, beside the line of the log.

use directory::{Claim, Kind};
use events::Line;
use store::{AccountId, Noted, Result};

use super::Context;

impl Context {
    /// The same for one act: its line is kept in the activity of these accounts, in the transaction that does it, unless its event is one
    /// of the log alone. The log is told by whoever calls, once it is done.
    #[must_use]
    pub fn noting(&self, line: &Line, accounts: &[AccountId]) -> Self {
        let event = line.event();
        if !event.is_kept() {
            return self.clone();
        }
        let noted = Noted {
            accounts: accounts.to_vec(),
            event: event.word(),
            who: line.who().to_owned(),
            about: line.details().to_vec(),
            at: self.clock.now(),
            most_an_hour: event.most_an_hour(),
        };
        Self { store: self.store.noting(noted), ..self.clone() }
    }

    /// The same for an act about an administrator, in the activity of every account in which they have a role.
    ///
    /// # Errors
    /// When the store fails.
    pub fn noting_everywhere(&self, line: &Line, administrator: i64) -> Result<Self> {
        let memberships = self.store.memberships(administrator)?;
        let accounts: Vec<AccountId> = memberships.iter().map(|membership| membership.account.id).collect();
        Ok(self.noting(line, &accounts))
    }

    /// Keeps the line of an act that writes nothing else, and tells the log: before the act is answered.
    ///
    /// # Errors
    /// When the store fails: then the act is not to be answered.
    pub fn note_alone(&self, line: &Line, account: AccountId) -> Result<()> {
        self.noting(line, &[account]).store.note_alone()?;
        line.tell();
        Ok(())
    }

    /// Who did something, as the log tells people: administrators, who stand in the history by their email, by their number. What is done
    /// is so whether or not the log knows who did it.
    pub(crate) fn known_as(&self, actor: &str) -> String {
        if actor.starts_with("token:") || actor.starts_with("cli:") {
            return actor.to_owned();
        }
        let found = self.store.administrator(&Claim::fold(Kind::Email, actor)).ok().flatten();
        found.map_or_else(|| "somebody".to_owned(), |found| format!("administrator:{}", found.id))
    }
}
