"""Text of which every character counts."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.blocks import TextBlock


class SourceTextBlock(TextBlock):
    """Program text, TeX, Markdown or HTML: a form neither trims it nor leaves a browser's line ends in it.

    The indentation of a first line means something in all of these, and ``\\r\\n`` would make an editor's every save
    look like an edit to the import and the export.
    """

    @cached_property
    def field(self) -> forms.CharField:
        widget = AdminAutoHeightTextInput(attrs={"rows": self.rows})
        return forms.CharField(widget=widget, strip=False, **self.field_options)

    def value_from_form(self, value: str | None) -> str | None:
        return value.replace("\r\n", "\n") if value else value

    def deconstruct(self) -> tuple[str, Any, Any]:
        """As Wagtail's own block, since the database holds the same: no migration for a change of the form."""
        _, args, kwargs = super().deconstruct()
        return "wagtail.blocks.TextBlock", args, kwargs
