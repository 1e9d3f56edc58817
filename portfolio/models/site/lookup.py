"""Site look-up: the site of a request with its home page and settings, from the site state.

It sets the private attribute ``_wagtail_site`` of the request, where ``Site.find_for_request`` caches its result. There
is no public way to give Wagtail the site. ``tests/pages/test_query_counts.py`` fails when that changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site

from portfolio.models.home import HomePage
from portfolio.models.site.settings import SiteSettings
from portfolio.models.site_state import cached_for_version
from portfolio.models.visibility import is_unrestricted


def find_site(request: HttpRequest) -> Site | None:
    """The site of the request. Wagtail and ``SiteSettings`` use the same object afterwards."""
    if not hasattr(request, "_wagtail_site"):
        site = choose_site(cached_for_version("sites", read_sites), host_name(request), int(request.get_port()))
        request._wagtail_site = site and own_copy(site)
    return request._wagtail_site


def loaded_settings(request: HttpRequest) -> SiteSettings | None:
    """The settings of the site that this request has looked up, without a query."""
    site = getattr(request, "_wagtail_site", None)
    return getattr(site, "sitesettings", None) if site and Site.sitesettings.is_cached(site) else None


def read_sites() -> list[Site]:
    """All sites, each with its home page and settings."""
    settings = (f"sitesettings__{name}" for name in SiteSettings.select_related)
    return list(Site.objects.select_related("root_page__homepage", *settings))


def own_copy(site: Site) -> Site:
    """The site with a home page and settings that this request may change."""
    site = copy(site)
    if Site.sitesettings.is_cached(site) and hasattr(site, "sitesettings"):
        site.sitesettings = copy(site.sitesettings)
    home = getattr(site.root_page, "homepage", None)
    if isinstance(home, HomePage):
        site.root_page = copy(home)
        site.root_page.is_unrestricted = is_unrestricted(home.path)
    return site


def host_name(request: HttpRequest) -> str:
    """The requested host name; "" for one that is not allowed, which other middleware refuses."""
    try:
        return split_domain_port(request.get_host())[0]
    except DisallowedHost:
        return ""


def choose_site(sites: Sequence[Site], host: str, port: int) -> Site | None:
    """The same choice as Wagtail's: host and port, the default site of the host, its only site, the default site."""
    named = [site for site in sites if site.hostname == host]
    for site in named:
        if site.port == port:
            return site
    default = next((site for site in sites if site.is_default_site), None)
    return named[0] if len(named) == 1 and default not in named else default


def set_default_site_address(sender: Any, using: str, **kwargs: Any) -> None:
    """Signal handler: after each ``migrate``, replace the host name "localhost" of a new site by that of ``SITE_URL``.

    Canonical links, feeds and printed pages contain it.
    """
    wanted = urlsplit(settings.SITE_URL)
    port = wanted.port or (443 if wanted.scheme == "https" else 80)
    unnamed = Site.objects.using(using).filter(is_default_site=True, hostname="localhost", port=80)
    if wanted.hostname and (wanted.hostname, port) != ("localhost", 80):
        for site in unnamed:
            site.hostname, site.port = wanted.hostname, port
            site.save()
