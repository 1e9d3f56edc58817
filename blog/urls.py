"""Addresses of lists by tag and by category."""

from __future__ import annotations

from django.urls import path

from blog import views

urlpatterns = [
    # Not <slug:>: slugs of tags and categories may hold letters of any script.
    path("tags/<str:slug>/", views.tag, name="tag"),
    path("categories/<str:slug>/", views.category, name="category"),
]
