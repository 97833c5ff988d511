

## done

done-all-is-so = Alles ist schon so: Es gab nichts zu ändern.
progress-waits = Wartet, bis die Reihe kommt
done-what-changed = Was sich geändert hat
done-users = Benutzer
done-import-history = Verlauf der Importe
done-not-put-back = Nicht zurückgesetzt
done-these-values-could-not-be = Diese Werte ließen sich nicht zurücksetzen, die Benutzer bleiben deshalb, wie sie jetzt sind:
done-see-the-undo = Zum Rückgängigmachen
done-undo-the-undo = Das Rückgängigmachen zurücknehmen
done-undo-this-import = Diesen Import rückgängig machen
done-the-file-says-nothing-that = Alle Benutzer sind schon so, wie die Datei sagt. Es wurde nichts geändert.

## ended

ended-the-import-failed = Der Import kam nicht zustande
ended-the-import-was-cancelled = Der Import wurde abgebrochen
ended-unreadable = Dieser Import ist nicht lesbar
ended-nothing-was-changed = Nichts wurde geändert.
ended-file = Datei
ended-started-by = Von
ended-when = Wann
ended-import-another-file = Andere Datei importieren
ended-download-user-data = Benutzerdaten herunterladen

## history

history-a-file-without-a-name = Eine Datei ohne Namen
history-waits-for-review = Wartet auf Prüfung
history-edited-by-hand = Von Hand bearbeitet
history-cancelled = Abgebrochen
history-unreadable = Nicht lesbar
history-failed = Nicht zustande gekommen
history-undone = Rückgängig gemacht
history-done = Fertig
history-undo = Rückgängig machen
history-import-user-data = Benutzerdaten importieren
history-nothing-has-been-imported-yet = Es wurde noch nichts importiert.
history-users-edited = Bearbeitete Benutzer
history-state = Stand
history-newest = ← Neueste
history-older = Ältere →
history-imports-table = Importe, Tabelle
history-pages-of-imports = Seiten mit Importen

## notice

notice-the-directory-changed-since-you = Das Verzeichnis hat sich geändert, seit Sie diese Seite geöffnet haben, und damit auch, was geschehen würde. Noch wurde nichts getan: Sehen Sie die Prüfung noch einmal durch und schließen Sie dann ab.
notice-too-many-users = Es sollen mehr Benutzer angelegt werden, als Platz ist, deshalb wurde nichts geändert. Wie viele es sein können, steht unten.
notice-that-file-is-larger-than = Diese Datei ist größer, als angenommen wird, und wurde deshalb nicht hinzugefügt. Löschen Sie Zeilen, die Sie nicht bearbeiten, und laden Sie sie dann hoch.
notice-the-import-is-no-longer = Der Import ist nicht mehr in Prüfung, die Datei wurde deshalb nicht hinzugefügt. Laden Sie sie als eigenen Import hoch.
notice-that-cell-is-not-among = Diese Zelle gehört nicht mehr zu den Problemen. Hier ist die Prüfung, wie sie jetzt steht.
notice-saved-users-will-be-created = Gespeichert: Für diese Zeilen werden Benutzer angelegt, wenn Sie abschließen.
notice-it-was-too-late-to = Zum Abbrechen war es zu spät: Der Import ist schon am Ende.
notice-saved-those-users-are-left = Gespeichert: Diese Benutzer werden ausgelassen und bleiben, wie sie sind.
notice-nothing-was-entered-so-nothing = Es wurde nichts eingetragen und deshalb nichts gespeichert.
notice-there-is-nothing-to-undo = Hier gibt es nichts mehr rückgängig zu machen.
notice-your-decision-was-saved = Ihre Entscheidung wurde gespeichert.
notice-your-choices-were-saved = Ihre Auswahl wurde gespeichert.
notice-saved-taken-in-again = Gespeichert: wieder aufgenommen.
notice-done-again = Wiederholt.
notice-nothing-was-changed-yet-first = Noch wurde nichts geändert. Zuerst:

