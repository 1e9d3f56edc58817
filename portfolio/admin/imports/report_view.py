"""View model: the report of an import as its page shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator

MAX_SHOWN = 20  # problems of one kind
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A group of problem codes with a heading and an explanation."""

    heading: str
    explanation: str
    codes: frozenset[str]


PROBLEM_KINDS = (
    ProblemKind(
        "Conflicts",
        "Changed here and in the source. The page keeps what was edited here until an editor decides.",
        frozenset({"conflict", "edited-here"}),
    ),
    ProblemKind(
        "Old addresses that do not answer",
        "Old links to these addresses will find nothing.",
        frozenset({"dead-address", "redirect-loop", "no-equivalent", "bad-address", "long-address"}),
    ),
    ProblemKind(
        "Missing pictures and files",
        "The texts use them, but they are not in the source or cannot be used.",
        frozenset({"missing-image", "missing-file", "unusable-image", "remote-image", "remote-media", "refused-file"}),
    ),
    ProblemKind("Dead links", "They lead to a page that is not in the source.", frozenset({"dead-link"})),
)
OTHER = ProblemKind("Other problems", "", frozenset())


@dataclass(frozen=True, slots=True)
class ReportNote:
    path: str
    line: int | None
    severity: str
    code: str
    message: str


@dataclass(slots=True)
class ProblemGroup:
    kind: ProblemKind
    notes: list[ReportNote] = field(default_factory=list)

    @property
    def shown(self) -> list[ReportNote]:
        return self.notes[:MAX_SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.notes) - MAX_SHOWN)

    @property
    def has_errors(self) -> bool:
        return any(note.severity == "error" for note in self.notes)


@dataclass(frozen=True, slots=True)
class SummaryTile:
    number: int
    label: str
    outcome: str = ""


class ReportView:
    """A report for the template; ``outcome`` filters the list of documents."""

    def __init__(self, report: dict[str, Any], *, dry_run: bool, outcome: str = "", page: Any = 1) -> None:
        self.report = report
        self.dry_run = dry_run
        self.outcome = outcome if outcome in report["totals"]["outcomes"] else ""
        self.page = page

    @property
    def documents(self) -> list[dict[str, Any]]:
        return self.report["documents"]

    @property
    def tiles(self) -> list[SummaryTile]:
        outcomes = self.report["totals"]["outcomes"]
        labels = {
            "created": "to create" if self.dry_run else "created",
            "updated": "to update" if self.dry_run else "updated",
            "merged": "to merge" if self.dry_run else "merged",
            "conflict": "in conflict",
            "unchanged": "unchanged",
            "skipped": "skipped",
            "rejected": "cannot be read",
        }
        always_shown = ("created", "updated", "conflict")
        return [
            SummaryTile(outcomes[name], label, name)
            for name, label in labels.items()
            if outcomes[name] or name in always_shown
        ]

    @property
    def kept_count(self) -> int:
        return self.report["totals"]["constructs"]["kept"]

    @property
    def documents_with_kept(self) -> list[dict[str, Any]]:
        """The documents with the most kept parts."""
        documents = [document for document in self.documents if document["constructs"]["kept"]]
        return sorted(documents, key=lambda document: -document["constructs"]["kept"])[:MAX_SHOWN]

    @property
    def construct_count(self) -> int:
        return sum(self.report["totals"]["constructs"].values())

    @property
    def old_url_count(self) -> int:
        return sum(len(document["old_urls"]) for document in self.documents)

    @property
    def groups(self) -> list[ProblemGroup]:
        groups = {kind: ProblemGroup(kind) for kind in (*PROBLEM_KINDS, OTHER)}
        for note in self.notes():
            if note.severity != "info":
                kind = next((kind for kind in PROBLEM_KINDS if note.code in kind.codes), OTHER)
                groups[kind].notes.append(note)
        return [group for group in groups.values() if group.notes]

    def notes(self) -> Iterator[ReportNote]:
        for problem in self.report["problems"]:
            yield ReportNote("", problem["line"], problem["severity"], problem["code"], problem["message"])
        for document in self.documents:
            for problem in document["problems"]:
                yield ReportNote(
                    document["path"], problem["line"], problem["severity"], problem["code"], problem["message"]
                )

    @property
    def error_count(self) -> int:
        return Counter(note.severity for note in self.notes())["error"]

    @property
    def document_page(self) -> Page:
        rows = [row for row in self.documents if not self.outcome or row["outcome"] == self.outcome]
        return Paginator(rows, PER_PAGE).get_page(self.page)

    @property
    def has_changes(self) -> bool:
        """Whether the import would change anything."""
        outcomes = self.report["totals"]["outcomes"]
        return any(outcomes[name] for name in ("created", "updated", "merged"))
