

## download

download-one-of-the-fields-that = Eines der verlangten Felder ist hier nicht in Gebrauch. Gehen Sie zurück und wählen Sie noch einmal.
download-the-address-asks-for-what = Die Adresse verlangt, was diese Seite nicht anbietet. Gehen Sie zurück und wählen Sie noch einmal.
download-choose-at-least-one-field = Wählen Sie mindestens ein Feld zum Herunterladen. Gehen Sie zurück und wählen Sie noch einmal.
download-only-these = Nur diese:
download-all-fields = Alle Felder
download-download-user-data = Benutzerdaten herunterladen
download-edit-the-users-in-the = Bearbeiten Sie die Benutzer in der Datei. Lassen Sie die Zeilen 1 und 2 und die Spalte A, wie sie sind.
download-delete-the-rows-and-columns = Löschen Sie auf Wunsch die Zeilen und Spalten, die Sie nicht bearbeiten: Dadurch wird niemand entfernt.
download-save-the-file-and-import = Speichern Sie die Datei und { $link }. Sie sehen jede Änderung, bevor sie geschieht.
download-import-it = importieren Sie sie
download-on-its-way = Die Datei ist unterwegs. Bearbeiten Sie sie in Ihrem Tabellenprogramm, speichern Sie sie und importieren Sie sie dann.
download-then-import = Bearbeitete Datei importieren
download-kind-of-file = Art der Datei
download-download = Herunterladen
download-users = Benutzer
download-fields = Felder
download-the-user-id-is-always = Die Benutzer-ID steht immer in Spalte A: Sie sagt, zu welchem Benutzer eine Zeile gehört.

## form

form-managed-elsewhere-it-cant-be = Wird anderswo verwaltet und ist hier nicht änderbar.
form-enter-a-user-id-an = Geben Sie eine Benutzer-ID, eine E-Mail oder einen Benutzernamen ein.
form-a-language = Wählen Sie eine Sprache, oder geben Sie eine ein: Deutsch, German oder de-AT.
form-save = Speichern
form-no-options-yet = Noch keine Optionen.

## users

users-name-by-last-name = Name, nach Nachnamen
users-by-last-name = nach Nachnamen sortiert
users-by-last-name-turned = nach Nachnamen sortiert, vom Ende her
users-by-sign-in = nach E-Mail oder Benutzername sortiert
users-by-sign-in-turned = nach E-Mail oder Benutzername sortiert, vom Ende her
users-by-creation = in der Reihenfolge des Anlegens
users-by-creation-turned = die neuesten zuerst
users-nobody-yet = Hier ist noch niemand. Es gibt zwei Wege, Ihre Leute hierher zu bringen, und Sie sehen alle Benutzer, bevor etwas gespeichert wird.
users-way-list = Ich habe schon eine Liste
users-way-list-told = Aus Lohnabrechnung, Personalwesen oder einem anderen System. Setzen Sie ihre Spalten unter die Schlüssel der Vorlage und wählen Sie dann die Datei: Sie sehen alle Benutzer, bevor etwas gespeichert wird.
users-way-sheet = Ich beginne mit einem leeren Blatt
users-way-sheet-told = Eine Arbeitsmappe mit Ihren Feldern als Spalten. Füllen Sie für jede Person eine Zeile aus und importieren Sie sie dann.
users-columns = Spalten
users-columns-told = Spalten neben dem Namen, nur für Sie
users-columns-keep = Diese Spalten behalten
users-user-id = Benutzer-ID
users-not-narrowed-by = Die Liste ist nicht eingeschränkt durch das, was sich in ihrer Adresse nicht lesen lässt: { $what }. Schränken Sie sie mit Suche und Filtern ein.
users-search-placeholder = Name, E-Mail, ID, Nummer, Position
users-import-user-data = Benutzerdaten importieren
users-download-new-user-template = Vorlage für neue Benutzer herunterladen
users-help = Hilfe: Viele Benutzer auf einmal bearbeiten
users-import-history = Verlauf der Importe
users-search-by-name-email-username = Benutzer suchen nach Name, E-Mail, Benutzername, Benutzer-ID, Personalnummer oder Position
users-search = Suchen
users-any = Beliebig
users-show-everyone = alle zeigen
users-there-are-no-users-yet = Es gibt noch keine Benutzer.
users-users-table = Benutzer, Tabelle
users-more-actions = Weitere Aktionen
users-email-or-username = E-Mail oder Benutzername
users-pages-of-users = Seiten mit Benutzern

