"""Set the host name of Wagtail's default site from ``SITE_URL``."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings


def set_default_site_address(sender: Any, using: str, **kwargs: Any) -> None:
    """Signal handler: after each ``migrate``, replace the host name "localhost" of a new site by that of ``SITE_URL``.

    Canonical links, feeds and printed pages contain it.
    """
    from wagtail.models import Site

    wanted = urlsplit(settings.SITE_URL)
    port = wanted.port or (443 if wanted.scheme == "https" else 80)
    unnamed = Site.objects.using(using).filter(is_default_site=True, hostname="localhost", port=80)
    if wanted.hostname and (wanted.hostname, port) != ("localhost", 80):
        for site in unnamed:
            site.hostname, site.port = wanted.hostname, port
            site.save()
