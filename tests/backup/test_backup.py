"""A backup restored into an empty site gives the same site; a damaged or foreign one changes nothing."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from portfolio.backup.manifest import differences
from tests.running_site import ROOT, database

pytestmark = pytest.mark.xdist_group("backup")

PAGES = "SELECT url_path, live FROM wagtailcore_page ORDER BY url_path"

# Restores backups in one process and prints what each says.
RESTORE_ALL = """
from django.core.management import CommandError, call_command
for file in {files!r}:
    try:
        call_command("restore", file)
    except CommandError as error:
        print("refused:", error.returncode, " ".join(str(error).split()))
"""

TABLE_OF_A_LATER_RELEASE = "CREATE TABLE later (id integer PRIMARY KEY, page integer REFERENCES wagtailcore_page (id))"


@dataclass(frozen=True, slots=True)
class BackupSite:
    """A site with a database and files of its own."""

    env: dict[str, str]
    media: Path

    def manage(self, *arguments: str, status: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def execute(self, statement: str) -> list[tuple]:
        """The rows of a statement that the database runs by itself: a start of Django takes seconds."""
        url = self.env["DATABASE_URL"]
        if url.startswith("postgres"):
            with psycopg.connect(url) as connection:
                cursor = connection.execute(statement)
                return cursor.fetchall() if cursor.description else []
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
            return connection.execute(statement).fetchall()

    def pages(self) -> list[tuple]:
        return self.execute(PAGES)


@pytest.fixture(scope="module")
def make_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    with ExitStack() as stack:

        def make(*, demo: bool) -> BackupSite:
            folder = tmp_path_factory.mktemp("site")
            url = stack.enter_context(database(folder, demo=demo))
            env = os.environ | {
                "DATABASE_URL": url, "MEDIA_ROOT": str(folder / "media"), "PRIVATE_ROOT": str(folder / "private"),
                "SECRET_KEY": uuid.uuid4().hex * 2, "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "portfolio.settings",
            }  # fmt: skip
            return BackupSite(env, folder / "media")

        yield make


@pytest.fixture(scope="module")
def full_site(make_site) -> BackupSite:
    return make_site(demo=True)


@pytest.fixture(scope="module")
def other_site(make_site) -> BackupSite:
    """A site that backups are restored into; whatever test comes first finds it empty."""
    return make_site(demo=False)


@pytest.fixture(scope="module")
def archive(full_site: BackupSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("backups") / "site.tar.gz"
    said = full_site.manage("backup", str(target))
    assert "tables with" in said
    assert target.stat().st_mode & 0o077 == 0
    assert [path.name for path in target.parent.iterdir()] == ["site.tar.gz"]
    return target


def manifest_of(archive: Path) -> dict:
    with tarfile.open(archive) as opened:
        return json.load(opened.extractfile("manifest.json"))


def files_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def changed(archive: Path, target: Path, name: str, data: bytes) -> Path:
    """The archive with other bytes in one member."""
    with tarfile.open(archive) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            content = data if member.name == name else old.extractfile(member).read()
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return target


def with_member(archive: Path, target: Path, name: str, kind: bytes = tarfile.REGTYPE) -> Path:
    """The archive with one more member, which leads out of the folder into which it is unpacked."""
    extra = tarfile.TarInfo(name)
    extra.type, extra.linkname = kind, "/etc"
    with tarfile.open(archive) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            new.addfile(member, old.extractfile(member))
        new.addfile(extra)
    return target


def test_a_damaged_backup_changes_nothing(archive: Path, other_site: BackupSite, tmp_path: Path) -> None:
    site = other_site
    before = site.pages()
    half = tmp_path / "half.tar.gz"
    half.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    name = next(iter(manifest_of(archive)["files"]))
    manifest = manifest_of(archive)
    newer = json.dumps({**manifest, "migrations": [*manifest["migrations"], "blog.9999_later"]}).encode()
    other = json.dumps({**manifest, "database": "oracle"}).encode()
    damaged = (
        (half, "not a whole backup"),
        (changed(archive, tmp_path / "file.tar.gz", f"media/{name}", b"x"), "is damaged"),
        (changed(archive, tmp_path / "dump.tar.gz", "database", b"x"), "is damaged"),
        (changed(archive, tmp_path / "newer.tar.gz", "manifest.json", newer), "newer release"),
        (changed(archive, tmp_path / "other.tar.gz", "manifest.json", other), "backup of oracle"),
        (changed(archive, tmp_path / "none.tar.gz", "manifest.json", b"{}"), "manifest"),
        (with_member(archive, tmp_path / "outside.tar.gz", "../outside"), "other than files of a site"),
        (with_member(archive, tmp_path / "link.tar.gz", "media/link", tarfile.SYMTYPE), "other than files of a site"),
        (with_member(archive, tmp_path / "twice.tar.gz", "manifest.json"), "not a whole backup"),
        (tmp_path / "nowhere.tar", "not a whole backup"),
    )
    code = RESTORE_ALL.format(files=[str(path) for path, _ in damaged])
    answers = [line for line in site.manage("shell", "--verbosity", "0", "-c", code).splitlines() if "refused" in line]
    for answer, (path, message) in zip(answers, damaged, strict=True):
        assert message in answer, (path, answer)
        assert "refused: 2 Nothing was restored" in answer
    assert site.pages() == before


def test_a_backup_restored_into_an_empty_site_equals_the_old_one(
    full_site: BackupSite, archive: Path, other_site: BackupSite, tmp_path: Path
) -> None:
    site = other_site
    site.execute(TABLE_OF_A_LATER_RELEASE)
    assert "no differences" in site.manage("restore", str(archive))
    assert site.pages() == full_site.pages()
    assert files_below(site.media) == files_below(full_site.media) != {}
    for one in (full_site, site):
        one.manage("export_markdown", str(tmp_path / one.media.parent.name))
    assert files_below(tmp_path / site.media.parent.name) == files_below(tmp_path / full_site.media.parent.name)
    site.manage("backup", str(tmp_path / "again.tar"))
    again, first = manifest_of(tmp_path / "again.tar"), manifest_of(archive)
    assert differences(first["tables"], again["tables"], "Table") == []
    assert again["files"] == first["files"]


def test_a_site_with_content_is_replaced_only_when_asked_to(
    full_site: BackupSite, archive: Path, other_site: BackupSite, tmp_path: Path
) -> None:
    site = other_site
    (tmp_path / "note.md").write_text("# A note\n\nOf another site.\n", encoding="utf-8")
    site.manage("import_markdown", str(tmp_path / "note.md"))
    before = site.pages()
    assert "--replace" in site.manage("restore", str(archive), status=2)
    assert site.pages() == before
    site.manage("restore", str(archive), "--replace")
    assert site.pages() == full_site.pages()


def test_a_backup_that_cannot_be_written_leaves_the_old_one(full_site: BackupSite, tmp_path: Path) -> None:
    old = tmp_path / "site.tar"
    old.write_bytes(b"older")
    for target, message in ((tmp_path / "site.zip", ".tar"), (tmp_path / "no" / "site.tar", "no such directory")):
        assert message in full_site.manage("backup", str(target), status=2)
    assert files_below(tmp_path) == {"site.tar": b"older"}
