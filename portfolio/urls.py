"""The site's addresses; everything that is no fixed address is a page of the tree."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portfolio import archive, errors, health, llms, manifest, opensearch, robots, search, sitemaps, skills
from portfolio.media import serve_media
from portfolio.resume import views as resume
from portfolio.theme import theme
from portfolio.twins.views import twin

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    re_path(r"^media/(?P<path>.+)$", serve_media, name="media"),
    path("theme.css", theme, name="theme"),
    path("search/", search.search, name="search"),
    path("resume/", resume.page, name="resume_page"),
    path("resume.pdf", resume.pdf, name="resume_pdf"),
    path("skills/<str:slug>/", skills.skill, name="skill"),
    path("archive/", archive.contents, name="archive"),
    re_path(r"^archive/(?P<year>[12]\d{3})/$", archive.year, name="archive_year"),
    re_path(r"^archive/(?P<year>[12]\d{3})/(?P<month>0[1-9]|1[0-2])/$", archive.month, name="archive_month"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("llms.txt", llms.llms, name="llms"),
    path("opensearch.xml", opensearch.opensearch, name="opensearch"),
    path("site.webmanifest", manifest.manifest, name="manifest"),
    path("favicon.ico", manifest.icon, {"file": "icon.ico"}),
    path("apple-touch-icon.png", manifest.icon, {"file": "icon-180.png"}),
    path("", include("portfolio.feeds.urls")),
    path("", include("blog.urls")),
    path("", include("experience.urls")),
    re_path(r"^(?P<path>[^/.]+(?:/[^/.]+)*)\.md$", twin, name="twin"),
    path("", include(wagtail_urls)),
]

handler404 = errors.not_found
