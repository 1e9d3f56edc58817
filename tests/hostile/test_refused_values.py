"""What no page can show is refused in words where it comes in: by every form, and by the import."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client
from django.urls import reverse
from taggit.models import Tag
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.fields import RichTextField
from wagtail.models import Page, Site
from wagtail.test.utils.form_data import nested_form_data, streamfield

from blog.models import BlogPage, Category
from experience.models import ExperiencePage, Skill
from portfolio.discovery.feeds.formats import without_control_characters
from portfolio.markdown.characters import CONTROLS
from portfolio.validation.date_range import MAX_MOMENT, MIN_MOMENT, clamp_moment, start_of_month
from tests import builders
from tests.importer.trees import row, run, write_tree
from tests.pages.test_admin import add_address, entry_form

pytestmark = pytest.mark.django_db

APPS = ("portfolio", "blog", "experience", "wagtailcore", "wagtailimages", "wagtaildocs", "taggit", "auth", "sites")


def model_fields(*kinds: type[models.Field]) -> Iterator[models.Field]:
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if model._meta.app_label in APPS and isinstance(field, kinds) and field.editable and not field.choices:
                yield field


def named(field: models.Field) -> str:
    return f"{field.model.__name__}.{field.name}"


@pytest.mark.parametrize("field", list(model_fields(models.DateField)), ids=named)
def test_dates_outside_the_years_1000_to_2999_are_refused_in_words(field: models.Field) -> None:
    form_field = formfield_for_dbfield(field)
    for day in ("0001-01-01", "0021-06-01", "0999-12-31", "3000-01-01", "9999-12-31"):
        with pytest.raises(ValidationError, match="in the years 1000 to 2999"):
            form_field.clean(day)
    for day in ("1000-01-01", "2024-02-29", "2999-12-31"):
        assert form_field.clean(day).year == int(day[:4])


def text_fields() -> list[models.Field]:
    """The fields that a form asks for as text, without those that may take what the clipboard brings."""
    return [
        field
        for field in model_fields(models.CharField, models.TextField)
        if not isinstance(field, RichTextField)
        and not (field.model is Page and field.name == "title")
        and isinstance(formfield_for_dbfield(field), forms.CharField)
    ]


@pytest.mark.parametrize("field", text_fields(), ids=named)
@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x0c", "\ud800", "\uffff"])
def test_control_characters_in_names_are_refused_in_words(field: models.Field, character: str) -> None:
    with pytest.raises(ValidationError) as refused:
        formfield_for_dbfield(field).clean(f"Bell{character}tower")
    assert "character" in str(refused.value) or "valid" in str(refused.value).lower()


def posted(client: Client, **fields: Any) -> Any:
    client.force_login(builders.user("Moderators"))
    form = nested_form_data(entry_form(**{"action-publish": "1", **fields}))
    return client.post(add_address(BlogPage, builders.blog_index()), form)


def draftail(text: str) -> str:
    block = {"key": "a", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": [], "text": text}
    return json.dumps({"blocks": [block], "entityMap": {}})


FORM = (
    "title slug tags skills summary seo_title search_description canonical_url date text heading code markdown".split()
)
# A browser sends no half of a character; the JSON of rich text may spell one.
HALVES = [(name, chr(half)) for name in ("summary", "text") for half in (0xD800, 0xDFFF)]


@pytest.mark.parametrize(("field", "character"), [*((name, chr(0)) for name in FORM), *HALVES], ids=ascii)
def test_what_no_database_holds_is_a_message_of_the_form(field: str, character: str, client: Client) -> None:
    text = f"a{character}b"
    blocks = {
        "text": ("text", draftail(text)),
        "heading": ("heading", {"text": text, "level": "2", "anchor": ""}),
        "code": ("code", {"language": "", "code": text, "title": "", "highlight": ""}),
        "markdown": ("markdown", {"source": text, "flavour": "kramdown", "base": "", "settings": ""}),
    }
    if field in blocks:
        given = {"body": streamfield([blocks[field]])}
    else:
        given = {field: draftail(text) if field == "summary" else text}
    response = posted(client, **given)
    # From titles and tags it is taken out like every control character.
    dropped = field in ("title", "tags", "skills")
    assert response.status_code == (302 if dropped else 200)
    assert BlogPage.objects.exists() is dropped


def test_titles_tags_and_text_from_the_clipboard_are_taken_and_shown_without_control_characters(
    client: Client,
) -> None:
    controls = "".join(map(chr, [1, 7, 8, 11, 12, 14, 31, 0xFFFE, 0xFFFF]))
    body = [("text", draftail(f"Text{controls}")), ("heading", {"text": f"H{controls}", "level": "2", "anchor": ""})]
    response = posted(
        client,
        title=f"Bell{controls}",
        tags=f'"tide{controls}"',
        summary=draftail(f"S{controls}"),
        body=streamfield(body),
    )
    assert response.status_code == 302
    page = BlogPage.objects.get()
    assert (page.title, list(page.tags.names())) == ("Bell", ["tide"])
    client.logout()
    for address in (
        page.get_url(),
        "/feed.xml",
        "/rss.xml",
        "/feed.json",
        "/sitemap.xml",
        "/llms.txt",
        "/search/?q=bell",
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert not CONTROLS.search(answer.content.decode()), address


NAMES = {
    "interviewer": lambda text: builders.interview(interviewer=text, slug="talk"),
    "headline": lambda text: Site.objects.get().sitesettings.__class__.objects.update(headline=text, owner_name=text),
    "tag": lambda text: Tag.objects.filter(name="tide").update(name=text),
    "category": lambda text: Category.objects.filter(name="Sea").update(name=text),
    "skill": lambda text: Skill.objects.filter(name="Python").update(name=text),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_stored_control_character_spoils_nothing(name: str, client: Client) -> None:
    client.get("/")  # makes the settings
    builders.post(slug="post", tags=["tide"], categories=["Sea"], skills=["Python"])
    builders.role(skills=["Python"])
    NAMES[name]("Bell\x01\x07\x0b\x1f\ufffe\uffff tower")
    for address in (
        "/ /blog/ /feed.xml /rss.xml /feed.json /tags/tide/ /tags/tide/feed.xml /categories/sea/rss.xml "
        "/skills/python/ "
        "/skills/python/feed.json /resume.json /resume/ /sitemap.xml /llms.txt /archive/ /opensearch.xml /blog/post/ "
        "/blog/post.md /search/?type=post /site.webmanifest"
    ).split():
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not CONTROLS.search(answer.content.decode()), address
        assert r"\u0007" not in answer.content.decode(), address


def test_feeds_are_cleaned_in_every_part() -> None:
    assert without_control_characters(["a\x07", "b\ud800"]) == ["a", "b"]


@pytest.mark.parametrize("day", ["0021-03-04", "0999-12-31", "3000-01-01", "9999-12-31 23:30", "0001-01-01"])
def test_the_import_refuses_a_date_outside_the_range_with_file_and_line(day: str, tmp_path: Path) -> None:
    report = run(write_tree(tmp_path, {"_posts/2021-05-04-tides.md": f"---\ntitle: Tides\ndate: {day}\n---\nHigh.\n"}))
    problems = row(report, "_posts/2021-05-04-tides.md").problems
    refused = next(problem for problem in problems if problem.code == "bad-date")
    assert (refused.severity, refused.line) == ("error", 3)
    assert "1000 to 2999" in refused.message or "out of range" in refused.message
    assert all(1000 <= page.date.year <= 2999 for page in BlogPage.objects.all())


def test_the_import_leaves_control_characters_out_and_says_where(tmp_path: Path) -> None:
    source = '---\ntitle: "Bell\\a tower"\ntags: ["ti\\x07de"]\nauthor: "A\\x1bna"\n---\nText\x07 stays.\n'
    report = run(write_tree(tmp_path, {"_posts/2021-05-04-tides.md": source}))
    problems = row(report, "_posts/2021-05-04-tides.md").problems
    assert {(problem.code, problem.line) for problem in problems} == {("control-character", line) for line in (2, 3, 4)}
    page = BlogPage.objects.get()
    assert (page.title, list(page.tags.names())) == ("Bell tower", ["tide"])


def test_an_experience_page_loses_control_characters_of_names(tmp_path: Path) -> None:
    roles = "#### (2019 - 2021) Quay\x07 Labs\n\n**Rope**.\n\n#### (2021) Tern\n\nBirds.\n"
    text = f"---\ntitle: Work\npermalink: /jobs/\n---\n{roles}"
    report = run(write_tree(tmp_path, {"work.md": text}))
    assert ExperiencePage.objects.filter(organisation__name="Quay Labs").exists()
    assert ("control-character", 5) in {(p.code, p.line) for p in row(report, "work.md").problems}


def test_moments_at_the_ends_are_read_as_ones_every_zone_has() -> None:
    assert clamp_moment(datetime.max.replace(tzinfo=UTC)) == MAX_MOMENT
    assert clamp_moment(datetime.min.replace(tzinfo=UTC)) == MIN_MOMENT
    assert clamp_moment(builders.FIRST_DAY) == builders.FIRST_DAY
    page = builders.post()
    BlogPage.objects.filter(pk=page.pk).update(date=datetime.max.replace(tzinfo=UTC))
    assert BlogPage.objects.get().date == MAX_MOMENT
    assert BlogPage.objects.values_list("date", flat=True).get() == MAX_MOMENT


def test_months_at_the_ends_have_a_beginning() -> None:
    from zoneinfo import ZoneInfo

    for zone in map(ZoneInfo, ("Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago")):
        assert start_of_month(1, 1, zone) < start_of_month(1, 2, zone)
        assert start_of_month(9999, 12, zone) < start_of_month(9999, 13, zone)


@pytest.mark.parametrize(
    "path", ["/tags/%00/", "/tags/a%00b/feed.xml", "/%00.md", "/blog/%00/", "/media/%00", "/admin/%00/"]
)
def test_an_address_with_a_zero_byte_is_no_address(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("address", ["/search/?q=a%00b", "/?x=%00", "/?%00=1"])
def test_a_parameter_with_a_zero_byte_is_refused(address: str, client: Client) -> None:
    assert client.get(address).status_code == 400
    assert client.get(address.replace("%00", "%2500")).status_code == 200


def test_the_admin_refuses_it_too_and_takes_no_notice_of_such_a_cookie(client: Client) -> None:
    client.force_login(builders.user("Editors"))
    assert client.get(reverse("wagtailadmin_tag_autocomplete") + "?term=%00").status_code == 400
    client.logout()
    assert client.get("/admin/", headers={"Cookie": r'sessionid="\000aaaaaaaaaaaa"'}).status_code == 302


def test_a_name_that_is_typed_with_a_zero_byte_signs_nobody_in(client: Client) -> None:
    answer = client.post("/admin/login/", {"username": "a\0b", "password": "c\0d"})
    assert answer.status_code == 200
