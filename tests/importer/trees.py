"""Small source trees for tests of the whole import."""

from __future__ import annotations

import io
from pathlib import Path

from django.core.files.storage import default_storage
from PIL import Image

from portfolio.content.registry import page_mappings
from portfolio.content.site_settings import fill_owner_settings
from portfolio.documents.report import DocumentReport, Report
from portfolio.importer.pipeline import ImportOptions, import_site

CONFIG = "title: Saltmarsh notes\nurl: https://saltmarsh.example\nauthor: Mara Lindqvist\n"


def write_tree(root: Path, files: dict[str, str | bytes], config: str = CONFIG) -> Path:
    """Write ``files`` below ``root``, and a ``_config.yml``; text as UTF-8, line ends untouched."""
    for path, content in {"_config.yml": config, **files}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def post(body: str, title: str = "Tides", date: str = "2021-05-04 10:00:00 +0000", **front: str) -> str:
    lines = [f"title: {title}", f"date: {date}", *(f"{name}: {value}" for name, value in front.items())]
    return "---\n" + "\n".join(lines) + "\n---\n" + body


def picture(colour: str = "teal", size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def stored_files() -> set[str]:
    """Names of the original images in the media storage."""
    return set(default_storage.listdir("original_images")[1]) if default_storage.exists("original_images") else set()


def every_file() -> set[str]:
    """Names of all files in the media storage."""
    root = Path(default_storage.location)
    return {file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file()}


def run(source: Path, **options: object) -> Report:
    return import_site(ImportOptions(source=source, **options), page_mappings(), fill_owner_settings)


def row(report: Report, path: str) -> DocumentReport:
    return next(document for document in report.documents if document.path == path)


def codes(document: DocumentReport) -> list[str]:
    return [problem.code for problem in document.problems]
