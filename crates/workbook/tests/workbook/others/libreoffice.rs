//! LibreOffice opens what we write with every value equal, and we read what it saves.

use std::process::Command;
use std::sync::Mutex;

use workbook::{Format, Mark, Printed};

use crate::book::{full, write_marked};
use crate::standard::parts;

use super::{Folder, check_copy, is_there, run, write_everything};

/// One process at a time: two share a profile and one of them would give up.
static OFFICE: Mutex<()> = Mutex::new(());

fn office() -> Command {
    Command::new(std::env::var("MUSTER_SOFFICE").unwrap_or_else(|_| "soffice".to_owned()))
}

/// Has LibreOffice open our file and save it in another format; what it saved must hold the same.
fn check(format: Format, ours: &str, theirs: &str) {
    if !is_there("LibreOffice", office().arg("--version")) {
        return;
    }
    let _alone = OFFICE.lock();
    let folder = Folder::new(&format!("libreoffice-{ours}-{theirs}"));
    let (bytes, mut seen) = write_everything(format);
    std::fs::write(folder.file(&format!("ours.{ours}")), bytes).expect("a file");
    let profile = format!("-env:UserInstallation=file://{}", folder.file("profile").display());
    run(office()
        .args([&profile, "--headless", "--convert-to", theirs, "--outdir"])
        .arg(folder.file("saved"))
        .arg(folder.file(&format!("ours.{ours}"))));
    // It writes the number that it read, not the digits.
    for cell in seen.iter_mut().flat_map(|row| &mut row.1) {
        if cell.2 == "12.50" {
            cell.2 = "12.5".to_owned();
        }
    }
    check_copy(&folder.file("saved").join(format!("ours.{theirs}")), &seen);
}

#[test]
fn workbook_saved_as_workbook() {
    check(Format::Xlsx, "xlsx", "xlsx");
}

#[test]
fn workbook_saved_as_document() {
    check(Format::Xlsx, "xlsx", "ods");
}

#[test]
fn document_saved_as_document() {
    check(Format::Ods, "ods", "ods");
}

#[test]
fn document_saved_as_workbook() {
    check(Format::Ods, "ods", "xlsx");
}

/// Has LibreOffice save our marked book as a document; its notes and the colour of their cells must be in it.
fn check_marks(format: Format, ours: &str) {
    if !is_there("LibreOffice", office().arg("--version")) {
        return;
    }
    let _alone = OFFICE.lock();
    let folder = Folder::new(&format!("libreoffice-marks-{ours}"));
    let row = ["U-1", "Ada", "ada@"].map(Printed::Text).to_vec();
    let marks =
        vec![Mark { column: 3, note: Some("Type <another>.") }, Mark { column: 4, note: Some("Empty") }];
    let file = folder.file(&format!("ours.{ours}"));
    std::fs::write(&file, write_marked(format, &full(), &[(row, marks)])).expect("a file");
    let profile = format!("-env:UserInstallation=file://{}", folder.file("profile").display());
    run(office()
        .args([&profile, "--headless", "--convert-to", "ods", "--outdir"])
        .arg(folder.file("saved"))
        .arg(file));
    let saved = std::fs::read(folder.file("saved").join("ours.ods")).expect("their file");
    let saved: Vec<_> = parts(saved).into_iter().filter(|(name, _)| name.ends_with(".xml")).collect();
    let saved: String =
        saved.into_iter().map(|(_, content)| String::from_utf8(content).expect("UTF-8")).collect();
    assert_eq!(saved.matches("<office:annotation ").count(), 2, "notes");
    for text in ["Type &lt;another&gt;.", "Empty", "#ffc7ce"] {
        assert!(saved.contains(text), "{text}");
    }
}

#[test]
fn marks_of_a_workbook() {
    check_marks(Format::Xlsx, "xlsx");
}

#[test]
fn marks_of_a_document() {
    check_marks(Format::Ods, "ods");
}

