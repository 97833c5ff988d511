# What an import will do, has done, and what its file adds up to.

edited = { $users ->
    [one] { $users } user was successfully edited
   *[other] { $users } users were successfully edited
 }
created = { $users ->
    [one] { $users } user was created
   *[other] { $users } users were created
 }
left-out = { $users ->
    [one] { $users } user was left out
   *[other] { $users } users were left out
 }
created-besides = { $users ->
    [one] { $users } was created
   *[other] { $users } were created
 }
left-out-besides = { $users ->
    [one] { $users } was left out
   *[other] { $users } were left out
 }
withdrawn = { $users ->
    [one] { $users } user was withdrawn
   *[other] { $users } users were withdrawn
 }
undone = { $users ->
    [one] { $users } user is as it was before
   *[other] { $users } users are as they were before
 }
not-changed-nobody = Nobody is named whom this import has changed.
not-changed = { $users }: not changed by this import, so nothing was done.
not-changed-more = { $users } and { $more } more were not changed by this import, so nothing was done.
changed-since = { $values ->
    [one] { $values } value was changed since and keeps its later value
   *[other] { $values } values were changed since and keep their later values
 }
list-and = { $before } and { $last }
list-or = { $before } or { $last }
looked-through = This page looked through { $users ->
    [one] { $users } user
   *[other] { $users } users
 }, and there are more. Go on with the next page.
looked-through-preparing = Search is still being prepared: this page looked through { $users ->
    [one] { $users } user
   *[other] { $users } users
 }, and there are more. Go on with the next page.
finish-button = Finish without changes
update-button = Update { $users ->
    [one] { $users } user
   *[other] { $users } users
 }
create-button = Create { $users ->
    [one] { $users } user
   *[other] { $users } users
 }
update-and-create-button = Update { $users ->
    [one] { $users } user
   *[other] { $users } users
 } and create { $created }
cleared = { $values ->
    [one] { $values } value will be cleared
   *[other] { $values } values will be cleared
 }
cleared-of = { $values ->
    [one] { $values } value of { $title } will be cleared
   *[other] { $values } values of { $title } will be cleared
 }
damage-garbled = { $values ->
    [one] { $values } value of { $title } was garbled, because a program took its letters for those of another character set: kept as it was
   *[other] { $values } values of { $title } were garbled, because a program took their letters for those of another character set: kept as they were
 }
damage-time-zone = { $values ->
    [one] { $values } date of { $title } was moved through a time zone by a program: kept as it was
   *[other] { $values } dates of { $title } were moved through a time zone by a program: kept as they were
 }
damage-leading-zeros = { $values ->
    [one] { $values } value of { $title } lost its zeros: kept as it was
   *[other] { $values } values of { $title } lost their zeros: kept as they were
 }
damage-digits = { $values ->
    [one] { $values } value of { $title } was shortened (E+) or lost digits: kept as it was
   *[other] { $values } values of { $title } were shortened (E+) or lost digits: kept as they were
 }
damage-date-format = { $values ->
    [one] { $values } value of { $title } was written in another form of date: kept as it was
   *[other] { $values } values of { $title } were written in another form of date: kept as they were
 }
damage-boolean = { $values ->
    [one] { $values } value of { $title } became TRUE or FALSE: kept as it was
   *[other] { $values } values of { $title } became TRUE or FALSE: kept as they were
 }
damage-decimal = { $values ->
    [one] { $values } value of { $title } was written as another form of number: kept as it was
   *[other] { $values } values of { $title } were written as another form of number: kept as they were
 }
damage-plus = { $values ->
    [one] { $values } value of { $title } lost its plus sign: kept as it was
   *[other] { $values } values of { $title } lost their plus signs: kept as they were
 }
damage-text-to-date = { $values ->
    [one] { $values } value of { $title } was turned into a date or a time: kept as it was
   *[other] { $values } values of { $title } were turned into dates or times: kept as they were
 }
damage-code-page = { $values ->
    [one] { $values } value of { $title } lost letters to question marks: kept as it was
   *[other] { $values } values of { $title } lost letters to question marks: kept as they were
 }
damage-mark = { $values ->
    [one] { $values } value of { $title } has an apostrophe before it: kept as it was
   *[other] { $values } values of { $title } have an apostrophe before them: kept as they were
 }
