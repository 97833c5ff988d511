//! Whole files whose letters a program garbled, in names of many languages: no name changes without a word. Each is a download that a
//! program read or wrote in a wrong character set; what a person edited beside it counts. `MUSTER_GARBLED` says how many files are tried.

use std::process::Command;

use directory::{Users, standard};
use ground::office::{ANN, Office, Sheet};
use ground::{Ground, on_sqlite};
use workbook::Charset;

use ::import;
use ::store::{Complete, Import, ImportState};

/// Given names and family names as they are common where each language is spoken, with its own letters.
const LANGUAGES: [(&str, [&str; 4], [&str; 4]); 42] = [
    ("albanian", ["Gëzim", "Përparim", "Çlirim", "Ëngjëll"], ["Gjoni", "Çela", "Përmeti", "Hoxhë"]),
    ("arabic", ["محمد", "فاطمة", "أحمد", "ليلى"], ["الحسن", "إبراهيم", "علي", "القاسم"]),
    ("armenian", ["Արամ", "Անի", "Գայանե", "Տիգրան"], ["Պետրոսյան", "Սարգսյան", "Հակոբյան", "Գրիգորյան"]),
    ("azerbaijani", ["Əli", "Günel", "Rəşad", "Çingiz"], ["Məmmədov", "Əliyeva", "Hüseynov", "Quliyev"]),
    ("bulgarian", ["Георги", "Мария", "Димитър", "Йорданка"], ["Иванов", "Петрова", "Стоянов", "Ангелов"]),
    ("catalan", ["Núria", "Jordi", "Mercè", "Òscar"], ["Puigdomènech", "Gràcia", "Vilà", "Muñoz"]),
    ("chinese", ["伟", "秀英", "小龙", "丽娜"], ["王", "李", "张", "欧阳"]),
    ("chinese_traditional", ["志明", "淑芬", "雅婷", "俊傑"], ["陳", "林", "黃", "張"]),
    ("croatian", ["Željko", "Đurđica", "Šime", "Krešimir"], ["Horvat", "Kovačević", "Božić", "Jurišić"]),
    ("czech", ["Jiří", "Kateřina", "Zdeněk", "Božena"], ["Dvořák", "Černý", "Novotná", "Růžička"]),
    ("danish", ["Søren", "Bjørn", "Åse", "Mærsk"], ["Østergård", "Kjær", "Nørgaard", "Åkjær"]),
    ("dutch", ["Zoë", "Daniël", "Renée", "Loïs"], ["van Dijk", "Böhm", "Coördes", "de Graaf"]),
    ("estonian", ["Ülle", "Tõnu", "Jüri", "Õie"], ["Mägi", "Põder", "Kõiv", "Šmigun"]),
    ("faroese", ["Jógvan", "Bárður", "Høgni", "Óluva"], ["Djurhuus", "Øssursson", "Zachariasen", "Á Lað"]),
    ("finnish", ["Päivi", "Väinö", "Yrjö", "Jääskö"], ["Mäkinen", "Hämäläinen", "Öhman", "Åberg"]),
    ("french", ["François", "Zoé", "Éloïse", "Benoît"], ["Lefèvre", "Garçon", "Hélène", "L’Œuvre"]),
    ("georgian", ["გიორგი", "ნინო", "მარიამ", "ლევან"], ["ბერიძე", "კაპანაძე", "გელაშვილი", "მაისურაძე"]),
    ("german", ["Jürgen", "Jörg", "Käthe", "Björn"], ["Müller", "Groß", "Schäfer", "Köhler"]),
    ("greek", ["Γιώργος", "Ελένη", "Κώστας", "Άννα"], ["Παπαδόπουλος", "Οικονόμου", "Βλάχος", "Ξένου"]),
    ("hebrew", ["דוד", "שרה", "יוסף", "רחל"], ["כהן", "לוי", "מזרחי", "פרץ"]),
    ("hindi", ["राम", "सीता", "अमित", "प्रिया"], ["शर्मा", "गुप्ता", "सिंह", "पटेल"]),
    ("hungarian", ["Győző", "Ágnes", "Örs", "Tünde"], ["Szűcs", "Kőszegi", "Tóth", "Fülöp"]),
    ("icelandic", ["Þórður", "Guðrún", "Æsa", "Ýmir"], ["Jónsdóttir", "Sigurðsson", "Þórsson", "Ásmundsson"]),
    ("irish", ["Seán", "Sinéad", "Pádraig", "Róisín"], ["Ó Briain", "Ní Dhónaill", "Mac Cárthaigh", "Ó Sé"]),
    ("italian", ["Niccolò", "Mosè", "Noemì", "Gesù"], ["D’Alò", "Forlì", "Cantù", "Nardò"]),
    ("japanese", ["太郎", "花子", "さくら", "ケンジ"], ["山田", "鈴木", "渡辺", "高橋"]),
    ("korean", ["민준", "서연", "지훈", "수빈"], ["김", "이", "박", "남궁"]),
    ("latvian", ["Jānis", "Līga", "Ģirts", "Žanis"], ["Bērziņš", "Kalniņa", "Ķirsis", "Šķēle"]),
    ("lithuanian", ["Žydrūnas", "Eglė", "Šarūnas", "Ąžuolas"], ["Kęstutis", "Šimkutė", "Žąsis", "Jonaitytė"]),
    ("maltese", ["Ġorġ", "Żeppi", "Ħanna", "Ċensu"], ["Buġeja", "Għigo", "Żammit", "Ħaż"]),
    ("norwegian", ["Bjørg", "Åsmund", "Pål", "Øyvind"], ["Bråten", "Sætre", "Ødegård", "Høiby"]),
    ("persian", ["زهرا", "پژمان", "گلنار", "چنگیز"], ["حسینی", "کریمی", "پهلوی", "گیلانی"]),
    ("polish", ["Łukasz", "Małgorzata", "Żaneta", "Józef"], ["Wójcik", "Świątek", "Gołąb", "Źrebięć"]),
    ("portuguese", ["João", "Conceição", "Inês", "Antônio"], ["Gonçalves", "Assunção", "Simões", "Araújo"]),
    ("romanian", ["Ștefan", "Ioniță", "Răzvan", "Mălina"], ["Țurcanu", "Brâncuși", "Pârvu", "Dănilă"]),
    ("russian", ["Иван", "Наталья", "Пётр", "Юлия"], ["Смирнов", "Щербакова", "Ёлкин", "Цой"]),
    ("slovak", ["Ľuboš", "Želmíra", "Ján", "Ľudmila"], ["Kováč", "Hrušková", "Baláž", "Môcik"]),
    ("spanish", ["Íñigo", "José", "Begoña", "Sofía"], ["Núñez", "García", "Peña", "Ibáñez"]),
    ("thai", ["สมชาย", "มาลี", "ประเสริฐ", "นภา"], ["ใจดี", "ศรีสุข", "แก้วมณี", "ทองคำ"]),
    ("turkish", ["Ömer", "Şule", "İbrahim", "Çağrı"], ["Yıldız", "Öztürk", "Şahin", "Güneş"]),
    ("ukrainian", ["Олексій", "Їжак", "Ґанна", "Євген"], ["Шевченко", "Кравець", "Лисенко", "Гнатюк"]),
    ("vietnamese", ["Ánh", "Đức", "Hương", "Thảo"], ["Nguyễn", "Trần", "Phạm", "Đỗ"]),
];

