

## download

download-one-of-the-fields-that = One of the fields that were asked for is not in use here. Go back and choose again.
download-the-address-asks-for-what = The address asks for what this page does not offer. Go back and choose again.
download-choose-at-least-one-field = Choose at least one field to download. Go back and choose again.
download-only-these = Only these:
download-all-fields = All fields
download-download-user-data = Download user data
download-edit-the-users-in-the = Edit the users in the file. Leave rows 1 and 2 and column A as they are.
download-delete-the-rows-and-columns = Delete the rows and columns that you don't edit, if you like: nobody is removed by that.
download-save-the-file-and-import = Save the file and { $link }. You see every change before it is made.
download-import-it = import it
download-on-its-way = The file is on its way. Edit it in your spreadsheet program, save it, then import it.
download-then-import = Import the edited file
download-kind-of-file = Kind of file
download-download = Download
download-users = Users
download-fields = Fields
download-the-user-id-is-always = The User ID is always in column A: it says which user a row is.

## form

form-managed-elsewhere-it-cant-be = Managed elsewhere; it can't be changed here.
form-enter-a-user-id-an = Enter a User ID, an email or a username.
form-a-language = Choose a language, or enter one: Deutsch, German or de-AT.
form-save = Save
form-no-options-yet = No options yet.

## users

users-name-by-last-name = Name, by last name
users-by-last-name = sorted by last name
users-by-last-name-turned = sorted by last name, from the end
users-by-sign-in = sorted by email or username
users-by-sign-in-turned = sorted by email or username, from the end
users-look-again = Look again
users-add = Add user
users-by-creation = in the order of creation
users-by-creation-turned = newest first
users-nobody-yet = Nobody is here yet. There are two ways to bring your people in, and you see every user before anything is stored.
users-way-list = I have a list already
users-way-list-told = From payroll, HR or another system. Put its columns under the keys of the template, then choose the file: you see every user before anything is stored.
users-way-sheet = I start with an empty sheet
users-way-sheet-told = A workbook with your fields as columns. Fill in one row for each person, then import it.
users-columns = Columns
users-columns-told = Columns beside the name, for you alone
users-columns-keep = Keep these columns
users-user-id = User ID
users-not-narrowed-by = The list is not narrowed by what its address says that can't be read: { $what }. Narrow it by search and filters.
users-search-placeholder = Name, email, ID, number or job title
users-import-user-data = Import user data
users-download-new-user-template = Download new user template
users-help = Help: how to edit users in bulk
users-import-history = Import history
users-search-by-name-email-username = Search users by name, email, username, User ID, employee number or job title
users-search = Search
users-any = Any
users-show-everyone = show everyone
users-there-are-no-users-yet = There are no users yet.
users-users-table = Users, table
users-more-actions = More actions
users-email-or-username = Email or username
users-pages-of-users = Pages of users

## saved

saved-searches = Saved searches
saved-name = Save this list as
saved-for-everybody = For everybody here
saved-of-everybody = for everybody
saved-save = Save
saved-manage = Rename or remove
saved-none = Nothing is saved yet: search for users, choose a filter, an order and columns, and save the list by a name.
saved-rename = Rename
saved-remove = Remove
saved-needs-a-name = Nothing was saved: enter a name of up to 80 letters.
saved-name-taken = Nothing was changed: another saved search has this name. Choose another name.
saved-too-many = Nothing was saved: there are as many saved searches as there can be. Remove one that you no longer need, and save again.
saved-too-long = Nothing was saved: the list has too many filters to be kept. Take some away, and save again.
searched-fields = What search looks through
searched-fields-told = Name, email, username, User ID, employee number and job title, always. Tick the fields of your own that it should look through besides, ten at the most.
searched-none = There are no fields of your own that hold words or numbers.
searched-keep = Keep these fields
searched-too-many = Nothing was changed: search looks through ten fields of your own at the most. Untick some.

## new

new-user-told = Nothing is stored before you save. A status that you don't choose is active.
new-user-put-right = Nobody was added yet: put right what is marked, and save again.
new-user-busy = Nobody was added yet: a large import is being completed just now. What you typed is still here; save again in a minute.

