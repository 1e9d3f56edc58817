"""Convert typed or pasted Markdown as the import does: in a worker process with limits."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from portfolio.admin.markdown_editing.listing_fences import with_details, without_details
from portfolio.admin.markdown_editing.parenthesis_items import with_full_stops
from portfolio.documents.document import Document
from portfolio.documents.limits import MAX_FILE, Limits
from portfolio.engines import open_source
from portfolio.engines.markdown_options import markdown_options
from portfolio.importer.conversion.pool import convert_all
from portfolio.importer.conversion.worker import WorkStopped, in_one_worker
from portfolio.markdown.commonmark.listing_fences import may_have_details, read_fences

MAX_TEXT = 1024 * 1024  # characters
# Typographic quotes, dashes and dots are for texts that were written for kramdown, not for the field of a form.
CONFIG_AS_TYPED: Mapping[str, Any] = {
    "kramdown": {"smart_quotes": "apos,apos,quot,quot", "gfm_quirks": "paragraph_end,no_auto_typographic"}
}
AS_TYPED = markdown_options(CONFIG_AS_TYPED)
FENCE_LIMITS = Limits(cpu_seconds=8, wall_seconds=30)


class InvalidText(ValueError):
    """The text cannot be converted; ``lines`` are messages with their line, None for the whole text."""

    def __init__(self, *lines: tuple[int | None, str]) -> None:
        super().__init__("; ".join(message for _, message in lines))
        self.lines = list(lines)


def parse_document(text: str, *, as_typed: bool = False) -> Document:
    """Parse ``text`` as a Markdown document; ``as_typed`` keeps straight quotes and dashes. Raises `InvalidText`."""
    config = CONFIG_AS_TYPED if as_typed else {}
    if len(text) > MAX_TEXT or len(text.encode("utf-8", "surrogatepass")) > MAX_FILE:
        raise InvalidText((None, f"This text has more than {MAX_TEXT:,} characters. Split it into parts."))
    text = with_full_stops(text)
    if not may_have_details(text):
        return converted(text, config)
    try:
        fences = in_one_worker(read_fences, text, limits=FENCE_LIMITS)
    except WorkStopped as error:
        raise InvalidText((None, str(error))) from error
    return with_details(converted(without_details(text, fences), config), fences)


def converted(text: str, config: Mapping[str, Any]) -> Document:
    """What the import makes of ``text``. Raises `InvalidText`."""
    with tempfile.TemporaryDirectory(prefix="written-") as folder:
        path = Path(folder) / "text.md"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        with open_source(path) as source:
            (document,) = convert_all(replace(source, config=config), workers=1)
    if document.rejected:
        raise InvalidText(*((problem.line, problem.message) for problem in document.problems))
    return document
