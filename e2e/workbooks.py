"""Reads and edits the sheet Users of a workbook with openpyxl, for workbooks.mjs, which describes the edits.

    python workbooks.py read FILE           prints the rows as JSON
    python workbooks.py edit FILE EDITS     EDITS is a JSON list of steps, run in their order, saved in place
"""

import copy
import datetime
import json
import sys
import zipfile

import openpyxl
import openpyxl.chart
import openpyxl.comments
from openpyxl.utils import column_index_from_string, get_column_letter

FIRST_USER_ROW = 3


def column_of_key(sheet, key):
    """The number of the column whose key, in row 2, is `key`; what follows an @ is no part of a key."""
    for cell in sheet[2]:
        if isinstance(cell.value, str) and cell.value.split("@")[0] == key:
            return cell.column
    raise SystemExit(f"row 2 holds no key {key!r}: {[cell.value for cell in sheet[2]]}")


def take_cell(cell):
    """The value and look of a cell, to be laid down elsewhere."""
    return cell.value, copy.copy(cell._style)


def lay_cell(cell, taken):
    cell.value, cell._style = taken


def delete_row(sheet, edit):
    sheet.delete_rows(edit["deleteRow"])


def delete_column(sheet, edit):
    sheet.delete_cols(column_index_from_string(edit["deleteColumn"]))


def move_column(sheet, edit):
    source = column_index_from_string(edit["moveColumn"])
    target = column_index_from_string(edit["before"])
    taken = [take_cell(sheet.cell(row, source)) for row in range(1, sheet.max_row + 1)]
    sheet.delete_cols(source)
    if source < target:
        target -= 1
    sheet.insert_cols(target)
    for row, cell in enumerate(taken, start=1):
        lay_cell(sheet.cell(row, target), cell)


def insert_column(sheet, edit):
    column = column_index_from_string(edit["insertColumn"])
    sheet.insert_cols(column)
    sheet.cell(1, column).value = edit.get("title")
    if "value" in edit:
        for row in range(FIRST_USER_ROW, sheet.max_row + 1):
            sheet.cell(row, column).value = edit["value"]


def order(cell):
    """Sorts texts before nothing, as spreadsheets put empty cells last."""
    return (cell[0] is None, str(cell[0] if cell[0] is not None else ""))


def sort_rows(sheet, edit):
    key = column_of_key(sheet, edit["sortRowsBy"]) - 1
    rows = [[take_cell(cell) for cell in row] for row in sheet.iter_rows(min_row=FIRST_USER_ROW)]
    rows.sort(key=lambda row: order(row[key]), reverse=edit.get("descending", False))
    for cells, row in zip(sheet.iter_rows(min_row=FIRST_USER_ROW), rows):
        for cell, taken in zip(cells, row):
            lay_cell(cell, taken)


def headings_last(sheet, edit):
    """Titles and keys below all users, as a program sorts them that takes no row for headings."""
    rows = [[take_cell(cell) for cell in row] for row in sheet.iter_rows()]
    for cells, row in zip(sheet.iter_rows(), rows[2:] + rows[:2]):
        for cell, taken in zip(cells, row):
            lay_cell(cell, taken)


