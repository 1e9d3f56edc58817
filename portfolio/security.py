"""Response headers that keep public pages to themselves."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portfolio.markdown.embeds import frame_sources

# What a public page does not use at all.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


def policy() -> str:
    """The Content-Security-Policy of public pages: this site only, and embeds from the allow-listed hosts."""
    images = ["'self'", "data:"]
    if settings.AWS_STORAGE_BUCKET_NAME and settings.AWS_S3_CUSTOM_DOMAIN:
        images.append(f"https://{settings.AWS_S3_CUSTOM_DOMAIN}")
    directives = {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": images,
        "media-src": images,
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'", *frame_sources()],
        "frame-ancestors": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "object-src": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Add the policy to every public response.

    The admin is exempt: Wagtail's own templates carry inline scripts and its core script calls ``new Function``. A
    view that has set a stricter policy (served documents do) keeps it.
    """
    header = policy()

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith(settings.ADMIN_PREFIX):
            response.headers.setdefault("Content-Security-Policy", header)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware
