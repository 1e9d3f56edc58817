"""What one rendering knows besides its template: the site, the page, and the problems found on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portfolio.importer.document import Problem, Severity
from portfolio.importer.liquid.drops import RenderAnother, site_values
from portfolio.importer.site_context import SiteContext
from portfolio.markdown.options import Options

MOST_PROBLEMS = 500


@dataclass(slots=True)
class LiquidContext:
    """``page`` is what templates see as ``page``; ``path`` is the document's path in the source."""

    site: SiteContext
    page: Mapping[str, Any]
    path: str
    options: Options = field(default_factory=Options)
    noted: dict[Problem, None] = field(default_factory=dict)
    text: str = ""
    offset: int = 0  # of the top-level node being rendered

    @property
    def problems(self) -> list[Problem]:
        return list(self.noted)

    def variables(self, render: RenderAnother) -> dict[str, Any]:
        """What a document's template sees; ``render`` is how Liquid in the text of another document is rendered."""
        values = site_values(self.site, self.options, render)
        entry = self.site.entry(self.path)
        return {
            "site": values.site,
            "page": values.page(entry) if entry else dict(self.page),
            "jekyll": {"version": "4.3.1", "environment": "production"},
            "content": "",
        }

    def report(self, severity: Severity, code: str, message: str, token: object = None) -> None:
        """Note a problem once, at the tag's own line or, inside an include, at the line that includes it.

        A document full of them is told of `MOST_PROBLEMS`; the last one says that there are more.
        """
        if len(self.noted) > MOST_PROBLEMS:
            return
        position = self.offset
        if getattr(token, "source", None) == self.text and getattr(token, "start_index", -1) >= 0:
            position = token.start_index  # type: ignore[attr-defined]
        if len(self.noted) == MOST_PROBLEMS:
            code, message = "more-problems", f"more than {MOST_PROBLEMS} problems of Liquid; the others are not told"
        self.noted.setdefault(Problem(severity, code, message, self.text.count("\n", 0, position) + 1))
