### Mails, plain text. Links stand on lines of their own beneath.

mail-closing = Diese Mail hat Muster geschrieben; dort werden die Benutzer Ihrer Organisation verwaltet.
mail-password-subject = Neues Passwort für Muster wählen
mail-password-lead = Jemand, hoffentlich Sie, hat ein neues Passwort zum Anmelden bei Muster angefordert. Öffnen Sie diesen Link innerhalb einer Stunde und wählen Sie eines. Er gilt einmal.
mail-password-not-you = Wenn Sie das nicht waren, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist.
mail-invitation-subject = Sie verwalten jetzt die Benutzer von { $organisation }
mail-invitation-lead = Ein Inhaber von { $organisation } hat Ihnen eine Rolle in Muster gegeben; dort werden die Benutzer der Organisation verwaltet.
mail-invitation-link = Öffnen Sie diesen Link innerhalb von { $hours } Stunden und wählen Sie ein Passwort. Er gilt einmal.
mail-invitation-known = Melden Sie sich an wie bisher:
mail-release-subject = Der Support hat einen Benutzer von { $organisation } geändert
mail-release-lead = Der Support hat einem Benutzer von { $organisation } eine E-Mail oder einen Benutzernamen genommen. Wem, steht auf der Seite Ihrer Benutzer.
mail-import-done-subject = { $organisation }: Ihr Import ist abgeschlossen
mail-import-done-lead = Ein Import, den Sie begonnen haben, wurde abgeschlossen:
mail-import-review-subject = { $organisation }: Ihr Import wartet auf Sie
mail-import-review-lead = Ein Import, den Sie begonnen haben, wurde gelesen und geprüft und wartet darauf, dass Sie ihn ansehen:
mail-import-failed-subject = { $organisation }: Ihr Import konnte nicht gelesen werden
mail-import-failed-lead = Ein Import, den Sie begonnen haben, konnte nicht gelesen oder abgeschlossen werden. Was zu tun ist, steht dort:
mail-ticket-answered-subject = { $organisation }: Der Support hat auf Ihr Ticket geantwortet
mail-ticket-answered-lead = Der Support hat auf ein Ticket geantwortet, das Sie eröffnet haben:
mail-ticket-declined-subject = { $organisation }: Der Support hat über Ihr Ticket entschieden
mail-ticket-declined-lead = Der Support kann nicht geben, worum ein Ticket von Ihnen bittet. Warum, steht dort:
mail-ticket-free-subject = { $organisation }: Worum Sie gebeten haben, ist jetzt frei
mail-ticket-free-lead = Worum ein Ticket von Ihnen bittet, ist jetzt frei. Seine Zeilen können zurückgeholt werden:
mail-news-never = Auf der Seite „Mein Konto“ können Sie wählen, keine solchen Mails zu bekommen.

## pages about mail

forgot-link = Passwort vergessen?
forgot-title = Passwort vergessen?
forgot-hint = Wenn sich jemand mit dieser E-Mail anmeldet, wird dorthin ein Link geschickt, um ein neues Passwort zu wählen.
forgot-send = Link schicken
forgot-sent = Wenn sich jemand mit dieser E-Mail anmeldet, ist ein Link unterwegs. Er gilt einmal, innerhalb einer Stunde.
forgot-not-come = Nach einigen Minuten keine Mail? Sehen Sie bei den unerwünschten Mails nach, oder bitten Sie einen Inhaber Ihrer Organisation um einen Link.
forgot-ask = Bitten Sie einen Inhaber Ihrer Organisation um einen neuen Link: Auf der Seite „Administratoren“ kann er einen für Sie erstellen. Wenn Sie der einzige Inhaber sind, wenden Sie sich an den Betreiber dieses Muster.
forgot-back = Zurück zur Anmeldung
administrators-mailed = Eine Einladung wurde an { $email } geschickt. Ihr Link gilt einmal, innerhalb von { $hours } Stunden.
administrators-invite-mail = Einladung schicken
