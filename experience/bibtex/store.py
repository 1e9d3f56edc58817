"""Store BibTeX entries as publications: made, updated where the entry has changed, or left alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from experience.bibtex.parse import BibtexEntry
from experience.content.work_links import address_of
from experience.models import PublicationIndexPage, PublicationPage
from experience.models.work_links import LINK_KINDS, validate_address
from portfolio.documents.months import month_number
from portfolio.documents.slugs import name_key, slug_of
from portfolio.validation.page_form import free_page_slug

TYPE_OF_ENTRY = {
    "article": "article",
    "inproceedings": "conference",
    "conference": "conference",
    "proceedings": "book",
    "book": "book",
    "booklet": "book",
    "incollection": "chapter",
    "inbook": "chapter",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "manual": "report",
    "unpublished": "preprint",
    "dataset": "dataset",
    "software": "software",
}
VENUES = ("journal", "journaltitle", "booktitle", "series", "school", "institution", "publisher", "howpublished")
# Keys of jekyll-scholar's themes and of BibTeX for each kind of link.
LINKS = {
    "doi": ("doi",),
    "arxiv": ("arxiv", "eprint"),
    "pdf": ("pdf",),
    "code": ("code", "github"),
    "slides": ("slides",),
    "poster": ("poster",),
    "video": ("video",),
    "data": ("dataset",),
    "paper": ("html", "url"),
    "website": ("website", "blog"),
}


@dataclass(slots=True)
class BibtexImport:
    """What became of the entries, by title; ``problems`` are messages with the line of their entry."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    edited_here: list[str] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


class StoredPublications:
    """The publications that are here, by BibTeX key; those without one by title."""

    def __init__(self) -> None:
        self.by_key: dict[str, PublicationPage] = {}
        self.by_title: dict[str, PublicationPage] = {}
        for page in PublicationPage.objects.order_by("-pk"):
            self.add(page)

    def add(self, page: PublicationPage) -> None:
        if page.citation_key:
            self.by_key[page.citation_key] = page
        else:
            self.by_title[name_key(page.title)] = page

    def page(self, entry: BibtexEntry) -> PublicationPage | None:
        return self.by_key.get(entry.key) or self.by_title.get(name_key(title_of(entry)))


@transaction.atomic
def store_entries(
    entries: Iterable[BibtexEntry], index: Page, user: Any = None, *, publish: bool = True
) -> BibtexImport:
    """Store the entries below ``index``. A publication of the same key is updated unless somebody edited it here."""
    result = BibtexImport()
    publications = StoredPublications()
    seen: set[str] = set()
    for entry in entries:
        if entry.key in seen:
            result.problems.append((entry.line, f"a second entry with the key {entry.key}; left out"))
            continue
        seen.add(entry.key)
        try:
            page = store_entry(entry, publications.page(entry), index, user, result, publish=publish)
        except ValidationError as error:
            result.problems.append((entry.line, f"{entry.key}: {'; '.join(error.messages)}"))
        else:
            publications.add(page)
    return result


def store_entry(
    entry: BibtexEntry, page: PublicationPage | None, index: Page, user: Any, result: BibtexImport, *, publish: bool
) -> PublicationPage:
    if page is None:
        page = PublicationPage(live=False, owner=user, citation_key=entry.key)
        fill(page, entry, result)
        page.slug = free_page_slug(slug_of(page.title)[:200] or slug_of(entry.key) or "publication", index, page)
        index.add_child(instance=page)
        result.created.append(page.title)
    elif page.entry_digest == digest_of(entry):
        result.unchanged.append(page.title)
        return page
    elif page.latest_revision_id != page.entry_revision:
        result.edited_here.append(page.title)
        return page
    else:
        fill(page, entry, result)
        result.updated.append(page.title)
    revision = page.save_revision(user=user, log_action=True)
    if publish and (page.live or page.last_published_at is None):  # else somebody has unpublished it
        revision.publish(user=user)
    PublicationPage.objects.filter(pk=page.pk).update(entry_revision=revision.pk, entry_digest=page.entry_digest)
    return page


def digest_of(entry: BibtexEntry) -> str:
    """Changes when anything in the entry does."""
    return sha256(json.dumps([entry.type, sorted(entry.fields.items()), entry.authors]).encode()).hexdigest()


def fill(page: PublicationPage, entry: BibtexEntry, result: BibtexImport) -> None:
    """Set the fields that the entry gives; featured, picture, skills, summary and text are the site's own."""
    values = entry.fields
    page.title = title_of(entry)
    page.authors_text = "\n".join(entry.authors)
    page.publication_type = type_of(entry)
    page.venue = next((values[name] for name in VENUES if values.get(name)), "")[:300]
    page.year, page.date = year_and_day(values)
    page.abstract = values.get("abstract", "")
    page.award = (values.get("award_name") or values.get("award") or "")[:300]
    page.bibtex = entry.source
    page.entry_digest = digest_of(entry)
    if values.get("selected", "").casefold() == "true":
        page.featured = True
    page.links = json.dumps(links_of(entry, result))


def title_of(entry: BibtexEntry) -> str:
    return entry.fields.get("title", "")[:255] or entry.key


def type_of(entry: BibtexEntry) -> str:
    if entry.type in TYPE_OF_ENTRY:
        return TYPE_OF_ENTRY[entry.type]
    is_arxiv = "arxiv" in " ".join([entry.fields.get("archiveprefix", ""), entry.fields.get("journal", "")]).casefold()
    return "preprint" if is_arxiv or entry.fields.get("eprint") else "other"


def year_and_day(values: Mapping[str, str]) -> tuple[int | None, datetime | None]:
    """The year, and the day where year, month and day are all known."""
    written = values.get("date", "") or "-".join(
        filter(None, (values.get("year", ""), month_of(values.get("month", "")), values.get("day", "")))
    )
    parts = written.split("-")
    year = int(parts[0]) if parts[0].isascii() and parts[0].isdigit() and len(parts[0]) == 4 else None
    try:
        day = datetime.strptime("-".join(parts), "%Y-%m-%d") if len(parts) == 3 else None
    except ValueError:
        day = None
    return year, timezone.make_aware(day) if day and day.year >= 1000 else None


def month_of(text: str) -> str:
    number = int(text) if text.isdecimal() and len(text) <= 2 else month_number(text)
    return f"{number:02}" if number else ""


def first_address(value: str) -> str:
    """The first of several web addresses in one field, as reference managers write them."""
    first, *others = value.split() or [""]
    return first if others and all("://" in address for address in (first, *others)) else value


def links_of(entry: BibtexEntry, result: BibtexImport) -> list[dict[str, Any]]:
    blocks, seen = [], set()
    for kind in LINK_KINDS:
        for name in LINKS.get(kind, ()):
            value = first_address(entry.fields.get(name, ""))
            if not value or (name == "eprint" and "arxiv" not in entry.fields.get("archiveprefix", "arxiv").casefold()):
                continue
            is_whole = "/" in value or kind in ("doi", "arxiv")
            address = address_of(kind, name, value if is_whole else f"assets/pdf/{value}")
            try:
                validate_address(address)
            except ValidationError:
                result.problems.append((entry.line, f"{entry.key}: {name} {value[:80]!r} is no address; left out"))
                continue
            if address not in seen:
                seen.add(address)
                blocks.append({"type": "link", "value": {"kind": kind, "url": address, "label": ""}})
    return blocks


def publication_index(parent: Page) -> Page:
    """The list of publications, made below ``parent`` when there is none."""
    return PublicationIndexPage.objects.first() or PublicationIndexPage.add_below(parent)
