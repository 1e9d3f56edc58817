"""Names of collections whose documents become pages of a type that the new site lists itself."""

from __future__ import annotations

PROJECTS = frozenset({"project", "projects", "portfolio"})

LISTED = PROJECTS
