"""Import report: as JSON for programs and as text for people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from portfolio.documents.document import Problem, Severity
from portfolio.documents.source_files import SourceFiles

VERSION = 1
OUTCOMES = ("created", "updated", "unchanged", "merged", "conflict", "skipped", "rejected")
CONSTRUCTS = ("native", "approximated", "kept", "refused")
MIN_MERGED = 4  # equal warnings that are merged into one line
MIN_GROUPED = 10  # errors and warnings that are counted by kind first
PLACES_NAMED = 3
ALSO_NAMED = 2  # lines that a merged warning names, beside the first
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
_SHOWN = (Severity.ERROR, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One source document. ``outcome`` is one of `OUTCOMES`; ``constructs`` counts by `CONSTRUCTS`, missing is 0."""

    path: str
    kind: str
    outcome: str
    page_url: str = ""
    old_urls: tuple[str, ...] = ()
    constructs: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    diff: str = ""  # of a dry run: what has changed in the source since the last import, as a unified diff

    def __post_init__(self) -> None:
        if self.outcome not in OUTCOMES:
            raise ValueError(f"{self.outcome!r} is no outcome")
        unknown = set(self.constructs) - set(CONSTRUCTS)
        if unknown:
            raise ValueError(f"{sorted(unknown)} are no kinds of construct")

    def as_dict(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "kind": self.kind,
            "outcome": self.outcome,
            "page_url": self.page_url,
            "old_urls": list(self.old_urls),
            "constructs": {name: self.constructs.get(name, 0) for name in CONSTRUCTS},
            "problems": [_problem(problem) for problem in self.problems],
        }


