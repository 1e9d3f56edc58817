"""Login throttling beside django-axes, which locks one address out of one account.

These limits are for many accounts from one address, and for one account from many addresses. An address or a browser
that has signed in to the account before has its own count, so that a stranger cannot keep the owner out. Browsers are
recognised by a cookie, see OWASP, "Slow Down Online Guessing Attacks with Device Cookies"
(https://owasp.org/www-community/).
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessLog
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portfolio.delivery.throttling.limits import (
    LOGIN_ACCOUNT,
    LOGIN_ADDRESS,
    LOGIN_DEVICE,
    Counted,
    client_address,
    give_back,
    take,
)
from portfolio.delivery.throttling.response import too_many_attempts

COOKIE = "known_device"
SALT = "portfolio.delivery.throttling.device"
KNOWN_FOR = timedelta(days=180)


class LoginHandler(AxesDatabaseHandler):
    """The handler of django-axes plus the limits above. Refused attempts are not counted."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        if super().is_locked(request, credentials):
            return True
        counted = counted_for(request, get_client_username(request, credentials) or "")
        wait = take(counted)
        request.throttle_wait = wait  # type: ignore[attr-defined]
        request.throttle_counted = () if wait else counted  # type: ignore[attr-defined]
        return bool(wait)

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        super().user_logged_in(sender, request, user, **kwargs)
        AccessLog.objects.filter(attempt_time__lt=timezone.now() - KNOWN_FOR).delete()
        give_back(getattr(request, "throttle_counted", ()))
        request.throttle_known = user.get_username()  # type: ignore[attr-defined]


def counted_for(request: HttpRequest, username: str) -> Counted:
    address, account = client_address(request) or "", username.casefold()
    device = device_of(request, account)
    if device:
        return [(LOGIN_ADDRESS, address), (LOGIN_DEVICE, f"{account}\0{device}")]
    if address and signed_in_before(account, address):
        return [(LOGIN_ADDRESS, address), (LOGIN_DEVICE, f"{account}\0{address}")]
    return [(LOGIN_ADDRESS, address), (LOGIN_ACCOUNT, account)]


def signed_in_before(account: str, address: str) -> bool:
    since = timezone.now() - KNOWN_FOR
    return AccessLog.objects.filter(username__iexact=account, ip_address=address, attempt_time__gte=since).exists()


def device_of(request: HttpRequest, account: str) -> str:
    """The name in the browser's device cookie, if it belongs to ``account``."""
    try:
        name, owner = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KNOWN_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(name) if owner == hashed(account) else ""


def hashed(account: str) -> str:
    return salted_hmac(SALT, account, algorithm="sha256").hexdigest()[:32]


def remember_device(request: HttpRequest, response: HttpResponse) -> None:
    """After a sign-in, set the device cookie. Browsers send it to this login form only."""
    username = getattr(request, "throttle_known", None)
    if username is not None:
        value = signing.dumps([secrets.token_urlsafe(12), hashed(username.casefold())], salt=SALT)
        response.set_cookie(
            COOKIE,
            value,
            max_age=KNOWN_FOR,
            path=request.path,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any]) -> HttpResponse:
    """The answer to a refused attempt (``AXES_LOCKOUT_CALLABLE``)."""
    wait = getattr(request, "throttle_wait", 0) or int(settings.AXES_COOLOFF_TIME * 3600)
    return too_many_attempts(request, wait)
