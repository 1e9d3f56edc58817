"""The whole export: what comes back byte for byte, and what an edit changes."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Page

from benchmarks.admin_form import saved
from blog.models import BlogPage, InterviewPage
from experience.models import ExperiencePage
from portfolio.content.registry import page_exports, page_mappings
from portfolio.content.site_settings import site_profile
from portfolio.exporter.pipeline import ExportOptions, export_site
from portfolio.exporter.report import ExportReport
from portfolio.exporter.round_trip import rolled_back
from tests.importer.trees import picture, post, run, write_tree

pytestmark = pytest.mark.django_db

DEMO = Path(__file__).resolve().parents[2] / "demo"
SEEDS = DEMO.parents[1] / "shared" / "seeds" / "site"
IMPORTED = ("*.md", "*.txt", "*.png", "*.jpg", "_config.yml", "_layouts/*", "_includes/*")


def export(destination: Path, layout: str = "original") -> ExportReport:
    return export_site(ExportOptions(destination, layout), page_exports(), page_mappings(), site_profile)


def files(root: Path) -> dict[str, bytes]:
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}


def changed_lines(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came."""
    found = list(difflib.unified_diff(before.decode().splitlines(), after.decode().splitlines(), n=0, lineterm=""))[2:]
    return [line[1:] for line in found if line[0] == "-"], [line[1:] for line in found if line[0] == "+"]


def edit(page: Page, replace: dict[str, str], **fields: Any) -> None:
    """Replace words in the stored body as an editor would, set fields, and publish."""
    page = page.specific
    raw = json.dumps(page.body.get_prep_value(), ensure_ascii=False)
    for old, new in replace.items():
        assert raw.count(old) == 1, (old, raw.count(old))
        raw = raw.replace(old, new)
    page.body = raw
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.fixture
def demo() -> Path:
    run(DEMO)
    return DEMO


def test_the_demo_comes_back_byte_for_byte(demo: Path, tmp_path: Path) -> None:
    report = export(tmp_path / "out")
    before, after = files(DEMO), files(tmp_path / "out")
    assert sorted(after) == sorted(before)
    assert [path for path in before if before[path] != after[path]] == []
    assert report.lines() == ["Documents: 23 as they were imported, 0 edited, 0 new. 9 pictures and files."]


def test_the_first_documents_come_back_byte_for_byte(tmp_path: Path) -> None:
    if SEEDS.is_dir():
        run(SEEDS)
        export(tmp_path / "out")
        assert files(tmp_path / "out") == files(SEEDS)


EDITS = [
    ("what-a-tide-table-does-not-tell-you", "most honest forecast", "most truthful forecast"),
    ("what-a-tide-table-does-not-tell-you", "<i>fog</i>", "<i>mist</i>"),
    ("what-a-tide-table-does-not-tell-you", "whether I was cold", "whether I was wet"),
    ("what-a-tide-table-does-not-tell-you", "sunk by four centimetres", "sunk by five centimetres"),
    ("what-a-tide-table-does-not-tell-you", "The weather. A low", "The weather. A depression"),
    ("what-a-tide-table-does-not-tell-you", "What pulls", "Who pulls"),
    ("what-a-tide-table-does-not-tell-you", "the Moon’s distance", "the Moon’s nearness"),
    ("what-a-tide-table-does-not-tell-you", "the neap days are marked", "the spring days are marked"),
    ("what-a-tide-table-does-not-tell-you", "What is not in it", "What is missing in it"),
    ("what-a-tide-table-does-not-tell-you", "My favourite guess", "My preferred guess"),
    ("a-harmonic-fit-in-thirty-lines", "hours / period", "hours / length"),
    ("a-harmonic-fit-in-thirty-lines", "approx 355", "approx 354"),
    ("a-harmonic-fit-in-thirty-lines", "go outside", "go inside"),
    ("leaving-fjordline", "The connector that failed", "The plug that failed"),
    ("listening-to-the-seabed", "greased and photographed", "oiled and photographed"),
    ("listening-to-the-seabed", "Twenty minutes above", "Thirty minutes above"),
    ("listening-to-the-seabed", "Lowering frame four", "Sinking frame four"),
    ("listening-to-the-seabed", "Put one shout next", "Put one call next"),
    ("three-ways-to-lose-a-sample", "No exceptions for displays", "No exceptions for screens"),
    ("three-ways-to-lose-a-sample", "jumping clock", "leaping clock"),
    ("the-logbook-format", "of salt", "of rust"),
    ("the-logbook-format", "heard pump", "heard kettle"),
    ("estimating-power-from-a-bad-week", "truth turned out to lie", "truth turned out to sit"),
    ("a-winter-without-alerts", "was the best alert", "was the finest alert"),
    ("a-winter-without-alerts", "has just been asleep", "has just been woken"),
    ("a-winter-without-alerts", "why that cannot wait", "why this cannot wait"),
    ("a-winter-without-alerts", "The seven", "The eight"),
]


