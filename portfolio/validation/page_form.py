"""Page forms: give a new page a free slug, and refuse the slugs that the site itself uses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone
from django.utils.text import slugify
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm
from wagtail.models import Page

from portfolio.documents.slugs import slug_of
from portfolio.validation.moment_field import MomentInput, keep_unchanged_moments
from portfolio.validation.reserved_slugs import reserved_first_segments


def is_reserved(slug: str, parent: Page | None) -> bool:
    """Whether the site itself answers at this slug below the home page."""
    return parent is not None and parent.depth == 2 and slug.lower() in reserved_first_segments()


def reserved_message(slug: str) -> str:
    return f"The site uses the address /{slug}/ itself. Choose another slug, for example “{slug}-page”."


class PageForm(WagtailAdminPageForm):
    """The form of every page type.

    A draft whose slug was made from its title gets a number when the slug is taken. Two pages may have the same title,
    and autosave must not fail because of it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False  # the browser makes none from a title without letters
        for field in self.fields.values():
            if isinstance(field, forms.DateTimeField):
                field.widget = MomentInput.like(field.widget)
                zone = f"Time zone: {timezone.get_current_timezone_name()}."
                field.help_text = f"{field.help_text} {zone}".strip()

    def clean(self) -> dict[str, Any]:
        if conflict := getattr(self.instance, "edit_conflict", ""):
            self.add_error(None, conflict)
        if "slug" in self.fields and not self.cleaned_data.get("slug") and "slug" not in self.errors:
            self.cleaned_data["slug"] = slug_of(self.cleaned_data.get("title", "")) or self._meta.model._meta.model_name
        slug = self.cleaned_data.get("slug")
        if slug and self.is_slug_of_title(slug):
            self.cleaned_data["slug"] = free_page_slug(slug, self.parent_page, self.instance)
        keep_unchanged_moments(self)
        data = super().clean()
        if slug and is_reserved(data.get("slug", ""), self.parent_page):
            self.add_error("slug", reserved_message(slug))
        return data

    def add_error(self, field: str | None, error: Any) -> None:
        """Errors of the page about fields that this form does not have, as the publish sheet, are of the whole form."""
        if field is None and hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                if name in self.fields or name == NON_FIELD_ERRORS:
                    super().add_error(name if name in self.fields else None, errors)
                else:
                    label = str(self.instance._meta.get_field(name).verbose_name).capitalize()
                    super().add_error(None, [f"{label}: {text}" for item in errors for text in item.messages])
        else:
            super().add_error(field, error)

    def is_slug_of_title(self, slug: str) -> bool:
        """Whether the slug was made from the title, on a page that was never public."""
        title = self.cleaned_data.get("title", "")
        unicode = getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True)
        was_public = self.instance.pk and (self.instance.live or self.instance.first_published_at)
        slugs = {slugify(title, allow_unicode=unicode), slug_of(title) or self._meta.model._meta.model_name}
        return not was_public and slug in slugs

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """After an autosave, show the stored slug in the open form."""
        updates = super().get_field_updates_for_resave()
        slug = self.cleaned_data.get("slug")
        if slug and slug != self.data.get(self.add_prefix("slug")):
            updates.append((self.add_prefix("slug"), slug))
        return updates


class PageCopyForm(CopyForm):
    """The form that asks where to copy a page to."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        slug = data.get("new_slug", "")
        if is_reserved(slug, data.get("new_parent_page") or self.page.get_parent()):
            self.add_error("new_slug", reserved_message(slug))
        return data


def free_page_slug(slug: str, parent: Page | None, page: Page) -> str:
    """``slug``, or with ``-2``, ``-3`` and so on when another child of ``parent`` has it already."""
    free, count = slug, 1
    while parent is not None and parent.get_children().exclude(pk=page.pk).filter(slug=free).exists():
        count += 1
        free = f"{slug}-{count}"
    return free
