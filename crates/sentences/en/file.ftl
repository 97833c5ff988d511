# What can be wrong with a file, a row or a cell. Each sentence makes sense without colour, blames nobody, and says what to do next.

## The file as such

header-missing = Row 2, the small grey row that begins with “user_id”, is missing. Download the user data again, copy your edits into that file and upload it.
header-duplicate = Two columns have “{ $key }” in row 2. Delete one of them and upload the file again.
header-duplicate-unnamed = Two columns have the same key in row 2. Delete one of them and upload the file again.
wrong-account = This file was downloaded from another organisation, “{ $slug }”. Open that organisation to upload it, or download the user data of this one.
wrong-account-later = This file says it was downloaded after the last change that is known here. Download the user data again and copy your edits into that file.
wrong-past = This file does not stem from the user data as it is kept here: it was downloaded from another installation, or before a backup was put back in place of what it shows. Download the user data again, copy your edits into that file and upload it.
wrong-past-put-back = This file was downloaded after the copy of the user data was made that is in use here now: the user data was put back to { $to } on { $on }. Download it again, copy your edits into that file and upload it.
rows-out-of-line = The rows no longer stand beside their User IDs: { $examples }. Column A was probably left out when the sheet was sorted: undo the sorting, or download the user data again, and sort all columns together.
rows-out-of-line-plain = The rows no longer stand beside their User IDs. Column A was probably left out when the sheet was sorted: undo the sorting, or download the user data again, and sort all columns together.
rows-out-of-line-example = { $person } stands beside the ID { $id } of { $other }
rows-out-of-line-and = { $one }, and { $next }

id-column-missing = Column A, User ID, is missing, so nothing tells which user each row is about. Undo the deletion of the column, or download the user data again and copy your edits into that file.
sheet-unknown = There is no sheet “{ $sheet }” with keys in this file. Look at the names of its sheets, and choose another one.
no-rows = There are no rows of users in this file. Type at least one below the keys, save the file and upload it again.
other-headings = In row { $row } the keys of another download begin, so the rows below them can’t be compared with the right values. Upload the two downloads as two files.

## Column A

user-id = User ID
user-id-damaged = This User ID was damaged: a character is missing, added or changed. Copy it from the downloaded file, or leave the row out.
user-id-damaged-perhaps = This User ID was damaged: a character is missing, added or changed. Copy it from the downloaded file, take { $user } if this row is about that user, or leave the row out.
user-id-unknown = This User ID is not a user of this organisation. Copy the ID from the downloaded file, or leave the row out.
user-id-unknown-perhaps = This User ID is not a user of this organisation. Copy the ID from the downloaded file, take { $user } if this row is about that user, or leave the row out.
user-id-duplicate-row = Row { $row } has the same User ID but differs. Keep one of them.
user-id-duplicate-rows = Rows { $rows } have the same User ID but differ. Keep one of them.
user-id-duplicate = Another row has the same User ID but differs. Keep one of them.
user-id-missing = This row has no User ID. Create a user from it, or leave it out.

## A cell, whatever its field

formula-error = The cell shows the error { $error }. Type the value in place of the formula.
formula-error-unnamed = The cell shows an error. Type the value in place of the formula.
formula-without-value = The formula in this cell has no result. Open the file in the spreadsheet program, save it and upload it again, or type the value.
formula-as-text = This is a formula that was saved as text, not its result. Type the value in place of the formula.
bidi-control = This text holds invisible characters that turn the direction of reading around. Type it again without them.
number-precision = The spreadsheet has shortened this number, so some of its digits are lost. Format the cell as text and type the whole number again.
cell-unreadable = This cell can’t be read. Type its value again.
letters-lost = Letters of this value were lost: the sign � stands where a program could not read them. Type the value again.
open-quote = A quotation mark begins this cell and none ends it, so the lines behind it were read as rows of their own. Type the value again without the mark.
rows-inside = { $rows ->
    [one] { $rows } more row of the file stands inside this cell and was not read: a quotation mark begins the cell, and it ends only behind that row. Take the mark away and upload the file again, or type the value.
   *[other] { $rows } more rows of the file stand inside this cell and were not read: a quotation mark begins the cell, and it ends only behind them. Take the mark away and upload the file again, or type the value.
}

