"""Redis servers for tests: a real one that can be stopped, and false ones that fail in all the ways there are."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import redis

from tests.running_site import free_port

Answer = Callable[[socket.socket], None]


def silent(connection: socket.socket) -> None:
    """Accepts, and never answers."""
    while connection.recv(4096):
        pass


def answering(text: bytes) -> Answer:
    """The same answer to everything; each command that redis-py sends is one packet or more."""

    def answer(connection: socket.socket) -> None:
        while connection.recv(4096):
            connection.sendall(text)

    return answer


WRITES = (b"SET\r\n", b"DEL\r\n", b"EXEC", b"EXPIRE", b"FLUSHDB")


def refusing_writes(text: bytes) -> Answer:
    """An empty cache that answers reads, and writes with an error."""

    def answer(connection: socket.socket) -> None:
        while request := connection.recv(4096).upper():
            for command in request.split(b"\r\n*"):
                if b"HELLO" in command:
                    connection.sendall(b"%1\r\n$5\r\nproto\r\n:3\r\n")
                elif b"CLIENT" in command:
                    connection.sendall(b"+OK\r\n")
                else:
                    connection.sendall(text if any(name in command for name in WRITES) else b"_\r\n")

    return answer


def dying(connection: socket.socket) -> None:
    """Begins an answer, and closes."""
    connection.recv(4096)
    connection.sendall(b"$1000\r\nhalf")


def dripping(connection: socket.socket) -> None:
    """Answers a byte at a time, each in time."""
    connection.recv(4096)
    connection.sendall(b"$9999\r\n")
    for _ in range(200):
        connection.sendall(b"x")
        time.sleep(0.05)


BROKEN: dict[str, Answer] = {
    "never answers": silent,
    "drips": dripping,
    "answers what nobody asked": answering(b"+OK\r\n:1\r\n*2\r\n+a\r\n+b\r\n"),
    "dies in the middle": dying,
    "is loading": answering(b"-LOADING Redis is loading the dataset in memory\r\n"),
    "asks for a password": answering(b"-NOAUTH Authentication required.\r\n"),
    "is out of memory": refusing_writes(b"-OOM command not allowed when used memory > 'maxmemory'.\r\n"),
    "is read-only": refusing_writes(b"-READONLY You can't write against a read only replica.\r\n"),
    "cannot save": refusing_writes(b"-MISCONF Redis is configured to save RDB snapshots, but cannot.\r\n"),
    "is no Redis": answering(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
}
NOBODY = "is not there"


@contextmanager
def false_server(answer: Answer) -> Iterator[str]:
    """The address of a server that answers so."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        threading.Thread(target=serve, args=(listener, answer), daemon=True).start()
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        listener.shutdown(socket.SHUT_RDWR)


def serve(listener: socket.socket, answer: Answer) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=talk, args=(connection, answer), daemon=True).start()


def talk(connection: socket.socket, answer: Answer) -> None:
    with closing(connection), suppress(OSError):
        answer(connection)


@contextmanager
def broken_server(how: str) -> Iterator[str]:
    if how == NOBODY:
        yield f"redis://127.0.0.1:{free_port()}/0"
    else:
        with false_server(BROKEN[how]) as address:
            yield address


class RedisServer:
    """A real one, on a port of its own, that forgets everything when it stops."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        executable = shutil.which("redis-server")
        assert executable, "no redis-server"
        self.process = subprocess.Popen(
            [executable, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
             "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        with redis.Redis(port=self.port) as client:
            for _ in range(100):
                try:
                    client.ping()
                    return
                except redis.ConnectionError:
                    time.sleep(0.05)
        raise AssertionError("redis-server did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def has_redis() -> bool:
    return shutil.which("redis-server") is not None
