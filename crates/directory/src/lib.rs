//! What a user, a field, a change and an issue are: reading and printing of every kind of field, the merge of a file
//! with the directory, the checks, the plan.
//!
//! Pure: no input or output, no clock, no randomness, no SQL, no serde, no async. Everything that a rule needs comes in
//! as a parameter, so that every rule can be tried with a line of data.

mod accounted;
mod change_rule;
mod check;
mod damage;
mod decision;
mod failures;
mod field;
mod field_edit;
mod header;
mod identity;
mod instructions;
mod issue;
mod matching;
mod merge;
mod out_of_line;
mod pattern;
mod plain;
mod plan;
#[cfg(test)]
mod properties;
mod quota;
mod reading;
mod said;
mod sentences;
mod transformation;
mod users;
mod whole;

pub use self::sentences::counts::{
    changed_since, cleared, created, damage_kept, done, edited, hidden_rows, left_out, looked_through,
    new_since, not_changed_by_it, put_back, put_back_question, row_of_part, rows_without_id, selected,
    shared_by, step_of_fixes, undone, update_button, user_of_row, warning_sentence, withdrawn,
};
pub use self::sentences::report::{
    conflict_note, file_forgotten, left_out_note, note_of_column, problem_note, report_instructions,
};
pub use self::sentences::transformed::detail as transformed_detail;
pub use self::sentences::{explained, explanation, sentence};
pub use ::sentences::{Language, grouped};
pub use accounted::{Accounted, ReadSheet, Reason, Unread};
pub use change_rule::{ChangeRule, RuleLine, RuleRefused, RuleStep};
pub use check::{Claim, ClaimKind, sign_in_missing};
pub use damage::Damage;
pub use decision::{About, Decision, Decisions};
pub use failures::{
    Failure, being_opened, certificate_unusable, connections_too_few, connections_unknown, copy_differs,
    copy_has_no_place_for, copy_needs_an_empty_database, database_address_unknown,
    database_address_unreadable, database_busy, database_busy_reading, database_cannot_be_made,
    database_damaged, database_forbidden, database_held, database_in_use, database_not_utf8,
    database_of_another_program, database_of_another_user, database_only_reads, database_option_unknown,
    database_read_only, database_unfinished, database_unreachable, database_unreachable_reading,
    database_without_connection, disk_full, download_incomplete, file_too_large, muster_updated,
    not_a_database, relation_in_the_way, row_unread, search_too_long, sslmode_unknown, too_costly,
    too_many_connections, too_much_at_once, upload_lost, values_shared, waits_for_import, work_file_foreign,
    work_file_missing, work_file_older,
};
pub use field::{Answers, Choice, Field, FieldNumber, Fields, Kind, standard};
pub use field_edit::{FieldEdit, FieldProblem, NewField, PastedChoices, pasted_labels, suggested_key};
pub use header::{
    Base, BoundColumn, Download, Header, OwnPast, Shown, SourceRow, bind, is_key_row, is_of_report,
    tidied_key,
};
pub use identity::{IdProblem, UserId};
pub use instructions::{field_help, template_instructions, workbook_instructions};
pub use issue::{Code, Issue, NOT_CHECKED, Severity, Where, Wrong};
pub use matching::{
    Because, Differing, MatchBy, MatchedColumn, Matching, MatchingProblem, Profile, Protected, Suggestion,
    TableReading, Target, UsernamesFrom, made_username, suggest, told_apart,
};
pub use merge::{Exactness, Verdict, create, merge, merge_values};
pub use out_of_line::{Misplaced, OutOfLine};
pub use plain::{NotPlain, check_plain};
pub use plan::{Change, Chosen, Counts, Place, PlanCell, State};
pub use quota::{Allowance, Quota};
pub use reading::error_word::is_error_word;
pub use reading::nearest::nearest;
pub use reading::person::{Mention, person_shown};
pub use reading::phone::is_phone_region;
pub use reading::rows_inside::{cells_inside, wrong as rows_inside};
pub use reading::{ColumnReading, DateOrder, Evidence, Mark, Order, Read, Reading, languages};
pub use said::said_day;
pub use transformation::{Step, Transformation, Transformations, is_explained};
pub use users::{User, Users};
pub use whole::{Blast, BlastKind, BlastLimit, Zeros, loses_point};
