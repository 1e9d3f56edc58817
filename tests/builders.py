"""The smallest valid objects, for tests: each builder saves what it makes and takes what the test cares about."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogIndexPage, BlogPage, Category, InterviewPage
from experience.models import (
    ExperienceIndexPage,
    ExperiencePage,
    Organisation,
    ProjectIndexPage,
    ProjectPage,
    PublicationIndexPage,
    PublicationPage,
    Skill,
    TalkIndexPage,
    TalkPage,
)
from portfolio.models import CustomImage, HomePage, StandardPage

FIRST_DAY = datetime(2021, 3, 14, 9, 30, tzinfo=UTC)
numbers = count(1)


def home() -> HomePage:
    return HomePage.objects.get()


def blog_index() -> BlogIndexPage:
    return BlogIndexPage.objects.get()


def experience_index() -> ExperienceIndexPage:
    return ExperienceIndexPage.objects.get()


def picture(colour: str = "teal", size: tuple[int, int] = (64, 48), **fields: Any) -> CustomImage:
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, "PNG")
    data.seek(0)
    title = fields.pop("title", f"A {colour} field")
    return CustomImage.objects.create(title=title, file=ImageFile(data, name=f"{colour}-{next(numbers)}.png"), **fields)


def category(name: str) -> Category:
    return Category.objects.get_or_create(name=name)[0]


def organisation(name: str = "Saltmarsh Instruments", **fields: Any) -> Organisation:
    return Organisation.objects.get_or_create(name=name, defaults=fields)[0]


def entry(model: type[BlogPage | InterviewPage], **fields: Any) -> Any:
    number = next(numbers)
    categories, tags, skills, authors = (fields.pop(name, []) for name in ("categories", "tags", "skills", "authors"))
    fields.setdefault("title", f"{model.__name__} {number}")
    fields.setdefault("date", FIRST_DAY + timedelta(days=number))
    page = model(**fields)
    page.tags.add(*tags)
    page.skills.add(*(Skill.objects.resolve(name) for name in skills))
    page.categories = [category(name) for name in categories]
    page.authors = list(authors)
    return blog_index().add_child(instance=page)


def post(**fields: Any) -> BlogPage:
    fields.setdefault("body", [("text", "<p>The gauge stood dry at noon.</p>")])
    return entry(BlogPage, **fields)


def interview(**fields: Any) -> InterviewPage:
    fields.setdefault("body", [question_answer()])
    return entry(InterviewPage, **fields)


def question_answer(question: str = "What is a tide?", answer: str = "<p>A very long wave.</p>") -> tuple[str, Any]:
    return ("question_answer", {"question": question, "answer": answer})


def role(**fields: Any) -> ExperiencePage:
    skills = fields.pop("skills", [])
    fields.setdefault("role", f"Engineer {next(numbers)}")
    fields.setdefault("period_text", "2019 - 2021")
    if "organisation" not in fields:
        fields["organisation"] = organisation()
    page = ExperiencePage(**fields)
    page.skills.add(*(Skill.objects.resolve(name) for name in skills))
    return experience_index().add_child(instance=page)


def index(model: type[Page]) -> Any:
    """The published list of this type, made when there is none."""
    page = model.objects.first()
    if page is None:
        page = home().add_child(
            instance=model(title=model.default_title, slug=model.default_slug, first_published_at=FIRST_DAY)
        )
    return page


def project(**fields: Any) -> ProjectPage:
    return work(ProjectPage, ProjectIndexPage, fields)


def publication(**fields: Any) -> PublicationPage:
    return work(PublicationPage, PublicationIndexPage, fields)


def talk(**fields: Any) -> TalkPage:
    return work(TalkPage, TalkIndexPage, fields)


def work(model: type[Page], index_model: type[Page], fields: dict[str, Any]) -> Any:
    skills = fields.pop("skills", [])
    page = model(**{"title": f"{model.__name__} {next(numbers)}", **fields})
    page.skills.add(*(Skill.objects.resolve(name) for name in skills))
    return index(index_model).add_child(instance=page)


def standard_page(**fields: Any) -> StandardPage:
    fields.setdefault("title", f"About {next(numbers)}")
    return home().add_child(instance=StandardPage(**fields))


def make_private(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def user(group: str = "", **fields: Any) -> AbstractUser:
    made = get_user_model().objects.create_user(username=f"{group or 'owner'}-{next(numbers)}", **fields)
    if group:
        made.groups.add(Group.objects.get(name=group))
    return made
