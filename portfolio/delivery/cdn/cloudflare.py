"""Cloudflare as a cache that can be purged as a whole."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from wagtail.contrib.frontend_cache.backends import CloudflareBackend

from portfolio.delivery.public_http import connection_to


class PurgeRefused(Exception):
    """Cloudflare answered, but did not purge."""


class CloudflareZoneBackend(CloudflareBackend):
    """Purges a whole zone. Wagtail's backend sends URLs one by one, and Cloudflare knows no pattern for all of them."""

    def purge_batch(self, urls: list[str]) -> None:
        endpoint = urlsplit(self.cloudflare_purge_endpoint_url)
        connection = connection_to("https", endpoint.netloc, 443)
        try:
            connection.request(
                "POST",
                endpoint.path,
                json.dumps({"purge_everything": True}),
                {"Authorization": f"Bearer {self.cloudflare_token}", "Content-Type": "application/json"},
            )
            response = connection.getresponse()
            if response.status != 200:
                raise PurgeRefused(f"{response.status} {response.reason}")
        finally:
            connection.close()
