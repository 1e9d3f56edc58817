"""Convert typed or pasted Markdown as the import does: in a worker process with limits."""

from __future__ import annotations

import tempfile
from pathlib import Path

from portfolio.documents.document import Document
from portfolio.documents.limits import MAX_FILE
from portfolio.engines import open_source
from portfolio.importer.conversion.pool import convert_all

MAX_TEXT = 1024 * 1024  # characters


class InvalidText(ValueError):
    """The text cannot be converted; ``lines`` are messages with their line, None for the whole text."""

    def __init__(self, *lines: tuple[int | None, str]) -> None:
        super().__init__("; ".join(message for _, message in lines))
        self.lines = list(lines)


def parse_document(text: str) -> Document:
    """Parse ``text`` as a Markdown document. Raises `InvalidText`."""
    data = text.encode("utf-8", "surrogatepass")
    if len(text) > MAX_TEXT or len(data) > MAX_FILE:
        raise InvalidText((None, f"This text has more than {MAX_TEXT:,} characters. Split it into parts."))
    with tempfile.TemporaryDirectory(prefix="written-") as folder:
        path = Path(folder) / "text.md"
        path.write_bytes(data)
        with open_source(path) as source:
            (document,) = convert_all(source, workers=1)
    if document.rejected:
        raise InvalidText(*((problem.line, problem.message) for problem in document.problems))
    return document
