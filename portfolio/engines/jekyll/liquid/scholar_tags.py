"""Tags of jekyll-scholar: ``bibliography``, ``cite``, ``reference`` and others (https://github.com/inukshuk/jekyll-scholar).

An entry is shown with its authors, year, title, venue and links; the styles of citations differ, these words do not.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

from liquid import Node, RenderContext, Tag, Token, TokenStream

from portfolio.documents.document import Severity
from portfolio.engines.jekyll.bibtex import BibEntry, read_bibtex
from portfolio.engines.jekyll.liquid.filters import relative_url
from portfolio.engines.jekyll.liquid.tags import arguments, kept
from portfolio.engines.walk import read_bytes, refusal

MAX_FILE = 4 * 1024 * 1024  # bytes
NAMES = ("bibliography", "bibliography_count", "cite", "cite_details", "citation", "nocite", "reference")
_CONDITION = re.compile(r"([\w-]+)\s*(\^=|~=|!=|=)\s*\{?\"?([^,\]\"}&]*)")
_LINKS = (
    ("html", "HTML"), ("url", "Link"), ("pdf", "PDF"), ("doi", "DOI"), ("arxiv", "arXiv"), ("eprint", "arXiv"),
    ("code", "Code"), ("slides", "Slides"), ("poster", "Poster"), ("video", "Video"), ("website", "Website"),
    ("blog", "Blog"), ("supp", "Supp"), ("preview_url", "Preview"),
)  # fmt: skip
_STARTS = {"doi": "https://doi.org/", "arxiv": "https://arxiv.org/abs/", "eprint": "https://arxiv.org/abs/"}


class ScholarNode(Node):
    """A tag of jekyll-scholar."""

    __slots__ = ("markup",)

    def __init__(self, token: Token, markup: str) -> None:
        super().__init__(token)
        self.blank = False
        self.markup = markup

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        env: Any = context.env  # a JekyllEnvironment
        markup = env.render_text(self.markup, context) if "{{" in self.markup else self.markup
        try:
            words = shlex.split(markup.replace("'", "\\'"))
        except ValueError:
            words = markup.split()
        options, names = _options(words)
        settings = env.context.site.config.get("scholar")
        settings = settings if isinstance(settings, Mapping) else {}
        entries = _entries(env.context.site.root, options.get("file", ""), settings)
        if not entries:
            message = f"{{% {self.token.value} %}}: its bibliography is not in the source"
            return kept(context, self.token, "missing-bibliography", message, buffer)
        return buffer.write(self._shown(entries, options, names, settings, context))

    def _shown(
        self,
        entries: Sequence[BibEntry],
        options: Mapping[str, str],
        names: Sequence[str],
        settings: Mapping[str, Any],
        context: RenderContext,
    ) -> str:
        name = self.token.value
        if name in ("bibliography", "bibliography_count"):
            chosen = [entry for entry in entries if _matches(entry, options.get("query") or settings.get("query"))]
            return (
                str(len(chosen)) if name == "bibliography_count" else _bibliography(chosen, options, settings, context)
            )
        found = [entry for key in names for entry in entries if entry.key == key.strip(",")]
        missing = [key for key in names if key.strip(",") not in {entry.key for entry in found}]
        if missing:
            message = f"{{% {name} %}}: {', '.join(missing)[:80]} is not in the bibliography"
            context.env.context.report(Severity.WARNING, "missing-citation", message, self.token)  # type: ignore[attr-defined]
        if name in ("cite", "citation"):
            links = "; ".join(f'<a href="#{escape(entry.key)}">{citation(entry)}</a>' for entry in found)
            return f"({links or ', '.join(map(escape, missing))})"
        return "" if name == "nocite" else "\n".join(_reference(entry, settings, context) for entry in found)


class ScholarTag(Tag):
    block = False

    def parse(self, stream: TokenStream) -> Node:
        token, markup = arguments(stream)
        return ScholarNode(token, markup)


def scholar_tags() -> tuple[type[Tag], ...]:
    return tuple(type(f"{name.title()}Tag", (ScholarTag,), {"name": name}) for name in NAMES)


def citation(entry: BibEntry) -> str:
    """Return authors and year, as in a text: “Weld & Brackwater, 2020”."""
    families = [family for _, family in entry.people]
    names = f"{families[0]} et al." if len(families) > 2 else " & ".join(families)
    return escape(", ".join(filter(None, (names or entry.text("title"), _year(entry)))), quote=False)


def _options(words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    long = {"-f": "file", "--file": "file", "-q": "query", "--query": "query", "-m": "max", "--max": "max"}
    options: dict[str, str] = {}
    names: list[str] = []
    waiting = ""
    for word in words:
        name, equals, value = word.partition("=")
        if waiting:
            options[waiting], waiting = word, ""
        elif word.startswith("-"):
            known = long.get(name, "other")
            if equals and word.startswith("--"):
                options[known] = value
            elif known != "other" or name in ("-T", "-t", "-s", "-l", "-p", "-g", "-O", "-L", "-A"):
                waiting = known
        else:
            names.append(word)
    return options, names


def _entries(root: Path, name: str, settings: Mapping[str, Any]) -> tuple[BibEntry, ...]:
    folder = str(settings.get("source") or "_bibliography").strip("./")
    file = name or str(settings.get("bibliography") or "references.bib")
    return _read(root, f"{folder}/{file}" if file.endswith(".bib") else f"{folder}/{file}.bib")


@lru_cache(maxsize=4)
def _read(root: Path, path: str) -> tuple[BibEntry, ...]:
    file = root / path
    if ".." in path.split("/") or not file.is_file() or refusal(file, root):
        return ()
    try:
        return tuple(read_bibtex(read_bytes(file, MAX_FILE).decode("utf-8", "replace")))
    except (OSError, ValueError):
        return ()


def _matches(entry: BibEntry, query: object) -> bool:
    """Whether the entry fulfils a query: ``@article[year=2020]``, ``@*[selected=true]*``."""
    if not isinstance(query, str) or not query.strip("@* "):
        return True
    kind = re.match(r"@(\w+)", query)
    if kind and kind[1].lower() != entry.kind:
        return False
    for name, operator, value in _CONDITION.findall(query.partition("[")[2]):
        has = value.strip().lower() == entry.text(name.lower()).lower()
        has = value.strip().lower() in entry.text(name.lower()).lower() if operator in ("^=", "~=") else has
        if has == (operator == "!="):
            return False
    return True


def _bibliography(
    entries: Sequence[BibEntry], options: Mapping[str, str], settings: Mapping[str, Any], context: RenderContext
) -> str:
    ordered = list(entries)
    if isinstance(settings.get("sort_by"), str) and settings["sort_by"] != "none":
        keys = [key.strip() for key in settings["sort_by"].split(",")]
        ordered.sort(key=lambda entry: [entry.text(key) for key in keys])
    if str(settings.get("order") or "").startswith("desc"):
        ordered.reverse()
    if options.get("max", "").isdecimal():
        ordered = ordered[: int(options["max"])]
    if settings.get("group_by") != "year":
        return _list(ordered, settings, context)
    years = sorted(ordered, key=_year, reverse=str(settings.get("group_order") or "descending").startswith("desc"))
    groups = ((year, list(group)) for year, group in groupby(years, _year))
    return "\n".join(f"<h2>{escape(year)}</h2>\n{_list(group, settings, context)}" for year, group in groups)


def _list(entries: Sequence[BibEntry], settings: Mapping[str, Any], context: RenderContext) -> str:
    items = "\n".join(f'<li id="{escape(entry.key)}">{_reference(entry, settings, context)}</li>' for entry in entries)
    return f"\n<ol>\n{items}\n</ol>\n"


def _reference(entry: BibEntry, settings: Mapping[str, Any], context: RenderContext) -> str:
    is_full = bool(settings.get("bibliography_template"))  # templates of themes show whole names
    people = [" ".join(filter(None, person)) if is_full else _short(*person) for person in entry.people]
    authors = ", ".join(people[:-1]) + (" &amp; " if len(people) > 1 else "") + people[-1] if people else ""
    venue = entry.text("journal", "booktitle", "school", "institution", "publisher", "howpublished")
    volume = entry.text("volume") + (f"({entry.text('number')})" if entry.text("number") else "")
    title = escape(entry.text("title"), quote=False)
    year = escape(_year(entry), quote=False)
    where = ", ".join(escape(text, quote=False) for text in (venue, volume, entry.text("pages")) if text)
    parts = [f"{authors} ({year})." if year else f"{authors}.", f"{title}.", f"<em>{where}</em>." if where else ""]
    parts.append(f"{escape(entry.text('note'), quote=False)}." if entry.text("note") else "")
    links = " ".join(f'<a href="{escape(address)}">{label}</a>' for label, address in _links(entry, settings, context))
    return " ".join(filter(None, (*parts, links))).strip(" .") + ("" if links else ".")


def _short(given: str, family: str) -> str:
    initials = " ".join(f"{part[0]}." for part in re.split(r"[\s.-]+", given) if part)
    return escape(", ".join(filter(None, (family, initials))), quote=False)


def _links(entry: BibEntry, settings: Mapping[str, Any], context: RenderContext) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for name, label in _LINKS:
        value = entry.fields.get(name, "").strip().replace("\\_", "_")
        if not value or " " in value or (name == "eprint" and entry.text("archiveprefix").lower() not in ("arxiv", "")):
            continue
        if not value.startswith(("https://", "http://", "/")):
            value = _STARTS[name] + value if name in _STARTS else f"/assets/{name}/{value}"
        address = relative_url(value, context=context) if value.startswith("/") else value
        if address not in seen:
            seen.add(address)
            yield label, address


def _year(entry: BibEntry) -> str:
    return entry.text("year") or entry.text("date")[:4]
