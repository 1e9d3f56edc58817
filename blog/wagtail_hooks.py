"""The admin's lists of categories and series, and two more ways to begin a page."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from blog.from_markdown import post_from_markdown
from blog.from_text import interview_from_text
from blog.models import Category, Series
from portfolio.writing.start import also_begin


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


@hooks.register("register_admin_urls")
def ways_to_begin() -> list[URLPattern]:
    return [
        path("write/from/markdown/", post_from_markdown, name="post_from_markdown"),
        path("write/from/text/", interview_from_text, name="interview_from_text"),
    ]


also_begin("Interview from text", "interview_from_text", "openquote", 30)
also_begin("Post from Markdown", "post_from_markdown", "keyboard", 40)
