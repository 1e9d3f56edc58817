"""Experience entries are found by their headings."""

from __future__ import annotations

import pytest

from experience.heading_parser import parse_names, parse_roles, select_skills
from portfolio.documents.document import SourceNode, Span
from portfolio.markdown.options import Options
from portfolio.markdown.split import split

PAGE = """\
Hello.

#### (2018 - 2020) Tern & Quay - Part-time (Student-worker).

- [**Tern & Quay**](https://tern.example/) sells **Rope**. We used **Rust** and **queues**.

![Tern & Quay](/logos/tern.png)

#### (2020-Now) Quay Labs, Data engineer, full-time

More.
"""


def nodes(text: str) -> list[SourceNode]:
    return [
        SourceNode(node.kind, Span(node.start, node.end), node.line, text[node.start : node.end], node.html, node.data)
        for node in split(text, Options())
    ]


def test_headings_with_periods_begin_entries() -> None:
    before, entries = parse_roles(nodes(PAGE))
    assert [node.source.strip() for node in before] == ["Hello."]
    first, second = entries
    assert (first.organisation, first.role, first.employment_type) == (
        "Tern & Quay",
        "",
        "Part-time (Student-worker)",
    )
    assert (first.period.text, first.period.ongoing, second.period.ongoing) == ("2018 - 2020", False, True)
    assert (second.organisation, second.role, second.employment_type) == ("Quay Labs", "Data engineer", "full-time")


def test_the_organisations_own_link_and_picture_are_its_address_and_logo() -> None:
    _, (first, second) = parse_roles(nodes(PAGE))
    assert first.url == "https://tern.example/"
    assert first.logo is not None
    assert first.logo.data["src"] == "/logos/tern.png"
    assert first.logo not in first.nodes
    assert (second.url, second.logo) == ("", None)


def test_every_node_is_before_or_heading_or_logo_or_below() -> None:
    all_nodes = nodes(PAGE)
    before, entries = parse_roles(all_nodes)
    told = [*before]
    for entry in entries:
        told += [entry.heading, *entry.nodes, *([entry.logo] if entry.logo else [])]
    assert sorted(told, key=lambda node: node.span.start) == all_nodes


@pytest.mark.parametrize("text", ["", "# Title\n\nText.\n", "## 2020\n\na\n\n## Notes\n\nb\n"])
def test_other_pages_have_no_entries(text: str) -> None:
    before, entries = parse_roles(nodes(text))
    assert entries == ()
    assert list(before) == nodes(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Quay Labs", ("Quay Labs", "", "")),
        ("Quay Labs - Full-time", ("Quay Labs", "", "Full-time")),
        ("Quay Labs — Engineer — Contract", ("Quay Labs", "Engineer", "Contract")),
        ("Data engineer at Quay Labs", ("Quay Labs", "Data engineer", "")),
        ("Lead engineer at Quay Labs, part time", ("Quay Labs", "Lead engineer", "part time")),
        ("Internal tools lead at Quay Labs", ("Quay Labs", "Internal tools lead", "")),
    ],
)
def test_names_in_a_heading(text: str, names: tuple[str, str, str]) -> None:
    assert parse_names(text) == names


def test_skills_are_proper_names_and_names_already_known() -> None:
    emphasised = ["Ruby on Rails", "frontend", "GRU4REC", "plotly.express", "pandas", "Quay Labs", "job queues", "SQL."]
    assert select_skills(emphasised, known=["Pandas"], others=["quay labs"]) == [
        "Ruby on Rails",
        "GRU4REC",
        "plotly.express",
        "pandas",
        "SQL",
    ]
