//! Everything that goes wrong in REST, as a problem document (RFC 9457): the one place that turns errors into answers.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use directory::UserId;
use import::{Completion, Created, Fixed, Overtaken, Reportable, Reread};
use sentences::say;
use serde::Serialize;
use store::{Error, Import, ImportState};

use crate::access::unknown_host;
use crate::app::only_looks;

/// What is wrong with a request.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    status: StatusCode,
    /// The stable word, last part of `type`.
    word: &'static str,
    /// Says the title.
    title: fn() -> &'static str,
    detail: Option<String>,
    cells: Vec<OvertakenCell>,
}

/// The document. `type` is a URN: a name to compare, not an address to open.
#[derive(Serialize)]
struct Document<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    /// The cells that somebody else has changed meanwhile.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    cells: &'a [OvertakenCell],
}

/// A cell that somebody else has changed: what stands there now, and who put it there.
#[derive(Debug, Clone, Serialize)]
struct OvertakenCell {
    cell: String,
    now: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
}

const fn problem(status: StatusCode, word: &'static str, title: fn() -> &'static str) -> Problem {
    Problem { status, word, title, detail: None, cells: Vec::new() }
}

impl Problem {
    pub(super) const NO_TOKEN: Self =
        problem(StatusCode::UNAUTHORIZED, "no-token", || say!("problem-the-request-has-no-bearer-token"));
    pub(super) const BAD_TOKEN: Self =
        problem(StatusCode::UNAUTHORIZED, "bad-token", || say!("problem-the-token-is-not-known-here"));
    pub(super) const TOKEN_ENDED: Self =
        problem(StatusCode::UNAUTHORIZED, "token-ended", || say!("problem-the-token-has-ended"));
    pub(super) const NOT_ALLOWED: Self =
        problem(StatusCode::FORBIDDEN, "not-allowed", || say!("problem-the-role-of-the-token-does-not"));
    pub(super) const NOT_FOUND: Self =
        problem(StatusCode::NOT_FOUND, "not-found", || say!("problem-there-is-no-such-address"));
    // Also for what belongs to another account: nobody learns that it is there.
    pub(super) const NO_IMPORT: Self =
        problem(StatusCode::NOT_FOUND, "not-found", || say!("problem-there-is-no-such-import"));
    pub(super) const NO_USER: Self =
        problem(StatusCode::NOT_FOUND, "not-found", || say!("problem-there-is-no-such-user"));
    pub(super) const NO_SELECTION: Self =
        problem(StatusCode::NOT_FOUND, "not-found", || say!("problem-there-is-no-such-selection"));
    pub(super) const NO_FIELD: Self =
        problem(StatusCode::NOT_FOUND, "not-found", || say!("problem-there-is-no-such-field"));
    pub(super) const WRONG_METHOD: Self = problem(StatusCode::METHOD_NOT_ALLOWED, "wrong-method", || {
        say!("problem-this-address-does-not-take-this-method")
    });
    pub(super) const NOTHING_TO_UNDO: Self =
        problem(StatusCode::CONFLICT, "nothing-to-undo", || say!("problem-there-is-nothing-to-undo-it-was"));
    pub(super) const NO_ANSWER: Self =
        problem(StatusCode::NOT_FOUND, "no-answer", || say!("problem-there-is-no-such-answer"));
    pub(super) const TOO_LATE: Self =
        problem(StatusCode::CONFLICT, "too-late", || say!("problem-it-is-being-applied-or-is-at"));
    pub(super) const NO_TICKET: Self =
        problem(StatusCode::NOT_FOUND, "not-found", || say!("problem-there-is-no-such-ticket"));
    pub(super) const NOT_TAKEN_BACK: Self =
        problem(StatusCode::CONFLICT, "not-taken-back", || say!("problem-it-can-be-taken-back-no-more"));
    pub(super) const OTHERS_AT_WORK: Self =
        problem(StatusCode::CONFLICT, "others-at-work", || say!("problem-others-change-this-import"));
    pub(super) const OTHER_REQUEST: Self =
        problem(StatusCode::UNPROCESSABLE_ENTITY, "idempotency-key-of-another-request", || {
            say!("problem-this-idempotency-key-came-before-with-another")
        });
    pub(super) const ORDER_TO_COME: Self =
        problem(StatusCode::SERVICE_UNAVAILABLE, "order-is-being-made", || {
            say!("problem-the-order-is-being-made")
        });
    const UNKNOWN_HOST: Self = problem(StatusCode::MISDIRECTED_REQUEST, "unknown-host", || {
        say!("problem-muster-is-not-known-by-this-name")
    });
    const OVER_QUOTA: Self =
        problem(StatusCode::CONFLICT, "over-quota", || say!("problem-there-is-no-room-for-it"));
    const DISK_FULL: Self = problem(StatusCode::INSUFFICIENT_STORAGE, "disk-full", || {
        say!("problem-the-disk-of-the-server-is-full")
    });
    const CROWDED: Self =
        problem(StatusCode::TOO_MANY_REQUESTS, "too-much-at-once", || say!("problem-too-much-at-once"));
    const BUSY: Self = problem(StatusCode::SERVICE_UNAVAILABLE, "busy", || say!("problem-busy"));
    /// A newer program has the database: what is asked is answered by that.
    pub(super) const UPDATED: Self =
        problem(StatusCode::SERVICE_UNAVAILABLE, "updated", || say!("problem-updated"));
    const TOO_COSTLY: Self =
        problem(StatusCode::SERVICE_UNAVAILABLE, "too-costly", || say!("problem-too-costly"));
    const FAILED: Self = problem(StatusCode::INTERNAL_SERVER_ERROR, "failed", || {
        say!("problem-muster-could-not-do-it-its-operators")
    });

