"""An import makes the colours and formulas of its pages, and says with file and line which it gave up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from blog.models import BlogPage
from portfolio.blocks import markup_cache
from portfolio.blocks.markup_cache import result_cache
from portfolio.content.registry import page_exports, page_mappings
from portfolio.content.site_settings import site_profile
from portfolio.exporter.pipeline import ExportOptions, export_site
from portfolio.markdown import markup_worker
from portfolio.markdown.markup_worker import MarkupLimits
from portfolio.models import MarkupResult
from tests.importer.trees import codes, post, row, run, write_tree

pytestmark = pytest.mark.django_db

COSTLY = '"\\' * 40_000
PATH = "_posts/2021-05-04-tides.md"
# A listing of its own, one in a list that stays Markdown, a formula, and notes; lines 5 to 20 of the file.
BODY = """\
Low water.[^1]

```python
x = 1
```

* item

  ```ruby
  puts 2
  ```

$$\\frac{a}{b}$$

[^1]: A note with `code`{:.language-python}.
"""


@pytest.fixture(autouse=True)
def _limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(markup_cache, "DEFAULT_LIMITS", MarkupLimits(cpu_seconds=1))
    result_cache.clear()
    yield
    result_cache.clear()


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Any, source: Any, seconds: float) -> Any:
        raise AssertionError(f"A request makes {source}")

    result_cache.clear()
    monkeypatch.setattr(markup_worker.Worker, "make", refused)


def test_an_imported_page_is_complete_before_its_first_reader(
    tmp_path: Path, client: Client, request: pytest.FixtureRequest
) -> None:
    assert codes(row(run(write_tree(tmp_path, {PATH: post(BODY)})), PATH)) == []
    request.getfixturevalue("no_worker")
    html = client.get(BlogPage.objects.get().url).content.decode()
    assert '<span class="mi">1</span>' in html
    assert '<span class="mi">2</span>' in html
    assert "<math " in html
    assert "data-lexer" not in html


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        (f"Low water.\n\n```perl\n{COSTLY}\n```\n", "plain-code", 7),
        (f"Low water.\n\n* item\n\n  ```perl\n  {COSTLY}\n  ```\n", "plain-code", 7),
        (f"Low water.\n\n{{% highlight perl %}}\n{COSTLY}\n{{% endhighlight %}}\n", "plain-code", 7),
    ],
    ids=["a listing", "in a list", "Liquid's tag"],
)
def test_the_report_names_what_was_given_up_and_all_else_arrives(
    body: str, code: str, line: int, tmp_path: Path, client: Client, request: pytest.FixtureRequest
) -> None:
    other = "_posts/2021-05-05-other.md"
    tree = write_tree(tmp_path / "site", {PATH: post(body), other: post(BODY, date="2021-05-05")})
    report = run(tree)
    told = [(problem.code, problem.line, problem.severity.value) for problem in row(report, PATH).problems]
    assert told == [(code, line, "warning")]
    assert row(report, PATH).outcome == "created"
    assert codes(row(report, other)) == []
    assert MarkupResult.objects.filter(stopped=True).count() == 1
    request.getfixturevalue("no_worker")
    page = BlogPage.objects.get(slug="tides")
    assert "\\&quot;\\" in client.get(page.url).content.decode().replace('"', "&quot;")
    export_site(ExportOptions(tmp_path / "out", "original"), page_exports(), page_mappings(), site_profile)
    assert (tmp_path / "out" / PATH).read_bytes() == (tree / PATH).read_bytes()


def test_a_dry_run_tells_of_it_and_stores_nothing(tmp_path: Path) -> None:
    tree = write_tree(tmp_path, {PATH: post(f"```perl\n{COSTLY}\n```\n")})
    assert codes(row(run(tree, dry_run=True), PATH)) == ["plain-code"]
    assert not MarkupResult.objects.exists()


def test_an_unchanged_source_is_still_unchanged(tmp_path: Path, client: Client) -> None:
    """What is kept of a listing is no edit of its block."""
    tree = write_tree(tmp_path, {PATH: post(BODY)})
    run(tree)
    client.get(BlogPage.objects.get().url)
    assert row(run(tree), PATH).outcome == "unchanged"


def test_a_changed_listing_is_made_when_it_is_imported_again(
    tmp_path: Path, client: Client, request: pytest.FixtureRequest
) -> None:
    tree = write_tree(tmp_path, {PATH: post(BODY)})
    run(tree)
    write_tree(tmp_path, {PATH: post(BODY.replace("x = 1", "x = 77"))})
    assert row(run(tree), PATH).outcome == "updated"
    request.getfixturevalue("no_worker")
    assert '<span class="mi">77</span>' in client.get(BlogPage.objects.get().url).content.decode()
