"""The plain way to make pages, one after the other as an editor does, to hold the batches against."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page

from portfolio.importer.batch import Batch


class PageByPage(Batch):
    """Takes the place of ``Batch`` and leaves everything to Wagtail."""

    def place(self, page: Page, parent: Page) -> None:
        Page.objects.get(pk=parent.pk).specific.add_child(instance=page)

    def check(self, page: Page, *, live: bool) -> None:
        try:
            with transaction.atomic():
                page.save_revision(changed=True, clean=False)
                if live:
                    page.latest_revision.publish()
                    page.refresh_from_db()
                else:
                    page.save(clean=False)
        except ValidationError:
            page.delete()
            raise

    def add(self, page: Page, *, live: bool) -> None:
        """It is stored already."""
