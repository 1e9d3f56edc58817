from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.markdown.html.sanitise import sanitise, sanitise_reporting
from portfolio.markdown.maths import marked_tex, mathml, show_formulas
from portfolio.markdown.text import visible_text


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
    assert mathml(tex, display=True).startswith('<code class="tex display" data-math="')


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


@pytest.mark.parametrize(
    "environment",
    ["align", "align*", "aligned", "split", "flalign", "alignat{1}", "alignedat{1}", "cases", "dcases", "rcases"],
)
def test_rows_and_columns_of_an_environment_are_a_table(environment):
    name, _, argument = environment.partition("{")
    tex = rf"\begin{{{name}}}{'{' + argument if argument else ''} a &= b \\ c &= d \end{{{name}}}"
    assert mathml(tex, display=True).count("<mtd") == 4


def test_lines_outside_of_an_environment_are_rows():
    markup = mathml(r"a = \{1\} \\ b = \begin{pmatrix} 1 \\ 2 \end{pmatrix} \\[2pt] c \\", display=True)
    assert markup.count("<mtr>") == 3 + 2
    assert "<mi>p</mi>" not in markup


@pytest.mark.parametrize("tex", [r"a \\", r"\frac{a \\ b}{c}", r"\left( a \right)", r"a & b \\ c"])
def test_a_formula_of_one_line_is_no_table(tex):
    assert "<mtable" not in mathml(tex, display=True)


@pytest.mark.parametrize("environment", ["gather", "gather*", "gathered", "multline"])
def test_lines_of_an_environment_are_rows(environment):
    tex = rf"\begin{{{environment}}} a \\ b \end{{{environment}}}"
    assert mathml(tex, display=True).count("<mtr>") == 2


def test_three_columns_stay_three():
    assert mathml(r"\begin{eqnarray} a &=& b \end{eqnarray}", display=True).count("<mtd") == 3


def test_columns_without_a_table_stay_readable():
    assert mathml(r"a & b", display=True).startswith("<code")
    assert mathml(r"a \& b", display=True).startswith("<math")


def test_cells_of_a_shown_formula_can_be_aligned_by_the_page():
    shown = show_formulas(marked_tex(r"\begin{aligned} a &= b \end{aligned}", display=True))
    assert '<mtd part="cell first right join-end"><mi>a</mi></mtd><mtd part="' in shown


def test_equations_carry_no_numbers():
    assert "(1)" not in mathml(r"\begin{align} a &= b \\ c &= d \end{align}", display=True)


@given(tex=st.text(alphabet="abx12+-=^_{}\\ &<>()[]|,."))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_markup_that_survives_the_sanitiser(tex):
    markup = mathml(tex, display=False)
    ElementTree.fromstring(markup)  # noqa: S314 - our own markup
    assert sanitise_reporting(markup).removed == ()


def test_a_formula_brings_no_link_and_no_style():
    markup = mathml(r"\href{javascript:alert(1)}{x} \color{red}{y} \class{a}{z}", display=False)
    assert "href=" not in markup
    assert "class=" not in markup
    assert "style=" not in markup
    assert 'mathcolor="#ff0000"' in markup


def test_marked_tex_is_shown_as_mathml_after_the_sanitiser():
    html = sanitise(f"<p>So {marked_tex('a < b', display=False)}.</p>\n{marked_tex('c', display=True)}")
    shown = show_formulas(html)
    assert '<template shadowrootmode="open"><math part="math" display="inline"><semantics>' in shown
    assert '<math part="math display" display="block">' in shown
    assert shown.count('<annotation encoding="application/x-tex">') == 2
    assert '</math></template><code class="tex" data-math="a &lt; b">\\(a &lt; b\\)</code></span>' in shown


def test_the_words_of_a_shown_formula_are_its_tex_once():
    assert visible_text(show_formulas(f"<p>So {marked_tex('a_1 < b', display=False)}.</p>")) == r"So \(a_1 < b\)."


@pytest.mark.parametrize(
    "html",
    [
        "<code>a</code>",
        '<code class="tex">a</code>',
        '<code class="language-tex" data-math="a">a</code>',
        '<code class="tex" data-math="\\unheardof">\\unheardof</code>',
        '<code data-math="a" data-lang="tex"><em>a</em></code>',
    ],
)
def test_other_code_is_left_as_it_is(html):
    assert show_formulas(html) == html
