"""Engines: read a site, a file or an archive in the way of the generator that it was made for."""

from portfolio.engines.opener import open_source
from portfolio.engines.registry import source_kinds
from portfolio.engines.source import SourceError, SourceFile, SourceTree

__all__ = ["SourceError", "SourceFile", "SourceTree", "open_source", "source_kinds"]
