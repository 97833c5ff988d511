## operators: organisations

operator-title = Betrieb
operator-organisations = Organisationen
operator-error-title = Fehler: Organisationen
operator-error-of = Fehler: { $name }
operator-tickets-tab = Tickets
operator-feedback = Rückmeldungen zur Hilfe
operator-state = Arbeit und Größen
operator-state-of-it = Zustand
operator-waiting = Wartende Importe
operator-files = Aufbewahrte Dateien
operator-told = „Anderswo“ gemeldet
operator-mebibytes = { $mebibytes } MiB
operator-is-in-use = In Gebrauch
operator-is-suspended = Gesperrt
operator-is-practice = Übung
operator-is-removing = Wird entfernt
operator-make = Organisation anlegen
operator-owner = E-Mail der Inhaberin oder des Inhabers
operator-owner-hint = Sie erhalten dafür einen Link, der einmal angezeigt wird. Wer sich hier schon anmeldet, braucht keinen.
operator-make-button = Anlegen
operator-made = { $name } wurde angelegt. Der Kurzname ist { $slug }.
operator-made-known = { $email } ist Inhaber und meldet sich an wie bisher.
operator-removal-begun = Die Organisation wird entfernt. Niemand kann sie mehr benutzen; die letzten Daten sind nach einer Weile fort.

## operators: one organisation

operator-holds = Was sie hat und haben darf
operator-told-by-day = „Anderswo“ gemeldet in den letzten { $days } Tagen
operator-told-means = So viele E-Mails und Benutzernamen aus ihren Dateien gehörten jemandem einer anderen Organisation. Sind es viele an einem Tag, probiert jemand Adressen aus.
operator-told-never = Kein einziges Mal.
operator-told-values = { $values ->
    [one] 1 Wert
   *[other] { $values } Werte
}
operator-rename = Name
operator-rename-button = Namen ändern
operator-renamed = Der Name wurde geändert.
operator-suspend = Sperren
operator-suspend-means = Niemand kann ansehen, bearbeiten oder hochladen, und Tokens werden abgelehnt, bis Sie die Sperre aufheben. Die Daten bleiben.
operator-why = Grund
operator-why-hint = Alle, die kommen, lesen das. Schreiben Sie, was sie tun können.
operator-write-why = Nennen Sie den Grund mit höchstens { $most } Zeichen.
operator-suspend-button = Sperren
operator-suspended = Niemand kann sie jetzt benutzen, und alle, die kommen, erfahren den Grund.
operator-suspended-why = Sie ist gesperrt. Angezeigt wird: { $why }
operator-resume = Sperre aufheben
operator-resume-button = Sperre aufheben
operator-resumed = Alle können sie wieder benutzen.
operator-remove = Entfernen
operator-remove-means = { $users ->
    [one] 1 Benutzer mit Verlauf sowie alle Dateien, Tickets, Tokens und Rollen der Organisation werden endgültig entfernt.
   *[other] { $users } Benutzer mit Verlauf sowie alle Dateien, Tickets, Tokens und Rollen der Organisation werden endgültig entfernt.
} E-Mails und Benutzernamen werden frei. Ältere Sicherungen enthalten sie weiterhin.
operator-type-the-slug = Geben Sie zum Entfernen den Kurznamen ein: { $slug }
operator-remove-button = Endgültig entfernen

## operators: feedback, workers, sizes

operator-by-reason = Nach Grund
operator-feedback-sum = Hilfreich: { $helped }. Nicht hilfreich: { $others }.
operator-no-feedback = Das hat niemand gesagt.
operator-as-of = Stand { $when }
operator-workers = Arbeiter
operator-workers-live = { $workers ->
    [0] Kein Arbeiter dieses Prozesses läuft.
    [one] 1 Arbeiter dieses Prozesses läuft.
   *[other] { $workers } Arbeiter dieses Prozesses laufen.
}
operator-nothing-under-way = An keinem Import wird gearbeitet, und keiner wartet darauf.
operator-stage = Abschnitt
operator-worker = Arbeiter
operator-waits = Wartet auf einen
operator-fence = Mal übernommen
operator-deaths = Abbrüche
operator-sizes = Größen
operator-uploads = Aufbewahrte Uploads
operator-table = Tabelle
operator-rows = Zeilen
operator-rows-about = etwa { $rows }
operator-rows-from = { $rows } oder mehr
operator-bytes = Größe
