"""Placeholders of the form: what belongs in a field, shown while it is empty."""

from __future__ import annotations

from typing import Any

from portfolio.blocks.block_type import BlockType


def set_placeholders(block: BlockType) -> None:
    """Give the fields of ``block`` their placeholders; a field for rich text has it among the editor's options."""
    for path, text in block.placeholders.items():
        widget = field_at(block, path).widget
        if isinstance(getattr(widget, "options", None), dict):
            widget.options["placeholder"] = text
        else:
            widget.attrs["placeholder"] = text


def field_at(block: Any, path: str) -> Any:
    """The form field at ``path``; "*" is any item of a list."""
    for name in path.split(".") if path else ():
        block = block.child_block if name == "*" else block.child_blocks[name]
    return block.field
