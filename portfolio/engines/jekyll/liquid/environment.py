"""Liquid environment: python-liquid configured as in Jekyll: lax, with Jekyll's tags and filters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from io import StringIO
from typing import Any, TextIO

from liquid import Environment, Mode, Node, RenderContext, Tag, Token, TokenStream
from liquid.exceptions import LiquidError
from liquid.parser import get_parser
from liquid.token import TOKEN_EOF, TOKEN_EXPRESSION, TOKEN_TAG

from portfolio.documents.document import Severity
from portfolio.documents.limits import MAX_OUTPUT
from portfolio.documents.template_comments import tag_comment
from portfolio.engines.jekyll.liquid.filters import FILTERS
from portfolio.engines.jekyll.liquid.lax import LaxAssign, LaxFor, LaxOutput
from portfolio.engines.jekyll.liquid.lexer import tokens
from portfolio.engines.jekyll.liquid.plugin_tags import plugin_tags
from portfolio.engines.jekyll.liquid.scholar_tags import scholar_tags
from portfolio.engines.jekyll.liquid.state import LiquidContext
from portfolio.engines.jekyll.liquid.tags import JEKYLL_TAGS

# Of other plugins, with nothing to show inside a text.
PLUGIN_TAGS = plugin_tags()
SCHOLAR_TAGS = scholar_tags()
_SILENT_TAGS = frozenset({"seo", "feed_meta", "csrf_meta_tags"})
# Tags that belong inside another tag; alone they are an error, not a tag of a plugin.
_STRAY_TAGS = frozenset({"else", "elsif", "when", "break", "continue"})


class KeptNode(Node):
    """An unknown tag, kept as a comment."""

    __slots__ = ("text",)

    def __init__(self, token: Token, text: str) -> None:
        super().__init__(token)
        self.blank = not text
        self.text = text

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        return buffer.write(self.text)


class KeptTag(Tag):
    """Fallback for every tag that is not registered."""

    name = "kept"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        token = stream.expect(TOKEN_TAG)
        if stream.peek.kind == TOKEN_EXPRESSION:
            next(stream)
        return self.node(token)

    def node(self, token: Token) -> Node:
        """Return the comment for a tag, and report the tag as unknown."""
        if token.value in _SILENT_TAGS:
            return KeptNode(token, "")
        if not token.value.startswith("end"):
            message = f"the tag {{% {token.value} %}} is not known; it is kept as a comment, which readers do not see"
            context: LiquidContext = self.env.context  # type: ignore[attr-defined]  # of a JekyllEnvironment
            context.report(Severity.WARNING, "unknown-tag", message, token)
        start, end = tag_bounds(token.source, token.start_index)
        text = tag_comment(token.source[start:end])
        return KeptNode(token, f"\n{text}\n" if stands_around(token.value, token.source, start, end) else text)


def stands_around(name: str, source: str, start: int, end: int) -> bool:
    """Whether a tag on a line of its own begins or ends a block; it must not join the paragraph next to it."""
    if not (name.startswith("end") or name in ended(source)):
        return False
    line_end = source.find("\n", end)
    before = source[source.rfind("\n", 0, start) + 1 : start]
    behind = source[end : line_end if line_end >= 0 else len(source)]
    return not before.strip() and not behind.strip()


@lru_cache(maxsize=4)
def ended(source: str) -> frozenset[str]:
    """Return the names of all tags in ``source`` that have an end tag."""
    return frozenset(re.findall(r"{%-?\s*end(\w+)", source))


def tag_bounds(source: str, name_start: int) -> tuple[int, int]:
    """Return start and end offsets of the tag whose name begins at ``name_start``."""
    end = source.find("%}", name_start)
    return max(source.rfind("{%", 0, name_start), 0), len(source) if end < 0 else end + 2


class _Tags(dict[str, Any]):
    """Tags by name, with `KeptTag` as the fallback."""

    def get(self, name: str, default: object = None) -> Any:
        return self[name] if name in self else self["kept"]


class _Filters(dict[str, Callable[..., Any]]):
    def __init__(self, filters: dict[str, Callable[..., Any]], context: LiquidContext) -> None:
        super().__init__(filters)
        self._context = context

    def __missing__(self, name: str) -> Callable[..., Any]:
        message = f"the filter '{name}' is not known; the value is left as it is"
        self._context.report(Severity.WARNING, "unknown-filter", message)
        return _unchanged


def _unchanged(value: object, *_: object, **__: object) -> object:
    return value


class JekyllEnvironment(Environment):
    """Environment for one document; errors in a template are recorded in its `LiquidContext`, never raised."""

    context_depth_limit = 40
    output_stream_limit = MAX_OUTPUT
    string_sequences = False

    def __init__(self, context: LiquidContext) -> None:
        self.context = context
        self.partials: dict[str, list[Node]] = {}
        super().__init__(tolerance=Mode.LAX, strict_filters=False)

    __hash__ = object.__hash__  # the parser is cached by environment, and two documents must not share one

    def __eq__(self, other: object) -> bool:
        return self is other

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        for name in ("render", "liquid", "doc"):
            self.tags.pop(name, None)
        self.tags = _Tags(self.tags)
        tags: tuple[type[Tag], ...] = (KeptTag, LaxOutput, LaxAssign, LaxFor, *JEKYLL_TAGS, *PLUGIN_TAGS, *SCHOLAR_TAGS)
        for tag in tags:
            self.add_tag(tag)
        self.filters = _Filters({**self.filters, **FILTERS}, self.context)

    def tokenizer(self) -> Callable[[str], Iterator[Token]]:
        return tokens

    def error(self, exc: Any, msg: str | None = None, token: Token | None = None) -> None:
        error = exc if isinstance(exc, LiquidError) else exc(msg, token=token)
        message = error.args[0] if error.args else error
        self.context.report(Severity.WARNING, "liquid-error", str(message), error.token or token)

    def top_level(self, source: str) -> list[tuple[Node, int]]:
        """Return the top-level nodes of a template with the start offset of each. Raises ``LiquidError``."""
        stream = TokenStream(self.tokenizer()(source))
        nodes: list[tuple[Node, int]] = []
        while stream.current.kind != TOKEN_EOF:
            token = stream.current
            start = tag_bounds(source, token.start_index)[0] if token.kind == TOKEN_TAG else token.start_index
            nodes.append((self._node(stream, token), start))
            next(stream)
        return nodes

    def _node(self, stream: TokenStream, token: Token) -> Node:
        if token.kind == TOKEN_TAG:
            if token.value in _STRAY_TAGS:
                return self.tags["kept"].get_node(stream)
            tag = self.tags.get(token.value) or self.tags["kept"]
            return tag.get_node(stream)
        return self.tags[token.kind if token.kind in self.tags else "content"].get_node(stream)

    def parse_nodes(self, source: str) -> list[Node]:
        """The template's nodes. Raises ``LiquidError``."""
        return get_parser(self).parse(TokenStream(self.tokenizer()(source)))

    def partial(self, name: str, text: str) -> list[Node]:
        """Return the nodes of an included file, parsed once for each document."""
        if name not in self.partials:
            self.partials[name] = self.parse_nodes(text)
        return self.partials[name]

    def render_text(self, text: str, context: RenderContext) -> str:
        """Render a small template inside another tag's arguments."""
        buffer = StringIO()
        for node in self.parse_nodes(text):
            node.render(context, buffer)
        return buffer.getvalue()
