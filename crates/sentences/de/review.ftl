# Was ein Import tun wird, getan hat, und was seine Datei ergibt.

edited = { $users ->
    [one] { $users } Benutzer wurde erfolgreich bearbeitet
   *[other] { $users } Benutzer wurden erfolgreich bearbeitet
 }
created = { $users ->
    [one] { $users } Benutzer wurde angelegt
   *[other] { $users } Benutzer wurden angelegt
 }
left-out = { $users ->
    [one] { $users } Benutzer wurde ausgelassen
   *[other] { $users } Benutzer wurden ausgelassen
 }
created-besides = { $users ->
    [one] { $users } wurde angelegt
   *[other] { $users } wurden angelegt
 }
left-out-besides = { $users ->
    [one] { $users } wurde ausgelassen
   *[other] { $users } wurden ausgelassen
 }
withdrawn = { $users ->
    [one] { $users } Benutzer wurde zurückgezogen
   *[other] { $users } Benutzer wurden zurückgezogen
 }
undone = { $users ->
    [one] { $users } Benutzer ist wie zuvor
   *[other] { $users } Benutzer sind wie zuvor
 }
changed-since = { $values ->
    [one] { $values } Wert wurde seitdem geändert und behält seinen späteren Stand
   *[other] { $values } Werte wurden seitdem geändert und behalten ihren späteren Stand
 }
list-and = { $before } und { $last }
list-or = { $before } oder { $last }
looked-through = Diese Seite hat { $users ->
    [one] { $users } Benutzer
   *[other] { $users } Benutzer
 } durchgesehen, und es gibt mehr. Gehen Sie zur nächsten Seite weiter.
looked-through-preparing = Die Suche wird noch vorbereitet: Diese Seite hat { $users ->
    [one] { $users } Benutzer
   *[other] { $users } Benutzer
 } durchgesehen, und es gibt mehr. Gehen Sie zur nächsten Seite weiter.
finish-button = Ohne Änderungen beenden
update-button = { $users ->
    [one] { $users } Benutzer
   *[other] { $users } Benutzer
 } aktualisieren
create-button = { $users ->
    [one] { $users } Benutzer
   *[other] { $users } Benutzer
 } anlegen
update-and-create-button = { $users ->
    [one] { $users } Benutzer
   *[other] { $users } Benutzer
 } aktualisieren und { $created } anlegen
cleared = { $values ->
    [one] { $values } Wert wird geleert
   *[other] { $values } Werte werden geleert
 }
cleared-of = { $values ->
    [one] { $values } Wert von { $title } wird geleert
   *[other] { $values } Werte von { $title } werden geleert
 }
damage-garbled = { $values ->
    [one] { $values } Wert von { $title } wurde entstellt, weil ein Programm seine Buchstaben für die eines anderen Zeichensatzes hielt: blieb, wie er war
   *[other] { $values } Werte von { $title } wurden entstellt, weil ein Programm ihre Buchstaben für die eines anderen Zeichensatzes hielt: blieben, wie sie waren
 }
damage-time-zone = { $values ->
    [one] { $values } Datum von { $title } wurde von einem Programm durch eine Zeitzone verschoben: blieb, wie es war
   *[other] { $values } Datumsangaben von { $title } wurden von einem Programm durch eine Zeitzone verschoben: blieben, wie sie waren
 }
damage-leading-zeros = { $values ->
    [one] { $values } Wert von { $title } verlor seine Nullen: blieb, wie er war
   *[other] { $values } Werte von { $title } verloren ihre Nullen: blieben, wie sie waren
 }
damage-digits = { $values ->
    [one] { $values } Wert von { $title } wurde gekürzt (E+) oder verlor Ziffern: blieb, wie er war
   *[other] { $values } Werte von { $title } wurden gekürzt (E+) oder verloren Ziffern: blieben, wie sie waren
 }
damage-date-format = { $values ->
    [one] { $values } Wert von { $title } wurde in einer anderen Datumsform geschrieben: blieb, wie er war
   *[other] { $values } Werte von { $title } wurden in einer anderen Datumsform geschrieben: blieben, wie sie waren
 }
damage-boolean = { $values ->
    [one] { $values } Wert von { $title } wurde WAHR oder FALSCH: blieb, wie er war
   *[other] { $values } Werte von { $title } wurden WAHR oder FALSCH: blieben, wie sie waren
 }
