"""The site's settings filled from the profile of an imported site, and as the profile of an exported one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from wagtail.models import Site

from portfolio.content.registry import page_kinds
from portfolio.content.site_data import changed_site_data, fill_site_data
from portfolio.documents.document import Severity
from portfolio.documents.site_profile import SiteProfile
from portfolio.importer.body.rich_text import NotRichText, relink, to_rich_text
from portfolio.importer.body.summary import summary_from_html
from portfolio.importer.conversion.worker import WorkStopped, in_one_worker
from portfolio.importer.references.owner_references import OwnerReferences
from portfolio.markdown.options import Options
from portfolio.models import SiteSettings, StandardPage

LONGEST_BIO = 10_000  # characters


def fill_owner_settings(profile: SiteProfile, references: OwnerReferences | None) -> Sequence[str] | None:
    """Fill the settings from the profile of an imported site; return their names, or None if somebody has filled them.

    Without ``references`` only what needs no page and no file; with them the rest, after a call without.
    """
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return None
    settings = SiteSettings.for_site(site)
    if references is not None:
        has_page = choose_not_found_page(settings, references)
        if not references.is_filled:
            fill_references(profile, settings, site, references)
        names = () if references.is_filled else filled_names(profile, settings)
        return [*names, *["page for unknown addresses"] * has_page, *fill_site_data(profile.data, references)]
    if profile.formula_macros and not settings.formula_macros:
        settings.formula_macros = profile.formula_macros
        settings.save()
    if settings.owner_name or settings.headline:
        return None
    settings.owner_name = profile.owner_name[:200]
    settings.headline = profile.headline[:300]
    settings.email = email_address(profile.email)
    settings.location = profile.location[:200]
    settings.language_code = profile.language or settings.language_code
    links = [{"type": "link", "value": {"label": label, "url": url}} for label, url in profile.links]
    settings.time_zone = profile.time_zone if profile.time_zone in available_timezones() else settings.time_zone
    settings.links = json.dumps(links)
    settings.save()
    if not site.site_name:
        site.site_name = profile.title[:255]
        site.save()
    return ()


def fill_references(profile: SiteProfile, settings: SiteSettings, site: Site, references: OwnerReferences) -> None:
    """Fill the portrait, the text about the owner and the menu."""
    references.root_page = site.root_page_id
    settings.bio = bio(profile.bio, references)
    settings.portrait = references.image(profile.portrait, profile.owner_name, None) if profile.portrait else None
    fill_foot(profile, settings, references)
    menu = [{"type": "link", "value": entry} for entry in references.menu(profile.menu, profile.menu_links)]
    settings.navigation = json.dumps(menu)
    settings.save()


def choose_not_found_page(settings: SiteSettings, references: OwnerReferences) -> bool:
    """Choose the page that the old site showed for unknown addresses; whether there is one and none was chosen."""
    pages = StandardPage.objects.live().filter(pk=references.addresses.page("/404.html"))
    if settings.not_found_page_id or (page := pages.first()) is None:
        return False
    settings.not_found_page = page
    settings.save()
    return True


def bio(markdown: str, references: OwnerReferences) -> str:
    """Rich text of a short text in Markdown or HTML. It is a stranger's, so it is parsed in a worker."""
    if not markdown:
        return ""
    from portfolio.markdown.render import to_html  # the Markdown readers, which only a first import needs here

    try:
        html = in_one_worker(to_html, markdown[:LONGEST_BIO], Options()).strip()
    except WorkStopped:
        return ""
    try:
        return relink(to_rich_text(html), lambda address: references.link_tag(address, None))
    except NotRichText:
        return summary_from_html(html)


def fill_foot(profile: SiteProfile, settings: SiteSettings, references: OwnerReferences) -> None:
    """Set the text at the foot of pages; one that does not fit is told of, as half of its HTML would be broken."""
    foot = bio(profile.licence, references) if not settings.footer_text else ""
    longest = settings._meta.get_field("footer_text").max_length
    if len(foot) > longest:
        message = f"the text at the foot of pages has more than {longest:,} characters and is not in the settings"
        references.report(Severity.WARNING, "text-too-long", message)
    elif foot:
        settings.footer_text = foot


def filled_names(profile: SiteProfile, settings: SiteSettings) -> list[str]:
    """The names of the settings that the profile has filled."""
    names = ("owner_name", "headline", "bio", "portrait", "email", "location", "links", "navigation")
    filled = [str(settings._meta.get_field(name).verbose_name) for name in names if getattr(settings, name)]
    others = (
        ("footer text", profile.licence and settings.footer_text),
        ("language", profile.language),
        ("time zone", profile.time_zone),
    )
    return filled + [name for name, value in others if value]


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
        changed_data=changed_site_data,
    )
    of_page_kinds = (kind.site_profile() for kind in page_kinds() if kind.site_profile)
    return replace(profile, **{name: value for fields in of_page_kinds for name, value in fields.items()})
