//! `muster doctor`: whether everything that is kept still says the same, and mending what follows from the rest.

use clap::Args;
use sentences::say;
use store::{Ailment, Finding, Unlooked};

use super::ending::{Ending, Failure};
use super::log::tell;
use super::output::Output;
use super::start::Start;

/// Look whether the database is sound, and mend what can be
///
/// Looks at the pages of the files, the tables, and whether users, claims, counts, history and the chain of revisions say the same; at
/// imports, leases and uploads. On PostgreSQL the pages of tables and indexes are looked at by its extension amcheck, where the database has it.
/// Exit code 2 when something is wrong. A server may go on serving.
#[derive(Args)]
#[command(after_help = "\
Examples:
  muster doctor
  muster doctor --repair    mends what follows from the rest: counts, claims, keys, numbers, leases, leftovers")]
pub(super) struct DoctorFlags {
    /// Mend what follows from the rest; values of users and their history are never touched
    #[arg(long)]
    repair: bool,
}

pub(super) fn run(typed: &DoctorFlags, start: &Start) -> Result<Ending, Failure> {
    let app = start.open()?;
    let mut findings = app.store.examine(app.clock.now())?;
    if typed.repair && findings.iter().any(|finding| finding.ailment.is_mendable()) {
        app.store.mend(&findings, app.clock.now())?;
        let left = app.store.examine(app.clock.now())?;
        for finding in findings.iter().filter(|finding| !left.contains(finding)) {
            tell(say!("cli-doctor-mended", finding = line_of(finding)));
        }
        findings = left;
    }
    let mut output = Output::open();
    for finding in &findings {
        output.line(line_of(finding))?;
    }
    output.close()?;
    match app.store.unlooked()? {
        Some(Unlooked::NoAmcheck) => tell(say!("cli-doctor-no-amcheck")),
        Some(Unlooked::Forbidden) => tell(say!("cli-doctor-amcheck-forbidden")),
        None => {}
    }
    if let Some(allowed) = app.store.connections_allowed()? {
        let most = app.store.pools().first().map_or(0, |pool| pool.most);
        tell(say!("cli-doctor-connections", allowed = allowed.to_string(), most = most.to_string()));
    }
    let mendable = findings.iter().any(|finding| finding.ailment.is_mendable());
    match (findings.is_empty(), mendable) {
        (true, _) => tell(say!("cli-doctor-sound")),
        (false, true) => tell(say!("cli-doctor-mendable")),
        (false, false) => tell(say!("cli-doctor-not-mendable")),
    }
    Ok(if findings.is_empty() { Ending::Done } else { Ending::Waits })
}

/// The word, and the sentence: of which account, how many, which is the first.
fn line_of(finding: &Finding) -> String {
    let account = if finding.account.is_empty() { String::new() } else { format!("{}: ", finding.account) };
    format!("{}\t{account}{}", finding.ailment.word(), sentence(finding))
}

fn sentence(finding: &Finding) -> String {
    let (count, first) = (finding.count, finding.first.as_str());
    match finding.ailment {
        Ailment::Pages => say!("doctor-pages", first = first),
        Ailment::Schema => say!("doctor-schema", count = count, first = first),
        Ailment::Counted => say!("doctor-counted", first = first),
        Ailment::NoAccount => say!("doctor-no-account", count = count, first = first),
        Ailment::NoAdministrator => say!("doctor-no-administrator", count = count, first = first),
        Ailment::ClaimOfNobody => say!("doctor-claim-of-nobody", count = count, first = first),
        Ailment::Unclaimed => say!("doctor-unclaimed", count = count, first = first),
        Ailment::Keys => say!("doctor-keys", count = count, first = first),
        Ailment::Manager => say!("doctor-manager", count = count, first = first),
        Ailment::Values => say!("doctor-values", why = first),
        Ailment::Revisions => say!("doctor-revisions", count = count, first = first),
        Ailment::HistoryOfNothing => say!("doctor-history-of-nothing", count = count, first = first),
        Ailment::Replaced => say!("doctor-replaced", count = count, first = first),
        Ailment::History => say!("doctor-history", count = count, first = first),
        Ailment::Digest => say!("doctor-digest", first = first),
        Ailment::Numbers => say!("doctor-numbers", count = count, first = first),
        Ailment::Lease => say!("doctor-lease", count = count, first = first),
        Ailment::Applying => say!("doctor-applying", first = first),
        Ailment::Proof => say!("doctor-proof", count = count, first = first),
        Ailment::State => say!("doctor-state", count = count, first = first),
        Ailment::Unread => say!("doctor-unread", count = count, first = first),
        Ailment::Orphans => say!("doctor-orphans", count = count, first = first),
        Ailment::Upload => say!("doctor-upload", count = count, first = first),
        Ailment::Search => say!("doctor-search", first = first),
    }
}
