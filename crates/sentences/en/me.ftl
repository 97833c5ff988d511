
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
sign-in-wait = { $seconds ->
    [one] Signing in failed too often. Try again in { $seconds } second.
   *[other] Signing in failed too often. Try again in { $seconds } seconds.
 }
password-too-short = The password is too short. Use at least { $characters } characters; several words are good.
password-too-long = The password is too long. Use at most { $characters } characters.
