"""Addresses of lists by tag, by category and by series."""

from __future__ import annotations

from django.urls import path

from blog import views

urlpatterns = [
    # Not <slug:>: slugs may hold letters of any script.
    path("tags/<str:slug>/", views.tag, name="tag"),
    path("categories/<str:slug>/", views.category, name="category"),
    path("series/<str:slug>/", views.series, name="series"),
]
