//! Numbers of the whole deployment that are read from the database now and then, however often and by however many they are asked for.

use std::sync::{Mutex, PoisonError};

use store::{Figures, Store, Time};

/// For how long they are said again, in milliseconds.
const KEPT: i64 = 7_000;

/// What was read last.
#[derive(Default)]
pub(super) struct LastFigures {
    /// Held by the one who reads: others do not wait for the database.
    reading: Mutex<()>,
    last: Mutex<Option<(Time, Option<Figures>)>>,
}

impl LastFigures {
    /// What was read within the last seconds, or is read now; none when the database did not answer, which is found out as rarely.
    pub(super) fn look(&self, store: &Store, now: Time) -> Option<Figures> {
        let Ok(_alone) = self.reading.try_lock() else { return self.last().and_then(|(_, figures)| figures) };
        // A clock that was set back makes nothing last.
        if let Some((_, figures)) = self.last().filter(|(at, _)| (0..KEPT).contains(&(now.0 - at.0))) {
            return figures;
        }
        let figures = store.figures(now);
        if let Err(error) = &figures {
            tracing::warn!(%error, "the numbers of the deployment can't be read");
        }
        let figures = figures.ok();
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, figures.clone()));
        figures
    }

    fn last(&self) -> Option<(Time, Option<Figures>)> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
