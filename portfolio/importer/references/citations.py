"""Citations of imported documents: those that lead to no publication are reported when all is stored."""

from __future__ import annotations

from dataclasses import dataclass, field

from portfolio.blocks.body.citations import unknown_citation_message, unknown_keys
from portfolio.documents.document import Document, Problem, Severity
from portfolio.markdown.citations import cited_keys


@dataclass(slots=True)
class ImportedCitations:
    """The keys that documents cite, with the line where each is first cited, by path."""

    lines: dict[str, dict[str, int]] = field(default_factory=dict)

    def gather(self, document: Document) -> None:
        for node in document.nodes:
            for key in cited_keys(node.html):
                self.lines.setdefault(document.path, {}).setdefault(key, node.line)

    def problems(self) -> dict[str, list[Problem]]:
        """What to report by path. Publications of the same import may be stored after the texts that cite them."""
        unknown = set(unknown_keys(key for lines in self.lines.values() for key in lines))
        found = {
            path: [
                Problem(Severity.WARNING, "missing-citation", unknown_citation_message(key), line)
                for key, line in lines.items()
                if key in unknown
            ]
            for path, lines in self.lines.items()
        }
        return {path: problems for path, problems in found.items() if problems}
