"""Drill: import, undo and export are killed at random moments and run again; the result is that of one clean run."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.importer.test_killed import DRAWING, ImportedSite, migrate, wait_for_the_end
from tests.importer.trees import picture, post, write_tree
from tests.running_site import database

# What grows with each import and each undo, by design: the history.
HISTORY = ("ImportRun", "ImportedFile", "PageLogEntry")


def kills(folder: Path, times: int = 20, seed: int = 1966) -> str:
    with database(folder) as url:
        return kills_on(new_imported_site(folder, url), folder, times, random.Random(seed))


def new_imported_site(folder: Path, url: str) -> ImportedSite:
    """An empty site with a queue and no worker: pictures are made inside the import, and nothing is drawn after it."""
    installation = ImportedSite(folder, url)
    installation.environment["TASK_QUEUE"] = "database"
    migrate(installation)
    return installation


def kills_on(installation: ImportedSite, folder: Path, times: int, chance: random.Random) -> str:
    source = a_site(folder / "source")
    took = {}
    took["import"] = timed(installation, "import_markdown", source)
    imported = state(installation, source)
    took["undo"] = timed(installation, "import_markdown", "--undo", newest_run(installation))
    empty = state(installation)
    killed = {"import": 0, "undo": 0, "export": 0}
    for _ in range(times):
        killed["import"] += kill(installation, chance.uniform(0, took["import"]), "import_markdown", source)
        command(installation, "import_markdown", source, allowed=(0,))
        check(imported, state(installation, source))
        run = newest_run(installation)
        killed["undo"] += kill(installation, chance.uniform(0, took["undo"]), "import_markdown", "--undo", run)
        command(installation, "import_markdown", "--undo", run, allowed=(0, 2))  # 2: it was undone already
        check(empty, state(installation))
    command(installation, "import_markdown", source, allowed=(0,))
    took["export"] = timed(installation, "export_markdown", folder / "clean")
    for number in range(times):
        target = folder / f"export-{number}"
        killed["export"] += kill(installation, chance.uniform(0, took["export"]), "export_markdown", target)
        if not target.exists():
            command(installation, "export_markdown", target, allowed=(0,))
        assert files_of(target) == files_of(folder / "clean")
        shutil.rmtree(target)
    return ", ".join(f"{count} of {times} {what}s killed in time" for what, count in killed.items())


def a_site(folder: Path) -> Path:
    files: dict[str, str | bytes] = {
        f"_posts/2021-05-{number + 1:02}-tide-{number}.md": post(
            f"![Chart](/c{number}.png)\n\n[paper](/p.pdf), [all](/about/)\n",
            title=f"Tide {number}", tags="[tide, moon]", categories="water",
        )
        for number in range(12)
    }  # fmt: skip
    pictures = {f"c{number}.png": picture(size=(40 + number, 30)) for number in range(12)}
    about = "---\ntitle: About\npermalink: /about/\n---\n![Line](/d.svg)\n"
    return write_tree(folder, {**files, **pictures, "about.md": about, "d.svg": DRAWING, "p.pdf": "%PDF tide"})


def command(installation: ImportedSite, *arguments: object, allowed: tuple[int, ...] = (0,)) -> str:
    process = installation.start("manage.py", *arguments)
    out, _ = process.communicate(timeout=600)
    assert process.returncode in allowed, f"{arguments}: {process.returncode}\n{out}"
    return out


def timed(installation: ImportedSite, *arguments: object) -> float:
    begin = time.monotonic()
    command(installation, *arguments)
    return time.monotonic() - begin


def kill(installation: ImportedSite, seconds: float, *arguments: object) -> bool:
    """Whether the command was killed before its end."""
    process = installation.start("manage.py", *arguments)
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)  # its output ends when the last of its workers does
        wait_for_the_end(process.pid)
        return True
    return False


def newest_run(installation: ImportedSite) -> int:
    code = "from portfolio.models import ImportRun; print('run', ImportRun.objects.latest('pk').pk)"
    out = command(installation, "shell", "--verbosity", "0", "-c", code)
    found = re.search(r"run (\d+)", out)
    assert found, out
    return int(found[1])


def state(installation: ImportedSite, source: Path | None = None) -> dict[str, Any]:
    """What the site holds, without what the database numbers; with a source, after another import of it."""
    if source is not None:
        _, outcomes, found = installation.run(source)
        assert sum(outcomes.values()) == outcomes["unchanged"], outcomes
    else:
        found = installation.run()[0]
    found["counts"] = {name: count for name, count in found["counts"].items() if name not in HISTORY}
    return found


def check(wanted: dict[str, Any], found: dict[str, Any]) -> None:
    for name in wanted:
        assert found[name] == wanted[name], f"{name}: {found[name]} and not {wanted[name]}"


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
