"""A whole body becomes HTML in one pass, and nothing in it can run a script."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks import BodyBlocks, verbatim
from portfolio.blocks.body.rendering import render_body
from portfolio.markdown.html.sanitise import sanitise
from tests import builders

pytestmark = pytest.mark.django_db

BLOCKS = BodyBlocks()


def body(*children) -> StreamValue:
    return StreamValue(BLOCKS, list(children))


def render(*children) -> str:
    return render_body(body(*children), {})


def test_an_empty_body_shows_nothing():
    assert render_body(None, {}) == ""
    assert render() == ""


def test_blocks_keep_their_order():
    html = render(("text", "<p>One</p>"), ("heading", {"text": "Two", "level": "2"}), ("text", "<p>Three</p>"))
    assert re.findall("One|Two|Three", html) == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    ("headings", "ids"),
    [
        ([("Tides", ""), ("Tides", "")], ["tides", "tides-1"]),
        ([("Tides", ""), ("Other", "tides")], ["tides-1", "tides"]),
        ([("Tides", "high-water")], ["high-water"]),
        ([("!", ""), ("Maré alta", "")], ["section", "maré-alta"]),
    ],
)
def test_heading_anchors_are_as_given_else_made_and_unique(headings, ids):
    html = render(*(("heading", {"text": text, "level": "3", "anchor": anchor}) for text, anchor in headings))
    assert re.findall(r'<h3 id="([^"]*)"', html) == ids


def test_markdown_blocks_are_parts_of_one_document():
    html = render(
        ("markdown", {"source": "See [the tables][tables] and a note.[^one]", "flavour": "kramdown"}),
        ("text", "<p>Between.</p>"),
        ("markdown", {"source": "[tables]: https://tables.example/\n\n[^one]: Read at noon.", "flavour": "kramdown"}),
    )
    assert 'href="https://tables.example/"' in html
    assert html.index("Between.") < html.index("Read at noon.")


def test_a_table_of_contents_in_markdown_lists_the_native_headings():
    html = render(
        ("markdown", {"source": "* toc\n{:toc}", "flavour": "kramdown"}),
        ("heading", {"text": "Low water", "level": "2", "anchor": "low"}),
    )
    assert 'href="#low"' in html.split("<h2")[0]


HOSTILE = '<p onclick="alert(1)">Hi</p><script>alert(1)</script><a href="javascript:alert(1)">x</a><iframe src=\'https://evil.example/\'></iframe>'


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("markdown", {"source": HOSTILE, "flavour": "kramdown"}),
        ("markdown", {"source": HOSTILE, "flavour": "goldmark"}),
        ("html", {"source": HOSTILE}),
        ("code", {"language": "", "code": HOSTILE, "title": HOSTILE, "highlight": ""}),
        ("code", {"language": "html", "code": HOSTILE, "title": "", "highlight": "1"}),
        ("code", {"language": '"><script>', "code": "x", "title": "", "highlight": ""}),
        ("math", {"tex": HOSTILE}),
        ("heading", {"text": HOSTILE, "level": "2", "anchor": '"><script>alert(1)</script>'}),
        ("pull_quote", {"text": HOSTILE, "attribution": HOSTILE}),
        ("quote", {"text": "<p>Hi</p>", "source": HOSTILE, "url": "javascript:alert(1)"}),
        ("embed", {"url": "javascript:alert(1)", "title": HOSTILE, "caption": ""}),
        ("embed", {"url": "https://www.youtube.com.evil.example/watch?v=aqz-KE-bpKQ", "title": "x", "caption": ""}),
    ],
)
def test_hostile_values_run_nothing(name, value):
    page = BeautifulSoup(render((name, value)), "html.parser")
    assert page.find_all(["script", "style", "object", "embed", "form"]) == []
    assert [frame for frame in page.find_all("iframe") if "src" in frame.attrs] == []
    attributes = [(key, str(text)) for element in page.find_all(True) for key, text in element.attrs.items()]
    assert [key for key, _ in attributes if key.startswith("on")] == []
    assert [text for key, text in attributes if key in ("href", "src", "cite", "srcdoc") and "script:" in text] == []


def test_an_image_never_links_to_a_script():
    picture = builders.picture()
    picture.contextual_alt_text, picture.decorative = "Teal", False
    value = {"image": picture, "caption": "", "credit": "", "size": "column", "align": "", "title": ""}
    assert "<a " not in render(("image", {**value, "link": "java\tscript:alert(1)"}))
    assert '<a href="/large.png"' in render(("image", {**value, "link": "/large.png"}))


def test_captions_and_cells_stand_without_a_paragraph():
    picture = builders.picture()
    picture.contextual_alt_text, picture.decorative = "Teal", False
    html = render(
        ("image", {"image": picture, "caption": '<p data-block-key="a">Low <b>water</b></p>', "size": "column"}),
        (
            "table",
            {
                "columns": [{"type": "text", "heading": "Place"}, {"type": "number", "heading": "Metres"}],
                "rows": [{"values": ["<p>Pier</p>", "<p>4.3</p>"]}],
                "caption": "Heights",
            },
        ),
    )
    assert "<figcaption>Low <b>water</b>" in html
    assert re.search(r"<td[^>]*>Pier</td>", html)
    assert re.search(r'<td class="number">4.3</td>', html)
    assert '<th scope="col" class="number">Metres</th>' in html


def test_code_points_out_lines_and_escapes():
    html = render(("code", {"language": "python", "code": "a = 1\nb = '<'", "title": "x.py", "highlight": "2"}))
    assert html.count('class="hll"') == 1
    assert "&lt;" in html
    assert "numbered" not in html
    html = render(("code", {"language": "", "code": "a\n\nb\n", "numbered": True}))
    assert html.count("<span></span>") == 3


def test_formulas_carry_their_tex():
    html = render(("math", {"tex": r"\frac{a}{b}"}))
    assert "<math" in html
    assert r"\frac{a}{b}</annotation>" in html


def test_an_allowed_embed_waits_for_a_click():
    html = render(("embed", {"url": "https://youtu.be/aqz-KE-bpKQ", "title": "Spring tide", "caption": ""}))
    assert "youtube-nocookie.com/embed/aqz-KE-bpKQ" in html
    assert not re.search(r"<iframe[^>]*\ssrc=", html)


def test_pull_quotes_outside_an_interview_have_no_passage():
    assert "data-passage" not in render(("pull_quote", {"text": "Tides wait.", "attribution": ""}))


def test_the_same_html_is_sanitised_once(monkeypatch):
    sanitised = []
    monkeypatch.setattr(verbatim, "sanitise", lambda html: sanitised.append(html) or sanitise(html))
    source = f"{HOSTILE}<p>Only here: a tide of {id(sanitised)}.</p>"
    first, second = (render(("html", {"source": source})) for _ in range(2))
    assert first == second
    assert "<script" not in first
    assert len(sanitised) == 1
