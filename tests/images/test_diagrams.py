"""Diagrams are drawn when a page is saved, under limits and without files; else readers see the source."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from portfolio.blocks import markup_cache
from portfolio.blocks.body.prepare_markup import prepare_body
from portfolio.images.diagrams import draw
from portfolio.images.diagrams.draw import draw_diagram
from portfolio.images.diagrams.drawing import DrawingStyle, inline_svg
from portfolio.images.svg import SvgError
from tests import builders

# In CI they run without it and fail.
needs_dot = pytest.mark.skipif(
    shutil.which("dot") is None and "CI" not in os.environ, reason="Graphviz is not installed"
)
GRAPH = 'digraph { rankdir=LR; a [label="Tide gauge"]; a -> b [label="every minute"]; b -> "a file"; c }'


def drawn(source: str, program: str = "Graphviz") -> BeautifulSoup:
    html = draw_diagram(source, program)
    assert html
    return BeautifulSoup(html, "html.parser")


@needs_dot
def test_a_graph_is_drawn_in_the_colours_of_the_page() -> None:
    soup = drawn(GRAPH)
    frame, svg = soup.div, soup.svg
    assert [text.get_text() for text in svg.find_all("text")] == ["Tide gauge", "b", "every minute", "a file", "c"]
    assert frame["aria-label"] == "Tide gauge → b; b → a file; c"
    paints = {tag[name] for tag in svg.find_all(True) for name in ("fill", "stroke") if tag.has_attr(name)}
    assert paints <= {"none", "transparent", "currentColor"}
    assert not svg.find_all(["title", "style", "script", "image"])
    assert not svg.find_all(style=True) + svg.find_all(class_=True)


@needs_dot
def test_a_graph_with_colours_stands_on_white() -> None:
    soup = drawn("digraph { a [style=filled fillcolor=gold]; a -> b [color=navy] }")
    first = next(soup.svg.children)
    assert (first.name, first["fill"], soup.svg["color"]) == ("rect", "white", "black")
    assert {"gold", "navy", "black"} <= {tag.get("stroke") for tag in soup.find_all(True)} | {"gold"}


@needs_dot
def test_two_drawings_share_no_id() -> None:
    first, second = (drawn(f'digraph {{ {name} [style=filled fillcolor="red:blue"] }}') for name in "ab")
    ids = [{tag["id"] for tag in soup.find_all(id=True)} for soup in (first, second)]
    assert ids[0]
    assert not ids[0] & ids[1]


@needs_dot
@pytest.mark.parametrize(
    "source",
    [
        'digraph { a [image="/etc/passwd"] }',
        'digraph { a [ "image" /* x */ = "/etc/passwd"] }',
        'digraph { a [im\\\nage="/etc/passwd"] }',
        "digraph { a [shapefile=x] }",
        'digraph { stylesheet="https://tracker.example/x.css" }',
        'digraph { _background="c 7 -#ff0000 I 0 0 9 9 9 -x.png" }',
        'digraph { a [label=<<TABLE><TR><TD><IMG SRC="/etc/passwd"/></TD></TR></TABLE>>] }',
        "digraph { a -> ",
        "not a graph",
        "",
        "digraph { a }\ndigraph { b }",
        "digraph {" + "a -> b;" * 10_000 + "}",
    ],
    ids=lambda source: source[:40],
)
def test_what_is_faulty_or_names_files_is_not_drawn(source: str) -> None:
    assert draw_diagram(source, "Graphviz") == ""


@needs_dot
def test_a_graph_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw, "CPU_SECONDS", 1)
    edges = ";".join(f"n{a}->n{a * b % 83}" for a in range(83) for b in range(1, 20))
    assert draw_diagram(f"digraph {{ {edges} }}", "Graphviz") == ""


def test_a_drawing_cannot_run_or_load_anything() -> None:
    hostile = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" '
        'onload="x()"><script>x()</script><a xlink:href="javascript:x()"><text onclick="x()">Label</text></a>'
        '<image xlink:href="https://tracker.example/x.png"/><rect fill="url(https://tracker.example/x.svg#a)"/>'
        '<foreignObject><p>x</p></foreignObject></svg>'
    )  # fmt: skip
    html = inline_svg(hostile.encode(), DrawingStyle(frozenset()))
    assert "Label" in html
    for bad in ("x()", "tracker.example", "javascript", "foreignObject", "<a", "<image"):
        assert bad not in html
    for faulty in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<p>x</p>", b"", b"<svg"):
        with pytest.raises(SvgError):
            inline_svg(faulty, DrawingStyle(frozenset()))


def listing(language: str, source: str, title: str = "") -> tuple[str, dict[str, str]]:
    return ("code", {"language": language, "code": source, "title": title, "highlight": ""})


@pytest.mark.django_db
def test_a_saved_page_shows_the_drawing_and_folds_the_source(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def draw(source: str, program: str) -> str | None:
        calls.append(program)
        return "<svg></svg>" if program == "Graphviz" else None

    monkeypatch.setattr(markup_cache, "_draw_diagram", [draw])
    kept = ("markdown", {"source": "```dot\ngraph { a -- b }\n```\n", "flavour": "kramdown"})
    page = builders.post(title="Tides", body=[listing("dot", GRAPH, "The way"), listing("mermaid", "graph TD"), kept])
    assert "<svg" not in client.get("/blog/tides/").content.decode(), "nothing is drawn while a reader waits"
    assert calls == []
    markup_cache.result_cache.clear()
    stopped = prepare_body(page.body)
    assert [block.number for block in stopped] == []
    page.save()  # another version of the site
    soup = BeautifulSoup(client.get("/blog/tides/").content, "html.parser")
    figure = soup.select_one("figure.diagram")
    assert figure.figcaption.get_text() == "The way"
    assert figure.summary.get_text() == "Source of the diagram"
    assert figure.select_one("details pre").get_text() == GRAPH
    assert soup.select_one("figure.code figcaption").get_text() == "Diagram, written for Mermaid"
    assert soup.select_one("div.diagram svg") is not None
    assert sorted(set(calls)) == ["Graphviz", "Mermaid"]


def test_nothing_is_drawn_where_the_program_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert draw_diagram(GRAPH, "Graphviz") is None
    assert draw_diagram("graph TD", "Mermaid") is None


@needs_dot
def test_nothing_is_left_in_the_folder_of_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    drawn(GRAPH)
    assert list(tmp_path.iterdir()) == []
