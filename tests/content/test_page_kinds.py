"""Every page type of the site is registered, and with all that its pages need."""

from __future__ import annotations

import pytest
from wagtail.models import Page, get_page_models

from portfolio.content.registry import PageKind, page_kinds, taxonomies

APPS = ("portfolio", "blog", "experience")
# What every page with a text has; lists of other pages, and the front page, need only be registered.
NEEDED = ("label", "plural", "icon", "content", "markdown", "structured_data", "search_facet", "new_page")


def page_types() -> list[type[Page]]:
    """The page models of the project that pages are made of; ``Entry`` is only ever the parent of another."""
    return [model for model in get_page_models() if model._meta.app_label in APPS and model.is_creatable]


def missing(kind: PageKind | None) -> list[str]:
    if kind is None:
        return ["a registration: register(PageKind(...)) in its AppConfig.ready"]
    needed = [] if is_list(kind.model) else [name for name in NEEDED if not getattr(kind, name)]
    if not is_list(kind.model) and not (kind.section or (kind.page_list and kind.page_list.date)):
        needed.append("section, or a page_list with a date, to be in the archive")
    return needed


def is_list(model: type[Page]) -> bool:
    return getattr(model, "lists_children", False) or model.max_count == 1


def test_every_page_type_is_registered_with_all_it_needs() -> None:
    kinds = {kind.model: kind for kind in page_kinds()}
    lacking = {model._meta.label: lacks for model in page_types() if (lacks := missing(kinds.get(model)))}
    assert lacking == {}


def test_page_type_without_registration_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = page_kinds()[1]
    assert missing(None)
    assert missing(PageKind(model=kind.model, name="x", structured_data=kind.structured_data)) == [
        *(name for name in NEEDED if name != "structured_data"),
        "section, or a page_list with a date, to be in the archive",
    ]


@pytest.mark.parametrize("attribute", ["name", "overview", "search_facet"])
def test_addresses_of_kinds_are_their_own(attribute: str) -> None:
    values = [value for kind in page_kinds() if (value := getattr(kind, attribute))]
    assert len(values) == len(set(values))


def test_terms_of_pages_are_of_registered_taxonomies() -> None:
    names = {taxonomy.name for taxonomy in taxonomies()}
    used = {name for kind in page_kinds() if kind.page_list for name in kind.page_list.terms}
    assert used == names
