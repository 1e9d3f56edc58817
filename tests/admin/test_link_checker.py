"""Links to other sites are asked for, those of this server's own network never. The other site is a stub here."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from portfolio.admin.content_checks import link_checker
from portfolio.admin.content_checks.link_checker import AddressNotAllowed, check_url, check_urls, public_addresses
from portfolio.admin.content_checks.tasks import check_links
from portfolio.models import LinkCheck
from tests import builders

ASKED: list[tuple[str, str]] = []


class Stub(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        ASKED.append((self.command, self.path))
        if self.path.startswith("/moved"):
            self.send_response(301)
            self.send_header(
                "Location", {"/moved": "/good", "/moved-inside": "http://10.0.0.1/"}.get(self.path, "/moved-on")
            )
        elif self.path == "/no-heads" and self.command == "HEAD":
            self.send_response(501)
        else:
            self.send_response({"/gone": 404, "/broken": 500, "/shy": 403}.get(self.path, 200))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815 - the name is the library's

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    ASKED.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stub)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://tides.example:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def here(host: str, port: int) -> list[str]:
    """The stub's host is on this machine; all else is as it is."""
    return ["127.0.0.1"] if host == "tides.example" else public_addresses(host, port)


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/good", ""),
        ("/moved", ""),
        ("/no-heads", ""),
        ("/shy", ""),
        ("/gone", "answers 404"),
        ("/broken", "answers 500"),
        ("/moved-inside", "it is in a private network"),
        ("/moved-round", "redirects more than 5 times"),
        ("/with a space?q=a b", ""),
    ],
)
def test_what_each_answer_means(path: str, problem: str, site: str) -> None:
    assert check_url(site + path, here).problem == problem


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fd00::1", "0.1.2.3", "224.0.0.1"]
)
def test_an_address_of_this_network_is_never_asked(address: str) -> None:
    with pytest.raises(AddressNotAllowed):
        public_addresses(address, 80)
    shown = f"[{address}]" if ":" in address else address
    assert check_url(f"http://{shown}/").problem == "it is in a private network"


def test_only_web_addresses_are_asked() -> None:
    assert check_url("ftp://tides.example/x", here).problem == "it is not a web address"
    assert check_url("file:///etc/passwd", here).problem == "it is not a web address"


def test_a_host_is_asked_once_for_each_address_until_time_is_up(site: str) -> None:
    told: list[tuple[int, int]] = []
    urls = [f"{site}/good", f"{site}/gone"]
    results, left = check_urls(urls, 60, lambda done, total: told.append((done, total)), here)
    assert sorted(result.problem for result in results) == ["", "answers 404"]
    assert (left, told) == (0, [(1, 2), (2, 2)])
    assert check_urls(urls, -1, lambda done, total: None, here) == ([], 2)


@pytest.mark.django_db
def test_the_check_names_the_pages_of_a_broken_link_and_leaves_drafts_alone(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f'<p><a href="{site}/gone#part">a</a> <a href="{site}/good">b</a> <a href="/blog/">c</a></p>'
    page = builders.post(title="Low water", body=[("text", text), ("markdown", {"source": f"[x]({site}/broken)"})])
    builders.post(body=[("text", f'<p><a href="{site}/draft">a</a></p>')], live=False)
    real = link_checker.check_urls
    monkeypatch.setattr(link_checker, "check_urls", lambda urls, seconds, progress: real(urls, seconds, progress, here))
    job = LinkCheck.objects.create()
    check_links(job, lambda step, done, total: None)
    assert job.checked == 3
    named = [{"pk": page.pk, "title": "Low water"}]
    assert job.broken == [
        {"url": f"{site}/broken", "problem": "answers 500", "pages": named},
        {"url": f"{site}/gone", "problem": "answers 404", "pages": named},
    ]
    assert ("HEAD", "/draft") not in ASKED


def test_a_server_that_never_comes_to_an_end_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """It sends a letter now and then, so that no single wait is long."""
    monkeypatch.setattr(link_checker, "TOTAL_TIMEOUT", 0.2)
    server = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def dribble() -> None:
        connection, _ = server.accept()
        with connection, contextlib.suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            while not stop.wait(0.05):
                connection.sendall(b"X-Tide: low\r\n"[:1])

    thread = threading.Thread(target=dribble, daemon=True)
    thread.start()
    found = check_url(f"http://tides.example:{server.getsockname()[1]}/", here)
    stop.set()
    thread.join()
    server.close()
    assert found.problem == f"does not answer within {link_checker.TIMEOUT} seconds"
