"""Links and images of kept text lead to where their targets are now."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Page

from portfolio.blocks.body.references import local_path, resolve
from portfolio.models import CustomImage, ImportedAsset, ImportSite

BASE = "https://saltmarsh.example/2021/05/04/tides.html"


@pytest.fixture
def stored(db: None) -> CustomImage:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    image = CustomImage.objects.create(title="Chart", file=ImageFile(io.BytesIO(out.getvalue()), name="chart.png"))
    site = ImportSite.objects.create(key="saltmarsh.example", kind="jekyll")
    ImportedAsset.objects.create(site=site, path="img/chart.png", old_url="/img/chart.png", sha256="0", image=image)
    Redirect.add_redirect("/old/about.html", Page.objects.get(slug="blog"))
    return image


def test_a_link_to_an_old_address_leads_to_the_page_and_keeps_its_fragment(stored: CustomImage) -> None:
    html = '<p><a class="x" href="/old/about.html#team">a</a></p>'
    assert resolve(html, BASE) == '<p><a class="x" href="/blog/#team">a</a></p>'


def test_a_link_follows_the_page_when_it_moves(stored: CustomImage) -> None:
    page = Page.objects.get(slug="blog")
    page.slug = "journal"
    page.save()
    assert 'href="/journal/"' in resolve('<a href="/old/about.html">a</a>', BASE)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://elsewhere.example/old/about.html">a</a>',
        '<a href="#part">a</a>',
        '<a href="/unknown/">a</a>',
        "<a>a</a>",
        "<p>no links at all</p>",
        '<img src="/static/portfolio/x.png" alt="">',
    ],
)
def test_everything_else_is_left_as_it_is(stored: CustomImage, html: str) -> None:
    assert resolve(html, BASE) == html


@pytest.mark.parametrize(
    "address", ["/img/chart.png", "../../../img/chart.png", "https://saltmarsh.example/img/chart.png"]
)
def test_an_image_of_the_old_site_is_shown_from_the_library(stored: CustomImage, address: str) -> None:
    html = resolve(f'<img src="{address}" alt="Chart" class="left" width="9000">', BASE)
    assert 'src="/media/original_images/chart' in html
    assert 'width="40" height="30" loading="lazy" decoding="async" alt="Chart" class="left"' in html


@pytest.fixture
def files(stored: CustomImage) -> dict[str, ImportedAsset]:
    """A document, a film and a drawing beside the chart, on a site that lay below a path."""
    site = ImportSite.objects.get()
    paper = Document.objects.create(title="Paper", file=ContentFile(b"%PDF", name="tides.pdf"))
    made = {"b.pdf": {"document": paper}, "gauge.mp4": {"file": "files/g.mp4"}, "line.svg": {"file": "files/l.svg"}}
    return {
        path: ImportedAsset.objects.create(site=site, path=path, old_url=f"/notes/{path}", sha256="0", **fields)
        for path, fields in made.items()
    }


@pytest.mark.parametrize("below", ["", "/notes"])
def test_a_link_to_a_file_leads_to_where_it_is_now(files: dict[str, ImportedAsset], below: str) -> None:
    paper = files["b.pdf"].document
    assert resolve(f'<a href="{below}/b.pdf#page=2">b</a>', BASE) == f'<a href="{paper.url}#page=2">b</a>'
    assert resolve('<a href="/img/chart.png">c</a>', BASE).startswith('<a href="/media/original_images/chart')


def test_films_and_drawings_are_shown_from_here(files: dict[str, ImportedAsset]) -> None:
    film = '<video poster="/img/chart.png"><source src="/gauge.mp4" type="video/mp4"></video>'
    shown = resolve(film + '<img src="/line.svg" width="9">', BASE)
    assert '<source src="/media/files/g.mp4" type="video/mp4">' in shown
    assert 'poster="/media/original_images/chart' in shown
    assert '<img src="/media/files/l.svg" loading="lazy" alt="" width="9">' in shown


def test_other_sizes_of_a_picture_are_left_out(stored: CustomImage) -> None:
    html = resolve('<picture><source srcset="/img/chart.webp"><img src="/img/chart.png" alt=""></picture>', BASE)
    assert html.startswith('<picture><img src="/media/')


@pytest.mark.parametrize(
    "inside",
    [
        '<source srcset="/c.webp" type="image/webp"><img src="/img/chart.png" srcset="/img/chart.png 1x" alt="">',
        '\n  <source srcset="/a.avif"><source srcset="/a.webp">\n  <img src="/img/chart.png" alt="">\n',
        '<img src="/img/chart.png" alt="">',
    ],
)
def test_a_picture_in_many_sizes_is_one_picture_element(stored: CustomImage, inside: str) -> None:
    stored.rendition_index = {"files": {"width-400": {"webp": ["images/chart.webp", 40, 30]}}}
    stored.save()
    html = resolve(f'<figure><picture class="x">{inside}</picture></figure>', BASE)
    assert (html.count("<picture"), html.count("</picture>"), html.count("<img")) == (1, 1, 1)
    assert "chart.webp 40w" in html


def test_a_picture_for_dark_screens_is_kept_before_ours(stored: CustomImage) -> None:
    stored.rendition_index = {"files": {"width-400": {"webp": ["images/chart.webp", 40, 30]}}}
    stored.save()
    dark = '<source media="(prefers-color-scheme: dark)" srcset="{} 1x, /img/none.png 2x">'
    for address, kept in (("/img/chart.png", True), ("/img/none.png", False)):
        html = resolve(f'<picture>{dark.format(address)}<img src="/img/chart.png" alt=""></picture>', BASE)
        assert html.count("<picture") == 1
        assert ('<picture><source media="(prefers-color-scheme: dark)" srcset="/media/' in html) is kept


@pytest.mark.parametrize("html", ['<video src="/none.mp4"></video>', '<audio src="https://a.example/b.mp3"></audio>'])
def test_a_film_that_is_not_here_is_left_as_it_is(stored: CustomImage, html: str) -> None:
    assert resolve(html, BASE) == html


def test_a_deleted_document_leaves_the_old_address(files: dict[str, ImportedAsset]) -> None:
    files["b.pdf"].document.delete()
    assert resolve('<a href="/b.pdf">b</a>', BASE) == '<a href="/b.pdf">b</a>'


def test_an_image_that_is_nowhere_is_left_out(stored: CustomImage) -> None:
    assert resolve('<p>a <img src="/img/none.png" alt="b"> c</p>', BASE) == "<p>a  c</p>"


def test_an_image_of_another_site_becomes_a_link(stored: CustomImage) -> None:
    html = resolve('<img src="https://pictures.example/g.png?a=1&amp;b=2" alt="A &lt;gull&gt;">', BASE)
    assert html == '<a href="https://pictures.example/g.png?a=1&amp;b=2">A &lt;gull&gt;</a>'


def test_an_attribute_with_a_bracket_does_not_end_the_tag(stored: CustomImage) -> None:
    html = resolve("<a title=\"1 > 0\" href='/old/about.html'>a</a>", BASE)
    assert html == '<a title="1 &gt; 0" href="/blog/">a</a>'


def test_the_number_of_queries_does_not_grow_with_the_links(files: dict[str, ImportedAsset]) -> None:
    one = (
        '<a href="/old/about.html">a</a><a href="/b.pdf">b</a><video src="/gauge.mp4"></video>'
        '<img src="/img/chart.png" alt=""><img src="/line.svg" alt="">'
    )
    resolve(one, BASE)
    counts = []
    for html in (one, one * 20):
        with CaptureQueriesContext(connection) as queries:
            resolve(html, BASE)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 3


@pytest.mark.parametrize("address", ["", "#x", "mailto:a@b.example", "javascript:alert(1)", "http://[bad", "data:x"])
def test_what_names_no_path_of_the_old_site_is_none(address: str) -> None:
    assert local_path(address, BASE) is None
