# Deutsch. Was hier steht, sagt Benutzerinnen und Benutzern der Verwaltung, was ist und was als Nächstes zu tun ist: in der Sie-Form, kurz,
# ohne jemandem die Schuld zu geben.
#
# Wörter, immer dieselben:
#   user Benutzer · User ID Benutzer-ID · user data Benutzerdaten · sign in anmelden · sign-in Anmeldung · username Benutzername
#   organisation Organisation · administrator Administrator · owner Eigentümer · editor Bearbeiter · viewer Betrachter
#   whoever runs Muster wer Muster betreibt · support Support · ticket Anfrage
#   file Datei · workbook Arbeitsmappe · spreadsheet Tabelle · spreadsheet program Tabellenprogramm · sheet Blatt · row Zeile · column Spalte
#   cell Zelle · key Schlüssel · title Titel · field Feld · value Wert · option Option · template Vorlage · report Bericht
#   download herunterladen · upload hochladen · import Import, importieren · review Prüfung, prüfen · complete abschließen
#   change Änderung, ändern · edit bearbeiten · put right berichtigen · correction Berichtigung · conflict Konflikt · problem Problem
#   leave out auslassen · take in again wieder aufnehmen · keep behalten · clear leeren · undo rückgängig machen · redo wiederholen
#   cancel abbrechen · history Verlauf · note Vermerk · tick Haken, anhaken · selection Auswahl · rule Regel · directory Verzeichnis
#   second factor zweiter Faktor · recovery code Wiederherstellungscode · one-time link Einmal-Link · session Sitzung

# Was an einer Datei, einer Zeile oder einer Zelle nicht stimmen kann.

## The file as such

header-missing = Zeile 2 fehlt, die schmale graue Zeile, die mit „user_id“ beginnt. Laden Sie die Benutzerdaten noch einmal herunter, übertragen Sie Ihre Änderungen in diese Datei und laden Sie sie hoch.
header-duplicate = In Zeile 2 steht „{ $key }“ über zwei Spalten. Löschen Sie eine davon und laden Sie die Datei noch einmal hoch.
header-duplicate-unnamed = In Zeile 2 haben zwei Spalten denselben Schlüssel. Löschen Sie eine davon und laden Sie die Datei noch einmal hoch.
wrong-account = Diese Datei wurde aus einer anderen Organisation heruntergeladen, „{ $slug }“. Öffnen Sie jene Organisation, um sie hochzuladen, oder laden Sie die Benutzerdaten dieser Organisation herunter.
wrong-account-later = Diese Datei gibt an, nach der letzten hier bekannten Änderung heruntergeladen worden zu sein. Laden Sie die Benutzerdaten noch einmal herunter und übertragen Sie Ihre Änderungen in diese Datei.
wrong-past = Diese Datei stammt nicht aus den Benutzerdaten, wie sie hier geführt werden: Sie wurde aus einer anderen Installation heruntergeladen, oder bevor eine Sicherung zurückgespielt wurde. Laden Sie die Benutzerdaten noch einmal herunter, übertragen Sie Ihre Änderungen in diese Datei und laden Sie sie hoch.
wrong-past-put-back = Diese Datei wurde heruntergeladen, nachdem die Sicherung der Benutzerdaten entstanden war, die hier jetzt gilt: Am { $on } wurden die Benutzerdaten auf den Stand vom { $to } zurückgesetzt. Laden Sie sie noch einmal herunter, übertragen Sie Ihre Änderungen in diese Datei und laden Sie sie hoch.
rows-out-of-line = Die Zeilen stehen nicht mehr neben ihren Benutzer-IDs: { $examples }. Wahrscheinlich blieb Spalte A beim Sortieren aus: Machen Sie das Sortieren rückgängig, oder laden Sie die Benutzerdaten noch einmal herunter, und sortieren Sie alle Spalten zusammen.
rows-out-of-line-plain = Die Zeilen stehen nicht mehr neben ihren Benutzer-IDs. Wahrscheinlich blieb Spalte A beim Sortieren aus: Machen Sie das Sortieren rückgängig, oder laden Sie die Benutzerdaten noch einmal herunter, und sortieren Sie alle Spalten zusammen.
rows-out-of-line-example = { $person } steht neben der ID { $id } von { $other }
rows-out-of-line-and = { $one } und { $next }

id-column-missing = Spalte A, die Benutzer-ID, fehlt. Damit ist offen, zu welchem Benutzer eine Zeile gehört. Machen Sie das Löschen der Spalte rückgängig, oder laden Sie die Benutzerdaten noch einmal herunter und übertragen Sie Ihre Änderungen in diese Datei.
sheet-unknown = In dieser Datei gibt es kein Blatt „{ $sheet }“ mit Schlüsseln. Sehen Sie nach, wie ihre Blätter heißen, und wählen Sie ein anderes.
no-rows = Diese Datei enthält keine Zeilen mit Benutzern. Tragen Sie unter den Schlüsseln mindestens eine ein, speichern Sie die Datei und laden Sie sie noch einmal hoch.
other-headings = In Zeile { $row } beginnen die Schlüssel eines anderen Downloads. Die Zeilen darunter lassen sich deshalb nicht mit den richtigen Werten vergleichen. Laden Sie die beiden Downloads als zwei Dateien hoch.

## Column A

user-id = Benutzer-ID
user-id-damaged = Diese Benutzer-ID ist beschädigt: Ein Zeichen fehlt, ist zu viel oder wurde verändert. Kopieren Sie sie aus der heruntergeladenen Datei, oder lassen Sie die Zeile aus.
user-id-damaged-perhaps = Diese Benutzer-ID ist beschädigt: Ein Zeichen fehlt, ist zu viel oder wurde verändert. Kopieren Sie sie aus der heruntergeladenen Datei, nehmen Sie { $user }, wenn es in dieser Zeile um diesen Benutzer geht, oder lassen Sie die Zeile aus.
user-id-unknown = Diese Benutzer-ID gehört zu keinem Benutzer dieser Organisation. Kopieren Sie die ID aus der heruntergeladenen Datei, oder lassen Sie die Zeile aus.
user-id-unknown-perhaps = Diese Benutzer-ID gehört zu keinem Benutzer dieser Organisation. Kopieren Sie die ID aus der heruntergeladenen Datei, nehmen Sie { $user }, wenn es in dieser Zeile um diesen Benutzer geht, oder lassen Sie die Zeile aus.
user-id-duplicate-row = Zeile { $row } hat dieselbe Benutzer-ID und andere Werte. Behalten Sie eine von beiden.
user-id-duplicate-rows = Die Zeilen { $rows } haben dieselbe Benutzer-ID und andere Werte. Behalten Sie eine davon.
user-id-duplicate = Eine andere Zeile hat dieselbe Benutzer-ID und andere Werte. Behalten Sie eine von beiden.
user-id-missing = Diese Zeile hat keine Benutzer-ID. Legen Sie daraus einen Benutzer an, oder lassen Sie sie aus.

