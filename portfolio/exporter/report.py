"""What an export wrote, and what it could not write as the pages have it."""

from __future__ import annotations

from dataclasses import dataclass, field

from portfolio.importer.document import Problem, Severity


@dataclass(slots=True)
class ExportReport:
    """Files by what became of them, and problems with the file they are about."""

    untouched: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    assets: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    problems: list[tuple[str, Problem]] = field(default_factory=list)

    def report(self, path: str, *problems: Problem) -> None:
        self.problems += [(path, problem) for problem in problems]

    @property
    def has_errors(self) -> bool:
        return any(problem.severity is Severity.ERROR for _, problem in self.problems)

    def lines(self) -> list[str]:
        """The report as text: a line for each problem, then the numbers."""
        told = [
            f"{path}  {problem.severity}  {problem.code}  {problem.message}"
            for path, problem in dict.fromkeys(self.problems)
        ]
        counts = (
            (self.untouched, "as they were imported"),
            (self.edited, "edited"),
            (self.new, "new"),
        )
        said = ", ".join(f"{len(files)} {words}" for files, words in counts)
        gone = f" {len(self.left_out)} left out, since their pages were deleted." if self.left_out else ""
        return [*told, f"Documents: {said}. {len(self.assets)} pictures and files.{gone}"]