damage-decimal = { $values ->
    [one] { $values } Wert von { $title } wurde in einer anderen Zahlenform geschrieben: blieb, wie er war
   *[other] { $values } Werte von { $title } wurden in einer anderen Zahlenform geschrieben: blieben, wie sie waren
 }
damage-plus = { $values ->
    [one] { $values } Wert von { $title } verlor sein Pluszeichen: blieb, wie er war
   *[other] { $values } Werte von { $title } verloren ihr Pluszeichen: blieben, wie sie waren
 }
damage-text-to-date = { $values ->
    [one] { $values } Wert von { $title } wurde in ein Datum oder eine Uhrzeit verwandelt: blieb, wie er war
   *[other] { $values } Werte von { $title } wurden in Datumsangaben oder Uhrzeiten verwandelt: blieben, wie sie waren
 }
damage-code-page = { $values ->
    [one] { $values } Wert von { $title } verlor Buchstaben an Fragezeichen: blieb, wie er war
   *[other] { $values } Werte von { $title } verloren Buchstaben an Fragezeichen: blieben, wie sie waren
 }
damage-mark = { $values ->
    [one] { $values } Wert von { $title } hat einen Apostroph vor sich: blieb, wie er war
   *[other] { $values } Werte von { $title } haben einen Apostroph vor sich: blieben, wie sie waren
 }
damage-kept = { $values ->
    [one] { $values } Wert von { $title } wurde allein vom Tabellenprogramm geändert, der alte blieb deshalb.
   *[other] { $values } Werte von { $title } wurden allein vom Tabellenprogramm geändert, die alten blieben deshalb.
 }
put-back = { $cells ->
    [one] { $cells } Zelle ist, wie Sie sie heruntergeladen haben, wurde aber seitdem geändert. Den Wert der Datei verwenden?
   *[other] { $cells } Zellen sind, wie Sie sie heruntergeladen haben, wurden aber seitdem geändert. Die Werte der Datei verwenden?
 }
put-back-question = { $cells ->
    [one] { $cells } Zelle ist, wie Sie sie heruntergeladen haben, wurde aber seitdem geändert ({ $by }). Den Wert der Datei verwenden?
   *[other] { $cells } Zellen sind, wie Sie sie heruntergeladen haben, wurden aber seitdem geändert ({ $by }). Die Werte der Datei verwenden?
 }
put-back-import = Ihr Import vom { $when }
new-since = { $cells ->
    [one] { $cells } Sache ist neu in dieser Prüfung, weil sich das Verzeichnis oder seine Felder geändert haben, nachdem jemand sie angesehen hatte. Sie ist als neu gekennzeichnet. Noch wurde nichts getan: Sehen Sie an, was neu ist, und schließen Sie dann ab.
   *[other] { $cells } Sachen sind neu in dieser Prüfung, weil sich das Verzeichnis oder seine Felder geändert haben, nachdem jemand sie angesehen hatte. Sie sind als neu gekennzeichnet. Noch wurde nichts getan: Sehen Sie an, was neu ist, und schließen Sie dann ab.
 }
hidden-rows = { $changes ->
    [one] { $changes } der Änderungen steht in einer ausgeblendeten Zeile
   *[other] { $changes } der Änderungen stehen in ausgeblendeten Zeilen
 }
rows-without-id = { $rows ->
    [one] { $rows } Zeile hat keine Benutzer-ID: einen Benutzer anlegen oder sie auslassen?
   *[other] { $rows } Zeilen haben keine Benutzer-ID: { $rows } Benutzer anlegen oder sie auslassen?
 }
full-stop = { $sentence }.
step-choices = { $fixes ->
    [one] { $fixes } Entscheidung
   *[other] { $fixes } Entscheidungen
 }
step-left-out = { $fixes ->
    [one] { $fixes } ausgelassene Zeile
   *[other] { $fixes } ausgelassene Zeilen
 }
step-taken-in = { $fixes ->
    [one] { $fixes } wieder aufgenommene Zeile
   *[other] { $fixes } wieder aufgenommene Zeilen
 }
step-kept = { $fixes ->
    [one] { $fixes } behaltener Wert
   *[other] { $fixes } behaltene Werte
 }
step-created = { $fixes ->
    [one] { $fixes } anzulegender Benutzer
   *[other] { $fixes } anzulegende Benutzer
 }
step-corrections = { $fixes ->
    [one] { $fixes } Berichtigung
   *[other] { $fixes } Berichtigungen
 }
