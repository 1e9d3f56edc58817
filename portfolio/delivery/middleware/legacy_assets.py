"""Legacy assets: the files of an imported site at their old addresses.

A stored file is redirected to. What is kept with the source, such as a demo of HTML with its scripts, is answered here:
in a sandbox, where it cannot read or change anything of this site, as if it came from another one.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from mimetypes import guess_type
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from portfolio.models import ImportedAsset, ImportedFile
from portfolio.models.ledger import SANDBOXED, TEXT

# Caches may keep the answer for a day and no longer: an editor can replace the file of an image or document.
CACHED = "public, max-age=86400"
TEXT_HEAD = 8_000  # bytes that tell text from other data
SANDBOX = "sandbox allow-downloads allow-forms allow-modals allow-popups allow-scripts"
# What a browser asks for to run it. Only the sandbox may: it counts as another site.
RUN = frozenset({"audioworklet", "paintworklet", "script", "serviceworker", "sharedworker", "style", "worker", "xslt"})


def legacy_asset(path: str) -> ImportedAsset | None:
    """The file that the old site served at ``path`` (decoded, case-sensitive), if it is stored or kept.

    ``path`` may include the old site's base path or not.
    """
    if "\0" in path:
        return None
    paths = list(spellings(path))

    def rank(asset: ImportedAsset) -> tuple[bool, int, int]:
        is_whole = asset.old_url in paths
        return not is_whole, paths.index(asset.old_url if is_whole else f"/{asset.path}"), -asset.pk

    found = ImportedAsset.objects.at(paths).select_related("image", "document")
    return next((asset for asset in sorted(found, key=rank) if asset.url or kept_file(asset)), None)


def spellings(path: str) -> Iterator[str]:
    """Yield the paths of the file that a static host serves at ``path``: the page itself, or a folder's index."""
    if path.endswith("/"):
        yield f"{path}index.html"
        return
    yield path
    if not posixpath.splitext(path)[1]:
        yield f"{path}.html"


def kept_file(asset: ImportedAsset) -> ImportedFile | None:
    if asset.image_id or asset.document_id or asset.file or not asset.old_url:
        return None
    file = ImportedFile.objects.filter(site=asset.site_id, path=asset.path).first()
    if file is None or (file.rendered is None and extension(asset.path) not in SANDBOXED | TEXT):
        return None
    return file


def extension(path: str) -> str:
    return posixpath.splitext(path)[1].lower().removeprefix(".")


def legacy_assets(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: answer with the old file instead of 404. Other answers are passed on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        asset = legacy_asset(request.path)
        if asset is None:
            return response
        if url := asset.url:
            is_loop = url == quote(request.path)
            return response if is_loop else HttpResponsePermanentRedirect(url, headers={"Cache-Control": CACHED})
        return sandboxed(request, asset) or response

    return middleware


def sandboxed(request: HttpRequest, asset: ImportedAsset) -> HttpResponse | None:
    """The kept file as the old site served it, in a sandbox; None where a page of this site would run it."""
    file = kept_file(asset)
    is_own = request.headers.get("Sec-Fetch-Site") in ("same-origin", "same-site")
    if file is None or (is_own and request.headers.get("Sec-Fetch-Dest") in RUN):
        return None
    is_typed = file.rendered is not None or extension(file.path) in SANDBOXED
    guessed, encoding = guess_type(asset.old_url)  # of what is compressed it is the type within
    content_type = (guessed if is_typed and not encoding else None) or "text/plain"
    headers = {
        "Access-Control-Allow-Origin": "*",  # a sandbox counts as another site, and its modules ask across sites
        "Cache-Control": CACHED,
        "Content-Security-Policy": SANDBOX,
        "Vary": "Sec-Fetch-Site, Sec-Fetch-Dest",
        "X-Content-Type-Options": "nosniff",
    }
    data = bytes(file.data if file.rendered is None else file.rendered)
    is_binary = b"\0" in data[:TEXT_HEAD] and content_type == "text/plain"
    content_type = "application/octet-stream" if is_binary else f"{content_type}; charset=utf-8"
    return HttpResponse(data, content_type=content_type, headers=headers)
