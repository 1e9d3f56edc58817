"""A document that only sends readers elsewhere is a redirect here too."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from blog.models import BlogPage
from portfolio.models import StandardPage
from tests.importer.trees import CONFIG, codes, post, row, run, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"


def moved(target: str, address: str = "/old/") -> str:
    return f"---\ntitle: Old\npermalink: {address}\nredirect_to: {target}\nredirect_from: /older/\n---\nNever shown.\n"


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("https://tides.example/today", "https://tides.example/today"),
        ("[https://tides.example/today]", "https://tides.example/today"),
        ("/2021/05/04/tides.html", "/blog/tides/"),
        ("2021/05/04/tides.html", "/blog/tides/"),
        ("/elsewhere/", "/elsewhere/"),
    ],
)
def test_its_addresses_lead_where_it_sent_readers_in_one_hop(
    tmp_path: Path, client: Client, target: str, leads_to: str
) -> None:
    report = run(write_tree(tmp_path, {POST: post("Water.\n"), "old.md": moved(target)}))
    assert codes(row(report, "old.md")) == ["redirect-only"]
    assert not StandardPage.objects.filter(title="Old").exists()
    for address in ("/old/", "/older/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, leads_to)


def sends(address: str, target: str) -> str:
    return f"---\npermalink: {address}\nredirect_to: {target}\n---\n"


def test_a_chain_leads_to_its_end_in_one_hop(tmp_path: Path, client: Client) -> None:
    files = {
        POST: post("Water.\n"),
        "a.md": sends("/a/", "/b/"),
        "b.md": sends("/b/", "https://saltmarsh.example/c/"),
        "c.md": sends("/c/", "/2021/05/04/tides.html"),
        "d.md": sends("/d/", "/e/"),
        "e.md": sends("/e/", "https://tides.example/today"),
        "f.md": sends("/f/", "/all.html"),
        "all.html": "---\nlayout: archive\n---\n",
    }
    run(write_tree(tmp_path, files))
    ends = {address: client.get(f"/{address}/")["Location"] for address in "abcdef"}
    expected = dict.fromkeys("abc", "/blog/tides/") | dict.fromkeys("de", "https://tides.example/today")
    assert ends == expected | {"f": "/archive/"}


def test_a_circle_is_told_and_redirects_nobody(tmp_path: Path, client: Client) -> None:
    files = {
        POST: post("Water.\n"),
        "a.md": sends("/a/", "/b/"),
        "b.md": sends("/b/", "https://saltmarsh.example/a/"),
        "into.md": sends("/into/", "/a"),
        "self.md": sends("/self/", "/self/"),
    }
    report = run(write_tree(tmp_path, files))
    for name in ("a", "b", "into", "self"):
        assert codes(row(report, f"{name}.md")) == ["redirect-loop", "redirect-only"]
        assert client.get(f"/{name}/").status_code == 404
    loop = next(problem for problem in row(report, "into.md").problems if problem.code == "redirect-loop")
    assert "/into/ -> /a/ -> /b/ -> /a/" in loop.message


def test_below_a_base_path(tmp_path: Path, client: Client) -> None:
    files = {POST: post("Water.\n"), "old.md": moved("/2021/05/04/tides.html"), "_config.yml": "baseurl: /lab\n"}
    run(write_tree(tmp_path, files))
    assert client.get("/lab/old/", follow=True).redirect_chain == [(BlogPage.objects.get().url, 301)]


def test_a_second_import_writes_nothing(tmp_path: Path) -> None:
    tree = write_tree(
        tmp_path, {"_config.yml": CONFIG, POST: post("Water.\n"), "old.md": moved("/2021/05/04/tides.html")}
    )
    run(tree)
    again = run(tree)
    assert {found.outcome for found in again.documents} <= {"unchanged", "skipped"}


@pytest.mark.parametrize("target", ["javascript:alert(1)", "'data:text/html,x'", "//evil.example/", "'http://[x'"])
def test_what_is_no_address_leaves_the_page_a_page(tmp_path: Path, client: Client, target: str) -> None:
    report = run(write_tree(tmp_path, {POST: post("Water.\n"), "old.md": moved(target)}))
    assert "bad-address" in codes(row(report, "old.md"))
    assert "Never shown." in client.get("/old/", follow=True).content.decode()
