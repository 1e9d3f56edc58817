"""The plain way to make pages, one after the other as an editor does, to hold the batches against."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from wagtail.models import Page

from portfolio.importer.bulk.pages import PageBatch, QueuedPage


class PageByPage(PageBatch):
    """Takes the place of ``PageBatch`` and leaves everything to Wagtail."""

    def place(self, page: Page, parent: Page) -> None:
        Page.objects.get(pk=parent.pk).specific.add_child(instance=page)

    def check(self, page: Page, *, live: bool) -> None:
        try:
            page.full_clean() if live else page.minimal_clean()
        except ValidationError:
            page.delete()
            raise

    @staticmethod
    def prepare(page: Page, *, live: bool) -> QueuedPage:
        return QueuedPage(page, live, [])

    def add(self, item: QueuedPage) -> None:
        self.queue.append(item)

    def flush(self) -> None:
        for item in sorted(self.queue, key=lambda item: item.page.pk):
            item.page.save_revision(changed=True, clean=False)
            if item.live:
                item.page.latest_revision.publish()
                item.page.refresh_from_db()
            else:
                item.page.save(clean=False)
        self.queue.clear()