## A cell, whatever its field

formula-error = Die Zelle zeigt den Fehler { $error }. Tragen Sie anstelle der Formel den Wert ein.
formula-error-unnamed = Die Zelle zeigt einen Fehler. Tragen Sie anstelle der Formel den Wert ein.
formula-without-value = Die Formel in dieser Zelle hat kein Ergebnis. Öffnen Sie die Datei im Tabellenprogramm, speichern Sie sie und laden Sie sie noch einmal hoch, oder tragen Sie den Wert ein.
formula-as-text = Dies ist eine Formel, die als Text gespeichert wurde, nicht ihr Ergebnis. Tragen Sie anstelle der Formel den Wert ein.
bidi-control = Dieser Text enthält unsichtbare Zeichen, die die Leserichtung umkehren. Tragen Sie ihn ohne sie noch einmal ein.
number-precision = Das Tabellenprogramm hat diese Zahl gekürzt, einige ihrer Ziffern sind verloren. Formatieren Sie die Zelle als Text und tragen Sie die ganze Zahl noch einmal ein.
cell-unreadable = Diese Zelle ist nicht lesbar. Tragen Sie ihren Wert noch einmal ein.
letters-lost = Von diesem Wert gingen Buchstaben verloren: Das Zeichen � steht, wo ein Programm sie nicht lesen konnte. Tragen Sie den Wert noch einmal ein.
open-quote = Ein Anführungszeichen beginnt diese Zelle und keines beendet sie. Die Zeilen dahinter wurden deshalb als eigene Zeilen gelesen. Tragen Sie den Wert ohne das Zeichen noch einmal ein.
rows-inside = { $rows ->
    [one] { $rows } weitere Zeile der Datei steht in dieser Zelle und wurde nicht gelesen: Ein Anführungszeichen beginnt die Zelle, und sie endet erst hinter jener Zeile. Nehmen Sie das Zeichen weg und laden Sie die Datei noch einmal hoch, oder tragen Sie den Wert ein.
   *[other] { $rows } weitere Zeilen der Datei stehen in dieser Zelle und wurden nicht gelesen: Ein Anführungszeichen beginnt die Zelle, und sie endet erst hinter jenen Zeilen. Nehmen Sie das Zeichen weg und laden Sie die Datei noch einmal hoch, oder tragen Sie den Wert ein.
}

row-cut = Diese Zeile endet vor dieser Zelle, die beim Herunterladen einen Wert hatte. Nehmen Sie den alten Wert, wenn er verloren ging, oder tragen Sie ein, was gelten soll.
row-wide = Diese Zeile hat mehr Zellen, als es Schlüssel gibt: Vielleicht steht ein Text mit einem Komma ohne Anführungszeichen da. Setzen Sie diesen Text in Anführungszeichen und laden Sie die Datei noch einmal hoch, oder lassen Sie die Zeile aus.
merged-cells = Diese Zelle liegt unter einer verbundenen Zelle und hat deshalb keinen eigenen Wert. Nehmen Sie den Wert der verbundenen Zelle, oder tragen Sie ein, was gelten soll.

## What belongs to one user only

login-in-use = E-Mail/Benutzername ist bereits vergeben
login-not-checked = Ob diese E-Mail oder dieser Benutzername frei ist, konnte heute nicht geprüft werden. Lassen Sie die Zeile aus und laden Sie sie morgen noch einmal hoch, oder wenden Sie sich an den Support.
not-unique = { $title } muss bei jedem Benutzer anders sein, und dieser Wert ist vergeben. Tragen Sie einen anderen ein.
no-sign-in = Ein aktiver Benutzer braucht eine E-Mail oder einen Benutzernamen, um sich anzumelden. Tragen Sie eines davon ein, oder setzen Sie den Benutzer auf inaktiv.
held-by-rows = Die Zeilen { $rows } haben den Wert auch.
held-by-row = Zeile { $row } hat den Wert auch.
rivals-more = { $rows } weitere
held-in-file = Eine andere Zeile dieser Datei hat den Wert auch.
held-by-user = Der Benutzer { $user } hat ihn.
held-in-account = Ein anderer Benutzer dieser Organisation hat ihn.
held-elsewhere = Wenden Sie sich an den Support.
with-explanation = { $sentence } { $explanation }
with-explanation-after-words = { $sentence }. { $explanation }

## Values, each by its kind

