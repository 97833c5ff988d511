"""Makes files as people leave them out of a download, and counts their cells without Muster, for the test that every cell is accounted for.

    python accounted.py DOWNLOAD FOLDER COUNT SEED    writes COUNT files of all three formats; prints a line for each, with tabs: its name,
                                                      the cells typed into a sheet of Muster, and each sheet's name and cells
"""

import csv
import random
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import openpyxl


def sheets_of(path):
    """The sheets of a workbook: name, whether it is hidden, rows of texts."""
    book = openpyxl.load_workbook(path)
    text = lambda value: "" if value is None else str(value)
    return [[s.title, s.sheet_state != "visible", [[text(v) for v in row] for row in s.iter_rows(values_only=True)]] for s in book]


def anywhere(rows, chance):
    """A row of users, or a new place among them."""
    return chance.randint(2, max(2, len(rows) - 1))


def beyond(rows, chance):
    row = rows[anywhere(rows, chance)]
    row += [""] * chance.randint(0, 3) + ["note"] * chance.randint(1, 3)


def own_column(rows, chance):
    at = chance.randint(1, len(rows[1]))
    for number, row in enumerate(rows):
        row += [""] * (at - len(row))
        row.insert(at, "Own" if number == 0 else "" if number == 1 else chance.choice(["", "x", " "]))


def unknown_key(rows, chance):
    own_column(rows, chance)
    at = rows[0].index("Own")
    rows[1][at] = "own_key"


def title_above(rows, chance):
    rows.insert(0, ["Users of this year", "", "printed"][: chance.randint(1, 3)])


def headings_again(rows, chance):
    keys = next(number for number, row in enumerate(rows) if row[0].startswith("user_id"))
    for row in (rows[keys][:], rows[keys - 1][:]):
        rows.insert(max(keys + 2, anywhere(rows, chance)), row)


def keys_moved(rows, chance):
    keys = next(number for number, row in enumerate(rows) if row[0].startswith("user_id"))
    if keys == 1 and len(rows) > 3:
        rows.insert(chance.randint(2, len(rows) - 1), rows.pop(keys))


def edited(rows, chance):
    row = rows[anywhere(rows, chance)]
    # Headings of which a cell was changed are those of another file.
    if row[0].startswith(("user_id", "User ID")):
        return
    row[chance.randint(1, len(row) - 1)] = chance.choice(["", "Edited", "0", " ", "ä ö"])


def new_row(rows, chance):
    rows.insert(max(3, anywhere(rows, chance)), ["", "Nell", "New"] + [""] * (len(rows[1]) - 3))


def unknown_row(rows, chance):
    rows.append(["U-9999999999", "Nobody"] + [""] * (len(rows[1]) - 2))


def row_twice(rows, chance):
    rows.append(rows[anywhere(rows, chance)][:])


STEPS = [beyond, own_column, unknown_key, headings_again, edited, edited, new_row, unknown_row, row_twice]
LAST = [title_above, keys_moved, lambda rows, chance: None, lambda rows, chance: None]


def typed(sheets, chance):
    """Types cells into a sheet that Muster wrote; how many."""
    rows = chance.choice([rows for name, _, rows in sheets if name in ("Instructions", "Lists")])
    cells = chance.randint(1, 4)
    for number in range(cells):
        row = rows[chance.randint(0, len(rows) - 1)]
        row += [""] * chance.randint(0, 3) + [f"Typed by hand {number}"]
    return cells


def made(sheets, chance):
    sheets = [[name, hidden, [row[:] for row in rows]] for name, hidden, rows in sheets]
    users = sheets[0][2]
    for step in chance.sample(STEPS, chance.randint(0, 4)):
        step(users, chance)
    if chance.random() < 0.3:
        sheets.insert(chance.randint(0, len(sheets)), ["Ours", False, [["a", "", "b"], [], ["c"]]])
    if chance.random() < 0.3:
        copied = [row[:] for row in users]
        if chance.random() < 0.5:
            copied[2][1] = "Other"
        sheets.insert(chance.randint(0, len(sheets)), ["Copy", chance.random() < 0.5, copied])
    chance.choice(LAST)(users, chance)
    return sheets, typed(sheets, chance) if chance.random() < 0.2 else 0


def write_csv(path, sheets):
    rows = next(rows for name, _, rows in sheets if name == "Users")
    with open(path, "w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows(rows)
    with open(path, newline="", encoding="utf-8-sig") as file:
        return {"": sum(value != "" for row in csv.reader(file) for value in row)}


def write_xlsx(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, hidden, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if hidden else "visible"
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value != "":
                    sheet.cell(number, column).value = value
                    sheet.cell(number, column).data_type = "s"
    book.active = next(number for number, (_, hidden, _) in enumerate(sheets) if not hidden)
    book.save(path)
    again = openpyxl.load_workbook(path)
    return {sheet.title: sum(cell.value not in (None, "") for row in sheet.iter_rows() for cell in row) for sheet in again}


NAMES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style"))


def write_ods(path, sheets):
    tables, cells = "", {}
    for name, hidden, rows in sheets:
        cells[name] = 0
        tables += f'<table:table table:name={quoteattr(name)} table:style-name="{"h" if hidden else "s"}"><table:table-column/>'
        for row in rows or [[]]:
            tables += "<table:table-row>"
            for value in row or [""]:
                cells[name] += value != ""
                said = escape(value).replace(" ", "<text:s/>")
                tables += f'<table:table-cell office:value-type="string"><text:p>{said}</text:p></table:table-cell>' if value else "<table:table-cell/>"
            tables += "</table:table-row>"
        tables += "</table:table>"
    style = lambda name, shown: f'<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{shown}"/></style:style>'
    content = f'<?xml version="1.0"?><office:document-content {NAMES} office:version="1.3"><office:automatic-styles>{style("s", "true")}{style("h", "false")}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>')
        archive.writestr("content.xml", content)
    return cells


WRITERS = {"xlsx": write_xlsx, "csv": write_csv, "ods": write_ods}


def main(download, folder, count, seed):
    sheets = sheets_of(download)
    for number in range(int(count)):
        chance = random.Random(f"{seed} {number}")
        ending = list(WRITERS)[number % len(WRITERS)]
        name = f"{number}.{ending}"
        these, typed_in = made(sheets, chance)
        cells = WRITERS[ending](Path(folder) / name, these)
        by_sheet = [text for sheet, count in cells.items() for text in (sheet, str(count))]
        print(name, 0 if ending == "csv" else typed_in, *by_sheet, sep="\t", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
