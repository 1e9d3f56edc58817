"""Inline style said without style: what can be is kept, what cannot is told of."""

import pytest

from portfolio.markdown.html.sanitise import sanitise, sanitise_reporting

SAID = {
    '<p style="text-align: right">a</p>': '<p align="right">a</p>',
    '<h2 style="TEXT-ALIGN:CENTER !important;">a</h2>': '<h2 align="center">a</h2>',
    '<img src="a.png" style="width: 200px; height: 100.5px">': '<img src="a.png" width="200" height="100">',
    '<img src="a.png" style="width:50%;height:auto;max-width:100%">': '<img src="a.png" width="50%">',
    '<img src="a.png" width="9" style="width: 20px">': '<img src="a.png" width="20">',
    '<img style="float:right" class="wide" src="a.png">': '<img class="wide float-right" src="a.png">',
    '<div style="float: left;">a</div>': '<div class="float-left">a</div>',
    '<div style="clear: both"></div>': '<div class="float-clear"></div>',
    '<img src="a.png" style="display:block; margin: 0 auto">': '<img src="a.png" class="centred">',
    '<img src="a.png" style="margin-left:auto;margin-right:auto">': '<img src="a.png" class="centred">',
    '<p style="">a</p>': "<p>a</p>",
    '<p style="float:none;border:0">a</p>': "<p>a</p>",
}

LEFT_OUT = (
    "color: red",
    "position: fixed; inset: 0",
    "width: 50%",  # of a paragraph
    "text-align: left; color: red",
    "background: url(javascript:alert(1))",
    "float: left; background: url('data:image/png;base64,x')",
    "width",
    "float: middle",
    "margin: 10px",
    "expression(alert(1))",
    "text-align: cen\\ter",
)


@pytest.mark.parametrize(("html", "clean"), SAID.items(), ids=SAID)
def test_what_html_can_say_is_kept(html, clean):
    found = sanitise_reporting(html)
    assert (found.html, found.removed) == (clean, ())
    assert sanitise(found.html) == found.html


@pytest.mark.parametrize("style", LEFT_OUT)
def test_what_it_cannot_say_is_told_of(style):
    found = sanitise_reporting(f'<p style="{style}">a</p>')
    assert found.removed == ("style on <p>",)
    assert "style" not in found.html
    assert "url" not in found.html


def test_a_size_is_a_number_within_reason():
    for size in ("0", "99999px", "-5px", "1e9px", "calc(1px)", "200%", "0%"):
        assert sanitise(f'<img src="a.png" style="width: {size}">') == '<img src="a.png">'


def test_films_and_sounds_can_be_started_by_a_reader():
    assert sanitise('<video autoplay muted loop src="/a.mp4"></video>') == (
        '<video muted="" loop="" src="/a.mp4" controls=""></video>'
    )
    assert sanitise('<audio src="/a.mp3"></audio>') == '<audio src="/a.mp3" controls=""></audio>'
    assert sanitise('<video controls src="/a.mp4"></video>').count("controls") == 1
