"""Unused files: report the files of a folder that no page uses, so that the report is complete."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Set
from itertools import groupby

from portfolio.documents.document import Problem, Severity

MAX_NAMED = 5  # files of one folder that are named
MAX_FOLDERS = 200


def unused_files(others: Iterable[str], used: Set[str]) -> tuple[Problem, ...]:
    """Return a note for each folder with files that are not documents and that no page uses."""
    unused = sorted((posixpath.dirname(path), posixpath.basename(path)) for path in others if path not in used)
    problems = []
    for folder, group in groupby(unused, key=lambda entry: entry[0]):
        names = [name for _, name in group]
        rest = len(names) - MAX_NAMED
        listed = ", ".join(names[:MAX_NAMED]) + (f" and {rest} more" if rest > 0 else "")
        verb = "is" if len(names) == 1 else "are"
        message = (
            f"{folder or '.'}: {listed} {verb} not taken: no page shows or links to {'it' if verb == 'is' else 'them'}"
        )
        problems.append(Problem(Severity.INFO, "unused-file", message))
    if len(problems) > MAX_FOLDERS:
        message = f"and files of {len(problems) - MAX_FOLDERS} more folders"
        problems = [*problems[:MAX_FOLDERS], Problem(Severity.INFO, "unused-file", message)]
    return tuple(problems)
