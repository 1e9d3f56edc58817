"""Page tree: the place of an imported page below the front page, as its old address had it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from wagtail.models import Page

from portfolio.documents.links import normalise
from portfolio.documents.slugs import page_slug
from portfolio.documents.title_text import title_of_slug
from portfolio.importer.bulk.pages import PageBatch
from portfolio.importer.urls.precedence import precedence
from portfolio.markdown.addresses import decoded
from portfolio.models import StandardPage
from portfolio.validation.reserved_slugs import reserved_first_segments

MAX_DEPTH = 20  # levels; a page whose address has more stands below the front page
LONGEST_SLUG = 250
LIST = "a list"  # owner of the addresses of the old site's lists, which a list of this site may take
_EXTENSION = re.compile(r"\.(?:html?|xhtml|php|md|markdown|mkdn?|mkdown|txt)$", re.IGNORECASE)
_INDEX_NAMES = ("index", "readme")

Slugs = tuple[str, ...]


def tree_path(address: str) -> Slugs:
    """Return the slugs of the page that replaces ``address``, from the top down; () for the front page.

    The index of a folder (``/docs/index.html``, ``/docs/README.md``) is the folder's page.
    """
    parts = [part for part in decoded(address).split("/") if part]
    if parts and (plain := _EXTENSION.sub("", parts[-1])) != parts[-1]:
        parts[-1:] = [] if plain.lower() in _INDEX_NAMES else [plain]
    return tuple(page_slug(part, "").lower()[:LONGEST_SLUG] or "page" for part in parts)


@dataclass(slots=True)
class PageTree:
    """The pages below the front page by their slugs, and whose addresses they were.

    ``owners`` gives, for each old address, the document that had it: no other document's page takes it; ``ranks`` are
    their precedence. ``folders`` are the keys of the pages that this run made where the old site had none, drafts that
    only hold a place in the tree.
    """

    batch: PageBatch
    pages: dict[Slugs, Page | None] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)
    folders: list[Page] = field(default_factory=list)

    def claim(self, addresses: Iterable[str], document: str, kind: str) -> None:
        """Reserve the ``addresses`` for a document; of several that which the old engine wrote last has them."""
        for place, address in enumerate(addresses):
            key, rank = normalise(address).lower(), precedence(kind, is_redirect=place > 0)
            if rank >= self.ranks.get(key, rank):
                self.owners[key], self.ranks[key] = document, rank

    def add(self, page: Page, slugs: Slugs) -> None:
        self.pages[slugs] = page

    def page_at(self, home: Page, slugs: Slugs) -> Page | None:
        """The page at this place: of this run, or stored."""
        if not slugs:
            return home
        if slugs not in self.pages:
            page = Page.objects.filter(url_path=f"{home.url_path}{'/'.join(slugs)}/").order_by().first()
            self.pages[slugs] = page.specific if page is not None else None
        return self.pages[slugs]

    def parent(self, home: Page, slugs: Slugs) -> Page | None:
        """The page below which the last of ``slugs`` goes, with folders made on the way; None where none can be."""
        if len(slugs) > MAX_DEPTH or slugs[0] in reserved_first_segments():
            return home if len(slugs) == 1 else None
        above = [self.page_at(home, slugs[:length]) for length in range(1, len(slugs))]
        if any(page is not None and not isinstance(page, StandardPage) for page in above):
            return None  # a list of posts, for instance, has no plain pages below it
        parent = home
        for length, page in enumerate(above, start=1):
            parent = page or self.make_folder(parent, slugs[:length])
        return parent

    def make_folder(self, parent: Page, slugs: Slugs) -> Page:
        page = StandardPage(title=title_of_slug(slugs[-1]) or slugs[-1], slug=slugs[-1], live=False)
        self.batch.place(page, parent)
        self.batch.add(self.batch.prepare(page, live=False))
        self.folders.append(page)
        self.add(page, slugs)
        return page

    def slugs_of(self, home: Page, page: Page) -> Slugs:
        """The slugs of a page below the front page, ("",) for any other."""
        below = page.url_path.removeprefix(home.url_path)
        return tuple(part for part in below.split("/") if part) if below != page.url_path else ("",)

    def owner(self, home: Page, parent: Page, slug: str, document: str) -> str:
        """The other document, or `LIST`, whose address was the place of ``slug`` below ``parent``; "" for none."""
        address = "/" + "/".join((*self.slugs_of(home, parent), slug))
        owner = self.owners.get(address.lower(), document)
        return "" if owner == document else owner

    def folder_at(self, home: Page, slugs: Slugs) -> StandardPage | None:
        """The folder of an earlier import at this place, which a page may take over."""
        page = self.page_at(home, slugs) if slugs else None
        if not isinstance(page, StandardPage) or page in self.folders or not page.is_folder:
            return None
        return None if page.imported_from.exists() else page
