"""A conversion whose worker is killed from outside. Workers import this: nothing of Django."""

from __future__ import annotations

import os
import signal

from portfolio.documents.document import Document
from portfolio.engines.protocol import SiteContext
from portfolio.engines.source import SourceFile
from portfolio.importer.conversion import convert as conversion

convert = conversion.convert


def convert_or_die(file: SourceFile, site: SiteContext) -> Document:
    """The conversion, until it comes to the document that is called so."""
    if file.path.endswith("-dies.md"):
        os.kill(os.getpid(), signal.SIGKILL)
    return convert(file, site)
