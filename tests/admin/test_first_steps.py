"""The dashboard's ways to begin a page, and the first steps of a new site."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from portfolio.admin.dashboard.first_steps import first_steps
from portfolio.admin.set_up.demo_runs import DEMO
from portfolio.models import ImportRun, ImportSite, SiteSettings
from tests import builders

pytestmark = pytest.mark.django_db


def test_everybody_who_writes_finds_the_button(client: Client) -> None:
    client.force_login(builders.user("Editors"))
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Write a post" in html
    assert reverse("new_page", args=["post"]) in html
    assert "First steps" not in html


def test_steps_tick_themselves_off_and_go_with_the_last(client: Client) -> None:
    owner = builders.user(is_superuser=True)
    client.force_login(owner)
    answer = client.get(reverse("wagtailadmin_home"))
    assert "First steps" in answer.content.decode()
    request = answer.wsgi_request
    assert [step.done for step in first_steps(request)] == [False] * 4

    settings = SiteSettings.for_site(Site.objects.get())
    settings.owner_name, settings.headline, settings.time_zone = "Ines Vey", "Reads gauges.", "Europe/Lisbon"
    settings.portrait = builders.picture()
    settings.save()
    builders.post(title="Low water", owner=owner)
    answer = client.get(reverse("wagtailadmin_home"))
    assert all(step.done for step in first_steps(answer.wsgi_request))
    assert "First steps" not in answer.content.decode()


def test_a_site_in_utc_has_chosen_it_once_the_settings_were_saved(client: Client) -> None:
    client.force_login(builders.user(is_superuser=True))
    request = client.get(reverse("wagtailadmin_home")).wsgi_request
    chosen = lambda: {step.text: step.done for step in first_steps(request)}["Choose your time zone"]  # noqa: E731
    assert not chosen()
    client.post(reverse("set_up"), {"owner_name": "Ines Vey", "language_code": "en", "time_zone": "UTC"})
    assert chosen()


def test_the_demo_is_removed_by_a_step(client: Client) -> None:
    client.force_login(builders.user(is_superuser=True))
    site = ImportSite.objects.create(key=DEMO, kind="jekyll")
    ImportRun.objects.create(site=site, started_at=timezone.now(), report={})
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert f'href="{reverse("remove_demo")}">Remove the demo' in html


def test_sign_in_has_the_name_of_the_product(client: Client) -> None:
    html = client.get(reverse("wagtailadmin_login")).content.decode()
    assert "Sign in to Portfolio" in html
    assert "Wagtail" not in html.partition("<main")[2]