row-cut = The line of this row ends before this cell, and the cell had a value at the download. Take the old value if it was lost, or type the value that is to be.
row-wide = This row has more cells than there are keys: perhaps a text with a comma stands without quotation marks. Put that text between quotation marks and upload the file again, or leave the row out.
merged-cells = This cell lies under a merged cell, so it has no value of its own. Take the value of the merged cell, or type the value that is to be.

## What belongs to one user only

login-in-use = Email/Username is already in use
login-not-checked = Whether this email or username is free could not be checked today. Leave the row out and upload it again tomorrow, or raise a ticket with support.
not-unique = { $title } must be different for each user, and this one is taken. Type another.
no-sign-in = An active user needs an email or a username to sign in. Type one, or make the user inactive.
held-by-rows = Rows { $rows } have it too.
held-by-row = Row { $row } has it too.
rivals-more = { $rows } more
held-in-file = Another row of this file has it too.
held-by-user = The user { $user } has it.
held-in-account = Another user of this organisation has it.
held-elsewhere = Raise a ticket with support.
with-explanation = { $sentence } { $explanation }
with-explanation-after-words = { $sentence }. { $explanation }

## Values, each by its kind

not-a-choice = “{ $value }” is not one of the options of { $title }. Choose one from the list.
not-a-choice-unnamed = This is not one of the options of { $title }. Choose one from the list.
not-a-user-damaged = { $title }: the User ID in this cell was damaged. Copy it again, or type an email.
name-differs = { $title }: { $name } is another user, and the User ID behind the name is that of { $own }. Choose the one that is meant.
name-differs-unnamed = { $title }: the name is one user’s, and the User ID behind it another’s. Choose the one that is meant.
not-a-user-several = { $title }: this cell names several users. Choose the one that is meant.
name-unknown = { $title }: { $name } is not the name of { $own }, whose User ID stands behind it, nor of another user. Choose { $own } if the User ID is right, or type the User ID or the email of who is meant.
not-a-user = { $title }: this is not a user of this organisation. Type a User ID, an email or a username.
not-a-phone = { $title }: this is not a phone number. Type it with its country code, such as +44 20 7946 0123.
not-a-phone-shortened = { $title }: the spreadsheet has shortened this number (E+), so some of its digits are lost. Type it again with a space after the country code.
not-a-phone-extension = { $title }: only one number fits here, without an extension. Type it alone.
required = { $title } can’t be empty. Type a value.
too-long = { $title } takes at most { $limit } characters. Shorten it.
too-long-unnamed = This is too long for { $title }. Shorten it.
pattern = { $title } has to have a certain form, which this does not have. Compare it with other users’ and type it again.
not-an-email = { $title }: this is not an email address. Type one such as name@example.com.
not-a-username = { $title }: this can’t be a username. Type letters, digits, dots or hyphens, without spaces and without @.
not-a-date = { $title }: this is not a date. Type one such as 2026-11-22.
ambiguous-date = { $title }: this date can be read in more than one way, as { $readings }. Choose the one that is meant.
ambiguous-date-unnamed = { $title }: this date can be read in more than one way. Type it such as 2026-11-22.
not-a-number = { $title }: this is not a number. Type one such as 1250.5.
not-yes-no = { $title }: this is neither yes nor no. Type Yes or No.
not-a-language = { $title }: this is not a language. Type a tag such as en-GB, or a name such as German.
not-a-status = { $title }: this is neither Active nor Inactive. Type one of the two.
read-only = { $title } is managed elsewhere and can’t be changed here. Put the old value back.

## Warnings

