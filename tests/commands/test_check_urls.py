"""``check_urls`` as it is called: what it asks for, exit codes, output, the report file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect

from blog.models import BlogPage
from tests.importer.trees import CONFIG, codes, picture, post, row, run, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"
PLUGINS = (
    "baseurl: /notes\nplugins: [jekyll-feed, jekyll-sitemap, jekyll-paginate, jekyll-archives]\npaginate: 1\n"
    "jekyll-archives:\n  enabled: [tags, categories, year]\n"
)
FILES = {
    POST: post(
        "![Chart]({{ '/img/chart.png' | relative_url }}) [b](/notes/b.pdf)\n", tags="[Moon]", categories="[sea]"
    ),
    "_posts/2022-05-04-ebb.md": post("Low.\n", title="Ebb", date="2022-05-04", redirect_from="/old/ebb.html"),
    "_drafts/half.md": "---\ntitle: Half\n---\nx\n",
    "about.md": "---\ntitle: About\npermalink: /about/\n---\nI measure water.\n",
    "archive.html": "---\ntitle: All\n---\n{% for post in site.posts %}{{ post.title }}{% endfor %}\n",
    "img/chart.png": picture(),
    "b.pdf": "%PDF",
    "unused.png": picture(),
}
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://saltmarsh.example/about/</loc></url>\n<url><loc>https://saltmarsh.example/nowhere/</loc></url></urlset>"
)


def call(*arguments: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("check_urls", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stopped:
        return int(stopped.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return write_tree(tmp_path / "site", FILES, CONFIG + PLUGINS)


def test_after_an_import_every_address_answers_in_at_most_one_hop(tree: Path, tmp_path: Path) -> None:
    report = run(tree)
    assert not report.has_errors
    code, out, err = call(tree, "--report", tmp_path / "answers.json")
    assert (code, err) == (0, ""), out
    answers = json.loads((tmp_path / "answers.json").read_text())
    asked = {answer["path"]: answer["kind"] for answer in answers["addresses"]}
    assert asked == {
        "/notes/sea/2021/05/04/tides.html": "post",
        "/notes/2022/05/04/ebb.html": "post",
        "/notes/old/ebb.html": "redirect",
        "/notes/about/": "page",
        "/notes/archive.html": "list",
        "/notes/img/chart.png": "file",
        "/notes/b.pdf": "file",
        "/notes/unused.png": "file",
        "/notes/feed.xml": "list",
        "/notes/sitemap.xml": "list",
        "/notes/robots.txt": "list",
        "/notes/page2/": "list",
        "/notes/tag/moon/": "list",
        "/notes/category/sea/": "list",
        "/notes/2021/": "list",
        "/notes/2022/": "list",
    }
    assert answers["totals"]["addresses"] == answers["totals"]["redirected"] == len(asked)
    finals = {answer["path"]: answer["final"].partition("//")[2].partition("/")[2] for answer in answers["addresses"]}
    assert finals["/notes/tag/moon/"] == "tags/moon/"
    assert finals["/notes/feed.xml"] == "feed.xml"
    assert finals["/notes/about/"] == "about/"


def test_before_the_import_each_failing_address_is_told_with_its_source(tree: Path) -> None:
    code, out, _ = call(tree)
    assert code == 1
    assert f"{POST}  not found  /notes/sea/2021/05/04/tides.html (404)" in out
    assert f"{POST}:7  not found  /notes/img/chart.png (404)" in out
    assert "16 addresses, 16 of them fail." in out


def test_more_than_one_hop_is_a_failure(tree: Path) -> None:
    run(tree)
    Redirect.objects.create(old_path="/once", redirect_link="/twice/")
    Redirect.objects.create(old_path="/twice", redirect_link="/about/")
    Redirect.objects.create(old_path="/round", redirect_link="/about-turn/")
    Redirect.objects.create(old_path="/about-turn", redirect_link="/round/")
    sitemap = tree / "sitemap.xml"
    sitemap.write_text(SITEMAP.replace("/about/", "/once").replace("/nowhere/", "/round"))
    code, out, _ = call(sitemap)
    assert code == 1
    assert out.count("more hops") == 3


def test_a_sitemap_says_what_to_ask_for(tree: Path) -> None:
    run(tree)
    sitemap = tree / "sitemap.xml"
    sitemap.write_text(SITEMAP)
    code, out, _ = call(sitemap)
    assert code == 1
    assert "sitemap.xml:2  not found  /nowhere/ (404)" in out
    assert "2 addresses, 1 of them fail." in out


def test_an_index_of_sitemaps_leads_to_those_beside_it(tree: Path) -> None:
    run(tree)
    (tree / "posts.xml").write_text(SITEMAP.replace("/nowhere/", "/blog/"))
    index = tree / "sitemap.xml"
    index.write_text(
        "<sitemapindex><sitemap><loc>https://saltmarsh.example/maps/posts.xml</loc></sitemap></sitemapindex>"
    )
    assert call(index)[0] == 0


@pytest.mark.parametrize(
    ("source", "arguments", "reason"),
    [
        ("nowhere", (), "nowhere"),
        ("nowhere.xml", (), "nowhere.xml"),
        ("broken.xml", (), "broken.xml:1"),
        ("bomb.xml", (), "entity"),
        ("empty.xml", (), "contains no address"),
        ("site", ("--base-url", "ftp://127.0.0.1"), "ftp://127.0.0.1"),
        ("site", ("--base-url", "http://"), "http://"),
    ],
)
def test_bad_usage_is_2_with_a_reason(
    tree: Path, source: str, arguments: tuple[str, ...], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree.parent)
    Path("broken.xml").write_text("<urlset>")
    Path("bomb.xml").write_text('<!DOCTYPE u [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>')
    Path("empty.xml").write_text("<urlset/>")
    code, out, err = call(source, *arguments)
    assert (code, out) == (2, "")
    assert reason in err


class PublishedSite(BaseHTTPRequestHandler):
    """A site on this machine: its sitemap, one page, one that moved once, one that moved to another host."""

    def do_GET(self) -> None:
        moved = {"/moved": "/about/", "/away": "http://bucket.invalid/a.png"}
        self.send_response(301 if self.path in moved else 200 if self.path in ("/about/", "/sitemap.xml") else 404)
        if self.path in moved:
            self.send_header("Location", moved[self.path])
        self.end_headers()
        if self.path == "/sitemap.xml":
            self.wfile.write(SITEMAP.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def old_site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), PublishedSite) as server:
        thread = Thread(target=partial(server.serve_forever, poll_interval=0.01))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_running_site_is_asked_over_http(old_site: str, tmp_path: Path) -> None:
    sitemap = tmp_path / "sitemap.xml"
    sitemap.write_text(SITEMAP.replace("/nowhere/", "/moved"))
    code, out, _ = call(sitemap, "--base-url", old_site)
    assert code == 0, out
    sitemap.write_text(SITEMAP.replace("/about/", "/away"))
    code, out, _ = call(sitemap, "--base-url", old_site)
    assert code == 1
    assert "other host" in out
    assert "not found  /nowhere/" in out


def test_a_sitemap_may_be_fetched(old_site: str) -> None:
    code, out, _ = call(f"{old_site}/sitemap.xml", "--base-url", old_site)
    assert code == 1
    assert "2 addresses, 1 of them fail." in out


def test_a_site_that_is_not_there_fails_with_the_reason(tmp_path: Path) -> None:
    sitemap = tmp_path / "sitemap.xml"
    sitemap.write_text(SITEMAP)
    code, out, _ = call(sitemap, "--base-url", "http://127.0.0.1:9")
    assert code == 1
    assert "refused" in out


def test_the_import_tells_of_an_address_that_does_not_answer(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portfolio.importer.urls.redirects.LONGEST_PATH", 20)
    report = run(tree)
    assert "dead-address" in codes(row(report, POST))
    assert "dead-address" not in codes(row(report, "about.md")), "it answers itself"
    assert BlogPage.objects.filter(title="Tides").exists()


def test_the_import_names_a_template_that_nothing_here_answers_for(tree: Path) -> None:
    write_tree(tree, {"graph.json": "---\n---\n{{ site.posts | map: 'title' | jsonify }}\n"}, CONFIG + PLUGINS)
    report = run(tree)
    (problem,) = [problem for problem in row(report, "graph.json").problems if problem.code == "no-equivalent"]
    assert "/notes/graph.json" in problem.message
