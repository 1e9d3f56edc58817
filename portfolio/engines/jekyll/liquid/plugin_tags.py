"""Plugin tags: tags of well-known plugins whose output depends only on their arguments.

Embeds: jekyll-youtube and similar. Links in place of content that a script loads: jekyll-gist
(https://github.com/jekyll/jekyll-gist), jekyll-twitter-plugin. Listings: Octopress's ``codeblock``
(http://octopress.org/docs/plugins/codeblock/), diagrams. Formulas: jekyll-katex. Pictures and quotations: Octopress.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, TextIO
from urllib.parse import quote

from liquid import Node, RenderContext, Tag, Token, TokenStream
from liquid.ast import BlockNode
from liquid.parser import get_parser
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG

from portfolio.documents.document import Severity
from portfolio.engines.jekyll.liquid.filters import relative_url
from portfolio.engines.jekyll.liquid.tag_arguments import lookup
from portfolio.engines.jekyll.liquid.tags import arguments, figure_of_code
from portfolio.markdown.embeds import embed_target

if TYPE_CHECKING:
    from portfolio.engines.jekyll.liquid.environment import JekyllEnvironment

_WORD = re.compile(r"""\{\{.*?\}\}|"([^"]*)"|'([^']*)'|(\S+)""", re.DOTALL)
_VARIABLE = re.compile(r"(?:page|site|include|post|layout)(?:\.\w+)+")
_YOUTUBE_ID = re.compile(r"[\w-]{6,20}")
_GIST = re.compile(r"(?:[\w-]+/)?[0-9a-fA-F]{4,40}")
_WEB = re.compile(r"https?://[^\s<>\"']+")
_LANGUAGE = re.compile(r"\s*\blang:(\S+)")
_OPTION = re.compile(r"\s*\b(?:linenos|start|mark|range):\S+")
_OCTOPRESS_IMAGE = re.compile(
    r"(?P<class>\S.*\s+)?(?P<src>(?:https?://|/|\S+/)\S+)(?:\s+(?P<width>\d+))?(?:\s+(?P<height>\d+))?(?P<title>\s+.+)?",
    re.DOTALL,
)
_TITLE_AND_ALT = re.compile(r"""["']([^"']*)["']\s+["']([^"']*)["']""")
_PULLED = re.compile(r'\{"\s*(.*?)\s*"\}', re.DOTALL)

DIAGRAMS = frozenset(
    "mermaid plantuml uml graphviz dot ditaa blockdiag seqdiag nwdiag actdiag nomnoml svgbob vega vegalite "
    "wavedrom".split()
)
FORMULAS = frozenset({"math", "katex", "latex"})
BLOCKS = DIAGRAMS | FORMULAS | {"codeblock", "blockquote", "pullquote"}


class Unknown(ValueError):
    """The arguments are not supported."""


# Tags without an end tag -----------------------------------------------------------------------------------------


def youtube(words: Sequence[str]) -> str:
    video = words[0] if words else ""
    address = video if "/" in video else f"https://www.youtube.com/embed/{video}"
    target = embed_target(address) if "/" in video or _YOUTUBE_ID.fullmatch(video) else None
    if target is None:
        raise Unknown
    return _frame(target.url, "YouTube video", words[1:])


def vimeo(words: Sequence[str]) -> str:
    number = re.search(r"(\d{3,12})/?\Z", words[0] if words else "")
    if number is None:
        raise Unknown
    return _frame(f"https://player.vimeo.com/video/{number[1]}", "Vimeo video", words[1:])


def gist(words: Sequence[str]) -> str:
    if not words or not _GIST.fullmatch(words[0]):
        raise Unknown
    name = words[1] if len(words) > 1 else ""
    anchor = "#file-" + re.sub(r"[^\w]+", "-", name.lower()) if name else ""
    shown = f"{name} (gist {words[0]})" if name else f"Gist {words[0]}"
    return f'<a href="https://gist.github.com/{escape(words[0] + anchor)}">{escape(shown)}</a>'