header-unknown = The column “{ $name }” is not one of the organisation’s fields, so it is ignored.
header-unknown-at = { $cells ->
    [0] The column “{ $name }” ({ $column }) is not one of the organisation’s fields, so it is ignored.
    [one] The column “{ $name }” ({ $column }) is not one of the organisation’s fields, so its { $cells } cell is not read.
   *[other] The column “{ $name }” ({ $column }) is not one of the organisation’s fields, so its { $cells } cells are not read.
}
header-unnamed-at = { $cells ->
    [one] The column { $column } is not one of the organisation’s fields, so its { $cells } cell is not read.
   *[other] The column { $column } is not one of the organisation’s fields, so its { $cells } cells are not read.
}
header-without-key = { $cells ->
    [0] The key of the column “{ $name }” ({ $column }) is missing in row 2, so it is not read.
    [one] The key of the column “{ $name }” ({ $column }) is missing in row 2, so its { $cells } cell is not read.
   *[other] The key of the column “{ $name }” ({ $column }) is missing in row 2, so its { $cells } cells are not read.
}
header-unknown-unnamed = A column is not one of the organisation’s fields, so it is ignored.
title-changed = The title of “{ $name }” was changed in row 1. That is harmless: columns are known by row 2.
titles-missing = The titles in row 1 are missing. That is harmless: columns are known by row 2.
column-retired = The field { $name } is no longer in use, so its column is ignored.
no-revision = The file does not tell when it was downloaded, so it was compared with today’s values. Edits of users wait for somebody to look through them.
unmarked-revision = The file was downloaded by an earlier version, which did not mark downloads. Look through the changes before you complete the import.
text-guessed = The file does not say how it is written; it was read as { $guess }. Look at whether names are right.
letters-guessed = { $cells ->
    [one] { $cells } edited value has letters of which nothing in the file proves that they were read rightly: “{ $example }”. If they are wrong, save the file as CSV UTF-8 and upload that.
   *[other] { $cells } edited values have letters of which nothing in the file proves that they were read rightly, such as “{ $example }”. If they are wrong, save the file as CSV UTF-8 and upload that.
 }
text-guessed-unnamed = The file does not say how it is written, so that was guessed. Look at whether names are right.
many-zeros = { $cells ->
    [one] { $cells } empty cell of { $title } became 0. Look at whether that was meant.
   *[other] { $cells } empty cells of { $title } became 0. Look at whether that was meant.
 }
transformed = { $values ->
    [one] { $values } value of { $title } was changed in a way that programs change values: { $way } ({ $examples }). If nobody meant that, keep the old value.
   *[other] { $values } values of { $title } were changed in one and the same way, as programs do it: { $way } ({ $examples }). If nobody meant that, keep the old values.
 }
transformed-somehow = { $values ->
    [one] { $values } value of { $title } was changed in a way that programs change values. If nobody meant that, keep the old value.
   *[other] { $values } values of { $title } were changed in one and the same way, as programs do it. If nobody meant that, keep the old values.
 }
transformed-example = { $was } became { $is }
transformed-years-earlier = { $years ->
    [one] { $years } year earlier
   *[other] { $years } years earlier
 }
transformed-years-later = { $years ->
    [one] { $years } year later
   *[other] { $years } years later
 }
transformed-months-earlier = { $months ->
    [one] { $months } month earlier
   *[other] { $months } months earlier
}
transformed-months-later = { $months ->
    [one] { $months } month later
   *[other] { $months } months later
}
transformed-sign = the sign is the other one
transformed-first-capital = the first letter is a capital
transformed-first-lost = { $letters ->
    [one] { $letters } letter is gone at the beginning
   *[other] { $letters } letters are gone at the beginning
}
transformed-last-lost = { $letters ->
    [one] { $letters } letter is gone at the end
   *[other] { $letters } letters are gone at the end
}
transformed-days-earlier = { $days ->
    [one] { $days } day earlier
   *[other] { $days } days earlier
 }
transformed-days-later = { $days ->
    [one] { $days } day later
   *[other] { $days } days later
 }
