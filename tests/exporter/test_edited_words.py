"""An edited word changes nothing beside it: contents, a list below them, signs that the word touches."""

from __future__ import annotations

from pathlib import Path

import pytest

from blog.models import BlogPage
from tests.exporter.test_any_document import exported
from tests.importer.trees import post, run, write_tree

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
