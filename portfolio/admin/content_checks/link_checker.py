"""Link checker: request the addresses of links to other sites, within limits, and only public ones."""

from __future__ import annotations

import http.client
import socket
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urljoin

from portfolio.delivery.public_http import (
    REDIRECTS,
    TIMEOUT,
    AddressNotAllowed,
    Lookup,
    public_addresses,
    request,
)
from portfolio.markdown.addresses import split_address

TOTAL_TIMEOUT = 30  # seconds for a whole answer; a server may send it byte by byte
MAX_REDIRECTS = 5
THREADS = 8
AGENT = "Portfolio link check"
# Status codes that do not say whether a browser would find the page.
INCONCLUSIVE = frozenset({401, 402, 403, 405, 406, 408, 418, 425, 429, 451, 999})


@dataclass(frozen=True, slots=True)
class LinkResult:
    """``problem`` is "" when the link seems to work."""

    url: str
    problem: str = ""


def check_url(url: str, lookup: Lookup = public_addresses) -> LinkResult:
    """Request ``url`` and follow its redirects."""
    current = url
    try:
        for _ in range(MAX_REDIRECTS):
            status, location = answer_of(current, lookup)
            if status not in REDIRECTS or not location:
                return LinkResult(url, "" if status < 400 or status in INCONCLUSIVE else f"answers {status}")
            current = urljoin(current, location)
    except AddressNotAllowed as error:
        return LinkResult(url, str(error))
    except TimeoutError:
        return LinkResult(url, f"does not answer within {TIMEOUT} seconds")
    except socket.gaierror:
        return LinkResult(url, "there is no such host")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return LinkResult(url, f"cannot be reached ({type(error).__name__})")
    return LinkResult(url, f"redirects more than {MAX_REDIRECTS} times")


def answer_of(url: str, lookup: Lookup) -> tuple[int, str]:
    """Status and ``Location``. Sends HEAD, and then GET if HEAD fails; reads no body."""
    headers = {"User-Agent": AGENT, "Accept": "*/*"}
    for method in ("HEAD", "GET"):
        answer = request(url, method=method, headers=headers, max_bytes=None, seconds=TOTAL_TIMEOUT, lookup=lookup)
        if answer.status < 400:
            break
    return answer.status, answer.headers.get("Location", "")


def check_urls(
    urls: Iterable[str],
    seconds: float,
    progress: Callable[[int, int], None],
    lookup: Lookup = public_addresses,
) -> tuple[list[LinkResult], int]:
    """Check all addresses, those of one host one after the other; also returns how many were left when time was up."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_host[split_address(url).netloc.lower()].append(url)
    total, end = sum(map(len, by_host.values())), time.monotonic() + seconds
    results: list[LinkResult] = []

    def check_host(some: list[str]) -> None:
        for url in some:
            if time.monotonic() > end:
                return
            results.append(check_url(url, lookup))
            progress(len(results), total)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(check_host, by_host.values()))
    return results, total - len(results)
