# Tickets: worum eine Organisation den Support bittet, und was der Support damit tut. Wer einen Wert hat, erfährt niemand als der Support.

ticket-raise = Ticket erstellen
ticket-raise-for-all = Ein Ticket für alle erstellen, die hier niemand hat
ticket-back-to-problems = Zurück zu den Problemen
ticket-what-happens = { $rows ->
    [one] Der Support sieht es sich an und antwortet hier: Sie erfahren, ob es frei ist, nie, wessen es war. Diese Zeile wartet, der Rest der Datei nicht.
   *[other] Der Support sieht es sich an und antwortet hier: Sie erfahren, ob sie frei sind, nie, wessen sie waren. Diese { $rows } Zeilen warten, der Rest der Datei nicht.
 }
ticket-organisation = Organisation
ticket-import = Import
ticket-user = Benutzer
ticket-message = Meldung
ticket-row = Zeile { $row }
ticket-more-cells = { $cells ->
    [one] und { $cells } weitere
   *[other] und { $cells } weitere
 }
ticket-words = Was sollte der Support wissen?
ticket-not-required = Freiwillig
ticket-words-hint = Der Support sieht die Zeilen oben und Ihre Worte, sonst nichts von der Datei. Bitte schreiben Sie keine Passwörter.
ticket-send = An den Support senden
ticket-close = Schließen
ticket-cancel = Abbrechen
ticket-nothing-to-ask = Hier ist beim Support nichts zu fragen: Was verwendet wird, hat Ihre eigene Organisation oder eine andere Zeile, es ist schon richtiggestellt, oder ein Ticket bittet schon darum.
ticket-too-long = Der Support nimmt bis zu { $most } Zeichen auf einmal. Kürzen Sie den Text und senden Sie noch einmal; gesendet ist noch nichts.
ticket-too-long-kept = Das ist länger, als ein Ticket auf einmal nimmt. Schreiben Sie es in zwei Teilen.
ticket-too-many = Ihre Organisation hat so viele offene Tickets, wie sie haben darf. Nehmen Sie eines zurück, das Sie nicht mehr brauchen, und senden Sie dann noch einmal.
ticket-is-with-support = { $rows ->
    [one] Ticket { $number } ist beim Support. Seine Zeile wartet, der Rest der Datei nicht. Die Antwort lesen Sie hier.
   *[other] Ticket { $number } ist beim Support. Seine { $rows } Zeilen warten, der Rest der Datei nicht. Die Antwort lesen Sie hier.
 }
ticket-support-page = Den Support finden Sie auch unter { $link }.
ticket-support-email = Sie können auch an { $link } schreiben.

place-with-support = Beim Support
bar-with-support = { $users ->
    [one] { $users } wartet auf den Support
   *[other] { $users } warten auf den Support
 }

ticket-none-here = Keine Zeile dieses Imports wartet auf den Support.
ticket-number = Ticket { $number }
ticket-rows-of = Zeilen von Ticket { $number }
ticket-value = Wert
ticket-values = Worum es bittet
ticket-field = Feld
ticket-bring-back = Zeilen zurückholen
ticket-take-back = Ticket zurücknehmen
ticket-brought-back-of = Ticket { $number } zu { $file }

ticket-tickets = Tickets
ticket-ticket = Ticket
ticket-rows = Zeilen
ticket-state = Stand
ticket-when = Erstellt
ticket-none-yet = Es gibt keine Tickets. Eines entsteht aus einer roten Zelle eines Imports, deren E-Mail oder Benutzername außerhalb Ihrer Organisation verwendet wird.
ticket-state-open = Wartet auf den Support
ticket-state-free = Jetzt frei
ticket-state-answered = Der Support hat geantwortet
ticket-state-declined = Nicht freigegeben
ticket-state-withdrawn = Zurückgenommen
ticket-state-unreadable = Nicht lesbar
ticket-state-closed = Geschlossen
ticket-raised = Erstellt von { $who }, { $when }
ticket-outcome-open = Der Support hat es. Seine Zeilen warten; Sie können sie jederzeit zurückholen oder das Ticket zurücknehmen.
ticket-outcome-free = Jetzt ist es frei. Holen Sie die Zeilen zurück: Sie werden neu beurteilt, mit allem anderen, was sie ändern.
ticket-outcome-answered = Der Support hat unten geantwortet. Holen Sie die Zeilen zurück, wenn es weitergehen kann, oder schreiben Sie zurück.
ticket-outcome-declined = Der Support kann es nicht freigeben. Holen Sie die Zeilen zurück, um ihnen eine andere E-Mail oder einen anderen Benutzernamen zu geben, oder nehmen Sie das Ticket zurück.
ticket-outcome-gone = Die Benutzer seiner Zeilen wurden gelöscht, es gibt also nichts zurückzuholen. Ziehen Sie das Ticket zurück.
ticket-outcome-withdrawn = Dieses Ticket wurde zurückgenommen.
ticket-outcome-closed = Die Zeilen wurden zurückgeholt, und ihr Import ist fertig.
ticket-new-user = ein neuer Benutzer
ticket-is-free = jetzt frei
ticket-written = Was geschrieben wurde
ticket-support = Support
ticket-add-words = Etwas hinzufügen
ticket-write = Auch an den Support senden
ticket-was-taken-back = Das Ticket wurde zurückgenommen.
ticket-was-written = Der Support liest es mit dem Ticket.
ticket-is-over = Das ist schon geschehen: Das Ticket wurde inzwischen zurückgeholt, zurückgenommen oder entschieden.
ticket-not-yet = Am Import dieser Zeilen wird gearbeitet. Versuchen Sie es gleich noch einmal.

