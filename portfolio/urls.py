"""The site's addresses; everything that is no fixed address is a page of the tree."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from portfolio.admin.set_up.sign_in import SignInView
from portfolio.delivery import errors
from portfolio.delivery.lazy_views import lazy_view
from portfolio.delivery.media import serve_media
from portfolio.delivery.monitoring import health
from portfolio.delivery.passwords import page_password
from portfolio.delivery.theme import theme
from portfolio.discovery import llms, manifest, opensearch, robots, sitemap
from portfolio.discovery.icons import icon
from portfolio.images.site_icons import ICONS
from portfolio.search import archive, views

register_converter(archive.YearConverter, "year")
register_converter(archive.MonthConverter, "month")

urlpatterns: list[URLPattern | URLResolver] = [
    # Answered by the middleware already; here they keep pages from having these addresses.
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/login/", SignInView.as_view(), name="wagtailadmin_login"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include("portfolio.delivery.document_urls")),
    re_path(r"^media/(?P<path>.+)$", serve_media, name="media"),
    path("theme.css", theme, name="theme"),
    path("search/", views.search, name="search"),
    path("archive/", archive.contents, name="archive"),
    path("archive/<year:year>/", archive.year, name="archive_year"),
    path("archive/<year:year>/<month:month>/", archive.month, name="archive_month"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    re_path(r"^sitemap-(?P<section>pages|lists)\.xml$", sitemap.sitemap, name="sitemap_section"),
    path("llms.txt", llms.llms, name="llms"),
    path("opensearch.xml", opensearch.opensearch, name="opensearch"),
    path("site.webmanifest", manifest.manifest, name="manifest"),
    *(path(name, icon, {"name": name}) for name in ICONS),
    path("", include("portfolio.discovery.feeds.urls")),
    path("", include("blog.urls")),
    path("", include("experience.urls")),
    re_path(
        r"^(?P<path>[^/.]+(?:/[^/.]+)*)\.md$",
        lazy_view("portfolio.discovery.markdown_pages.views.markdown_page"),
        name="markdown_page",
    ),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        page_password,
        name="wagtailcore_authenticate_with_password",
    ),
    path("", include(wagtail_urls)),
]

handler404 = errors.not_found
handler500 = errors.server_error