transformed-divided = divided by { $by }
transformed-multiplied = multiplied by { $by }
transformed-day-month = day and month have changed places
transformed-upper = written in capitals
transformed-lower = written in small letters
transformed-capitalised = each word with a capital letter
transformed-spaces = spaces were taken away or put in
transformed-unaccented = letters have lost their accents
transformed-names-swapped = first and last name have changed places
transformed-other-rows = they stand in other rows than at the download
transformed-cut = { $letters ->
    [one] cut off after { $letters } letter
   *[other] cut off after { $letters } letters
 }
transformed-part-lost = “{ $part }” is gone
transformed-part-added = “{ $part }” was added
points-lost = { $numbers ->
    [one] { $numbers } number of { $title } lost its decimal point, as 1.234 becomes 1234 where points group thousands. Look at whether that was meant.
   *[other] { $numbers } numbers of { $title } lost their decimal point, as 1.234 becomes 1234 where points group thousands. Look at whether that was meant.
 }

sheets-differ = { $cells ->
    [one] The sheet “{ $sheet }” ({ $cells } cell) has keys too, and other cells than “{ $read }”, which was read alone. Choose which of them are meant.
   *[other] The sheet “{ $sheet }” ({ $cells } cells) has keys too, and other cells than “{ $read }”, which was read alone. Choose which of them are meant.
 }
sheet-hidden = { $cells ->
    [one] The sheet “{ $sheet }” is hidden: its { $cells } cell is not read.
   *[other] The sheet “{ $sheet }” is hidden: its { $cells } cells are not read.
 }
sheet-same = { $cells ->
    [one] The sheet “{ $sheet }” has the same keys and the same cell, so its { $cells } cell is not read.
   *[other] The sheet “{ $sheet }” has the same keys and the same cells, so its { $cells } cells are not read.
 }
sheet-decided = { $cells ->
    [one] The sheet “{ $sheet }” was not chosen: its { $cells } cell is not read.
   *[other] The sheet “{ $sheet }” was not chosen: its { $cells } cells are not read.
 }
sheet-other-download = { $cells ->
    [one] The sheet “{ $sheet }” is of another download, so its { $cells } cell is not read. Upload it as a file of its own.
   *[other] The sheet “{ $sheet }” is of another download, so its { $cells } cells are not read. Upload it as a file of its own.
 }
sheet-without-keys = { $cells ->
    [one] The sheet “{ $sheet }” has no keys, so its { $cells } cell is not read.
   *[other] The sheet “{ $sheet }” has no keys, so its { $cells } cells are not read.
 }
sheet-own-edited = { $cells ->
    [one] The sheet “{ $sheet }” has { $cells } cell that is not of Muster, { $place }: it is not read.
   *[other] The sheet “{ $sheet }” has { $cells } cells that are not of Muster, the first is { $place }: they are not read.
 }
key-row-moved = The row of keys was sorted into the data: row 2 is row { $row } now. The rows above it are read too.
rows-above-keys = { $cells ->
    [one] { $cells } cell above the titles is not read.
   *[other] { $cells } cells above the titles are not read.
 }
far-right = far right, where nothing is read
cells-beyond-keys = { $cells ->
    [one] { $cells } cell right of the last key, { $place }, is not read.
   *[other] { $cells } cells right of the last key are not read; the first is { $place }.
 }
headings-again = { $cells ->
    [one] Titles or keys stand between the rows once more, in row { $row }: { $cells } cell is skipped.
   *[other] Titles or keys stand between the rows once more, in row { $row }: { $cells } cells are skipped.
 }
cells-missing = { $cells ->
    [one] { $cells } row ends before { $title }, where the user has a value. Was the value lost, or cleared?
   *[other] { $cells } rows end before { $title }, where the users have values. Were the values lost, or cleared?
 }
