"""Drill: the disk is full during upload, import and rendition; a clear error, and nothing half-written."""

from __future__ import annotations

import io
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from tests.drills.crowd import Editor
from tests.importer.trees import post, write_tree
from tests.running_site import RunningSite, running_site

SIZE = 1500  # kB


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Mount a small disk there; whether this machine lets us."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}k", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    except OSError:
        mounted = False
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def disk_full(folder: Path) -> str:
    with small_disk(folder / "media") as mounted:
        if not mounted:
            return "left out: this machine mounts no small disk (tests/delivery/test_disk_full.py has a stand-in)"
        with running_site(folder, demo=False) as site:
            return disk_full_on(site, folder)


def disk_full_on(site: RunningSite, folder: Path) -> str:
    site.make_users({"owner": None})
    owner = Editor(site, "owner")
    uploaded = 0
    for number in range(40):
        token = owner.token(owner.get("/admin/images/add/").text)
        upload = {"file": (f"noise-{number}.png", noise(number), "image/png")}
        answer = owner.post("/admin/images/add/", token, files=upload, title=f"Noise {number}", collection="1")
        if answer.status_code != 200:
            break
        uploaded += 1
    assert answer.status_code == 507, f"{answer.status_code} {answer.text[:300]}"
    assert "disk of the server is full" in answer.text
    left = orphans(site, folder)
    assert left == [], left
    pictures = {f"p{number}.png": noise(100 + number).getvalue() for number in range(10)}
    text = "".join(f"![P](/{name})\n\n" for name in pictures)
    source = write_tree(folder / "source", {"_posts/2021-05-04-tides.md": post(text), **pictures})
    done = subprocess.run(
        [sys.executable, "manage.py", "import_markdown", str(source)],
        env=site.env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Nothing was imported. The disk of the server is full." in done.stderr
    left = orphans(site, folder)
    assert left == [], left
    assert owner.get("/").status_code == 200
    return f"{uploaded} pictures, then a clear error; the import did nothing; no file without its row"


def noise(seed: int) -> io.BytesIO:
    side = 260
    data = random.Random(seed).randbytes(side * side * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), data).save(out, "PNG")
    out.seek(0)
    return out


def orphans(site: RunningSite, folder: Path) -> list[str]:
    """Files in the media folder that no row knows; the pictures for shared links have none by design."""
    code = (
        "from portfolio.models import CustomImage, CustomRendition\n"
        "for model in (CustomImage, CustomRendition):\n"
        "    for name in model.objects.values_list('file', flat=True):\n"
        "        print('file', name)\n"
    )
    lines = site.manage("shell", "--verbosity", "0", "-c", code).splitlines()
    known = {line.removeprefix("file ") for line in lines if line.startswith("file ")}
    media = folder / "media"
    stored = {
        file.relative_to(media).as_posix()
        for file in media.rglob("*")
        if file.is_file() and file.parent.name != "share"
    }
    return sorted(stored - known)
