### Wer in einer Organisation was getan hat, für die Inhaber.

activity-title = Aktivität
activity-lead = Wer in dieser Organisation was getan hat, von wo und wann. Die Zeilen werden { $days ->
        [one] einen Tag
       *[other] { $days } Tage
    } lang aufgehoben und enthalten keinen Wert eines Benutzers.
activity-none = Diese Filter lassen keine Zeile durch.
activity-newest = Neueste
activity-file = Als csv herunterladen
activity-kind = Art
activity-all-kinds = Alle Arten
activity-who = Wer
activity-everybody = Alle
activity-from-day = Ab Tag (UTC)
activity-to-day = Bis Tag (UTC)
activity-show = Anzeigen
activity-show-all = Alle anzeigen
activity-what = Was
activity-address = Von wo
activity-when = Wann
activity-kinds-and-days = Eine Art ist ein Wort der Liste, und ein Tag wird wie 2026-11-30 geschrieben. Wählen Sie sie im Formular.
activity-person = Jemand ohne Rolle hier (Nummer { $number })
activity-token = Token { $name }
activity-command = Betreiber des Servers ({ $name })
activity-support = Support
activity-setup = Erster Start
activity-somebody = Jemand

## what was done

activity-signed-in = Angemeldet
activity-sign-in-failed = Anmeldung gescheitert
activity-signed-out = Abgemeldet
activity-sessions-ended = Sitzungen beendet
activity-link-made = Einmal-Link erstellt
activity-password-changed = Passwort gesetzt
activity-password-change-failed = Falsches Passwort auf der eigenen Seite
activity-email-changed = E-Mail zum Anmelden geändert
activity-factor-set = Zweiter Faktor eingerichtet
activity-factor-removed = Zweiter Faktor entfernt
activity-factor-failed = Falscher Code
activity-recovery-code-used = Wiederherstellungscode benutzt
activity-role-given = Rolle gegeben
activity-role-removed = Rolle entzogen
activity-token-made = Token erstellt
activity-token-revoked = Token entzogen
activity-downloaded = Benutzer heruntergeladen
activity-file-sent = Hochgeladene Datei heruntergeladen
activity-report-sent = Zeilen mit Problemen heruntergeladen
activity-changes-sent = Liste der Änderungen heruntergeladen
activity-activity-sent = Aktivität heruntergeladen
activity-uploaded = Datei hochgeladen
activity-import-completed = Import abgeschlossen
activity-import-undone = Import rückgängig gemacht
activity-account-made = Organisation angelegt
activity-setting-changed = Einstellung oder Feld geändert
activity-user-erased = Person gelöscht
activity-ticket-raised = Ticket eröffnet
activity-ticket-decided = Ticket entschieden
activity-value-released = E-Mail oder Benutzername vom Support freigegeben

## what it was about

activity-about-import = Import
activity-about-undoes = Macht rückgängig
activity-about-ticket = Ticket
activity-about-user = User ID
activity-about-administrator = Administrator
activity-about-role = Rolle
activity-about-users = Benutzer
activity-about-cells = Zellen
activity-about-rows = Zeilen
activity-about-fields = Felder
activity-about-field = Feld
activity-about-by = Welche Benutzer
activity-about-token = Token
activity-about-tokens = Tokens
activity-about-sessions = Sitzungen
activity-about-first = Mit
activity-about-second = Und
activity-about-setting = Einstellung
activity-about-before = Vorher
activity-about-after = Jetzt
activity-about-state = Antwort
activity-about-quota = Kontingent
activity-about-most = Höchstens
activity-by-everybody = alle
activity-by-search = die von einer Suche gefundenen
activity-by-selection = eine Auswahl
activity-fields-all = alle
activity-first-password = Passwort
activity-first-link = Einmal-Link
activity-second-code = Code
activity-mail = Per Mail

## news

news-title = Neuigkeiten
news-back = Zurück
news-none = Es gibt keine Neuigkeiten. Wenn ein Import von Ihnen zur Ruhe kommt oder ein Ticket beantwortet wird, steht es hier 60 Tage lang.
news-new = Neu
news-all-seen = Alle als gesehen markieren
news-import-done = Ein Import von Ihnen ist abgeschlossen
news-import-review = Ein Import von Ihnen wartet auf Sie
news-import-failed = Ein Import von Ihnen konnte nicht gelesen oder abgeschlossen werden
news-ticket-answered = Der Support hat auf ein Ticket von Ihnen geantwortet
news-ticket-declined = Der Support hat über ein Ticket von Ihnen entschieden
news-ticket-free = Worum ein Ticket von Ihnen bittet, ist jetzt frei
news-waiting = { $news ->
        [0] Neuigkeiten: keine neuen
        [one] Neuigkeiten: { $news } neue
       *[other] Neuigkeiten: { $news } neue
    }
news-mailed = Neuigkeiten per Mail
news-mailed-hint = Wenn ein Import von Ihnen zur Ruhe kommt, während Sie weg sind, oder ein Ticket beantwortet wird.
news-mailed-at-once = Sofort
news-mailed-never = Nie
