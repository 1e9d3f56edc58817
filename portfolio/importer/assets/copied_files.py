"""Copied files: those that the old engine copied to the site and that no page uses, at their old addresses here.

Pictures, films and documents are stored. Pages, styles, scripts and other text that a browser runs or shows are kept
with the source and answered in a sandbox (``portfolio.delivery.middleware.legacy_assets``). Programs are not taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.conf import settings

from portfolio.documents.document import Document
from portfolio.images.formats import SUFFIXES
from portfolio.importer.assets.files import (
    LONGEST_PATH,
    MAX_MEDIA_BYTES,
    MEDIA,
    SVG,
    FileRefused,
    check_size,
    extension_of,
    fill,
    is_image,
    save_original,
)
from portfolio.importer.assets.images import AssetStore
from portfolio.importer.assets.programs import REFUSED, is_program
from portfolio.models.ledger import SANDBOXED, STORED_NOWHERE, TEXT, ImportedAsset

MAX_KEPT = 8 * 1024 * 1024  # bytes of a file that is kept with the source


@dataclass(slots=True)
class CopiedFiles:
    """Paths of the copied files that no page uses and that answer now, and of those refused, with the reason."""

    answering: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def import_copied_files(assets: AssetStore, paths: Iterable[str], used: Collection[str]) -> CopiedFiles:
    """Give each of ``paths`` an asset, so that it answers at its old address; pages have stored those ``used``."""
    result = CopiedFiles()
    earlier = {asset.path: asset for asset in ImportedAsset.objects.filter(site=assets.site)}
    new: list[ImportedAsset] = []
    for path in paths:
        try:
            asset = earlier.get(path) or ImportedAsset(site=assets.site, path=path)
            if store_copy(assets, asset):
                asset.save() if asset.pk else new.append(asset)
            if path not in used:
                result.answering.append(path)
        except (FileRefused, OSError) as error:
            if path not in used:  # else its document says so
                result.refused[path] = str(error)
    ImportedAsset.objects.bulk_create(new)
    return result


def store_copy(assets: AssetStore, asset: ImportedAsset) -> bool:
    """Store the file of ``asset``; False if it is stored already. Raises ``FileRefused``."""
    kind, file = extension_of(asset.path), assets.locate(asset.path)
    if file is None:
        raise FileRefused("it cannot be read")
    if len(asset.path) > LONGEST_PATH:
        raise FileRefused(f"its path is longer than {LONGEST_PATH} characters")
    if is_program(asset.path):
        raise FileRefused(REFUSED)
    is_picture = kind == "" and is_image(file)
    is_kept = not is_picture and (kind in SANDBOXED or kind in TEXT)
    check_size(file, MAX_KEPT if is_kept else size_limit(kind))
    digest = assets.sha256(asset.path) or ""
    if asset.sha256 == digest and (asset.old_url if is_kept else asset.url is not None):
        return False
    asset.sha256, asset.old_url = digest, f"{assets.base_path}/{asset.path}"
    if is_kept:
        return True
    if is_picture or (kind in SUFFIXES and kind != SVG):
        save_original(assets, asset, file)
    else:
        fill(assets, asset, file, kind)
    return True


def import_rendered_files(assets: AssetStore, documents: Iterable[Document]) -> None:
    """Give each template an asset, so that what the old engine made of it answers at its old address."""
    for document in documents:
        values = {"sha256": document.sha256, "old_url": document.url}
        ImportedAsset.objects.update_or_create(site=assets.site, path=document.path, defaults=values)


def withdraw_files(assets: AssetStore, kept: Collection[str], answering: Collection[str]) -> None:
    """Take the address from each file that is ``kept`` for the export only: the old engine no longer serves it.

    Its asset stays, so that an undo can give the address back.
    """
    stored = ImportedAsset.objects.filter(STORED_NOWHERE, site=assets.site).exclude(old_url="")
    rows = dict(stored.values_list("pk", "path"))
    withdrawn = [key for key, path in rows.items() if path in kept and path not in answering]
    ImportedAsset.objects.filter(pk__in=withdrawn).update(old_url="")


def size_limit(kind: str) -> int:
    return MAX_MEDIA_BYTES if kind in MEDIA else settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