def test_a_word_edited_in_the_admin_changes_one_line(demo: Path, tmp_path: Path) -> None:
    before = files(DEMO)
    wrong = {}
    for number, (slug, old, new) in enumerate(EDITS):
        with rolled_back():
            edit(BlogPage.objects.get(slug=slug), {old: new})
            report = export(tmp_path / str(number))
        after = files(tmp_path / str(number))
        (path,) = [path for path in after if before[path] != after[path]]
        gone, came = changed_lines(before[path], after[path])
        if (len(gone), len(came), report.problems, report.edited) != (1, 1, [], [path]):
            wrong[old] = gone, came, report.problems
    assert wrong == {}


FIELDS = [
    ("listening-to-the-seabed", {"title": "Listening at the seabed"}, 'title:  "Listening at the seabed"'),
    ("leaving-fjordline", {"title": "Leaving Fjordline's pier"}, "title: 'Leaving Fjordline''s pier'"),
    ("the-logbook-format", {"date": "2023-11-20T17:05:12+00:00"}, "date: 2023-11-20 18:05:12 +0100"),
    ("leaving-fjordline", {"date": "2022-01-21T09:00:00+00:00"}, "date: 2022-01-21 10:00:00 +0100"),
    ("three-ways-to-lose-a-sample", {"tags": ["rust", "reliability"]}, "tags: [rust, reliability]"),
    ("naming-things-that-are-under-water", {"tags": ["depth"]}, "tag: depth"),
    ("a-harmonic-fit-in-thirty-lines", {"tags": ["python", "tides"]}, "tags: python tides"),
    ("leaving-fjordline", {"tags": ["farewell"]}, "  - farewell"),
    ("a-winter-without-alerts", {"summary": "<p>A bottle waits.</p>"}, "description: A bottle waits."),
]


def test_a_field_edited_in_the_admin_changes_one_line_of_the_front_matter(demo: Path, tmp_path: Path) -> None:
    before = files(DEMO)
    wrong = {}
    for number, (slug, fields, line) in enumerate(FIELDS):
        with rolled_back():
            page = BlogPage.objects.get(slug=slug)
            if "tags" in fields:
                page.tags.set(fields["tags"])
            edit(page, {}, **{name: value for name, value in fields.items() if name != "tags"})
            report = export(tmp_path / str(number))
        after = files(tmp_path / str(number))
        (path,) = [path for path in after if before[path] != after[path]]
        gone, came = changed_lines(before[path], after[path])
        if (len(gone), came, report.problems) != (1, [line], []):
            wrong[line] = gone, came, report.problems
    assert wrong == {}


def test_a_page_taken_back_says_so_and_a_draft_published_moves_to_the_posts(demo: Path, tmp_path: Path) -> None:
    BlogPage.objects.get(slug="the-logbook-format").unpublish()
    draft = BlogPage.objects.get(slug="on-borrowed-boats")
    draft.get_latest_revision().publish()
    report = export(tmp_path / "out")
    before, after = files(DEMO), files(tmp_path / "out")
    path = "_posts/2023-11-19-the-logbook-format.md"
    assert changed_lines(before[path], after[path]) == ([], ["published: false"])
    assert "_drafts/on-borrowed-boats.md" not in after
    (moved,) = [path for path in after if path.endswith("-on-borrowed-boats.md")]
    assert moved.startswith("_posts/20")
    assert report.problems == []


