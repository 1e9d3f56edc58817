"""Glob patterns of a site's configuration, matched without exponential or quadratic backtracking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

MAX_ALTERNATIVES = 64
_BRACES = re.compile(r"\{([^{}]*)\}")

Component = re.Pattern[str] | None  # None for ``**/``, any number of folders


@lru_cache(maxsize=2048)
def glob_pattern(glob: str) -> re.Pattern[str]:
    """Compile a pattern of Ruby's ``File.fnmatch`` without flags, in which ``*`` also matches slashes."""
    stretches: list[list[str]] = [[]]
    position = 0
    while position < len(glob):
        character = glob[position]
        if character == "*":
            while glob[position : position + 1] == "*":
                position += 1
            stretches.append([])
            continue
        closing = glob.find("]", position + 2) if character == "[" else -1
        if character == "?":
            stretches[-1].append(".")
        elif closing > 0:
            inside = glob[position + 1 : closing].replace("\\", "\\\\").replace("[", "\\[")
            stretches[-1].append(f"[{'^' + inside[1:] if inside[0] in '!^' else inside}]")
            position = closing
        elif character == "\\" and position + 1 < len(glob):
            position += 1
            stretches[-1].append(re.escape(glob[position]))
        else:
            stretches[-1].append(re.escape(character))
        position += 1
    try:
        return re.compile(_with_stars(["".join(stretch) for stretch in stretches], "."), re.DOTALL)
    except re.error:
        return re.compile(re.escape(glob))


def _with_stars(stretches: Sequence[str], anything: str) -> str:
    """Join the stretches with stars between them, as atomic groups without backtracking.

    The first match of each stretch is always sufficient, as in Python's ``fnmatch``.
    """
    if len(stretches) == 1:
        return stretches[0]
    between = "".join(f"(?>{anything}*?{stretch})" for stretch in stretches[1:-1])
    return f"{stretches[0]}{between}{anything}*{stretches[-1]}"


def begins_with(glob: str, parts: Sequence[str]) -> bool:
    """Whether Ruby's ``Dir.glob`` would match the path made of ``parts``, or a folder above it.

    ``*`` matches inside a folder, ``**/`` matches any number of folders, ``{a,b}`` is an alternative.
    """
    return any(_finds(components, parts) for components in _alternatives(glob))


def _finds(components: Sequence[Component], parts: Sequence[str]) -> bool:
    end = len(components)
    positions = _skipping({0}, components)
    for part in parts:
        reached = {position for position in positions if position < end and components[position] is None}
        for position in positions:
            if position < end and (pattern := components[position]) is not None and pattern.fullmatch(part):
                reached.add(position + 1)
        positions = _skipping(reached, components)
        if end in positions:
            return True
    return False


def _skipping(positions: set[int], components: Sequence[Component]) -> set[int]:
    """Add the positions after each ``**/``, which may match no folder at all."""
    result = set(positions)
    for position in sorted(positions):
        while position < len(components) and components[position] is None:
            position += 1
            result.add(position)
    return result


@lru_cache(maxsize=2048)
def _alternatives(glob: str) -> tuple[tuple[Component, ...], ...]:
    globs = [glob]
    while (braces := next(filter(None, map(_BRACES.search, globs)), None)) is not None:
        written = braces.string
        choices = [written[: braces.start()] + choice + written[braces.end() :] for choice in braces[1].split(",")]
        globs.remove(written)
        globs += choices
        if len(globs) > MAX_ALTERNATIVES:
            return ((re.compile(re.escape(glob)),),)
    return tuple(tuple(map(_component, _parts(alternative))) for alternative in globs)


def _parts(glob: str) -> list[str]:
    """Split the pattern; repeated ``**/`` are one, and one at the end is a star."""
    parts = glob.split("/")
    folders = [part for index, part in enumerate(parts[:-1]) if part != "**" or parts[index - 1 : index] != ["**"]]
    return [*folders, parts[-1].replace("**", "*")]


def _component(part: str) -> Component:
    if part == "**":
        return None
    stretches = [re.escape(stretch).replace(r"\?", ".") for stretch in re.split(r"\*+", part)]
    return re.compile(_with_stars(stretches, "."), re.DOTALL)
