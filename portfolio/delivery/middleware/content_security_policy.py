"""Content-Security-Policy and Permissions-Policy headers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portfolio.markdown.embeds import frame_sources
from portfolio.models.site.lookup import loaded_settings

# Browser features that no page uses.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


# Admin pages without sign-in, where passwords are typed.
SIGN_IN_VIEWS = frozenset(
    f"wagtailadmin_{name}"
    for name in ("login", *(f"password_reset{step}" for step in ("", "_done", "_confirm", "_complete")))
)


def public_policy(analytics: str = "") -> str:
    """The Content-Security-Policy of public pages: this site only, and embeds from the allow-listed hosts.

    ``analytics`` is the origin of the owner's analytics: pages load its script and send it visits.
    """
    analytics_hosts = [analytics] if analytics else []
    return policy_header(
        scripts=["'self'", *analytics_hosts],
        images=["'self'", "data:", *media_hosts(), *analytics_hosts],
        media=["'self'", *media_hosts()],
        connections=["'self'", *analytics_hosts],
        frames=["'self'", *frame_sources()],
    )


def sign_in_policy() -> str:
    """The policy of pages where a password is typed: this site only, no frames, and not shown in a frame."""
    return policy_header(images=["'self'", "data:"], frames=["'none'"], framed_by="'none'")


def admin_policy() -> str:
    """The policy of the admin, as strict as Wagtail allows.

    Wagtail's forms contain inline scripts (dates, inline panels) and its widgets set inline styles. Otherwise it is
    like the public policy: no ``eval``, no other hosts, no plugins, no form target elsewhere.
    """
    return policy_header(
        scripts=["'self'", "'unsafe-inline'"],
        styles=["'self'", "'unsafe-inline'"],
        images=["'self'", "data:", "blob:", *media_hosts()],
        media=["'self'", "blob:", *media_hosts()],
        frames=["'self'", *frame_sources()],
    )


def media_hosts() -> list[str]:
    """The origin of uploaded files, when it is not this site: that of the bucket, or its custom domain."""
    if not settings.AWS_STORAGE_BUCKET_NAME:
        return []
    from portfolio.delivery.storage.bucket import media_origin  # installed with a bucket only

    return [media_origin()]


def policy_header(
    *,
    images: Sequence[str],
    media: Sequence[str] = ("'self'",),
    frames: Sequence[str],
    scripts: Sequence[str] = ("'self'",),
    styles: Sequence[str] = ("'self'",),
    connections: Sequence[str] = ("'self'",),
    framed_by: str = "'self'",
) -> str:
    directives = {
        "default-src": ["'self'"],
        "script-src": scripts,
        "style-src": styles,
        "img-src": images,
        "media-src": media,
        "font-src": ["'self'"],
        "connect-src": connections,
        "frame-src": frames,
        "frame-ancestors": [framed_by],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "object-src": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: add the policy of its part of the site to every answer. A policy that a view has set is kept.

    A 304 gets none: a browser would use it instead of the policy of the stored page.
    """
    public, sign_in, admin = public_policy(), sign_in_policy(), admin_policy()

    def policy_for(request: HttpRequest) -> str:
        if not request.path.startswith(settings.ADMIN_PREFIX):
            settings_of_site = loaded_settings(request)
            analytics = settings_of_site.analytics if settings_of_site else None
            return public_policy(analytics.origin) if analytics else public
        view = request.resolver_match.view_name if request.resolver_match else ""
        return sign_in if view in SIGN_IN_VIEWS else admin

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 304:
            response.headers.setdefault("Content-Security-Policy", policy_for(request))
            response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware
