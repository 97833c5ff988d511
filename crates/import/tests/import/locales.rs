//! Files that LibreOffice opened and saved with the settings of several countries: whatever it made of the values by itself, nothing
//! is a change. Where the program is missing the test says so and passes, unless `MUSTER_TESTS=all` asks for every test.

use std::path::Path;
use std::process::Command;

use directory::{Code, Field, FieldNumber, Kind};

use ::import;
use ::store::ImportState;
use workbook::Format;

use super::workbooks::ran;
use ground::office::Office;
use ground::on_sqlite;

/// Texts that spreadsheets take for numbers, dates, times, booleans, formulas and fractions, and some that they leave alone.
const TEXTS: [&str; 72] = [
    "00123",
    "0",
    "007.50",
    "0.10",
    "1.0",
    "12.50",
    "1,5",
    "1,50",
    "1.234",
    "1,234",
    "1.234.567",
    "1,234,567",
    "1 234",
    "5%",
    "12.5%",
    "1E5",
    "10E5",
    "1e-5",
    "12E12",
    "£5",
    "$5.00",
    "5 €",
    "(5)",
    "5-",
    "-5",
    "+5",
    "1 1/2",
    "0 1/2",
    "1/2",
    "3/4",
    "MAR1",
    "SEPT2",
    "DEC10",
    "MAR-21",
    "Mai 5",
    "Okt 3",
    "1-2",
    "12-11",
    "1/2/2026",
    "01.02.2026",
    "1.2.26",
    "1.2.",
    "3.4.1",
    "2026-12",
    "12/2026",
    "2026-11-22",
    "22-11-2026",
    "2026-11-22 10:30",
    "1:30",
    "01:30:00",
    "1:30 PM",
    "25:10",
    "12345678901234567",
    "447700900123",
    "0012345678901234567",
    "123456789012345678901234567890",
    "0.1234567890123456789",
    "true",
    "FALSE",
    "Wahr",
    "Ja",
    "=1+1",
    "'=1",
    "'quoted",
    "@home",
    "+ and -",
    "#N/A",
    "Zoë Müller",
    "李小龙 𠮷",
    "\"so called\"; a, b",
    "two\nlines",
    "Ann",
];
const NUMBERS: [&str; 16] = [
    "0",
    "1",
    "-1",
    "7.5",
    "37.5",
    "0.5",
    "-12.25",
    "100",
    "1234",
    "1234.5",
    "1234567.8912",
    "-0.25",
    "0.00001",
    "447700900123",
    "123456789012345",
    "12.3456789",
];
const DATES: [&str; 8] = [
    "2026-11-22",
    "2026-02-03",
    "2024-02-29",
    "1999-12-31",
    "1925-04-05",
    "1900-03-01",
    "2031-10-11",
    "2001-01-01",
];
const PHONES: [&str; 5] = ["+441632960123", "+4930901820123", "+12025550143", "+33199001234", "+81312345678"];

/// An account whose users have all of these.
fn nasty(office: &mut Office<'_>) {
    for (key, kind) in
        [("code", Kind::Text), ("hours", Kind::Number), ("remote", Kind::YesNo), ("left", Kind::Date)]
    {
        let field = Field::new(FieldNumber(0), key, key, kind);
        let now = office.app.clock.now();
        office
            .app
            .store
            .save_field(office.account.id, &field, "test", now)
            .expect("the store")
            .expect("saved");
    }
    for (place, text) in TEXTS.iter().enumerate() {
        let (number, email) = (format!("{:08}", place * 37), format!("user{place}@acme.example"));
        office.add(&[
            ("first_name", "Ann"),
            ("last_name", "O’Neill"),
            ("email", &email),
            ("status", if place % 5 == 0 { "inactive" } else { "active" }),
            ("job_title", TEXTS[(place * 7 + 3) % TEXTS.len()]),
            ("department", ["1", "2", "3"][place % 3]),
            ("employee_number", &number),
            ("phone", PHONES[place % PHONES.len()]),
            ("start_date", DATES[place % DATES.len()]),
            ("language", ["en-GB", "de", "fr"][place % 3]),
            ("code", text),
            ("hours", NUMBERS[place % NUMBERS.len()]),
            ("remote", ["yes", "no"][place % 2]),
            ("left", DATES[(place + 3) % DATES.len()]),
        ]);
    }
}

/// What LibreOffice does to every file in the folder: opens it as a person would, with numbers and dates recognised, and saves it in
/// each format, csv as it is shown. One start for all.
const MODULE: &str = r#"Function Named(name As String, value)
  Dim one As New com.sun.star.beans.PropertyValue
  one.Name = name
  one.Value = value
  Named = one
End Function
Sub SaveAll(folder As String)
  csv = Array(Named("FilterName", "Text - txt - csv (StarCalc)"), Named("FilterOptions", "44,34,76,1,,0,false,true"))
  For Each source In Array("csv", "xlsx", "ods")
    hidden = Named("Hidden", True)
    how = Array(hidden)
    If source = "csv" Then how = Array(hidden, csv(0), csv(1))
    book = StarDesktop.loadComponentFromURL("file://" + folder + "/users." + source, "_blank", 0, how)
    book.storeToURL("file://" + folder + "/" + source + ".csv", csv)
    book.storeToURL("file://" + folder + "/" + source + ".xlsx", Array(Named("FilterName", "Calc MS Excel 2007 XML")))
    book.storeToURL("file://" + folder + "/" + source + ".ods", Array(Named("FilterName", "calc8")))
    book.close(True)
  Next
  StarDesktop.terminate()
