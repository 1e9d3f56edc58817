"""Static files are those of the code that is on disk, or the server says what to run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from portfolio.delivery import static_build
from portfolio.delivery.static_build import STAMP, Build

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {"SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "example.org", "SITE_URL": "https://example.org"}


def check(*arguments: str, module: str = "static_build", **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", f"portfolio.delivery.{module}", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_static_files_the_server_says_in_one_line_what_to_run(tmp_path: Path) -> None:
    done = check(module="server", STATIC_ROOT=str(tmp_path), **PRODUCTION)
    assert (done.returncode, done.stderr) == (2, "The static files were not built. Run: make build\n")


def test_a_server_that_may_not_write_static_files_stops_without_them() -> None:
    done = check("--build", module="server", STATIC_ROOT="/proc/static", **PRODUCTION)
    assert done.returncode == 2
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == [
        "The static files cannot be written",
        "The static files were not built. Run",
    ]


def test_without_a_required_setting_the_server_names_it_in_one_line(tmp_path: Path) -> None:
    done = check(module="server", STATIC_ROOT=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("SECRET_KEY is not set.")
    assert done.stderr.count("\n") == 1


def test_files_of_other_code_are_reported(tmp_path: Path) -> None:
    (tmp_path / STAMP).write_text("other", encoding="utf-8")
    done = check(STATIC_ROOT=str(tmp_path), **PRODUCTION)
    assert (done.returncode, done.stderr) == (1, "The static files are those of other code. Run: make build\n")


def test_development_needs_no_build(tmp_path: Path) -> None:
    done = check(STATIC_ROOT=str(tmp_path), DEBUG="1")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def collected(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    """Static files as `collectstatic` leaves them, our own only."""
    settings.DEBUG = False
    settings.STATIC_ROOT = str(tmp_path)
    settings.STATICFILES_DIRS = [ROOT / "portfolio" / "static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "portfolio.delivery.static_files.ManifestStaticFiles"},
    }
    return tmp_path


def test_collectstatic_records_which_code_the_files_belong_to(collected: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert static_build.static_build() is Build.MISSING
    call_command("collectstatic", interactive=False, verbosity=0, dry_run=True)
    assert static_build.static_build() is Build.MISSING
    call_command("collectstatic", interactive=False, verbosity=0)
    assert static_build.static_build() is Build.CURRENT
    monkeypatch.setattr(static_build, "code_digest", lambda: "changed")
    assert static_build.static_build() is Build.OUTDATED


def test_only_what_is_missing_is_built(collected: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builds: list[str] = []
    monkeypatch.setattr(static_build, "collect", lambda: builds.append("built"))
    assert static_build.main(build=True) == Build.CURRENT
    assert builds == ["built"]
    static_build.write_stamp(str(collected))
    assert static_build.main(build=True) == Build.CURRENT
    assert builds == ["built"]
