"""Tags that documents spell differently: one tag, named as most write it, and every file as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from taggit.models import Tag

from tests.exporter.test_export import export, files
from tests.importer.trees import post, run, write_tree

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = (f"_posts/2024-01-0{day}-post.md" for day in (1, 2, 3))


def tree(root: Path, *tags: str) -> Path:
    return write_tree(
        root, {path: post("x\n", tags=text) for path, text in zip((FIRST, SECOND, THIRD), tags, strict=False)}
    )


@pytest.mark.parametrize(
    ("tags", "name"),
    [
        (("[c++]", "[C++]"), "C++"),
        (("[Tide]", "[tide]", "[tide]"), "tide"),
        (("[.net, rust]", "[.NET]"), ".NET"),
    ],
)
def test_a_new_tag_is_named_as_most_documents_write_it(tmp_path: Path, tags: tuple[str, ...], name: str) -> None:
    source = tree(tmp_path / "site", *tags)
    run(source)
    assert Tag.objects.filter(name__iexact=name).values_list("name", flat=True).get() == name
    export(tmp_path / "out")
    before, after = files(source), files(tmp_path / "out")
    assert {path: after[path] for path in before} == before


def test_a_tag_that_was_there_keeps_its_name(tmp_path: Path) -> None:
    Tag.objects.create(name="Tides")
    run(tree(tmp_path / "site", "[tides]", "[tides]"))
    assert list(Tag.objects.values_list("name", flat=True)) == ["Tides"]
