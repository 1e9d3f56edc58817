"""A change of words carried back into the lines that the words came from.

What a reader sees and what the source says differ by marks, addresses and line ends. The words of both are aligned;
then only the words that changed are replaced in the source. None of this is certain: whoever uses a result converts it
and compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

from portfolio.exporter.escaping import escape_text

Escape = Callable[[str], str]

_TOKEN = re.compile(r"\S+")
_ADDRESS = re.compile(r"\]\([^)\s]*\)?|\]\[[^\]]*\]|\{:[^}]*\}|</?[a-zA-Z][^<>]*>|\"?\)$")
_NOT_WORD = re.compile(r"[\W_]+")
_BLANK = r"(?:[ \t]*\n[ \t]*(?:>[ \t]*)*|[ \t]+)"
# How a character that readers see may stand in the source.
_SPELLINGS = {
    "’": r"(?:’|\\?')", "‘": r"(?:‘|\\?')", "“": r'(?:“|\\?")', "”": r'(?:”|\\?")', "–": r"(?:–|--|&ndash;)",
    "—": r"(?:—|---|&mdash;)", "…": r"(?:…|\.\.\.)", "&": r"(?:&amp;|&)", "<": r"(?:&lt;|\\?<)", ">": r"(?:&gt;|\\?>)",
    " ": _BLANK,
}  # fmt: skip

_TYPOGRAPHIC = frozenset("’‘“”–—…")


@dataclass(frozen=True, slots=True)
class Edit:
    start: int
    end: int
    text: str


def patched(source: str, old: str, new: str, escape: Escape = escape_text) -> str | None:
    """``source`` saying ``new`` where it said ``old`` (visible words); None when the words cannot be found in it.

    ``escape`` makes source of new words.
    """
    old_words, new_words = old.split(), new.split()
    tokens = list(_TOKEN.finditer(source))
    places = aligned(old_words, [token[0] for token in tokens])
    edits: list[Edit] = []
    for action, i1, i2, j1, j2 in SequenceMatcher(None, old_words, new_words, autojunk=False).get_opcodes():
        if action == "equal":
            continue
        found = _edits(source, tokens, places, (old_words, i1, i2), new_words[j1:j2], escape)
        if found is None:
            return None
        edits += found
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        source = source[: edit.start] + edit.text + source[edit.end :]
    return source


def aligned(words: Sequence[str], tokens: Sequence[str]) -> dict[int, int]:
    """For each word that could be found, by its place, the place of its token in the source."""
    matcher = SequenceMatcher(None, [_plain(word) for word in words], [_plain(token) for token in tokens], False)
    return {
        match.a + step: match.b + step
        for match in matcher.get_matching_blocks()
        for step in range(match.size)
    }  # fmt: skip


def _plain(token: str) -> str:
    """A token's letters and digits; where it has none, the token itself."""
    bare = unescape(_ADDRESS.sub("", token))
    return _NOT_WORD.sub("", bare) or bare


def _edits(
    source: str,
    tokens: Sequence[re.Match[str]],
    places: dict[int, int],
    said: tuple[Sequence[str], int, int],
    new: Sequence[str],
    escape: Escape,
) -> list[Edit] | None:
    words, first, last = said
    if first == last:
        return _insertion(tokens, places, first, [*map(escape, new)])
    left = places.get(first, places.get(first - 1, -2 if first else -1) + 1)
    right = places.get(last - 1, places.get(last, len(tokens) if last == len(words) else -1) - 1)
    if not 0 <= left <= right < len(tokens):
        return None
    if not new:
        return [_deletion(tokens, left, right)]
    if len(new) == last - first == right - left + 1:
        pairs = zip(range(left, right + 1), words[first:last], new, strict=True)
        found = [
            _replacement(source, (tokens[at].start(), tokens[at].end()), one, other, escape) for at, one, other in pairs
        ]
        return None if None in found else found
    span = tokens[left].start(), tokens[right].end()
    edit = _replacement(source, span, " ".join(words[first:last]), " ".join(new), escape)
    return [edit] if edit else None


