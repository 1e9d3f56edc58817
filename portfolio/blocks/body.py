"""The vocabulary of a body: every block an author or an import may use."""

from __future__ import annotations

from wagtail.blocks import StreamBlock

from portfolio.blocks.code import CodeBlock
from portfolio.blocks.divider import DividerBlock
from portfolio.blocks.embeds import EmbedBlock
from portfolio.blocks.headings import HeadingBlock
from portfolio.blocks.images import FigureBlock, GalleryBlock
from portfolio.blocks.maths import MathBlock
from portfolio.blocks.prose import CalloutBlock, TextBlock
from portfolio.blocks.quotes import PullQuoteBlock, QuestionAnswerBlock, QuoteBlock
from portfolio.blocks.tables import TableBlock
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
