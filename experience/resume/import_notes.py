"""Import notes: what the owner should know of an imported résumé, because no page shows it or everybody can read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from experience.resume.json_values import LONG_TEXT, mapping, rows, text_of
from experience.resume.sections import JSON_SECTIONS

LONGEST_OF_SECTION = 2000  # characters of a text
# Keys of ``basics`` and of its location that are about the private person, and what they are called.
PRIVATE = {"phone": "your telephone number", "birthday": "your birthday", "birthDate": "your birthday"}
PRIVATE_PLACE = {"address": "your street", "postalCode": "your postal code"}


def notes_on(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for each thing that no page shows, and one for what is private."""
    yield from same_titles(document)
    yield from long_texts(document)
    basics = mapping(document.get("basics"))
    address = next((name for name in ("url", "website") if text_of(basics, name)), "")
    if address:
        yield f"The address {text_of(basics, address, 80)} is left out, as the résumé has that of this site"
    place = mapping(basics.get("location"))
    private = [words for name, words in PRIVATE.items() if text_of(basics, name)]
    private += [words for name, words in PRIVATE_PLACE.items() if text_of(place, name) and text_of(place, "city")]
    if private:
        yield f"Everybody can read {', '.join(dict.fromkeys(private))} in /resume.json"


def same_titles(document: Mapping[str, Any]) -> Iterator[str]:
    for name in ("projects", "publications"):
        for title, count in Counter(text_of(item, "name", 255) for item in rows(document, name)).items():
            if title and count > 1:
                yield f"{count} {name} are called “{title}”: the first is a page, the others are only in /resume.json"


def long_texts(document: Mapping[str, Any]) -> Iterator[str]:
    longest = dict.fromkeys(("work", "projects", "publications"), LONG_TEXT)
    longest |= {name: LONGEST_OF_SECTION for name, _ in JSON_SECTIONS.values()}
    for name, limit in longest.items():
        for item in rows(document, name):
            for key, value in item.items():
                if isinstance(value, str) and len(value) > limit:
                    yield f"A {key} in {name} has more than {limit:,} characters and is cut there"
