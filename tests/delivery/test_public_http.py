"""Outgoing requests reach hosts of the public internet only, at the address that was looked at."""

from __future__ import annotations

import ipaddress
import random
import re
import socket
from pathlib import Path

import pytest

from portfolio.delivery import public_http
from portfolio.delivery.public_http import AddressNotAllowed, connection_to, is_public, public_addresses

PRIVATE_V4 = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.0.1", "169.254.169.254",  # noqa: S104
    "172.16.0.1", "172.31.255.254", "192.0.0.8", "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.255.254",
    "198.18.0.1", "198.19.255.254", "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255",
]  # fmt: skip
PRIVATE_V6 = [
    "::", "::1", "fe80::1", "fe80::1%1", "febf::1", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "ff0e::1",
    "100::1", "100:0:0:1::1", "2001:db8::1", "3fff::1", "2001:2::1", "2001:10::1", "2001:20::1", "4000::1", "5f00::1",
]  # fmt: skip
PUBLIC = ["9.9.9.9", "93.184.216.34", "223.255.255.254", "2606:2800:220:1::1", "2a00:1450:4001::1", "2620:fe::fe"]


def stands_for(v4: str) -> list[str]:
    """Every IPv6 address by which a packet may come to an IPv4 host."""
    number = int(ipaddress.IPv4Address(v4))
    inverted = number ^ 0xFFFFFFFF
    numbers = [
        0xFFFF << 32 | number,  # IPv4-mapped
        number,  # IPv4-compatible
        0xFFFF << 48 | number,  # IPv4-translated (SIIT)
        0x64FF9B << 96 | number,  # NAT64
        0x64FF9B0001 << 80 | number,  # NAT64 of a network's own
        0x2002 << 112 | number << 80 | 1,  # 6to4
        0x20010000 << 96 | 0x4136E378 << 64 | inverted,  # Teredo
        0x20010000 << 96 | number << 64 | 1,  # Teredo's server
        0x26062800 << 96 | 0x00005EFE << 32 | number,  # ISATAP in somebody's network
        0x26062800 << 96 | 0x02005EFE << 32 | number,
        0xFE80 << 112 | 0x00005EFE << 32 | number,
    ]
    return [str(ipaddress.IPv6Address(value)) for value in numbers]


@pytest.mark.parametrize("address", PRIVATE_V4 + PRIVATE_V6)
def test_an_address_of_no_public_host_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("v4", [*PRIVATE_V4, "9.9.9.9"])
def test_an_address_that_stands_for_another_is_refused(v4: str) -> None:
    assert [address for address in stands_for(v4) if is_public(address)] == []


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed(address: str) -> None:
    assert is_public(address)


def test_nothing_that_python_calls_private_is_public() -> None:
    pick = random.Random(7)  # noqa: S311 - no secret
    addresses = [ipaddress.IPv4Address(pick.getrandbits(32)) for _ in range(2000)]
    addresses += [ipaddress.IPv6Address(pick.getrandbits(125) | 1 << 125) for _ in range(2000)]
    wrong = [ip for ip in addresses if is_public(str(ip)) and (ip.is_private or ip.is_multicast or ip.is_reserved)]
    assert wrong == []


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "::ffff:7f00:1"])
def test_other_spellings_of_loopback_are_refused(host: str) -> None:
    with pytest.raises(AddressNotAllowed):
        public_addresses(host, 80)


@pytest.mark.parametrize("bad", ["10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1"])
def test_one_private_address_among_public_ones_refuses_the_host(bad: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("9.9.9.9", bad)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answer)
    with pytest.raises(AddressNotAllowed):
        public_addresses("tides.example", 80)


def test_the_address_looked_at_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means a private address at its second look-up (DNS rebinding) gains nothing."""
    asked: list[str] = []
    connected: list[tuple[str, int]] = []

    def resolve(host: str, *args: object, **kwargs: object) -> list[tuple]:
        asked.append(host)
        ip = "9.9.9.9" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80))]

    def connect(address: tuple[str, int], timeout: float) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(ConnectionRefusedError):
        connection_to("http", "tides.example", 80).request("GET", "/")
    assert (asked, connected) == (["tides.example"], [("9.9.9.9", 80)])


@pytest.mark.parametrize("scheme", ["ftp", "file", "gopher", ""])
def test_no_other_scheme_is_spoken(scheme: str) -> None:
    with pytest.raises(AddressNotAllowed):
        connection_to(scheme, "tides.example", 80)


# Programs that somebody at the command line tells which host to ask: it may well be this machine.
TOLD_BY_THE_OWNER = {"portfolio/importer/urls/http_check.py", "portfolio/management/commands/check_urls.py"}
ASKS = re.compile(
    r"urlopen\(|HTTPS?Connection\b|\bimport (?:requests|httpx|urllib3|aiohttp)\b|socket\.create_connection\("
)


def test_every_outgoing_request_goes_through_here() -> None:
    root = Path(public_http.__file__).parents[2]
    files = [path for app in ("portfolio", "blog", "experience") for path in (root / app).rglob("*.py")]
    asking = {
        str(path.relative_to(root)) for path in files if ASKS.search(path.read_text(encoding="utf-8"))
    } - TOLD_BY_THE_OWNER
    assert asking == {"portfolio/delivery/public_http.py"}