End Sub"#;

/// A profile of LibreOffice with the settings of a country, and the module in it.
fn write_profile(profile: &Path, locale: &str) {
    let settings = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
</oor:items>"#
    );
    let libraries = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/>
</library:libraries>"#;
    let library = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Saving"/></library:library>"#;
    let module = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Saving" script:language="StarBasic">{MODULE}</script:module>"#
    );
    let user = profile.join("user");
    std::fs::create_dir_all(user.join("basic/Standard")).expect("a profile");
    for (name, text) in [
        ("registrymodifications.xcu", settings.as_str()),
        ("basic/script.xlc", libraries),
        ("basic/Standard/script.xlb", library),
        ("basic/Standard/Saving.xba", &module),
    ] {
        std::fs::write(user.join(name), text).expect("written");
    }
}

/// Everything that LibreOffice makes of the files with the settings of a country: `csv.xlsx` was csv and is xlsx.
fn saved_in(locale: &str, files: &[(&str, Vec<u8>)]) -> Option<Vec<(String, Vec<u8>)>> {
    let folder = tempfile::tempdir().expect("a folder");
    write_profile(&folder.path().join("profile"), locale);
    for (ending, bytes) in files {
        std::fs::write(folder.path().join(format!("users.{ending}")), bytes).expect("written");
    }
    let program = std::env::var("MUSTER_SOFFICE").unwrap_or_else(|_| "soffice".to_owned());
    let mut command = Command::new(program);
    command
        .arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()))
        .args(["--headless", "--norestore"])
        .arg(format!("macro:///Standard.Saving.SaveAll(\"{}\")", folder.path().display()));
    ran(command.output(), "LibreOffice")?;
    let mut saved = Vec::new();
    for source in ["csv", "xlsx", "ods"] {
        for ending in ["csv", "xlsx", "ods"] {
            let name = format!("{source}.{ending}");
            let bytes = std::fs::read(folder.path().join(&name)).expect("what LibreOffice saved");
            saved.push((name, bytes));
        }
    }
    Some(saved)
}

/// Japanese settings show a percentage that stands in a text without its fraction. A person may write that, too: it is a change, which is shown.
fn may_be_meant(locale: &str, told: &str) -> bool {
    locale == "ja-JP" && told.ends_with(r#""12.5%" -> "13%""#)
}

#[test]
fn files_saved_with_the_settings_of_any_country_change_nothing() {
    on_sqlite(|app| {
        let mut office = Office::new(app);
        nasty(&mut office);
        let files = [("csv", Format::Csv), ("xlsx", Format::Xlsx), ("ods", Format::Ods)]
            .map(|(ending, format)| (ending, office.download(format)));
        let mut wrong = Vec::new();
        for locale in ["en-GB", "en-US", "de-DE", "ja-JP", "tr-TR", "ar-SA"] {
            let Some(saved) = saved_in(locale, &files) else { return };
            for (name, bytes) in saved {
                let import = office.upload(&bytes);
                let mut told = [office.issues(&import), office.changes(&import)].concat();
                let all = told.len();
                told.retain(|told| !may_be_meant(locale, told));
                if told.is_empty() && all > 0 {
                    continue;
                }
                wrong.extend(told.into_iter().map(|told| format!("{locale} {name}: {told}")));
                let rows = (import.state, import.counts.rows);
                if rows != (ImportState::Done, 6 + TEXTS.len() as i64) {
                    wrong.push(format!("{locale} {name}: {rows:?} {:?}", import.failure));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    });
}

/// The one thing that can't be told from an edit: in a workbook that was saved from csv, 1234 is a number as `1.234` was.
#[test]
fn numbers_that_lost_their_points_on_the_way_through_csv_are_warned_of() {
    on_sqlite(|app| {
        let mut office = Office::new(app);
        let hours = Field::new(FieldNumber(0), "hours", "Hours", Kind::Number);
        app.store.save_field(office.account.id, &hours, "test", app.clock.now()).expect("it").expect("saved");
        for hours in ["1.125", "37.5", "0.875"] {
            office.add(&[("first_name", "Bo"), ("last_name", "Rowe"), ("hours", hours)]);
        }
        let files = [("csv", Format::Csv), ("xlsx", Format::Xlsx), ("ods", Format::Ods)]
            .map(|(ending, format)| (ending, office.download(format)));
        let Some(saved) = saved_in("de-DE", &files) else { return };
        for (name, bytes) in saved {
            let import = office.upload(&bytes);
            let lost = matches!(name.as_str(), "csv.xlsx" | "csv.ods");
            assert_eq!(import.counts.cells_to_edit, if lost { 2 } else { 0 }, "{name}");
            let warnings = import::warnings(app, &import).expect("warnings");
            let told = warnings.iter().find(|(warning, _)| warning.code == Code::PointsLost);
            let expected = "2 numbers of Hours lost their decimal point, as 1.234 becomes 1234 where points group \
                            thousands. Look at whether that was meant.";
            assert_eq!(told.map(|(_, sentence)| sentence.as_str()), lost.then_some(expected), "{name}");
        }
    });
}
