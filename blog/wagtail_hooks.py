"""Hooks of the blog: the admin's lists of categories and series, and the views that make a page from text."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from blog.models import BlogIndexPage, Category, Series
from blog.new_choices import new_choice
from portfolio.delivery.lazy_views import lazy_view


class CategoryViewSet(SnippetViewSet):
    model = Category
    icon = "folder-open-inverse"
    list_display = ["name", "description"]
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
    list_display = ["title", "description"]
    search_fields = ["title", "description"]
    list_per_page = 50
    search_backend_name = None  # plain look-up: it also finds the middle of a word


@hooks.register("construct_explorer_page_queryset")
def newest_first(parent: Page, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """The blog's own list is in the order of its page, unless somebody asks for another."""
    if isinstance(parent, BlogIndexPage) and not {"ordering", "q"} & set(request.GET):
        return pages.order_by("-entry__date", "-pk")
    return pages


register_snippet(CategoryViewSet)
register_snippet(SeriesViewSet)


@hooks.register("register_admin_urls")
def new_page_urls() -> list[URLPattern]:
    return [
        path("write/from/markdown/", lazy_view("blog.from_markdown.post_from_markdown"), name="post_from_markdown"),
        path("write/from/text/", lazy_view("blog.from_text.interview_from_text"), name="interview_from_text"),
        path("write/new/<slug:kind>/", new_choice, name="new_choice"),
    ]
