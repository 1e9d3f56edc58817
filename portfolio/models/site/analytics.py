"""Analytics: the allowed providers, each self-hosted, and the one script that a page loads of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

# Host, port and a folder. It stands in a header, so nothing else is allowed.
HOST = re.compile(r"https://[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+(?::\d{1,5})?")
FOLDER = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")


@dataclass(frozen=True, slots=True)
class AnalyticsProvider:
    """A program that counts visits. ``attributes`` are those of its script; ``{url}`` and ``{id}`` are filled in."""

    name: str
    label: str
    script: str  # below the address of the provider; "" for our own script, which loads the provider's
    attributes: tuple[tuple[str, str], ...]
    site_id: str  # a regular expression; "" when the provider knows the site by its own address
    example: str


PROVIDERS = (
    AnalyticsProvider(
        "plausible",
        "Plausible",
        "/js/script.js",
        (("data-domain", "{id}"),),
        r"[a-z0-9.-]+(?:,[a-z0-9.-]+)*",
        "the domain as Plausible has it, like example.org",
    ),
    AnalyticsProvider(
        "umami",
        "Umami",
        "/script.js",
        (("data-website-id", "{id}"),),
        r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        "the website ID, like 94db1cb1-74f4-4a40-ad6c-962362670409",
    ),
    AnalyticsProvider("goatcounter", "GoatCounter", "/count.js", (("data-goatcounter", "{url}/count"),), "", ""),
    AnalyticsProvider(
        "matomo",
        "Matomo",
        "",
        (("data-url", "{url}"), ("data-site", "{id}")),
        r"[1-9][0-9]{0,8}",
        "the number of the site, like 1",
    ),
)
BY_NAME = {provider.name: provider for provider in PROVIDERS}
CHOICES = [(provider.name, provider.label) for provider in PROVIDERS]


@dataclass(frozen=True, slots=True)
class Analytics:
    """What a page needs to load the script of a provider."""

    provider: AnalyticsProvider
    url: str
    site_id: str

    @property
    def origin(self) -> str:
        """What the Content-Security-Policy allows."""
        return "https://" + urlsplit(self.url).netloc

    @property
    def script_url(self) -> str:
        """The provider's script; "" for our own."""
        return f"{self.url}{self.provider.script}" if self.provider.script else ""

    @property
    def attributes(self) -> list[tuple[str, str]]:
        return [(name, text.format(url=self.url, id=self.site_id)) for name, text in self.provider.attributes]


def checked_url(url: str) -> str:
    """The address without a slash at its end. Raises ValidationError."""
    url = url.strip().rstrip("/")
    match = HOST.match(url)
    if match is None or FOLDER.fullmatch(url[match.end() :]) is None:
        raise ValidationError("Write the address of your own installation, like this: https://stats.example.org")
    return url


def checked_site_id(provider: AnalyticsProvider, site_id: str) -> str:
    """The site's id, "" where the provider has none. Raises ValidationError."""
    site_id = site_id.strip()
    if provider.site_id and re.fullmatch(provider.site_id, site_id) is None:
        raise ValidationError(f"Write {provider.example}.")
    return site_id if provider.site_id else ""


def analytics_of(provider: str, url: str, site_id: str) -> Analytics | None:
    """What is stored, checked again; None when analytics are off, or for values that no form has checked."""
    if provider not in BY_NAME:
        return None
    found = BY_NAME[provider]
    try:
        return Analytics(found, checked_url(url), checked_site_id(found, site_id))
    except ValidationError:
        return None