not-a-choice = „{ $value }“ ist keine der Optionen von { $title }. Wählen Sie eine aus der Liste.
not-a-choice-unnamed = Dies ist keine der Optionen von { $title }. Wählen Sie eine aus der Liste.
not-a-user-damaged = { $title }: Die Benutzer-ID in dieser Zelle ist beschädigt. Kopieren Sie sie noch einmal, oder tragen Sie eine E-Mail ein.
name-differs = { $title }: { $name } ist ein anderer Benutzer, und die Benutzer-ID hinter dem Namen ist die von { $own }. Wählen Sie, wer gemeint ist.
name-differs-unnamed = { $title }: Der Name ist der eines Benutzers, die Benutzer-ID dahinter die eines anderen. Wählen Sie, wer gemeint ist.
not-a-user-several = { $title }: Diese Zelle nennt mehrere Benutzer. Wählen Sie, wer gemeint ist.
name-unknown = { $title }: { $name } ist weder der Name von { $own }, dessen Benutzer-ID dahinter steht, noch der eines anderen Benutzers. Wählen Sie { $own }, wenn die Benutzer-ID stimmt, oder tragen Sie die Benutzer-ID oder die E-Mail der gemeinten Person ein.
not-a-user = { $title }: Dies ist kein Benutzer dieser Organisation. Tragen Sie eine Benutzer-ID, eine E-Mail oder einen Benutzernamen ein.
not-a-phone = { $title }: Dies ist keine Telefonnummer. Tragen Sie sie mit Landesvorwahl ein, etwa +44 20 7946 0123.
not-a-phone-shortened = { $title }: Das Tabellenprogramm hat diese Nummer gekürzt (E+), einige ihrer Ziffern sind verloren. Tragen Sie sie mit einem Leerzeichen hinter der Landesvorwahl noch einmal ein.
not-a-phone-extension = { $title }: Hier steht genau eine Nummer, ohne Durchwahl. Tragen Sie sie allein ein.
required = { $title } darf nicht leer sein. Tragen Sie einen Wert ein.
too-long = { $title } fasst höchstens { $limit } Zeichen. Kürzen Sie den Text.
too-long-unnamed = Dies ist zu lang für { $title }. Kürzen Sie den Text.
pattern = { $title } hat eine bestimmte Form, die dieser Wert nicht hat. Vergleichen Sie ihn mit denen anderer Benutzer und tragen Sie ihn noch einmal ein.
not-an-email = { $title }: Dies ist keine E-Mail-Adresse. Tragen Sie eine wie name@example.com ein.
not-a-username = { $title }: Dies ist als Benutzername nicht möglich. Verwenden Sie Buchstaben, Ziffern, Punkte oder Bindestriche, ohne Leerzeichen und ohne @.
not-a-date = { $title }: Dies ist kein Datum. Tragen Sie eines wie 2026-11-22 ein.
ambiguous-date = { $title }: Dieses Datum ist auf mehr als eine Weise lesbar, als { $readings }. Wählen Sie, welches gemeint ist.
ambiguous-date-unnamed = { $title }: Dieses Datum ist auf mehr als eine Weise lesbar. Tragen Sie es wie 2026-11-22 ein.
not-a-number = { $title }: Dies ist keine Zahl. Tragen Sie eine wie 1250.5 ein.
not-yes-no = { $title }: Dies ist weder ja noch nein. Tragen Sie Ja oder Nein ein.
not-a-language = { $title }: Dies ist keine Sprache. Tragen Sie ein Kürzel wie en-GB oder einen Namen wie Deutsch ein.
not-a-status = { $title }: Dies ist weder aktiv noch inaktiv. Tragen Sie eines von beiden ein.
read-only = { $title } wird anderswo verwaltet und ist hier nicht änderbar. Setzen Sie den alten Wert wieder ein.

## Warnings

header-unknown = Die Spalte „{ $name }“ gehört zu keinem Feld der Organisation und bleibt unbeachtet.
header-unknown-at = { $cells ->
    [0] Die Spalte „{ $name }“ ({ $column }) gehört zu keinem Feld der Organisation und bleibt unbeachtet.
    [one] Die Spalte „{ $name }“ ({ $column }) gehört zu keinem Feld der Organisation, ihre { $cells } Zelle wird nicht gelesen.
   *[other] Die Spalte „{ $name }“ ({ $column }) gehört zu keinem Feld der Organisation, ihre { $cells } Zellen werden nicht gelesen.
}
header-unnamed-at = { $cells ->
    [one] Die Spalte { $column } gehört zu keinem Feld der Organisation, ihre { $cells } Zelle wird nicht gelesen.
   *[other] Die Spalte { $column } gehört zu keinem Feld der Organisation, ihre { $cells } Zellen werden nicht gelesen.
}
header-without-key = { $cells ->
    [0] Der Schlüssel der Spalte „{ $name }“ ({ $column }) fehlt in Zeile 2, deshalb wird sie nicht gelesen.
    [one] Der Schlüssel der Spalte „{ $name }“ ({ $column }) fehlt in Zeile 2, deshalb wird ihre { $cells } Zelle nicht gelesen.
   *[other] Der Schlüssel der Spalte „{ $name }“ ({ $column }) fehlt in Zeile 2, deshalb werden ihre { $cells } Zellen nicht gelesen.
}
header-unknown-unnamed = Eine Spalte gehört zu keinem Feld der Organisation und bleibt unbeachtet.
title-changed = Der Titel „{ $name }“ in Zeile 1 wurde geändert. Das schadet nicht: Spalten werden an Zeile 2 erkannt.
titles-missing = Die Titel in Zeile 1 fehlen. Das schadet nicht: Spalten werden an Zeile 2 erkannt.
column-retired = Das Feld { $name } ist nicht mehr in Gebrauch, seine Spalte bleibt unbeachtet.
no-revision = Die Datei sagt nicht, wann sie heruntergeladen wurde. Sie wurde deshalb mit den heutigen Werten verglichen. Änderungen an Benutzern warten, bis jemand sie durchgesehen hat.
unmarked-revision = Die Datei wurde von einer früheren Version heruntergeladen, die Downloads noch nicht kennzeichnete. Sehen Sie die Änderungen durch, bevor Sie den Import abschließen.
text-guessed = Die Datei sagt nicht, wie sie geschrieben ist; sie wurde als { $guess } gelesen. Sehen Sie nach, ob die Namen stimmen.
letters-guessed = { $cells ->
    [one] { $cells } geänderter Wert hat Buchstaben, von denen nichts in der Datei zeigt, dass sie richtig gelesen wurden: „{ $example }“. Wenn sie nicht stimmen, speichern Sie die Datei als CSV UTF-8 und laden Sie diese hoch.
   *[other] { $cells } geänderte Werte haben Buchstaben, von denen nichts in der Datei zeigt, dass sie richtig gelesen wurden, etwa „{ $example }“. Wenn sie nicht stimmen, speichern Sie die Datei als CSV UTF-8 und laden Sie diese hoch.
 }
text-guessed-unnamed = Die Datei sagt nicht, wie sie geschrieben ist; das wurde geschätzt. Sehen Sie nach, ob die Namen stimmen.
many-zeros = { $cells ->
    [one] { $cells } leere Zelle von { $title } wurde 0. Sehen Sie nach, ob das so gemeint war.
   *[other] { $cells } leere Zellen von { $title } wurden 0. Sehen Sie nach, ob das so gemeint war.
 }
transformed = { $values ->
    [one] { $values } Wert von { $title } wurde auf eine Weise geändert, wie Programme es tun: { $way } ({ $examples }). Wenn das niemand wollte, behalten Sie den alten Wert.
   *[other] { $values } Werte von { $title } wurden auf ein und dieselbe Weise geändert, wie Programme es tun: { $way } ({ $examples }). Wenn das niemand wollte, behalten Sie die alten Werte.
 }
