"""Drill: many readers, two editors on one page and an import at once; no error, and no lost write."""

from __future__ import annotations

import time
from pathlib import Path

from tests.drills.crowd import Editor, Log, crowd, readers
from tests.importer.trees import post, write_tree
from tests.running_site import RunningSite, running_site

LONGEST_WAIT = 60.0  # seconds until each editor has saved something


def load(folder: Path, seconds: float = 60, people: int = 50, posts: int = 200) -> str:
    with running_site(folder) as site:
        return load_on(site, folder, seconds, people, posts)


def load_on(site: RunningSite, folder: Path, seconds: float, people: int, posts: int) -> str:
    site.make_users({"first": "Moderators", "second": "Moderators"})
    editors = [Editor(site, name) for name in ("first", "second")]
    page = page_number(site)
    source = write_tree(folder / "source", {
        f"_posts/2020-01-{number % 28 + 1:02}-load-{number}.md": post("Water rises.\n", title=f"Load {number}")
        for number in range(posts)
    })  # fmt: skip
    log = Log()
    begin = time.monotonic()
    with crowd([*readers(site, log, people), *(editor.writing(page) for editor in editors)]):
        site.manage("import_markdown", str(source))
        time.sleep(max(0.0, seconds - (time.monotonic() - begin)))
        while not all(editor.written for editor in editors) and time.monotonic() - begin < LONGEST_WAIT:
            time.sleep(0.2)  # on a slow machine each is told of the other's change for a while
    assert log.failures == [], log.failures[:5]
    failures = [failure for editor in editors for failure in editor.failures]
    assert failures == [], failures[:5]
    text, _, _ = editors[0].text_of(page)
    lost = [word for editor in editors for word in editor.written if word not in text]
    assert lost == [], f"lost: {lost}"
    assert all(editor.written for editor in editors)
    assert f"Load {posts - 1}" in editors[0].get("/archive/").text or posts > 200
    saved, refused = sum(len(editor.written) for editor in editors), sum(editor.refused for editor in editors)
    return f"{log.summary()}; {saved} saved, {refused} told of the other's, none lost; {posts} posts imported"


def page_number(site: RunningSite) -> int:
    """The key of a plain page."""
    code = "from portfolio.models import StandardPage\nprint(StandardPage.objects.first().pk)\n"
    return int(site.manage("shell", "--verbosity", "0", "-c", code).split()[-1])
