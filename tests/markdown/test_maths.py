from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.markdown.maths import mathml
from portfolio.markdown.sanitise import sanitise


def test_formula_carries_its_tex():
    markup = mathml(r" P < \frac{1}{2} \rho ", display=True)
    assert markup.startswith('<math display="block"><semantics><mrow>')
    annotation = ElementTree.fromstring(markup).find("semantics/annotation")  # noqa: S314 - our own markup
    assert annotation.attrib == {"encoding": "application/x-tex"}
    assert annotation.text == r"P < \frac{1}{2} \rho"


def test_inline_formula_says_so():
    assert mathml("x", display=False).startswith('<math display="inline">')


@pytest.mark.parametrize("tex", [r"\unheardof{x}", "", r"\frac{a}{", "{" * 200, "x" * 20_000])
def test_what_cannot_be_converted_stays_readable(tex):
    assert mathml(tex, display=True).startswith('<code class="tex" data-math="')


def test_macros_serve_their_own_formula_only():
    assert "<mi>b</mi>" in mathml(r"\newcommand{\tide}{b} \tide", display=True)
    assert mathml(r"\tide", display=True).startswith("<code")


def test_macros_that_multiply_are_not_followed():
    tex = r"\newcommand{\a}[1]{" + "#1" * 2_000 + r"}\a{" + "x" * 5_000 + "}"
    assert mathml(tex, display=True).startswith("<code")


def test_tex_is_escaped():
    assert mathml(r'\unheardof "<b>', display=False) == (
        '<code class="tex" data-math="\\unheardof &quot;&lt;b&gt;">\\unheardof "&lt;b&gt;</code>'
    )


def test_equations_carry_no_numbers():
    assert "(1)" not in mathml(r"\begin{align} a &= b \\ c &= d \end{align}", display=True)


@given(tex=st.text(alphabet="abx12+-=^_{}\\ &<>()[]|,."))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_markup_that_survives_the_sanitiser(tex):
    markup = mathml(tex, display=False)
    ElementTree.fromstring(markup)  # noqa: S314 - our own markup
    assert sanitise(markup).startswith(("<math", "<code"))
