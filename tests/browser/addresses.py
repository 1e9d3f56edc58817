"""One page of every kind in the imported demo, by the name of its kind."""

from __future__ import annotations

PAGES = {
    "home": "/",
    "blog": "/blog/",
    "post with code": "/blog/three-ways-to-lose-a-sample/",
    "post with a table and an embed": "/blog/listening-to-the-seabed/",
    "post with maths": "/blog/a-harmonic-fit-in-thirty-lines/",
    "post with footnotes": "/blog/what-a-tide-table-does-not-tell-you/",
    "interview": "/blog/a-tide-is-a-kind-of-clock/",
    "experience": "/experience/",
    "resume": "/resume/",
    "whole resume": "/resume/full/",
    "role": "/experience/fjordline-robotics-2017-2019/",
    "skills": "/skills/",
    "skill": "/skills/python/",
    "tag": "/tags/tides/",
    "category": "/categories/instruments/",
    "projects": "/projects/",
    "project": "/projects/springneap/",
    "publications": "/publications/",
    "publication": "/publications/drift-seen-by-the-tide/",
    "talks": "/talks/",
    "talk": "/talks/the-thirty-four-cards/",
    "series": "/series/the-far-end-of-the-cable/",
    "archive": "/archive/",
    "about": "/about/",
    "search": "/search/",
    "search with results": "/search/?q=tide",
    "search without results": "/search/?q=xylophone",
}
NOT_FOUND = "/blog/never-written/"
WITH_EMBED = PAGES["post with a table and an embed"]
EMBED = "https://www.youtube-nocookie.com/embed/saltmarsh04"

# Where the site that the demo imitates had its pages, and where they are now.
OLD_ADDRESSES = {
    "/2021/03/14/what-a-tide-table-does-not-tell-you/": "/blog/what-a-tide-table-does-not-tell-you/",
    "/2022/06/11/listening-to-the-seabed/": "/blog/listening-to-the-seabed/",
    "/leaving/": "/blog/leaving-fjordline/",
    "/2022/01/goodbye-robots.html": "/blog/leaving-fjordline/",
    "/cv/": "/experience/",
}
