"""Whole pages as Markdown: front matter with what the page says beside its text, then title and text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wagtail.models import Page

from blog.exporting import describe_interview, describe_post
from blog.models import BlogPage, InterviewPage
from experience.models import ExperienceIndexPage, ExperiencePage
from experience.timeline import timeline
from portfolio.exporter.front_matter import new_front_matter
from portfolio.exporter.yaml_text import Verbatim
from portfolio.markdown.text import visible_text
from portfolio.models import StandardPage
from portfolio.twins.markdown import BACK, TwinWriter

KINDS = (BlogPage, InterviewPage, StandardPage, ExperiencePage, ExperienceIndexPage)
# What the export needs and a reader does not: ids of pictures, and that a page is published.
NOT_TOLD = {"image", "photo", "published", "series_position"}


def markdown_of(page: Page, address: str) -> str:
    """The page, one of ``KINDS``, that stands at the absolute ``address``."""
    writer = TwinWriter(address)
    parts = [f"# {said(writer, page.title)}", *text_of(page, writer)]
    return f"{new_front_matter(front_matter(page, address))}\n{joined(parts)}\n"


def front_matter(page: Page, address: str) -> dict[str, Any]:
    if isinstance(page, InterviewPage):
        found = described(describe_interview(page))
    elif isinstance(page, BlogPage):
        found = described(describe_post(page))
    elif isinstance(page, ExperiencePage):
        found = {"title": page.title, **facts(page)}
    else:
        found = {"title": page.title, "description": page.search_description or getattr(page, "summary", "")}
    return {"title": found.pop("title"), "url": address, **found}


def described(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What the export says of an entry, but for what only an import needs."""
    told = {name: value for name, value in fields.items() if name not in NOT_TOLD}
    moments = {name: Verbatim(told[name]) for name in ("date", "updated") if told[name]}
    return {**told, **moments, "summary": visible_text(told["summary"])}


def facts(role: ExperiencePage) -> dict[str, Any]:
    return {
        "organisation": role.organisation.name if role.organisation else "",
        "role": role.role,
        "employment_type": role.employment_type,
        "period": role.period_text,
        "location": role.location,
        "skills": sorted(skill.name for skill in role.skills.all()),
    }


def text_of(page: Page, writer: TwinWriter) -> Iterator[str]:
    if isinstance(page, ExperienceIndexPage):
        yield rich(writer, page.intro)
        yield writer.body(page.body)
        yield from chronicle(page, writer)
        return
    if isinstance(page, StandardPage):
        yield said(writer, page.summary)
    elif isinstance(page, ExperiencePage):
        yield rich(writer, page.summary)
    else:
        yield rich(writer, page.standfirst)
    yield writer.body(page.body)


def chronicle(index: ExperienceIndexPage, writer: TwinWriter) -> Iterator[str]:
    """The timeline: organisations, and the published roles at each."""
    for group in timeline(ExperiencePage.objects.child_of(index).published().for_listing()):
        yield f"## {said(writer, str(group.organisation))}"
        for role in group.roles:
            told = facts(role)
            name = ", ".join(filter(None, [told["role"] or role.title, told["employment_type"]]))
            yield f"### {said(writer, name)} ({said(writer, told['period'])})"
            yield said(writer, told["location"])
            yield rich(writer, role.summary)
            yield writer.body(role.body)
            if told["skills"]:
                yield said(writer, f"Skills: {', '.join(told['skills'])}")


def said(writer: TwinWriter, text: str) -> str:
    return writer.words(text).translate(BACK)


def rich(writer: TwinWriter, html: str) -> str:
    return writer.write("text", html) if html else ""


def joined(parts: list[str]) -> str:
    return "\n\n".join(part for part in parts if part.strip())
