"""Liquid tags that Jekyll adds."""

from __future__ import annotations

import re
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, Any, TextIO

from liquid import Node, RenderContext, Tag, Token, TokenStream
from liquid.ast import BlockNode
from liquid.exceptions import LiquidSyntaxError
from liquid.parser import get_parser
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG

from portfolio.documents.document import Severity
from portfolio.documents.front_matter import has_front_matter
from portfolio.documents.template_comments import tag_comment
from portfolio.engines.jekyll.liquid.filters import relative_url
from portfolio.engines.jekyll.liquid.partials import find_include, find_relative
from portfolio.engines.jekyll.liquid.references import find_file, find_post
from portfolio.engines.jekyll.liquid.tag_arguments import lookup
from portfolio.engines.jekyll.liquid.theme_includes import theme_include

if TYPE_CHECKING:
    from portfolio.engines.jekyll.liquid.environment import JekyllEnvironment

_PARAMETER = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"\\]*(?:\\.[^"\\]*)*)"|'([^'\\]*(?:\\.[^'\\]*)*)'|([\w.-]+))""",
)
_VARIABLE_NAME = re.compile(
    r"(?P<name>[^\s{]*\{\{\s*[\w\-.]+\s*(?:\|[^}]*)?\}\}[^\s{}]*(?:\{\{[^}]*\}\}[^\s{}]*)*)(?P<rest>.*)", re.DOTALL
)
_HIGHLIGHT = re.compile(r"([a-zA-Z0-9.+#_-]+)(?:\s+([\w=\"' ]*))?")
_LINES = re.compile(r"""\b(?:mark_lines|hl_lines)=["']?([\d ]+)""")


def arguments(stream: TokenStream) -> tuple[Token, str]:
    """Return the token of a tag and its arguments; the stream is then at the last token of the tag."""
    token = stream.expect(TOKEN_TAG)
    if stream.peek.kind == TOKEN_EXPRESSION:
        next(stream)
        return token, stream.current.value
    return token, ""


def kept(context: RenderContext, token: Token, code: str, message: str, buffer: TextIO) -> int:
    """Write the tag unchanged and report why."""
    context.env.context.report(Severity.WARNING, code, message, token)  # type: ignore[attr-defined]
    start = token.source.rfind("{%", 0, token.start_index)
    end = token.source.find("%}", token.start_index)
    tag = token.source[max(start, 0) : len(token.source) if end < 0 else end + 2]
    return buffer.write(tag_comment(tag) if code == "missing-include" else tag)


class IncludeNode(Node):
    """``{% include file.html name="value" other=page.variable %}``"""

    __slots__ = ("name", "parameters", "relative")

    def __init__(self, token: Token, name: str, parameters: str, *, relative: bool) -> None:
        super().__init__(token)
        self.blank = False
        self.name = name
        self.parameters = parameters
        self.relative = relative

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        env: JekyllEnvironment = context.env  # type: ignore[assignment]
        name = env.render_text(self.name, context).strip() if "{{" in self.name else self.name
        site, path = env.context.site, env.context.path
        text, problem = find_relative(site, name, path) if self.relative else find_include(site, name)
        if self.relative and has_front_matter(text.encode()):
            env.context.includes_document = True
        shown = theme_include(name, self._values(context), context) if problem and not self.relative else None
        if shown is not None:
            return buffer.write(shown)
        if problem:
            return kept(context, self.token, "missing-include", f"{self.token.value} {name}: {problem}", buffer)
        namespace = {"include": self._values(context)} if self.parameters else {}
        with context.extend(namespace):
            return sum(node.render(context, buffer) for node in env.partial(f"{self.token.value} {name}", text))

    def _values(self, context: RenderContext) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for match in _PARAMETER.finditer(self.parameters):
            key, double, single, variable = match.groups()
            if double is not None:
                values[key] = double.replace('\\"', '"')
            elif single is not None:
                values[key] = single.replace("\\'", "'")
            else:
                values[key] = lookup(variable, context)
        return values


class IncludeTag(Tag):
    name = "include"
    block = False
    relative = False

    def parse(self, stream: TokenStream) -> Node:
        token, markup = arguments(stream)
        match = _VARIABLE_NAME.match(markup)
        words = [match["name"], match["rest"]] if match else markup.split(None, 1)
        name = words[0].strip() if words else ""
        rest = words[1] if len(words) > 1 else ""
        if not name:
            raise LiquidSyntaxError("an include names no file", token=token)
        return IncludeNode(token, name, rest.strip(), relative=self.relative)


class IncludeCachedTag(IncludeTag):
    name = "include_cached"


class IncludeRelativeTag(IncludeTag):
    name = "include_relative"
    relative = True


def figure_of_code(language: str, code: str, title: str = "", options: str = "") -> str:
    """Return a code block as Jekyll's highlight tag writes it with its ``options``, without highlighting."""
    css = escape(language.replace("+", "-"))
    named = f' title="{escape(title)}"' if title else ""
    if lines := _LINES.search(options):
        named += f' data-highlight="{",".join(lines[1].split())}"'
    numbered = " linenos" if re.search(r"\blinenos\b", options) else ""
    shown = escape(code.strip("\r\n"), quote=False)
    return (
        f'\n<figure class="highlight{numbered}"{named}><pre>'
        f'<code class="language-{css}" data-lang="{escape(language)}">'
        f"{shown}</code></pre></figure>\n"
    )


class HighlightNode(Node):
    """A code block with Jekyll's text; it is highlighted later."""

    __slots__ = ("block", "language", "options")

    def __init__(self, token: Token, language: str, options: str, block: BlockNode) -> None:
        super().__init__(token)
        self.blank = False
        self.language = language
        self.options = options
        self.block = block

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        inner = StringIO()
        for node in self.block.nodes:
            node.render(context, inner)
        return buffer.write(figure_of_code(self.language, inner.getvalue(), options=self.options))


class HighlightTag(Tag):
    name = "highlight"
    end = "endhighlight"

    def parse(self, stream: TokenStream) -> Node:
        token, markup = arguments(stream)
        next(stream)
        block = get_parser(self.env).parse_block(stream, (self.end,))
        stream.expect(TOKEN_TAG, value=self.end)
        if stream.peek.kind == TOKEN_EXPRESSION:
            next(stream)
        match = _HIGHLIGHT.fullmatch(markup.strip())
        if match is None:
            raise LiquidSyntaxError("highlight names no language", token=token)
        return HighlightNode(token, match[1].lower(), match[2] or "", block)


class ReferenceNode(Node):
    """``post_url`` and ``link``: the URL of another document."""

    __slots__ = ("target",)

    def __init__(self, token: Token, target: str) -> None:
        super().__init__(token)
        self.blank = False
        self.target = target

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        env: JekyllEnvironment = context.env  # type: ignore[assignment]
        target = env.render_text(self.target, context).strip() if "{{" in self.target else self.target
        find = find_post if self.token.value == "post_url" else find_file
        address = find(env.context.site, target)
        if address is None:
            message = f"{self.token.value}: there is no {target!r} in the source"
            return kept(context, self.token, "missing-link-target", message, buffer)
        return buffer.write(relative_url(address, context=context))


class PostUrlTag(Tag):
    name = "post_url"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        token, markup = arguments(stream)
        return ReferenceNode(token, markup.strip())


class LinkTag(PostUrlTag):
    name = "link"


JEKYLL_TAGS: tuple[type[Tag], ...] = (
    IncludeTag,
    IncludeCachedTag,
    IncludeRelativeTag,
    HighlightTag,
    PostUrlTag,
    LinkTag,
)
