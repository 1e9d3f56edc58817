"""An edited word changes nothing beside it: contents, a list below them, signs that the word touches."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.admin_form import saved
from blog.models import BlogPage
from portfolio.models import ImportedPage
from tests.exporter.test_any_document import exported
from tests.importer.trees import picture, post, run, write_tree

pytestmark = pytest.mark.django_db

CONTENTS = "First words.\n\n## A heading\n\n{:toc}\n\n* one\n* two\n\n## Another\n"


def test_an_edited_word_leaves_the_contents_and_the_list_below_it(tmp_path: Path) -> None:
    tree = write_tree(tmp_path / "site", {"_posts/2021-05-04-tides.md": post(CONTENTS)})
    run(tree)
    page = BlogPage.objects.get()
    blocks = list(page.body.raw_data)
    assert "First words." in blocks[0]["value"]
    blocks[0]["value"] = blocks[0]["value"].replace("First", "Last")
    page.body = blocks
    page.save_revision().publish()
    out, report = exported(tmp_path / "out")
    before = (tree / "_posts/2021-05-04-tides.md").read_text(encoding="utf-8")
    assert (out / "_posts/2021-05-04-tides.md").read_text(encoding="utf-8") == before.replace("First", "Last")
    assert report.problems == []


@pytest.mark.parametrize("mark", ["", "> "])
def test_an_edited_word_leaves_the_signs_that_it_touches(tmp_path: Path, mark: str) -> None:
    source = f"{mark}The gauge stood dry[^note]\n"
    tree = write_tree(tmp_path / "site", {"_posts/2021-05-04-tides.md": post(source)})
    run(tree)
    page = BlogPage.objects.get()
    block = next(iter(page.body.raw_data))
    text = block["value"]["text"] if mark else block["value"]
    edited = text.replace("dry", "wet")
    page.body = [{**block, "value": {**block["value"], "text": edited} if mark else edited}]
    page.save_revision().publish()
    out, report = exported(tmp_path / "out")
    before = (tree / "_posts/2021-05-04-tides.md").read_text(encoding="utf-8")
    assert (out / "_posts/2021-05-04-tides.md").read_text(encoding="utf-8") == before.replace("dry", "wet")
    assert report.problems == []


FIGURE = """<figure>
  <img alt='A line, four clouds, and a long jagged edge below all of them, in red' src="/img/tide.png">
  <figcaption>The hill is <em>us drifting</em>, &amp; the <strong>clouds</strong> aren&rsquo;t fish.</figcaption>
