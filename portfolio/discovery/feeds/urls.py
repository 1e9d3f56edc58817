"""URLs of feeds: /feed/, /feed.xml, /rss.xml and /feed.json, and the same below the page of each term."""

from __future__ import annotations

from django.urls import URLPattern, path

from portfolio.content.registry import Taxonomy, taxonomies
from portfolio.discovery.feeds.views import ATOM, JSON, RSS, feed


def feed_urls(taxonomy: Taxonomy | None = None) -> list[URLPattern]:
    """The feeds of the site, named ``feed``, ``rss`` and ``json_feed``; those of a term begin with its taxonomy."""
    below = f"{taxonomy.path}/<str:slug>/" if taxonomy else ""
    name = f"{taxonomy.name}_" if taxonomy else ""
    of = {"taxonomy": taxonomy}
    return [
        path(f"{below}feed/", feed, {**of, "form": ATOM}, name=f"{name}feed"),
        path(f"{below}feed.xml", feed, {**of, "form": ATOM}),
        path(f"{below}rss.xml", feed, {**of, "form": RSS}, name=f"{name}rss"),
        path(f"{below}feed.json", feed, {**of, "form": JSON}, name=f"{name}json_feed"),
    ]


urlpatterns = [*feed_urls(), *(url for taxonomy in taxonomies() for url in feed_urls(taxonomy))]