def _insertion(
    tokens: Sequence[re.Match[str]], places: dict[int, int], at: int, new: Sequence[str]
) -> list[Edit] | None:
    text = " ".join(new)
    if at - 1 in places:
        end = tokens[places[at - 1]].end()
        return [Edit(end, end, " " + text)]
    if at in places:
        start = tokens[places[at]].start()
        return [Edit(start, start, text + " ")]
    return None


def _deletion(tokens: Sequence[re.Match[str]], left: int, right: int) -> Edit:
    """Take the words out with one of the blanks beside them; a line's end stays where it is."""
    if right + 1 < len(tokens) and "\n" not in tokens[right].string[tokens[right].end() : tokens[right + 1].start()]:
        return Edit(tokens[left].start(), tokens[right + 1].start(), "")
    start = tokens[left - 1].end() if left else tokens[left].start()
    return Edit(start, tokens[right].end(), "")


def _replacement(source: str, span: tuple[int, int], old: str, new: str, escape: Escape) -> Edit | None:
    """``new`` for ``old`` somewhere in ``span``; signs that both share are left alone, however they are written."""
    start, end = span
    lead = _shared(old, new)
    trail = _shared(old[lead:][::-1], new[lead:][::-1])
    core, text = old[lead : len(old) - trail], escape(new[lead : len(new) - trail])
    found = list(re.finditer("".join(map(_spelling, core)), source[start:end])) if core else []
    if len(found) != 1:
        return None
    match = found[0]
    return Edit(start + match.start(), start + match.end(), _broken_like(match[0], _spelt_like(match[0], core, text)))


def _shared(one: str, other: str) -> int:
    """How many signs, no letters, both begin with."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right or left.isalnum() or left.isspace():
            break
        count += 1
    return count


def _spelling(character: str) -> str:
    if character in _SPELLINGS:
        return _SPELLINGS[character]
    return re.escape(character) if character.isalnum() else rf"\\?{re.escape(character)}"


def _spelt_like(source: str, said: str, text: str) -> str:
    """``text`` with typographic signs written as ``source``, which says ``said``, writes them: ``'`` for ``’``."""
    spelling = re.compile("".join(f"({_spelling(sign)})" for sign in said), re.DOTALL).fullmatch(source)
    signs = dict(zip(said, spelling.groups(), strict=True)) if spelling else {}
    return "".join(signs.get(sign, sign) if sign in _TYPOGRAPHIC else sign for sign in text)


def _broken_like(before: str, text: str) -> str:
    """``text`` with the line ends of ``before``, each behind as many words as stood before it."""
    for match in re.finditer(r"[ \t]*\n[ \t]*(?:>[ \t]*)*", before):
        count = len(before[: match.start()].split())
        blanks = list(re.finditer(r" ", text))
        if count - 1 < len(blanks):
            at = blanks[count - 1].start()
            text = text[:at] + match[0] + text[at + 1 :]
    return text


def rewrapped(markdown: str, source: str) -> str:
    """``markdown`` with the line ends that ``source`` has between the same words."""
    new, old = list(_TOKEN.finditer(markdown)), list(_TOKEN.finditer(source))
    matcher = SequenceMatcher(None, [token[0] for token in new], [token[0] for token in old], False)
    places = {match.a + step: match.b + step for match in matcher.get_matching_blocks() for step in range(match.size)}
    parts: list[str] = []
    for number, token in enumerate(new):
        blank = markdown[new[number - 1].end() : token.start()] if number else ""
        at = places.get(number)
        if number and at and "\n" not in blank:
            there = source[old[at - 1].end() : old[at].start()]
            blank = there if there.count("\n") == 1 or places.get(number - 1) == at - 1 else blank
        parts.append(blank + token[0])
    return "".join(parts)
