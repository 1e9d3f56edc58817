"""An editor finds their way: page types by name, forms that answer mistakes, previews, snippets."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from blog.models import BlogPage, InterviewPage
from experience.models import ExperiencePage, Organisation, Skill
from portfolio.blocks import BodyBlocks
from portfolio.models import HomePage, SiteSettings, StandardPage
from tests import builders

pytestmark = pytest.mark.django_db

PAGE = {"slug": "", "seo_title": "", "search_description": "", "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}}
PAGE["comments"] |= {"MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}


def entry_form(**fields):
    text = {"question": "What is a tide?", "answer": rich_text("<p>A very long wave.</p>")}
    return {
        **PAGE,
        "title": "High water",
        "slug": "high-water",
        "date": "2024-05-04 12:00",
        "updated": "",
        "summary": rich_text("<p>Short.</p>"),
        "cover": "",
        "tags": "tides, deep water",
        "skills": "python, Rust",
        "series": "",
        "series_position": "",
        "canonical_url": "",
        "body": streamfield([("text", rich_text("<p>The water rose.</p>")), ("question_answer", text)]),
        **fields,
    }


def role_form(**fields):
    return {
        **PAGE,
        "title": "Engineer at Saltmarsh Instruments",
        "slug": "engineer",
        "role": "Engineer",
        "employment_type": "",
        "organisation": builders.organisation().pk,
        "period_text": "2019 - now",
        "location": "",
        "summary": rich_text(""),
        "skills": "SQL",
        "body": streamfield([]),
        **fields,
    }


def add_address(model, parent: Page) -> str:
    return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])


@pytest.fixture
def moderator(client):
    client.force_login(builders.user("Moderators"))
    return client


@pytest.fixture
def editor(client):
    client.force_login(builders.user("Editors"))
    return client


def test_page_types_have_names_a_writer_knows(editor):
    html = editor.get(reverse("wagtailadmin_pages:add_subpage", args=[builders.blog_index().pk])).content.decode()
    assert "Blog post" in html
    assert "Interview" in html
    assert "Something you wrote" in html
    names = [model._meta.verbose_name for model in (BlogPage, InterviewPage, ExperiencePage, StandardPage)]
    assert names == ["blog post", "interview", "experience entry", "page"]


@pytest.mark.parametrize("model", [BlogPage, InterviewPage, ExperiencePage, StandardPage])
def test_every_form_opens_in_tabs(model, editor):
    parent = {ExperiencePage: builders.experience_index, StandardPage: builders.home}.get(model, builders.blog_index)()
    html = editor.get(add_address(model, parent)).content.decode()
    assert all(f'href="#tab-{tab}"' in html for tab in ("content", "address_and_search"))
    assert model.page_description


def test_a_post_written_in_the_form_is_published_and_seen(moderator, client):
    form = nested_form_data(entry_form(**{"action-publish": "1"}))
    response = moderator.post(add_address(BlogPage, builders.blog_index()), form)
    assert response.status_code == 302
    page = BlogPage.objects.get()
    assert sorted(page.tags.names()) == ["deep water", "tides"]
    assert sorted(page.skills.names()) == ["Rust", "python"]
    client.logout()
    assert "The water rose." in client.get("/blog/high-water/").content.decode()
    assert [found.pk for found in client.get("/search/?q=tides").context["results"]] == [page.pk]


def test_skills_typed_in_the_form_join_those_that_exist(moderator):
    Skill.objects.create(name="Python")
    moderator.post(add_address(BlogPage, builders.blog_index()), nested_form_data(entry_form()))
    assert sorted(BlogPage.objects.get().skills.names()) == ["Python", "Rust"]


def test_an_editors_draft_is_not_published(editor, client):
    form = nested_form_data(entry_form(**{"action-publish": "1"}))
    editor.post(add_address(BlogPage, builders.blog_index()), form)
    assert not BlogPage.objects.get().live
    assert client.get("/blog/high-water/").status_code == 404


def test_a_role_written_in_the_form_knows_its_dates(moderator):
    form = nested_form_data(role_form(**{"action-publish": "1"}))
    moderator.post(add_address(ExperiencePage, builders.experience_index()), form)
    role = ExperiencePage.objects.get()
    assert (role.live, role.ongoing, role.start.year) == (True, True, 2019)


def test_a_period_that_cannot_be_read_is_answered_in_the_form(moderator):
    form = nested_form_data(role_form(period_text="a long while", **{"action-publish": "1"}))
    response = moderator.post(add_address(ExperiencePage, builders.experience_index()), form)
    assert response.status_code == 200
    assert "This period cannot be read" in response.content.decode()
    assert not ExperiencePage.objects.exists()


def test_a_draft_of_a_role_may_wait_for_its_organisation(moderator):
    form = nested_form_data(role_form(organisation="", period_text="", title="Not yet"))
    moderator.post(add_address(ExperiencePage, builders.experience_index()), form)
    assert ExperiencePage.objects.get().live is False


@pytest.mark.parametrize(
    ("model", "parent", "form"),
    [(BlogPage, builders.blog_index, entry_form), (ExperiencePage, builders.experience_index, role_form)],
)
def test_a_page_can_be_previewed_before_it_is_saved(model, parent, form, moderator):
    args = [model._meta.app_label, model._meta.model_name, parent().pk]
    address = reverse("wagtailadmin_pages:preview_on_add", args=args)
    assert moderator.post(address, nested_form_data(form())).json()["is_valid"]
    html = moderator.get(address).content.decode()
    assert form()["title"] in html


def test_a_preview_shows_tags_that_are_not_saved_yet(moderator):
    page = builders.post(title="High water", slug="high-water", tags=["stored tag"], categories=["Stored"])
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    form = {**nested_form_data(entry_form(tags="fresh tag,")), "categories": [builders.category("Fresh").pk]}
    assert moderator.post(address, form).json()["is_valid"]
    html = moderator.get(address).content.decode()
    assert "fresh tag" in html
    assert "Fresh</a>" in html
    assert "stored tag" not in html
    assert "Stored</a>" not in html


def test_every_page_type_can_be_previewed(moderator):
    pages = [
        builders.home(),
        builders.blog_index(),
        builders.experience_index(),
        builders.post(),
        builders.interview(),
        builders.role(),
        builders.standard_page(),
    ]
    assert {type(page) for page in pages} >= {HomePage, BlogPage, InterviewPage, ExperiencePage, StandardPage}
    for page in pages:
        assert page.make_preview_request().status_code == 200, page


@pytest.mark.parametrize("name", BodyBlocks().child_blocks)
def test_every_block_has_a_preview_page(name, editor):
    builders.picture()
    block = BlogPage._meta.get_field("body").stream_block.child_blocks[name]
    response = editor.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200


@pytest.mark.parametrize(
    "snippet", ["blog_category", "blog_series", "experience_organisation", "experience_skill", "portfolio_person"]
)
def test_snippets_can_be_listed_searched_and_added(snippet, moderator):
    assert moderator.get(reverse(f"wagtailsnippets_{snippet}:list"), {"q": "tides"}).status_code == 200
    assert moderator.get(reverse(f"wagtailsnippets_{snippet}:add")).status_code == 200


@pytest.mark.parametrize(
    ("snippet", "form", "name"),
    [
        ("experience_organisation", {"name": "Tidal Lab", "url": "https://tidal.example/", "logo": ""}, "Tidal Lab"),
        ("blog_series", {"title": "A year at the gauge", "description": ""}, "A year at the gauge"),
    ],
)
def test_editors_make_organisations_and_series_where_they_choose_them(snippet, form, name, editor):
    chooser = f"wagtailsnippetchoosers_{snippet}"
    assert "creation" in editor.get(reverse(f"{chooser}:choose")).json()["html"]
    answer = editor.post(reverse(f"{chooser}:create"), form)
    assert name in str(answer.json())


def test_an_organisation_is_made_with_its_logo(editor):
    picture = builders.picture(title="Waves")
    chooser = "wagtailsnippetchoosers_experience_organisation"
    form = editor.get(reverse(f"{chooser}:choose")).json()["html"]
    assert 'alt="Waves"' in form  # a choice of pictures shows them
    data = {"url": "", "logo": picture.pk}
    editor.post(reverse(f"{chooser}:create"), {**data, "name": "Tidal Lab"})
    assert Organisation.objects.get(name="Tidal Lab").logo == picture
    mark = builders.picture(colour="navy", size=(8, 8))
    with mark.file.open() as opened:
        file = SimpleUploadedFile("mark.png", opened.read(), "image/png")
    mark.delete()  # or it would be used again
    editor.post(reverse(f"{chooser}:create"), {**data, "name": "Gauge Works", "logo_file": file})
    assert Organisation.objects.get(name="Gauge Works").logo.title == "Gauge Works, logo"
    file = SimpleUploadedFile("mark.png", b"no picture", "image/png")
    answer = editor.post(reverse(f"{chooser}:create"), {**data, "name": "Ebb", "logo_file": file})
    assert "Upload a valid image" in str(answer.json())
    assert not Organisation.objects.filter(name="Ebb").exists()


def test_a_page_chooser_begins_beside_the_page_of_the_form(editor):
    post, index = builders.post(title="Low water"), builders.blog_index()
    chooser, home = reverse("wagtailadmin_choose_page"), builders.home()
    edit = reverse("wagtailadmin_pages:edit", args=[post.pk])
    begins = [
        (f"http://testserver{edit}", index),
        (f"http://testserver{add_address(BlogPage, index)}", index),
        (f"http://testserver{reverse('wagtailadmin_pages:edit', args=[home.pk])}", home),
        ("", home),
        ("http://testserver/[", home),
    ]
    for referer, page in begins:
        answer = editor.get(chooser, {"page_type": "wagtailcore.page"}, headers={"referer": referer})
        assert answer.context["parent_page"].pk == page.pk, referer
    assert editor.get(chooser, {"can_choose_root": "1"}).context["parent_page"].is_root()


def test_a_category_of_the_same_name_is_refused_in_the_form(moderator):
    builders.category("Tides")
    form = {"name": "tides", "slug": "", "description": ""}
    response = moderator.post(reverse("wagtailsnippets_blog_category:add"), form)
    assert "Another category already has this name" in response.content.decode()


def test_skills_are_suggested_as_they_are_typed(editor):
    Skill.objects.create(name="PostgreSQL")
    address = reverse("wagtailadmin_tag_model_autocomplete", args=["experience", "skill"])
    assert editor.get(address, {"term": "post"}).json() == ["PostgreSQL"]


def test_the_owner_can_open_the_site_settings(client):
    client.force_login(builders.user(is_superuser=True))
    address = reverse(
        "wagtailsettings:edit",
        args=["portfolio", "sitesettings", SiteSettings.for_site(builders.home().get_site()).site_id],
    )
    assert client.get(address).status_code == 200