def social_post_link(words: Sequence[str]) -> str:
    address = next((word for word in words if _WEB.fullmatch(word)), "")
    if not address:
        raise Unknown
    return f'<a href="{escape(address)}">{escape(address)}</a>'


def _frame(address: str, title: str, rest: Sequence[str]) -> str:
    sizes = [word for word in rest if word.isdecimal()][:2]
    size = f' width="{sizes[0]}" height="{sizes[1]}"' if len(sizes) == 2 else ""
    return f'<iframe src="{escape(address)}" title="{title}"{size} allowfullscreen></iframe>'


LINKED = "is shown by a script of another site; a link to it stands in its place"
LINES: dict[str, tuple[Callable[[Sequence[str]], str], str]] = {
    "youtube": (youtube, ""),
    "vimeo": (vimeo, ""),
    "gist": (gist, LINKED),
    "twitter": (social_post_link, LINKED),
    "tweet": (social_post_link, LINKED),
    "instagram": (social_post_link, LINKED),
}


def unknown(token: Token, context: RenderContext, buffer: TextIO) -> int:
    """Write a tag as an unknown one."""
    node: Node = context.env.tags["kept"].node(token)  # type: ignore[attr-defined]  # of a KeptTag
    return node.render_to_output(context, buffer)


class LineNode(Node):
    """A tag without an end tag."""

    __slots__ = ("markup",)

    def __init__(self, token: Token, markup: str) -> None:
        super().__init__(token)
        self.blank = False
        self.markup = markup

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        env: JekyllEnvironment = context.env  # type: ignore[assignment]
        make, note = LINES[self.token.value]
        try:
            html = make(words_of(self.markup, context))
        except Unknown:
            return unknown(self.token, context, buffer)
        if note:
            env.context.report(Severity.WARNING, "plugin-tag", f"{{% {self.token.value} %}} {note}", self.token)
        return buffer.write(html)


class LineTag(Tag):
    block = False

    def parse(self, stream: TokenStream) -> Node:
        token, markup = arguments(stream)
        return LineNode(token, markup)


class ImageNode(Node):
    """Octopress: ``{% img [classes] address [width [height]] [title | "title" "words"] %}``."""

    __slots__ = ("markup",)

    def __init__(self, token: Token, markup: str) -> None:
        super().__init__(token)
        self.blank = False
        self.markup = markup

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        match = _OCTOPRESS_IMAGE.fullmatch(self.markup.strip())
        if match is None:
            return unknown(self.token, context, buffer)
        text = (match["title"] or "").strip()
        both = _TITLE_AND_ALT.fullmatch(text)
        title, alt = both.groups() if both else (text.strip("\"'"), text.strip("\"'"))
        address = match["src"]
        named = {
            "class": (match["class"] or "").strip(),
            "src": relative_url(address, context=context) if address.startswith("/") else address,
            "width": match["width"],
            "height": match["height"],
            "title": title,
        }
        written = "".join(f' {name}="{escape(value)}"' for name, value in named.items() if value)
        return buffer.write(f'<img{written} alt="{escape(alt)}">')


class ImageTag(Tag):
    name = "img"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        token, markup = arguments(stream)
        return ImageNode(token, markup)


# Tags with an end tag ----------------------------------------------------------------------------------------------


