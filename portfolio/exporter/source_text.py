"""What a source file says of itself: its front matter as written, and where it belongs once it is published. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from portfolio.exporter.front_matter import nodes
from portfolio.importer.bounded_yaml import YamlError
from portfolio.importer.frontmatter import FrontMatterError, split_front_matter


class Dated(Protocol):
    date: datetime


def front_matter_of(source: bytes) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of a file's front matter by key, and the text of each as it stands there."""
    try:
        front = split_front_matter(source)
    except FrontMatterError:
        return {}, {}
    if front.syntax != "yaml":
        return front.values, {}
    head = source[front.span.start : front.body_start].decode("utf-8").removeprefix("\ufeff")
    inside = head.partition("\n")[2]
    for closing in ("\n---", "\n..."):
        inside = inside[: inside.rfind(closing) + 1] if closing in inside else inside
    inside = "" if inside.startswith(("---", "...")) else inside
    try:
        found = nodes(inside)
    except YamlError:
        return front.values, {}
    return front.values, {name.value: inside[value.start_mark.index : value.end_mark.index] for name, value in found}


def published_path(path: str, page: Dated | Any) -> str:
    """Where a draft lies once it is published: among the posts, under its date. Other files stay where they are."""
    folder, found, name = path.rpartition("_drafts/")
    if not found or not hasattr(page, "date"):
        return path
    dated = name if name[:4].isdigit() and name[4:5] == "-" else f"{page.date:%Y-%m-%d}-{name}"
    return f"{folder}_posts/{dated}"
