"""Import of a résumé as JSON Resume: roles, projects, publications, sections, and the owner's settings.

What is here already stays: a role, project or publication of the same name is not made twice, a setting or section
that somebody has filled in is not overwritten.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from wagtail.models import Page, Site

from experience.models import (
    ExperienceIndexPage,
    ExperiencePage,
    Organisation,
    ProjectIndexPage,
    ProjectPage,
    PublicationIndexPage,
    PublicationPage,
    ResumeSections,
)
from experience.resume.json_resume import keep_leftovers
from experience.resume.json_values import (
    address_of,
    in_words,
    mail_address_of,
    mapping,
    period_of,
    points_of,
    rows,
    text_of,
    without_unsafe_addresses,
)
from experience.resume.sections import JSON_SECTIONS, POINTS, SECTION_NAMES, WITH_PERIOD
from portfolio.documents.slugs import slug_of
from portfolio.markdown.characters import controls_removed
from portfolio.models import HomePage, SiteSettings
from portfolio.validation.page_form import free_page_slug

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
MAX_ITEMS = 500  # of a section


class ResumeError(ValueError):
    """The file cannot be imported; the message says why."""


@dataclass(slots=True)
class ResumeImport:
    """How many of each were made, and what was left out."""

    made: Counter[tuple[str, str]] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def count(self, one: str, many: str) -> None:
        """Count one more of what is called ``one``, of several ``many``."""
        self.made[one, many] += 1

    @property
    def in_words(self) -> str:
        counted = (f"{number} {one if number == 1 else many}" for (one, many), number in self.made.items())
        return ", ".join(counted) or "nothing"


def read_resume(data: bytes) -> dict[str, Any]:
    """The document in a file. Raises ``ResumeError``."""
    if len(data) > MAX_BYTES:
        raise ResumeError(f"The file has more than {MAX_BYTES // 1_000_000} MB.")
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ResumeError(f"This is not JSON: {error}") from error
    if not isinstance(document, dict) or not ({"basics", *section_names()} & document.keys()):
        raise ResumeError("This is not a résumé in the form of JSON Resume: it has neither basics nor a section.")
    if depth_of(document) > MAX_DEPTH or any(
        isinstance(rows, list) and len(rows) > MAX_ITEMS for rows in document.values()
    ):
        raise ResumeError(f"A section has more than {MAX_ITEMS} entries, or the file is nested too deep.")
    return dict(controls_removed(document))


def section_names() -> set[str]:
    return {"work", "projects", "publications", "skills", *(name for name, _ in JSON_SECTIONS.values())}


def depth_of(value: Any, depth: int = 0) -> int:
    children: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if depth > MAX_DEPTH:
        return depth
    return max((depth_of(child, depth + 1) for child in children), default=depth)


@transaction.atomic
def import_resume(document: dict[str, Any], user: Any = None) -> ResumeImport:
    """Store what ``document`` says; what has no place here is kept for ``/resume.json``."""
    document, unsafe = without_unsafe_addresses(document)
    result = ResumeImport(
        problems=[f"{place}: {address[:80]} is no web address; left out" for place, address in unsafe]
    )
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    home = HomePage.objects.first()
    if site is None or home is None:
        raise ResumeError("The site has no home page.")
    fill_settings(SiteSettings.for_site(site), mapping(document.get("basics")), result)
    sections = ResumeSections.for_site(site)
    fill_sections(sections, document, result)
    sections.save()
    for item in rows(document, "work"):
        store(item, store_role, home, user, result)
    for item in rows(document, "projects"):
        store(item, store_project, home, user, result)
    for item in rows(document, "publications"):
        store(item, store_publication, home, user, result)
    keep_leftovers(document)
    return result


def pages_in(document: Mapping[str, Any]) -> int:
    """How many pages an import may make."""
    return sum(len(rows(document, name)) for name in ("work", "projects", "publications"))


def fill_settings(settings: SiteSettings, basics: Mapping[str, Any], result: ResumeImport) -> None:
    """Fill the empty settings of the owner."""
    location = mapping(basics.get("location"))
    place = text_of(location, "address", 200) or ", ".join(
        filter(None, (text_of(location, name) for name in ("city", "region", "countryCode")))
    )
    found = {
        "owner_name": text_of(basics, "name", 200),
        "headline": text_of(basics, "label", 300),
        "email": mail_address_of(basics),
        "location": place[:200],
        "bio": f"<p>{escape(text_of(basics, 'summary', 5000))}</p>" if text_of(basics, "summary", 5000) else "",
    }
    for name, value in found.items():
        if value and not getattr(settings, name):
            setattr(settings, name, value)
    profiles = rows(basics, "profiles")
    links = [(text_of(item, "network", 60) or "Profile", address_of(item)) for item in profiles]
    if not settings.links:
        settings.links = json.dumps(
            [{"type": "link", "value": {"label": label, "url": url}} for label, url in links if url]
        )
    settings.save()


def fill_sections(sections: ResumeSections, document: Mapping[str, Any], result: ResumeImport) -> None:
    """Fill the empty sections. They are not saved."""
    for section, (name, fields) in JSON_SECTIONS.items():
        items = rows(document, name)
        if not items or getattr(sections, section):
            continue
        blocks = []
        for item in items:
            value = {
                ours: address_of(item) if ours == "url" else text_of(item, theirs, 2000)
                for ours, theirs in fields.items()
            }
            if section in WITH_PERIOD:
                value["period"] = in_words(period_of(item))
            if "date" in value:
                value["date"] = in_words(value["date"])
            if section in POINTS:
                value[POINTS[section]] = "\n".join(points_of(item, POINTS[section]))
            blocks.append({"type": "item", "value": value})
            result.count(*SECTION_NAMES[section])
        setattr(sections, section, json.dumps(blocks))


Store = Callable[[Mapping[str, Any], Page, Any], Page | None]


def store(item: Mapping[str, Any], make: Store, home: Page, user: Any, result: ResumeImport) -> None:
    try:
        with transaction.atomic():
            page = make(item, home, user)
    except ValidationError as error:
        name = text_of(item, "name") or text_of(item, "position") or in_words(period_of(item)) or "An item of work"
        result.problems.append(f"{name}: {'; '.join(messages_of(error))}")
        return
    if page is not None:
        result.count(str(page._meta.verbose_name), str(page._meta.verbose_name_plural))


def messages_of(error: ValidationError) -> list[str]:
    """The messages of a page that cannot be stored, each with the field that it is about."""
    names = {"period_text": "period", NON_FIELD_ERRORS: ""}
    return [
        f"{name}: {text}" if (name := names.get(field, field.replace("_", " "))) else text
        for field, texts in getattr(error, "message_dict", {NON_FIELD_ERRORS: error.messages}).items()
        for text in texts
    ]


def publish(page: Page, index: Page, user: Any) -> Page:
    page.slug = free_page_slug(slug_of(page.title)[:200] or "entry", index, page)
    index.add_child(instance=page)
    page.save_revision(user=user).publish(user=user)
    return page


def body_of(points: list[str], text: str = "") -> str:
    """A body of one text block; "[]" for nothing."""
    html = f"<p>{escape(text)}</p>" if text else ""
    html += f"<ul>{''.join(f'<li>{escape(point)}</li>' for point in points)}</ul>" if points else ""
    return json.dumps([{"type": "text", "value": html}] if html else [])


def store_role(item: Mapping[str, Any], home: Page, user: Any) -> Page | None:
    name = text_of(item, "name", 200) or text_of(item, "company", 200)
    position, period = text_of(item, "position", 200), period_of(item)
    if not name and not position:
        if not any(item.values()):
            return None
        raise ValidationError("it names neither an employer (name) nor a role (position), and is no entry")
    organisation = Organisation.objects.resolve(name) if name else None
    if organisation and (url := address_of(item) or address_of(item, "website")) and not organisation.url:
        organisation.url = url
        organisation.save()
    periods = (period, in_words(period))
    if ExperiencePage.objects.filter(organisation=organisation, role=position, period_text__in=periods).exists():
        return None
    index = ExperienceIndexPage.objects.first()
    if index is None:
        index = home.add_child(instance=ExperienceIndexPage(title="Experience", slug="experience", show_in_menus=True))
    page = ExperiencePage(
        title=f"{position} at {name}" if position and name else position or name,
        role=position,
        organisation=organisation,
        period_text=in_words(period),
        location=text_of(item, "location", 200),
        live=False,
        owner=user,
    )
    summary, points = text_of(item, "summary", 5000), points_of(item, "highlights")
    page.summary = f"<p>{escape(summary)}</p>" if summary and points else ""
    page.body = body_of(points, "" if points else summary)
    return publish(page, index, user)


def store_project(item: Mapping[str, Any], home: Page, user: Any) -> Page | None:
    name = text_of(item, "name", 255)
    if not name or ProjectPage.objects.filter(title=name).exists():
        return None
    index = ProjectIndexPage.objects.first() or ProjectIndexPage.add_below(home)
    url = address_of(item)
    page = ProjectPage(
        title=name,
        summary=text_of(item, "description", 500),
        period_text=in_words(period_of(item))[:120],
        role=", ".join(points_of(item, "roles"))[:200],
        links=json.dumps([{"type": "link", "value": {"kind": "website", "url": url, "label": ""}}] if url else []),
        body=body_of(points_of(item, "highlights")),
        date=None,
        live=False,
        owner=user,
    )
    return publish(page, index, user)


def store_publication(item: Mapping[str, Any], home: Page, user: Any) -> Page | None:
    name = text_of(item, "name", 255)
    if not name or PublicationPage.objects.filter(title=name).exists():
        return None
    index = PublicationIndexPage.objects.first() or PublicationIndexPage.add_below(home)
    year, url = text_of(item, "releaseDate", 40)[:4], address_of(item)
    page = PublicationPage(
        title=name,
        venue=text_of(item, "publisher", 300),
        year=int(year) if year.isascii() and year.isdigit() else None,
        abstract=text_of(item, "summary", 5000),
        links=json.dumps([{"type": "link", "value": {"kind": "website", "url": url, "label": ""}}] if url else []),
        live=False,
        owner=user,
    )
    return publish(page, index, user)
