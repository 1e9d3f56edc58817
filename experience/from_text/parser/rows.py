"""Rows: the lines of a pasted text without bullets and Markdown marks, split into pieces such as cells of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from experience.from_text.parser.kinds import HistoryKind
from experience.from_text.parser.period_search import find_period
from experience.from_text.parser.vocabulary import (
    KIND_OF_LABEL,
    is_duration,
    is_employment,
    is_workplace,
    phrase_of,
)
from portfolio.documents.months import fold
from portfolio.documents.periods import parse_period
from portfolio.documents.written_dates import parse_written_date

LONGEST_NAME_ROW = 150  # characters; a longer line is a sentence
MOST_NAME_WORDS = 14
_LINE_END = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_HEADING = re.compile(r"#{1,6}\s+")
_BULLET = re.compile(
    r"(?:[-–—*•●▪■◦‣⁃∙·・➢➤✓✔»+\uf0b7\uf0a7](?:\s+|(?<=[•●▪■◦‣・\uf0b7\uf0a7]))|o(?:\t|\s{2,})|\d{1,2}[.)]\s+)(?=\S)"
)
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])[*_](?=\S)|(?<=\S)[*_](?![\w*])|`")
_LINK = re.compile(r"\[([^\[\]]+)\]\((\S{1,500}?)\)")
_TABLE_RULE = re.compile(r"[|:\-+=_\s]+")
_CELLS = re.compile(r"\t+|\u3000+|\s+[·•∙|│]\s+|\s{3,}")
_TABLE_CELLS = re.compile(r"\s*\|\s*")
_LABEL = re.compile(r"([^\W\d_][^:\n]{1,24}?)\s*[:：]\s*(\S.*)")
_SENTENCE_END = re.compile(r"[.!?…;](?:[\"”»)])?$")
# A period that cannot be read, as with a 13th month, is nothing else either.
_UNREADABLE_PERIOD = re.compile(
    r"(?:\d{1,2}[./-]\d{2}|[’']\d{2})\s*[–—-]+\s*(?:\d{1,2}[./-]\d{2}|[’']\d{2}|[^\W\d_]{2,12})"
)
_LAST_BRACKETS = re.compile(r"^(.*\S)\s*\(([^()]+)\)$")
_LAST_COMMA = re.compile(r"^(.*\S)\s*,\s*([^,]+)$")
_MORE_SKILLS = re.compile(
    r",?\s*(?:and|und|et|y|e|en)?\s*\+\s?\d+\s+(?:skills?|kenntnisse|competences|aptitudes|conocimientos|competencias|"
    r"competenze|vaardigheden)$"
)
_NOISE = re.compile(
    r"(?:…|\.\.\.)?\s*(?:see|show) (?:more|less|all|credential|project)\b.*|(?:…|\.\.\.)\s*(?:more|mehr|plus|mas)|"
    r"(?:mehr|weniger|alle) anzeigen|.*\blogo|logo (?:von|de|of|du|di|van)\b.*|voir (?:plus|tout).*|"
    r"(?:mostrar|ver) (?:mas|todo|todos).*|(?:page|seite|pagina|página)\s+\d+(?:\s*(?:of|von|sur|de|/)\s*\d+)?|"
    r".*helped me get this job.*|thumbnail for .*"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a row; ``kind`` is None for a name, which only its surroundings tell more of."""

    text: str
    kind: HistoryKind | None


@dataclass(slots=True)
class HistoryRow:
    """A line that is not blank. ``indent`` counts the characters before its bullet."""

    line: int
    text: str
    content: str
    pieces: tuple[Piece, ...]
    indent: int
    is_bullet: bool
    is_heading: bool
    after_blank: bool

    @property
    def has_period(self) -> bool:
        return any(piece.kind is HistoryKind.PERIOD for piece in self.pieces)

    @property
    def names(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind is None]

    @property
    def name_count(self) -> int:
        """How many names the row has, those after a label included."""
        return sum(piece.kind in (None, HistoryKind.ROLE, HistoryKind.ORGANISATION) for piece in self.pieces)

    @property
    def is_noise(self) -> bool:
        return self.pieces[0].kind in (HistoryKind.NOISE, HistoryKind.REPETITION)

    @property
    def is_duration(self) -> bool:
        """Whether the row counts the time at an organisation, as profiles do above several roles."""
        kinds = {piece.kind for piece in self.pieces}
        return HistoryKind.DURATION in kinds and kinds <= {HistoryKind.DURATION, HistoryKind.EMPLOYMENT}

    @property
    def is_body(self) -> bool:
        """Whether the row can only be part of a description."""
        kinds = {piece.kind for piece in self.pieces}
        if HistoryKind.SKILLS in kinds or HistoryKind.TEXT in kinds:
            return True
        return self.is_bullet

    @property
    def is_header(self) -> bool:
        """Whether the row may name a role, an organisation, a place or a kind of employment."""
        return not self.is_body and not self.is_noise and not self.has_period