key-missing = { $cells ->
    [one] { $cells } cell of the column { $column } was edited, and its title is { $title }, but the key of { $title } is missing in row 2. Is the column { $title }?
   *[other] { $cells } cells of the column { $column } were edited, and its title is { $title }, but the key of { $title } is missing in row 2. Is the column { $title }?
}
last-line-cut = The last line of the file, row { $row }, has no end. Perhaps the file was cut off, and rows are missing: compare it with the file that you saved.

## Notes in the report of an import

perhaps = { $note } Perhaps it is { $other }.
perhaps-one-of = { $note } Perhaps it is one of these: { $others }.
conflict-note = This was changed: it was { $before } at the download, is { $now } now, and is { $file } in the file. Type the value that is to be.
conflict-note-by = This was changed by { $who } on { $when }: it was { $before } at the download, is { $now } now, and is { $file } in the file. Type the value that is to be.
value-empty = empty
value-quoted = “{ $value }”
left-out-note = This row was left out. Upload it again to make its changes.
note-of-column = { $title }: { $note }
report-row = Row
report-what-to-do = What to do
report-heading = Rows with problems
report-red-cells = These are the rows that have problems. Each red cell has a note that says what is wrong and what to do; the column “What to do” says it for the whole row.
report-put-right = Put the red cells right, save the file and upload it again. Cells that you don’t edit stay as they are.
report-own-columns = The columns “Row” and “What to do” are no fields of users: leave them as they are. Row is the number of the row in the file that you uploaded.

## What ends an import as a whole

file-forgotten = The uploaded file is not kept any more, so its rows can’t be downloaded. Download the user data and edit that.
upload-too-large = This file is larger than { $mebibytes } MiB, the most that is taken. Delete rows that need no edit and upload it again.
other-download = This file was downloaded at another time than the first one of this import, so its rows can’t be laid beside the others. Add the file that you mended, or upload this one as an import of its own.
file-not-added = The file “{ $name }” was not added. { $reason }
disk-full = The disk that Muster keeps its data on is full. Nothing is lost and nothing is half done. Once whoever runs Muster has made room, try again.
import-given-up = This file could not be processed, though it was tried several times. Save it again in the spreadsheet program and upload it; if that does not help, please contact support.
failed-unexplained = This file could not be imported. Save it again in the spreadsheet program and upload it; if that does not help, please contact support.

## Files that are refused

-save-anew = Open it in the spreadsheet program, save it as Excel Workbook (.xlsx), and upload that.
-split = Split it into several files and upload them one by one.
-copy-rows = Copy the rows into a new workbook, save it, and upload that.
file-empty = This file is empty. Choose the file again, or save it anew and upload that.
file-not-a-spreadsheet = This file is { $kind ->
    [pdf] a PDF
    [picture] a picture
    [picture-or-recording] a picture or a recording
    [recording] a recording
    [gz] a packed file (.gz)
    [seven-zip] a packed file (.7z)
    [rar] a packed file (.rar)
    [bz2] a packed file (.bz2)
    [xz] a packed file (.xz)
    [zip] a packed file (.zip)
    [workbook-parts] a packed folder of the parts of a workbook, not a workbook
    [lock-file] the mark of an open workbook, not the workbook itself (its name begins with ~)
    [rtf] a text document (.rtf)
    [program] a program
    [utf-32] a text in the encoding UTF-32 (save it as UTF-8)
    [odt] a text document (.odt)
    [odp] a presentation (.odp)
    [opendocument] an OpenDocument file that is no spreadsheet
    [epub] a book (.epub)
    [web-page] a web page
    [xml] an XML file
    [word] a Word document
    [presentation] a presentation
   *[other] not a spreadsheet that can be read here
 }. Upload an Excel workbook (.xlsx), a .csv or an .ods file.
