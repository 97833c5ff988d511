//! We read what ExcelJS writes, whole and streamed. That it reads our books and comes to an end with them, `e2e/trips.test.mjs` shows.

use std::process::Command;

use super::{Folder, TEXTS, is_there, lines, printed, run, same};
use crate::book::read;

/// Where `scripts/test` installs it.
const MODULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../e2e/node_modules");

/// Node finds the package by `NODE_PATH`, which is ours unless somebody has one already.
fn node() -> Command {
    let mut node = Command::new("node");
    if std::env::var_os("NODE_PATH").is_none() {
        node.env("NODE_PATH", MODULES);
    }
    node
}

const WRITE: &str = r#"
const ExcelJS = require("exceljs");
const [file, mode, ...texts] = process.argv.slice(1);
const options = { filename: file, useSharedStrings: mode === "shared", useStyles: true };
const book = mode === "whole" ? new ExcelJS.Workbook() : new ExcelJS.stream.xlsx.WorkbookWriter(options);
const sheet = book.addWorksheet("Users");
texts.map(decodeURIComponent).forEach((text, index) => {
  const row = sheet.addRow([text, index + 0.5, new Date(Date.UTC(2026, 10, index + 1)), index % 2 === 0]);
  if (mode !== "whole") row.commit();
});
(mode === "whole" ? book.xlsx.writeFile(file) : book.commit()).catch((error) => { console.error(error); process.exit(1); });
"#;

fn exceljs_is_there() -> bool {
    is_there("ExcelJS", node().args(["-e", "require('exceljs')"]))
}

#[test]
fn we_read_what_exceljs_writes() {
    if !exceljs_is_there() {
        return;
    }
    let folder = Folder::new("exceljs-writes");
    for mode in ["whole", "shared", "inline"] {
        let file = folder.file(&format!("{mode}.xlsx"));
        run(node().args(["-e", WRITE]).arg(&file).arg(mode).args(TEXTS.map(printed)));
        let seen = read(&std::fs::read(&file).expect("their file"));
        let mut expected = Vec::new();
        for (text, number) in TEXTS.iter().zip(1..) {
            expected.push(format!("A{number} t {}", printed(text)));
            expected.push(format!("B{number} n {}", printed(&format!("{}.5", number - 1))));
            expected.push(format!("C{number} d {}", printed(&format!("2026-11-{number:02}"))));
            expected.push(format!("D{number} b {}", if number % 2 == 1 { "TRUE" } else { "FALSE" }));
        }
        same(&lines(&seen), &expected, mode);
    }
}
