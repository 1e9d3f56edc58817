"""What a page costs a reader: requests, bytes as they came over the wire, and other hosts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Request

FIRST_ROUND_TRIP = 14_000
MOST_BYTES = 25_000
MOST_REQUESTS = 4
SEARCH_SCRIPT = 1  # which only the search asks for
# A system without a font for mathematics, such as the one that audits, loads ours on pages with formulas.
FORMULA_FONT = 95_000
# What comes without being part of a page's first sight: pictures, and icons and manifests that a browser may ask for.
UNCOUNTED = {"image", "media", "manifest", "other"}


@dataclass(frozen=True, slots=True)
class Weight:
    """Bodies as compressed, by kind of what was asked for."""

    requests: int
    kinds: Counter[str]
    strangers: tuple[str, ...]

    @property
    def first(self) -> int:
        return self.kinds["document"] + self.kinds["stylesheet"]

    @property
    def whole(self) -> int:
        return self.kinds.total() - self.kinds["font"]

    def misses(self, more_requests: int = 0) -> Iterator[str]:
        if self.first > FIRST_ROUND_TRIP:
            yield f"HTML and CSS weigh {self.first} bytes, more than {FIRST_ROUND_TRIP}"
        if self.whole > MOST_BYTES:
            yield f"everything but pictures and fonts weighs {self.whole} bytes, more than {MOST_BYTES}"
        if self.kinds["font"] > FORMULA_FONT:
            yield f"fonts weigh {self.kinds['font']} bytes, more than {FORMULA_FONT}"
        if self.requests > MOST_REQUESTS + more_requests:
            yield f"{self.requests} requests without pictures, more than {MOST_REQUESTS + more_requests}"
        yield from (f"asks {host}" for host in self.strangers)


def weigh(browser: Browser, address: str) -> Weight:
    """Open the page as a newcomer does, with scripts on and an empty cache."""
    finished: list[Request] = []
    context = browser.new_context(viewport={"width": 412, "height": 823})
    context.on("requestfinished", lambda request: finished.append(request))
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    own = urlsplit(address).hostname
    asked = [request for request in finished if request.url.startswith("http")]
    counted = [request for request in asked if request.resource_type not in UNCOUNTED]
    kinds: Counter[str] = Counter()
    for request in counted:
        kinds[request.resource_type] += request.sizes()["responseBodySize"]
    strangers = {host for request in asked if (host := urlsplit(request.url).hostname or "") != own}
    context.close()
    return Weight(len(counted), kinds, tuple(sorted(strangers)))
