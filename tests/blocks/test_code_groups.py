"""Tabs of code: code blocks in a row that name the same group, read from Markdown and written back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from wagtail.blocks.stream_block import StreamValue

from blog.models import BlogPage
from portfolio.blocks import BodyBlocks
from portfolio.blocks.body.rendering import render_body
from portfolio.markdown.attribute_lists import listing_details
from tests.exporter.test_export import edit, export, files
from tests.importer.trees import post, run, write_tree

pytestmark = pytest.mark.django_db


def code(text: str, group: str = "", title: str = "", language: str = "bash") -> tuple[str, dict[str, Any]]:
    return "code", {"language": language, "code": text, "title": title, "highlight": "", "group": group}


def render(*children: Any) -> str:
    return render_body(StreamValue(BodyBlocks(), list(children)), {})


def test_code_of_one_group_is_tabs_with_the_first_open() -> None:
    html = render(code("one", "a", "pip"), code("two", "a", language="sh"), code("three", "a", language=""))
    assert html.count('<div class="tabs">') == 1
    assert html.count("<details") == html.count('<details name="tabs-') == 3
    assert html.count(" open>") == 1
    for label in ("pip", "sh", "3"):
        assert f"<summary>{label}</summary>" in html


@pytest.mark.parametrize(
    "children",
    [
        [code("one", "a")],
        [code("one"), code("two")],
        [code("one", "a"), code("two", "b")],
        [code("one", "a"), ("text", "<p>Between.</p>"), code("two", "a")],
    ],
)
def test_other_code_stays_by_itself(children: Any) -> None:
    assert "tabs" not in render(*children)


def test_labels_of_a_group_differ() -> None:
    html = render(code("1", "a"), code("2", "a"), code("3", "a", "bash (2)"), code("4", "a"))
    for label in ("bash", "bash (2)", "bash (2) (2)", "bash (3)"):
        assert html.count(f"<summary>{label}</summary>") == 1


def test_label_is_escaped() -> None:
    assert "<summary>&lt;b&gt;</summary>" in render(code("one", "a", "<b>"), code("two", "a"))


def test_group_behind_the_language_of_a_fence() -> None:
    details, unread = listing_details('title="x.sh" group="install" {1}')
    assert (details, unread) == ({"title": "x.sh", "data-group": "install", "data-highlight": "1"}, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('title="set group=a now"', {"title": "set group=a now"}),
        ("title=\"Rock 'n' group=x\"", {"title": "Rock 'n' group=x"}),
        ("title='lines {1,3} linenos' {2}", {"title": "lines {1,3} linenos", "data-highlight": "2"}),
        ('title="hl_lines=[1]"', {"title": "hl_lines=[1]"}),
        ('group="a title=b"', {"data-group": "a title=b"}),
        ('hl_lines="1-2" linenos=table group=a', {"data-highlight": "1-2", "class": "linenos", "data-group": "a"}),
    ],
)
def test_words_in_a_value_are_no_details(text: str, expected: dict[str, str]) -> None:
    assert listing_details(text) == (expected, "")


BODY = """```bash
pip install tides
```
{: title="pip" group="install"}

~~~ bash
uv add tides
~~~
{: data-group="install" title="uv"}
"""


def test_tabs_are_imported_and_come_back_byte_for_byte(tmp_path: Path) -> None:
    tree = write_tree(tmp_path / "in", {"_posts/2021-05-04-tides.md": post(BODY)})
    report = run(tree)
    page = BlogPage.objects.get()
    assert [child.value["group"] for child in page.body] == ["install", "install"]
    assert [problem.code for row in report.documents for problem in row.problems] == []
    export(tmp_path / "out")
    assert files(tmp_path / "out") == files(tree)
    edit(page, {"uv add tides": "uv add waves"})
    export(tmp_path / "again")
    text = (tmp_path / "again/_posts/2021-05-04-tides.md").read_text()
    assert text == post(BODY.replace("uv add tides", "uv add waves"))
