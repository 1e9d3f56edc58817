"""Kept text shows frames and images of other sites without asking anything of those sites."""

from __future__ import annotations

import time

import pytest

from portfolio.blocks.third_party import mark_third_party
from portfolio.blocks.verbatim import shown
from portfolio.markdown.text import visible_text

pytestmark = pytest.mark.django_db

BASE = "https://saltmarsh.example/2021/05/04/tides.html"
# What a page would load by itself from there.
CALLS = ('src="https://pictures', 'src="//pictures', 'src="https://evil', "https://evil.example/x</")


def kept(html: str) -> str:
    return str(shown(html, BASE))


def test_a_frame_of_a_known_site_loads_on_demand() -> None:
    html = kept('<p><iframe width="560" height="315" src="https://www.youtube.com/embed/aqz-KE-bpKQ"></iframe></p>')
    assert html.startswith('<p><span class="embed embed-youtube" data-label="Shown on the web only."><iframe ')
    assert '<iframe title="YouTube" loading="lazy" width="560"' in html
    assert "Show it from YouTube" in html
    assert " src=" not in html


def test_a_frame_of_any_other_site_is_a_frame_with_a_link() -> None:
    html = kept('<iframe src="https://evil.example/x?a=1&amp;b=2" title="Gauge"><p>No frames?</p></iframe> after')
    assert html.count("<iframe") == 1
    assert "Open it at evil.example" in html
    assert "https://evil.example/x?a=1&amp;amp;b=2" in html  # escaped once for the frame's page, once for this one
    assert " src=" not in html
    assert "No frames?" not in html
    assert html.endswith("</span> after")


def test_a_frame_of_the_old_site_links_to_its_address_here() -> None:
    assert "&quot;/2021/05/04/plot.html&quot;" in kept('<iframe src="plot.html"></iframe>')


@pytest.mark.parametrize(
    "html",
    [
        '<object data="/files/cv.pdf" type="application/pdf" width="800" height="500"></object>',
        '<object data="/files/cv.pdf"><p>Your browser shows no PDF. <a href="/files/cv.pdf">Load it</a></p></object>',
        '<object data="/files/cv.pdf"><embed src="/files/cv.pdf" type="application/pdf"></object>',
        '<embed src="/files/cv.pdf">',
        '<object type="application/pdf"><embed src="/files/cv.pdf"></object>',
        '<object data="/files/cv.pdf">',
    ],
)
def test_a_file_that_the_old_page_showed_is_a_link_to_it(html: str) -> None:
    shown_html = kept(f"<p>Mine:</p>{html}<p>More</p>")
    assert shown_html.count("<iframe") == 1
    assert "&quot;/files/cv.pdf&quot;" in shown_html
    assert "Your browser" not in shown_html
    assert "<p>More</p>" in shown_html


def test_an_object_that_is_a_picture_is_a_picture() -> None:
    near = '<object data="/img/gauge.svg" title="Gauge">x</object>'
    assert mark_third_party(near, BASE) == '<img src="/img/gauge.svg" alt="Gauge">'
    far = kept('<object data="https://evil.example/x.svg" type="image/svg+xml"></object>')
    assert "<img" not in far.partition("srcdoc")[0]
    assert "Open it at evil.example" in far


def test_the_keyboard_reaches_a_table_and_nothing_in_a_value_becomes_one() -> None:
    html = kept('<table><tr><td>1</td></tr></table><p title="a <table onclick=alert(1) b">x</p>')
    assert html.startswith('<table tabindex="0"><tbody>')
    assert '<p title="a &lt;table onclick=alert(1) b">x</p>' in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "", "  ", "//[x"])
def test_a_frame_of_nothing_shows_nothing(address: str) -> None:
    assert kept(f'a<iframe src="{address}"></iframe>b') == "ab"


def test_an_image_of_another_site_is_a_small_picture_that_links_to_it() -> None:
    html = kept('<img src="https://pictures.example/g.png?a=1&amp;b=2" alt="A &lt;gull&gt;">')
    assert html.startswith('<a href="https://pictures.example/g.png?a=1&amp;b=2"><img')
    assert 'alt="A &lt;gull&gt; (image at pictures.example)"' in html
    assert not any(call in html for call in CALLS)


def test_inside_a_link_it_is_the_picture_alone() -> None:
    html = kept('<a href="/gauge/"><img src="//pictures.example/g.png"></a><img src="//pictures.example/h.png">')
    assert html.count("<a ") == 2
    assert '<a href="https://pictures.example/h.png"><img' in html


def test_it_adds_no_words_to_the_text() -> None:
    html = kept(
        '<p>See <img src="https://pictures.example/g.png" alt="x"> <iframe src="https://evil.example"></iframe>'
    )
    assert visible_text(html) == "See"


@pytest.mark.parametrize(
    "hostile",
    [
        '<p title="<iframe src=https://evil.example/x></iframe>">a</p>',
        '<data class="frame" value="{&quot;src&quot;: &quot;javascript:alert(1)&quot;}"></data>',
        '<data class="frame" value="[]"></data><data class="frame" value="{"></data>',
        '<data class="frame" value="{&quot;src&quot;: 1, &quot;width&quot;: []}"></data>',
        '<iframe src="https://evil.example/&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>',
        '<iframe src="https://evil.example/x" title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>',
        '<img src="https://pictures.example/&quot; onerror=&quot;alert(1)" alt="&quot; onerror=&quot;alert(1)">',
    ],
)
def test_hostile_marks_and_addresses_bring_in_nothing(hostile: str) -> None:
    html = kept(hostile)
    assert "<script" not in html
    assert "javascript:" not in html
    assert ' onerror="' not in html
    assert ' src="' not in html.replace(' src="/static/portfolio/img/third-party', "")


@pytest.mark.parametrize("hostile", ["<iframe " * 20_000, "<iframe>" * 20_000, "<img src=//a.example" * 5_000])
def test_many_unfinished_tags_take_no_time(hostile: str) -> None:
    started = time.perf_counter()
    kept(hostile)
    assert time.perf_counter() - started < 5
