//! The store: the only SQL. Reads by name, and one `apply` that writes the directory.
//!
//! Synchronous: called on plain threads, never inside async code. Every statement about an account's rows takes its
//! [`AccountId`], which only the store makes; the types leave no way to ask without one.
//!
//! `engine` is the seam, the one file that names the drivers; `store` holds the connections. On them stand `directory` (what must be
//! right) and `work` (what is written often), and on both `apply`, the one writer of users.

mod activity;
mod allowed;
mod apply;
mod copies;
mod damage;
mod directory;
mod distribution;
mod doctor;
mod engine;
mod failing;
mod faults;
mod held_uploads;
mod holder;
mod ids;
mod import;
mod known_fields;
mod locks;
mod migrations;
mod moving;
mod narrowed;
mod noted;
mod overview;
mod ownership;
mod pages;
mod pair;
mod pauses;
mod pool;
mod quotas;
mod randomness;
mod removal;
mod request;
mod statements;
mod store;
mod tables;
mod texts;
mod together;
mod wall;
mod watch;
mod work;

pub use crate::activity::{Activity, ActivityPlace, ActivityWanted};
pub use crate::apply::{Application, Applied, Outcome, PRESENT};
pub use crate::copies::{AccountThen, FilePart, Snapshot};
pub use crate::damage::{Unlooked, damaged_pages_of};
pub use crate::directory::access::{
    Administrator, ListedToken, Member, Membership, Role, RoleChanged, TokenHolder,
};
pub use crate::directory::accounts::{Account, AccountSettings};
pub use crate::directory::answers::KeptAnswer;
pub use crate::directory::claims::{ClaimsCompared, SharedValue, SharedValues};
pub use crate::directory::field_changes::{FieldUse, FieldsChanged};
pub use crate::directory::fields::FieldRefused;
pub use crate::directory::history::{AppliedRevision, HistoryEntry, PastCell};
pub use crate::directory::matchings::KeptMatching;
pub use crate::directory::references::Bearers;
pub use crate::directory::releases::Release;
pub use crate::directory::revisions::Chain;
pub use crate::directory::saved_searches::{SAVED_MOST, SavedAs, SavedSearch};
pub use crate::directory::sessions::{ListedSession, Session, SessionStart};
pub use crate::directory::users::UsersPage;
pub use crate::directory::users::orders::Ordered;
pub use crate::directory::users::query::{Cursor, NO_VALUE, SPAN, Sort, UsersQuery};
pub use crate::directory::users::search::{Found, Precision, Stopped};
pub use crate::distribution::{Placement, Placing, placings};
pub use crate::doctor::{Ailment, Finding};
pub use crate::engine::{Error, Result};
#[cfg(feature = "faults")]
pub use crate::faults::{Fault, FaultKind, Faults};
pub use crate::holder::Holder;
pub use crate::ids::{AccountId, ImportId, SelectionId, Time};
pub use crate::import::{
    Complete, Import, ImportKind, ImportState, Lease, NewImport, Progress, Settled, Stage, Waiting,
    WrittenSum,
};
pub use crate::moving::{Moved, Moving};
pub use crate::noted::Noted;
pub use crate::overview::{AccountLine, Figures, LeaseLine, ROWS_COUNTED, Sizes, TableSize, Unended};
pub use crate::pages::{ListPlace, Page, PageStart};
pub use crate::pool::PoolUse;
pub use crate::randomness::Randomness;
pub use crate::request::KeyedRequest;
pub use crate::store::{Bounds, Store, work_file};
pub use crate::work::attempts::AttemptKind;
pub use crate::work::feedback::Feedback;
pub use crate::work::files::{CountedFile, FileMode, FurtherFile};
pub use crate::work::fix_rows::{JudgedRow, ReplacedRow};
pub use crate::work::fix_steps::{KeptStep, Turn, TurnedRows};
pub use crate::work::fixes::{Fix, FixKind, FixStep, KeptFix};
pub use crate::work::foreign::{ForeignColumn, ForeignTable, SaidMatching};
pub use crate::work::groups::{ProblemGroup, ProblemKind};
pub use crate::work::half_sign_ins::HalfSignIn;
pub use crate::work::mails::{HeldMail, MailKind, NewMail};
pub use crate::work::news::{News, NewsKind};
pub use crate::work::once::Answered;
pub use crate::work::plan::LaterClaim;
pub use crate::work::plan_claims::ClaimGroup;
pub use crate::work::plan_lists::CellFilter;
pub use crate::work::rules::{KeptRule, RuleUsers};
pub use crate::work::selections::Selection;
pub use crate::work::shown::FollowedCells;
pub use crate::work::tickets::{Ticket, TicketState, TicketSums, TicketValue, TicketWord};
pub use crate::work::tickets_raised::NewTicket;
pub use crate::work::uploads::{StoredUpload, UploadWriter};
pub use crate::work::wanted::{DoneChunk, WantedCells, WantedFix};
pub use crate::work::warnings::{RenewedWarning, Warning};
pub use crate::work::written_cells::{Becomes, Written, WrittenKind};
