"""What editors and generators write in Markdown that is not Markdown: read if the meaning is clear, or reported. Pure.

Obsidian: https://help.obsidian.md/links, https://help.obsidian.md/syntax. Pelican:
https://docs.getpelican.com/en/stable/content.html#linking-to-internal-content.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from portfolio.documents.document import Problem, Severity
from portfolio.engines.expanded_text import ExpandedText, TextFragment
from portfolio.engines.file_links import link_address
from portfolio.engines.plain.folder_index import FolderIndex
from portfolio.engines.plain.prose_text import fence_languages, line_of, without_code
from portfolio.markdown.kramdown.heading_ids import HeadingIds

MAX_REPORTED = 50  # problems of one document
MAX_QUOTED = 80  # characters of source in a message
PICTURES = frozenset({".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})

_WIKI_LINK = re.compile(
    r"(?P<embed>!?)\[\[(?P<name>[^\[\]\n|#]{0,300})(?:#(?P<heading>[^\[\]\n|]{0,300}))?"
    r"(?:\\?\|(?P<words>[^\[\]\n]{0,300}))?\]\]"
)
_NO_NAME = re.compile(r"[\d\s,.;:+*/-]*")  # a row of a matrix
_HIDDEN = re.compile(r"%%(?:[^%]|%(?!%)){1,20000}%%")
_PELICAN_LINK = re.compile(
    r"(?P<before>\]\(\s*<?|^ {0,3}\[[^\]\n]{1,300}\]:\s*<?|\b(?:href|src)=[\"'])"
    r"[{|](?P<kind>filename|static|attach|tag|category|author|index)[}|](?P<path>[^\s)>\"']{0,500})",
    re.MULTILINE,
)
_FROM_TOP = re.compile(
    r"(?P<before>\]\(\s*<?|^ {0,3}\[[^\]\n]{1,300}\]:\s*<?|\b(?:href|src)=[\"'])"
    r"(?P<address>/[^\s)>\"'/][^\s)>\"']{0,500})",
    re.MULTILINE,
)
_SHOWN = re.compile(r"[^\n]")
_SPECIAL = re.compile(r"([\\`*_~<>$\[\]|])")

# Syntax that is shown as written, by its name.
_AS_WRITTEN = tuple(
    (what, re.compile(pattern, re.MULTILINE))
    for what, pattern in (
        ("a note of MkDocs", r"^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+[\w-]+[^\n]*$"),
        ("a tab of MkDocs", r"^[ \t]*===[!+]?[ \t]+\"[^\n]*$"),
        ("a container", r"^[ \t]*:::+[ \t]*\{?[A-Za-z][^\n]*$"),
        ("a shortcode of Hugo", r"\{\{[<%][^\n]{0,300}?[%>]\}\}"),
        ("a template's tag", r"\{%[^\n]{0,300}?%\}|\{\{(?![<%])[^\n]{0,300}?\}\}"),
        ("a highlight", r"==(?=[^\s=])[^=\n]{1,300}(?<!\s)=="),
        ("an import of MDX", r"^import[ \t][^\n]*?['\"][^\n]*$|^export[ \t]+(?:const|default|function)\b[^\n]*$"),
        ("a component", r"<[A-Z]\w*(?:[ \t][^>\n]{0,300})?/?>"),
        ("front matter in JSON", r"\A\s{0,20}\{\s{0,20}\"[\w-]{1,60}\"\s*:"),
        ("a title block of Pandoc", r"\A% [^\n]+$"),
        ("a table of contents", r"^\[TOC\][ \t]*$|^\[\[_?TOC_?\]\][ \t]*$"),
        ("an include", r"^[ \t]*-{1,2}8<-{1,2}[^\n]*$"),
        ("a directive", r"^[ \t]*\.\. [\w-]+::[^\n]*$"),
        ("the name of a block in Obsidian", r"(?<=\S)[ \t]\^[A-Za-z][\w-]{0,60}[ \t]*$"),
    )
)
# Fenced blocks that a program renders instead of showing their source.
_MADE_OF_FENCE = re.compile(
    r"(?:dataview(?:js)?|query|tasks|mermaid|plantuml|puml|graphviz|dot|excalidraw|\{[\w:-]+\})"
)


@dataclass(frozen=True, slots=True)
class Change:
    """A replacement of ``start:end`` by Markdown, with a problem to report if there is one."""

    start: int
    end: int
    text: str
    problem: str = ""
    severity: Severity = Severity.WARNING


def read_syntax(text: str, document: str, index: FolderIndex | None) -> ExpandedText:
    """Return ``text`` of the document at that path with other link syntax converted to Markdown.

    Without ``index`` there is no folder, and the text is unchanged.
    """
    if index is None:
        return ExpandedText(text, (TextFragment(0, len(text), 0, len(text), literal=True),))
    prose = without_code(text)
    changes: list[Change] = []
    for pattern, read in (
        (_HIDDEN, _hidden),
        (_WIKI_LINK, lambda match: _wiki_link(match, document, index)),
        (_PELICAN_LINK, lambda match: _pelican_link(match, document)),
        (_FROM_TOP, lambda match: _from_top(match, index)),
    ):
        replacements = [change for match in pattern.finditer(prose) if (change := read(match)) is not None]
        prose = _without(prose, replacements)
        changes += replacements
    changes.sort(key=lambda change: change.start)
    notes = [(change.start, change.severity, change.problem) for change in changes if change.problem]
    notes += _as_written(prose)
    notes += [
        (offset, Severity.WARNING, f"what is made of a {language} listing is not; its source is shown")
        for language, offset in fence_languages(text)
        if _MADE_OF_FENCE.fullmatch(language)
    ]
    problems = tuple(
        Problem(severity, "foreign-syntax", message, line_of(text, offset))
        for offset, severity, message in sorted(notes, key=lambda note: note[0])[:MAX_REPORTED]
    )
    return ExpandedText(*_applied(text, changes), problems)


def _without(prose: str, changes: Iterable[Change]) -> str:
    """Return ``prose`` with spaces in place of the ``changes``, which are in order."""
    parts: list[str] = []
    position = 0
    for change in changes:
        parts += (prose[position : change.start], _SHOWN.sub(" ", prose[change.start : change.end]))
        position = change.end
    return "".join((*parts, prose[position:]))


def _applied(text: str, changes: list[Change]) -> tuple[str, tuple[TextFragment, ...]]:
    parts: list[str] = []
    fragments: list[TextFragment] = []
    source, shown = 0, 0
    for start, end, new in [
        *((change.start, change.end, change.text) for change in changes),
        (len(text), len(text), ""),
    ]:
        fragments.append(TextFragment(shown, shown + start - source, source, start, literal=True))
        shown += start - source
        parts += (text[source:start], new)
        fragments.append(TextFragment(shown, shown + len(new), start, end, literal=text[start:end] == new))
        shown, source = shown + len(new), end
    return "".join(parts), tuple(fragments)


def _hidden(match: re.Match[str]) -> Change:
    message = f"{quoted(match[0])} is a comment of Obsidian and is hidden, as there"
    return Change(match.start(), match.end(), "", message, Severity.INFO)


def _wiki_link(match: re.Match[str], document: str, index: FolderIndex) -> Change | None:
    written, name = match[0], match["name"].removesuffix("\\").strip()
    heading = (match["heading"] or "").removesuffix("\\").strip()
    words = (match["words"] or "").strip()
    path = index.find(name, document) if name else document
    if path is None:
        if not name or _NO_NAME.fullmatch(name):
            return None
        message = f"{quoted(written)} leads to no file of the folder; it is shown as it is written"
        return Change(match.start(), match.end(), written, message)
    address = link_address(path) if name else ""
    if heading and not heading.startswith("^"):
        address += "#" + HeadingIds().github(heading.rpartition("#")[2].strip(), "")
    label = _SPECIAL.sub(r"\\\1", words or " > ".join(filter(None, (name, heading.lstrip("^").replace("#", " > ")))))
    message = ""
    if match["embed"] and posixpath.splitext(path)[1].lower() in PICTURES:
        size = bool(re.fullmatch(r"\d+(?:x\d+)?", words))
        alt = _SPECIAL.sub(r"\\\1", posixpath.splitext(posixpath.basename(path))[0]) if size or not words else label
        message = f"the size of {quoted(written)} is left out; the picture is as wide as the text" if size else ""
        return Change(match.start(), match.end(), f"![{alt}]({address})", message, Severity.INFO)
    if match["embed"]:
        message = f"{quoted(written)} showed the file in the text; here it is a link"
    return Change(match.start(), match.end(), f"[{label}]({address or '#'})", message)


def _pelican_link(match: re.Match[str], document: str) -> Change | None:
    if match["kind"] not in ("filename", "static", "attach"):
        message = (
            f"{quoted(match[0].removeprefix(match['before']))} is an address that Pelican fills in; it leads nowhere"
        )
        return Change(match.start(), match.end(), match[0], message)
    path = match["path"]
    if path.startswith("/"):
        path = "/" + posixpath.join(document.partition("/")[0] if "/" in document else "", path.lstrip("/"))
    return Change(match.start(), match.end(), match["before"] + path)


def _from_top(match: re.Match[str], index: FolderIndex) -> Change | None:
    address = index.below_root(match["address"])
    if address == match["address"]:
        return None
    return Change(match.start(), match.end(), match["before"] + address)


def _as_written(prose: str) -> Iterator[tuple[int, Severity, str]]:
    for what, pattern in _AS_WRITTEN:
        for match in islice(pattern.finditer(prose), MAX_REPORTED):
            yield match.start(), Severity.WARNING, f"{quoted(match[0])} is {what}, and is shown as it is written"


def quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MAX_QUOTED else f"{line[: MAX_QUOTED - 1]}…"