    /// A request that can't be understood: why.
    pub(super) fn bad_request(detail: impl Into<String>) -> Self {
        problem(StatusCode::BAD_REQUEST, "bad-request", || say!("problem-the-request-cant-be-understood"))
            .with(detail)
    }

    /// A field that can't be so beside the others, or beside what users have: why.
    pub(super) fn field_refused(detail: impl Into<String>) -> Self {
        problem(StatusCode::CONFLICT, "field-refused", || say!("problem-the-field-cant-be-so")).with(detail)
    }

    /// A request by a name that is not ours.
    pub(super) fn unknown_host() -> Self {
        Self::UNKNOWN_HOST.with(unknown_host())
    }

    /// A token of an organisation that nobody may use for now: why.
    pub(super) fn suspended(why: String) -> Self {
        problem(StatusCode::FORBIDDEN, "suspended", || say!("problem-the-organisation-is-suspended"))
            .with(why)
    }

    /// What can't be done with a ticket as it stands: why.
    pub(super) fn conflict(word: &'static str, detail: impl Into<String>) -> Self {
        problem(StatusCode::CONFLICT, word, || say!("problem-the-ticket-is-not-for-that")).with(detail)
    }

    /// A body that is larger than what is taken.
    pub(super) fn too_large(detail: impl Into<String>) -> Self {
        problem(StatusCode::PAYLOAD_TOO_LARGE, "too-large", || say!("problem-the-request-is-too-large"))
            .with(detail)
    }

