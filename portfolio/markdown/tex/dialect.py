"""TeX as authors write it for MathJax and KaTeX, in the words that the converter knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from portfolio.markdown.tex.environments import (
    Environment,
    begin,
    end,
    named_environments,
    outer_environment,
    rows_of,
    without_row_space,
)
from portfolio.markdown.tex.macros import Macro, expand, macros_of
from portfolio.markdown.tex.tokens import TexError, TokenReader, tex_of, tokens_of
from portfolio.markdown.tex.vocabulary import (
    AS_TEXT,
    BUILT_IN_MACROS,
    CSS_COLOURS,
    ENVIRONMENTS,
    ESCAPED_IN_TEXT,
    FENCES,
    SIZES,
    TEXT_COMMANDS,
    WITHOUT_NUMBER,
    WRAPPERS,
)

_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\Z")
MAX_COLUMNS = 40
MAX_DIGITS = 4  # of a number that is read; Python reads none of thousands


@dataclass(frozen=True, slots=True)
class Formula:
    """``tex`` for the converter; the number of each row of its outermost table ("" for none), if any has one."""

    tex: str
    tags: tuple[str, ...] = ()


@cache
def built_in_macros() -> dict[str, Macro]:
    return macros_of(BUILT_IN_MACROS)


def translate(tex: str, *, display: bool) -> Formula:
    """Return ``tex`` in the converter's words. Raises `TexError`."""
    expanded = named_environments(tokens_of(expand(tex, built_in_macros())))
    tokens = _rewritten(without_row_space(expanded))
    if not display:
        return Formula(tex_of(_with_tags_in_line(tokens)))
    outer = outer_environment(tokens)
    while outer is not None and outer.plain_name in WRAPPERS:
        tokens = list(outer.body)
        outer = outer_environment(tokens)
    if r"\tag" in tokens or r"\tag*" in tokens:
        return _numbered(tokens, outer)
    return Formula(tex_of(_known_environments(_in_lines(tokens))))


def _numbered(tokens: list[str], outer: Environment | None) -> Formula:
    if outer is not None and ENVIRONMENTS.get(outer.plain_name, outer.name) in ("aligned", "gathered", "darray"):
        parts = [_without_tag(row) for row in rows_of(outer.body)]
        body: list[str] = []
        for row, _ in parts:
            body += [*([r"\\"] if body else []), *(row or [" "])]
        inner = _known_environments([*begin(outer.name), *body, *end(outer.name)])
        return Formula(tex_of(inner), tuple(tag for _, tag in parts))
    row, tag = _without_tag(tokens)
    return Formula(tex_of(_known_environments(_in_lines(row))), (tag,))


def _without_tag(row: Sequence[str]) -> tuple[list[str], str]:
    """Return ``row`` without its tag, and the tag as TeX of text."""
    rest: list[str] = []
    tag = ""
    reader = TokenReader(row)
    for mark in reader:
        if mark in (r"\tag", r"\tag*"):
            words = tex_of(reader.argument()).strip()
            tag = words if mark.endswith("*") else f"({words})"
        else:
            rest.append(mark)
    return rest, tag


def _with_tags_in_line(tokens: list[str]) -> list[str]:
    rest, tag = _without_tag(tokens)
    return _known_environments(rest) + ([r"\quad", *_text(tokens_of(tag), r"\text")] if tag else [])


def _in_lines(tokens: list[str]) -> list[str]:
    """Lines outside of any environment, which many an author writes, as an environment."""
    rows = [row for row in rows_of(tokens) if any(mark != " " for mark in row)]
    if len(rows) < 2 or "&" in _outside_groups(tokens):
        return tokens
    lines = [*begin("aligned")]
    for index, row in enumerate(rows):
        lines += [*([r"\\"] if index else []), "&", *row]
    return [*lines, *end("aligned")]


def _outside_groups(tokens: Sequence[str]) -> list[str]:
    depth = 0
    outside = []
    for mark in tokens:
        depth += (mark in ("{", r"\begin", r"\left")) - (mark in ("}", r"\end", r"\right"))
        if depth == 0:
            outside.append(mark)
    return outside


def _known_environments(tokens: Sequence[str]) -> list[str]:
    result: list[str] = []
    reader = TokenReader(tokens)
    fences: list[str] = []
    for mark in reader:
        if mark not in (r"\begin", r"\end"):
            result.append(mark)
            continue
        name = "".join(reader.argument())
        plain = name.removesuffix("*")
        if plain in WRAPPERS:
            continue
        if plain in FENCES and name.endswith("*"):
            opening, closing = FENCES[plain]
            if mark == r"\begin":
                column = "".join(reader.optional_argument() or ["c"]).strip() or "c"
                fences.append(closing)
                result += [
                    *([r"\left", opening] if opening else []),
                    *begin("array"),
                    "{",
                    column[:1] * MAX_COLUMNS,
                    "}",
                ]
            else:
                closing = fences.pop() if fences else ""
                result += [*end("array"), *([r"\right", closing] if closing else [])]
            continue
        known = ENVIRONMENTS.get(plain, name)
        if mark == r"\end":
            result += end(known)
            continue
        result += begin(known)
        if known in ("aligned", "gathered"):
            reader.optional_argument()  # [t], where it stands in its line
        elif plain == "eqnarray":
            result += ["{", "rcl", "}"]
        elif plain == "smallmatrix":
            result += ["{", "c" * MAX_COLUMNS, "}"]
        elif known in ("array", "darray"):
            reader.optional_argument()
            result += ["{", _columns(reader.argument()), "}"]
    return result