def test_a_page_that_was_deleted_has_no_file(demo: Path, tmp_path: Path) -> None:
    BlogPage.objects.get(slug="the-logbook-format").delete()
    report = export(tmp_path / "out")
    assert report.left_out == ["_posts/2023-11-19-the-logbook-format.md"]
    assert not (tmp_path / "out" / report.left_out[0]).exists()


def restructure(page: BlogPage, change: Any) -> None:
    raw = page.body.get_prep_value()
    page.body = json.dumps(change(list(raw)))
    page.save_revision().publish()


PATH = "_posts/2025-12-07-a-winter-without-alerts.md"


def test_a_block_that_was_added_stands_at_its_place_and_nothing_else_changes(demo: Path, tmp_path: Path) -> None:
    page = BlogPage.objects.get(slug="a-winter-without-alerts")
    value = {"text": "<p>Write <b>once</b>.</p>", "source": "Adaeze", "url": ""}
    quote = {"type": "quote", "value": value, "id": "new"}
    restructure(page, lambda raw: [*raw[:2], quote, *raw[2:]])
    report = export(tmp_path / "out")
    gone, came = changed_lines((DEMO / PATH).read_bytes(), (tmp_path / "out" / PATH).read_bytes())
    assert (gone, [line for line in came if line]) == ([], ["> Write **once**.", ">", "> <cite>Adaeze</cite>"])
    assert report.problems == []


def test_a_block_that_was_deleted_takes_its_lines_with_it(demo: Path, tmp_path: Path) -> None:
    page = BlogPage.objects.get(slug="a-winter-without-alerts")
    restructure(page, lambda raw: [block for block in raw if block["type"] != "quote"])
    report = export(tmp_path / "out")
    gone, came = changed_lines((DEMO / PATH).read_bytes(), (tmp_path / "out" / PATH).read_bytes())
    assert [line for line in gone if line] == [
        "> An alert is a letter to somebody who has just been asleep. Write it accordingly."
    ]
    assert came == []
    assert report.problems == []


def test_a_block_that_was_moved_takes_its_bytes_along(demo: Path, tmp_path: Path) -> None:
    page = BlogPage.objects.get(slug="a-winter-without-alerts")
    restructure(page, lambda raw: [raw[-1], *raw[:-1]])
    report = export(tmp_path / "out")
    gone, came = changed_lines((DEMO / PATH).read_bytes(), (tmp_path / "out" / PATH).read_bytes())
    assert sorted(filter(None, gone)) == sorted(filter(None, came))
    assert report.problems == []


def test_a_paragraph_among_many_is_taken_out_added_or_marked(demo: Path, tmp_path: Path) -> None:
    def change(raw: list[Any]) -> list[Any]:
        parts = raw[0]["value"].split("</p>")
        assert len(parts) > 2
        marked = parts[0].replace("our office", "our <b>office</b>")
        raw[0]["value"] = "</p>".join(["<p>A new beginning.", marked, *parts[2:]])
        return raw

    page = BlogPage.objects.get(slug="a-winter-without-alerts")
    restructure(page, change)
    report = export(tmp_path / "out")
    gone, came = changed_lines((DEMO / PATH).read_bytes(), (tmp_path / "out" / PATH).read_bytes())
    assert [line for line in came if line] == [
        "A new beginning.",
        "There is a bottle in our **office** that we will open after the first winter in which nobody is woken up. "
        "It has been there",
    ]
    assert gone[0].startswith("There is a bottle in our office")
    assert report.problems == []