transformed-somehow = { $values ->
    [one] { $values } Wert von { $title } wurde auf eine Weise geändert, wie Programme es tun. Wenn das niemand wollte, behalten Sie den alten Wert.
   *[other] { $values } Werte von { $title } wurden auf ein und dieselbe Weise geändert, wie Programme es tun. Wenn das niemand wollte, behalten Sie die alten Werte.
 }
transformed-example = aus { $was } wurde { $is }
transformed-years-earlier = { $years ->
    [one] { $years } Jahr früher
   *[other] { $years } Jahre früher
 }
transformed-years-later = { $years ->
    [one] { $years } Jahr später
   *[other] { $years } Jahre später
 }
transformed-months-earlier = { $months ->
    [one] { $months } Monat früher
   *[other] { $months } Monate früher
}
transformed-months-later = { $months ->
    [one] { $months } Monat später
   *[other] { $months } Monate später
}
transformed-sign = das Vorzeichen ist das andere
transformed-first-capital = der erste Buchstabe ist groß
transformed-first-lost = { $letters ->
    [one] am Anfang fehlt { $letters } Zeichen
   *[other] am Anfang fehlen { $letters } Zeichen
}
transformed-last-lost = { $letters ->
    [one] am Ende fehlt { $letters } Zeichen
   *[other] am Ende fehlen { $letters } Zeichen
}
transformed-days-earlier = { $days ->
    [one] { $days } Tag früher
   *[other] { $days } Tage früher
 }
transformed-days-later = { $days ->
    [one] { $days } Tag später
   *[other] { $days } Tage später
 }
transformed-divided = geteilt durch { $by }
transformed-multiplied = mal { $by }
transformed-day-month = Tag und Monat sind vertauscht
transformed-upper = in Großbuchstaben
transformed-lower = in Kleinbuchstaben
transformed-capitalised = jedes Wort mit großem Anfangsbuchstaben
transformed-spaces = Leerzeichen wurden entfernt oder eingefügt
transformed-unaccented = Buchstaben haben ihre Akzente verloren
transformed-names-swapped = Vor- und Nachname sind vertauscht
transformed-other-rows = sie stehen in anderen Zeilen als beim Herunterladen
transformed-cut = { $letters ->
    [one] nach { $letters } Zeichen abgeschnitten
   *[other] nach { $letters } Zeichen abgeschnitten
 }
transformed-part-lost = „{ $part }“ fehlt
transformed-part-added = „{ $part }“ kam hinzu
points-lost = { $numbers ->
    [one] { $numbers } Zahl von { $title } verlor ihr Dezimalzeichen, wie aus 1.234 der Wert 1234 wird, wo Punkte Tausender trennen. Sehen Sie nach, ob das so gemeint war.
   *[other] { $numbers } Zahlen von { $title } verloren ihr Dezimalzeichen, wie aus 1.234 der Wert 1234 wird, wo Punkte Tausender trennen. Sehen Sie nach, ob das so gemeint war.
 }

sheets-differ = { $cells ->
    [one] Das Blatt „{ $sheet }“ ({ $cells } Zelle) hat auch Schlüssel und andere Zellen als „{ $read }“, das allein gelesen wurde. Wählen Sie, welche gemeint sind.
   *[other] Das Blatt „{ $sheet }“ ({ $cells } Zellen) hat auch Schlüssel und andere Zellen als „{ $read }“, das allein gelesen wurde. Wählen Sie, welche gemeint sind.
 }
sheet-hidden = { $cells ->
    [one] Das Blatt „{ $sheet }“ ist ausgeblendet: Seine { $cells } Zelle wird nicht gelesen.
   *[other] Das Blatt „{ $sheet }“ ist ausgeblendet: Seine { $cells } Zellen werden nicht gelesen.
 }
sheet-same = { $cells ->
    [one] Das Blatt „{ $sheet }“ hat dieselben Schlüssel und dieselbe Zelle, seine { $cells } Zelle wird deshalb nicht gelesen.
   *[other] Das Blatt „{ $sheet }“ hat dieselben Schlüssel und dieselben Zellen, seine { $cells } Zellen werden deshalb nicht gelesen.
 }
sheet-decided = { $cells ->
    [one] Das Blatt „{ $sheet }“ wurde nicht gewählt: Seine { $cells } Zelle wird nicht gelesen.
   *[other] Das Blatt „{ $sheet }“ wurde nicht gewählt: Seine { $cells } Zellen werden nicht gelesen.
 }
sheet-other-download = { $cells ->
    [one] Das Blatt „{ $sheet }“ stammt aus einem anderen Download, seine { $cells } Zelle wird deshalb nicht gelesen. Laden Sie es als eigene Datei hoch.
   *[other] Das Blatt „{ $sheet }“ stammt aus einem anderen Download, seine { $cells } Zellen werden deshalb nicht gelesen. Laden Sie es als eigene Datei hoch.
 }
sheet-without-keys = { $cells ->
    [one] Das Blatt „{ $sheet }“ hat keine Schlüssel, seine { $cells } Zelle wird deshalb nicht gelesen.
   *[other] Das Blatt „{ $sheet }“ hat keine Schlüssel, seine { $cells } Zellen werden deshalb nicht gelesen.
 }
sheet-own-edited = { $cells ->
    [one] Das Blatt „{ $sheet }“ hat { $cells } Zelle, die nicht von Muster stammt, { $place }: Sie wird nicht gelesen.
   *[other] Das Blatt „{ $sheet }“ hat { $cells } Zellen, die nicht von Muster stammen, die erste ist { $place }: Sie werden nicht gelesen.
 }
key-row-moved = Die Zeile der Schlüssel wurde zwischen die Daten sortiert: Zeile 2 ist jetzt Zeile { $row }. Auch die Zeilen darüber werden gelesen.
rows-above-keys = { $cells ->
    [one] { $cells } Zelle über den Titeln wird nicht gelesen.
   *[other] { $cells } Zellen über den Titeln werden nicht gelesen.
 }