file-old-format = This is { $kind ->
    [xls] an Excel 97-2003 workbook (.xls)
    [xls-5] a worksheet of an Excel before 97 (.xls)
    [lotus] a worksheet of Lotus 1-2-3
    [xlsb] an Excel binary workbook (.xlsb)
    [xlsm] an Excel workbook with macros (.xlsm)
    [fods] a flat OpenDocument spreadsheet (.fods)
    [xml] an XML spreadsheet of Excel 2003
   *[other] { $kind }
 }. Open it and save it as Excel Workbook (.xlsx), then upload it again.
file-packed = This is a packed file (.zip), and “{ $name }” is inside. Unpack it and upload that.
file-old-format-numbers = This is a Numbers document. Export it to Excel (File, Export To, Excel), then upload that.
file-password = This file is protected with a password. Open it in the spreadsheet program, save it without a password, and upload it again.
file-damaged = This file is damaged and can't be read to its end. { -save-anew }
file-unreadable = This file could not be read from the disk. Upload it again.
file-no-sheet = This file has no sheet with rows. { -save-anew }
file-too-large = This file is larger than { $size }. { -split }
file-too-many-rows = This sheet has more than { $most } rows. { -split }
file-sheet-too-large = The sheet of this file takes more than { $size } when unpacked. { -split }
file-strings-too-large = The texts of this file take more than { $size } when unpacked. { -split }
file-part-too-large = A part of this file besides its rows takes more than { $size } when unpacked. { -copy-rows }
file-ratio = This file unpacks to more than { $most } times its size, as no ordinary workbook does. { -save-anew }
file-too-many-entries = This file holds more than { $most } parts. { -copy-rows }
file-duplicate-entry = This file holds two parts of the same name. { -save-anew }
file-unsafe-entry = This file holds a part whose name points outside the file. { -save-anew }
file-overlapping-entries = This file holds parts that lie over each other. { -save-anew }
file-compression = This file is packed in a way that spreadsheet programs do not use. { -save-anew }
file-doctype = This file holds a document type, which no spreadsheet needs. { -save-anew }
file-too-deep = This file is nested more than { $most } levels deep. { -save-anew }
file-too-many-attributes = An element of this file has more than { $most } attributes. { -save-anew }
file-token-too-long = A single piece of this file is longer than { $size }. Look for a very long text, or a quotation mark that is never closed, shorten it, and upload the file again.
file-row-too-long = A row of this file holds more than { $size } of text. Shorten its texts and upload the file again.

## What the database answers

