"""Every parser of somebody's text has a bound: here is the list, and a text that would hurt for each."""

from __future__ import annotations

import ast
import resource
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from portfolio.admin import comparison
from portfolio.discovery.feeds import content
from portfolio.discovery.markdown_pages.readable_writer import ReadableWriter
from portfolio.documents.html_references import html_references
from portfolio.documents.yaml_writer import is_plain
from portfolio.importer.body.rich_text import MOST_TAGS, NotRichText, to_rich_text
from portfolio.markdown.markup_source import code, formula, unsafe_html
from portfolio.markdown.markup_source import markdown as markdown_source
from portfolio.markdown.markup_worker import MarkupLimits, make_all
from portfolio.markdown.nodes import Flavour
from portfolio.markdown.options import Options
from portfolio.markdown.text import visible_text
from tests import builders

ROOT = Path(__file__).resolve().parents[2]

IN_A_WORKER = "in a worker process: portfolio.markdown.markup_worker, or portfolio.importer.conversion.worker"
BOUNDED = "its input is bounded before, or it is linear"
IN_THE_BACKGROUND = "by a command, or by a task in a process of its own"

# Each third-party parser (and those of Python's that are not linear) by the modules that use it, and what bounds it.
PARSERS: dict[str, dict[str, str]] = {
    "pygments": {"portfolio/markdown/highlight.py": IN_A_WORKER},
    "math_core": {"portfolio/markdown/tex/mathml.py": IN_A_WORKER},
    "markdown_it": {
        "portfolio/markdown/active_content.py": "MAX_PARSED",
        "portfolio/markdown/attribute_lists.py": IN_A_WORKER,
        "portfolio/markdown/smart_punctuation.py": IN_A_WORKER,
        "portfolio/markdown/commonmark/": IN_A_WORKER,
        "portfolio/markdown/kramdown/": "its list of rules only",
    },
    "mdit_py_plugins": {
        "portfolio/markdown/commonmark/": IN_A_WORKER,
    },
    "nh3": {
        "portfolio/markdown/html/sanitise.py": "in a worker when the text is long; depth is bounded before",
        "portfolio/admin/paste/html/parse.py": IN_A_WORKER,
    },
    "yaml": {
        "portfolio/documents/yaml_reader.py": "bytes, depth, aliases and merge keys are bounded",
        "portfolio/documents/yaml_writer.py": "it only writes",
        "portfolio/documents/front_matter_edit.py": BOUNDED,
    },
    "bibtexparser": {"experience/bibtex/parse.py": "MAX_BYTES, MAX_ENTRIES and MAX_NESTING; it is linear"},
    "icalendar": {"experience/works/talk_calendar.py": "it only writes"},
    "liquid": {"portfolio/engines/jekyll/liquid/": IN_A_WORKER},
    "bs4": {
        "portfolio/discovery/feeds/content.py": "MOST_TAGS",
        "portfolio/discovery/markdown_pages/readable_writer.py": "MOST_TAGS",
        "portfolio/engines/jekyll/layout/": IN_A_WORKER,
        "portfolio/exporter/": IN_THE_BACKGROUND,
        "experience/resume/pdf.py": IN_THE_BACKGROUND,
        "portfolio/admin/paste/html/": IN_A_WORKER,
    },
    "weasyprint": {"experience/resume/pdf.py": IN_THE_BACKGROUND},
    "lxml": {},
    "html.parser": {
        "portfolio/importer/body/rich_text.py": "MOST_TAGS; its text comes from a worker",
        "portfolio/markdown/writing/rich_text_parser.py": "stored rich text, whose tags are whole: linear",
    },
    "defusedxml": {"experience/resume/readers/europass.py": "MAX_XML, and no DTD: it is linear"},
    "xml": {
        "experience/resume/readers/europass.py": "the classes of its tree only",
        "portfolio/markdown/tex/plain_text.py": "MAX_TEX; it walks the tree of the converter",
        "portfolio/markdown/maths.py": "it only writes",
        "portfolio/markdown/tex/mathml.py": IN_A_WORKER,
        "portfolio/images/svg.py": IN_THE_BACKGROUND,
        "portfolio/importer/urls/published_urls.py": IN_THE_BACKGROUND,
    },
    "difflib": {
        "portfolio/admin/comparison.py": "MOST_WORDS and MOST_LINES",
        "portfolio/admin/editor/block_look.py": "the names of COMMON_LANGUAGES, and LONGEST_LANGUAGE characters",
        "portfolio/exporter/": IN_THE_BACKGROUND,
        "portfolio/importer/": IN_THE_BACKGROUND,
        "portfolio/search/suggestion.py": "COMPARED words of at most MAX_TERM characters for each of MAX_WORDS words",
        "portfolio/delivery/errors.py": "60 slugs, and 200 characters of an address",
    },
}


def modules_that_use(library: str) -> set[str]:
    found = set()
    for app in ("portfolio", "blog", "experience"):
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                names = [name for name in names if not name.endswith((".common.entities", ".common.html_blocks"))]
                if any(name == library or name.startswith(f"{library}.") for name in names):
                    found.add(path.relative_to(ROOT).as_posix())
    return found