step-file-added = die hinzugefügte Datei
step-file-replaced = die Datei, die an die Stelle der anderen trat
step-damage-meant = die Werte der Datei, wo das Tabellenprogramm sie geändert hat
step-keep-values = Werte behalten, die die Datei leert
step-keep-empty = Zellen leer lassen, die 0 wurden
step-keep-points = Zahlen behalten, die ihr Dezimalzeichen verloren
step-keep-before = Werte behalten, die alle auf eine Weise geändert wurden
step-step-meant = eine Änderung vieler Werte, wie sie gemeint war
step-put-back = die Werte der Datei, wo sie seitdem geändert wurden
step-all-sheets = die Wahl, alle Blätter zu lesen
step-read-sheet = die Wahl der Blätter
step-keep-missing = Werte behalten, deren Zeilen davor enden
step-missing-cleared = Werte leeren, deren Zeilen davor enden
step-read-column = eine Spalte ohne ihren Schlüssel lesen
step-ignore-column = eine Spalte ohne ihren Schlüssel auslassen
step-file-is-whole = die Antwort, dass die Datei vollständig ist
step-letters-are-right = die Antwort, dass die Buchstaben stimmen

## changes

changes-what-changed = Was sich geändert hat
changes-what-will-change = Was sich ändert
changes-no-changes-here = Hier gibt es keine Änderungen.
changes-will-be = Wird
changes-became = Wurde zu
changes-user = Benutzer
changes-field = Feld
changes-was = War
changes-new-user = Neuer Benutzer
changes-sign-in = betrifft die Anmeldung
changes-new = neu
changes-cleared = geleert
changes-empty = leer
changes-changes-table = Änderungen, Tabelle

## conflicts

conflicts-when-you-downloaded = Beim Herunterladen
conflicts-your-file = Ihre Datei
conflicts-now = Jetzt
conflicts-conflicts = Konflikte
conflicts-no-conflicts-here = Hier gibt es keine Konflikte.
conflicts-both-your-file-and-somebody = Sowohl Ihre Datei als auch jemand anderes hat diese Werte geändert, seit Sie sie heruntergeladen haben. Wählen Sie, welcher bleibt.
conflicts-use-your-file = Ihre Datei verwenden
conflicts-keep-what-is-there-now = Behalten, was jetzt da ist
conflicts-save-choices = Auswahl speichern
conflicts-changed-since-so-kept = Seitdem geändert, deshalb behalten

## damaged

damaged-keep-the-old-value = Alten Wert behalten
damaged-use-the-files = Den der Datei verwenden
damaged-the-files-value-will-be = Der Wert der Datei wird verwendet.
damaged-the-old-value-stays = Der alte Wert bleibt.
damaged-values-changed-by-the-spreadsheet = Vom Tabellenprogramm geänderte Werte

## fix-grid

fix-grid-problems = Probleme
fix-grid-save-corrections = Berichtigungen speichern
fix-grid-row = Zeile
fix-grid-leave-out = Auslassen
fix-grid-problems-table = Probleme, Tabelle
fix-grid-rows-with-problems = Zeilen mit Problemen

## further

further-put-rows-right-in-your = Berichtigen Sie Zeilen in Ihrem Tabellenprogramm und laden Sie diese Datei hier hoch: Ihre Zeilen treten an die Stelle derselben Zeilen dieses Imports. Was Sie in anderen Zeilen berichtigt haben, bleibt.
further-a-file-is-added-or = Eine Datei wird hinzugefügt, oder sie ersetzt alles.
further-another-file = Weitere Datei
further-the-files-rows = Die Zeilen der Datei
further-are-added-or-replace-the = kommen hinzu oder ersetzen dieselben Zeilen
further-replace-everything-in-this-import = ersetzen alles in diesem Import
further-file = Datei
further-upload = Hochladen

## review

