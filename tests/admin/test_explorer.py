"""The explorer of a page with more pages below it than anybody sorts by hand."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from portfolio.admin import explorer
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(client: Client) -> Any:
    """The explorer of the blog in menu order, with three posts in it."""
    for _ in range(3):
        builders.post()
    client.force_login(builders.user("Moderators"))
    address = reverse("wagtailadmin_explore", args=[builders.blog_index().pk])
    return lambda: client.get(address, {"ordering": "ord"})


def test_few_pages_are_all_shown_in_the_order_of_the_menu(shown: Any) -> None:
    context = shown().context
    assert context["ordering"] == "ord"
    assert context["paginator"] is None


def test_many_pages_are_shown_in_parts_with_a_word_why(shown: Any) -> None:
    with patch.object(explorer, "MAX_SORTABLE", 2):
        response = shown()
    assert response.context["ordering"] != "ord"
    assert response.context["paginator"].per_page == 50
    assert "too many to put in order by hand" in response.text
