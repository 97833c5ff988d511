//! The strip above the users: imports that are being worked on, or wait for somebody.

use maud::{Markup, html};
use sentences::say;
use store::{AccountId, Import, ImportState, Result, Stage};

use crate::app::App;

/// How many of the newest imports are looked at.
const NEWEST: u32 = 20;

/// Imports under way or in review, newest first.
pub(in crate::web) fn open_imports(app: &App, account: AccountId) -> Result<Vec<Import>> {
    let mut imports = app.store.imports(account, None, NEWEST)?;
    imports.retain(|import| {
        matches!(
            import.state,
            ImportState::Reading | ImportState::Matching | ImportState::Review | ImportState::Applying
        )
    });
    Ok(imports)
}

/// The strip; nothing when nothing is open.
pub(in crate::web) fn strip(slug: &str, imports: &[Import]) -> Markup {
    html! {
        @if !imports.is_empty() {
            ul.strip aria-label=(say!("strip-open-imports")) {
                @for import in imports {
                    li {
                        a href={ "/o/" (slug) "/imports/" (import.id) } { (words(import)) }
                        span.muted { (import.file_name.as_deref().unwrap_or("")) " · " (import.actor) }
                    }
                }
            }
        }
    }
}

/// How far an import is, of a hundred: reading is most of the way to review, applying is a way of its own.
pub(in crate::web) fn percent(import: &Import) -> i64 {
    let progress = import.progress;
    let of = |most: i64| {
        if progress.total > 0 { (most * progress.done / progress.total).clamp(0, most) } else { 0 }
    };
    match progress.stage {
        Stage::Waiting | Stage::Unreadable => 0,
        Stage::Reading => of(90),
        Stage::Fixing => of(99),
        Stage::Checking => 90 + of(9),
        Stage::Applying => of(99),
        Stage::Resting => 100,
    }
}

fn words(import: &Import) -> String {
    match import.state {
        ImportState::Review => say!("strip-import-waits-for-your-review").to_owned(),
        ImportState::Matching => say!("matching-waits").to_owned(),
        _ => say!("strip-in-progress", percent = percent(import)),
    }
}