## narrowed

filter-more = ＋ Filter
filter-changed-since-label = Geändert seit
filter-show = Diese Benutzer zeigen
filter-none = Hat keinen Wert

## user

user-copy-id = Kopieren
user-copied = Kopiert.
user-make-inactive = Auf inaktiv setzen
user-unsaved = Was Sie auf dieser Seite geändert haben, ist noch nicht gespeichert.
user-somebody-else-changed-this-user = Jemand anderes hat diesen Benutzer inzwischen geändert, deshalb wurde noch nichts gespeichert. Was dort eingetragen wurde, steht neben Ihren Werten: Prüfen Sie es, und speichern Sie noch einmal, um Ihre zu behalten.
user-nothing-was-saved-yet-put = Noch wurde nichts gespeichert: Berichtigen Sie, was gekennzeichnet ist, und speichern Sie noch einmal.
user-nothing-was-saved-busy = Noch wurde nichts gespeichert: Gerade wird ein großer Import abgeschlossen. Was Sie eingetragen haben, steht noch da; speichern Sie in einer Minute noch einmal.
user-users = ← Benutzer
user-details = Angaben
user-history = Verlauf
user-nothing-was-changed-yet = Noch wurde nichts geändert.
user-undo-of-an-import = Rückgängig gemachter Import
user-import = Import
user-empty = leer
user-created = Angelegt
user-withdrawn = Zurückgezogen

## With numbers, names and links in them

download-everyone = Alle ({ $users })
download-those-found = Gefundene zu { $search } ({ $count })
download-more-than = mehr als { $users }
download-about = etwa { $users }
download-at-least = mindestens { $users }
download-will-hold = Die Datei wird { $users ->
    [one] 1 Benutzer
   *[other] alle { $users } Benutzer
 } enthalten.
users-all = { $users ->
    [one] { $users } Benutzer
   *[other] { $users } Benutzer
 }
users-more-match = Mehr als { $users } Benutzer passen
users-about-match = { $users ->
    [one] Etwa { $users } Benutzer passt
   *[other] Etwa { $users } Benutzer passen
 }
users-at-least = { $users ->
    [one] Bisher mindestens { $users } Benutzer gefunden
   *[other] Bisher mindestens { $users } Benutzer gefunden
 }
users-match = { $users ->
    [one] { $users } Benutzer passt
   *[other] { $users } Benutzer passen
 }
users-range = { $first }–{ $last } von { $all }
users-nobody = Niemand passt. Versuchen Sie es mit weniger Wörtern, oder { $link }.
filter-is = { $field }: { $value }
filter-has-none = { $field }: kein Wert
filter-from = { $field }: ab { $first }
filter-until = { $field }: bis { $last }
filter-span = { $field }: { $first } bis { $last }
filter-first-day = { $field }: erster Tag
filter-last-day = { $field }: letzter Tag
filter-changed-since = Geändert seit { $day }
form-person-now = Jetzt { $person }. Geben Sie eine Benutzer-ID, eine E-Mail oder einen Benutzernamen ein.
form-required = (erforderlich)
user-is-now = { $field } ist jetzt { $value }.
user-id-is = Benutzer-ID { $id }
user-reports = { $users ->
    [one] { $users } Person untersteht dieser
   *[other] { $users } Personen unterstehen dieser
 }
user-put-back-of = { $value } wieder einsetzen: { $field }
user-was = war
user-became = wurde
user-saved = Gespeichert.

## saved

