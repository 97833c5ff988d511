# Was eine heruntergeladene Arbeitsmappe über sich selbst sagt, und was jedes Feld annimmt. Die Werte selbst sind in jeder Sprache dieselben.

sheet-users = Benutzer
sheet-instructions = Anleitung
sheet-lists = Listen
instructions-heading = Benutzer mit dieser Arbeitsmappe bearbeiten
instructions-change = 1. Ändern Sie ab Spalte B die Zellen, die Sie ändern möchten. Speichern Sie die Arbeitsmappe und schließen Sie sie.
instructions-import = 2. Öffnen Sie in Muster „Benutzer“, dann das Menü, dann „Benutzerdaten importieren“, und wählen Sie diese Datei.
instructions-review = 3. Sehen Sie sich an, was sich ändert, berichtigen Sie, was gekennzeichnet ist, und schließen Sie ab.
instructions-good-to-know = Gut zu wissen
instructions-leave = Die Zeilen 1 und 2 und die Benutzer-ID in Spalte A sagen Muster, aus welchem Download und von welchem Benutzer jede Zeile ist. Lassen Sie sie bitte, wie sie sind.
instructions-delete = Zeilen und Spalten, die Sie nicht bearbeiten, dürfen Sie löschen: Was nicht in der Datei steht, bleibt, wie es ist.
instructions-empty = Eine geleerte Zelle leert diesen Wert. Sie sehen, wie viele Werte geleert werden, bevor etwas geschieht.
instructions-sort = Sie dürfen Zeilen sortieren, filtern und ausblenden und eigene Spalten hinzufügen; Spalten, die Muster nicht kennt, bleiben unbeachtet.
instructions-new-heading = Benutzer mit dieser Arbeitsmappe anlegen
instructions-new-fill = 1. Füllen Sie ab Zeile 3 für jeden neuen Benutzer eine Zeile aus. Speichern Sie die Arbeitsmappe und schließen Sie sie.
instructions-new-leave = Die Zeilen 1 und 2 sagen Muster, was in jeder Spalte steht. Lassen Sie sie bitte, wie sie sind.
instructions-new-id = Lassen Sie die Benutzer-ID in Spalte A leer: Muster gibt jedem neuen Benutzer eine eigene.
instructions-new-sign-in = Ein aktiver Benutzer braucht eine E-Mail oder einen Benutzernamen. Niemand sonst darf dasselbe haben, auch keine zwei Zeilen dieser Arbeitsmappe.
instructions-new-required = Spalten mit dem Hinweis „Erforderlich“ brauchen in jeder Zeile einen Wert. Die übrigen dürfen leer bleiben oder gelöscht werden.
instructions-new-manager = Eine Spalte, die einen Benutzer nennt, darf auch jemanden aus einer anderen Zeile dieser Arbeitsmappe nennen, mit E-Mail oder Benutzername.
instructions-columns = Was die Spalten annehmen
takes-text = Bis zu { $characters } Zeichen.
takes-number = Eine Zahl.
takes-date = Ein Datum, gezeigt als Jahr-Monat-Tag.
takes-yes-no = Yes oder No; auch Ja oder Nein.
takes-status = Active oder Inactive; auch Aktiv oder Inaktiv.
takes-choice = Eine der Optionen aus der Liste.
takes-choices = Eine oder mehrere davon, durch Semikolons getrennt: { $options }
takes-email = Eine E-Mail-Adresse, die niemand sonst hat.
takes-username = Ein Benutzername ohne @, für Benutzer ohne E-Mail.
takes-phone = Eine Telefonnummer mit Landesvorwahl: +44 1632 960123.
takes-user = Ein Benutzer: Benutzer-ID, E-Mail oder Benutzername.
takes-language = Ein Sprachkürzel wie en-GB oder der Name einer Sprache.
takes-required = Erforderlich.
takes-and-required = { $takes } Erforderlich.

## The titles of the fields that every organisation has

field-first-name = Vorname
field-last-name = Nachname
field-email = E-Mail
field-username = Benutzername
field-status = Status
field-job-title = Position
field-department = Abteilung
field-manager = Führungskraft
field-phone = Telefon
field-employee-number = Personalnummer
field-start-date = Eintrittsdatum
field-segments = Segmente
field-language = Sprache

## Values, as pages say them

value-active = Aktiv
value-inactive = Inaktiv
value-yes = Ja
value-no = Nein