## progress

progress-the-file-has-arrived-and = Die Datei ist angekommen und wartet, bis die Reihe kommt
progress-checking-emails-usernames-and-managers = E-Mails, Benutzernamen und Führungskräfte werden geprüft
progress-looking-up-the-earlier-values = Die früheren Werte werden gesucht
progress-updating-users-from = Benutzer werden aktualisiert aus
progress-read-and-compare = Lesen und vergleichen
progress-updating-users = Benutzer werden aktualisiert
progress-update-users = Benutzer aktualisieren
progress-working-on = In Arbeit:
progress-importing = Import von
progress-uploaded = Hochgeladen
progress-review = Prüfung
progress-check = Abgleich
progress-ready = Fertig
progress-cancel-the-import = Import abbrechen

## report

report-there-are-no-rows-to = Von diesem Import gibt es keine Zeilen herunterzuladen. Gehen Sie zurück und sehen Sie nach, wie er steht.

## strip

strip-import-waits-for-your-review = Ein Import wartet auf Prüfung
strip-open-imports = Offene Importe

## upload

upload-complete-at-once-if-nothing = Von selbst abschließen, wenn alles stimmt
upload-select-a-file-to-import-2 = Wählen Sie eine Datei zum Importieren.
upload-import-the-file-that-you = Importieren Sie die Datei, die Sie heruntergeladen und bearbeitet haben. Nichts wird geändert, bevor Sie gesehen haben, was sich ändert.
upload-with-an-error-a-conflict = Setzen Sie diesen Haken, bevor Sie die Datei wählen. Bei einem Fehler, einem Konflikt oder einer Änderung, die viele Benutzer hart trifft, prüfen Sie trotzdem.
upload-import = Importieren
upload-select-a-file-to-import = Datei zum Importieren wählen

## viewed

viewed-you = Ihnen

## With numbers, names and links in them

done-download = { $link }. Berichtigen Sie sie in der Datei und laden Sie diese noch einmal hoch.
done-download-conflicts = Zeilen herunterladen, deren Konflikte blieben, wie sie waren
done-download-row = Ausgelassene Zeile herunterladen
done-rows-left-out = Die { $rows } ausgelassenen Zeilen herunterladen
done-undone-creations = { $users ->
    [one] Rückgängig gemacht: { $users } Benutzer ist wie zuvor
   *[other] Rückgängig gemacht: { $users } Benutzer sind wie zuvor
 }
done-undone = { $users ->
    [one] Rückgängig gemacht: { $users } Benutzer hat wieder die früheren Werte
   *[other] Rückgängig gemacht: { $users } Benutzer haben wieder ihre früheren Werte
 }
done-undo-of-undo = { $users ->
    [one] Macht { $users } Benutzer wieder so wie vor diesem Rückgängigmachen.
   *[other] Macht { $users } Benutzer wieder so wie vor diesem Rückgängigmachen.
 }
done-undo-edits = Gibt { $users ->
    [one] { $users } Benutzer
   *[other] { $users } Benutzern
 } { $values ->
    [one] den früheren Wert
   *[other] die früheren Werte
 } zurück.
done-undo-creations = { $new ->
    [one] Zieht { $new } neuen Benutzer zurück: aus Listen und Downloads; der Verlauf bleibt.
   *[other] Zieht { $new } neue Benutzer zurück: aus Listen und Downloads; der Verlauf bleibt.
 }
done-undo-both = Zieht { $new ->
    [one] { $new } neuen Benutzer
   *[other] { $new } neue Benutzer
 } zurück und gibt { $users ->
    [one] { $users } Benutzer
   *[other] { $users } Benutzern
 } die früheren Werte zurück.
done-was-undone = Dies wurde rückgängig gemacht. { $link }
done-undo-keeps = Was jemand seitdem geändert hat, behält seinen späteren Wert und wird genannt.
done-left-out = { $users ->
    [one] { $users } Benutzer wurde ausgelassen und blieb wie zuvor.
   *[other] { $users } Benutzer wurden ausgelassen und blieben wie zuvor.
 }
