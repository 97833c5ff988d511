//! Faults on purpose, for tests (feature `faults`): the seam fails, panics or loses its connection at its n-th statement. What is to go
//! wrong is a value that a store has, and each of its connections. Without the feature the value is empty and nothing of this is built.

#[cfg(not(feature = "faults"))]
pub(super) use nothing::{Faults, Faulty, faultless};
#[cfg(feature = "faults")]
pub use planned::{Fault, FaultKind, Faults};
#[cfg(feature = "faults")]
pub(super) use planned::{Faulty, faultless};

/// What a build without faults has of them.
#[cfg(not(feature = "faults"))]
mod nothing {
    use crate::store::engine::{Connection, Result};

    /// A connection of a driver, as it is.
    pub(in crate::store) type Faulty<C> = C;

    /// What is to go wrong: nothing.
    #[derive(Clone, Default)]
    pub(in crate::store) struct Faults {}

    pub(in crate::store) fn faultless<C>(connection: C) -> C {
        connection
    }

    impl Connection {
        pub(in crate::store) fn under(self, _: &Faults) -> Self {
            self
        }

        pub(in crate::store) fn before(&mut self, _sql: &str) -> Result<()> {
            Ok(())
        }

        pub(in crate::store) fn after(&mut self) -> Result<()> {
            Ok(())
        }
    }
}

#[cfg(feature = "faults")]
mod planned {
    use std::ops::{Deref, DerefMut};
    use std::sync::{Arc, Mutex, PoisonError};

    use postgres::error::SqlState;

    use crate::store::engine::{Connection, Error, Result};

    /// What goes wrong at a statement. Which of them a database can have, [`FaultKind::of`] says.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum FaultKind {
        /// The statement fails; its transaction can only be rolled back.
        Failed,
        /// Another transaction was in the way.
        Again,
        /// The disk is full. SQLite rolls the transaction back by itself then.
        Full,
        /// The program panics.
        Panic,
        /// The connection is gone before the statement is run.
        Lost,
        /// The statement is run, and the connection is gone before its answer; of a commit it is not known then that it was done. SQLite,
        /// which has no connection to lose, says of the statement that it failed.
        AnswerLost,
    }

    impl FaultKind {
        /// What can go wrong with SQLite, or with PostgreSQL.
        pub fn of(is_sqlite: bool) -> &'static [Self] {
            let all = &[Self::Failed, Self::Again, Self::Full, Self::Panic, Self::AnswerLost, Self::Lost];
            if is_sqlite { &all[..5] } else { all }
        }
    }

    /// One thing that goes wrong, once.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Fault {
        /// At the statement with this number, from 1, counted from when it was planned.
        pub at: u64,
        /// What.
        pub kind: FaultKind,
    }

    /// What is to go wrong over the connections of one store.
    #[derive(Clone, Default)]
    pub struct Faults(Arc<Mutex<Plan>>);

    #[derive(Default)]
    struct Plan {
        statements: u64,
        fault: Option<Fault>,
        happened: Option<String>,
    }

    impl Faults {
        /// Plans a fault, and counts statements from now on.
        pub fn plan(&self, fault: Fault) {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) =
                Plan { fault: Some(fault), ..Plan::default() };
        }

        /// The statement at which it happened; none while it did not. Nothing goes wrong any more from now on.
        pub fn clear(&self) -> Option<String> {
            std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).happened
        }

        /// Whether the fault happened.
        pub fn happened(&self) -> bool {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).happened.is_some()
        }

        /// How many statements were run since the last plan.
        pub fn statements(&self) -> u64 {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).statements
        }

        /// The fault of the statement that is about to be run.
        fn next(&self, sql: &str) -> Option<FaultKind> {
            let mut plan = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            plan.statements += 1;
            let fault = plan.fault.filter(|fault| fault.at == plan.statements)?;
            plan.happened = Some(sql.to_owned());
            Some(fault.kind)
        }
    }

    /// A connection of a driver, with what is to go wrong over it.
    pub(in crate::store) struct Faulty<C> {
        connection: C,
        faults: Faults,
        loses_answer: bool,
    }

    /// A connection over which nothing is to go wrong as yet ([`Connection::under`]).
    pub(in crate::store) fn faultless<C>(connection: C) -> Faulty<C> {
        Faulty { connection, faults: Faults::default(), loses_answer: false }
    }

    impl<C> Deref for Faulty<C> {
        type Target = C;

        fn deref(&self) -> &C {
            &self.connection
        }
    }

    impl<C> DerefMut for Faulty<C> {
        fn deref_mut(&mut self) -> &mut C {
            &mut self.connection
        }
    }

    impl Connection {
        /// The same with these faults.
        pub(in crate::store) fn under(mut self, faults: &Faults) -> Self {
            *self.faults().0 = faults.clone();
            self
        }

        /// Called before each statement.
        pub(in crate::store) fn before(&mut self, sql: &str) -> Result<()> {
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
        pub(in crate::store) fn after(&mut self) -> Result<()> {
            let lost = std::mem::take(self.faults().1);
            if lost { Err(self.fail(FaultKind::Lost)) } else { Ok(()) }
        }

        fn faults(&mut self) -> (&mut Faults, &mut bool) {
            match self {
                Self::Sqlite(of) => (&mut of.faults, &mut of.loses_answer),
                Self::Postgres(of) => (&mut of.client.faults, &mut of.client.loses_answer),
            }
        }

        fn fail(&mut self, kind: FaultKind) -> Error {
            if kind == FaultKind::Panic {
                panic_on_purpose();
            }
            match self {
                Self::Sqlite(connection) => {
                    if kind == FaultKind::Full && !connection.is_autocommit() {
                        // The fault is what is told, whether this works or not.
                        let _ = connection.execute_batch("ROLLBACK");
                    }
                    told(kind)
                }
                Self::Postgres(postgres) => {
                    let failed = postgres.client.batch_execute(&failing(kind));
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
            FaultKind::Again => SqlState::T_R_SERIALIZATION_FAILURE,
            FaultKind::Full => SqlState::DISK_FULL,
            FaultKind::Lost => return "SELECT pg_terminate_backend(pg_backend_pid())".to_owned(),
            _ => SqlState::INTERNAL_ERROR,
        };
        format!("DO $$ BEGIN RAISE EXCEPTION 'a fault on purpose' USING ERRCODE = '{}'; END $$", state.code())
    }

    #[expect(clippy::panic, reason = "this is what was asked for")]
    fn panic_on_purpose() {
        panic!("a fault on purpose");
    }
}
