"""Addresses that several want, that the site itself needs, or that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from blog.models import BlogPage
from tests.importer.hostile.trees import imported, outcome, told
from tests.importer.trees import post, run, write_tree

pytestmark = pytest.mark.django_db

TAKEN = ("warning", "address-taken", None)


def test_slugs_that_differ_in_case_or_normalisation_only_get_addresses_of_their_own(
    tmp_path: Path, client: Client
) -> None:
    slugs = {"a": "TIDES", "b": "tides", "c": '"caf\\u00e9"', "d": '"cafe\\u0301"'}
    report = imported(tmp_path, {name: post(f"Text {name}.\n", slug=slug) for name, slug in slugs.items()})
    codes = [[code for _, code, _ in told(report, name)] for name in slugs]
    assert codes == [[], ["address-taken"], [], ["address-taken"]]
    for name in slugs:
        row = next(row for row in report.documents if row.path.endswith(f"-{name}.md"))
        assert f"Text {name}." in client.get(row.page_url).content.decode()
        assert client.get(row.old_urls[0]).status_code in (301, 302)


def test_an_address_that_two_documents_claim_is_the_last_ones_and_the_owner_is_told(
    tmp_path: Path, client: Client
) -> None:
    report = imported(tmp_path, {name: post(f"{name}\n", title=name, permalink="/same/") for name in ("one", "two")})
    assert (told(report, "one"), told(report, "two")) == ([TAKEN], [("info", "address-taken", None)])
    assert client.get("/same/").headers["Location"] == "/blog/same-2/"
    assert client.get("/blog/same/").status_code == 200


RESERVED = ("admin", "static", "feed", "search", "media", "sitemap.xml", "documents")


def test_no_page_takes_an_address_of_the_site_itself(tmp_path: Path, client: Client) -> None:
    pages = {f"{name}.md": f"---\ntitle: {name}\npermalink: /{name}/\n---\nMine.\n" for name in RESERVED}
    posts = {name.replace(".", "-"): post("Mine.\n", permalink=f"/{name}/", slug=name) for name in RESERVED}
    report = imported(tmp_path, {**posts})
    for name in posts:
        assert outcome(report, name) == "created"
    report = run(write_tree(tmp_path / "pages", pages, "url: https://pages.example\n"))
    assert {row.outcome for row in report.documents} == {"created"}
    for row in report.documents:
        assert row.page_url.strip("/").split("/")[0] not in RESERVED, row
        assert "Mine." in client.get(row.page_url).content.decode()
    assert client.get("/admin/").headers["Location"].startswith("/admin/login/")
    assert client.get("/search/").status_code == 200


def test_redirects_lead_from_paths_of_this_site_only(tmp_path: Path, client: Client) -> None:
    elsewhere = ("//evil.example/x", "https://evil.example/y", "/\\evil.example", "javascript:alert(1)")
    wanted = json.dumps([*elsewhere, "/../../z", "/a%00b/"])
    files = {"from": post("x\n", redirect_from=wanted), "long": post("x\n", permalink="/" + "p" * 400)}
    report = imported(tmp_path, files)
    assert outcome(report, "from") == "created"
    assert ("error", "long-address", None) in told(report, "long")
    for address in ("/evil.example/x", "/z/", "/%2fevil.example", "/blog/from/", "/a%00b/"):
        assert not client.get(address).headers.get("Location", "/").startswith(("//", "http:", "https:", "/\\"))


MALFORMED = (
    "![x](http://[evil) [y](//[) [z](http://a]b/) <a href='http://[::1'>q</a> <img src='//[x'> [n](/a%00b.pdf)\n\n"
    "| a | b |\n|---|---|\n| [x](http://[e) | ![y](https://[e) |\n\n<iframe src='https://[::'></iframe>\n\n"
    "> text\n> <cite><a href='http://[x'>z</a></cite>\n"
)


def test_what_is_no_address_harms_neither_the_import_nor_the_page(tmp_path: Path, client: Client) -> None:
    front = {"image": "'http://[evil'", "canonical_url": "'http://[x'", "redirect_from": "'http://[evil/'"}
    report = imported(tmp_path, {"bad": post(MALFORMED, **front)}, "url: 'http://[x'\ntitle: Tides\n")
    assert ("warning", "unusable-image", 1) in told(report, "bad")
    assert ("error", "bad-address", 1) in told(report, "bad")
    assert [problem.code for problem in report.problems] == ["bad-address"]
    html = client.get("/blog/bad/").content.decode()
    assert "<td>" in html
    for address in ("/feed/", "/blog/bad.md", "/feed.json", "/rss.xml"):
        assert client.get(address).status_code == 200
    assert BlogPage.objects.get(slug="bad").canonical_url == ""