done-cleared = { $values ->
    [one] { $values } Wert wurde geleert.
   *[other] { $values } Werte wurden geleert.
 }
history-in-progress = In Arbeit – { $percent } %
history-undo-of = Rückgängig gemacht: { $file }
notice-corrections = { $corrections ->
    [one] { $corrections } Berichtigung gespeichert.
   *[other] { $corrections } Berichtigungen gespeichert.
 }
notice-still-wrong = { $errors ->
    [one] Gespeichert, aber { $errors } Fehler ist noch da.
   *[other] Gespeichert, aber { $errors } Fehler sind noch da.
 }
notice-undone = Rückgängig gemacht.
notice-put-right = { $link }, oder lassen Sie diese Benutzer aus
notice-errors = { $errors ->
    [one] { $errors } Fehler
   *[other] { $errors } Fehler
 } berichtigen
notice-decide = { $link }, oder lassen Sie sie, wie sie jetzt sind
notice-conflicts = { $conflicts ->
    [one] { $conflicts } Konflikt
   *[other] { $conflicts } Konflikte
 } entscheiden
progress-title = { $verb } { $file }
progress-close = Sie können diese Seite schließen: Die Arbeit geht weiter, und die Seite zeigt, wie weit sie ist, wenn Sie zurückkommen. Hochgeladen von { $who }, { $when }.
progress-step-done = (fertig)
progress-reading = Die Datei wird gelesen: { $done } von { $total }
progress-users = Benutzer werden aktualisiert: { $done } von { $total }
strip-in-progress = Import in Arbeit – { $percent } %
upload-no-file-yet = Noch keine Datei? Zuerst: { $link }.
upload-kinds = .xlsx, .ods oder .csv, höchstens { $most } MB.
upload-kinds-csv = .xlsx oder .ods, höchstens { $most } MB, oder .csv, höchstens { $csv } MB.
upload-drop = Sie können sie auch hier ablegen.
upload-broken-off = Das Hochladen brach ab, deshalb wurde nichts importiert. Senden Sie die Datei noch einmal.
progress-correct = Berichtigen
progress-correcting-cells = Zellen werden berichtigt: { $done } von { $total }
notice-fixing = { $corrections ->
    [one] Gespeichert: { $corrections } Berichtigung wird jetzt vorgenommen. Die Prüfung kommt wieder, wenn das getan ist.
   *[other] Gespeichert: { $corrections } Berichtigungen werden jetzt vorgenommen. Die Prüfung kommt wieder, wenn das getan ist.
 }
notice-others-are-working-on-this = Andere arbeiten im selben Augenblick an diesem Import, deshalb wurde nichts gespeichert. Sehen Sie die Prüfung durch, wie sie jetzt steht, und versuchen Sie es dann noch einmal.
history-undone-users = { $users }, rückgängig gemacht
done-the-file = die Datei, wie sie kam
done-all-changes = Alle Änderungen, Benutzer für Benutzer
notice-ticks-missing = { $ticks ->
    [one] Noch wurde nichts geändert. Eine Änderung trifft viele Benutzer: Sehen Sie sie an und haken Sie sie an, oder lassen Sie alles, wie es ist.
   *[other] Noch wurde nichts geändert. { $ticks } Änderungen treffen viele Benutzer: Sehen Sie sie an und haken Sie sie an, oder lassen Sie alles, wie es ist.
 }
notice-kept = { $values ->
    [one] { $values } Wert bleibt, wie er jetzt ist.
   *[other] { $values } Werte bleiben, wie sie jetzt sind.
 }
notice-option-added = { $cells ->
    [one] Die Option wurde hinzugefügt: { $cells } Zelle stimmt jetzt.
   *[other] Die Option wurde hinzugefügt: { $cells } Zellen stimmen jetzt.
 }
