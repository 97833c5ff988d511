
# What commands answer on stdout and stderr. The help texts of clap are documentation of the flags and stand beside them.

cli-users-made-up = { $users ->
    [one] { $users } user was made up
   *[other] { $users } users were made up
 }
cli-left-out-row = left out: { $line }
cli-warning-row = warning: { $line }
cli-nothing-wrong = { $sums }; nothing is wrong
cli-no-revision = { $id } waits in review: the file does not show from which download it stems, so it edits the values of now. Look there, or say --base now.
cli-unmarked-revision = { $id } waits in review: the file was downloaded by an earlier version, which did not mark downloads. Look there, or download the user data again and copy the edits into that file.
cli-verify-whole = { $slug }: nothing that was written after revision { $revision } was altered. Write the digest down to prove it later.
cli-verify-altered = Revision { $revision } is not what was written: it, or something before it, was altered in the database, past Muster. Compare with a backup from before that.
cli-verify-against-is-no-digest = --against takes what an earlier verify printed: a revision, a full stop and its digest.
cli-verify-another-past = Revision { $revision } has another digest than the one that was written down, or none: this is another past. A backup from before that revision may have been put back since, or what came before it was replaced.
cli-many-hit = { $id } waits in review, because so many values change at once, or in one and the same way. Look there, or say --large.
cli-wrong = { $errors ->
    [one] { $errors } error
   *[other] { $errors } errors
 }, { $conflicts ->
    [one] { $conflicts } conflict
   *[other] { $conflicts } conflicts
 }, { $rows ->
    [one] { $rows } row with errors
   *[other] { $rows } rows with errors
 }
cli-questions = { $questions ->
    [one] { $questions } question waits in review: answer it there, or say --sheet, --all-sheets or --decide.
   *[other] { $questions } questions wait in review: answer them there, or say --sheet, --all-sheets or --decide.
 }
cli-waits = { $id } waits in review: { $sums }; { $wrong }
cli-would-wait = { $sums }; { $wrong }
cli-was-cancelled = it was cancelled
cli-failed = it failed
cli-to-edit = { $users ->
    [one] { $users } user
   *[other] { $users } users
 } to edit in { $cells ->
    [one] { $cells } cell
   *[other] { $cells } cells
 }
cli-to-clear = { $values ->
    [one] { $values } value to clear
   *[other] { $values } values to clear
 }
cli-to-create = { $users ->
    [one] { $users } user to create
   *[other] { $users } users to create
 }
cli-left-out = { $rows ->
    [one] { $rows } row left out
   *[other] { $rows } rows left out
 }
cli-conflict = { $place } conflict { $name }, { $field }: at download { $before }, now { $now }, in the file { $file }
cli-now-by = { $now } ({ $by })
cli-new = (new)
cli-kept = kept: { $user } { $name }, { $field } was changed since and stays { $now }
cli-row = row { $row }
cli-whole-file = file
cli-reading = Reading
cli-checking = Checking
cli-applying = Applying
cli-waiting = Waiting
cli-field-needs-choices = a field of type { $kind } needs --choices "A;B"
cli-field-takes-no-choices = a field of type { $kind } takes no --choices

## cli-account

cli-account-the-name-is-empty = the name is empty
cli-account-cant-be-a-slug-use = { $slug } can't be a slug: use 1 to 40 small letters, digits and hyphens, no hyphen first or last
cli-account-there-is-an-account-already = there is an account { $slug } already
cli-account-was-created = { $slug } was created
cli-account-was-changed = { $slug }: the settings were changed.
cli-account-was-suspended = { $slug }: nobody can use it now, and everybody who comes is told why.
cli-account-was-resumed = { $slug }: everybody can use it again.
cli-account-was-removed = { $slug } was removed with all of its rows.
cli-account-remove-asks = { $users ->
    [one] { $slug } has 1 user. All that it has is removed for good, and nothing takes that back. Type { $slug } to go on:
   *[other] { $slug } has { $users } users. All that it has is removed for good, and nothing takes that back. Type { $slug } to go on:
}
cli-account-remove-not-typed = Nothing was removed: type exactly { $slug } to remove it.
cli-account-a-language-is = A language is en-GB or de; or say browser, for the one that each browser asks for.
cli-account-a-date-order-is = An order of dates is dmy, mdy or ymd.
cli-account-a-most-is = type a whole number from 0 on, or usual

## cli-admin