    fn with(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    /// Users who were to be changed back are none whom the import changed.
    pub(super) fn not_among(users: &[UserId]) -> Self {
        problem(StatusCode::UNPROCESSABLE_ENTITY, "not-changed-by-it", || say!("problem-not-changed-by-it"))
            .with(directory::not_changed_by_it(users))
    }

    /// An answer that its field can't take.
    pub(super) fn no_answer_kept() -> Self {
        problem(StatusCode::UNPROCESSABLE_ENTITY, "answer-not-kept", || say!("problem-no-answer-kept"))
            .with(say!("api-answers-not-kept"))
    }

    /// A file that was kept for a while, and is not kept any more.
    pub(super) fn forgotten() -> Self {
        problem(StatusCode::GONE, "forgotten", || say!("problem-the-file-is-not-kept-any-more"))
            .with(directory::file_forgotten())
    }

    pub(super) fn not_in_review(state: ImportState) -> Self {
        problem(StatusCode::CONFLICT, "not-in-review", || say!("problem-the-import-is-not-in-review"))
            .with(say!("api-problem-the-import-is-in-state", state = state.word().to_string()))
    }
}

impl From<Error> for Problem {
    /// The reason goes to the log: it is the operator's.
    fn from(error: Error) -> Self {
        match error {
            // A request that came before is answered by what was kept of it.
            Error::DoneBefore => {}
            Error::TooLate => return Self::TOO_LATE,
            Error::Updated => return Self::UPDATED,
            Error::SearchTooLong => return Self::bad_request(error.to_string()),
            Error::OverQuota(allowance) => return Self::OVER_QUOTA.with(allowance.refusal()),
            Error::Crowded => return Self::CROWDED.with(error.to_string()),
            ref error => tracing::error!(%error, "a request failed"),
        }
        match error {
            Error::Full => Self::DISK_FULL.with(error.to_string()),
            Error::Busy if only_looks() => Self::BUSY.with(directory::database_busy_reading()),
            Error::Unreachable(_) if only_looks() => {
                Self::BUSY.with(directory::database_unreachable_reading())
            }
            Error::Busy | Error::Held(_) | Error::Unconnected | Error::OnlyReads => {
                Self::BUSY.with(error.to_string())
            }
            Error::UploadLost { .. } => Self::FAILED.with(error.to_string()),
            Error::Unreachable(_) => Self::BUSY.with(directory::database_unreachable().to_owned()),
            Error::TooCostly => Self::TOO_COSTLY.with(error.to_string()),
            Error::Unread(_) => Self::FAILED.with(directory::row_unread()),
            _ => Self::FAILED,
        }
    }
}

/// The import of an answer to the wish to complete it, or why it is not completed.
pub(super) fn started(answer: Completion) -> Result<Import, Problem> {
    match answer {
        Completion::Started(import) => Ok(*import),
        Completion::OtherPlan(number) => {
            Err(problem(StatusCode::CONFLICT, "other-plan", || say!("problem-review-shows-another-plan-now"))
                .with(say!("api-problem-review-shows-plan-now-look", number = number.to_string())))
        }
        Completion::Blocked(errors, conflicts) => Err(problem(StatusCode::CONFLICT, "blocked", || {
            say!("problem-errors-or-conflicts-are-in-the-way")
        })
        .with(say!(
            "api-problem-errors-and-open-conflicts-are",
            errors = errors,
            conflicts = conflicts
        ))),
        Completion::Large(kinds) => {
            let kinds: Vec<String> =
                kinds.iter().map(|(kind, users)| format!("{} {users}", kind.word())).collect();
            Err(problem(StatusCode::CONFLICT, "large-change", || say!("problem-many-users-are-hit-hard"))
                .with(say!("api-problem-send-large", kinds = kinds.join(", "))))
        }
        Completion::Beyond(more, users) => Err(Problem::OVER_QUOTA.with(users.creation_refused(more))),
        Completion::NotInReview(state) => Err(Problem::not_in_review(state)),
        Completion::NoSuchImport => Err(Problem::NO_IMPORT),
    }
}

/// The user who was created, or why nobody was.
pub(super) fn created(created: Created) -> Result<UserId, Problem> {
    match created {
        Created::Saved(user) => Ok(user),
        Created::Wrong(wrong) => {
            let sentences: Vec<String> =
                wrong.iter().map(|(_, wrong, sentence)| directory::explained(sentence, wrong)).collect();
            Err(problem(StatusCode::UNPROCESSABLE_ENTITY, "not-created", || {
                say!("problem-the-user-was-not-created")
            })
            .with(sentences.join(" ")))
        }
        Created::Beyond(users) => Err(Problem::OVER_QUOTA.with(users.refusal())),
        Created::TooBusy => Err(Problem::BUSY),
    }
}

/// The import whose report is wanted, or why it has none.
pub(super) fn reported(found: Reportable) -> Result<Import, Problem> {
    match found {
        Reportable::Yes(import) => Ok(*import),
        Reportable::Forgotten => Err(Problem::forgotten()),
        Reportable::NoFile => {
            Err(problem(StatusCode::CONFLICT, "no-report", || say!("problem-there-is-no-report-of-it"))
                .with(say!("report-of-no-file")))
        }
        Reportable::NotNow(state) => {
            Err(problem(StatusCode::CONFLICT, "no-report", || say!("problem-there-is-no-report-of-it"))
                .with(say!("api-problem-the-import-is-in-state-2", state = state.word().to_string())))
        }
        Reportable::NoSuchImport => Err(Problem::NO_IMPORT),
    }
}

/// The import of an answer to fixes, or why they were not kept.
pub(super) fn fixed(fixed: Fixed) -> Result<Import, Problem> {
    match fixed {
        Fixed::Kept(import, _) => Ok(*import),
        Fixed::NoSuchCell => Err(problem(StatusCode::CONFLICT, "no-such-cell", || {
            say!("problem-the-plan-has-no-such-cell-row")
        })),
        Fixed::Ambiguous(rows, accounted) => Err(problem(StatusCode::CONFLICT, "ambiguous-user", || {
            say!("problem-several-rows-have-this-user-id")
        })
        .with(directory::shared_by(&rows, &accounted))),
        Fixed::NoSuchUser(user) => {
            Err(problem(StatusCode::CONFLICT, "no-such-user", || say!("problem-there-is-no-such-user"))
                .with(user.to_string()))
        }
        Fixed::NotGiven(user) => {
            Err(problem(StatusCode::CONFLICT, "not-given", || say!("problem-reports-not-given"))
                .with(user.to_string()))
        }
        Fixed::NothingToChoose(target) => {
            Err(problem(StatusCode::CONFLICT, "nothing-to-choose", || say!("problem-nothing-to-choose"))
                .with(target.to_string()))
        }
        Fixed::Overtaken(cells) => Err(overtaken(&cells)),
        Fixed::NotInReview(state) => Err(Problem::not_in_review(state)),
        Fixed::OthersAtWork => Err(Problem::OTHERS_AT_WORK),
    }
}

/// Somebody else has changed cells since they were looked at: each with what stands there now.
fn overtaken(cells: &[Overtaken]) -> Problem {
    let overtaken = problem(StatusCode::CONFLICT, "changed-meanwhile", || {
        say!("problem-somebody-changed-the-cells-meanwhile")
    });
    let cells = cells.iter().map(|cell| OvertakenCell {
        cell: cell.target.to_string(),
        now: cell.now.clone(),
        by: cell.by.as_ref().map(|(who, _)| who.clone()),
    });
    Problem { cells: cells.collect(), ..overtaken }
}

/// The import of an answer to a decision, or to undoing and redoing fixes.
pub(super) fn turned(turned: Reread) -> Result<Import, Problem> {
    match turned {
        Reread::Kept(import) => Ok(*import),
        Reread::NoSuchStep => Err(problem(StatusCode::CONFLICT, "nothing-to-decide", || {
            say!("problem-there-is-no-such-column-or-nothing")
        })),
        Reread::NotInReview(state) => Err(Problem::not_in_review(state)),
        Reread::OthersAtWork => Err(Problem::OTHERS_AT_WORK),
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let document = Document {
            r#type: format!("urn:muster:problem:{}", self.word),
            title: (self.title)(),
            status: self.status.as_u16(),
            detail: self.detail.as_deref(),
            cells: &self.cells,
        };
        let body = serde_json::to_string(&document).unwrap_or_default();
        let mut answer =
            (self.status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = axum::http::HeaderValue::from_static("Bearer");
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        if [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE].contains(&self.status) {
            answer.headers_mut().insert(header::RETRY_AFTER, axum::http::HeaderValue::from_static("5"));
        }
        answer
    }
}
