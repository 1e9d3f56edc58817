"""What `make build` installs: the requirements that were named, also after others were installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.running_site import ROOT

BASE, S3, SENTRY = "requirements.txt", "requirements-s3.txt", "requirements-sentry.txt"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("Makefile", BASE, S3, SENTRY):
        shutil.copy(ROOT / name, tmp_path / name)
        os.utime(tmp_path / name, (1, 1))
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    return tmp_path


def installs(project: Path, *named: str) -> list[str]:
    """The files of requirements that ``make build`` would install."""
    arguments = ["REQUIREMENTS=" + " ".join(named)] if named else []
    environment = {"PATH": os.environ["PATH"]}
    command = ["make", "--dry-run", "build", *arguments]
    printed = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=True).stdout
    installing = [line for line in printed.splitlines() if "pip install" in line]
    return [word for line in installing for word in line.split() if word.endswith(".txt")]


@pytest.mark.parametrize(
    ("installed", "named", "expected"),
    [
        (None, (), [BASE]),
        (None, (S3,), [S3]),
        ("", (), []),
        (BASE, (), []),
        (BASE, (S3,), [S3]),
        ("", (SENTRY, S3), [SENTRY, S3]),
        (S3, (), []),
        (S3, (S3,), []),
        (S3, (BASE,), [BASE]),
    ],
)
def test_requirements_are_installed_unless_they_are(
    project: Path, installed: str | None, named: tuple[str, ...], expected: list[str]
) -> None:
    if installed is not None:
        (project / ".venv" / ".run").write_text(installed, encoding="utf-8")
    assert installs(project, *named) == expected


def test_an_upgrade_keeps_the_extras(project: Path) -> None:
    (project / ".venv" / ".run").write_text(f"{S3} {SENTRY}\n", encoding="utf-8")
    os.utime(project / ".venv" / ".run", (2, 2))
    os.utime(project / S3, (3, 3))
    assert installs(project) == [S3, SENTRY]


def test_an_upgrade_goes_on_without_an_extra_that_is_no_more(project: Path) -> None:
    (project / ".venv" / ".run").write_text("requirements-gone.txt\n", encoding="utf-8")
    assert installs(project, BASE) == []