far-right = weit rechts, wo nichts gelesen wird
cells-beyond-keys = { $cells ->
    [one] { $cells } Zelle rechts vom letzten Schlüssel, { $place }, wird nicht gelesen.
   *[other] { $cells } Zellen rechts vom letzten Schlüssel werden nicht gelesen; die erste ist { $place }.
 }
headings-again = { $cells ->
    [one] In Zeile { $row } stehen noch einmal Titel oder Schlüssel zwischen den Zeilen: { $cells } Zelle wird übersprungen.
   *[other] In Zeile { $row } stehen noch einmal Titel oder Schlüssel zwischen den Zeilen: { $cells } Zellen werden übersprungen.
 }
cells-missing = { $cells ->
    [one] { $cells } Zeile endet vor { $title }, wo der Benutzer einen Wert hat. Ging der Wert verloren, oder wurde er geleert?
   *[other] { $cells } Zeilen enden vor { $title }, wo die Benutzer Werte haben. Gingen die Werte verloren, oder wurden sie geleert?
}
key-missing = { $cells ->
    [one] { $cells } Zelle der Spalte { $column } wurde bearbeitet, und ihr Titel ist { $title }, aber der Schlüssel von { $title } fehlt in Zeile 2. Ist die Spalte { $title }?
   *[other] { $cells } Zellen der Spalte { $column } wurden bearbeitet, und ihr Titel ist { $title }, aber der Schlüssel von { $title } fehlt in Zeile 2. Ist die Spalte { $title }?
}
last-line-cut = Die letzte Zeile der Datei, Zeile { $row }, hat kein Ende. Vielleicht wurde die Datei abgeschnitten und es fehlen Zeilen: Vergleichen Sie sie mit der Datei, die Sie gespeichert haben.

## Notes in the report of an import

perhaps = { $note } Vielleicht ist es { $other }.
perhaps-one-of = { $note } Vielleicht ist es eines davon: { $others }.
conflict-note = Dies wurde geändert: Beim Herunterladen war es { $before }, jetzt ist es { $now }, und in der Datei ist es { $file }. Tragen Sie ein, was gelten soll.
conflict-note-by = Dies wurde am { $when } von { $who } geändert: Beim Herunterladen war es { $before }, jetzt ist es { $now }, und in der Datei ist es { $file }. Tragen Sie ein, was gelten soll.
value-empty = leer
value-quoted = „{ $value }“
left-out-note = Diese Zeile wurde ausgelassen. Laden Sie sie noch einmal hoch, um ihre Änderungen vorzunehmen.
note-of-column = { $title }: { $note }
report-row = Zeile
report-what-to-do = Was zu tun ist
report-heading = Zeilen mit Problemen
report-red-cells = Dies sind die Zeilen, die Probleme haben. An jeder roten Zelle steht ein Hinweis, was nicht stimmt und was zu tun ist; die Spalte „Was zu tun ist“ sagt es für die ganze Zeile.
report-put-right = Berichtigen Sie die roten Zellen, speichern Sie die Datei und laden Sie sie noch einmal hoch. Zellen, die Sie nicht bearbeiten, bleiben, wie sie sind.
report-own-columns = Die Spalten „Zeile“ und „Was zu tun ist“ sind keine Felder von Benutzern: Lassen Sie sie, wie sie sind. Zeile ist die Nummer der Zeile in der Datei, die Sie hochgeladen haben.

## What ends an import as a whole

file-forgotten = Die hochgeladene Datei wird nicht mehr aufbewahrt, ihre Zeilen lassen sich deshalb nicht herunterladen. Laden Sie die Benutzerdaten herunter und bearbeiten Sie diese.
upload-too-large = Diese Datei ist größer als { $mebibytes } MiB, mehr wird nicht angenommen. Löschen Sie Zeilen, die Sie nicht bearbeiten, und laden Sie sie noch einmal hoch.
other-download = Diese Datei wurde zu einer anderen Zeit heruntergeladen als die erste dieses Imports, ihre Zeilen lassen sich deshalb nicht daneben legen. Fügen Sie die Datei hinzu, die Sie berichtigt haben, oder laden Sie diese als eigenen Import hoch.
file-not-added = Die Datei „{ $name }“ wurde nicht hinzugefügt. { $reason }
disk-full = Der Datenträger, auf dem Muster seine Daten hält, ist voll. Nichts ist verloren und nichts ist halb getan. Versuchen Sie es noch einmal, sobald Platz geschaffen ist.
import-given-up = Diese Datei ließ sich auch nach mehreren Versuchen nicht verarbeiten. Speichern Sie sie im Tabellenprogramm noch einmal und laden Sie sie hoch; wenn das nicht hilft, wenden Sie sich an den Support.
failed-unexplained = Diese Datei ließ sich nicht importieren. Speichern Sie sie im Tabellenprogramm noch einmal und laden Sie sie hoch; wenn das nicht hilft, wenden Sie sich an den Support.

## Files that are refused

-save-anew = Öffnen Sie sie im Tabellenprogramm, speichern Sie sie als Excel-Arbeitsmappe (.xlsx) und laden Sie diese hoch.
-split = Teilen Sie sie in mehrere Dateien und laden Sie eine nach der anderen hoch.
-copy-rows = Kopieren Sie die Zeilen in eine neue Arbeitsmappe, speichern Sie sie und laden Sie diese hoch.
file-empty = Diese Datei ist leer. Wählen Sie die Datei noch einmal aus, oder speichern Sie sie neu und laden Sie diese hoch.
file-not-a-spreadsheet = Diese Datei ist { $kind ->
    [pdf] ein PDF
    [picture] ein Bild
    [picture-or-recording] ein Bild oder eine Aufnahme
    [recording] eine Aufnahme
    [gz] eine gepackte Datei (.gz)
    [seven-zip] eine gepackte Datei (.7z)
    [rar] eine gepackte Datei (.rar)
    [bz2] eine gepackte Datei (.bz2)
    [xz] eine gepackte Datei (.xz)
    [zip] eine gepackte Datei (.zip)
    [workbook-parts] ein gepackter Ordner mit den Teilen einer Arbeitsmappe, keine Arbeitsmappe
    [lock-file] das Zeichen einer geöffneten Arbeitsmappe, nicht sie selbst (ihr Name beginnt mit ~)
    [rtf] ein Textdokument (.rtf)
    [program] ein Programm
    [utf-32] ein Text in der Kodierung UTF-32 (speichern Sie ihn als UTF-8)
    [odt] ein Textdokument (.odt)
    [odp] eine Präsentation (.odp)
    [opendocument] eine OpenDocument-Datei, die keine Tabelle ist
    [epub] ein Buch (.epub)
    [web-page] eine Webseite
    [xml] eine XML-Datei
    [word] ein Word-Dokument
    [presentation] eine Präsentation
   *[other] keine Tabelle, die sich hier lesen lässt
 }. Laden Sie eine Excel-Arbeitsmappe (.xlsx), eine .csv- oder eine .ods-Datei hoch.
