"""Markup cache: highlighted code, MathML and rendered Markdown of bodies.

A result is looked up in the cache of this process, then in the database (one query for a body). If it is in neither,
because the text is not saved yet or was saved by an earlier release, it is made in a worker process under limits. Text
that exceeds the limits is shown as written.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from html import escape
from typing import Any, Protocol

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from portfolio.markdown.diagrams import show_diagrams
from portfolio.markdown.markup_source import Kind, MarkupSource, diagram, make, marks_in, show_marks
from portfolio.markdown.markup_worker import DEFAULT_LIMITS, STOPPED, RenderedMarkup, make_all, make_many

logger = logging.getLogger(__name__)

MAX_WORKERS = 2  # threads of this process that have a worker each
MAX_WAIT = 20  # seconds to wait for a free worker
MAX_CACHED = 16_000_000  # characters

# Kinds that the converter of an import has already processed under its limits.
MAY_BE_MADE_HERE = frozenset({Kind.MARKDOWN, Kind.HTML})

# Results made inside `make_in_process` and not stored yet.
UnstoredResults = dict[MarkupSource, RenderedMarkup]
_unstored: ContextVar[UnstoredResults | None] = ContextVar("unstored_markup", default=None)
_saving: ContextVar[bool] = ContextVar("markup_saving", default=False)
_used: ContextVar[set[str] | None] = ContextVar("markup_used", default=None)
_worker_slots = threading.BoundedSemaphore(MAX_WORKERS)


class ResultStore(Protocol):
    """Store for results by key, shared by all processes."""

    def read(self, keys: Collection[str]) -> Iterable[tuple[str, RenderedMarkup]]: ...

    def stored_keys(self, keys: Collection[str]) -> set[str]: ...

    def write(self, results: Mapping[str, RenderedMarkup]) -> None:
        """Store results; existing ones stay as they are."""

    def write_if_free(self, results: Mapping[str, RenderedMarkup]) -> None:
        """Store results unless somebody else is writing: a reader must not wait for an import."""


_store: list[ResultStore] = []


def use_result_store(store: ResultStore) -> None:
    """Set the store for the results of this process."""
    _store[:] = [store]


# Draws the source of a diagram with the program of that name: an element, "" if it cannot be drawn, None if no program
# here can.
_draw_diagram: list[Callable[[str, str], str | None]] = [lambda source, program: None]


def use_diagrams(draw: Callable[[str, str], str | None]) -> None:
    """Set what draws diagrams, under limits of its own."""
    _draw_diagram[:] = [draw]


# Returns the TeX definitions of the site, which serve all formulas.
_formula_macros: list[Callable[[], str]] = [lambda: ""]


def use_formula_macros(read: Callable[[], str]) -> None:
    """Set what reads the TeX definitions of the site."""
    _formula_macros[:] = [read]


def store() -> ResultStore:
    return _store[0]


class ResultCache:
    """LRU cache of results by key, limited by characters. The result of a key never changes."""

    def __init__(self, most: int = MAX_CACHED) -> None:
        self.most = most
        self.size = 0
        self.results: OrderedDict[str, RenderedMarkup] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: str) -> RenderedMarkup | None:
        with self.lock:
            result = self.results.get(key)
            if result is not None:
                self.results.move_to_end(key)
            return result

    def add(self, key: str, result: RenderedMarkup) -> None:
        with self.lock:
            self.size += len(result.html) - (len(self.results[key].html) if key in self.results else 0)
            self.results[key] = result
            self.results.move_to_end(key)
            while self.size > self.most and len(self.results) > 1:
                self.size -= len(self.results.popitem(last=False)[1].html)

    def clear(self) -> None:
        with self.lock:
            self.results.clear()
            self.size = 0


result_cache = ResultCache()


def results(sources: Iterable[MarkupSource], *, keep: bool = True) -> dict[MarkupSource, RenderedMarkup]:
    """Return the results of ``sources``, without those that no worker was free for; they are shown as written.

    ``keep`` says that the text itself is stored, so that its results can be stored, too.
    """
    if _saving.get():
        return prepare(sources)
    keys = {source: source.key for source in sources}
    if (unstored := _unstored.get()) is not None and all(source.kind in MAY_BE_MADE_HERE for source in keys):
        return {
            source: unstored.get(source) or unstored.setdefault(source, RenderedMarkup(make(source))) for source in keys
        }
    existing = existing_results(keys)
    # A diagram is drawn when its page is saved, never while a reader waits.
    missing = [source for source in keys if source not in existing and source.kind is not Kind.DIAGRAM]
    return existing | made_now(missing, keys, keep=keep) if missing else existing


def existing_results(keys: Mapping[MarkupSource, str]) -> dict[MarkupSource, RenderedMarkup]:
    """Return the results in the cache and in the store, with one query to the store."""
    existing = {source: result for source, key in keys.items() if (result := result_cache.get(key)) is not None}
    unknown = {key: source for source, key in keys.items() if source not in existing}
    if unknown:
        for key, result in store().read(unknown):
            existing[unknown[key]] = result
            result_cache.add(key, result)
    return existing


def made_now(missing: Sequence[MarkupSource], keys: Mapping[MarkupSource, str], *, keep: bool) -> dict:
    if not _worker_slots.acquire(timeout=MAX_WAIT):
        logger.warning("Too many conversions at a time: a page is shown without colours and formulas")
        return {}
    try:
        # The previous user of the worker may have made the same results.
        cached = {source: result for source in missing if (result := result_cache.get(keys[source])) is not None}
        remaining = [source for source in missing if source not in cached]
        new = dict(make_all(remaining, DEFAULT_LIMITS)) if remaining else {}
    finally:
        _worker_slots.release()
    for source, result in new.items():
        result_cache.add(keys[source], result)
    if keep and new:
        store().write_if_free({keys[source]: result for source, result in new.items()})
    return cached | new


@contextmanager
def make_in_process(unstored: UnstoredResults) -> Iterator[None]:
    """Make Markdown and HTML in this process, into ``unstored``, for text that has already passed a worker's limits."""
    token = _unstored.set(unstored)
    try:
        yield
    finally:
        _unstored.reset(token)