review-it-was-meant-use-the = Werte der Datei verwenden
review-keep-the-old-values = Alte Werte behalten
review-it-was-meant = Werte der Datei verwenden
review-keep-the-old-numbers = Alte Zahlen behalten
review-read-all-sheets = Alle lesen
review-read-one-sheet = Nur „{ $sheet }“ lesen
review-missing-were-lost = Sie gingen verloren: Werte behalten
review-missing-were-cleared = Sie wurden geleert
review-read-column = Spalte lesen
review-ignore-column = Spalte auslassen
review-the-file-is-whole = Die Datei ist vollständig
review-the-letters-are-right = Die Buchstaben stimmen
review-leave-them-empty = Leer lassen
review-keep-the-value = Wert behalten
review-leave-it-out = Auslassen
review-leave-them-out = Auslassen
review-download-the-rows-with-problems = Probleme herunterladen
review-worth-knowing = Wissenswert
review-nothing-as-it-stands = Nichts, wie es jetzt steht.
review-download-all-rows-that-are = Alle Zeilen herunterladen, die ausgelassen sind oder Probleme haben
review-no-name = Ohne Namen
review-without-a-user-id = ohne Benutzer-ID
review-take-in-again = Wieder aufnehmen
review-cancel-the-import = Import abbrechen
review-you-may-look-at-this = Sie dürfen diesen Import ansehen; abschließen kann ihn, wer bearbeiten darf.

## fixes

fixes-the-form-names-something-that = Das Formular nennt etwas, das keine Zelle ist. Nichts wurde gespeichert.

fix-grid-skip = Zu den Problemen springen
fix-grid-one-at-a-time = Eines nach dem anderen
fix-grid-user-id-of-row = Benutzer-ID der Zeile { $row }

## The grid

grid-columns-told = Spalten neben denen mit einem Problem
grid-hint = Enter bearbeitet eine Zelle, noch einmal Enter speichert und geht zum nächsten Problem. ? nennt alle Tasten.
grid-place = Problem { $number } von { $all }.
grid-previous = Voriges Problem
grid-next = Nächstes Problem
grid-keys = Tasten
grid-keys-title = Tasten in der Tabelle
grid-close = Schließen
grid-use = „{ $answer }“ verwenden
grid-saving = Wird gespeichert …
grid-saved = Gespeichert
grid-unsaved = Noch nicht gespeichert: { $cells }. Was eingetragen wurde, steht noch da und wird von selbst noch einmal gesendet.
grid-again = Jetzt noch einmal senden
grid-right = Berichtigt
grid-right-by = Berichtigt von { $who }
grid-others = Hier hat { $who } Zellen berichtigt: { $cells }.
grid-no-undo = Es gibt nichts rückgängig zu machen.
grid-no-redo = Es gibt nichts zu wiederholen.
grid-no-paste = Keine der Zellen dort ist änderbar, deshalb wurde nichts eingefügt.
grid-no-room = Kopiert wurde mehr, als es Zeilen gibt: Für die letzten { $cells } fand sich keine Zeile, sie wurden nicht eingefügt. „Rückgängig“ nimmt auch den Rest zurück.
grid-copied = Kopierte Zellen: { $cells }
grid-not-editable = Diese Zelle ist hier nicht änderbar.
grid-calendar = Datum aus einem Kalender wählen
grid-no-option = Keine Option beginnt so.
grid-width = { $column }: { $width } Pixel breit
grid-moved-on = Jemand hat diesen Import weitergeführt. Laden Sie die Seite neu, um zu sehen, wie er steht.
grid-refused = Das wurde nicht angenommen. Was eingetragen wurde, steht noch da: Sehen Sie sich die Zelle an und drücken Sie darin noch einmal Enter.
grid-signed-out = Bitte melden Sie sich noch einmal an
grid-signed-out-why = Ihre Sitzung ist zu Ende. Nichts ist verloren: Was Sie hier eingetragen haben, wird gesendet, sobald Sie angemeldet sind. Wartende Zellen: { $cells }.
grid-later = Nicht jetzt
grid-key-list = Pfeiltasten | Von Zelle zu Zelle gehen
    Pos1, Ende | Erste, letzte Zelle der Zeile
    Strg + Pos1, Strg + Ende | Erste, letzte Zelle der Tabelle
    Umschalt + Pfeiltasten | Mehrere Zellen auswählen
    Enter, F2 | Zelle bearbeiten
    Enter beim Bearbeiten | Speichern und zum nächsten Problem gehen
    Strg + Enter | Alle gleichen Zellen mit demselben Problem ändern
    Alt + Enter | Die erste angebotene Antwort verwenden
    Alt + ↓ beim Bearbeiten | Liste oder Kalender öffnen
    Strg + C, Strg + V | Kopieren, einfügen; eine Spalte einer Tabelle füllt die roten Zellen ab hier
    Strg + D | Die ausgewählten Zellen mit der ersten füllen
    Strg + Z, Strg + Y | Die letzten Berichtigungen rückgängig machen, wiederholen
    Esc | Bearbeiten beenden; die Zelle ist wie zuvor
    F8, Umschalt + F8 | Nächstes, voriges Problem
    Umschalt + ←, → auf einer Überschrift | Ihre Spalte schmaler, breiter machen
    ? | Diese Liste
