//! Faults on purpose, for tests (feature `faults`): the seam fails, panics or loses its connection at its n-th statement. What is to go
//! wrong is a value that a store has, and each of its connections; `failing` makes it happen. A program that people run is built without
//! the feature: then the value is empty, and nothing of this is there.

#[cfg(not(feature = "faults"))]
pub(crate) use nothing::{Faults, Faulty, faultless, replace};
#[cfg(feature = "faults")]
pub use planned::{Fault, FaultKind, Faults};
#[cfg(feature = "faults")]
pub(crate) use planned::{Faulty, faultless, replace};

/// What a build without faults has of them.
#[cfg(not(feature = "faults"))]
mod nothing {
    /// A connection of a driver, as it is.
    pub(crate) type Faulty<C> = C;

    /// What is to go wrong: nothing.
    #[derive(Clone, Default)]
    pub(crate) struct Faults {}

    pub(crate) fn faultless<C>(connection: C) -> C {
        connection
    }

    /// Puts another connection in the place of one.
    pub(crate) fn replace<C>(of: &mut C, connection: C) {
        *of = connection;
    }
}

#[cfg(feature = "faults")]
mod planned {
    use std::ops::{Deref, DerefMut};
    use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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
        /// What was run since somebody listens.
        heard: Option<Vec<String>>,
    }

    impl Faults {
        /// Plans a fault, and counts statements from now on.
        pub fn plan(&self, fault: Fault) {
            *self.locked() = Plan { fault: Some(fault), ..Plan::default() };
        }

        /// The statement at which it happened; none while it did not. Nothing goes wrong any more from now on.
        pub fn clear(&self) -> Option<String> {
            std::mem::take(&mut *self.locked()).happened
        }

        /// Whether the fault happened.
        pub fn happened(&self) -> bool {
            self.locked().happened.is_some()
        }

        /// How many statements were run since the last plan.
        pub fn statements(&self) -> u64 {
            self.locked().statements
        }

        /// Keeps the statements that are run from now on, without their values; nothing goes wrong.
        pub fn listen(&self) {
            *self.locked() = Plan { heard: Some(Vec::new()), ..Plan::default() };
        }

        /// The statements since [`Faults::listen`].
        pub fn heard(&self) -> Vec<String> {
            self.locked().heard.take().unwrap_or_default()
        }

        fn locked(&self) -> MutexGuard<'_, Plan> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner)
        }

        /// Counts a statement that is about to be run; the fault that is planned for it.
        pub(crate) fn next(&self, sql: &str) -> Option<FaultKind> {
            let mut plan = self.locked();
            plan.statements += 1;
            if let Some(heard) = &mut plan.heard {
                heard.push(sql.to_owned());
            }
            let fault = plan.fault.filter(|fault| fault.at == plan.statements)?;
            plan.happened = Some(sql.to_owned());
            Some(fault.kind)
        }
    }

    /// A connection of a driver, with what is to go wrong over it.
    pub(crate) struct Faulty<C> {
        connection: C,
        pub(crate) faults: Faults,
        /// Whether the statement that is being run loses its answer.
        pub(crate) loses_answer: bool,
    }

    /// A connection over which nothing is to go wrong as yet.
    pub(crate) fn faultless<C>(connection: C) -> Faulty<C> {
        Faulty { connection, faults: Faults::default(), loses_answer: false }
    }

    /// Puts another connection in the place of one; what is to go wrong stays.
    pub(crate) fn replace<C>(of: &mut Faulty<C>, connection: C) {
        of.connection = connection;
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
}