@pytest.mark.parametrize("library", PARSERS)
def test_whoever_uses_a_parser_says_what_bounds_it(library: str) -> None:
    unknown = {
        module
        for module in modules_that_use(library)
        if not any(module == known or (known.endswith("/") and module.startswith(known)) for known in PARSERS[library])
    }
    assert unknown == set()


QUICK = MarkupLimits(cpu_seconds=0.5, document_seconds=0.5)


@pytest.mark.parametrize(
    "source",
    [
        code('"\\' * 95_000, "perl"),
        markdown_source(["![" * 100_000], Options(flavour=Flavour.GOLDMARK)),
        markdown_source(["\"'" * 100_000], Options(flavour=Flavour.GOLDMARK)),
        markdown_source(["{:a\n" * 100_000], Options()),
        markdown_source(["*a " * 200_000], Options()),
        unsafe_html("<b>" * 1_000_000),
    ],
    ids=["highlighting", "pictures", "quotation marks", "attributes", "emphasis", "HTML"],
)
def test_a_worker_gives_up_what_costs_too_much(source: Any) -> None:
    ((_, made),) = make_all([source], QUICK)
    assert made.stopped


@pytest.mark.parametrize(
    "tex",
    [
        "{" * 5000 + "x" + "}" * 5000,
        r"\left(" * 2000,
        r"\frac" * 2000,
        "x^" * 5000,
        r"\begin{matrix}" * 500,
        r"\def\a{\a\a}\a",
        r"\newcommand{\x}{" + "y" * 9000 + "}",
        "&" * 9000,
        "x" * 1_000_000,
    ],
    ids=lambda tex: tex[:12],
)
def test_no_formula_takes_more_than_its_time(tex: str) -> None:
    source = formula(tex, display=True)
    ((_, made),) = make_all([source])
    assert made.html == "" or made.html.startswith("<math ")


def spent() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


GENEROUS = 20  # seconds of processor time, for what takes a fraction of one; unbounded it would be hours


@pytest.mark.parametrize(
    "text",
    ["[" * 60_000, "{a: " * 15_000, "&a " * 20_000, '"' * 60_000, "? " * 30_000, "- " * 30_000, "x" * 2_000_000],
    ids=lambda text: text[:4],
)
def test_front_matter_is_written_of_any_text(text: str) -> None:
    before = spent()
    is_plain(text)
    assert spent() - before < GENEROUS


@pytest.mark.parametrize("html", ["<a " * 30_000, '<img src="' * 30_000, "<a href=x>" * 30_000, "<!--" * 30_000])
def test_addresses_are_found_in_anything(html: str) -> None:
    before = spent()
    list(html_references(html))
    assert spent() - before < GENEROUS


@pytest.mark.parametrize("text", ["<a " * 30_000, "<" * 90_000, '<a b="' * 30_000, "<b>" * 30_000, "&amp" * 30_000])
def test_visible_text_is_read_of_anything(text: str) -> None:
    before = spent()
    visible_text(text)
    assert spent() - before < GENEROUS


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "<b>a</b><i>b</i> " * MOST_TAGS + "</p>",
        "<p>" + "<b><i>" * 900 + "x" + "</i></b>" * 900 + "</p>",
        "<ul><li>" * 900 + "x" + "</li></ul>" * 900,
    ],
    ids=["many marks", "nested marks", "nested lists"],
)
def test_prose_that_the_editor_could_not_open_is_no_rich_text(html: str) -> None:
    before = spent()
    with pytest.raises(NotRichText):
        to_rich_text(html)
    assert spent() - before < GENEROUS


def test_versions_of_alike_lines_are_compared_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*args: object, **kwargs: object) -> None:
        raise AssertionError("compared line by line")

    monkeypatch.setattr(comparison, "SequenceMatcher", refused)
    before, after = "a\n" * 50_000, "b\n" + "a\n" * 50_000
    assert list(comparison.marked(before, after)) == [("del", before), ("ins", after)]


@pytest.mark.django_db
def test_a_feed_takes_no_body_apart_that_has_too_many_tags(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MOST_TAGS", 100)
    builders.post(title="Short", body=[("text", "<p>Low water.</p>")])
    page = builders.post(title="Long", body=[("text", "<p>High water.</p>" * 200)])
    text = client.get("/feed/").content.decode()
    assert "Low water." in text
    assert text.count("High water.") == 1  # in the summary, which is its first paragraph
    assert f'{page.url}"&gt;Long' in text or f'{page.url}">Long' in text


def test_the_markdown_page_keeps_the_words_of_text_with_too_many_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portfolio.discovery.markdown_pages.readable_writer.MOST_TAGS", 10)
    written = ReadableWriter("https://tides.example/a/").write("text", "<p>Low &lt; <b>high</b></p>" * 20)
    assert "high" in written
    assert "**" not in written
