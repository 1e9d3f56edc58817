"""Who may do what at the desk. Signing in to the admin is checked by Wagtail before any of these."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.auth import permission_required

IMPORT = "portfolio.import_site"

View = Callable[..., HttpResponseBase]


def may_import(user: Any) -> bool:
    return user.has_perm(IMPORT)


def importers_see(view: View) -> View:
    """A page of the import or the export."""
    return permission_required(IMPORT)(require_GET(view))


def importers_do(view: View) -> View:
    """A button of the import or the export."""
    return permission_required(IMPORT)(require_POST(view))


def is_script(request: HttpRequest) -> bool:
    return request.headers.get("x-requested-with") == "XMLHttpRequest"
