"""Request recorder: ask for addresses of the URLconf, and remember the server errors."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable
from typing import Any

from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client

from experience.models import TalkPage
from tests.hostile.questions import filled, patterns, quoted
from tests.hostile.site import KINDS, HostileSite


class RequestRecorder:
    """Send requests and remember the server errors, one for each place in the code that raised it."""

    def __init__(self, user: Any = None) -> None:
        self.client = Client(raise_request_exception=False)
        if user:
            self.client.force_login(user)
        self.wrong: dict[str, str] = {}
        self.count = 0
        self.error = ""
        got_request_exception.connect(self.remember)

    def remember(self, **kwargs: Any) -> None:
        error = sys.exception()
        frames = traceback.extract_tb(error.__traceback__)
        ours = [
            frame for frame in frames if "/site-packages/" not in frame.filename and "/tests/" not in frame.filename
        ]
        places = (f"{frame.filename}:{frame.lineno} {frame.line}" for frame in (*ours[-2:], frames[-1]))
        self.error = "\n".join([f"{type(error).__name__}: {error!s:.300}", *dict.fromkeys(places)])

    def __call__(self, address: str, query: str = "", method: str = "GET", **headers: str) -> int:
        self.error = ""
        self.count += 1
        raw = {"QUERY_STRING": query} if query else {}
        try:
            with transaction.atomic():
                answer = self.client.generic(method, address, headers=headers or None, **raw)
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                transaction.set_rollback(True)
            status = answer.status_code
            assert status != 304 or not body
        except Exception:
            status = 599
            self.remember()
        if status >= 500:
            shown = f"{method} {address[:90]}?{query[:200]} {str(headers)[:120]}: {status}"
            key = self.error.partition("\n")[2] or self.error
            self.wrong.setdefault(key, f"{shown}\n{self.error}")
        return status

    def verdict(self) -> None:
        got_request_exception.disconnect(self.remember)
        assert not self.wrong, "\n".join([f"{len(self.wrong)} kinds of server error", *self.wrong.values()])


def public_addresses(site: HostileSite, pieces: Iterable[str] = (), only: Any = None, profile: int = 0) -> Any:
    """By route: addresses of what there is, that of the profile first, then those with hostile pieces.

    Of ``only`` one pattern the latter alone.
    """
    pieces = list(pieces)
    of_profile = site.pages[profile * KINDS :] + site.pages[: profile * KINDS]
    terms = {kind: several[profile:] + several[:profile] for kind, several in site.terms.items()}
    pages = [page.get_url(None) or "/" for page in of_profile]
    paths = [page.strip("/") for page in pages]
    talks = [page.pk for page in of_profile if isinstance(page, TalkPage)]
    values: dict[str, list[Any]] = {
        "slug": pieces,
        **{
            f"{folder}:slug": [*(quoted(term.slug) for term in terms[kind]), *pieces]
            for folder, kind in (
                ("tags", "tag"),
                ("categories", "category"),
                ("series", "series"),
                ("skills", "skill"),
            )
        },
        "year": ["2021", "1000", "2999", "0001", "0999", "9999", "0000", *pieces],
        "month": ["03", "01", "12", "00", "13", *pieces],
        "section": ["pages", "lists", *pieces],
        "path": [*paths, *(f"blog/{piece}" for piece in pieces), *pieces],
        "media:path": [site.things.image.file.name, "images/none.png", *(f"images/{piece}" for piece in pieces)],
        "documents:0": [site.things.document.pk, "0", "9" * 40],
        "documents:1": [site.things.document.filename, *pieces],
        "restriction_id": ["1", "9" * 40],
        "page_view_restriction_id": ["1", "9" * 40],
        "pk": [*talks, "0", "9" * 40],
        "page_id": [str(site.things.page.pk), "9" * 40],
        "0": ["", *(f"{path}/" for path in paths), "blog/", "experience/", *(f"blog/{piece}/" for piece in pieces)],
    }
    if only:
        route = next(route for route, pattern in patterns() if pattern is only)
        return [address for address in filled(route, values) if any(piece in address for piece in pieces)]
    return {route: list(filled(route, values)) for route, _ in patterns()}
