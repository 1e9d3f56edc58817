import pytest

from portfolio.markdown.maths import formulas_as_text, marked_tex
from portfolio.markdown.tex.plain_text import tex_as_text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"x^2", "x²"),
        (r"O(n \log n)", "O(n log n)"),
        (r"e^{i\pi} + 1 = 0", "e^(iπ) + 1 = 0"),
        (r"a_{i+1} \le \frac{1}{2}", "aᵢ₊₁ ≤ 1/2"),
        (r"\sqrt{x+1}", "√(x + 1)"),
        (r"\mathbb{R}^n", "ℝⁿ"),
        (r"\alpha, \beta", "α, β"),
        (r"\sum_{i=1}^n i", None),
        (r"\begin{pmatrix} a \end{pmatrix}", None),
        (r"\unheardof", None),
        ("x + " * 40 + "x", None),
    ],
)
def test_short_formula_is_a_line_of_characters(tex: str, text: str | None) -> None:
    assert tex_as_text(tex) == text


def test_excerpt_has_no_tex() -> None:
    html = f"<p>Let {marked_tex('x^2 < y', display=False)} and {marked_tex(r'{a}^{b^c}_{d}{}', display=False)}.</p>"
    assert formulas_as_text(html) == "<p>Let x² &lt; y and ….</p>"
