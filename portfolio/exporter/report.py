"""Export report: the files that were written, and the problems of each."""

from __future__ import annotations

from dataclasses import dataclass, field

from portfolio.documents.document import Problem, Severity


@dataclass(slots=True)
class ExportReport:
    """Paths of files by outcome, and problems with the path of their file.

    ``failed`` are edited documents that could not be written; the export has them as they were imported.
    """

    untouched: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    assets: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    problems: list[tuple[str, Problem]] = field(default_factory=list)

    def report(self, path: str, *problems: Problem) -> None:
        self.problems += [(path, problem) for problem in problems]

    @property
    def has_errors(self) -> bool:
        return any(problem.severity is Severity.ERROR for _, problem in self.problems)

    def lines(self) -> list[str]:
        """Return the report as lines of text: one for each problem, then a summary."""
        problems = [
            f"{path}{f':{problem.line}' if problem.line else ''}  {problem.severity}  {problem.code}  {problem.message}"
            for path, problem in dict.fromkeys(self.problems)
        ]
        counts = (
            (self.untouched, "as they were imported"),
            (self.edited, "edited"),
            (self.new, "new"),
        )
        documents = ", ".join(f"{len(files)} {words}" for files, words in counts)
        gone = f" {len(self.left_out)} left out, since their pages were deleted." if self.left_out else ""
        failed = f" {len(self.failed)} could not be written and are as they were." if self.failed else ""
        return [*problems, f"Documents: {documents}. {len(self.assets)} pictures and files.{gone}{failed}"]
