
## errors

errors-there-is-nothing-at-this = There is nothing at this address, or nothing that you may see. Check the address, or start from your users.
errors-it-did-not-come-from = It did not come from a page of Muster, so nothing was changed. Open the page again and repeat what you did.
errors-your-role-in-this-organisation = Your role in this organisation is viewer. Ask an owner of the organisation to make you an editor.
errors-suspended = This organisation is suspended
errors-suspended-why = Nobody can use it for now; its data stay as they are. Its operators say: { $why }
errors-the-fault-is-ours-and = The fault is ours, and it was noted. Nothing was half done. Try again in a moment.
errors-nothing-was-saved-go-back = Nothing was saved. Go back and save fewer changes at a time.
errors-muster-is-not-known-by = Muster is not known by this name
errors-this-could-not-be-understood = This could not be understood
errors-you-may-look-but-not = You may look, but not edit
errors-something-went-wrong-here = Something went wrong here
errors-that-is-too-much-at = That is too much at once
errors-this-request-was-refused = This request was refused
errors-there-is-no-room-left = There is no room left
errors-there-is-no-room-for-that = There is no room for that
errors-please-try-again = Please try again in a moment
errors-page-not-found = Page not found
errors-go-to-your-users = Go to your users

## layout

layout-imports = Imports
layout-users = Users
layout-help = Help
layout-change-organisation = Change organisation
layout-account = My account
layout-change-password = Change password
layout-second-factor = Second factor
layout-sessions = Where you are signed in
layout-fields = Fields
layout-administrators = Administrators
layout-tokens = Tokens
layout-sign-out = Sign out
layout-skip-to-the-content = Skip to the content
layout-main = Main

## pages

pages-previous = ← Previous
pages-next = Next →

## components

bar-next-step = Next step
question-back = Leave it as it is

## attachment

attachment-a-file-is-xlsx-ods = A file is xlsx, ods or csv. Go back and choose one of these.

## sent

sent-what-stands-after-the-in = What stands after the ? in the address is not what this page takes. Go back and follow a link of the page, or leave it away.
sent-what-was-sent-is-not = What was sent is not the form of this page, so nothing was done. Open the page again and repeat what you did.

## With numbers, names and links in them

attachment-xlsx = Excel workbook (.xlsx), also for Google Sheets and Numbers
attachment-ods = OpenDocument (.ods), for LibreOffice
attachment-csv = Text (.csv), for programs: no drop-downs, no instructions
layout-title = { $title } – Muster
layout-title-of = { $title } – { $organisation }
layout-title-of-failed = Error: { $title } – { $organisation }
layout-organisation-mark = Organisation:
layout-person-mark = Signed in as
layout-version = Muster { $version }
chip-take-away = { $words }: take away
error-mark = Error:
pages-of = Pages of { $list }
day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
 } { $year }
moment = { $day } at { $time } UTC
unknown-host = The address has a name that this server was not told of. Use its IP address or localhost, or have it started with --public-url and the address that people use.

## the language, and what owners say of their organisation

layout-settings = Settings
language-title = Language
language-of-pages = Language of pages
language-of-organisation = The language of your organisation
language-keep = Keep this language
language-done = Your pages speak this language from now on.
language-note = Workbooks have their titles and instructions in this language. The values in them stay as they are.
settings-language-of-browser = Each person’s own, as their browser says
settings-date-order = Order of dates in files
settings-changed-since = Somebody else has changed these settings since you opened them. Nothing was saved yet: look at what you typed, then save again.
settings-is-now = { $setting }: it is now “{ $now }”; you chose “{ $typed }”.
settings-day-month-year = Day, month, year: 22/11/2026
settings-month-day-year = Month, day, year: 11/22/2026
settings-year-month-day = Year, month, day: 2026/11/22
settings-region = Country of phone numbers
settings-region-hint = Two letters, such as GB or DE: that of numbers without a country code.
settings-no-region = There is no such country. Type its two letters, such as GB or DE.
settings-keep-days = Days for which uploaded files are kept
settings-keep-days-hint = Counted from the end of an import. Its history stays.
settings-activity-days = Days that the activity is kept
settings-activity-days-hint = Who did what, from where and when, for owners to read.
settings-activity-days-beyond = Type a number of days from 1 to { $most }.
settings-keep-days-beyond = Type a number from 1 to { $most }.
settings-save = Save settings
settings-saved = The settings were saved. They hold for what is read from now on.
settings-not-saved = Nothing was saved yet. Look at what is marked below.
settings-quotas = What your organisation may have
settings-quotas-whose = Whoever runs Muster sets the limits.
