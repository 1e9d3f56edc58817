"""Ask for addresses of other sites: politely, briefly, and never for one that only this server can reach."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from portfolio.markdown.addresses import split_address

TIMEOUT = 10  # seconds for each part of an answer
WHOLE = 30  # seconds for all of it: a server may send a letter every nine seconds
MOST_HOPS = 5
THREADS = 8
AGENT = "Portfolio link check"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Answers that say nothing of whether a person would find the page.
SHY = frozenset({401, 402, 403, 405, 406, 408, 418, 425, 429, 451, 999})

# The addresses of a host's name that may be asked. Raises ``OSError`` when there are none.
Lookup = Callable[[str, int], list[str]]


class NotAllowed(OSError):
    """The address is none of the public network's."""


@dataclass(frozen=True, slots=True)
class Result:
    """``problem`` is "" when a person who follows the link may well find something."""

    url: str
    problem: str = ""


def public_addresses(host: str, port: int) -> list[str]:
    """The host's addresses, all of which must be public: a name may lead to this very server's network."""
    found = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        if not ipaddress.ip_address(address).is_global or ipaddress.ip_address(address).is_multicast:
            raise NotAllowed("it is an address of a private network")
    return found


class _Plain(http.client.HTTPConnection):
    """Connects to the address that was looked at, so that the name cannot mean another a moment later."""

    def __init__(self, address: str, host: str, port: int) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self.address = address
        self.ended = False

    def end(self) -> None:
        """Hang up, whatever the other side is saying."""
        self.ended = True
        with contextlib.suppress(AttributeError, OSError):
            self.sock.shutdown(socket.SHUT_RDWR)

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class _Secure(_Plain):
    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def ask(url: str, lookup: Lookup = public_addresses) -> Result:
    """Follow ``url`` to its end."""
    current = url
    try:
        for _ in range(MOST_HOPS):
            status, location = request(current, lookup)
            if status not in REDIRECTS or not location:
                return Result(url, "" if status < 400 or status in SHY else f"answers {status}")
            current = urljoin(current, location)
    except NotAllowed as error:
        return Result(url, str(error))
    except TimeoutError:
        return Result(url, f"does not answer within {TIMEOUT} seconds")
    except socket.gaierror:
        return Result(url, "there is no such host")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Result(url, f"cannot be reached ({type(error).__name__})")
    return Result(url, f"redirects more than {MOST_HOPS} times")


def request(url: str, lookup: Lookup) -> tuple[int, str]:
    """Status and place of a redirect. Asks for the head, and for the page where a server knows no heads."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotAllowed("it leads to something that is no web page")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = lookup(parts.hostname, port)[0]
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    )
    status = 0
    for method in ("HEAD", "GET"):
        connection = (_Secure if parts.scheme == "https" else _Plain)(address, parts.hostname, port)
        ender = threading.Timer(WHOLE, connection.end)
        ender.start()
        try:
            connection.request(method, target, headers={"User-Agent": AGENT, "Accept": "*/*"})
            response = connection.getresponse()
            status, location = response.status, response.headers.get("Location", "")
        except (OSError, http.client.HTTPException):
            if connection.ended:
                raise TimeoutError from None
            raise
        finally:
            ender.cancel()
            connection.close()
        if connection.ended:
            raise TimeoutError
        if status < 400:
            return status, location
    return status, ""


def ask_all(
    urls: Iterable[str],
    seconds: float,
    tell: Callable[[int, int], None],
    lookup: Lookup = public_addresses,
) -> tuple[list[Result], int]:
    """Ask for each address, those of one host one after the other; and how many were left when time was up."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_host[split_address(url).netloc.lower()].append(url)
    total, end = sum(map(len, by_host.values())), time.monotonic() + seconds
    results: list[Result] = []

    def one_host(some: list[str]) -> None:
        for url in some:
            if time.monotonic() > end:
                return
            results.append(ask(url, lookup))
            tell(len(results), total)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(one_host, by_host.values()))
    return results, total - len(results)