notice-option-refused = Die Option ließ sich diesem Feld nicht hinzufügen. Wählen Sie eine, die es gibt.
notice-noted = Der Vermerk wurde gespeichert.
upload-empty = Die Datei ist leer. Speichern Sie sie im Tabellenprogramm und wählen Sie sie dann noch einmal.
upload-larger = Die Datei ist größer als { $most } MB. Löschen Sie die Zeilen, die Sie nicht bearbeiten, und wählen Sie sie dann noch einmal.
upload-sending = Die Datei wird gesendet
upload-stop = Senden beenden
upload-refused = Die Datei wurde nicht angenommen. Laden Sie die Seite neu und versuchen Sie es noch einmal.
upload-connection = Die Verbindung brach ab, deshalb wurde nichts importiert. Versuchen Sie es noch einmal.
progress-quarter = { $percent } % fertig
progress-seconds-left = – noch etwa { $seconds } s
progress-minutes-left = – noch etwa { $minutes } min
progress-go-on = Die Arbeit ist getan: weiter

notice-named = Gespeichert. Die Datei wurde damit noch einmal gelesen.
notice-no-such-user = Hier gibt es keinen Benutzer mit dieser Benutzer-ID, deshalb wurde nichts gespeichert. Suchen Sie den Benutzer auf der Seite Benutzer und kopieren Sie die Benutzer-ID von dort.
notice-nothing-to-choose = In dieser Zelle gibt es nichts auszuwählen, deshalb wurde nichts gespeichert. Sehen Sie sich den Import noch einmal an, oder geben Sie den gemeinten Wert ein.
notice-taken-back = Der Import ist zurück, mit allem, was darin berichtigt wurde.
notice-not-taken-back = Das lässt sich nicht mehr zurückholen: Davon wird nichts mehr aufbewahrt. Importieren Sie die Datei noch einmal.
notice-emptied = Die Datei und was darin berichtigt wurde sind gelöscht.
ended-way-back = Versehentlich abgebrochen?
ended-kept-until = Die Datei und alles darin Berichtigte bleiben bis { $when }. Bis dahin zählen sie zu den aufbewahrten Dateien.
ended-take-back = Zurückholen
ended-empty = Datei jetzt löschen
report-of-no-file = Dieser Import kommt aus keiner Datei, also gibt es keine Zeilen einer Datei zu berichtigen. Was er ändert, lässt sich als Liste herunterladen.
done-list = Herunterladen, was sich geändert hat (war, ist):
done-list-xlsx = Excel
done-list-csv = CSV
done-change-some-back = Nur einige Benutzer zurückändern
done-some-changed-back = { $users ->
    [one] { $users } Benutzer wurde zurückgeändert. { $link }
   *[other] { $users } Benutzer wurden zurückgeändert. { $link }
 }
done-changed-back = { $users ->
    [one] { $users } Benutzer ist wieder wie vor diesem Import
   *[other] { $users } Benutzer sind wieder wie vor diesem Import
 }
history-changed-back = Einige Benutzer von { $file } zurückgeändert
notice-given = { $reports ->
    [one] { $reports } Person bekommt beim Abschließen eine andere Führungskraft.
   *[other] { $reports } Personen bekommen beim Abschließen eine andere Führungskraft.
 }
notice-given-to-nobody = So heißt hier niemand, oder mehr als eine Person. Nennen Sie jemanden mit E-Mail oder Benutzer-ID.
notice-given-to-inactive = Diese Person ist inaktiv oder wird es durch diesen Import. Nennen Sie jemanden, der aktiv bleibt.
notice-nobody-ticked = Es war niemand angehakt, deshalb wurde nichts zurückgeändert. Haken Sie Benutzer an und klicken Sie dann auf die Schaltfläche unten.
notice-forgotten = Die Antwort wird nicht mehr angeboten.
notice-new-users = { $rows ->
    [one] sagen Sie, ob { $rows } Zeile ohne Benutzer-ID ein neuer Benutzer ist
   *[other] sagen Sie, ob { $rows } Zeilen ohne Benutzer-ID neue Benutzer sind
 }
