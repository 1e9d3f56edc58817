import pytest

from portfolio.markdown.maths import converted_formulas, marked_tex, show_formulas
from portfolio.markdown.tex.document import DocumentFormulas


def page(*formulas: str) -> str:
    return "\n".join(f"<p>{marked_tex(tex, display=True)}</p>" for tex in formulas)


def tags(*formulas: str) -> list[str]:
    document = DocumentFormulas.of((tex, True) for tex in formulas)
    assert document is not None
    return [formula.tex for formula in document.formulas]


def test_formulas_that_need_nothing_of_each_other_stand_for_themselves() -> None:
    assert DocumentFormulas.of([(r"\begin{align} a &= b \end{align}", True), (r"a \tag{3}", True)]) is None


def test_rows_of_numbered_environments_are_counted_through_the_document() -> None:
    first, second, third, fourth = tags(
        r"\begin{equation} a \label{eq:a} \end{equation}",
        r"\begin{align} b &= c \\ d &= e \notag \\ f &= g \tag{X} \\ h &= \begin{cases} 1 \\ 2 \end{cases} \end{align}",
        r"\begin{align*} i \end{align*}",
        r"j",
    )
    assert r"\tag{1}" in first
    assert (second.count(r"\tag"), r"\tag{2}" in second, r"\tag{X}" in second, r"\tag{3}" in second) == (3, *[True] * 3)
    assert r"\tag" not in third + fourth


def test_label_without_an_environment_has_a_number() -> None:
    assert tags(r"a = b \label{x}") == [r"a = b \tag{1}"]


def test_references_in_text_and_in_formulas_lead_to_the_equation() -> None:
    html = page(r"\begin{equation} a \label{eq:a b} \end{equation}", r"b \tag{$\ast$} \label{star}")
    words = r"<p>By \eqref{eq:a b}, \ref{star}, \eqref{none}, <code>\eqref{star}</code></p>"
    inline = marked_tex(r"\eqref{star}", display=False)
    shown = show_formulas(html + words + inline + marked_tex(r"x \overset{\eqref{eq:a b}}{=} y", display=False))
    assert '<span id="mjx-eqn:eq:a-b"></span>' in shown
    assert r'By <a href="#mjx-eqn:eq:a-b">(1)</a>, ' in shown
    assert r", \eqref{none}, <code>\eqref{star}</code>" in shown
    assert "<mtext>(1)</mtext>" in shown
    assert shown.count('href="#mjx-eqn:star"') == 2


def test_shown_formula_keeps_the_tex_of_its_author_for_copying() -> None:
    shown = show_formulas(page(r"a \label{x}"))
    assert r'<annotation encoding="application/x-tex">a \label{x}</annotation>' in shown


def test_macros_of_one_formula_serve_the_next_ones() -> None:
    html = page(r"\newcommand{\R}{\mathbf{R}} \newcommand{\V}{\R^n}", r"x \in \V", r"y")
    assert list(converted_formulas(html)) == [
        (r"\newcommand{\R}{\mathbf{R}}\newcommand{\V}{\R^n}x \in \V", True),
        ("y", True),
    ]
    shown = show_formulas(html)
    assert shown.count("<template") == 2
    assert shown.count("<span hidden>") == 1


@pytest.mark.parametrize("tex", [r"a \label{", r"\begin{align} a \label{x}", r"\newcommand{\a}{", r"\label{}"])
def test_what_is_no_tex_stays_readable(tex: str) -> None:
    assert "data-math" in show_formulas(page(tex, "b"))
