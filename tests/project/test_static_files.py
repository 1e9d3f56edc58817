"""Names of static files before and after they are collected."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.static_files import CollectedFiles


def test_before_files_are_collected_they_have_their_plain_names(tmp_path: Path) -> None:
    files = CollectedFiles(location=tmp_path, base_url="/static/")
    assert files.url("portfolio/img/elsewhere.svg") == "/static/portfolio/img/elsewhere.svg"


def test_once_they_are_collected_a_file_that_is_not_among_them_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "staticfiles.json").write_text('{"version": "1.1", "paths": {"a.css": "a.1f.css"}, "hash": ""}')
    files = CollectedFiles(location=tmp_path, base_url="/static/")
    assert files.url("a.css") == "/static/a.1f.css"
    with pytest.raises(ValueError, match=r"b\.css"):
        files.url("b.css")
