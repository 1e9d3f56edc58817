"""Fixed addresses of the site, such as ``/resume/``: a page, a file or a redirect of the owner's comes first."""

from __future__ import annotations

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.http import HttpRequest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from portfolio.models import ImportedAsset


def is_taken(request: HttpRequest, path: str) -> bool:
    """Whether the owner has something of their own at ``path``, from one query."""
    site = Site.find_for_request(request)
    pages = Page.objects.live().filter(url_path=f"{site.root_page.url_path.rstrip('/')}{path.rstrip('/')}/")
    redirects = Redirect.objects.filter(Q(site=None) | Q(site=site), old_path=Redirect.normalise_path(path))
    files = ImportedAsset.objects.filter(Q(old_url=path) | Q(path=path.strip("/")) & ~Q(old_url=""))
    keys = [rows.order_by().annotate(key=Cast("pk", CharField())).values("key") for rows in (pages, redirects, files)]
    return keys[0].union(*keys[1:], all=True).exists()
