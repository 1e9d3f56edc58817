"""Block types of a page's body, one module each, and what all of them share."""

from portfolio.blocks.body.vocabulary import BodyBlocks

__all__ = ["BodyBlocks"]