file-old-format = Dies ist { $kind ->
    [xls] eine Arbeitsmappe aus Excel 97-2003 (.xls)
    [xls-5] ein Tabellenblatt aus einem Excel vor 97 (.xls)
    [lotus] ein Tabellenblatt aus Lotus 1-2-3
    [xlsb] eine binäre Excel-Arbeitsmappe (.xlsb)
    [xlsm] eine Excel-Arbeitsmappe mit Makros (.xlsm)
    [fods] eine flache OpenDocument-Tabelle (.fods)
    [xml] eine XML-Tabelle aus Excel 2003
   *[other] { $kind }
 }. Öffnen Sie sie, speichern Sie sie als Excel-Arbeitsmappe (.xlsx) und laden Sie diese hoch.
file-packed = Dies ist eine gepackte Datei (.zip), und „{ $name }“ liegt darin. Entpacken Sie sie und laden Sie diese hoch.
file-old-format-numbers = Dies ist ein Numbers-Dokument. Exportieren Sie es nach Excel (Ablage, Exportieren, Excel) und laden Sie das Ergebnis hoch.
file-password = Diese Datei ist mit einem Passwort geschützt. Öffnen Sie sie im Tabellenprogramm, speichern Sie sie ohne Passwort und laden Sie sie noch einmal hoch.
file-damaged = Diese Datei ist beschädigt und nicht bis zum Ende lesbar. { -save-anew }
file-unreadable = Diese Datei ließ sich nicht vom Datenträger lesen. Laden Sie sie noch einmal hoch.
file-no-sheet = Diese Datei hat kein Blatt mit Zeilen. { -save-anew }
file-too-large = Diese Datei ist größer als { $size }. { -split }
file-too-many-rows = Dieses Blatt hat mehr als { $most } Zeilen. { -split }
file-sheet-too-large = Das Blatt dieser Datei braucht entpackt mehr als { $size }. { -split }
file-strings-too-large = Die Texte dieser Datei brauchen entpackt mehr als { $size }. { -split }
file-part-too-large = Ein Teil dieser Datei neben ihren Zeilen braucht entpackt mehr als { $size }. { -copy-rows }
file-ratio = Diese Datei wird entpackt mehr als { $most }-mal so groß, wie es keine gewöhnliche Arbeitsmappe wird. { -save-anew }
file-too-many-entries = Diese Datei enthält mehr als { $most } Teile. { -copy-rows }
file-duplicate-entry = Diese Datei enthält zwei Teile mit demselben Namen. { -save-anew }
file-unsafe-entry = Diese Datei enthält einen Teil, dessen Name aus der Datei hinausweist. { -save-anew }
file-overlapping-entries = Diese Datei enthält Teile, die übereinander liegen. { -save-anew }
file-compression = Diese Datei ist auf eine Weise gepackt, wie Tabellenprogramme es nicht tun. { -save-anew }
file-doctype = Diese Datei enthält einen Dokumenttyp, den keine Tabelle braucht. { -save-anew }
file-too-deep = Diese Datei ist mehr als { $most } Ebenen tief verschachtelt. { -save-anew }
file-too-many-attributes = Ein Element dieser Datei hat mehr als { $most } Attribute. { -save-anew }
file-token-too-long = Ein einzelnes Stück dieser Datei ist länger als { $size }. Suchen Sie nach einem sehr langen Text oder einem Anführungszeichen ohne Ende, kürzen Sie es und laden Sie die Datei noch einmal hoch.
file-row-too-long = Eine Zeile dieser Datei enthält mehr als { $size } Text. Kürzen Sie ihre Texte und laden Sie die Datei noch einmal hoch.

## What the database answers

