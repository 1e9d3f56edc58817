"""Where documents come from: a site's folder, a file, an archive."""

from portfolio.importer.sources.detect import KINDS, open_source
from portfolio.importer.sources.model import Source, SourceError, SourceFile

__all__ = ["KINDS", "Source", "SourceError", "SourceFile", "open_source"]
