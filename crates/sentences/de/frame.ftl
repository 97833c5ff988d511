
## errors

errors-there-is-nothing-at-this = Unter dieser Adresse gibt es nichts, oder nichts, was Sie sehen dürfen. Prüfen Sie die Adresse, oder beginnen Sie bei Ihren Benutzern.
errors-it-did-not-come-from = Die Anfrage kam nicht von einer Seite von Muster, deshalb wurde nichts geändert. Öffnen Sie die Seite noch einmal und wiederholen Sie, was Sie getan haben.
errors-your-role-in-this-organisation = Ihre Rolle in dieser Organisation ist Betrachter. Bitten Sie jemanden, dem die Organisation gehört, Sie zum Bearbeiter zu machen.
errors-suspended = Diese Organisation ist gesperrt
errors-suspended-why = Zurzeit kann sie niemand benutzen; ihre Daten bleiben, wie sie sind. Der Betrieb teilt mit: { $why }
errors-the-fault-is-ours-and = Der Fehler liegt bei uns und wurde vermerkt. Nichts ist halb getan. Versuchen Sie es gleich noch einmal.
errors-nothing-was-saved-go-back = Nichts wurde gespeichert. Gehen Sie zurück und speichern Sie weniger Änderungen auf einmal.
errors-muster-is-not-known-by = Unter diesem Namen ist Muster nicht bekannt
errors-this-could-not-be-understood = Das war nicht zu verstehen
errors-you-may-look-but-not = Sie dürfen ansehen, aber nicht bearbeiten
errors-something-went-wrong-here = Hier ist etwas schiefgegangen
errors-that-is-too-much-at = Das ist zu viel auf einmal
errors-this-request-was-refused = Diese Anfrage wurde abgelehnt
errors-there-is-no-room-left = Es ist kein Platz mehr
errors-there-is-no-room-for-that = Dafür ist kein Platz
errors-please-try-again = Versuchen Sie es gleich noch einmal
errors-page-not-found = Seite nicht gefunden
errors-go-to-your-users = Zu Ihren Benutzern

## layout

layout-imports = Importe
layout-users = Benutzer
layout-help = Hilfe
layout-change-organisation = Organisation wechseln
layout-account = Mein Konto
layout-change-password = Passwort ändern
layout-second-factor = Zweiter Faktor
layout-sessions = Wo Sie angemeldet sind
layout-fields = Felder
layout-administrators = Administratoren
layout-tokens = Tokens
layout-sign-out = Abmelden
layout-skip-to-the-content = Zum Inhalt springen
layout-main = Hauptmenü

## pages

pages-previous = ← Zurück
pages-next = Weiter →

## components

bar-next-step = Nächster Schritt
question-back = So lassen, wie es ist

## attachment

attachment-a-file-is-xlsx-ods = Eine Datei ist xlsx, ods oder csv. Gehen Sie zurück und wählen Sie eines davon.

## sent

sent-what-stands-after-the-in = Was in der Adresse hinter dem ? steht, passt nicht zu dieser Seite. Gehen Sie zurück und folgen Sie einem Link der Seite, oder lassen Sie es weg.
sent-what-was-sent-is-not = Was gesendet wurde, ist nicht das Formular dieser Seite, deshalb wurde nichts getan. Öffnen Sie die Seite noch einmal und wiederholen Sie, was Sie getan haben.

## With numbers, names and links in them

attachment-xlsx = Excel-Arbeitsmappe (.xlsx), auch für Google Tabellen und Numbers
attachment-ods = OpenDocument (.ods), für LibreOffice
attachment-csv = Text (.csv), für Programme: ohne Auswahllisten, ohne Anleitung
layout-title = { $title } – Muster
layout-title-of = { $title } – { $organisation }
layout-title-of-failed = Fehler: { $title } – { $organisation }
layout-organisation-mark = Organisation:
layout-person-mark = Angemeldet als
layout-version = Muster { $version }
chip-take-away = { $words }: entfernen
error-mark = Fehler:
pages-of = Seiten der Liste: { $list }
day = { $day }. { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
 } { $year }
moment = { $day } um { $time } UTC
unknown-host = Die Adresse hat einen Namen, den dieser Server nicht kennt. Verwenden Sie seine IP-Adresse oder localhost, oder lassen Sie ihn mit --public-url und der Adresse starten, die alle verwenden.

## the language, and what owners say of their organisation

layout-settings = Einstellungen
language-title = Sprache
language-of-pages = Sprache der Seiten
language-of-organisation = Die Sprache Ihrer Organisation
language-keep = Diese Sprache behalten
language-done = Ihre Seiten sprechen ab jetzt diese Sprache.
language-note = Arbeitsmappen haben ihre Titel und ihre Anleitung in dieser Sprache. Die Werte darin bleiben, wie sie sind.
settings-language-of-browser = Für alle die eigene, wie ihr Browser sie nennt
settings-date-order = Reihenfolge von Datumsangaben in Dateien
settings-changed-since = Jemand anders hat diese Einstellungen geändert, seit Sie sie geöffnet haben. Noch ist nichts gespeichert: Sehen Sie sich an, was Sie eingegeben haben, und speichern Sie noch einmal.
settings-is-now = { $setting }: Jetzt steht dort „{ $now }“, Sie haben „{ $typed }“ gewählt.
settings-day-month-year = Tag, Monat, Jahr: 22/11/2026
settings-month-day-year = Monat, Tag, Jahr: 11/22/2026
settings-year-month-day = Jahr, Monat, Tag: 2026/11/22
settings-region = Land der Telefonnummern
settings-region-hint = Zwei Buchstaben, etwa GB oder DE: das Land von Nummern ohne Landesvorwahl.
settings-no-region = Dieses Land gibt es nicht. Tragen Sie seine zwei Buchstaben ein, etwa GB oder DE.
settings-keep-days = Tage, für die hochgeladene Dateien aufbewahrt werden
settings-keep-days-hint = Gezählt vom Ende eines Imports. Sein Verlauf bleibt.
settings-activity-days = Tage, die die Aktivität aufgehoben wird
settings-activity-days-hint = Wer was getan hat, von wo und wann, für Inhaber zum Nachlesen.
settings-activity-days-beyond = Tragen Sie eine Zahl von Tagen zwischen 1 und { $most } ein.
settings-keep-days-beyond = Tragen Sie eine Zahl von 1 bis { $most } ein.
settings-save = Einstellungen speichern
settings-saved = Die Einstellungen wurden gespeichert. Sie gelten für alles, was ab jetzt gelesen wird.
settings-not-saved = Noch wurde nichts gespeichert. Sehen Sie nach, was unten gekennzeichnet ist.
settings-quotas = Was Ihre Organisation haben kann
settings-quotas-whose = Die Grenzen setzt, wer Muster betreibt.
