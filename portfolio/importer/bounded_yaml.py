"""YAML that cannot take the machine down: PyYAML's safe loader with limits on size, depth, aliases and merges."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.resolver import Resolver

try:
    from yaml.cyaml import CParser
except ImportError:  # this PyYAML was built without libyaml
    CParser = None

MAX_DEPTH = 40
MAX_ALIASES = 200
MAX_NODES = 200_000  # after aliases and merge keys are written out
MAX_WRITTEN = 16 * 1024 * 1024  # characters, likewise


class YamlError(ValueError):
    """The text is no YAML, or more than the limits allow. ``line`` is 1-based in the text, None when unknown."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class _Bounds:
    """Counts what a document would grow to before anything is built.

    A mapping that names another twice doubles it; nine such lines make a billion values. So every node carries the
    number of values and of characters it stands for once its aliases are written out, and the sums are bounded.
    """

    def __init__(self) -> None:
        self._depth = 0
        self._aliases = 0
        self._weights: dict[int, tuple[int, int]] = {}
        self._open: set[str] = set()

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        event = self.peek_event()
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
            self.anchors.pop(anchor, None)  # YAML 1.2 and Ruby let a later anchor take an earlier one's name
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

    def construct_scalar(self, node: Node) -> Any:
        value = super().construct_scalar(node)
        if isinstance(value, str) and not value.isascii():
            try:  # "\\ud83d\\ude00" is how JSON writes one character
                value = value.encode("utf-16", "surrogatepass").decode("utf-16")
            except UnicodeDecodeError as error:
                raise YamlError("half of a character pair", node.start_mark.line + 1) from error
        if isinstance(value, str) and "\0" in value:
            raise YamlError("a zero byte", node.start_mark.line + 1)
        return value

    def construct_integer(self, node: ScalarNode) -> int | str:
        """A number no database holds is text."""
        if len(node.value) > 64:
            return node.value
        value = self.construct_yaml_int(node)
        return value if abs(value) < 2**63 else node.value

    def construct_timestamp(self, node: ScalarNode) -> date | datetime | str:
        """A date that does not exist is text, as Ruby's YAML has it."""
        match = _TIMESTAMP.fullmatch(node.value)
        try:
            year, month, day = (int(part) for part in match.group(1, 2, 3))
            if match[4] is None:
                return date(year, month, day)
            hour, minute, second = (int(part) for part in match.group(4, 5, 6))
            microsecond = int((match[7] or "0")[:6].ljust(6, "0"))
            return datetime(year, month, day, hour, minute, second, microsecond, _offset(match[8]))
        except (ValueError, OverflowError):
            return node.value

    def construct_local_tag(self, suffix: str, node: Node) -> Any:
        """``!anything value`` is the value; objects of a programming language are refused."""
        if suffix.startswith(("ruby", "python", "!")):
            raise YamlError(f"the tag !{suffix} is not allowed", node.start_mark.line + 1)
        if isinstance(node, ScalarNode):
            return self.construct_scalar(node)
        if isinstance(node, SequenceNode):
            return self.construct_sequence(node, deep=True)
        return self.construct_mapping(node, deep=True)


class _Loader(_Bounds, yaml.SafeLoader):
    def __init__(self, stream: str) -> None:
        _Bounds.__init__(self)
        yaml.SafeLoader.__init__(self, stream)


_LOADERS: list[type[Any]] = [_Loader]
if CParser is not None:

    class _FastLoader(_Bounds, Composer, CParser, SafeConstructor, Resolver):
        """Reads with libyaml, as Ruby's YAML does, and makes of it what the other would: four times as fast."""

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
    hours, minutes = re.fullmatch(r"[-+](\d{1,2}?):?(\d\d)?", text).groups()
    delta = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-delta if text[0] == "-" else delta)


# Ruby's idea of a timestamp has offsets without a colon too.
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
    """The first document of ``text``.

    ``max_bytes`` bounds the text in UTF-8. Timestamps that name a zone are aware, others naive; dates are dates.
    Raises `YamlError`.
    """
    if len(text) > max_bytes or len(text.encode("utf-8", "surrogatepass")) > max_bytes:
        raise YamlError(f"longer than {max_bytes} bytes")
    if len(_LOADERS) > 1:
        try:
            return _load(_LOADERS[1], text)
        except YamlError:
            raise
        except (yaml.YAMLError, ValueError, TypeError, OverflowError, RecursionError):
            pass  # what the other makes of it counts: it takes pairs of escapes, and says what is wrong more clearly
    return _load_plainly(text)


def _load_plainly(text: str) -> Any:
    try:
        return _load(_Loader, text)
    except YamlError:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = ", ".join(part for part in (error.context, error.problem) if part)
        raise YamlError(said or "not valid YAML", mark.line + 1 if mark else None) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else None
        raise YamlError(f"the character {error.character!r} is not allowed in YAML", line) from error
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise YamlError(f"not valid YAML: {error}") from error


def _load(kind: type[Any], text: str) -> Any:
    loader = kind(text)
    try:
        if not loader.check_node():
            return None
        node = loader.get_node() if not loader.check_event(yaml.StreamEndEvent) else None
        return None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()
