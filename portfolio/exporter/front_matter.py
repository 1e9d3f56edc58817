"""Front matter changed key by key; order, quotation marks, comments and everything else stay as they were written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

import yaml

from portfolio.exporter.yaml_text import Verbatim, entry, flow, is_plain, scalar
from portfolio.importer.bounded_yaml import YamlError, load_yaml
from portfolio.importer.frontmatter import MAX_FRONT_MATTER


class Sentinel(Enum):
    """Values that no front matter holds."""

    REMOVED = "removed"


REMOVED = Sentinel.REMOVED


class FrontMatterUnchangeable(ValueError):
    """The front matter is of a form that cannot be edited; the message says which."""


def new_front_matter(values: Mapping[str, Any]) -> str:
    """Front matter of a new file; keys without a value are left out."""
    return "---\n" + "".join(entry(key, value) for key, value in values.items() if has_value(value)) + "---\n"


def has_value(value: Any) -> bool:
    return value not in (None, "", [], {})


def changed(head: str, changes: Mapping[str, Any]) -> str:
    """``head`` (a file up to its body) with ``changes`` made: new values by key, or ``REMOVED``.

    A value may be text, a number, a list or a mapping. Raises ``FrontMatterUnchangeable`` for TOML.
    """
    if not changes:
        return head
    mark = "\ufeff" if head.startswith("\ufeff") else ""
    if not head.removeprefix(mark).strip():
        return mark + new_front_matter({key: value for key, value in changes.items() if value is not REMOVED})
    opening, _, rest = head.removeprefix(mark).partition("\n")
    if opening.rstrip() != "---":
        raise FrontMatterUnchangeable("only front matter in YAML can be edited; this is TOML")
    lines = rest.splitlines(keepends=True)
    end = next(number for number, line in enumerate(lines) if line.rstrip() in ("---", "..."))
    newline = "\r\n" if opening.endswith("\r") else "\n"
    inside = "".join(lines[:end])
    for key, value in changes.items():
        inside = with_key(inside, key, value).replace("\r\n", "\n").replace("\n", newline)
    return f"{mark}{opening}\n{inside}{''.join(lines[end:])}"


def with_key(text: str, key: str, value: Any) -> str:
    """The YAML mapping ``text`` with one key changed: in its place where that can be proved right, else anew."""
    wanted = dict(read(text))
    wanted.pop(key, None)
    if value is not REMOVED:
        wanted[key] = read(entry(key, value)).get(key)
    for attempt in (in_place, as_whole_key):
        result = attempt(text, key, value)
        if result is not None and same(result, wanted):
            return result
    raise FrontMatterUnchangeable(f"the key {key} cannot be changed without changing others")


def same(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        found = read(text)
    except YamlError:
        return False
    return {key: _words(value) for key, value in found.items()} == {key: _words(value) for key, value in wanted.items()}


def _words(value: Any) -> Any:
    """A list of names may as well be written as words between blanks; their order means nothing here."""
    if isinstance(value, str):
        return sorted(value.split())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return sorted(word for item in value for word in item.split())
    return value


def read(text: str) -> dict[str, Any]:
    values = load_yaml(text, max_bytes=MAX_FRONT_MATTER)
    return {str(name): value for name, value in values.items()} if isinstance(values, dict) else {}


def nodes(text: str) -> list[tuple[yaml.Node, yaml.Node]]:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return list(root.value) if isinstance(root, yaml.MappingNode) else []


def in_place(text: str, key: str, value: Any) -> str | None:
    """Only the value's own characters replaced; None where its form cannot hold the new one."""
    node = next((found for name, found in nodes(text) if name.value == key), None)
    if node is None or value is REMOVED or isinstance(value, Mapping):
        return None
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode):
        if node.style in ("|", ">"):
            return None
        if isinstance(value, list):
            words = all(is_plain(word) and len(word.split()) == 1 for word in value)
            new = " ".join(kept_order(node.value.split(), value)) if words and value else flow(value)
        else:
            new = scalar(value, node.style)
        return text[:start] + (new if start != end else " " + new) + text[end:]
    if isinstance(node, yaml.SequenceNode) and isinstance(value, list):
        return flow_sequence(text, node, value) if node.flow_style else block_sequence(text, node, value)
    return None


