
## home

home-choose-an-organisation = Choose an organisation
home-you-have-no-role-in = You have no role in any organisation yet. Ask an owner of yours to give you one.
home-sign-out = Sign out

## link

link-this-link-is-over = This link is over
link-sign-in-with-this-link = Sign in with this link
link-the-link-works-once-afterwards = The link works once. Afterwards you can choose a password under your name, at the top of every page.
link-sign-in = Sign in
link-this-link-has-been-used = This link has been used or is over
link-sign-in-with-a-password = Sign in with a password

## password

password-your-password-was-changed-everywhere = Your password was changed. Everywhere else you were signed out.
password-choose-another-password = Choose another password
password-change-password = Change password
password-new-password = New password
password-old-password = Your password until now
password-the-old-one-is-not-right = That is not your password. Type the one that you sign in with now.
password-type-the-old-one-again = Type your password until now again
password-too-common = This password is among the first that are guessed. Choose another one; several words that do not belong together are good.
password-holds-a-name = The password holds your email or the name of your organisation, which are guessed first. Choose one without them.

## code

code-title = Enter your code
code-title-failed = Error: Enter your code
code-code = Code
code-hint = The six digits that your authenticator app shows now.
code-lost = Phone not at hand? Type one of your recovery codes instead. Without one, ask an owner of your organisation or your operator.
code-begin-again = Sign in as somebody else

## factor

factor-what = With a second factor, signing in asks for a code that an authenticator app on your phone shows, so that your password alone opens nothing.
factor-owed = This organisation asks everybody for a second factor. Set yours up to go on.
factor-set-up = Set up a second factor
factor-another = Set up another phone
factor-remove = Remove the second factor
factor-removed = Your second factor was removed. Everywhere else you were signed out.
factor-wrong = That code is not right, or was used before. Wait for the next one and type it.
factor-scan = Scan this picture with an authenticator app on your phone.
factor-picture = A QR code for your authenticator app
factor-type = Can't scan? Type this key into the app:
factor-confirm = Confirm
factor-set = Your second factor is set up. Everywhere else you were signed out.
factor-codes = Your recovery codes
factor-codes-kept = I have kept them

## sessions

sessions-title = Where you are signed in
sessions-what = Each browser in which you are signed in. If you do not know one, sign it out and change your password.
sessions-this = this browser
sessions-end = Sign out there
sessions-end-others = Sign out everywhere else
sessions-ended = Signed out there.
sessions-unknown-browser = A browser
sessions-unknown-address = an unknown address

## administrators

administrators-with-factor = with a second factor
administrators-without-factor = without a second factor
administrators-remove-factor = Remove the second factor
administrators-factor-removed = The second factor was removed. They were signed out everywhere, and can sign in with their password and set up another one.
administrators-elsewhere = They look after another organisation too, or it is you, so their second factor can't be removed here. Ask your operator.

administrators-is-member = They look after these users already. Change their role in the list.
administrators-known = They sign in to Muster already, and can see this organisation now. Tell them.
administrators-role-changed = The role was changed. It counts at once.
administrators-gone = Their role was taken away. It counts at once.
administrators-last-owner = An organisation needs an owner. Make somebody else an owner first.
administrators-link-label = Link
administrators-you = you
administrators-not-yet-in = no password yet
administrators-new-link = New link to sign in
administrators-remove = Take the role away
administrators-remove-ask = Remove…
administrators-remove-means = They can't see this organisation any more. What they did stays in the history under their email.
administrators-change-role = Change
administrators-invite = Invite somebody
administrators-invite-email = Their email
administrators-invite-role = Role
administrators-invite-button = Make the link
administrators-roles-hint = A viewer looks and downloads. An editor edits and imports too. An owner looks after fields, administrators and tokens as well.
role-viewer = Viewer
role-editor = Editor
role-owner = Owner

## secrets that are shown once

secret-copy = Copy
secret-copied = Copied
secret-once = It is shown only now. Copy it before you leave this page.

## tokens

tokens-lead = A token lets a program read and change your users by REST or the command line. Whoever has it may do what its role may.
tokens-none = There is no token yet.
tokens-revoked = The token was taken away. It counts at once.
tokens-made = The token was made.
tokens-token = Token
tokens-never-used = Not used yet.
tokens-revoke = Revoke
tokens-make = Make a token
tokens-name = Name
tokens-name-hint = What it is for. It stands in the history as who did it.
tokens-days = Ends after days
tokens-days-hint = Leave it empty for a token that does not end.

## one's account

account-name = Your name
account-name-hint = Other owners read it in the list of administrators.
account-password-hint = Needed for another email.
account-email-taken = Somebody else signs in with this email. Type another one.
account-saved = Saved.
account-save = Save

## me

me-pages = Pages about you
organisation-pages = Pages about the organisation

## sign-in

sign-in-the-email-or-the-password = The email or the password is not right. Check both and try again.
sign-in-email = Email
sign-in-password = Password
sign-in-no-password-yet-open-the = No password yet? Open the one-time link that you were given, then choose one.
sign-in-error-sign-in = Error: Sign in

## With numbers, names and links in them

home-role = { $users } users · you are { $role }
link-works-once = A one-time link works once, within { $hours } hours. Ask for a new one, or sign in with your password.
password-at-least = At least { $characters } characters. Several words make a good one.
factor-there = { $codes ->
    [one] You have a second factor, and { $codes } recovery code is left.
   *[other] You have a second factor, and { $codes } recovery codes are left.
 }
factor-codes-what = { $codes ->
    [one] This code signs you in once when your phone is gone. It is shown only now: print it, or keep it where you keep passwords.
   *[other] Each of these { $codes } codes signs you in once when your phone is gone. They are shown only now: print them, or keep them where you keep passwords.
 }
sessions-agent = { $browser } on { $system }
sessions-where = From { $address }
sessions-when = Since { $begun }, last used { $seen }
administrators-link = { $email } comes in by this link, once, within { $hours } hours, and chooses a password then.
administrators-remove-who = Remove { $email }?
administrators-role-of = Role of { $email }
tokens-used = Last used { $at }.
tokens-made-at = Made { $at }.
tokens-ends = Ends { $at }.
tokens-type-a-name = Type a name of { $most } characters at the most.
sign-in-wait = { $seconds ->
    [one] Signing in failed too often. Try again in { $seconds } second.
   *[other] Signing in failed too often. Try again in { $seconds } seconds.
 }
password-too-short = The password is too short. Use at least { $characters } characters; several words are good.
password-too-long = The password is too long. Use at most { $characters } characters.

## the first start

setup-title = Set up Muster
setup-error-title = Error: Set up Muster
setup-lead = Make your organisation, and sign in as its owner. Others can be invited afterwards.
setup-organisation = Name of the organisation
setup-email = Your email
setup-password = Password
setup-make = Make the organisation
setup-type-the-name = Type the name of your organisation.
setup-name-too-long = Shorten the name to { $most } characters.
setup-type-an-email = Type an email, such as pat@acme.example.
setup-over = This link is over
setup-over-text = It works once, within 24 hours of the start of the server, and only as long as nobody owns an organisation here. Sign in, or start the server again to have a new link.

password-show = Show
password-hide = Hide
password-show-password = Show password