database-busy = Somebody else is writing to Muster’s database, and has been for a while. Nothing was changed; try again in a moment.
database-held = Process { $process } on Muster’s machine ({ $command }) is writing to the database, and has been for a while. Nothing was changed here; try again in a moment.
database-held-stopped = Process { $process } on Muster’s machine ({ $command }) was stopped while it writes to the database, and everybody waits for it. Nothing was changed here. Whoever looks after Muster can let it go on (kill -CONT { $process }) or end it; then try again.
database-updated = Muster has just been updated. Nothing was changed by this; load the page again in a moment.
database-unreachable = Muster’s database can’t be reached just now. What you just did may or may not have been done: look before you try again, in a moment.
database-unreachable-reading = Muster’s database can’t be reached just now, so this could not be read. Nothing was changed; try again in a moment.
database-busy-reading = Muster’s database has too much to do just now, so this could not be read. Nothing was changed; try again in a moment.
database-only-reads = Muster’s database can only be read just now: its server follows another one, or default_transaction_read_only is on for Muster’s role or its database. Nothing was changed; try again once it can be written.
database-without-connection = PostgreSQL has no connection left for Muster: others have all that it gives (CONNECTION LIMIT of the role and of the database, max_connections), and none came back for some seconds. Nothing was changed; try again in a moment.
connections-too-few = PostgreSQL gives Muster’s role { $allowed } connection to this database at once, and Muster needs two: it writes while it reads. Raise CONNECTION LIMIT of the role (ALTER ROLE) or of the database (ALTER DATABASE), or max_connections.
relation-in-the-way = A name that Muster needs is taken in this database ({ $why }), by a table, a view or something else that is not Muster’s. Nothing was written. Name an empty database or schema.
upload-lost = Part of this file is not kept any more: { $came } bytes came, and { $kept } are there. It is handed out to nobody, who would take it for whole. Upload the file again; whoever looks after Muster finds more with muster doctor.
row-unread = Something that is kept of this can’t be read by this version of Muster: a newer one wrote it, or it is damaged. Nothing was changed. Whoever looks after Muster finds what it is with muster doctor.
database-forbidden = Muster’s role in PostgreSQL may not do this ({ $why }). Have the owner of the tables run muster migrate once after an upgrade, and grant the role SELECT, INSERT, UPDATE and DELETE on all tables.
database-not-utf8 = This PostgreSQL database keeps text as { $encoding }, which can’t hold every name. Make one with ENCODING 'UTF8' and name it with --database.
database-address-unknown = A database is sqlite:PATH or postgres://USER@HOST/NAME; what was given is neither. It is not repeated here, as it may hold a password.
database-address-unreadable = The address of the PostgreSQL database can’t be read. It looks like postgres://USER@HOST:5432/NAME?sslmode=verify-full; letters such as @ : / ? # in a password are written as %40 %3A %2F %3F %23. It is not repeated here, as it may hold a password.
database-option-unknown = Muster knows no option { $name } in the address of a PostgreSQL database. Take it out of the address.
database-connections-unknown = connections in the address of a database is a number from 1 to { $most }.
database-sslmode-unknown = sslmode is one of disable, allow, prefer, require, verify-ca and verify-full.
database-certificate-unusable = The connection to the database can’t be encrypted as asked: { $why }.
search-too-long = A search takes up to 200 letters and 10 words, and a filter up to 200 letters. Search for less, such as a name or an email.
being-opened = Muster is being started, and brings its database up to date first. Try again in a minute.
too-many-connections = So many are connected to Muster that there is no room for more just now. Try again in a few seconds.
too-costly = This took longer than Muster works on one page. Nothing was changed. Ask for less, such as fewer words or filters, or try again in a moment.
too-much-at-once = So much is under way for you or your organisation already that this was not begun. Nothing was changed; try again in a few seconds.
database-damaged = Muster’s database file is damaged, so what it answers can’t be trusted. Nothing was changed. Put a backup back (muster restore), or ask whoever runs Muster to.
database-read-only = { $file } can’t be written: the file, its folder or its disk is read-only for the user that Muster runs as. Give that user the right to write, then try again.
not-a-database = This file is not a database. Name the one that Muster made with --database sqlite:PATH.
database-unfinished = Another database was being copied into this one, and the copy is not finished, so nothing can be done with it yet. Run muster copy-database again: it begins anew.
database-in-use = Somebody else is connected to the database that is to be copied to. Stop whatever uses it, then try again.
copy-needs-an-empty-database = There are rows in the database that is to be copied to, so it is left as it is. Name an empty one with --to.
copy-has-no-place-for = A value in { $table }.{ $column } is no text or number that the other database can keep, so the copy was not finished. muster doctor looks at the database that is copied.
copy-differs = The rows of { $table } are not the same after copying ({ $rows } were copied, { $there } are there), so the copy is not finished. Run muster copy-database again.
database-of-another-program = This database has tables of another program and none of Muster’s, so it is left as it is. Name another one with --database.
database-of-another-user = { $file } belongs to another user of this machine, so it is left as it is. Run Muster as that user.
database-cannot-be-made = { $file } can’t be made: { $error }
work-file-missing = The work file { $file } is missing. Put it back from where the database came from; or begin a new one with --new-work-file: users and their history stay, everybody signs in again, and imports that were not completed are gone.
work-file-foreign = The work file { $file } belongs to another database. Put the right one in its place; or begin a new one with --new-work-file: this one is laid aside, users and their history stay, everybody signs in again, and imports that were not completed are gone.
work-file-older = The work file { $file } is older than the database beside it. Put the present one in its place; or begin a new one with --new-work-file: this one is laid aside, users and their history stay, everybody signs in again, and imports that were not completed are gone.
download-incomplete = The download was stopped: { $poured } users could be read, and there are { $users }. Muster’s database may be damaged; ask whoever runs it to look (muster doctor). This file is not complete: don’t use it.
values-shared = { $title } can’t become unique yet, because { $count ->
    [one] one value is
   *[other] { $count } values are
 } shared by several users: { $values }. Nothing was changed. Give each of these users a value of their own, or none, and try again.
