"""Citations as Pandoc writes them: ``[@key]``, ``[see @a; @b, p. 3]``, ``[-@key]``, and ``@key`` in a text.

They stay as written in what is stored, and become links when a text is shown: a publication may come later, change its
address or be withdrawn. What names no publication, an e-mail address for instance, stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape

from portfolio.markdown.html.scanner import RAW_TEXT, VOID, Closing, Comment, Opening, Text, scan

# Not after a letter, as in addresses of e-mail, nor after what makes it part of one or of a path.
KEY = re.compile(r"(?<![\w\\./+@])@(?:\{([^\s{}<>]{1,200})\}|(\w[\w-]*(?:[.:/+#$%~?]+\w[\w-]*){0,20}))")
GROUP = re.compile(r"\[([^\[\]]{0,500}@[^\[\]]{1,500})\]")
ITEM = re.compile(rf"(?P<prefix>[^@]*?)(?P<no_author>-?){KEY.pattern}(?P<suffix>[^@]*)", re.DOTALL)
LOCATOR = re.compile(r"[ \n]\[([^\[\]@]{0,40}\d[^\[\]@]{0,40})\]")
LINK = re.compile(r'<a href="#([^"<>]+)"')
ID = re.compile(r' id="([^"<>]+)"')
# Elements whose text is no prose of the author.
NO_PROSE = RAW_TEXT | {"a", "code", "kbd", "math", "pre", "samp", "svg", "template", "tt", "var"}


@dataclass(frozen=True, slots=True)
class CitedPublication:
    """A publication as a text cites it: ``authors`` are "Weld & Brackwater", or the title where none is known.

    Without a ``url`` it is named and not linked to.
    """

    url: str
    authors: str
    year: str


def cited_keys(html: str) -> Iterator[str]:
    """The keys of citations in brackets, which cannot mean anything else."""
    for text in prose_of(html):
        for group in GROUP.finditer(unescape(text)):
            yield from (match[1] or match[2] for match in KEY.finditer(group[1]))


def possible_keys(html: str) -> set[str]:
    """Everything that may be the key of a citation: after an @, or in a link to an element that is not there."""
    keys = {match[1] or match[2] for match in KEY.finditer(unescape(html))} if "@" in html else set()
    fragments = LINK.findall(html)
    return keys | set(map(unescape, fragments)).difference(map(unescape, ID.findall(html))) if fragments else keys


def link_citations(html: str, publications: Mapping[str, CitedPublication]) -> str:
    """``html``, which is well formed, with links in place of the citations of ``publications``, given by key.

    A link to ``#key``, as jekyll-scholar makes it, leads to the publication unless the text has such an element.
    """
    if not any(key in publications for key in possible_keys(html)):
        return html
    ids = set(map(unescape, ID.findall(html)))
    parts: list[str] = []
    closed_by: list[str] = []
    for part in scan(html):
        match part:
            case Text(raw):
                parts.append(raw if closed_by or "@" not in raw else linked_text(raw, publications))
            case Opening(name=name, raw=raw, closed=closed, attributes=attributes):
                if name in NO_PROSE and name not in VOID and not closed:
                    closed_by.append(name)
                href = unescape(attributes.get("href", "")) if name == "a" else ""
                publication = publications.get(href[1:]) if href.startswith("#") and href[1:] not in ids else None
                parts.append(f'<a href="{escape(publication.url)}">' if publication and publication.url else raw)
            case Closing(name=name, raw=raw):
                if closed_by and closed_by[-1] == name:
                    closed_by.pop()
                parts.append(raw)
            case Comment(raw):
                parts.append(raw)
    return "".join(parts)


def prose_of(html: str) -> Iterator[str]:
    """The texts of ``html`` in which citations may stand."""
    if "@" not in html:
        return
    closed_by: list[str] = []
    for part in scan(html):
        match part:
            case Text(raw) if not closed_by:
                yield raw
            case Opening(name=name, closed=closed) if name in NO_PROSE and name not in VOID and not closed:
                closed_by.append(name)
            case Closing(name=name) if closed_by and closed_by[-1] == name:
                closed_by.pop()


def linked_text(raw: str, publications: Mapping[str, CitedPublication]) -> str:
    """A text between tags with its citations as links; characters keep their entities where nothing is cited."""
    text, html, position = unescape(raw), [], 0
    for match, citation in citations_in(text, publications):
        html += [escape(text[position : match[0]], quote=False), citation]
        position = match[1]
    return "".join([*html, escape(text[position:], quote=False)]) if html else raw


def citations_in(text: str, publications: Mapping[str, CitedPublication]) -> Iterator[tuple[tuple[int, int], str]]:
    """Start and end of each citation, and its HTML."""
    position = 0
    while (at := text.find("@", position)) >= 0:
        opening = text.rfind("[", position, at)
        group = GROUP.match(text, opening) if opening >= 0 else None
        if group and (html := linked_group(group[1], publications)):
            yield group.span(), html
            position = group.end()
        elif (key := KEY.match(text, at)) and (publication := publications.get(key[1] or key[2])):
            locator = LOCATOR.match(text, key.end())
            end = locator.end() if locator else key.end()
            yield (at, end), in_text(publication, locator[1] if locator else "")
            position = end
        else:
            position = at + 1


def linked_group(inner: str, publications: Mapping[str, CitedPublication]) -> str:
    """What stands in brackets, as in "(Weld, 2020; see Aune, 2019, p. 3)"; "" if nothing in it is a publication."""
    items, has_any = [], False
    for written in inner.split(";"):
        item = ITEM.fullmatch(written)
        publication = publications.get(item[3] or item[4]) if item else None
        if item is None or publication is None:
            items.append(escape(written.strip(), quote=False))
            continue
        has_any = True
        label = publication.year if item["no_author"] and publication.year else full_label(publication)
        before, after = (escape(item[name], quote=False) for name in ("prefix", "suffix"))
        items.append(f"{before.lstrip()}{link_to(publication, label)}{after.rstrip()}")
    return f"({'; '.join(items)})" if has_any else ""


def in_text(publication: CitedPublication, locator: str) -> str:
    """A publication named in a sentence: "Weld & Brackwater (2020, p. 3)"."""
    details = ", ".join(filter(None, (publication.year, locator.strip())))
    return link_to(publication, f"{publication.authors} ({details})" if details else publication.authors)


def full_label(publication: CitedPublication) -> str:
    return ", ".join(filter(None, (publication.authors, publication.year)))


def link_to(publication: CitedPublication, label: str) -> str:
    words = escape(label, quote=False)
    return f'<a href="{escape(publication.url)}">{words}</a>' if publication.url else words
