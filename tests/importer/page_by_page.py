"""The plain way to make pages, one after the other as an editor does, to hold the batches against."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from wagtail.models import Page

from portfolio.importer.batch import Batch, Ready


class PageByPage(Batch):
    """Takes the place of ``Batch`` and leaves everything to Wagtail."""

    def place(self, page: Page, parent: Page) -> None:
        Page.objects.get(pk=parent.pk).specific.add_child(instance=page)

    def check(self, page: Page, *, live: bool) -> None:
        try:
            page.full_clean() if live else page.minimal_clean()
        except ValidationError:
            page.delete()
            raise

    def add(self, page: Page, *, live: bool) -> None:
        self.ready.append(Ready(page, live, []))

    def flush(self) -> None:
        for item in sorted(self.ready, key=lambda item: item.page.pk):
            item.page.save_revision(changed=True, clean=False)
            if item.live:
                item.page.latest_revision.publish()
                item.page.refresh_from_db()
            else:
                item.page.save(clean=False)
        self.ready.clear()
