"""The address that Wagtail's default site goes by."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings


def name_default_site(sender: Any, using: str, **kwargs: Any) -> None:
    """After each ``migrate``: give the default site the address of ``SITE_URL``, unless somebody has named it.

    Canonical links, feeds and printed pages carry that address; "localhost" is what a new site is called.
    """
    from wagtail.models import Site

    wanted = urlsplit(settings.SITE_URL)
    port = wanted.port or (443 if wanted.scheme == "https" else 80)
    unnamed = Site.objects.using(using).filter(is_default_site=True, hostname="localhost", port=80)
    if wanted.hostname and (wanted.hostname, port) != ("localhost", 80):
        for site in unnamed:
            site.hostname, site.port = wanted.hostname, port
            site.save()
