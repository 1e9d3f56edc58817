"""Display formulas, shown as MathML without a script."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import mark_safe
from wagtail.blocks import StructBlock, StructValue, TextBlock

from portfolio.markdown.maths import mathml
from portfolio.markdown.sanitise import sanitise


class MathBlock(StructBlock):
    """A formula on a line of its own.

    The template gets ``mathml`` with the TeX in its annotation, or readable TeX when it cannot be converted.
    """

    tex = TextBlock(rows=3, label="TeX", help_text="Without dollar signs, for example E = mc^2.")

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        html = sanitise(mathml(value.get("tex", ""), display=True))
        context["mathml"] = mark_safe(html)  # noqa: S308 - sanitised on the line above
        return context

    class Meta:
        icon = "decimal"
        label = "Formula"
        group = "Technical"
        template = "blocks/math.html"
        description = "A formula written in TeX, on a line of its own."
        label_format = "{tex}"
        preview_value = {"tex": r"\eta(t) = \sum_{k} A_k \cos(\omega_k t + \varphi_k)"}