values-shared-and-more = { $title } can’t become unique yet, because { $count ->
    [one] one value is
   *[other] { $count } values are
 } shared by several users: { $values }; and { $more } more. Nothing was changed. Give each of these users a value of their own, or none, and try again.
value-shared = “{ $value }” ({ $users })
value-shared-and-more = “{ $value }” ({ $users } and { $more } more)
waits-for-import = waiting for import { $id } of { $actor }, which is being applied
waits-for-import-of-file = waiting for import { $id } ({ $file }) of { $actor }, which is being applied
manager-loop = { $users ->
    [one] { $users } user would be managed by themselves, directly or in a circle. Look at whether that was meant.
   *[other] { $users } users would be managed by themselves, directly or in a circle. Look at whether that was meant.
 }
manager-loop-such-as = { $users ->
    [one] { $users } user would be managed by themselves, directly or in a circle: { $example }. Look at whether that was meant.
   *[other] { $users } users would be managed by themselves, directly or in a circle: { $example }. Look at whether that was meant.
 }
manager-withdrawn = { $users ->
    [one] { $users } user has a manager who is no longer a user. Give them another one.
   *[other] { $users } users have a manager who is no longer a user. Give them another one.
 }
manager-withdrawn-such-as = { $users ->
    [one] { $users } user has a manager who is no longer a user: { $example }. Give them another one.
   *[other] { $users } users have a manager who is no longer a user: { $example }. Give them another one.
 }
part-file = file { $file }
part-sheet = sheet “{ $sheet }”
part-sheet-of-file = sheet “{ $sheet }” of file { $file }
row-of-part = { $row } of { $part }
rows-share-the-id = Rows { $rows } have this User ID and differ, so it does not tell which of them is meant. Name the row, or leave all but one of them out.
several-rows-share-the-id = Several rows have this User ID and differ, so it does not tell which of them is meant. Name the row, or leave all but one of them out.
the-new-user = the new user
user-of-row = { $name } (row { $row })
user-of-row-of-part = { $name } (row { $row } of { $part })

## What an organisation may have at most

quota-uploads = { $used } of { $most } files of imports are kept.
quota-bytes = The files of imports that are kept take up { $used } of { $most } MiB.
quota-waiting = { $used } of { $most } imports wait.
quota-users = There are { $used } of { $most } users.
quota-fields = There are { $used } of { $most } fields of its own.
quota-no-uploads = { $used } of { $most } files of imports are kept, so there is no room for another. Cancel imports that are no longer needed, or ask whoever runs Muster for more room.
quota-no-bytes = The files of imports that are kept take up { $used } of { $most } MiB, so there is no room for this one. Cancel imports that are no longer needed, or ask whoever runs Muster for more room.
quota-no-waiting = { $used } of { $most } imports wait, so this one was not begun. Complete or cancel one of them, then upload the file again.
quota-no-users = There are { $used } of { $most } users, so no more were created. Ask whoever runs Muster for more room.
quota-no-fields = There are { $used } of { $most } fields of its own. Retire one that is no longer needed, or allow more with muster account quota.
quota-no-creation = { $more ->
    [one] { $more } user is to be created, and there are { $used } of { $most }. Leave the row out that creates one, or ask whoever runs Muster for more room; nothing was changed.
   *[other] { $more } users are to be created, and there are { $used } of { $most }. Leave rows out that create users, or ask whoever runs Muster for more room; nothing was changed.
}
