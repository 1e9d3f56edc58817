"""Owner profile: what the source says of the site and its owner, for the settings at the first import."""

from __future__ import annotations

from dataclasses import replace

from portfolio.documents.site_profile import SiteProfile
from portfolio.engines.profile_links import each_once, profile_key
from portfolio.engines.source import SourceTree
from portfolio.importer.conversion.worker import WorkStopped, in_one_worker


def owner_profile(source: SourceTree) -> SiteProfile:
    """Return the profile, with what only the layouts show. They are rendered in a worker, as they are a stranger's."""
    engine = source.engine
    profile = replace(engine.profile(source), formula_macros=engine.formula_macros(source))
    if not engine.has_layouts(source):
        return profile
    try:
        parts = in_one_worker(engine.shown_on_front_page, source.site_context())
    except WorkStopped:
        return profile
    with_sign = {profile_key(address): address for _, address in parts.links if "/@" in address}  # as a site has it now
    known = [(label, with_sign.get(profile_key(address), address)) for label, address in profile.links]
    links = tuple(each_once((*known, *parts.links)))
    return replace(profile, menu=profile.menu or parts.menu, links=links, licence=profile.licence or parts.licence)
