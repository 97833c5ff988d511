//! The seam that fails on purpose: before and after each statement it asks whether a fault is planned for it (`faults`), and makes the
//! database fail so. Without the feature `faults` nothing is asked.

#[cfg(not(feature = "faults"))]
mod nothing {
    use crate::engine::{Connection, Result};
    use crate::faults::Faults;

    impl Connection {
        /// The same connection: nothing is to go wrong.
        pub(crate) fn under(self, _: &Faults) -> Self {
            self
        }

        /// Called before each statement.
        pub(crate) fn before(&mut self, _sql: &str) -> Result<()> {
            Ok(())
        }

        /// Called after each statement that did not fail.
        pub(crate) fn after(&mut self) -> Result<()> {
            Ok(())
        }
    }
}

#[cfg(feature = "faults")]
mod on_purpose {
    use crate::engine::{Connection, Driver, Error, Result};
    use crate::faults::{FaultKind, Faults};

    impl Connection {
        /// The same connection with these faults.
        pub(crate) fn under(mut self, faults: &Faults) -> Self {
            *self.faults().0 = faults.clone();
            self
        }

        /// Called before each statement.
        pub(crate) fn before(&mut self, sql: &str) -> Result<()> {
            // The way back does not fail: it is taken because something did, and is nothing that a database could refuse.
            if sql == "ROLLBACK" {
                return Ok(());
            }
            let (faults, loses_answer) = self.faults();
            match faults.next(sql) {
                None => Ok(()),
                Some(FaultKind::AnswerLost) => {
                    *loses_answer = true;
                    Ok(())
                }
                Some(kind) => Err(self.fail(kind)),
            }
        }

        /// Called after each statement that did not fail.
        pub(crate) fn after(&mut self) -> Result<()> {
            let lost = std::mem::take(self.faults().1);
            if lost { Err(self.fail(FaultKind::Lost)) } else { Ok(()) }
        }

        fn faults(&mut self) -> (&mut Faults, &mut bool) {
            match &mut self.driver {
                Driver::Sqlite(of) => (&mut of.faults, &mut of.loses_answer),
                Driver::Postgres(of) => (&mut of.client.faults, &mut of.client.loses_answer),
            }
        }

        fn fail(&mut self, kind: FaultKind) -> Error {
            if kind == FaultKind::Panic {
                panic_on_purpose();
            }
            match &mut self.driver {
                Driver::Sqlite(of) => {
                    if kind == FaultKind::Full && !of.is_autocommit() {
                        // The fault is what is told, whether this works or not.
                        let _ = of.execute_batch("ROLLBACK");
                    }
                    told(kind)
                }
                Driver::Postgres(of) => {
                    let failed = of.client.batch_execute(&failing(kind));
                    failed.err().map_or_else(|| told(kind), Error::from)
                }
            }
        }
    }

    fn told(kind: FaultKind) -> Error {
        match kind {
            FaultKind::Again => Error::Again,
            FaultKind::Full => Error::Full,
            _ => Error::Failed("a fault on purpose".to_owned()),
        }
    }

    /// What makes PostgreSQL itself fail so.
    fn failing(kind: FaultKind) -> String {
        let state = match kind {
            // serialization_failure, disk_full, internal_error: PostgreSQL's manual, appendix A.
            FaultKind::Again => "40001",
            FaultKind::Full => "53100",
            FaultKind::Lost => return "SELECT pg_terminate_backend(pg_backend_pid())".to_owned(),
            _ => "XX000",
        };
        format!("DO $$ BEGIN RAISE EXCEPTION 'a fault on purpose' USING ERRCODE = '{state}'; END $$")
    }

    #[expect(clippy::panic, reason = "this is what was asked for")]
    fn panic_on_purpose() {
        panic!("a fault on purpose");
    }
}
