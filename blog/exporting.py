"""What posts and interviews say in front matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from html import unescape
from typing import Any

from blog.models import BlogPage, InterviewPage
from portfolio.exporter.keys import IMAGE_KEYS, UPDATED_KEYS, first_key, moment_in, named, publication, text_key
from portfolio.exporter.plan import Context
from portfolio.importer.rich_text import BLOCK_KEY, paragraph
from portfolio.markdown.text import visible_text

# Front matter of an interview written as Markdown, and the page's field that each key is for.
INTERVIEW_KEYS = {
    "interviewee": "interviewee_name",
    "interviewee_role": "interviewee_role",
    "interviewee_organisation": "interviewee_organisation",
    "interviewer": "interviewer",
    "interviewer_role": "interviewer_role",
    "publication": "source_publication",
    "source_url": "source_url",
    "photo_credit": "photo_credit",
    "reading_minutes": "reading_minutes_given",
}
LISTS = {"categories": "category", "tags": "tag", "skills": "skill", "authors": "author"}


def describe_post(page: BlogPage | InterviewPage) -> dict[str, Any]:
    """The fields of an entry as its front matter has them: names sorted, moments in UTC, pictures by their id."""
    return {
        "title": page.title,
        "date": moment(page.date),
        "updated": moment(page.updated),
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
    }


def describe_interview(page: InterviewPage) -> dict[str, Any]:
    own = {key: getattr(page, field) for key, field in INTERVIEW_KEYS.items()}
    return {**describe_post(page), **own, "photo": page.interviewee_photo_id}


def moment(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat() if value else None


class PostExport:
    """Posts in ``_posts`` and ``_drafts``."""

    model: type[BlogPage | InterviewPage] = BlogPage
    layout = "post"

    def describe(self, page: Any) -> dict[str, Any]:
        return describe_post(page)

    def changes(self, before: Mapping[str, Any], after: Mapping[str, Any], context: Context) -> dict[str, Any]:
        """The keys to set for the fields that differ between ``before`` and ``after``."""
        existing = context.existing
        changed = {name: value for name, value in after.items() if value != before.get(name)}
        found: dict[str, Any] = {}
        for name, value in changed.items():
            if name in LISTS:
                found |= named(existing, LISTS[name], name, value)
            elif name == "date":
                found["date"] = moment_in(value, context.local, context.written.get("date", ""))
            elif name == "updated":
                key = first_key(existing, UPDATED_KEYS)
                written = context.written.get(key, "")
                found |= {key: moment_in(value, context.local, written)} if value else text_key(key, None, existing)
            elif name in ("image", "photo"):
                key = first_key(existing, IMAGE_KEYS) if name == "image" else name
                found |= text_key(key, context.addresses.picture(value) if value else "", existing)
            elif name == "published":
                found |= publication(value, existing)
            elif name not in ("summary", "description"):
                found |= text_key(name, value, existing)
        return {**found, **self.said_of_it(before, after, existing)}

    @staticmethod
    def said_of_it(before: Mapping[str, Any], after: Mapping[str, Any], existing: Mapping[str, Any]) -> dict[str, Any]:
        """Summary and description. One key says both as long as they are the same; a summary alone is an excerpt."""
        key = first_key(existing, ("description", "summary"))
        summary, description = after["summary"], after["description"]
        found: dict[str, Any] = {}
        if description != before.get("description"):
            found = text_key(key, description, existing)
        elif summary == before.get("summary"):
            return {}
        words = plain_words(summary)
        one_key = before.get("summary") == paragraph(str(existing.get(key) or "")) and "excerpt" not in existing
        if words and one_key and existing.get(key) and not found:
            return {key: words}
        if summary == paragraph(description) and description:
            return {**found, **text_key("excerpt", "", existing)}
        if summary != before.get("summary") or (one_key and found):
            found |= text_key("excerpt", words or summary, existing)
        return found

    def front_matter(self, page: Any, context: Context) -> dict[str, Any]:
        described = self.describe(page)
        nothing = {name: ([] if name in LISTS else "") for name in described}
        keys = self.changes(nothing, {**described, "published": True}, context)
        order = ["title", "date", *dict.fromkeys(UPDATED_KEYS), "permalink"]
        own = context.addresses.own[page.pk]
        keys = {"layout": self.layout, **keys, "permalink": own, **publication(page.live, {})}
        if not page.live:
            del keys["published"]  # it lies among the drafts
        return {name: keys[name] for name in ["layout", *order, *keys] if name in keys}

    def path(self, page: Any, context: Context) -> str:
        if not page.live:
            return f"_drafts/{page.slug}.md"
        return f"_posts/{page.date.astimezone(context.local):%Y-%m-%d}-{page.slug}.md"


class InterviewExport(PostExport):
    """Interviews as posts with the layout "interview"."""

    model = InterviewPage
    layout = "interview"

    def describe(self, page: InterviewPage) -> dict[str, Any]:
        return describe_interview(page)


def plain_words(html: str) -> str:
    """The words of a summary that is one paragraph without marks; "" for any other."""
    inner = html.removeprefix("<p>").removesuffix("</p>")
    return unescape(inner) if html == f"<p>{inner}</p>" and "<" not in inner else ""


def is_interview(front_matter: Mapping[str, Any]) -> bool:
    """Whether a Markdown document says that it is an interview."""
    return front_matter.get("layout") == InterviewExport.layout


def fill_from_keys(page: Any, front_matter: Mapping[str, Any], photo: Any) -> None:
    """What only this site's own front matter says: skills, the part of a series, who asked and who answered.

    ``photo`` gives the stored image for an address.
    """
    if isinstance(front_matter.get("skills"), list):
        page.skills.set([str(name) for name in front_matter["skills"]])
    position = front_matter.get("series_position")
    if type(position) is int and 0 <= position < 2**31:
        page.series_position = position
    if not isinstance(page, InterviewPage):
        return
    for key, field in INTERVIEW_KEYS.items():
        value = front_matter.get(key)
        if key == "reading_minutes":
            if type(value) is int and 0 < value < 2**15:
                page.reading_minutes_given = value
        elif isinstance(value, str | int | float):
            setattr(page, field, " ".join(str(value).split()))
    if isinstance(front_matter.get("photo"), str):
        page.interviewee_photo = photo(front_matter["photo"])


def summary_said(front_matter: Mapping[str, Any]) -> str:
    """The excerpt that the front matter names itself; visible_text tells whether it says anything."""
    excerpt = front_matter.get("excerpt")
    return excerpt.strip() if isinstance(excerpt, str) and visible_text(excerpt) else ""
