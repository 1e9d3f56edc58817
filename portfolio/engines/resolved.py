"""Resolved document: title, dates, terms, address and draft state by the rules of its engine, before rendering."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portfolio.documents.document import Document, Problem
from portfolio.markdown.options import Options


@dataclass(frozen=True, slots=True)
class ResolvedDocument:
    """The values of a document by the rules of its engine.

    ``kind`` is ``post``, ``page``, ``interview`` or ``collection:<name>``. ``data`` is the front matter with the
    engine's defaults. ``title`` is "" for a page without one. ``address`` has no base path; "" if there is none.
    ``public`` says whether the engine publishes the document now; an ``unlisted`` one has no page, although other pages
    may show it; ``left_out`` names where a public one is not listed. ``image`` is the URL of its image, ``redirects``
    are its other addresses, and ``moved_to`` is the target of its own redirect. ``translation_group`` is what it has in
    common with its translations, if the engine knows, and ``language_folder`` where its absolute links lead then. A
    problem without a line gets the line of the key with which its message begins.
    """

    kind: str
    data: Mapping[str, Any]
    title: str
    slug: str
    address: str = ""
    public: bool = True
    date: datetime | None = None
    updated: datetime | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    image: str = ""
    description: str = ""
    redirects: tuple[str, ...] = ()
    moved_to: str = ""
    unlisted: bool = False
    left_out: tuple[str, ...] = ()
    translation_group: str = ""
    language_folder: str = ""
    problems: tuple[Problem, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class UnrenderedDocument:
    """A resolved document with its ``text`` as written and the ``options`` for its Markdown."""

    document: Document
    resolved: ResolvedDocument
    text: str
    options: Options
