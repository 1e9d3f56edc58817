"""Tables: read rows and columns, with spanned cells split."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bs4 import Tag

from portfolio.admin.paste.html.constructs import PastedTable
from portfolio.admin.paste.html.runs import PastedRun, is_blank, plain_text
from portfolio.admin.paste.html.styles import style_of

MAX_COLUMNS = 60
MAX_ROWS = 5000
_SIDES = {"left": "left", "center": "center", "right": "right", "end": "right", "start": "left"}


@dataclass(slots=True)
class TableCell:
    runs: list[PastedRun]
    side: str
    heads: bool


def is_layout(element: Tag) -> bool:
    """Whether a table is only for layout: it contains tables, has one cell, or has such a role."""
    if element.get("role") in ("presentation", "none") or element.find("table") is not None:
        return True
    return len(element.find_all(["td", "th"], limit=2)) < 2


def read_table(
    element: Tag, read_cell: Callable[[Tag], list[PastedRun]], tell: Callable[[str], None]
) -> PastedTable | None:
    """Return the table with complete rows and without empty ones at the end; None if it has no content."""
    rows = element.find_all("tr")
    if len(rows) > MAX_ROWS:
        tell(f"A table has {len(rows):,} rows; only the first {MAX_ROWS:,} were taken.")
    grid = _without_empty(_grid(rows[:MAX_ROWS], read_cell, tell))
    if not grid:
        return None
    caption = element.find("caption")
    named = _heads(grid)
    body = grid[1:] if named else grid
    return PastedTable(
        header=[cell.runs for cell in grid[0]] if named else [],
        rows=[[cell.runs for cell in row] for row in body],
        align=[_side([row[column] for row in body]) for column in range(len(grid[0]))],
        caption=plain_text(read_cell(caption)) if caption else "",
    )


def _grid(
    rows: list[Tag], read_cell: Callable[[Tag], list[PastedRun]], tell: Callable[[str], None]
) -> list[list[TableCell]]:
    taken: dict[tuple[int, int], TableCell] = {}
    merged = cut = False
    for number, row in enumerate(rows):
        column = 0
        in_head = row.parent is not None and row.parent.name == "thead"
        for element in row.find_all(["td", "th"], recursive=False):
            while (number, column) in taken:
                column += 1
            wide, high = _span(element, "colspan", MAX_COLUMNS), _span(element, "rowspan", MAX_ROWS)
            cell = TableCell(read_cell(element), _cell_side(element), in_head or element.name == "th")
            merged |= (wide > 1 or high > 1) and not is_blank(cell.runs)
            for down in range(min(high, len(rows) - number)):
                for along in range(wide):
                    if column + along >= MAX_COLUMNS:
                        cut = True
                        continue
                    first = down == along == 0
                    taken[number + down, column + along] = cell if first else TableCell([], cell.side, cell.heads)
            column += wide
    if merged:
        tell("Merged cells were split; the text stands in the first.")
    if cut:
        tell(f"A table has more than {MAX_COLUMNS} columns; the others were left out.")
    width = max((column for _, column in taken), default=-1) + 1
    return [[taken.get((row, column), TableCell([], "", False)) for column in range(width)] for row in range(len(rows))]


def _without_empty(grid: list[list[TableCell]]) -> list[list[TableCell]]:
    """Remove empty rows and columns at the end, which a selection in a spreadsheet often contains."""
    while grid and all(is_blank(cell.runs) for cell in grid[-1]):
        grid.pop()
    while grid and grid[0] and all(is_blank(row[-1].runs) for row in grid):
        for row in grid:
            row.pop()
    return grid if grid and grid[0] else []


def _heads(grid: list[list[TableCell]]) -> bool:
    """Whether the first row contains the headings: by its elements, or because no cell is empty."""
    first = grid[0]
    if all(cell.heads for cell in first):
        return True
    return len(grid) > 1 and len(first) > 1 and not any(is_blank(cell.runs) for cell in first)


def _span(element: Tag, name: str, most: int) -> int:
    written = str(element.get(name) or "1").strip()
    return max(1, min(int(written), most)) if written.isascii() and written.isdigit() and len(written) < 9 else 1


def _cell_side(element: Tag) -> str:
    """Return the alignment of a cell, or of the paragraph in it, as word processors write it."""
    for tag in [element, *element.find_all("p", limit=1)]:
        side = style_of(tag).get("text-align", "") or str(tag.get("align") or "").lower()
        if side in _SIDES:
            return _SIDES[side]
    return ""


def _side(cells: list[TableCell]) -> str:
    """Return the alignment of most non-empty cells of a column, "" if there is none."""
    sides = [cell.side for cell in cells if not is_blank(cell.runs)]
    for side in ("right", "center"):
        if sides and sides.count(side) > len(sides) / 2:
            return side
    return ""
