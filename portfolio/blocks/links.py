"""Addresses typed by people or read from files, before they become a link."""

from __future__ import annotations

from portfolio.markdown.addresses import scheme_of

SAFE_SCHEMES = ("", "http", "https", "mailto", "tel")


def safe_href(address: str | None) -> str:
    """The address, or "" for one that would run a script; relative addresses and ``#anchors`` are kept."""
    if not address or scheme_of(address) not in SAFE_SCHEMES:
        return ""
    return address.strip()
