### Mails, plain text. Links stand on lines of their own beneath.

mail-closing = This mail was written by Muster, which looks after your organisation’s users.
mail-password-subject = Choose a new password for Muster
mail-password-lead = Somebody, you we hope, asked for a new password to sign in to Muster. Open this link within an hour and choose one. It works once.
mail-password-not-you = If it was not you, nothing has to be done: your password stays as it is.
mail-invitation-subject = You now look after the users of { $organisation }
mail-invitation-lead = An owner of { $organisation } gave you a role in Muster, where the organisation’s users are looked after.
mail-invitation-link = Open this link within { $hours } hours and choose a password. It works once.
mail-invitation-known = Sign in as you do today:
mail-release-subject = Support changed a user of { $organisation }
mail-release-lead = Support took an email or a username from a user of { $organisation }. The page of your users says whose.
mail-import-done-subject = { $organisation }: your import is complete
mail-import-done-lead = An import that you began was completed:
mail-import-review-subject = { $organisation }: your import waits for you
mail-import-review-lead = An import that you began was read and checked, and waits for you to look at it:
mail-import-failed-subject = { $organisation }: your import could not be read
mail-import-failed-lead = An import that you began could not be read or completed. What to do is said there:
mail-ticket-answered-subject = { $organisation }: support answered your ticket
mail-ticket-answered-lead = Support answered a ticket that you raised:
mail-ticket-declined-subject = { $organisation }: support decided about your ticket
mail-ticket-declined-lead = Support can’t give what a ticket of yours asks for. Why is said there:
mail-ticket-free-subject = { $organisation }: what you asked for is free now
mail-ticket-free-lead = What a ticket of yours asks for is free now. Its rows can be brought back:
mail-news-never = You can choose to get no such mails on the page “My account”.

## pages about mail

forgot-link = Forgot your password?
forgot-title = Forgot your password?
forgot-hint = If somebody signs in with this email, a link to choose a new password is mailed there.
forgot-send = Mail a link
forgot-sent = If somebody signs in with this email, a link is on its way. It works once, within an hour.
forgot-not-come = No mail after a few minutes? Look among unwanted mail, or ask an owner of your organisation for a link.
forgot-ask = Ask an owner of your organisation for a new link: on their page “Administrators” they can make one for you. If you own it alone, ask the operator of this Muster.
forgot-back = Back to sign in
administrators-mailed = An invitation was mailed to { $email }. Its link works once, within { $hours } hours.
administrators-invite-mail = Mail an invitation
