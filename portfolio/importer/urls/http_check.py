"""Request old addresses and follow their redirects, over HTTP or in this process."""

from __future__ import annotations

import http.client
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from portfolio.documents.links import normalise
from portfolio.importer.urls.published_urls import OldAddress

MOST_HOPS = 5
TIMEOUT = 30  # seconds
THREADS = 4
RESULTS = ("answers", "redirected", "other host", "wrong page", "more hops", "not found", "other")
GOOD_RESULTS = frozenset(RESULTS[:3])
REDIRECTS = frozenset({301, 302, 303, 307, 308})

# Takes a URL and returns the status and, of a redirect, its target.
Fetch = Callable[[str], tuple[int, str]]


@dataclass(frozen=True, slots=True)
class UrlCheck:
    """The result of one address: ``status`` of the last response (0 for none), number of redirects, ``final`` URL.

    ``expected`` is the path of the page that its document became, "" if that is not known.
    """

    address: OldAddress
    status: int
    hops: int
    final: str
    message: str = ""
    expected: str = ""

    @property
    def result(self) -> str:
        """One of ``RESULTS``. "other host" is one redirect to another host, which is not requested (a file bucket)."""
        if self.status in REDIRECTS:
            return "other host" if self.hops == 1 else "more hops"
        if self.status == 200:
            if self.expected and self.hops < 2 and normalise(urlsplit(self.final).path) != normalise(self.expected):
                return "wrong page"
            return ("answers", "redirected", "more hops")[min(self.hops, 2)]
        return "not found" if self.status == 404 else "other"

    @property
    def is_good(self) -> bool:
        return self.result in GOOD_RESULTS


def probe(addresses: Sequence[OldAddress], base_url: str, fetch: Fetch, threads: int = THREADS) -> list[UrlCheck]:
    """Request each address below ``base_url``; the results come in the same order."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda address: follow(address, base_url, fetch), addresses))


def follow(address: OldAddress, base_url: str, fetch: Fetch) -> UrlCheck:
    home = urlsplit(base_url).netloc
    url, hops = base_url.rstrip("/") + address.path, 0
    while True:
        try:
            status, location = fetch(url)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return UrlCheck(address, 0, hops, url, str(error) or type(error).__name__)
        if status not in REDIRECTS or not location:
            return UrlCheck(address, status, hops, url)
        url, hops = urljoin(url, location), hops + 1
        if urlsplit(url).netloc != home or hops >= MOST_HOPS:
            return UrlCheck(address, status, hops, url)


def fetch_over_http(url: str) -> tuple[int, str]:
    """One GET request; no redirect is followed and the body is not read."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=TIMEOUT)
    try:
        connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers={"Accept": "*/*"})
        response = connection.getresponse()
        return response.status, response.headers.get("Location", "")
    finally:
        connection.close()


def count_results(checks: Iterable[UrlCheck]) -> dict[str, Counter[str]]:
    """The number of each result, by kind of address."""
    table: dict[str, Counter[str]] = {}
    for check in checks:
        table.setdefault(check.address.kind, Counter())[check.result] += 1
    return table


def as_report(checks: Sequence[UrlCheck], source: str, base_url: str) -> Mapping[str, Any]:
    totals = Counter(check.result for check in checks)
    return {
        "version": 1,
        "source": source,
        "base_url": base_url,
        "addresses": [
            {
                "path": check.address.path,
                "kind": check.address.kind,
                "source": check.address.source,
                "line": check.address.line,
                "result": check.result,
                "status": check.status,
                "hops": check.hops,
                "final": check.final,
                "expected": check.expected,
                "message": check.message,
            }
            for check in checks
        ],
        "totals": {"addresses": len(checks), **{name: totals[name] for name in RESULTS}},
    }
