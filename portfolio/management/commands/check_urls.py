"""``check_urls``: request every address of an old site."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections import deque
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from django.conf import settings
from django.core.management.base import BaseCommand
from django.test import Client
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from portfolio.engines import SourceError, open_source, source_kinds
from portfolio.engines.registry import AUTO
from portfolio.importer.urls.http_check import (
    RESULTS,
    UrlCheck,
    as_report,
    count_results,
    fetch_over_http,
    follow,
    probe,
)
from portfolio.importer.urls.published_urls import (
    MAX_SITEMAP,
    OldAddress,
    SitemapError,
    encoded,
    read_sitemap,
    source_addresses,
    unique,
)
from portfolio.management.progress import command_console
from portfolio.models import ImportedPage

ALL_ANSWER, SOME_FAIL, NOTHING_DONE = 0, 1, 2
MOST_SITEMAPS = 1000
HTTP = ("http://", "https://")


class Command(BaseCommand):
    help = "Request every address of an old site and report those that this site does not answer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="The old site's source, or its sitemap: an .xml file or a URL.")
        parser.add_argument(
            "--base-url", help="Request them from a running site; by default from this one, in this process."
        )
        parser.add_argument(
            "--kind", choices=source_kinds(), default=AUTO, help="The engine of the site; detected by default."
        )
        parser.add_argument(
            "--config", type=Path, metavar="FILE", help="The site's configuration file, if it is not in the source."
        )
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="Write every result as JSON.")

    def handle(self, *args: Any, source: str, **options: Any) -> None:
        console = command_console(self.stdout)
        base_url = options["base_url"] or own_address()
        try:
            if not base_url.startswith(HTTP) or not urlsplit(base_url).netloc:
                raise SourceError(f"{base_url}: is not the URL of a site; use one like http://127.0.0.1:8000")
            addresses = old_addresses(source, options)
        except (SourceError, SitemapError, OSError, ValueError) as error:
            self.stderr.write(f"Nothing was checked. {error}")
            sys.exit(NOTHING_DONE)
        # In this process with one thread: a test client uses the database connection of the thread that made it.
        over_http = bool(options["base_url"])
        checks = probe(addresses, base_url, fetch_over_http) if over_http else in_process(addresses, base_url)
        checks = with_pages(checks)
        show(checks, console)
        if options["report"]:
            report = as_report(checks, source, options["base_url"] or "")
            options["report"].write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        if not all(check.is_good for check in checks):
            sys.exit(SOME_FAIL)


def own_address() -> str:
    """A URL that this installation accepts requests for."""
    host = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS if name.strip(".*")), "localhost")
    return f"{'https' if settings.SECURE_SSL_REDIRECT else 'http'}://{host}"


def old_addresses(source: str, options: dict[str, Any]) -> tuple[OldAddress, ...]:
    if source.startswith(HTTP):
        return sitemap_addresses(source)
    path = Path(source)
    if path.suffix == ".xml":
        sitemap = read_sitemap(path.read_bytes(), path.name)
        files = [path.parent / Path(urlsplit(address).path).name for address in sitemap.sitemaps]
        others = [read_sitemap(file.read_bytes(), file.name).addresses for file in files]
        return unique(address for some in (sitemap.addresses, *others) for address in some)
    with open_source(path, options["kind"], options["config"]) as opened:
        return source_addresses(opened)


def sitemap_addresses(url: str) -> tuple[OldAddress, ...]:
    """The addresses in the sitemap at ``url`` and in those it names on the same host."""
    queue, seen, addresses = [url], set(), []
    while queue:
        current = queue.pop()
        if current in seen or urlsplit(current)[:2] != urlsplit(url)[:2]:
            continue
        seen.add(current)
        if len(seen) > MOST_SITEMAPS:
            raise SitemapError(f"{url}: names more than {MOST_SITEMAPS} sitemaps")
        with urlopen(current, timeout=30) as response:  # noqa: S310 - http or https: the caller checked
            sitemap = read_sitemap(response.read(MAX_SITEMAP + 1), current)
        addresses += sitemap.addresses
        queue += sitemap.sitemaps
    return unique(addresses)


def in_process(addresses: tuple[OldAddress, ...], base_url: str) -> list[UrlCheck]:
    parts = urlsplit(base_url)
    client = Client(raise_request_exception=False, SERVER_NAME=parts.hostname or "localhost")

    def fetch(url: str) -> tuple[int, str]:
        split = urlsplit(url)
        target = split.path + (f"?{split.query}" if split.query else "")
        response = client.get(target, secure=parts.scheme == "https")
        if response.streaming:  # a file, closed when it has been read to its end
            deque(response.streaming_content, maxlen=0)
        return response.status_code, response.headers.get("Location", "")

    return [follow(address, base_url, fetch) for address in addresses]


def with_pages(checks: list[UrlCheck]) -> list[UrlCheck]:
    """The checks with the page that each document became, if this installation has imported it."""
    rows = ImportedPage.objects.filter(part="", page__live=True).select_related("document", "page")
    pages: dict[tuple[str, str], str] = {}
    for row in rows:
        path = urlsplit(row.page.url or "").path
        pages |= {(row.document.path, encoded(old)): path for old in row.old_urls}
    return [replace(check, expected=pages.get((check.address.source, check.address.path), "")) for check in checks]


def show(checks: list[UrlCheck], console: Console) -> None:
    """A table by kind of address and result, then each address that fails with the file it comes from."""
    table = Table(box=box.SIMPLE_HEAD, show_footer=True, pad_edge=False)
    by_kind = count_results(checks)
    columns = [name for name in RESULTS if any(row[name] for row in by_kind.values())]
    table.add_column("addresses", footer="all")
    for name in columns:
        table.add_column(name, justify="right", footer=str(sum(row[name] for row in by_kind.values())))
    for kind, row in by_kind.items():
        table.add_row(kind, *(str(row[name] or "") for name in columns))
    if checks:
        console.print(table)
    failed = [check for check in checks if not check.is_good]
    for check in failed:
        place = f"{check.address.source}:{check.address.line}" if check.address.line else check.address.source
        line = Text(f"{place}  " if place else "")
        line.append(check.result, style="bold red")
        end = f" -> {check.final} ({check.status})" if check.hops else f" ({check.status or check.message})"
        line.append(f"  {check.address.path}{end}")
        console.print(line, soft_wrap=True)
    console.print(Text(f"{len(checks)} addresses, {len(failed)} of them fail."))
