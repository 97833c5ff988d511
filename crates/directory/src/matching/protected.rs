//! Columns that are left alone: bank accounts, tax, social security and identity papers, health, religion, pay. Known by words of
//! their titles in the languages of [`super::aliases`], and some by what their values are. Their cells are neither shown nor kept.

use super::titles;

/// Why a column is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protected {
    /// A bank account.
    Bank,
    /// Tax.
    Tax,
    /// Social security, and numbers of papers by which states know people.
    SocialSecurity,
    /// Health.
    Health,
    /// Religion.
    Religion,
    /// Pay.
    Pay,
}

impl Protected {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Bank, Self::Tax, Self::SocialSecurity, Self::Health, Self::Religion, Self::Pay];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Bank => "bank",
            Self::Tax => "tax",
            Self::SocialSecurity => "social_security",
            Self::Health => "health",
            Self::Religion => "religion",
            Self::Pay => "pay",
        }
    }

    /// The meaning of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// The words of a kind: whole words of a title, and parts that compounds and phrases are known by.
struct Words {
    kind: Protected,
    whole: &'static [&'static str],
    parts: &'static [&'static str],
}

const WORDS: &[Words] = &[
    // Before tax: a tax of the church tells who is in it.
    Words {
        kind: Protected::Religion,
        whole: &[
            "religion",
            "konfession",
            "confession",
            "denomination",
            "religione",
            "godsdienst",
            "religia",
            "wyznanie",
            "kirche",
        ],
        parts: &["religio", "religiao", "konfession", "kirchensteuer", "kirchenzug", "dini", "宗教"],
    },
    Words {
        kind: Protected::Bank,
        whole: &[
            "iban", "bic", "swift", "bank", "blz", "konto", "banque", "banco", "banca", "banka", "rib",
            "clabe", "aba",
        ],
        parts: &[
            "iban",
            "bankleitzahl",
            "kreditinstitut",
            "bankverbindung",
            "bankname",
            "bankkonto",
            "bankaccount",
            "kontonummer",
            "kontonr",
            "kontoinhaber",
            "accountholder",
            "sortcode",
            "routingnumber",
            "comptebancaire",
            "titulaireducompte",
            "cuentabancaria",
            "numerodecuenta",
            "contocorrente",
            "coordinatebancarie",
            "contabancaria",
            "bankrekening",
            "rekeningnummer",
            "rachunekbankowy",
            "numerkonta",
            "rachunku",
            "bankhesab",
            "hesapno",
            "banknumber",
            "銀行",
            "口座",
            "银行",
            "开户行",
        ],
    },
    Words {
        kind: Protected::Tax,
        whole: &[
            "tax",
            "tin",
            "taxid",
            "nif",
            "nie",
            "rfc",
            "cpf",
            "nip",
            "itin",
            "fiscaal",
            "fiscal",
            "skatt",
            "vergi",
            "finanzamt",
            "税号",
        ],
        parts: &[
            "taxid",
            "taxnumber",
            "taxcode",
            "taxpayer",
            "taxclass",
            "steuernummer",
            "steuerid",
            "steuerklasse",
            "steueridnr",
            "steuernr",
            "lohnsteuer",
            "steuermerkmal",
            "finanzamt",
            "kinderfreibetrag",
            "numerofiscal",
            "codicefiscale",
            "loonheffing",
            "belasting",
            "podatk",
            "urzadskarbowy",
            "skattesats",
            "skattetabell",
            "verginumarasi",
            "vergino",
            "所得税",
            "源泉",
            "税务",
            "纳税",
            "マイナンハー",
        ],
    },
    Words {
        kind: Protected::SocialSecurity,
        whole: &[
            "ssn",
            "nino",
            "nir",
            "nss",
            "curp",
            "inps",
            "niss",
            "pis",
            "pasep",
            "bsn",
            "pesel",
            "ahv",
            "svnr",
            "dni",
            "cedula",
            "sgk",
            "tckn",
            "passport",
            "passeport",
            "pasaporte",
            "passaporto",
            "passaporte",
            "paspoort",
            "paszport",
            "pasaport",
            "reisepass",
        ],
        parts: &[
            "socialsecurity",
            "nationalinsurance",
            "socialinsurance",
            "ninumber",
            "nationalid",
            "passportn",
            "sozialvers",
            "svnummer",
            "rentenvers",
            "ahvnummer",
            "ahvnr",
            "ausweisnummer",
            "passnummer",
            "securitesociale",
            "seguridadsocial",
            "documentodeidentidad",
            "previdenza",
            "segurancasocial",
            "burgerservice",
            "rijksregister",
            "personnummer",
            "personnr",
            "samordningsnummer",
            "dowodosobisty",
            "tckimlik",
            "kimlikno",
            "社会保険",
            "年金",
            "雇用保険",
            "身份证",
            "社保",
            "公积金",
            "护照",
        ],
    },
    Words {
        kind: Protected::Health,
        whole: &[
            "health",
            "medical",
            "disability",
            "disabled",
            "gdb",
            "sante",
            "salud",
            "salute",
            "saude",
            "zdrowie",
            "halsa",
            "saglik",
            "mutuelle",
            "handicap",
            "病假",
        ],
        parts: &[
            "krankenkasse",
            "krankenvers",
            "krankheit",
            "schwerbehind",
            "behinderung",
            "healthinsurance",
            "healthplan",
            "disability",
            "sickleave",
            "sickday",
            "sickness",
            "discapacidad",
            "invalidita",
            "disabilita",
            "deficiencia",
            "zorgverzeker",
            "arbeidsongeschikt",
            "ziekte",
            "niepelnospraw",
            "funktionsneds",
            "sjukdom",
            "sjukfranvaro",
            "engelli",
            "engeldurumu",
            "bloodtype",
            "bloodgroup",
            "健康",
            "障害",
            "障碍",
            "残疾",
        ],
    },
    Words {
        kind: Protected::Pay,
        whole: &[
            "salary",
            "wage",
            "wages",
            "compensation",
            "gehalt",
            "lohn",
            "brutto",
            "netto",
            "entgelt",
            "verguetung",
            "vergutung",
            "salaire",
            "sueldo",
            "salario",
            "nomina",
            "stipendio",
            "vencimento",
            "salaris",
            "loon",
            "pensja",
            "lon",
            "maas",
            "ucret",
            "bonus",
        ],
        parts: &[
            "salary",
            "basepay",
            "hourlyrate",
            "payrate",
            "annualpay",
            "grosspay",
            "netpay",
            "payamount",
            "gehalt",
            "stundenlohn",
            "monatslohn",
            "bruttolohn",
            "nettolohn",
            "lohnart",
            "entgelt",
            "verguetung",
            "vergutung",
            "remunera",
            "salaire",
            "retribuzione",
            "uurloon",
            "brutoloon",
            "wynagrodzeni",
            "manadslon",
            "timlon",
            "grundlon",
            "brutmaas",
            "netmaas",
            "給与",
            "賃金",
            "給料",
            "年収",
            "月給",
            "工资",
            "薪资",
            "薪酬",
            "薪水",
            "月薪",
        ],
    },
];

