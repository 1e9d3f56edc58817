"""A writer begins a page: where it goes, whose it is, and what the form shows at once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from blog.models import BlogPage
from portfolio.content.registry import page_kinds
from portfolio.models import Person
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(builders.user("Editors", first_name="Tor", last_name="Aune"))
    return client


@pytest.fixture
def moderator(client):
    client.force_login(builders.user("Moderators"))
    return client


@pytest.mark.parametrize(
    ("kind", "heading"), [("post", "blog post"), ("interview", "interview"), ("role", "experience")]
)
def test_each_kind_of_page_is_begun_from_the_menu(editor, kind, heading):
    response = editor.get(reverse("new_page", args=[kind]), follow=True)

    assert response.status_code == 200
    assert "/admin/pages/add/" in response.redirect_chain[-1][0]
    assert heading in response.content.decode().lower()


def test_menu_names_what_can_be_begun(editor):
    html = editor.get(reverse("wagtailadmin_home")).content.decode()
    for kind in page_kinds():
        if kind.new_page:
            assert reverse("new_page", args=[kind.name]) in html
            assert str(kind.label) in html


def test_nobody_who_may_not_add_pages_is_sent_to_a_form(client):
    client.force_login(builders.user(is_staff=True))
    assert "/admin/pages/add/" not in client.get(reverse("new_page", args=["post"])).headers["Location"]


def test_place_that_does_not_exist_is_told_of(editor):
    builders.blog_index().delete()
    response = editor.get(reverse("new_page", args=["post"]), follow=True)
    assert "There is no page below which you may add this" in response.content.decode()


def test_unknown_kind_is_not_found(editor):
    assert editor.get(reverse("new_page", args=["poem"])).status_code == 404


def test_new_post_is_by_the_person_signed_in(editor):
    tor = Person.objects.create(name="tor aune")
    other = Person.objects.create(name="Ines Calder")
    form = editor.get(reverse("new_page", args=["post"]), follow=True).context["form"]

    assert form["authors"].value() == [tor.pk]
    assert other.pk not in form["authors"].value()


def test_new_post_of_an_administrator_without_a_name_is_the_owners(client):
    client.force_login(builders.user(is_superuser=True))
    Person.objects.create(name="Ines Calder")
    form = client.get(reverse("new_page", args=["post"]), follow=True).context["form"]
    assert not form["authors"].value()
    assert Person.objects.count() == 1


def test_new_post_of_anybody_else_without_a_name_is_not_the_owners(client):
    user = builders.user("Moderators")
    client.force_login(user)
    Person.objects.create(name="Ines Calder")
    form = client.get(reverse("new_page", args=["post"]), follow=True).context["form"]
    ticked = form["authors"].value()
    assert [name for key, name in form.fields["authors"].choices if key in ticked] == [user.get_username()]
    assert not Person.objects.filter(user=user).exists()


def test_opening_an_old_post_changes_no_author(editor):
    Person.objects.create(name="Tor Aune")
    page = builders.post(title="Old")
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    assert not form["authors"].value()


def test_publishing_stands_beside_saving(moderator):
    html = moderator.get(reverse("new_page", args=["post"]), follow=True).content.decode()
    beside = html.partition('class="publish-beside"')[2]
    assert 'name="action-publish"' in beside
    assert html.count('name="action-publish"') == 1
    assert html.index("Save draft") < html.index('name="action-publish"')


def test_editors_have_no_button_that_publishes(editor):
    assert "publish-beside" not in editor.get(reverse("new_page", args=["post"]), follow=True).content.decode()


def test_pages_can_be_previewed_as_on_a_phone_and_on_a_desktop(editor):
    widths = [size["device_width"] for size in BlogPage().preview_sizes]
    assert min(widths) < 400
    assert max(widths) >= 1200
