"""The admin's lists of categories and series."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from blog.models import Category, Series


class CategoryViewSet(SnippetViewSet):
    model = Category
    icon = "folder-open-inverse"
    list_display = ["name", "slug", "description"]
    search_fields = ["name", "description"]
    list_per_page = 50
    search_backend_name = None  # plain look-up: it also finds the middle of a word


class SeriesChooserViewSet(SnippetChooserViewSet):
    """The chooser of an entry's form, where a new series can be made without leaving the entry."""

    form_fields = ["title", "description"]


class SeriesViewSet(SnippetViewSet):
    model = Series
    chooser_viewset_class = SeriesChooserViewSet
    icon = "list-ol"
    list_display = ["title", "slug", "description"]
    search_fields = ["title", "description"]
    list_per_page = 50
    search_backend_name = None  # plain look-up: it also finds the middle of a word


register_snippet(CategoryViewSet)
register_snippet(SeriesViewSet)
