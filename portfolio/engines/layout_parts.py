"""Layout parts: what layouts show above and below the text of a document, and around the front page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from portfolio.engines.profile_links import ProfileLink
from portfolio.engines.site_menu import MenuEntry


@dataclass(slots=True)
class LayoutParts:
    """HTML of the pieces ``above`` and ``below`` the text, in order."""

    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.above or self.below)


class FrontPageParts(NamedTuple):
    """The main menu and the owner's profiles, as label and address each, and HTML about the licence of the site."""

    menu: tuple[MenuEntry, ...] = ()
    links: tuple[ProfileLink, ...] = ()
    licence: str = ""