@contextmanager
def saving() -> Iterator[None]:
    """Always store results inside the block, because the text is being saved or published."""
    tokens = _saving.set(True), _unstored.set(None)
    try:
        yield
    finally:
        _saving.reset(tokens[0])
        _unstored.reset(tokens[1])


@contextmanager
def collect_keys() -> Iterator[set[str]]:
    """Collect the keys of all results that are prepared inside the block."""
    used: set[str] = set()
    token = _used.set(used)
    try:
        yield used
    finally:
        _used.reset(token)


def prepare(sources: Iterable[MarkupSource], *, workers: int = 1) -> dict[MarkupSource, RenderedMarkup]:
    """Make and store missing results, and return all; for text that is saved, published or imported."""
    keys = {source: source.key for source in sources}
    if (used := _used.get()) is not None:
        used.update(keys.values())
    stored = store().stored_keys(keys.values())
    existing = existing_results(keys)
    missing = [source for source in keys if source not in existing]
    new = dict(make_many([source for source in missing if source.kind is not Kind.DIAGRAM], workers, DEFAULT_LIMITS))
    new |= drawn(source for source in missing if source.kind is Kind.DIAGRAM)
    for source, result in new.items():
        result_cache.add(keys[source], result)
    existing |= new
    store().write({keys[source]: result for source, result in existing.items() if keys[source] not in stored})
    return existing


def drawn(sources: Iterable[MarkupSource]) -> Iterator[tuple[MarkupSource, RenderedMarkup]]:
    """Yield the diagrams that a program of this machine could draw, or tried to."""
    for source in sources:
        html = _draw_diagram[0](source.text, source.variant)
        if html is not None:
            yield source, RenderedMarkup(html) if html else STOPPED


def store_new(new: Mapping[MarkupSource, RenderedMarkup]) -> None:
    """Store the results that are not stored yet."""
    keys = {source: source.key for source in new}
    stored_keys = store().stored_keys(keys.values())
    store().write({keys[source]: result for source, result in new.items() if keys[source] not in stored_keys})


def show(html: str, *, keep: bool = True, draw: bool = False) -> str:
    """Return sanitised ``html`` with highlighted code and formulas as MathML.

    ``draw`` draws diagrams that no page was saved with yet.
    """
    macros = _formula_macros[0]() if "data-math" in html else ""
    sources = list(marks_in(html, macros)) if "data-lexer" in html or "data-math" in html else []
    markup = results(dict.fromkeys(sources), keep=keep) if sources else {}
    if draw:
        markup |= drawn(source for source in sources if source.kind is Kind.DIAGRAM and source not in markup)
    # Invalid formulas, and code that exceeds the limits, stay as they are.
    made = {source: result.html for source, result in markup.items() if result.html}
    if any(source.kind is Kind.DIAGRAM for source in sources):
        html = show_diagrams(
            html,
            lambda text, program: made.get(diagram(text, program)),
            gettext("Source of the diagram"),
            # Translators: the title of a diagram that could not be drawn; {program} is a name such as Mermaid.
            gettext("Diagram, written for {program}"),
        )
    return show_marks(html, made, macros)


def made_of(source: MarkupSource, *, keep: bool = True) -> RenderedMarkup:
    return results([source], keep=keep).get(source, STOPPED)


class MarkedBlock:
    """Mixin of blocks whose templates contain marked code and formulas, which ``render`` replaces by their results.

    Code that renders a whole body sets ``markup_later`` in the context and replaces all marks at once.
    """

    def render(self, value: Any, context: Mapping[str, Any] | None = None) -> SafeString:
        html = super().render(value, context)  # type: ignore[misc]
        return html if context and context.get("markup_later") else mark_safe(show(html))  # noqa: S308 - markup of ours

    def markup_sources(self, value: Any, html: str) -> Iterator[MarkupSource]:
        """Yield the code and formulas in a stored value; ``html`` is its HTML if the whole body was rendered."""
        return marks_in(html)


def as_written(text: str) -> str:
    """Return the HTML for ``text`` that could not be converted."""
    return f'<pre class="as-written">{escape(text, quote=False)}</pre>'
