"""Bibliographies, and the tags of jekyll-scholar that show them."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.engines.jekyll.bibtex import plain_latex, read_bibtex
from tests.importer.test_convert import document

BIB = r"""
@string{jt = "Journal of Tides"}
@comment{nothing}
@article{one2020,
  title = {On {Water} \& Pumps}, author = {Brackwater, Odalys and M{\"u}ller, Jos\'{e}},
  journal = jt # { (new)}, year = 2020, doi = {10.1/x}, selected = {true}
}
Some words between.
@inproceedings{two2019, title="Deep {\"Uber} sea", author={The {Harbour} and Ann Weld and Bo Lee},
  booktitle={Proc.}, year={2019}}
@broken{ no key = {x}
"""


def test_entries_are_read() -> None:
    one, two = read_bibtex(BIB)
    assert (one.kind, one.key, one.text("title"), one.text("journal")) == (
        "article", "one2020", "On Water & Pumps", "Journal of Tides (new)",
    )  # fmt: skip
    assert one.people == [("Odalys", "Brackwater"), ("José", "Müller")]
    assert two.text("title") == "Deep Über sea"
    assert [family for _, family in two.people] == ["Harbour", "Weld", "Lee"]


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\v{C}apek", "Čapek"),
        (r"na\"{\i}ve", "naïve"),
        (r"Stra{\ss}e", "Straße"),
        (r"1--2~km", "1–2 km"),
        (r"\emph{x}", "x"),
    ],
)
def test_latex_is_plain_text(latex: str, text: str) -> None:
    assert plain_latex(latex) == text


def test_tags_show_the_bibliography(tmp_path: Path) -> None:
    (tmp_path / "_bibliography").mkdir()
    (tmp_path / "_bibliography/references.bib").write_text(BIB, "utf-8")
    found = document(tmp_path, "---\n---\n{% cite one2020 two2019 %} {% bibliography -q @*[selected=true]* %}\n")
    shown = "".join(node.html for node in found.nodes)
    assert '<a href="#one2020">Brackwater &amp; Müller, 2020</a>; <a href="#two2019">Harbour et al., 2019</a>' in shown
    assert '<li id="one2020">Brackwater, O. &amp; Müller, J. (2020). On Water &amp; Pumps.' in shown
    assert ("https://doi.org/10.1/x" in shown, "Deep" in shown, found.problems) == (True, False, ())
    other = document(tmp_path, "---\n---\n{% cite none %}\n")
    assert [problem.code for problem in other.problems] == ["missing-citation"]
