"""What the owner says once for the whole site."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Site

from portfolio.models import SiteSettings
from tests import builders

pytestmark = pytest.mark.django_db


def links(rf) -> str:
    return "".join(f"{link.text}={link.href};" for link in SiteSettings.for_request(rf.get("/")).navigation_links)


def settings(**fields) -> SiteSettings:
    return SiteSettings.objects.create(site=Site.objects.get(), **fields)


def test_without_a_choice_the_navigation_shows_the_pages_below_home_that_say_something(rf):
    assert links(rf) == ""
    builders.post()
    assert links(rf) == "Blog=/blog/;"
    chronicle = builders.experience_index()
    chronicle.intro = "<p>Mostly at sea.</p>"
    chronicle.save_revision().publish()
    assert links(rf) == "Blog=/blog/;Experience=/experience/;"


def test_the_chosen_links_replace_them(rf):
    about = builders.standard_page(title="About")
    settings(navigation=[("link", {"page": about}), ("link", {"url": "/search/", "label": "Find"})])
    assert links(rf) == "About=/about/;Find=/search/;"


def test_links_to_drafts_private_pages_and_scripts_are_left_out(rf):
    draft, private = builders.standard_page(title="Draft", live=False), builders.standard_page(title="Private")
    builders.make_private(private)
    settings(
        navigation=[
            ("link", {"page": draft}),
            ("link", {"page": private, "label": "Secret"}),
            ("link", {"url": "javascript:alert(1)", "label": "Bad"}),
            ("link", {"page": builders.blog_index()}),
        ]
    )
    assert links(rf) == "Blog=/blog/;"


@pytest.mark.parametrize("value", [{"page": None, "url": "", "label": "x"}, {"page": None, "url": "/a/", "label": ""}])
def test_a_link_without_goal_or_name_is_refused(value):
    block = SiteSettings._meta.get_field("navigation").stream_block.child_blocks["link"]
    with pytest.raises(StructBlockValidationError):
        block.clean(block.normalize(value))


@pytest.mark.parametrize(
    ("field", "value", "fine"),
    [
        ("accent_colour", "#0b6e75", True),
        ("accent_colour", "", True),
        ("palette", "moss", True),
        ("typefaces", "modern", True),
        ("accent_colour", "teal", False),
        ("accent_colour", "#0b6e75;}", False),
        ("language_code", "pt-BR", True),
        ("language_code", "Portuguese", False),
    ],
)
def test_colour_and_language_are_checked(field, value, fine):
    made = SiteSettings(site=Site.objects.get(), **{field: value})
    if fine:
        made.full_clean()
    else:
        with pytest.raises(ValidationError, match="like this"):
            made.full_clean()


def test_before_the_logo_is_deleted_the_settings_are_named(admin_client):
    logo, other = builders.picture(), builders.picture("red")
    row = settings(logo=logo, owner_name="Mara Quist")
    edit = reverse("wagtailsettings:edit", args=["portfolio", "sitesettings", row.site_id])
    question = admin_client.get(reverse("wagtailimages:delete", args=[logo.pk])).content.decode()
    assert re.search(rf'href="{edit}"[^>]*>\s*Site settings', question)
    assert f'href="{edit}"' not in admin_client.get(reverse("wagtailimages:delete", args=[other.pk])).content.decode()
