"""Site profile: title, owner and links of a site, from the configuration of its engine or the settings here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """``links`` are label and URL of the owner's profiles on other sites; ``posts_path`` is the parent path of posts.

    ``bio`` is Markdown, ``portrait`` the address of a picture. ``menu`` has label and address of the entries of the
    main menu; an entry without a label has the title of its page, and the address may be the path of its file.
    ``menu_links`` come after them, or after the pages that claim a place in the menu.

    ``data`` is what else the site's settings hold, by name: ``resume``, ``home``, ``skills``. ``changed_data``
    gives, of a profile of the settings here, what is not as the data files of an export have it.

    ``formula_macros`` are TeX definitions that formulas of all pages may use, ``licence`` HTML for the foot of pages.

    Missing values are "".
    """

    title: str = ""
    owner_name: str = ""
    headline: str = ""
    email: str = ""
    links: tuple[tuple[str, str], ...] = ()
    url: str = ""
    language: str = ""
    time_zone: str = ""
    posts_path: str = ""
    formula_macros: str = ""
    licence: str = ""
    bio: str = ""
    portrait: str = ""
    location: str = ""
    menu: tuple[tuple[str, str], ...] = ()
    menu_links: tuple[tuple[str, str], ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    changed_data: Callable[[Mapping[str, Any]], Mapping[str, Any]] = lambda written: {}
