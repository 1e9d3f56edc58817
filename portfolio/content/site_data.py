"""Site data: settings that no document and no configuration holds, in and out of the data files of a site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class PageFinder(Protocol):
    """Finds the page at an address of the imported site."""

    def page_at(self, address: str) -> int | None: ...


@dataclass(frozen=True, slots=True)
class SiteDataPart:
    """One part, such as the sections of the résumé.

    ``describe`` gives what is stored here, as a file holds it. ``fill`` stores the ``value`` of a file where nothing is
    stored yet, and says whether it did. ``normal`` gives a file's value as ``describe`` would after that.
    """

    name: str
    label: str
    describe: Callable[[], Any]
    fill: Callable[[Any, PageFinder], bool]
    normal: Callable[[Any], Any] = lambda value: value


_parts: dict[str, SiteDataPart] = {}


def register_site_data(*parts: SiteDataPart) -> None:
    _parts.update({part.name: part for part in parts})


def fill_site_data(data: Mapping[str, Any], pages: PageFinder) -> list[str]:
    """Fill what ``data`` has a value for; the labels of what was filled."""
    return [part.label for part in _parts.values() if data.get(part.name) and part.fill(data[part.name], pages)]


def changed_site_data(written: Mapping[str, Any]) -> dict[str, Any]:
    """The parts that an export must write, as they are not so in the data files of its tree, which are ``written``."""
    described = {name: part.describe() for name, part in _parts.items()}
    return {
        name: value
        for name, value in described.items()
        if value and not (name in written and _parts[name].normal(written[name]) == value)
    }
