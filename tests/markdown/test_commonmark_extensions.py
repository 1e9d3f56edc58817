"""What a CommonMark engine reads beside CommonMark, switched on one by one."""

import pytest

from portfolio.markdown.nodes import Flavour
from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html


def html(text: str, *extensions: str, smart: bool = False) -> str:
    return to_html(text, Options(flavour=Flavour.GOLDMARK, smart_quotes=smart, extensions=extensions)).strip()


@pytest.mark.parametrize(
    ("text", "extension", "element"),
    [
        ("| a |\n|---|\n| 1 |", "table", "<table>"),
        ("~~gone~~", "strikethrough", "<s>"),
        ("A[^1]\n\n[^1]: n", "footnotes", 'class="footnote-ref"'),
        ("Term\n: said", "definitions", "<dl>"),
        ("- [x] done", "tasklist", 'type="checkbox"'),
        ("See https://tide.example/a.", "autolink", '<a href="https://tide.example/a">https://tide.example/a</a>.'),
    ],
)
def test_extension_is_read_only_where_it_is_asked_for(text: str, extension: str, element: str) -> None:
    assert element in html(text, extension)
    assert element not in html(text)


@pytest.mark.parametrize(
    ("text", "address", "shown"),
    [
        ("(https://t.example/a_(b))", "https://t.example/a_(b)", "https://t.example/a_(b)"),
        ("www.t.example/a?", "http://www.t.example/a", "www.t.example/a"),
        ("write m@t.example.", "mailto:m@t.example", "m@t.example"),
        ("ftp://t.example/x_y_z!", "ftp://t.example/x_y_z", "ftp://t.example/x_y_z"),
        ("https://t.example/a--b...", "https://t.example/a--b", "https://t.example/a--b"),
        ("https://t.example/?a=1&amp;", "https://t.example/?a=1", "https://t.example/?a=1"),
    ],
)
def test_address_in_the_text_is_a_link_without_the_sentences_marks(text: str, address: str, shown: str) -> None:
    assert f'<a href="{address}">{shown}</a>' in html(text, "autolink", "smart_punctuation", smart=True)


@pytest.mark.parametrize(
    "text", ["`https://t.example`", "[www.t.example](/x)", "https://", "a@b", "xhttps://t.example", "    www.t.example"]
)
def test_what_is_no_address_in_the_text_is_left_alone(text: str) -> None:
    assert html(text, "autolink") == html(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('"a" -- b', "“a” – b"),
        ("a---b", "a—b"),
        ("a----b", "a––b"),
        ("a-----b", "a—–b"),
        ("a------b", "a——b"),
        ("a-------b", "a—––b"),
        ("wait...", "wait…"),
        ("(c) +- 1, a??? `--`", "(c) +- 1, a??? <code>--</code>"),
    ],
)
def test_smart_punctuation_is_cmarks(text: str, shown: str) -> None:
    assert html(text, "smart_punctuation", smart=True) == f"<p>{shown}</p>"
