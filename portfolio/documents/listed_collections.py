"""Names of collections whose documents become pages of a type that the new site lists itself."""

from __future__ import annotations

PROJECTS = frozenset({"project", "projects", "portfolio"})
PUBLICATIONS = frozenset({"publication", "publications", "papers"})
TALKS = frozenset({"talk", "talks"})

LISTED = PROJECTS | PUBLICATIONS | TALKS

# Their documents are pages of such a type too, among others: a page that lists only these stays a page.
TEACHING = frozenset({"teaching", "teachings"})
NEWS = frozenset({"news"})
