"""A site with something hostile in it among documents that mean no harm."""

from __future__ import annotations

from pathlib import Path

from blog.models import BlogPage
from portfolio.documents.report import Report
from tests.importer.trees import CONFIG, post, run, write_tree

GOOD = {
    "_posts/2020-01-01-ebb.md": post("Ebb.\n", title="Ebb"),
    "_posts/2022-12-31-flood.md": post("Flood.\n", title="Flood"),
}


def imported(root: Path, files: dict[str, str | bytes], config: str = CONFIG) -> Report:
    """Import ``files``, called as they are in ``_posts``, between two good posts, which must arrive."""
    named = {
        name.removeprefix("../") if "/" in name else f"_posts/2021-05-04-{name}.md": text
        for name, text in files.items()
    }
    report = run(write_tree(root, {**GOOD, **named}, config))
    assert set(BlogPage.objects.filter(live=True, title__in=["Ebb", "Flood"]).values_list("title", flat=True)) == {
        "Ebb",
        "Flood",
    }
    assert {row.outcome for row in report.documents if row.path in GOOD} == {"created"}
    assert len(report.documents) == len(GOOD) + sum(name.endswith(".md") for name in named)
    return report


def told(report: Report, name: str) -> list[tuple[str, str, int | None]]:
    """Severity, code and line of what the report says of a post."""
    found = next(row for row in report.documents if row.path == f"_posts/2021-05-04-{name}.md")
    return [(str(problem.severity), problem.code, problem.line) for problem in found.problems]


def outcome(report: Report, name: str) -> str:
    return next(row.outcome for row in report.documents if row.path == f"_posts/2021-05-04-{name}.md")
