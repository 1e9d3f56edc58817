"""What machines read of a page: JSON-LD in the vocabulary of https://schema.org, and plain text for descriptions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from wagtail.models import Page, Site

from portfolio.markdown.text import visible_text
from portfolio.models.images import PLAIN_FORMATS
from portfolio.templatetags.pictures import card_of
from portfolio.templatetags.share_images import share_image

register = template.Library()

Data = dict[str, Any]

# Inside a script element nothing but these can end it or confuse a parser; JSON allows them all as escapes.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
MOST_WORDS = 60  # of a description
DATE_FORMATS = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}


@register.filter
def plain_text(html: str | None) -> str:
    """The visible words of rich text, to be escaped like any other text."""
    return visible_text(str(html or ""))


@register.filter
def described(html: str | None) -> str:
    """The beginning of rich text as a description: search engines and cards show no more of it."""
    return Truncator(plain_text(html)).words(MOST_WORDS, truncate=" …")


@register.simple_tag
def entry_data(page: Any, site: Any) -> SafeString:
    """A post (BlogPosting), or an interview (Article with the person it is about and its exact Quotations)."""
    if hasattr(page, "interviewee_name"):
        return script({**entry(page, site), "@type": "Article", **conversation(page)})
    return script({**entry(page, site), "@type": "BlogPosting"})


@register.simple_tag
def person_data(page: Page, site: Any) -> SafeString:
    """The owner, on the page that is about them, and the site, with how it is searched."""
    root = (page.full_url or "").rstrip("/")
    search = {"@type": "SearchAction", "target": f"{root}/search/?q={{q}}", "query-input": "required name=q"}
    site_data = {"@type": "WebSite", "name": site.owner_name if site else "", "url": f"{root}/"}
    whole = script({**site_data, "potentialAction": search}) if site and site.owner_name else SafeString()
    return SafeString(profile(page.full_url, owner(page, site)) + whole)


@register.simple_tag
def experience_data(page: Page, site: Any, groups: Iterable[Any]) -> SafeString:
    """The owner with every role of the timeline."""
    roles = [role for group in groups for role in group.roles]
    return profile(page.full_url, owner(page, site), roles, page.title)


@register.simple_tag
def role_data(page: Any, site: Any) -> SafeString:
    """The owner with one role."""
    return profile(page.full_url, owner(page, site), [page], page.title)


@register.simple_tag(takes_context=True)
def resume_data(context: Context, groups: Iterable[Any], site: Any) -> SafeString:
    """The owner with every role, on the CV, which is no page of the tree."""
    request = context["request"]
    home = Site.find_for_request(request).root_page
    roles = [role for group in groups for role in group.roles]
    return profile(request.build_absolute_uri(request.path), owner(home, site), roles)


def profile(url: str | None, person: Data, roles: Sequence[Any] = (), name: str = "") -> SafeString:
    """A page about a person; nothing as long as they have no name."""
    if not person:
        return SafeString()
    return script({"@type": "ProfilePage", "name": name, "url": url, "mainEntity": {**person, **work(roles)}})


@register.simple_tag
def page_data(page: Any, site: Any, kind: str = "WebPage") -> SafeString:
    """A page of text, or the list of what somebody writes (``kind`` "Blog")."""
    said = page.search_description or described(getattr(page, "summary", "") or getattr(page, "intro", ""))
    moment = page.last_published_at if kind == "WebPage" else None
    return script(
        {
            "@type": kind,
            "name": page.title,
            "url": page.full_url,
            "description": said,
            "dateModified": moment.isoformat() if moment else "",
            "author": owner(page, site),
            "inLanguage": site.language_code if site else "",
        }
    )


@register.simple_tag(takes_context=True)
def collection_data(context: Context, name: str) -> SafeString:
    """A list that is no page of the tree: a tag, a category, a skill."""
    request = context["request"]
    return script({"@type": "CollectionPage", "name": name, "url": request.build_absolute_uri(request.path)})


@register.simple_tag
def breadcrumb_data(page: Page) -> SafeString:
    """The way from the front page to this one; nothing for the front page itself."""
    trail = [*page.trail, page]
    if len(trail) < 2:
        return SafeString()
    items = [
        {"@type": "ListItem", "position": position, "name": step.title, "item": step.full_url}
        for position, step in enumerate(trail, start=1)
    ]
    return script({"@type": "BreadcrumbList", "itemListElement": items})


def script(data: Data) -> SafeString:
    """``data`` as an inert data block; values that are empty are left out."""
    text = json.dumps(without_blanks({"@context": "https://schema.org", **data}), ensure_ascii=False)
    block = f'<script type="application/ld+json">{text.translate(ESCAPES)}</script>'
    return mark_safe(block)  # noqa: S308 - every character that HTML could read as its own is escaped above


def without_blanks(value: Any) -> Any:
    if isinstance(value, dict):
        pruned = {key: without_blanks(item) for key, item in value.items()}
        return {key: item for key, item in pruned.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [item for item in map(without_blanks, value) if item not in (None, "", [], {})]
    return value


def entry(page: Any, site: Any) -> Data:
    """What every entry has; the author is the owner unless others are named."""
    authors = [{"@type": "Person", "name": person.name, "url": person.url} for person in page.authors.all()]
    return {
        "headline": page.title,
        "description": page.search_description or described(page.summary),
        "url": page.full_url,
        "mainEntityOfPage": page.canonical_url or page.full_url,
        "datePublished": page.date.isoformat(),
        "dateModified": (page.updated or page.date).isoformat(),
        "author": authors or owner(page, site),
        "image": cover_url(page.cover) or share_image(page, site),
        "articleSection": [category.name for category in page.categories.all()],
        "keywords": [tag.name for tag in page.tags.all()],
        "isPartOf": {"@type": "CreativeWorkSeries", "name": page.series.title} if page.series else {},
        "timeRequired": f"PT{page.reading_minutes}M",
        "inLanguage": site.language_code,
    }


def cover_url(image: Any) -> str:
    """The picture for shared links; "" without one."""
    return card_of(image).full_url if image else ""


def portrait_url(image: Any) -> str:
    return image.shown_as("fill-360x360", *PLAIN_FORMATS).full_url if image else ""


def conversation(page: Any) -> Data:
    """What an interview adds: who asked, who answered, where it was printed first, and what was said word for word."""
    speaker = {"@type": "Person", "name": page.interviewee_name, "jobTitle": page.interviewee_role}
    if page.interviewee_organisation:
        speaker["worksFor"] = {"@type": "Organization", "name": page.interviewee_organisation}
    exact = {block_id for block_id, passage in page.passages.items() if passage.kind == "exact"}
    data: Data = {
        "about": speaker if page.interviewee_name else {},
        "hasPart": [
            {
                "@type": "Quotation",
                "text": block.value["text"],
                "creator": {"@type": "Person", "name": page.interviewee_name},
            }
            for block in page.body
            if block.id in exact
        ],
    }
    if page.interviewer:
        data["author"] = {"@type": "Person", "name": page.interviewer, "jobTitle": page.interviewer_role}
    if page.source_publication or page.source_url:
        publisher = {"@type": "Organization", "name": page.source_publication} if page.source_publication else {}
        data["isBasedOn"] = {"@type": "Article", "url": page.source_url, "publisher": publisher}
    return data


def owner(page: Page, site: Any) -> Data:
    """The person the site is about; one ``@id`` on every page, so that they are known to be the same."""
    if not site or not site.owner_name:
        return {}
    parts = page.get_url_parts()
    root = parts[1] if parts else ""
    return {
        "@type": "Person",
        "@id": f"{root}/#owner",
        "name": site.owner_name,
        "url": f"{root}/",
        "description": site.headline,
        "image": portrait_url(site.portrait),
        "email": site.email,
        "sameAs": [link.value["url"] for link in site.links],
    }


def work(roles: Sequence[Any]) -> Data:
    """Employment and occupations of a person: dates as precise as they are known and no more."""
    return {"worksFor": [employment(role) for role in roles], "hasOccupation": [occupation(role) for role in roles]}


def employment(role: Any) -> Data:
    organisation = {"@type": "Organization", "name": role.organisation.name, "url": role.organisation.url}
    return {"@type": "EmployeeRole", "roleName": role.role, **period(role), "worksFor": organisation}


def occupation(role: Any) -> Data:
    skills = ", ".join(skill.name for skill in role.skills.all())
    return {
        "@type": "Role",
        **period(role),
        "hasOccupation": {"@type": "Occupation", "name": role.role, "skills": skills},
    }


def period(role: Any) -> Data:
    return {
        "startDate": partial_date(role.start, role.start_precision),
        "endDate": partial_date(role.end, role.end_precision),
    }


def partial_date(day: date | None, precision: str) -> str:
    """ISO 8601 with only the parts that are known: "2021", "2021-09"; "" when nothing is."""
    return day.strftime(DATE_FORMATS[precision]) if day and precision in DATE_FORMATS else ""
