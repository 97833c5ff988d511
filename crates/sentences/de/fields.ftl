# Die Felder einer Organisation: ihre Seite, was aus ihnen nicht werden kann.

## what may not be

fields-no-title = Geben Sie dem Feld einen Titel.
fields-changed-since = Jemand anders hat dieses Feld geändert, seit Sie es geöffnet haben. Noch ist nichts gespeichert: Sehen Sie sich an, was Sie eingegeben haben, und speichern Sie noch einmal.
fields-is-now = { $property }: Jetzt steht dort „{ $now }“, Sie haben „{ $typed }“ eingegeben.
fields-no-label = Geben Sie der Option einen Namen.

## the page of all fields

fields-title = Felder
fields-lead = Was über Ihre Benutzer geführt wird, in der Reihenfolge der Spalten einer Arbeitsmappe. Eine Arbeitsmappe von vor einer Änderung gilt weiterhin.
fields-owners-change = Ändern können sie die, denen die Organisation gehört.
fields-retired = Stillgelegte Felder
fields-column-title = Titel
fields-column-key = Schlüssel
fields-column-type = Art
fields-column-options = Optionen
fields-column-order = Reihenfolge
fields-required = Pflicht
fields-unique = eindeutig
fields-read-only = nur lesbar
fields-add = Feld hinzufügen
fields-new-title = Titel
fields-new-type = Art
fields-new-options = Optionen, für eine oder mehrere zur Auswahl
fields-new-options-hint = Je Zeile eine, oder aus einer Spalte einer Tabelle eingefügt.
fields-tick-required = Jeder Benutzer muss einen Wert haben
fields-tick-unique = Keine zwei Benutzer dürfen denselben Wert haben
fields-tick-searched = Benutzer werden darüber gefunden
fields-kind-text = Text
fields-kind-number = Zahl
fields-kind-date = Datum
fields-kind-yes-no = Ja oder nein
fields-kind-choice = Eine Option
fields-kind-choices = Mehrere Optionen
fields-kind-email = E-Mail
fields-kind-phone = Telefon
fields-kind-user = Ein Benutzer
fields-kind-username = Benutzername
fields-kind-status = Aktiv oder inaktiv
fields-kind-language = Sprache

## the page of one field

fields-all = Alle Felder
fields-made = Das Feld wurde hinzugefügt. Neue Downloads und Vorlagen haben seine Spalte.
fields-saved = Das Feld wurde gespeichert.
fields-was-retired = Das Feld wurde stillgelegt. Seine Werte und sein Verlauf bleiben.
fields-is-back = Das Feld ist wieder in Gebrauch.
fields-options-saved = Die Optionen wurden gespeichert.
fields-use = Gebrauch
fields-state = Zustand
fields-is-retired = stillgelegt
fields-length = Länge
fields-pattern = Formvorgabe
fields-pattern-hint = Wie ein ganzer Wert aussieht, als regulärer Ausdruck: [A-Z]{"{"}2{"}"}[0-9]{"{"}4{"}"} nimmt AB1234 an. Werte, die Benutzer schon haben, bleiben, bis jemand sie bearbeitet.
fields-save = Feld speichern
fields-before-saving = Vor dem Speichern
fields-required-means = Sie bleiben, wie sie sind. Wer einen von ihnen bearbeitet, gibt ihm einen Wert, von Hand oder mit einer Datei.
fields-save-anyway = Als Pflichtfeld speichern
fields-save-all-the-same = Trotzdem speichern
fields-unlike-pattern = { $users ->
    [one] { $users } Benutzer hat einen Wert, der nicht zum Muster passt.
   *[other] { $users } Benutzer haben einen Wert, der nicht zum Muster passt.
 }
fields-doubled-next = Geben Sie diesen Benutzern zuerst verschiedene Werte und machen Sie das Feld dann eindeutig.
fields-retire = Stilllegen
fields-retire-ask = Dieses Feld stilllegen…
fields-retire-title = Außer Gebrauch
fields-before-retiring = Vor dem Stilllegen
fields-retired-title = Wieder in Gebrauch
fields-retired-means = Ein stillgelegtes Feld fehlt in neuen Downloads, und seine Spalte in einer Arbeitsmappe von vorher wird übergangen. Seine Werte und sein Verlauf bleiben, und es lässt sich zurückholen.
fields-take-back = Zurückholen

## options

fields-option = Option
fields-option-users = Benutzer
fields-option-removing = Entfernen
fields-options-table = Optionen
fields-rename = Umbenennen
fields-remove = Entfernen
fields-remove-ask = Entfernen…
fields-remove-means = Sie lässt sich dann nicht mehr wählen. Was ihre Benutzer stattdessen bekommen, ist ein Import wie jeder andere und lässt sich rückgängig machen.
fields-instead = Sie bekommen
fields-instead-choose = Wählen…
fields-instead-nothing = Nichts
fields-instead-keep = Sie behalten sie, bis jemand das ändert
fields-paste = Optionen hinzufügen
fields-look-at-list = Liste ansehen
fields-pasted = Vor dem Hinzufügen
fields-removed-options = Entfernte Optionen
fields-give-another = Ihnen eine andere geben…

## With numbers, names and links in them

