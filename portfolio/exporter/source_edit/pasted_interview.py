"""Pasted interview: replace only the changed words in an imported text file."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.exporter.ledger_document import DocumentPart, LedgerDocument, current_blocks
from portfolio.exporter.round_trip import ReadPage
from portfolio.exporter.source_edit.candidate_texts import plain_words, value_texts
from portfolio.exporter.source_edit.word_patch import patch_words


def patched_text(document: LedgerDocument, part: DocumentPart, read: ReadPage | None) -> Iterator[str]:
    """Yield the file with the changed words of its blocks replaced, first with changed fields replaced too.

    Yields nothing if blocks were added, removed or moved, or if the words cannot be found.
    """
    text = blocks_patched(document, part, read)
    if text is None:
        return
    with_fields = fields_patched(text, document, part)
    yield with_fields
    if with_fields != text:
        yield text


def blocks_patched(document: LedgerDocument, part: DocumentPart, read: ReadPage | None) -> str | None:
    blocks = current_blocks(part, read)
    entries = [entry for entry in part.row.blocks if entry["id"]] if part.row else []
    if [entry["id"] for entry in entries] != [block.id for block in blocks]:
        return None
    source = document.source
    pairs = sorted(zip(entries, blocks, strict=True), key=lambda pair: -pair[0]["start"])
    shifts: list[tuple[int, int]] = []  # offsets of replaced blocks, and by how many bytes each has grown
    for entry, block in pairs:
        if not block.changed:
            continue
        start, end = entry["start"], entry["end"]
        end += sum(size for offset, size in shifts if start <= offset < end)
        before = " ".join(map(plain_words, value_texts(block.before))) if block.before is not None else ""
        old = source[start:end].decode()
        new = patch_words(old, before, " ".join(map(plain_words, value_texts(block.value))), str) if before else None
        if new is None:
            return None
        source = source[:start] + new.encode() + source[end:]
        shifts.append((start, len(new.encode()) - len(old.encode())))
    return source.decode()


def fields_patched(text: str, document: LedgerDocument, part: DocumentPart) -> str:
    """Return ``text`` with the words of changed fields replaced above and below the conversation."""
    turns = [entry for entry in part.row.blocks if entry["id"]] if part.row else []
    if not turns:
        return text
    head = len(document.source[: min(entry["start"] for entry in turns)].decode())
    tail = len(document.source[max(entry["end"] for entry in turns) :].decode())
    above, talk, below = text[:head], text[head : len(text) - tail], text[len(text) - tail :]
    for name, new in part.now.items():
        old = part.then.get(name)
        if isinstance(old, str) and isinstance(new, str) and old != new and plain_words(old) and plain_words(new):
            above, below = (passage.replace(plain_words(old), plain_words(new)) for passage in (above, below))
    return above + talk + below
