"""Registry of block types: the types of `BodyBlocks` by name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from portfolio.blocks.block_type import BlockType
from portfolio.blocks.body.vocabulary import BodyBlocks
from portfolio.markdown.nodes import NodeKind


@cache
def vocabulary() -> BodyBlocks:
    return BodyBlocks()


@cache
def block_types() -> Mapping[str, BlockType]:
    return vocabulary().child_blocks


@cache
def types_of_node(kind: NodeKind) -> tuple[BlockType, ...]:
    """Return the types that a node can become, types that need a mark first."""
    types = [block for block in block_types().values() if kind in block.node_kinds]
    return tuple(sorted(types, key=lambda block: not block.needs_mark))


def block_type(name: str) -> BlockType:
    """Return the type of that name; an `UnknownBlock` for a name that is not in the vocabulary."""
    return block_types()[name]