class PluginBlockNode(Node):
    """A tag with an end tag; ``alone`` says that it is on lines of its own."""

    __slots__ = ("alone", "block", "markup")

    def __init__(self, token: Token, markup: str, block: BlockNode, *, alone: bool) -> None:
        super().__init__(token)
        self.blank = False
        self.markup = markup
        self.block = block
        self.alone = alone

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        env: JekyllEnvironment = context.env  # type: ignore[assignment]
        inner = StringIO()
        for node in self.block.nodes:
            node.render(context, inner)
        text, name = inner.getvalue(), self.token.value
        note = ""
        if name in DIAGRAMS:
            result, note = figure_of_code(name, text), "drew a diagram; its source is shown"
        elif name in FORMULAS:
            result = formula(text, display=self.alone or "display" in self.markup)
        elif name == "codeblock":
            result = listing(self.markup, text)
        elif name == "blockquote":
            result = quotation(self.markup, text)
        else:
            result, note = "\n" + _PULLED.sub(r"\1", text) + "\n", "repeated a part of the text; the text is shown once"
        if note:
            env.context.report(Severity.INFO, "plugin-tag", f"{{% {name} %}} {note}", self.token)
        return buffer.write(result)


class PluginBlockTag(Tag):
    def parse(self, stream: TokenStream) -> Node:
        token = stream.current
        ends = re.compile(rf"{{%-?\s*end{token.value}\b")
        if not ends.search(token.source, max(token.start_index, 0)):
            return self.env.tags["kept"].parse(stream)
        _, markup = arguments(stream)
        next(stream)
        end = f"end{token.value}"
        block = get_parser(self.env).parse_block(stream, (end,))
        stream.expect(TOKEN_TAG, value=end)
        if stream.peek.kind == TOKEN_EXPRESSION:
            next(stream)
        before = token.source[: max(token.source.rfind("{%", 0, token.start_index), 0)]
        alone = not before.rpartition("\n")[2].strip()
        return PluginBlockNode(token, markup, block, alone=alone)


def formula(tex: str, *, display: bool) -> str:
    """Return a formula in kramdown's syntax."""
    return f"\n\n$$\n{tex.strip()}\n$$\n\n" if display else f"$${tex.strip()}$$"


def listing(markup: str, code: str) -> str:
    """Octopress: ``{% codeblock [title] [lang:…] [address] [link text] %}``."""
    named = _LANGUAGE.search(markup)
    title = _OPTION.sub("", _LANGUAGE.sub("", markup)).strip()
    extension = re.search(r"\S\.(\w+)\Z", _WEB.sub("", title).strip())
    language = named[1] if named else extension[1] if extension else ""
    return figure_of_code(language, code, title)


def quotation(markup: str, text: str) -> str:
    """Octopress: ``{% blockquote [author[, source]] [address] [title of the page] %}``."""
    address = _WEB.search(markup)
    author = (markup[: address.start()] if address else markup).strip()
    title = markup[address.end() :].strip() if address else ""
    words = escape(", ".join(filter(None, (author, title))) or (address[0] if address else ""), quote=False)
    cite = f'<a href="{escape(address[0])}">{words}</a>' if address else words
    lines = [*text.strip("\n").split("\n"), *(["", f"<cite>{cite}</cite>"] if words else [])]
    return "\n\n" + "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def words_of(markup: str, context: RenderContext) -> list[str]:
    """Return the arguments of a tag, quoted or not, with variables resolved."""
    env: JekyllEnvironment = context.env  # type: ignore[assignment]
    words = []
    for match in _WORD.finditer(markup):
        word = next((part for part in match.groups() if part is not None), None)
        if word is None:
            word = env.render_text(match[0], context).strip()
        elif match[3] and _VARIABLE.fullmatch(word):
            word = str(lookup(word, context) or "")
        words.append(quote(word, safe="/:@!$&()*+,;=?#%.-_~ ") if "<" in word else word)
    return words


def plugin_tags() -> tuple[type[Tag], ...]:
    """Return a class for each tag name, as the environment needs them."""
    lines = [type(f"{name.title()}Tag", (LineTag,), {"name": name}) for name in LINES]
    blocks = [
        type(f"{name.title()}Tag", (PluginBlockTag,), {"name": name, "end": f"end{name}"}) for name in sorted(BLOCKS)
    ]
    return (*lines, ImageTag, *blocks)
