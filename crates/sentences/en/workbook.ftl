# What a downloaded workbook says about itself, and what each field takes.

instructions-heading = How to edit users with this workbook
instructions-change = 1. Change the cells that you want to change, from column B on. Save the workbook and close it.
instructions-import = 2. In Muster, open Users, then the menu, then Import user data, and choose this file.
instructions-review = 3. Look at what will change, put right whatever is marked, and complete.
instructions-good-to-know = Good to know
instructions-leave = Rows 1 and 2 and the User ID in column A tell Muster which download and which user each row is. Please leave them as they are.
instructions-delete = You may delete rows and columns that need no edit: what is not in the file stays as it is.
instructions-empty = An emptied cell clears that value. You will see how many values will be cleared before anything happens.
instructions-sort = You may sort, filter and hide rows, and add columns of your own; columns that Muster does not know are ignored.
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
