"""Webmentions: when a page is published, the pages of other sites that its text links to are told, each once.

The owner switches it on in the site settings. What came of it is in the history of the page.
"""

from __future__ import annotations

import ipaddress
import logging
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail import hooks
from wagtail.log_actions import LogFormatter, log
from wagtail.models import Page, PageLogEntry, Site

from portfolio.admin.content_checks.body_text import links
from portfolio.admin.jobs.backends import background_task
from portfolio.markdown.addresses import split_address
from portfolio.models import ImportSite, SiteSettings
from portfolio.models.on_commit import gather_on_commit
from portfolio.models.visibility import PLACES, is_unrestricted

logger = logging.getLogger(__name__)

ACTION = "portfolio.send_webmention"
NO_ENDPOINT = "portfolio.find_no_webmention_endpoint"
MAX_TARGETS = 50  # of one publication; the next one goes on with the others
MAX_FAILURES = 3  # of one target within a month
MONTH = timedelta(days=30)


@hooks.register("register_log_actions")
def register_webmention_action(actions: Any) -> None:
    actions.register_action(ACTION)(WebmentionFormatter)
    actions.register_action(NO_ENDPOINT)(NoEndpointFormatter)


class WebmentionFormatter(LogFormatter):
    """An entry in the history of a page."""

    label = "Send Webmention"

    def format_message(self, log_entry: PageLogEntry) -> str:
        data = log_entry.data
        if "problem" in data:
            return f"Could not tell {data['target']} of the link: {data['problem']}"
        return f"Told {data['target']} of the link"


class NoEndpointFormatter(LogFormatter):
    """An entry in the history of a page: which linked pages are not asked again for a month."""

    label = "Find no Webmention endpoint"

    def format_message(self, log_entry: PageLogEntry) -> str:
        targets = log_entry.data["targets"]
        pages = "1 linked page takes" if len(targets) == 1 else f"{len(targets)} linked pages take"
        return f"{pages} no Webmentions: {', '.join(targets)}"


def enqueue_webmentions(instance: Page, **kwargs: Any) -> None:
    """Signal handler: tell other sites of a published page, but for pages that an import or its undoing publishes."""
    from portfolio.importer.lock import is_importing

    if kwargs.get("indexed") or is_importing() or not is_switched_on(instance) or not any(new_targets(instance)):
        return
    gather_on_commit(enqueue_pages, instance.pk)  # one task for all pages of a transaction


def enqueue_pages(keys: list[int]) -> None:
    send_webmentions.enqueue(keys)


def is_switched_on(page: Page) -> bool:
    """Whether the owner wants it, other sites can reach the page, and it is left out of nothing."""
    site = page.get_site()
    if site is None or not SiteSettings.for_site(site).send_webmentions:
        return False
    return is_shown(page) and has_public_name(split_address(page.full_url or "").hostname or "")


def is_shown(page: Page) -> bool:
    """Whether readers can come by the page: no alias, whose original may be restricted, and left out of no place."""
    is_left_out = any(getattr(page, f"out_of_{place}", False) for place in PLACES)
    return page.alias_of_id is None and is_unrestricted(page.path) and not is_left_out


def has_public_name(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." in host and not host.endswith((".localhost", ".local", ".internal"))
    return False


@background_task
def send_webmentions(keys: list[int]) -> int:
    """Tell the sites that the texts of pages link to and that were not told before; how many there were."""
    pages = Page.objects.live().filter(pk__in=keys).specific()
    return sum(tell_others(page) for page in pages if is_switched_on(page))


def tell_others(page: Page) -> int:
    from portfolio.admin.publishing.webmention_client import WebmentionError, send_webmention

    sent = 0
    without: list[str] = []
    for target in [*new_targets(page)][:MAX_TARGETS]:
        data = {"target": target}
        try:
            endpoint = send_webmention(page.full_url, target)
        except WebmentionError as error:
            logger.warning("%s was not told of %s: %s", target, page.full_url, error)
            data["problem"] = str(error)
        else:
            if not endpoint:
                without.append(target)  # which may change
                continue
            data["endpoint"] = endpoint[:500]
            sent += 1
        log(instance=page, action=ACTION, data=data)
    if without:
        log(instance=page, action=NO_ENDPOINT, data={"targets": without})
    return sent


def new_targets(page: Page) -> Iterator[str]:
    """The addresses of other sites in the text of the page that are to be told of it."""
    body = getattr(page, "body", None)
    raw = list(body.raw_data) if body is not None else []
    found = [url for url in dict.fromkeys(links(raw)) if url.startswith(("http://", "https://"))] if raw else []
    if not found:
        return
    own, settled = own_hosts(), settled_targets(page)
    yield from (url for url in found if url not in settled and (split_address(url).hostname or "") not in own)


def own_hosts() -> frozenset[str]:
    """The host names of this site, and of the sites that were imported."""
    names = {*Site.objects.values_list("hostname", flat=True), split_address(settings.WAGTAILADMIN_BASE_URL).hostname}
    for key, hosts in ImportSite.objects.values_list("key", "hosts"):
        names |= {key.partition("/")[0], *hosts}
    return frozenset(name for name in names if name)


def settled_targets(page: Page) -> set[str]:
    """The addresses that have been told, and those that within a month took no Webmentions or failed too often."""
    entries = PageLogEntry.objects.filter(page=page.pk, action__in=(ACTION, NO_ENDPOINT))
    settled: set[str] = set()
    failures: Counter[str] = Counter()
    for data, moment in entries.values_list("data", "timestamp"):
        if "endpoint" in data:
            settled.add(data["target"])
        elif moment > timezone.now() - MONTH:
            settled.update(data.get("targets", ()))
            failures.update([data["target"]] if "problem" in data else ())
    return settled | {target for target, count in failures.items() if count >= MAX_FAILURES}
