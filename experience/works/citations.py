"""Publications as texts cite them, by the key of their BibTeX entry."""

from __future__ import annotations

import re
from collections.abc import Mapping

from experience.models import PublicationPage
from experience.works.author_names import is_suffix, natural_name
from portfolio.markdown.citations import CitedPublication
from portfolio.models.site_state import cached_for_version

ENTRY_KEY = re.compile(r"@\w+\s*\{\s*([^\s,{}]+)\s*,")


def cited_publications() -> Mapping[str, CitedPublication]:
    """The public publications by each key that they have: their own, and the one that readers see in the entry."""
    return cached_for_version("cited_publications", read_publications)


def read_publications() -> dict[str, CitedPublication]:
    from experience.bibtex.write import key_of

    own: dict[str, CitedPublication] = {}
    shown: dict[str, CitedPublication] = {}
    for page in PublicationPage.objects.published().defer_streamfields().order_by("pk"):
        authors = citation_names(page.author_names) or page.title
        cited = CitedPublication(page.url or "", authors, str(page.shown_year or ""))
        written = ENTRY_KEY.match(page.bibtex.lstrip())
        if page.citation_key:
            own.setdefault(page.citation_key, cited)
        shown.setdefault(written[1] if written else key_of(page), cited)
    return {**shown, **own}


def citation_names(authors: list[str]) -> str:
    """The family names of one or two authors, of more the first: "Weld & Brackwater", "Weld et al."."""
    families = [family_name(name) for name in authors]
    return f"{families[0]} et al." if len(families) > 2 else " & ".join(families)


def family_name(name: str) -> str:
    """ "van der Berg" for "van der Berg, Ann", as BibTeX writes it; else the last word that is no suffix."""
    family, comma, _ = name.partition(",")
    if comma and natural_name(name) != name:
        return family.strip()
    words = [word for part in name.split() if (word := part.strip(",")) and not is_suffix(word)]
    return words[-1] if words else name
