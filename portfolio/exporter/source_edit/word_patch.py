"""Word patch: apply a change of visible words to the source that they came from.

Visible text and source differ by markup, URLs and line breaks. The words of both are aligned; then only the changed
words are replaced in the source. The result is a guess: callers must convert it and compare.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

from portfolio.markdown.writing.escaping import escape_text

Escape = Callable[[str], str]

_TOKEN = re.compile(r"\S+")
_ADDRESS = re.compile(r"\]\([^)\s]*\)?|\]\[[^\]]*\]|\{:[^}]*\}|</?[a-zA-Z][^<>]*>|\"?\)$")
_NOT_WORD = re.compile(r"[\W_]+")
_BLANK = r"(?:[ \t]*\n[ \t]*(?:>[ \t]*)*|[ \t]+)"
# Patterns for the ways in which a visible character can be written in the source.
_SPELLINGS = {
    "’": r"(?:’|\\?')", "‘": r"(?:‘|\\?')", "“": r'(?:“|\\?")', "”": r'(?:”|\\?")', "–": r"(?:–|--|&ndash;)",
    "—": r"(?:—|---|&mdash;)", "…": r"(?:…|\.\.\.)", "&": r"(?:&amp;|&)", "<": r"(?:&lt;|\\?<)", ">": r"(?:&gt;|\\?>)",
    " ": _BLANK,
}  # fmt: skip

_TYPOGRAPHIC = frozenset("’‘“”–—…")


@dataclass(frozen=True, slots=True)
class TextEdit:
    start: int
    end: int
    text: str


def patch_words(source: str, old: str, new: str, escape: Escape = escape_text) -> str | None:
    """Return ``source`` with the visible words ``old`` replaced by ``new``, or None if they cannot be found.

    ``escape`` turns new words into source.
    """
    old_words, new_words = old.split(), new.split()
    tokens = list(_TOKEN.finditer(source))
    token_of = align_words(old_words, [token[0] for token in tokens])
    edits: list[TextEdit] = []
    for action, i1, i2, j1, j2 in SequenceMatcher(None, old_words, new_words, autojunk=False).get_opcodes():
        if action == "equal":
            continue
        word_edits = _edits(source, tokens, token_of, (old_words, i1, i2), new_words[j1:j2], escape)
        if word_edits is None:
            return None
        edits += word_edits
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        source = source[: edit.start] + edit.text + source[edit.end :]
    return source


def align_words(words: Sequence[str], tokens: Sequence[str]) -> dict[int, int]:
    """Map the index of each word to the index of its token in the source, where there is one."""
    matcher = SequenceMatcher(None, [_plain(word) for word in words], [_plain(token) for token in tokens], False)
    return {
        match.a + step: match.b + step
        for match in matcher.get_matching_blocks()
        for step in range(match.size)
    }  # fmt: skip


def _plain(token: str) -> str:
    """Return the letters and digits of a token, or its signs without backslashes if it has none."""
    bare = unescape(_ADDRESS.sub("", token))
    return _NOT_WORD.sub("", bare) or bare.replace("\\", "") or bare


def _edits(
    source: str,
    tokens: Sequence[re.Match[str]],
    token_of: dict[int, int],
    old_text: tuple[Sequence[str], int, int],
    new: Sequence[str],
    escape: Escape,
) -> list[TextEdit] | None:
    words, first, last = old_text
    if first == last:
        return _insertion(tokens, token_of, first, [*map(escape, new)])
    left = token_of.get(first, token_of.get(first - 1, -2 if first else -1) + 1)
    right = token_of.get(last - 1, token_of.get(last, len(tokens) if last == len(words) else -1) - 1)
    if not 0 <= left <= right < len(tokens):
        return None
    if not new:
        return [_deletion(tokens, left, right)]
    if len(new) == last - first == right - left + 1:
        pairs = zip(range(left, right + 1), words[first:last], new, strict=True)
        replacements = [
            _replacement(source, (tokens[at].start(), tokens[at].end()), old_word, new_word, escape)
            for at, old_word, new_word in pairs
        ]
        return None if None in replacements else replacements
    span = tokens[left].start(), tokens[right].end()
    edit = _replacement(source, span, " ".join(words[first:last]), " ".join(new), escape)
    return [edit] if edit else None


def _insertion(
    tokens: Sequence[re.Match[str]], token_of: dict[int, int], index: int, new: Sequence[str]
) -> list[TextEdit] | None:
    text = " ".join(new)
    if index - 1 in token_of:
        end = tokens[token_of[index - 1]].end()
        return [TextEdit(end, end, " " + text)]
    if index in token_of:
        start = tokens[token_of[index]].start()
        return [TextEdit(start, start, text + " ")]
    return None


def _deletion(tokens: Sequence[re.Match[str]], left: int, right: int) -> TextEdit:
    """Delete the words with one adjacent space; line breaks stay."""
    if right + 1 < len(tokens) and "\n" not in tokens[right].string[tokens[right].end() : tokens[right + 1].start()]:
        return TextEdit(tokens[left].start(), tokens[right + 1].start(), "")
    start = tokens[left - 1].end() if left else tokens[left].start()
    return TextEdit(start, tokens[right].end(), "")


def _replacement(source: str, span: tuple[int, int], old: str, new: str, escape: Escape) -> TextEdit | None:
    """Replace ``old`` by ``new`` in ``span``; characters that both share stay as they are written."""
    start, end = span
    lead = _shared(old, new)
    trail = _shared(old[lead:][::-1], new[lead:][::-1])
    core, text = old[lead : len(old) - trail], escape(new[lead : len(new) - trail])
    matches = list(re.finditer("".join(map(_spelling, core)), source[start:end])) if core else []
    if len(matches) != 1:
        return None
    match = matches[0]
    return TextEdit(
        start + match.start(), start + match.end(), _broken_like(match[0], _spelt_like(match[0], core, text))
    )


def _shared(one: str, other: str) -> int:
    """Return the length of the common prefix without spaces, ending at a word boundary."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right or left.isspace():
            break
        count += 1
    while count and one[count - 1].isalnum() and any(text[count : count + 1].isalnum() for text in (one, other)):
        count -= 1
    return count


