"""Production server: granian with one listening socket for all workers, and reloads that lose no request.

``SIGHUP`` replaces the workers one by one by workers with the code that is now on disk. An old worker continues until
the new one has answered a request; if the new code does not start, the old workers stay.

granian alone opens a socket for each worker, and connections that wait in the socket of a stopped worker are reset. It
also stops the old worker after a fixed time, whether or not the new one has started.

This process must import neither Django nor the site: the workers are forks of it and would keep the old modules.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from granian.constants import Interfaces
from granian.log import logger
from granian.net import SocketHolder
from granian.server.mp import MPServer

APPLICATION = "portfolio.wsgi:application"
INHERITED_SOCKET = 3  # the first one that systemd passes on (man sd_listen_fds)
START_SECONDS = 60  # until a new worker must answer; Django and Wagtail take two or three
FINISH_SECONDS = 60  # for the requests that an old worker still has, uploads included
BUILT = 0  # exit code of portfolio.delivery.static_build; 1: outdated, 2: missing
MISSING = 2

Loader = Callable[..., Callable[..., Any]]


def main(*, build: bool) -> None:
    if check_static_build(build=build) >= MISSING:
        sys.exit(2)
    backlog = env_int("BACKLOG", 1024)
    listener = inherited_socket() or open_socket(os.environ.get("HOST") or "127.0.0.1", env_int("PORT", 8000), backlog)
    host, port = listener.getsockname()[:2]
    threads = env_int("THREADS", 16)
    Server(
        APPLICATION,
        listener=listener,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=env_int("WORKERS", 2),
        blocking_threads=threads,
        backlog=backlog,
        backpressure=max(threads, env_int("BACKPRESSURE", 256)),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=FINISH_SECONDS,
    ).serve(target_loader=load)


def check_static_build(*, build: bool = False) -> int:
    """Whether the static files are those of the code, in a process of its own; it prints what is wrong."""
    arguments = ["--build"] if build else []
    command = [sys.executable, "-m", "portfolio.delivery.static_build", *arguments]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own command


def env_int(name: str, default: int) -> int:
    value = os.environ.get(name) or str(default)
    if not value.isdecimal() or int(value) == 0:
        sys.exit(f"{name} is {value!r}; it must be a whole number above 0.")
    return int(value)


def inherited_socket() -> socket.socket | None:
    """The socket of a systemd socket unit, which exists while the service is restarted."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()):
        return None
    return socket.socket(fileno=INHERITED_SOCKET)


def open_socket(host: str, port: int, backlog: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=backlog)
    except OSError as error:
        sys.exit(f"Cannot listen on {host}, port {port}: {error.strerror}")


def load(target: str, started: Connection | None = None) -> Callable[..., Any]:
    """Load the application in a worker, let it answer a request, and report that to the main process."""
    for number in (signal.SIGINT, signal.SIGTERM):  # the main process's own, which would keep a loading worker alive
        signal.signal(number, signal.SIG_DFL)
    module, _, name = target.partition(":")
    application = getattr(import_module(module), name)
    warm_up(application)
    if started:
        started.send(True)
        started.close()
    return application


def warm_up(application: Callable[..., Iterable[bytes]]) -> None:
    """Answer one health check. The application has imported its URLs and views (``portfolio.wsgi``)."""
    from wsgiref.util import setup_testing_defaults

    from django.db import connections

    environ: dict[str, Any] = {"PATH_INFO": "/healthz", "REMOTE_ADDR": "127.0.0.1"}
    setup_testing_defaults(environ)
    statuses: list[str] = []
    response = application(environ, lambda status, headers, error=None: statuses.append(status))
    b"".join(response)
    if hasattr(response, "close"):
        response.close()
    connections.close_all()  # requests are answered in other threads, with connections of their own
    if statuses[0].startswith("5"):
        raise RuntimeError(f"The health check answered {statuses[0]}.")


class Wakeup:
    """An event that a signal handler may set, as `threading.Event` may not.

    A handler runs in the main thread. If a second signal comes while that thread holds the lock of its event, it waits
    for itself: a server whose whole process group is stopped would stay without workers.
    """

    def __init__(self) -> None:
        self.reader, self.writer = os.pipe()
        os.set_blocking(self.writer, False)

    def set(self) -> None:
        with suppress(BlockingIOError):  # the pipe is full of earlier ones
            os.write(self.writer, b"!")

    def wait(self) -> None:
        """Wait until it is set, and take that back: granian then looks at everything that may have happened."""
        os.read(self.reader, 65536)

    def clear(self) -> None:
        pass


class Server(MPServer):
    """A granian server whose workers share one socket and are replaced only by workers that answer."""

    def __init__(self, target: str, *, listener: socket.socket, **options: Any) -> None:
        super().__init__(target, **options)
        # granian compares threads with processors at each start; most of ours wait for the database.
        logger.addFilter(lambda record: "Python threads" not in record.getMessage())
        self.main_loop_interrupt = Wakeup()
        self.listener = listener
        if hasattr(socket, "TCP_DEFER_ACCEPT"):
            # Accept a connection once its request has come. A worker that stops closes connections without a request.
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 5)
        listener.setblocking(False)

    def _init_shared_socket(self) -> None:
        self._ssp = None
        self._sso = self.listener
        self._sfd = self.listener.fileno()
        self._shd = SocketHolder(self._sfd, False, self.backlog)

    def _reload(self, spawn_target: Any, target_loader: Loader) -> None:
        if check_static_build() != BUILT:
            logger.error("Not reloaded: the static files are not those of the code")
            self.reload_signal = False
            self.main_loop_interrupt.clear()
            return
        super()._reload(spawn_target, target_loader)

    def _respawn_workers(self, workers: list[int], spawn_target: Any, target_loader: Loader, delay: float = 0) -> None:
        for index in workers:
            if not self.replace_worker(index, spawn_target, target_loader):
                return

    def replace_worker(self, index: int, spawn_target: Any, target_loader: Loader) -> bool:
        """Start a worker and, once it has answered, stop the old one. False if it does not start."""
        old, name = self.wrks[index], f"worker-{index + 1}"
        started, report = multiprocessing.Pipe(duplex=False)
        new = self._spawn_worker(idx=index, target=spawn_target, callback_loader=partial(target_loader, started=report))
        new.interrupt_by_parent = True  # so that granian does not stop the server if it fails
        new.start()
        report.close()
        if not self.answers(started):
            new.kill()
            logger.error(f"New {name} does not start" + (", the old one continues" if old.is_alive() else ""))
            if not old.is_alive():
                self.stop_as_failed(index)
            return False
        new.interrupt_by_parent = False
        self.wrks[index] = new
        logger.info(f"Stopping old {name}")
        old.terminate()
        old.join(self.workers_kill_timeout)
        time.sleep(0.1)  # the thread that watches it may still be about to record its end
        if old.is_alive():
            logger.warning(f"Killing old {name}, which did not finish its requests in time")
            old.kill()
            old.join()
        return True

    def stop_as_failed(self, index: int) -> None:
        """End with an exit code, so that systemd or a container engine starts the server again."""
        self.interrupt_signal = True
        self.interrupt_children.append(index)
        self.main_loop_interrupt.set()

    def answers(self, started: Connection) -> bool:
        """Wait until the new worker has answered, failed, or the server is to stop."""
        for _ in range(START_SECONDS * 5):
            if self.interrupt_signal:
                return False
            if started.poll(0.2):
                try:
                    return bool(started.recv())
                except EOFError:  # the process has ended
                    return False
        return False


if __name__ == "__main__":
    main(build="--build" in sys.argv[1:])
