"""Authors are people with accounts: public profiles, and invitations."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from blog.models import BlogPage
from portfolio.models import Person, SiteSettings
from portfolio.models.authors import author_for
from tests import builders
from tests.pages.test_admin import add_address

pytestmark = pytest.mark.django_db
INVITED = {"first_name": "Ilse", "last_name": "Brandt", "email": "Ilse@tides.example", "role": "administrator"}


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(builders.user(is_superuser=True))
    return client


def test_what_somebody_writes_is_by_them(client: Client) -> None:
    editor = builders.user("Editors", first_name="Ilse", last_name="Brandt")
    client.force_login(editor)
    form = client.get(add_address(BlogPage, builders.blog_index())).context["form"]
    assert [author.name for author in form.initial["authors"]] == ["Ilse Brandt"]
    assert author_for(editor) == Person.objects.get(user=editor)


def test_person_of_the_same_name_becomes_the_profile() -> None:
    person = Person.objects.create(name="Ilse Brandt", role="Keeper of the gauge")
    assert author_for(builders.user("Editors", first_name="Ilse", last_name="Brandt")) == person
    other = author_for(builders.user("Editors", first_name="Ilse", last_name="Brandt"))
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