</figure>
"""


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ({"fish": "birds"}, {"fish": "birds"}),
        ({"drifting": "sinking"}, {"drifting": "sinking"}),
        ({"hill": "<b>hill</b>"}, {"hill": "<strong>hill</strong>"}),
        ({"four": "five"}, {"four": "five"}),
        ({"fish": "birds", "four": "five"}, {"fish": "birds", "four": "five"}),
    ],
    ids=["word", "marked-word", "mark", "attribute", "both"],
)
def test_an_edited_caption_leaves_the_html_around_it(
    tmp_path: Path, edit: dict[str, str], expected: dict[str, str]
) -> None:
    path = "_posts/2021-05-04-tides.md"
    tree = write_tree(tmp_path / "site", {path: post(f"Before.\n\n{FIGURE}\nAfter.\n"), "img/tide.png": picture()})
    run(tree)
    page = BlogPage.objects.get()
    raw = json.dumps(list(page.body.get_prep_value()), ensure_ascii=False)
    assert page.body[1].block_type == "image"
    for old, new in edit.items():
        raw = raw.replace(old, new)
    page.body = json.loads(raw)
    page.save_revision().publish()
    out, report = exported(tmp_path / "out")
    source = (tree / path).read_text(encoding="utf-8")
    for old, new in expected.items():
        source = source.replace(old, new)
    assert (out / path).read_text(encoding="utf-8") == source
    assert report.problems == []


@pytest.mark.parametrize(("old", "new"), [("four", "five"), ("Passing", "Lasting"), ("long", "short")])
def test_an_edited_text_of_an_image_leaves_the_others_in_their_order(tmp_path: Path, old: str, new: str) -> None:
    path = "_posts/2021-05-04-tides.md"
    image = '![A "long" line and four clouds](/img/tide.png "Passing the gauge\'s house"){: .wide}\n'
    tree = write_tree(tmp_path / "site", {path: post(image), "img/tide.png": picture()})
    run(tree)
    page = BlogPage.objects.get()
    raw = json.dumps(list(page.body.get_prep_value()), ensure_ascii=False)
    assert page.body[0].block_type == "image"
    page.body = json.loads(raw.replace(old, new))
    page.save_revision().publish()
    out, report = exported(tmp_path / "out")
    source = (tree / path).read_text(encoding="utf-8")
    assert (out / path).read_text(encoding="utf-8") == source.replace(old, new)
    assert report.problems == []


@pytest.mark.parametrize(("old", "new"), [("nine", "ten"), ("fathoms", "miles")])
def test_an_edited_cell_leaves_the_html_of_the_other_cells(tmp_path: Path, old: str, new: str) -> None:
    path = "_posts/2021-05-04-tides.md"
    rows = "| <em>North</em> | seven &amp; <b>more</b><br>fathoms |\n| **South** | `eight` \\| nine |\n"
    tree = write_tree(tmp_path / "site", {path: post(f"| Quay | Depth |\n|---|:-:|\n{rows}")})
    run(tree)
    page = BlogPage.objects.get()
    raw = json.dumps(list(page.body.get_prep_value()))
    assert page.body[0].block_type == "table"
    page.body = json.loads(raw.replace(old, new).replace("<p>", '<p data-block-key=\\"k\\">'))  # as the form stores it
    page.save_revision().publish()
    out, report = exported(tmp_path / "out")
    source = (tree / path).read_text(encoding="utf-8")
    assert (out / path).read_text(encoding="utf-8") == source.replace(old, new)
    assert report.problems == []


def test_an_edited_word_leaves_a_frame_whose_address_has_no_scheme(tmp_path: Path) -> None:
    path = "_posts/2021-05-04-tides.md"
    frame = '<iframe src="//www.youtube.com/embed/aqz-KE-bpKQ" width="560" height="315"></iframe>\n'
    tree = write_tree(tmp_path / "site", {path: post(f"First words.\n\n{frame}")})
    run(tree)
    page = BlogPage.objects.get()
    assert page.body[1].block_type == "embed"
    raw = json.dumps(list(page.body.get_prep_value()))
    page.body = saved(page.body, json.loads(raw.replace("First", "Last")))
    page.save_revision().publish()
    out, report = exported(tmp_path / "out")
    source = (tree / path).read_text(encoding="utf-8")
    assert (out / path).read_text(encoding="utf-8") == source.replace("First", "Last")
    assert report.problems == []


HEADINGS = """The mighty tide{blanks}
---------------

## Low water  ##{blanks}

Über alles{blanks}
===

#### The harbour wall {{#wall}}{blanks}
"""


@pytest.mark.parametrize("blanks", ["", "  "], ids=["bare", "blanks"])
def test_an_edited_heading_keeps_its_spelling_and_names_its_old_anchor(tmp_path: Path, blanks: str) -> None:
    path = "_posts/2021-05-04-tides.md"
    tree = write_tree(tmp_path / "site", {path: post(HEADINGS.format(blanks=blanks))})
    run(tree)
    page = BlogPage.objects.get()
    raw = page.body.get_prep_value()
    for block in raw:
        block["value"]["text"] += " today"
    page.body = raw
    page.save_revision().publish()
    out, report = exported(tmp_path / "out")
    expected = f"""The mighty tide today {{#the-mighty-tide}}{blanks}
---------------

## Low water today  ## {{#low-water}}{blanks}

Über alles today {{#über-alles}}{blanks}
===

#### The harbour wall today {{#wall}}{blanks}
"""
    assert (out / path).read_text(encoding="utf-8") == post(expected)
    assert report.problems == []


LISTING = """First words.

| Quay      |   |
| --------- | - |
| [North](#)   | 2 |

{% for item in site.pages %}{% if item.title == "Tides" %}
<div class="item">{{ item.content | strip }}</div>
{% endif %}{% endfor %}
"""


def test_an_edited_word_leaves_what_liquid_shows_of_other_edited_pages(tmp_path: Path) -> None:
    files = {
        "wharf.md": f"---\ntitle: Quays\n---\n{LISTING}",
        "tides.md": "---\ntitle: Tides\n---\nDeep water.\n",
    }
    tree = write_tree(tmp_path / "site", files)
    run(tree)
    for row in ImportedPage.objects.all():
        page = row.page.specific
        raw = json.dumps(page.body.get_prep_value())
        old, new = ("First", "Last") if row.document.path == "wharf.md" else ("Deep", "Low")
        page.body = saved(page.body, json.loads(raw.replace(old, new)))
        page.save_revision().publish()
    out, report = exported(tmp_path / "out")
    for path, source in files.items():
        expected = source.replace("First", "Last").replace("Deep", "Low")
        assert (out / path).read_text(encoding="utf-8") == expected
    assert report.problems == []
