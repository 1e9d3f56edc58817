"""Drawings keep what draws and nothing that runs or fetches."""

from __future__ import annotations

import base64
import re

import pytest

from portfolio.images.svg import MAX_BYTES, SvgError, sanitise_svg
from tests.images.builders import exif, photo, saved

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


PICTURE = f"data:image/png;base64,{base64.b64encode(saved(photo(), 'PNG')).decode()}"
PHOTO = f"data:image/jpeg;base64,{base64.b64encode(saved(photo(), 'JPEG', exif=exif())).decode()}"


def inside(drawing: str) -> str:
    data = sanitise_svg(f"{OPEN}{drawing}</svg>".encode()).data.decode()
    return data.removeprefix(OPEN).removesuffix("</svg>")


@pytest.mark.parametrize(
    "drawing",
    [
        '<path d="M0 0h9" style="fill:#fff"></path>',
        '<g fill="url(#sea)"><use xlink:href="#wave"></use></g>',
        "<style>.a { fill: url('#sea'); }</style>",
        '<text xml:space="preserve">1 &lt; 2 &amp; é</text>',
        '<image xlink:href="' + PICTURE + '"></image>',
        '<a href="https://saltmarsh.example/"><circle r="2"></circle></a>',
        '<linearGradient id="sea"><stop offset="1"></stop></linearGradient>',
    ],
)
def test_what_draws_is_kept(drawing: str) -> None:
    assert inside(drawing) == drawing


@pytest.mark.parametrize(
    ("drawing", "left", "told"),
    [
        ("<script>alert(1)</script><g></g>", "<g></g>", "<script>"),
        ('<g onclick="alert(1)"></g>', "<g></g>", "onclick on <g>"),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>", "href on <a>"),
        ('<a href=" java\tscript:alert(1)">a</a>', "<a>a</a>", "href on <a>"),
        ('<image href="https://spy.example/a.png"></image>', "<image></image>", "href on <image>"),
        ('<image href="data:image/svg+xml;base64,PHN2Zz4="></image>', "<image></image>", "href on <image>"),
        ('<use xlink:href="other.svg#a"></use>', "<use></use>", "href on <use>"),
        ('<g fill="url(https://spy.example/#a)"></g>', "<g></g>", "fill on <g>"),
        ("<g style=\"fill: url( '//spy.example' )\"></g>", "<g></g>", "style on <g>"),
        ('<g style="fill: u\\72l(//spy.example)"></g>', "<g></g>", "style on <g>"),
        ("<style>@import '//spy.example/a.css';</style>", "<style></style>", "part of <style>"),
        ("<foreignObject><p>x</p></foreignObject>", "", "<foreignObject>"),
        ('<g><set attributeName="href" to="javascript:alert(1)"></set></g>', "<g></g>", "<set>"),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml">1</h:script>', "", "<script>"),
        ('<s:script xmlns:s="http://www.w3.org/2000/svg">1</s:script>', "", "<script>"),
    ],
)
def test_what_runs_or_fetches_is_taken_out_and_told(drawing: str, left: str, told: str) -> None:
    assert inside(drawing) == left
    assert told in sanitise_svg(f"{OPEN}{drawing}</svg>".encode()).removed


@pytest.mark.parametrize(
    "drawing",
    [
        '<image href="{}"></image>',
        '<image xlink:href=" {} "></image>',
        '<image data-source="{}"></image>',
        '<g fill="{}"></g>',
        '<g style="--picture: {}"></g>',
        "<text>{}</text>",
        "<text>{}</text>".replace("{}", "<![CDATA[{}]]>"),
        "<title>before {} behind</title>",
        '<style>.a { --b: "{}" }</style>',
        '<a href="#{}"></a>',
        '<a href="/{}"></a>',
        '<use href="#{}"></use>',
    ],
)
@pytest.mark.parametrize(
    "address",
    [
        PHOTO,
        PHOTO.replace("data:", "DATA:"),
        PHOTO.replace(",", ",\n "),
        PHOTO.replace("image/jpeg", ""),
        PHOTO.replace("image/jpeg", "application/octet-stream"),
        "data:image/png;base64," + base64.b64encode(exif().tobytes()).decode(),
    ],
)
def test_no_picture_in_a_drawing_tells_its_position(drawing: str, address: str) -> None:
    left = inside(drawing.replace("{}", address))
    for found in re.findall(r"[A-Za-z0-9+/=\s]{60,}", left):
        assert b"\x88\x25\x00\x04" not in base64.b64decode(found)
        assert b"\x25\x88\x04\x00" not in base64.b64decode(found)


def test_a_text_that_is_longer_than_a_piece_hides_no_picture() -> None:
    left = inside(f"<text>{'x ' * 3000}{PHOTO}{'A' * 20_000}</text>")
    assert left == "<text></text>"


def test_words_about_data_stay() -> None:
    assert (
        inside("<text>Data: tides, winds; and data:tides</text>") == "<text>Data: tides, winds; and data:tides</text>"
    )


def test_notes_of_the_drawing_program_go_without_a_word() -> None:
    drawing = sanitise_svg(
        b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><!-- made by hand -->'
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:pen="urn:pen" pen:zoom="2"><metadata><x/></metadata><pen:view/>'
        b"<g/></svg>"
    )
    assert drawing.removed == ()
    assert drawing.data.decode() == f"{OPEN}<g></g></svg>"


def test_the_result_is_a_fixed_point() -> None:
    once = sanitise_svg(f'{OPEN}<style>a</style><text>&lt;/text>&lt;script></text><g id="&quot;"/></svg>'.encode())
    assert sanitise_svg(once.data) == once


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "well-formed"),
        (b"<svg>", "well-formed"),
        (b"<html/>", "outermost"),
        (b'<p><svg xmlns="http://www.w3.org/2000/svg"/></p>', "outermost"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "entity"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>', "entity"),
        (b"<svg>" + b"<g>" * 300 + b"</g>" * 300 + b"</svg>", "deep"),
        (b" " * (MAX_BYTES + 1), "more than 5 MB"),
    ],
)
def test_what_is_no_drawing_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(SvgError, match=reason):
        sanitise_svg(data)
