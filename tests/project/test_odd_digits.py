"""Digits that are no decimal ones, like the two of "m²", and numbers too long to be read stop nothing."""

from __future__ import annotations

import pytest

from experience.bibtex.parse import parse_bibtex
from experience.bibtex.store import year_and_day
from portfolio.admin.paste.html.document import read_html
from portfolio.blocks.embeds import pixels
from portfolio.markdown.maths import mathml
from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html

odd_digits = pytest.mark.parametrize("digits", ["²", "9" * 5000], ids=["superscript", "long"])


@odd_digits
def test_in_bibtex(digits: str) -> None:
    source = f"@article{{key, title={{Tides}}, year={{2020}}, month={{{digits}}}, day={{1}}}}"
    (entry,) = parse_bibtex(source.encode()).entries
    assert year_and_day(entry.fields) == (2020, None)


@odd_digits
def test_in_formulas(digits: str) -> None:
    assert "<math" in mathml(rf"\newcommand{{\x}}[1]{{a #{digits} b}} \x{{1}}", display=True)
    assert "<math" in mathml(rf"\begin{{array}}{{*{{{digits}}}{{c}}}} a \end{{array}}", display=True)


@odd_digits
def test_in_the_size_of_an_embed(digits: str) -> None:
    assert pixels(f"{digits}px") is None


@odd_digits
def test_in_the_weight_of_pasted_text(digits: str) -> None:
    assert read_html(f'<p><span style="font-weight:{digits}">Ebb</span></p>')


@odd_digits
def test_in_a_character_reference(digits: str) -> None:
    assert to_html(f"Ebb &#{digits};", Options())
    assert "A" in to_html("&#000000000000065;", Options())
