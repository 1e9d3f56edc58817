"""A draft may lack anything: each page type with each of its fields emptied is previewed, compared and told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models
from django.urls import reverse
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

from blog.models import BlogIndexPage, Series
from experience.models import ExperienceIndexPage, Organisation
from portfolio.content.registry import kind_of
from portfolio.discovery.markdown_pages.documents import markdown_of
from portfolio.models import HomePage, Person, SiteSettings, StandardPage
from tests import builders

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")]

# What is the tree's or Wagtail's, and no field of a form.
NOT_EMPTIED = {"path", "depth", "url_path", "locale", "translation_key", "content_type", "slug", "draft_title"}


def full(model: type[Page]) -> Page:
    """A page of the type with something in every field that a form has."""
    shared: dict[str, Any] = {}
    if model.__name__ in ("BlogPage", "InterviewPage"):
        shared = {
            "tags": ["low"],
            "skills": ["Python"],
            "categories": ["Tides"],
            "authors": [Person.objects.create(name="Ilse")],
            "series": Series.objects.create(title="A year"),
            "cover": builders.picture(size=(8, 6)),
            "summary": "<p>Short.</p>",
            "updated": builders.FIRST_DAY,
        }
    makers: dict[str, Any] = {
        "BlogPage": builders.post,
        "InterviewPage": lambda **fields: builders.interview(
            interviewee_name="Ana", interviewer="Bo", source_publication="Tide", source_url="https://e.org", **fields
        ),
        "ExperiencePage": lambda **fields: builders.role(
            organisation=Organisation.objects.create(name="Lock", url="https://example.org"),
            skills=["Python"],
            location="Oslo",
            **fields,
        ),
    }
    if model in (HomePage, BlogIndexPage, ExperienceIndexPage):
        builders.role(title="Keeper")
        return model.objects.get()
    return (
        makers[model.__name__](**shared)
        if model.__name__ in makers
        else builders.home().add_child(instance=model(title="Full"))
    )


def emptied(page: Page) -> Iterator[tuple[str, Any]]:
    """Every field that a form may leave empty, with what the form then puts into it."""
    for field in page._meta.get_fields():
        if field.name in NOT_EMPTIED or field.name.endswith("_ptr") or not getattr(field, "editable", False):
            continue
        if isinstance(field, ClusterTaggableManager | ParentalManyToManyField | StreamField):
            yield field.name, []
        elif isinstance(field, models.CharField | models.TextField):
            yield field.name, ""
        elif getattr(field, "null", False):
            yield field.name, None


def empty(page: Page, name: str, value: Any) -> None:
    if isinstance(page._meta.get_field(name), ClusterTaggableManager):
        getattr(page, name).clear()
    else:
        setattr(page, name, value)


def own_models() -> list[type[Page]]:
    return [model for model in get_page_models() if model is not Page and model.is_creatable]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model.__name__)
def test_a_draft_without_any_one_field_is_previewed_and_told(model: type[Page]) -> None:
    SiteSettings.objects.update_or_create(site=builders.home().sites_rooted_here.get(), defaults={"owner_name": "Ana"})
    page, wrong = full(model), []
    for name, value in [("", None), *emptied(page)]:
        draft = Page.objects.get(pk=page.pk).specific
        if name:
            empty(draft, name, value)
        for mode, _ in draft.preview_modes:
            answer = draft.make_preview_request(preview_mode=mode)
            if answer.status_code != 200 or ">None<" in answer.content.decode():
                wrong.append(f"{name or 'nothing'} missing, preview: {answer.status_code}")
        kind = kind_of(draft)
        if kind and kind.markdown:
            markdown_of(draft, kind.markdown, "http://localhost/x/")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model.__name__)
def test_the_emptiest_draft_is_previewed_before_it_is_saved_and_after(model: type[Page], admin_client: Any) -> None:
    SiteSettings.objects.update_or_create(site=builders.home().sites_rooted_here.get(), defaults={"owner_name": "Ana"})
    page = model(title="Begun", slug="begun")
    for name, value in emptied(page):
        if name != "title":
            empty(page, name, value)
    parents = {BlogIndexPage: HomePage, ExperienceIndexPage: HomePage, StandardPage: HomePage}
    if model.__name__ in ("BlogPage", "InterviewPage"):
        parent: Page = builders.blog_index()
    elif model.__name__ == "ExperiencePage":
        parent = builders.experience_index()
    else:
        parent = parents.get(model, HomePage).objects.get()
    # As the admin's preview makes it: with a place in the tree that nobody has.
    page.set_url_path(parent)
    page.path, page.depth = Page._get_children_path_interval(parent.path)[1], parent.depth + 1
    assert page.make_preview_request().status_code == 200
    page.path = page.depth = None
    page.live = False
    parent.add_child(instance=page)
    revision = page.save_revision(log_action=False, clean=False)
    assert Page.objects.get(pk=page.pk).specific.make_preview_request().status_code == 200
    page.title = "Begun again"
    other = page.save_revision(log_action=False, clean=False)
    for address in (
        reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, revision.pk, other.pk]),
        reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    ):
        assert admin_client.get(address).status_code == 200, address


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model.__name__)
def test_a_revision_without_any_one_field_is_compared_with_the_page(model: type[Page], admin_client: Any) -> None:
    page, wrong = full(model), []
    for name, value in emptied(page):
        draft = Page.objects.get(pk=page.pk).specific
        empty(draft, name, value)
        draft.save_revision(log_action=False, clean=False)
        address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"])
        if admin_client.get(address).status_code != 200:
            wrong.append(name)
    assert not wrong


def test_published_roles_without_an_organisation_take_no_list_down(client: Any) -> None:
    role = builders.role(title="Keeper", role="")
    type(role).objects.update(organisation=None, ongoing=True)
    for address in ("/", "/experience/", "/resume/", "/resume.json", "/experience.md", "/archive/", "/llms.txt"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "None" not in answer.content.decode(), address
