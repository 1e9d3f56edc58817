"""Servers that run the same code name their release alike, whatever the times of their files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portfolio.delivery.release import digest, installed_packages


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("templates", "portfolio"):
        (tmp_path / name).mkdir()
    (tmp_path / "templates" / "post.html").write_text("<p>", encoding="utf-8")
    (tmp_path / "portfolio" / "views.py").write_text("x = 1", encoding="utf-8")
    return tmp_path


def test_times_of_files_make_no_difference(root: Path) -> None:
    before = digest(root, ["Django-5.2"])
    os.utime(root / "templates" / "post.html", (0, 0))
    assert digest(root, ["Django-5.2"]) == before


def test_contents_names_and_packages_do(root: Path) -> None:
    seen = {digest(root, ["Django-5.2"]), digest(root, ["Django-5.2.1"])}
    (root / "templates" / "post.html").write_text("<div>", encoding="utf-8")
    seen.add(digest(root, ["Django-5.2"]))
    (root / "templates" / "post.html").rename(root / "templates" / "entry.html")
    seen.add(digest(root, ["Django-5.2"]))
    assert len(seen) == 4


def test_installed_packages_are_named_with_their_versions() -> None:
    assert any(name.lower().startswith("wagtail-8") for name in installed_packages())
