"""An import's report arranged for somebody who wants to know: is it good, and what must I look at?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator

SHOWN = 20  # of one kind, before "and more"
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Kind:
    """Problems of one kind: which codes they have, and what to say of them."""

    heading: str
    said: str
    codes: frozenset[str]


KINDS = (
    Kind(
        "Conflicts",
        "Changed here and in the source. The page keeps what was edited here until somebody decides.",
        frozenset({"conflict", "edited-here"}),
    ),
    Kind(
        "Old addresses without an answer",
        "Nobody who follows an old link to these will find anything.",
        frozenset({"dead-address", "no-equivalent", "bad-address", "long-address"}),
    ),
    Kind(
        "Missing pictures and files",
        "The texts show them, and the source does not have them or they cannot be used.",
        frozenset({"missing-image", "missing-file", "unusable-image", "remote-image", "remote-media", "refused-file"}),
    ),
    Kind("Dead links", "They lead to a page that the source does not have.", frozenset({"dead-link"})),
)
OTHER = Kind("Also worth a look", "", frozenset())


@dataclass(frozen=True, slots=True)
class Note:
    path: str
    line: int | None
    severity: str
    code: str
    message: str


@dataclass(slots=True)
class Group:
    kind: Kind
    notes: list[Note] = field(default_factory=list)

    @property
    def shown(self) -> list[Note]:
        return self.notes[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.notes) - SHOWN)

    @property
    def has_errors(self) -> bool:
        return any(note.severity == "error" for note in self.notes)


@dataclass(frozen=True, slots=True)
class Tile:
    number: int
    words: str
    outcome: str = ""


class Reading:
    """What the template shows of a report; ``outcome`` narrows the list of documents."""

    def __init__(self, report: dict[str, Any], *, dry_run: bool, outcome: str = "", page: Any = 1) -> None:
        self.report = report
        self.dry_run = dry_run
        self.outcome = outcome if outcome in report["totals"]["outcomes"] else ""
        self.page = page

    @property
    def documents(self) -> list[dict[str, Any]]:
        return self.report["documents"]

    @property
    def tiles(self) -> list[Tile]:
        outcomes = self.report["totals"]["outcomes"]
        words = {
            "created": "to create" if self.dry_run else "created",
            "updated": "to update" if self.dry_run else "updated",
            "merged": "to merge" if self.dry_run else "merged",
            "conflict": "in conflict",
            "unchanged": "unchanged",
            "skipped": "left out",
            "rejected": "cannot be read",
        }
        always = ("created", "updated", "conflict")
        return [Tile(outcomes[name], said, name) for name, said in words.items() if outcomes[name] or name in always]

    @property
    def kept(self) -> int:
        return self.report["totals"]["constructs"]["kept"]

    @property
    def kept_in(self) -> list[dict[str, Any]]:
        """The documents with the most parts that stay as written."""
        some = [document for document in self.documents if document["constructs"]["kept"]]
        return sorted(some, key=lambda document: -document["constructs"]["kept"])[:SHOWN]

    @property
    def parts(self) -> int:
        return sum(self.report["totals"]["constructs"].values())

    @property
    def old_addresses(self) -> int:
        return sum(len(document["old_urls"]) for document in self.documents)

    @property
    def groups(self) -> list[Group]:
        groups = {kind: Group(kind) for kind in (*KINDS, OTHER)}
        for note in self.notes():
            if note.severity != "info":
                kind = next((kind for kind in KINDS if note.code in kind.codes), OTHER)
                groups[kind].notes.append(note)
        return [group for group in groups.values() if group.notes]

    def notes(self) -> Iterator[Note]:
        for problem in self.report["problems"]:
            yield Note("", problem["line"], problem["severity"], problem["code"], problem["message"])
        for document in self.documents:
            for problem in document["problems"]:
                yield Note(document["path"], problem["line"], problem["severity"], problem["code"], problem["message"])

    @property
    def errors(self) -> int:
        return Counter(note.severity for note in self.notes())["error"]

    @property
    def listed(self) -> Page:
        some = [row for row in self.documents if not self.outcome or row["outcome"] == self.outcome]
        return Paginator(some, PER_PAGE).get_page(self.page)

    @property
    def writes(self) -> bool:
        """Whether an import would change anything."""
        outcomes = self.report["totals"]["outcomes"]
        return any(outcomes[name] for name in ("created", "updated", "merged"))