/// Those that programs take for the bytes' own where people's machines are set to them.
const ENCODINGS: [Charset; 12] = [
    Charset::Windows1252,
    Charset::Windows1250,
    Charset::Windows1251,
    Charset::Windows1254,
    Charset::Windows1257,
    Charset::MacRoman,
    Charset::Dos850,
    Charset::Dos437,
    Charset::Dos852,
    Charset::Iso8859_1,
    Charset::ShiftJis,
    Charset::Gbk,
];

const ROWS: [usize; 5] = [1, 2, 5, 20, 100];

/// What a program did to the letters of the file.
#[derive(Debug, Clone, Copy)]
enum Garble {
    /// Wrote them in the character set, with this in place of a letter that it lacks.
    Saved(&'static str),
    /// Took UTF-8 for the character set, and wrote UTF-8; a byte that is no letter became this.
    Misread(Stray),
    /// The same a second time.
    Twice,
    /// Another program wrote them in another character set before.
    Between(Charset),
    /// Wrote them in the character set, and took that for UTF-8.
    Broken,
}

/// What becomes of a byte that is no letter.
#[derive(Debug, Clone, Copy)]
enum Stray {
    Replaced,
    Marked,
    Dropped,
}

const GARBLES: [Garble; 12] = [
    Garble::Saved("?"),
    Garble::Saved("_"),
    Garble::Misread(Stray::Replaced),
    Garble::Misread(Stray::Marked),
    Garble::Misread(Stray::Dropped),
    Garble::Twice,
    Garble::Between(Charset::Windows1252),
    Garble::Between(Charset::MacRoman),
    Garble::Between(Charset::Dos850),
    Garble::Between(Charset::Windows1250),
    Garble::Between(Charset::Windows1251),
    Garble::Broken,
];

impl Garble {
    /// The bytes of a file that a program made of this text.
    fn of(self, text: &str, charset: Charset) -> Vec<u8> {
        let misread = |text: &str, stray| read(charset, text.as_bytes(), stray);
        match self {
            Self::Saved(absent) => saved(charset, text, absent),
            Self::Misread(stray) => misread(text, stray).into_bytes(),
            Self::Twice => misread(&misread(text, Stray::Replaced), Stray::Replaced).into_bytes(),
            Self::Between(written) => {
                read(charset, &written.encode_lossy(text), Stray::Replaced).into_bytes()
            }
            Self::Broken => String::from_utf8_lossy(&charset.encode_lossy(text)).into_owned().into_bytes(),
        }
    }
}

fn saved(charset: Charset, text: &str, absent: &str) -> Vec<u8> {
    let letter = |letter: char| charset.encode(letter.encode_utf8(&mut [0; 4]));
    text.chars().flat_map(|of| letter(of).unwrap_or_else(|| absent.as_bytes().to_vec())).collect()
}

fn read(charset: Charset, bytes: &[u8], stray: Stray) -> String {
    let text = charset.decode(bytes);
    match stray {
        Stray::Replaced => text,
        Stray::Marked => text.replace('\u{FFFD}', "?"),
        Stray::Dropped => text.replace('\u{FFFD}', ""),
    }
}

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        // The numbers of Knuth's MMIX.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// An account whose users have the names of a language.
fn named<'a>(
    app: &'a Ground,
    number: usize,
    (_, given, family): &(&str, [&str; 4], [&str; 4]),
) -> Office<'a> {
    let mut office = Office::called(app, &format!("office-{number}"));
    office.ids.clear();
    let first = |number: usize| given[number % 4].to_owned();
    let last = |number: usize| family[number / 4 % 4].to_owned();
    office.crowd(100, &[("first_name", &first), ("last_name", &last)]);
    office
}

