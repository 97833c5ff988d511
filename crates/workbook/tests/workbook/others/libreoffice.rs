//! LibreOffice opens what we write with every value equal, and we read what it saves.

use std::process::Command;
use std::sync::Mutex;

use workbook::Format;

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
