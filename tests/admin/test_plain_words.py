"""The admin says in plain words what Wagtail says in jargon."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models

from portfolio.markdown.text import visible_text
from tests import builders

FOLDER = Path(__file__).resolve().parents[2] / "portfolio" / "locale"


def words(language: str) -> dict[str, str]:
    """The texts of the source file, by what Wagtail says."""
    text = (FOLDER / language / "LC_MESSAGES" / "django.po").read_text("utf-8")
    entries = [entry for entry in text.split("\n\n") if "\nmsgstr" in entry][1:]
    return dict(tuple(line.partition(" ")[2].strip('"') for line in entry.splitlines()) for entry in entries)


@pytest.mark.parametrize("language", ["en", "en_GB"])
def test_compiled_texts_are_those_of_the_source(language: str) -> None:
    with (FOLDER / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for original, plain in words(language).items():
        assert compiled.gettext(original) == plain
    assert words(language) == words("en")


@pytest.mark.django_db
def test_history_offers_to_restore_a_version_and_menus_have_plain_names(client: Client) -> None:
    client.force_login(builders.user("Moderators"))
    post = builders.post(title="Low water")
    post.save_revision(log_action=True)
    post.title = "Low water again"
    post.save_revision(log_action=True)
    html = client.get(reverse("wagtailadmin_pages:history", args=[post.pk])).content.decode()
    assert "Restore this version" in html
    assert "Review this version" not in html
    form = client.get(reverse("wagtailadmin_pages:edit", args=[post.pk])).content.decode()
    assert "Address and search" in form
    assert "People and topics" in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("model", get_snippet_models(), ids=lambda model: model.__name__)
def test_forms_and_lists_of_snippets_have_plain_names(client: Client, model: type[Model]) -> None:
    client.force_login(builders.user("Moderators"))
    for name in ("add", "list"):
        html = client.get(reverse(model.snippet_viewset.get_url_name(name))).content.decode()
        shown = visible_text(html)
        assert "Slug" not in shown
        assert "Snippet" not in shown


@pytest.mark.parametrize("model", get_page_models(), ids=lambda model: model.__name__)
def test_tabs_of_every_form_have_plain_names(model: type[Page]) -> None:
    headings = [str(tab.heading) for tab in model.get_edit_handler().children]
    assert "Address and search" in headings
    assert "Promote" not in headings