/// Parts that hide a word in another one: a title that has one of them is not known by its words alone.
const HARMLESS: &[&str] = &[
    "gehaltsabrechnungsnummer",
    "payrollnumber",
    "payrollid",
    "costaccount",
    "kostenkonto",
    "emailkonto",
    "benutzerkonto",
    "bankholiday",
];

/// What a title says that is nobody's business here.
pub(super) fn protects_title(title: &str) -> Option<Protected> {
    let bare = titles::bare(title);
    if HARMLESS.iter().any(|harmless| bare.contains(&titles::bare(harmless))) {
        return None;
    }
    let words = titles::words(title);
    let says = |of: &&Words| {
        of.whole.iter().any(|word| words.iter().any(|other| other == word))
            || of.parts.iter().any(|part| has_part(&bare, &words, &titles::bare(part)))
    };
    WORDS.iter().find(says).map(|of| of.kind)
}

/// Whether a title has a part: anywhere where the part is long enough to be no part of another word, else as the beginning of a word.
fn has_part(bare: &str, words: &[String], part: &str) -> bool {
    match part.chars().count() {
        _ if !part.is_ascii() => bare.contains(part),
        6.. => bare.contains(part),
        _ => words.iter().any(|word| word.starts_with(part)),
    }
}

/// What a value is that is nobody's business here: an IBAN (ISO 13616, its check digits are right), a German or a United States number
/// of social security, a German number of tax.
pub(super) fn protects_value(value: &str) -> Option<Protected> {
    let letters: Vec<u8> = value.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    if is_iban(&letters) {
        return Some(Protected::Bank);
    }
    if is_social_security(value, &letters) {
        return Some(Protected::SocialSecurity);
    }
    is_german_tax(&letters).then_some(Protected::Tax)
}

/// The first four letters put behind the rest, letters as numbers from 10, give 1 modulo 97.
fn is_iban(letters: &[u8]) -> bool {
    if !(15..=34).contains(&letters.len()) || !letters.iter().all(u8::is_ascii_alphanumeric) {
        return false;
    }
    let (head, rest) = letters.split_at(4);
    if !head[..2].iter().all(u8::is_ascii_alphabetic) || !head[2..].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let digits = rest.iter().chain(head).flat_map(|letter| match letter {
        b'0'..=b'9' => vec![u32::from(letter - b'0')],
        letter => {
            let number = u32::from(letter.to_ascii_uppercase() - b'A') + 10;
            vec![number / 10, number % 10]
        }
    });
    digits.fold(0, |rest, digit| (rest * 10 + digit) % 97) == 1
}

/// `65 170839 J 003` of Germany, `078-05-1120` of the United States.
fn is_social_security(value: &str, letters: &[u8]) -> bool {
    let is_german = letters.len() == 12
        && letters[..8].iter().all(u8::is_ascii_digit)
        && letters[8].is_ascii_uppercase()
        && letters[9..].iter().all(u8::is_ascii_digit);
    let parts: Vec<&str> = value.split('-').collect();
    let is_american = parts.iter().map(|part| part.len()).eq([3, 2, 4])
        && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    is_german || is_american
}

/// Eleven digits, the last of which checks the others (ISO/IEC 7064, MOD 11,10); the first is not 0.
fn is_german_tax(letters: &[u8]) -> bool {
    if letters.len() != 11 || letters[0] == b'0' || !letters.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let product = letters[..10].iter().fold(10, |product, letter| {
        let sum = (u32::from(letter - b'0') + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10 == u32::from(letters[10] - b'0')
}
