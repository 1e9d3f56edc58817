"""Pinned posts, and discussions elsewhere, on their way in and out."""

from __future__ import annotations

from pathlib import Path

import pytest

from blog.models import BlogPage
from tests.exporter.test_export import edit, export, files
from tests.importer.trees import post, run, write_tree

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["pin", "pinned", "sticky"])
def test_a_pin_comes_in_and_goes_out(key: str, tmp_path: Path) -> None:
    source = write_tree(
        tmp_path / "site",
        {
            "_posts/2024-05-06-first.md": post("Low water.\n", title="First", **{key: "true"}),
            "_posts/2024-05-07-second.md": post("High water.\n", title="Second", pin="soon"),
        },
    )
    run(source)
    first, second = (BlogPage.objects.get(title=title) for title in ("First", "Second"))
    assert (first.pinned, second.pinned) == (True, False)
    edit(first, {}, pinned=False)
    edit(second, {}, pinned=True)
    assert not export(tmp_path / "out").problems
    written = files(tmp_path / "out")
    assert f"{key}: false\n" in written["_posts/2024-05-06-first.md"].decode()
    assert "pin: true\n" in written["_posts/2024-05-07-second.md"].decode()


@pytest.mark.parametrize("key", ["discussion_url", "comments_url"])
def test_the_address_of_a_discussion_comes_in_and_goes_out(key: str, tmp_path: Path) -> None:
    address = "https://social.example/@mara/112"
    first = post("Low water.\n", title="First", **{key: address})
    second = post("High water.\n", title="Second", comments_url="/comments/")
    source = {"_posts/2024-05-06-first.md": first, "_posts/2024-05-07-second.md": second}
    run(write_tree(tmp_path / "site", source))
    pages = [BlogPage.objects.get(title=title) for title in ("First", "Second")]
    assert [page.discussion_url for page in pages] == [address, ""]
    edit(pages[0], {}, discussion_url=f"{address}0")
    assert not export(tmp_path / "out").problems
    assert f"{key}: {address}0\n" in files(tmp_path / "out")["_posts/2024-05-06-first.md"].decode()
