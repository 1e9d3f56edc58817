"""``check_urls``: arguments and output of the check of old addresses."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections import deque
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

from portfolio.importer.addresses import MAX_SITEMAP, OldAddress, SitemapError, once, read_sitemap, source_addresses
from portfolio.importer.probe import RESULTS, Answer, as_report, ask_over_http, counts, follow, probe
from portfolio.importer.sources import KINDS, SourceError, open_source

ALL_ANSWER, SOME_FAIL, NOTHING_DONE = 0, 1, 2
MOST_SITEMAPS = 1000
HTTP = ("http://", "https://")


class Command(BaseCommand):
    help = "Ask for every address that an old site served, and say where this site does not answer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="The old site's source, or its sitemap: an .xml file or an address.")
        parser.add_argument("--base-url", help="Ask a running site over HTTP; by default this one, in this process.")
        parser.add_argument("--kind", choices=KINDS, default="auto", help="What made the site; found out by default.")
        parser.add_argument("--config", type=Path, metavar="FILE", help="The site's configuration, if kept elsewhere.")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="Write every answer as JSON.")

    def handle(self, *args: Any, source: str, **options: Any) -> None:
        console = Console(file=self.stdout, soft_wrap=True, highlight=False)
        base_url = options["base_url"] or own_address()
        try:
            if not base_url.startswith(HTTP) or not urlsplit(base_url).netloc:
                raise SourceError(f"{base_url}: is no address to ask; write one like http://127.0.0.1:8000")
            addresses = old_addresses(source, options)
        except (SourceError, SitemapError, OSError, ValueError) as error:
            self.stderr.write(f"Nothing was checked. {error}")
            sys.exit(NOTHING_DONE)
        # One thread in this process: a test client shares the database connection of the thread that made it.
        over_http = bool(options["base_url"])
        answers = probe(addresses, base_url, ask_over_http) if over_http else in_process(addresses, base_url)
        show(answers, console)
        if options["report"]:
            report = as_report(answers, source, options["base_url"] or "")
            options["report"].write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        if not all(answer.is_good for answer in answers):
            sys.exit(SOME_FAIL)


def own_address() -> str:
    """An address that this installation accepts requests for."""
    host = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS if name.strip(".*")), "localhost")
    return f"{'https' if settings.SECURE_SSL_REDIRECT else 'http'}://{host}"


def old_addresses(source: str, options: dict[str, Any]) -> tuple[OldAddress, ...]:
    if source.startswith(HTTP):
        return sitemap_addresses(source)
    path = Path(source)
    if path.suffix == ".xml":
        found = read_sitemap(path.read_bytes(), path.name)
        beside = [path.parent / Path(urlsplit(address).path).name for address in found.sitemaps]
        others = [read_sitemap(file.read_bytes(), file.name).addresses for file in beside]
        return once(address for some in (found.addresses, *others) for address in some)
    with open_source(path, options["kind"], options["config"]) as opened:
        return source_addresses(opened)


def sitemap_addresses(url: str) -> tuple[OldAddress, ...]:
    """The addresses in the sitemap at ``url`` and in those it names on the same host."""
    waiting, seen, found = [url], set(), []
    while waiting:
        current = waiting.pop()
        if current in seen or urlsplit(current)[:2] != urlsplit(url)[:2]:
            continue
        seen.add(current)
        if len(seen) > MOST_SITEMAPS:
            raise SitemapError(f"{url}: names more than {MOST_SITEMAPS} sitemaps")
        with urlopen(current, timeout=30) as response:  # noqa: S310 - http or https: the caller looked
            sitemap = read_sitemap(response.read(MAX_SITEMAP + 1), current)
        found += sitemap.addresses
        waiting += sitemap.sitemaps
    return once(found)


def in_process(addresses: tuple[OldAddress, ...], base_url: str) -> list[Answer]:
    parts = urlsplit(base_url)
    client = Client(raise_request_exception=False, SERVER_NAME=parts.hostname or "localhost")

    def ask(url: str) -> tuple[int, str]:
        asked = urlsplit(url)
        target = asked.path + (f"?{asked.query}" if asked.query else "")
        response = client.get(target, secure=parts.scheme == "https")
        if response.streaming:  # a file, closed when it has been read to its end
            deque(response.streaming_content, maxlen=0)
        return response.status_code, response.headers.get("Location", "")

    return [follow(address, base_url, ask) for address in addresses]


def show(answers: list[Answer], console: Console) -> None:
    """A table by kind of address and result, then each address that fails with the file it comes from."""
    table = Table(box=box.SIMPLE_HEAD, show_footer=True, pad_edge=False)
    by_kind = counts(answers)
    used = [name for name in RESULTS if any(row[name] for row in by_kind.values())]
    table.add_column("addresses", footer="all")
    for name in used:
        table.add_column(name, justify="right", footer=str(sum(row[name] for row in by_kind.values())))
    for kind, row in by_kind.items():
        table.add_row(kind, *(str(row[name] or "") for name in used))
    if answers:
        console.print(table)
    failed = [answer for answer in answers if not answer.is_good]
    for answer in failed:
        place = f"{answer.address.source}:{answer.address.line}" if answer.address.line else answer.address.source
        line = Text(f"{place}  " if place else "")
        line.append(answer.result, style="bold red")
        end = f" -> {answer.final} ({answer.status})" if answer.hops else f" ({answer.status or answer.message})"
        line.append(f"  {answer.address.path}{end}")
        console.print(line, soft_wrap=True)
    console.print(Text(f"{len(answers)} addresses, {len(failed)} of them fail."))
