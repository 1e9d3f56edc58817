"""The production server while readers request pages all the time: reload, restart, broken code, killed workers."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.deploy.server_process import ServerProcess, reading, running_server

pytestmark = pytest.mark.xdist_group("server")
STARTED = r"Started worker-\d"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    with running_server(tmp_path, WORKERS="2", THREADS="64") as running:
        running.wait_for_log(STARTED, 2)
        yield running


def test_a_reload_fails_no_request_and_ends_with_the_new_code(server: ServerProcess) -> None:
    server.write("new", start_seconds=1)
    with reading(server) as readers:
        server.reload()
        server.wait_for_log(STARTED, 4)
        server.wait_for_log("Killing|Stopping old worker-2")
        server.wait_for_log("Stopping worker-", 2)
        before = set(readers.answers)
    assert readers.failures == []
    assert {answer.split()[0] for answer in before} == {"old", "new"}
    assert server.get().startswith("new ")
    assert readers.slowest < 3  # nobody waits for a new worker
    assert "Killing" not in server.log()
    assert "WARNING" not in server.log()  # 64 threads are many for granian


def test_new_code_that_does_not_start_changes_nothing(server: ServerProcess) -> None:
    (server.folder / "application.py").write_text("raise ImportError('no such module')", encoding="utf-8")
    with reading(server) as readers:
        server.reload()
        server.wait_for_log("New worker-1 does not start, the old one continues")
        server.write("mended")
        server.reload()
        server.wait_for_log("Stopping worker-", 2)
    assert readers.failures == []
    assert server.get().startswith("mended ")


def test_a_killed_worker_is_replaced(server: ServerProcess) -> None:
    pid = int(server.get().split()[1])
    os.kill(pid, signal.SIGKILL)
    server.wait_for_log(STARTED, 3)
    assert {server.get().split()[0] for _ in range(20)} == {"old"}


def test_connections_without_a_request_do_not_keep_others_out(server: ServerProcess) -> None:
    idle = [HTTPConnection("127.0.0.1", server.port) for _ in range(100)]
    try:
        for connection in idle:
            connection.request("GET", "/")
            connection.getresponse().read()
        assert server.get(timeout=5).startswith("old ")
    finally:
        for connection in idle:
            connection.close()


def test_requests_wait_for_a_restart_if_systemd_holds_the_socket(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        for _ in range(2):
            with running_server(tmp_path, held=held) as server:
                assert server.get().startswith("old ")  # it connects before the server has started


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"WORKERS": "two"}, "WORKERS is 'two'; it must be a whole number above 0."),
        ({"THREADS": "0"}, "THREADS is '0'; it must be a whole number above 0."),
        ({"HOST": "192.0.2.1"}, "Cannot listen on 192.0.2.1, port"),
    ],
)
def test_a_setting_that_cannot_be_is_named(tmp_path: Path, variables: dict[str, str], message: str) -> None:
    with running_server(tmp_path, **variables) as server:
        assert server.process.wait(timeout=10) == 1
        assert message in server.log()


def test_a_port_that_is_taken_is_named(server: ServerProcess, tmp_path_factory: pytest.TempPathFactory) -> None:
    with running_server(tmp_path_factory.mktemp("second"), port=server.port) as second:
        assert second.process.wait(timeout=10) == 1
        assert f"Cannot listen on 127.0.0.1, port {server.port}: Address already in use" in second.log()


def test_a_server_stops_at_once_while_its_workers_are_loading(tmp_path: Path) -> None:
    with running_server(tmp_path, start_seconds=120) as server:
        server.wait_for_log("Spawning worker-2")
        begin = time.monotonic()
    assert time.monotonic() - begin < 60  # and not only when they have loaded


def test_a_server_stops_when_all_its_processes_are_told_at_once_and_twice(server: ServerProcess) -> None:
    """As when a terminal or make passes a signal on to the whole group."""
    workers = {int(server.get().split()[1]) for _ in range(20)}
    for pid in (*workers, server.process.pid, server.process.pid):
        os.kill(pid, signal.SIGTERM)
    assert server.process.wait(timeout=10) is not None
