"""Front matter that means harm, or only says more than a page can hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from blog.models import BlogPage
from portfolio.documents.front_matter import MAX_FRONT_MATTER
from portfolio.importer.references.document_references import MOST_NAMES
from tests.importer.hostile.trees import imported, outcome, told
from tests.importer.trees import codes, post, run

pytestmark = pytest.mark.django_db


def front(text: str) -> str:
    return f"---\n{text}\n---\nBody.\n"


def aliases(first: str, levels: int) -> str:
    lines = [f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]" for level in range(1, levels)]
    return "\n".join([f"l0: &l0 [{first}]", *lines])


MERGES = [f"l{level}: &l{level}\n  <<: [*l{level - 1}, *l{level - 1}]" for level in range(1, 40)]
REFUSED = {
    "aliases": (front(aliases("x", 12)), 8),
    "long-aliases": (front(aliases("x" * 3000, 5)), 6),
    "merges": (front("l0: &l0 {a: 1}\n" + "\n".join(MERGES)), 34),
    "long": (front("a: " + "x" * MAX_FRONT_MATTER), 1),
    "deep": (front("a: " + "[" * 500), 2),
    "list": (front("- a\n- b"), 2),
    "words": (front("only words"), 2),
    "number": (front("42"), 2),
    "zero": (front('title: x\nname: "a\\0b"'), 3),
    "zero-and-letters": (front('title: "ü\\0b"'), 2),
    "half-a-pair": (front('title: "\\ud800"'), 2),
    "python": (front("title: !!python/object/apply:os.system [id]"), 2),
    "latin-1": ("---\ntitle: Größe\n---\nBody.\n".encode("latin-1"), 2),
    "control": (front("title: a\x07b"), 2),
}  # fmt: skip


def test_front_matter_that_cannot_be_read_rejects_its_document_only(tmp_path: Path) -> None:
    report = imported(tmp_path, {name: text for name, (text, _) in REFUSED.items()})
    found = {name: told(report, name) for name in REFUSED}
    assert found == {name: [("error", "bad-front-matter", line)] for name, (_, line) in REFUSED.items()}
    assert {outcome(report, name) for name in REFUSED} == {"rejected"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title = 'x'\n" + "a." * 20_000 + "b = 1", 3),
        ("a = " + "[" * 10_000, 2),
        ("a = " + "{b = " * 10_000, 1),
        ('title = "a\\u0000b"', 2),
    ],
    ids=["dots", "lists", "tables", "zero"],
)
def test_toml_that_means_harm_rejects_its_document_only(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "bad.md").write_text(f"+++\n{text}\n+++\nBody.\n")
    (tmp_path / "good.md").write_text("# Good\n\nBody.\n")
    report = run(tmp_path)
    bad, good = report.documents
    assert (codes(bad), bad.problems[0].line, good.outcome) == (["bad-front-matter"], line, "created")


DATES = (
    "9999-12-31 23:59:59 -1200", "0001-01-01 00:00:00 +1400", "0000-00-00", "2019-13-45", "9" * 500, ".nan", ".inf",
    "-1", "[1]",
)  # fmt: skip


def test_a_date_that_is_none_leaves_a_draft(tmp_path: Path) -> None:
    report = imported(tmp_path, {f"date-{place}": post("x\n", date=date) for place, date in enumerate(DATES)})
    for place, date in enumerate(DATES):
        assert ("error", "bad-date", 3) in told(report, f"date-{place}"), date
    assert BlogPage.objects.filter(live=False).count() == len(DATES)


def test_numbers_that_are_none_do_no_harm(tmp_path: Path, client: Client) -> None:
    numbers = {
        "n": ".nan",
        "weight": "-.inf",
        "position": ".nan",
        "order": "-99999999999999999999",
        "series_position": "-1",
    }
    report = imported(
        tmp_path,
        {
            "numbers": post("{{ page.n | plus: 1 }} {{ page.order | divided_by: 0 }}\n", **numbers),
            "title": post("x\n", title=".nan"),
            "map": post("x\n", title="{a: b}", tags="{a: b}", categories="[[[a]], {b: c}]", author="[1, {x: y}]"),
        },
    )
    assert [outcome(report, name) for name in ("numbers", "title", "map")] == ["created"] * 3
    for page in BlogPage.objects.live():
        assert client.get(page.url).status_code == 200


def test_of_ten_thousand_tags_the_first_are_taken_and_the_owner_is_told(tmp_path: Path) -> None:
    tags = f"[{','.join(f't{number}' for number in range(10_000))}]"
    report = imported(tmp_path, {"tags": post("x\n", tags=tags)})
    assert told(report, "tags") == [("error", "too-many-names", 1)]
    assert BlogPage.objects.get(slug="tags").tags.count() == MOST_NAMES


def test_a_title_that_is_too_long_is_cut_and_the_text_is_there(tmp_path: Path) -> None:
    report = imported(
        tmp_path, {"long": post("Body.\n", title="t" * 300), "draft": post("x\n", title="t" * 300, date="never")}
    )
    assert told(report, "long") == [("warning", "long-title", 2)]
    page = BlogPage.objects.get(slug="long")
    assert (len(page.title), page.title[-1], page.body[0].value.source) == (255, "…", "<p>Body.</p>")
    assert len(BlogPage.objects.get(slug="draft").title) == 255
