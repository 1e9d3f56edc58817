"""What the forms of all pages see to: an address that is free, and that the site does not need for itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.text import slugify
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm
from wagtail.models import Page

from portfolio.reserved import own_beginnings


def is_reserved(slug: str, parent: Page | None) -> bool:
    """Whether the site itself answers at this address directly below its front page."""
    return parent is not None and parent.depth == 2 and slug.lower() in own_beginnings()


def reserved_message(slug: str) -> str:
    return f"The site needs the address /{slug}/ for itself. Choose another slug, “{slug}-page” for instance."


class PageForm(WagtailAdminPageForm):
    """The form of a page.

    A draft whose slug was made from its title gets the next one that is free: two pages may have one title, and
    autosave must not stand still for it.
    """

    def clean(self) -> dict[str, Any]:
        slug = self.cleaned_data.get("slug")
        if slug and self.follows_the_title(slug):
            self.cleaned_data["slug"] = free_slug(slug, self.parent_page, self.instance)
        data = super().clean()
        if slug and is_reserved(data.get("slug", ""), self.parent_page):
            self.add_error("slug", reserved_message(slug))
        return data

    def follows_the_title(self, slug: str) -> bool:
        title = self.cleaned_data.get("title", "")
        unicode = getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True)
        was_public = self.instance.pk and (self.instance.live or self.instance.first_published_at)
        return not was_public and slug == slugify(title, allow_unicode=unicode)

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """After an autosave the open form shows the slug that was stored."""
        updates = super().get_field_updates_for_resave()
        slug = self.cleaned_data.get("slug")
        if slug and slug != self.data.get(self.add_prefix("slug")):
            updates.append((self.add_prefix("slug"), slug))
        return updates


class PageCopyForm(CopyForm):
    """The form that asks where a copy of a page goes."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        slug = data.get("new_slug", "")
        if is_reserved(slug, data.get("new_parent_page") or self.page.get_parent()):
            self.add_error("new_slug", reserved_message(slug))
        return data


def free_slug(slug: str, parent: Page | None, page: Page) -> str:
    """``slug``, or with ``-2``, ``-3`` and so on when another page has it already."""
    free, count = slug, 1
    while not Page._slug_is_available(free, parent, page):
        count += 1
        free = f"{slug}-{count}"
    return free
