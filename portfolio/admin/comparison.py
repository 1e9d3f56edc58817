"""Comparison of two versions of a body: its blocks as Markdown, with the words that changed marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.compare import StreamFieldComparison, register_comparison_class
from wagtail.fields import StreamField

from portfolio.blocks import BodyBlocks
from portfolio.blocks.registry import block_type
from portfolio.blocks.stored_values import value_hash

if TYPE_CHECKING:
    from portfolio.admin.markdown_editing.page_markdown import BlockMarkdown

WORDS = re.compile(r"\w+|\s+|[^\w\s]")
LINES = re.compile(r"[^\n]*\n|[^\n]+")
MAX_WORDS = 4000  # beyond that lines are compared
MAX_LINES = 4000  # beyond that nothing is: of lines that are all alike the time grows with their square
MIN_SIMILARITY = 0.3  # two texts with less in common are shown as one removed and one added


@dataclass(frozen=True, slots=True)
class BlockDiff:
    """One block: ``state`` is same, edited, added, removed or moved; ``html`` is its Markdown with the changes."""

    state: str
    kind: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class DiffSection:
    """Neighbouring rows; those of a ``is_folded`` one are as they were and folded away."""

    is_folded: bool
    rows: list[BlockDiff]


class BodyComparison(StreamFieldComparison):
    """Takes the place of Wagtail's comparison for our bodies, which shows every field of every block."""

    def is_ours(self) -> bool:
        return isinstance(self.field.stream_block, BodyBlocks)

    def has_changed(self) -> bool:
        """Whether anything is different but the numbers that the editor gives its paragraphs at each saving."""
        if not self.is_ours():
            return super().has_changed()
        return fingerprints(self.val_a) != fingerprints(self.val_b)

    def htmldiff(self) -> SafeString:
        if not self.is_ours():
            return super().htmldiff()
        from portfolio.admin.markdown_editing.page_markdown import blocks_as_markdown  # the exporter comes with it

        rows = list(compared(blocks_as_markdown(self.val_a), blocks_as_markdown(self.val_b)))
        return render_to_string("portfolio/admin/editing/includes/body_diff.html", {"sections": diff_sections(rows)})


register_comparison_class(StreamField, comparison_class=BodyComparison)


def fingerprints(body: Iterable) -> list[tuple[str, str]]:
    return [(child["type"], value_hash(child["value"])) for child in body.get_prep_value()]


def compared(before: Sequence[BlockMarkdown], after: Sequence[BlockMarkdown]) -> Iterator[BlockDiff]:
    """A row for every block of either version, in the order of the newer one."""
    keys_before, keys_after = keys(before, after)
    stayed = set(keys_before) & set(keys_after)
    old = dict(zip(keys_before, before, strict=True))
    matcher = SequenceMatcher(None, keys_before, keys_after, autojunk=False)
    for action, start, end, new_start, new_end in matcher.get_opcodes():
        gone = [old[key] for key in keys_before[start:end] if key not in stayed]
        for key, piece in zip(keys_after[new_start:new_end], after[new_start:new_end], strict=True):
            if key in stayed:
                yield from changed(old[key], piece, moved=action != "equal")
            elif gone and gone[0].block["type"] == piece.block["type"]:
                yield from changed(gone.pop(0), piece)  # an import gives what it writes anew another id
            else:
                yield BlockDiff("added", label_of(piece), whole(piece.text, "ins"))
        for piece in gone:
            yield BlockDiff("removed", label_of(piece), whole(piece.text, "del"))


def keys(before: Sequence[BlockMarkdown], after: Sequence[BlockMarkdown]) -> tuple[list[str], list[str]]:
    """A name for each block, the same for one that is in both: by its id, else by what it says."""
    known = {piece.block["id"] for piece in before}
    common = known & {piece.block["id"] for piece in after}
    texts: dict[str, list[str]] = {}
    for piece in before:
        if piece.block["id"] not in common:
            texts.setdefault(piece.text, []).append(piece.block["id"])
    named = []
    for piece in after:
        unmatched = texts.get(piece.text) if piece.block["id"] not in common else None
        named.append(unmatched.pop(0) if unmatched else piece.block["id"])
    return [piece.block["id"] for piece in before], named


def changed(before: BlockMarkdown, after: BlockMarkdown, *, moved: bool = False) -> Iterator[BlockDiff]:
    if before.text == after.text:
        if value_hash(before.block["value"]) != value_hash(after.block["value"]):
            yield BlockDiff("edited", f"{label_of(after)}, settings", whole(after.text))
        else:
            yield BlockDiff("moved" if moved else "same", label_of(after), whole(after.text))
        return
    pieces = list(marked(before.text, after.text))
    alike = sum(len(text) for sign, text in pieces if not sign)
    if alike < MIN_SIMILARITY * max(len(before.text), len(after.text)):
        yield BlockDiff("removed", label_of(before), whole(before.text, "del"))
        yield BlockDiff("added", label_of(after), whole(after.text, "ins"))
        return
    yield BlockDiff("edited", label_of(after), marked_html(pieces))


def marked(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The text with what went ("del") and what came ("ins") in it; "" for what stayed."""
    one, other = WORDS.findall(before), WORDS.findall(after)
    if len(one) + len(other) > MAX_WORDS:
        one, other = LINES.findall(before), LINES.findall(after)
    if len(one) + len(other) > MAX_LINES:
        yield from (("del", before), ("ins", after))
        return
    for action, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if action == "equal":
            yield "", "".join(one[i1:i2])
            continue
        if i1 < i2:
            yield "del", "".join(one[i1:i2])
        if j1 < j2:
            yield "ins", "".join(other[j1:j2])


def whole(text: str, sign: str = "") -> SafeString:
    return marked_html([(sign, text)])


def marked_html(pieces: Iterable[tuple[str, str]]) -> SafeString:
    return format_html_join("", "{}", ((diff_part(sign, text),) for sign, text in pieces))


def diff_part(sign: str, text: str) -> SafeString:
    return format_html(f"<{sign}>{{}}</{sign}>", text) if sign else format_html("{}", text)


def label_of(piece: BlockMarkdown) -> str:
    return str(block_type(piece.block["type"]).label)


def diff_sections(rows: Sequence[BlockDiff]) -> list[DiffSection]:
    """The rows with long stretches that are as they were folded, but for a block of context at either side."""
    found: list[DiffSection] = []
    for row in rows:
        is_folded = row.state == "same"
        if found and found[-1].is_folded is is_folded:
            found[-1].rows.append(row)
        else:
            found.append(DiffSection(is_folded, [row]))
    unfolded: list[DiffSection] = []
    for place, section in enumerate(found):
        head = 1 if section.is_folded and place else 0
        tail = 1 if section.is_folded and place < len(found) - 1 else 0
        inside = section.rows[head : len(section.rows) - tail]
        if not section.is_folded or len(inside) < 2:
            unfolded.append(DiffSection(False, section.rows))
            continue
        unfolded.append(DiffSection(False, section.rows[:head]))
        unfolded.append(DiffSection(True, inside))
        unfolded.append(DiffSection(False, section.rows[len(section.rows) - tail :]))
    return [section for section in unfolded if section.rows]
