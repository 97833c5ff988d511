### Who did what in an organisation, for its owners.

activity-title = Activity
activity-lead = Who did what in this organisation, from where and when. Lines are kept for { $days ->
        [one] a day
       *[other] { $days } days
    }, and hold no value of a user.
activity-none = Nothing was done that these filters let through.
activity-newest = Newest
activity-file = Download as csv
activity-kind = Kind
activity-all-kinds = All kinds
activity-who = Who
activity-everybody = Everybody
activity-from-day = From day (UTC)
activity-to-day = To day (UTC)
activity-show = Show
activity-show-all = Show all
activity-what = What
activity-address = From where
activity-when = When
activity-kinds-and-days = A kind is a word of the list, and a day is written as 2026-11-30. Choose them from the form.
activity-person = Somebody with no role here today (number { $number })
activity-token = Token { $name }
activity-command = Operator of the server ({ $name })
activity-support = Support
activity-setup = First start
activity-somebody = Somebody

## what was done

activity-signed-in = Signed in
activity-sign-in-failed = Signing in failed
activity-signed-out = Signed out
activity-sessions-ended = Sessions ended
activity-link-made = One-time link made
activity-password-changed = Password set
activity-password-change-failed = Wrong password on one’s own page
activity-email-changed = Email to sign in with changed
activity-factor-set = Second factor set up
activity-factor-removed = Second factor removed
activity-factor-failed = Wrong code
activity-recovery-code-used = Recovery code used
activity-role-given = Role given
activity-role-removed = Role taken away
activity-token-made = Token made
activity-token-revoked = Token taken away
activity-downloaded = Users downloaded
activity-file-sent = Uploaded file downloaded
activity-report-sent = Rows with problems downloaded
activity-changes-sent = List of changes downloaded
activity-activity-sent = Activity downloaded
activity-uploaded = File uploaded
activity-import-completed = Import completed
activity-import-undone = Import undone
activity-account-made = Organisation made
activity-setting-changed = Setting or field changed
activity-user-erased = Person erased
activity-ticket-raised = Ticket raised
activity-ticket-decided = Ticket decided
activity-value-released = Email or username released by support

## what it was about

activity-about-import = Import
activity-about-undoes = Undoes
activity-about-ticket = Ticket
activity-about-user = User ID
activity-about-administrator = Administrator
activity-about-role = Role
activity-about-users = Users
activity-about-cells = Cells
activity-about-rows = Rows
activity-about-fields = Fields
activity-about-field = Field
activity-about-by = Which users
activity-about-token = Token
activity-about-tokens = Tokens
activity-about-sessions = Sessions
activity-about-first = With
activity-about-second = And
activity-about-setting = Setting
activity-about-before = Before
activity-about-after = Now
activity-about-state = Answer
activity-about-quota = Quota
activity-about-most = At most
activity-by-everybody = everybody
activity-by-search = those found by a search
activity-by-selection = a selection
activity-fields-all = all
activity-first-password = password
activity-first-link = one-time link
activity-second-code = code
activity-mail = By mail

## news

news-title = News
news-back = Back
news-none = There is no news. When an import of yours comes to rest or a ticket is answered, it stands here for 60 days.
news-new = New
news-all-seen = Mark all as seen
news-import-done = An import of yours is complete
news-import-review = An import of yours waits for you
news-import-failed = An import of yours could not be read or completed
news-ticket-answered = Support answered a ticket of yours
news-ticket-declined = Support decided about a ticket of yours
news-ticket-free = What a ticket of yours asks for is free now
news-waiting = { $news ->
        [0] News: nothing new
        [one] News: { $news } is new
       *[other] News: { $news } are new
    }
news-mailed = News by mail
news-mailed-hint = When an import of yours comes to rest while you are away, or a ticket is answered.
news-mailed-at-once = At once
news-mailed-never = Never
