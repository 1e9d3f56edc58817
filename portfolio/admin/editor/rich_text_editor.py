"""Rich text editor that opens any stored rich text."""

from __future__ import annotations

import re
from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea

from portfolio.blocks.body.references import attributes_of
from portfolio.blocks.rich_text.stored_rich_text import key_in, well_formed

NAMING = re.compile(r"<(a|embed)\b([^<>]*\b(?:linktype|embedtype)=[^<>]*?)(/?)>")
KEYED = ("page", "document", "image")


class FaultTolerantRichTextArea(DraftailRichTextArea):
    """Draftail that simplifies what it cannot read: links without a valid id, tags that are not closed.

    What is simplified here is stored as the editor shows it when the form is saved, and not before.
    """

    def format_value(self, value: Any) -> str:
        readable = NAMING.sub(with_key, value or "") if isinstance(value, str) else value
        try:
            return super().format_value(readable)
        except Exception:  # the converter raises many types
            for simpler in well_formed(str(readable)):
                try:
                    return super().format_value(simpler)
                except Exception:  # noqa: S112 - the next form is simpler
                    continue
            raise


def with_key(match: re.Match[str]) -> str:
    """The tag, without its reference when the referenced row cannot exist."""
    attributes = attributes_of(match[2])
    kind = attributes.get("linktype") or attributes.get("embedtype")
    if kind in KEYED and key_in(attributes.get("id", "")) is None:
        return "<a>" if match[1] == "a" else ""
    if match[1] == "embed" and kind == "image" and not attributes.get("format"):
        return f'<embed{match[2].rstrip()} format="fullwidth"/>'
    return match[0]
