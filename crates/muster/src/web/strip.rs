//! The strip above the users: imports that are being worked on, or wait for somebody.

use maud::{Markup, html};

use crate::app::App;
use store::{AccountId, Import, ImportState, Result, Stage};

/// How many of the newest imports are looked at.
const NEWEST: u32 = 20;

/// Imports under way or in review, newest first.
pub(super) fn open_imports(app: &App, account: AccountId) -> Result<Vec<Import>> {
    let mut imports = app.store.imports(account, None, NEWEST)?;
    imports.retain(|import| {
        matches!(import.state, ImportState::Reading | ImportState::Review | ImportState::Applying)
    });
    Ok(imports)
}

/// The strip; nothing when nothing is open.
pub(super) fn strip(slug: &str, imports: &[Import]) -> Markup {
    html! {
        @if !imports.is_empty() {
            ul.strip aria-label="Open imports" {
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
pub(super) fn percent(import: &Import) -> i64 {
    let progress = import.progress;
    let of = |most: i64| {
        if progress.total > 0 { (most * progress.done / progress.total).clamp(0, most) } else { 0 }
    };
    match progress.stage {
        Stage::Waiting => 0,
        Stage::Reading => of(90),
        Stage::Fixing => of(99),
        Stage::Checking => 90 + of(9),
        Stage::Applying => of(99),
        Stage::Resting => 100,
    }
}

fn words(import: &Import) -> String {
    match import.state {
        ImportState::Review => "Import waits for your review".to_owned(),
        _ => format!("Import in progress – {} %", percent(import)),
    }
}
