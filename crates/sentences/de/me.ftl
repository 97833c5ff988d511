
## home

home-choose-an-organisation = Organisation wählen
home-you-have-no-role-in = Sie haben noch in keiner Organisation eine Rolle. Bitten Sie jemanden, dem die Ihre gehört, Ihnen eine zu geben.
home-sign-out = Abmelden

## link

link-this-link-is-over = Dieser Link ist abgelaufen
link-sign-in-with-this-link = Mit diesem Link anmelden
link-the-link-works-once-afterwards = Der Link gilt einmal. Danach können Sie oben auf jeder Seite unter Ihrem Namen ein Passwort wählen.
link-sign-in = Anmelden
link-this-link-has-been-used = Dieser Link wurde schon benutzt oder ist abgelaufen
link-sign-in-with-a-password = Mit einem Passwort anmelden

## password

password-your-password-was-changed-everywhere = Ihr Passwort wurde geändert. Überall sonst wurden Sie abgemeldet.
password-choose-another-password = Wählen Sie ein anderes Passwort
password-change-password = Passwort ändern
password-new-password = Neues Passwort
password-old-password = Ihr bisheriges Passwort
password-the-old-one-is-not-right = Das ist nicht Ihr Passwort. Tragen Sie das ein, mit dem Sie sich jetzt anmelden.
password-type-the-old-one-again = Tragen Sie Ihr bisheriges Passwort noch einmal ein
password-too-common = Dieses Passwort ist eines der ersten, die geraten werden. Wählen Sie ein anderes; gut sind mehrere Wörter, die nicht zusammengehören.
password-holds-a-name = Das Passwort enthält Ihre E-Mail oder den Namen Ihrer Organisation, die zuerst geraten werden. Wählen Sie eines ohne sie.

## code

code-title = Code eingeben
code-title-failed = Fehler: Code eingeben
code-code = Code
code-hint = Die sechs Ziffern, die Ihre Authentifizierungs-App jetzt zeigt.
code-lost = Telefon nicht zur Hand? Tragen Sie stattdessen einen Ihrer Wiederherstellungscodes ein. Ohne einen solchen wenden Sie sich an jemanden, dem Ihre Organisation gehört, oder an den Betreiber.
code-begin-again = Mit einem anderen Konto anmelden

## factor

factor-what = Mit einem zweiten Faktor fragt die Anmeldung nach einem Code, den eine Authentifizierungs-App auf Ihrem Telefon zeigt. Ihr Passwort allein öffnet dann nichts.
factor-owed = Diese Organisation verlangt von allen einen zweiten Faktor. Richten Sie Ihren ein, um fortzufahren.
factor-set-up = Zweiten Faktor einrichten
factor-another = Anderes Telefon einrichten
factor-remove = Zweiten Faktor entfernen
factor-removed = Ihr zweiter Faktor wurde entfernt. Überall sonst wurden Sie abgemeldet.
factor-wrong = Dieser Code stimmt nicht oder wurde schon benutzt. Warten Sie auf den nächsten und tragen Sie ihn ein.
factor-scan = Scannen Sie dieses Bild mit einer Authentifizierungs-App auf Ihrem Telefon.
factor-picture = Ein QR-Code für Ihre Authentifizierungs-App
factor-type = Scannen geht nicht? Tragen Sie diesen Schlüssel in die App ein:
factor-confirm = Bestätigen
factor-set = Ihr zweiter Faktor ist eingerichtet. Überall sonst wurden Sie abgemeldet.
factor-codes = Ihre Wiederherstellungscodes
factor-codes-kept = Ich habe sie aufbewahrt

## sessions

sessions-title = Wo Sie angemeldet sind
sessions-what = Jeder Browser, in dem Sie angemeldet sind. Wenn Sie einen nicht kennen, melden Sie ihn ab und ändern Sie Ihr Passwort.
sessions-this = dieser Browser
sessions-end = Dort abmelden
sessions-end-others = Überall sonst abmelden
sessions-ended = Dort abgemeldet.
sessions-unknown-browser = Ein Browser
sessions-unknown-address = einer unbekannten Adresse

## administrators

administrators-with-factor = mit zweitem Faktor
administrators-without-factor = ohne zweiten Faktor
administrators-remove-factor = Zweiten Faktor entfernen
administrators-factor-removed = Der zweite Faktor wurde entfernt. Die Person wurde überall abgemeldet und kann sich mit ihrem Passwort anmelden und einen anderen einrichten.
administrators-elsewhere = Diese Person betreut auch eine andere Organisation, oder Sie sind es selbst. Ihr zweiter Faktor lässt sich deshalb hier nicht entfernen. Wenden Sie sich an den Betreiber.

administrators-is-member = Diese Person betreut die Benutzer schon. Ändern Sie ihre Rolle in der Liste.
administrators-known = Diese Person meldet sich schon bei Muster an und sieht jetzt auch diese Organisation. Sagen Sie es ihr.
administrators-role-changed = Die Rolle wurde geändert. Das gilt sofort.
administrators-gone = Die Rolle wurde entzogen. Das gilt sofort.
administrators-last-owner = Eine Organisation braucht einen Eigentümer. Geben Sie zuerst einer anderen Person diese Rolle.
administrators-link-label = Link
administrators-you = Sie
administrators-not-yet-in = noch ohne Passwort
administrators-new-link = Neuer Link zum Anmelden
administrators-remove = Rolle entziehen
administrators-remove-ask = Entfernen…
administrators-remove-means = Die Person sieht diese Organisation dann nicht mehr. Was sie getan hat, bleibt unter ihrer E-Mail im Verlauf.
administrators-change-role = Ändern
administrators-invite = Jemanden einladen
administrators-invite-email = E-Mail der Person
administrators-invite-role = Rolle
administrators-invite-button = Link erstellen
administrators-roles-hint = Betrachter sehen an und laden herunter. Bearbeiter ändern und importieren auch. Eigentümer betreuen auch Felder, Administratoren und Tokens.
role-viewer = Betrachter
role-editor = Bearbeiter
role-owner = Eigentümer

