## operators: organisations

operator-title = Operators
operator-organisations = Organisations
operator-error-title = Error: Organisations
operator-error-of = Error: { $name }
operator-tickets-tab = Tickets
operator-feedback = Feedback on the help
operator-state = Workers and sizes
operator-state-of-it = State
operator-waiting = Imports waiting
operator-files = Files kept
operator-told = Told “elsewhere”
operator-mebibytes = { $mebibytes } MiB
operator-is-in-use = In use
operator-is-suspended = Suspended
operator-is-practice = Practice
operator-is-removing = Being removed
operator-make = Make an organisation
operator-owner = Email of its owner
operator-owner-hint = You get a link for them, which is shown once. Whoever signs in here already needs none.
operator-make-button = Make it
operator-made = { $name } was made. Its short name is { $slug }.
operator-made-known = { $email } owns it, and signs in as before.
operator-removal-begun = It is being removed. Nobody can use it any more; the last of its data is gone in a while.

## operators: one organisation

operator-holds = What it has, and may have
operator-told-by-day = Told “elsewhere” in the last { $days } days
operator-told-means = How many emails and usernames of its files belonged to somebody of another organisation. Much of that in a day is somebody who tries out addresses.
operator-told-never = Not once.
operator-told-values = { $values ->
    [one] 1 value
   *[other] { $values } values
}
operator-rename = Name
operator-rename-button = Change the name
operator-renamed = The name was changed.
operator-suspend = Suspend it
operator-suspend-means = Nobody can look, edit or upload, and its tokens are refused, until you let them in again. Its data stay.
operator-why = Why
operator-why-hint = Everybody who comes reads this. Say what they can do.
operator-write-why = Say why, in up to { $most } letters.
operator-suspend-button = Suspend it
operator-suspended = Nobody can use it now, and everybody who comes is told why.
operator-suspended-why = It is suspended. People are told: { $why }
operator-resume = Let everybody in again
operator-resume-button = Let them in
operator-resumed = Everybody can use it again.
operator-remove = Remove it
operator-remove-means = { $users ->
    [one] 1 user with its history, and all files, tickets, tokens and roles of the organisation, are removed for good.
   *[other] { $users } users with their history, and all files, tickets, tokens and roles of the organisation, are removed for good.
} Emails and usernames become free. Backups that were made before still hold it.
operator-type-the-slug = To remove it, type its short name: { $slug }
operator-remove-button = Remove it for good

## operators: feedback, workers, sizes

operator-by-reason = By reason
operator-feedback-sum = Helped: { $helped }. Did not help: { $others }.
operator-no-feedback = Nobody has said this.
operator-as-of = As of { $when }
operator-workers = Workers
operator-workers-live = { $workers ->
    [0] No worker of this process is alive.
    [one] 1 worker of this process is alive.
   *[other] { $workers } workers of this process are alive.
}
operator-nothing-under-way = No import is being worked on, and none waits for a worker.
operator-stage = Stage
operator-worker = Worker
operator-waits = Waits for one
operator-fence = Times taken
operator-deaths = Workers died
operator-sizes = Sizes
operator-uploads = Uploads that are kept
operator-table = Table
operator-rows = Rows
operator-rows-about = about { $rows }
operator-rows-from = { $rows } or more
operator-bytes = Size
