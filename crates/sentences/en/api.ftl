
# Problem documents of REST: titles, and what each detail says.

problem-there-is-no-such-selection = There is no such selection: it is kept for a day, for the one who made it
problem-the-request-has-no-bearer-token = The request has no bearer token
problem-the-token-is-not-known-here = The token is not known here
problem-the-token-has-ended = The token has ended
problem-the-organisation-is-suspended = The organisation of the token is suspended
problem-the-role-of-the-token-does-not = The role of the token does not allow this
problem-there-is-no-such-address = There is no such address
problem-there-is-no-such-import = There is no such import
problem-there-is-no-such-user = There is no such user
problem-this-address-does-not-take-this-method = This address does not take this method
problem-there-is-nothing-to-undo-it-was = There is nothing to undo: it was not applied, or it was undone already
problem-it-is-being-applied-or-is-at = It is being applied, or is at its end
problem-this-idempotency-key-came-before-with-another = This Idempotency-Key came before with another request
problem-muster-is-not-known-by-this-name = Muster is not known by this name
problem-the-disk-of-the-server-is-full = The disk of the server is full
problem-too-much-at-once = Too much at once
problem-there-is-no-room-for-it = The organisation has as much of this as it may have
problem-busy = The database is busy
problem-the-order-is-being-made = The order is being made, which takes some seconds; ask again
problem-the-user-was-not-created = The user was not created
problem-updated = Muster has just been updated
problem-too-costly = The request takes too long
problem-muster-could-not-do-it-its-operators = Muster could not do it; its operators find the reason in the log
problem-the-request-cant-be-understood = The request can't be understood
problem-the-request-is-too-large = The request is too large
problem-the-file-is-not-kept-any-more = The file is not kept any more
problem-the-import-is-not-in-review = The import is not in review
problem-review-shows-another-plan-now = Review shows another plan now
problem-errors-or-conflicts-are-in-the-way = Errors or conflicts have to be put right first
problem-there-is-no-report-of-it = There is no report of it
problem-the-plan-has-no-such-cell-row = The plan has no such cell, row or user
problem-nothing-to-choose = There is nothing to choose between at this place: look at the import again, or send a value
problem-reports-not-given = Reports can’t be given to their own manager, or to somebody who is inactive or becomes so by this import: name another manager
problem-there-is-no-such-column-or-nothing = There is no such column, or nothing to undo or redo
parameter-takes = The parameter { $name } takes { $takes }.
parameter-limit = a whole number, such as 50
parameter-cursor = what a list gave as next
parameter-status = active or inactive
parameter-sort = name, sign_in, created or the key of a field, with a - in front for the other way round
field-new-user = the values of a new user by the keys of their fields
parameter-format = xlsx, csv or ods
parameter-apply = never, when_clean or when_clean_large
parameter-true-or-false = true or false
parameter-mode = add or replace
parameter-other = something else
field-fixes = a list of objects, each with a cell, a row, or a user_id and a field, and with one of value, choose, leave_out and create
field-decisions = a list of objects with decide, and with the key of a field as field where it is about one
field-changed-users = "all", or an object with search or selection
field-lines = a list of objects, each with a field and one of set, clear, replace with with, add and take_away
field-names = a list of User IDs, emails or usernames
field-search = a text, as GET /users takes it
field-key = the key of a field: a small letter, then small letters, digits and underscores
field-text = a text
field-type = the type of a field, such as text or choice
field-pattern = a regular expression, or null
field-labels = a list of names of options
field-renamed = a list of objects, each with from and to
field-place = a whole number, from 1
problem-there-is-no-such-field = There is no such field
problem-the-field-cant-be-so = The field can't be so
api-changes-names-or-search = A selection takes names or search, one of both.
field-plan = the number of the plan that was reviewed
api-lists-not-a-cursor = cursor is not one that a list gave as next

## api-extract

api-extract-the-parameter-stands-twice-send = The parameter { $name } stands twice. Send it once.
api-extract-a-body-of-json-may = A body of JSON may have { $most } MiB.
api-extract-the-body-is-not-json = The body is not JSON: look at { $place }.
api-extract-the-body-takes-an-object = The body takes an object with { $fields }.
api-extract-the-body-has-which-is = The body has { $name }, which is not known here; it takes { $fields }.
api-extract-takes-look-at = { $name } takes { $takes }; look at { $place }.
api-extract-something-is-missing-in-the = Something is missing in the body; it takes { $fields }.

