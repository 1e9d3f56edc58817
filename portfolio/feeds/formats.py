"""The three formats: Atom (RFC 4287), RSS 2.0 with content:encoded, and JSON Feed 1.1 (https://jsonfeed.org)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.xmlutils import SimplerXMLGenerator

from portfolio.feeds.items import Author, Item

JSON_FEED = "https://jsonfeed.org/version/1.1"
# A feed in which nothing has been published yet has not changed since ever.
EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed, in no format yet. Addresses are absolute; ``page`` shows the same list, ``address`` is the feed's."""

    title: str
    description: str
    page: str
    address: str
    language: str
    owner: Author
    items: list[Item]

    @property
    def updated(self) -> datetime:
        return max((item.updated for item in self.items), default=EVER)

    @property
    def stored(self) -> datetime:
        return max((item.stored for item in self.items), default=EVER)


class Atom(Atom1Feed):
    """Django's, with the whole text and every author of an entry."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else EVER

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", author.name)
            if author.url:
                handler.addQuickElement("uri", author.url)
            handler.endElement("author")
        handler.addQuickElement("content", item["content"], {"type": "html"})


class Rss(Rss201rev2Feed):
    """Django's, with the whole text and every author of an entry."""

    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else EVER

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.addQuickElement("dc:creator", author.name)
        handler.addQuickElement("content:encoded", item["content"])


def atom(feed: Feed) -> str:
    return xml(Atom, feed)


def rss(feed: Feed) -> str:
    return xml(Rss, feed)


def xml(kind: type[Atom | Rss], feed: Feed) -> str:
    writer = kind(
        title=feed.title,
        link=feed.page,
        description=feed.description or feed.title,  # RSS asks for one
        subtitle=feed.description or None,
        language=feed.language,
        feed_url=feed.address,
        author_name=feed.owner.name,
        author_link=feed.owner.url,
    )
    for item in feed.items:
        writer.add_item(
            title=item.title,
            link=item.url,
            description=escape(item.summary) if item.summary else None,
            content=item.content,
            pubdate=item.published,
            updateddate=item.updated,
            unique_id=item.id,
            unique_id_is_permalink=False,
            authors=item.authors,
            categories=item.terms,
        )
    return writer.writeString("utf-8")


def json_feed(feed: Feed) -> str:
    document = known(
        version=JSON_FEED,
        title=feed.title,
        home_page_url=feed.page,
        feed_url=feed.address,
        description=feed.description,
        language=feed.language,
        authors=[person(feed.owner)],
    )
    document["items"] = [
        known(
            id=item.id,
            url=item.url,
            external_url=item.original,
            title=item.title,
            summary=item.summary,
            date_published=item.published.isoformat(),
            date_modified=item.updated.isoformat(),
            authors=[person(author) for author in item.authors],
            tags=item.terms,
        )
        | {"content_html": item.content}
        for item in feed.items
    ]
    return json.dumps(document, ensure_ascii=False)


def person(author: Author) -> dict[str, str]:
    return known(name=author.name, url=author.url)


def known(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
