"""The production server with a small application in place of the site, which starts in no time and can be changed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from tests.running_site import ROOT, free_port

# The static files of the site are not what these tests are about.
SERVE = """
from portfolio.delivery import server
server.APPLICATION = "application:application"
server.check_static_build = lambda build=False: server.BUILT
server.FINISH_SECONDS = 10
server.main(build=False)
"""
APPLICATION = """
import os, time
time.sleep({start_seconds})
def application(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        time.sleep(1)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"{text} %d" % os.getpid()]
"""
# https://www.freedesktop.org/software/systemd/man/latest/sd_listen_fds.html
AS_SYSTEMD = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execv(sys.executable, [sys.executable, sys.argv[2]])
"""


@dataclass(slots=True)
class ServerProcess:
    """A running server, whose application answers with a text and the id of its process."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    def write(self, text: str, *, start_seconds: float = 0) -> None:
        write_application(self.folder, text, start_seconds)

    def get(self, path: str = "/", timeout: float = 10) -> str:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def reload(self) -> None:
        self.process.send_signal(signal.SIGHUP)

    def log(self) -> str:
        return (self.folder / "server.log").read_text(encoding="utf-8")

    def wait_for_log(self, pattern: str, count: int = 1, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while len(re.findall(pattern, self.log())) < count:
            assert time.monotonic() < end, f"{pattern!r} is not in the log:\n{self.log()}"
            time.sleep(0.05)


def write_application(folder: Path, text: str, start_seconds: float) -> None:
    source = APPLICATION.format(text=text, start_seconds=start_seconds)
    (folder / "application.py").write_text(source, encoding="utf-8")


@contextmanager
def running_server(
    folder: Path, *, port: int = 0, held: socket.socket | None = None, start_seconds: float = 0, **variables: str
) -> Iterator[ServerProcess]:
    """Start the server; ``held`` is a socket that it gets as systemd passes one on."""
    port = held.getsockname()[1] if held else port or free_port()
    (folder / "serve.py").write_text(SERVE, encoding="utf-8")
    write_application(folder, "old", start_seconds)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{folder}:{ROOT}",
        "PYTHONDONTWRITEBYTECODE": "1",  # a file that changes within the same second would not be read again
        "DJANGO_SETTINGS_MODULE": "django.conf.global_settings",
        "PORT": str(port),
        **variables,
    }
    command = [sys.executable, *(["-c", AS_SYSTEMD, str(held.fileno())] if held else []), str(folder / "serve.py")]
    inherited = [held.fileno()] if held else []
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT, pass_fds=inherited
        )
        try:
            yield ServerProcess(folder, port, process)
        finally:
            process.terminate()
            process.wait(timeout=20)


@dataclass(slots=True)
class Readers:
    """Threads that request a page again and again, each time with a new connection."""

    server: ServerProcess
    answers: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: float = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def read(self, path: str) -> None:
        while not self.stop.is_set():
            begin = time.monotonic()
            try:
                self.answers[self.server.get(path)] += 1
            except OSError as error:
                self.failures.append(repr(error))
            self.slowest = max(self.slowest, time.monotonic() - begin)


@contextmanager
def reading(server: ServerProcess, paths: tuple[str, ...] = ("/", "/", "/", "/slow")) -> Iterator[Readers]:
    readers = Readers(server)
    threads = [threading.Thread(target=readers.read, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    try:
        yield readers
    finally:
        readers.stop.set()
        for thread in threads:
            thread.join()
