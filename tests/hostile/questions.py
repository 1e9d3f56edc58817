"""Hostile requests: parameters, headers and pieces of addresses that strangers send."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import wagtail
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.admin.filters import WagtailFilterSet

# As they stand in an address, percent-encoded or not.
VALUES = [
    "", "0", "-1", "9999", "10000", "0000", "1", "2147483648", "9" * 40, "1e999", "nan", "None", "a.b.c", "%00",
    "a%00b", "%ff", "%ed%a0%80", "%c3%28", "%F0%9F%8E%89", "%e2%80%ae", "%0d%0aX: y", "%25", "%2500", "..%2f..%2f",
    "%5c", "+", "'", "%22", "%22a", "a%22b%22c", "NEAR(", "*", "a*", "^a", "-a", "a:b", "(", "()", "AND", "a+OR", "NOT",
    "title:x", "%7B%7D", "%3Cscript%3E", "%25s", "x" * 3000, "9999-12-31", "0001-01-01", "2021-13-45", "post", "page",
    "-title", "%C2%85", "%EF%BF%BF",
]  # fmt: skip
PIECES = [
    "%00", "a%00b", "%ff", "%ed%a0%80", "%F0%9F%8E%89", "%e2%80%ae", "%0d%0a", "%7f", "x" * 3000, "%25", "%2500",
    "..%2f..%2f", "%5c", "+", "'", "%22", "%3Cscript%3E", "-1", "0", "9" * 40, "%EF%BF%BF",
]  # fmt: skip
# What means something to SQLite's FTS5, to PostgreSQL or to the reader of Wagtail's search field.
SEARCHES = [
    "", "%22", "%22a", "a%22b%22c", "NEAR(a+b)", "NEAR(", "*", "a*", "^a", "-a", "--", "a:b", "title:x", "(",
    "a+AND+(b", "AND", "a+OR", "NOT", "%5c", "drink%5C", "'", "%25", "%25s", "(",
    "%3C-%3E", "a+%7C+!", "%7B%7D", "a+" * 300, "x" * 300,
    "a%01b", "%ED%A0%80", "%F0%9F%8E%89", "live:%22x%22+%22", "%22%22%22",
    "a%22+OR+%22b",
]  # fmt: skip
LONG = "x" * 8000
HEADERS: list[dict[str, str]] = [
    {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    {"If-Modified-Since": "Fri, 31 Dec 9999 23:59:59 GMT"},
    {"If-Modified-Since": "Sat, 01 Jan 0001 00:00:00 GMT", "If-None-Match": "*"},
    {"If-Modified-Since": LONG, "If-None-Match": '"a", W/"b", "', "If-Match": '"x"'},
    {"If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT", "If-Match": "*"},
    {"Range": "bytes=0-0", "If-Range": "x"},
    {"Range": "bytes=-0,99999999999999999999-, 5-1"},
    {"Range": "lines=1-2"},
    {"Range": "bytes=" + ",".join("0-1" for _ in range(500))},
    {"Accept-Encoding": "gzip;q=nan, br;q=-1, *;q=0, identity;q=0"},
    {"Accept-Encoding": LONG, "Accept": "*/*;q=x, text/html;q=9999, " + LONG},
    {"Accept-Language": "xx-" + LONG + ", *;q=1e999, en_GB.UTF-8, zh-\u00ff"},
    {"Host": "localhost:99999"},
    {"Host": "[::1"},
    {"Host": "a" * 300 + ".example"},
    {"Host": "localhost:x"},
    {"Cookie": 'sessionid="\\000\\000aaaaaaaaaa"; csrftoken=""; messages="x"'},
    {"Cookie": "sessionid=" + LONG + "; =; ;;; a=b=c; \u00ff\u00fe=1"},
    {"Cookie": 'sessionid="\\377\\355\\240\\200"; csrftoken=\u00ff; wagtail=; theme="\\000"'},
    {"X-Forwarded-For": "\u00ff, 1.2.3, ::ffff:1.2.3.4, unknown", "X-Forwarded-Proto": "https,http", "Forwarded": "x"},
    {"X-Forwarded-Host": "evil.example:x", "X-Forwarded-Port": "x", "X-Real-Ip": "\u00ff"},
    {"User-Agent": LONG + "\u00ff", "Referer": "http://[evil", "Origin": "null"},
    {"X-Requested-With": "XMLHttpRequest", "Content-Type": "\u00ff; charset=utf-999", "Content-Length": "-1"},
    {"Save-Data": "on", "Sec-Fetch-Mode": "\u00ff", "Sec-GPC": "1", "DNT": "1", "HX-Request": "true"},
]  # fmt: skip

READ = re.compile(r"""GET(?:\.get|\.getlist)?[(\[]\s*["']([\w-]+)["']""")
FOLDERS = ("portfolio", "blog", "experience")


def parameters() -> list[str]:
    """The name of every parameter that a view of the site's, a view of Wagtail's or a filter of a list reads."""
    root = Path(__file__).parents[2]
    folders = [root / name for name in FOLDERS] + [Path(wagtail.__file__).parent]
    files = (file for folder in folders for file in folder.rglob("*.py") if "tests" not in file.parts)
    names = {name for file in files for name in READ.findall(file.read_text())}
    names |= {"q", "page", "type", "category", "skill", "tag", "year", "sort", "filename", "export", "next"}
    for filters in subclasses(WagtailFilterSet):
        for name in filters.base_filters:
            names |= {name, f"{name}_from", f"{name}_to", f"{name}_after", f"{name}_before"}
    return sorted(names)


def subclasses(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


def same(value: str, names: list[str]) -> str:
    """A query in which all parameters have this value, given as it stands in an address."""
    return "&".join(f"{name}={value}" for name in names)


def patterns(resolver: URLResolver | None = None, route: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the URLconf but the admin's, with the whole route that leads there."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, here)
        elif not here.startswith("admin/"):
            yield here, entry


GROUP = re.compile(r"<(?:\w+:)?(\w+)>|\((?:\?P<(\w+)>)?(?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")


def filled(route: str, values: dict[str, list[Any]]) -> Iterator[str]:
    """Addresses of the route: each parameter with each of its values, the others with their first.

    Raises KeyError for a parameter that ``values`` does not know: decide what it is tried with.
    """
    names = [match[1] or match[2] or str(place) for place, match in enumerate(GROUP.finditer(route))]
    kind = route.lstrip("^").partition("/")[0]
    choices = [values[f"{kind}:{name}"] if f"{kind}:{name}" in values else values[name] for name in names]
    seen = set()
    for place, several in enumerate(choices or [[""]]):
        for value in several:
            chosen = iter([value if at == place else of[0] for at, of in enumerate(choices)])
            plain = GROUP.sub(lambda _: str(next(chosen)), route) if choices else route  # noqa: B023
            address = "/" + re.sub(r"[\\^$]", "", plain)
            if address not in seen:
                seen.add(address)
                yield address


def quoted(slug: str) -> str:
    return quote(slug, safe="")
