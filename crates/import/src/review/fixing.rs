//! A step about so many cells that a worker makes it: chunk by chunk, each durable with how far it is, so that a worker that takes over
//! goes on after the last one. The plan gets its next number when all is done.

use directory::{FieldNumber, Place};

use crate::judge::circles;
use crate::judge::overlay::{FIXES, Overlay};
use crate::lease::Working;
use store::{DoneChunk, Fix, Import, ImportState, Result, Settled, Stage, WantedCells, WantedFix};

/// Makes the step that is wanted; none when the lease was lost on the way.
pub(crate) fn fix(working: &Working, import: &Import) -> Result<Option<Settled>> {
    let store = &working.app.store;
    let total = import.progress.total;
    let mut before = 0;
    for wanted in store.wanted_fixes(import.account, import.id)? {
        let told = |done| working.progress(Stage::Fixing, before + done, total);
        told(wanted.done);
        let Some(done) = fix_part(working, import, wanted, told)? else { return Ok(None) };
        before += done;
    }
    let made = store.wanted_fixes(import.account, import.id)?;
    let mut counts = made.iter().fold(import.counts, |counts, wanted| counts.plus(wanted.change));
    if !store.renew_warning(&working.lease, &circles::of_plan(&working.app, import)?)? {
        return Ok(None);
    }
    counts.warnings = store.warnings(import.account, import.id)?.len() as i64;
    let settled = Settled::moved(import, ImportState::Review);
    Ok(Some(Settled { plan: import.plan + 1, counts, ..settled }))
}

/// Does one part of the step, tells how many of its cells are done, and answers that. None when the lease was lost.
fn fix_part(
    working: &Working,
    import: &Import,
    mut wanted: WantedFix,
    told: impl Fn(i64),
) -> Result<Option<i64>> {
    let store = &working.app.store;
    let together = FIXES.min(working.app.fixed_at_once as usize);
    while !working.is_lost() {
        let cells = store.cells_wanted(import.account, import.id, (&wanted.cells, wanted.after), together)?;
        let places: Vec<(Place, FieldNumber)> = match wanted.cells {
            WantedCells::One(place, field) => vec![(place, field)],
            _ => cells.iter().map(|cell| (cell.place, cell.field)).collect(),
        };
        let mut judging = Overlay::begin(&working.app, import)?;
        let mut fixes = Vec::with_capacity(places.len());
        for (place, field) in places {
            let Some(kind) = judging.told(place, field, &wanted.kind)? else { continue };
            judging.fix(place, field, &kind)?;
            fixes.push(Fix { place, field, kind });
        }
        judging.settle_claims()?;
        let (rows, change) = judging.judged();
        let chunk = DoneChunk { fixes: &fixes, rows: &rows, change, last: cells.last() };
        let Some(next) = store.keep_wanted(&working.lease, wanted, &chunk)? else { return Ok(None) };
        wanted = next;
        told(wanted.done);
        if cells.len() < together {
            return Ok(Some(wanted.done));
        }
    }
    Ok(None)
}
