"""Formats of feeds: Atom (RFC 4287), RSS 2.0 with content:encoded, and JSON Feed 1.1 (https://jsonfeed.org)."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from html import escape
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.xmlutils import SimplerXMLGenerator

from portfolio.discovery.feeds.items import FeedAuthor, FeedItem
from portfolio.markdown.characters import without_controls

JSON_FEED = "https://jsonfeed.org/version/1.1"
# The last change of a feed in which nothing has been published yet.
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed, in no format yet. Addresses are absolute; ``page`` shows the same list, ``address`` is the feed's."""

    title: str
    description: str
    page: str
    address: str
    language: str
    owner: FeedAuthor
    items: list[FeedItem]

    @property
    def updated(self) -> datetime:
        return max((item.updated for item in self.items), default=EPOCH)

    @property
    def stored(self) -> datetime:
        return max((item.stored for item in self.items), default=EPOCH)


class AtomFeed(Atom1Feed):
    """Django's feed, with the whole text, the language and every author of an entry."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]} if item["language"] else {}

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else EPOCH

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", author.name)
            if author.url:
                handler.addQuickElement("uri", author.url)
            handler.endElement("author")
        handler.addQuickElement("content", item["content"], {"type": "html"})


class RssFeed(Rss201rev2Feed):
    """Django's feed, with the whole text and every author of an entry."""

    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else EPOCH

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.addQuickElement("dc:creator", author.name)
        if item["language"]:
            handler.addQuickElement("dc:language", item["language"])
        handler.addQuickElement("content:encoded", item["content"])


def atom(feed: Feed) -> str:
    return xml(AtomFeed, without_control_characters(feed))


def rss(feed: Feed) -> str:
    return xml(RssFeed, without_control_characters(feed))


def without_control_characters(value: Any) -> Any:
    """A feed, or any part of one, with no control character in any of its texts: XML cannot hold them."""
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, list):
        return [without_control_characters(item) for item in value]
    if is_dataclass(value):
        return replace(value, **{f.name: without_control_characters(getattr(value, f.name)) for f in fields(value)})
    return value


def xml(format_class: type[AtomFeed | RssFeed], feed: Feed) -> str:
    writer = format_class(
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
            categories=item.categories,
            language=item.language,
        )
    return writer.writeString("utf-8")


def json_feed(feed: Feed) -> str:
    feed = without_control_characters(feed)
    document = without_blanks(
        version=JSON_FEED,
        title=feed.title,
        home_page_url=feed.page,
        feed_url=feed.address,
        description=feed.description,
        language=feed.language,
        authors=[person(feed.owner)],
    )
    document["items"] = [
        without_blanks(
            id=item.id,
            url=item.url,
            external_url=item.original,
            title=item.title,
            summary=item.summary,
            date_published=item.published.isoformat(),
            date_modified=item.updated.isoformat(),
            authors=[person(author) for author in item.authors],
            tags=item.categories,
            language=item.language,
        )
        | {"content_html": item.content}
        for item in feed.items
    ]
    return json.dumps(document, ensure_ascii=False)


def person(author: FeedAuthor) -> dict[str, str]:
    return without_blanks(name=author.name, url=author.url)


def without_blanks(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