def kept_order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The names of ``new`` in the order they had: renamed ones in the place of what they replace, others at the end."""
    added = [name for name in new if name not in old]
    gone = [name for name in old if name not in new]
    renamed = dict(zip(gone, added, strict=False)) if len(gone) == len(added) else {}
    kept = [renamed.get(name, name) for name in old if name in new or name in renamed]
    return kept if renamed else [*kept, *added]


def flow_sequence(text: str, node: yaml.SequenceNode, value: Sequence[str]) -> str:
    written = {item.value: text[item.start_mark.index : item.end_mark.index] for item in scalars(node)}
    style = next((item.style for item in scalars(node)), None)
    names = kept_order([item.value for item in scalars(node)], value)
    new = "[" + ", ".join(written.get(name) or scalar(name, style, in_list=True) for name in names) + "]"
    return text[: node.start_mark.index] + new + text[node.end_mark.index :]


def block_sequence(text: str, node: yaml.SequenceNode, value: Sequence[str]) -> str | None:
    """Items on lines of their own: lines are replaced, taken out and added."""
    items = scalars(node)
    if not items or len(items) != len(node.value):
        return None
    lines = text.splitlines(keepends=True)
    names = kept_order([item.value for item in items], value)
    old = [item.value for item in items]
    added = [name for name in names if name not in old]
    in_place_of = dict(zip([name for name in old if name not in names], added, strict=False))
    renamed = in_place_of if len(in_place_of) == len(added) == len([name for name in old if name not in names]) else {}
    first = items[0]
    for item in reversed(items):
        number = item.start_mark.line
        if item.value in renamed:
            start, end = item.start_mark.column, item.end_mark.column
            new = scalar(renamed[item.value], item.style, in_list=True)
            lines[number] = lines[number][:start] + new + lines[number][end:]
        elif item.value not in names:
            del lines[number]
    if not renamed and added:
        place = items[-1].start_mark.line + 1 - sum(name not in names for name in old)
        lead = text.splitlines()[first.start_mark.line][: first.start_mark.column]
        lines[place:place] = [f"{lead}{scalar(name, first.style, in_list=True)}\n" for name in added]
    return "".join(lines) if names else None


def scalars(node: yaml.SequenceNode) -> list[yaml.ScalarNode]:
    return [item for item in node.value if isinstance(item, yaml.ScalarNode)]


def as_whole_key(text: str, key: str, value: Any) -> str:
    """The key's lines taken out and written anew in their place, or at the end."""
    found = nodes(text)
    new = "" if value is REMOVED else entry(key, value)
    lines = text.splitlines(keepends=True)
    for place, (name, node) in enumerate(found):
        if name.value == key:
            start = name.start_mark.line
            end = found[place + 1][0].start_mark.line if place + 1 < len(found) else len(lines)
            while end > max(start + 1, last_line(node) + 1) and (
                lines[end - 1].startswith("#") or not lines[end - 1].strip()
            ):
                end -= 1
            return "".join([*lines[:start], new, *lines[end:]])
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return "".join(lines) + new


def last_line(node: yaml.Node) -> int:
    if isinstance(node, yaml.SequenceNode | yaml.MappingNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return last_line(last[1] if isinstance(last, tuple) else last)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return node.start_mark.line  # blank lines behind it are not the key's
    return node.end_mark.line - (1 if node.end_mark.column == 0 and node.end_mark.line > node.start_mark.line else 0)


__all__ = ["REMOVED", "FrontMatterUnchangeable", "Verbatim", "changed", "new_front_matter"]
