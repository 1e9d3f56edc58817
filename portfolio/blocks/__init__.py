"""The blocks a page's body is made of, one concept per module."""

from portfolio.blocks.body import BodyBlocks

__all__ = ["BodyBlocks"]