saved-searches = Gespeicherte Suchen
saved-name = Diese Liste speichern als
saved-for-everybody = Für alle hier
saved-of-everybody = für alle
saved-save = Speichern
saved-manage = Umbenennen oder entfernen
saved-none = Noch ist nichts gespeichert: Suchen Sie Benutzer, wählen Sie Filter, Reihenfolge und Spalten, und speichern Sie die Liste unter einem Namen.
saved-rename = Umbenennen
saved-remove = Entfernen
saved-needs-a-name = Nichts wurde gespeichert: Geben Sie einen Namen mit bis zu 80 Zeichen ein.
saved-name-taken = Nichts wurde geändert: Eine andere gespeicherte Suche heißt schon so. Wählen Sie einen anderen Namen.
saved-too-many = Nichts wurde gespeichert: Es gibt so viele gespeicherte Suchen, wie es geben kann. Entfernen Sie eine, die Sie nicht mehr brauchen, und speichern Sie noch einmal.
saved-too-long = Nichts wurde gespeichert: Die Liste hat zu viele Filter. Nehmen Sie einige weg, und speichern Sie noch einmal.
searched-fields = Was die Suche durchsieht
searched-fields-told = Immer Name, E-Mail, Benutzername, Benutzer-ID, Personalnummer und Stellenbezeichnung. Kreuzen Sie an, welche eigenen Felder die Suche außerdem durchsehen soll, höchstens zehn.
searched-none = Es gibt keine eigenen Felder mit Wörtern oder Zahlen.
searched-keep = Diese Felder behalten
searched-too-many = Nichts wurde geändert: Die Suche sieht höchstens zehn eigene Felder durch. Nehmen Sie einige Kreuze weg.
saved-told = Eine gespeicherte Suche behält, wonach Sie gesucht haben, die Filter, die Reihenfolge und die Spalten. Sie können { $most } haben, und alle zusammen noch { $most }.
saved-name-of = Neuer Name von { $name }

## new

users-look-again = Noch einmal nachsehen
users-add = Benutzer hinzufügen
new-user-told = Nichts wird gespeichert, bevor Sie auf Speichern drücken. Ein Status, den Sie nicht wählen, ist aktiv.
new-user-put-right = Noch wurde niemand hinzugefügt: Berichtigen Sie, was markiert ist, und speichern Sie noch einmal.
new-user-busy = Noch wurde niemand hinzugefügt: Gerade wird ein großer Import abgeschlossen. Was Sie eingegeben haben, steht noch hier; speichern Sie in einer Minute noch einmal.
user-added = Hinzugefügt.

## erase

user-erase = Löschen …
erase-type-the-name = Geben Sie zum Löschen den Namen ein
erase-another-name = Das ist ein anderer Name; nichts wurde gelöscht. Geben Sie den Namen so ein, wie er oben steht.
erase-values = Alles, was von dieser Person gespeichert ist, wird entfernt; ihre E-Mail und ihr Benutzername sind wieder frei.
erase-history = Von ihrem Verlauf bleibt nur, wer wann etwas geändert hat, ohne jeden Wert.
erase-named = Wer sie als Vorgesetzte oder Vorgesetzten hat, hat danach niemanden.
erase-files = Hochgeladene Dateien von Importen, die zu Ende sind, werden vergessen, denn sie können diese Person nennen; was diese Importe geändert haben, bleibt. Dateien, die auf Durchsicht warten, werden vergessen, wenn sie zu Ende sind.
erase-for-good = Das lässt sich nicht rückgängig machen. Kopien der Datenbank von früher enthalten die Person noch.
erase-do = Endgültig löschen
erase-keep = Behalten
erase-done = Die Person wurde gelöscht. Von ihr ist nichts mehr gespeichert.
erase-title = { $name } löschen
erase-back = ← { $name }
erase-waiting = { $imports ->
    [one] { $imports } Import wartet, dessen Datei sie nennen kann: Die Datei wird vergessen, wenn der Import zu Ende ist.
   *[other] { $imports } Importe warten, deren Dateien sie nennen können: Die Dateien werden vergessen, wenn die Importe zu Ende sind.
 }

## orders

users-by-field = nach { $field } sortiert
users-by-field-turned = nach { $field } sortiert, vom Ende her
users-order-as-of = wie es am { $moment } war; eine neue Reihenfolge entsteht
users-order-is-made = Die Reihenfolge nach { $field } entsteht gerade; das dauert einige Sekunden. Bis dahin stehen hier die ersten nach Nachnamen. { $link }
