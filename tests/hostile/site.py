"""A site in whose database stands what no form lets in: every field of every model, filled with hostile values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Collection, Page, Site

from blog.models import BlogIndexPage, BlogPage, Category, InterviewPage, Series
from experience.models import ExperienceIndexPage, ExperiencePage, Organisation, Skill
from portfolio.models import HomePage, Person, SiteSettings, StandardPage
from tests import builders
from tests.admin.admin_addresses import Things
from tests.hostile.values import LINKS, PROFILES, spoilt

KINDS = 7  # of pages, one of each for every profile


class HostileSite:
    """``things`` has one ordinary object of every kind; ``pages`` and ``terms`` are hostile, one of each profile."""

    def __init__(self, profiles: Iterable[str] = PROFILES) -> None:
        SiteSettings.for_site(Site.objects.get())  # or each request stores them, and its test takes them back
        self.things = Things()
        self.pages: list[Page] = []
        self.terms: dict[str, list[Any]] = {"tag": [], "category": [], "series": [], "skill": []}
        for number, name in enumerate(profiles):
            self.add(number, name)
        self.empty_drafts = [
            builders.blog_index().add_child(instance=BlogPage(title="Empty", slug="empty", live=False)),
            builders.blog_index().add_child(instance=InterviewPage(title="Nobody", slug="nobody", live=False)),
            builders.home().add_child(instance=StandardPage(title="Nothing", slug="nothing", live=False)),
            builders.experience_index().add_child(
                instance=ExperiencePage(title="Nowhere", slug="nowhere", period_text="", live=False)
            ),
        ]
        for page in self.empty_drafts:
            page.save_revision(log_action=False, clean=False)

    def add(self, number: int, name: str) -> None:
        terms = {
            "tag": Tag.objects.create(name=f"tag {number}"),
            "category": Category.objects.create(name=f"category {number}"),
            "series": Series.objects.create(title=f"series {number}"),
            "skill": Skill.objects.create(name=f"skill {number}"),
        }
        author = Person.objects.create(name=f"Person {number}")
        photo = builders.picture(size=(8, 6))
        shared = {
            "tags": [terms["tag"].name, "low"],
            "skills": [terms["skill"].name],
            "categories": [terms["category"].name],
            "authors": [author],
            "series": terms["series"],
            "cover": photo,
        }
        employer = builders.organisation(f"Employer {number}", logo=photo)
        pages = [
            builders.post(slug=f"post-{name}", **shared),
            builders.interview(slug=f"interview-{name}", interviewee_photo=photo, **shared),
            builders.role(slug=f"role-{name}", organisation=employer, skills=[terms["skill"].name]),
            builders.standard_page(slug=f"page-{name}"),
            builders.project(slug=f"project-{name}", organisation=employer, cover=photo, skills=[terms["skill"].name]),
            builders.publication(slug=f"publication-{name}", skills=[terms["skill"].name]),
            builders.talk(slug=f"talk-{name}", skills=[terms["skill"].name]),
        ]
        others = [
            *terms.values(),
            author,
            photo,
            employer,
            Document.objects.create(title=f"d{number}", file="documents/not-there.txt"),
            Redirect.add_redirect(f"/old-{number}", f"/new-{number}"),
            Collection.get_first_root_node().add_child(name=f"c{number}"),
        ]
        for thing in [*others, *pages]:
            spoil(thing, name, number)
        for page in pages:
            page = Page.objects.get(pk=page.pk).specific
            page.save_revision(log_action=False, clean=False)
            self.pages.append(page)
        for kind, term in terms.items():
            self.terms[kind].append(term)


def spoil(thing: models.Model, name: str, number: int) -> None:
    """Fill every field that can be filled with the values of the profile, past every validation."""
    for model in [*type(thing)._meta.get_parent_list(), type(thing)]:
        values = {
            field.name: value
            for field in model._meta.local_concrete_fields
            if (value := spoilt(field, PROFILES[name], number)) is not NotImplemented
        }
        if values:
            model._base_manager.filter(pk=thing.pk).update(**values)


def spoil_settings(name: str, time_zone: str) -> None:
    """The owner's settings and the pages above all others as the profile has them, in this time zone."""
    number = list(PROFILES).index(name)
    settings = SiteSettings.for_site(Site.objects.get())
    spoil(settings, name, number)
    for model in (HomePage, BlogIndexPage, ExperienceIndexPage):
        page = model.objects.get()
        spoil(page, name, number)
    SiteSettings.objects.update(time_zone=time_zone)


__all__ = ["LINKS", "HostileSite", "Organisation", "spoil", "spoil_settings"]
