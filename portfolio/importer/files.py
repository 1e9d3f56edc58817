"""Files of the tree that the image library does not take: documents, video, sound, drawings, immense pictures.

What is none of these is stored as it is and offered as a download, unless it is dangerous (`REFUSED`).
"""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from portfolio.importer.assets import AssetStore
from portfolio.importer.drawings import DrawingError, sanitise_drawing
from portfolio.importer.sources.static import static_file
from portfolio.models.ledger import ImportedAsset

MEDIA = frozenset("aac flac m4a m4v mov mp3 mp4 oga ogg ogv opus vtt wav webm".split())
# What a browser runs, or shows as a page in the name of the site that it comes from; and what a computer runs.
REFUSED = frozenset(
    "asp aspx atom cgi css eml htc htm html js jsp manifest mathml mht mhtml mjs mml pac php rdf rss shtml svgz swf "
    "wasm wsdl xht xhtml xml xpdl xsl xslt xul "
    "appx bat cmd com cpl exe hta jse lnk msi msp pif ps1 reg scf scr url vb vbe vbs wsf wsh".split()
)
MAX_MEDIA_BYTES = 100 * 1024 * 1024
DRAWING = "svg"
LONGEST_PATH = 400


class FileRefused(ValueError):
    """The site does not take the file; the message says why."""


def extension_of(path: str) -> str:
    return PurePosixPath(path).suffix.lower().removeprefix(".")


def store_file(assets: AssetStore, path: str) -> tuple[ImportedAsset, tuple[str, ...]]:
    """Take in the file at ``path``, and say what was taken out of it to make it safe.

    The same content is stored once. Raises ``FileNotFoundError`` and ``FileRefused``.
    """
    path = path.lstrip("/")
    if path in assets.files:
        return assets.files[path], ()
    file = static_file(assets.root, path)
    if file is None:
        raise FileNotFoundError(path)
    kind = extension_of(path)
    if len(path) > LONGEST_PATH:
        raise FileRefused(f"its address is longer than {LONGEST_PATH} characters")
    check_size(file, MAX_MEDIA_BYTES if kind in MEDIA else settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
    digest = assets.sha256(path) or ""
    asset = ImportedAsset.objects.filter(site=assets.site, path=path).first()
    asset = asset or ImportedAsset(site=assets.site, path=path)
    removed: tuple[str, ...] = ()
    if asset.sha256 != digest or asset.url is None:
        asset.sha256, asset.old_url = digest, f"{assets.base_path}/{path}"
        removed = fill(assets, asset, file, kind)
        asset.save()
    assets.files[path] = asset
    return asset, removed


def fill(assets: AssetStore, asset: ImportedAsset, file: Path, kind: str) -> tuple[str, ...]:
    """Give the asset its document or its stored file."""
    removed: tuple[str, ...] = ()
    if kind in REFUSED:
        raise FileRefused("the site takes no files of this kind, which a browser or a computer would run")
    if kind in settings.WAGTAILDOCS_EXTENSIONS:
        asset.document = stored_document(assets, asset, file)
    elif kind == DRAWING:
        try:
            drawing = sanitise_drawing(file.read_bytes())
        except DrawingError as error:
            raise FileRefused(str(error)) from error
        removed = drawing.removed
        store(assets, asset, ContentFile(drawing.data), file.name)
    else:
        earlier = ImportedAsset.objects.filter(sha256=asset.sha256).exclude(file="").first()
        if earlier is not None:
            asset.file = earlier.file.name
        else:
            with file.open("rb") as stream:
                store(assets, asset, File(stream), file.name)
    return removed


def stored_document(assets: AssetStore, asset: ImportedAsset, file: Path) -> object:
    """The library's document with the file's content, stored now or before."""
    document_model = get_document_model()
    data = file.read_bytes()
    file_hash = hashlib.sha1(data, usedforsecurity=False).hexdigest()  # Wagtail's choice of hash
    existing = document_model.objects.filter(file_hash=file_hash).first()
    if existing is not None and existing.file_extension.lower() == extension_of(file.name):
        return existing
    document = document_model(title=file.name[:255], file_size=len(data), file_hash=file_hash)
    assets.put("document", document, file.name, ContentFile(data))
    document.save()
    assets.made["document"].append(document.pk)
    return document


def store(assets: AssetStore, asset: ImportedAsset, content: File, name: str) -> None:
    assets.put("file", asset, name, content)
    assets.made["file"].append(asset.file.name)


def check_size(file: Path, most: int) -> None:
    size = file.stat().st_size
    if size > most:
        raise FileRefused(f"{size / 1e6:.1f} MB, more than {most // 2**20} MB")
