### The fields of an organisation: their page, what may not become of them, who looks after the users, tokens.

## what may not be

fields-no-title = Type a title for the field.
fields-changed-since = Somebody else has changed this field since you opened it. Nothing was saved yet: look at what you typed, then save again.
fields-is-now = { $property }: it is now “{ $now }”; you typed “{ $typed }”.
fields-no-label = Type a name for the option.

## the page of all fields

fields-title = Fields
fields-lead = What is kept of your users, in the order of the columns of a workbook. A workbook that was downloaded before a change still works.
fields-owners-change = Owners of the organisation can change them.
fields-retired = Retired fields
fields-column-title = Title
fields-column-key = Key
fields-column-type = Type
fields-column-options = Options
fields-column-order = Order
fields-required = required
fields-unique = unique
fields-read-only = read only
fields-add = Add a field
fields-new-title = Title
fields-new-type = Type
fields-new-options = Options, for one choice or several
fields-new-options-hint = One a line, or pasted from a column of a spreadsheet.
fields-tick-required = Every user must have a value
fields-tick-unique = No two users may have the same value
fields-tick-searched = Users are found by it
fields-kind-text = Text
fields-kind-number = Number
fields-kind-date = Date
fields-kind-yes-no = Yes or no
fields-kind-choice = One choice
fields-kind-choices = Several choices
fields-kind-email = Email
fields-kind-phone = Phone
fields-kind-user = A user
fields-kind-username = Username
fields-kind-status = Active or inactive
fields-kind-language = Language

## the page of one field

fields-all = All fields
fields-made = The field was added. New downloads and templates have its column.
fields-saved = The field was saved.
fields-was-retired = The field was retired. Its values and its history stay.
fields-is-back = The field is in use again.
fields-options-saved = The options were saved.
fields-use = In use
fields-state = State
fields-is-retired = retired
fields-length = Length
fields-pattern = Pattern
fields-pattern-hint = What a whole value looks like, as a regular expression: [A-Z]{"{"}2{"}"}[0-9]{"{"}4{"}"} takes AB1234. Values that users have already stay until somebody edits them.
fields-save = Save the field
fields-before-saving = Before it is saved
fields-required-means = They stay as they are. Whoever edits one of them gives them a value, by hand or by file.
fields-save-anyway = Save it as required
fields-save-all-the-same = Save it all the same
fields-unlike-pattern = { $users ->
    [one] { $users } user has a value that does not match the pattern.
   *[other] { $users } users have a value that does not match the pattern.
 }
fields-doubled-next = Give these users different values first, then make the field unique.
fields-retire = Retire it
fields-retire-ask = Retire this field…
fields-retire-title = Out of use
fields-before-retiring = Before it is retired
fields-retired-title = Back in use
fields-retired-means = A retired field is left out of new downloads, and its column in a workbook of before is ignored. Its values and its history stay, and it can be taken back.
fields-take-back = Take it back

## options

fields-option = Option
fields-option-users = Users
fields-option-removing = Remove
fields-options-table = Options
fields-rename = Rename
fields-remove = Remove it
fields-remove-ask = Remove…
fields-remove-means = It can't be chosen any more. What its users get instead is an import like any other, which can be undone.
fields-instead = They get
fields-instead-choose = Choose…
fields-instead-nothing = Nothing
fields-instead-keep = They keep it until somebody changes it
fields-paste = Add options
fields-look-at-list = Look at the list
fields-pasted = Before they are added
fields-removed-options = Removed options
fields-give-another = Give them another one…

## With numbers, names and links in them

fields-no-options-yet = { $title } has no options yet, so no user can have one.
fields-add-options-to = Add options to { $title }
fields-up = { $title }: up
fields-down = { $title }: down
fields-key-hint = The key stands in row 2 of a workbook and in REST. It is made of the title and never changes. { $help }
fields-used-by = { $users ->
    [one] { $users } user has a value.
   *[other] { $users } users have a value.
 }
fields-without-value = { $users ->
    [one] { $users } user has no value.
   *[other] { $users } users have no value.
 }
fields-values-doubled = { $values ->
    [one] { $values } value is had by several users:
   *[other] { $values } values are had by several users each:
 }
fields-and-more = and { $more } more
fields-letters = { $letters ->
    [one] { $letters } character at the most
   *[other] { $letters } characters at the most
 }
fields-options = { $options ->
    [one] { $options } option
   *[other] { $options } options
 }
fields-option-label = Name of the option { $label }
fields-rename-option = Rename { $label }
fields-remove-option = Remove { $label }
fields-option-used-by = { $users ->
    [one] { $users } user has it.
   *[other] { $users } users have it.
 }
fields-add-options = { $options ->
    [one] Add { $options } option
   *[other] Add { $options } options
 }
fields-pasted-sums = { $new } new, { $there } there already, { $differ } differ only in case
fields-pasted-new = { $options ->
    [one] { $options } is new
   *[other] { $options } are new
 }
fields-pasted-back = { $options ->
    [one] { $options } was removed before and comes back
   *[other] { $options } were removed before and come back
 }
fields-pasted-there = { $options ->
    [one] { $options } is there already
   *[other] { $options } are there already
 }
fields-pasted-differ = { $options ->
    [one] { $options } differs only in case from one that is there, which stays as it is
   *[other] { $options } differ only in case from ones that are there, which stay as they are
 }

fields-no-field = There is no field { $key }.
fields-not-a-key = { $key } can't be a key of a field: use a small letter, then small letters, digits and underscores, 60 at the most; not id, user_id or revision.
fields-key-taken = There is a field { $key } already, perhaps a retired one. Choose another key, or take that one back.
fields-too-long = Shorten it to { $most } characters.
fields-title-taken = The field { $key } has the title { $title } already. Choose another, so that people can tell their columns apart.
fields-title-built-in = { $title } is the title of a column that every workbook of Muster may have. Choose another, so that a file with that column is read as meant.
name-holds-unseen = { $text } holds a character that nobody sees ({ $letter }). Type it again without that character.
name-is-formula = { $text } begins with =, so spreadsheets would take it for a formula. Begin it with another character.
fields-needed = { $title } can't be retired: Muster needs it.
fields-always = { $title } stays required: every user has one.
fields-unfit = Whether { $title } is unique is not for an organisation to say.
fields-not-searched = { $title } can’t be chosen for the search: name, email, username, employee number and job title always are, and of your own fields those of text, number, email or phone can be. By the others, users can be filtered.
fields-takes-no-pattern = A field of type { $kind } takes no pattern.
fields-not-a-pattern = { $pattern } is not a pattern that can be read. Close every bracket, and put \ before signs that mean themselves.
fields-pattern-too-large = This pattern is too large. Make it at most { $most } letters long, with smaller numbers of repetitions in braces.
fields-takes-no-choices = A field of type { $kind } takes no options.
fields-needs-choices = A field of type { $kind } needs options. Type or paste them, one a line.
fields-semicolon = { $label } holds a semicolon, which stands between several options. Choose a name without it.
fields-label-taken = There is an option { $label } already. Choose another name.
fields-no-choice = There is no option { $choice }.
fields-too-many-choices = A field has { $most } options at the most. Use a text field for more.
fields-too-many-edits = A field takes { $most } changes at once. Send fewer at a time.
fields-choice-needed = { $title } is required, so whoever has this option needs another one. Choose which.
