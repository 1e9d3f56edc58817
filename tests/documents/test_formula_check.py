"""Formulas that cannot be shown as they were are told with their line; those that can are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from blog.models import BlogPage
from portfolio.models import SiteSettings
from tests.importer.trees import post, row, run, write_tree

POST = "_posts/2021-05-04-tides.md"
MATHJAX = '<script src="/mathjax/tex-chtml.js"></script>{{ content }}'
DOLLARS = "<script>MathJax = {tex: {inlineMath: [['$','$']], macros: {RR: '\\\\mathbb{R}'}}};</script>{{ content }}"


def problems(tmp_path: Path, body: str, layout: str = MATHJAX) -> list[tuple[str, int | None, str]]:
    tree = write_tree(tmp_path, {POST: post(body), "_layouts/post.html": layout})
    return [(problem.code, problem.line, problem.message) for problem in row(run(tree), POST).problems]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("formula", "name"),
    [
        ("$$\nx \\in \\RR\n$$", r"\RR"),
        ("Let $$x \\in \\RR$$ be.", r"\RR"),
        ("Let \\\\(x \\in \\RR\\\\) be.", r"\RR"),
        ("$$ \\ce{H2O} $$", r"\ce"),
        ("| $$\\RR$$ | a |", r"\RR"),
        ("Water[^1].\n\n[^1]: Note $$\\RR$$", r"\RR"),
    ],
)
def test_command_that_is_not_known_is_named(formula: str, name: str, tmp_path: Path) -> None:
    (code, line, message), *others = problems(tmp_path, f"Before.\n\n{formula}\n")
    assert (code, others) == ("formula-as-tex", [])
    assert line is not None
    assert line >= 7
    assert f"{name} is not known" in message


@pytest.mark.django_db
def test_unknown_command_of_a_dollar_site_is_named(tmp_path: Path) -> None:
    found = problems(tmp_path, "Let $x_i$ be in $\\QQQ$, `$\\HOME$` is code.\n", DOLLARS)
    assert [(code, r"\QQQ" in message) for code, _, message in found] == [("formula-as-tex", True)]


@pytest.mark.django_db
def test_macros_of_the_old_site_become_a_setting_and_serve_every_page(tmp_path: Path, client: Client) -> None:
    assert problems(tmp_path, "Let $x_i$ be in $\\RR$.\n", DOLLARS) == []
    assert SiteSettings.objects.get().formula_macros == r"\newcommand{\RR}{\mathbb{R}}"
    assert "<mi>ℝ</mi>" in client.get(BlogPage.objects.get().url).content.decode()
    settings = SiteSettings.objects.get()
    settings.formula_macros = r"\newcommand{\RR}{\mathbf{Q}}"
    settings.save()
    assert "<mi>𝐐</mi>" in client.get(BlogPage.objects.get().url).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("reference", [r"\eqref{e1}", r"\ref{e1}"])
def test_reference_to_no_equation_is_told(reference: str, tmp_path: Path) -> None:
    body = f"$$\\begin{{align}} a &= b \\label{{e2}} \\end{{align}}$$\n\nBy {reference}, and `\\eqref{{code}}`.\n"
    found = problems(tmp_path, body)
    assert [(code, line) for code, line, _ in found] == [("formula-number", 7)]
    assert reference in found[0][2]


@pytest.mark.django_db
def test_numbered_equation_and_macro_of_another_formula_are_shown(tmp_path: Path, client: Client) -> None:
    body = (
        "$$\\newcommand{\\tide}[1]{h_{#1}}$$\n\n$$\\begin{align} a &= \\tide{1} \\label{e1} \\end{align}$$\n\n"
        "By \\eqref{e1}.\n"
    )
    assert problems(tmp_path, body) == []
    page = BeautifulSoup(client.get(BlogPage.objects.get().url).content, "lxml").select_one("[data-article-body]")
    assert page is not None
    assert page.select_one('a[href="#mjx-eqn:e1"]').get_text() == "(1)"
    assert page.find(id="mjx-eqn:e1") is not None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        "$$\n\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}\n$$\n",
        "Let $$\\frac{1}{2} < \\sqrt{x}$$ and $$\\operatorname*{argmax}_x f$$ be.\n",
        "`\\eqref{x}` and\n\n    \\begin{equation}\n\nare code.\n",
    ],
)
def test_formulas_that_are_shown_are_not_told(body: str, tmp_path: Path) -> None:
    assert problems(tmp_path, body) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("tag", "shown"), [(r"\tag{1}", "(1)"), (r"\tag*{Eq. 2}", "Eq. 2"), (r"\tag{$\star$}", "⋆")])
def test_number_of_an_author_is_shown(tag: str, shown: str, tmp_path: Path, client: Client) -> None:
    assert problems(tmp_path, f"$$\n\\begin{{align}}\na &= b {tag} \\\\\nc &= d\n\\end{{align}}\n$$\n") == []
    body = BeautifulSoup(client.get(BlogPage.objects.get().url).content, "lxml").find(attrs={"data-article-body": True})
    assert body is not None
    assert shown in body.find("template").get_text()


@pytest.mark.django_db
def test_environment_without_marks_is_a_formula_as_it_was(tmp_path: Path, client: Client) -> None:
    assert problems(tmp_path, "So\n\n\\begin{equation}\nE = mc^2\n\\end{equation}\n\nholds.\n") == []
    body = BeautifulSoup(client.get(BlogPage.objects.get().url).content, "lxml").select_one("[data-article-body]")
    assert body is not None
    assert body.find("annotation") is not None


@pytest.mark.django_db
def test_environment_that_markdown_broke_is_told(tmp_path: Path) -> None:
    found = problems(tmp_path, "\\begin{align}\na*b*c &= d\n\\end{align}\n")
    assert [(code, line) for code, line, _ in found] == [("formula-as-tex", 5)]


@pytest.mark.django_db
def test_site_without_a_script_is_told_of_its_own_formulas_only(tmp_path: Path) -> None:
    assert problems(tmp_path, "We write \\eqref{e1} and \\begin{align} as words.\n", "{{ content }}") == []
