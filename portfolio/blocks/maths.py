"""Formula block: display maths in TeX, rendered as MathML without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.safestring import mark_safe
from wagtail.blocks import StructValue

from portfolio.blocks.block_type import BlockType, TextFormat
from portfolio.blocks.markup_cache import MarkedBlock
from portfolio.blocks.node_conversion import NodeContext, NodeValue
from portfolio.blocks.source_text import SourceTextBlock
from portfolio.blocks.unknown_fields import KeptFieldsBlock
from portfolio.documents.document import SourceNode
from portfolio.markdown import markup_source
from portfolio.markdown.active_content import MARKUP, may_run
from portfolio.markdown.markup_source import MarkupSource
from portfolio.markdown.maths import marked_tex
from portfolio.markdown.nodes import NodeKind

if TYPE_CHECKING:
    from portfolio.blocks.markdown_writer import MarkdownWriter


class MathBlock(BlockType, MarkedBlock, KeptFieldsBlock):
    """A display formula.

    The template gets ``formula``: the marked TeX, which is replaced by MathML if it can be converted.
    """

    tex = SourceTextBlock(rows=3, label="TeX", help_text="Without dollar signs, for example E = mc^2.")

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        formula = marked_tex(value.get("tex", ""), display=True)
        context["formula"] = mark_safe(formula)  # noqa: S308 - escaped TeX
        return context

    text_format = TextFormat.LITERAL
    node_kinds = (NodeKind.MATH,)
    literal_field = "tex"
    placeholders = {"tex": "E = mc^2"}
    is_exact_in_markdown = False

    def shown_texts(self, value: Mapping[str, Any]) -> Iterator[str]:
        """Yield nothing: a formula has no words."""
        return iter(())

    def to_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        return writer.literal(f"$$\n{value['tex'].strip()}\n$$")

    def to_readable_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        """Return a code block if a reader without maths would treat part of the TeX as markup, else ``$$``."""
        tex = value["tex"].strip()
        return f"```math\n{tex.replace('`', '')}\n```" if MARKUP.search(tex) or may_run(tex) else f"$$\n{tex}\n$$"

    def from_node(self, node: SourceNode, context: NodeContext) -> NodeValue:
        return NodeValue({"tex": node.data["tex"]})

    def markup_sources(self, value: Mapping[str, Any], html: str) -> Iterator[MarkupSource]:
        yield markup_source.formula(value["tex"].strip(), display=True)

    def has_markdown_form(self, value: Mapping[str, Any], writer: MarkdownWriter) -> bool:
        return True

    class Meta:
        icon = "decimal"
        label = "Formula"
        group = "Technical"
        template = "blocks/math.html"
        description = "A formula written in TeX, on a line of its own."
        label_format = "{tex}"
        preview_value = {"tex": r"\eta(t) = \sum_{k} A_k \cos(\omega_k t + \varphi_k)"}