ticket-rows-wait = { $rows ->
    [one] { $rows } Zeile wartet auf den Support: { $link }
   *[other] { $rows } Zeilen warten auf den Support: { $link }
 }
ticket-rows-decided = { $rows ->
    [one] Der Support hat zu { $rows } Zeile geantwortet. Holen Sie sie zurück: { $link }
   *[other] Der Support hat zu { $rows } Zeilen geantwortet. Holen Sie sie zurück: { $link }
 }
ticket-support-changed = Änderungen durch den Support
ticket-support-changed-told = Der Support hat geändert, womit sich diese Benutzer anmelden, weil jemand anderes die E-Mail oder den Benutzernamen braucht. Ihr Verlauf sagt, was es war.
ticket-dismiss = Gelesen

operator-tickets = Tickets aller Organisationen
operator-which = Welche Tickets
operator-all = Alle
operator-no-tickets = Kein Ticket wartet.
operator-email = E-Mail
operator-username = Benutzername
operator-asked-for = Gewünscht von
operator-has-it = Wer es hat
operator-nobody = Niemand hat es jetzt.
operator-theirs = Inzwischen hat es ein Benutzer der Organisation, die fragt. Beantworten Sie das Ticket.
operator-active = aktiv
operator-inactive = inaktiv
operator-changed = zuletzt geändert { $when }
operator-replacement = Womit sich dieser Benutzer künftig anmeldet
operator-replacement-needed = Eine E-Mail oder ein Benutzername. Dieser Benutzer ist aktiv und meldet sich mit nichts anderem an.
operator-replacement-not-needed = Eine E-Mail oder ein Benutzername. Lassen Sie es leer, wo keines gebraucht wird.
operator-release = Freigeben
operator-release-told = Es wird diesem Benutzer genommen, in seinem Verlauf, und die Inhaber seiner Organisation erfahren es. Wer gefragt hat, erfährt nur, dass es frei ist.
operator-say-free = Als frei melden
operator-say-free-told = Wer gefragt hat, erfährt, dass es jetzt frei ist.
operator-needs-replacement = Dieser Benutzer ist aktiv und meldet sich mit nichts anderem an. Geben Sie die E-Mail oder den Benutzernamen ein, womit er sich künftig anmeldet.
operator-busy = Dieser Benutzer wurde eben geändert, oder ein Import seiner Organisation wird gerade ausgeführt. Freigegeben wurde nichts; versuchen Sie es gleich noch einmal.
operator-declined = Dieses Ticket wurde abgelehnt, deshalb wurde nichts freigegeben. Es ist wieder offen, wenn die Organisation darauf schreibt, die es gestellt hat: geben Sie den Wert dann frei.
operator-released = Jetzt ist es frei, und wer gefragt hat, kann das lesen.
operator-sent = Ihre Antwort steht auf dem Ticket.
operator-answer-words = Ihre Antwort
operator-answer-hint = Wer gefragt hat, liest sie. Sagen Sie nicht, wessen der Wert ist.
operator-answer = Antwort senden
operator-decline = Ablehnen
operator-write-words = Schreiben Sie eine Antwort von bis zu { $most } Zeichen.
operator-names-holder = Ihre Antwort nennt die Organisation oder die Benutzer-ID dessen, der den Wert hat. Sagen Sie es ohne das; gesendet wurde sie nicht.
