"""The site's settings filled from the profile of an imported site, and as the profile of an exported one."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from wagtail.models import Site

from portfolio.content.registry import page_kinds
from portfolio.documents.site_profile import SiteProfile
from portfolio.models import SiteSettings


def fill_owner_settings(profile: SiteProfile) -> None:
    """Fill the settings from the profile of an imported site, unless somebody has: name, headline, links, zone."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return
    settings = SiteSettings.for_site(site)
    if profile.formula_macros and not settings.formula_macros:
        settings.formula_macros = profile.formula_macros
        settings.save()
    if settings.owner_name or settings.headline:
        return
    settings.owner_name = profile.owner_name[:200]
    settings.headline = profile.headline[:300]
    settings.email = email_address(profile.email)
    links = [{"type": "link", "value": {"label": label, "url": url}} for label, url in profile.links]
    settings.time_zone = profile.time_zone if profile.time_zone in available_timezones() else settings.time_zone
    settings.links = json.dumps(links)
    settings.save()
    if not site.site_name:
        site.site_name = profile.title[:255]
        site.save()


def email_address(text: str) -> str:
    """``text`` if mail can be sent there, else ""."""
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text if len(text) <= 254 else ""


def site_profile() -> SiteProfile:
    """What the settings say of the site and its owner, and its page types of where their pages stand."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return SiteProfile()
    settings = SiteSettings.for_site(site)
    profile = SiteProfile(
        title=site.site_name or settings.owner_name,
        owner_name=settings.owner_name,
        headline=settings.headline,
        email=settings.email,
        links=tuple((child.value["label"], child.value["url"]) for child in settings.links),
        url=site.root_url if urlsplit(site.root_url).hostname not in ("localhost", "127.0.0.1") else "",
        language=settings.language_code,
        time_zone=settings.time_zone,
    )
    of_page_kinds = (kind.site_profile() for kind in page_kinds() if kind.site_profile)
    return replace(profile, **{name: value for fields in of_page_kinds for name, value in fields.items()})
