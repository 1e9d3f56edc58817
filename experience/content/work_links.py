"""Links of a piece of work in front matter: a key for each kind, as themes have them, and a list for the rest."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from experience.models.work_links import LINK_KINDS, validate_address
from portfolio.documents.document import Severity
from portfolio.documents.front_matter_edit import REMOVED
from portfolio.importer.references.document_references import DocumentReferences
from portfolio.markdown.addresses import split_address

# Other keys that themes use for a kind of link; the kind's own name is always one.
OTHER_KEYS: Mapping[str, tuple[str, ...]] = {
    "code": ("github", "repo", "repository"),
    "paper": ("paperurl", "html"),
    "pdf": ("pdfurl", "pdf_url"),
    "slides": ("slidesurl",),
    "website": ("redirect", "url", "external_url", "link"),
}
LONGEST_LABEL = 60


def keys_of(kind: str) -> tuple[str, ...]:
    return (kind, *OTHER_KEYS.get(kind, ()))


def links_of(front_matter: Mapping[str, Any], references: DocumentReferences) -> list[dict[str, Any]]:
    """The links as stored blocks: those of the keys for each kind, then those of a list ``links``."""
    blocks = []
    for kind, address, label in dict.fromkeys([*links_by_key(front_matter), *listed_links(front_matter)]):
        try:
            validate_address(address)
        except ValidationError:
            message = f"the link {address[:80]!r} is no address that readers could follow; left out"
            references.report(Severity.WARNING, "bad-address", message, 1)
            continue
        if address.startswith("/"):
            references.linked_file(address, 1)  # so that the file is stored
        blocks.append({"type": "link", "value": {"kind": kind, "url": address, "label": label}})
    return blocks


def links_by_key(front_matter: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for kind in LINK_KINDS:
        for key in keys_of(kind):
            if address := address_of(kind, key, front_matter.get(key)):
                yield kind, address, ""


def listed_links(front_matter: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    listed = front_matter.get("links")
    for item in listed if isinstance(listed, list) else ():
        if isinstance(item, Mapping) and isinstance(item.get("url"), str):
            kind = str(item.get("kind") or "website").lower()
            label = " ".join(str(item.get("label") or item.get("name") or "").split())[:LONGEST_LABEL]
            if kind in LINK_KINDS:
                yield kind, item["url"].strip(), label
            else:
                yield "website", item["url"].strip(), label or kind[:LONGEST_LABEL]


def address_of(kind: str, key: str, value: Any) -> str:
    """The address that a key gives: whole, or as themes shorten it: ``10.1000/182``, ``2301.00001``, ``me/repo``."""
    if not isinstance(value, str | int | float) or isinstance(value, bool) or not (text := str(value).strip()):
        return ""
    parts = split_address(text)
    if parts.scheme in ("http", "https") or parts.netloc:
        return text
    if kind == "doi":
        return f"https://doi.org/{text.removeprefix('doi:').strip()}"
    if kind == "arxiv":
        return f"https://arxiv.org/abs/{text.removeprefix('arXiv:').strip()}"
    if key == "github" and text.count("/") == 1 and not text.startswith("/"):
        return f"https://github.com/{text}"
    if "." in text.partition("/")[0] and "/" in text:
        return f"https://{text}"
    return from_root(text)


def from_root(address: str) -> str:
    """Themes read a path in front matter from the site's root, with or without a slash."""
    parts = split_address(address)
    return address if parts.scheme or parts.netloc or address.startswith("/") else f"/{posixpath.normpath(address)}"


def described_links(stream: Any) -> list[list[str]]:
    """The links as [kind, address, label], in the order in which an import reads them back."""
    links = [[child.value["kind"], child.value["url"], child.value["label"]] for child in stream]
    kinds = list(LINK_KINDS)
    return sorted(links, key=lambda link: (bool(link[2]), kinds.index(link[0]) if link[0] in kinds else len(kinds)))


def link_keys(
    links: Sequence[Sequence[str]], before: Sequence[Sequence[str]], existing: Mapping[str, Any]
) -> dict[str, Any]:
    """The keys of links that have changed: the key that had the old address, else the kind's own, else ``links``."""
    keys: dict[str, Any] = {}
    listed: list[dict[str, str]] = []
    kept = {key for kind, url, label in links if not label and (key := key_with(kind, url, existing))}
    used = set(kept)
    for kind, url, label in links:
        if not label and key_with(kind, url, existing):
            continue
        key = next((name for name in keys_of(kind) if name in existing and name not in used), kind)
        if label or key in used:
            listed.append({"kind": kind, "url": url} | ({"label": label} if label else {}))
        else:
            used.add(key)
            keys[key] = url
    gone = {key_with(kind, url, existing) for kind, url, label in before if not label} - used - {""}
    keys |= dict.fromkeys(gone, REMOVED)
    if listed != [*map(as_listed, listed_links(existing))]:
        keys |= {"links": listed} if listed else ({"links": REMOVED} if "links" in existing else {})
    return keys


def key_with(kind: str, url: str, existing: Mapping[str, Any]) -> str:
    """The key of ``existing`` that gives the address; "" for none."""
    return next((key for key in keys_of(kind) if url and address_of(kind, key, existing.get(key)) == url), "")


def as_listed(link: tuple[str, str, str]) -> dict[str, str]:
    kind, url, label = link
    return {"kind": kind, "url": url} | ({"label": label} if label else {})
