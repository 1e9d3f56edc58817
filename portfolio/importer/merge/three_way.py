"""Three-way merge of a page: the last import (base), the edited page (ours) and the new source (theirs). Pure.

Where only one side has changed something, its version is taken; where both have, the editor's stays and the place is
reported. Lists are merged by the diff3 algorithm (the merge3 package).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from merge3 import Merge3

from portfolio.blocks.rich_text.stored_rich_text import BLOCK_KEY

StoredBlock = Mapping[str, Any]  # {"type", "value", "id"}, as a StreamField stores it

ELEMENT = re.compile(r"<(/?)(p|ul|ol)\b[^>]*>")


@dataclass(slots=True)
class MergedBlocks:
    """``blocks`` of the page, and how the source's blocks relate to them.

    ``places`` maps the id of each source block to the page's block that stands for it; one that the editor
    deleted maps to an id that is not on the page. ``conflicts`` are ids of source blocks.
    """

    blocks: list[StoredBlock] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)


def merge_value(base: Any, ours: Any, theirs: Any) -> tuple[Any, bool]:
    """The value to keep, and whether both sides changed it differently; then it is ``ours``."""
    if without_keys(ours) == without_keys(theirs) or without_keys(theirs) == without_keys(base):
        return ours, False
    if without_keys(ours) == without_keys(base):
        return theirs, False
    return ours, True


def without_keys(value: Any) -> Any:
    """The value without Draftail's block keys, which are new after every save."""
    return BLOCK_KEY.sub("", value) if isinstance(value, str) else value


def merge_sets(base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    """The editor's items, with those that the source added and without those that it removed."""
    gone = [item for item in base if item not in theirs]
    added = [item for item in theirs if item not in base and item not in ours]
    return [*(item for item in ours if item not in gone), *added]


def merge_blocks(
    base: Sequence[StoredBlock], ours: Sequence[StoredBlock], theirs: Sequence[StoredBlock]
) -> MergedBlocks:
    """Merge the blocks of a body. Blocks are the same when type and value are; ids tell which one was edited."""
    merged = MergedBlocks()
    z = a = b = 0
    for z_sync, z_end, a_sync, a_end, b_sync, b_end in Merge3(keys(base), keys(ours), keys(theirs)).find_sync_regions():
        merge_chunk(merged, base[z:z_sync], ours[a:a_sync], theirs[b:b_sync])
        take(merged, ours[a_sync:a_end], theirs[b_sync:b_end])
        z, a, b = z_end, a_end, b_end
    return merged


def merge_chunk(
    merged: MergedBlocks, base: Sequence[StoredBlock], ours: Sequence[StoredBlock], theirs: Sequence[StoredBlock]
) -> None:
    """A chunk in which the three have no block in common."""
    if keys(theirs) == keys(base):
        take(merged, ours)
        merged.places.update(pairs(theirs, base))
    elif keys(ours) == keys(base):
        take(merged, theirs, theirs)
    elif keys(ours) == keys(theirs):
        take(merged, ours, theirs)
    elif len(base) == len(ours) == len(theirs) and ids(base) == ids(ours):
        for triple in zip(base, ours, theirs, strict=True):
            merge_block(merged, *triple)
    else:
        take(merged, ours)
        merged.places.update(pairs(theirs, base))
        merged.conflicts.extend(ids(theirs))


def merge_block(merged: MergedBlocks, base: StoredBlock, ours: StoredBlock, theirs: StoredBlock) -> None:
    """One block that an editor edited and that may have changed in the source too."""
    conflict = False
    if same(theirs, base) or same(ours, theirs):
        kept = ours
    elif same(ours, base):
        kept = {**theirs, "id": ours["id"]}
    elif base["type"] == ours["type"] == theirs["type"] == "text":
        text, conflict = merge_texts(base["value"], ours["value"], theirs["value"])
        kept = {**ours, "value": text}
    else:
        kept, conflict = ours, True
    merged.blocks.append(kept)
    merged.places[theirs["id"]] = kept["id"]
    if conflict:
        merged.conflicts.append(theirs["id"])


def merge_texts(base: str, ours: str, theirs: str) -> tuple[str, bool]:
    """Rich text merged by paragraphs and lists; the editor's whole text on a conflict."""
    parts = [elements(without_keys(text)) for text in (base, ours, theirs)]
    merged: list[str] = []
    for group in Merge3(*parts).merge_groups():
        if group[0] == "conflict":
            return ours, True
        merged.extend(group[1])
    return "".join(merged), False


def elements(html: str) -> list[str]:
    """The top-level elements of stored rich text."""
    found: list[str] = []
    depth = start = 0
    for match in ELEMENT.finditer(html):
        depth += -1 if match[1] else 1
        if depth == 0:
            found.append(html[start : match.end()])
            start = match.end()
    return [*found, html[start:]] if html[start:].strip() else found


def take(merged: MergedBlocks, kept: Sequence[StoredBlock], theirs: Sequence[StoredBlock] = ()) -> None:
    merged.blocks.extend(kept)
    merged.places.update(pairs(theirs, kept))


def pairs(theirs: Sequence[StoredBlock], page: Sequence[StoredBlock]) -> dict[str, str]:
    """Source block id -> id on the page, in order; a source block without a counterpart keeps its own."""
    return {block["id"]: page[place]["id"] if place < len(page) else block["id"] for place, block in enumerate(theirs)}


def keys(blocks: Sequence[StoredBlock]) -> list[str]:
    return [key(block) for block in blocks]


def key(block: StoredBlock) -> str:
    text = json.dumps([block["type"], block["value"]], sort_keys=True, ensure_ascii=False)
    return BLOCK_KEY.sub("", text.replace('\\"', '"'))


def same(left: StoredBlock, right: StoredBlock) -> bool:
    return key(left) == key(right)


def ids(blocks: Sequence[StoredBlock]) -> list[str]:
    return [block["id"] for block in blocks]


@dataclass(slots=True)
class MergedPage:
    """``content`` as Wagtail serialises a page; ``fields`` are the names both sides changed differently."""

    content: dict[str, Any]
    blocks: MergedBlocks
    fields: list[str]


def merge_pages(
    base: Mapping[str, Any],
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    *,
    values: Sequence[str],
    sets: Mapping[str, Callable[[Any], Any]],
    body: str = "",
) -> MergedPage:
    """Merge three serialised pages.

    ``values`` name plain fields, ``sets`` lists whose members are told apart by the function given, ``body`` the
    StreamField ("" for none). Everything else is the editor's.
    """
    content = dict(ours)
    fields = []
    for name in values:
        content[name], conflict = merge_value(base.get(name), ours.get(name), theirs.get(name))
        if conflict:
            fields.append(name)
    for name, identity in sets.items():
        lists = [{identity(member): member for member in page.get(name) or []} for page in (base, ours, theirs)]
        kept = merge_sets(*(list(members) for members in lists))
        content[name] = [lists[1].get(member, lists[2].get(member)) for member in kept]
    blocks = MergedBlocks()
    if body:
        blocks = merge_blocks(*(json.loads(page[body]) for page in (base, ours, theirs)))
        content[body] = json.dumps(blocks.blocks)
    return MergedPage(content, blocks, fields)
