# What a downloaded workbook says about itself, and what each field takes.

sheet-users = Users
sheet-instructions = Instructions
sheet-lists = Lists
instructions-heading = How to edit users with this workbook
instructions-change = 1. Change the cells that you want to change, from column B on. Save the workbook and close it.
instructions-import = 2. In Muster, open Users, then the menu, then Import user data, and choose this file.
instructions-review = 3. Look at what will change, put right whatever is marked, and complete.
instructions-good-to-know = Good to know
instructions-leave = Rows 1 and 2 and the User ID in column A tell Muster which download and which user each row is. Please leave them as they are.
instructions-delete = You may delete rows and columns that need no edit: what is not in the file stays as it is.
instructions-empty = An emptied cell clears that value. You will see how many values will be cleared before anything happens.
instructions-sort = You may sort, filter and hide rows, and add columns of your own; columns that Muster does not know are ignored.
instructions-new-heading = How to create users with this workbook
instructions-new-fill = 1. Fill in one row for each new user, from row 3 on. Save the workbook and close it.
instructions-new-leave = Rows 1 and 2 tell Muster what each column holds. Please leave them as they are.
instructions-new-id = Leave the User ID in column A empty: Muster gives every new user one of their own.
instructions-new-sign-in = An active user needs an email or a username. Nobody else may have the same, nor may two rows of this workbook.
instructions-new-required = Columns that say “Required” need a value in every row. The others may stay empty, and may be deleted.
instructions-new-manager = A column that takes a user may name somebody in another row of this workbook, by their email or username.
instructions-columns = What the columns take
takes-text = Up to { $characters } characters.
takes-number = A number.
takes-date = A date, shown as year-month-day.
takes-yes-no = Yes or No.
takes-status = Active or Inactive.
takes-choice = One of the options in the list.
takes-choices = One or more of these, separated by semicolons: { $options }
takes-email = An email address that nobody else has.
takes-username = A username without @, for users who have no email.
takes-phone = A phone number with its country code: +44 1632 960123.
takes-user = A user: their User ID, email or username.
takes-language = A language tag such as en-GB, or the English name of a language.
takes-required = Required.
takes-and-required = { $takes } Required.

## The titles of the fields that every organisation has

field-first-name = First name
field-last-name = Last name
field-email = Email
field-username = Username
field-status = Status
field-job-title = Job title
field-department = Department
field-manager = Manager
field-phone = Phone
field-employee-number = Employee number
field-start-date = Start date
field-segments = Segments
field-language = Language

## Values, as pages say them

value-active = Active
value-inactive = Inactive
value-yes = Yes
value-no = No
