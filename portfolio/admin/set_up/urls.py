"""URLs of the set-up, below ``/admin/``."""

from __future__ import annotations

from django.urls import path

from portfolio.admin.set_up import accent

urlpatterns = [
    path("settings/accent-colour/", accent.accent_contrast, name="accent_contrast"),
]
