"""The block for a pasted address: an embed, an image or a link."""

from __future__ import annotations

from html import escape
from typing import Any

from wagtail.models import Page

from portfolio.admin.markdown_editing.site_references import image_by_address
from portfolio.admin.paste.body import PasteReferences, image_of_rendition, image_value
from portfolio.markdown.addresses import split_address
from portfolio.markdown.embeds import embed_target, player_address

MAX_ADDRESS = 2000  # characters
IMAGE_SUFFIXES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
OTHER_PICTURE = (
    "Images of other sites are not shown here, so the address stays. Save the image, then drop the file here."
)


def block_for_address(address: str, references: PasteReferences) -> tuple[str, Any] | None:
    """Type and value of a block: a player, a picture of this site, a link with the title of a page of this site.

    None for everything else, which stays an address.
    """
    if len(address) > MAX_ADDRESS:
        return None
    if player := player_address(address):
        return "embed", {"url": player, "title": "", "caption": "", "height": None, "width": None}
    path = references.path_here(address)
    if not path.startswith("/"):
        return None
    if image := image_by_address(path) or image_of_rendition(path):
        return "image", image_value(image, image.default_alt_text)
    link = references.link_attributes(address, None)
    if link.get("linktype") != "page":
        return None
    page = Page.objects.live().filter(pk=link["id"]).first()
    return ("text", f'<p><a linktype="page" id="{page.pk}">{escape(page.title)}</a></p>') if page else None


def note_for_address(address: str) -> str:
    """A note about an address that no block can show, or ""."""
    is_picture = split_address(address).path.lower().endswith(IMAGE_SUFFIXES)
    return OTHER_PICTURE if is_picture and embed_target(address) is None else ""
