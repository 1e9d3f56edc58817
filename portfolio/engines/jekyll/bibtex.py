"""BibTeX: read the entries of a bibliography, and their LaTeX as plain text.

https://www.bibtex.com/g/bibtex-format/
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

MAX_ENTRIES = 5000
_ENTRY = re.compile(r"@(\w+)\s*[{(]\s*")
_KEY = re.compile(r"([^\s,{}=\"]+)\s*,")
_FIELD = re.compile(r"\s*,?\s*([\w:+-]+)\s*=\s*")
_WORD = re.compile(r"[\w.:+/-]+")
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
}  # fmt: skip
_ACCENT = re.compile(r"""\\([`'^~"=.]|[uvHckrd](?=[\s{\\]))\s*(?:\{\s*\\?([A-Za-z])\s*\}|\\?([A-Za-z]))""")
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å",
    "i": "i", "j": "j", "textendash": "–", "textemdash": "—", "ldots": "…", "dots": "…", "LaTeX": "LaTeX", "TeX": "TeX",
}  # fmt: skip
_LETTER = re.compile(r"\\(" + "|".join(sorted(_LETTERS, key=len, reverse=True)) + r")(?![A-Za-z])\s*(?:\{\})?")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s*(?=\{|\s|$)")
_AND = re.compile(r"\s+and\s+")


@dataclass(frozen=True, slots=True)
class BibEntry:
    """One entry; ``fields`` have lower-case names and values as written."""

    kind: str
    key: str
    fields: dict[str, str] = field(default_factory=dict)

    def text(self, *names: str) -> str:
        """Return the first of the fields that is filled, as plain text."""
        return next(filter(None, (plain_latex(self.fields.get(name, "")) for name in names)), "")

    @property
    def people(self) -> list[tuple[str, str]]:
        """Return given and family name of each author, or of each editor if there is no author."""
        names = _AND.split(" ".join((self.fields.get("author") or self.fields.get("editor") or "").split()))
        return [_person(name) for name in names if name]


def read_bibtex(text: str) -> list[BibEntry]:
    """Return the entries in order; what cannot be read is skipped. Linear in the length of the text."""
    entries: list[BibEntry] = []
    strings: dict[str, str] = {}
    position = 0
    while (match := _ENTRY.search(text, position)) and len(entries) < MAX_ENTRIES:
        kind, position = match[1].lower(), match.end()
        if kind in ("comment", "preamble"):
            continue
        key = _KEY.match(text, position) if kind != "string" else None
        if kind != "string" and key is None:
            continue
        position = key.end() if key else position
        fields: dict[str, str] = {}
        while name := _FIELD.match(text, position):
            value, position = _value(text, name.end(), strings)
            fields.setdefault(name[1].lower(), value)
        if kind == "string":
            strings |= fields
        elif key is not None:
            entries.append(BibEntry(kind, key[1], fields))
    return entries


def _value(text: str, position: int, strings: dict[str, str]) -> tuple[str, int]:
    """Return the value at ``position``, whose parts ``#`` may join, and where it ends."""
    parts = []
    while position < len(text):
        if text[position] in '{"':
            part, position = _delimited(text, position)
            parts.append(part)
        elif word := _WORD.match(text, position):
            parts.append(strings.get(word[0].lower(), word[0]))
            position = word.end()
        joined = re.compile(r"\s*#\s*").match(text, position)
        if joined is None:
            break
        position = joined.end()
    return "".join(parts), position


def _delimited(text: str, start: int) -> tuple[str, int]:
    closing, depth, position = "}" if text[start] == "{" else '"', 0, start + 1
    for match in re.compile(r'\\.|[{}"]', re.DOTALL).finditer(text, position):
        character = match[0]
        if character == closing and depth == 0:
            return text[start + 1 : match.start()], match.end()
        depth += (character == "{") - (character == "}")
    return text[start + 1 :], len(text)


def plain_latex(text: str) -> str:
    """Return LaTeX text as plain text on one line."""
    text = _ACCENT.sub(lambda match: (match[2] or match[3]) + _ACCENTS[match[1]], text)
    text = _LETTER.sub(lambda match: _LETTERS[match[1]], text)
    text = re.sub(r"\\([&%$#_{}])", lambda match: {"{": "\0", "}": "\1"}.get(match[1], match[1]), text)
    text = _COMMAND.sub("", text).replace("{", "").replace("}", "").replace("\0", "{").replace("\1", "}")
    text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”").replace("~", " ")
    return " ".join(unicodedata.normalize("NFC", text).split())


def _person(name: str) -> tuple[str, str]:
    if name.startswith("{") and name.endswith("}"):
        return "", plain_latex(name)  # an organisation
    family, comma, given = name.partition(",")
    if not comma:
        given, _, family = name.rpartition(" ")
    return plain_latex(given.rpartition(",")[2]), plain_latex(family)
