"""Undoing an import takes back all that it made and nobody uses, and nothing that somebody has worked on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Site

from blog.models import BlogPage, Category, Series
from experience.models import ExperiencePage, Organisation, ResumeSections, Skill
from portfolio.images.share_images.tasks import create_for
from portfolio.importer.undo.field_values import field_values
from portfolio.importer.undo.undo import undo
from portfolio.models import CustomImage, ImportRun, Person, SiteSettings, TagKey
from portfolio.models.unused_markup import delete_unused_markup
from tests import builders
from tests.importer.trees import every_file, picture, post, run, write_tree

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]

CONFIG = """title: Saltmarsh notes
url: https://saltmarsh.example
description: Reads gauges
author: {name: Mara Lindqvist, email: mara@saltmarsh.example}
github_username: mara
timezone: Europe/Stockholm
plugins: [jekyll-archives]
jekyll-archives: {enabled: all}
"""
EXPERIENCE = """---
title: Experience
permalink: /experience/
entries:
  quay-labs-2019-2021: {skills: [Splicing]}
---
## [Quay Labs](https://quay.example) - Mender (2019 - 2021)

![Quay Labs](/quay.png)

Mended with **Python** and **NumPy**.

## Tide Works - Reader (2017 - 2019)

Read **Gauges**.
"""
FRONT = {
    "tags": "[tide, Café]", "categories": "Water", "series": "Sea", "author": "Nils Berg", "skills": "[Sounding]",
    "image": "/cover.png", "redirect_from": "/older/",
}  # fmt: skip
MODELS = [Organisation, CustomImage, Document, Tag, TagKey, Category, Series, Skill, Person, Redirect]


@pytest.fixture
def configured(settings: Any) -> Any:
    """The project's settings, under another name than the site's below."""
    return settings


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    files = {
        "_posts/2021-05-04-tides.md": post("Rises. [paper](/a.pdf)\n\n![C](/c.png)\n", **FRONT),
        "experience.md": EXPERIENCE,
        "quay.png": picture("red"), "cover.png": picture("green"), "c.png": picture("blue"), "a.pdf": b"%PDF tide",
    }  # fmt: skip
    return write_tree(tmp_path, files, CONFIG)


def settings() -> SiteSettings:
    site = Site.objects.get()
    for model in (SiteSettings, ResumeSections):  # an import makes their rows, and undo empties them again
        model.for_site(site)
    return SiteSettings.objects.get(site=site)


def everything() -> tuple[Any, ...]:
    rows = tuple(sorted(str(field_values(row)) for row in model._base_manager.all()) for model in MODELS)
    return rows, field_values(settings()), field_values(Site.objects.get())


def undone(report: Any) -> None:
    undo(ImportRun.objects.get(pk=report.run))


def originals() -> list[str]:
    folder = "original_images"
    return sorted(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else []


def test_nothing_is_left_of_an_import(tree: Path, django_capture_on_commit_callbacks: Any) -> None:
    before, files = everything(), originals()
    report = run(tree)
    assert all(model._base_manager.exists() for model in MODELS)
    assert Organisation.objects.get(name="Quay Labs").logo is not None
    assert settings().owner_name == "Mara Lindqvist"
    with django_capture_on_commit_callbacks(execute=True):
        undone(report)
    assert everything() == before
    assert originals() == files


HISTORY = {
    # What happened stays written down: the run with its report, the site it belongs to, and the log of each page.
    "portfolio_importrun", "portfolio_importsite", "wagtailcore_pagelogentry", "wagtailcore_modellogentry",
}  # fmt: skip

DERIVED = ("sqlite_", "django_", "portfolio_search_terms", "portfolio_pagecheck", "wagtailsearch_")


def tables() -> dict[str, list[str]]:
    """Every row of every table but history and what is made of the rows: the search index and the checks of pages.

    Times that any writing moves are left out.
    """
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in HISTORY or table.startswith(DERIVED):
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table's name
            names = [column[0] for column in cursor.description]
            moving = {
                "first_published_at",
                "latest_revision_created_at",
                "last_published_at",
                "updated_at",
                "changed_at",
            }
            rows = [
                {name: str(value) for name, value in zip(names, row, strict=True) if name not in moving}
                for row in cursor.fetchall()
            ]
            found[table] = sorted(map(str, rows))
    return found


CODE = "\n```python\nprint(1)\n```\n\n$$x^2$$\n"


def test_every_table_and_every_file_is_as_it_was(
    tree: Path, tmp_path_factory: Any, configured: Any, django_capture_on_commit_callbacks: Any
) -> None:
    configured.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))
    own = builders.post(title="Mine", body=[("code", {"language": "python", "code": "print(2)"})])
    settings()
    with django_capture_on_commit_callbacks(execute=True):
        own.save_revision().publish()
    (tree / "_posts/2021-05-05-ebb.md").write_text(post(f"Falls.\n{CODE}", title="Ebb"))
    delete_unused_markup()
    before, files = tables(), every_file()
    with django_capture_on_commit_callbacks(execute=True):
        report = run(tree)
    create_for()  # what a process in the background does
    assert len(tables()["portfolio_markupresult"]) > len(before["portfolio_markupresult"]) > 0
    assert [name for name in every_file() - files if name.startswith("share/")]
    with django_capture_on_commit_callbacks(execute=True):
        undone(report)
    after = tables()
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
    assert every_file() == files


def test_an_import_can_be_made_and_taken_back_again_and_again(tree: Path) -> None:
    before = everything()
    for _ in range(2):
        undone(run(tree))
        assert everything() == before


def test_what_was_there_before_is_as_it_was(tree: Path) -> None:
    Organisation.objects.create(name="QUAY LABS")
    Organisation.objects.create(name="Tide Works", url="https://mine.example/")
    for name in ("Tide", "CAFE\u0301"):
        Tag.objects.create(name=name)
    Skill.objects.create(name="python")
    Category.objects.create(name="WATER")
    site = settings()
    site.location = "Visby"
    site.save()
    before = everything()
    report = run(tree)
    assert Organisation.objects.get(name="QUAY LABS").logo is not None
    undone(report)
    assert everything() == before


def rename_organisation() -> Organisation:
    row = Organisation.objects.get(name="Quay Labs")
    row.name = "Quay Laboratories"
    row.save()
    return row


def give_role() -> Organisation:
    builders.role(title="Own", organisation=Organisation.objects.get(name="Quay Labs"))
    return Organisation.objects.get(name="Quay Labs")


def use_tag() -> Tag:
    builders.post(tags=["TIDE"])
    return Tag.objects.get(name="tide")


def use_tag_in_a_draft() -> Tag:
    page = builders.post()
    page.save_revision().publish()
    draft = BlogPage.objects.get(pk=page.pk)
    draft.tags.add("tide")
    draft.save_revision()
    return Tag.objects.get(name="tide")


def use_category_in_a_draft() -> Category:
    page = builders.post()
    page.save_revision().publish()
    draft = BlogPage.objects.get(pk=page.pk)
    draft.categories = [Category.objects.get()]
    draft.save_revision()
    return Category.objects.get()


def use_organisation_in_a_draft() -> Organisation:
    page = builders.role(organisation=builders.organisation("Own"))
    page.save_revision().publish()
    draft = ExperiencePage.objects.get(pk=page.pk)
    draft.organisation = Organisation.objects.get(name="Quay Labs")
    draft.save_revision()
    return draft.organisation


def use_skill() -> Skill:
    builders.role(organisation=builders.organisation("Own"), skills=["sounding"])
    return Skill.objects.get(name="Sounding")


def describe_person() -> Person:
    Person.objects.update(role="Master")
    return Person.objects.get()


def describe_picture() -> CustomImage:
    row = CustomImage.objects.get(title__icontains="quay")
    row.description = "The quay's sign"
    row.save()
    return row


def show_picture() -> CustomImage:
    row = CustomImage.objects.order_by("pk").first()
    builders.post(cover=row)
    return row


def rename_document() -> Document:
    row = Document.objects.get()
    row.title = "The paper"
    row.save()
    return row


USES = [
    rename_organisation, give_role, use_tag, use_tag_in_a_draft, use_category_in_a_draft, use_organisation_in_a_draft,
    use_skill, describe_person, describe_picture, show_picture, rename_document,
]  # fmt: skip


@pytest.mark.parametrize("use", USES)
def test_what_somebody_changed_or_uses_stays(tree: Path, use: Callable[[], Any]) -> None:
    report = run(tree)
    row = use()
    undone(report)
    row.refresh_from_db()
    if isinstance(row, Organisation) and row.logo_id:
        assert CustomImage.objects.filter(pk=row.logo_id).exists()


def test_settings_that_somebody_changed_stay(tree: Path) -> None:
    earlier = settings()
    report = run(tree)
    row = settings()
    row.headline = "Reads tides"
    row.save()
    undone(report)
    after = settings()
    assert after.headline == "Reads tides"
    assert (after.owner_name, after.email, list(after.links)) == ("", "", [])
    assert after.time_zone == earlier.time_zone
