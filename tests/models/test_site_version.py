"""The site version grows with what readers see, and with nothing else."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import connection, transaction

from portfolio.models.site_version import NOT_SHOWN, increment_site_version
from portfolio.models.throttle import Throttle
from tests import builders


@pytest.mark.django_db
def test_a_failed_sign_in_is_nothing_that_readers_see(client) -> None:
    client.get("/")  # which makes the rows that the first visitor finds missing
    with patch("portfolio.models.site_version.once_on_commit") as increment_later:
        client.post("/admin/login/", {"username": "mara", "password": "wrong"})
        assert Throttle.objects.exists()
        assert not increment_later.called
        builders.post()
        assert increment_later.called


@pytest.mark.django_db
def test_a_change_is_counted_before_all_else_that_follows_its_transaction() -> None:
    connection.run_on_commit.clear()
    transaction.on_commit(builders.home)  # may take long, or fail, which leaves out what comes after it
    builders.post()
    assert next(hook for _, hook, _ in connection.run_on_commit) is increment_site_version


def test_every_model_that_is_not_shown_is_there() -> None:
    names = {model._meta.model_name for model in apps.get_models()}
    assert names >= NOT_SHOWN
