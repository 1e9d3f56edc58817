"""Write publications as BibTeX entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portfolio.documents.slugs import slug_of

if TYPE_CHECKING:
    from experience.models import PublicationPage

# The entry type for each of our types, and the field that names the venue in it.
ENTRY_TYPES = {
    "article": ("article", "journal"),
    "conference": ("inproceedings", "booktitle"),
    "book": ("book", "publisher"),
    "chapter": ("incollection", "booktitle"),
    "thesis": ("phdthesis", "school"),
    "report": ("techreport", "institution"),
    "preprint": ("misc", "howpublished"),
    "dataset": ("misc", "howpublished"),
    "software": ("software", "publisher"),
    "other": ("misc", "howpublished"),
}
SPECIAL = re.compile(r"(?<!\\)([&%$#_])")
CAPITALS = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z]|\w+[A-Z])[\w-]+")


def entry_of(page: PublicationPage) -> str:
    """The entry of a publication from its fields."""
    entry_type, venue = ENTRY_TYPES.get(page.publication_type, ENTRY_TYPES["other"])
    fields = {
        "title": CAPITALS.sub(lambda match: f"{{{match[0]}}}", escaped(page.title)),
        "author": " and ".join(map(escaped, page.author_names)),
        venue: escaped(page.venue),
        "year": str(page.shown_year or ""),
        "doi": page.doi,
        "url": page.link_to("paper", "pdf", "arxiv", "website"),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{entry_type}{{{page.citation_key or key_of(page)},", *lines, "}"])


def key_of(page: PublicationPage) -> str:
    """A key as most people make them: family name, year, first long word of the title."""
    first = page.author_names[0] if page.author_names else ""
    family = first.partition(",")[0] if "," in first else (first.split() or ["anonymous"])[-1]
    word = next((word for word in slug_of(page.title).split("-") if len(word) > 3), "")
    return f"{slug_of(family)}{page.shown_year or ''}{word}".replace("-", "") or "publication"


def escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(text.replace("{", "").replace("}", "").split()))
