"""What one rendering knows besides its template: the site, the page, and the problems found on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portfolio.importer.document import Problem, Severity
from portfolio.importer.liquid.drops import RenderAnother, site_values
from portfolio.importer.site_context import SiteContext
from portfolio.markdown.options import Options


@dataclass(slots=True)
class LiquidContext:
    """``page`` is what templates see as ``page``; ``path`` is the document's path in the source."""

    site: SiteContext
    page: Mapping[str, Any]
    path: str
    options: Options = field(default_factory=Options)
    problems: list[Problem] = field(default_factory=list)
    text: str = ""
    offset: int = 0  # of the top-level node being rendered

    def variables(self, render: RenderAnother) -> dict[str, Any]:
        """What a document's template sees; ``render`` is how Liquid in the text of another document is rendered."""
        values = site_values(self.site, self.options, render)
        entry = next((entry for entry in self.site.entries if entry.path == self.path), None)
        return {
            "site": values.site,
            "page": values.page(entry) if entry else dict(self.page),
            "jekyll": {"version": "4.3.1", "environment": "production"},
            "content": "",
        }

    def report(self, severity: Severity, code: str, message: str, token: object = None) -> None:
        """Note a problem once, at the tag's own line or, inside an include, at the line that includes it."""
        position = self.offset
        if getattr(token, "source", None) == self.text and getattr(token, "start_index", -1) >= 0:
            position = token.start_index  # type: ignore[attr-defined]
        problem = Problem(severity, code, message, self.text.count("\n", 0, position) + 1)
        if problem not in self.problems:
            self.problems.append(problem)
