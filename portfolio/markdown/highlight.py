"""Syntax highlighting on the server: no client script, classes only.

Lexers are programs of regular expressions, and some text costs some of them minutes. So whoever writes HTML only marks
a listing (`marked_code`); `markup` has it coloured once, in a process that can be ended, and `show_code` puts that in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape, unescape
from typing import Any

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.token import STANDARD_TYPES, Token
from pygments.util import ClassNotFound

from portfolio.markdown.diagrams import diagram_program

MAX_HIGHLIGHTED_LENGTH = 200_000
"""Characters; a longer listing is shown plain, because some lexers are quadratic."""

# Names that Rouge and GitHub know and Pygments does not.
ALIASES = {
    "conf": "ini",
    "gitignore": "text",
    "jsonc": "json",
    "liquid": "html+django",
    "mermaid": "text",
    "objc": "objective-c",
    "plaintext": "text",
    "proto": "protobuf",
    "shell": "bash",
    "txt": "text",
    "viml": "vim",
    "vue": "html",
}

# What a field for a language suggests.
COMMON_LANGUAGES = (
    "bash", "c", "c++", "c#", "clojure", "cmake", "console", "css", "dart", "diff", "docker", "elixir", "elm",
    "erlang", "fortran", "go", "graphql", "groovy", "haskell", "html", "html+django", "http", "ini", "java",
    "javascript", "json", "julia", "jupyter", "kotlin", "latex", "lua", "make", "markdown", "matlab", "nginx",
    "nix", "objective-c", "ocaml", "perl", "php", "powershell", "prolog", "protobuf", "python", "pycon", "r",
    "ruby", "rust", "scala", "scheme", "scss", "sql", "swift", "terraform", "text", "toml", "typescript", "verilog",
    "vim", "xml", "yaml", "zig",
)  # fmt: skip

_MARKED = re.compile(
    r'<code(?P<before>(?: [^<>]*?)?) data-lexer="(?P<language>[^"<>]*)"(?: data-lines="(?P<lines>[\d, -]*)")?'
    r"(?P<after>[^<>]*)>(?P<code>[^<>]*)</code>"
)


def highlight(code: str, language: str, lines: str = "") -> str:
    """Return the inner HTML of a ``<code>`` element, with Pygments' short class names.

    ``lines`` names lines to stress, counted from 1 ("2,4-6"); each is wrapped in ``<span class="hll">``.
    An unknown language, or a listing longer than ``MAX_HIGHLIGHTED_LENGTH``, gives escaped text. Never raises. There is
    no bound on its time: call it in a worker, or for text of your own.
    """
    return stressed(coloured(code, language), lines)


def coloured(code: str, language: str) -> str:
    """`highlight` without stressed lines."""
    code = code.replace("\r\n", "\n").replace("\r", "\n")
    lexer = _lexer(language.strip().lower()) if len(code) <= MAX_HIGHLIGHTED_LENGTH else None
    if lexer is None:
        return escape(code, quote=False)
    try:
        return _formatted(code, lexer)
    except Exception:
        # A fault in one of 500 lexers must not cost the page.
        return escape(code, quote=False)


def stressed(markup: str, lines: str) -> str:
    """The inner HTML of a listing with each of ``lines`` ("2,4-6") in ``<span class="hll">``."""
    numbers = line_numbers(lines, markup.count("\n") + 1) if lines else frozenset()
    return _stress(markup, numbers) if numbers else markup


def is_coloured(language: str) -> bool:
    """Tell whether a listing in ``language`` gets any colours."""
    return _lexer(language.strip().lower()) is not None


def is_language(name: str) -> bool:
    """Tell whether ``name`` is a language, of those too that have no colours; "" is none, and plain text."""
    name = name.strip().lower()
    return ALIASES.get(name, name) in ("", "text") or _lexer(name) is not None


def code_mark(language: str, lines: str = "") -> str:
    """Return the attributes, each with a space before it, by which `show_code` knows a ``<code>`` element."""
    stress = f' data-lines="{escape(lines)}"' if lines else ""
    is_marked = is_coloured(language) or lines or diagram_program(language)
    return f' data-lexer="{escape(language)}"{stress}' if is_marked else ""


def marked_code(html: str) -> Iterator[tuple[str, str]]:
    """Yield the code and the language of each marked listing in sanitised ``html``."""
    for match in _MARKED.finditer(html) if "data-lexer" in html else ():
        if is_coloured(unescape(match["language"])):
            yield unescape(match["code"]), unescape(match["language"])


def show_code(html: str, colour: Callable[[str, str], str | None]) -> str:
    """Return sanitised ``html`` with ``colour(code, language)`` inside each marked ``<code>``; None leaves it plain."""

    def shown(match: re.Match[str]) -> str:
        language = unescape(match["language"])
        markup = colour(unescape(match["code"]), language) if is_coloured(language) else None
        inner = stressed(match["code"] if markup is None else markup, match["lines"] or "")
        return f"<code{match['before']}{match['after']}>{inner}</code>"

    return _MARKED.sub(shown, html) if "data-lexer" in html else html


def knows(language: str) -> bool:
    """Tell whether ``language`` names something that can be highlighted, or plain text."""
    name = language.strip().lower()
    return ALIASES.get(name, name) == "text" or _lexer(name) is not None


def line_numbers(lines: str, last: int) -> frozenset[int]:
    """Read "2,4-6" as the set {2, 4, 5, 6}; parts that are no numbers, or lie beyond ``last``, are left out."""
    found: set[int] = set()
    for part in lines.split(","):
        if match := re.fullmatch(r"\s*(\d{1,6})\s*(?:-\s*(\d{1,6})\s*)?", part):
            first, end = int(match[1]), int(match[2] or match[1])
            found.update(range(max(first, 1), min(end, last) + 1))
    return frozenset(found)


@lru_cache(maxsize=256)
def _lexer(language: str) -> type[Lexer] | None:
    """Return the class, not a lexer: some keep state while they run and must not be shared between threads."""
    name = ALIASES.get(language, language)
    if name in ("", "text"):
        return None
    try:
        return find_lexer_class_by_name(name)
    except (ClassNotFound, ValueError):
        return None


def _tokens(code: str, lexer: type[Lexer]) -> list[tuple[Any, str]]:
    """The tokens of ``code``, all of it: some lexers pass over a last line that does not end."""
    for text in (code, f"{code}\n"):
        # Leading and trailing blank lines belong to the listing, so nothing may be stripped.
        found = list(lexer(stripnl=False, ensurenl=False).get_tokens(text))
        if text != code and found and found[-1][1].endswith("\n"):
            found[-1] = (found[-1][0], found[-1][1][:-1])
        if "".join(value for _, value in found) == code:
            return found
    return [(Token.Text, code)]


def _formatted(code: str, lexer: type[Lexer]) -> str:
    pieces: list[str] = []
    for kind, value in _tokens(code, lexer):
        name = _short_class(kind)
        text = escape(value, quote=False)
        if not name or not value.strip():
            pieces.append(text)
            continue
        # A span never crosses a line end, so that a stressed line stays well-formed.
        pieces.append("\n".join(f'<span class="{name}">{part}</span>' if part else "" for part in text.split("\n")))
    return "".join(pieces)


@lru_cache(maxsize=512)
def _short_class(kind: Any) -> str:
    """Pygments' short class of a token type, or of the nearest type above it that has one."""
    while kind not in STANDARD_TYPES:
        kind = kind.parent
    return STANDARD_TYPES[kind]


def _stress(markup: str, stressed: frozenset[int]) -> str:
    lines = markup.split("\n")
    return "\n".join(
        f'<span class="hll">{line}</span>' if number in stressed else line for number, line in enumerate(lines, 1)
    )
