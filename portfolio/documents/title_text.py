"""Title text: convert titles between markup in front matter and plain text.

Themes print ``{{ page.title }}`` unescaped or as Markdown, so it is markup; here a title is plain text. Exporters of
other systems write entities (``Tea &#8211; Tom &amp; Jo``), authors markup (``The <em>big</em> one``, ``**Big**``).
Character references: https://html.spec.whatwg.org/multipage/syntax.html
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from html.entities import html5

from portfolio.documents.slugs import name_key

# Only inline elements; anything else in angle brackets is text of the author: ``vector<int>``.
_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|br|cite|code|del|dfn|em|font|i|img|ins|kbd|mark|q|s|samp|small|span|strike|strong|"
    "sub|sup|tt|u|var|wbr"
)
_TAG = re.compile(
    rf"""<(?P<end>/)?(?P<name>{_INLINE})(?P<attributes>(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?)\s*/?>""", re.I
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_SIGNS = re.compile(r"[\W_]+")
_LONGEST = 2000  # characters of a text in which program text is looked for: that takes quadratic time
_MAY_BE_MARKUP = re.compile(r"[<&*_`\[~]")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\))")
# Emphasis around whole words; names such as ``snake_case`` and ``__init__`` are none.
_EMPHASIS = (
    re.compile(r"(?<![\w*\\])(\*{1,3})(?![\s*])([^*]+)(?<![\s*\\])\1(?![\w*])"),
    re.compile(r"(?<![\w_\\])(__)(?=[^\s_][^_]*\s)([^_]+)(?<![\s_\\])\1(?![\w_])"),
    re.compile(r"(?<![\w_\\])(_)(?![\s_])([^_]+)(?<![\s_\\])\1(?![\w_])"),
    re.compile(r"(?<![\w~\\])(~~)(?![\s~])([^~]+)(?<![\s~\\])\1(?![\w~])"),
)
_MARKS = str.maketrans({character: f"&#{ord(character)};" for character in "*_`[]~"})
_ALTERNATIVE = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)


def plain_title(title: str) -> str:
    """Return a title as plain text, without elements and Markdown and with character references resolved."""
    if not _MAY_BE_MARKUP.search(title):
        return title
    return " ".join(_REFERENCE.sub(_character, _without_markup(title)).split())


def has_markup(title: str) -> bool:
    """Whether `plain_title` removes elements or Markdown from the title."""
    return bool(_MAY_BE_MARKUP.search(title)) and _without_markup(title) != title


def title_markup(title: str) -> str:
    """Return a plain title for front matter, escaped only if reading it as markup would change it."""
    escaped = escape(title, quote=False)
    plain = " ".join(title.split())
    return next((text for text in (title, escaped) if plain_title(text) == plain), escaped.translate(_MARKS))


def without_markdown(text: str) -> str:
    """Return one line of Markdown as its words; program text stays as it is."""
    return _by_code(text, _without_marks)


def _without_markup(title: str) -> str:
    return _by_code(title, lambda text: _TAG.sub(_words, _without_marks(text)))


def _by_code(text: str, convert: Callable[[str], str]) -> str:
    """Return ``text`` with what stands between backquotes as it is, and the rest converted."""
    if len(text) > _LONGEST:
        return convert(text)
    parts = _CODE.split(text)  # text, backquotes, program text, text ...
    return "".join(
        part.strip() if index % 3 == 2 else convert(part) for index, part in enumerate(parts) if index % 3 != 1
    )


def _without_marks(text: str) -> str:
    text = _LINK.sub(r"\1", text)
    for _ in range(2):  # emphasis in emphasis
        for pattern in _EMPHASIS:
            text = pattern.sub(r"\2", text)
    return text


def repeats_title(text: str, title: str) -> bool:
    """Whether a heading has the words of the title, whatever signs are between them."""
    one, other = (_SIGNS.sub(" ", name_key(words)).strip() or words.strip() for words in (text, title))
    return one == other != ""


def title_of_slug(slug: str) -> str:
    """Return a title for a slug: ``a-new-thing`` is "A New Thing"."""
    return " ".join(word.capitalize() for word in slug.split("-"))


def _character(reference: re.Match[str]) -> str:
    """Resolve a character reference; an unknown name stays, although a browser may match a shorter one."""
    name = reference[0][1:]
    return unescape(reference[0]) if name.startswith("#") else html5.get(name, reference[0])


def _words(tag: re.Match[str]) -> str:
    name = tag["name"].lower()
    if name == "img":
        words = _ALTERNATIVE.search(tag["attributes"])
        return (words[1] or words[2] or "") if words else ""
    return " " if name == "br" else ""