damage-kept = { $values ->
    [one] { $values } value of { $title } was changed by the spreadsheet alone, so the old ones were kept.
   *[other] { $values } values of { $title } were changed by the spreadsheet alone, so the old ones were kept.
 }
put-back = { $cells ->
    [one] { $cells } cell is as you downloaded it, but was changed since. Use the file’s value?
   *[other] { $cells } cells are as you downloaded them, but were changed since. Use the file’s values?
 }
put-back-question = { $cells ->
    [one] { $cells } cell is as you downloaded it, but was changed since ({ $by }). Use the file’s value?
   *[other] { $cells } cells are as you downloaded them, but were changed since ({ $by }). Use the file’s values?
 }
put-back-import = your import of { $when }
new-since = { $cells ->
    [one] { $cells } thing is new in this review, because the directory or its fields changed after it was looked at. It is marked as new. Nothing was done yet: look at what is new, then complete.
   *[other] { $cells } things are new in this review, because the directory or its fields changed after it was looked at. They are marked as new. Nothing was done yet: look at what is new, then complete.
 }
hidden-rows = { $changes ->
    [one] { $changes } of the changes is in a hidden row
   *[other] { $changes } of the changes are in hidden rows
 }
rows-without-id = { $rows ->
    [one] { $rows } row has no User ID: create a user, or leave it out?
   *[other] { $rows } rows have no User ID: create { $rows } users, or leave them out?
 }
full-stop = { $sentence }.
step-choices = { $fixes ->
    [one] { $fixes } choice
   *[other] { $fixes } choices
 }
step-left-out = { $fixes ->
    [one] { $fixes } row left out
   *[other] { $fixes } rows left out
 }
step-taken-in = { $fixes ->
    [one] { $fixes } row taken in again
   *[other] { $fixes } rows taken in again
 }
step-kept = { $fixes ->
    [one] { $fixes } value kept as it is
   *[other] { $fixes } values kept as they are
 }
step-created = { $fixes ->
    [one] { $fixes } user to be created
   *[other] { $fixes } users to be created
 }
step-corrections = { $fixes ->
    [one] { $fixes } correction
   *[other] { $fixes } corrections
 }
step-file-added = the file that was added
step-file-replaced = the file that took the place of the others
step-damage-meant = the file’s values where the spreadsheet changed them
step-keep-values = keeping values that the file empties
step-keep-empty = leaving cells empty that became 0
step-keep-points = keeping numbers that lost their decimal point
step-keep-before = keeping values that were all changed in one way
step-step-meant = a change of many values as it was meant
step-put-back = the file’s values where they were changed since
step-all-sheets = the choice to read all sheets
step-read-sheet = the choice of sheets
step-keep-missing = keeping values whose lines end before them
step-missing-cleared = clearing values whose lines end before them
step-read-column = reading a column without its key
step-ignore-column = leaving out a column without its key
step-file-is-whole = the answer that the file is whole
step-letters-are-right = the answer that the letters are right

## changes

changes-what-changed = What changed
changes-what-will-change = What will change
changes-no-changes-here = No changes here.
changes-will-be = Will be
changes-became = Became
changes-user = User
changes-field = Field
changes-was = Was
changes-new-user = New user
changes-sign-in = affects sign-in
changes-new = new
changes-cleared = cleared
changes-empty = empty
changes-changes-table = Changes, table

## conflicts

conflicts-when-you-downloaded = When you downloaded
conflicts-your-file = Your file
conflicts-now = Now
conflicts-conflicts = Conflicts
conflicts-no-conflicts-here = No conflicts here.
conflicts-both-your-file-and-somebody = Both your file and somebody else changed these values since you downloaded them. Choose which one stays.
conflicts-use-your-file = Use your file
conflicts-keep-what-is-there-now = Keep what is there now
conflicts-save-choices = Save choices
conflicts-changed-since-so-kept = Changed since, so kept

## damaged

damaged-keep-the-old-value = Keep the old value
damaged-use-the-files = Use the file’s
damaged-the-files-value-will-be = The file’s value will be used.
damaged-the-old-value-stays = The old value stays.
damaged-values-changed-by-the-spreadsheet = Values changed by the spreadsheet

## fix-grid

