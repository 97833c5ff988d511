# Zuordnung: eine Tabelle, die Muster nicht geschrieben hat, was ihre Spalten sind, und wer ihre Zeilen sind.

matching-not-chosen = { $columns ->
    [one] Sagen Sie, was diese Spalte ist, oder lassen Sie sie weg: { $named }.
   *[other] Sagen Sie, was diese { $columns } Spalten sind, oder lassen Sie sie weg: { $named }.
 }
matching-twice = „{ $one }“ und „{ $other }“ sind jetzt dasselbe. Lassen Sie eine von beiden weg.
matching-no-field = „{ $key }“ ist kein Feld, das hier geändert werden kann. Wählen Sie ein anderes, oder lassen Sie die Spalte weg.
matching-no-key = Personen sollen nach { $field } zugeordnet oder benannt werden, und keine Spalte ist das. Sagen Sie, welche Spalte es ist, oder wählen Sie unten etwas anderes.
matching-nothing = Alle Spalten werden weggelassen. Sagen Sie von mindestens einer, was sie ist.
matching-no-names = Neue Benutzer haben einen Vor- und einen Nachnamen. Sagen Sie, welche Spalten das sind, oder lassen Sie neue Personen weg.
step-make-absent-inactive = die Antwort, dass inaktiv wird, wer nicht in der Datei steht
not-in-file = { $users ->
    [one] { $users } Ihrer aktiven Benutzer steht nicht in dieser Datei. Niemand wird geändert, solange Sie es nicht sagen.
   *[other] { $users } Ihrer aktiven Benutzer stehen nicht in dieser Datei. Niemand wird geändert, solange Sie es nicht sagen.
 }
review-make-these-inactive = { $users ->
    [one] Diesen Benutzer inaktiv machen
   *[other] Diese { $users } inaktiv machen
 }
person-twice = Zeile { $row } handelt von derselben Person. Entscheiden Sie in Ihrer Datei, welche der beiden zählt, oder lassen Sie eine davon weg.
several-users = { $users } Benutzer haben hier denselben Wert. Stellen Sie im Verzeichnis richtig, wessen er ist, oder lassen Sie diese Zeile weg.
matching-no-sign-in = Neue Benutzer melden sich mit einer E-Mail-Adresse oder einem Benutzernamen an. Sagen Sie, welche Spalte das ist, oder lassen Sie unten Benutzernamen bilden.
matching-not-kept = Unter diesem Namen kann das nicht aufgehoben werden. Geben Sie einen kurzen Namen ein, oder nehmen Sie das Häkchen weg; sind es zu viele Namen, müssen erst welche weg.
matching-title = Spalten zuordnen: { $file }
matching-lead = Diese Tabelle hat Muster nicht geschrieben. Sagen Sie, was ihre Spalten sind; was klar ist, steht schon da. Danach prüfen Sie alles, und nichts ändert sich, bevor Sie es abschließen.
matching-like = Diese Tabelle ist wie die, die Sie als „{ $name }“ aufgehoben haben. Was Sie damals sagten, ist eingetragen.
matching-new-columns = Neu: { $columns }. Sagen Sie, was das ist, oder lassen Sie es weg.
matching-missing-columns = Es fehlt: { $columns }. Dort ändert sich nichts, außer eine andere Spalte ist es jetzt.
matching-as-before = { $columns ->
    [one] { $columns } Spalte wie zuvor
   *[other] { $columns } Spalten wie zuvor
 }
matching-table = Spalten der Tabelle
matching-column = Spalte
matching-values = Einige ihrer Werte
matching-is = Ist
matching-is-of = Was „{ $column }“ ist
matching-empty-cells = Leere Zellen
matching-clear = Wert leeren
matching-no-values = keine Werte
matching-choose = Auswählen …
matching-alone = Weglassen
matching-leaving = Austrittsdatum, danach inaktiv
matching-left-alone = { $columns ->
    [one] { $columns } Spalte wird weggelassen
   *[other] { $columns } Spalten werden weggelassen
 }
matching-left-alone-hint = Sie gehen hier niemanden etwas an: Muster zeigt und behält nicht, was darin steht.
matching-bank = Bankverbindung
matching-tax = Steuer
matching-social-security = Sozialversicherung oder Ausweis
matching-health = Gesundheit
matching-religion = Religion
matching-pay = Gehalt
matching-rest = Alle Spalten weglassen, die ich nicht ausgewählt habe
matching-who = Wer sind die Zeilen?
matching-by = Personen zuordnen nach { $field }
matching-by-nothing = Alle sind neu
matching-creates = Benutzer anlegen für Zeilen, die zu niemandem passen
matching-creates-hint = Ohne das Häkchen fragt die Prüfung. Zwei Zeilen über eine Person werden nie stillschweigend übernommen: Sie werden rot.
matching-usernames = Neue Benutzer ohne E-Mail-Adresse
matching-usernames-none = Bekommen keinen Benutzernamen
matching-usernames-from = Bekommen einen Benutzernamen aus { $field }
matching-usernames-name = Bekommen einen Benutzernamen aus ihrem Namen
matching-usernames-hint = Die Prüfung zeigt jeden, bevor etwas angelegt wird.
matching-keep = Nächstes Mal
matching-keep-it = Für die nächste Tabelle mit diesen Titeln aufheben, was ich gesagt habe
matching-name = Name dafür
matching-plain-name = Tabelle
matching-otherwise = Anders lesen
matching-sheet = Tabellenblatt
matching-heading = Zeile der Titel
matching-separator = Trennzeichen
matching-charset = Zeichensatz
matching-comma = Komma
matching-semicolon = Semikolon
matching-tab = Tabulator
matching-line = Senkrechter Strich
matching-read = So lesen
matching-nothing-yet = Noch ändert sich nichts.
matching-go-on = Weiter zur Prüfung
matching-again = Spalten noch einmal zuordnen
matching-sign-in = E-Mail oder Benutzername
matching-number = Personalnummer
matching-waits = Wartet darauf, dass seine Spalten zugeordnet werden
not-in-file-title = Wer steht nicht in der Datei?
not-in-file-lead = Diese aktiven Benutzer gehören zu Ihrer Organisation, und keine Zeile der Datei nennt sie. Niemand wird geändert, solange Sie es in der Prüfung nicht sagen.
not-in-file-nobody = Alle, die aktiv sind, stehen in der Datei.
not-in-file-back = Zurück zur Prüfung
not-in-file-before = Vorige Seite
not-in-file-next = Nächste Seite
not-in-file-link = Wer sind sie?
users-way-table = Eine Tabelle von anderswo
users-way-table-told = Bringen Sie nach dem Umstieg Ihre Benutzer mit: eine Lohnliste, eine Personalliste oder den Export eines anderen Programms. Sie sagen, was die Spalten sind.
users-bring-over = Benutzer mitbringen
upload-any-table = Auch jede andere Tabelle von Personen geht: eine Lohnliste, eine Personalliste, ein Export eines anderen Programms. Sie sagen, was die Spalten sind, bevor sich etwas ändert.
matching-too-many = Über bis zu { $most } Spalten wird auf einmal etwas gesagt. Nennen Sie die, die gelesen werden, und lassen Sie die anderen weg.
matching-word = „{ $word }“ bedeutet in { $name } nichts. Was dort stehen kann, sagt docs/files.md.
matching-json = Das ist keine Zuordnung in JSON: { $error }.
matching-no-such-name = Unter „{ $name }“ ist keine Zuordnung aufgehoben. Sagen Sie, was die Spalten sind, und unter welchem Namen das aufgehoben wird.
matching-kept = Was aufgehoben ist
matching-forget = Vergessen
