"""Pages that were made here, written into a folder of Markdown that was imported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.engines.test_folder import folder
from tests.exporter.test_export import export
from tests.exporter.test_new_pages import body
from tests.importer.trees import run

pytestmark = pytest.mark.django_db


def without_braces(value: Any) -> Any:
    return (
        {name: without_braces(item) for name, item in value.items()}
        if isinstance(value, dict)
        else (
            value.replace("{{ y }}", "y").replace("{{ raw }}", "raw").replace("{{a}}", "{a}")
            if isinstance(value, str)
            else value
        )
    )


def test_a_new_page_is_read_from_a_folder_as_it_was_written(tmp_path: Path) -> None:
    run(folder(tmp_path / "in", {"notes/a.md": "# A\n\nWords.\n", "b.md": "B\n"}))
    picture = builders.picture()
    other = builders.post(title="The other", slug="the-other", summary="<p>Short.</p>")
    blocks = [(kind, without_braces(value)) for kind, value in body(picture, other) if kind != "html"]
    builders.post(title="New", slug="new", body=blocks)
    assert [problem.message for _, problem in export(tmp_path / "out").problems] == []
