"""Imports a workbook with django-import-export in its best mode: use_bulk, skip_unchanged, instances loaded at once.

    python peer.py DATABASE UNEDITED EDITED

Fills a table with the users of the one workbook, imports the other, and prints the CPU and wall seconds from the opened file to the
commit, without the start of Django, and how many rows were changed. Told apart by User ID; all values are texts; no history is kept, which
Muster does.
"""

import sys
import time

import django
import openpyxl
import tablib
from django.conf import settings

DATABASE, UNEDITED, EDITED = sys.argv[1:]
settings.configure(
    INSTALLED_APPS=["import_export"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATABASE,
            "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;", "transaction_mode": "IMMEDIATE"},
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from django.db import connection, models  # noqa: E402
from import_export import resources  # noqa: E402
from import_export.instance_loaders import CachedInstanceLoader  # noqa: E402


def users_of(path):
    """The rows below the titles and the keys; the keys are the headers."""
    sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    _, keys, *rows = sheet.iter_rows(values_only=True)
    keys = [key.split("@")[0] for key in keys]
    return tablib.Dataset(*(row + (None,) * (len(keys) - len(row)) for row in rows), headers=keys)


unedited = users_of(UNEDITED)
User = type(
    "User",
    (models.Model,),
    {
        "__module__": __name__,
        "Meta": type("Meta", (), {"app_label": "import_export"}),
        **{
            key: models.CharField(max_length=1000, blank=True, null=True, unique=key == "user_id")
            for key in unedited.headers
        },
    },
)


class UserResource(resources.ModelResource):
    """The best mode of the peer."""

    class Meta:
        model = User
        fields = unedited.headers
        import_id_fields = ["user_id"]
        use_bulk = True
        batch_size = 1000
        skip_unchanged = True
        report_skipped = False
        skip_html_diff = True
        instance_loader_class = CachedInstanceLoader


with connection.schema_editor() as editor:
    editor.create_model(User)
UserResource().import_data(unedited, raise_errors=True)

cpu, wall = time.process_time(), time.perf_counter()
result = UserResource().import_data(users_of(EDITED), raise_errors=True)
print(f"{time.process_time() - cpu:.3f} {time.perf_counter() - wall:.3f} {result.totals['update']}")
