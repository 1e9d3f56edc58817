"""Outgoing HTTP to public addresses only, against server-side request forgery.

Every request to an address from a text goes through here, so that no text can reach what only this server can reach.
Connections use the IP address that was checked, because a host name may resolve to another one later (DNS rebinding).
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from portfolio.markdown.addresses import split_address

TIMEOUT = 10  # seconds for each part of an answer
REDIRECTS = frozenset({301, 302, 303, 307, 308})

# Resolves host and port to public addresses. Raises ``OSError`` when there are none.
Lookup = Callable[[str, int], list[str]]

# https://www.iana.org/assignments/iana-ipv4-special-registry, but for what is reachable from everywhere
NOT_PUBLIC_V4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, the metadata of cloud servers among them
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # IETF protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
# https://www.iana.org/assignments/ipv6-address-space: all that is assigned to hosts at large. Loopback, link-local,
# unique local, multicast, IPv4-mapped and -compatible addresses and NAT64 (64:ff9b::/96, 64:ff9b:1::/48) lie outside.
GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
NOT_PUBLIC_V6 = tuple(
    ipaddress.IPv6Network(block)
    for block in (
        "2001::/23",  # IETF protocol assignments: Teredo (2001::/32), benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: any IPv4 address at all
        "3fff::/20",  # documentation
    )
)
# ISATAP: an interface identifier that holds an IPv4 address (https://www.rfc-editor.org/rfc/rfc5214, section 6.1).
ISATAP = frozenset({0x00005EFE, 0x02005EFE})


class AddressNotAllowed(OSError):
    """The address is not a public one."""


def is_public(address: str) -> bool:
    """Whether ``address`` (IPv4 or IPv6) is a public address. Raises ValueError for anything else.

    False for addresses that embed another (NAT64, 6to4, Teredo, ISATAP, IPv4-mapped): they may lead to a private one.
    """
    ip = ipaddress.ip_address(address)
    if not ip.is_global or ip.is_multicast:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in block for block in NOT_PUBLIC_V4)
    if ip.scope_id is not None or ip not in GLOBAL_V6 or (int(ip) >> 32) & 0xFFFFFFFF in ISATAP:
        return False
    return not any(ip in block for block in NOT_PUBLIC_V6)


def public_addresses(host: str, port: int) -> list[str]:
    """The host's addresses, all of which must be public. Raises `AddressNotAllowed`, ``socket.gaierror``."""
    addresses = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not addresses or not all(map(is_public, addresses)):
        raise AddressNotAllowed("it is in a private network")
    return addresses


class PinnedConnection(http.client.HTTPConnection):
    """Connects to the checked ``address`` without resolving the host name again."""

    def __init__(self, address: str, host: str, port: int) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self.address = address
        self.closed_early = False

    def hang_up(self) -> None:
        """Close the connection while the server is still sending."""
        self.closed_early = True
        with contextlib.suppress(AttributeError, OSError):
            self.sock.shutdown(socket.SHUT_RDWR)

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class PinnedTLSConnection(PinnedConnection):
    """The same over TLS; the certificate is checked for the host name."""

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def connection_to(scheme: str, host: str, port: int, lookup: Lookup = public_addresses) -> PinnedConnection:
    """An unopened connection to ``host``. Raises `AddressNotAllowed` for any scheme but http and https."""
    kinds = {"http": PinnedConnection, "https": PinnedTLSConnection}
    if scheme not in kinds:
        raise AddressNotAllowed("it is not a web address")
    return kinds[scheme](lookup(host, port)[0], host, port)


@dataclass(frozen=True, slots=True)
class HTTPAnswer:
    """An answer; ``data`` may have one byte more than was allowed, and is empty for a redirect."""

    status: int
    headers: Mapping[str, str]
    data: bytes


def request(
    address: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str],
    body: bytes | None = None,
    max_bytes: int | None,
    seconds: float,
    lookup: Lookup = public_addresses,
) -> HTTPAnswer:
    """Request ``address`` and follow no redirect. A whole answer takes at most ``seconds``.

    ``data`` has at most one byte more than ``max_bytes``; with None nothing of the body is read.

    Raises `AddressNotAllowed`, ``TimeoutError``, ``socket.gaierror``, ``OSError`` and ``HTTPException``.
    """
    parts = split_address(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise AddressNotAllowed("it is not a web address")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    connection = connection_to(parts.scheme, parts.hostname, port, lookup)
    ender = threading.Timer(seconds, connection.hang_up)
    ender.start()
    try:
        connection.request(method, path + query, body, headers=dict(headers))
        response = connection.getresponse()
        is_redirect = response.status in REDIRECTS and response.headers.get("Location")
        data = b"" if is_redirect or max_bytes is None else response.read(max_bytes + 1)
    except (OSError, http.client.HTTPException) as error:
        if connection.closed_early:
            raise TimeoutError from error
        raise
    finally:
        ender.cancel()
        connection.close()
    if connection.closed_early:
        raise TimeoutError
    return HTTPAnswer(response.status, response.headers, data)
