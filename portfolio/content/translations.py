"""Translations of a page: the public pages that name the same group, in other languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from wagtail.models import Page, get_page_models

from portfolio.languages.reader_language import native_name, site_language
from portfolio.models import TreePage
from portfolio.models.visibility import is_unrestricted

FIELDS = ("id", "url_path")  # of a page whose address is all that is needed


@dataclass(frozen=True, slots=True)
class Translation:
    language: str
    url: str

    @property
    def name(self) -> str:
        return native_name(self.language)


def translations_of(page: Any) -> list[Translation]:
    """One page for each other language, in the order of their codes. Drafts, private pages and aliases are none.

    The page keeps the result: its head and its text show the same. No query for a page without a group.
    """
    if not getattr(page, "translation_group", ""):
        return []
    if "shown_translations" not in vars(page):
        page.shown_translations = read_translations(page)
    return page.shown_translations


def read_translations(page: Any) -> list[Translation]:
    own_language = page.language or site_language()
    with connection.cursor() as cursor:
        cursor.execute(group_sql(), [page.translation_group] * len(language_tables()))
        rows = sorted(cursor.fetchall())
    found: dict[str, Translation] = {}
    for pk, path, url_path, language in rows:
        code = language or site_language()
        if pk == page.pk or not code or code == own_language or code in found or not is_unrestricted(path):
            continue
        if url := Page.from_db(None, FIELDS, (pk, url_path)).full_url:
            found[code] = Translation(code, url)
    return [found[code] for code in sorted(found)]


def grouped_pages() -> list[tuple[str, str, str]]:
    """(path, group, language) of all live pages that name a group, in the order of the tree."""
    with connection.cursor() as cursor:
        cursor.execute(all_groups_sql())
        rows = sorted(cursor.fetchall())
    return [(url_path, group, language or site_language()) for _, url_path, group, language in rows]


@cache
def language_tables() -> tuple[tuple[str, str], ...]:
    """(table, column of the page's key) of every page type that has a language of its own."""
    models = (model for model in get_page_models() if issubclass(model, TreePage))
    own = (model._meta for model in models if model._meta.get_field("language").model is model)
    return tuple((meta.db_table, meta.pk.column) for meta in own)


@cache
def group_sql() -> str:
    """(key, tree path, path, language) of the live pages of a group; the parameter is the group, once for each table.

    Plain SQL, as the union of querysets over all page types takes longer to build than to answer.
    """
    return " UNION ALL ".join(
        f"SELECT p.id, p.path, p.url_path, t.language FROM {table} t "  # noqa: S608 - names of the models
        f"JOIN {Page._meta.db_table} p ON p.id = t.{key} "
        "WHERE t.translation_group = %s AND p.live AND p.alias_of_id IS NULL"
        for table, key in language_tables()
    )


@cache
def all_groups_sql() -> str:
    """(tree path, path, group, language) of the live pages of all groups."""
    return " UNION ALL ".join(
        f"SELECT p.path, p.url_path, t.translation_group, t.language FROM {table} t "  # noqa: S608 - names of the models
        f"JOIN {Page._meta.db_table} p ON p.id = t.{key} "
        "WHERE t.translation_group <> '' AND p.live AND p.alias_of_id IS NULL"
        for table, key in language_tables()
    )
