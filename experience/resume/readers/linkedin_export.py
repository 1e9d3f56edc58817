"""Files of LinkedIn's data export: the ZIP that LinkedIn sends, or one of its CSV files, under limits.

Nothing is unpacked to a disk, and only the files that belong to a résumé are read at all. A complete export also has
messages, contacts and what advertisers are told.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Sequence

from experience.resume.readers.linkedin import (
    LinkedinTable,
    Row,
    document_of,
    private_columns,
    table_named,
    tables_with,
)
from experience.resume.readers.resume_file import MAX_BYTES, MAX_ITEMS, ResumeError, ResumeFile, decoded
from portfolio.engines.archive import BOUNDED_METHODS

FORM = "LinkedIn's data export"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
MAX_MEMBERS = 5_000
MAX_READ = 8_000_000  # bytes of all the files that are read, unpacked
MAX_LINES = 100_000  # of a table; a text in it can have many
MAX_HEADER_LINE = 10  # LinkedIn writes notes above the names of the columns of some files
MOST_NAMES = 12  # in a note
DELIMITERS = ",;\t"


def is_zip(data: bytes) -> bool:
    return data.startswith(ZIP)


def read_zip(data: bytes, name: str) -> ResumeFile:
    # Each entry of the directory begins with this signature, so nothing larger is read into memory.
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise ResumeError(f"the ZIP has more than {MAX_MEMBERS} files.", name=name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return read_members(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise ResumeError(f"the ZIP cannot be read: {error}.", name=name) from error


def read_members(archive: zipfile.ZipFile, name: str) -> ResumeFile:
    tables: list[tuple[LinkedinTable, list[Row]]] = []
    others: list[str] = []
    notes: list[str] = []
    budget = MAX_READ
    for member in archive.infolist():
        if member.is_dir():
            continue
        table = table_named(member.filename) if member.filename.lower().endswith(".csv") else None
        if table is None or any(table is read for read, _ in tables):
            others.append(member.filename.replace("\\", "/").rpartition("/")[2])
            continue
        text = read_member(archive, member, name)
        budget -= len(text)
        if budget < 0:
            raise ResumeError(f"its files unpack to more than {MAX_READ // 1_000_000} MB.", name=name)
        place = member_name(name, member)
        rows = table_rows(decoded(text, place), table, place)
        if rows is None:
            notes.append(
                f"{place.rpartition(', ')[2]}, which does not name the columns {', '.join(sorted(table.columns))}"
            )
        else:
            tables.append((table, rows))
            notes += notes_on(table, rows)
    if not tables:
        raise ResumeError("this ZIP has no file of LinkedIn's data export, such as Positions.csv.", name=name)
    if others:
        more = f" and {len(others) - MOST_NAMES} more" if len(others) > MOST_NAMES else ""
        notes.append(f"files that are no part of a résumé: {', '.join(others[:MOST_NAMES])}{more}")
    return ResumeFile(document_of(tables), FORM, tuple(notes))


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    place = member_name(name, member)
    if member.compress_type not in BOUNDED_METHODS:
        raise ResumeError("it is packed in a way that no export of LinkedIn is.", name=place)
    with archive.open(member) as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ResumeError(f"it unpacks to more than {MAX_BYTES // 1_000_000} MB.", name=place)
    return data


def member_name(name: str, member: zipfile.ZipInfo) -> str:
    inner = member.filename.replace("\\", "/").rpartition("/")[2][:100]
    return f"{name}, {inner}" if name else inner


def read_csv(text: str, name: str) -> ResumeFile | None:
    """A single file of the export; None for any other text."""
    named = table_named(name)
    table = next(
        (
            table
            for line in text.splitlines()[:MAX_HEADER_LINE]
            for table in tables_with(columns_of(line))
            if table.is_sure or table is named
        ),
        None,
    )
    if table is None:
        return None
    rows = table_rows(text, table, name) or []
    return ResumeFile(document_of([(table, rows)]), f"a file of {FORM}", tuple(notes_on(table, rows)))


def table_rows(text: str, table: LinkedinTable, name: str) -> list[Row] | None:
    """The rows below the line that names the columns; None for a file without it."""
    if text.count("\n") > MAX_LINES:
        raise ResumeError(f"it has more than {MAX_LINES} lines.", name=name)
    lines = text.splitlines()
    header = next(
        (line for line, words in enumerate(lines[:MAX_HEADER_LINE]) if table.columns <= {*columns_of(words)}), None
    )
    if header is None:
        return [] if len(lines) < 2 else None  # one line says that there is nothing
    columns = columns_of(lines[header])
    body = "".join(text.splitlines(keepends=True)[header + 1 :])
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter_of(lines[header]))
    rows: list[Row] = []
    try:
        for values in reader:
            row = {column: value.strip() for column, value in zip(columns, values, strict=False) if column}
            if any(row.values()):
                rows.append({**dict.fromkeys(columns, ""), **row})
            if len(rows) > MAX_ITEMS:
                raise ResumeError(f"it has more than {MAX_ITEMS} rows.", name=name)
    except csv.Error as error:
        raise ResumeError(f"this is no row of a CSV file: {error}.", header + 1 + reader.line_num, name) from error
    return rows


def columns_of(line: str) -> Sequence[str]:
    """The folded names of the columns that a line gives."""
    if len(line) > 2000:
        return ()
    try:
        return [" ".join(name.split()).casefold() for name in next(csv.reader([line], delimiter=delimiter_of(line)))]
    except (csv.Error, StopIteration):
        return ()


def delimiter_of(line: str) -> str:
    """A comma, or what a spreadsheet has put in its place."""
    return max(DELIMITERS, key=line.count)


def notes_on(table: LinkedinTable, rows: Sequence[Row]) -> list[str]:
    private = private_columns(rows) if table.section == "basics" else []
    return [f"private columns of the profile: {', '.join(private)}"] if private else []
