"""Document: the parsed content of one source file, as passed from conversion to the writer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as calendar_date
from datetime import datetime
from enum import StrEnum
from typing import Any

from portfolio.markdown.nodes import Flavour, NodeKind


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem for the report; ``line`` is 1-based in the source file, None if it has no line."""

    severity: Severity
    code: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Byte offsets into the source file, end exclusive."""

    start: int
    end: int

    def __reduce__(self) -> tuple[Any, ...]:
        return Span, (self.start, self.end)


@dataclass(frozen=True, slots=True)
class SourceNode:
    """A construct of the document's body.

    Spans of a document's nodes are contiguous from the end of the front matter to the end of the file.
    ``source`` is its Markdown after Liquid. ``data`` is that of `Node`; for ``PROSE`` it also has ``stored``, the rich
    text if `plain_prose` can tell it, or None. ``verbatim`` is False if the span contains Liquid, an include or an
    unknown tag, so that ``source`` differs from the file.
    """

    kind: NodeKind
    span: Span
    line: int
    source: str
    html: str
    data: Mapping[str, Any] = field(default_factory=dict)
    verbatim: bool = True

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as a call, which takes half the time of the default for dataclasses with slots."""
        values = (self.kind, self.span, self.line, self.source, self.html, self.data, self.verbatim)
        return SourceNode, values


@dataclass(frozen=True, slots=True)
class Turn:
    """One part of an interview's conversation, in order: a question with its answer, a pull quote, other text."""

    # "question_answer" | "pull_quote" | "heading" | "image_placeholder" | "text" (neither; kept as a paragraph)
    kind: str
    line: int
    question: str = ""
    answer: tuple[str, ...] = ()  # paragraphs, plain text, outer quotation marks removed
    text: str = ""  # of all but "question_answer"
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Interview:
    """The parts recognised in an interview that was pasted as plain text."""

    title: str
    standfirst: str
    turns: tuple[Turn, ...]
    interviewee: str = ""
    interviewee_role: str = ""
    interviewee_organisation: str = ""
    byline: str = ""
    byline_role: str = ""
    reading_minutes: int | None = None
    photo_credit: str = ""
    source_publication: str = ""
    source_url: str = ""
    date: calendar_date | None = None  # as printed; no time and no zone are known


@dataclass(frozen=True, slots=True)
class Document:
    """One source file, read and converted.

    ``kind`` is ``post``, ``page``, ``interview`` or ``collection:<name>``. ``url`` is the URL path in the old engine
    ("" if it had none), ``old_urls`` all paths that must answer, ``url`` first. ``base_path`` is the part
    of them that all addresses of the site begin with, "" or "/notes". ``link_base`` is the base of relative links to
    source files, "" if links are relative to ``url``. ``language_folder`` is where absolute links of the
    document lead, "/fr", if the engine does that; else "". ``date`` and ``updated`` are aware. ``excerpt`` is HTML
    as the engine renders it, "" if the source has none; ``description`` is plain text from the front matter.
    ``language`` is a code, "" for that of the site; translations of one text have the same ``translation_group``.
    ``categories``, ``tags`` and ``authors`` are in source order. ``moved_to`` is the target if the old engine
    redirected the document, a path or an http(s) URL; it gets no page then. ``rendered`` is the file that the engine
    made of a template, which gets no page either. ``settings`` are the Markdown settings of
    its site, as `Options.settings` writes them. ``left_out`` names where a public document is not listed:
    ``lists``, ``search``, ``sitemap``. ``rejected`` documents have at least one error and no nodes.
    """

    path: str
    kind: str
    sha256: str
    title: str = ""
    url: str = ""
    old_urls: tuple[str, ...] = ()
    link_base: str = ""
    base_path: str = ""
    language_folder: str = ""
    slug: str = ""
    date: datetime | None = None
    updated: datetime | None = None
    draft: bool = False
    left_out: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    image: str = ""
    description: str = ""
    excerpt: str = ""
    language: str = ""
    translation_group: str = ""
    listing: bool = False
    rendered: str = ""
    moved_to: str = ""
    flavour: Flavour = Flavour.KRAMDOWN
    settings: str = ""
    front_matter: Mapping[str, Any] = field(default_factory=dict)
    front_matter_span: Span = Span(0, 0)
    nodes: tuple[SourceNode, ...] = ()
    interview: Interview | None = None
    problems: tuple[Problem, ...] = ()
    rejected: bool = False

    @property
    def site_path(self) -> str:
        """The path of the document on the old site, without the site's base path."""
        return (self.url or self.link_base).removeprefix(self.base_path)
