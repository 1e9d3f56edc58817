"""The site version grows with what readers see, and with nothing else."""

from __future__ import annotations

import pytest
from django.apps import apps

from portfolio.models.site_version import NOT_SHOWN, read_site_version
from tests import builders


@pytest.mark.django_db(transaction=True)
def test_a_failed_sign_in_is_nothing_that_readers_see(client) -> None:
    builders.post()
    client.get("/")  # which makes the rows that the first visitor finds missing
    before = read_site_version()
    client.post("/admin/login/", {"username": "mara", "password": "wrong"})
    assert read_site_version() == before
    builders.post()
    assert read_site_version() > before


def test_every_model_that_is_not_shown_is_there() -> None:
    names = {model._meta.model_name for model in apps.get_models()}
    assert names >= NOT_SHOWN
