"""Addresses of feeds: /feed/, /feed.xml, /rss.xml and /feed.json, and the same below each list of entries."""

from __future__ import annotations

from django.urls import URLPattern, path

from portfolio.feeds.views import ATOM, JSON, RSS, feed


def feeds(below: str = "", kind: str = "") -> list[URLPattern]:
    """The feeds of the site, named ``feed``, ``rss`` and ``json_feed``; those of a kind of list begin with its name."""
    name = f"{kind}_" if kind else ""
    of = {"kind": kind}
    return [
        path(f"{below}feed/", feed, {**of, "form": ATOM}, name=f"{name}feed"),
        path(f"{below}feed.xml", feed, {**of, "form": ATOM}),
        path(f"{below}rss.xml", feed, {**of, "form": RSS}, name=f"{name}rss"),
        path(f"{below}feed.json", feed, {**of, "form": JSON}, name=f"{name}json_feed"),
    ]


urlpatterns = [
    *feeds(),
    *feeds("tags/<str:slug>/", "tag"),
    *feeds("categories/<str:slug>/", "category"),
    *feeds("series/<str:slug>/", "series"),
    *feeds("skills/<str:slug>/", "skill"),
]
