"""Requests a second over HTTP: ``make bench-http``.

A static file and our page behind nginx (``deploy/nginx.conf``), our page by the production server alone, with and
without the page cache, a Django view that does nothing, and the post of a minimal Wagtail site. All run at once and are
requested in turn by wrk, so that what else the machine does slows all of them.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from nginx import free_port, running_nginx, wait_for_port
from page_sites import ROOT, make_sites

NEEDED = {"wrk": "wrk", "nginx": "nginx", "openssl": "openssl"}  # programs, and Debian's packages
# As make serve, but for its reloads: it serves our application only.
SERVER = "--interface wsgi --host 127.0.0.1 --workers 2 --blocking-threads 16 --backpressure 256 --no-ws".split()
LOAD = "wrk --threads 1 --connections 8".split()
GZIP = "Accept-Encoding: gzip"
RATE = re.compile(r"^Requests/sec:\s*([\d.]+)$", re.MULTILINE)
FAILURES = re.compile(r"^\s*(Non-2xx.*|Socket errors:.*)$", re.MULTILINE)
ROUNDS = 3
WARM_UP = 20  # requests, for each worker to have served some
POST = "/blog/entry-1/"
STATIC, BARE = "static file, nginx", "bare Django view"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("posts", nargs="?", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=3, help="of each of the rounds")
    parser.add_argument("--keep", type=Path, help="a folder for the sites, as that of pages.py")
    arguments = parser.parse_args()
    if missing := [package for program, package in NEEDED.items() if not shutil.which(program)]:
        raise SystemExit(f"Missing: {', '.join(missing)}. On Debian: apt-get install {' '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ExitStack() as stack:
        work = Path(folder)
        ours, minimal = make_sites((arguments.keep or work).resolve() / str(arguments.posts), arguments.posts)

        def serve(application: str, environment: dict[str, str]) -> str:
            return stack.enter_context(running_server(application, environment, work))

        cached = serve("portfolio.wsgi:application", {**ours, "PAGE_CACHE": "1"})
        static = Path(ours["STATIC_ROOT"])
        nginx = stack.enter_context(
            running_nginx(
                work / "nginx",
                port=int(cached.rpartition(":")[2]),
                static=static,
                media=Path(ours["MEDIA_ROOT"]),
                https=False,
            )
        )
        urls = {
            STATIC: f"{nginx.url}/static/{style_sheet(static)}",
            "post, nginx": nginx.url + POST,
            "post, page cache": cached + POST,
            "post, no cache": serve("portfolio.wsgi:application", ours) + POST,
            BARE: serve("bare:application", minimal) + "/",
            "minimal Wagtail post": serve("minimal.wsgi:application", minimal) + POST,
        }
        for url in urls.values():
            for _ in range(WARM_UP):
                urlopen(url, timeout=60).close()  # noqa: S310 - our own servers
        print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before")
        rounds = [
            {name: requests_per_second(url, arguments.seconds) for name, url in urls.items()} for _ in range(ROUNDS)
        ]
        show({name: median(each[name] for each in rounds) for name in urls})


@contextmanager
def running_server(application: str, environment: dict[str, str], folder: Path) -> Iterator[str]:
    """The production server with an application; yields its address."""
    port = free_port()
    command = [sys.executable, "-m", "granian", *SERVER, "--port", str(port), application]
    with (
        (folder / f"{port}.log").open("wb") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as process,
    ):
        try:
            wait_for_port(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def style_sheet(static: Path) -> str:
    """The collected style sheet that every page links."""
    sheet = max(static.glob("portfolio/css/site.*.css"), key=lambda path: path.stat().st_mtime)
    return sheet.relative_to(static).as_posix()


def requests_per_second(url: str, seconds: int) -> float:
    command = [*LOAD, "--duration", f"{seconds}s", "--header", GZIP, url]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate = RATE.search(output)
    if FAILURES.search(output) or rate is None:
        raise SystemExit(f"{url} failed under load:\n{output}")
    return float(rate[1])


def show(rates: dict[str, float]) -> None:
    print(f"{'':22}{'requests/s':>12}{'to static':>12}{'to bare':>12}")
    for name, rate in rates.items():
        print(f"{name:22}{rate:12,.0f}{rate / rates[STATIC]:12.3f}{rate / rates[BARE]:12.3f}")


if __name__ == "__main__":
    main()
