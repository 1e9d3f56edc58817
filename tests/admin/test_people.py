"""Authors are people with accounts: public profiles, and invitations."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site
from wagtail.test.utils.form_data import nested_form_data

from blog.models import BlogPage
from portfolio.models import Person, SiteSettings
from portfolio.models.authors import author_for
from tests import builders
from tests.pages.test_admin import add_address, entry_form

pytestmark = pytest.mark.django_db
INVITED = {"first_name": "Ilse", "last_name": "Brandt", "email": "Ilse@tides.example", "role": "administrator"}


def post_data(**fields: Any) -> dict[str, Any]:
    return nested_form_data(entry_form(title="Low water", slug="low-water")) | fields


def preview_address(model: type[Page], parent: Page) -> str:
    return add_address(model, parent) + "preview/"


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(builders.user(is_superuser=True))
    return client


def test_what_somebody_writes_is_by_them(client: Client) -> None:
    editor = builders.user("Editors", first_name="Ilse", last_name="Brandt")
    client.force_login(editor)
    address = add_address(BlogPage, builders.blog_index())
    form = client.get(address).context["form"]
    ticked = form.initial["authors"]
    assert [name for key, name in form.fields["authors"].choices if key in ticked] == ["Ilse Brandt"]
    assert not Person.objects.exists()  # looking at a form stores nobody

    data = post_data(authors=ticked)
    assert client.post(preview_address(BlogPage, builders.blog_index()), data).json()["is_valid"]
    assert "Ilse Brandt" in client.get(preview_address(BlogPage, builders.blog_index())).content.decode()
    assert not Person.objects.exists()

    client.post(address, data)
    written = BlogPage.objects.get(title="Low water")
    assert list(written.authors.all()) == [Person.objects.get(user=editor)]
    assert list(written.get_latest_revision_as_object().authors.all()) == [Person.objects.get(user=editor)]
    client.post(reverse("wagtailadmin_pages:edit", args=[written.pk]), data)  # the form as it was opened
    assert list(written.get_latest_revision_as_object().authors.all()) == [Person.objects.get(user=editor)]
    assert client.get(address).context["form"].initial["authors"] == [Person.objects.get().pk]


def test_person_of_the_same_name_is_theirs_when_they_have_written(client: Client) -> None:
    person = Person.objects.create(name="Ilse Brandt")
    editor = builders.user("Editors", first_name="Ilse", last_name="Brandt")
    client.force_login(editor)
    address = add_address(BlogPage, builders.blog_index())
    assert client.get(address).context["form"].initial["authors"] == [person.pk]
    client.post(address, post_data(authors=[person.pk]))
    person.refresh_from_db()
    assert person.user == editor


def test_person_of_the_same_name_becomes_the_profile() -> None:
    person = Person.objects.create(name="Ilse Brandt", role="Keeper of the gauge")
    profile = author_for(builders.user("Editors", first_name="Ilse", last_name="Brandt"))
    assert profile == person
    profile.save()
    other = author_for(builders.user("Editors", first_name="Ilse", last_name="Brandt"))
    other.save()
    assert other.pk != person.pk
    assert other.slug != person.slug


def test_the_owner_writes_without_an_author() -> None:
    settings = SiteSettings.for_site(Site.objects.get())
    settings.owner_name = "Ines Vey"
    settings.save()
    assert author_for(builders.user("Moderators", first_name="Ines", last_name="Vey")) is None
    assert author_for(builders.user(is_superuser=True)) is None
    assert author_for(builders.user(is_superuser=True, first_name="Tor", last_name="Holm")).name == "Tor Holm"


def test_name_of_an_account_without_a_name_is_no_mail_address() -> None:
    user = get_user_model().objects.create_user("tor@tides.example")
    assert author_for(user).name == "tor"


def test_profile_is_edited_under_account(client: Client) -> None:
    editor = builders.user("Editors", first_name="Ilse", last_name="Brandt", email="ilse@tides.example")
    client.force_login(editor)
    html = client.get(reverse("wagtailadmin_account")).content.decode()
    assert "Public profile" in html
    assert not Person.objects.exists()
    data = {
        "public_profile-name": "Ilse B.",
        "public_profile-bio": "Reads gauges.",
        "name_email-first_name": "Ilse",
        "name_email-last_name": "Brandt",
        "name_email-email": "ilse@tides.example",
        "locale-preferred_language": "",
        "locale-current_time_zone": "",
        "theme-theme": "system",
        "theme-density": "default",
        "theme-contrast": "system",
    }
    client.post(reverse("wagtailadmin_account"), data)
    person = Person.objects.get(user=editor)
    assert (person.name, person.bio) == ("Ilse B.", "Reads gauges.")


def test_invited_editor_sets_a_password_and_signs_in(administrator: Client) -> None:
    [editors] = [
        key
        for key, name in administrator.get(reverse("invite")).context["form"].fields["role"].choices
        if name == "Editors"
    ]
    answer = administrator.post(reverse("invite"), INVITED | {"role": editors})
    link = answer.context["link"]
    assert link in answer.content.decode()
    [sent] = mail.outbox
    assert sent.to == ["ilse@tides.example"]
    assert link in sent.body
    user = get_user_model().objects.get(email="ilse@tides.example")
    assert [group.name for group in user.groups.all()] == ["Editors"]
    assert not user.is_superuser
    assert Person.objects.get(user=user).name == "Ilse Brandt"

    visitor = Client()
    page = visitor.get(link[len("http://localhost") :], follow=True)
    password = "low-water-at-six"
    visitor.post(page.redirect_chain[-1][0], {"new_password1": password, "new_password2": password})
    assert visitor.post("/admin/login/", {"username": "ilse@tides.example", "password": password}).status_code == 302
    assert visitor.get("/admin/").status_code == 200
    again = administrator.post(reverse("invite_again", args=[user.pk]))
    assert again.status_code == 302


def test_without_working_mail_the_link_is_shown_with_the_reason(
    administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Any, *arguments: Any, **options: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", refuse)
    html = administrator.post(reverse("invite"), INVITED).content.decode()
    assert "No mail server answers" in html
    assert "/admin/password_reset/confirm/" in html
    assert get_user_model().objects.get(email="ilse@tides.example").is_superuser
    user = get_user_model().objects.get(email="ilse@tides.example")
    assert "Send a new link" in administrator.get(reverse("invite_again", args=[user.pk])).content.decode()
    assert "Invite again" in administrator.get(reverse("wagtailusers_users:index")).content.decode()


def test_nobody_is_invited_twice(administrator: Client) -> None:
    administrator.post(reverse("invite"), INVITED)
    answer = administrator.post(reverse("invite"), INVITED | {"email": "ILSE@tides.example"})
    assert "There is an account with this address already." in answer.content.decode()
