"""What Python does with files, for trips.test.mjs.

    python trips.py pandas FROM TO     opens a file as pandas does when nobody tells it anything, and saves it under another name
    python trips.py audit FILE...      what a validator of the standards finds in files that Muster wrote; ends with 0 if that is nothing
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

import pandas


def through_pandas(source, target):
    if source.endswith(".csv"):
        pandas.read_csv(source).to_csv(target, index=False)
    else:
        pandas.read_excel(source).to_excel(target, index=False)


def without_extension(source, target):
    """Copies a document without the elements of LibreOffice's own namespace, which a schema of the standard can't know."""
    with zipfile.ZipFile(source) as document, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in document.infolist():
            content = document.read(entry)
            if entry.filename == "content.xml":
                content = re.sub(rb"<calcext:conditional-formats>.*?</calcext:conditional-formats>", b"", content, flags=re.DOTALL)
            copy.writestr(entry, content)


def finds_nothing(words):
    told = subprocess.run([sys.executable, "-m", "openxml_audit", *words], capture_output=True, text=True)
    nothing = told.returncode == 0 and "no findings" in told.stdout
    if not nothing:
        print(*words, told.stdout, told.stderr)
    return nothing


def audit(files):
    clean = True
    with tempfile.TemporaryDirectory() as folder:
        for file in map(pathlib.Path, files):
            if file.suffix == ".ods":
                copy = pathlib.Path(folder, file.name)
                without_extension(file, copy)
                clean &= finds_nothing(["--odf-level", "schema-core", str(copy)])
            else:
                clean &= finds_nothing([str(file)])
    sys.exit(0 if clean else 1)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["pandas", source, target]:
            through_pandas(source, target)
        case ["audit", *files]:
            audit(files)
        case _:
            sys.exit(__doc__)
