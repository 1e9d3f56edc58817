"""A process of its own for ``test_killed``: an import that may be killed at a given moment.

``killed.py SOURCE [MODULE:CLASS.METHOD before|after COUNT]`` prints what the site holds, the outcomes, and what
it holds then; one line of JSON each. Without arguments it prints what the site holds.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from taggit.models import Tag  # noqa: E402
from wagtail.contrib.redirects.models import Redirect  # noqa: E402
from wagtail.documents.models import Document  # noqa: E402
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision  # noqa: E402
from wagtail.search.models import IndexEntry  # noqa: E402

from portfolio.content.registry import page_mappings  # noqa: E402
from portfolio.content.site_settings import fill_owner_settings  # noqa: E402
from portfolio.importer.pipeline import ImportOptions, import_site  # noqa: E402
from portfolio.models import (  # noqa: E402
    CustomImage,
    ImportedAsset,
    ImportedDocument,
    ImportedFile,
    ImportedPage,
    ImportRun,
    PendingFile,
    SiteSettings,
)

COUNTED = (IndexEntry, ImportRun, ImportedFile, ImportedPage, PageLogEntry, PendingFile, ReferenceIndex, Revision, Tag)
NUMBER = re.compile(r'(?<=id=\\")\d+|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?<="image": )\d+')


def state() -> dict[str, Any]:
    """Every kind of thing that an import leaves behind, without the numbers that a database gives out."""
    pages = [page.specific for page in Page.objects.filter(depth__gt=1).order_by("url_path")]
    bodies = [json.dumps(page.body.get_prep_value()) if hasattr(page, "body") else "" for page in pages]
    return {
        "pages": [
            [page.url_path, page.title, page.live, NUMBER.sub("#", body)]
            for page, body in zip(pages, bodies, strict=True)
        ],
        "redirects": sorted([row.old_path, row.link] for row in Redirect.objects.all()),
        "images": sorted(CustomImage.objects.values_list("title", "file")),
        "documents": sorted(Document.objects.values_list("title", "file")),
        "assets": sorted(ImportedAsset.objects.values_list("path", "sha256", "file")),
        "ledger": sorted(ImportedDocument.objects.values_list("path", "sha256")),
        "owner": sorted(SiteSettings.objects.values_list("owner_name", flat=True)),
        "counts": {model.__name__: model.objects.count() for model in COUNTED},
        "files": sorted(
            file.relative_to(settings.MEDIA_ROOT).as_posix()
            for file in Path(settings.MEDIA_ROOT).rglob("*")
            # Scaled pictures and share images are made when all is stored.
            if file.is_file() and file.parent.name not in ("images", "share")
        ),
    }


def kill_at(function: str, when: str, count: int) -> None:
    """Let this process be killed before or after the ``count``-th call of ``module:Class.method``."""
    module, _, name = function.partition(":")
    owner, _, method = name.partition(".")
    cls = getattr(import_module(module), owner)
    original, calls = getattr(cls, method), 0

    def watched(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        result = original(*args, **kwargs) if when == "after" or calls < count else None
        if calls == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(cls, method, watched)


def tell(what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    tell(state())
    if sys.argv[2:]:
        kill_at(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    if sys.argv[1:]:
        report = import_site(ImportOptions(Path(sys.argv[1])), page_mappings(), fill_owner_settings)
        tell(report.totals["outcomes"])
        tell(state())
