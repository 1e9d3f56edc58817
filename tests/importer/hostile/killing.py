"""A conversion whose worker is killed from outside. Workers import this: nothing of Django."""

from __future__ import annotations

import os
import signal

from portfolio.importer import convert as conversion
from portfolio.importer.document import Document
from portfolio.importer.site_context import SiteContext
from portfolio.importer.sources.model import SourceFile

convert = conversion.convert


def convert_or_die(file: SourceFile, site: SiteContext) -> Document:
    """The conversion, until it comes to the document that is called so."""
    if file.path.endswith("-dies.md"):
        os.kill(os.getpid(), signal.SIGKILL)
    return convert(file, site)
