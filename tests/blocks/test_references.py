"""Links and images of kept text lead to where their targets are now."""

from __future__ import annotations

import io

import pytest
from django.core.files.images import ImageFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from portfolio.blocks.references import local_path, resolve
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
    assert 'src="/media/images/chart' in html
    assert 'width="40" height="30" loading="lazy" alt="Chart" class="left"' in html


def test_an_image_that_is_nowhere_is_left_out(stored: CustomImage) -> None:
    assert resolve('<p>a <img src="/img/none.png" alt="b"> c</p>', BASE) == "<p>a  c</p>"


def test_an_image_of_another_site_becomes_a_link(stored: CustomImage) -> None:
    html = resolve('<img src="https://pictures.example/g.png?a=1&amp;b=2" alt="A &lt;gull&gt;">', BASE)
    assert html == '<a href="https://pictures.example/g.png?a=1&amp;b=2">A &lt;gull&gt;</a>'


def test_an_attribute_with_a_bracket_does_not_end_the_tag(stored: CustomImage) -> None:
    html = resolve("<a title=\"1 > 0\" href='/old/about.html'>a</a>", BASE)
    assert html == '<a title="1 &gt; 0" href="/blog/">a</a>'


def test_the_number_of_queries_does_not_grow_with_the_links(stored: CustomImage) -> None:
    one = '<a href="/old/about.html">a</a><img src="/img/chart.png" alt="">'
    resolve(one, BASE)
    counts = []
    for html in (one, one * 20):
        with CaptureQueriesContext(connection) as queries:
            resolve(html, BASE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("address", ["", "#x", "mailto:a@b.example", "javascript:alert(1)", "http://[bad", "data:x"])
def test_what_names_no_path_of_the_old_site_is_none(address: str) -> None:
    assert local_path(address, BASE) is None