fields-no-field = Es gibt kein Feld { $key }.
fields-not-a-key = { $key } kann kein Schlüssel eines Feldes sein: ein Kleinbuchstabe, dann Kleinbuchstaben, Ziffern und Unterstriche, höchstens 60; nicht id, user_id oder revision.
fields-key-taken = Es gibt schon ein Feld { $key }, vielleicht ein stillgelegtes. Wählen Sie einen anderen Schlüssel, oder holen Sie jenes zurück.
fields-too-long = Kürzen Sie es auf { $most } Zeichen.
fields-title-taken = Das Feld { $key } hat schon den Titel { $title }. Wählen Sie einen anderen, damit sich die Spalten unterscheiden lassen.
fields-title-built-in = { $title } ist der Titel einer Spalte, die jede Datei von Muster haben kann. Wählen Sie einen anderen, damit eine Datei mit dieser Spalte richtig gelesen wird.
name-holds-unseen = { $text } enthält ein Zeichen, das niemand sieht ({ $letter }). Geben Sie den Text ohne dieses Zeichen ein.
name-is-formula = { $text } beginnt mit =, Tabellenprogramme würden es also für eine Formel halten. Beginnen Sie mit einem anderen Zeichen.
fields-needed = { $title } lässt sich nicht stilllegen: Muster braucht es.
fields-always = { $title } bleibt Pflicht: Jeder Benutzer hat einen Wert.
fields-unfit = Ob { $title } eindeutig ist, legt nicht die Organisation fest.
fields-not-searched = { $title } kann nicht für die Suche gewählt werden: Name, E-Mail, Benutzername, Personalnummer und Stellenbezeichnung sind immer dabei, und von Ihren eigenen Feldern können es die mit Text, Zahl, E-Mail oder Telefon sein. Nach den anderen lässt sich filtern.
fields-takes-no-pattern = Ein Feld der Art { $kind } hat keine Formvorgabe.
fields-not-a-pattern = { $pattern } ist keine lesbare Formvorgabe. Schließen Sie jede Klammer, und setzen Sie \ vor Zeichen, die sich selbst meinen.
fields-pattern-too-large = Diese Formvorgabe ist zu groß. Machen Sie sie höchstens { $most } Zeichen lang, mit kleineren Zahlen für Wiederholungen in den geschweiften Klammern.
fields-takes-no-choices = Ein Feld der Art { $kind } hat keine Optionen.
fields-needs-choices = Ein Feld der Art { $kind } braucht Optionen. Tragen Sie sie ein oder fügen Sie sie ein, je Zeile eine.
fields-semicolon = { $label } enthält ein Semikolon, das zwischen mehreren Optionen steht. Wählen Sie einen Namen ohne es.
fields-label-taken = Es gibt schon eine Option { $label }. Wählen Sie einen anderen Namen.
fields-no-choice = Es gibt keine Option { $choice }.
fields-too-many-choices = Ein Feld hat höchstens { $most } Optionen. Nehmen Sie für mehr ein Textfeld.
fields-too-many-edits = Ein Feld nimmt { $most } Änderungen auf einmal. Senden Sie weniger.
fields-choice-needed = { $title } ist Pflicht, deshalb braucht, wer diese Option hat, eine andere. Wählen Sie, welche.
fields-no-options-yet = { $title } hat noch keine Optionen, deshalb kann kein Benutzer eine haben.
fields-add-options-to = Optionen zu { $title } hinzufügen
fields-up = { $title }: nach oben
fields-down = { $title }: nach unten
fields-key-hint = Der Schlüssel steht in Zeile 2 einer Arbeitsmappe und in REST. Er wird aus dem Titel gemacht und ändert sich nie. { $help }
fields-used-by = { $users ->
    [one] { $users } Benutzer hat einen Wert.
   *[other] { $users } Benutzer haben einen Wert.
 }
fields-without-value = { $users ->
    [one] { $users } Benutzer hat keinen Wert.
   *[other] { $users } Benutzer haben keinen Wert.
 }
fields-values-doubled = { $values ->
    [one] { $values } Wert kommt bei mehreren Benutzern vor:
   *[other] { $values } Werte kommen bei jeweils mehreren Benutzern vor:
 }
fields-and-more = und { $more } weitere
fields-letters = { $letters ->
    [one] höchstens { $letters } Zeichen
   *[other] höchstens { $letters } Zeichen
 }
fields-options = { $options ->
    [one] { $options } Option
   *[other] { $options } Optionen
 }
fields-option-label = Name der Option { $label }
fields-rename-option = { $label } umbenennen
fields-remove-option = { $label } entfernen
fields-option-used-by = { $users ->
    [one] { $users } Benutzer hat sie.
   *[other] { $users } Benutzer haben sie.
 }
fields-add-options = { $options ->
    [one] { $options } Option hinzufügen
   *[other] { $options } Optionen hinzufügen
 }
fields-pasted-sums = { $new } neu, { $there } schon da, { $differ } nur in Groß- und Kleinschreibung anders
fields-pasted-new = { $options ->
    [one] { $options } ist neu
   *[other] { $options } sind neu
 }
fields-pasted-back = { $options ->
    [one] { $options } wurde früher entfernt und kommt zurück
   *[other] { $options } wurden früher entfernt und kommen zurück
 }
fields-pasted-there = { $options ->
    [one] { $options } ist schon da
   *[other] { $options } sind schon da
 }
fields-pasted-differ = { $options ->
    [one] { $options } unterscheidet sich nur in Groß- und Kleinschreibung von einer, die da ist und so bleibt
   *[other] { $options } unterscheiden sich nur in Groß- und Kleinschreibung von solchen, die da sind und so bleiben
 }
