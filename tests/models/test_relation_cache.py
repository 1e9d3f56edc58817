"""The caches of related objects that Django keeps on an instance are still where the adapter looks for them."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Page

from blog.models import BlogPage, Category
from portfolio.models import Person
from portfolio.models.relation_cache import copy_cached_relations, set_prefetched
from tests import builders

pytestmark = pytest.mark.django_db


def test_cached_relations_of_one_instance_are_those_of_another(django_assert_num_queries: Any) -> None:
    page = builders.standard_page()
    source = Page.objects.select_related("locale").get(pk=page.pk)
    target = type(page).objects.get(pk=page.pk)
    copy_cached_relations([source], target)
    with django_assert_num_queries(0):
        assert target.locale is source.locale


@pytest.mark.parametrize(("name", "model"), [("categories", Category), ("authors", Person)])
def test_members_that_are_handed_over_are_not_asked_for(
    name: str, model: type[Any], django_assert_num_queries: Any
) -> None:
    page = BlogPage.objects.get(pk=builders.post().pk)
    members = [model(pk=1, name="Sea"), model(pk=2, name="Moon")]
    set_prefetched(page, name, members)
    with django_assert_num_queries(0):
        assert list(getattr(page, name).all()) == members
