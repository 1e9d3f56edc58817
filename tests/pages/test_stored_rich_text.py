"""Rich text, Markdown and HTML that went past every form into the database: every page answers, and nothing runs."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import ReferenceIndex

from blog.models import BlogPage
from portfolio.admin.editor.rich_text_editor import FaultTolerantRichTextArea
from portfolio.admin.markdown_editing.site_references import SiteReferences
from portfolio.blocks.rich_text.stored_rich_text import harmless, key_in
from portfolio.discovery.markdown_pages.readable_writer import ReadableWriter
from portfolio.models import HomePage
from tests import builders
from tests.pages.test_stored_addresses import faults, faults_of_markdown

HUGE = "9" * 23
IDS = ["x", "", "0", "-1", "1.5", "²", "٣", HUGE, str(2**31), str(2**63), "abc", "1 2", "999999"]
ODD = [
    *(f'<p><a linktype="{kind}" id="{key}">the words</a></p>' for kind in ("page", "document") for key in IDS),
    *(f'<p>the words</p><embed embedtype="image" id="{key}" format="left" alt="x"/>' for key in IDS),
    *(f'<p><a linktype="{kind}">the words</a></p>' for kind in ("page", "document", "user", "")),
    '<p>the words</p><embed embedtype="image" id="1" format="zzz" alt="x"/>',
    '<p>the words</p><embed embedtype="image" id="1" alt="x"/><embed embedtype="image"/><embed embedtype="zzz"/>',
    '<p>the words</p><embed embedtype="media" url="https://example.org/film"/><embed embedtype="media"/>',
    '<p>the words<img src="x" onerror="alert(1)"><b>open</p><li>lost</li></i>',
    "<script>alert(1)</script><p>the words</p>",
    *(
        f'<p><a href="{address}">the words</a></p>'
        for address in (
            *(
                "javascript:alert(1)",
                "JaVa&#10;script:alert(1)",
                "data:text/html,<b>x</b>",
                "vbscript:x",
                " javascript:x",
            ),
            *("&#106;avascript:x", "java&Tab;script:x", "https://example.org/&quot; onclick=&quot;alert(1)"),
        )
    ),
    "<p><a href='javascript:alert(1)'>the words</a></p>",
    "<p><a href=javascript:alert(1)>the words</a></p>",
    '<p><A HREF="javascript:alert(1)">the words</A></p>',
    '<p onclick="alert(1)"><a href="https://example.org/" onmouseover="alert(1)">the words</a></p>',
    '<p>the words <svg onload="alert(1)"></svg><iframe src="javascript:alert(1)"></iframe></p>',
]
SHOWN = ["/blog/post/", "/blog/post.md", "/feed/", "/rss.xml", "/feed.json"]
KEPT = [
    "[a](javascript:alert(1))",
    "[a](<java&#115;cript:alert(1)>)",
    "[a](java&Tab;script:alert(1))",
    "[a](vbscript:x) and [b](data:text/html,x)",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![a](javascript:alert(1))",
    '<div onclick="alert(1)">words</div>',
    '<img src="x" onerror="alert(1)">',
    "<script>alert(1)</script>",
    'words <a href="JaVaScript:alert(1)">a</a>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<pre>a\n\n\nb</pre>\n<p onclick=x>[a](javascript:alert(1))</p>",
]
HARMLESS = [
    "A *plain* line.",
    "Press <kbd>Ctrl</kbd>\n\n- data: two",
    "Term\n: [a](https://example.org/)",
    "# H\n{: #id}",
]


def stored(body: list[dict]) -> BlogPage:
    """A post with what no form has seen in every part of it that may hold rich text."""
    page = builders.post(title="Post")
    body = [{**block, "id": f"{place:08}"} for place, block in enumerate(body)]
    BlogPage.objects.filter(pk=page.pk).update(body=BlogPage.body.field.stream_block.to_python(body))
    cache.clear()
    return BlogPage.objects.get(pk=page.pk)


def rich_blocks(html: str) -> list[dict]:
    picture = {"image": 1, "alt_text": "x", "decorative": False}
    return [
        {"type": "text", "value": html},
        {"type": "quote", "value": {"text": html, "source": "", "url": ""}},
        {"type": "callout", "value": {"kind": "note", "title": "", "text": html}},
        {"type": "question_answer", "value": {"question": "Why?", "answer": html}},
        {"type": "image", "value": {"image": picture, "caption": html}},
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("html", ODD, ids=lambda html: ascii(html)[:60])
def test_every_output_answers_and_runs_nothing(html, client):
    builders.picture()
    page = stored(rich_blocks(html))
    BlogPage.objects.filter(pk=page.pk).update(summary=html)
    HomePage.objects.update(intro=html)
    assert [fault for place in ["/", *SHOWN] for fault in faults(client, place)] == []
    assert "the words" in client.get("/blog/post/").content.decode()
    page.refresh_from_db()
    page.save()
    assert not ReferenceIndex.objects.filter(object_id=page.pk, to_object_id=HUGE).exists()


@pytest.mark.django_db
def test_the_admin_shows_every_value(admin_client):
    builders.picture()
    page = stored([block for html in ODD for block in rich_blocks(html)])
    HomePage.objects.update(intro="".join(ODD))
    for name, arguments in (
        ("edit_markdown", [page.pk]),
        ("wagtailadmin_pages:edit", [page.pk]),
        ("wagtailadmin_pages:view_draft", [page.pk]),
        ("wagtailadmin_pages:edit", [builders.home().pk]),
    ):
        assert admin_client.get(reverse(name, args=arguments)).status_code == 200, name


@pytest.mark.django_db
@pytest.mark.parametrize(
    "image", [None, {}, {"image": None}, {"image": int(HUGE)}, {"image": 0}, {"image": -1}], ids=str
)
def test_a_picture_that_is_none_is_left_out(image, client, admin_client):
    page = stored([{"type": "image", "value": {"image": image, "caption": "<p>c</p>"}}])
    for place in SHOWN:
        assert client.get(place).status_code == 200
    for name in ("edit_markdown", "wagtailadmin_pages:edit"):
        assert admin_client.get(reverse(name, args=[page.pk])).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("source", KEPT, ids=lambda source: ascii(source)[:40])
@pytest.mark.parametrize("kind", ["markdown", "html"])
def test_kept_text_runs_nowhere(kind, source, client):
    kept = {"markdown": {"source": source, "flavour": "kramdown"}, "html": {"source": source}}[kind]
    page = stored([{"type": kind, "value": kept}])
    assert [fault for place in SHOWN for fault in faults(client, place)] == []
    assert page.body.raw_data[0]["value"]["source"] == source  # which is what an export writes


@pytest.mark.django_db
@pytest.mark.parametrize("source", KEPT, ids=lambda source: ascii(source)[:40])
def test_formulas_and_listings_run_nowhere(source, client):
    stored(
        [
            {"type": "math", "value": {"tex": source}},
            {"type": "code", "value": {"code": "", "language": f"x\n```\n{source}\n```\n"}},
        ]
    )
    assert [fault for place in ("/blog/post/", "/blog/post.md") for fault in faults(client, place)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("source", HARMLESS)
def test_kept_text_that_does_nothing_stays_as_written(source):
    writer = ReadableWriter("https://saltmarsh.example/blog/post/")
    assert writer.write("markdown", {"source": source}) == writer.write("html", {"source": source}) == source


@pytest.mark.django_db
@pytest.mark.parametrize("key", [HUGE, "0", "999999", str(2**31)])
def test_a_document_that_is_not_here_stays_a_plain_link(key):
    address = f"/documents/{key}/x.pdf"
    assert SiteReferences.link_attributes(SiteReferences.__new__(SiteReferences), address, None) == {"href": address}


KEYS = [("7", 7), (str(2**31 - 1), 2**31 - 1), *((text, None) for text in IDS[:-1])]


@pytest.mark.parametrize(("text", "key"), KEYS)
def test_a_key_is_a_number_that_a_row_may_have(text, key):
    assert key_in(text) == key
    assert key_in(7) == 7


def test_tidy_rich_text_is_not_parsed(monkeypatch):
    monkeypatch.setattr("portfolio.blocks.rich_text.stored_rich_text.sanitise", None)
    html = (
        '<p data-block-key="a1b2c"><b>a</b> <a href="https://example.org/?a=1&amp;b=2">b</a><a href="/c/">c</a></p>'
        '<ul><li data-block-key="x">d</li></ul><img class="richtext-image left" src="/media/a.png" width="1" alt="">'
    )
    assert harmless(html) == html


def test_the_editor_gets_tidy_rich_text_as_it_is(db):
    widget = FaultTolerantRichTextArea(features=["bold", "link"])
    told = json.loads(widget.format_value('<p><b>a</b> <a linktype="page" id="2">b</a></p>'))
    assert told["entityMap"]["0"]["data"]["id"] == 2


def test_faults_in_markdown_are_found():
    assert list(faults_of_markdown("---\na: b\n---\n[a](javascript:alert(1))"))
