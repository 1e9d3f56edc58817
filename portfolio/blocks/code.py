"""Program text, highlighted on the server."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import mark_safe
from wagtail.blocks import BlockGroup, CharBlock, StructBlock, StructBlockValidationError, StructValue

from portfolio.blocks.source_text import SourceTextBlock
from portfolio.markdown.highlight import highlight

LINE_RANGES = re.compile(r"\s*\d+(?:\s*-\s*\d+)?\s*(?:,\s*\d+(?:\s*-\s*\d+)?\s*)*")


class CodeBlock(StructBlock):
    """A listing; the template gets ``highlighted``, the inner HTML of ``<code>``."""

    language = CharBlock(
        required=False, max_length=50, search_index=False, help_text="For example python, sql, bash. Empty: plain text."
    )
    code = SourceTextBlock(rows=12)
    title = CharBlock(required=False, max_length=200, help_text="A file name or a few words, shown above the code.")
    highlight = CharBlock(
        required=False, max_length=200, search_index=False, help_text="Lines to point out, for example 2,4-6."
    )

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if cleaned["highlight"] and not LINE_RANGES.fullmatch(cleaned["highlight"]):
            message = "Write line numbers and ranges with commas between them, like this: 2,4-6"
            raise StructBlockValidationError(block_errors={"highlight": ValidationError(message)})
        return cleaned

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        html = highlight(value.get("code") or "", value.get("language") or "", value.get("highlight") or "")
        context["highlighted"] = mark_safe(html)  # noqa: S308 - highlight() escapes every character of the code
        return context

    class Meta:
        icon = "code"
        label = "Code"
        group = "Technical"
        template = "blocks/code.html"
        description = "Program text with its colours, a file name and lines pointed out."
        form_layout = BlockGroup(children=["language", "code", "title"], settings=["highlight"])
        label_format = "{title} {language}"
        preview_value = {
            "language": "python",
            "code": "def surge(observed: float, predicted: float) -> float:\n"
            '    """Metres of water the tables did not promise."""\n'
            "    return observed - predicted",
            "title": "surge.py",
            "highlight": "3",
        }
