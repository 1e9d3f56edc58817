"""Positions in the page tree for pages that are not stored yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import F
from wagtail.models import Page

from portfolio.importer.bulk.private_api import child_path, last_step, set_parent
from portfolio.importer.bulk.rows import reserve_keys

KEYS_AT_ONCE = 100


@dataclass(slots=True)
class TreePositions:
    """Gives each new page the key, the path and the address that ``add_child`` would have given it.

    Keys are reserved and each parent's row is locked from the first page on, so that nobody else takes a position that
    was given out. ``confirm`` says that a page is going to be stored, and ``count_children`` updates its parent.
    """

    keys: list[int] = field(default_factory=list)
    last_steps: dict[int, int] = field(default_factory=dict)
    new: dict[int, Page] = field(default_factory=dict)
    children: Counter[int] = field(default_factory=Counter)

    def assign(self, page: Page, parent: Page) -> None:
        """Make the unsaved ``page``, with its slug, the last child of ``parent``."""
        key = self.next_key()
        for model in (type(page), *page._meta.get_parent_list()):
            setattr(page, model._meta.pk.attname, key)
        page.depth = parent.depth + 1
        page.path = self.next_path(parent)
        page.set_url_path(parent)
        page.locale_id = parent.locale_id
        page.draft_title = page.title
        set_parent(page, parent)
        self.new[page.pk] = page

    def confirm(self, page: Page) -> None:
        """The page will be stored at its position."""
        self.children[page.get_parent().pk] += 1

    def next_key(self) -> int:
        if not self.keys:
            self.keys = reserve_keys(Page, KEYS_AT_ONCE)[::-1]
        return self.keys.pop()

    def next_path(self, parent: Page) -> str:
        step = self.last_steps.get(parent.pk)
        if step is None:
            is_stored = parent.pk not in self.new
            step = last_step(Page.objects.select_for_update().get(pk=parent.pk)) if is_stored else 0
        self.last_steps[parent.pk] = step + 1
        return child_path(parent, step + 1)

    def forget(self, page: Page) -> None:
        """The page is stored: it counts as any other parent now."""
        self.new.pop(page.pk, None)

    def count_children(self) -> None:
        """Raise the number of children of stored parents, and of those still to be stored."""
        for key, count in self.children.items():
            if key in self.new:
                self.new[key].numchild += count
            else:
                Page.objects.filter(pk=key).update(numchild=F("numchild") + count)
        self.children.clear()
