"""Code, formulas and Markdown are converted once, under limits, and never by a request of a page that was saved."""

from __future__ import annotations

import resource
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from portfolio.blocks import BodyBlocks, markup_cache
from portfolio.blocks.body.prepare_markup import prepare_body
from portfolio.blocks.body.rendering import render_body
from portfolio.blocks.markup_cache import ResultCache, make_in_process, prepare, result_cache, results
from portfolio.blocks.stored_values import value_hash
from portfolio.markdown import markup_worker
from portfolio.markdown.markup_source import Kind, code, formula, make
from portfolio.markdown.markup_source import markdown as markdown_source
from portfolio.markdown.markup_worker import STOPPED, MarkupLimits, RenderedMarkup, make_all, make_many
from portfolio.markdown.nodes import Flavour
from portfolio.markdown.options import Options
from portfolio.models import MarkupResult
from tests import builders

pytestmark = pytest.mark.django_db

COSTLY = '"\\' * 95_000  # as Perl; each quotation mark makes the lexer look at the whole of the rest
LISTING = "def surge(a):\n    return a - 1"
FENCED = f"Before\n\n```python\n{LISTING}\n```\n\n* item\n\n  $$x^2$$\n"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    result_cache.clear()
    yield
    result_cache.clear()


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> list[Kind]:
    """The kind of each source that is given to a worker."""
    given: list[Kind] = []
    real = markup_worker.Worker.make

    def spied(self: Any, source: Any, seconds: float) -> RenderedMarkup:
        given.append(source.kind)
        return real(self, source, seconds)

    monkeypatch.setattr(markup_worker.Worker, "make", spied)
    return given


def body_of(*blocks: tuple[str, Any]) -> Any:
    raw = [{"type": name, "value": value, "id": str(number)} for number, (name, value) in enumerate(blocks)]
    return BodyBlocks().to_python(raw)


def published(**fields: Any) -> Page:
    page = builders.post(**fields)
    page.save_revision().publish()
    return Page.objects.get(pk=page.pk).specific


EVERYTHING = [
    ("code", {"language": "python", "code": LISTING, "title": "a.py", "highlight": "2"}),
    ("math", {"tex": r"\frac{a}{b}"}),
    ("markdown", {"source": FENCED}),
    ("html", {"source": f'<pre><code data-lexer="python">{LISTING}</code></pre>'}),
]


# --- The worker ----------------------------------------------------------------------------------------------------


def test_what_costs_too_much_is_given_up_and_the_others_are_made() -> None:
    limits = MarkupLimits(cpu_seconds=0.5, document_seconds=0.5)
    sources = [
        code("x = 1", "python"),
        code(COSTLY, "perl"),
        markdown_source(["![" * 100_000], Options(flavour=Flavour.GOLDMARK)),
        formula("x^2", display=True),
        code("y = 2", "python"),
    ]
    before = resource.getrusage(resource.RUSAGE_SELF)
    made = dict(make_all(sources, limits))
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert [made[source].stopped for source in sources] == [False, True, True, False, False]
    assert after.ru_utime - before.ru_utime < 5  # this process only waits
    assert made[sources[0]].html == make(sources[0])
    assert made[sources[3]].html.startswith("<math ")


@pytest.mark.parametrize("end", ["raise MemoryError", "raise RecursionError", "os._exit(3)", "os.kill(os.getpid(), 9)"])
def test_a_parser_that_fails_or_ends_its_process_stops_itself_only(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(source: Any) -> str:
        if source.text == "bad":
            exec(end, {"os": __import__("os")})  # noqa: S102 - a text of this test
        return "made"

    monkeypatch.setattr(markup_worker, "make", fails)
    monkeypatch.setattr(markup_worker, "process_context", lambda: __import__("multiprocessing").get_context("fork"))
    made = dict(make_all([code("good", "a"), code("bad", "a"), code("good", "b")]))
    assert [result.stopped for result in made.values()] == [False, True, False]


def test_a_result_that_is_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup_worker, "MAX_MARKUP", 10)
    monkeypatch.setattr(markup_worker, "process_context", lambda: __import__("multiprocessing").get_context("fork"))
    assert dict(make_all([code("x = 1", "python")])) == {code("x = 1", "python"): STOPPED}


def test_when_no_process_can_be_started_only_short_text_is_converted(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Any) -> Any:
        raise OSError("no more processes")

    monkeypatch.setattr(markup_worker.Worker, "start", refused)
    made = dict(make_all([code("x = 1", "python"), code("x = 1\n" * 5000, "python")]))
    assert [result.stopped for result in made.values()] == [False, True]


def test_all_of_one_call_have_a_bound_too() -> None:
    assert list(make_all([code("x", "python")], MarkupLimits(all_seconds=0))) == []


def test_several_workers_make_all() -> None:
    sources = [code(f"x = {number}", "python") for number in range(7)]
    assert {source for source, _ in make_many(sources, 2)} == set(sources)


