"""Text that somebody typed or pasted, converted as the import does it: in a worker process, under its limits."""

from __future__ import annotations

import tempfile
from pathlib import Path

from portfolio.importer.converting import convert_all
from portfolio.importer.document import Document
from portfolio.importer.limits import MAX_FILE
from portfolio.importer.sources import open_source

LONGEST = 1024 * 1024  # characters of one text; a body is a small part of it


class Unreadable(ValueError):
    """The text cannot be taken in; ``lines`` are messages with the line they are about, None for the whole."""

    def __init__(self, *lines: tuple[int | None, str]) -> None:
        super().__init__("; ".join(message for _, message in lines))
        self.lines = list(lines)


def document_of(text: str) -> Document:
    """The document that ``text`` is. Raises `Unreadable`."""
    data = text.encode("utf-8", "surrogatepass")
    if len(text) > LONGEST or len(data) > MAX_FILE:
        raise Unreadable((None, f"This text has more than {LONGEST:,} characters. Take it in parts."))
    with tempfile.TemporaryDirectory(prefix="written-") as folder:
        path = Path(folder) / "text.md"
        path.write_bytes(data)
        with open_source(path, "plain") as source:
            (document,) = convert_all(source, workers=1)
    if document.rejected:
        raise Unreadable(*((problem.line, problem.message) for problem in document.problems))
    return document
