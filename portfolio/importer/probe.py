"""Ask a site for addresses and follow where it sends: over HTTP, or in this process. Pure but for the asker it gets."""

from __future__ import annotations

import http.client
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from portfolio.importer.addresses import OldAddress

MOST_HOPS = 5
TIMEOUT = 30  # seconds
THREADS = 4
RESULTS = ("answers", "redirected", "elsewhere", "more hops", "not found", "other")
GOOD = frozenset(RESULTS[:3])
REDIRECTS = frozenset({301, 302, 303, 307, 308})

# Given a full address: the status and, of a redirect, where to.
Ask = Callable[[str], tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """``status`` of the last response (0 when there was none), after ``hops`` redirects, at ``final``."""

    address: OldAddress
    status: int
    hops: int
    final: str
    message: str = ""

    @property
    def result(self) -> str:
        """One of `RESULTS`. "elsewhere" is one redirect to another host, which is not asked (a bucket of files)."""
        if self.status in REDIRECTS:
            return "elsewhere" if self.hops == 1 else "more hops"
        if self.status == 200:
            return ("answers", "redirected", "more hops")[min(self.hops, 2)]
        return "not found" if self.status == 404 else "other"

    @property
    def is_good(self) -> bool:
        return self.result in GOOD


def probe(addresses: Sequence[OldAddress], base_url: str, ask: Ask, threads: int = THREADS) -> list[Answer]:
    """Ask for each address below ``base_url`` and return the answers in the same order."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda address: follow(address, base_url, ask), addresses))


def follow(address: OldAddress, base_url: str, ask: Ask) -> Answer:
    home = urlsplit(base_url).netloc
    url, hops = base_url.rstrip("/") + address.path, 0
    while True:
        try:
            status, location = ask(url)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Answer(address, 0, hops, url, str(error) or type(error).__name__)
        if status not in REDIRECTS or not location:
            return Answer(address, status, hops, url)
        url, hops = urljoin(url, location), hops + 1
        if urlsplit(url).netloc != home or hops >= MOST_HOPS:
            return Answer(address, status, hops, url)


def ask_over_http(url: str) -> tuple[int, str]:
    """One GET, no redirect followed, the body not read."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=TIMEOUT)
    try:
        connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers={"Accept": "*/*"})
        response = connection.getresponse()
        return response.status, response.headers.get("Location", "")
    finally:
        connection.close()


def counts(answers: Iterable[Answer]) -> dict[str, Counter[str]]:
    """By kind of address, how many of each result."""
    table: dict[str, Counter[str]] = {}
    for answer in answers:
        table.setdefault(answer.address.kind, Counter())[answer.result] += 1
    return table


def as_report(answers: Sequence[Answer], source: str, base_url: str) -> Mapping[str, Any]:
    totals = Counter(answer.result for answer in answers)
    return {
        "version": 1,
        "source": source,
        "base_url": base_url,
        "addresses": [
            {
                "path": answer.address.path,
                "kind": answer.address.kind,
                "source": answer.address.source,
                "line": answer.address.line,
                "result": answer.result,
                "status": answer.status,
                "hops": answer.hops,
                "final": answer.final,
                "message": answer.message,
            }
            for answer in answers
        ],
        "totals": {"addresses": len(answers), **{name: totals[name] for name in RESULTS}},
    }
