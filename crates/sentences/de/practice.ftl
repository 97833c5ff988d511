## practice: an organisation of made-up users

practice-name = Übung
practice-try = Mit erfundenen Benutzern ausprobieren
practice-told = Sie erhalten eine eigene Organisation mit 200 erfundenen Benutzern und eine vorbereitete Arbeitsmappe mit acht Arten von Fehlern. Nach { $days } Tagen ist sie fort; Ihre eigenen Benutzer bleiben unberührt.
practice-way = Zuerst ausprobieren
practice-way-told = Eine eigene Organisation mit 200 erfundenen Benutzern und einer Arbeitsmappe mit acht Arten von Fehlern, für eine Woche.
practice-mark = Übung
practice-until = Diese Benutzer sind erfunden. Alles wird am { $when } entfernt. Laden Sie die vorbereitete Arbeitsmappe herunter, importieren Sie sie und beheben Sie ihre acht Arten von Fehlern.
practice-workbook = Vorbereitete Arbeitsmappe herunterladen
practice-end = Übung beenden
practice-too-many = Zurzeit üben zu viele. Bitte versuchen Sie es morgen noch einmal.
practice-job-since = Leitung der Übung
practice-job-typed = Stellvertretende Leitung der Übung
practice-job-promoted = Erfahrene Fachkraft
