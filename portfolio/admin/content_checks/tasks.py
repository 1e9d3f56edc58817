"""Background tasks of the content checks: check all pages, and the links to other sites."""

from __future__ import annotations

from collections import defaultdict

from wagtail.models import Page

from portfolio.admin.content_checks import link_checker
from portfolio.admin.content_checks.body_text import links
from portfolio.admin.content_checks.page_checks import check_changed_pages
from portfolio.admin.jobs.backends import background_task
from portfolio.admin.jobs.progress import ProgressReporter
from portfolio.admin.jobs.runner import run_job
from portfolio.models import LinkCheck

LINKS, PAGES = "links", "pages"
MAX_LINKS = 5000
SECONDS = 15 * 60
MAX_PAGES = 3  # named for each broken link


@background_task
def run_check_job(job: int) -> None:
    stored = LinkCheck.objects.filter(pk=job).first()
    if stored is not None:
        run_job(stored, check_all_pages if stored.action == PAGES else check_links)


def check_all_pages(job: LinkCheck, progress: ProgressReporter) -> None:
    check_changed_pages(progress)


def check_links(job: LinkCheck, progress: ProgressReporter) -> None:
    progress("Collecting links", 0, 0)
    pages = external_links()
    urls = sorted(pages)[:MAX_LINKS]
    results, left = link_checker.check_urls(urls, SECONDS, lambda done, total: progress("Checking links", done, total))
    broken = [result for result in results if result.problem]
    job.checked, job.skipped = len(results), left + len(pages) - len(urls)
    job.broken = [
        {"url": result.url, "problem": result.problem, "pages": pages[result.url][:MAX_PAGES]}
        for result in sorted(broken, key=lambda result: result.url)
    ]


def external_links() -> dict[str, list[dict[str, object]]]:
    """The addresses of other sites, each with the live pages that link to it."""
    stored: dict[str, list[dict[str, object]]] = defaultdict(list)
    for page in Page.objects.live().specific().iterator(chunk_size=200):
        body = getattr(page, "body", None)
        for url in dict.fromkeys(links(list(body.raw_data)) if body is not None else ()):
            if url.startswith(("http://", "https://")):
                stored[url.partition("#")[0]].append({"pk": page.pk, "title": page.title})
    return stored
