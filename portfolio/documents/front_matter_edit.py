"""Edit front matter key by key; order, quotation marks, comments and everything else stay as written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

import yaml

from portfolio.documents.front_matter import MAX_FRONT_MATTER, FrontMatterError, key_line, split_front_matter, yaml_span
from portfolio.documents.yaml_reader import YamlError, compose_yaml, load_yaml
from portfolio.documents.yaml_writer import Verbatim, entry, flow, is_plain, scalar


class Sentinel(Enum):
    """Marker values that cannot occur in front matter."""

    REMOVED = "removed"


REMOVED = Sentinel.REMOVED


class FrontMatterUnchangeable(ValueError):
    """The front matter cannot be edited; the message gives the reason.

    ``line`` is 1-based in the file, None when unknown.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def new_front_matter(values: Mapping[str, Any]) -> str:
    """Return the front matter of a new file; keys without a value are left out."""
    return "---\n" + "".join(entry(key, value) for key, value in values.items() if has_value(value)) + "---\n"


def has_value(value: Any) -> bool:
    return value not in (None, "", [], {})


def changed(head: str, changes: Mapping[str, Any]) -> str:
    """Return ``head`` (a file up to its body) with ``changes`` applied: new values by key, or ``REMOVED``.

    A value may be text, a number, a list or a mapping. Raises ``FrontMatterUnchangeable`` for TOML, and for YAML that
    cannot be changed safely.
    """
    if not changes:
        return head
    mark = "\ufeff" if head.startswith("\ufeff") else ""
    if not head.removeprefix(mark).strip():
        return mark + new_front_matter({key: value for key, value in changes.items() if value is not REMOVED})
    data = head.encode()
    span = yaml_span(data)
    if span is None:
        raise FrontMatterUnchangeable("only front matter in YAML can be edited; this is TOML or header lines")
    newline = "\r\n" if data[: span.start].endswith(b"\r\n") else "\n"
    inside = data[span.start : span.end].decode()
    try:
        for key, value in changes.items():
            inside = with_key(inside, key, value).replace("\r\n", "\n").replace("\n", newline)
    except YamlError as error:
        line = error.line + 1 if error.line else None
        raise FrontMatterUnchangeable(f"the front matter cannot be edited: {error.message}", line) from error
    except FrontMatterUnchangeable as error:
        raise FrontMatterUnchangeable(error.message, key_line(data, key)) from error
    return data[: span.start].decode() + inside + data[span.end :].decode()


def with_key(text: str, key: str, value: Any) -> str:
    """Return the YAML mapping ``text`` with one key changed: in place if that verifiably works, else rewritten."""
    expected = dict(read(text))
    expected.pop(key, None)
    if value is not REMOVED:
        expected[key] = read(entry(key, value)).get(key)
    for attempt in (in_place, as_whole_key):
        result = attempt(text, key, value)
        if result is not None and same(result, expected):
            return result
    raise FrontMatterUnchangeable(f"the key {key} cannot be changed without changing others")


def same(text: str, expected: Mapping[str, Any]) -> bool:
    try:
        actual = read(text)
    except YamlError:
        return False
    return {key: _words(value) for key, value in actual.items()} == {
        key: _words(value) for key, value in expected.items()
    }


def _words(value: Any) -> Any:
    """Normalise a list of names, which may also be written as words with spaces; the order does not matter."""
    if isinstance(value, str):
        return sorted(value.split())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return sorted(word for item in value for word in item.split())
    return value


def read(text: str) -> dict[str, Any]:
    values = load_yaml(text, max_bytes=MAX_FRONT_MATTER)
    return {str(name): value for name, value in values.items()} if isinstance(values, dict) else {}


def nodes(text: str) -> list[tuple[yaml.Node, yaml.Node]]:
    """Return the key and value nodes of a YAML mapping with their positions, as the import parses them.

    Raises ``YamlError``.
    """
    root = compose_yaml(text, max_bytes=MAX_FRONT_MATTER)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return [(name, value) for name, value in pairs if isinstance(name, yaml.ScalarNode)]


def in_place(text: str, key: str, value: Any) -> str | None:
    """Replace only the characters of the value; None if its form cannot hold the new one."""
    node = next((value_node for name, value_node in nodes(text) if name.value == key), None)
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
    """Return ``new`` in the order of ``old``: renamed items in place of what they replace, others at the end."""
    added = [name for name in new if name not in old]
    gone = [name for name in old if name not in new]
    renamed = dict(zip(gone, added, strict=False)) if len(gone) == len(added) else {}
    ordered = [renamed.get(name, name) for name in old if name in new or name in renamed]
    return ordered if renamed else [*ordered, *added]


def flow_sequence(text: str, node: yaml.SequenceNode, value: Sequence[str]) -> str:
    written = {item.value: text[item.start_mark.index : item.end_mark.index] for item in scalars(node)}
    style = next((item.style for item in scalars(node)), None)
    names = kept_order([item.value for item in scalars(node)], value)
    new = "[" + ", ".join(written.get(name) or scalar(name, style, in_list=True) for name in names) + "]"
    return text[: node.start_mark.index] + new + text[node.end_mark.index :]


def block_sequence(text: str, node: yaml.SequenceNode, value: Sequence[str]) -> str | None:
    """Edit items on lines of their own: replace, remove and add lines."""
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
        line = items[-1].start_mark.line + 1 - sum(name not in names for name in old)
        lead = text.splitlines()[first.start_mark.line][: first.start_mark.column]
        lines[line:line] = [f"{lead}{scalar(name, first.style, in_list=True)}\n" for name in added]
    return "".join(lines) if names else None


def scalars(node: yaml.SequenceNode) -> list[yaml.ScalarNode]:
    return [item for item in node.value if isinstance(item, yaml.ScalarNode)]


def as_whole_key(text: str, key: str, value: Any) -> str:
    """Rewrite the lines of the key in place, or add them at the end."""
    pairs = nodes(text)
    new = "" if value is REMOVED else entry(key, value)
    lines = text.splitlines(keepends=True)
    for index, (name, node) in enumerate(pairs):
        if name.value == key:
            start = name.start_mark.line
            end = pairs[index + 1][0].start_mark.line if index + 1 < len(pairs) else len(lines)
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
        return node.start_mark.line  # blank lines after it do not belong to the key
    return node.end_mark.line - (1 if node.end_mark.column == 0 and node.end_mark.line > node.start_mark.line else 0)


__all__ = ["REMOVED", "FrontMatterUnchangeable", "Verbatim", "changed", "new_front_matter"]


def values_and_texts(source: bytes) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of a file's front matter by key, and the text of each as written."""
    try:
        front = split_front_matter(source)
    except FrontMatterError:
        return {}, {}
    if front.syntax != "yaml":
        return front.values, {}
    span = yaml_span(source)
    inside = source[span.start : span.end].decode("utf-8") if span else ""
    try:
        pairs = nodes(inside)
    except YamlError:
        return front.values, {}
    return front.values, {name.value: inside[value.start_mark.index : value.end_mark.index] for name, value in pairs}
