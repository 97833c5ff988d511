//! What the log is told of the work on imports: a span around each stage with the import and its account, and at its end what came of it
//! and how long it took. So a slow import can be read from the log of its server.

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
    let span = tracing::info_span!(
        "work",
        import = %import.id,
        account = ?import.account,
        kind = import.kind.word(),
        stage = stage_of,
    );
    let _in_span = span.enter();
    let began = app.clock.now();
    tracing::info!("begins");
    let settled = stage();
    let milliseconds = app.clock.now().0 - began.0;
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
