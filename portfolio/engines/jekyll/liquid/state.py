"""State of one rendering: the site, the page, and the problems found so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portfolio.documents.document import Problem, Severity
from portfolio.engines.jekyll.liquid.drops import RenderAnother, site_values
from portfolio.engines.jekyll.site import JekyllSite
from portfolio.markdown.options import Options

MAX_PROBLEMS = 500
MORE_PROBLEMS = "more-problems"


@dataclass(slots=True)
class LiquidContext:
    """``page`` is the template variable ``page``; ``path`` is the path of the document in the source."""

    site: JekyllSite
    page: Mapping[str, Any]
    path: str
    options: Options = field(default_factory=Options)
    noted: dict[Problem, None] = field(default_factory=dict)
    text: str = ""
    offset: int = 0  # of the top-level node being rendered
    includes_document: bool = False

    @property
    def problems(self) -> list[Problem]:
        """Return the problems by line, since some are found by the parser and others during rendering."""
        return sorted(self.noted, key=lambda problem: (problem.code == MORE_PROBLEMS, problem.line or 0))

    def variables(self, render: RenderAnother) -> dict[str, Any]:
        """Return the template variables; ``render`` renders Liquid in the text of another document."""
        values = site_values(self.site, self.options, render)
        entry = self.site.entry(self.path)
        return {
            "site": values.site,
            "page": values.page(entry) if entry else dict(self.page),
            "jekyll": {"version": "4.3.1", "environment": "production"},
            "content": "",
        }

    def report(self, severity: Severity, code: str, message: str, token: object = None) -> None:
        """Record a problem once, at the line of the tag or, inside an include, of the include tag.

        At most `MAX_PROBLEMS` are recorded; the last one says that there are more.
        """
        if len(self.noted) > MAX_PROBLEMS:
            return
        position = self.offset
        if getattr(token, "source", None) == self.text and getattr(token, "start_index", -1) >= 0:
            position = token.start_index  # type: ignore[attr-defined]
        if len(self.noted) == MAX_PROBLEMS:
            code, message = MORE_PROBLEMS, f"more than {MAX_PROBLEMS} problems of Liquid; the others are not reported"
        self.noted.setdefault(Problem(severity, code, message, self.text.count("\n", 0, position) + 1))
