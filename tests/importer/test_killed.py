"""An import that is killed leaves the site as it was, and the next one does all that one clean import does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.importer.trees import picture, post, write_tree
from tests.running_site import database

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("killed.py")
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
BEFORE_THE_END = [
    ("portfolio.importer.assets.images:AssetStore.save_file", "after", 3),
    ("portfolio.importer.bulk.pages:PageBatch.flush", "after", 1),
    ("portfolio.importer.undo.record:UndoRecord.as_dict", "after", 1),
]
AFTER_IT = ("portfolio.importer.assets.images:AssetStore.confirm", "before", 1)


class ImportedSite:
    """A database and a media folder of their own, used by processes of their own."""

    def __init__(self, folder: Path, database: str) -> None:
        self.media = folder / "media"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "REDIS_URL"},
            "DJANGO_SETTINGS_MODULE": "portfolio.settings",
            "DEBUG": "0",
            "SECRET_KEY": "only-for-tests",
            "ALLOWED_HOSTS": "localhost",
            "SITE_URL": "http://localhost",
            "HTTPS": "0",
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": database,
            "MEDIA_ROOT": str(self.media),
        }

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        command = [sys.executable, *map(str, arguments)]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True, start_new_session=True
        )

    def run(self, *arguments: object) -> list[Any]:
        """What the site holds, the outcomes of an import, and what it holds then."""
        process = self.start(SCRIPT, *arguments)
        out, _ = process.communicate(timeout=300)
        assert process.returncode == 0
        return [json.loads(line) for line in out.splitlines()]

    def kill(self, source: Path, *moment: object) -> dict[str, Any]:
        """Start an import that does not live to tell. What the site held before it."""
        process = self.start(SCRIPT, source, *moment)
        out, _ = process.communicate(timeout=300)
        assert process.returncode == -signal.SIGKILL, moment
        wait_for_the_end(process.pid)
        (before,) = out.splitlines()
        return json.loads(before)


def wait_for_the_end(group: int) -> None:
    """The workers of a process that was killed end by themselves."""
    for _ in range(300):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("a worker process goes on")


def migrate(installation: ImportedSite) -> None:
    process = installation.start("manage.py", "migrate", "--verbosity", "0")
    process.communicate(timeout=300)
    assert process.returncode == 0


@pytest.fixture(scope="module")
def empty() -> Iterator[Callable[[Path], ImportedSite]]:
    """Makes installations that hold nothing but what the migrations put there."""
    with ExitStack() as databases:

        def make(folder: Path) -> ImportedSite:
            folder.mkdir()
            return ImportedSite(folder, databases.enter_context(database(folder)))

        yield make


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    body = "![Chart](/c.png) ![Line](/d.svg)\n\n[paper](/p.pdf) and [ebb](/2021/05/05/ebb.html)\n"
    files = {
        "_posts/2021-05-04-tides.md": post(body, tags="[tide, moon]", categories="water"),
        "_posts/2021-05-05-ebb.md": post('<video src="/f.mp4" controls></video>\n', title="Ebb"),
        "about.md": "---\ntitle: About\npermalink: /about/\n---\n![Other](/e.png)\n",
        "c.png": picture(),
        "e.png": picture("black"),
        "d.svg": DRAWING,
        "p.pdf": "%PDF tide",
        "f.mp4": b"film",
    }
    return write_tree(tmp_path_factory.mktemp("source") / "site", files)


@pytest.fixture
def one(empty: Callable[[Path], ImportedSite], tmp_path: Path) -> ImportedSite:
    return empty(tmp_path / "one")


@pytest.fixture(scope="module")
def clean(
    empty: Callable[[Path], ImportedSite], tmp_path_factory: pytest.TempPathFactory, source: Path
) -> dict[str, Any]:
    """What a clean import leaves in an installation of its own."""
    return empty(tmp_path_factory.mktemp("clean") / "site").run(source)[-1]


def test_a_killed_import_leaves_nothing_and_the_next_one_is_a_whole_one(
    one: ImportedSite, clean: dict[str, Any], source: Path
) -> None:
    found = [one.kill(source, *moment) for moment in BEFORE_THE_END]
    before, outcomes, after = one.run(source)
    found.append(before)
    for state in found[1:]:
        assert without_files(state) == without_files(found[0])
    assert [bool(state["files"]) for state in found] == [False, True, True, True], "swept by the next import"
    assert outcomes["created"] == 3
    assert after == clean
    assert (len(after["files"]), after["counts"]["PendingFile"]) == (5, 0)


def without_files(state: dict[str, Any]) -> dict[str, Any]:
    """The state without what the next import removes."""
    return {**state, "files": [], "counts": {**state["counts"], "PendingFile": 0}}


def test_an_import_that_was_killed_after_its_end_is_done(
    one: ImportedSite, clean: dict[str, Any], source: Path
) -> None:
    one.kill(source, *AFTER_IT)
    before, outcomes, after = one.run(source)
    assert outcomes["unchanged"] == 3
    assert without_files(before) == without_files(clean)
    assert after == clean


def test_of_two_imports_at_once_the_second_says_so_and_does_nothing(one: ImportedSite, source: Path) -> None:
    hold = (
        "import sys; import django; django.setup()\n"
        "from portfolio.importer.lock import import_lock\n"
        "with import_lock():\n    print('held', flush=True); sys.stdin.readline()\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", hold], cwd=ROOT, env=one.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    second = subprocess.run(
        [sys.executable, "manage.py", "import_markdown", str(source)],
        cwd=ROOT, env=one.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    holder.communicate(b"\n")
    assert second.returncode == 2
    assert "Another import is running" in second.stderr
    before, outcomes, _ = one.run(source)
    assert before["ledger"] == []
    assert outcomes["created"] == 3
