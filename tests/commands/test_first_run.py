"""A new installation gets the demo and an administrator, once."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from django.test import RequestFactory

from blog.models import Entry
from experience.models import ExperiencePage
from portfolio.images.renditions.generate import is_ready
from portfolio.models import ImportSite
from tests import builders

pytestmark = pytest.mark.django_db


def first_run(*arguments: str) -> str:
    out = StringIO()
    call_command("first_run", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_run_imports_the_demo_and_prints_a_password_that_works() -> None:
    out = first_run()
    assert Entry.objects.filter(live=True).count() >= 8
    assert ExperiencePage.objects.filter(live=True).count() >= 3
    password = out.rsplit("password ", 1)[1].split()[0]
    assert authenticate(RequestFactory().post("/"), username="admin", password=password) is not None


def test_later_runs_do_nothing() -> None:
    first_run()
    Entry.objects.first().delete()
    left = Entry.objects.count()
    assert first_run() == ""
    assert Entry.objects.count() == left
    assert get_user_model().objects.count() == 1


def test_pictures_whose_process_was_ended_are_made_at_a_later_run() -> None:
    first_run()
    image = builders.picture()
    assert not is_ready(image)
    assert first_run() == ""
    image.refresh_from_db()
    assert is_ready(image)


def test_a_site_that_is_in_use_gets_no_demo() -> None:
    get_user_model().objects.create_superuser("mara", "", "low-water-at-six")
    assert first_run() == ""
    assert not ImportSite.objects.exists()


def test_a_site_may_begin_empty() -> None:
    assert "Log in as admin" in first_run("--empty")
    assert not ImportSite.objects.exists()
    assert first_run() == ""
    assert not ImportSite.objects.exists()