@dataclass(frozen=True, slots=True)
class Report:
    """A whole import. ``problems`` are those that belong to no document; their messages name a path.

    ``read_as`` says what the source was taken for, and why.
    """

    source: str
    kind: str
    documents: tuple[DocumentReport, ...]
    seconds: float
    problems: tuple[Problem, ...] = ()
    files: SourceFiles = SourceFiles()
    read_as: str = ""
    settings: tuple[str, ...] = ()  # the names of the site settings that were filled in
    run: int | None = None  # the number to undo it by; None when nothing was written

    @property
    def has_errors(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self._all_problems())

    @property
    def totals(self) -> dict[str, Any]:
        """Return the number of documents, of outcomes, of constructs, and of problems by severity."""
        outcomes = Counter(document.outcome for document in self.documents)
        severities = Counter(problem.severity for problem in self._all_problems())
        return {
            "documents": len(self.documents),
            "outcomes": {name: outcomes[name] for name in OUTCOMES},
            "constructs": {
                name: sum(document.constructs.get(name, 0) for document in self.documents) for name in CONSTRUCTS
            },
            "problems": {severity.value: severities[severity] for severity in Severity},
        }

    def _all_problems(self) -> list[Problem]:
        return [problem for _, problem in self.located_problems()]

    def located_problems(self) -> Iterator[tuple[str, Problem]]:
        """Yield every problem with the path of its document, "" for those of the source as a whole."""
        yield from (("", problem) for problem in self.problems)
        yield from ((document.path, problem) for document in self.documents for problem in document.problems)

    def as_dict(self) -> dict[str, Any]:
        return {
            "version": VERSION,
            "source": self.source,
            "kind": self.kind,
            "documents": [document.as_dict() for document in self.documents],
            "problems": [_problem(problem) for problem in self.problems],
            "settings": list(self.settings),
            "totals": self.totals,
            "seconds": self.seconds,
            "read_as": self.read_as,
            "files": self.files.as_dict(),
        }

    def to_json(self) -> str:
        """Return the report as JSON text; lone surrogates are escaped, so that it can be encoded."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode()


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "severity": problem.severity.value,
        "code": problem.code,
        "line": problem.line,
        "message": problem.message,
    }


def render_text(report: Report, console: Console) -> None:
    """Print a table by kind and outcome, what needs a decision by kind, and each error and warning.

    An error or warning is a line ``path:line  code  message``. Many equal warnings are printed once, with the first
    lines and their number.
    """
    if report.read_as:
        console.print(Text(f"Read as {_printable(report.read_as)}."))
    if report.documents:
        console.print(_summary(report))
    if report.settings:
        console.print(f"Site settings filled in: {', '.join(report.settings)}", markup=False)
    for line in decisions(report):
        console.print(line, soft_wrap=True)
    for problem in report.problems:
        _print_problem("", problem, console)
    lines = _lines_by_message(report)
    for document in report.documents:
        for problem in document.problems:
            same = lines.get(_message_key(problem), [])
            if len(same) < MIN_MERGED:
                _print_problem(document.path, problem, console)
            elif same[0] == (document.path, problem.line):
                _print_problem(document.path, problem, console, same[1:])
    console.print(Text(_closing_line(report)))


def decisions(report: Report) -> Iterator[Text]:
    """Yield a line for each kind of error and warning, with its number and the first places; the most severe first.

    Of few problems the lines below say it all.
    """
    places: dict[tuple[Severity, str], list[str]] = {}
    for path, problem in report.located_problems():
        if problem.severity in _SHOWN:
            where = f"{path}:{problem.line}" if path and problem.line else path or problem.message.partition(":")[0]
            places.setdefault((problem.severity, problem.code), []).append(where)
    if sum(map(len, places.values())) < MIN_GROUPED:
        return
    for (severity, code), found in sorted(places.items(), key=lambda item: (_SHOWN.index(item[0][0]), -len(item[1]))):
        named = ", ".join(_printable(place) for place in found[:PLACES_NAMED])
        rest = f" and {len(found) - PLACES_NAMED} more" if len(found) > PLACES_NAMED else ""
        yield Text.assemble((f"{_counted(len(found), severity.value)}  {code}", _STYLES[severity]), f"  {named}{rest}")
    yield Text()


def _message_key(problem: Problem) -> tuple[str, ...]:
    return problem.severity, problem.code, problem.message


def _lines_by_message(report: Report) -> dict[tuple[str, ...], list[tuple[str, int]]]:
    """Return path and line of equal warnings, by severity, code and message."""
    lines: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for document in report.documents:
        for problem in document.problems:
            if problem.severity is Severity.WARNING and problem.line:
                lines.setdefault(_message_key(problem), []).append((document.path, problem.line))
    return lines


def _summary(report: Report) -> Table:
    outcomes = [name for name in OUTCOMES if report.totals["outcomes"][name]]
    table = Table(
        box=box.SIMPLE_HEAD,
        show_footer=True,
        pad_edge=False,
        caption="native, approximated, kept and refused count parts of texts",
    )
    table.add_column("documents", footer="all")
    for name in outcomes:
        table.add_column(name, justify="right", footer=str(report.totals["outcomes"][name]))
    for name in CONSTRUCTS:
        table.add_column(name, justify="right", footer=str(report.totals["constructs"][name]))
    for kind in dict.fromkeys(document.kind for document in report.documents):
        documents = [document for document in report.documents if document.kind == kind]
        counts = Counter(document.outcome for document in documents)
        parts = [sum(document.constructs.get(name, 0) for document in documents) for name in CONSTRUCTS]
        table.add_row(Text(kind), *(str(counts[name] or "") for name in outcomes), *(str(part or "") for part in parts))
    return table


def _print_problem(path: str, problem: Problem, console: Console, also: Sequence[tuple[str, int]] = ()) -> None:
    if problem.severity not in _SHOWN:
        return
    location = f"{path}:{problem.line}" if problem.line else path
    line = Text()
    if location:
        line.append(f"{_printable(location)}  ")
    line.append(problem.code, style=_STYLES[problem.severity])
    line.append(f"  {_printable(problem.message)}")
    if also:
        named = ", ".join(_printable(f"{path}:{number}") for path, number in also[:ALSO_NAMED])
        rest = len(also) - ALSO_NAMED
        line.append(f" ({len(also) + 1} times; also {named}{f' and {rest} more' if rest > 0 else ''})")
    console.print(line, soft_wrap=True)


def _printable(text: str) -> str:
    """Replace control characters, so that a file name or its content cannot control the terminal."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _closing_line(report: Report) -> str:
    problems = report.totals["problems"]
    number = len(report.documents)
    return (
        f"{number} {'document' if number == 1 else 'documents'} in {report.seconds:.1f} s, "
        f"{_counted(problems['error'], 'error')}, {_counted(problems['warning'], 'warning')}, "
        f"{_counted(problems['info'], 'note')}."
    )


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
