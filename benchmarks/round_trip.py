"""Import a site, export it, compare; then edit a word on every page, export, compare: ``round_trip.py SITE...``.

Each site is imported into a new SQLite database of its own. A word is edited as the admin would: the whole page goes
through the editor's form. The exported document must be the source with that word replaced, and nothing else; only a
heading may name its old anchor behind it. Several rounds edit other words, in running text, headings, listings, tables
and whatever else has some.

Exit code 1 when one document does not come back.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WORD = re.compile(r"(?<![\w-])[^\W\d_]{4,}(?![\w-])")
NEW_WORD = "lantern"
OLD_ANCHOR = re.compile(
    rb'^(.*lantern.*?)(?: \{#[^\s}]+\}(?=[ \t]*\r?$)|((?:\r?\n[=-]+[ \t]*)?)\r?\n\{: id="[^"]+"\}(?=\r?$))',
    re.MULTILINE,
)
SHOWN = 8


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sites", nargs="+", type=Path, metavar="SITE")
    parser.add_argument("--rounds", type=int, default=3, help="how many words are edited on each page")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="round-trip-") as folder:
        empty = Path(folder) / "empty"
        empty.mkdir()
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=environment(empty), check=True)
        codes = [in_new_database(site, options.rounds, empty) for site in options.sites]
    return max(codes)


def environment(folder: Path) -> dict[str, str]:
    settings = {
        "DJANGO_SETTINGS_MODULE": "portfolio.settings",
        "DEBUG": "1",
        "SITE_URL": "http://localhost",
        "MEDIA_ROOT": str(folder / "media"),
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "PYTHONPATH": str(ROOT),
        "TASK_QUEUE": "database",  # of which nobody takes anything: background work would wait for this very database
    }
    return {**os.environ, **settings}


def in_new_database(site: Path, rounds: int, empty: Path) -> int:
    """Measure one site in a process of its own, with a copy of the ``empty`` database."""
    with tempfile.TemporaryDirectory(prefix="round-trip-") as folder:
        script = Path(folder) / "measure.py"
        code = (
            f"from benchmarks.round_trip import measure\nif __name__ == '__main__': measure({str(site)!r}, {rounds})\n"
        )
        script.write_text(code, encoding="utf-8")
        shutil.copy(empty / "bench.sqlite3", folder)
        command = [sys.executable, str(script)]
        return subprocess.run(command, cwd=ROOT, env=environment(Path(folder)), check=False).returncode


def measure(name: str, rounds: int) -> None:
    import django

    django.setup()
    source, failed = Path(name), 0
    with tempfile.TemporaryDirectory(prefix="exported-") as folder:
        paths = imported(source)
        same, wrong = compared(source, exported(Path(folder) / "untouched")[0], paths)
        print(f"{source.name}: {same} of {len(paths)} documents come back byte for byte")
        show(wrong)
        failed += len(wrong)
        for number in range(rounds):
            failed += edited(source, Path(folder), number)
    sys.exit(1 if failed else 0)


def imported(source: Path) -> list[str]:
    """Import the site; the paths of its documents."""
    from portfolio.content.registry import page_mappings
    from portfolio.content.site_settings import fill_owner_settings
    from portfolio.importer.pipeline import ImportOptions, import_site

    report = import_site(ImportOptions(source), page_mappings(), fill_owner_settings)
    return [document.path for document in report.documents]


def exported(destination: Path) -> tuple[Path, Any]:
    from portfolio.content.registry import page_exports, page_mappings
    from portfolio.content.site_settings import site_profile
    from portfolio.exporter.pipeline import ExportOptions, export_site

    return destination, export_site(ExportOptions(destination), page_exports(), page_mappings(), site_profile)


def compared(source: Path, out: Path, paths: list[str]) -> tuple[int, list[str]]:
    """How many of ``paths`` came back, and what is wrong: with those, and with any file the source has otherwise."""
    wrong, same = [], 0
    for path in paths:
        if not (out / path).is_file():
            wrong.append(f"{path}: is missing")
        elif (out / path).read_bytes() != (source / path).read_bytes():
            wrong.append(f"{path}: differs")
        else:
            same += 1
    for file in sorted(out.rglob("*")):
        path = file.relative_to(out)
        if file.is_file() and path.as_posix() not in paths:
            if not (source / path).is_file():
                wrong.append(f"{path}: is not in the source")
            elif file.read_bytes() not in (original := (source / path).read_bytes(), sanitised(original)):
                wrong.append(f"{path}: differs")
    return same, wrong


def sanitised(data: bytes) -> bytes:
    """A picture as the import stores it, without metadata and scripts; other files as they are."""
    from portfolio.images.sanitise import ImageRefused, sanitise_image
    from portfolio.images.svg import SvgError, sanitise_svg

    with suppress(ImageRefused):
        return sanitise_image(data).data
    with suppress(SvgError):
        return sanitise_svg(data).data
    return data


# A word on every page --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edit:
    """One word of one page; ``place`` is its block's."""

    path: str
    page_id: int
    place: int
    kind: str
    word: str

    def is_right(self, before: bytes, after: bytes) -> bool:
        wanted = before.replace(self.word.encode(), NEW_WORD.encode(), 1)
        return after == wanted or (self.kind == "heading" and OLD_ANCHOR.sub(rb"\1\2", after) == wanted)


