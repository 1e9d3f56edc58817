"""All files of a source become documents, in worker processes under limits.

The converter is known here by its name only: the workers load it with all that it takes, and the process that writes
pages has no use for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portfolio.documents.document import Document, Problem
from portfolio.engines.source import SourceFile, SourceTree
from portfolio.importer.conversion.worker import in_workers

CONVERT = "portfolio.importer.conversion.convert:convert"


def convert_all(
    source: SourceTree, workers: int | None = None, files: Sequence[SourceFile] | None = None
) -> Iterator[Document]:
    """Convert the files of an opened source, or only ``files`` of it; documents come in their order.

    ``workers`` is the number of processes, by default one a processor and four at most. A document that takes too
    long, too much memory or that ends its worker comes back rejected; the others go on.
    """
    return in_workers(CONVERT, rejected, source, source.files if files is None else files, workers)


def rejected(file: SourceFile, sha256: str, *problems: Problem) -> Document:
    return Document(path=file.path, kind=file.kind, sha256=sha256, problems=problems, rejected=True)
