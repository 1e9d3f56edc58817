"""Update the catalogues of what readers see, and compile them: ``make messages``. Needs no gettext programs.

A catalogue is ``portfolio/locale/<language>/LC_MESSAGES/django.po``; for a new language, an empty one is enough.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "portfolio" / "locale"
# English has plain words for Wagtail's instead, written by hand.
OTHER_CATALOGUES = {"en", "en_GB"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "ngettext": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
}
DAY = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = """\
# What readers see, in this language. After a change: make messages
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""
# Of the admin, which is in Wagtail's own languages.
ADMIN = ("admin", "wagtailadmin")


def reader_templates() -> list[Path]:
    """The templates of pages that readers see."""
    folder = ROOT / "templates"
    files = (path for path in folder.rglob("*") if path.suffix in (".html", ".xml"))
    return sorted(path for path in files if not set(path.relative_to(folder).parts) & set(ADMIN))


def messages() -> Catalog:
    """Everything that templates and code mark for translation."""
    catalogue = Catalog(fuzzy=False)
    for path in reader_templates():
        # Django rewrites a template to calls of gettext between letters that mean nothing.
        add(catalogue, path, "javascript", templatize(path.read_text("utf-8")))
    for app in ("portfolio", "blog", "experience"):
        for path in sorted((ROOT / app).rglob("*.py")):
            if "gettext" in (text := path.read_text("utf-8")):
                add(catalogue, path, "python", text)
    return catalogue


def add(catalogue: Catalog, path: Path, method: str, text: str) -> None:
    name = path.relative_to(ROOT).as_posix()
    found = extract(method, io.BytesIO(text.encode()), KEYWORDS, ["Translators:"], strip_comment_tags=True)
    for _, message, comments, context in found:
        flags = ["python-format"] if "%(" in str(message) else []
        catalogue.add(message, None, [(name, None)], flags, auto_comments=comments, context=context)


def catalogue_files() -> Iterator[Path]:
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        if path.parents[1].name not in OTHER_CATALOGUES:
            yield path


def read_catalogue(path: Path) -> Catalog:
    return read_po(io.BytesIO(path.read_bytes()), locale=path.parents[1].name)


def compiled(catalogue: Catalog) -> bytes:
    """The same bytes for the same texts: Babel would write the hour into them."""
    catalogue.creation_date = catalogue.revision_date = DAY
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def update(path: Path, template: Catalog) -> None:
    """Add new messages and remove old ones. Nothing is guessed from similar messages."""
    catalogue = read_catalogue(path)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with path.open("wb") as file:
        file.write(HEADER.format(language=path.parents[1].name, plural=catalogue.plural_forms).encode())
        write_po(file, catalogue, width=100, omit_header=True, no_location=True, sort_output=True, ignore_obsolete=True)
    path.with_suffix(".mo").write_bytes(compiled(catalogue))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    template = messages()
    for path in catalogue_files():
        update(path, template)


if __name__ == "__main__":
    main()
