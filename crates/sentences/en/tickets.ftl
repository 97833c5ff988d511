# Tickets: what an organisation asks of support, and what support does with it. Who has a value is told to nobody but support.

ticket-raise = Raise a ticket
ticket-raise-for-all = Raise one ticket for all that nobody here has
ticket-back-to-problems = Back to the problems
ticket-what-happens = { $rows ->
    [one] Support looks into it and answers here: you learn whether it is free, never whose it was. This row waits; the rest of your file does not.
   *[other] Support looks into it and answers here: you learn whether they are free, never whose they were. These { $rows } rows wait; the rest of your file does not.
 }
ticket-organisation = Organisation
ticket-import = Import
ticket-user = User
ticket-message = Message
ticket-row = row { $row }
ticket-more-cells = { $cells ->
    [one] and { $cells } more
   *[other] and { $cells } more
 }
ticket-words = Anything support should know?
ticket-not-required = Not required
ticket-words-hint = Support sees the lines above and your words, nothing else of the file. Please write no passwords.
ticket-send = Send to support
ticket-close = Close
ticket-cancel = Cancel
ticket-nothing-to-ask = There is nothing to ask support here: what is in use is your organisation’s own or another row’s, it was put right, or a ticket asks for it already.
ticket-too-long = Support takes up to { $most } letters at once. Shorten your words and send again; nothing was sent yet.
ticket-too-long-kept = That is longer than a ticket takes at once. Write it in two parts.
ticket-too-many = Your organisation has as many open tickets as it may have. Take back one that you need no more, then send again.
ticket-is-with-support = { $rows ->
    [one] Ticket { $number } is with support. Its row waits; the rest of the file does not. You read the answer here.
   *[other] Ticket { $number } is with support. Its { $rows } rows wait; the rest of the file does not. You read the answer here.
 }
ticket-support-page = Support is also at { $link }.
ticket-support-email = You can also write to { $link }.

place-with-support = With support
bar-with-support = { $users ->
    [one] { $users } waits for support
   *[other] { $users } wait for support
 }

ticket-none-here = No row of this import waits for support.
ticket-number = Ticket { $number }
ticket-rows-of = Rows of ticket { $number }
ticket-value = Value
ticket-values = What it asks for
ticket-field = Field
ticket-bring-back = Bring the rows back
ticket-take-back = Take the ticket back
ticket-brought-back-of = Ticket { $number } of { $file }

ticket-tickets = Tickets
ticket-ticket = Ticket
ticket-rows = Rows
ticket-state = Where it stands
ticket-when = Raised
ticket-none-yet = There are no tickets. One is raised from a red cell of an import whose email or username is in use outside your organisation.
ticket-state-open = Waits for support
ticket-state-free = It is free now
ticket-state-answered = Support answered
ticket-state-declined = Not released
ticket-state-withdrawn = Taken back
ticket-state-unreadable = Can’t be read
ticket-state-closed = Closed
ticket-raised = Raised by { $who }, { $when }
ticket-outcome-open = Support has it. Its rows wait; you can bring them back or take the ticket back at any time.
ticket-outcome-free = It is free now. Bring the rows back: they are judged again with everything else that they change.
ticket-outcome-answered = Support answered below. Bring the rows back when they can go on, or write back.
ticket-outcome-declined = Support can’t release it. Bring the rows back to give them another email or username, or take the ticket back.
ticket-outcome-gone = The users of its rows were erased, so there is nothing to bring back. Take the ticket back.
ticket-outcome-withdrawn = This ticket was taken back.
ticket-outcome-closed = The rows were brought back and their import is done.
ticket-new-user = a new user
ticket-is-free = free now
ticket-written = What was written
ticket-support = Support
ticket-add-words = Add something
ticket-write = Send to support too
ticket-was-taken-back = The ticket was taken back.
ticket-was-written = Support reads it with the ticket.
ticket-is-over = That is done already: the ticket was brought back, taken back or decided about meanwhile.
ticket-not-yet = The import of these rows is being worked on. Try again in a moment.

ticket-rows-wait = { $rows ->
    [one] { $rows } row waits for support: { $link }
   *[other] { $rows } rows wait for support: { $link }
 }
ticket-rows-decided = { $rows ->
    [one] Support has answered about { $rows } row. Bring it back: { $link }
   *[other] Support has answered about { $rows } rows. Bring them back: { $link }
 }
ticket-support-changed = Changes by support
ticket-support-changed-told = Support changed how these users sign in, because the email or username is needed by somebody else. Their history says what it was.
ticket-dismiss = I have read this

operator-tickets = Tickets of all organisations
operator-which = Which tickets
operator-all = All
operator-no-tickets = No ticket waits.
operator-email = Email
operator-username = Username
operator-asked-for = Asked for by
operator-has-it = Who has it
operator-nobody = Nobody has it now.
operator-theirs = A user of the organisation that asks has it by now. Answer the ticket.
operator-active = active
operator-inactive = inactive
operator-changed = changed last { $when }
operator-replacement = What this user signs in with from now on
operator-replacement-needed = An email or a username. This user is active and signs in with nothing else.
operator-replacement-not-needed = An email or a username. Leave it empty where none is needed.
operator-release = Release it
operator-release-told = It is taken from this user, in their history, and their organisation’s owners are told. Who asked learns only that it is free.
operator-say-free = Say that it is free
operator-say-free-told = Who asked learns that it is free now.
operator-needs-replacement = This user is active and signs in with nothing else. Type the email or username that they sign in with from now on.
operator-busy = That user was changed just now, or an import of their organisation is being applied. Nothing was released; try again in a moment.
operator-declined = This ticket was declined, so nothing was released. It is open again when the organisation that raised it writes on it: release the value then.
operator-released = It is free now, and whoever asked can read that.
operator-sent = Your answer is on the ticket.
operator-answer-words = Your answer
operator-answer-hint = Who asked reads it. Don’t say whose the value is.
operator-answer = Send the answer
operator-decline = Decline
operator-write-words = Write an answer of up to { $most } letters.
operator-names-holder = Your answer names the organisation or the User ID of who has the value. Say it without that; it was not sent.
