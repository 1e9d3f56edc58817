"""Rows of the database as pages: made without modelcluster's search for child objects."""

from __future__ import annotations

import pytest
from wagtail.models import Page, get_page_models

from blog.models import BlogPage
from portfolio.models import TreePage
from tests import builders


def test_nothing_but_the_search_is_left_out() -> None:
    """``TreePage.__init__`` goes on behind ``ClusterableModel``; who else has something to do before it is known."""
    before = {"TreePage", "AbstractPage", "ClusterableModel"}
    for model in get_page_models():
        names = [each.__name__ for each in model.__mro__ if "__init__" in vars(each)]
        expected = before if issubclass(model, TreePage) else before - {"TreePage"}
        assert set(names[: names.index("ClusterableModel") + 1]) == expected, model


@pytest.mark.django_db
def test_a_row_is_the_page_that_was_stored() -> None:
    made = BlogPage(title="Gauges", slug="gauges")
    assert made.content_type.model_class() is BlogPage
    builders.blog_index().add_child(instance=made)
    row = BlogPage.objects.get(pk=made.pk)
    assert (row.title, row.content_type_id, row.show_in_menus) == ("Gauges", made.content_type_id, False)
    assert Page.objects.get(pk=made.pk).specific == row
    assert row == BlogPage.objects.only("title").get(pk=made.pk)
