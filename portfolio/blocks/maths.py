"""Display formulas, shown as MathML without a script."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StructBlock, StructValue, TextBlock

from portfolio.markdown.maths import mathml
from portfolio.markdown.sanitise import sanitise


class Formula(StructValue):
    @property
    def mathml(self) -> SafeString:
        """The formula as MathML with the TeX in its annotation; readable TeX when it cannot be converted."""
        html = sanitise(mathml(self.get("tex", ""), display=True))
        return mark_safe(html)  # noqa: S308 - sanitised on the line above


class MathBlock(StructBlock):
    """A formula on a line of its own; the template shows ``value.mathml``."""

    tex = TextBlock(rows=3, label="TeX", help_text="Without dollar signs, for example E = mc^2.")

    class Meta:
        icon = "decimal"
        label = "Formula"
        group = "Technical"
        template = "blocks/math.html"
        value_class = Formula
        description = "A formula written in TeX, on a line of its own."
        label_format = "{tex}"
        preview_value = {"tex": r"\eta(t) = \sum_{k} A_k \cos(\omega_k t + \varphi_k)"}
