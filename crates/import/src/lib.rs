//! The way of a file to the directory, and back: upload, read, review, apply, undo; the download and the form of one user beside it.
//!
//! The rooms, each of which knows those after it: `fields` is another definition of a field; `erase` takes a person out; `tickets` is what an account
//! asks of support, and what support does; `form` is the edit of one user, and their creation; `listed` is a page of users; `removal` goes on with
//! organisations that are being removed; `work` claims an import and brings it to rest, under a `lease` that is held meanwhile, by `read` (bytes to a
//! plan), `matching` (a table that Muster did not write to a file of its own), `rules` (a rule of change to a plan),
//! `brought` (the rows of a ticket to a plan), `apply` (a plan
//! to the directory) and `review` (what a person does to a plan); `judge` says of a row and of a claim what is to be said; `sheets` are
//! the files that go out; `selections` are the users that somebody has chosen. Synchronous: call it on the store's threads. Whether the actor may do what is asked, the callers have checked.

mod apply;
mod brought;
mod context;
mod erase;
mod fields;
mod form;
mod judge;
mod lease;
mod listed;
mod matching;
mod read;
mod receive;
mod removal;
mod review;
mod rules;
mod selections;
mod sheets;
mod tickets;
mod work;

pub use apply::undo::{Undone, change_back, undo};
pub use apply::{Agreed, Completion, blasts, complete, complete_agreed};
pub use context::{Clock, Context, told_day, told_moment};
pub use erase::{Erased, erase};
pub use fields::{FieldRefusal, Instead, add_field, edit_field, remove_choice};
pub use form::{Created, Edited, create, edit};
pub use listed::users_page;
pub use matching::absent::SHOWN as NOT_IN_FILE_SHOWN;
pub use matching::{Matched, match_columns, read_otherwise};
pub use receive::{NewUpload, Upload};
pub use removal::remove_all;
pub use review::answers::{NewAnswer, ShownAnswer, answers, forget_answer, keep_answers, takes_answers};
pub use review::changed::{ADDED_UP, ChangesOf, changed_fields, changes_of};
pub use review::fix::{Fixed, fix, fix_seen};
pub use review::giving::{Given, give_reports};
pub use review::kinds::{groups_of_kind, issues_of_kind, kinds};
pub use review::lists::{
    People, changes, conflicts, damaged, groups, issues, left_out, rows_without_id, suggested, warnings,
};
pub use review::options::{OptionAdded, add_option};
pub use review::overtaken::Overtaken;
pub use review::reports::managers_made_inactive;
pub use review::rows::{ReviewRow, RowValue, place_of_row, problems_of, rows};
pub use review::shown::{
    ChangedLine, LeftOutRow, LineOf, ReviewChange, ReviewConflict, ReviewGroup, ReviewIssue, ReviewKind,
};
pub use review::steps::{Reread, decide, decisions_of, fix_steps, turn_fixes};
pub use review::target::Target;
pub use review::{cancel, forget, note, take_back};
pub use rules::{Begun, NewChange, change};
pub use selections::{gather, select, select_found, select_pasted};
pub use sheets::changes::{changes_file, changes_listable};
pub use sheets::download::{DownloadChoice, TypedOver, download, typed_over};
pub use sheets::report::{Reportable, report, reportable, uploaded};
pub use sheets::told::note_download;
pub use store::Randomness;
pub use tickets::bringing::{Brought, bring_back};
pub use tickets::raising::{
    Raised, TICKET_CELLS, TakenBack, Wanted, asked_for, raise, take_back as take_ticket_back,
};
pub use tickets::release::{Decided, Holder, Released, decide as decide_ticket, holder, release};
pub use tickets::{TICKET_WORDS, Written, write as write_on_ticket};
pub use work::workers::Workers;
pub use work::{Sight, read_now, work_in_turn, work_on, work_once};
pub use workbook::{Format, Position};
