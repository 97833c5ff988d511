# Regeln für Änderungen: viele Benutzer auf einmal geändert, ohne Datei.

rule-set = { $field } wird { $text }
rule-clear = { $field } wird geleert
rule-erased = Eine Regel, deren Werte gelöscht wurden
rule-replace = in { $field } wird { $text } zu { $with }
rule-left-off = in { $field } fällt { $text } weg
rule-add = { $field } erhält { $text }
rule-take-away = { $field } verliert { $text }
rule-empty = Sagen Sie, was geändert werden soll: ein Feld, und was daraus wird
rule-too-many = Eine Änderung hat höchstens { $most } Schritte: Machen Sie aus den übrigen eine eigene
rule-no-field = Es gibt kein Feld { $key }
rule-read-only = { $field } wird anderswo verwaltet und ist hier nicht änderbar
rule-unfit = { $field } lässt sich ändern durch: { $steps }
rule-no-text = Geben Sie den Text für { $field } an; um es leer zu machen, leeren Sie es

selected-found = { $users ->
    [one] { $users } Benutzer gefunden
   *[other] { $users } Benutzer gefunden
 }
selected-twice = { $twice } doppelt genannt
selected-missing = { $missing } nicht gefunden: { $names }

# Eine Auswahl von Benutzern, und was an ihnen geändert wird.

selection-paste = Benutzer-IDs oder E-Mails einfügen
selection-names = Benutzer-IDs, E-Mails oder Benutzernamen
selection-names-hint = Je Zeile eine, oder mit Kommas oder Semikolons dazwischen, wie sie aus einer Spalte einer Tabelle kommen
selection-find = Suchen
selection-tick-somebody = Haken Sie zuerst Benutzer an und wählen Sie sie dann aus.
selection-ticks = Anhaken
selection-ticked = Angehakte auswählen
selection-all-of = { $users ->
    [one] Alle { $users } dieser Suche auswählen
   *[other] Alle { $users } dieser Suche auswählen
 }
selection-all = Alle dieser Suche auswählen
selection-title = { $users ->
    [one] { $users } Benutzer ausgewählt
   *[other] { $users } Benutzer ausgewählt
 }
selection-gathering = { $users ->
    [one] Benutzer werden gesammelt: bisher { $users }
   *[other] Benutzer werden gesammelt: bisher { $users }
 }
selection-go-on = Weiter
selection-kept = Die Auswahl bleibt einen Tag lang, nur für Sie.
selection-missing = { $names ->
    [one] { $names } Name, der hier kein Benutzer ist, zum Kopieren
   *[other] { $names } Namen, die hier keine Benutzer sind, zum Kopieren
 }
selection-leave = Zurück zu allen Benutzern
selection-download = { $users ->
    [one] Diesen { $users } herunterladen
   *[other] Diese { $users } herunterladen
 }
selection-change = { $users ->
    [one] Diesen { $users } hier ändern…
   *[other] Diese { $users } hier ändern…
 }
change-title = { $users ->
    [one] { $users } Benutzer ändern
   *[other] { $users } Benutzer ändern
 }
change-hint = Noch wird nichts geändert: Sie prüfen zuerst, was aus jedem Benutzer würde.
change-line = Was geändert werden soll
change-add-line = Schritt hinzufügen
change-remove = Diesen Schritt entfernen: { $line }
change-back = Zurück zur Auswahl
change-review = Änderungen prüfen
change-set = { $field } wird
change-clear = { $field } wird geleert
change-in = In { $field } ersetzen
change-add = { $field } erhält
change-take-away = { $field } verliert
change-cleared = Bei allen wird der Wert entfernt.
change-replace = Diesen Text
change-with = Durch diesen Text
change-value = Wert
change-user = Benutzer-ID, E-Mail oder Benutzername
change-language = Sprache, etwa Deutsch oder en-GB
change-could-not-be-read = Die Schritte waren nicht lesbar. Gehen Sie zurück und fügen Sie sie noch einmal hinzu.
