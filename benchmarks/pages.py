"""What a page costs, beside a minimal Wagtail site: ``make bench-pages [SIZES="100 10000"]``.

For each size there is our site, made of the demo and that many posts, and the site in ``minimal/`` with the same posts.
Each kind of our pages is requested in turn with the minimal post or list, without the page cache. Printed are the
queries and the function calls of one request, the calls as a ratio to those of the minimal page, the median of the
milliseconds that the process works, the median of the ratios to the minimal page that was requested next to it (a busy
machine slows both), and the ratio of the largest site to the smallest. Calls are the same in every run: ``--calls``
(``make bench-calls``) prints them alone. On PostgreSQL (BENCH_DATABASE_URL) the work of the server is not included.
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
from page_worker import PageWorker, Request

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
    Page("projects", "/projects/", MINIMAL_LIST),
    Page("project", "/projects/springneap/", MINIMAL_POST),
    Page("publications", "/publications/", MINIMAL_LIST),
    Page("talks", "/talks/", MINIMAL_LIST),
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
class Calls:
    """Function calls of a page, and of the minimal page that it is compared with."""

    ours: int
    minimal: int

    @property
    def ratio(self) -> float:
        return self.ours / self.minimal


@dataclass(frozen=True, slots=True)
class Cost:
    """What a page takes: ``calls`` as in `Calls`; ``ratio`` is that of the milliseconds of two neighbours."""

    queries: int
    calls: Calls
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
    parser.add_argument("--calls", action="store_true", help="count function calls and measure no times")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ExitStack() as stack:
        work = (arguments.keep or Path(folder)).resolve()
        sites = {size: make_sites(work / str(size), size) for size in sorted(arguments.sizes)}
        workers = {
            size: Workers(*(stack.enter_context(closing(PageWorker(environment))) for environment in environments))
            for size, environments in sites.items()
        }
        (show_calls if arguments.calls else show_costs)(workers)


def show_calls(workers: dict[int, Workers]) -> None:
    print(f"{'':22}" + "".join(f"{f'{size:,} posts':>27}" for size in workers))
    print(f"{'':22}" + f"{'calls':>10}{'minimal':>10}{'ratio':>7}" * len(workers))
    for page in PAGES:
        counted = [count_calls(page, each) for each in workers.values()]
        cells = (f"{calls.ours:10}{calls.minimal:10}{calls.ratio:7.2f}" for calls in counted)
        print(f"{page.name:22}{''.join(cells)}", flush=True)


def show_costs(workers: dict[int, Workers]) -> None:
    print(f"processor milliseconds, load {os.getloadavg()[0]:.1f} before")
    show_header(list(workers))
    for page in PAGES:
        show(page, measure(page, list(workers.values())))
    for name, address in (("post", MINIMAL_POST), ("list", MINIMAL_LIST)):
        counts = ", ".join(str(each.minimal.count_queries(address)) for each in workers.values())
        print(f"queries of the minimal {name}: {counts}")


def count_calls(page: Page, workers: Workers) -> Calls:
    check(workers.ours.request(page.address), page.address, page.status)
    return Calls(workers.ours.count_calls(page.address), workers.minimal.count_calls(page.minimal))


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
            count_calls(page, each),
            *(median(times) for times in zip(*pairs, strict=True)),
            median(ours / minimal for ours, minimal in pairs),
        )
        for each, pairs in zip(workers, zip(*rounds, strict=True), strict=True)
    ]


def milliseconds(worker: PageWorker, address: str, status: int = 200) -> float:
    answer = worker.request(address)
    check(answer, address, status)
    return answer.milliseconds


def check(answer: Request, address: str, status: int) -> None:
    if answer.status != status:
        raise SystemExit(f"{address} answered {answer.status}, not {status}: nothing to compare")


def show_header(sizes: list[int]) -> None:
    print(f"{'':22}" + "".join(f"{f'{size:,} posts':>49}" for size in sizes) + f"{'times':>8}")
    print(f"{'':22}" + f"{'queries':>9}{'calls':>9}{'ratio':>7}{'ms':>8}{'minimal':>9}{'ratio':>7}" * len(sizes))


def show(page: Page, costs: list[Cost]) -> None:
    cells = (
        f"{cost.queries:9}{cost.calls.ours:9}{cost.calls.ratio:7.2f}"
        f"{cost.milliseconds:8.1f}{cost.minimal:9.1f}{cost.ratio:7.2f}"
        for cost in costs
    )
    growth = costs[-1].milliseconds / costs[0].milliseconds
    print(f"{page.name:22}{''.join(cells)}{growth:8.2f}", flush=True)


if __name__ == "__main__":
    main()