## api-imports

api-imports-decide-is-one-of = decide is one of { $words }.

## api-once

api-once-an-idempotency-key-has-1 = An Idempotency-Key has 1 to 200 visible ASCII characters.
api-once-a-body-of-json-may = A body of JSON may have { $most } MiB.

## api-problem

api-problem-the-import-is-in-state = The import is in state { $state }.
api-problem-review-shows-plan-now-look = Review shows plan { $number } now: look at it, then complete that one.
api-problem-errors-and-open-conflicts-are = { $errors } errors and { $conflicts } open conflicts are left: fix them, or complete with leave_out_errors.
api-problem-the-import-is-in-state-2 = The import is in state { $state }; there is a report in review and when it is done.

## api-user-data

api-user-data-there-is-no-field-fields = There is no field { $key }: fields takes keys of fields with commas between them.

## api-fixes

api-fixes-give-one-of-value-choose = give one of value, choose, leave_out and create (which is true)
api-fixes-suggested-takes-code-and = suggested (which is true) takes the code of a problem and the key of a field, and nothing else
api-fixes-name-a-cell-a-user = name a cell, a user_id and a field, or a row
api-fixes-choose-is-file-now-or = choose is file, now or download
api-fixes-cell-is-not-one-such = cell is not one, such as C7
api-fixes-user-id-is-not-one = user_id is not one

## api-lists

api-users-no-such-field = there is no field { $key } that can be set; the keys are those of GET /users
api-users-no-value = { $key } takes a text, a number, true or false, a list of texts, or null
api-lists-sort-is-name-sign-in = sort is name, sign_in, created or the key of a field, with a - in front for descending

## api-upload

api-upload-the-content-type-says-multipart = The Content-Type says multipart but names no boundary. Send a form with the file as the part file, or the file as the body alone.
api-upload-the-form-has-no-part = The form has no part named file. Send the file as that part, or as the body alone.
api-upload-the-upload-broke-off-so = The upload broke off, so nothing was imported. Send the file again.
api-upload-decide-names-no-field = decide names a field that there is not, or should name one: DECISION:FIELD.
api-upload-mode-is-add-or-replace = mode is add or replace.
parameter-unknown = There is no parameter { $name } at this address. It takes { $known }.
parameter-unknown-perhaps = There is no parameter { $name } at this address. Perhaps { $near } is meant.
parameter-unknown-none = There is no parameter { $name }: this address takes none. Ask without what stands after the ?.
parameters-unreadable = What stands after the ? is not of the form name=value&name=value.
problem-somebody-changed-the-cells-meanwhile = Somebody else has changed these cells since: nothing was kept. Look at what stands there now, then send yours with that as “was”
problem-it-can-be-taken-back-no-more = It was not cancelled, or more than a day ago, so it can be taken back no more
problem-others-change-this-import = Others change this import at the same moment: nothing was kept, try again
problem-several-rows-have-this-user-id = Several rows have this User ID
problem-many-users-are-hit-hard = The import is hard on many users
api-problem-send-large = Users who become inactive, lose a value or sign in by another email or username: { $kinds }. Look at them, then send "large": true.
problem-there-is-no-such-ticket = There is no such ticket
problem-the-ticket-is-not-for-that = The ticket is not for that now
api-ticket-name-cells-or-a-field = name cells, or a field, one of the two
field-ticket-import = the id of an import in review
field-ticket-cells = names of cells such as "C7"
field-ticket-field = the key of a field: all of its cells that nobody here has
field-ticket-words = what support should know
problem-not-changed-by-it = Not everybody was changed by this import
problem-there-is-no-such-answer = There is no such answer
problem-no-answer-kept = The answer could not be kept
field-users = a list of User IDs
field-answer-field = the key of a field
field-answer-text = the text of a file
field-becomes = the value that it becomes, as people type it
api-answers-not-kept = A field that takes answers, and a value that it can take, are needed: no answers are kept of fields whose values are each user’s own.
api-fixes-reports-of-takes = reports_of takes the User ID of a manager, value that of the one to whom the reports are given, and nothing else
field-matching-columns = an object: titles of columns, each with the key of a field, user_id, leaving or alone
field-matching-words = a text
field-matching-create = true or false
field-matching-clear = a list of titles
field-matching-heading = the number of a row
