"""URLs of the publish sheet, below ``/admin/``."""

from __future__ import annotations

from django.urls import path

from portfolio.admin.publishing import views

urlpatterns = [
    path("pages/<int:page_id>/publish/", views.publish_sheet, name="publish_sheet"),
    path("pages/<int:page_id>/publish/look/", views.sheet_look, name="publish_sheet_look"),
    path("pages/<int:page_id>/publish/card.png", views.sheet_card, name="publish_sheet_card"),
]
