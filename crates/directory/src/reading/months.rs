//! The names of months in the languages whose spreadsheets write them into dates, whole and shortened.

/// January to December: each month's names in English, German, French, Spanish, Italian, Dutch, Portuguese, the Scandinavian
/// languages and Polish, in lower case without a final point.
const NAMES: [&[&str]; 12] = [
    &[
        "january", "jan", "januar", "jän", "jänner", "janvier", "janv", "enero", "ene", "gennaio", "gen",
        "januari", "janeiro", "stycznia", "sty",
    ],
    &[
        "february",
        "feb",
        "februar",
        "février",
        "févr",
        "fév",
        "febrero",
        "febbraio",
        "februari",
        "fevereiro",
        "fev",
        "lutego",
        "lut",
    ],
    &["march", "mar", "märz", "mär", "mrz", "mars", "marzo", "maart", "mrt", "março", "marts", "marca"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile", "kwietnia", "kwi"],
    &["may", "mai", "mayo", "maggio", "mag", "mei", "maio", "maj", "maja"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho", "czerwca", "cze"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "lipca", "lip"],
    &["august", "aug", "août", "aout", "agosto", "ago", "augustus", "augusti", "sierpnia", "sie"],
    &[
        "september",
        "sep",
        "sept",
        "septembre",
        "septiembre",
        "settembre",
        "set",
        "setembro",
        "września",
        "wrz",
    ],
    &[
        "october",
        "oct",
        "oktober",
        "okt",
        "octobre",
        "octubre",
        "ottobre",
        "ott",
        "outubro",
        "out",
        "października",
        "paź",
    ],
    &["november", "nov", "novembre", "noviembre", "novembro", "listopada", "lis"],
    &[
        "december",
        "dec",
        "dezember",
        "dez",
        "décembre",
        "déc",
        "diciembre",
        "dic",
        "dicembre",
        "dezembro",
        "desember",
        "des",
        "grudnia",
        "gru",
    ],
];

/// The month of a name, from 1; none when it is none.
pub(crate) fn of_name(name: &str) -> Option<i32> {
    let name = name.to_lowercase();
    let place = NAMES.iter().position(|names| names.contains(&name.as_str()))?;
    Some(place as i32 + 1)
}
