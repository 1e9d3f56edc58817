"""An export holds the pages of one chunk at a time, whatever the size of the site."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from django.utils import timezone

from blog.models import BlogIndexPage, BlogPage
from portfolio.content.registry import page_exports, page_mappings
from portfolio.content.site_settings import site_profile
from portfolio.exporter import selection
from portfolio.exporter.pipeline import ExportOptions, export_site
from tests.exporter.test_export import edit, files
from tests.importer.trees import post, run, write_tree

pytestmark = pytest.mark.django_db

CHUNK, POSTS = 2, 10


def pages_in_memory() -> int:
    return sum(type(item) is BlogPage for item in gc.get_objects())


@pytest.mark.parametrize("edited", ["none", "all"])
def test_the_pages_of_one_chunk_are_in_memory(tmp_path: Path, monkeypatch, edited: str) -> None:
    days = [f"2021-05-{day:02}" for day in range(1, POSTS)]
    sources = {f"_posts/{day}-gauge.md": post("It stood dry.\n", day, f"{day} 10:00:00 +0000") for day in days}
    run(write_tree(tmp_path / "in", sources))
    if edited == "all":
        for page in BlogPage.objects.all():
            edit(page, {"stood dry": "stood wet"})
    index = BlogIndexPage.objects.get()
    for number in range(POSTS):
        new = BlogPage(
            title=f"New {number}",
            slug=f"new-{number}",
            date=timezone.now().replace(microsecond=0),
            body=[("text", "<p>Wet.</p>")],
        )
        index.add_child(instance=new)
    del new
    monkeypatch.setattr(selection, "CHUNK", CHUNK)
    gc.collect()
    gc.freeze()  # what is there already is neither collected nor counted
    most, steps = 0, {}

    def progress(step: str, done: int, total: int) -> None:
        nonlocal most
        gc.collect()
        most = max(most, pages_in_memory())
        steps[step] = (done, total)

    options = ExportOptions(tmp_path / "out")
    try:
        report = export_site(options, page_exports(), page_mappings(), site_profile, progress)
    finally:
        gc.unfreeze()
    assert report.problems == []
    assert len(report.new) == POSTS
    assert len(report.edited) == (POSTS - 1 if edited == "all" else 0)
    assert 0 < most <= 3 * CHUNK  # the chunk before is freed when the next one is loaded
    total = len(report.edited) + POSTS
    assert steps["Copying documents"] == (POSTS - 1, POSTS - 1)
    assert steps["Writing new pages"] == (total, total)
    before_edit, after = files(tmp_path / "in"), files(tmp_path / "out")
    for path in sources:
        changed = before_edit[path].replace(b"dry", b"wet") if edited == "all" else before_edit[path]
        assert after[path] == changed
