"""Documents that wait for the others, packed small: their links lead to pages that have no place yet."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from portfolio.importer.document import Document
from portfolio.importer.jobs import Job
from portfolio.importer.writer import Writer, plans_of


@dataclass(slots=True)
class Waiting:
    """A converted document and its pages, which have their fields and no bodies."""

    packed: bytes
    jobs: Sequence[Job]

    def unpack(self, writer: Writer) -> tuple[Document, list[Job]]:
        """The document and its jobs, which have it and their plans again."""
        document: Document = pickle.loads(zlib.decompress(self.packed))  # noqa: S301 - packed below
        plans = plans_of(document, writer.mappings)
        jobs = [
            replace(job, document=document, plan=plan, resources=replace(job.resources, document=document))
            for job, plan in zip(self.jobs, plans, strict=True)
        ]
        return document, jobs


def pack(document: Document, jobs: Sequence[Job]) -> Waiting:
    empty = Document(document.path, document.kind, document.sha256)
    slim = [
        replace(
            job,
            document=empty,
            plan=replace(job.plan, fill=nothing, describe=nothing, nodes=(), ready=(), unshown=()),
            resources=replace(job.resources, document=empty),
        )
        for job in jobs
    ]
    return Waiting(zlib.compress(pickle.dumps(document, pickle.HIGHEST_PROTOCOL), 1), slim)


def nothing(*_: object) -> dict[str, object]:
    """Stands for what a plan does until it has its document again."""
    return {}
