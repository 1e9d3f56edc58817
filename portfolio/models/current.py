"""The site that a request is for, with its front page and settings, from one query."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site

from portfolio.models.home import HomePage
from portfolio.models.site import SiteSettings
from portfolio.models.tree import restricted
from portfolio.models.version import SiteVersion

# The front page of a site lies right below the root of the tree.
HOME_DEPTH = 2


def find_site(request: HttpRequest) -> Site | None:
    """The request's site. Wagtail and the settings find it on the request afterwards, and ask no more."""
    if not hasattr(request, "_wagtail_site"):
        request._wagtail_site = look_up(request)
    return request._wagtail_site


def look_up(request: HttpRequest) -> Site | None:
    host = split_domain_port(request._get_raw_host())[0]  # as Wagtail: whether the host is allowed is asked elsewhere
    rows = (
        Site.objects.filter(Q(hostname=host) | Q(is_default_site=True))
        .annotate(
            is_open=~restricted("root_page__path", HOME_DEPTH),
            version=Coalesce(Subquery(SiteVersion.objects.filter(pk=1).values("number")), 0),
        )
        .select_related("root_page__homepage", *(f"sitesettings__{name}" for name in SiteSettings.select_related))
    )
    site = best(rows, host, int(request.get_port()))
    if site is not None and isinstance(home := getattr(site.root_page, "homepage", None), HomePage):
        home.is_open = site.is_open if home.depth == HOME_DEPTH else None
        site.root_page = home
    return site


def best(sites: Sequence[Site], host: str, port: int) -> Site | None:
    """Wagtail's choice: host and port, the default site of that host, the only one of that host, the default."""
    named = [site for site in sites if site.hostname == host]
    for site in named:
        if site.port == port:
            return site
    default = next((site for site in sites if site.is_default_site), None)
    return named[0] if len(named) == 1 and default not in named else default
