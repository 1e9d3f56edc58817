"""Looking at all pages, and at the links that lead to other sites, in the background."""

from __future__ import annotations

from collections import defaultdict

from wagtail.models import Page

from portfolio.desk.background import desk_task
from portfolio.desk.checks import outside
from portfolio.desk.checks.looking import look_at_stale
from portfolio.desk.checks.texts import links
from portfolio.desk.progress import Teller
from portfolio.desk.work import work
from portfolio.models import LinkCheck

LINKS, PAGES = "links", "pages"
MOST = 5000  # addresses asked at once
SECONDS = 15 * 60
NAMED = 3  # pages named for each broken link


@desk_task
def work_on_checks(job: int) -> None:
    found = LinkCheck.objects.filter(pk=job).first()
    if found is not None:
        work(found, look_at_pages if found.doing == PAGES else check_links)


def look_at_pages(job: LinkCheck, tell: Teller) -> None:
    look_at_stale(tell)


def check_links(job: LinkCheck, tell: Teller) -> None:
    tell("Collecting links", 0, 0)
    pages = outside_links()
    urls = sorted(pages)[:MOST]
    results, left = outside.ask_all(urls, SECONDS, lambda done, total: tell("Asking", done, total))
    broken = [result for result in results if result.problem]
    job.asked, job.left_out = len(results), left + len(pages) - len(urls)
    job.broken = [
        {"url": result.url, "problem": result.problem, "pages": pages[result.url][:NAMED]}
        for result in sorted(broken, key=lambda result: result.url)
    ]


def outside_links() -> dict[str, list[dict[str, object]]]:
    """By address, the published pages that link to it."""
    found: dict[str, list[dict[str, object]]] = defaultdict(list)
    for page in Page.objects.live().specific().iterator(chunk_size=200):
        body = getattr(page, "body", None)
        for url in dict.fromkeys(links(list(body.raw_data)) if body is not None else ()):
            if url.startswith(("http://", "https://")):
                found[url.partition("#")[0]].append({"pk": page.pk, "title": page.title})
    return found