problems-row = Eine Zeile der Datei
problems-all-rows = Alle Probleme
conflicts-cell = In seiner Zeile zeigen

## One problem at a time

one-of = Problem { $number } von { $all }
one-as-the-file-says = { $text } (wie die Datei sagt)
one-in-muster = In Muster
one-the-file-says = Ihre Datei sagt
one-what-is-wrong = Was nicht stimmt
one-becomes = { $field } wird
one-save = Speichern und weiter
one-leave-out = Diesen Benutzer auslassen
one-or = Oder verwenden
one-others = Andere Probleme
one-previous = Zurück
one-next = Weiter
one-table = Tabelle zeigen

## What somebody else has changed meanwhile

overtaken-title = Welcher Wert ist gemeint?
overtaken-told = { $cells ->
    [one] Jemand anderes hat diese Zelle geändert, seit Sie sie angesehen haben. Von Ihnen wurde noch nichts gespeichert: Wählen Sie, welcher Wert gemeint ist.
   *[other] Jemand anderes hat { $cells } Zellen geändert, seit Sie sie angesehen haben. Von Ihnen wurde noch nichts gespeichert: Wählen Sie, welche Werte gemeint sind.
 }
overtaken-cell = { $field } von { $person }
overtaken-theirs = { $who }, { $when }
overtaken-now = Jetzt dort
overtaken-yours = Ihr Wert
overtaken-save = Diese Wahl speichern
overtaken-keep-all = Alles lassen, wie es dort ist
cancel-way-back = Die Datei und alles hier Berichtigte bleiben einen Tag lang: Bis dahin lässt sich der Import zurückholen.

## With numbers, names and links in them

changes-listed = Änderungen { $first } bis { $last }
changes-listed-of = Änderungen { $first } bis { $last } von { $all }
changes-list = Änderungen
conflicts-list = Konflikte
conflicts-open = { $conflicts ->
    [one] { $conflicts } Konflikt ist offen. Für alle:
   *[other] { $conflicts } Konflikte sind offen. Für alle:
 }
conflict-of = { $field } von { $person }
conflict-now = Jetzt (von { $who }, { $when })
conflict-kept = { $person }, { $field }: { $value }
conflict-kept-since = { $person }, { $field }: { $value } (von { $who }, { $when })
conflicts-kept = { $values ->
    [one] { $values } Wert wurde nach dem Import geändert und blieb:
   *[other] { $values } Werte wurden nach dem Import geändert und blieben:
 }
damaged-value = { $field } von { $person }: Aus { $before } wurde { $after }.
damaged-button = { $words }: { $field } von { $person }
fix-grid-part = von { $part }
fix-grid-leave-out-row = Zeile { $row } auslassen
fix-grid-belongs = Die ID gehört { $person }.
fix-grid-value-of = { $field } von { $person }
fix-grid-row-number = Zeile { $row }
fix-grid-list = Probleme
further-files = Diese Dateien kamen nach der ersten und zählen: { $files }.
review-started = Noch wurde nichts geändert · hochgeladen von { $who }, { $when }
review-create = { $users ->
    [one] { $users } Benutzer
   *[other] { $users } Benutzer
 } anlegen
review-problems = { $problems ->
    [one] { $problems } Problem zu berichtigen
   *[other] { $problems } Probleme zu berichtigen
 }
review-cells = { $cells ->
    [one] { $cells } Zelle
   *[other] { $cells } Zellen
 }
review-undo = Rückgängig: { $step }
review-redo = Wiederholen: { $step }
review-labelled = { $words }: { $sentence }
review-left-out = { $users ->
    [one] { $users } Benutzer ist ausgelassen
   *[other] { $users } Benutzer sind ausgelassen
 }
review-more-left-out = { $rows } weitere stehen nicht hier. { $link }
review-take-in-row = Wieder aufnehmen: Zeile { $row }, { $person }
review-keep-all = Alle { $cells } behalten
review-leave-out-too = { $users } auslassen
review-keep-conflicts = Konflikte bleiben, wie sie jetzt sind

## The parts of a review

