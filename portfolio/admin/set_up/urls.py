"""URLs of the set-up, below ``/admin/``."""

from __future__ import annotations

from django.urls import path

from portfolio.admin.set_up import accent
from portfolio.delivery.lazy_views import lazy_view

urlpatterns = [
    path("set-up/", lazy_view("portfolio.admin.set_up.views.set_up"), name="set_up"),
    path("set-up/remove-demo/", lazy_view("portfolio.admin.set_up.views.demo_removal"), name="remove_demo"),
    path("settings/accent-colour/", accent.accent_contrast, name="accent_contrast"),
]