## secrets that are shown once

secret-copy = Kopieren
secret-copied = Kopiert
secret-once = Das wird nur jetzt gezeigt. Kopieren Sie es, bevor Sie diese Seite verlassen.

## tokens

tokens-lead = Mit einem Token liest und ändert ein Programm Ihre Benutzer über REST oder die Befehlszeile. Wer es hat, darf, was seine Rolle darf.
tokens-none = Es gibt noch kein Token.
tokens-revoked = Das Token wurde entzogen. Das gilt sofort.
tokens-made = Das Token wurde erstellt.
tokens-token = Token
tokens-never-used = Noch nicht benutzt.
tokens-revoke = Entziehen
tokens-make = Token erstellen
tokens-name = Name
tokens-name-hint = Wofür es ist. Der Name steht im Verlauf, wo steht, wer etwas getan hat.
tokens-days = Endet nach Tagen
tokens-days-hint = Lassen Sie das leer für ein Token ohne Ende.

## one's account

account-name = Ihr Name
account-name-hint = Andere, denen die Organisation gehört, lesen ihn in der Liste der Administratoren.
account-password-hint = Nur für eine andere E-Mail nötig.
account-email-taken = Mit dieser E-Mail meldet sich schon jemand an. Tragen Sie eine andere ein.
account-saved = Gespeichert.
account-save = Speichern

## me

me-pages = Seiten über Sie
organisation-pages = Seiten über die Organisation

## sign-in

sign-in-the-email-or-the-password = Die E-Mail oder das Passwort stimmt nicht. Prüfen Sie beides und versuchen Sie es noch einmal.
sign-in-email = E-Mail
sign-in-password = Passwort
sign-in-no-password-yet-open-the = Noch kein Passwort? Öffnen Sie den Einmal-Link, den Sie erhalten haben, und wählen Sie dann eines.
sign-in-error-sign-in = Fehler: Anmelden

## With numbers, names and links in them

home-role = { $users } Benutzer · Sie sind { $role ->
    [viewer] Betrachter
    [editor] Bearbeiter
    [owner] Eigentümer
   *[other] { $role }
 }
link-works-once = Ein Einmal-Link gilt einmal, innerhalb von { $hours } Stunden. Bitten Sie um einen neuen, oder melden Sie sich mit Ihrem Passwort an.
password-at-least = Mindestens { $characters } Zeichen. Gut sind mehrere Wörter.
factor-there = { $codes ->
    [one] Sie haben einen zweiten Faktor, und { $codes } Wiederherstellungscode ist übrig.
   *[other] Sie haben einen zweiten Faktor, und { $codes } Wiederherstellungscodes sind übrig.
 }
factor-codes-what = { $codes ->
    [one] Dieser Code meldet Sie einmal an, wenn Ihr Telefon weg ist. Er wird nur jetzt gezeigt: Drucken Sie ihn, oder bewahren Sie ihn bei Ihren Passwörtern auf.
   *[other] Jeder dieser { $codes } Codes meldet Sie einmal an, wenn Ihr Telefon weg ist. Sie werden nur jetzt gezeigt: Drucken Sie sie, oder bewahren Sie sie bei Ihren Passwörtern auf.
 }
sessions-agent = { $browser } auf { $system }
sessions-where = Von { $address }
sessions-when = Seit { $begun }, zuletzt benutzt { $seen }
sign-in-wait = { $seconds ->
    [one] Die Anmeldung schlug zu oft fehl. Versuchen Sie es in { $seconds } Sekunde noch einmal.
   *[other] Die Anmeldung schlug zu oft fehl. Versuchen Sie es in { $seconds } Sekunden noch einmal.
 }
password-too-short = Das Passwort ist zu kurz. Nehmen Sie mindestens { $characters } Zeichen; gut sind mehrere Wörter.
password-too-long = Das Passwort ist zu lang. Nehmen Sie höchstens { $characters } Zeichen.

## the first start

setup-title = Muster einrichten
setup-error-title = Fehler: Muster einrichten
setup-lead = Legen Sie Ihre Organisation an und melden Sie sich als ihr Eigentümer an. Andere lassen sich danach einladen.
setup-organisation = Name der Organisation
setup-email = Ihre E-Mail
setup-password = Passwort
setup-make = Organisation anlegen
setup-type-the-name = Tragen Sie den Namen Ihrer Organisation ein.
setup-name-too-long = Kürzen Sie den Namen auf { $most } Zeichen.
setup-type-an-email = Tragen Sie eine E-Mail ein, etwa pat@acme.example.
setup-over = Dieser Link ist abgelaufen
setup-over-text = Er gilt einmal, innerhalb von 24 Stunden nach dem Start des Servers, und nur solange hier niemandem eine Organisation gehört. Melden Sie sich an, oder starten Sie den Server neu, um einen neuen Link zu erhalten.

password-show = Zeigen
password-hide = Verbergen
password-show-password = Passwort zeigen
administrators-link = { $email } kommt mit diesem Link einmal herein, innerhalb von { $hours } Stunden, und wählt dann ein Passwort.
administrators-remove-who = { $email } entfernen?
administrators-role-of = Rolle von { $email }
tokens-used = Zuletzt benutzt: { $at }.
tokens-made-at = Erstellt: { $at }.
tokens-ends = Endet: { $at }.
tokens-type-a-name = Tragen Sie einen Namen von höchstens { $most } Zeichen ein.
