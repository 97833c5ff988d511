//! The words that spreadsheets show in place of a value: `#N/A`, `#REF!`, `Err:502`, in the languages that they speak. In csv, and where
//! somebody pasted a text, only the word is left of the error.

/// What Excel, LibreOffice, Google Sheets and Gnumeric show in English.
const ENGLISH: &[&str] = &[
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#BUSY!",
    "#PYTHON!",
    "#EXTERNAL!",
    "#TIMEOUT!",
    "#GETTING_DATA",
    "#GETTING_DATA!",
    "#ERROR!",
    "#ERROR",
    "#ADDIN?",
    "#MACRO?",
    "#RECURSION!",
];

/// The same in other languages, where a language has words of its own.
const ABROAD: &[&[&str]] = &[
    // German.
    &[
        "#NV",
        "#BEZUG!",
        "#WERT!",
        "#ZAHL!",
        "#ÜBERLAUF!",
        "#KALK!",
        "#FELD!",
        "#BLOCKIERT!",
        "#VERBINDEN!",
        "#UNBEKANNT!",
        "#BESETZT!",
        "#DATEN_ABRUFEN",
        "#FEHLER!",
    ],
    // French.
    &[
        "#VALEUR!",
        "#NOM?",
        "#NOMBRE!",
        "#NUL!",
        "#PROPAGATION!",
        "#EPARS!",
        "#CALCUL!",
        "#CHAMP!",
        "#BLOQUE!",
        "#BLOQUÉ!",
        "#CONNEXION!",
        "#INCONNU!",
        "#OCCUPE!",
        "#OCCUPÉ!",
        "#CHARGEMENT_DONNEES",
        "#ERREUR!",
    ],
    // Spanish, with and without the mark that begins.
    &[
        "#N/D",
        "#¡REF!",
        "#¡VALOR!",
        "#¿NOMBRE?",
        "#¡DIV/0!",
        "#¡NUM!",
        "#¡NULO!",
        "#¡DESBORDAMIENTO!",
        "#¡CALC!",
        "#¡CAMPO!",
        "#¡BLOQUEADO!",
        "#¡CONECTAR!",
        "#¡DESCONOCIDO!",
        "#¡OCUPADO!",
        "#OBTENIENDO_DATOS",
        "#¡ERROR!",
        "#VALOR!",
        "#NOMBRE?",
        "#NULO!",
        "#DESBORDAMIENTO!",
        "#CAMPO!",
    ],
    // Italian.
    &[
        "#RIF!",
        "#VALORE!",
        "#NOME?",
        "#NULLO!",
        "#ESPANSIONE!",
        "#BLOCCATO!",
        "#SCONOSCIUTO!",
        "#OCCUPATO!",
        "#ERRORE!",
    ],
    // Dutch.
    &[
        "#N/B",
        "#VERW!",
        "#WAARDE!",
        "#NAAM?",
        "#DEEL/0!",
        "#GETAL!",
        "#LEEG!",
        "#OVERLOOP!",
        "#BEREKENEN!",
        "#VELD!",
        "#GEBLOKKEERD!",
        "#ONBEKEND!",
        "#FOUT!",
    ],
    // Portuguese, of Brazil and of Portugal.
    &["#NÚM!", "#DESPEJAR!", "#DESPEJO!", "#EXCEDENTE!", "#BLOQUEADO!", "#DESCONHECIDO!", "#ERRO!"],
    // Polish.
    &[
        "#N/D!",
        "#ADR!",
        "#ARG!",
        "#NAZWA?",
        "#DZIEL/0!",
        "#LICZBA!",
        "#ZERO!",
        "#ROZLANIE!",
        "#POLE!",
        "#BŁĄD!",
    ],
    // Czech and Slovak.
    &[
        "#NENÍ_K_DISPOZICI",
        "#ODKAZ!",
        "#HODNOTA!",
        "#NÁZEV?",
        "#DĚLENÍ_NULOU!",
        "#ČÍSLO!",
        "#PŘESAH!",
        "#NEDOSTUPNÝ",
        "#NÁZOV?",
        "#DELENIENULOU!",
        "#NEPLATNÝ!",
        "#CHYBA!",
    ],
    // Hungarian.
    &["#HIÁNYZIK", "#HIV!", "#ÉRTÉK!", "#NÉV?", "#ZÉRÓOSZTÓ!", "#SZÁM!", "#NULLA!", "#KIBONTÁS!", "#HIBA!"],
    // Swedish.
    &["#SAKNAS!", "#REFERENS!", "#VÄRDEFEL!", "#NAMN?", "#DIVISION/0!", "#OGILTIGT!", "#SKÄRNING!", "#FEL!"],
    // Danish and Norwegian.
    &[
        "#I/T",
        "#REFERENCE!",
        "#VÆRDI!",
        "#NAVN?",
        "#OVERLØB!",
        "#VERDI!",
        "#OVERFLYT!",
        "#REFERANSE!",
        "#FEJL!",
        "#FEIL!",
    ],
    // Finnish.
    &["#PUUTTUU!", "#PUUTTUU", "#VIITTAUS!", "#ARVO!", "#NIMI?", "#JAKO/0!", "#LUKU!", "#TYHJÄ!", "#VIRHE!"],
    // Turkish.
    &["#YOK", "#BAŞV!", "#DEĞER!", "#AD?", "#SAYI/0!", "#SAYI!", "#BOŞ!", "#TAŞMA!", "#HATA!"],
    // Russian and Ukrainian.
    &[
        "#Н/Д",
        "#ССЫЛКА!",
        "#ЗНАЧ!",
        "#ИМЯ?",
        "#ДЕЛ/0!",
        "#ЧИСЛО!",
        "#ПУСТО!",
        "#ПЕРЕНОС!",
        "#ВЫЧИСЛ!",
        "#ПОЛЕ!",
        "#ЗАБЛОКИРОВАНО!",
        "#НЕИЗВЕСТНО!",
        "#ЗАНЯТО!",
        "#ОШИБКА!",
        "#ПОСИЛАННЯ!",
        "#ІМ'Я?",
    ],
    // Greek.
    &["#Δ/Υ", "#ΑΝΑΦ!", "#ΤΙΜΗ!", "#ΟΝΟΜΑ?", "#ΔΙΑΙΡ/0!", "#ΑΡΙΘ!", "#ΚΕΝΟ!"],
    // Japanese, Chinese, Korean: most are English.
    &["#スピル!", "#溢出!", "#分散!", "#분산!"],
];