def _columns(specification: Sequence[str]) -> str:
    """Return the columns of an array as l, c, r and lines, without what stands between or before them."""
    result = ""
    reader = TokenReader(specification)
    for mark in reader:
        if mark == "*":
            times = "".join(reader.argument()).strip()
            columns = _columns(reader.argument())
            result += columns * min(int(times[:MAX_DIGITS]) if times.isdecimal() else 1, MAX_COLUMNS)
        elif mark in ("@", "!", ">", "<"):
            reader.argument()
        elif mark in ("p", "m", "b", "X"):
            reader.argument()
            result += "l"
        elif mark in ("l", "c", "r", "|", ":"):
            result += mark
    if len(result) > 2 * MAX_COLUMNS:
        raise TexError("a table has too many columns")
    return result or "c"


def _rewritten(tokens: Sequence[str]) -> list[str]:
    """Replace what is no matter of environments: sizes, text with formulas in it, colours, characters by number."""
    result: list[str] = []
    reader = TokenReader(tokens)
    for mark in reader:
        if mark in SIZES or mark in WITHOUT_NUMBER:
            continue
        if mark == r"\label":
            reader.argument()
        elif mark in TEXT_COMMANDS:
            result += _text(reader.argument(), AS_TEXT.get(mark, mark))
        elif mark == r"\color":
            result += _colour(reader)
        elif mark == r"\textcolor":
            result += ["{", *_colour(reader), "{", *_rewritten(reader.argument()), "}", "}"]
        elif mark == r"\unicode":
            reader.optional_argument()
            result += ["{", _character("".join(reader.argument())), "}"]
        elif mark == r"\operatorname":
            reader.skip_blanks()
            name = _rewritten(reader.argument())
            limits = _skipped_limits(reader)
            result += [mark + "*" if limits else mark, "{", *name, "}"]
        elif mark == r"\mathop":
            result += _operator(_rewritten(reader.argument()), reader)
        else:
            result.append(mark)
    return result


def _skipped_limits(reader: TokenReader) -> bool:
    reader.skip_blanks()
    if reader.peek() == r"\limits":
        reader.argument()
        return True
    return False


def _operator(body: list[str], reader: TokenReader) -> list[str]:
    """An operator of one's own: what is set below and above it stands there."""
    _skipped_limits(reader)
    reader.skip_blanks()
    while reader.peek() in ("_", "^"):
        command = r"\underset" if reader.argument() == ["_"] else r"\overset"
        body = [command, "{", *_rewritten(reader.argument()), "}", "{", *body, "}"]
        reader.skip_blanks()
    return [r"\mathop", "{", *body, "}"]


def _text(tokens: Sequence[str], command: str) -> list[str]:
    """Text, with the formulas between dollar signs or ``\\(`` and ``\\)`` in it, as a row of both."""
    parts: list[str] = []
    words: list[str] = []
    reader = TokenReader(tokens)

    def flush() -> None:
        if words:
            parts.extend([command, "{", *words, "}"])
            words.clear()

    for mark in reader:
        if mark in ("$", r"\("):
            flush()
            formula = reader.until("$" if mark == "$" else r"\)")
            parts += ["{", *_rewritten(formula), "}"]
        elif mark in TEXT_COMMANDS:
            inner = reader.argument()
            flush()
            parts += _text(inner, AS_TEXT.get(mark, mark) if mark != r"\text" else command)
        elif mark in ESCAPED_IN_TEXT:
            words.append("\\" + mark)
        elif mark in ("{", "}") or mark in SIZES:
            continue
        elif mark == r"\ ":
            words.append("~")
        else:
            words.append(mark)
    flush()
    return parts if len(parts) and parts.count(command) == 1 and parts[0] == command else ["{", *parts, "}"]


def _colour(reader: TokenReader) -> list[str]:
    """A colour as the converter takes it: six digits, or one of LaTeX's names."""
    model = "".join(reader.optional_argument() or []).strip()
    name = "".join(reader.argument()).strip()
    digits = ""
    if model in ("rgb", "RGB"):
        scale = 255.0 if model == "rgb" else 1.0
        with suppress(ValueError):
            parts = [min(255, max(0, round(float(part) * scale))) for part in name.split(",")]
            digits = "".join(f"{part:02x}" for part in parts) if len(parts) == 3 else ""
    elif (name.startswith("#") or model == "HTML") and (match := _HEX.match(name)):
        digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    elif name in CSS_COLOURS:
        digits = CSS_COLOURS[name]
    return [r"\color", *"[HTML]{", *digits, "}"] if digits else [r"\color", "{", *name, "}"]


def _character(number: str) -> str:
    number = number.strip()
    try:
        code = int(number[1:], 16) if number[:1] in ("x", "U") else int(number)
    except ValueError as error:
        raise TexError("a character has no number") from error
    if not 0x20 < code < 0x110000 or 0xD800 <= code < 0xE000 or code in (0x7F, 0xFFFE, 0xFFFF):
        raise TexError("a character has no number")
    return chr(code)
