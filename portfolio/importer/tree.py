"""Places in the page tree for pages that are not stored yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import F
from wagtail.models import Page

from portfolio.importer.rows import reserve_keys

KEYS_AT_ONCE = 100


@dataclass(slots=True)
class Places:
    """Gives each new page the key, the path and the address that ``add_child`` would have given it.

    Keys are reserved and each parent's row is locked from the first page on, so that nobody else takes a place that
    was given out. ``take`` says that a page is going to be stored, and ``count_children`` tells its parent.
    """

    keys: list[int] = field(default_factory=list)
    last_steps: dict[int, int] = field(default_factory=dict)
    new: dict[int, Page] = field(default_factory=dict)
    children: Counter[int] = field(default_factory=Counter)

    def give(self, page: Page, parent: Page) -> None:
        """Make the unsaved ``page``, with its slug, the last child of ``parent``."""
        key = self.next_key()
        for model in (type(page), *page._meta.get_parent_list()):
            setattr(page, model._meta.pk.attname, key)
        page.depth = parent.depth + 1
        page.path = self.next_path(parent)
        page.set_url_path(parent)
        page.locale_id = parent.locale_id
        page.draft_title = page.title
        page._cached_parent_obj = parent
        page._wagtail_cached_site_root_paths = parent._get_site_root_paths()  # asked for once for all of them
        self.new[page.pk] = page

    def take(self, page: Page) -> None:
        """The page that was given a place will be stored there."""
        self.children[page.get_parent().pk] += 1

    def next_key(self) -> int:
        if not self.keys:
            self.keys = reserve_keys(Page, KEYS_AT_ONCE)[::-1]
        return self.keys.pop()

    def next_path(self, parent: Page) -> str:
        step = self.last_steps.get(parent.pk)
        if step is None:
            step = 0
            if parent.pk not in self.new:
                stored = Page.objects.select_for_update().get(pk=parent.pk)
                child = stored.get_last_child()
                step = child._get_lastpos_in_path() if child else 0
        self.last_steps[parent.pk] = step + 1
        return Page._get_path(parent.path, parent.depth + 1, step + 1)

    def stored(self, page: Page) -> None:
        """The page is stored, and no longer looked after."""
        self.new.pop(page.pk, None)

    def count_children(self) -> None:
        """Tell the stored parents how many children they have gained; pages still to be stored know it themselves."""
        for key, count in self.children.items():
            if key in self.new:
                self.new[key].numchild += count
            else:
                Page.objects.filter(pk=key).update(numchild=F("numchild") + count)
        self.children.clear()