/// One file: which language, what was done to it, and what the person edited.
#[derive(Debug)]
struct Case {
    language: usize,
    charset: Charset,
    garble: Garble,
    rows: usize,
    honest: bool,
}

impl Case {
    fn rolled(dice: &mut Dice) -> Self {
        Self {
            language: dice.roll(LANGUAGES.len()),
            charset: ENCODINGS[dice.roll(ENCODINGS.len())],
            garble: GARBLES[dice.roll(GARBLES.len())],
            rows: ROWS[dice.roll(ROWS.len())],
            honest: dice.roll(2) == 0,
        }
    }

    /// Whether the bytes of a name are another one as well, in the only letters that there are: nothing tells that somebody did not mean it.
    fn is_told_by_nothing(&self) -> bool {
        let (_, given, family) = LANGUAGES[self.language];
        let is_utf8 = |name: &&str| {
            let bytes = self.charset.encode(name).unwrap_or_default();
            !bytes.is_ascii() && bytes.iter().all(|byte| !byte.is_ascii()) && String::from_utf8(bytes).is_ok()
        };
        matches!(self.garble, Garble::Broken) && given.iter().chain(&family).any(is_utf8)
    }

    /// The sheet as the person leaves it, and with which job title of the first user.
    fn edited(&self, office: &Office<'_>, number: usize) -> (Sheet, Option<String>) {
        let mut sheet = office.csv();
        let column = sheet.column("user_id");
        let ids: Vec<String> = office.ids.iter().map(ToString::to_string).collect();
        let is_head = |row: usize| row < 2;
        let mut row = 0;
        sheet.0.retain(|cells| {
            row += 1;
            is_head(row - 1) || ids.contains(&cells[column])
        });
        sheet.0.truncate(self.rows + 2);
        let title = self.honest.then(|| format!("Clerk {number}"));
        if let Some(title) = &title {
            sheet = sheet.with(0, "job_title", title);
        }
        (sheet, title)
    }
}

/// The first and the last name of everybody.
fn names(office: &Office<'_>) -> Vec<[Option<String>; 2]> {
    let mut users = Users::new(&office.fields);
    office.app.store.users_of(office.account.id, &office.ids, &mut users).expect("users");
    let fields = [standard::FIRST_NAME, standard::LAST_NAME];
    users.iter().map(|user| fields.map(|field| user.value(field).map(str::to_owned))).collect()
}

