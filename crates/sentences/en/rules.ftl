# Rules of change: many users changed at once without a file.

rule-set = { $field } becomes { $text }
rule-clear = { $field } is cleared
rule-erased = A rule whose values were erased
rule-replace = in { $field } { $text } becomes { $with }
rule-left-off = in { $field } { $text } is left off
rule-add = { $field } gets { $text }
rule-take-away = { $field } loses { $text }
rule-empty = Please say what is to be changed: a field, and what becomes of it
rule-too-many = One change has at most { $most } lines: please make the others a change of their own
rule-no-field = There is no field { $key }
rule-read-only = { $field } is managed elsewhere and can't be changed here
rule-unfit = { $field } can be changed by: { $steps }
rule-no-text = Please say the text for { $field }; to empty it, clear it

selected-found = { $users ->
    [one] { $users } user found
   *[other] { $users } users found
 }
selected-twice = { $twice } named twice
selected-missing = { $missing } not found: { $names }

# A selection of users, and what is changed of them.

selection-paste = Paste User IDs or emails
selection-names = User IDs, emails or usernames
selection-names-hint = One a line, or with commas or semicolons between them, as they come from a column of a spreadsheet
selection-find = Find them
selection-tick-somebody = Please tick the users first, then select them.
selection-ticks = Tick
selection-ticked = Select the ticked
selection-all-of = { $users ->
    [one] Select all { $users } of this search
   *[other] Select all { $users } of this search
 }
selection-all = Select all of this search
selection-title = { $users ->
    [one] { $users } user selected
   *[other] { $users } users selected
 }
selection-gathering = { $users ->
    [one] Gathering users: { $users } so far
   *[other] Gathering users: { $users } so far
 }
selection-go-on = Go on
selection-kept = The selection is kept for a day, for you alone.
selection-missing = { $names ->
    [one] { $names } name that is no user here, to copy
   *[other] { $names } names that are no users here, to copy
 }
selection-leave = Back to all users
selection-download = { $users ->
    [one] Download this { $users }
   *[other] Download these { $users }
 }
selection-change = { $users ->
    [one] Change this { $users } here…
   *[other] Change these { $users } here…
 }
change-title = { $users ->
    [one] Change { $users } user
   *[other] Change { $users } users
 }
change-hint = Nothing is changed yet: you review what would become of each user first.
change-line = What is to be changed
change-add-line = Add this line
change-remove = Take this line away: { $line }
change-back = Back to the selection
change-review = Review the changes
change-set = { $field } becomes
change-clear = { $field } is cleared
change-in = In { $field } replace
change-add = { $field } gets
change-take-away = { $field } loses
change-cleared = The value of each of them is removed.
change-replace = This text
change-with = By this text
change-value = Value
change-user = User ID, email or username
change-language = Language, such as German or en-GB
change-could-not-be-read = The lines could not be read. Please go back and add them again.
done-all-is-so = All of it is so already: nothing was to be changed.
progress-waits = Waiting for its turn
