"""URLs of invitations, below ``/admin/``."""

from __future__ import annotations

from django.urls import path

from portfolio.admin.people import views

urlpatterns = [
    path("invite/", views.invite, name="invite"),
    path("invite/<int:pk>/again/", views.invite_again, name="invite_again"),
]
