"""An interview that was pasted as text: changed words replaced where they stand, nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.exporter.reread import ReadPage
from portfolio.exporter.rewriting import said, visible
from portfolio.exporter.stored import Part, StoredDocument, blocks_of
from portfolio.exporter.words import patched


def patched_text(document: StoredDocument, part: Part, read: ReadPage | None) -> Iterator[str]:
    """The file with the changed words of its blocks replaced, and with what its head says of the fields or without.

    Nothing comes where blocks were added, removed or moved, or where words cannot be found.
    """
    text = blocks_patched(document, part, read)
    if text is None:
        return
    with_fields = fields_patched(text, document, part)
    yield with_fields
    if with_fields != text:
        yield text


def blocks_patched(document: StoredDocument, part: Part, read: ReadPage | None) -> str | None:
    blocks = blocks_of(part, read)
    entries = [entry for entry in part.row.blocks if entry["id"]] if part.row else []
    if [entry["id"] for entry in entries] != [block.id for block in blocks]:
        return None
    source = document.source
    pairs = sorted(zip(entries, blocks, strict=True), key=lambda pair: -pair[0]["start"])
    grown: list[tuple[int, int]] = []  # where the text has become longer or shorter, and by how much
    for entry, block in pairs:
        if not block.changed:
            continue
        start, end = entry["start"], entry["end"]
        end += sum(more for place, more in grown if start <= place < end)
        before = " ".join(map(visible, said(block.before))) if block.before is not None else ""
        old = source[start:end].decode()
        new = patched(old, before, " ".join(map(visible, said(block.value))), str) if before else None
        if new is None:
            return None
        source = source[:start] + new.encode() + source[end:]
        grown.append((start, len(new.encode()) - len(old.encode())))
    return source.decode()


def fields_patched(text: str, document: StoredDocument, part: Part) -> str:
    """The words of changed fields replaced above and below the conversation."""
    turns = [entry for entry in part.row.blocks if entry["id"]] if part.row else []
    if not turns:
        return text
    head = len(document.source[: min(entry["start"] for entry in turns)].decode())
    tail = len(document.source[max(entry["end"] for entry in turns) :].decode())
    above, talk, below = text[:head], text[head : len(text) - tail], text[len(text) - tail :]
    for name, new in part.now.items():
        old = part.then.get(name)
        if isinstance(old, str) and isinstance(new, str) and old != new and visible(old) and visible(new):
            above, below = (place.replace(visible(old), visible(new)) for place in (above, below))
    return above + talk + below
