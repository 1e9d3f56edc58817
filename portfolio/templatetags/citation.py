"""``{% bibtex page site %}``: an entry for a bibliography."""

from __future__ import annotations

import re
from typing import Any

from django import template

register = template.Library()

_SPECIAL = re.compile(r"[&%$#_{}~^\\]")
_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_NO_KEY = re.compile(r"[^a-z0-9]+")


def escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ESCAPED.get(match[0], "\\" + match[0]), " ".join(text.split()))


@register.simple_tag
def bibtex(page: Any, site: Any) -> str:
    """A BibTeX entry for a dated page; its authors, else the owner of the site."""
    names = [person.name for person in page.authors.all()] or [site.owner_name if site else ""]
    author = " and ".join(f"{{{escaped(name)}}}" if " " not in name else escaped(name) for name in names if name)
    fields = {
        "author": author,
        "title": f"{{{escaped(page.title)}}}",
        "year": f"{page.date:%Y}",
        "month": f"{page.date:%b}".lower(),
        "url": page.full_url,
    }
    key = _NO_KEY.sub("", f"{page.slug}{page.date:%Y}".lower()) or f"entry{page.pk}"
    # The month is one of BibTeX's own abbreviations, and stands without braces.
    lines = [f"  {name} = {text if name == 'month' else f'{{{text}}}'}" for name, text in fields.items() if text]
    return f"@online{{{key},\n" + ",\n".join(lines) + "\n}"
