"""The systemd units: systemd itself reads them, and rates what the processes may do."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.running_site import ROOT

UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="no systemd-analyze: run sh tests/deploy/install.sh"
)


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """The units for this checkout and a user that every machine has."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/srv/portfolio", str(ROOT))
        (tmp_path / unit.name).write_text(re.sub(r"(User|Group)=portfolio", r"\1=daemon", text), encoding="utf-8")
    return [tmp_path / unit.name for unit in UNITS]


@needs_systemd
def test_systemd_understands_the_units(units: list[Path]) -> None:
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@needs_systemd
@pytest.mark.parametrize("service", SERVICES, ids=lambda unit: unit.name)
def test_a_process_may_do_little_besides_its_work(service: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", service], capture_output=True, text=True, check=False
    )
    exposure = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert float(exposure[1]) < 3, done.stdout


@pytest.mark.parametrize("service", SERVICES, ids=lambda unit: unit.name)
def test_what_a_unit_starts_exists(service: Path) -> None:
    text = service.read_text(encoding="utf-8")
    commands = re.findall(r"^Exec\w+=/srv/portfolio/\.venv/bin/python (.+)$", text, re.MULTILINE)
    assert commands
    for command in commands:
        if match := re.match(r"manage\.py (\w+)", command):
            assert match[1] in get_commands()
        else:
            assert command == "-m portfolio.delivery.server"


def test_systemd_holds_the_port_that_nginx_asks() -> None:
    socket = (ROOT / "deploy" / "systemd" / "portfolio.socket").read_text(encoding="utf-8")
    address = re.search(r"^ListenStream=(.+)$", socket, re.MULTILINE)[1]
    assert f"server {address};" in (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