/// What of a file came through without a word, or got lost of what was meant.
fn wrong(office: &Office<'_>, bytes: &[u8], title: Option<&str>) -> (Import, Option<String>) {
    let before = names(office);
    let import = office.upload_by(bytes, ANN, Complete::WhenClean);
    let after = names(office);
    let changed = before.iter().zip(&after).find(|(before, after)| before != after);
    let changed = changed.map(|(before, after)| format!("{before:?} became {after:?}"));
    let lost = || {
        let is_done = import.state == ImportState::Done;
        let is_meant = title.is_none() || office.value(0, "job_title").as_deref() == title;
        (is_done && !is_meant).then(|| format!("{title:?} is not there"))
    };
    let found = changed.or_else(lost);
    if import.state == ImportState::Review {
        import::cancel(office.app, office.account.id, import.id).expect("the store");
    }
    (import, found)
}

#[test]
fn no_name_is_garbled_without_a_word() {
    let files = std::env::var("MUSTER_GARBLED").ok().and_then(|files| files.parse().ok()).unwrap_or(120);
    on_sqlite(|app| {
        let mut offices: Vec<Option<Office<'_>>> = LANGUAGES.iter().map(|_| None).collect();
        let mut dice = Dice(files as u64);
        let (mut silent, mut kept) = (Vec::new(), 0);
        for number in 0..files {
            let case = Case::rolled(&mut dice);
            if case.is_told_by_nothing() {
                continue;
            }
            let office =
                offices[case.language].get_or_insert_with(|| named(app, number, &LANGUAGES[case.language]));
            let (sheet, title) = case.edited(office, number);
            let bytes = case.garble.of(&sheet.text(), case.charset);
            let (import, found) = wrong(office, &bytes, title.as_deref());
            kept += usize::from(import.state == ImportState::Done);
            if let Some(found) = found {
                silent.push(format!("{} {case:?}: {found}", LANGUAGES[case.language].0));
                // Whose names changed, serves no other file.
                offices[case.language] = None;
            }
        }
        println!("{kept} of {files} are as they were");
        assert!(silent.is_empty(), "{} of {files}: {:#?}", silent.len(), &silent[..silent.len().min(60)]);
    });
}

/// The same where a program opened the garbled csv file and saved it as a workbook.
#[test]
fn no_name_is_garbled_in_a_workbook_without_a_word() {
    on_sqlite(|app| {
        let mut dice = Dice(7);
        let mut cases: Vec<Case> = (0..60).map(|_| Case::rolled(&mut dice)).collect();
        cases.retain(|case| case.rows < 100 && !case.is_told_by_nothing());
        let folder = tempfile::tempdir().expect("a folder");
        let mut offices = Vec::new();
        for (number, case) in cases.iter().enumerate() {
            let office = named(app, number, &LANGUAGES[case.language]);
            let (sheet, title) = case.edited(&office, number);
            let bytes = case.garble.of(&sheet.text(), case.charset);
            let text = match case.garble {
                // What is written in another character set, is opened in that.
                Garble::Saved(_) => case.charset.decode(&bytes),
                _ => String::from_utf8(bytes).expect("what was written as UTF-8"),
            };
            std::fs::write(folder.path().join(format!("{number}.csv")), text).expect("written");
            offices.push((office, title));
        }
        let python = std::env::var("MUSTER_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let output = Command::new(python).args(["-c", TO_XLSX]).arg(folder.path()).output();
        if super::workbooks::ran(output, "openpyxl").is_none() {
            return;
        }
        let mut silent = Vec::new();
        for (number, ((office, title), case)) in offices.iter().zip(&cases).enumerate() {
            let bytes = std::fs::read(folder.path().join(format!("{number}.xlsx"))).expect("the workbook");
            let (_, found) = wrong(office, &bytes, title.as_deref());
            silent.extend(found.map(|found| format!("{} {case:?}: {found}", LANGUAGES[case.language].0)));
        }
        assert!(silent.is_empty(), "{silent:#?}");
    });
}

/// Each csv file of a folder as a workbook, as a program saves it that has opened it.
const TO_XLSX: &str = "
import csv, io, pathlib, sys, openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
for path in pathlib.Path(sys.argv[1]).glob('*.csv'):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet('Users')
    for row in csv.reader(io.StringIO(path.read_text('utf-8-sig'), newline='')):
        sheet.append([ILLEGAL_CHARACTERS_RE.sub('', cell) or None for cell in row])
    book.save(path.with_suffix('.xlsx'))
";
