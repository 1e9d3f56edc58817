import pytest

from portfolio.markdown.tex.macros import definitions, expand
from portfolio.markdown.tex.tokens import TexError


@pytest.mark.parametrize(
    ("tex", "expanded"),
    [
        (r"\newcommand{\tide}{h} \tide x", "hx"),
        (r"\newcommand\tide[1]{h_{#1}}\tide{ab}\tide3", "h_{ab}h_{3}"),
        (r"\newcommand{\norm}[2][2]{|#2|_{#1}}\norm{x}\norm[3]y", "|x|_{2}|y|_{3}"),
        (r"\def\f#1#2{#2#1}\f ab", "ba"),
        (r"\let\old\vec\renewcommand{\vec}[1]{\old{\mathbf{#1}}}\vec x", r"\vec{\mathbf{x}}"),
        (r"\DeclareMathOperator{\Tr}{Tr}\Tr A", r"\operatorname{Tr}A"),
        (r"\DeclareMathOperator*{\am}{arg\,max}\am_x", r"\operatorname*{arg\,max}_x"),
        (r"\newcommand{\a}{\b}\newcommand{\b}{c}\a", "c"),
        ("a % a comment\nb", "a b"),
    ],
)
def test_macros_are_expanded(tex: str, expanded: str) -> None:
    assert expand(tex, {}).replace(" ", "") == expanded.replace(" ", "")


@pytest.mark.parametrize(
    "tex",
    [
        r"\def\a{\a}\a",
        r"\def\a{\b\b}\def\b{\a\a}\a",
        r"\newcommand{\a}[1]{" + "#1" * 200 + r"}\a{\a{\a{\a{x}}}}",
        r"\newcommand{\a}[1]{" + "#1" * 2_000 + r"}\a{" + "x" * 5_000 + "}",
        r"\newcommand{\a",
        r"\newcommand{\a}[x]{b}",
    ],
)
def test_macros_that_never_end_or_grow_without_bound_are_refused(tex: str) -> None:
    with pytest.raises(TexError):
        expand(tex, {})


def test_definitions_are_told_by_name() -> None:
    tex = r"\newcommand{\R}{\mathbb{R}} x \def\f#1{#1^2} \let\e\varepsilon"
    assert dict(definitions(tex)) == {
        r"\R": r"\newcommand{\R}{\mathbb{R}}",
        r"\f": r"\def\f#1{#1^2}",
        r"\e": r"\let\e\varepsilon",
    }
