"""YAML reader: PyYAML's safe loader with limits on size, depth, aliases and merges."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.resolver import Resolver

try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]  # missing in the stubs
except ImportError:  # this PyYAML was built without libyaml
    CParser = None  # type: ignore[assignment, misc]  # the name of a class

if TYPE_CHECKING:
    _LoaderInterface = yaml.SafeLoader
else:
    _LoaderInterface = object  # the mixin is combined with either loader

MAX_DEPTH = 40
MAX_ALIASES = 200
MAX_NODES = 200_000  # after aliases and merge keys are written out
MAX_WRITTEN = 16 * 1024 * 1024  # characters, likewise


class YamlError(ValueError):
    """The text is not YAML or exceeds the limits. ``line`` is 1-based in the text, None if unknown."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class _Bounds(_LoaderInterface):
    """Mixin: limit the size of a document with its aliases expanded, before any value is built.

    A few lines of nested aliases can expand to a billion values. So the number of values and characters of each node,
    with its aliases expanded, is counted and limited.
    """

    def __init__(self) -> None:
        self._depth = 0
        self._aliases = 0
        self._weights: dict[int, tuple[int, int]] = {}
        self._open: set[str] = set()

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]  # not annotated in the stubs
        line = event.start_mark.line + 1
        if self.check_event(yaml.AliasEvent):
            self._aliases += 1
            if self._aliases > MAX_ALIASES:
                raise YamlError(f"more than {MAX_ALIASES} aliases", line)
            if event.anchor in self._open:
                raise YamlError(f"the alias *{event.anchor} contains itself", line)
            return super().compose_node(parent, index)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise YamlError(f"nested more than {MAX_DEPTH} levels deep", line)
        anchor = event.anchor
        if anchor is not None:
            self._open.add(anchor)
            self.anchors.pop(anchor, None)  # YAML 1.2 and Ruby allow an anchor to be redefined
        node = super().compose_node(parent, index)
        self._open.discard(anchor)
        self._depth -= 1
        self._weigh(node, line)
        return node

    def _weigh(self, node: Node | None, line: int) -> None:
        nodes, characters = 1, 0
        if isinstance(node, ScalarNode):
            characters = len(node.value)
        elif isinstance(node, SequenceNode | MappingNode):
            pairs = node.value if isinstance(node, MappingNode) else [node.value]
            weights = [self._weights.get(id(child), (1, 0)) for pair in pairs for child in pair]
            nodes += sum(weight[0] for weight in weights)
            characters = sum(weight[1] for weight in weights)
        if nodes > MAX_NODES:
            raise YamlError(f"aliases and merge keys grow to more than {MAX_NODES} values", line)
        if characters > MAX_WRITTEN:
            raise YamlError(f"aliases and merge keys grow to more than {MAX_WRITTEN} characters", line)
        self._weights[id(node)] = nodes, characters

    def construct_scalar(self, node: ScalarNode | MappingNode) -> Any:
        value = super().construct_scalar(node)
        if isinstance(value, str) and not value.isascii():
            try:  # JSON writes one character as "\\ud83d\\ude00"
                value = value.encode("utf-16", "surrogatepass").decode("utf-16")
            except UnicodeDecodeError as error:
                raise YamlError("half of a character pair", node.start_mark.line + 1) from error
        if isinstance(value, str) and "\0" in value:
            raise YamlError("a zero byte", node.start_mark.line + 1)
        return value

    def construct_integer(self, node: ScalarNode) -> int | str:
        """Return an integer; one of more than 64 bits, which no database can store, is text."""
        if len(node.value) > 64:
            return str(node.value)
        value: int = self.construct_yaml_int(node)
        return value if abs(value) < 2**63 else str(node.value)

    def construct_timestamp(self, node: ScalarNode) -> date | datetime | str:
        """Return a date or datetime; a date that does not exist is text, as in Ruby's YAML."""
        match = _TIMESTAMP.fullmatch(node.value)
        try:
            if match is None:
                return str(node.value)
            year, month, day = (int(part) for part in match.group(1, 2, 3))
            if match[4] is None:
                return date(year, month, day)
            hour, minute, second = (int(part) for part in match.group(4, 5, 6))
            microsecond = int((match[7] or "0")[:6].ljust(6, "0"))
            return datetime(year, month, day, hour, minute, second, microsecond, _offset(match[8]))
        except (ValueError, OverflowError):
            return str(node.value)

    def construct_local_tag(self, suffix: str, node: Node) -> Any:
        """Ignore unknown tags, as in ``!anything value``; objects of a programming language are refused."""
        if suffix.startswith(("ruby", "python", "!")):
            raise YamlError(f"the tag !{suffix} is not allowed", node.start_mark.line + 1)
        if isinstance(node, ScalarNode):
            return self.construct_scalar(node)
        if isinstance(node, SequenceNode):
            return self.construct_sequence(node, deep=True)
        return self.construct_mapping(node, deep=True) if isinstance(node, MappingNode) else None


