import pytest

from portfolio.markdown.tex.site_macros import MAX_MACROS, site_macros


@pytest.mark.parametrize(
    ("layout", "macros"),
    [
        (
            r"""<script>MathJax = {tex: {inlineMath: [['$','$']], macros: {RR: '\\mathbb{R}', // reals
                bold: ["{\\bf #1}", 1], norm: ["|#2|_{#1}", 2, "2"]}}};</script>""",
            [
                r"\newcommand{\RR}{\mathbb{R}}",
                r"\newcommand{\bold}[1]{{\bf #1}}",
                r"\newcommand{\norm}[2][2]{|#2|_{#1}}",
            ],
        ),
        (
            r"""renderMathInElement(document.body, {macros: {"\\f": "#1f(#2)", "\\e": "\\varepsilon"}});""",
            [r"\newcommand{\f}[2]{#1f(#2)}", r"\newcommand{\e}{\varepsilon}"],
        ),
        (r"""MathJax.Hub.Config({TeX: {Macros: {RR: "\\mathbb{R}"}}});""", [r"\newcommand{\RR}{\mathbb{R}}"]),
        (
            r"""<div style="display:none">$$\newcommand{\R}{\mathbb{R}} \DeclareMathOperator{\Tr}{Tr}$$</div>""",
            [r"\newcommand{\R}{\mathbb{R}}", r"\DeclareMathOperator{\Tr}{Tr}"],
        ),
        (r"<script>const macros = {a: 1, b: [2]};</script> \newcommand{\broken", [""]),
        (r"<!-- $$\newcommand{\R}{x}$$ -->", [""]),
    ],
)
def test_macros_of_a_layout(layout: str, macros: list[str]) -> None:
    assert site_macros([layout]).split("\n") == macros


def test_macros_of_a_site_are_bounded() -> None:
    many = ",".join(f'{chr(97 + number % 26) * (1 + number // 26)}: "{"x" * 100}"' for number in range(500))
    assert 0 < len(site_macros([f"macros: {{{many}}}"])) <= MAX_MACROS + 500
