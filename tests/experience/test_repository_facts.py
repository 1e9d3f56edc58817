"""Facts about repositories: fetched by a command from a forge, which is a stub here, and shown with their date."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from experience.models import RepositoryFacts
from experience.repositories import fetch, store
from experience.repositories.fetch import RepositoryError, RepositoryFetcher
from experience.repositories.forges import FORGES, Forge, read_forgejo, read_github, read_gitlab, repository_of
from portfolio.delivery.public_http import public_addresses, request
from tests import builders

pytestmark = pytest.mark.django_db

GITHUB = {"stargazers_count": 1280, "language": "Python", "license": {"spdx_id": "MIT"}, "private": False}
ANSWERS: dict[str, Any] = {
    "/repos/mara/tide": GITHUB,
    "/repos/mara/tide/releases/latest": {"tag_name": "v2.1", "published_at": "2026-03-04T08:00:00Z"},
    "/repos/mara/moved": "/repos/mara/tide",
    "/repos/mara/elsewhere": "http://10.0.0.1/repos/mara/tide",
    "/repos/mara/busy": 429,
    "/repos/mara/page": b"<html>",
    "/repos/mara/deep": b"[" * 200_000,
    "/repos/mara/large": b" " * (fetch.MAX_BYTES + 10),
    "/repos/mara/odd": {"stargazers_count": -3, "language": ["a"], "license": "MIT", "archived": 1},
    "/projects/sea%2Fnets%2Fdrift?license=true": {
        "star_count": 7,
        "license": {"nickname": None, "name": "MIT License"},
    },
    "/projects/sea%2Fnets%2Fdrift/languages": {"C": 12.5, "Rust": 80.1},
    "/projects/sea%2Fnets%2Fdrift/releases?per_page=1": [],
    "/repos/mara/forgejo": {"stars_count": 3, "language": "Go", "licenses": ["EUPL-1.2"]},
}
ASKED: list[str] = []


class ForgeStub(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        ASKED.append(self.path)
        answer = ANSWERS.get(self.path, 404)
        redirects = isinstance(answer, str)
        self.send_response(answer if isinstance(answer, int) else 301 if redirects else 200)
        if redirects:
            self.send_header("Location", answer)
        self.end_headers()
        if not isinstance(answer, int | str):
            self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

    def log_message(self, *args: object) -> None:
        pass


def here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"] if host == "forge.example" else public_addresses(host, port)


@pytest.fixture(autouse=True)
def forge(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    ASKED.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), ForgeStub)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    api = f"http://forge.example:{server.server_port}"
    for host, read in (("github.com", read_github), ("gitlab.com", read_gitlab), ("codeberg.org", read_forgejo)):
        monkeypatch.setitem(FORGES, host, Forge(host, api, read, is_nested=host == "gitlab.com"))
    monkeypatch.setattr(fetch, "request", lambda address, **options: request(address, **{**options, "lookup": here}))
    yield
    server.shutdown()
    server.server_close()
    thread.join()


def facts_of(address: str) -> tuple[Any, ...]:
    repository = repository_of(address)
    assert repository is not None
    facts = RepositoryFetcher()(repository)
    return facts.stars, facts.language, facts.licence, facts.release, facts.released_on


@pytest.mark.parametrize(
    ("address", "repository"),
    [
        ("https://github.com/Mara/Tide.git", "https://github.com/mara/tide"),
        ("http://www.github.com/mara/tide/blob/main/fit.py#L3", "https://github.com/mara/tide"),
        ("https://gitlab.com/sea/nets/drift/-/tree/main", "https://gitlab.com/sea/nets/drift"),
        ("https://codeberg.org/mara/tide?x=1", "https://codeberg.org/mara/tide"),
        ("https://github.com/mara", None),
        ("https://github.com/mara/..", None),
        ("https://github.com.example.org/mara/tide", None),
        ("https://github.com/mara/a%2f..%2fb", None),
        ("ftp://github.com/mara/tide", None),
        ("/files/tide.zip", None),
    ],
)
def test_repository_is_recognised_by_its_address(address: str, repository: str | None) -> None:
    found = repository_of(address)
    assert (found and found.address) == repository


def test_facts_of_each_forge_are_read() -> None:
    assert facts_of("https://github.com/mara/tide") == (1280, "Python", "MIT", "v2.1", date(2026, 3, 4))
    assert facts_of("https://github.com/mara/moved")[:3] == (1280, "Python", "MIT")
    assert facts_of("https://gitlab.com/sea/nets/drift") == (7, "Rust", "MIT License", "", None)
    assert facts_of("https://codeberg.org/mara/forgejo") == (3, "Go", "EUPL-1.2", "", None)
    assert facts_of("https://github.com/mara/odd") == (None, "", "", "", None)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("none", "no public repository"),
        ("busy", "try again later"),
        ("page", "something else than JSON"),
        ("deep", "something else than JSON"),
        ("large", "more than 1 MB"),
        ("elsewhere", "redirects to another host"),
    ],
)
def test_what_cannot_be_read_is_an_error_in_words(name: str, reason: str) -> None:
    with pytest.raises(RepositoryError, match=reason):
        facts_of(f"https://github.com/mara/{name}")


def test_private_address_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORGES, "github.com", Forge("github.com", "http://127.0.0.1:9", read_github))
    with pytest.raises(RepositoryError, match="private network"):
        facts_of("https://github.com/mara/tide")


def links(*addresses: str) -> list[tuple[str, dict[str, str]]]:
    return [("link", {"kind": "code", "url": address, "label": ""}) for address in addresses]


def test_command_fetches_facts_and_keeps_old_ones_that_it_cannot_fetch(capsys, client, monkeypatch) -> None:
    builders.project(title="Tide", slug="tide", links=links("https://github.com/mara/tide"), featured=True)
    builders.project(title="Gone", links=links("https://github.com/mara/none"))
    builders.project(title="Draft", links=links("https://github.com/mara/odd"), live=False)
    earlier = timezone.now() - timedelta(days=40)
    gone = RepositoryFacts.objects.create(address="https://github.com/mara/none", stars=5, fetched_at=earlier)
    RepositoryFacts.objects.create(address="https://github.com/mara/unlinked", fetched_at=earlier)
    with pytest.raises(SystemExit):
        call_command("fetch_repository_facts")
    out, err = capsys.readouterr()
    assert out == "1 fetched, 0 recent, 1 not fetched.\n"
    assert err == "https://github.com/mara/none  there is no public repository at this address\n"
    kept = dict(RepositoryFacts.objects.values_list("address", "stars"))
    assert kept == {"https://github.com/mara/tide": 1280, gone.address: 5}
    today = f"As of {timezone.localdate():%-d %B %Y}"
    html = client.get("/projects/tide/").content.decode()
    assert all(f"<li>{text}</li>" in html for text in ("1,280 stars · Python · MIT", "v2.1 (4 March 2026)", today))
    for page in ("/projects/", "/"):
        assert '<p class="about">1,280 stars · Python · MIT</p>' in client.get(page).content.decode()
    asked = len(ASKED)
    monkeypatch.setattr(store, "MAX_REPOSITORIES", 0)
    call_command("fetch_repository_facts", max_age=1)
    assert capsys.readouterr().out == "0 fetched, 1 recent, 0 not fetched, 1 left for the next run.\n"
    assert len(ASKED) == asked


@pytest.mark.parametrize("is_on", [False, True])
def test_publishing_a_project_fetches_its_facts_where_that_is_on(is_on, settings, django_capture_on_commit_callbacks):
    settings.REPOSITORY_FACTS = is_on
    page = builders.project(links=links("https://github.com/mara/tide"))
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert RepositoryFacts.objects.count() == is_on


def test_queries_do_not_grow_with_the_projects(count_queries) -> None:
    counts = []
    for number in range(2):
        for name in range(number * 3, number * 3 + 3):
            address = f"https://github.com/mara/tide{name}"
            builders.project(links=links(address), featured=True)
            RepositoryFacts.objects.create(address=address, stars=name, fetched_at=timezone.now())
        counts.append([count_queries(page) for page in ("/projects/", "/")])
    assert counts[0] == counts[1]