fix-grid-problems = Problems
fix-grid-save-corrections = Save corrections
fix-grid-row = Row
fix-grid-leave-out = Leave out
fix-grid-problems-table = Problems, table
fix-grid-rows-with-problems = Rows with problems

## further

further-put-rows-right-in-your = Put rows right in your spreadsheet program and upload that file here: its rows take the place of the same rows of this import. What you have put right in other rows stays.
further-a-file-is-added-or = A file is added, or replaces all.
further-another-file = Another file
further-the-files-rows = The file’s rows
further-are-added-or-replace-the = are added, or replace the same rows
further-replace-everything-in-this-import = replace everything in this import
further-file = File
further-upload = Upload

## review

review-it-was-meant-use-the = Use the file’s values
review-keep-the-old-values = Keep the old values
review-it-was-meant = Use the file’s values
review-keep-the-old-numbers = Keep the old numbers
review-read-all-sheets = Read all of them
review-read-one-sheet = Read “{ $sheet }” alone
review-missing-were-lost = They were lost: keep the values
review-missing-were-cleared = They were cleared
review-read-column = Read the column
review-ignore-column = Leave the column out
review-the-file-is-whole = The file is whole
review-the-letters-are-right = The letters are right
review-leave-them-empty = Leave them empty
review-keep-the-value = Keep the value
review-leave-it-out = Leave it out
review-leave-them-out = Leave them out
review-download-the-rows-with-problems = Download the problems
review-worth-knowing = Worth knowing
review-nothing-as-it-stands = Nothing, as it stands.
review-download-all-rows-that-are = Download all rows that are left out or have problems
review-no-name = No name
review-without-a-user-id = without a User ID
review-take-in-again = Take in again
review-cancel-the-import = Cancel the import
review-you-may-look-at-this = You may look at this import; completing it takes an editor.

## fixes

fixes-the-form-names-something-that = The form names something that is no cell. Nothing was saved.

## With numbers, names and links in them

changes-listed = Changes { $first } to { $last }
changes-listed-of = Changes { $first } to { $last } of { $all }
changes-list = changes
conflicts-list = conflicts
conflicts-open = { $conflicts ->
    [one] { $conflicts } conflict is open. For all of them:
   *[other] { $conflicts } conflicts are open. For all of them:
 }
conflict-of = { $field } of { $person }
conflict-now = Now ({ $who }, { $when })
conflict-kept = { $person }, { $field }: { $value }
conflict-kept-since = { $person }, { $field }: { $value } ({ $who }, { $when })
conflicts-kept = { $values ->
    [one] { $values } value was changed after the import, and kept:
   *[other] { $values } values were changed after the import, and kept:
 }
damaged-value = { $field } of { $person }: { $before } became { $after }.
damaged-button = { $words }: { $field } of { $person }
fix-grid-part = of { $part }
fix-grid-leave-out-row = Leave out row { $row }
fix-grid-belongs = It belongs to { $person }.
fix-grid-value-of = { $field } of { $person }
fix-grid-row-number = row { $row }
fix-grid-list = problems
further-files = These files came after the first and count: { $files }.
review-begun = Nothing has been changed yet · begun by { $who }, { $when }
review-started = Nothing has been changed yet · uploaded by { $who }, { $when }
review-create = Create { $users ->
    [one] { $users } user
   *[other] { $users } users
 }
review-problems = { $problems ->
    [one] { $problems } problem to put right
   *[other] { $problems } problems to put right
 }
review-cells = { $cells ->
    [one] { $cells } cell
   *[other] { $cells } cells
 }
review-undo = Undo: { $step }
review-redo = Redo: { $step }
review-labelled = { $words }: { $sentence }
review-left-out = { $users ->
    [one] { $users } user is left out
   *[other] { $users } users are left out
 }
review-more-left-out = { $rows } more are not listed here. { $link }
review-take-in-row = Take in again: row { $row }, { $person }
review-keep-all = Keep all { $cells }
review-leave-out-too = leave out { $users }
review-keep-conflicts = conflicts stay as they are now

## The parts of a review

place-new-users = New users
place-left-out = Left out
review-title = { $part } – { $file }
review-heading = Review { $file }
review-parts = Parts of the review
review-more = More
review-note = Note: { $note }
review-note-label = A note on this import
review-note-hint = For others who read the history, such as “reorganisation, agreed with the board”.
review-note-save = Save the note

