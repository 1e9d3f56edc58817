"""Convert typed or pasted Markdown as the import does: in a worker process with limits."""

from __future__ import annotations

import tempfile
from pathlib import Path

from portfolio.admin.markdown_editing.listing_fences import with_details, without_details
from portfolio.documents.document import Document
from portfolio.documents.limits import MAX_FILE, Limits
from portfolio.engines import open_source
from portfolio.importer.conversion.pool import convert_all
from portfolio.importer.conversion.worker import WorkStopped, in_one_worker
from portfolio.markdown.commonmark.listing_fences import may_have_details, read_fences

MAX_TEXT = 1024 * 1024  # characters
FENCE_LIMITS = Limits(cpu_seconds=8, wall_seconds=30)


class InvalidText(ValueError):
    """The text cannot be converted; ``lines`` are messages with their line, None for the whole text."""

    def __init__(self, *lines: tuple[int | None, str]) -> None:
        super().__init__("; ".join(message for _, message in lines))
        self.lines = list(lines)


def parse_document(text: str) -> Document:
    """Parse ``text`` as a Markdown document. Raises `InvalidText`."""
    if len(text) > MAX_TEXT or len(text.encode("utf-8", "surrogatepass")) > MAX_FILE:
        raise InvalidText((None, f"This text has more than {MAX_TEXT:,} characters. Split it into parts."))
    if not may_have_details(text):
        return converted(text)
    try:
        fences = in_one_worker(read_fences, text, limits=FENCE_LIMITS)
    except WorkStopped as error:
        raise InvalidText((None, str(error))) from error
    return with_details(converted(without_details(text, fences)), fences)


def converted(text: str) -> Document:
    """What the import makes of ``text``. Raises `InvalidText`."""
    with tempfile.TemporaryDirectory(prefix="written-") as folder:
        path = Path(folder) / "text.md"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        with open_source(path) as source:
            (document,) = convert_all(source, workers=1)
    if document.rejected:
        raise InvalidText(*((problem.line, problem.message) for problem in document.problems))
    return document
