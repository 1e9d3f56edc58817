"""HTML from a hostile grammar: nothing in what is shown runs, loads from elsewhere or hides, however it was put."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.blocks.verbatim import shown
from portfolio.markdown.embeds import EMBED_HOSTS
from portfolio.markdown.html.policy import LINK_SCHEMES, MEDIA_SCHEMES
from portfolio.markdown.html.sanitise import sanitise
from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html

NAMES = (
    "a abbr annotation annotation-xml applet area audio base body br button code desc details div embed foreignObject "
    "form frame frameset head html iframe image img input isindex li link map math meta mglyph mi mtext "
    "noembed noscript object ol option p picture plaintext pre script select set slot source span style svg table "
    "tbody td template textarea title track tr u use video wbr xmp animate unknown-element"
).split()
HANDLERS = "onclick onload onerror onfocus onmouseover onanimationstart onbegin onpointerrawupdate ontoggle".split()
ADDRESSED = (
    "href src srcset action formaction poster cite data background xlink:href ping codebase longdesc manifest lowsrc "
    "dynsrc profile usemap icon srcdoc"
).split()
OTHERS = "style class id name title target rel http-equiv content charset sandbox allow is nonce part slot".split()
ADDRESSES = (
    "javascript:alert(1)|JaVaScRiPt:alert(1)| javascript:alert(1)|java\tscript:alert(1)|java\nscript:alert(1)|"
    "&#106;avascript:alert(1)|javascript&colon;alert(1)|\x01javascript:alert(1)|vbscript:x|data:text/html,<script>1|"
    "data:image/svg+xml;base64,PHN2Zz4=|data:image/png;base64,iVBO|blob:https://x/1|file:///etc/passwd|view-source:x|"
    "//evil.example/x|https://evil.example/x|/here|../here|#there|mailto:a@b.example|feed:javascript:alert(1)|"
    "javascript://%0aalert(1)|https://www.youtube-nocookie.com/embed/abcdefghijk|"
    "https://www.youtube-nocookie.com.evil.example/embed/abcdefghijk|https://www.youtube.com@evil.example/embed/abc|"
    "https:\\\\evil.example|a.png 1x, javascript:alert(1) 2x|<script>alert(1)</script>|"
    "position:fixed;background:url(javascript:alert(1))|0;url=javascript:alert(1)|expression(alert(1))"
).split("|")
SCRIPTING = frozenset(
    "script style svg iframe object embed applet form button textarea template link meta base noscript select title "
    "frame frameset use set animate foreignobject annotation-xml mglyph slot".split()
)

name = st.sampled_from(NAMES).flatmap(lambda text: st.sampled_from([text, text.upper(), text.title()]))
value = st.one_of(st.sampled_from(ADDRESSES), st.text(max_size=8))
quoting = st.sampled_from(['{}="{}"', "{}='{}'", "{}={}", "{} = {}", '{}="{}', "/{}={}", "{}", '"{}={}', "{}\x00={}"])
attribute = st.tuples(quoting, st.sampled_from([*HANDLERS, *ADDRESSED, *OTHERS]), value).map(
    lambda parts: parts[0].format(parts[1], parts[2])
)
opening = st.tuples(name, st.lists(attribute, max_size=4), st.sampled_from([">", " >", "/>", " ", "\n>", ">>"])).map(
    lambda parts: f"<{parts[0]} {' '.join(parts[1])}{parts[2]}"
)
closing = st.tuples(st.sampled_from(["</", "</ ", "<//", "< /"]), name).map(lambda parts: f"{parts[0]}{parts[1]}>")
other = st.sampled_from(
    ["text", "<!--", "-->", "--!>", "<!-->", "<![CDATA[", "]]>", "<?xml ", "?>", "<!DOCTYPE html>",
     "&lt;script&gt;", "\x00", "<", ">", "&", '"', "'", "\r", "\n\n", "<scr<script>ipt>",
     "&#x3c;img src=x onerror=alert(1)&#x3e;", "**", "`", "](x)"]
)  # fmt: skip
html = st.lists(st.one_of(opening, closing, other), max_size=14).map("".join)


def elements(text: str) -> Iterator[Tag]:
    """Each element, as each of two parsers sees it."""
    for parser in ("lxml", "html.parser"):
        yield from BeautifulSoup(text, parser)(True)


def scheme(address: str) -> str:
    found, colon, _ = re.sub(r"[\x00-\x20]", "", unescape(address)).lower().partition(":")
    return found if colon and re.fullmatch(r"[a-z][a-z0-9+.-]*", found) else ""


def assert_safe(tag: Tag) -> None:
    for attribute_name, text in tag.attrs.items():
        assert not attribute_name.lower().startswith("on"), tag
        assert attribute_name.lower() not in {"style", "srcdoc", "action", "formaction", "background", "ping"}, tag
        if attribute_name == "srcset":
            assert all(scheme(part.split()[0]) in {"", *MEDIA_SCHEMES} for part in text.split(",") if part.split()), tag
        elif attribute_name in ADDRESSED:
            assert scheme(text) in {"", *(MEDIA_SCHEMES if attribute_name in ("src", "poster") else LINK_SCHEMES)}, tag


def assert_harmless(text: str) -> None:
    for tag in elements(text):
        assert tag.name.lower() not in SCRIPTING, tag
        assert_safe(tag)


@given(source=html)
@settings(max_examples=200, deadline=None)
def test_what_is_sanitised_is_harmless_and_stays_as_it_is(source: str) -> None:
    once = sanitise(source)
    assert_harmless(once)
    assert sanitise(once) == once


@given(source=html)
@settings(max_examples=80, deadline=None)
def test_markdown_of_such_html_is_harmless_once_it_is_sanitised(source: str) -> None:
    once = sanitise(to_html(source, Options()))
    assert_harmless(once)
    assert sanitise(once) == once


@pytest.mark.django_db
@given(source=html)
@settings(max_examples=80, deadline=None)
def test_frames_are_only_ours_and_a_strangers_is_a_link(source: str) -> None:
    hosts = {allowed.host for allowed in EMBED_HOSTS}
    for tag in elements(shown(source)):
        if tag.name != "iframe":
            assert tag.name not in SCRIPTING - {"template"}, tag
            assert_safe(tag)
            continue
        assert not tag.get("src")
        inside = BeautifulSoup(tag["srcdoc"], "lxml")
        links = {urlsplit(link["href"]) for link in inside("a", href=True)}
        assert {link.scheme for link in links} <= {"http", "https"}
        assert not inside(["script", "iframe", "object", "embed", "form", "base"])
        assert not [name for part in inside(True) for name in part.attrs if name.startswith("on")]
        if "allow-scripts" in tag["sandbox"]:
            assert links
            assert {link.netloc for link in links} <= hosts