def test_words_of_a_pasted_interview_change_where_they_stand(demo: Path, tmp_path: Path) -> None:
    page = InterviewPage.objects.get()
    edit(page, {"The other reason is that paper is slow": "The other reason is that ink is slow"})
    report = export(tmp_path / "out")
    path = "_interviews/a-tide-is-a-kind-of-clock.txt"
    gone, came = changed_lines((DEMO / path).read_bytes(), (tmp_path / "out" / path).read_bytes())
    assert (len(gone), len(came), report.problems) == (1, 1, [])
    assert came[0] == gone[0].replace("paper is slow", "ink is slow")


def test_an_interview_edited_beyond_its_words_becomes_markdown_that_says_the_same(demo: Path, tmp_path: Path) -> None:
    page = InterviewPage.objects.get()
    picture_block = {"type": "code", "value": {"language": "", "code": "x", "title": "", "highlight": ""}, "id": "new"}
    restructure(page, lambda raw: [*raw, picture_block])
    report = export(tmp_path / "out")
    assert [problem.code for _, problem in report.problems] == ["written-anew"]
    (path,) = report.edited
    text = (tmp_path / "out" / path).read_text()
    assert path.startswith("_posts/2023-03-14-")
    assert "layout: interview" in text
    assert "### You grew up on a tidal island. Did that make you an engineer?\n{: .question}\n" in text


def test_an_entry_edited_changes_its_heading_or_its_line(demo: Path, tmp_path: Path) -> None:
    entry = ExperiencePage.objects.get(period_text="2022 - Now")
    edit(entry, {"fit the tide": "fit the moon"}, role="Data lead", location="Harbour",
         title="Data lead at Saltmarsh Instruments")  # fmt: skip
    report = export(tmp_path / "out")
    gone, came = changed_lines((DEMO / "experience.md").read_bytes(), (tmp_path / "out" / "experience.md").read_bytes())
    assert report.problems == []
    assert gone[0] == "#### (2022 - Now) Saltmarsh Instruments - Lead data engineer"
    assert came[:2] == ["    location: Harbour", "#### (2022 - Now) Saltmarsh Instruments - Data lead"]
    assert len(gone) == 2


def test_an_entry_that_was_deleted_or_added_changes_nothing_else(demo: Path, tmp_path: Path) -> None:
    from tests.builders import role

    ExperiencePage.objects.get(period_text="2017 - 2019").delete()
    role(role="Mender", period_text="2012 - 2014", title="Mender at Quay Labs", skills=["Rope"],
         body=[("text", "<p>Nets and <b>Twine</b>.</p>")])  # fmt: skip
    report = export(tmp_path / "out")
    gone, came = changed_lines((DEMO / "experience.md").read_bytes(), (tmp_path / "out" / "experience.md").read_bytes())
    assert report.problems == []
    assert len([line for line in gone if line.startswith("####")]) == 1
    assert [line for line in came if line.startswith("####")] == ["#### (2012 - 2014) Saltmarsh Instruments - Mender"]


def test_windows_line_ends_and_a_byte_order_mark_survive_an_edit(tmp_path: Path) -> None:
    text = post("Water *rises*\nand falls,\ntwice a day.\n\n## Why\n\n- moon\n- sun\n").replace("\n", "\r\n")
    source = write_tree(tmp_path / "site", {"_posts/2021-05-04-tides.md": b"\xef\xbb\xbf" + text.encode()})
    run(source)
    edit(BlogPage.objects.get(), {"falls": "sinks", "sun": "wind", "Why": "How"}, title="Ebb")
    report = export(tmp_path / "out")
    wanted = text
    for old, new in {"falls": "sinks", "sun": "wind", "## Why": "## How {#why}", "title: Tides": "title: Ebb"}.items():
        wanted = wanted.replace(old, new)
    assert (tmp_path / "out/_posts/2021-05-04-tides.md").read_bytes() == b"\xef\xbb\xbf" + wanted.encode()
    assert report.problems == []


