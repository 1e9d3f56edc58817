"""Cache settings: Django's caches, and the caches of a CDN that are purged after each change."""

from __future__ import annotations

from typing import Any

LOCAL_CACHE = "django.core.cache.backends.locmem.LocMemCache"
SHARED_CACHE = "portfolio.delivery.redis_cache.FaultTolerantRedisCache"
NO_CACHE = "django.core.cache.backends.dummy.DummyCache"
CDN_BACKENDS = "wagtail.contrib.frontend_cache.backends"


def cache_settings(redis_url: str, site_url: str) -> dict[str, dict[str, Any]]:
    """The value of ``CACHES``: in Redis, shared by all processes, or without Redis in the memory of each process."""

    def cache(name: str, **options: Any) -> dict[str, Any]:
        if not redis_url:
            return {"BACKEND": LOCAL_CACHE, "LOCATION": name, "OPTIONS": options}
        # The prefix separates sites that share a Redis server.
        return {"BACKEND": SHARED_CACHE, "LOCATION": redis_url, "KEY_PREFIX": f"{site_url}/{name}"}

    return {
        "default": cache("portfolio"),
        "pages": cache("pages", MAX_ENTRIES=500),
        # Wagtail would cache renditions here. After a rollback or a restore the cache would name files that do not
        # exist.
        "renditions": {"BACKEND": NO_CACHE},
    }


def cdn_settings(
    purge_url: str,
    cloudflare: tuple[str, str],
    cloudfront: tuple[str, str | None, str | None],
) -> dict[str, dict[str, str | None]]:
    """The value of ``WAGTAILFRONTENDCACHE``: of a proxy by URL, Cloudflare by zone and token, CloudFront by
    distribution and keys. What is not set is left out."""
    backends: dict[str, dict[str, str | None]] = {}
    if purge_url:
        backends["http"] = {"BACKEND": f"{CDN_BACKENDS}.HTTPBackend", "LOCATION": purge_url}
    zone, token = cloudflare
    if zone:
        backends["cloudflare"] = {
            "BACKEND": "portfolio.delivery.cdn.cloudflare.CloudflareZoneBackend",
            "ZONEID": zone,
            "BEARER_TOKEN": token,
        }
    distribution, key, secret = cloudfront
    if distribution:
        backends["cloudfront"] = {
            "BACKEND": f"{CDN_BACKENDS}.CloudfrontBackend",
            "DISTRIBUTION_ID": distribution,
            "AWS_ACCESS_KEY_ID": key,
            "AWS_SECRET_ACCESS_KEY": secret,
        }
    return backends
