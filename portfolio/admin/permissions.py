"""Admin permissions: importers and administrators. Wagtail checks first that the user may enter the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.auth import permission_required, user_passes_test

IMPORT = "portfolio.import_site"

View = Callable[..., HttpResponseBase]


def may_import(user: Any) -> bool:
    return user.has_perm(IMPORT)


def importer_get(view: View) -> View:
    """View decorator: GET only, for users who may import and export."""
    return permission_required(IMPORT)(require_GET(view))


def importer_post(view: View) -> View:
    """View decorator: POST only, for users who may import and export."""
    return permission_required(IMPORT)(require_POST(view))


def is_administrator(user: Any) -> bool:
    return user.is_superuser


def administrator_get(view: View) -> View:
    """View decorator: GET only, for administrators."""
    return user_passes_test(is_administrator)(require_GET(view))


def administrator_post(view: View) -> View:
    """View decorator: POST only, for administrators."""
    return user_passes_test(is_administrator)(require_POST(view))