database-busy = Jemand anderes schreibt seit einer Weile in die Datenbank von Muster. Nichts wurde geändert; versuchen Sie es gleich noch einmal.
database-held = Der Prozess { $process } auf dem Rechner von Muster ({ $command }) schreibt seit einer Weile in die Datenbank. Hier wurde nichts geändert; versuchen Sie es gleich noch einmal.
database-held-stopped = Der Prozess { $process } auf dem Rechner von Muster ({ $command }) wurde angehalten, während er in die Datenbank schreibt, und alle warten auf ihn. Hier wurde nichts geändert. Wer Muster betreut, kann ihn fortsetzen (kill -CONT { $process }) oder beenden; versuchen Sie es dann noch einmal.
database-updated = Muster wurde gerade aktualisiert. Dadurch wurde nichts geändert; laden Sie die Seite gleich noch einmal.
database-unreachable = Die Datenbank von Muster ist gerade nicht erreichbar. Was Sie eben taten, kann geschehen sein oder nicht: Sehen Sie nach, bevor Sie es gleich noch einmal versuchen.
database-unreachable-reading = Die Datenbank von Muster ist gerade nicht erreichbar, also konnte dies nicht gelesen werden. Nichts wurde geändert; versuchen Sie es gleich noch einmal.
database-busy-reading = Die Datenbank von Muster hat gerade zu viel zu tun, also konnte dies nicht gelesen werden. Nichts wurde geändert; versuchen Sie es gleich noch einmal.
database-only-reads = Die Datenbank von Muster kann gerade nur gelesen werden: Ihr Server folgt einem anderen, oder default_transaction_read_only ist für die Rolle von Muster oder ihre Datenbank an. Nichts wurde geändert; versuchen Sie es noch einmal, sobald sie beschreibbar ist.
database-without-connection = PostgreSQL hat keine Verbindung für Muster übrig: Andere haben alle, die es vergibt (CONNECTION LIMIT der Rolle und der Datenbank, max_connections), und einige Sekunden lang kam keine zurück. Nichts wurde geändert; versuchen Sie es gleich noch einmal.
connections-too-few = PostgreSQL gibt der Rolle von Muster { $allowed } Verbindung zugleich zu dieser Datenbank, und Muster braucht zwei: Es schreibt, während es liest. Erhöhen Sie CONNECTION LIMIT der Rolle (ALTER ROLE) oder der Datenbank (ALTER DATABASE), oder max_connections.
relation-in-the-way = Ein Name, den Muster braucht, ist in dieser Datenbank vergeben ({ $why }), an eine Tabelle, eine Sicht oder etwas anderes, das nicht von Muster ist. Nichts wurde geschrieben. Nennen Sie eine leere Datenbank oder ein leeres Schema.
upload-lost = Ein Teil dieser Datei ist nicht mehr da: { $came } Bytes kamen, und { $kept } sind da. Sie wird niemandem gegeben, der sie für ganz hielte. Laden Sie die Datei noch einmal hoch; wer Muster betreut, findet mehr mit muster doctor.
row-unread = Etwas von dem, was hierzu aufbewahrt wird, kann diese Version von Muster nicht lesen: Eine neuere hat es geschrieben, oder es ist beschädigt. Nichts wurde geändert. Wer Muster betreut, findet mit muster doctor, was es ist.
database-forbidden = Die Rolle von Muster in PostgreSQL darf das nicht ({ $why }). Lassen Sie den Eigentümer der Tabellen nach einem Upgrade einmal muster migrate ausführen, und geben Sie der Rolle SELECT, INSERT, UPDATE und DELETE auf alle Tabellen.
database-not-utf8 = Diese PostgreSQL-Datenbank speichert Text als { $encoding }, worin nicht jeder Name Platz hat. Legen Sie eine mit der Kodierung UTF8 an und nennen Sie sie mit --database.
database-address-unknown = Eine Datenbank ist sqlite:PFAD oder postgres://BENUTZER@SERVER/NAME; was angegeben wurde, ist keines von beiden. Es wird hier nicht wiederholt, denn es kann ein Passwort enthalten.
database-address-unreadable = Die Adresse der PostgreSQL-Datenbank ist nicht lesbar. Sie sieht aus wie postgres://BENUTZER@SERVER:5432/NAME?sslmode=verify-full; Sonderzeichen in einem Passwort schreibt man mit Prozent, ein @ etwa als %40. Sie wird hier nicht wiederholt, denn sie kann ein Passwort enthalten.
database-option-unknown = Muster kennt in der Adresse einer PostgreSQL-Datenbank keine Option { $name }. Nehmen Sie sie aus der Adresse heraus.
database-connections-unknown = connections in der Adresse einer Datenbank ist eine Zahl von 1 bis { $most }.
database-sslmode-unknown = sslmode ist eines von disable, allow, prefer, require, verify-ca und verify-full.
database-certificate-unusable = Die Verbindung zur Datenbank kann nicht wie gewünscht verschlüsselt werden: { $why }.
search-too-long = Eine Suche fasst bis zu 200 Zeichen und 10 Wörter, ein Filter bis zu 200 Zeichen. Suchen Sie nach weniger, etwa einem Namen oder einer E-Mail.
being-opened = Muster wird gerade gestartet und bringt vorher seine Datenbank auf den neuesten Stand. Versuchen Sie es in einer Minute noch einmal.
too-many-connections = Mit Muster sind gerade so viele verbunden, dass kein Platz mehr ist. Versuchen Sie es in ein paar Sekunden noch einmal.
too-costly = Dies dauerte länger, als Muster an einer Seite arbeitet. Nichts wurde geändert. Fragen Sie nach weniger, etwa mit weniger Wörtern oder Filtern, oder versuchen Sie es gleich noch einmal.
too-much-at-once = Für Sie oder Ihre Organisation ist schon so viel in Arbeit, dass dies nicht begonnen wurde. Nichts wurde geändert; versuchen Sie es in ein paar Sekunden noch einmal.
database-damaged = Die Datenbankdatei von Muster ist beschädigt, auf ihre Antworten ist kein Verlass. Nichts wurde geändert. Spielen Sie eine Sicherung zurück (muster restore), oder bitten Sie darum, wer Muster betreibt.
database-read-only = { $file } ist nicht beschreibbar: Die Datei, ihr Ordner oder ihr Datenträger ist für den Benutzer, als der Muster läuft, schreibgeschützt. Geben Sie diesem Benutzer das Recht zu schreiben und versuchen Sie es noch einmal.
not-a-database = Diese Datei ist keine Datenbank. Nennen Sie die, die Muster angelegt hat, mit --database sqlite:PFAD.
database-unfinished = In diese Datenbank wurde eine andere kopiert, und die Kopie ist nicht fertig; vorher lässt sich nichts damit tun. Rufen Sie muster copy-database noch einmal auf: Es beginnt von vorn.
database-in-use = Mit der Datenbank, in die kopiert werden soll, ist noch jemand verbunden. Beenden Sie, was sie benutzt, und versuchen Sie es dann noch einmal.
copy-needs-an-empty-database = In der Datenbank, in die kopiert werden soll, stehen schon Zeilen, sie bleibt deshalb, wie sie ist. Nennen Sie mit --to eine leere.
copy-has-no-place-for = Ein Wert in { $table }.{ $column } ist weder Text noch Zahl, wie die andere Datenbank sie speichern kann; die Kopie wurde nicht fertig. muster doctor sieht sich die Datenbank an, die kopiert wird.
copy-differs = Die Zeilen von { $table } sind nach dem Kopieren nicht dieselben ({ $rows } wurden kopiert, { $there } sind da), die Kopie ist deshalb nicht fertig. Rufen Sie muster copy-database noch einmal auf.
database-of-another-program = Diese Datenbank hat Tabellen eines anderen Programms und keine von Muster, sie bleibt deshalb, wie sie ist. Nennen Sie mit --database eine andere.
database-of-another-user = { $file } gehört einem anderen Benutzer dieses Rechners und bleibt deshalb, wie es ist. Starten Sie Muster als dieser Benutzer.
database-cannot-be-made = { $file } lässt sich nicht anlegen: { $error }
work-file-missing = Die Arbeitsdatei { $file } fehlt. Legen Sie sie von dort zurück, woher die Datenbank kam; oder beginnen Sie mit --new-work-file eine neue: Benutzer und ihr Verlauf bleiben, alle melden sich neu an, und nicht abgeschlossene Importe sind verloren.
work-file-foreign = Die Arbeitsdatei { $file } gehört zu einer anderen Datenbank. Legen Sie die richtige an ihre Stelle; oder beginnen Sie mit --new-work-file eine neue: Diese wird beiseitegelegt, Benutzer und ihr Verlauf bleiben, alle melden sich neu an, und nicht abgeschlossene Importe sind verloren.
work-file-older = Die Arbeitsdatei { $file } ist älter als die Datenbank daneben. Legen Sie die heutige an ihre Stelle; oder beginnen Sie mit --new-work-file eine neue: Diese wird beiseitegelegt, Benutzer und ihr Verlauf bleiben, alle melden sich neu an, und nicht abgeschlossene Importe sind verloren.
download-incomplete = Das Herunterladen wurde beendet: { $poured } Benutzer waren lesbar, es sind aber { $users }. Vielleicht ist die Datenbank von Muster beschädigt; bitten Sie, wer Muster betreibt, nachzusehen (muster doctor). Diese Datei ist nicht vollständig: Verwenden Sie sie nicht.
values-shared = { $title } kann noch nicht eindeutig werden, denn { $count ->
    [one] ein Wert gehört
   *[other] { $count } Werte gehören
 } mehreren Benutzern: { $values }. Nichts wurde geändert. Geben Sie jedem dieser Benutzer einen eigenen Wert oder keinen, und versuchen Sie es noch einmal.
