"""Addresses that went past every form into the database do nothing wherever they are printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from defusedxml import ElementTree
from django.apps import apps
from django.db import models
from django.template.loader import render_to_string
from markdown_it import MarkdownIt
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock, URLBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from blog.models import Series
from experience.models import ResumeSections
from experience.resume.build import build_resume
from portfolio.blocks.links import safe_href
from portfolio.models import Person, SiteSettings
from tests import builders

SCRIPT = "alert(document.domain)"
HOSTILE = [
    *(f"javascript:{SCRIPT}", f"JaVaScRiPt:{SCRIPT}", f"  javascript:{SCRIPT}", f"\n\tjavascript:{SCRIPT}"),
    *(f"java\tscript:{SCRIPT}", f"java\r\nscript:{SCRIPT}", f"javascript\t:{SCRIPT}", f"\x01\x1fjavascript:{SCRIPT}"),
    *(f"\u200bjavascript:{SCRIPT}", f"\ufeffjavascript:{SCRIPT}", f"java\u00adscript:{SCRIPT}"),
    *(f"javascript&colon;{SCRIPT}", f"&#106;avascript:{SCRIPT}", f"javascript&#x3A;{SCRIPT}"),
    *(
        f"java&Tab;script:{SCRIPT}",
        f"javascript&amp;colon;{SCRIPT}",
        f"javascript\\:{SCRIPT}",
        f"&#1;javascript:{SCRIPT}",
    ),
    *(f"javascript://example.org/%0a{SCRIPT}", f"javascript:https://example.org/;{SCRIPT}"),
    *(f"data:text/html,<script>{SCRIPT}</script>", f"DATA:text/html;base64,{SCRIPT}", f"vbscript:{SCRIPT}"),
    *(f"VBScript:{SCRIPT}", f"blob:{SCRIPT}", f"filesystem:{SCRIPT}", f"view-source:{SCRIPT}", f"livescript:{SCRIPT}"),
    *(f"https://example.org/) [x](javascript:{SCRIPT}", f"https://example.org/> <javascript:{SCRIPT}>"),
    *(f'https://example.org/" onclick="{SCRIPT}', f"https://example.org/'><script>{SCRIPT}</script>"),
    f"https://example.org/\n\n[x](javascript:{SCRIPT})",
]
# Each with a number of its own, which a fault shows.
HOSTILE = [address.replace(SCRIPT, f"{SCRIPT}//{number}") for number, address in enumerate(HOSTILE)]
GOOD = [
    "https://example.org/a?b=c&d=e#f",
    "http://example.org",
    "/about/",
    "#notes",
    "mailto:a@example.org",
    "tel:+3312",
]
SAFE_SCHEMES = {"http", "https", "mailto", "tel", "urn"}
LINKING = ("href", "src", "action", "formaction", "cite", "poster", "data", "content", "xlink:href", "srcset", "srcdoc")


def scheme(address: str) -> str:
    """What a browser takes for the scheme (https://url.spec.whatwg.org/#concept-basic-url-parser)."""
    bare = re.sub(r"[\t\r\n]", "", address.strip("".join(map(chr, range(33)))))
    match = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", bare)
    return match[1].lower() if match else ""


def runs(address: str) -> bool:
    """Whether following it would run something: schemes of numbers and words ("note: a") are no addresses."""
    return scheme(address) in {"javascript", "vbscript", "livescript", "data", "blob", "filesystem", "view-source"}


def faults_of_html(html: str, depth: int = 0) -> Iterator[str]:
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(True):
        if element.name == "script" and element.get("type") != "application/ld+json" and not element.get("src"):
            yield f"a script: {element}"
        for name, value in element.attrs.items():
            text = " ".join(value) if isinstance(value, list) else value
            if name.startswith("on"):
                yield f"{name} on <{element.name}>: {text!r}"
            elif name == "srcdoc":
                yield from faults_of_html(text)
            elif name in LINKING and runs(text) and not is_own_picture(text):
                yield f"{name} of <{element.name}>: {text!r}"
    for block in soup.select('script[type="application/ld+json"]'):
        yield from faults_of_json(json.loads(block.string))


def is_own_picture(text: str) -> bool:
    return text.startswith("data:image/svg+xml")


def faults_of_json(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from (f"{name}: {fault}" for fault in faults_of_json(part))
    elif isinstance(value, list):
        for part in value:
            yield from faults_of_json(part)
    elif isinstance(value, str):
        if runs(value) or runs(unescape(unescape(value))):
            yield repr(value)
        if "<" in value:
            yield from faults_of_html(value)


def faults_of_xml(text: str) -> Iterator[str]:
    for element in ElementTree.fromstring(text).iter():
        yield from faults_of_json([element.text or "", element.tail or "", *element.attrib.values()])


def faults_of_markdown(text: str) -> Iterator[str]:
    _, front, body = text.split("---\n", 2) if text.startswith("---\n") else ("", "", text)
    yield from faults_of_json(yaml.safe_load(front or "{}") and {k: str(v) for k, v in yaml.safe_load(front).items()})
    # Not every renderer refuses a script as markdown-it does.
    renderer = MarkdownIt("commonmark")
    renderer.validateLink = lambda address: True
    yield from faults_of_html(renderer.render(body))


def faults(client: Any, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200, address
    text, kind = response.content.decode(), response.headers["Content-Type"].partition(";")[0]
    if kind == "text/html":
        found = faults_of_html(text)
    elif kind.endswith("json"):
        found = faults_of_json(json.loads(text))
    elif kind.endswith("xml"):
        found = faults_of_xml(text)
    elif kind == "application/x-bibtex":
        found = faults_of_json(re.findall(r"= \{(.*)\}", text))
    elif kind == "text/calendar":
        found = faults_of_json([line.partition(":")[2] for line in text.replace("\r\n ", "").splitlines()])
    else:
        assert kind == "text/markdown", kind
        found = faults_of_markdown(text)
    return [f"{address}: {fault}" for fault in found]


def addresses_of(block: Block, name: str = "") -> bool:
    """Whether a block is one that holds an address."""
    return isinstance(block, URLBlock) or name in ("url", "link", "href")


def forged(block: Block, raw: Any, address: str) -> Any:
    """Raw data of a block with ``address`` in every field for one."""
    if isinstance(block, StructBlock):
        return {
            name: address if addresses_of(child, name) else forged(child, (raw or {}).get(name), address)
            for name, child in block.child_blocks.items()
        }
    if isinstance(block, ListBlock):
        return [{"type": "item", "value": forged(block.child_block, part["value"], address)} for part in raw or []]
    return raw


OURS = ("portfolio", "blog", "experience")


def streams_with_addresses() -> list[tuple[type[models.Model], StreamField]]:
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if model._meta.app_label in OURS and isinstance(field, StreamField) and has_address(field.stream_block)
    ]


def has_address(block: Block, name: str = "") -> bool:
    children = getattr(block, "child_blocks", {})
    inner = getattr(block, "child_block", None)
    return (
        addresses_of(block, name)
        or any(has_address(child, key) for key, child in children.items())
        or (inner is not None and has_address(inner))
    )


def url_fields() -> list[tuple[type[models.Model], str]]:
    return [
        (model, field.name)
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.local_fields
        if isinstance(field, models.URLField)
    ]


def preview_of(block: Block) -> Any:
    return block.get_preview_value() or block.get_default()


def body_of(block: StreamBlock, address: str) -> list[dict[str, Any]]:
    """One block of every type that holds an address, full of it."""
    return [
        {"type": name, "value": forged(child, child.get_prep_value(child.normalize(preview_of(child))), address)}
        for name, child in block.child_blocks.items()
        if has_address(child)
    ]


class SiteOfAddresses:
    """Pages of every kind for each of the addresses, which stands wherever one may be stored."""

    def __init__(self, addresses: list[str]) -> None:
        builders.picture()
        self.series = Series.objects.get_or_create(title="Gauges", slug="gauges")[0]
        self.pages = [page for number, address in enumerate(addresses) for page in self.pages_of(number, address)]
        site = SiteSettings.for_site(builders.home().get_site())
        SiteSettings.objects.filter(pk=site.pk).update(owner_name="Mara Quist")
        resume = ResumeSections.for_site(builders.home().get_site())
        self.above = [builders.home(), builders.experience_index(), site, resume]
        for row in self.above:
            fill(row, addresses)

    def pages_of(self, number: int, address: str) -> Iterator[Page]:
        author = Person.objects.create(name=f"Ines Calder {number}")
        employer = builders.organisation(f"Lock {number}")
        kinds = {"tags": ["Tides"], "categories": ["Shore"], "skills": ["Python"], "series": self.series}
        entry = {"authors": [author], **kinds}
        pages = [
            builders.post(title=f"Post {number}", **entry),
            builders.interview(title=f"Talk {number}", interviewer="", source_publication="The Tide", **entry),
            builders.standard_page(title=f"About {number}"),
            builders.role(title=f"Role {number}", skills=["Python"], organisation=employer),
            builders.publication(title=f"Publication {number}", skills=["Python"]),
            builders.talk(title=f"Lecture {number}", skills=["Python"]),
            builders.project(title=f"Project {number}", skills=["Python"], organisation=employer),
        ]
        for row in [author, employer, *pages]:
            fill(row, [address])
        yield from pages


def fill(row: models.Model, addresses: list[str]) -> None:
    """Put the addresses past every form into the row: all of them into a stream, the first into a field for one."""
    for model, name in url_fields():
        if isinstance(row, model):
            model._base_manager.filter(pk=row.pk).update(**{name: addresses[0]})
    for model, field in streams_with_addresses():
        if isinstance(row, model):
            raw = [block for address in addresses for block in body_of(field.stream_block, address)]
            stream = field.stream_block.to_python(json.loads(json.dumps(raw)))
            model._base_manager.filter(pk=row.pk).update(**{field.name: stream})


@pytest.fixture(scope="module")
def site(module_content):
    return SiteOfAddresses(HOSTILE)


LISTS = ("", "tags/tides/")
FEEDS = [f"/{folder}{feed}" for folder in LISTS for feed in ("feed/", "rss.xml", "feed.json")]
# What lists the pages, twenty at a time or all at once.
PARTED = ["/blog/", "/tags/tides/", "/categories/shore/", "/search/?q=gauge"]
WHOLE = [
    "/",
    "/series/gauges/",
    "/skills/python/",
    "/experience/",
    "/resume/",
    "/resume.json",
    "/projects/",
    "/publications/",
    "/publications.bib",
    "/talks/",
    "/talks.ics",
    "/projects.md",
    "/llms.txt",
    "/experience.md",
    "/archive/",
    "/sitemap.xml",
]
QUIET = ["/opensearch.xml", "/site.webmanifest"]


def parts(client: Any, address: str) -> list[str]:
    """The addresses of all pages of a list."""
    context = client.get(address).context
    return [f"{address}{'&' if '?' in address else '?'}page={n}" for n in context["page_obj"].paginator.page_range]


def own_addresses(page: Page) -> list[str]:
    return [page.url, f"{page.url[:-1]}.md"]


@pytest.mark.django_db
def test_no_public_output_prints_an_address_that_runs(site, client, monkeypatch):
    monkeypatch.setattr("portfolio.discovery.feeds.channels.NEWEST", 1000)
    monkeypatch.setattr("portfolio.discovery.llms.NEWEST", 1000)
    pages = [address for page in site.pages for address in own_addresses(page)]
    lists = [part for address in PARTED for part in parts(client, address)]
    found = [fault for place in [*pages, *lists, *FEEDS, *WHOLE, *QUIET] for fault in faults(client, place)]
    assert found == [], "\n".join(found)


@pytest.mark.django_db
def test_nor_does_the_cv_on_paper(site):
    settings = SiteSettings.objects.get()
    html = render_to_string(
        "experience/resume_print.html", {"resume": build_resume(), "site": settings, "root": "https://a.org"}
    )
    assert list(faults_of_html(html)) == []


@pytest.mark.django_db
def test_good_addresses_are_printed_where_they_belong(client, monkeypatch):
    monkeypatch.setattr("portfolio.discovery.feeds.channels.NEWEST", 1000)  # the module's other pages are newer
    good = "https://example.org/a?b=c&d=(e)"
    post, talk, *_ = SiteOfAddresses([good]).pages
    for place in (post.url, talk.url, "/experience/", "/resume/"):
        assert 'href="https://example.org/a?b=c&amp;d=(e)"' in client.get(place).content.decode(), place
    for place in ("/feed.json", "/resume.json"):
        assert good in client.get(place).content.decode(), place
    rendered = MarkdownIt("commonmark").render(client.get(f"{post.url[:-1]}.md").content.decode())
    assert (
        'href="https://example.org/a?b=c&amp;d=%28e%29"' in rendered
        or 'href="https://example.org/a?b=c&amp;d=(e)"' in rendered
    )


@pytest.mark.parametrize(
    ("stored", "printed"),
    [("javascript:alert(1)", "http://localhost/blog/post/"), ("https://a.example/b", "https://a.example/b")],
)
def test_a_page_is_its_own_original_unless_a_good_address_is_given(stored, printed, client, db):
    page = builders.post(title="Post")
    type(page).objects.update(canonical_url=stored)
    soup = BeautifulSoup(client.get("/blog/post/").content, "html.parser")
    assert [link["href"] for link in soup.select("link[rel=canonical]")] == [printed]


@pytest.mark.parametrize("address", GOOD)
def test_safe_href_keeps_what_may_be_followed(address):
    assert safe_href(address) == safe_href(f"  {address}\n") == address


@pytest.mark.parametrize("address", [None, "", "  ", *HOSTILE[:28]], ids=lambda address: ascii(address)[:30])
def test_safe_href_refuses_what_may_not(address):
    assert safe_href(address) == ""


@pytest.mark.django_db
def test_everything_that_holds_an_address_is_tried(site):
    tried = {type(row) for row in [*site.pages, *site.above]}
    assert {model for model, _ in streams_with_addresses()} - tried == set()
    for model, name in url_fields():
        assert set(model.objects.values_list(name, flat=True)) >= set(HOSTILE), model.__name__