cli-admin-a-role-is-viewer-editor = a role is viewer, editor or owner
cli-admin-is-not-an-email = { $email } is not an email
cli-admin-stdin-cant-be-read = stdin can't be read: { $error }
cli-admin-nobody-has-this-email = there is no administrator { $email }; muster admin list shows who there is
cli-admin-has-no-role-there = { $email } has no role in { $slug }; muster admin list shows who has
cli-admin-is-the-last-owner = { $email } is the last owner of { $slug }, so nothing was changed: make somebody else an owner first (muster admin create ... --role owner), or say --last-owner
cli-admin-was-removed = { $email } has no role in { $slug } any more
cli-admin-has-no-factor = { $email } has no second factor; there is nothing to remove
cli-admin-factor-was-removed = { $email } has no second factor any more, and was signed out everywhere
cli-admin-was-signed-out = { $sessions ->
    [one] { $email } was signed out everywhere ({ $sessions } session)
   *[other] { $email } was signed out everywhere ({ $sessions } sessions)
 }
cli-token-no-such-token = { $slug } has no token { $token }; muster token list shows which there are
cli-token-revoked = { $tokens ->
    [one] { $tokens } token was taken away; it counts at once
   *[other] { $tokens } tokens were taken away; it counts at once
 }
cli-account-asks-for-factor = { $administrators ->
    [0] { $slug } asks for second factors from now on; everybody has one
    [one] { $slug } asks for second factors from now on; { $administrators } administrator has none yet and is asked to set one up
   *[other] { $slug } asks for second factors from now on; { $administrators } administrators have none yet and are asked to set one up
 }
cli-account-asks-for-no-factor = { $slug } leaves second factors to its administrators
cli-admin-can-sign-in-with-that = { $email } can sign in with that password
cli-admin-opens-once-within-hours-whoever = Opens once, within { $link_hours } hours. Whoever has it is { $email }.

## cli-demo

cli-demo-this-database-has-accounts-but = this database has accounts, but no owner: muster admin create --help
cli-demo-the-demo-has-two-accounts = the demo has two accounts
cli-demo-is-gone = { $slug } is gone

## cli-download

cli-download-there-is-no-field-muster = there is no field { $key }. `muster field list` tells which there are

## cli-field

cli-field-read-only = read only
cli-field-found-by-search = found by search
cli-field-a-type-is-one-of = a type is one of { $words }
cli-field-the-field-has-the-title = the field { $key } has the title { $title } already: choose another, so that people can tell their columns apart
cli-field-there-is-a-field-already = there is a field { $key } already, perhaps a retired one
cli-field-was-created = { $key } was created
cli-field-the-choice-stands-there-twice = the choice { $twice } stands there twice
cli-field-is-retired = { $key } is retired
cli-field-is-back = { $key } is in use again
cli-field-was-changed = { $key } was changed
cli-choices-added = { $new } new, { $there } there already, { $differ } differ only in case
cli-choices-renamed = { $from } is { $to } now
cli-choices-removed = { $label } was removed
cli-choices-keep = { $users ->
    [one] { $users } user keeps it. `--instead OPTION` or `--clear` with the same --remove says what they get.
   *[other] { $users } users keep it. `--instead OPTION` or `--clear` with the same --remove says what they get.
 }
cli-choices-from-and-to = please say FROM=TO, such as "Sales=Sales and marketing"

## cli-goal

cli-goal-was-written = { $path } was written
cli-goal-cant-be-written = { $path } can't be written: { $error }
cli-goal-the-download-broke-off = the download broke off: { $error }

## cli-import

cli-import-decide-is-one-of = is one of { $words }, with the key of a field behind a colon
cli-import-decide-names-no-field = --decide names a field that there is not, or should name one: DECISION:FIELD.
cli-import-cant-be-read = { $path } can't be read: { $error }
cli-import-cant-be-read-2 = { $path } can't be read: { $error }
cli-import-has-the-rows-to-put = { $path } has the rows to put right
cli-import-no-rows-are-to-be = no rows are to be put right: { $path } was not written

## cli-imports

cli-imports-to-edit = { $users_to_edit } to edit
cli-imports-undone-by = , undone by { $by }

## cli-output

cli-output-stdout-cant-be-written = stdout can't be written: { $error }

## cli-serve

cli-serve-cant-listen-on-name-another = can't listen on { $listen }: { $error }. Name another with --listen
cli-serve-listening-on-http = listening on http://{ $address }
cli-serve-the-support-url-begins-with = support_url begins with http:// or https://, not: { $url }
cli-serve-the-public-url-begins-with = the public URL begins with http:// or https://, not: { $url }
cli-the-public-url-names-nobody = The public URL stands in links that people are sent, so it can hold no user, password or @. Write https://HOST without them. It is not repeated here.
cli-serve-serving-failed = serving failed: { $error }

## cli-server

cli-server-server-needs-a-token-in = --server needs a token in MUSTER_TOKEN; make one with: muster token create --account SLUG --role editor
cli-server-a-servers-address-begins-with = a server's address begins with http:// or https://, not: { $url }
cli-server-not-an-address = not an address: { $api }: { $error }
cli-server-the-server-at-cant-be = the server at { $api } can't be reached: { $error }
cli-server-the-servers-answer-broke-off = the server's answer broke off: { $error }
cli-server-the-servers-answer-is-not = the server's answer is not one of Muster: { $error }
cli-server-the-server-answered-which-no = the server answered { $status }, which no Muster says

