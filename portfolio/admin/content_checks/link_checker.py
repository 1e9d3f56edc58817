"""Link checker: request the addresses of links to other sites, within limits, and only public ones."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from portfolio.delivery.public_http import TIMEOUT, AddressNotAllowed, Lookup, connection_to, public_addresses
from portfolio.markdown.addresses import split_address

TOTAL_TIMEOUT = 30  # seconds for a whole answer; a server may send it byte by byte
MAX_REDIRECTS = 5
THREADS = 8
AGENT = "Portfolio link check"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
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
            status, location = request(current, lookup)
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


def request(url: str, lookup: Lookup) -> tuple[int, str]:
    """Status and ``Location``. Sends HEAD, and then GET if HEAD fails."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise AddressNotAllowed("it is not a web address")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    )
    status = 0
    for method in ("HEAD", "GET"):
        connection = connection_to(parts.scheme, parts.hostname, port, lookup)
        ender = threading.Timer(TOTAL_TIMEOUT, connection.hang_up)
        ender.start()
        try:
            connection.request(method, target, headers={"User-Agent": AGENT, "Accept": "*/*"})
            response = connection.getresponse()
            status, location = response.status, response.headers.get("Location", "")
        except (OSError, http.client.HTTPException):
            if connection.closed_early:
                raise TimeoutError from None
            raise
        finally:
            ender.cancel()
            connection.close()
        if connection.closed_early:
            raise TimeoutError
        if status < 400:
            return status, location
    return status, ""


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
