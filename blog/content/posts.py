"""Content of posts: which documents they are, their fields from a document, and these fields as front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from functools import partial
from html import unescape
from typing import Any

from django.urls import reverse
from taggit.models import Tag

from blog.models import BlogIndexPage, BlogPage, Category, Entry, Series
from portfolio.blocks.rich_text.stored_rich_text import BLOCK_KEY
from portfolio.content.language_fields import described_language, fill_language, language_keys, without_language
from portfolio.documents.document import Document
from portfolio.documents.listed_collections import NEWS
from portfolio.documents.slugs import name_key
from portfolio.exporter.plan import FrontMatterContext
from portfolio.exporter.source_edit.front_matter_keys import (
    IMAGE_KEYS,
    UPDATED_KEYS,
    date_value,
    first_key,
    name_keys,
    publication_keys,
    text_keys,
)
from portfolio.importer.body.rich_text import paragraph
from portfolio.importer.body.summary import summary_from_html
from portfolio.importer.plan import PagePlan, ReadyBlock
from portfolio.importer.references.document_references import DocumentReferences
from portfolio.importer.urls import list_addresses
from portfolio.markdown.paragraphs import paragraphs
from portfolio.markdown.text import visible_text
from portfolio.models import Person
from portfolio.models.tags import tag_named

MAX_EXCERPT_PARAGRAPHS = 50
INTERVIEW_LAYOUT = "interview"
# Problems that leave open when or what a document is: a person looks at it before it goes live.
UNCERTAIN = frozenset({"bad-date", "no-conversation"})
# The first is written; Chirpy and other themes have the others too.
PIN_KEYS = ("pin", "pinned", "sticky")
# The first is written; the other is what some themes call it.
HTTP = re.compile(r"https?://")
DISCUSSION_KEYS = ("discussion_url", "comments_url")
# Fields that hold several terms: the key of the front matter for many, and the one for a single term.
TERM_KEYS = {"categories": "category", "tags": "tag", "skills": "skill", "authors": "author"}


class PostContent:
    """Import and export of posts, new ones in ``posts`` and ``drafts``."""

    model: type[Entry] = BlogPage
    layout = "post"
    is_fallback = False

    def claims(self, document: Document) -> bool:
        return (document.kind == "post" or is_news(document)) and not is_interview(document)

    def plans(self, document: Document) -> Sequence[PagePlan]:
        plan = PagePlan(
            model=self.model,
            parent=BlogIndexPage,
            title=self.title(document),
            slug=document.slug,
            fill=partial(self.fill, document),
            describe=self.describe,
            live=may_go_live(document),
            published_at=published_at(document),
            nodes=document.nodes,
            ready=self.ready_blocks(document),
            old_urls=document.old_urls,
        )
        return (plan,)

    def title(self, document: Document) -> str:
        return document.title

    def ready_blocks(self, document: Document) -> Sequence[ReadyBlock]:
        return ()

    def fill(self, document: Document, page: Entry, references: DocumentReferences) -> None:
        fill_from_document(page, document, references)
        fill_from_front_matter(page, document.front_matter, references)

    def list_address(self, document: Document) -> str:
        """The address of the list that ``document`` was on the old site: its tag's or category's, or a list of all."""
        taxonomy, layout = text_of(document, "taxonomy"), text_of(document, "layout")  # as Minimal Mistakes has it
        for model, key, terms in ((Tag, "tag", document.tags), (Category, "category", document.categories)):
            named = text_of(document, key) or (taxonomy if layout == key else "")
            name = named or (terms[0] if len(terms) == 1 else "")
            if name and (term := tag_named(name) if model is Tag else model.objects.named(name)):
                return reverse(key, args=[term.slug])
        return list_addresses.list_address(document)

    def describe(self, page: Entry) -> dict[str, Any]:
        """The fields as front matter has them: names sorted, moments in UTC, pictures by their id."""
        return {
            "title": page.title,
            "date": utc_iso(page.date),
            "updated": utc_iso(page.updated),
            "summary": BLOCK_KEY.sub("", page.summary),
            "description": page.search_description,
            "image": page.cover_id,
            "categories": sorted(category.name for category in page.categories.all()),
            "tags": sorted(tag.name for tag in page.tags.all()),
            "skills": sorted(skill.name for skill in page.skills.all()),
            "authors": sorted(person.name for person in page.authors.all()),
            "series": page.series.title if page.series else "",
            "series_position": page.series_position,
            "canonical_url": page.canonical_url,
            "published": page.live,
            # Described as before there were any.
            **({"pinned": True} if page.pinned else {}),
            **({"discussion_url": page.discussion_url} if page.discussion_url else {}),
            **described_language(page),
        }

    def changes(
        self, before: Mapping[str, Any], after: Mapping[str, Any], context: FrontMatterContext
    ) -> dict[str, Any]:
        """The keys to set for the fields that differ between ``before`` and ``after``."""
        existing = context.existing
        keys = {**language_keys(before, after, existing), **pin_keys(before, after, existing)}
        if (discussion := after.get("discussion_url", "")) != before.get("discussion_url", ""):
            keys |= text_keys(first_key(existing, DISCUSSION_KEYS), discussion, existing)
        for name, value in without_language(after).items():
            if value == before.get(name) or (name in TERM_KEYS and same_names(value, before.get(name))):
                continue
            if name in TERM_KEYS:
                keys |= name_keys(existing, TERM_KEYS[name], name, value)
            elif name == "date":
                keys["date"] = date_value(value, context.local, context.written.get("date", ""))
            elif name == "updated":
                key = first_key(existing, UPDATED_KEYS)
                written = context.written.get(key, "")
                keys |= {key: date_value(value, context.local, written)} if value else text_keys(key, None, existing)
            elif name in ("image", "photo"):
                key = first_key(existing, IMAGE_KEYS) if name == "image" else name
                keys |= text_keys(key, context.addresses.image_address(value) if value else "", existing)
            elif name == "published":
                keys |= publication_keys(value, existing)
            elif name not in ("summary", "description", "pinned", "discussion_url"):
                keys |= text_keys(name, value, existing)
        return {**keys, **summary_changes(before, after, existing)}

    def front_matter(self, page: Entry, context: FrontMatterContext) -> dict[str, Any]:
        fields = self.describe(page)
        empty = {name: ([] if name in TERM_KEYS else "") for name in fields}
        keys = self.changes(empty, {**fields, "published": True}, context)
        order = ["title", "date", *dict.fromkeys(UPDATED_KEYS), "permalink"]
        own = context.addresses.page_paths[page.pk]
        keys = {"layout": self.layout, **keys, "permalink": own, **publication_keys(page.live, {})}
        if not page.live:
            del keys["published"]  # its folder, drafts, says so
        return {name: keys[name] for name in ["layout", *order, *keys] if name in keys}

    def path(self, page: Entry, context: FrontMatterContext) -> str:
        if not page.live:
            return f"drafts/{page.slug}.md"
        return f"posts/{page.date.astimezone(context.local):%Y-%m-%d}-{page.slug}.md"


def is_news(document: Document) -> bool:
    """Whether it is dated news, which al-folio keeps in a collection of its own."""
    kind, _, collection = document.kind.partition(":")
    return kind == "collection" and collection.lower() in NEWS and document.date is not None


def is_interview(document: Document) -> bool:
    """Whether it was read as an interview, or is a post whose front matter says that it is one."""
    is_labelled = document.kind == "post" and document.front_matter.get("layout") == INTERVIEW_LAYOUT
    return document.interview is not None or is_labelled


def may_go_live(document: Document) -> bool:
    """Whether nothing that decides its date or type was a guess."""
    return not document.draft and not any(problem.code in UNCERTAIN for problem in document.problems)


def published_at(document: Document) -> datetime | None:
    """The document's date; an interview's date, which has no time of day, is the beginning of that day."""
    if document.date is None and document.interview is not None and document.interview.date is not None:
        return datetime.combine(document.interview.date, time(), UTC)
    return document.date


def fill_from_document(page: Entry, document: Document, references: DocumentReferences) -> None:
    """Set what a list of entries shows. Terms are matched whatever their letter case; new ones are made."""
    date = published_at(document)
    if date is not None:
        page.date = date
    page.updated = document.updated
    fill_language(page, document)
    page.summary = paragraph(document.description) if document.description else ""
    page.excerpt_paragraphs = min(max(sum(1 for _ in paragraphs(document.excerpt)), 1), MAX_EXCERPT_PARAGRAPHS)
    page.search_description = document.description[:300]
    canonical = text_of(document, "canonical_url")
    page.canonical_url = references.web_address(canonical, "canonical_url") if canonical else ""
    addresses = [address for key in DISCUSSION_KEYS if HTTP.match(address := text_of(document, key))]
    page.discussion_url = references.web_address(addresses[0], "discussion_url") if addresses else ""
    page.cover = references.image(document.image, document.title, 1) if document.image else None
    page.categories = distinct(references.all_named(Category, document.categories))
    page.authors = distinct(references.all_named(Person, document.authors))
    page.tags.set(distinct(references.all_named(Tag, document.tags)))
    title = text_of(document, "series")
    page.series = references.named(Series, title, field="title") if title else None


def fill_from_front_matter(page: Entry, front_matter: Mapping[str, Any], references: DocumentReferences) -> None:
    """Set the fields of which only the front matter speaks: excerpt, skills, pin and part of a series."""
    excerpt = front_matter.get("excerpt")
    if isinstance(excerpt, str) and visible_text(excerpt):
        page.summary = summary_from_html(excerpt.strip())
    if isinstance(front_matter.get("skills"), list):
        names = [text for name in front_matter["skills"] if (text := " ".join(str(name).split()))]
        skills = references.all_named(page._meta.get_field("skills").related_model, names)
        page.skills.set([skill for skill in skills if skill is not None])
    page.pinned = any(front_matter.get(key) is True for key in PIN_KEYS)
    position = front_matter.get("series_position")
    if type(position) is int and 0 <= position < 2**31:
        page.series_position = position


def pin_keys(before: Mapping[str, Any], after: Mapping[str, Any], existing: Mapping[str, Any]) -> dict[str, Any]:
    """The key to set when an entry was pinned, or is no more."""
    pinned = bool(after.get("pinned"))
    if pinned == bool(before.get("pinned")):
        return {}
    return {first_key(existing, PIN_KEYS): True} if pinned else dict.fromkeys(existing.keys() & set(PIN_KEYS), False)


def distinct(terms: Iterable[Any]) -> list[Any]:
    """Each term once, in order, without those that could not be made."""
    return list(dict.fromkeys(term for term in terms if term is not None))


def text_of(document: Document, key: str) -> str:
    value = document.front_matter.get(key)
    return value.strip() if isinstance(value, str) else ""


def same_names(names: Iterable[str], others: Iterable[str] | None) -> bool:
    """Whether two lists name the same terms: a tag that was spelled anew in the admin is still the one in the file."""
    return sorted(map(name_key, names)) == sorted(map(name_key, others or ()))


def utc_iso(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat() if value else None


def summary_changes(before: Mapping[str, Any], after: Mapping[str, Any], existing: Mapping[str, Any]) -> dict[str, Any]:
    """Keys for summary and description: one key for both while they are the same; a summary alone is ``excerpt``."""
    key = first_key(existing, ("description", "summary"))
    summary, description = after["summary"], after["description"]
    keys: dict[str, Any] = {}
    if description != before.get("description"):
        keys = text_keys(key, description, existing)
    elif summary == before.get("summary"):
        return {}
    text = plain_paragraph(summary)
    shared = before.get("summary") == paragraph(str(existing.get(key) or "")) and "excerpt" not in existing
    if text and shared and existing.get(key) and not keys:
        return {key: text}
    if summary == paragraph(description) and description:
        return {**keys, **text_keys("excerpt", "", existing)}
    if summary != before.get("summary") or (shared and keys):
        keys |= text_keys("excerpt", text or summary, existing)
    return keys


def plain_paragraph(html: str) -> str:
    """The text of a summary that is one paragraph without marks; "" for any other."""
    inner = html.removeprefix("<p>").removesuffix("</p>")
    return unescape(inner) if html == f"<p>{inner}</p>" and "<" not in inner else ""