## cli-start

cli-start-log-format-is-text-or = log_format is text or json, not { $word }
cli-start-there-is-no-database-at = there is no database at { $path }. Name one with --database, or make one: muster account create SLUG --name NAME
cli-start-there-is-no-account-muster = there is no account { $slug }. `muster account list` tells which there are
cli-start-the-database-cant-be-opened = the database can't be opened: { $error }

## cli-undo

cli-undo-there-is-nothing-to-undo = there is nothing to undo: it was not applied, or it was undone already
cli-undo-there-is-no-import = there is no import { $id }

## cli-place

cli-place-name-an-account-account-slug = name an account (--account SLUG) or a server (--server URL)

## cli-users

cli-users-nobody = there is no user { $user } here; look at muster users list
cli-users-other-name = { $user } has another name, so nobody was erased; look at muster users list, and give the whole name
cli-users-erased = { $user } was erased; nothing that was stored of them is left
cli-users-making-users-up = Making users up
cli-demo-link = sign-in link: { $link }
cli-demo-email = email: { $email }
cli-demo-password = password: { $password }
cli-correcting = Correcting

## Copies of the database

cli-backup-written = { $file } was written: a copy of the database with { $accounts ->
    [one] one organisation
   *[other] { $accounts } organisations
}.
cli-backup-postgres = PostgreSQL makes its copies itself: run this line. It asks for the password.
cli-backup-damaged = No backup was made, because pages of the database are damaged: { $found }. Keep the last good backup; muster doctor says more.
cli-restore-postgres = A backup of Muster can be put back as files only: name a place with --database sqlite:PATH. A dump of PostgreSQL is put back with pg_restore.
cli-restore-is-there = { $file } is there already, and a backup replaces nothing. Stop the server, move the files of that database away, and try again.
cli-restore-no-backup = This file is not a whole backup of Muster. Nothing was put back; use another copy of it.
cli-restore-newer = This backup was made by a newer Muster (format { $format }). Update Muster, then try again.
cli-restore-altered = This backup is damaged: { $name } in it is not as it was written. Nothing was put back; use another copy of it.
cli-restore-account = { $slug }: { $users ->
    [one] one user
   *[other] { $users } users
}, revision { $revision }.
cli-restore-done = The backup was put back. Everybody signs in again; workbooks that were downloaded after it was made have to be downloaded anew.

cli-copy-copying = Copying
cli-copy-comparing = Comparing
cli-copy-done = { $rows ->
    [one] One row
   *[other] { $rows } rows
} in { $tables ->
    [one] one table
   *[other] { $tables } tables
} were copied, and each was compared. Everybody signs in again there.
cli-copy-nul = In { $texts ->
    [one] one text
   *[other] { $texts } texts
} of uploads and plans the sign ␀ stands now for a NUL, which PostgreSQL does not keep.

## More machines

cli-distribute-not-postgresql = Only a database of PostgreSQL can be spread over machines: name one with --database.
cli-distribute-no-extension = This database has no extension citus, so its tables stay on one machine. Have CREATE EXTENSION citus run in it and its workers added, then try again.
cli-distribute-waits = { $tables ->
    [one] One table is
   *[other] { $tables } tables are
} not where muster distribute puts them.
cli-distribute-done = Every table is where it is to be.

## What the doctor found

