"""Source text block: text in which every character counts, including white space at both ends."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.blocks import TextBlock


class SourceTextBlock(TextBlock):
    """Program text, TeX, Markdown or HTML: a form does not strip it, and stores ``\\n`` as line ending.

    The indentation of the first line is significant in all of these, and with ``\\r\\n`` every save in the admin would
    look like an edit to the import and the export.
    """

    @cached_property
    def field(self) -> forms.CharField:
        widget = AdminAutoHeightTextInput(attrs={"rows": self.rows})
        return forms.CharField(widget=widget, strip=False, **self.field_options)

    def value_from_form(self, value: str | None) -> str | None:
        return value.replace("\r\n", "\n") if value else value

    def deconstruct(self) -> tuple[str, Any, Any]:
        """Deconstruct as Wagtail's block, so that a change of the form needs no migration."""
        _, args, kwargs = super().deconstruct()
        return "wagtail.blocks.TextBlock", args, kwargs
