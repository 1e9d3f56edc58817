"""Middleware: remove control characters from public answers.

XML must not contain them, and browsers and feed readers show boxes, whatever is stored in the database.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# C0 control characters except tab and line ends. In UTF-8 these bytes are part of no other character.
C0 = bytes(byte for byte in range(0x20) if byte not in b"\t\n\r")
NON_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())


def drop_control_characters(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: clean public text, XML and JSON. Streams and kept files, which are in a sandbox, are not changed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.streaming and not request.path.startswith(settings.ADMIN_PREFIX) and is_text(response):
            content = response.content
            clean = cleaned(content)
            if len(clean) != len(content):
                response.content = clean
                if "Content-Length" in response.headers:
                    response.headers["Content-Length"] = str(len(clean))
        return response

    return middleware


def is_text(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if response.headers.get("Content-Security-Policy", "").startswith("sandbox"):
        return False
    return kind.startswith("text/") or kind.endswith(("xml", "json"))


def cleaned(content: bytes) -> bytes:
    content = content.translate(None, C0)
    for character in NON_CHARACTERS:
        content = content.replace(character, b"")
    return content
