//! The one list of what `/metrics` says: names, kinds, labels, and a line about each.

/// How a number behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It goes up until the process ends.
    Counter,
    /// It goes up and down.
    Gauge,
    /// How often something took how long.
    Histogram,
}

impl Kind {
    /// The word of Prometheus.
    pub fn word(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// One number, or one for each value of its labels.
#[derive(Debug, PartialEq, Eq)]
pub struct Metric {
    /// Its name.
    pub name: &'static str,
    /// How it behaves.
    pub kind: Kind,
    /// The names of its labels.
    pub labels: &'static [&'static str],
    /// What it is.
    pub what: &'static str,
}

macro_rules! metrics {
    ($($item:ident $kind:ident $name:literal [$($label:literal),*] $what:literal;)*) => {
        $(pub(super) const $item: Metric = Metric { name: $name, kind: Kind::$kind, labels: &[$($label),*], what: $what };)*
        /// All that is said, in no order.
        pub const ALL: &[Metric] = &[$($item),*];
    };
}

metrics! {
    BUILD Gauge "muster_build_info" ["version"] "Always 1, with the version.";
    MEMORY Gauge "process_resident_memory_bytes" [] "Memory of the process, in bytes.";
    FILES Gauge "process_open_fds" [] "Files and connections that the process has open.";
    CPU Counter "process_cpu_seconds_total" [] "Seconds that the process has computed.";
    WORKERS Gauge "muster_workers" [] "Workers of this process that live.";
    WORKER_DEATHS Counter "muster_worker_deaths_total" [] "Workers that died and were replaced, or panicked over an import.";
    LEASES_LOST Counter "muster_leases_lost_total" [] "Imports that were lost to another worker, or were cancelled, while this process worked on them.";
    LEASES_TAKEN_OVER Counter "muster_leases_taken_over_total" [] "Imports that this process took over from a worker that never gave them back.";
    STAGES Histogram "muster_stage_seconds" ["stage", "ended"] "Seconds of each stage of the work on imports, by how it ended.";
    APPLIES Counter "muster_applies_total" [] "Imports that this process applied.";
    SIGN_IN_FAILURES Counter "muster_sign_in_failures_total" [] "Wrong passwords, links and codes of second factors.";
    EVENTS Counter "muster_events_total" ["event"] "Lines of the security log, by their word.";
    JOBS_WAITING Gauge "muster_store_jobs_waiting" [] "Requests that wait for a thread of the store.";
    THREADS_BUSY Gauge "muster_store_threads_busy" [] "Threads of the store that are busy.";
    THREADS Gauge "muster_store_threads" [] "Threads of the store.";
    CONNECTIONS Gauge "muster_pool_connections" ["pool", "state"] "Connections to the database, in use and idle.";
    CONNECTIONS_MOST Gauge "muster_pool_connections_most" ["pool"] "Connections that may be in use at once.";
    CONNECTIONS_WAITED_FOR Gauge "muster_pool_waiting" ["pool"] "Who waits for a connection to the database.";
    PAGES Histogram "muster_request_seconds" ["method", "route", "status"] "Seconds until an answer began, by template of the address and class of status.";
    DATABASE_UP Gauge "muster_database_up" [] "1 when the database answered the last time it was asked, else 0.";
    IMPORTS Gauge "muster_imports" ["state"] "Imports that have come to no end.";
    IMPORTS_OLDEST Gauge "muster_imports_oldest_seconds" ["state"] "Age of the oldest import of a state; 0 when there is none.";
    IMPORTS_WAITING Gauge "muster_imports_waiting" [] "Imports that wait for a worker.";
    MAILS Gauge "muster_mails_waiting" [] "Mails that wait to be sent.";
    MAILS_OLDEST Gauge "muster_mails_oldest_seconds" [] "Age of the oldest mail that waits; 0 when there is none.";
}
