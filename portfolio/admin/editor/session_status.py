"""Session status: the admin's forms ask for it before they are sent."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def session_status(request: HttpRequest) -> JsonResponse:
    """200 with the CSRF token, which changes at each sign-in. Without a session the admin answers 403."""
    return JsonResponse({"csrf_token": get_token(request)})