place-new-users = Neue Benutzer
place-left-out = Ausgelassen
review-title = { $part } – { $file }
review-heading = Prüfung: { $file }
review-parts = Teile der Prüfung
review-more = Mehr
review-note = Vermerk: { $note }
review-note-label = Ein Vermerk zu diesem Import
review-note-hint = Für andere, die den Verlauf lesen, etwa „Umstrukturierung, mit der Leitung abgestimmt“.
review-note-save = Vermerk speichern

## The bar

bar-share = { $ready } von { $all } Benutzern sind bereit
bar-ready = { $ready } von { $all } Benutzern bereit
bar-wrong = { $users ->
    [one] { $users } hat ein Problem
   *[other] { $users } haben Probleme
 }
bar-undecided = { $users ->
    [one] { $users } wartet auf eine Entscheidung
   *[other] { $users } warten auf eine Entscheidung
 }
bar-without-id = { $users ->
    [one] { $users } ist vielleicht neu
   *[other] { $users } sind vielleicht neu
 }
bar-left-out = { $users ->
    [one] { $users } ist ausgelassen
   *[other] { $users } sind ausgelassen
 }
bar-ticks-missing = { $ticks ->
    [one] ein Haken fehlt
   *[other] { $ticks } Haken fehlen
 }
bar-now = Jetzt { $update }
bar-change-nobody = Niemanden ändern

## Who would be left out, and giving an import up

finish-left-out = { $users ->
    [one] { $users } von { $all } Benutzern würde ausgelassen
   *[other] { $users } von { $all } Benutzern würden ausgelassen
 }
finish-stay = Sie bleiben, wie sie sind. Ihre Zeilen lassen sich danach herunterladen, berichtigen und noch einmal hochladen.
finish-without-id = { $rows ->
    [one] { $rows } Zeile ohne Benutzer-ID: Niemand hat gesagt, ob sie ein neuer Benutzer ist
   *[other] { $rows } Zeilen ohne Benutzer-ID: Niemand hat gesagt, ob sie neue Benutzer sind
 }
finish-conflicts = { $conflicts ->
    [one] { $conflicts } Wert mit offenem Konflikt: bleibt, wie er jetzt ist
   *[other] { $conflicts } Werte mit offenem Konflikt: bleiben, wie sie jetzt sind
 }
finish-among-them = Darunter: { $names }.
finish-back = Zurück zur Prüfung
cancel-question = Den Import von { $file } abbrechen?
cancel-what-is-lost = { $users ->
    [0] Noch wurde nichts geändert. Was hier berichtigt wurde, geht verloren; die Datei lässt sich noch einmal hochladen.
    [one] Noch wurde nichts geändert. { $users } Benutzer hätte sich geändert. Was hier berichtigt wurde, geht verloren; die Datei lässt sich noch einmal hochladen.
   *[other] Noch wurde nichts geändert. { $users } Benutzer hätten sich geändert. Was hier berichtigt wurde, geht verloren; die Datei lässt sich noch einmal hochladen.
 }
cancel-no = Import behalten

## Problems

problems-none = Keine Probleme: Alles Rote wurde berichtigt oder ausgelassen.
problems-kinds = Arten von Problemen, die meisten Zellen zuerst
problems-kind = { $field }, { $wrong }
problems-all = Alle Probleme
problems-heading = { $cells ->
    [one] { $field }: { $cells } Zelle, { $wrong }
   *[other] { $field }: { $cells } Zellen, { $wrong }
 }
problems-becomes = „{ $text }“ wird
problems-below = unten entscheiden
problems-choose = wählen…
problems-add-option = „{ $text }“ zu den Optionen hinzufügen
problems-leave-empty = leer lassen
problems-leave-user-out = diesen Benutzer auslassen
problems-leave-users-out = diese Benutzer auslassen
problems-change = { $cells ->
    [one] Diese Zelle ändern
   *[other] Diese { $cells } Zellen ändern
 }
problems-change-shown = { $cells ->
    [one] Die hier gezeigte Zelle ändern
   *[other] Die { $cells } hier gezeigten Zellen ändern
 }
problems-change-as-said = Wie oben gesagt ändern
problems-use-answers = { $cells ->
    [one] Diese Antwort verwenden
   *[other] Diese { $cells } Antworten verwenden
 }
problems-day-first = { $cells ->
    [one] Der Tag steht vorn
   *[other] Der Tag steht vorn, in allen { $cells }
 }
