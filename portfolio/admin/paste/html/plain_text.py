"""Plain text: convert code, or rows with tabs, to the same document as from HTML."""

from __future__ import annotations

from portfolio.admin.paste.html.constructs import PastedCode, PastedTable
from portfolio.admin.paste.html.document import document_of
from portfolio.admin.paste.html.listings import language_name
from portfolio.admin.paste.html.runs import PastedRun
from portfolio.admin.paste.html.tables import MAX_COLUMNS, MAX_ROWS
from portfolio.documents.document import Document


def read_code(text: str, language: str = "") -> Document:
    """Return a document with one code listing."""
    code = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()
    return document_of([PastedCode(language_name(language), code)] if code.strip() else [], {})


def read_rows(text: str) -> Document:
    """Return a document with one table; a first row without empty cells becomes the headings."""
    lines = [line.split("\t") for line in text.replace("\r\n", "\n").split("\n") if line.strip()][:MAX_ROWS]
    width = min(max(map(len, lines), default=0), MAX_COLUMNS)
    rows = [
        [[PastedRun(cell.strip())] if cell.strip() else [] for cell in (line + [""] * width)[:width]] for line in lines
    ]
    named = len(rows) > 1 and all(rows[0])
    table = PastedTable(rows[0] if named else [], rows[1:] if named else rows, [""] * width)
    return document_of([table] if width else [], {})
