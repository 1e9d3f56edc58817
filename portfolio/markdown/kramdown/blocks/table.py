"""Tables: lines with pipes, with or without a separator line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio.markdown.kramdown.block_state import BlockState
from portfolio.markdown.kramdown.document import Definitions
from portfolio.markdown.kramdown.scanner import Scanner
from portfolio.markdown.kramdown.span_state import SpanState
from portfolio.markdown.kramdown.spans.code import CODE, code_span_at
from portfolio.markdown.kramdown.spans.html import HTML
from portfolio.markdown.kramdown.syntax import WHITESPACE
from portfolio.markdown.kramdown.tree import Element

_PIPE = r"(?:\||[^\n]*?[^\\\n]\|)"
_LINE = re.compile(rf"{_PIPE}[^\n]*\n")
_START = re.compile(rf" {{0,3}}(?=[^ \t\r\n\f\v]){_PIPE}[^\n]*\n")
_HAS_PIPE = re.compile(_PIPE)
_SEPARATOR = re.compile(r"([+|: \t-]*?-[+|: \t-]*?)[ \t]*\n")
_FOOTER = re.compile(r"[+|: \t=]*?=[+|: \t=]*?[ \t]*\n")
_ALIGNMENT = re.compile(r"[ \t]?(:?)-+(:?)[ \t]?")
_CODE_ELEMENT = re.compile(r"(<code[^\n]*?>[^\n]*?</code>)")
_CELL_END = re.compile(r"(?<!\\)\|")
_SEPARATOR_CHARACTERS = frozenset("+|: \t-=\n")


def table(state: BlockState) -> bool:
    scanner = state.scanner
    if scanner.check(_START) is None or not state.after_boundary():
        return False
    before = scanner.position
    # An attribute list in front is spent even when these lines turn out to be no table.
    made = state.element("table", alignment=[])
    leading_pipe = scanner.line().lstrip(WHITESPACE).startswith("|")
    _skip(scanner, _SEPARATOR)
    rows, columns = _read_rows(scanner, made, leading_pipe)
    if not state.before_boundary() or not _every_line_has_pipe(
        scanner.text[before : scanner.position - 1], state.definitions
    ):
        scanner.position = before
        return False
    if rows:
        made.children.append(Element("tfoot" if made.meta.pop("footer", False) else "tbody", children=rows))
    if not any(part.kind == "tbody" for part in made.children):
        scanner.position = before
        return False
    _even_out(made, columns)
    state.push(made)
    return True


def _skip(scanner: Scanner, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Match a line of separator characters; a look at the characters first keeps long lines cheap."""
    if not _SEPARATOR_CHARACTERS.issuperset(scanner.line()):
        return None
    return scanner.scan(pattern)


def _read_rows(scanner: Scanner, made: Element, leading_pipe: bool) -> tuple[list[Element], int]:
    """Take the lines of the table; return the rows after the last separator and the number of columns."""
    rows: list[Element] = []
    columns = 0
    alignment: list[str] = made.meta["alignment"]
    while not scanner.at_end and scanner.check(_LINE):
        if separator := _skip(scanner, _SEPARATOR):
            if not rows:
                continue
            if not alignment and not made.meta.get("footer"):
                made.children.append(Element("thead", children=rows))
                alignment.extend(_alignment(left, right) for left, right in _ALIGNMENT.findall(separator[1]))
                rows = []
            elif not made.meta.get("footer"):
                made.children.append(Element("tbody", children=rows))
                rows = []
        elif _skip(scanner, _FOOTER):
            if rows:
                made.children.append(Element("tbody", children=rows))
                rows = []
            made.meta["footer"] = True
        else:
            line = scanner.line()
            scanner.position += len(line)
            cells = _cells(line.rstrip("\n").rstrip(" \t"), leading_pipe)
            columns = max(columns, len(cells))
            rows.append(Element("tr", children=[_cell(text) for text in cells]))
    return rows, columns


def _alignment(left: str, right: str) -> str:
    if left and right:
        return "center"
    return "left" if left else "right" if right else ""


def _cell(text: str) -> Element:
    cell = Element("td")
    cell.children.append(Element("raw_text", text.strip(WHITESPACE)))
    return cell


def _cells(line: str, leading_pipe: bool) -> list[str]:
    """Split a line at its pipes, but not at those inside code."""
    cells: list[str] = []

    def grow(text: str) -> None:
        if cells:
            cells[-1] += text
        else:
            cells.append(text)

    for number, part in enumerate(_CODE_ELEMENT.split(line)):
        if number % 2:
            grow(part)
            continue
        for text, is_code in _code_and_text(part):
            if is_code:
                run = max((match[0] for match in re.finditer(r"`+", text)), default="")
                fence = run + "`"
                space = " " if len(fence) > 1 else ""
                grow(f"{fence}{space}{text}{space}{fence}")
                continue
            first, *others = (cell.replace("\\|", "|") for cell in _CELL_END.split(text))
            grow(first)
            cells.extend(others)
    if leading_pipe and cells and not cells[0].strip(WHITESPACE):
        del cells[0]
    if cells and not cells[-1].strip(WHITESPACE):
        del cells[-1]
    return cells


def _code_and_text(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of ``text``: outside code, and the content of code spans."""
    scanner = Scanner(text)
    plain = 0
    while (tick := text.find("`", scanner.position)) >= 0:
        scanner.position = tick
        found = code_span_at(scanner)
        if found is None:
            continue
        if tick > plain:
            yield text[plain:tick], False
        yield found, True
        plain = scanner.position
    if plain < len(text):
        yield text[plain:], False


def _every_line_has_pipe(text: str, definitions: Definitions) -> bool:
    """Tell whether each line has a pipe outside code and HTML; otherwise these lines are a paragraph."""
    whole = Element("temporary")
    SpanState(definitions, (CODE, HTML), text, whole).read_all()
    on_line = False
    for part in whole.children:
        lines = _lines(part.text)
        if not lines:
            continue
        if part.kind == "codespan":
            if len(lines) > 2 or (len(lines) == 2 and not on_line):
                return False
            if len(lines) == 2:
                on_line = False
            continue
        if len(lines) > 1 and not on_line and not _HAS_PIPE.match(lines[0]):
            return False
        on_line = (on_line and len(lines) == 1) or _HAS_PIPE.match(lines[-1]) is not None
    return on_line


def _lines(text: str) -> list[str]:
    """Split as Ruby does: empty parts at the end do not count."""
    lines = text.split("\n")
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _even_out(made: Element, columns: int) -> None:
    """Give every row the same number of cells, and every cell its alignment."""
    alignment = made.meta["alignment"] = (made.meta["alignment"] + [""] * columns)[:columns]
    for part in made.children:
        for row in part.children:
            row.children.extend(Element("td") for _ in range(columns - len(row.children)))
            for cell, align in zip(row.children, alignment, strict=True):
                cell.meta["align"] = align
