# Matching: a table that Muster did not write, what its columns are, and who its rows are.

matching-not-chosen = { $columns ->
    [one] Say what this column is, or leave it alone: { $named }.
   *[other] Say what these { $columns } columns are, or leave them alone: { $named }.
 }
matching-twice = “{ $one }” and “{ $other }” are the same thing now. Leave one of them alone.
matching-no-field = “{ $key }” is no field that can be changed here. Choose another one, or leave the column alone.
matching-no-key = People are to be matched or named by { $field }, and no column is that. Say which column it is, or choose otherwise below.
matching-nothing = All columns are left alone. Say what at least one of them is.
matching-no-names = New users have a first and a last name. Say which columns these are, or leave new people out.
step-make-absent-inactive = the answer that those who are not in the file become inactive
not-in-file = { $users ->
    [one] { $users } of your active users is not in this file. Nobody changes unless you say so.
   *[other] { $users } of your active users are not in this file. Nobody changes unless you say so.
 }
review-make-these-inactive = { $users ->
    [one] Make this user inactive
   *[other] Make these { $users } inactive
 }
person-twice = Row { $row } is about the same person. Say in your file which of the two counts, or leave one of them out.
several-users = { $users } users have the same value here. Put right in the directory whose it is, or leave this row out.
matching-no-sign-in = New users sign in by an email or a username. Say which column is one of these, or have usernames made below.
matching-not-kept = This can’t be kept by that name. Type a short name, or take the tick away; of too many names some have to go first.
matching-title = Match columns: { $file }
matching-lead = Muster did not write this table. Say what its columns are; what is clear stands there already. Then you review everything, and nothing changes before you complete it.
matching-like = This table is like the one you kept as “{ $name }”. What you said then is filled in.
matching-new-columns = New: { $columns }. Say what this is, or leave it alone.
matching-missing-columns = Missing: { $columns }. Nothing changes there, unless another column is it now.
matching-as-before = { $columns ->
    [one] { $columns } column as before
   *[other] { $columns } columns as before
 }
matching-table = Columns of the table
matching-column = Column
matching-values = Some of its values
matching-is = Is
matching-is-of = What “{ $column }” is
matching-empty-cells = Empty cells
matching-clear = clear the value
matching-no-values = no values
matching-choose = Choose…
matching-alone = Leave it alone
matching-leaving = Leaving date, then inactive
matching-left-alone = { $columns ->
    [one] { $columns } column is left alone
   *[other] { $columns } columns are left alone
 }
matching-left-alone-hint = They are nobody’s business here: Muster neither shows nor keeps what stands in them.
matching-bank = bank account
matching-tax = tax
matching-social-security = social security or identity papers
matching-health = health
matching-religion = religion
matching-pay = pay
matching-rest = Leave all columns alone that I have not chosen
matching-who = Who are the rows?
matching-by = Match people by { $field }
matching-by-nothing = All of them are new
matching-creates = Create users for rows that match nobody
matching-creates-hint = Without the tick, the review asks. Two rows about one person are never taken silently: they become red.
matching-usernames = New users without an email
matching-usernames-none = Get no username
matching-usernames-from = Get a username made from { $field }
matching-usernames-name = Get a username made from their name
matching-usernames-hint = The review shows each of them before anything is created.
matching-keep = Next time
matching-keep-it = Keep what I said for the next table with these titles
matching-name = Its name
matching-plain-name = Table
matching-otherwise = Read it differently
matching-sheet = Sheet
matching-heading = Row of the titles
matching-separator = Separator
matching-charset = Encoding
matching-comma = Comma
matching-semicolon = Semicolon
matching-tab = Tab
matching-line = Vertical bar
matching-read = Read it so
matching-nothing-yet = Nothing changes yet.
matching-go-on = Go on to the review
matching-again = Match columns again
matching-sign-in = Email or username
matching-number = Employee number
matching-waits = Waits for its columns to be matched
not-in-file-title = Who is not in the file?
not-in-file-lead = These active users are in your organisation, and no row of the file names them. Nobody changes unless you say so in the review.
not-in-file-nobody = Everybody who is active is in the file.
not-in-file-back = Back to the review
not-in-file-before = Previous page
not-in-file-next = Next page
not-in-file-link = Who are they?
users-way-table = A table from somewhere else
users-way-table-told = After your upgrade, bring your users over: a payroll, a staff list or another program’s export. You say what its columns are.
users-bring-over = Bring your users over
upload-any-table = Any table of people will do, too: a payroll, a staff list, an export of another program. You say what its columns are before anything changes.
matching-too-many = Up to { $most } columns are said of at once. Name those that are read, and leave the others alone.
matching-word = “{ $word }” means nothing in { $name }. See docs/files.md for what it takes.
matching-json = This is no matching in JSON: { $error }.
matching-no-such-name = No matching is kept as “{ $name }”. Say what the columns are, and by which name that is kept.
matching-kept = What is kept
matching-forget = Forget it
