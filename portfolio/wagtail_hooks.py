"""Register hooks: the modules of portfolio.admin, rich text handlers, and the list of people."""

from __future__ import annotations

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portfolio.admin import api_endpoints, explorer, menu_items, reserved_slugs
from portfolio.admin.editor import editor_hooks
from portfolio.admin.people import profile_panel
from portfolio.admin.publishing import action_menu, review_banner
from portfolio.admin.trash import trash_hooks
from portfolio.blocks.rich_text.handlers import (
    DocumentLinkResolver,
    ImageEmbedResolver,
    MediaEmbedLinks,
    PageLinkResolver,
)
from portfolio.models import Person

__all__ = [
    "PersonViewSet",
    "action_menu",
    "api_endpoints",
    "editor_hooks",
    "explorer",
    "menu_items",
    "profile_panel",
    "reserved_slugs",
    "review_banner",
    "trash_hooks",
]  # importing them registers hooks


@hooks.register("register_rich_text_features", order=100)
def register_rich_text_handlers(features: FeatureRegistry) -> None:
    features.register_link_type(PageLinkResolver)
    features.register_link_type(DocumentLinkResolver)
    features.register_embed_type(ImageEmbedResolver)
    features.register_embed_type(MediaEmbedLinks)


class PersonViewSet(SnippetViewSet):
    model = Person
    icon = "user"
    list_display = ["name", "role", "organisation"]
    search_fields = ["name", "role", "organisation"]
    list_per_page = 50
    search_backend_name = None  # plain look-up: it also finds the middle of a word


register_snippet(PersonViewSet)
