"""Does a page of ours say what Jekyll's says? Words, listings, links, pictures and formulas, each in order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from bs4 import BeautifulSoup, Comment, Tag
from django.test import Client

TEX = re.compile(r"\\\[(.+?)\\\]|\\\((.+?)\\\)", re.DOTALL)
LINES = (
    "address article aside blockquote br dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol option p "
    "pre section summary table tbody td tfoot th thead tr ul video"
).split()
NOT_READ = "script, style, template, iframe, video, .heading-anchor"
# Links that our pages make themselves: from a pull quote to the answer that it is taken from.
OWN_LINKS = 'a[href^="#answer-"]'


@dataclass(frozen=True, slots=True)
class Jekylls:
    """What `record.rb` wrote of a site."""

    baseurl: str
    rows: tuple[dict[str, Any], ...]

    @classmethod
    def read(cls, file: Path) -> Jekylls:
        head, *rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
        return cls(head["baseurl"].rstrip("/"), tuple(rows))

    def addresses(self, *kinds: str) -> list[str]:
        """Where the old site answered, of ``kinds`` or of everything."""
        return [self.baseurl + row["url"] for row in self.rows if not kinds or row["kind"] in kinds]

    def documents(self) -> Iterator[dict[str, Any]]:
        """Those that became pages of their own words."""
        yield from (row for row in self.rows if row["kind"] not in ("file", "made", "redirect"))


@dataclass(slots=True)
class Visitor:
    """Asks our site, and remembers the answers.

    ``tree`` is an export that will lie below ``base``; pictures of it are not here yet.
    """

    client: Client
    hosts: frozenset[str]
    tree: Path | None = None
    base: str = ""
    answers: dict[str, tuple[int, str, bytes, str]] = field(default_factory=dict)

    def ask(self, address: str) -> tuple[int, str, bytes, str]:
        """Status, the address where redirects ended, the body and its type."""
        path = quote(unquote(urlsplit(address).path or "/"))
        if path not in self.answers:
            response = self.client.get(path, follow=True)
            final = response.redirect_chain[-1][0] if response.redirect_chain else path
            body = b"".join(response.streaming_content) if response.streaming else response.content
            self.answers[path] = response.status_code, urlsplit(final).path, body, response.headers["Content-Type"]
        return self.answers[path]

    def shows(self, page: str, source: str) -> bool:
        """Whether there is a picture, here or in the exported tree."""
        address = urlsplit(urljoin(f"http://localhost{quote(page)}", source)).path
        if self.ask(address)[3].startswith("image/"):
            return True
        below = unquote(address).removeprefix(f"{self.base}/")
        return self.tree is not None and below != address and (self.tree / below).is_file()

    def leads(self, page: str, href: str) -> str:
        """Where a link ends: an address of ours with its fragment, ``dead``, or the foreign address that it is."""
        target = urlsplit(urljoin(f"http://localhost{quote(page)}", href))
        if target.scheme not in ("http", "https") or target.netloc not in self.hosts | {"localhost"}:
            return href
        status, final, _, _ = self.ask(target.path)
        return f"{final}#{target.fragment}".rstrip("#") if status == 200 else "dead"


@dataclass(frozen=True, slots=True)
class ShownContent:
    """What a fragment of HTML says."""

    words: str
    code: list[str]
    links: list[tuple[str, str]]
    pictures: list[tuple[str, bool]]
    formulas: list[str]

    @classmethod
    def read(cls, soup: Tag, page: str, visitor: Visitor) -> ShownContent:
        formulas = list(with_formulas_as_words(soup))
        code = [
            "\n".join(line.rstrip() for line in listing.get_text().strip("\n").split("\n"))
            for listing in soup.find_all("pre")
        ]
        pictures = [(image.get("alt", ""), visitor.shows(page, image["src"])) for image in soup.find_all("img")]
        for unread in soup.select(NOT_READ):
            unread.decompose()
        for link in soup.select(OWN_LINKS):
            link.unwrap()
        links = [
            (one_line(link.get_text()), visitor.leads(page, link["href"])) for link in soup.find_all("a", href=True)
        ]
        return cls(words(soup), code, links, pictures, formulas)


def with_formulas_as_words(soup: Tag) -> Iterator[str]:
    """The TeX of each formula, which takes the place of what shows it."""
    for ours in soup.select("template"):  # holds the MathML; the TeX stands behind it
        ours.decompose()
    for code in soup.select("code[data-math]"):
        code.unwrap()
    soup.smooth()
    for text in soup.find_all(string=TEX):
        if isinstance(text, Comment) or text.find_parent(["pre", "code"]):
            continue
        found = [match[1] or match[2] for match in TEX.finditer(text)]
        text.replace_with(TEX.sub(lambda match: f" {match[1] or match[2]} ", text))
        yield from map(one_line, found)


def words(soup: Tag) -> str:
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for block in soup.find_all(LINES):
        block.insert_before(" ")
        block.insert_after(" ")
    return one_line(soup.get_text())


def one_line(text: str) -> str:
    return " ".join(text.split())


def lost(row: dict[str, Any], jekylls: Jekylls, visitor: Visitor) -> list[str]:
    """The paragraphs, headings' links aside, that a page of another order than Jekyll's does not show."""
    _, _, body, _ = visitor.ask(jekylls.baseurl + row["url"])
    shown = words(BeautifulSoup(body, "lxml").select_one("article"))
    passages = BeautifulSoup(row["html"], "lxml").select("p, li, pre")
    return [text for passage in passages if (text := words(passage)) not in shown]


def without_title(soup: BeautifulSoup, title: Tag) -> BeautifulSoup:
    """A body without a heading at its beginning that says the title, which our page shows above it."""
    first = soup.body.find(True, recursive=False) if soup.body else None
    if first is not None and first.name in ("h1", "h2") and one_line(first.get_text()) == one_line(title.get_text()):
        first.decompose()
    return soup


def unlike(row: dict[str, Any], jekylls: Jekylls, visitor: Visitor) -> dict[str, Any]:
    """What our page says otherwise than Jekyll's, by what is compared: theirs and ours. Empty when all is equal."""
    address = jekylls.baseurl + row["url"]
    # A page that was written here lies below the old site's base path in an export only.
    status, final, body, _ = min(visitor.ask(address), visitor.ask(row["url"]))
    if status != 200:
        return {"status": (200, status)}
    page = BeautifulSoup(body, "lxml")
    article = page.select_one("[data-article-body]")
    if article is None:
        return {"article": ("one", None)}
    theirs = ShownContent.read(without_title(BeautifulSoup(row["html"], "lxml"), page.h1), address, visitor)
    ours = ShownContent.read(article, final, visitor)
    found = {
        part: (getattr(theirs, part), getattr(ours, part))
        for part in ShownContent.__dataclass_fields__
        if getattr(theirs, part) != getattr(ours, part)
    }
    heading = one_line(page.h1.get_text())
    if row["title"] and heading != one_line(row["title"]):
        found["title"] = (row["title"], heading)
    if row["date"] and row["kind"] == "post":
        shown = {datetime.fromisoformat(time["datetime"]) for time in page.select("time.dt-published[datetime]")}
        if shown != {datetime.fromisoformat(row["date"])}:
            found["date"] = (row["date"], sorted(map(str, shown)))
    return found
