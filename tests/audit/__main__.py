"""Judge the demo on the production server as strangers would: ``make audit``. See docs/audit.md.

Prints a line for each page and each goal that is missed; exit code 1 when there is one. ``python -m tests.audit weights
markup`` does some parts only, and with AUDIT_URL it asks a site that runs already.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import requests
from playwright.sync_api import sync_playwright

from tests.audit.formats import data_blocks, machine_checks
from tests.audit.tools import CATEGORIES, install, lighthouse, nu
from tests.audit.weight import SEARCH_SCRIPT, weigh
from tests.browser.addresses import NOT_FOUND, PAGES
from tests.browser.conftest import EXECUTABLES, FLAGS
from tests.running_site import RunningSite, running_site

JUDGED = (
    *("home", "blog", "post with code", "post with a table and an embed", "interview"),
    *("experience", "resume", "skill", "search"),
)
EVERY_PAGE = PAGES | {"archive": "/archive/", "not found": NOT_FOUND}
# Pages that are no content of the site say nothing to machines.
WITHOUT_DATA = ("search", "search with results", "search without results", "not found")


def main() -> None:
    wanted = [part for part in (markup, machines, weights, scores) if part.__name__ in (sys.argv[1:] or part.__name__)]
    install()
    misses: list[str] = []
    with tempfile.TemporaryDirectory(prefix="audit-") as folder, demo(Path(folder)) as site:
        for part in wanted:
            misses += part(site)
    print("\nEvery goal is met." if not misses else "\nMissed:\n  " + "\n  ".join(misses))
    sys.exit(bool(misses))


def demo(folder: Path) -> AbstractContextManager[RunningSite]:
    running = os.environ.get("AUDIT_URL", "").rstrip("/")
    return nullcontext(RunningSite(running, {})) if running else running_site(folder)


def markup(site: RunningSite) -> Iterator[str]:
    """The Nu HTML checker on every kind of page, and the data blocks in them."""
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="audit-html-") as folder:
        for kind, address in EVERY_PAGE.items():
            html = requests.get(site.url + address, timeout=30).text
            Path(folder, f"{kind}.html").write_text(html, encoding="utf-8")
            for said in data_blocks(html) if kind not in WITHOUT_DATA else ():
                wrong += 1
                yield f"{kind}: {said}"
        said = nu(Path(folder))
    print(f"Nu HTML checker: {len(said)} errors and warnings on {len(EVERY_PAGE)} pages; data blocks: {wrong} faults")
    yield from said


def machines(site: RunningSite) -> Iterator[str]:
    """Feeds, JSON Resume and manifest against what defines them."""
    checks = machine_checks()
    faults = [
        f"{address}: {said}"
        for address, check in checks.items()
        for said in check(requests.get(site.url + address, timeout=30))
    ]
    print(f"For machines: {len(faults)} faults in {', '.join(checks)}")
    yield from faults


def weights(site: RunningSite) -> Iterator[str]:
    """Compressed bytes, requests and strangers of every kind of page."""
    print(f"\n{'':32}{'html+css':>9}{'all':>8}{'asked':>7}{'others':>8}   (compressed bytes, without pictures)")
    executable = next(found for name in EXECUTABLES if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        for kind, address in EVERY_PAGE.items():
            weight = weigh(browser, site.url + address)
            print(f"{kind:32}{weight.first:9,}{weight.whole:8,}{weight.requests:7}{len(weight.strangers):8}")
            own_script = SEARCH_SCRIPT if kind.startswith("search") else 0
            yield from (f"{kind}: {said}" for said in weight.misses(own_script))
        browser.close()


def scores(site: RunningSite) -> Iterator[str]:
    """Lighthouse on a phone; the pages were asked for before, as those of a running site have been."""
    print(f"\n{'Lighthouse, mobile':32}" + "".join(f"{name:>16}" for name in CATEGORIES))
    for kind in JUDGED:
        found, causes = lighthouse(site.url + PAGES[kind])
        print(f"{kind:32}" + "".join(f"{score:16}" for score in found.values()), flush=True)
        yield from (f"{kind}: {cause}" for cause in causes)


if __name__ == "__main__":
    main()
