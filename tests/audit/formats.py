"""What is written for machines: feeds, JSON Resume, manifest, data blocks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import requests
from bs4 import BeautifulSoup
from lxml import etree

from tests.audit.tools import package

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"
ATOM = "{http://www.w3.org/2005/Atom}"
# What https://schema.org types must say to be of use; of a list, one is enough.
REQUIRED: dict[str, tuple[str, ...]] = {
    "BlogPosting": ("headline", "datePublished", "dateModified", "author", "url", "mainEntityOfPage"),
    "Article": ("headline", "datePublished", "dateModified", "author", "url", "about"),
    "ProfilePage": ("mainEntity", "url"),
    "BreadcrumbList": ("itemListElement",),
    "CollectionPage": ("name", "url"),
    "Blog": ("name", "url", "author"),
    "WebPage": ("name", "url", "author"),
    "WebSite": ("name", "url", "potentialAction"),
    "Event": ("name", "startDate", "url"),
    **dict.fromkeys(("CreativeWork", "SoftwareSourceCode"), ("name", "url")),
    **dict.fromkeys(("ScholarlyArticle", "Thesis", "Book", "Chapter", "Report", "Dataset"), ("author", "url")),
}


def atom(response: requests.Response) -> Iterator[str]:
    """RFC 4287: id, title and updated of the feed and of each entry, and an author."""
    feed = etree.fromstring(response.content)
    entries = feed.findall(f"{ATOM}entry")
    for part in (feed, *entries):
        yield from (f"no {name}" for name in ("id", "title", "updated") if not part.findtext(f"{ATOM}{name}"))
    yield from ("no entry" for _ in range(not entries))
    if feed.find(f"{ATOM}author") is None:
        yield from ("an entry without author" for entry in entries if entry.find(f"{ATOM}author") is None)


def rss(response: requests.Response) -> Iterator[str]:
    """RSS 2.0: title, link and description of the channel; a title or description of each item."""
    channel = etree.fromstring(response.content).find("channel")
    if channel is None:
        yield "no channel"
        return
    yield from (f"no {name}" for name in ("title", "link", "description") if channel.findtext(name) is None)
    yield from ("no item" for _ in range(channel.find("item") is None))
    for item in channel.findall("item"):
        if not (item.findtext("title") or item.findtext("description")):
            yield "an item without title and description"


def against(schema: Path) -> Callable[[requests.Response], Iterator[str]]:
    def check(response: requests.Response) -> Iterator[str]:
        rules = json.loads(schema.read_text(encoding="utf-8"))
        kind = jsonschema.validators.validator_for(rules)
        for found in kind(rules, format_checker=jsonschema.FormatChecker()).iter_errors(response.json()):
            yield f"{found.json_path}: {found.message}"

    return check


def machine_checks() -> dict[str, Callable[[requests.Response], Iterator[str]]]:
    return {
        "/feed/": atom,
        "/feed.xml": atom,
        "/rss.xml": rss,
        "/feed.json": against(SCHEMAS / "json_feed.json"),
        "/resume.json": against(package("@jsonresume", "schema", "schema.json")),
        "/site.webmanifest": against(SCHEMAS / "web_manifest.json"),
    }


def data_blocks(html: str) -> Iterator[str]:
    """What is wrong with the JSON-LD of a page; a page without any is wrong too."""
    blocks = BeautifulSoup(html, "lxml").select('script[type="application/ld+json"]')
    yield from ("no JSON-LD" for _ in range(not blocks))
    for block in blocks:
        try:
            data: dict[str, Any] = json.loads(block.string or "")
        except ValueError as error:
            yield f"JSON-LD does not parse: {error}"
            continue
        if data.get("@context") != "https://schema.org" or data.get("@type") not in REQUIRED:
            yield f"JSON-LD of a type not expected: {data.get('@type')}"
        for name in REQUIRED.get(data.get("@type", ""), ()):
            if not data.get(name):
                yield f"{data['@type']} without {name}"
