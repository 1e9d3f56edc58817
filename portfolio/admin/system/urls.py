"""URLs of the System page, below ``/admin/``."""

from __future__ import annotations

from django.urls import path

from portfolio.admin.system import views

urlpatterns = [
    path("system/", views.system, name="system"),
    path("system/mail/", views.trial_mail, name="system_trial_mail"),
]
