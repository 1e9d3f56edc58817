"""Display formulas, shown as MathML without a script."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import mark_safe
from wagtail.blocks import StructBlock, StructValue

from portfolio.blocks.source_text import SourceTextBlock
from portfolio.markdown.maths import marked_tex, show_formulas


class MathBlock(StructBlock):
    """A formula on a line of its own.

    The template gets ``formula``: MathML with the TeX in its annotation, or readable TeX when it cannot be converted.
    """

    tex = SourceTextBlock(rows=3, label="TeX", help_text="Without dollar signs, for example E = mc^2.")

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        formula = show_formulas(marked_tex(value.get("tex", ""), display=True))
        context["formula"] = mark_safe(formula)  # noqa: S308 - escaped TeX, and MathML of our own making
        return context

    class Meta:
        icon = "decimal"
        label = "Formula"
        group = "Technical"
        template = "blocks/math.html"
        description = "A formula written in TeX, on a line of its own."
        label_format = "{tex}"
        preview_value = {"tex": r"\eta(t) = \sum_{k} A_k \cos(\omega_k t + \varphi_k)"}
