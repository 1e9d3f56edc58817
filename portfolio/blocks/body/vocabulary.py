"""Vocabulary of a body: every block type that an author or an import may use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from wagtail.admin.telepath import register
from wagtail.blocks import StreamBlock
from wagtail.blocks.stream_block import StreamBlockAdapter, StreamValue

from portfolio.blocks.body.placeholders import set_placeholders
from portfolio.blocks.code import CodeBlock
from portfolio.blocks.divider import DividerBlock
from portfolio.blocks.embeds import EmbedBlock
from portfolio.blocks.headings import HeadingBlock
from portfolio.blocks.images import FigureBlock, GalleryBlock
from portfolio.blocks.maths import MathBlock
from portfolio.blocks.prose import CalloutBlock, TextBlock
from portfolio.blocks.quotes import PullQuoteBlock, QuestionAnswerBlock, QuoteBlock
from portfolio.blocks.tables import TableBlock
from portfolio.blocks.unknown import FORM_TYPE, BlocksByName, stored_in_form, unknown_block
from portfolio.blocks.verbatim import HtmlBlock, MarkdownBlock


class BodyBlocks(StreamBlock):
    """One vocabulary for every page type, so that text can move between them."""

    text = TextBlock()
    heading = HeadingBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    divider = DividerBlock()
    question_answer = QuestionAnswerBlock()
    pull_quote = PullQuoteBlock()
    image = FigureBlock()
    gallery = GalleryBlock()
    embed = EmbedBlock()
    code = CodeBlock()
    table = TableBlock()
    math = MathBlock()
    markdown = MarkdownBlock()
    html = HtmlBlock()

    class Meta:
        required = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child_blocks = BlocksByName(self.child_blocks)

    def to_python(self, value: Any) -> StreamValue:
        """Convert as Wagtail does, but keep blocks of unknown types."""
        if isinstance(value, str) and value:
            try:
                value = json.loads(value)
            except ValueError:
                return self.empty_value(raw_text=value)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return StreamValue(self, value, is_lazy=True)
        return super().to_python(value)

    def get_form_state(self, value: StreamValue | None) -> list[dict[str, Any]]:
        state = super().get_form_state(value)
        for child in state:
            if child["type"] not in self.child_blocks:
                child["type"] = FORM_TYPE
        return state

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], prefix: str) -> StreamValue:
        children: list[tuple[str, Any, str | None]] = []
        for child in super().value_from_datadict(data, files, prefix):
            if child.block_type in self.child_blocks:
                children.append((child.block_type, child.value, child.id))
            elif stored := stored_in_form(child.value):
                name, value = stored
                children.append((name, self.child_blocks[name].to_python(value), child.id))
        return StreamValue(self, children)


class BodyBlocksAdapter(StreamBlockAdapter):
    """Telepath adapter: adds a definition for unknown blocks, which the form does not offer for selection."""

    js_constructor = "portfolio.blocks.BodyBlocks"

    def js_args(self, block: BodyBlocks) -> list[Any]:
        for child in block.child_blocks.values():
            set_placeholders(child)
        name, groups, states, meta = super().js_args(block)
        return [name, [*groups, ("", [unknown_block(FORM_TYPE)])], states, meta]

    @cached_property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=["portfolio/admin/body_blocks.js"])


register(BodyBlocksAdapter(), BodyBlocks)
