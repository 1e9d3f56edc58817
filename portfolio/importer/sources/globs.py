"""Patterns of a site's configuration, matched in time that grows with pattern and path and never with their powers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

MOST_ALTERNATIVES = 64
_BRACES = re.compile(r"\{([^{}]*)\}")

Component = re.Pattern[str] | None  # None for ``**/``, any number of folders


@lru_cache(maxsize=2048)
def glob_pattern(glob: str) -> re.Pattern[str]:
    """Ruby's ``File.fnmatch`` without flags: ``*`` crosses slashes."""
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
    """The stretches with a star between each two. What a star and the stretch behind it took is never tried again.

    The nearest place for each stretch is always good enough, as in Python's own ``fnmatch``.
    """
    if len(stretches) == 1:
        return stretches[0]
    between = "".join(f"(?>{anything}*?{stretch})" for stretch in stretches[1:-1])
    return f"{stretches[0]}{between}{anything}*{stretches[-1]}"


def begins_with(glob: str, parts: Sequence[str]) -> bool:
    """Whether Ruby's ``Dir.glob`` would find a folder or file of the path made of ``parts``: it or one above it.

    ``*`` stays inside a folder, ``**/`` is any number of folders, ``{a,b}`` is a choice.
    """
    return any(_finds(components, parts) for components in _alternatives(glob))


def _finds(components: Sequence[Component], parts: Sequence[str]) -> bool:
    end = len(components)
    places = _skipping({0}, components)
    for part in parts:
        reached = {place for place in places if place < end and components[place] is None}
        for place in places:
            if place < end and (pattern := components[place]) is not None and pattern.fullmatch(part):
                reached.add(place + 1)
        places = _skipping(reached, components)
        if end in places:
            return True
    return False


def _skipping(places: set[int], components: Sequence[Component]) -> set[int]:
    """The places, and those behind each ``**/``, which may stand for no folder at all."""
    found = set(places)
    for place in sorted(places):
        while place < len(components) and components[place] is None:
            place += 1
            found.add(place)
    return found


@lru_cache(maxsize=2048)
def _alternatives(glob: str) -> tuple[tuple[Component, ...], ...]:
    globs = [glob]
    while (braces := next(filter(None, map(_BRACES.search, globs)), None)) is not None:
        written = braces.string
        choices = [written[: braces.start()] + choice + written[braces.end() :] for choice in braces[1].split(",")]
        globs.remove(written)
        globs += choices
        if len(globs) > MOST_ALTERNATIVES:
            return ((re.compile(re.escape(glob)),),)
    return tuple(tuple(map(_component, _parts(one))) for one in globs)


def _parts(glob: str) -> list[str]:
    """The folders of the pattern; several ``**/`` in a row are one, and one at the end is a star."""
    parts = glob.split("/")
    folders = [part for place, part in enumerate(parts[:-1]) if part != "**" or parts[place - 1 : place] != ["**"]]
    return [*folders, parts[-1].replace("**", "*")]


def _component(part: str) -> Component:
    if part == "**":
        return None
    stretches = [re.escape(stretch).replace(r"\?", ".") for stretch in re.split(r"\*+", part)]
    return re.compile(_with_stars(stretches, "."), re.DOTALL)
