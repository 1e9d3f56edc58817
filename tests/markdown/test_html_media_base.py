"""The folder of a document's media, put in front of their addresses."""

import pytest

from portfolio.markdown.html.media_base import media_address, move_media
from portfolio.markdown.nodes import Flavour
from portfolio.markdown.options import Options
from portfolio.markdown.render import render_fragments, to_html
from portfolio.markdown.split import split


@pytest.mark.parametrize(
    ("address", "moved"),
    [
        ("desk.png", "/img/post/desk.png"),
        ("/desk.png", "/img/post/desk.png"),
        ("sub/desk.png", "/img/post/sub/desk.png"),
        ("https://pictures.example/a.png", "https://pictures.example/a.png"),
        ("//pictures.example/a.png", "//pictures.example/a.png"),
        ("data:image/png;base64,xx", "data:image/png;base64,xx"),
        ("", ""),
    ],
)
def test_only_addresses_without_a_host_are_moved(address: str, moved: str) -> None:
    assert media_address(address, "/img/post/") == moved
    assert media_address(address, "") == address


def test_media_are_moved_and_links_are_not() -> None:
    html = '<a href="x">x</a><img alt="a > b" src="x.png"><video poster=\'p.png\'><source src="v.mp4"></video>'
    assert move_media(html, "/m") == (
        '<a href="x">x</a><img alt="a > b" src="/m/x.png"><video poster=\'/m/p.png\'><source src="/m/v.mp4"></video>'
    )


@pytest.mark.parametrize("flavour", Flavour)
def test_folder_holds_however_the_text_is_rendered(flavour: Flavour) -> None:
    options = Options(flavour=flavour, media_subpath="/m")
    text = "![A](a.png)\n\nText[^1] ![B](b.png)\n\n[^1]: ![C](c.png)\n"
    fragments = render_fragments([text], options)
    shown = [to_html(text, options), "".join(fragments.html) + fragments.footnotes]
    for html in shown:
        assert [f"/m/{name}.png" in html for name in "abc"] == [True, True, True]
    assert split(text, options)[0].data["src"] == "/m/a.png"
    assert Options(flavour=flavour).with_settings(options.settings()) == options
