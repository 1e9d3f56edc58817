"""The image, the compose file and the Procfile: no container engine is needed, so what they say is checked as data."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from tests.deploy.server_process import running_server
from tests.running_site import ROOT

DEPLOY = ROOT / "deploy"
ENTRY_POINT = DEPLOY / "entrypoint.sh"
OURS = ("migrate", "web", "worker", "scheduler")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def dockerfile() -> list[str]:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_the_whole_site_is_in_the_compose_file(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {*OURS, "nginx", "postgres", "redis", "s3"}
    for name in OURS:
        assert services[name]["image"] == "portfolio"
        assert services[name]["read_only"]
        assert services[name]["cap_drop"] == ["ALL"]
    for name, service in services.items():
        if name not in OURS:
            assert re.search(r":v?\d", service["image"]), f"{name} has no version"
        for other in service.get("depends_on", {}):
            assert other in services
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source.startswith(("/", ".")) or source in compose["volumes"]


def test_only_the_web_server_in_front_can_be_reached(compose: dict[str, Any]) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["nginx"]
    subnet = compose["networks"]["default"]["ipam"]["config"][0]["subnet"]
    assert compose["services"]["web"]["environment"]["TRUSTED_PROXIES"] == subnet


def test_no_secret_is_written_down(compose: dict[str, Any], dockerfile: list[str]) -> None:
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|KEY", name):
                assert str(value).startswith("${"), name
    assert "${POSTGRES_PASSWORD:?" in compose["services"]["web"]["environment"]["DATABASE_URL"]
    assert [line for line in dockerfile if re.search("^(ARG|ENV).*(PASSWORD|SECRET|KEY)", line)] == []


def test_the_image_has_two_stages_a_user_and_a_health_check(dockerfile: list[str]) -> None:
    assert sum(line.startswith("FROM ") for line in dockerfile) == 2
    last = dockerfile[max(number for number, line in enumerate(dockerfile) if line.startswith("FROM ")) :]
    instructions = {line.split()[0]: line for line in last}
    assert instructions["USER"] == "USER 10001"
    assert '"health"' in instructions["HEALTHCHECK"]
    assert instructions["ENTRYPOINT"] == f'ENTRYPOINT ["/srv/portfolio/{ENTRY_POINT.relative_to(ROOT)}"]'
    assert not any(line.startswith("ADD ") for line in dockerfile)


def test_what_gets_into_the_image_is_there_and_holds_no_data() -> None:
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"]
    assert [name for name in kept if not list(ROOT.glob(name))] == []
    assert not {"tests", ".env", "media", "private", ".git"} & set(kept)
    assert {"portfolio", "blog", "experience", "templates", "manage.py"} <= set(kept)


@pytest.fixture
def entry_point(tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Start the entry point with a Python that writes down what it is to do."""
    stub = tmp_path / "python"
    stub.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/calls\n', encoding="utf-8")
    stub.chmod(0o755)
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}

    def start(*arguments: str, **variables: str) -> subprocess.Popen[str]:
        return subprocess.Popen([ENTRY_POINT, *arguments], env=env | variables, cwd=tmp_path, text=True)

    return start


@pytest.mark.parametrize(
    ("arguments", "call"),
    [
        ((), "-m portfolio.delivery.server"),
        (("web",), "-m portfolio.delivery.server"),
        (("worker",), "manage.py worker"),
        (("migrate", "--noinput"), "manage.py migrate --noinput"),
    ],
)
def test_the_entry_point_starts_what_it_is_asked_for(
    arguments: tuple[str, ...], call: str, entry_point: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    assert entry_point(*arguments).wait(timeout=10) == 0
    assert (tmp_path / "calls").read_text(encoding="utf-8") == f"{call}\n"


def test_the_scheduler_publishes_again_and_again_and_stops_at_once(
    entry_point: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    process = entry_point("scheduler", SCHEDULER_SECONDS="0.1")
    calls = tmp_path / "calls"
    end = time.monotonic() + 10
    while not (calls.exists() and calls.read_text().count("manage.py publish_scheduled\n") >= 2):
        assert time.monotonic() < end
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=5) == 0


def test_the_health_check_asks_the_server(tmp_path: Path) -> None:
    with running_server(tmp_path, WORKERS="1") as server:
        server.wait_for_log("Started worker-1")
        env = os.environ | {"PORT": str(server.port)}
        check = [ENTRY_POINT, "health"]
        assert subprocess.run(check, env=env, check=False).returncode == 0
    assert subprocess.run(check, env=env, check=False, stderr=subprocess.DEVNULL).returncode != 0


def test_the_processes_of_the_procfile_exist() -> None:
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    processes = {name: command.strip() for name, _, command in (line.partition(":") for line in lines)}
    assert set(processes) == {"release", "web", "worker", "scheduler"}
    assert "portfolio.delivery.server" in processes["web"]
    assert (ROOT / processes["scheduler"].split()[0]) == ENTRY_POINT
    for name in ("release", "worker"):
        assert re.fullmatch(r"python manage\.py (\w+).*", processes[name])[1] in get_commands()
