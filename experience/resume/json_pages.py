"""Pages of a JSON Resume: roles, projects and publications, each made once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.models import Page

from experience.models import (
    ExperienceIndexPage,
    ExperiencePage,
    Organisation,
    ProjectIndexPage,
    ProjectPage,
    PublicationIndexPage,
    PublicationPage,
)
from experience.resume.json_values import LONG_TEXT, address_of, in_words, period_of, points_of, text_of
from portfolio.documents.slugs import slug_of
from portfolio.validation.page_form import free_page_slug

LONGEST_SUMMARY = 500  # of a project, in characters; a longer description is also its text


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
    if not employer_of(item) and not text_of(item, "position", 200):
        if not any(item.values()):
            return None
        raise ValidationError("it names neither an employer (name) nor a role (position), and is no entry")
    page = ExperiencePage(live=False, owner=user)
    fill_role(page, item, Organisation.objects.resolve(employer_of(item)) if employer_of(item) else None)
    if role_like(page, item) is not None:
        return None
    return publish(page, role_index(home), user)


def employer_of(item: Mapping[str, Any]) -> str:
    return text_of(item, "name", 200) or text_of(item, "company", 200)


def fill_role(page: ExperiencePage, item: Mapping[str, Any], organisation: Organisation | None) -> None:
    name, position = employer_of(item), text_of(item, "position", 200)
    if organisation and (url := address_of(item) or address_of(item, "website")) and not organisation.url:
        organisation.url = url
        organisation.save()
    page.title = (f"{position} at {name}" if position and name else position or name)[:255]
    page.role = position
    page.organisation = organisation
    page.period_text = in_words(period_of(item))
    page.location = text_of(item, "location", 200)
    summary, points = text_of(item, "summary", LONG_TEXT), points_of(item, "highlights")
    page.summary = f"<p>{escape(summary)}</p>" if summary and points else ""
    page.body = body_of(points, "" if points else summary)


def role_like(page: ExperiencePage, item: Mapping[str, Any]) -> ExperiencePage | None:
    """The role that is here already: at the same organisation in the same period."""
    periods = (period_of(item), page.period_text)
    roles = ExperiencePage.objects.filter(role=page.role, period_text__in=periods)
    return roles.filter(organisation=page.organisation).first()


def role_index(home: Page) -> Page:
    """The page of all roles, made below ``home`` when there is none."""
    index = ExperienceIndexPage.objects.first()
    if index is None:
        index = ExperienceIndexPage(title="Experience", show_in_menus=True)
        index.slug = free_page_slug("experience", home, index)
        home.add_child(instance=index)
    return index


def store_project(item: Mapping[str, Any], home: Page, user: Any) -> Page | None:
    name = text_of(item, "name", 255)
    if not name or ProjectPage.objects.filter(title=name).exists():
        return None
    index = ProjectIndexPage.objects.first() or ProjectIndexPage.add_below(home)
    url, description = address_of(item), text_of(item, "description", LONG_TEXT)
    is_long = len(description) > LONGEST_SUMMARY
    page = ProjectPage(
        title=name,
        summary=f"{description[: LONGEST_SUMMARY - 1].rpartition(' ')[0]}…" if is_long else description,
        period_text=in_words(period_of(item))[:120],
        role=", ".join(points_of(item, "roles"))[:200],
        links=json.dumps([{"type": "link", "value": {"kind": "website", "url": url, "label": ""}}] if url else []),
        body=body_of(points_of(item, "highlights"), description if is_long else ""),
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
        abstract=text_of(item, "summary", LONG_TEXT),
        links=json.dumps([{"type": "link", "value": {"kind": "website", "url": url, "label": ""}}] if url else []),
        live=False,
        owner=user,
    )
    return publish(page, index, user)
