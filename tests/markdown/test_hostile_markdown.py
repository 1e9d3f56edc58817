"""Text written to hurt: it must come back as something, in bounded depth. Growth of time: see growth.py."""

import pytest

from portfolio.markdown.html.sanitise import sanitise
from portfolio.markdown.nodes import Flavour
from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html
from portfolio.markdown.split import split

HOSTILE = {
    "quotes": "> " * 50_000 + "a",
    "quote lines": ">" * 100_000,
    "brackets": "[" * 100_000,
    "images": "![" * 20_000,
    "stars": "*" * 100_000,
    "opened stars": "*a " * 10_000,
    "underscores": "_a " * 10_000,
    "backticks": "`" * 100_000,
    "fences": "```x\n" * 10_000,
    "dollars": "$" * 100_000,
    "formulas": "$$a " * 2_000,
    "tags": "<b>" * 30_000,
    "blocks": "<div>\n" * 30_000,
    "read blocks": '<div markdown="1">\n' * 10_000,
    "lists": "- " * 20_000 + "a",
    "links": "[a](" * 20_000,
    "attributes": "{:a\n" * 4_000,
    "quotation marks": "\"'" * 10_000,
    "pipes": "|" * 10_000,
    "struck out": "~~a " * 20_000,
    "tag with open quote": '<a b="' * 10_000,
}


@pytest.mark.parametrize("flavour", list(Flavour))
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_shown(text, flavour):
    html = to_html(text, Options(flavour=flavour))
    assert html
    assert len(html) < 60 * len(text)
    assert sanitise(html)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_split(text):
    nodes = split(text, Options())
    assert "".join(text[node.start : node.end] for node in nodes) == text


def test_half_a_character_pair_is_replaced():
    assert to_html("a\ud800b\n", Options()) == "<p>a\ufffdb</p>\n"