## The bar

bar-share = { $ready } of { $all } users are ready
bar-ready = { $ready } of { $all } users ready
bar-wrong = { $users ->
    [one] { $users } has a problem
   *[other] { $users } have problems
 }
bar-undecided = { $users ->
    [one] { $users } waits for a choice
   *[other] { $users } wait for a choice
 }
bar-without-id = { $users ->
    [one] { $users } may be new
   *[other] { $users } may be new
 }
bar-left-out = { $users ->
    [one] { $users } is left out
   *[other] { $users } are left out
 }
bar-ticks-missing = { $ticks ->
    [one] one tick is missing
   *[other] { $ticks } ticks are missing
 }
bar-now = { $update } now
bar-change-nobody = Change nobody

## Who would be left out, and giving an import up

finish-left-out = { $users ->
    [one] { $users } of { $all } users would be left out
   *[other] { $users } of { $all } users would be left out
 }
finish-stay = They stay as they are. Their rows can be downloaded afterwards, put right and uploaded again.
finish-without-id = { $rows ->
    [one] { $rows } row without a User ID: nobody has said whether it is a new user
   *[other] { $rows } rows without a User ID: nobody has said whether they are new users
 }
finish-conflicts = { $conflicts ->
    [one] { $conflicts } value with an open conflict: it stays as it is now
   *[other] { $conflicts } values with an open conflict: they stay as they are now
 }
finish-among-them = Among them: { $names }.
finish-back = Back to the review
cancel-question = Cancel the import of { $file }?
cancel-what-is-lost = { $users ->
    [0] Nothing has been changed yet.
    [one] Nothing has been changed yet. { $users } user would have changed.
   *[other] Nothing has been changed yet. { $users } users would have changed.
 }
cancel-no = Keep the import

## Problems

problems-none = No problems: everything that is red was put right or left out.
problems-kinds = Kinds of problems, most cells first
problems-kind = { $field }, { $wrong }
problems-all = All problems
problems-heading = { $cells ->
    [one] { $field }: { $cells } cell, { $wrong }
   *[other] { $field }: { $cells } cells, { $wrong }
 }
problems-becomes = “{ $text }” becomes
problems-below = decide in the table below
problems-choose = choose…
problems-add-option = add “{ $text }” to the options
problems-leave-empty = leave empty
problems-leave-user-out = leave this user out
problems-leave-users-out = leave these users out
problems-change = { $cells ->
    [one] Change this cell
   *[other] Change these { $cells } cells
 }
problems-change-shown = { $cells ->
    [one] Change the cell shown here
   *[other] Change the { $cells } cells shown here
 }
problems-change-as-said = Change as said above
problems-use-answers = { $cells ->
    [one] Use this answer
   *[other] Use these { $cells } answers
 }
problems-day-first = { $cells ->
    [one] The day comes first
   *[other] The day comes first, in all { $cells }
 }
problems-month-first = { $cells ->
    [one] The month comes first
   *[other] The month comes first, in all { $cells }
 }
problems-one-step = One step, and one Undo.
problems-together = Change several together
problems-together-become = All that are ticked become
problems-together-change = Change those ticked
problems-texts = Pages of texts
problems-texts-listed = { $first } to { $last } of { $all } texts

kind-user-id-damaged = damaged
kind-user-id-unknown = of nobody here
kind-user-id-duplicate = in several rows
kind-required = must not be empty
kind-too-long = too long
kind-pattern = not in the form that is asked for
kind-not-an-email = not an email address
kind-not-a-username = not a username
kind-not-a-phone = not a whole phone number
kind-not-a-date = not a date
kind-ambiguous-date = day or month first?
kind-not-a-number = not a number
kind-number-precision = too many digits
kind-not-a-choice = not one of the options
kind-not-yes-no = neither yes nor no
kind-not-a-user = not a user
kind-name-differs = name and User ID differ
kind-not-a-language = not a language
kind-not-a-status = neither active nor inactive
kind-read-only = managed elsewhere
kind-login-in-use = already in use
kind-not-unique = another user has it
kind-no-sign-in = neither email nor username
kind-formula-error = an error of a formula
kind-formula-without-value = a formula without a result
kind-formula-as-text = a formula left as text
kind-unreadable = can’t be read

