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
step-put-back = the file’s values where they were changed since
