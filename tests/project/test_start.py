"""What a process imports before it does anything: every command and every web worker waits for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IMPORTS = """
import sys
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(*sys.modules)
"""
# Packages of the project that only an import, an export or an editor's conversion needs, and the largest libraries.
NOT_AT_THE_START = (
    "blog.content",
    "experience.content",
    "experience.bibtex",
    "experience.from_text",
    "experience.resume.json_import",
    "portfolio.documents.dates",
    "portfolio.documents.yaml",
    "portfolio.engines",
    "portfolio.exporter",
    "portfolio.images.diagrams",
    "portfolio.importer",
    "portfolio.markdown.commonmark",
    "portfolio.markdown.kramdown",
    "bibtexparser",
    "icalendar",
    "markdown_it",
    "snowballstemmer",
    "tomllib",
    "weasyprint",
)


def test_a_process_starts_without_what_few_requests_need() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", IMPORTS], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert "portfolio.admin.imports.urls" in loaded
    assert [name for name in loaded if name.startswith(NOT_AT_THE_START)] == []