## erase

erase-type-the-name = To erase them, type their name
erase-another-name = That is another name; nothing was erased. Type the name as it stands above.
erase-values = Everything that is stored of this person is removed, and their email and username are free again.
erase-history = Of their history only who changed something and when stays, without any value.
erase-named = Whoever has them as their manager has none afterwards.
erase-files = Uploaded files of imports that are at their end are forgotten, because they may name this person; what those imports changed stays. Files that wait in review are forgotten when they are at their end.
erase-for-good = This can't be undone. Copies of the database that were made before still hold them.
erase-do = Erase for good
erase-keep = Keep them
erase-done = The person was erased. Nothing that was stored of them is left.

## narrowed

filter-more = ＋ Filter
filter-changed-since-label = Changed since
filter-show = Show these users
filter-none = Has none

## user

user-copy-id = Copy
user-copied = Copied.
user-make-inactive = Make inactive
user-erase = Erase…
user-added = Added.
user-unsaved = What you changed on this page is not saved yet.
user-somebody-else-changed-this-user = Somebody else changed this user meanwhile, so nothing was saved yet. What they entered stands beside yours: check it, and save again to keep yours.
user-nothing-was-saved-yet-put = Nothing was saved yet: put right what is marked, and save again.
user-nothing-was-saved-busy = Nothing was saved yet: a large import is being completed just now. What you typed is still here; save again in a minute.
user-users = ← Users
user-details = Details
user-history = History
user-nothing-was-changed-yet = Nothing was changed yet.
user-undo-of-an-import = Undo of an import
user-import = Import
user-empty = empty
user-created = Created
user-withdrawn = Withdrawn

## With numbers, names and links in them

download-everyone = Everyone ({ $users })
download-those-found = Those found by { $search } ({ $count })
download-more-than = more than { $users }
download-about = about { $users }
download-at-least = at least { $users }
download-will-hold = The file will hold { $users ->
    [one] 1 user
   *[other] all { $users } users
 }.
users-all = { $users ->
    [one] { $users } user
   *[other] { $users } users
 }
users-more-match = More than { $users } users match
users-about-match = { $users ->
    [one] About { $users } user match
   *[other] About { $users } users match
 }
users-at-least = { $users ->
    [one] At least { $users } user found so far
   *[other] At least { $users } users found so far
 }
users-match = { $users ->
    [one] { $users } user matches
   *[other] { $users } users match
 }
users-by-field = sorted by { $field }
users-by-field-turned = sorted by { $field }, from the end
users-order-as-of = as it was on { $moment }; a new order is being made
users-order-is-made = The order by { $field } is being made, which takes some seconds. Until then the first users by last name stand here. { $link }
saved-told = A saved search keeps what you searched for, its filters, its order and its columns. You can have { $most }, and everybody together { $most } more.
saved-name-of = New name of { $name }
erase-title = Erase { $name }
erase-back = ← { $name }
erase-waiting = { $imports ->
    [one] { $imports } import waits whose file may name them: the file is forgotten when the import is at its end.
   *[other] { $imports } imports wait whose files may name them: the files are forgotten when the imports are at their end.
 }
users-range = { $first }–{ $last } of { $all }
users-nobody = Nobody matches. Try fewer words, or { $link }.
filter-is = { $field }: { $value }
filter-has-none = { $field }: none
filter-from = { $field }: from { $first }
filter-until = { $field }: until { $last }
filter-span = { $field }: { $first } to { $last }
filter-first-day = { $field }: first day
filter-last-day = { $field }: last day
filter-changed-since = Changed since { $day }
form-person-now = Now { $person }. Enter a User ID, an email or a username.
form-required = (required)
user-is-now = { $field } is now { $value }.
user-id-is = User ID { $id }
user-reports = { $users ->
    [one] { $users } person reports to this one
   *[other] { $users } people report to this one
 }
user-put-back-of = Put { $value } back: { $field }
user-was = was
user-became = became
user-saved = Saved.
