"""A new site has its pages, and groups that can work on them."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import Page, Site

from tests import builders

pytestmark = pytest.mark.django_db


def test_a_new_site_answers_at_its_three_addresses(client):
    assert [client.get(address).status_code for address in ("/", "/blog/", "/experience/")] == [200, 200, 200]
    assert Site.objects.get().root_page.specific == builders.home()
    assert not any(Page.find_problems())


def test_the_pages_are_made_once():
    migration = import_module("portfolio.migrations.0002_first_pages")
    before = list(Page.objects.order_by("pk").values_list("pk", "path", "numchild"))
    migration.add_pages(apps, None)
    migration.add_permissions(apps, None)
    assert list(Page.objects.order_by("pk").values_list("pk", "path", "numchild")) == before


def test_a_site_with_content_of_its_own_keeps_it():
    migration = import_module("portfolio.migrations.0002_first_pages")
    root = Page.objects.get(depth=1)
    builders.home().delete()
    other = Page.objects.get(depth=1).add_child(instance=Page(title="Kept", slug="kept"))
    Site.objects.create(hostname="kept.example", root_page=other, is_default_site=True)
    migration.add_pages(apps, None)
    assert Site.objects.get().root_page_id == other.pk
    assert {page.slug for page in root.get_children()} == {"kept", "home"}
    assert not any(Page.find_problems())


@pytest.mark.parametrize(
    ("group", "permission", "allowed"),
    [
        ("Editors", "wagtailadmin.access_admin", True),
        ("Editors", "blog.add_category", True),
        ("Editors", "blog.change_category", False),
        ("Editors", "wagtailredirects.add_redirect", False),
        ("Moderators", "experience.delete_skill", True),
        ("Moderators", "portfolio.change_person", True),
        ("Moderators", "wagtailredirects.delete_redirect", True),
        ("Moderators", "portfolio.change_sitesettings", False),
    ],
)
def test_groups_may_do_their_part(group, permission, allowed):
    assert Group.objects.get(name=group)
    assert builders.user(group).has_perm(permission) is allowed


@pytest.mark.parametrize(("group", "publishes"), [("Editors", False), ("Moderators", True)])
def test_editors_write_and_moderators_publish(group, publishes):
    permissions = builders.post(live=False).permissions_for_user(builders.user(group))
    index = builders.blog_index().permissions_for_user(builders.user(group))
    assert index.can_add_subpage()
    assert permissions.can_publish() is publishes


def test_editors_can_submit_for_moderation():
    page = builders.post(live=False)
    assert page.get_workflow().name == "Moderators approval"
    assert page.permissions_for_user(builders.user("Editors")).can_submit_for_moderation()
