"""References of a document that is imported: images and files of the source tree are stored when asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from portfolio.documents.document import Severity
from portfolio.documents.html_references import IMAGE, LINK, MEDIA, html_references
from portfolio.documents.slugs import slug_of
from portfolio.images.sanitise import ImageRefused, is_too_large_to_scale
from portfolio.importer.assets.data_addresses import picture_in
from portfolio.importer.assets.files import SVG, FileRefused, extension_of, store_drawing, store_file
from portfolio.importer.assets.images import AssetStore
from portfolio.importer.references.tree_references import TreeReferences
from portfolio.markdown.addresses import decoded, split_address
from portfolio.models.ledger import OUTSIDE, SANDBOXED, ImportedAsset, outside_path

REMOTE = {
    IMAGE: ("remote-image", "the image at {} is shown as a link"),
    MEDIA: ("remote-media", "the file at {} stays on its own site, from where pages play nothing"),
}
LONGEST_SHOWN_ADDRESS = 80  # characters


@dataclass(slots=True)
class ImportReferences(TreeReferences):
    """References of a document that is imported.

    ``used`` collects each local file asked for with its SHA-256, None when it is missing: the next import looks at
    the document again when one of them has changed.
    """

    assets: AssetStore
    used: dict[str, str | None] = field(default_factory=dict, kw_only=True)

    def has_file(self, path: str) -> bool:
        return self.assets.locate(path) is not None

    def image(self, address: str, title: str, line: int | None) -> Any | None:
        """The stored image that ``address`` shows; None, with a warning, when there is none to be had."""
        if not address:
            return None
        target = self.target(address, file=True)
        if target is None:
            if (image := self.outside_image(address, title, line)) is not None:
                return image
            if not self.is_address(address):
                self.report(Severity.WARNING, *no_address(address), line)
            elif self.is_remote(address):
                message = f"the image at {address} stays on its own site and is not taken"
                self.report(Severity.WARNING, "remote-image", message, line)
            return None
        path = target.path.lstrip("/")
        self.used[path] = self.assets.sha256(path)
        try:
            return self.assets.image(path, title)
        except FileNotFoundError:
            self.report(Severity.WARNING, "missing-image", f"{address} is not in the source; it is left out", line)
        except ImageRefused as error:
            self.report(Severity.WARNING, "unusable-image", f"{address} is left out: {error}", line)
        return None

    def outside_image(self, address: str, title: str, line: int | None) -> Any | None:
        """The image of a picture in a ``data:`` address or at another host, stored now or before."""
        # Named, because dataclasses with slots are made anew and break the bare form.
        if (image := super(ImportReferences, self).outside_image(address, title, line)) is not None:
            return image
        if self.is_remote(address):
            return self.fetched_image(address, title, line)
        picture = picture_in(address)
        if picture is None:
            return None
        ending, data = picture
        try:
            name = f"{slug_of(title)[:60] or 'picture'}.{ending}"
            return self.assets.outside_image(address, name, data, title)
        except ImageRefused as error:
            message = f"{address[:LONGEST_SHOWN_ADDRESS]}… is left out: {error}"
            self.report(Severity.WARNING, "unusable-image", message, line)
            return None

    def fetched_image(self, address: str, title: str, line: int | None) -> Any | None:
        """The image at another host, if this run fetches them and can."""
        if self.assets.fetch is None:
            return None
        web = f"https:{address}" if address.startswith("//") else address
        try:
            if reason := self.assets.not_fetched.get(web):
                raise ImageRefused(reason)
            name = PurePosixPath(decoded(split_address(web).path)).name or "picture"
            return self.assets.outside_image(address, name, self.assets.fetch(web), title)
        except ImageRefused as error:
            self.assets.not_fetched[web] = str(error)
            self.report(Severity.WARNING, "not-fetched", f"{address} is not stored here: {error}", line)
            return None

    def keep_drawing(self, html: str, data: bytes, title: str) -> None:
        store_drawing(self.assets, outside_path(html), data, f"{slug_of(title)[:60] or 'drawing'}.svg")

    def file(self, address: str, line: int | None, *, shown: bool = False) -> ImportedAsset | None:
        """The stored file at ``address``; None, with a warning, when there is none to be had.

        ``shown`` says that the page shows it in place of linking to it, as it does a drawing.
        """
        target = self.target(address, file=True)
        if target is None:
            return None
        path = target.path.lstrip("/")
        self.used[path] = self.assets.sha256(path)
        if not shown and path in self.assets.copied and extension_of(path) in SANDBOXED:
            return None  # it answers at its old address
        try:
            asset, removed = store_file(self.assets, path)
        except FileNotFoundError:
            code = "missing-image" if shown else "missing-file"
            why = "it is left out" if shown else "the link leads to nothing"
            self.report(Severity.WARNING, code, f"{address} is not in the source; {why}", line)
            return None
        except FileRefused as error:
            code = "unusable-image" if shown else "refused-file"
            self.report(Severity.WARNING, code, f"{address} is left out: {error}", line)
            return None
        if shown and extension_of(path) != SVG:
            message = f"{address} has more pixels than the site scales; it is shown as it is, at the size it has"
            self.report(Severity.WARNING, "large-image", message, line)
        if removed:
            message = f"{address} is stored without what could run in it or call others: {', '.join(removed)}"
            self.report(Severity.WARNING, "drawing-simplified", message, line)
        return asset

    def is_shown_as_it_is(self, address: str) -> bool:
        """True for the old site's SVG and for its pictures of too many pixels: the image library takes neither."""
        target = self.target(address, file=True)
        if target is None:
            return False
        file = self.assets.locate(target.path)
        return extension_of(target.path) == SVG or (file is not None and is_too_large_to_scale(file))

    def import_files(self, html: str, line: int | None) -> None:
        """Store what a piece of HTML that is kept as written shows and links to, so that it is found when displayed."""
        for reference in html_references(html):
            if reference.kind == LINK:
                self.linked_file(reference.address, line)
            elif reference.address.startswith(f"/{OUTSIDE}"):
                continue  # it has been stored
            elif not self.is_address(reference.address):
                self.report(Severity.WARNING, *no_address(reference.address), line)
            elif self.is_remote(reference.address):
                code, message = REMOTE[reference.kind]
                self.report(Severity.WARNING, code, message.format(reference.address), line)
            elif reference.kind == IMAGE and not self.is_shown_as_it_is(reference.address):
                self.image(reference.address, reference.words, line)
            else:
                self.file(reference.address, line, shown=reference.kind == IMAGE)


def no_address(address: str) -> tuple[str, str]:
    """Code and message for what stands where the address of a picture or a film belongs."""
    return "unusable-image", f"{address[:LONGEST_SHOWN_ADDRESS]} is not the address of a file and is left out"
