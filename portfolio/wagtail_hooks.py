"""The admin's list of people, the writer's part of the admin, and the desk."""

from __future__ import annotations

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portfolio.desk import menus as desk_menus
from portfolio.desk import moving as desk_moving
from portfolio.models import Person
from portfolio.page_link_handler import PageLinks
from portfolio.writing import hooks as writing_hooks

__all__ = ["PersonViewSet", "desk_menus", "desk_moving", "writing_hooks"]


@hooks.register("register_rich_text_features", order=100)
def look_up_linked_pages_at_once(features: FeatureRegistry) -> None:
    features.register_link_type(PageLinks)


class PersonViewSet(SnippetViewSet):
    model = Person
    icon = "user"
    list_display = ["name", "role", "organisation"]
    search_fields = ["name", "role", "organisation"]
    list_per_page = 50
    search_backend_name = None  # plain look-up: it also finds the middle of a word


register_snippet(PersonViewSet)
