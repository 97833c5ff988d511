## the article

help-title = How to edit users in bulk
help-error-title = Error: How to edit users in bulk
help-lead = Download your users as a spreadsheet, edit them there, and import the file again. What you don’t edit is never touched. { $demo }.
help-scroll-to-demo = Scroll down for a quick and easy demo
help-go-to-users = Go to Users
help-on-this-page = On this page

help-steps = Edit in a spreadsheet
help-step-users = To get started, click on { $users }.
help-step-menu = Click on { $menu } to open the menu.
help-step-choose-download = Choose { $download }.
help-step-download = Click on { $download } on the page that opens, then open the spreadsheet from your device.
help-step-columns = Edit what you want to change. Columns B onwards hold data that can be edited.
help-step-user-id = Leave column A, the User ID, as it is: it says which user a row is.
help-step-save = When you are done, save the file and close it.
help-step-back = Go back to { $users } and click on { $menu } again.
help-step-import = Choose { $import }.
help-step-select = Click on { $select } and choose the file that you just edited from your device.
help-step-wait = Large files take a while, a million users about a minute. You may close the page or load it again: the work goes on, and the page shows how far it is.
help-step-done = When the update is over, you see how many: “312 users were successfully edited”.

help-know = Good to know
help-note-rows = Keep rows 1 and 2. Row 2 tells which column is which field, and which download the file is of.
help-note-column = Keep column A. A row whose User ID is changed is somebody else’s, or nobody’s.
help-note-delete = Delete the rows and the columns that you don’t need. That does not touch those users.
help-note-new = To add users, take the new user template from the same menu. A row without a User ID is asked about before anybody is created.
help-note-formats = Excel, LibreOffice, Google Sheets and Numbers will do, as xlsx, ods or csv. What a spreadsheet damages on its own, such as lost leading zeros, is noticed and kept as it was.

help-red = What is wrong is red
help-red-text = A cell that can’t be used is red, has a ! before it and says why. Put it right on the screen, for one cell or for all that are alike, and complete. Users whom you leave out stay as they are, and their rows can be downloaded to be mended in the spreadsheet.
help-conflicts-text = Where somebody else changed a cell after you had downloaded it, both values are shown, and you choose.

help-in-use = “Email/Username is already in use”
help-in-use-text = An email or a username belongs to one user. When the one who has it is in your file or in your organisation, the cell says who it is, and you change one of the two. When it is nobody of yours, ask support about it, and leave that row out: the rest of the file completes without it.

help-undo = Undo an import
help-undo-text = Open it under { $imports } and choose { $undo }. What somebody changed since then stays as it is, and is named.

## the demo: what each step says while it is seen

help-demo = A quick demo
help-demo-note = { $seconds } seconds, no sound. This is what it shows:
help-demo-name = Video: how to edit users in bulk
demo-users = To get started, click on “Users”.
demo-menu = Click on ⋮ to open the menu.
demo-choose-download = Choose “Download user data”.
demo-download = Click on “Download”, then open the file in your spreadsheet program.
demo-edit = Edit from column B onwards, save, and close the file. Here a department is misspelt on purpose.
demo-back = Back under “Users”, open the menu again.
demo-import = Choose “Import user data”.
demo-select = Select the file. Nothing is changed yet: what would change is shown, and what is wrong is red.
demo-red = Put it right on the screen, all equal cells in one step.
demo-complete = Update. “12 users were successfully edited”.

## was it helpful

help-helpful = Was this article helpful?
help-yes = Yes
help-no = No
help-what-was-missing = What was wrong with it? Choose at least one.
help-reason-find = I could not find what I looked for
help-reason-step = A step did not work
help-reason-hard = It is hard to understand
help-reason-outdated = The pages look different from what it says
help-reason-missing = Something is missing
help-in-your-words = In your own words (optional, up to 1,000 characters, please nothing about your users)
help-send = Send
help-leave-empty = Leave this empty
help-thanks-yes = That’s great! Thank you for your feedback.
help-thanks-no = Thank you for your feedback. We will use it to put the article right.
help-often = There was much feedback from your network within the last hour, so this one was not kept. Please send it again in an hour.
help-choose-a-reason = Select at least one of the reasons.
help-too-long = That is { $characters } characters. Shorten it to { $most }.
help-send-again = The page was open too long, or not yet for two seconds. Nothing is lost: please press Send again.
