"""Views that convert pasted or dropped content to blocks for the form."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, JsonResponse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_POST
from wagtail.permission_policies.pages import PagePermissionPolicy

from portfolio.admin.markdown_editing.conversion import MAX_TEXT, InvalidText, parse_document
from portfolio.admin.markdown_editing.markdown_to_blocks import build_body
from portfolio.admin.paste.address import block_for_address, note_for_address
from portfolio.admin.paste.body import PasteReferences, build, image_value
from portfolio.admin.paste.html.document import read_html
from portfolio.admin.paste.html.limits import PASTE_LIMITS
from portfolio.admin.paste.html.parse import NestedTooDeeply
from portfolio.admin.paste.html.plain_text import read_code, read_rows
from portfolio.admin.paste.image_upload import ImageUploadRefused, store_image
from portfolio.blocks import BodyBlocks
from portfolio.documents.document import Document
from portfolio.importer.conversion.worker import WorkStopped, in_one_worker
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.text import visible_text

MAX_IMAGES = 50  # of one paste

View = Callable[[HttpRequest], JsonResponse]


def editor_post(view: View) -> View:
    """View decorator: POST only, for users who may add or change pages. ``store_image`` checks more."""

    @wraps(view)
    def checked(request: HttpRequest) -> JsonResponse:
        if not PagePermissionPolicy().user_has_any_permission(request.user, {"add", "change"}):
            raise PermissionDenied
        try:
            return view(request)
        except InvalidText as error:
            return JsonResponse({"errors": [with_line(line, message) for line, message in error.lines]}, status=422)

    return require_POST(checked)


@editor_post
def paste_markdown(request: HttpRequest) -> JsonResponse:
    """The blocks of the posted Markdown ``text``, with title and summary from its front matter."""
    stream = BodyBlocks()
    document = parse_document(request.POST.get("text", ""))
    parsed = build_body(document, document.nodes, [], [], stream)
    return blocks_response(
        parsed.blocks,
        [with_line(line, message) for line, message in parsed.notes],
        title=document.title if document.front_matter.get("title") else "",
        summary=visible_text(document.description),
        left_out=sorted(set(document.front_matter) - {"title", "description", "summary", "layout"}),
    )


@editor_post
def paste_html(request: HttpRequest) -> JsonResponse:
    """The blocks of the file ``html`` from the clipboard; its images are the files ``pasted:0`` and so on.

    ``language`` is that of a listing. With ``flat`` there are paragraphs and lists alone, for a field that holds
    nothing else. ``prose`` in the answer is the text as HTML where it is nothing but text.
    """
    flat = bool(request.POST.get("flat"))
    document = html_document(posted_text(request.FILES.get("html")), request.POST.get("language", ""), flat=flat)
    references = PasteReferences(document, request, posted_images(request.FILES))
    blocks, notes = build(document, references, BodyBlocks())
    is_prose = all(block.type == "text" for block in blocks)
    prose = "".join(node.html for node in document.nodes if node.kind is NodeKind.PROSE)
    return blocks_response([block.raw for block in blocks], notes, prose=prose if is_prose or flat else "")


@editor_post
def paste_text(request: HttpRequest) -> JsonResponse:
    """One block from the posted ``text``: code, or with ``kind`` "rows" a table from tab-separated cells."""
    text, language = request.POST.get("text", ""), request.POST.get("language", "")
    check_length(text)
    document = read_rows(text) if request.POST.get("kind") == "rows" else read_code(text, language)
    blocks, notes = build(document, PasteReferences(document, request, {}), BodyBlocks())
    return blocks_response([block.raw for block in blocks], notes)


@editor_post
def paste_address(request: HttpRequest) -> JsonResponse:
    """The block for the posted ``address``, if there is one."""
    address = request.POST.get("address", "").strip()
    block = block_for_address(address, PasteReferences(Document("pasted", "page", ""), request, {}))
    if block is None:
        note = note_for_address(address)
        return blocks_response([], [note] if note else [])
    return blocks_response([{"type": block[0], "value": block[1]}], [])


@editor_post
def paste_image(request: HttpRequest) -> JsonResponse:
    """The image block of the posted file ``picture``, with the alt text ``alt`` from the clipboard."""
    file = request.FILES.get("picture")
    if file is None:
        raise InvalidText((None, "There was no file."))
    alt = request.POST.get("alt", "").strip()
    try:
        image = store_image(request.user, file, alt)
    except ImageUploadRefused as error:
        raise InvalidText((None, f"{file.name}: {error}")) from error
    return blocks_response([{"type": "image", "value": image_value(image, alt)}], [])


def blocks_response(blocks: list[Any], notes: list[str], **more: Any) -> JsonResponse:
    stream = BodyBlocks()
    return JsonResponse({"blocks": stream.get_form_state(stream.to_python(blocks)), "notes": notes, **more})


def html_document(html: str, language: str, *, flat: bool) -> Document:
    """Parse ``html`` in a worker process. Raises `InvalidText`."""
    check_length(html)
    try:
        return in_one_worker(read_html, html, language[:50], flat, limits=PASTE_LIMITS)
    except (WorkStopped, NestedTooDeeply) as error:
        raise InvalidText((None, str(error))) from error


def posted_text(file: UploadedFile | None) -> str:
    """The text of a posted file. A form field would be too small for it."""
    if file is None:
        return ""
    if file.size > 4 * MAX_TEXT:
        check_length("", file.size)
    return file.read().decode("utf-8", "replace")


def check_length(text: str, length: int = 0) -> None:
    if max(len(text), length) > MAX_TEXT:
        raise InvalidText((None, f"This is more than {MAX_TEXT:,} characters. Paste it in parts."))


def posted_images(files: MultiValueDict[str, UploadedFile]) -> dict[str, UploadedFile]:
    found = {name: file for name, file in files.items() if name.startswith("pasted:")}
    if len(found) > MAX_IMAGES:
        raise InvalidText((None, f"There are more than {MAX_IMAGES} images in it. Paste it in parts."))
    return found


def with_line(line: int | None, message: str) -> str:
    return f"Line {line}: {message}" if line else message
