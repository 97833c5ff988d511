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
changed-since = { $values ->
    [one] { $values } value was changed since and keeps its later value
   *[other] { $values } values were changed since and keep their later values
 }
list-and = { $before } and { $last }
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
changes-is-now = Is now
changes-user = User
changes-field = Field
changes-was = Was
changes-new-user = New user
changes-sign-in = sign-in
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
fix-grid-problems-to-put-right = Problems to put right
fix-grid-no-problems-here = No problems here.
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

review-it-was-meant-use-the = It was meant: use the file’s
review-keep-the-old-values = Keep the old values
review-it-was-meant = It was meant
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
review-complete = Complete
review-review-the-import = Review the import
review-leave-it-out = Leave it out
review-leave-them-out = Leave them out
review-further-problems = Further problems
review-download-the-rows-with-problems = download the rows with problems
review-leave-this-user-out = Leave this user out
review-leave-these-users-out = Leave these users out
review-all-conflicts = All conflicts
review-worth-knowing = Worth knowing
review-nothing-as-it-stands = Nothing, as it stands.
review-all-changes = All changes
review-download-all-rows-that-are = Download all rows that are left out or have problems
review-no-name = No name
review-without-a-user-id = without a User ID
review-take-in-again = Take in again
review-what-is-left-out-can = What is left out can be downloaded afterwards.
review-cancel-the-import = Cancel the import
review-you-may-look-at-this = You may look at this import; completing it takes an editor.
review-no-value = no value

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
review-started = { $file } · started by { $who }, { $when } · nothing has been changed yet
review-create = Create { $users ->
    [one] { $users } user
   *[other] { $users } users
 }
review-problems = { $problems ->
    [one] { $problems } problem to put right
   *[other] { $problems } problems to put right
 }
review-further = { $link } are on pages of their own.
review-spreadsheet = Or put them right in a spreadsheet: { $link }, in which the red cells say what is wrong, and upload that file again.
review-change-one-to = Change this one to
review-change-one = Change this one
review-change-all-to = Change all { $cells } to
review-change-all = Change all { $cells }
review-cells = { $cells ->
    [one] { $cells } cell
   *[other] { $cells } cells
 }
review-suggested = { $title }: one value is suggested for each of these.
review-suggested-example = For example { $offered } in place of { $value }
review-take-suggestions = { $cells ->
    [one] Take the suggestion for { $cells } cell
   *[other] Take the suggestions for all { $cells } cells
 }
review-value = Value: { $value }
review-undo = Undo: { $step }
review-redo = Redo: { $step }
review-labelled = { $words }: { $sentence }
review-all-of-changes = All { $changes } changes
review-left-out = { $users ->
    [one] { $users } user is left out
   *[other] { $users } users are left out
 }
review-more-left-out = { $rows } more are not listed here. { $link }
review-row = Row { $row }:
review-take-in-row = Take in again: row { $row }, { $person }
review-keep-all = Keep all { $cells }
review-leave-out-too = leave out { $users }
review-keep-conflicts = { $conflicts ->
    [one] keep { $conflicts } conflict as now
   *[other] keep { $conflicts } conflicts as now
 }
review-counted-problems = { $problems ->
    [one] { $problems } problem
   *[other] { $problems } problems
 }
review-counted-rows-without-id = { $rows ->
    [one] { $rows } row without a User ID
   *[other] { $rows } rows without a User ID
 }
review-counted-open-conflicts = { $conflicts ->
    [one] { $conflicts } open conflict
   *[other] { $conflicts } open conflicts
 }
review-in-the-way = { $number ->
    [one] { $what } is in the way.
   *[other] { $what } are in the way.
 }
tile-users = { $count ->
    [one] user will change
   *[other] users will change
 }
tile-created = { $count ->
    [one] user will be created
   *[other] users will be created
 }
tile-without-id = { $count ->
    [one] row without a User ID
   *[other] rows without a User ID
 }
tile-problems = { $count ->
    [one] problem
   *[other] problems
 }
tile-conflicts = { $count ->
    [one] conflict
   *[other] conflicts
 }
tile-cleared = { $count ->
    [one] value will be cleared
   *[other] values will be cleared
 }
tile-left-out = { $count ->
    [one] user left out
   *[other] users left out
 }
tile-unchanged = { $count ->
    [one] row without a change
   *[other] rows without a change
 }