problems-month-first = { $cells ->
    [one] Der Monat steht vorn
   *[other] Der Monat steht vorn, in allen { $cells }
 }
problems-one-step = Ein Schritt, der sich rückgängig machen lässt.
problems-together = Mehrere zusammen ändern
problems-together-become = Alle angehakten werden
problems-together-change = Angehakte ändern
problems-texts = Seiten mit Texten
problems-texts-listed = { $first } bis { $last } von { $all } Texten

kind-user-id-damaged = beschädigt
kind-user-id-unknown = zu niemandem hier
kind-user-id-duplicate = in mehreren Zeilen
kind-required = darf nicht leer sein
kind-too-long = zu lang
kind-pattern = nicht in der verlangten Form
kind-not-an-email = keine E-Mail-Adresse
kind-not-a-username = kein Benutzername
kind-not-a-phone = keine ganze Telefonnummer
kind-not-a-date = kein Datum
kind-ambiguous-date = Tag oder Monat vorn?
kind-not-a-number = keine Zahl
kind-number-precision = zu viele Ziffern
kind-not-a-choice = keine der Optionen
kind-not-yes-no = weder ja noch nein
kind-not-a-user = kein Benutzer
kind-name-differs = Name und Benutzer-ID verschieden
kind-not-a-language = keine Sprache
kind-not-a-status = weder aktiv noch inaktiv
kind-read-only = anderswo verwaltet
kind-login-in-use = bereits vergeben
kind-not-unique = hat ein anderer Benutzer
kind-no-sign-in = weder E-Mail noch Benutzername
kind-formula-error = ein Fehler einer Formel
kind-formula-without-value = eine Formel ohne Ergebnis
kind-formula-as-text = eine als Text gespeicherte Formel
kind-unreadable = nicht lesbar

source-nearest-option = ähnlichste Option
source-country-code = mit Landesvorwahl
source-phone = die Nummer darin
source-first-reading = die erste Lesart
source-reading = wie das Datum zu lesen ist
source-spelling = mit berichtigter Schreibweise
source-name = der Benutzer dieses Namens
source-language = die Sprache dieses Namens
source-number = die Zahl darin
source-offered = ähnlichster Wert

## New users, worth knowing, left out

new-users-none = Diese Datei legt niemanden an.
new-users-created = { $users ->
    [one] { $users } Benutzer wird angelegt
   *[other] { $users } Benutzer werden angelegt
 }
damaged-table = Vom Tabellenprogramm geänderte Werte, Liste
worth-knowing-nothing = Mehr gibt es über diese Datei nicht zu wissen.
left-out-again = Wieder aufnehmen
left-out-nobody = Niemand ist ausgelassen.
left-out-table = Ausgelassen, Tabelle

## Changes by field

changes-by-field = Nach Feldern
changes-by-field-table = Was sich ändert, nach Feldern, Tabelle
changes-users = Benutzer
changes-unit = { $users ->
    [one] Benutzer
   *[other] Benutzer
 }
changes-what-happens = Was geschieht
changes-note = Hinweis
changes-users-of = Benutzer
changes-are-created = angelegt, wie die Datei sagt
changes-will-be-empty = wird leer
changes-was-empty = war leer
changes-from-values = aus { $values } verschiedenen Werten
changes-other-values = { $values ->
    [one] { $values } anderer Wert
   *[other] { $values } andere Werte
 }
changes-cant-sign-in = keine Anmeldung möglich
changes-affects-sign-in = betrifft die Anmeldung
changes-keep = { $users ->
    [one] Nicht ändern
   *[other] Nicht ändern
 }
changes-keep-of = { $users ->
    [one] Nicht ändern: { $field } von { $users } Benutzer
   *[other] Nicht ändern: { $field } von { $users } Benutzern
 }
changes-added-up = Die Zeilen fassen die ersten { $cells } Änderungen zusammen.
chip-cleared = Geleert
chip-sign-in = Anmeldung
chip-inactive = Inaktiv
chip-email = E-Mail
chip-username = Benutzername
blast-look-first = Sehen Sie sich dies zuerst an
blast-inactive = { $users ->
    [one] Ja, { $users } Benutzer auf inaktiv setzen.
   *[other] Ja, { $users } Benutzer auf inaktiv setzen.
 }
