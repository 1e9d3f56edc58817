"""Drill: the process that works on an import is killed; within a minute this is told, and it can be begun again."""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from pathlib import Path

from tests.drills.crowd import Editor
from tests.importer.trees import post, write_tree
from tests.running_site import RunningSite, running_site

WITHIN = 60.0  # seconds


def worker_killed(folder: Path, posts: int = 400) -> str:
    with running_site(folder, demo=False) as site:
        site.make_users({"owner": None})
        owner = Editor(site, "owner")
        text = "Water rises. " * 50
        files = {f"_posts/2020-01-{n % 28 + 1:02}-p-{n}.md": post(text, title=f"P {n}") for n in range(posts)}
        source = write_tree(folder / "source", files)
        archive = Path(shutil.make_archive(str(folder / "site"), "zip", source))
        token = owner.token(owner.get("/admin/imports/").text)
        with archive.open("rb") as stream:
            page = owner.post("/admin/imports/", token, files={"archive": stream})
        assert page.status_code == 200, page.status_code
        address = re.sub(r"^https?://[^/]+", "", page.url)
        kill_worker(folder)
        begin = time.monotonic()
        while "ended before it was done" not in owner.get(address).text:
            assert time.monotonic() - begin < WITHIN, "not told within a minute"
            time.sleep(1)
        told = time.monotonic() - begin
        again(owner, site, address)
        return f"told after {told:.0f} s; begun again and done"


def kill_worker(folder: Path) -> None:
    """Kill the process that was started for this site, once it has begun."""
    private = folder / "private"
    for _ in range(600):
        if any(private.glob("progress-*.json")) and (workers := processes(private)):
            for pid in workers:
                os.kill(pid, signal.SIGKILL)
            return
        time.sleep(0.05)
    raise AssertionError("no worker has begun")


def processes(private: Path) -> list[int]:
    """The processes that work on a task of the site with this private folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (process / "cmdline").read_bytes().split(b"\0")
            environment = (process / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"run_task" in arguments and f"PRIVATE_ROOT={private}".encode() in environment:
            found.append(int(process.name))
    return found


def again(owner: Editor, site: RunningSite, address: str) -> None:
    page = owner.get(address).text
    owner.post(f"{address}check/", owner.token(page))
    begin = time.monotonic()
    while "Nothing is written yet" not in (page := owner.get(address).text):
        assert time.monotonic() - begin < 300, page[-2000:]
        time.sleep(1)