/// What LibreOffice's own scripting does with our book, as a macro: it looks at the panes, the rules and the protection,
/// types into a cell, and deletes a row. It can't show that typing over column A is refused: text that a script enters
/// passes the rules by, so the rule itself is looked at, which is the one that typing obeys.
const MACRO: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Check" script:language="StarBasic">
Sub Look(file As String, report As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim arguments(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(file, "_blank", 0, hidden())
  sheet = book.Sheets.getByIndex(0)
  view = book.CurrentController
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  Open report For Output As #1
  Print #1, "frozen " &amp; view.hasFrozenPanes() &amp; view.SplitColumn &amp; view.SplitRow
  page = book.StyleFamilies.getByName("PageStyles").getByName(sheet.PageStyle)
  Print #1, "pages " &amp; page.IsLandscape &amp; page.ScaleToPagesX &amp; page.ScaleToPagesY &amp; sheet.PrintTitleRows &amp; sheet.TitleRows.EndRow
  Print #1, "protected " &amp; sheet.isProtected()
  For Each place In Array("A1", "G2", "A3", "A1025", "A1026", "B3")
    rule = sheet.getCellRangeByName(place).Validation
    Print #1, place &amp; " rule " &amp; rule.Type &amp; " stops " &amp; (rule.ErrorAlertStyle = 0 And rule.ShowErrorMessage) &amp; " " &amp; rule.getFormula1()
  Next
  arguments(0).Name = "ToPoint"
  arguments(0).Value = "B3"
  dispatcher.executeDispatch(view.Frame, ".uno:GoToCell", "", 0, arguments())
  arguments(0).Name = "StringName"
  arguments(0).Value = "typed"
  dispatcher.executeDispatch(view.Frame, ".uno:EnterString", "", 0, arguments())
  Print #1, "B3 " &amp; sheet.getCellRangeByName("B3").String
  arguments(0).Name = "ToPoint"
  arguments(0).Value = "A4"
  dispatcher.executeDispatch(view.Frame, ".uno:GoToCell", "", 0, arguments())
  dispatcher.executeDispatch(view.Frame, ".uno:DeleteRows", "", 0, Array())
  Print #1, "A3 " &amp; sheet.getCellRangeByName("A3").String &amp; " A4 " &amp; sheet.getCellRangeByName("A4").String
  Close #1
  book.close(True)
End Sub
</script:module>
"#;

const LIBRARY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="Check"/></library:library>
"#;

const LIBRARIES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/></library:libraries>
"#;

const REPORT: &str = "\
frozen True22
pages True10True0
protected False
A1 rule 7 stops True 0
G2 rule 7 stops True 0
A3 rule 7 stops True 0
A1025 rule 7 stops True 0
A1026 rule 0 stops False 
B3 rule 5 stops True 50
B3 typed
A3 U-0 A4 U-2
";

#[test]
fn its_scripting_finds_the_rules_of_a_workbook_and_deletes_rows() {
    check_by_scripting(Format::Xlsx, "xlsx", REPORT);
}

#[test]
fn its_scripting_finds_the_rules_of_a_document_and_deletes_rows() {
    // Of a document that is not shown it does not read the panes; and it says formulas of a document as the document does.
    let expected = REPORT.replace("frozen True22", "frozen False00").replace("True 0\n", "True FALSE()\n");
    check_by_scripting(Format::Ods, "ods", &expected);
}

fn check_by_scripting(format: Format, ours: &str, expected: &str) {
    if !is_there("LibreOffice", office().arg("--version")) {
        return;
    }
    let _alone = OFFICE.lock();
    let folder = Folder::new(&format!("libreoffice-macro-{ours}"));
    let (bytes, _) = write_everything(format);
    let book = folder.file(&format!("ours.{ours}"));
    std::fs::write(&book, bytes).expect("a file");
    let profile = format!("-env:UserInstallation=file://{}", folder.file("profile").display());
    // Its first start would write the macros of a new profile over ours.
    run(office().args([&profile, "--headless", "--terminate_after_init"]));
    let basic = folder.file("profile").join("user/basic");
    std::fs::create_dir_all(basic.join("Standard")).expect("a folder");
    for (name, content) in
        [("script.xlc", LIBRARIES), ("Standard/script.xlb", LIBRARY), ("Standard/Check.xba", MACRO)]
    {
        std::fs::write(basic.join(name), content).expect("a file");
    }
    let report = folder.file("report");
    let call =
        format!("macro:///Standard.Check.Look(\"file://{}\",\"{}\")", book.display(), report.display());
    run(office().args([&profile, "--headless", "--norestore", &call]));
    assert_eq!(std::fs::read_to_string(report).expect("a report"), expected);
}
