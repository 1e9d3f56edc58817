"""Trusted proxies: the client's address and scheme behind a reverse proxy."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT")


class TrustedProxiesMiddleware:
    """Middleware: use X-Forwarded-For and X-Forwarded-Proto only from the addresses in ``TRUSTED_PROXIES``.

    Anyone can send these headers. From other addresses they are removed, so that login throttling and the redirect to
    https cannot be misled. The client is the rightmost address that is not a trusted proxy.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.networks = [ip_network(text, strict=False) for text in settings.TRUSTED_PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        if self.trusts(meta.get("REMOTE_ADDR", "")):
            if meta.get("HTTP_X_FORWARDED_PROTO", "").split(",")[-1].strip() == "https":
                request.environ["wsgi.url_scheme"] = "https"
            for address in reversed(meta.get("HTTP_X_FORWARDED_FOR", "").split(",")):
                if not is_address(address.strip()):
                    break
                meta["REMOTE_ADDR"] = address.strip()
                if not self.trusts(address.strip()):
                    break
        else:
            for name in FORWARDED:
                meta.pop(name, None)
        return self.get_response(request)

    def trusts(self, address: str) -> bool:
        return is_address(address) and any(ip_address(address) in network for network in self.networks)


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