# --- A page --------------------------------------------------------------------------------------------------------


def test_a_published_page_is_shown_with_what_was_made_when_it_was_published(client: Client, worked: list[Kind]) -> None:
    page = published(body=EVERYTHING)
    assert set(worked) == {Kind.CODE, Kind.MATH, Kind.MARKDOWN}
    html = client.get(page.url).content.decode()
    assert html.count('<span class="k">def</span>') == 3
    assert html.count("<math ") == 2
    assert html.count('<span class="hll">') == 1
    assert "data-lexer" not in html
    worked.clear()
    result_cache.clear()  # another process
    assert client.get(page.url).content.decode().count('<span class="k">def</span>') == 3
    assert worked == []


def test_a_request_asks_the_database_as_often_for_many_listings_as_for_one(count_queries: Any) -> None:
    def cold(page: Page) -> int:
        client = Client()
        client.get(page.url)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        result_cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(page.url)
        return len(queries)

    few = cold(published(title="Few", body=EVERYTHING))
    many = [("code", {"language": "python", "code": f"x = {n}"}) for n in range(20)]
    many += [("math", {"tex": f"x^{n}"}) for n in range(20)]
    fences = "\n".join(f"```python\ny = {n}\n```\n" for n in range(20))
    assert cold(published(title="Many", body=[*EVERYTHING, *many, ("markdown", {"source": fences})])) <= few
    warm = published(title="Warm", body=EVERYTHING)
    plain = published(title="Plain", body=[("text", "<p>Low water.</p>")])
    assert count_queries(warm.url) <= count_queries(plain.url) + 1  # a look-up of links in kept text


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        (("code", {"language": "perl", "code": COSTLY}), "&quot;\\&quot;\\"),
        (("markdown", {"source": f"```perl\n{COSTLY}\n```\n"}), "\\&quot;\\"),
        (("markdown", {"source": f"* item\n\n  ```perl\n  {COSTLY}\n  ```\n"}), "\\"),
        (("markdown", {"source": "![" * 100_000, "flavour": "goldmark"}), "![![!["),
    ],
    ids=["code", "fence", "nested fence", "Markdown"],
)
def test_a_costly_block_is_shown_as_it_is_and_costs_a_reader_nothing(
    block: Any, shown: str, client: Client, worked: list[Kind], monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = MarkupLimits(cpu_seconds=0.5, document_seconds=2)
    monkeypatch.setattr(markup_cache, "DEFAULT_LIMITS", quick)
    page = published(body=[block, ("code", {"language": "python", "code": LISTING})])
    assert MarkupResult.objects.filter(stopped=True).count() == 1
    result_cache.clear()
    worked.clear()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    html = client.get(page.url).content.decode()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 5
    assert worked == []
    assert shown in html.replace('"', "&quot;")
    assert '<span class="k">def</span>' in html


def test_pages_stored_by_an_earlier_release_are_made_at_their_first_view(client: Client, worked: list[Kind]) -> None:
    page = published(body=EVERYTHING)
    MarkupResult.objects.all().delete()
    result_cache.clear()
    assert client.get(page.url).content.decode().count('<span class="k">def</span>') == 3
    assert worked
    worked.clear()
    result_cache.clear()
    client.get(page.url)
    assert worked == []


def test_nothing_is_kept_of_a_preview(rf: Any) -> None:
    request = rf.get("/")
    request.is_preview = True
    html = render_body(body_of(*EVERYTHING), {"request": request})
    assert html.count('<span class="k">def</span>') == 3
    assert not MarkupResult.objects.exists()


def test_a_costly_preview_ends(rf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup_cache, "DEFAULT_LIMITS", MarkupLimits(cpu_seconds=0.3))
    request = rf.get("/")
    request.is_preview = True
    html = render_body(body_of(("code", {"language": "perl", "code": COSTLY})), {"request": request})
    assert "<span" not in html


def test_results_leave_stored_values_alone() -> None:
    """Neither the import's nor the export's comparison of values sees that a block was coloured."""
    page = published(body=EVERYTHING)
    fresh = Page.objects.get(pk=page.pk).specific
    assert [value_hash(child["value"]) for child in fresh.body.get_prep_value()] == [
        value_hash(child["value"]) for child in body_of(*EVERYTHING).get_prep_value()
    ]


@pytest.mark.parametrize("block", EVERYTHING, ids=[name for name, _ in EVERYTHING])
def test_a_block_shown_by_itself_is_complete(block: Any) -> None:
    (child,) = body_of(block)
    html = str(child.block.render(child.value))
    assert "data-lexer" not in html
    assert '<span class="k">' in html or "<math " in html


def test_a_feed_asks_for_no_colours_and_no_formulas(client: Client, worked: list[Kind]) -> None:
    published(body=EVERYTHING)
    MarkupResult.objects.exclude(html__startswith="[").delete()
    result_cache.clear()
    worked.clear()
    text = client.get("/feed/").content.decode()
    assert "def surge" in text
    assert "data-lexer" not in text
    assert r"\[\frac{a}{b}\]" in text
    assert worked == []


def test_ten_readers_wait_for_one_conversion(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def slow(sources: Any, limits: Any) -> Any:
        asked.append(1)
        return [(source, RenderedMarkup("done")) for source in sources]

    monkeypatch.setattr(markup_cache, "make_all", slow)
    monkeypatch.setattr(markup_cache, "existing_results", lambda keys: {})
    monkeypatch.setattr(markup_cache, "_worker_slots", threading.BoundedSemaphore(1))
    threads = [
        threading.Thread(target=results, args=([code("x", "python")],), kwargs={"keep": False}) for _ in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(asked) == 1


def test_who_waits_too_long_gets_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup_cache, "MAX_WAIT", 0)
    monkeypatch.setattr(markup_cache, "_worker_slots", threading.BoundedSemaphore(1))
    markup_cache._worker_slots.acquire()
    html = render_body(body_of(("code", {"language": "python", "code": LISTING})), {})
    assert "def surge" in html
    assert not MarkupResult.objects.exists()


def test_what_is_remembered_has_a_bound() -> None:
    some = ResultCache(most=100)
    for number in range(50):
        some.add(str(number), RenderedMarkup("x" * 30))
    assert len(some.results) == 3
    assert some.size == 90
    assert some.get("49") is not None
    assert some.get("0") is None


# --- The editor ----------------------------------------------------------------------------------------------------


def test_the_editor_is_told_after_saving(admin_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup_cache, "DEFAULT_LIMITS", MarkupLimits(cpu_seconds=0.3))
    page = published(body=[("text", "<p>Low water.</p>")])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

    def form(**more: str) -> QueryDict:
        data = querydict_from_html(admin_client.get(edit).content.decode(), form_id="page-edit-form")
        for name in [name for name in data if name.startswith("body-")]:
            del data[name]
        listing = {"language": "perl", "code": COSTLY, "title": "", "highlight": ""}
        data.update({**nested_form_data({"body": streamfield([("code", listing)])}), **more})
        return data

    response = admin_client.post(edit, form(), follow=True)
    said = [str(message) for message in response.context["messages"]]
    assert "Block 1 (Code): a listing is too costly to colour; readers see it without colours." in said
    result_cache.clear()
    response = admin_client.post(edit, form(**{"action-publish": "action-publish"}), follow=True)
    assert any("too costly to colour" in str(message) for message in response.context["messages"])


def test_the_content_check_names_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    from portfolio.admin.content_checks.page_checks import check_changed_pages
    from portfolio.models import Finding

    monkeypatch.setattr(markup_cache, "DEFAULT_LIMITS", MarkupLimits(cpu_seconds=0.3))
    page = published(body=[("code", {"language": "perl", "code": COSTLY})])
    published(body=EVERYTHING, title="Other")
    check_changed_pages()
    (finding,) = Finding.objects.filter(code="costly")
    assert finding.check_of.page_id == page.pk


# --- The command ---------------------------------------------------------------------------------------------------


def test_the_command_makes_what_is_missing_and_forgets_what_is_unused(capsys: pytest.CaptureFixture[str]) -> None:
    page = published(body=EVERYTHING)
    expected = set(MarkupResult.objects.values_list("key", flat=True))
    page.body = body_of(("code", {"language": "python", "code": "draft = 1"}))
    page.save_revision()
    MarkupResult.objects.all().delete()
    MarkupResult.objects.create(key="0" * 64, html="of an earlier release")
    result_cache.clear()
    call_command("make_markup")
    stored = set(MarkupResult.objects.values_list("key", flat=True))
    assert stored - expected == {code("draft = 1", "python").key}
    assert expected <= stored
    assert "1 forgotten" in capsys.readouterr().out


def test_the_command_tries_again(monkeypatch: pytest.MonkeyPatch) -> None:
    page = published(body=[("code", {"language": "python", "code": LISTING})])
    key = code(LISTING, "python").key
    MarkupResult.objects.filter(key=key).update(html="", stopped=True)
    result_cache.clear()
    call_command("make_markup")
    assert MarkupResult.objects.get(key=key).stopped
    result_cache.clear()
    call_command("make_markup", again=True)
    assert not MarkupResult.objects.get(key=key).stopped
    assert prepare_body(page.body) == []


def test_what_an_import_made_on_the_way_is_not_made_again(worked: list[Kind]) -> None:
    unstored: dict = {}
    source = markdown_source(["*a*"], Options())
    with make_in_process(unstored):
        assert results([source])[source] == RenderedMarkup(make(source))
    assert worked == []
    assert set(unstored) == {source}
    prepare(unstored)
