"""Webmention client: find the endpoint of a page at another site, and tell it of a link (https://www.w3.org/TR/webmention/)."""

from __future__ import annotations

import http.client
import re
import socket
from collections.abc import Mapping
from html import unescape
from urllib.parse import urlencode, urljoin

from portfolio.delivery.public_http import (
    REDIRECTS,
    AddressNotAllowed,
    HTTPAnswer,
    Lookup,
    public_addresses,
    request,
)
from portfolio.markdown.html.scanner import Opening, scan

MAX_BYTES = 1024 * 1024  # of a page that is searched for its endpoint
MAX_SECONDS = 15  # for a whole answer
MAX_REDIRECTS = 5
AGENT = "Portfolio Webmention"
REL = "webmention"
LINK = re.compile(r"<([^<>]*)>([^<]*)")
LINK_REL = re.compile(r"""(?:^|;)\s*rel\s*=\s*(?:"([^"]*)"|([^\s";,]+))""", re.IGNORECASE)
HTML = ("text/html", "application/xhtml+xml")


class WebmentionError(Exception):
    """The other site could not be told; the message says why."""


def send_webmention(source: str, target: str, lookup: Lookup = public_addresses) -> str:
    """Tell ``target`` that ``source`` links to it; return the endpoint that took it, "" if the page has none."""
    try:
        address, answer = page_at(target, lookup)
        endpoint = endpoint_of(address, answer)
        if not endpoint:
            return ""
        body = urlencode({"source": source, "target": target}).encode()
        headers = {"User-Agent": AGENT, "Content-Type": "application/x-www-form-urlencoded"}
        taken = request(
            endpoint, method="POST", headers=headers, body=body, max_bytes=None, seconds=MAX_SECONDS, lookup=lookup
        )
    except AddressNotAllowed as error:
        raise WebmentionError(str(error)) from error
    except TimeoutError as error:
        raise WebmentionError(f"it does not answer within {MAX_SECONDS} seconds") from error
    except socket.gaierror as error:
        raise WebmentionError("there is no such host") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise WebmentionError(f"it cannot be reached ({type(error).__name__})") from error
    if not 200 <= taken.status < 300:
        raise WebmentionError(f"its endpoint answers {taken.status}")
    return endpoint


def page_at(address: str, lookup: Lookup) -> tuple[str, HTTPAnswer]:
    """The answer at ``address`` or where it redirects to, and that address."""
    headers = {"User-Agent": AGENT, "Accept": "text/html, */*"}
    for _ in range(MAX_REDIRECTS + 1):
        answer = request(address, headers=headers, max_bytes=MAX_BYTES, seconds=MAX_SECONDS, lookup=lookup)
        location = answer.headers.get("Location", "")
        if answer.status not in REDIRECTS or not location:
            if answer.status >= 400:
                raise WebmentionError(f"it answers {answer.status}")
            return address, answer
        address = urljoin(address, location)
    raise WebmentionError(f"it redirects more than {MAX_REDIRECTS} times")


def endpoint_of(address: str, answer: HTTPAnswer) -> str:
    """The endpoint that the headers or the HTML name, as a whole address; "" for none."""
    named = endpoint_in_headers(answer.headers)
    if named is None and answer.headers.get("Content-Type", "").partition(";")[0].strip().lower() in HTML:
        named = endpoint_in_html(answer.data[:MAX_BYTES].decode("utf-8", "replace"))
    return "" if named is None else urljoin(address, named)


def endpoint_in_headers(headers: Mapping[str, str]) -> str | None:
    links = (value for name, value in headers.items() if name.lower() == "link")
    found = (match for value in links for match in LINK.finditer(value))
    return next((match[1].strip() for match in found if has_rel(LINK_REL.search(match[2]))), None)


def has_rel(match: re.Match[str] | None) -> bool:
    return match is not None and REL in (match[1] or match[2] or "").lower().split()


def endpoint_in_html(html: str) -> str | None:
    """The address of the first ``link`` or ``a`` with this relation; the empty one is that of the page itself."""
    for part in scan(html):
        if not isinstance(part, Opening) or part.name not in ("link", "a") or "href" not in part.attributes:
            continue
        if REL in unescape(part.attributes.get("rel", "")).lower().split():
            return unescape(part.attributes["href"]).strip()
    return None
