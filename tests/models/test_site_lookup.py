"""The default site is called what SITE_URL says."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import Client
from wagtail.models import Site

from portfolio.models.site.lookup import set_default_site_address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("https://lindqvist.example", "https://lindqvist.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_a_new_site_takes_its_address_from_the_settings(settings: LazySettings, url: str, root: str) -> None:
    settings.SITE_URL = url
    set_default_site_address(None, using="default")
    assert Site.objects.get().root_url == root


def test_a_site_that_somebody_named_keeps_its_name(settings: LazySettings, client: Client) -> None:
    Site.objects.update(hostname="mara.example", port=443)
    settings.SITE_URL = "https://lindqvist.example"
    set_default_site_address(None, using="default")
    assert Site.objects.get().hostname == "mara.example"
