"""What a page costs, beside a minimal Wagtail site: ``make bench-pages [SIZES="100 10000"]``.

For each size there is our site, made of the demo and that many posts, and the site in ``minimal/`` with the same posts.
Each kind of our pages is requested in turn with the minimal post or list, without the page cache. Printed are the
queries of one request, the median of the milliseconds that the process works, the median of the ratios to the minimal
page that was requested next to it (a busy machine slows both), and the ratio of the largest site to the smallest.
On PostgreSQL (BENCH_DATABASE_URL) the work of the
server is not included.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from page_sites import make_sites
from page_worker import PageWorker

ROUNDS = 15
WARM_UP = 2
MINIMAL_POST = "/blog/entry-1/"
MINIMAL_LIST = "/blog/"


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of our pages, and the minimal page that it is compared with."""

    name: str
    address: str
    minimal: str
    status: int = 200


PAGES = (
    Page("home", "/", MINIMAL_LIST),
    Page("index", "/blog/", MINIMAL_LIST),
    Page("index, page 5", "/blog/?page=5", MINIMAL_LIST),
    Page("post", "/blog/entry-1/", MINIMAL_POST),
    Page("post in a series", "/blog/three-ways-to-lose-a-sample/", MINIMAL_POST),
    Page("interview", "/blog/a-tide-is-a-kind-of-clock/", MINIMAL_POST),
    Page("plain page", "/about/", MINIMAL_POST),
    Page("experience", "/experience/", MINIMAL_LIST),
    Page("résumé", "/resume/", MINIMAL_LIST),
    Page("tag", "/tags/tide/", MINIMAL_LIST),
    Page("category", "/categories/water/", MINIMAL_LIST),
    Page("skill", "/skills/python/", MINIMAL_LIST),
    Page("search", "/search/?q=sonar", MINIMAL_LIST),
    Page("search, many results", "/search/?q=tide", MINIMAL_LIST),
    Page("archive", "/archive/", MINIMAL_LIST),
    Page("month", "/archive/2010/11/", MINIMAL_LIST),
    Page("feed", "/feed/", MINIMAL_LIST),
    Page("feed of a tag", "/tags/tide/feed.json", MINIMAL_LIST),
    Page("markdown page", "/blog/entry-1.md", MINIMAL_POST),
    Page("not found", "/blog/never-written/", MINIMAL_POST, status=404),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """Queries and milliseconds of a page, milliseconds of the minimal page, and the ratio of two neighbours."""

    queries: int
    milliseconds: float
    minimal: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Workers:
    """The processes of the two sites of one size."""

    ours: PageWorker
    minimal: PageWorker


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 10_000])
    parser.add_argument("--keep", type=Path, help="a folder for the sites; one that is there already is used again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ExitStack() as stack:
        work = (arguments.keep or Path(folder)).resolve()
        sites = {size: make_sites(work / str(size), size) for size in sorted(arguments.sizes)}
        workers = {
            size: Workers(*(stack.enter_context(closing(PageWorker(environment))) for environment in environments))
            for size, environments in sites.items()
        }
        print(f"processor milliseconds, load {os.getloadavg()[0]:.1f} before")
        show_header(list(workers))
        for page in PAGES:
            show(page, measure(page, list(workers.values())))
        for name, address in (("post", MINIMAL_POST), ("list", MINIMAL_LIST)):
            counts = ", ".join(str(each.minimal.count_queries(address)) for each in workers.values())
            print(f"queries of the minimal {name}: {counts}")


def measure(page: Page, workers: list[Workers]) -> list[Cost]:
    """Request the page and its minimal one of every size in turn."""
    rounds = [
        [
            (milliseconds(each.ours, page.address, page.status), milliseconds(each.minimal, page.minimal))
            for each in workers
        ]
        for _ in range(WARM_UP + ROUNDS)
    ][WARM_UP:]
    return [
        Cost(
            each.ours.count_queries(page.address),
            *(median(times) for times in zip(*pairs, strict=True)),
            median(ours / minimal for ours, minimal in pairs),
        )
        for each, pairs in zip(workers, zip(*rounds, strict=True), strict=True)
    ]


def milliseconds(worker: PageWorker, address: str, status: int = 200) -> float:
    answer = worker.request(address)
    if answer.status != status:
        raise SystemExit(f"{address} answered {answer.status}, not {status}: nothing to compare")
    return answer.milliseconds


def show_header(sizes: list[int]) -> None:
    print(f"{'':22}" + "".join(f"{f'{size:,} posts':>34}" for size in sizes) + f"{'times':>8}")
    print(f"{'':22}" + f"{'queries':>10}{'ms':>8}{'minimal':>9}{'ratio':>7}" * len(sizes))


def show(page: Page, costs: list[Cost]) -> None:
    cells = (f"{cost.queries:10}{cost.milliseconds:8.1f}{cost.minimal:9.1f}{cost.ratio:7.2f}" for cost in costs)
    growth = costs[-1].milliseconds / costs[0].milliseconds
    print(f"{page.name:22}{''.join(cells)}{growth:8.2f}", flush=True)


if __name__ == "__main__":
    main()