blast-inactive-hint = Ab dann ist ihnen keine Anmeldung mehr möglich. Rückgängig machen gibt sie zurück.
blast-email = { $users ->
    [one] Ja, die E-Mail von { $users } Benutzer ändern.
   *[other] Ja, die E-Mails von { $users } Benutzern ändern.
 }
blast-username = { $users ->
    [one] Ja, den Benutzernamen von { $users } Benutzer ändern.
   *[other] Ja, die Benutzernamen von { $users } Benutzern ändern.
 }
blast-sign-in-hint = Ab dann melden sie sich mit dem neuen Wert an.
blast-cleared = { $users ->
    [one] Ja, { $users } Benutzer verliert einen Wert.
   *[other] Ja, { $users } Benutzer verlieren einen Wert.
 }
blast-cleared-hint = Zellen, die in der Datei leer sind, werden leer. Rückgängig machen gibt die Werte zurück.
blast-see = Die { $users } ansehen
blast-keep-active = Aktiv lassen
blast-keep = Lassen, wie sie sind
blast-manager = { $reports ->
    [one] wird inaktiv und hat { $reports } unterstellte Person.
   *[other] wird inaktiv und hat { $reports } unterstellte Personen.
 }
review-begun = Noch wurde nichts geändert · begonnen von { $who }, { $when }
not-changed-nobody = Es ist niemand genannt, den dieser Import geändert hat.
not-changed = { $users }: von diesem Import nicht geändert, deshalb wurde nichts getan.
not-changed-more = { $users } und { $more } weitere wurden von diesem Import nicht geändert, deshalb wurde nichts getan.
changes-file-sheet = Änderungen
changes-file-import = Import
changes-file-created = angelegt
changes-file-withdrawn = zurückgezogen
changes-none-yet = Es gibt keine Liste der Änderungen: Am Import wird gearbeitet, oder aus ihm ist nichts geworden.
changes-what-happened = Was geschah
changes-past-table = Was sich geändert hat nach Feld, Tabelle
changes-is-empty = ist jetzt leer
changes-were-created = angelegt, wie die Datei sagte
changed-tick = Zurückändern: { $person }
changed-back = zurückgeändert
changed-back-hint = Haken Sie die Benutzer an, die wieder sein sollen wie vor diesem Import.
changed-back-ticked = Angehakte zurückändern
changed-all-undone = Dieser Import wurde rückgängig gemacht: Alles hier ist wieder wie zuvor, außer jemand hat es seitdem geändert.
dates-read = { $typed } wurde als { $date } gelesen: { $how }
dates-day-first-setting = Tag zuerst, Ihre Einstellung
dates-day-first-file = Tag zuerst, wie andere Datumsangaben der Datei zeigen
dates-month-first-setting = Monat zuerst, Ihre Einstellung
dates-month-first-file = Monat zuerst, wie andere Datumsangaben der Datei zeigen
bar-to-problems = Probleme berichtigen
bar-to-conflicts = Konflikte entscheiden
bar-to-new-users = Sagen, wer neu ist
blast-give-them-to = Geben Sie sie an
blast-reports-of = die { $person } Unterstellten
blast-give-placeholder = Name, E-Mail oder Benutzer-ID
blast-give = { $reports ->
    [one] { $reports } Person übergeben
   *[other] { $reports } Personen übergeben
 }
blast-keep-this-one = Aktiv lassen
blast-keep-this-one-of = Aktiv lassen: { $person }
problems-always = immer
problems-always-of = Diese Antwort auf „{ $text }“ immer anbieten
problems-always-means = Was mit „immer“ angehakt ist, steht beim nächsten Mal schon da und wird nie ungesehen angewendet: { $link }.
source-as-before = beim letzten Mal so gewählt

## Answers that are offered again

answers-title = Gemerkte Antworten
answers-what = Was beim Berichtigen von Problemen mit „immer“ angehakt wurde. Die Prüfung trägt diese Antworten ein, wenn der Text wiederkommt; nichts wird geändert, bevor jemand hingesehen hat.
answers-none = Noch sind keine Antworten gemerkt. Haken Sie „immer“ neben einer Antwort in einer Prüfung an.
answers-table = Gemerkte Antworten, Tabelle
answers-text = Text einer Datei
answers-becomes = Wird zu
answers-who = Gewählt von
answers-forget = Vergessen
answers-forget-of = Vergessen: die Antwort auf „{ $text }“
answers-retired = keine Option mehr, wird nicht angeboten
answers-not-offered = { $becomes } (keine Option mehr, wird nicht angeboten)