source-nearest-option = nearest option
source-country-code = country code added
source-phone = the number in it
source-first-reading = the first way to read it
source-reading = how the date reads
source-spelling = with its spelling put right
source-name = the user of this name
source-language = the language of this name
source-number = the number in it
source-offered = nearest value

## New users, worth knowing, left out

new-users-none = This file creates nobody.
new-users-created = { $users ->
    [one] { $users } user will be created
   *[other] { $users } users will be created
 }
damaged-table = Values changed by the spreadsheet, list
worth-knowing-nothing = There is nothing else to know about this file.
left-out-again = Take in again
left-out-nobody = Nobody is left out.
left-out-table = Left out, table

## Changes by field

changes-by-field = By field
changes-by-field-table = What will change by field, table
changes-users = Users
changes-unit = { $users ->
    [one] user
   *[other] users
 }
changes-what-happens = What happens
changes-note = Note
changes-users-of = Users
changes-are-created = created, as the file says
changes-will-be-empty = will be empty
changes-was-empty = was empty
changes-from-values = from { $values } different values
changes-other-values = { $values ->
    [one] { $values } other value
   *[other] { $values } other values
 }
changes-cant-sign-in = can’t sign in
changes-affects-sign-in = affects sign-in
changes-keep = { $users ->
    [one] Keep as it is
   *[other] Keep as they are
 }
changes-keep-of = { $users ->
    [one] Keep as it is: { $field } of { $users } user
   *[other] Keep as they are: { $field } of { $users } users
 }
changes-added-up = The lines add up the first { $cells } changes.
chip-cleared = Cleared
chip-sign-in = Sign-in
chip-inactive = Inactive
chip-email = Email
chip-username = Username
blast-look-first = Look at this first
blast-inactive = { $users ->
    [one] Yes, make { $users } user inactive.
   *[other] Yes, make { $users } users inactive.
 }
blast-inactive-hint = They can’t sign in from then on. Undo gives it back.
blast-email = { $users ->
    [one] Yes, change the email of { $users } user.
   *[other] Yes, change the emails of { $users } users.
 }
blast-username = { $users ->
    [one] Yes, change the username of { $users } user.
   *[other] Yes, change the usernames of { $users } users.
 }
blast-sign-in-hint = They sign in by the new one from then on.
blast-cleared = { $users ->
    [one] Yes, { $users } user loses a value.
   *[other] Yes, { $users } users lose a value.
 }
blast-cleared-hint = Cells that are empty in the file will be empty. Undo gives the values back.
blast-see = See the { $users }
blast-keep-active = Keep them active
blast-keep = Keep these as they are
blast-manager = { $reports ->
    [one] becomes inactive and has { $reports } report.
   *[other] becomes inactive and has { $reports } reports.
 }
changes-file-sheet = Changes
changes-file-import = Import
changes-file-created = created
changes-file-withdrawn = withdrawn
changes-none-yet = There is no list of changes: the import is being worked on, or came to nothing.
changes-what-happened = What happened
changes-past-table = What changed by field, table
changes-is-empty = is empty now
changes-were-created = created, as the file said
changed-tick = Change back: { $person }
changed-back = changed back
changed-back-hint = Tick the users who are to be as they were before this import.
changed-back-ticked = Change those ticked back
changed-all-undone = This import was undone: everything below is as it was before, unless somebody changed it since.
dates-read = { $typed } was read as { $date }: { $how }
dates-day-first-setting = day first, your setting
dates-day-first-file = day first, as other dates of the file show
dates-month-first-setting = month first, your setting
dates-month-first-file = month first, as other dates of the file show
bar-to-problems = Put the problems right
bar-to-conflicts = Decide the conflicts
bar-to-new-users = Say who is new
blast-give-them-to = Give them to
blast-reports-of = the reports of { $person }
blast-give-placeholder = name, email or User ID
blast-give = { $reports ->
    [one] Give { $reports } report
   *[other] Give { $reports } reports
 }
blast-keep-this-one = Keep this one active
blast-keep-this-one-of = Keep this one active: { $person }
problems-always = always
problems-always-of = Offer this answer to “{ $text }” always
problems-always-means = What is ticked “always” is filled in next time, and never applied unseen: { $link }.
source-as-before = chosen so last time

## Answers that are offered again