def mark_1904(path):
    """Says that serial numbers count from 1904, and leaves them as they are."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = "xl/workbook.xml"
    parts[name] = parts[name].replace(b"<workbookPr", b'<workbookPr date1904="1"')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in parts.items():
            book.writestr(name, part)


def sort_column_alone(sheet, edit):
    """The well-known accident: one column is sorted, the others stay."""
    column = column_of_key(sheet, edit["sortColumnAlone"])
    cells = [sheet.cell(row, column) for row in range(FIRST_USER_ROW, sheet.max_row + 1)]
    for cell, taken in zip(cells, sorted((take_cell(cell) for cell in cells), key=order)):
        lay_cell(cell, taken)


def filter_rows(sheet, edit):
    """Hides, as a filter does, the rows whose value is another."""
    column = column_of_key(sheet, edit["filter"])
    first = get_column_letter(1)
    last = get_column_letter(sheet.max_column)
    sheet.auto_filter.ref = f"{first}2:{last}{sheet.max_row}"
    sheet.auto_filter.add_filter_column(column - 1, [edit["value"]])
    for row in range(FIRST_USER_ROW, sheet.max_row + 1):
        sheet.row_dimensions[row].hidden = sheet.cell(row, column).value != edit["value"]


def sheet_in_front(sheet, edit):
    front = sheet.parent.create_sheet(edit["sheetInFront"], 0)
    front["A1"] = "A sheet of our own"
    sheet.parent.active = 0


def copy_sheet(sheet, edit):
    """A copy of the sheet, behind the others or in front; `moveRow` and all below move into it, its titles and keys stay."""
    copied = sheet.parent.copy_worksheet(sheet)
    copied.title = edit["copySheet"]
    copied.sheet_state = "hidden" if edit.get("hidden") else "visible"
    if edit.get("front"):
        sheet.parent.move_sheet(copied, -sheet.parent.index(copied))
    if "moveRow" in edit:
        copied.delete_rows(FIRST_USER_ROW, edit["moveRow"] - FIRST_USER_ROW)
        sheet.delete_rows(edit["moveRow"], sheet.max_row)


def copy_row(sheet, edit):
    """A row once more, below the last one."""
    sheet.append([cell.value for cell in sheet[edit["copyRow"]]])


def merge_cells(sheet, edit):
    sheet.merge_cells(edit["merge"])


def set_cell(sheet, edit):
    sheet[edit["set"]].value = edit["value"]


def set_by_key(sheet, edit):
    cell = sheet.cell(edit["row"], column_of_key(sheet, edit["key"]))
    cell.value = edit["value"]
    cell.number_format = edit.get("format", cell.number_format)


def set_date(sheet, edit):
    sheet[edit["setDate"]].value = datetime.date.fromisoformat(edit["value"])


def set_formula(sheet, edit):
    sheet[edit["formula"]].value = edit["value"]


def drop_stamps(sheet, edit):
    """Makes of a download one from before the sheets beside the users had stamps."""
    for cell in (cell for sheet in sheet.parent for row in sheet.iter_rows() for cell in row):
        if str(cell.value).startswith("muster@"):
            cell.value = None


def own_sheet(sheet, edit):
    sheet.parent.create_sheet(edit["ownSheet"])


def rename(sheet, edit):
    sheet.title = edit["rename"]


def comment(sheet, edit):
    sheet[edit["comment"]].comment = openpyxl.comments.Comment("Ask her", "Bo")


def picture(sheet, edit):
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(sheet, min_col=2, min_row=3, max_row=5))
    sheet.add_chart(chart, edit["picture"])


# The word that names each step, and what does it.
STEPS = {
    "set": set_cell,
    "key": set_by_key,
    "setDate": set_date,
    "deleteRow": delete_row,
    "deleteColumn": delete_column,
    "moveColumn": move_column,
    "insertColumn": insert_column,
    "sortRowsBy": sort_rows,
    "sortColumnAlone": sort_column_alone,
    "headingsLast": headings_last,
    "filter": filter_rows,
    "sheetInFront": sheet_in_front,
    "copySheet": copy_sheet,
    "copyRow": copy_row,
    "merge": merge_cells,
    "formula": set_formula,
    "dropStamps": drop_stamps,
    "ownSheet": own_sheet,
    "rename": rename,
    "comment": comment,
    "picture": picture,
}


def users_of(book):
    """The sheet Users; of a download in another language the first one."""
    return book["Users"] if "Users" in book.sheetnames else book.worksheets[0]


def edit_file(path, edits):
    book = openpyxl.load_workbook(path)
    sheet = users_of(book)
    for edit in edits:
        if "mark1904" in edit:
            continue
        step = next((STEPS[word] for word in edit if word in STEPS), None)
        if step is None:
            raise SystemExit(f"unknown edit {edit}; the steps are {', '.join(STEPS)}")
        step(book[edit["in"]] if "in" in edit else sheet, edit)
    book.save(path)
    if any("mark1904" in edit for edit in edits):
        mark_1904(path)


def plain(value):
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def read_file(path):
    sheet = users_of(openpyxl.load_workbook(path))
    json.dump([[plain(value) for value in row] for row in sheet.iter_rows(values_only=True)], sys.stdout)


if __name__ == "__main__":
    if sys.argv[1:2] == ["read"] and len(sys.argv) == 3:
        read_file(sys.argv[2])
    elif sys.argv[1:2] == ["edit"] and len(sys.argv) == 4:
        edit_file(sys.argv[2], json.loads(sys.argv[3]))
    else:
        sys.exit(__doc__)
