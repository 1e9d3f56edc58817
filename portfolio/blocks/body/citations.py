"""Citations in a body: links to the publications of this site, found by the key of their BibTeX entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from portfolio.markdown.citations import CitedPublication, link_citations, possible_keys

# Returns all publications that a text may cite, by key.
PublicationFinder = Callable[[], Mapping[str, CitedPublication]]
_find_publications: list[PublicationFinder] = []


def use_publication_finder(find: PublicationFinder) -> None:
    """Set the function that finds the publications, which are of another app."""
    _find_publications[:] = [find]


def show_citations(html: str) -> str:
    """``html`` with links in place of citations. Where nothing looks like one, the publications are not read."""
    if not possible_keys(html):
        return html
    return link_citations(html, _find_publications[0]() if _find_publications else {})


def citations_as_text(html: str) -> str:
    """``html`` with the words for citations and no links, for lists: their titles are the links there."""
    if "@" not in html:
        return html
    publications = _find_publications[0]() if _find_publications else {}
    return link_citations(html, {key: replace(publication, url="") for key, publication in publications.items()})


def unknown_keys(keys: Iterable[str]) -> list[str]:
    """Those of ``keys`` that no public publication has, in order and each once."""
    keys = list(dict.fromkeys(keys))
    publications = _find_publications[0]() if keys and _find_publications else {}
    return [key for key in keys if key not in publications]


def unknown_citation_message(key: str) -> str:
    return (
        f"no publication here has the key of [@{key}], so it stays text; it becomes a link when the BibTeX entry "
        "is imported as a publication"
    )
