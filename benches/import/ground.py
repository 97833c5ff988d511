"""What the scripts of this folder share: the programs, an account with made-up users, and processes that are measured from outside."""

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
# Another build of muster may be measured, to compare with.
OTHER = os.environ.get("MUSTER_BENCH_BINARY")
MUSTER = Path(OTHER or TARGET / "muster")
BENCH = TARGET / "import-bench"
RUNS = int(os.environ.get("MUSTER_BENCH_RUNS", "3"))
FIELDS = [("cost_centre", "Cost centre", "text"), ("weekly_hours", "Weekly hours", "number"), ("notes", "Notes", "text")]


def built():
    """Builds muster and the bench program, so that what is measured is what stands here."""
    builds = [] if OTHER else [(ROOT, ["-p", "muster", "--bin", "muster"])]
    for folder, words in [*builds, (Path(__file__).parent, [])]:
        environment = dict(os.environ, CARGO_TARGET_DIR=str(TARGET.parent))
        subprocess.run(["cargo", "build", "--quiet", "--release", "--locked", *words], cwd=folder, env=environment, check=True)


def run(*words, check=(0,)):
    """Runs a command of muster, or a program given by its path: CPU seconds (user and system), wall seconds, peak memory in MiB."""
    words = [str(word) for word in (words if isinstance(words[0], Path) else (MUSTER, *words))]
    started = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in check:
        sys.exit(f"{' '.join(words)} ended with {process.returncode}: {said[:500]}")
    return used.ru_utime + used.ru_stime, time.monotonic() - started, used.ru_maxrss / 1024


def median(results):
    """The median of each figure of several runs."""
    return tuple(statistics.median(result[place] for result in results) for place in range(3))


def empty(database):
    """Makes a database with the account acme, which has 16 fields and nobody yet; what its commands need."""
    here = ["--database", f"sqlite:{database}"]
    run("account", "create", "acme", "--name", "Acme", *here)
    for key, title, kind in FIELDS:
        run("field", "create", key, "--account", "acme", "--title", title, "--type", kind, *here)
    return here


def filled(folder, users):
    """Makes `folder/USERS.db` with so many users of 16 fields in the account acme; the path of their download."""
    path = f"{folder}/{users}.xlsx"
    here = empty(f"{folder}/{users}.db")
    run("users", "generate", "--account", "acme", "--count", str(users), *here)
    run("download", "--account", "acme", "--format", "xlsx", "-o", path, *here)
    return path


def copied(folder, users):
    """A fresh copy of a database that was filled; its address. A server that was ended leaves the logs of the copy before it."""
    for log in Path(folder).glob("copy*-wal"), Path(folder).glob("copy*-shm"):
        for file in log:
            file.unlink()
    for ending in (".db", "-work.db"):
        shutil.copyfile(f"{folder}/{users}{ending}", f"{folder}/copy{ending}")
    return f"sqlite:{folder}/copy.db"


def aimed(value, most, digits=1):
    """A figure that has an aim: in bold when it misses it, as printed."""
    text = f"{value:.{digits}f}"
    return text if float(text) <= most else f"**{text}**"


def table(title, *columns):
    """Begins a table in markdown."""
    print(f"\n{title}\n\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}", flush=True)
