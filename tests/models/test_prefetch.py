"""What bodies refer to is looked up at once, and shown as if each part had asked for itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model

from blog.models import BlogPage, Series
from portfolio.blocks.body.rendering import render_body
from portfolio.models import ImportedAsset, ImportSite, Person
from portfolio.models.prefetch import paths_in, prefetch_references
from tests import builders

pytestmark = pytest.mark.django_db

KEPT = """\
![Chart](/img/chart.png) and [a page](/old/about.html), [a file](notes.pdf), <video src="/gauge.mp4"></video>,
[nowhere](/none/) and [by name][name].

[name]: /img/chart.png
"""
RAW = '<p><img src="/img/other.png" alt="Other"> <a href="/elsewhere/">b</a></p>'


@pytest.fixture
def references() -> dict[str, Any]:
    """Files and addresses of an old site, pictures and a page of this one."""
    site = ImportSite.objects.create(key="old", kind="jekyll")

    def asset(path: str, **kept: Any) -> None:
        ImportedAsset.objects.create(site=site, path=path, old_url=f"/{path}", sha256="0", **kept)

    asset("img/chart.png", image=builders.picture("red"))
    asset("img/other.png", image=builders.picture("blue"))
    asset("notes.pdf", document=get_document_model().objects.create(title="Notes", file=ContentFile(b"a", "n.pdf")))
    asset("gauge.mp4", file=ContentFile(b"a", "gauge.mp4"))
    about = builders.standard_page(slug="about")
    Redirect.add_redirect("/old/about.html", about)
    Redirect.add_redirect("/elsewhere/", "https://elsewhere.example/")
    pictures = [builders.picture("teal"), builders.picture("navy")]
    for picture in pictures:
        picture.contextual_alt_text, picture.decorative = "A gauge", False
    return {"about": about, "pictures": pictures}


def body_of(references: dict[str, Any]) -> list[tuple[str, Any]]:
    one, other = references["pictures"]
    return [
        ("image", {"image": one, "caption": "<p>Low water</p>"}),
        ("text", f'<p>See <a linktype="page" id="{references["about"].pk}">there</a>.</p>'),
        ("markdown", {"source": KEPT, "flavour": "kramdown", "base": "/"}),
        ("gallery", {"images": [{"image": other, "caption": ""}, {"image": one, "caption": ""}]}),
        ("html", {"source": RAW}),
    ]


def stored(page: BlogPage) -> BlogPage:
    return BlogPage.objects.get(pk=page.pk)


def test_a_post_with_everything_takes_eight_queries(references, count_queries):
    shared = {"tags": ["a"], "skills": ["b"], "categories": ["c"], "series": Series.objects.create(title="Gauges")}
    builders.post(**shared)
    own = {"cover": builders.picture(), "authors": [Person.objects.create(name="Ilse Haverkamp")]}
    page = builders.post(body=body_of(references), **own, **shared)
    assert count_queries(page.url) <= 8


def test_it_shows_what_it_would_have_shown(references):
    page = builders.post(body=body_of(references))
    plain = render_body(stored(page).body, {})
    for expected in ("red", "blue", "teal", "navy", "/about/", "/documents/", "gauge", "https://elsewhere.example/"):
        assert expected in plain
    body = stored(page).body
    prefetch_references([body], with_pages=True)
    with CaptureQueriesContext(connection) as queries:
        assert render_body(body, {}) == plain
    assert len(queries) == 0


def test_what_is_gone_is_missed_the_same_way(references):
    page = builders.post(body=body_of(references))
    for picture in references["pictures"]:
        picture.delete()
    get_document_model().objects.all().delete()
    references["about"].delete()
    body = stored(page).body
    prefetch_references([body], with_pages=True)
    assert render_body(body, {}) == render_body(stored(page).body, {})


def test_each_place_tells_its_own_words_for_one_picture(references):
    one = references["pictures"][0]
    page = builders.post(body=[("image", {"image": one}), ("image", {"image": one})])
    raw = list(stored(page).body.raw_data)
    raw[1]["value"]["image"]["alt_text"] = "Another"
    body = page.body.stream_block.to_python(raw)
    prefetch_references([body])
    html = render_body(body, {})
    assert ('alt="A gauge"' in html, 'alt="Another"' in html) == (True, True)


@pytest.mark.parametrize("address", ["/experience/", "/resume/", "/resume.json"])
def test_lists_of_roles_take_as_many_queries_for_many_bodies(address, references, count_queries):
    builders.role(body=body_of(references), skills=["SQL"])
    few = count_queries(address)
    for _ in range(3):
        builders.role(body=body_of(references), skills=["SQL"])
    assert count_queries(address) == few <= 8


def test_a_feed_takes_as_many_queries_for_many_entries(references, count_queries):
    builders.post(body=body_of(references), tags=["a"])
    few = count_queries("/feed/")
    for _ in range(3):
        builders.post(body=body_of(references), tags=["a"])
    assert count_queries("/feed/") == few <= 5


def test_addresses_are_found_however_they_are_written():
    source = "[a](/b 'c') ![d](<e.png>) <a href=/f> <img src='/g.png'> [h]: i.pdf\n[j]: k.pdf\n<https://own.example/l>"
    found = set(paths_in(source, "https://own.example/x/"))
    assert found == {"/b", "/x/e.png", "/f", "/g.png", "/x/k.pdf", "/l"}
