"""python-liquid set up as Jekyll sets up Liquid: lax, with its own tags and filters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from io import StringIO
from typing import Any, TextIO

from liquid import Environment, Mode, Node, RenderContext, Tag, Token, TokenStream
from liquid.exceptions import LiquidError
from liquid.token import TOKEN_EOF, TOKEN_EXPRESSION, TOKEN_TAG

from portfolio.importer.document import Severity
from portfolio.importer.limits import MAX_OUTPUT
from portfolio.importer.liquid.comments import as_comment
from portfolio.importer.liquid.filters import FILTERS
from portfolio.importer.liquid.lax import LaxAssign, LaxOutput
from portfolio.importer.liquid.lexer import tokens
from portfolio.importer.liquid.state import LiquidContext
from portfolio.importer.liquid.tags import JEKYLL_TAGS

# Of other plugins, with nothing to show inside a text.
_SILENT_TAGS = frozenset({"seo", "feed_meta", "csrf_meta_tags"})
# Parts of a tag that another tag ends on; alone they are an error and no plugin's tag.
_STRAY_TAGS = frozenset({"else", "elsif", "when", "break", "continue"})


class KeptNode(Node):
    """A tag nobody knows, kept as a comment."""

    __slots__ = ("text",)

    def __init__(self, token: Token, text: str) -> None:
        super().__init__(token)
        self.blank = not text
        self.text = text

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        return buffer.write(self.text)


class KeptTag(Tag):
    """Stands in for every tag that is not registered."""

    name = "kept"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        token = stream.expect(TOKEN_TAG)
        if stream.peek.kind == TOKEN_EXPRESSION:
            next(stream)
        if token.value in _SILENT_TAGS:
            return KeptNode(token, "")
        if not token.value.startswith("end"):
            message = f"the tag {{% {token.value} %}} is not known; it is kept as a comment, which readers do not see"
            self.env.context.report(Severity.WARNING, "unknown-tag", message, token)
        start, end = tag_bounds(token.source, token.start_index)
        text = as_comment(token.source[start:end])
        return KeptNode(token, f"\n{text}\n" if stands_around(token.value, token.source, start, end) else text)


def stands_around(name: str, source: str, start: int, end: int) -> bool:
    """Whether a tag on a line of its own begins or ends a block: it must not become a line of what stands beside it."""
    if not (name.startswith("end") or name in ended(source)):
        return False
    line_end = source.find("\n", end)
    before = source[source.rfind("\n", 0, start) + 1 : start]
    behind = source[end : line_end if line_end >= 0 else len(source)]
    return not before.strip() and not behind.strip()


@lru_cache(maxsize=4)
def ended(source: str) -> frozenset[str]:
    """The names of all tags that have an end."""
    return frozenset(re.findall(r"{%-?\s*end(\w+)", source))


def tag_bounds(source: str, name_start: int) -> tuple[int, int]:
    """From ``{%`` to ``%}`` of the tag whose name begins at ``name_start``."""
    end = source.find("%}", name_start)
    return max(source.rfind("{%", 0, name_start), 0), len(source) if end < 0 else end + 2


class _Tags(dict[str, Any]):
    """Hands out the stand-in where a name is not registered."""

    def get(self, name: str, default: object = None) -> Any:
        return self[name] if name in self else self["kept"]


class _Filters(dict[str, Callable[..., Any]]):
    def __init__(self, known: dict[str, Callable[..., Any]], context: LiquidContext) -> None:
        super().__init__(known)
        self._context = context

    def __missing__(self, name: str) -> Callable[..., Any]:
        message = f"the filter '{name}' is not known; the value is left as it is"
        self._context.report(Severity.WARNING, "unknown-filter", message)
        return _unchanged


def _unchanged(value: object, *_: object, **__: object) -> object:
    return value


class JekyllEnvironment(Environment):
    """Lives for one document; mistakes are noted in its `LiquidContext` and never raised from inside a template."""

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
        for tag in (KeptTag, LaxOutput, LaxAssign, *JEKYLL_TAGS):
            self.add_tag(tag)
        self.filters = _Filters({**self.filters, **FILTERS}, self.context)

    def tokenizer(self) -> Callable[[str], Iterator[Token]]:
        return tokens

    def error(self, exc: Any, msg: str | None = None, token: Token | None = None) -> None:
        error = exc if isinstance(exc, LiquidError) else exc(msg, token=token)
        said = error.args[0] if error.args else error
        self.context.report(Severity.WARNING, "liquid-error", str(said), error.token or token)

    def top_level(self, source: str) -> list[tuple[Node, int]]:
        """The template's nodes, each with the offset at which its source begins. Raises ``LiquidError``."""
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
            return self.tags.get(token.value).get_node(stream)
        return self.tags[token.kind if token.kind in self.tags else "content"].get_node(stream)

    def partial(self, name: str, text: str) -> list[Node]:
        """The nodes of an included file, parsed once a document."""
        if name not in self.partials:
            self.partials[name] = self._parse(text)
        return self.partials[name]

    def render_text(self, text: str, context: RenderContext) -> str:
        """Render a small template inside another tag's arguments."""
        buffer = StringIO()
        for node in self._parse(text):
            node.render(context, buffer)
        return buffer.getvalue()