/// What LibreOffice writes before the number of an error, by language.
const NUMBERED: [&str; 14] = [
    "Err",
    "Erro",
    "Error",
    "Erreur",
    "Fehler",
    "Fout",
    "Fel",
    "Feil",
    "Fejl",
    "Virhe",
    "Błąd",
    "Chyba",
    "Hata",
    "Ошибка",
];

/// Whether a text, tidied, is what a spreadsheet shows for an error, and nothing else. Programs write these words in one way only:
/// another case is somebody's own text.
pub fn is_error_word(text: &str) -> bool {
    match text.chars().next() {
        Some('#') => {
            let is_word = |words: &&[&str]| words.contains(&text);
            is_word(&ENGLISH) || ABROAD.iter().any(is_word) || text.starts_with("#N/A ")
        }
        // What Google Sheets shows until a function from the network has answered.
        Some('L') => text == "Loading...",
        Some('E' | 'F' | 'V' | 'B' | 'C' | 'H' | 'О') => is_numbered(text),
        _ => false,
    }
}

/// `Err:502`; LibreOffice's errors have numbers of three digits from 500.
fn is_numbered(text: &str) -> bool {
    let Some((word, number)) = text.split_once(':') else { return false };
    let is_number =
        number.len() == 3 && number.starts_with('5') && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number && NUMBERED.contains(&word.trim_end())
}

#[cfg(test)]
mod tests {
    use super::is_error_word;

    #[test]
    fn what_programs_show_is_told_from_what_people_write() {
        for (text, is_error) in [
            ("#N/A", true),
            ("#NAME?", true),
            ("#GETTING_DATA", true),
            ("#N/A Requesting Data...", true),
            ("#NV", true),
            ("#ÜBERLAUF!", true),
            ("#VALEUR!", true),
            ("#¿NOMBRE?", true),
            ("#N/D", true),
            ("#VERW!", true),
            ("#ADR!", true),
            ("#VÄRDEFEL!", true),
            ("#ССЫЛКА!", true),
            ("#BAŞV!", true),
            ("Err:502", true),
            ("Err:511", true),
            ("Err\u{a0}:502", true),
            ("Fehler:504", true),
            ("Ошибка:502", true),
            ("Loading...", true),
            ("#n/a", false),
            ("n/a", false),
            ("N/A", false),
            ("#1", false),
            ("#", false),
            ("#HR", false),
            ("#NVIDIA", false),
            ("#REF!x", false),
            ("see #REF!", false),
            ("Err:404", false),
            ("Err:5021", false),
            ("Error", false),
            ("Erroll:502", false),
            ("Bob", false),
            ("", false),
        ] {
            assert_eq!(is_error_word(text), is_error, "{text}");
        }
    }
}
