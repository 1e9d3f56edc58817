"""The site's addresses; everything that is no fixed address is a page of the tree."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portfolio import health, search, skills
from portfolio.media import serve_media

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    re_path(r"^media/(?P<path>.+)$", serve_media, name="media"),
    path("search/", search.search, name="search"),
    path("skills/<str:slug>/", skills.skill, name="skill"),
    path("", include("blog.urls")),
    path("", include("experience.urls")),
    path("", include(wagtail_urls)),
]

if settings.DEBUG:
    # Only development needs to see these without breaking something.
    from django.shortcuts import render

    urlpatterns.insert(0, path("404/", lambda request: render(request, "404.html", status=404)))
    urlpatterns.insert(0, path("500/", lambda request: render(request, "500.html", status=500)))