class _Loader(_Bounds, yaml.SafeLoader):
    def __init__(self, stream: str) -> None:
        _Bounds.__init__(self)
        yaml.SafeLoader.__init__(self, stream)


_LOADERS: list[type[Any]] = [_Loader]
if CParser is not None:

    class _FastLoader(_Bounds, Composer, CParser, SafeConstructor, Resolver):
        """Loader on libyaml, which Ruby uses too: the same values as `_Loader`, four times as fast."""

        def __init__(self, stream: str) -> None:
            _Bounds.__init__(self)
            CParser.__init__(self, stream)
            Composer.__init__(self)
            SafeConstructor.__init__(self)
            Resolver.__init__(self)

    _LOADERS.append(_FastLoader)


def _offset(text: str | None) -> timezone | None:
    if text is None or text in "Zz":
        return UTC if text else None
    match = re.fullmatch(r"[-+](\d{1,2}?):?(\d\d)?", text)
    delta = timedelta(hours=int(match[1]), minutes=int(match[2] or 0)) if match else timedelta()
    return timezone(-delta if text[0] == "-" else delta)


# Ruby's timestamps also have offsets without a colon.
_TIMESTAMP = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|[-+]\d{1,2}(?::?\d\d)?))?)?",
    re.ASCII,
)
for _loader in _LOADERS:
    _loader.add_implicit_resolver(
        "tag:yaml.org,2002:timestamp", re.compile(_TIMESTAMP.pattern + r"\Z"), list("0123456789")
    )
    _loader.add_constructor("tag:yaml.org,2002:int", _Bounds.construct_integer)
    _loader.add_constructor("tag:yaml.org,2002:timestamp", _Bounds.construct_timestamp)
    _loader.add_multi_constructor("!", _Bounds.construct_local_tag)


def load_yaml(text: str, *, max_bytes: int) -> Any:
    """Return the value of the first document of ``text``.

    ``max_bytes`` limits the text in UTF-8. Timestamps with a zone are aware, others naive; dates are dates.
    Raises `YamlError`.
    """
    return _read(text, max_bytes)[1]


def compose_yaml(text: str, *, max_bytes: int) -> Node | None:
    """Return the node tree of the first document of ``text``, with the position of each node; None if it is empty.

    `load_yaml` makes its value from the same tree. Positions count characters of ``text``. Raises `YamlError`.
    """
    return _read(text, max_bytes)[0]


def _read(text: str, max_bytes: int) -> tuple[Node | None, Any]:
    """Return the node tree of the first document and its value."""
    if len(text) > max_bytes or len(text.encode("utf-8", "surrogatepass")) > max_bytes:
        raise YamlError(f"longer than {max_bytes} bytes")
    if len(_LOADERS) > 1 and not text.startswith("\ufeff"):  # libyaml does not count a byte order mark
        try:
            return _load(_LOADERS[1], text)
        except YamlError:
            raise
        except (yaml.YAMLError, ValueError, TypeError, OverflowError, RecursionError):
            pass  # the other loader decides: it accepts surrogate pairs as escapes, and its errors are clearer
    return _load_plainly(text)


def _load_plainly(text: str) -> tuple[Node | None, Any]:
    try:
        return _load(_Loader, text)
    except YamlError:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = ", ".join(part for part in (error.context, error.problem) if part)
        raise YamlError(message or "not valid YAML", mark.line + 1 if mark else None) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else None
        raise YamlError(f"the character {error.character!r} is not allowed in YAML", line) from error
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise YamlError(f"not valid YAML: {error}") from error


def _load(kind: type[Any], text: str) -> tuple[Node | None, Any]:
    loader = kind(text)
    try:
        if not loader.check_node():
            return None, None
        node = loader.get_node() if not loader.check_event(yaml.StreamEndEvent) else None
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()
