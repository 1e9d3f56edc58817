"""Links of a piece of work: each has a kind, such as code or slides, that says where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portfolio.blocks.links import safe_href
from portfolio.markdown.addresses import split_address

# In the order in which readers see them when no other is given.
LINK_KINDS = {
    "code": _("Code"),
    "demo": _("Demo"),
    "package": _("Package"),
    "paper": _("Paper"),
    "pdf": "PDF",
    "doi": "DOI",
    "arxiv": "arXiv",
    "slides": _("Slides"),
    "poster": _("Poster"),
    "data": _("Data"),
    "video": _("Video"),
    "website": _("Website"),
}
WEB_ADDRESS = URLValidator(schemes=["http", "https"])
MOST = 500  # characters of an address


@dataclass(frozen=True, slots=True)
class WorkLink:
    """A link as readers see it; ``address`` is safe to show."""

    kind: str
    label: str | Promise
    address: str


def validate_address(address: str) -> None:
    """An http or https address, or the path of a file or page of this site."""
    parts = split_address(address)
    if parts.path.startswith("/") and not parts.scheme and not parts.netloc:
        return
    try:
        WEB_ADDRESS(address)
    except ValidationError as error:
        raise ValidationError("Write a whole web address (https://…), or a path of this site (/files/…).") from error


class WorkLinkBlock(blocks.StructBlock):
    """A link with its kind; a label in other words is for two links of one kind."""

    kind = blocks.ChoiceBlock(choices=list(LINK_KINDS.items()), default="code")
    url = blocks.CharBlock(label="Address", max_length=MOST, validators=[validate_address])
    label = blocks.CharBlock(max_length=60, required=False, help_text="Only if “Code” or “PDF” would say too little.")

    class Meta:
        icon = "link"
        label_format = "{kind} {label}"


def shown_links(stream: Any) -> list[WorkLink]:
    """The links of a ``links`` field that can be shown."""
    links = []
    for child in stream:
        kind, label = child.value["kind"], child.value["label"]
        if address := safe_href(child.value["url"]):
            links.append(WorkLink(kind, label or LINK_KINDS.get(kind, LINK_KINDS["website"]), address))
    return links