def test_lists_and_documents_that_could_not_be_read_come_back_too(tmp_path: Path) -> None:
    source = write_tree(
        tmp_path / "site",
        {
            "_posts/2021-05-04-tides.md": post("Water.\n"),
            "_posts/2021-05-05-broken.md": b"---\ntitle: [x\n---\nText.\n",
            "index.html": "---\nlayout: home\n---\n{% for post in site.posts %}{{ post.title }}{% endfor %}\n",
            "_data/people.yml": "- name: Mara\n",
        },
    )
    run(source)
    assert not export(tmp_path / "out").has_errors
    assert files(tmp_path / "out") == files(source)
    run(source)
    export(tmp_path / "again")
    assert files(tmp_path / "again") == files(source)


def test_formulas_of_the_old_sites_script_are_no_edit(tmp_path: Path) -> None:
    """They were kept as Markdown because a layout loads MathJax, and layouts come back with the export."""
    path = "_posts/2021-05-04-tides.md"
    layout = '<script src="https://cdn.example/mathjax/tex-chtml.js"></script>{{ content }}'
    source = post("The drag \\\\(c_d\\\\) counts.\n\nWe waited two hours.\n\nAnd \\\\(c_l\\\\) too.\n")
    run(write_tree(tmp_path / "site", {path: source, "_layouts/default.html": layout}))
    edit(BlogPage.objects.get(), {"two hours": "three hours"})
    assert not export(tmp_path / "out").has_errors
    assert (tmp_path / "out" / path).read_text() == source.replace("two hours", "three hours")


def test_a_save_in_the_admin_that_changes_nothing_changes_no_byte(tmp_path: Path) -> None:
    body = (
        "It's *late*, and [**the tide**](https://example.org/tide) falls.\n\n"
        "```yaml\n    - step:\n        name: ebb\n```\n\n"
        '![A gauge](/img/gauge.png)\n\n<div class="note">\n  <p>{{ site.title }}</p>\n</div>\n\n'
        "Term\n: Meaning\n\n| Station | Metres |\n| --- | --- |\n| Pier | 4.31 |\n\n$$\nx = 1\n$$\n"
    )
    source = write_tree(
        tmp_path / "site", {"_posts/2021-05-04-tides.md": post(body), "img/gauge.png": picture()}
    )  # fmt: skip
    run(source)
    page = BlogPage.objects.get()
    kinds = {block.block_type for block in page.body}
    assert kinds >= {"text", "code", "image", "markdown", "table", "math"}
    page.body = saved(page.body, page.body.get_prep_value())
    page.save_revision().publish()
    report = export(tmp_path / "out")
    assert files(tmp_path / "out") == files(source)
    assert report.problems == []


def test_a_heading_whose_anchor_begins_with_a_digit_keeps_it(tmp_path: Path) -> None:
    source = write_tree(tmp_path / "site", {"_posts/2021-05-04-tides.md": post("## 1. Begin here\n\nWater.\n")})
    run(source)
    edit(BlogPage.objects.get(), {"Begin here": "Start here"})
    report = export(tmp_path / "out")
    assert report.problems == []
    text = (tmp_path / "out/_posts/2021-05-04-tides.md").read_text()
    assert text.endswith('## 1. Start here\n{: id="1-begin-here"}\n\nWater.\n')


def test_a_word_in_text_that_liquid_took_part_in_changes_where_it_stands(tmp_path: Path) -> None:
    body = (
        '<div class="note">\n  <p>{{ site.title }} are kept by <b>Mara</b>, '
        "see <a href=\"{{ '/about/' | relative_url }}\">more</a>.</p>\n</div>\n"
    )
    source = write_tree(tmp_path / "site", {"_posts/2021-05-04-tides.md": post(body)})
    run(source)
    page = BlogPage.objects.get()
    assert [block.block_type for block in page.body] == ["html"]
    edit(page, {"Mara": "Adaeze"})
    report = export(tmp_path / "out")
    assert (tmp_path / "out/_posts/2021-05-04-tides.md").read_text() == post(body.replace("Mara", "Adaeze"))
    assert report.problems == []
