//! The doctor: looks whether all that is kept still says the same, and mends what follows from the rest. Values of users and their history
//! it never touches: where those disagree, a person decides, or a backup is put back.

mod finding;
mod laws;
mod mend;
mod past;
mod schema;
mod words;

pub use self::finding::{Ailment, Finding};

use crate::engine::Result;
use crate::store::Store;
use crate::{Account, Time};

impl Store {
    /// Looks at everything, account by account. What is done meanwhile is not waited for and waits for nobody; a number that changed
    /// between two looks is looked at again. Answers what is wrong, by what it is.
    ///
    /// # Errors
    /// When the database can't be read at all.
    pub fn examine(&self, now: Time) -> Result<Vec<Finding>> {
        let mut findings = self.examine_once(now)?;
        if !findings.is_empty() {
            // Somebody may have been writing between two of the looks.
            let again = self.examine_once(now)?;
            findings.retain(|finding| again.iter().any(|other| other.ailment == finding.ailment));
        }
        findings.sort_by(|one, other| (one.ailment, &one.account).cmp(&(other.ailment, &other.account)));
        Ok(findings)
    }

    fn examine_once(&self, now: Time) -> Result<Vec<Finding>> {
        let mut findings = Vec::new();
        let mut pages = self.damaged_pages()?;
        pages.extend(self.damaged_relations()?);
        if let Some(first) = pages.first() {
            findings.push(Finding::new(Ailment::Pages, "", pages.len() as i64, first));
            // What else is said of such a file would follow from that.
            return Ok(findings);
        }
        self.read(|connection| {
            schema::examine(connection, &mut findings)?;
            words::examine(connection, &mut findings)?;
            laws::examine(connection, now, &mut findings)
        })?;
        // Of what is being removed, some rows are gone before those that they belong to.
        let removing = self.removing()?;
        findings.retain(|finding| !removing.contains(&finding.account));
        for account in self.accounts()? {
            self.examine_account(&account, &mut findings)?;
        }
        Ok(findings)
    }

    fn examine_account(&self, account: &Account, findings: &mut Vec<Finding>) -> Result<()> {
        past::examine(self, account, findings)?;
        let chain = self.verify_chain(account.id)?;
        if let Some(altered) = chain.altered {
            findings.push(Finding::new(Ailment::Digest, &account.slug, 1, altered.to_string()));
        }
        Ok(())
    }

    /// Mends what follows from the rest ([`Ailment::is_mendable`]); everything else stays as it is.
    ///
    /// # Errors
    /// When the store fails; what was mended before stays so.
    pub fn mend(&self, findings: &[Finding], now: Time) -> Result<()> {
        for finding in findings.iter().filter(|finding| finding.ailment.is_mendable()) {
            mend::mend(self, finding, now)?;
        }
        Ok(())
    }
}
