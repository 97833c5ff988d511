## the article

help-title = Viele Benutzer auf einmal bearbeiten
help-error-title = Fehler: Viele Benutzer auf einmal bearbeiten
help-lead = Laden Sie Ihre Benutzer als Tabelle herunter, bearbeiten Sie sie dort und importieren Sie die Datei wieder. Was Sie nicht bearbeiten, bleibt unberührt. { $demo }.
help-scroll-to-demo = Weiter unten steht eine kurze Vorführung
help-go-to-users = Zu den Benutzern
help-on-this-page = Auf dieser Seite

help-steps = In einer Tabelle bearbeiten
help-step-users = Klicken Sie zu Beginn auf { $users }.
help-step-menu = Klicken Sie auf { $menu }, um das Menü zu öffnen.
help-step-choose-download = Wählen Sie { $download }.
help-step-download = Klicken Sie auf der Seite, die sich öffnet, auf { $download }, und öffnen Sie dann die Tabelle auf Ihrem Gerät.
help-step-columns = Bearbeiten Sie, was Sie ändern möchten. Ab Spalte B stehen Daten, die sich bearbeiten lassen.
help-step-user-id = Lassen Sie Spalte A, die Benutzer-ID, wie sie ist: Sie sagt, zu welchem Benutzer eine Zeile gehört.
help-step-save = Wenn Sie fertig sind, speichern Sie die Datei und schließen Sie sie.
help-step-back = Gehen Sie zurück zu { $users } und klicken Sie noch einmal auf { $menu }.
help-step-import = Wählen Sie { $import }.
help-step-select = Klicken Sie auf { $select } und wählen Sie die Datei, die Sie gerade bearbeitet haben, auf Ihrem Gerät.
help-step-wait = Große Dateien brauchen eine Weile, eine Million Benutzer etwa eine Minute. Sie dürfen die Seite schließen oder neu laden: Die Arbeit geht weiter, und die Seite zeigt, wie weit sie ist.
help-step-done = Wenn die Aktualisierung fertig ist, sehen Sie, wie viele es waren: „312 Benutzer wurden erfolgreich bearbeitet“.

help-know = Gut zu wissen
help-note-rows = Behalten Sie die Zeilen 1 und 2. Zeile 2 sagt, welche Spalte welches Feld ist und aus welchem Download die Datei stammt.
help-note-column = Behalten Sie Spalte A. Eine Zeile mit geänderter Benutzer-ID gehört zu jemand anderem oder zu niemandem.
help-note-delete = Löschen Sie die Zeilen und Spalten, die Sie nicht brauchen. Jene Benutzer berührt das nicht.
help-note-new = Um Benutzer hinzuzufügen, nehmen Sie aus demselben Menü die Vorlage für neue Benutzer. Bei einer Zeile ohne Benutzer-ID wird gefragt, bevor jemand angelegt wird.
help-note-formats = Excel, LibreOffice, Google Tabellen und Numbers sind recht, als xlsx, ods oder csv. Was eine Tabelle von selbst beschädigt, etwa führende Nullen, wird bemerkt und bleibt, wie es war.

help-red = Was nicht stimmt, ist rot
help-red-text = Eine Zelle, die sich nicht verwenden lässt, ist rot, hat ein ! vor sich und sagt, warum. Berichtigen Sie sie am Bildschirm, eine Zelle oder alle gleichen, und schließen Sie ab. Benutzer, die Sie auslassen, bleiben, wie sie sind, und ihre Zeilen lassen sich herunterladen, um sie in der Tabelle zu berichtigen.
help-conflicts-text = Wo jemand anderes eine Zelle geändert hat, nachdem Sie sie heruntergeladen hatten, stehen beide Werte da, und Sie wählen.

help-in-use = „E-Mail/Benutzername ist bereits vergeben“
help-in-use-text = Eine E-Mail oder ein Benutzername gehört zu einem Benutzer. Ist der andere in Ihrer Datei oder in Ihrer Organisation, sagt die Zelle, wer es ist, und Sie ändern eines von beiden. Gehört er nicht zu Ihnen, fragen Sie den Support und lassen Sie die Zeile aus: Der Rest der Datei wird ohne sie abgeschlossen.

help-undo = Einen Import rückgängig machen
help-undo-text = Öffnen Sie ihn unter { $imports } und wählen Sie { $undo }. Was jemand seitdem geändert hat, bleibt, wie es ist, und wird genannt.

## the demo: what each step says while it is seen

help-demo = Eine kurze Vorführung
help-demo-note = { $seconds } Sekunden, ohne Ton. Das zeigt sie:
help-demo-name = Video: Viele Benutzer auf einmal bearbeiten
demo-users = Klicken Sie zu Beginn auf „Benutzer“ (im Film: Users).
demo-menu = Klicken Sie auf ⋮, um das Menü zu öffnen.
demo-choose-download = Wählen Sie „Benutzerdaten herunterladen“.
demo-download = Klicken Sie auf „Herunterladen“ und öffnen Sie die Datei in Ihrem Tabellenprogramm.
demo-edit = Bearbeiten Sie ab Spalte B, speichern und schließen Sie die Datei. Hier ist eine Abteilung absichtlich falsch geschrieben.
demo-back = Öffnen Sie wieder unter „Benutzer“ noch einmal das Menü.
demo-import = Wählen Sie „Benutzerdaten importieren“.
demo-select = Wählen Sie die Datei aus. Noch wird nichts geändert: Sie sehen, was sich ändern würde, und was nicht stimmt, ist rot.
demo-red = Berichtigen Sie es am Bildschirm, alle gleichen Zellen in einem Schritt.
demo-complete = Aktualisieren Sie. „12 Benutzer wurden erfolgreich bearbeitet“.

## was it helpful

help-helpful = War dieser Artikel hilfreich?
help-yes = Ja
help-no = Nein
help-what-was-missing = Was stimmte daran nicht? Wählen Sie mindestens eines.
help-reason-find = Ich habe nicht gefunden, was ich suchte
help-reason-step = Ein Schritt ging nicht
help-reason-hard = Es ist schwer zu verstehen
help-reason-outdated = Die Seiten sehen anders aus, als beschrieben
help-reason-missing = Etwas fehlt
help-in-your-words = In Ihren Worten (freiwillig, bis zu 1.000 Zeichen, bitte nichts über Ihre Benutzer)
help-send = Senden
help-leave-empty = Lassen Sie dies leer
help-thanks-yes = Das freut uns! Danke für Ihre Rückmeldung.
help-thanks-no = Danke für Ihre Rückmeldung. Wir nutzen sie, um den Artikel zu verbessern.
help-often = Aus Ihrem Netz kamen in der letzten Stunde viele Rückmeldungen, diese wurde deshalb nicht aufbewahrt. Senden Sie sie bitte in einer Stunde noch einmal.
help-choose-a-reason = Wählen Sie mindestens einen der Gründe.
help-too-long = Das sind { $characters } Zeichen. Kürzen Sie auf { $most }.
help-send-again = Die Seite war zu lange offen, oder noch keine zwei Sekunden. Nichts ist verloren: Klicken Sie bitte noch einmal auf Senden.
