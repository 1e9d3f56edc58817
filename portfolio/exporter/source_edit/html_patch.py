"""HTML patch: apply a change of a text or of its inline marks to the HTML that it came from.

Stored rich text and its source name the same mark differently (``<i>`` and ``<em>``), and spell signs and white space
in their own ways. Both are divided into tokens; only the source of changed tokens is replaced. The result is a guess:
callers must convert it and compare.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape, unescape

from portfolio.blocks.rich_text.stored_rich_text import BLOCK_KEY
from portfolio.importer.body.rich_text import MARKS, STRUCTURE
from portfolio.markdown.writing.escaping import escape_attribute

MAX_SOURCE = 100_000  # characters
MAX_MATCHES = 4  # of one text in the source, such as two equal cells of a table

_PIECE = re.compile(
    r"""(?P<comment><!--.*?-->)|(?P<tag></?[a-zA-Z](?:"[^"]*+"|'[^']*+'|[^'">]++)*+>)|(?P<entity>&#?\w+;)|(?P<char>.)""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""\s[\w-]+\s*=\s*(?P<quote>["'])(?P<value>.*?)(?P=quote)""", re.DOTALL)
_TAG_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_LONE_PARAGRAPH = re.compile(r"\s*<p[^>]*>((?:(?!<p[\s>]).)*)</p>\s*", re.DOTALL)
_SPACES = " \t\r\n\f"
_QUOTES = str.maketrans("‘’“”", "''\"\"")
# The names that authors give a mark, the most common first.
_NAMES = {"b": ("strong", "b"), "i": ("em", "i"), "s": ("del", "s", "strike")}


@dataclass(frozen=True, slots=True)
class HtmlToken:
    """A word, a sign, white space (as one space) or a tag; ``text`` of a tag is the tag, with its mark as its name."""

    text: str
    start: int
    end: int
    is_tag: bool = False

    @property
    def form(self) -> str:
        """What is equal however the source spells it: typographic quotes, attributes of tags."""
        return tag_form(self.text) if self.is_tag else self.text.translate(_QUOTES)

    @property
    def is_break(self) -> bool:
        """Whether white space beside it means nothing."""
        return self.is_tag and self.form.strip("</>") not in {*MARKS.values(), "a"}


def patch_html(source: str, old: str, new: str, resolve_links: Callable[[str], str]) -> Iterator[str]:
    """Yield ``source`` with the change from ``old`` to ``new`` in it, once for each place where ``old`` may be.

    A text that begins with a tag is rich text, others are plain and may be the value of an attribute too.
    """
    if "<" not in source or len(source) > MAX_SOURCE:
        return
    if old.lstrip().startswith("<"):
        before, after = (html_tokens(paragraph_content(BLOCK_KEY.sub("", resolve_links(text)))) for text in (old, new))
        places = [(html_tokens(source), escape_content)]
    else:
        before, after = plain_tokens(old), plain_tokens(new)
        attributes = [(tokens, escape_attribute) for tokens in attribute_values(source)]
        places = [*attributes, (html_tokens(source), escape_content)]
    if [token.text for token in before] == [token.text for token in after]:
        yield source  # only the keys of paragraphs are other ones
        return
    matches = [
        (tokens[index : index + len(before)], escape_with)
        for tokens, escape_with in places
        for index in occurrences(before, tokens)
    ]
    for tokens, escape_with in matches[:MAX_MATCHES]:
        yield replace_tokens(source, tokens, before, after, escape_with)


def replace_tokens(
    source: str,
    tokens: Sequence[HtmlToken],
    before: Sequence[HtmlToken],
    after: Sequence[HtmlToken],
    escape_with: Callable[[str], str],
) -> str:
    """Return ``source`` where ``tokens``, the source of ``before``, become ``after``."""
    old, new = [token.text for token in before], [token.text for token in after]
    for action, i1, i2, j1, j2 in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if action == "equal":
            continue
        start = tokens[i1].start if i1 < i2 else tokens[i1 - 1].end if i1 else tokens[0].start
        end = tokens[i2 - 1].end if i1 < i2 else start
        text = "".join(
            spell_tag(token.text, source) if token.is_tag else escape_with(token.text) for token in after[j1:j2]
        )
        source = source[:start] + text + source[end:]
    return source


def occurrences(tokens: Sequence[HtmlToken], source: Sequence[HtmlToken]) -> Iterator[int]:
    """Yield the indices at which ``tokens`` stand in ``source``."""
    forms, source_forms = [token.form for token in tokens], [token.form for token in source]
    for index in range(len(source_forms) - len(forms) + 1 if forms else 0):
        if source_forms[index] == forms[0] and source_forms[index : index + len(forms)] == forms:
            yield index


def html_tokens(html: str) -> list[HtmlToken]:
    """Divide HTML into tokens; white space beside a block or a line break, and comments, are left out."""
    pieces: list[HtmlToken] = []
    for match in _PIECE.finditer(html):
        start, end = match.span()
        if match["tag"]:
            pieces.append(HtmlToken(canonical_tag(match["tag"]), start, end, is_tag=True))
        elif not match["comment"]:
            pieces += [HtmlToken(character, start, end) for character in unescape(match[0])]
    tokens = joined(pieces)
    return [
        token
        for index, token in enumerate(tokens)
        if token.text != " " or not any(near.is_break for near in tokens[max(index - 1, 0) : index + 2])
    ]


def plain_tokens(text: str) -> list[HtmlToken]:
    return joined(HtmlToken(character, index, index + 1) for index, character in enumerate(text.strip()))


def attribute_values(html: str) -> Iterator[list[HtmlToken]]:
    """Yield the tokens of each quoted attribute value."""
    for tag in _PIECE.finditer(html):
        for attribute in _ATTRIBUTE.finditer(tag["tag"] or ""):
            start = tag.start() + attribute.start("value")
            characters = (
                HtmlToken(character, start + piece.start(), start + piece.end())
                for piece in re.finditer(r"&#?\w+;|.", attribute["value"], re.DOTALL)
                for character in unescape(piece[0])
            )
            yield joined(characters)


def joined(characters: Iterable[HtmlToken]) -> list[HtmlToken]:
    """Join neighbouring letters and digits to words, and white space to one space."""
    tokens: list[HtmlToken] = []
    for token in characters:
        text = " " if not token.is_tag and token.text in _SPACES else token.text
        last = tokens[-1] if tokens else None
        if last and not (last.is_tag or token.is_tag) and text == last.text == " ":
            tokens[-1] = HtmlToken(" ", last.start, token.end)
        elif last and not (last.is_tag or token.is_tag) and text.isalnum() and last.text.isalnum():
            tokens[-1] = HtmlToken(last.text + text, last.start, token.end)
        else:
            tokens.append(HtmlToken(text, token.start, token.end, token.is_tag))
    return tokens


def paragraph_content(html: str) -> str:
    """Return the content of a lone paragraph, else ``html``."""
    lone = _LONE_PARAGRAPH.fullmatch(html)
    return lone[1] if lone else html


def canonical_tag(tag: str) -> str:
    """Return a tag with the name that stored rich text gives its mark, and without a slash at its end."""
    name = _TAG_NAME.match(tag)
    assert name is not None  # noqa: S101 - the pattern of pieces has the same beginning
    own = name[1].lower()
    rest = tag[name.end() :].removesuffix(">").rstrip().removesuffix("/").rstrip()
    return f"{tag[: name.start(1)]}{MARKS.get(own, own)}{'' if own in MARKS or own in STRUCTURE else rest}>"


def tag_form(tag: str) -> str:
    name = _TAG_NAME.match(tag)
    return f"{name[0]}>" if name else tag


def spell_tag(tag: str, source: str) -> str:
    """Return a tag of stored rich text under the name that ``source`` uses for its mark."""
    mark = tag.strip("</>")
    names = _NAMES.get(mark, (mark,))
    name = next((name for name in names if re.search(rf"<{name}[\s>]", source, re.IGNORECASE)), names[0])
    return tag if mark not in _NAMES else tag.replace(mark, name)


def escape_content(text: str) -> str:
    return escape(text, quote=False).replace("{", "&#123;")
