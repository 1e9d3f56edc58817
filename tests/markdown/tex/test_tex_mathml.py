"""What a browser needs to draw a formula as TeX does: MathML Core, and parts that the style sheet knows."""

import re
from pathlib import Path

import pytest

from portfolio.markdown.html.policy import MATHS_TAGS
from portfolio.markdown.maths import mathml, unknown_commands

SITE_CSS = Path(__file__).parents[3] / "portfolio/static/portfolio/css/site.css"
CORE = frozenset(
    "math semantics annotation mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover "
    "mmultiscripts mprescripts mtable mtr mtd mpadded mphantom mstyle".split()
)
HARD = [
    (r"\lim_{n\to\infty} a_n", "<munder>"),
    (r"\max_{x} f(x)", "<munder>"),
    (r"\arg\max_x f", "<munder>"),
    (r"\cos x", "\u2061"),
    (r"\begin{vmatrix} a \\ b \end{vmatrix}", "<mo>|</mo><mtable"),
    (r"\boxed{E}", 'part="box"'),
    (r"\cancel{x} \bcancel{y} \xcancel{z}", 'part="strike-up strike-down"'),
    (r"\color{red} x", 'mathcolor="#ff0000"'),
    (r"\textcolor{#0a0}{x}", 'mathcolor="#00aa00"'),
    (r"\textcolor[rgb]{1,0.5,0}{x}", 'mathcolor="#ff8000"'),
    (r"\mathbf{0}", "𝟎"),
    (r"\xrightarrow{\text{above}}", "<mover>"),
    (r"\begin{array}{l|c} a & b \\ \hline c & d \\ \hline \end{array}", "rule-bottom"),
    (r"\begin{array}{@{}l*{2}{c}@{}} a & b & c \end{array}", "left"),
    (r"\overbrace{a+b}^{n}", "⏞"),
    (r"\widetilde{abc}", "\u0303"),
    (r"\text{if $x > 0$ holds}", "<mi>x</mi>"),
    (r"\text{a_b & c}", "a_b &amp; c"),
    (r"\begin{pmatrix*}[r] -1 \\ 10 \end{pmatrix*}", "right"),
    (r"\begin{smallmatrix} a & b \\ c & d \end{smallmatrix}", 'scriptlevel="1"'),
    (r"\sum_{\substack{i < n \\ j < m}} a", "<mtable"),
    (r"\mathop{\mathrm{ess\,sup}}_x f", "<munder>"),
    (r"\operatorname{argmin}\limits_x f", "<munder>"),
    (r"a \\ b \\[2pt] c", "<mtr>"),
    (r"\displaylines{a \\ b}", "<mtr>"),
    (r"\pmatrix{a & b \cr c & d}", "<mtr>"),
    (r"a\!b", 'part="back"'),
    (r"f''", 'part="prime"'),
    (r"\unicode{x263A}", "☺"),
    (r"{n \choose k}", 'linethickness="0"'),
    (r"E = mc^2 \tag{$\ast$}", "∗"),
    (r"\begin{align} a &= b \tag{1} \\ c &= d \end{align}", 'part="cell number"'),
    (r"\bigl( \Bigr] \dotsc \dotsb \pmod{n} \dfrac{a}{b}", "<mfrac"),
    (r"\sideset{_1^2}{_3^4}\prod", "<mmultiscripts>"),
    (r"\href{javascript:alert(1)}{x} \class{a}{y} \style{color:red}{z}", "<mi>z</mi>"),
]


@pytest.mark.parametrize(("tex", "part"), HARD)
def test_formula_is_mathml_core(tex: str, part: str) -> None:
    markup = mathml(tex, display=True)
    assert markup.startswith("<math ")
    assert part in markup
    assert set(re.findall(r"<([a-z]+)", markup)) <= CORE
    assert not re.search(r'\s(?:style|class|href|id|columnalign|notation)="', markup.partition("<annotation")[0])


def test_every_part_has_a_rule_in_the_style_sheet() -> None:
    rules = set(re.findall(r"\.formula::part\(([a-z-]+)\)", SITE_CSS.read_text(encoding="utf-8")))
    used = {
        part
        for tex, _ in HARD
        for parts in re.findall(r'part="([^"]+)"', mathml(tex, display=True))
        for part in parts.split()
    }
    assert used <= rules


@pytest.mark.parametrize("tex", [r"\hat " * 4_000 + "x", r"\frac1" * 1_600 + "2", "{" * 41 + "}" * 41, "x" * 10_001])
def test_deep_and_long_formulas_do_not_end_the_process(tex: str) -> None:
    assert mathml(tex, display=False)


def test_unknown_commands_are_named() -> None:
    assert unknown_commands(r"\frac{\alpha}{\unheardof{x}} \ce{H2O} \begin{align} \end{align} \tag{1}") == (
        r"\unheardof",
        r"\ce",
    )


def test_core_is_what_the_sanitiser_lets_pass() -> None:
    assert CORE <= MATHS_TAGS
