"""Document view: Wagtail checks who may read a document, and this site adds byte ranges and validators."""

from __future__ import annotations

import copy

from django.http import HttpRequest, HttpResponseBase
from wagtail.documents.views import serve

from portfolio.delivery.stored_files import content_type_of, deliver_file

CONDITIONS = tuple(f"HTTP_{name}" for name in ("IF_MATCH", "IF_NONE_MATCH", "IF_MODIFIED_SINCE", "IF_UNMODIFIED_SINCE"))


def serve_document(request: HttpRequest, document_id: str, filename: str) -> HttpResponseBase:
    """Wagtail's view, plus byte ranges, the file unchanged, and conditional requests in the order of RFC 9110.

    Wagtail sends a ``Content-Encoding`` (the word "None", or gzip for ``data.csv.gz``), and evaluates
    ``If-Modified-Since`` although ``If-None-Match`` takes precedence.
    """
    response = serve.serve(without_conditions(request), document_id, filename)
    if response.status_code == 200 and response.streaming:
        if response.headers.get("Content-Encoding", "None") != "None":
            response.headers["Content-Type"] = content_type_of(filename)
        response.headers.setdefault("Cache-Control", "no-cache")  # permissions can change
    elif response.status_code == 302:  # to a password form, or to a URL that works for some minutes
        response.headers.setdefault("Cache-Control", "private, no-store")
    return deliver_file(request, response)


def without_conditions(request: HttpRequest) -> HttpRequest:
    """A copy of the request without conditional headers; user and session are the same objects."""
    plain = copy.copy(request)
    plain.META = {name: value for name, value in request.META.items() if name not in CONDITIONS}
    plain.__dict__.pop("headers", None)  # a cached property made from META
    return plain