values-shared-and-more = { $title } kann noch nicht eindeutig werden, denn { $count ->
    [one] ein Wert gehört
   *[other] { $count } Werte gehören
 } mehreren Benutzern: { $values }; und { $more } weitere. Nichts wurde geändert. Geben Sie jedem dieser Benutzer einen eigenen Wert oder keinen, und versuchen Sie es noch einmal.
value-shared = „{ $value }“ ({ $users })
value-shared-and-more = „{ $value }“ ({ $users } und { $more } weitere)
waits-for-import = wartet auf Import { $id } von { $actor }, der gerade angewendet wird
waits-for-import-of-file = wartet auf Import { $id } ({ $file }) von { $actor }, der gerade angewendet wird
manager-loop = { $users ->
    [one] { $users } Benutzer würde unmittelbar oder im Kreis sich selbst unterstehen. Sehen Sie nach, ob das so gemeint war.
   *[other] { $users } Benutzer würden unmittelbar oder im Kreis sich selbst unterstehen. Sehen Sie nach, ob das so gemeint war.
 }
manager-loop-such-as = { $users ->
    [one] { $users } Benutzer würde unmittelbar oder im Kreis sich selbst unterstehen: { $example }. Sehen Sie nach, ob das so gemeint war.
   *[other] { $users } Benutzer würden unmittelbar oder im Kreis sich selbst unterstehen: { $example }. Sehen Sie nach, ob das so gemeint war.
 }
manager-withdrawn = { $users ->
    [one] { $users } Benutzer hat eine Führungskraft, die kein Benutzer mehr ist. Tragen Sie eine andere ein.
   *[other] { $users } Benutzer haben eine Führungskraft, die kein Benutzer mehr ist. Tragen Sie eine andere ein.
 }
manager-withdrawn-such-as = { $users ->
    [one] { $users } Benutzer hat eine Führungskraft, die kein Benutzer mehr ist: { $example }. Tragen Sie eine andere ein.
   *[other] { $users } Benutzer haben eine Führungskraft, die kein Benutzer mehr ist: { $example }. Tragen Sie eine andere ein.
 }
part-file = Datei { $file }
part-sheet = Blatt „{ $sheet }“
part-sheet-of-file = Blatt „{ $sheet }“ der Datei { $file }
row-of-part = { $row } ({ $part })
rows-share-the-id = Die Zeilen { $rows } haben diese Benutzer-ID und andere Werte, sie sagt deshalb nicht, welche gemeint ist. Nennen Sie die Zeile, oder lassen Sie alle bis auf eine aus.
several-rows-share-the-id = Mehrere Zeilen haben diese Benutzer-ID und andere Werte, sie sagt deshalb nicht, welche gemeint ist. Nennen Sie die Zeile, oder lassen Sie alle bis auf eine aus.
the-new-user = der neue Benutzer
user-of-row = { $name } (Zeile { $row })
user-of-row-of-part = { $name } (Zeile { $row }, { $part })

## What an organisation may have at most

quota-uploads = { $used } von { $most } Dateien von Importen werden aufbewahrt.
quota-bytes = Die aufbewahrten Dateien von Importen belegen { $used } von { $most } MiB.
quota-waiting = { $used } von { $most } Importen warten.
quota-users = Es gibt { $used } von { $most } Benutzern.
quota-fields = Es gibt { $used } von { $most } eigenen Feldern.
quota-no-uploads = { $used } von { $most } Dateien von Importen werden aufbewahrt, für eine weitere ist kein Platz. Brechen Sie Importe ab, die niemand mehr braucht, oder bitten Sie um mehr Platz, wer Muster betreibt.
quota-no-bytes = Die aufbewahrten Dateien von Importen belegen { $used } von { $most } MiB, für diese ist kein Platz. Brechen Sie Importe ab, die niemand mehr braucht, oder bitten Sie um mehr Platz, wer Muster betreibt.
quota-no-waiting = { $used } von { $most } Importen warten, dieser wurde deshalb nicht begonnen. Schließen Sie einen davon ab oder brechen Sie ihn ab, und laden Sie die Datei dann noch einmal hoch.
quota-no-users = Es gibt { $used } von { $most } Benutzern, weitere wurden deshalb nicht angelegt. Bitten Sie um mehr Platz, wer Muster betreibt.
quota-no-fields = Es gibt { $used } von { $most } eigenen Feldern. Legen Sie eines still, das niemand mehr braucht, oder erlauben Sie mehr mit muster account quota.
quota-no-creation = { $more ->
    [one] { $more } Benutzer soll angelegt werden, und es gibt { $used } von { $most }. Lassen Sie die Zeile aus, die ihn anlegt, oder bitten Sie um mehr Platz, wer Muster betreibt; nichts wurde geändert.
   *[other] { $more } Benutzer sollen angelegt werden, und es gibt { $used } von { $most }. Lassen Sie Zeilen aus, die Benutzer anlegen, oder bitten Sie um mehr Platz, wer Muster betreibt; nichts wurde geändert.
}