cli-man-cant-be-written = The manual can’t be written into { $folder }: { $error }
cli-health-unwell = { $address } is not well: { $why }
cli-migrate-done = The database is up to date.
cli-doctor-no-amcheck = Pages of tables and indexes were not looked at: the database has no extension amcheck. CREATE EXTENSION amcheck adds it.
cli-doctor-amcheck-forbidden = Pages of tables and indexes were not looked at: this role may not use the extension amcheck. Grant it EXECUTE on bt_index_check and verify_heapam, or name another role.
cli-doctor-connections = PostgreSQL gives Muster’s role { $allowed } connections to this database at once, for all processes together; this one has { $most } at the most.
cli-doctor-sound = The database is sound.
cli-doctor-mended = mended: { $finding }
cli-doctor-mendable = Some of this follows from the rest: muster doctor --repair mends it. Make a backup first.
cli-doctor-not-mendable = This can’t be mended from the rest. Put a backup back, or ask whoever knows which side is right.
doctor-pages = pages of the database are damaged: { $first }. Nothing else was looked at.
doctor-schema = { $count ->
    [one] a column or an index is
   *[other] { $count } columns or indexes are
} not as Muster makes them: { $first }.
doctor-counted = the count of users is wrong: there are { $first }.
doctor-no-account = { $count ->
    [one] a row belongs
   *[other] { $count } rows belong
} to no organisation, first { $first }.
doctor-no-administrator = { $count ->
    [one] a role or a session belongs
   *[other] { $count } roles or sessions belong
} to no administrator, first number { $first }.
doctor-claim-of-nobody = { $count ->
    [one] an email, a username or a unique value is
   *[other] { $count } emails, usernames or unique values are
} kept for users who are not there or do not have them, first { $first }.
doctor-unclaimed = { $count ->
    [one] a value that only one user may have is
   *[other] { $count } values that only one user may have are
} not kept as taken, first of { $first }.
doctor-keys = { $count ->
    [one] a user is
   *[other] { $count } users are
} sorted by a name or sign-in that is not theirs, first { $first }.
doctor-manager = { $count ->
    [one] a user names
   *[other] { $count } users name
} somebody who is not there, first { $first }.
doctor-values = the values of a user can’t be read: { $why }
doctor-revisions = { $count ->
    [one] a revision has
   *[other] { $count } revisions have
} no row or no place; rows, number or user: { $first }.
doctor-history-of-nothing = { $count ->
    [one] a change belongs
   *[other] { $count } changes belong
} to no revision or no user, first of { $first }.
doctor-replaced = { $count ->
    [one] a change does
   *[other] { $count } changes do
} not continue what was there before, first of { $first }.
doctor-history = the history of { $count ->
    [one] a user comes
   *[other] { $count } users come
} to other values than they have, first { $first }.
doctor-digest = revision { $first } is not what its digest says.
doctor-numbers = { $count ->
    [one] a number would
   *[other] { $count } numbers would
} be given a second time, highest { $first }.
doctor-lease = { $count ->
    [one] an import is
   *[other] { $count } imports are
} held by a clock that was set back, first { $first }.
doctor-applying = import { $first } is written down as being completed, and is not there.
doctor-proof = { $count ->
    [one] an import is
   *[other] { $count } imports are
} done without a revision, or have a revision without being done, first { $first }.
doctor-state = { $count ->
    [one] an import is
   *[other] { $count } imports are
} in a state that there is not, first { $first }.
doctor-unread = { $count ->
    [one] a row says a word that means nothing to this version of Muster; it is left out or shown as one that can’t be read: { $first }.
   *[other] { $count } rows say a word that means nothing to this version of Muster; they are left out or shown as ones that can’t be read: { $first }.
}
doctor-orphans = { $count ->
    [one] a row belongs
   *[other] { $count } rows belong
} to no import, first { $first }.
doctor-upload = of { $count ->
    [one] an upload
   *[other] { $count } uploads
} a part or bytes are missing, first of { $first }.
doctor-search = the search index is ahead of its organisation: { $first }.
cli-change-field-and-value = please say FIELD=VALUE, such as department=Sales
cli-change-field-from-and-to = please say FIELD:FROM=TO, such as email:@old.example=@new.example
cli-change-nobody = none of these names is a user here, so there is nobody to change

## feedback

cli-feedback-yes = helpful
cli-feedback-no = not helpful

## the first start

cli-serve-set-up = nobody owns an organisation here yet; set one up (once, within 24 hours): { $link }
cli-with-support = { $rows ->
    [one] { $rows } row waits for support
   *[other] { $rows } rows wait for support
 }
cli-ticket-there-is-none = there is no ticket { $number }
cli-ticket-asks-for-no-such-value = the ticket asks for no such value; muster ticket list says what it asks for
cli-ticket-is-free = { $value } is free now
cli-ticket-needs-replacement = { $value }: that user is active and signs in with nothing else; say with --replacement what they sign in with from now on
cli-ticket-needs-no-replacement = No replacement is needed: nobody has it, or whoever has it signs in with something else too. Run it again without --replacement; nothing was released yet.
cli-undo-users-unreadable = { $path } can't be read: { $error }
cli-undo-no-user-id = Line { $line } begins with { $text }, which is no User ID. Each line begins with one, as in column A of a download.
cli-field-no-such-answer = There is no answer to { $text }. muster field answers lists them.
cli-field-answer-forgotten = { $text } is offered no more
cli-serve-smtp-url = The address of the mail server can’t be used: smtp_url or MUSTER_SMTP_URL is smtp://USER:PASSWORD@HOST:587?tls=required, or smtps://…
cli-serve-mail-from = mail_from or MUSTER_MAIL_FROM is who mails are from, such as Muster <muster@example.org>.
cli-serve-mail-needs-public-url = Mails hold links: with a mail server, say by --public-url where people reach this server.
cli-serve-mail-thread = No thread for mail could be started: { $error }
cli-import-match = takes a title and the key of a field: TITLE=FIELD
cli-matching-waits = Import { $id } waits: Muster did not write this table. Match its columns in the browser, or say what they are with --match TITLE=FIELD and --match-by.
