
## done

done-what-changed = What changed
done-users = Users
done-import-history = Import history
done-not-put-back = Not put back
done-these-values-could-not-be = These values could not be put back, so these users stay as they are now:
done-see-the-undo = See the undo
done-undo-the-undo = Undo the undo
done-undo-this-import = Undo this import
done-the-file-says-nothing-that = Every user is already as the file says, so nothing was changed.

## ended

ended-the-import-failed = The import failed
ended-the-import-was-cancelled = The import was cancelled
ended-unreadable = This import can’t be read
ended-nothing-was-changed = Nothing was changed.
ended-file = File
ended-started-by = By
ended-when = When
ended-import-another-file = Import another file
ended-download-user-data = Download user data

## history

history-a-file-without-a-name = A file without a name
history-waits-for-review = Waits for review
history-edited-by-hand = Edited by hand
history-cancelled = Cancelled
history-unreadable = Can’t be read
history-failed = Failed
history-undone = Undone
history-done = Done
history-undo = Undo
history-import-user-data = Import user data
history-nothing-has-been-imported-yet = Nothing has been imported yet.
history-users-edited = Users edited
history-state = State
history-newest = ← Newest
history-older = Older →
history-imports-table = Imports, table
history-pages-of-imports = Pages of imports

## notice

notice-the-directory-changed-since-you = The directory changed since you opened this page, and with it what would happen. Nothing was done yet: look through the review again, then complete.
notice-too-many-users = More users are to be created than there is room for, so nothing was changed. How many there may be stands below.
notice-that-file-is-larger-than = That file is larger than what is taken, so it was not added. Delete rows that need no edit, then upload it.
notice-the-import-is-no-longer = The import is no longer in review, so the file was not added. Upload it as an import of its own.
notice-that-cell-is-not-among = That cell is not among the problems any more. Here is the review as it stands now.
notice-saved-users-will-be-created = Saved: users will be created for those rows when you complete.
notice-it-was-too-late-to = It was too late to cancel: the import has come to its end.
notice-saved-those-users-are-left = Saved: those users are left out and stay as they are.
notice-nothing-was-entered-so-nothing = Nothing was entered, so nothing was saved.
notice-there-is-nothing-to-undo = There is nothing to undo here any more.
notice-your-decision-was-saved = Your decision was saved.
notice-your-choices-were-saved = Your choices were saved.
notice-saved-taken-in-again = Saved: taken in again.
notice-done-again = Done again.
notice-nothing-was-changed-yet-first = Nothing was changed yet. First:

## progress

progress-the-file-has-arrived-and = The file has arrived and waits for its turn
progress-checking-emails-usernames-and-managers = Checking emails, usernames and managers
progress-looking-up-the-earlier-values = Looking up the earlier values
progress-updating-users-from = Updating users from
progress-read-and-compare = Read and compare
progress-updating-users = Updating users
progress-update-users = Update users
progress-working-on = Working on:
progress-importing = Importing
progress-uploaded = Uploaded
progress-review = Review
progress-check = Check
progress-ready = Ready
progress-cancel-the-import = Cancel the import

## report

report-there-are-no-rows-to = There are no rows to download of this import. Go back and look at how it stands.

## strip

strip-import-waits-for-your-review = An import waits for review
strip-open-imports = Open imports

## upload

upload-complete-at-once-if-nothing = Complete by itself when nothing is wrong
upload-select-a-file-to-import-2 = Select a file to import.
upload-import-the-file-that-you = Import the file that you downloaded and edited. Nothing is changed before you have seen what will change.
upload-with-an-error-a-conflict = Tick this before you choose the file. With an error, a conflict, or a change that is hard on many users, you review it all the same.
upload-import = Import
upload-select-a-file-to-import = Select a file to import

## viewed

viewed-you = you

## With numbers, names and links in them

done-download = { $link }. Put them right in the file and upload it again.
done-download-conflicts = Download the rows whose conflicts stayed as they were
done-download-row = Download the row that was left out
done-rows-left-out = Download the { $rows } rows that were left out
done-undone-creations = { $users ->
    [one] Undone: { $users } user is as before
   *[other] Undone: { $users } users are as before
 }
done-undone = { $users ->
    [one] Undone: { $users } user has the earlier values again
   *[other] Undone: { $users } users have their earlier values again
 }
done-undo-of-undo = { $users ->
    [one] Makes { $users } user as they were before this undo.
   *[other] Makes { $users } users as they were before this undo.
 }
done-undo-edits = Gives { $users ->
    [one] { $users } user
   *[other] { $users } users
 } the earlier { $values ->
    [one] value
   *[other] values
 } back.
done-undo-creations = { $new ->
    [one] Withdraws { $new } new user: out of lists and downloads; the history stays.
   *[other] Withdraws { $new } new users: out of lists and downloads; the history stays.
 }
done-undo-both = Withdraws { $new ->
    [one] { $new } new user
   *[other] { $new } new users
 }, and gives { $users ->
    [one] { $users } user
   *[other] { $users } users
 } the earlier values back.
done-was-undone = This was undone. { $link }
done-undo-keeps = What somebody changed since keeps its later value, and is named.
done-left-out = { $users ->
    [one] { $users } user was left out and stayed as before.
   *[other] { $users } users were left out and stayed as before.
 }
