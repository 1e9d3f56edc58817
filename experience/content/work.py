"""Content of pages about a piece of work: what projects, publications and talks have in common."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from html import unescape
from typing import Any, ClassVar

from wagtail.models import Page

from experience.content.work_links import described_links, from_root, link_keys, links_of
from experience.models import Skill
from experience.models.work import WorkPage
from portfolio.content.language_fields import described_language, fill_language, language_keys, without_language
from portfolio.documents.document import Document, Severity
from portfolio.documents.title_text import plain_title
from portfolio.documents.yaml_writer import Verbatim
from portfolio.exporter.plan import FrontMatterContext
from portfolio.exporter.source_edit.front_matter_keys import (
    IMAGE_KEYS,
    date_value,
    first_key,
    name_keys,
    publication_keys,
    text_keys,
)
from portfolio.importer.plan import PagePlan
from portfolio.importer.references.document_references import DocumentReferences
from portfolio.markdown.text import visible_text
from portfolio.models import HomePage
from portfolio.models.index_pages import IndexPage

# The keys in which themes name a picture: al-folio's, then the usual ones.
COVER_KEYS = ("img", *IMAGE_KEYS)
SUMMARY_KEYS = ("description", "summary", "excerpt")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
PICTURE = re.compile(r"""<img\s(?:[^<>]*?\s)?src\s*=\s*["']([^"'<>]+)["']""", re.IGNORECASE)
MAX_EXCERPT = 10_000  # characters that are searched for a picture
POSITION_KEYS = ("importance", "position", "order", "weight")


class WorkContent:
    """Import and export of one type of work: documents of its collections, and those with its layout."""

    model: type[WorkPage]
    index_model: type[IndexPage]
    layout: ClassVar[str]
    collections: ClassVar[frozenset[str]]
    # Front matter keys of text, and the page's field that each is for.
    text_fields: ClassVar[Mapping[str, str]] = {}
    is_fallback = False

    def claims(self, document: Document) -> bool:
        """Whether it is of this type; a list of documents and a post never are."""
        if document.listing or document.interview is not None:
            return False
        if document.kind.startswith("collection:"):
            return document.kind.removeprefix("collection:").lower() in self.collections or self.has_layout(document)
        return document.kind == "page" and self.has_layout(document)

    def has_layout(self, document: Document) -> bool:
        return document.front_matter.get("layout") == self.layout

    def plans(self, document: Document) -> Sequence[PagePlan]:
        plan = PagePlan(
            model=self.model,
            parent=self.index_model,
            parent_plan=self.index_plan(document),
            title=document.title,
            slug=document.slug,
            fill=partial(self.fill, document),
            describe=self.describe,
            live=not document.draft,
            published_at=document.date,
            nodes=document.nodes,
            old_urls=document.old_urls,
        )
        return (plan,)

    def index_plan(self, document: Document) -> PagePlan:
        """The list that the first of them goes below, where the old site had its collection."""
        return PagePlan(
            model=self.index_model,
            parent=HomePage,
            title=self.index_model.default_title,
            slug=folder_of(document.url) or self.index_model.default_slug,
            fill=lambda page, references: setattr(page, "show_in_menus", True),
            describe=lambda page: {},
        )

    def fill(self, document: Document, page: Any, references: DocumentReferences) -> None:
        values = document.front_matter
        fill_language(page, document)
        page.date = document.date
        page.summary = summary_of(document)
        address = cover_address(values)
        if document.image.endswith(address):  # found below a folder that layouts put in front of it
            address = document.image
        page.cover = references.image(address, document.title, 1) if address else None
        page.links = json.dumps(links_of(values, references))
        page.featured = values.get("featured") is True or values.get("selected") is True
        for key, field in self.text_fields.items():
            setattr(page, field, fitting_text(values.get(key), page, field, references))
        names = values.get("skills")
        names = [str(name) for name in names if str(name).strip()] if isinstance(names, list) else []
        page.skills.set([skill for skill in references.all_named(Skill, names) if skill is not None])

    def describe(self, page: Any) -> dict[str, Any]:
        return {
            "title": page.title,
            "date": page.date.astimezone(UTC).replace(microsecond=0).isoformat() if page.date else None,
            "summary": page.summary,
            "cover": page.cover_id,
            "links": described_links(page.links),
            "featured": page.featured,
            **{key: getattr(page, field) for key, field in self.text_fields.items()},
            "skills": sorted(skill.name for skill in page.skills.all()),
            "published": page.live,
            **described_language(page),
        }

    def changes(
        self, before: Mapping[str, Any], after: Mapping[str, Any], context: FrontMatterContext
    ) -> dict[str, Any]:
        """The keys to set for the fields that differ between ``before`` and ``after``."""
        keys = language_keys(before, after, context.existing)
        for name, value in without_language(after).items():
            if value != before.get(name):
                keys |= self.changed_keys(name, value, before.get(name), context)
        return keys

    def changed_keys(self, name: str, value: Any, before: Any, context: FrontMatterContext) -> dict[str, Any]:
        existing = context.existing
        if name == "date":
            return {"date": date_text(value, "date", context)} if value else text_keys("date", None, existing)
        if name == "summary":
            return summary_keys(value, existing)
        if name == "cover":
            address = context.addresses.image_address(value) if value else ""
            return cover_keys(address, existing)
        if name == "links":
            return link_keys(value, before or [], existing)
        if name == "featured":
            key = "selected" if "selected" in existing else "featured"
            return {key: True} if value else text_keys(key, None, existing)
        if name == "skills":
            return name_keys(existing, "skill", "skills", value)
        if name == "published":
            return publication_keys(value, existing)
        return text_keys(name, value, existing)

    def front_matter(self, page: Any, context: FrontMatterContext) -> dict[str, Any]:
        fields = self.describe(page)
        empty = {
            name: type(value)() if isinstance(value, list | bool | str) else None for name, value in fields.items()
        }
        keys = self.changes(empty, {**fields, "published": True}, context)
        permalink = {"permalink": context.addresses.page_paths[page.pk]}
        return {"layout": self.layout, "title": page.title, **keys, **permalink, **publication_keys(page.live, {})}

    def path(self, page: Any, context: FrontMatterContext) -> str:
        return f"{self.index_model.default_slug}/{page.slug}.md"


def folder_of(url: str) -> str:
    """The first folder of a path; "" for one at the top."""
    folder, _, rest = url.strip("/").partition("/")
    return folder if rest else ""


def date_text(value: str, key: str, context: FrontMatterContext) -> Verbatim:
    """A moment in the form in which the key is written; a day alone stays a day alone."""
    written = context.written.get(key, "")
    moment = datetime.fromisoformat(value).astimezone(context.local)
    if DAY.fullmatch(written.strip(" \"'")) and (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return Verbatim(f"{moment:%Y-%m-%d}")
    return date_value(value, context.local, written)


def summary_of(document: Document) -> str:
    """The description, else the text of an excerpt, in which academicpages also puts a picture."""
    excerpt = document.front_matter.get("excerpt")
    text = document.description or (visible_text(excerpt) if isinstance(excerpt, str) else "")
    return " ".join(text.split())[:500]


def summary_keys(text: str, existing: Mapping[str, Any]) -> dict[str, Any]:
    """The key of the summary; an excerpt that holds more than text stays, since a description goes before it."""
    key = first_key(existing, SUMMARY_KEYS)
    if key == "excerpt" and "<" in str(existing[key]) and text:
        key = "description"
    return text_keys(key, text, existing)


def cover_address(front_matter: Mapping[str, Any]) -> str:
    """The picture of a card: ``img`` as al-folio has it, the usual keys, or ``header: teaser`` of academicpages."""
    values = [front_matter.get(key) for key in COVER_KEYS]
    header = front_matter.get("header")
    if isinstance(header, Mapping):
        values += [header.get(key) for key in ("teaser", "overlay_image", "image")]
    address = next((value.strip() for value in values if isinstance(value, str) and value.strip()), "")
    if not address:
        return first_picture(front_matter.get("excerpt"))
    return from_root(address)


def first_picture(excerpt: Any) -> str:
    """The picture in an excerpt of HTML, which academicpages shows on the card."""
    match = PICTURE.search(excerpt[:MAX_EXCERPT]) if isinstance(excerpt, str) else None
    return from_root(unescape(match[1]).strip()) if match else ""


def cover_keys(address: str, existing: Mapping[str, Any]) -> dict[str, Any]:
    key = first_key(existing, COVER_KEYS)
    header = existing.get("header")
    if not existing.get(key) and isinstance(header, Mapping) and isinstance(header.get("teaser"), str):
        return {"header": {**header, "teaser": address}}
    if not existing.get(key):
        key = "image"
    elif address and not str(existing[key]).startswith("/"):
        address = address.lstrip("/")
    return text_keys(key, address, existing)


def fitting_text(value: Any, page: Page, field: str, references: DocumentReferences) -> str:
    """A value of front matter as text that fits the field; what does not fit is reported and stays in the file."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = " ".join(plain_title(str(value)).split())
    limit = page._meta.get_field(field).max_length
    if limit is not None and len(text) > limit:
        message = f"the {field.replace('_', ' ')} has more than {limit} characters and is cut here"
        references.report(Severity.WARNING, "text-too-long", message, 1)
        return text[: limit - 1].rstrip() + "…"
    return text