def split_rows(text: str) -> list[HistoryRow]:
    """The rows of ``text``, in order."""
    rows: list[HistoryRow] = []
    after_blank = True
    for number, line in enumerate(_LINE_END.split(text), start=1):
        bare = line.replace("\xa0", " ").replace("\u200b", "").replace("\ufeff", "").rstrip()
        if not bare.strip():
            after_blank = True
            continue
        rows.append(_row(number, bare, after_blank=after_blank))
        after_blank = False
    filled = len(rows)
    if filled > 3 and sum(row.after_blank for row in rows) > 0.8 * filled:  # pasted with a blank line between all lines
        for row in rows:
            row.after_blank = False
    return rows


def _row(number: int, line: str, *, after_blank: bool) -> HistoryRow:
    content = line.strip()
    indent = len(line) - len(line.lstrip())
    heading = _HEADING.match(content)
    if heading:
        content = content[heading.end() :]
    bullet = None if heading or content.startswith("**") else _BULLET.match(content)
    if bullet:
        content = content[bullet.end() :]
    is_table = content.startswith("|") and content.endswith("|") and len(content) > 2
    plain = _plain(content.strip("|").strip() if is_table else content)
    pieces = _pieces(plain, _TABLE_CELLS if is_table else _CELLS, is_rule=_TABLE_RULE.fullmatch(content) is not None)
    return HistoryRow(
        line=number,
        text=line.strip(),
        content=plain,
        pieces=pieces,
        indent=indent,
        is_bullet=bullet is not None,
        is_heading=heading is not None or (content.startswith("**") and content.endswith("**")),
        after_blank=after_blank,
    )


def _plain(content: str) -> str:
    """``content`` without Markdown's marks; the address of a link stays in brackets after its words."""
    linked = _LINK.sub(lambda link: link[1] if link[1] == link[2] else f"{link[1]} ({link[2]})", content)
    return _EMPHASIS.sub("", linked).strip() or content


def _pieces(plain: str, cells: re.Pattern[str], *, is_rule: bool) -> tuple[Piece, ...]:
    if is_rule or (len(plain) < 120 and _NOISE.fullmatch(fold(plain))):
        return (Piece(plain, HistoryKind.NOISE),)
    labelled = _LABEL.fullmatch(plain)
    kind = KIND_OF_LABEL.get(phrase_of(labelled[1])) if labelled else None
    if labelled and kind is HistoryKind.SKILLS:
        return (Piece(labelled[2], kind),)
    if labelled and kind and len(plain) <= LONGEST_NAME_ROW:
        is_value = kind is not HistoryKind.PERIOD or find_period(labelled[2]) is not None
        if is_value:
            return (Piece(labelled[2], kind),)
    if len(plain) < 300 and _MORE_SKILLS.search(fold(plain)):
        return (Piece(plain, HistoryKind.SKILLS),)
    if is_sentence(plain):
        return (Piece(plain, HistoryKind.TEXT),)
    written = [cell.strip() for cell in cells.split(plain) if cell.strip()]
    return tuple(piece for cell in _joined_dates(written) for piece in split_cell(cell))


def _joined_dates(cells: Iterable[str]) -> Iterator[str]:
    """The cells, a beginning and the end beside it as one: the columns "From" and "To" of a table."""
    before = ""
    for cell in cells:
        period = f"{before} – {cell}"
        if before and parse_written_date(before) and parse_period(period):
            before = period
            continue
        if before:
            yield before
        before = cell
    if before:
        yield before


def is_sentence(plain: str) -> bool:
    """Whether the line is prose, and no name or date."""
    words = plain.split()
    if len(plain) > LONGEST_NAME_ROW or plain.endswith("。"):
        return True
    if len(words) <= MOST_NAME_WORDS:
        ends = _SENTENCE_END.search(plain) is not None
        if not ends or len(words) < 3 or (len(words) < 5 and not words[-1][:1].islower()):
            return False  # "Saltmarsh Instruments Inc."
    return find_period(plain) is None


def split_cell(cell: str) -> Iterator[Piece]:
    """A cell's period, kind of employment and the like, and what is left as names."""
    for test, kind in (
        (is_duration, HistoryKind.DURATION),
        (is_employment, HistoryKind.EMPLOYMENT),
        (is_workplace, HistoryKind.LOCATION),
        (_UNREADABLE_PERIOD.fullmatch, HistoryKind.PERIOD),
    ):
        if test(cell):
            yield Piece(cell, kind)
            return
    for pattern in (_LAST_BRACKETS, _LAST_COMMA):
        match = pattern.match(cell)
        if match and (is_employment(match[2]) or is_workplace(match[2]) or is_duration(match[2])):
            yield from split_cell(match[1])
            yield from split_cell(match[2])
            return
    period = find_period(cell)
    if period is None:
        yield Piece(cell, None)
        return
    if period.before:
        yield from split_cell(period.before)
    yield Piece(period.written, HistoryKind.PERIOD)
    if period.after:
        yield from split_cell(period.after)


def without_more_skills(text: str) -> tuple[str, bool]:
    """The text without "and +3 skills", and whether it said so."""
    match = _MORE_SKILLS.search(fold(text)) if len(fold(text)) == len(text) else None
    return (text[: match.start()], True) if match else (text, False)
