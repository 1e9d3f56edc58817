"""Import files that the image library does not take: documents, video, audio, SVG, images of too many pixels.

Any other file is stored as it is and offered as a download, unless its format is dangerous (``REFUSED``).
"""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from portfolio.engines.static_files import static_file
from portfolio.images.formats import EXTENSIONS, HEAD, HEIF, format_of
from portfolio.images.sanitise import ImageRefused, SanitisedImage, sanitise_image, strip_position
from portfolio.images.svg import SvgError, sanitise_svg
from portfolio.importer.assets.images import AssetStore
from portfolio.models.ledger import ImportedAsset

MEDIA = frozenset("aac flac m4a m4v mov mp3 mp4 oga ogg ogv opus vtt wav webm".split())
# Formats that a browser runs or shows as a page of this site, and those that an operating system runs.
REFUSED = frozenset(
    "asp aspx atom cgi css eml htc htm html js jsp manifest mathml mht mhtml mjs mml pac php rdf rss shtml svgz swf "
    "wasm wsdl xht xhtml xml xpdl xsl xslt xul "
    "appx bat cmd com cpl exe hta jse lnk msi msp pif ps1 reg scf scr url vb vbe vbs wsf wsh".split()
)
MAX_MEDIA_BYTES = 100 * 1024 * 1024
SVG = "svg"
LONGEST_PATH = 400


class FileRefused(ValueError):
    """The file is not imported; the message says why."""


def extension_of(path: str) -> str:
    return PurePosixPath(path).suffix.lower().removeprefix(".")


def store_file(assets: AssetStore, path: str) -> tuple[ImportedAsset, tuple[str, ...]]:
    """Import the file at ``path``; the names of what was removed from it to make it safe come second.

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
        raise FileRefused(f"its path is longer than {LONGEST_PATH} characters")
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
        raise FileRefused("files of this type are refused, because a browser or a computer would run them")
    if kind in settings.WAGTAILDOCS_EXTENSIONS:
        asset.document = stored_document(assets, asset, file)
    elif kind == SVG:
        try:
            drawing = sanitise_svg(file.read_bytes())
        except SvgError as error:
            raise FileRefused(str(error)) from error
        removed = drawing.removed
        save_asset_file(assets, asset, ContentFile(drawing.data), file.name)
    else:
        earlier = ImportedAsset.objects.filter(sha256=asset.sha256).exclude(file="").first()
        if earlier is not None:
            asset.file = earlier.file.name
        else:
            save_original(assets, asset, file)
    return removed


def store_drawing(assets: AssetStore, path: str, data: bytes, name: str) -> ImportedAsset:
    """Store a safe drawing that is no file of the source."""
    digest = hashlib.sha256(data).hexdigest()
    asset = ImportedAsset.objects.filter(site=assets.site, path=path).first()
    asset = asset or ImportedAsset(site=assets.site, path=path)
    if asset.sha256 != digest or asset.url is None:
        asset.sha256 = digest
        save_asset_file(assets, asset, ContentFile(data), name)
        asset.save()
    return asset


def save_original(assets: AssetStore, asset: ImportedAsset, file: Path) -> None:
    """Store the file as it is, an image under whatever name without its position. Raises ``FileRefused``."""
    with file.open("rb") as stream:
        kind = format_of(stream.read(HEAD))
        stream.seek(0)
        if kind is None:
            save_asset_file(assets, asset, File(stream), file.name)
        elif kind == HEIF:
            image = converted(stream.read())
            save_asset_file(assets, asset, ContentFile(image.data), f"{file.stem}.{image.extension}")
        else:
            name = file.name if file.suffix else f"{file.name}.{EXTENSIONS[kind]}"
            save_asset_file(assets, asset, ContentFile(without_position(stream.read())), name)


def is_image(file: Path) -> bool:
    with file.open("rb") as stream:
        return format_of(stream.read(HEAD)) is not None


def converted(data: bytes) -> SanitisedImage:
    """A HEIC image, which few browsers show, as JPEG or PNG."""
    try:
        return sanitise_image(data)
    except ImageRefused as error:
        raise FileRefused(str(error)) from error


def without_position(data: bytes) -> bytes:
    try:
        return strip_position(data)
    except ImageRefused as error:
        raise FileRefused(str(error)) from error


def stored_document(assets: AssetStore, asset: ImportedAsset, file: Path) -> object:
    """The document of the library that has the file's content, made where there is none."""
    document_model = get_document_model()
    data = without_position(file.read_bytes())
    file_hash = hashlib.sha1(data, usedforsecurity=False).hexdigest()  # Wagtail's choice of hash
    existing = document_model.objects.filter(file_hash=file_hash).first()
    if existing is not None and existing.file_extension.lower() == extension_of(file.name):
        return existing
    document = document_model(title=file.name[:255], file_size=len(data), file_hash=file_hash)
    assets.save_file("document", document, file.name, ContentFile(data))
    document.save()
    assets.made["document"].append(document.pk)
    return document


def save_asset_file(assets: AssetStore, asset: ImportedAsset, content: File, name: str) -> None:
    assets.save_file("file", asset, name, content)
    assets.made["file"].append(asset.file.name)


def check_size(file: Path, most: int) -> None:
    size = file.stat().st_size
    if size > most:
        raise FileRefused(f"{size / 1e6:.1f} MB, more than {most // 2**20} MB")