answers-title = Answers kept
answers-what = What was ticked “always” while problems were put right. Review fills these answers in when the text comes again; nothing is changed before somebody has looked.
answers-none = No answers are kept yet. Tick “always” beside an answer in a review.
answers-table = Answers kept, table
answers-text = Text of a file
answers-becomes = Becomes
answers-who = Chosen by
answers-forget = Forget
answers-forget-of = Forget the answer to “{ $text }”
answers-retired = no longer an option, not offered
answers-not-offered = { $becomes } (no longer an option, not offered)

## the grid

fix-grid-skip = Skip to the problems
fix-grid-one-at-a-time = One at a time
fix-grid-user-id-of-row = User ID of row { $row }
grid-columns-told = Columns beside those with a problem
grid-hint = Enter edits a cell, Enter again saves it and goes to the next problem. ? lists all keys.
grid-place = Problem { $number } of { $all }.
grid-previous = Previous problem
grid-next = Next problem
grid-keys = Keys
grid-keys-title = Keys in the table
grid-close = Close
grid-use = Use “{ $answer }”
grid-saving = Saving …
grid-saved = Saved
grid-unsaved = Not saved yet: { $cells }. What was typed is still here, and is sent again by itself.
grid-again = Send again now
grid-right = Put right
grid-right-by = Put right by { $who }
grid-others = { $who } has put cells right here: { $cells }.
grid-no-undo = There is nothing to undo.
grid-no-redo = There is nothing to redo.
grid-no-paste = None of the cells there can be changed, so nothing was pasted.
grid-no-room = More was copied than there are rows: the last { $cells } found no row and were not pasted. Undo takes back the rest, too.
grid-copied = Cells copied: { $cells }
grid-not-editable = This cell can’t be changed here.
grid-calendar = Choose the date from a calendar
grid-no-option = No option begins like that.
grid-width = { $column }: { $width } pixels wide
grid-moved-on = Somebody has taken this import further. Load the page again to see where it is.
grid-refused = That was not taken. What was typed is still here: look at the cell, then press Enter in it once more.
grid-signed-out = Please sign in again
grid-signed-out-why = Your session has ended. Nothing is lost: what you typed here is sent as soon as you are signed in. Cells that wait: { $cells }.
grid-later = Not now
grid-key-list = Arrow keys | Move from cell to cell
    Home, End | First, last cell of the row
    Ctrl + Home, Ctrl + End | First, last cell of the table
    Shift + arrow keys | Select several cells
    Enter, F2 | Edit the cell
    Enter while editing | Save and go to the next problem
    Ctrl + Enter | Change all equal cells with the same problem
    Alt + Enter | Use the first answer that is offered
    Alt + ↓ while editing | Open the list, or the calendar
    Ctrl + C, Ctrl + V | Copy, paste; a column of a spreadsheet fills the red cells from here on
    Ctrl + D | Fill the selected cells with the first of them
    Ctrl + Z, Ctrl + Y | Undo, redo the last corrections
    Esc | Stop editing; the cell is as before
    F8, Shift + F8 | Next, previous problem
    Shift + ←, → on a heading | Make its column narrower, wider
    ? | This list
problems-row = One row of the file
problems-all-rows = All problems
conflicts-cell = Show in its row
one-of = Problem { $number } of { $all }
one-as-the-file-says = { $text } (as the file says)
one-in-muster = In Muster
one-the-file-says = Your file says
one-what-is-wrong = What is wrong
one-becomes = { $field } becomes
one-save = Save and go on
one-leave-out = Leave this user out
one-or = Or use
one-others = Other problems
one-previous = Previous
one-next = Next
one-table = Show the table
overtaken-title = Which value is meant?
overtaken-told = { $cells ->
    [one] Somebody else has changed this cell since you looked at it. Nothing of yours was saved yet: choose which value is meant.
   *[other] Somebody else has changed { $cells } cells since you looked at them. Nothing of yours was saved yet: choose which values are meant.
 }
overtaken-cell = { $field } of { $person }
overtaken-theirs = { $who }, { $when }
overtaken-now = There now
overtaken-yours = Yours
overtaken-save = Save this choice
overtaken-keep-all = Leave everything as it is there
cancel-way-back = The file and everything put right here are kept for a day: until then you can take it back.
