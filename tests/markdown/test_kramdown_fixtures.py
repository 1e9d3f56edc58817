"""Our reading of kramdown against what the real kramdown made of the same text."""

import re
from pathlib import Path

import pytest

from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html
from portfolio.markdown.split import split

FIXTURES = Path(__file__).parent / "fixtures" / "kramdown"
CASE = re.compile(r"^(\S[^\n]*)\n\.\n(.*?)^\.\n(.*?)^\.\n", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"<code[^>]*>.*?</code>", re.DOTALL)


def cases():
    for path in sorted(FIXTURES.glob("*.md")):
        for title, source, expected in CASE.findall(path.read_text(encoding="utf-8")):
            yield pytest.param(source, expected, id=f"{path.stem}: {title}")


def without_tokens(html):
    """Leave out the highlighter's tokens, which are its own affair, and our marks for it."""
    return CODE.sub(lambda match: re.sub(r"</?span[^>]*>| data-lexer=\"[^\"]*\"", "", match[0]), html)


@pytest.mark.parametrize(("source", "expected"), list(cases()))
def test_html_is_what_kramdown_makes(source, expected):
    # TeX instead of MathML: the one thing in which we differ on purpose.
    html = to_html(source, Options(marked_maths=False))
    assert without_tokens(html).strip() == expected.strip()


def body_of(html):
    """Leave out the list of footnotes, which belongs to no node, and blank lines."""
    body = re.sub(r'<div class="footnotes".*?\n</div>', "", html, flags=re.DOTALL)
    return re.sub(r"\n+", "\n", body).strip()


@pytest.mark.parametrize(("source", "expected"), list(cases()))
def test_nodes_show_the_same_as_the_whole(source, expected):
    shown = "\n".join(node.html for node in split(source, Options(marked_maths=False)))
    assert body_of(without_tokens(shown)) == body_of(expected)


def test_fixtures_are_found():
    assert len(list(cases())) > 150