def _spelling(character: str) -> str:
    if character in _SPELLINGS:
        return _SPELLINGS[character]
    return re.escape(character) if character.isalnum() else rf"\\?{re.escape(character)}"


def _spelt_like(source: str, old_text: str, text: str) -> str:
    """Return ``text`` with typographic signs spelt as in ``source``, the source of ``old_text``: ``'`` for ``’``."""
    spelling = re.compile("".join(f"({_spelling(sign)})" for sign in old_text), re.DOTALL).fullmatch(source)
    signs = dict(zip(old_text, spelling.groups(), strict=True)) if spelling else {}
    return "".join(signs.get(sign, sign) if sign in _TYPOGRAPHIC else sign for sign in text)


def _broken_like(before: str, text: str) -> str:
    """Return ``text`` with the line breaks of ``before``, each after the same number of words."""
    for match in re.finditer(r"[ \t]*\n[ \t]*(?:>[ \t]*)*", before):
        count = len(before[: match.start()].split())
        blanks = list(re.finditer(r" ", text))
        if count - 1 < len(blanks):
            at = blanks[count - 1].start()
            text = text[:at] + match[0] + text[at + 1 :]
    return text


def rewrap(markdown: str, source: str) -> str:
    """Return ``markdown`` with the line breaks that ``source`` has between the same words."""
    new, old = list(_TOKEN.finditer(markdown)), list(_TOKEN.finditer(source))
    matcher = SequenceMatcher(None, [token[0] for token in new], [token[0] for token in old], False)
    old_index = {
        match.a + step: match.b + step for match in matcher.get_matching_blocks() for step in range(match.size)
    }
    parts: list[str] = []
    for number, token in enumerate(new):
        blank = markdown[new[number - 1].end() : token.start()] if number else ""
        at = old_index.get(number)
        if number and at and "\n" not in blank:
            old_blank = source[old[at - 1].end() : old[at].start()]
            blank = old_blank if old_blank.count("\n") == 1 or old_index.get(number - 1) == at - 1 else blank
        parts.append(blank + token[0])
    return "".join(parts)
