"""Views that convert pasted or dropped content to blocks for the form."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, JsonResponse
from django.utils.datastructures import MultiValueDict

from portfolio.admin.editor.editor_post import check_length, editor_post, posted_text, with_line
from portfolio.admin.markdown_editing.conversion import InvalidText, parse_document
from portfolio.admin.markdown_editing.markdown_to_blocks import build_body
from portfolio.admin.markdown_editing.page_markdown import blocks_as_markdown
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
    """The image block of the posted file ``picture`` with the alt text ``alt``, and its Markdown."""
    file = request.FILES.get("picture")
    if file is None:
        raise InvalidText((None, "There was no file."))
    alt = request.POST.get("alt", "").strip()
    try:
        image = store_image(request.user, file, alt)
    except ImageUploadRefused as error:
        raise InvalidText((None, f"{file.name}: {error}")) from error
    blocks = [{"type": "image", "value": image_value(image, alt)}]
    (piece,) = blocks_as_markdown(BodyBlocks().to_python(blocks))
    return blocks_response(blocks, [], markdown=piece.text)


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


def posted_images(files: MultiValueDict[str, UploadedFile]) -> dict[str, UploadedFile]:
    found = {name: file for name, file in files.items() if name.startswith("pasted:")}
    if len(found) > MAX_IMAGES:
        raise InvalidText((None, f"There are more than {MAX_IMAGES} images in it. Paste it in parts."))
    return found
