//! What the log is told of the work on imports: a span around each stage with the import, its account and the request that asked, and at its end what came of it
//! and how long it took. So a slow import can be read from the log of its server; the same is counted for `/metrics`.

use std::time::Duration;

use crate::Context;
use store::{Import, Result, Settled, Stage};

/// Does a stage of the work on an import, and tells of it.
pub(super) fn told(
    app: &Context,
    import: &Import,
    stage: impl FnOnce() -> Result<Option<Settled>>,
) -> Result<Option<Settled>> {
    // No file is read where a worker makes a step of fixes.
    let stage_of = match import.progress.stage {
        Stage::Fixing => Stage::Fixing.word(),
        _ => import.state.word(),
    };
    // Without it the lines say less; the work is the same.
    let request = app.store.import_asked_in(import.account, import.id).ok().flatten();
    let span = tracing::info_span!(
        "work",
        import = %import.id,
        account = ?import.account,
        kind = import.kind.word(),
        stage = stage_of,
        request,
    );
    let _in_span = span.enter();
    let began = app.clock.now();
    tracing::info!("begins");
    let settled = stage();
    let milliseconds = app.clock.now().0 - began.0;
    let ended = match &settled {
        Ok(Some(settled)) => settled.state.word(),
        Ok(None) => "left",
        Err(_) => "failing",
    };
    let took = Duration::from_millis(u64::try_from(milliseconds).unwrap_or_default());
    events::counted::stage_ended((stage_of, ended), took);
    match &settled {
        Ok(Some(Settled { state, counts, .. })) => tracing::info!(
            milliseconds,
            state = state.word(),
            rows = counts.rows,
            users = counts.users_to_edit + counts.users_to_create,
            cells = counts.cells_to_edit,
            errors = counts.errors,
            conflicts = counts.conflicts,
            "ended"
        ),
        Ok(None) => tracing::info!(milliseconds, "left to another worker"),
        Err(error) => tracing::warn!(milliseconds, %error, "failed"),
    }
    settled
}
