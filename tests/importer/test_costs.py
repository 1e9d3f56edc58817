"""What an import does for each document, and what it does once for all: the reasons that it is as fast as it is."""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portfolio.documents import front_matter, limits
from portfolio.documents.document import SourceNode, Span
from portfolio.documents.limits import not_counted
from portfolio.engines import open_source
from portfolio.engines.protocol import SiteContext
from portfolio.importer.conversion import nodes, worker
from portfolio.importer.conversion.convert import convert
from portfolio.markdown.nodes import NodeKind
from tests.importer.trees import post, run, write_tree

TEXT = """## Water

The **tide** rises.

* one
* two

> Wait.

```python
x = 1
```

| a | b |
|---|---|
| 1 | 2 |
"""


def posts(count: int, text: str = TEXT) -> dict[str, str]:
    return {
        f"_posts/2021-{1 + number % 12:02}-04-entry-{count}-{number}.md": post(
            text, title=f"Entry {number}", tags="[tide, moon]"
        )
        for number in range(count)
    }


def config(number: int) -> str:
    """Of a site of its own."""
    return f"title: Notes\nurl: https://notes-{number}.example\n"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the front matter of each text was read."""
    found: Counter[str] = Counter()
    load = front_matter.load_yaml

    def counted(text: str, **options: Any) -> Any:
        found[text.partition("\n")[0]] += 1
        return load(text, **options)

    monkeypatch.setattr(front_matter, "load_yaml", counted)
    return found


def test_front_matter_is_read_once(tmp_path: Path, read: Counter[str]) -> None:
    with open_source(write_tree(tmp_path, posts(5))) as source:
        site = source.site_context()
        for file in source.files:
            convert(file, site)
    assert read == {f"title: Entry {number}": 1 for number in range(5)}


def test_document_that_asks_for_itself_leaves_the_others_alone(tmp_path: Path, read: Counter[str]) -> None:
    with open_source(write_tree(tmp_path, posts(5, "{{ page.title }} of {{ site.title }}\n"))) as source:
        site = source.site_context()
        found = convert(source.files[0], site)
    assert found.nodes[0].html == "<p>Entry 0 of Saltmarsh notes</p>"
    assert read == {"title: Entry 0": 2}


def test_documents_that_ask_for_the_others_have_them_read_once(tmp_path: Path, read: Counter[str]) -> None:
    with open_source(write_tree(tmp_path, posts(5, "{{ site.posts.size }} posts\n"))) as source:
        site: SiteContext = source.site_context()
        found = [convert(file, site) for file in source.files]
    assert {document.nodes[0].html for document in found} == {"<p>5 posts</p>"}
    assert sum(read.values()) <= 3 * 5


def test_front_page_with_the_menu_is_found_without_the_front_matter_of_posts(
    tmp_path: Path, read: Counter[str]
) -> None:
    layout = '<nav><a href="/tides/">Tides</a><a href="/about/">About</a></nav>{{ content }}'
    front = {"about.md": post("", title="About"), "index.md": post("", title="Front", layout="default")}
    with open_source(write_tree(tmp_path, posts(5) | front | {"_layouts/default.html": layout})) as source:
        menu = source.engine.shown_on_front_page(source.site_context()).menu
    assert menu == (("Tides", "/tides/"), ("About", "/about/"))
    assert not [title for title in read if title.startswith("title: Entry")]


def test_looking_at_the_others_is_no_work_of_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    before = resource.getrlimit(resource.RLIMIT_CPU)
    given = 50_000
    used = iter([10.0, 17.5])
    monkeypatch.setattr(limits, "_used", lambda: next(used))
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (given, before[1]))
        with not_counted(30):
            assert resource.getrlimit(resource.RLIMIT_CPU)[0] == given + 30
        assert resource.getrlimit(resource.RLIMIT_CPU)[0] == given + 8
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, before)


def test_prose_is_compared_with_its_source_where_it_is_converted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_source(write_tree(tmp_path, posts(1, "The **tide** rises.\n"))) as source:
        (node,) = convert(source.files[0], source.site_context()).nodes
        assert node.data == {"stored": "<p>The <b>tide</b> rises.</p>"}
        monkeypatch.setattr(nodes, "stored_form", lambda html: "<p>The <b>tide</b> falls.</p>")
        (node,) = convert(source.files[0], source.site_context()).nodes
        assert node.data == {"stored": None}


def test_nodes_travel_as_calls() -> None:
    node = SourceNode(NodeKind.PROSE, Span(3, 9), 2, "tide\n", "<p>tide</p>", {"stored": "<p>tide</p>"}, False)
    assert pickle.loads(pickle.dumps(node)) == node  # noqa: S301 - packed here
    assert node.__reduce__()[0] is SourceNode
    assert node.span.__reduce__() == (Span, (3, 9))


@pytest.mark.django_db
def test_pages_of_a_first_import_cost_no_queries_of_their_own(tmp_path: Path) -> None:
    queries(tmp_path, 3)  # makes the tags, and what else there is one of
    few, many = queries(tmp_path, 12), queries(tmp_path, 36)
    assert many - few <= 3  # SQLite takes the rows of a table in portions


def queries(folder: Path, count: int) -> int:
    """How many queries the first import of a site of ``count`` posts takes."""
    files = posts(count, f"{TEXT}\n{count}\n")
    root = write_tree(folder / str(count), files, config(count))
    with CaptureQueriesContext(connection) as captured:
        report = run(root)
    assert {document.outcome for document in report.documents} == {"created"}
    long = ("wagtailcore_revision", "blog_blogpage", "portfolio_importedpage")  # rows that are given value by value
    inserts = [query["sql"] for query in captured if query["sql"].startswith("INSERT")]
    assert not [sql for sql in inserts if "UNNEST" in sql and any(table in sql for table in long)]
    return len(captured)


@pytest.mark.django_db
def test_import_without_news_asks_little_and_converts_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = (write_tree(tmp_path / str(count), posts(count), config(count)) for count in (3, 12))
    run(few), run(many)
    monkeypatch.setattr(worker, "process_context", lambda: pytest.fail("workers were made ready"))
    asked = [unchanged(few), unchanged(many)]
    assert asked[0] == asked[1] <= 16


def unchanged(root: Path) -> int:
    """How many queries an import takes that finds nothing new."""
    with CaptureQueriesContext(connection) as captured:
        report = run(root)
    assert {document.outcome for document in report.documents} == {"unchanged"}
    assert all(document.page_url for document in report.documents)
    return len(captured)


def test_process_that_writes_pages_loads_no_converter() -> None:
    """It takes a tenth of a second and ten megabytes, and the workers have it."""
    script = (
        "import sys, django; django.setup(); import portfolio.management.commands.import_markdown;"
        "costly = ('liquid', 'dateutil', 'markdown_it', 'portfolio.markdown.kramdown.blocks', 'portfolio.urls',"
        " 'portfolio.importer.conversion.convert');"
        "print([name for name in costly if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=settings.BASE_DIR, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