done-cleared = { $values ->
    [one] { $values } value was cleared.
   *[other] { $values } values were cleared.
 }
history-in-progress = In progress – { $percent } %
history-undo-of = Undo of { $file }
notice-corrections = { $corrections ->
    [one] { $corrections } correction saved.
   *[other] { $corrections } corrections saved.
 }
notice-still-wrong = { $errors ->
    [one] Saved, but { $errors } problem is still there.
   *[other] Saved, but { $errors } problems are still there.
 }
notice-undone = Undone.
notice-put-right = { $link }, or leave those users out
notice-errors = put right { $errors ->
    [one] { $errors } problem
   *[other] { $errors } problems
 }
notice-new-users = { $rows ->
    [one] say whether { $rows } row without a User ID is a new user
   *[other] say whether { $rows } rows without a User ID are new users
 }
notice-decide = { $link }, or leave them as they are now
notice-conflicts = decide { $conflicts ->
    [one] { $conflicts } conflict
   *[other] { $conflicts } conflicts
 }
progress-title = { $verb } { $file }
progress-close = You can close this page: the work goes on, and the page shows where it is when you come back. Uploaded by { $who }, { $when }.
progress-step-done = (done)
progress-reading = Reading the file: { $done } of { $total }
progress-users = Updating users: { $done } of { $total }
strip-in-progress = Import in progress – { $percent } %
upload-no-file-yet = No file yet? { $link } first.
upload-kinds = .xlsx, .ods or .csv, at most { $most } MB.
upload-kinds-csv = .xlsx or .ods, at most { $most } MB, or .csv, at most { $csv } MB.
upload-drop = You can also drop it here.
upload-broken-off = The upload broke off, so nothing was imported. Send the file again.
progress-correct = Correct
progress-correcting-cells = Correcting cells: { $done } of { $total }
notice-fixing = { $corrections ->
    [one] Saved: { $corrections } correction is made now. Review comes back when that is done.
   *[other] Saved: { $corrections } corrections are made now. Review comes back when that is done.
 }
notice-others-are-working-on-this = Others are working on this import at the same moment, so nothing was saved. Look through the review as it stands now, then try again.
history-undone-users = { $users }, undone
done-the-file = the file as it came
done-all-changes = All changes, user by user
notice-ticks-missing = { $ticks ->
    [one] Nothing was changed yet. One change hits many users: look at it and tick it, or keep them as they are.
   *[other] Nothing was changed yet. { $ticks } changes hit many users: look at them and tick them, or keep them as they are.
 }
notice-kept = { $values ->
    [one] { $values } value stays as it is now.
   *[other] { $values } values stay as they are now.
 }
notice-option-added = { $cells ->
    [one] The option was added: { $cells } cell is right now.
   *[other] The option was added: { $cells } cells are right now.
 }
notice-option-refused = The option could not be added to this field. Choose one that is there.
notice-noted = The note was saved.
report-of-no-file = This import is not of a file, so there are no rows of a file to put right. What it changes can be downloaded as a list.
done-list = Download what changed (was, is):
done-list-xlsx = Excel
done-list-csv = CSV
done-change-some-back = Change back some users only
done-some-changed-back = { $users ->
    [one] { $users } user was changed back. { $link }
   *[other] { $users } users were changed back. { $link }
 }
done-changed-back = { $users ->
    [one] { $users } user is as before that import
   *[other] { $users } users are as before that import
 }
history-changed-back = Some users of { $file } changed back
notice-given = { $reports ->
    [one] { $reports } report gets another manager when you complete.
   *[other] { $reports } reports get another manager when you complete.
 }
notice-given-to-nobody = Nobody here, or more than one, has that name. Give the reports to somebody by email or User ID.
notice-given-to-inactive = That user is inactive, or becomes inactive by this import. Give the reports to somebody who stays active.
notice-nobody-ticked = Nobody was ticked, so nothing was changed back. Tick users, then press the button below.
notice-forgotten = The answer is offered no more.

notice-named = Saved. The file was read again with that.
notice-no-such-user = There is no user with that User ID here, so nothing was saved. Look for the user on the page Users, and copy the User ID from there.
notice-nothing-to-choose = There is nothing to choose between in that cell, so nothing was saved. Look at the import again, or type the value that you mean.
notice-taken-back = The import is back, with everything that was put right in it.
notice-not-taken-back = That can’t be taken back any more: nothing of it is kept. Import the file again.
notice-emptied = The file and what was put right in it are gone.
ended-way-back = Cancelled by mistake?
ended-kept-until = The file and everything put right in it are kept until { $when }. Until then they count among the files that are kept.
ended-take-back = Take it back
ended-empty = Delete the file now
upload-empty = The file is empty. Save it in the spreadsheet, then select it again.
upload-larger = The file is larger than { $most } MB. Delete the rows that you don’t edit, then select it again.
upload-sending = Sending the file
upload-stop = Stop sending
upload-refused = The file was not taken. Reload the page and try again.
upload-connection = The connection broke off, so nothing was imported. Try again.
progress-quarter = { $percent } % done
progress-seconds-left = – about { $seconds } s left
progress-minutes-left = – about { $minutes } min left
progress-go-on = The work is done: go on