def edited(source: Path, folder: Path, number: int) -> int:
    """Edit a word on each page, export, take the edits back; how many documents came out otherwise than they should."""
    from portfolio.exporter.round_trip import rolled_back

    begin = time.monotonic()
    refused: list[str] = []
    with rolled_back():
        edits = [edit for edit in chosen(source, number) if made(edit, refused)]
        out, report = exported(folder / f"edited-{number}")
    told = dict.fromkeys(path for path, _ in report.problems)
    wrong = []
    for edit in edits:
        before, after = (source / edit.path).read_bytes(), (out / edit.path).read_bytes()
        if not edit.is_right(before, after) or edit.path in told:
            wrong.append(f"{edit.path}: {edit.word!r} in {edit.kind}\n{indented(difference(before, after))}")
    kinds = {kind: sum(edit.kind == kind for edit in edits) for kind in sorted({edit.kind for edit in edits})}
    print(
        f"{source.name}: {len(edits) - len(wrong)} of {len(edits)} edited words change that word and nothing else "
        f"({', '.join(f'{count} {kind}' for kind, count in kinds.items())}; {len(refused)} pages refused by the form; "
        f"{time.monotonic() - begin:.1f} s)"
    )
    show(wrong + [f"refused: {why}" for why in refused])
    return len(wrong)


def chosen(source: Path, number: int) -> Iterator[Edit]:
    """A word for each document."""
    from portfolio.models import ImportedPage

    rows = ImportedPage.objects.select_related("document").order_by("document__path", "part")
    for path, parts in groupby(rows, lambda row: row.document.path):
        by_kind: dict[str, list[Edit]] = {}
        for row in parts:
            for edit in words_of(row):
                by_kind.setdefault(edit.kind, []).append(edit)
        if by_kind:
            dice = random.Random(f"{number} {path}")  # noqa: S311 - the same words at every run
            yield dice.choice(by_kind[dice.choice(sorted(by_kind))])


def words_of(row: Any) -> Iterator[Edit]:
    """The words that the source has once and the page has once, so that it is certain what shall change."""
    from wagtail.models import Page

    from portfolio.exporter.source_edit.candidate_texts import plain_words, value_texts

    page = Page.objects.get(pk=row.page_id).specific
    raw = page.body.get_prep_value() if hasattr(page, "body") else []
    whole = json.dumps(raw, ensure_ascii=False)
    source = bytes(row.document.source)
    text = source[row.document.body_start :].decode()
    there = set(WORD.findall(text))
    for place, block in enumerate(raw):
        if block["type"] == "embed":  # an address is not made of words
            continue
        words = {word for part in value_texts(block["value"]) for word in WORD.findall(plain_words(part))} & there
        for word in sorted(words):
            if text.count(word) == whole.count(word) == 1 and source.count(word.encode()) == 1:
                yield Edit(row.document.path, page.pk, place, block["type"], word)


def made(edit: Edit, refused: list[str]) -> bool:
    """Save the page with the word replaced, through the editor's form; False, with the reason, when it refuses."""
    from wagtail.blocks import StreamBlockValidationError
    from wagtail.models import Page

    from benchmarks.admin_form import saved

    page = Page.objects.get(pk=edit.page_id).specific
    raw = page.body.get_prep_value()
    value = json.dumps(raw[edit.place]["value"], ensure_ascii=False)
    raw[edit.place] = {**raw[edit.place], "value": json.loads(value.replace(edit.word, NEW_WORD))}
    try:
        page.body = saved(page.body, raw)
    except StreamBlockValidationError as error:
        refused.append(f"{edit.path}: {error.as_json_data()}")
        return False
    revision = page.save_revision()
    if page.live:
        revision.publish()
    return True


def difference(before: bytes, after: bytes) -> str:
    lines = difflib.unified_diff(
        before.decode(errors="replace").splitlines(), after.decode(errors="replace").splitlines(), n=0, lineterm=""
    )
    return "\n".join(line[:160] for line in list(lines)[2:14])


def indented(text: str) -> str:
    return "\n".join("    " + line for line in text.splitlines())


def show(lines: list[str]) -> None:
    for line in lines[:SHOWN]:
        print(f"  {line}")
    if len(lines) > SHOWN:
        print(f"  and {len(lines) - SHOWN} more")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
