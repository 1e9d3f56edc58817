"""A process of one site that requests its pages and measures them: ``PageWorker``.

Requests come by standard input, one address on each line, and results go to standard output, so that a benchmark can
ask several sites in turn: what else the machine does then slows all of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from cProfile import Profile
from dataclasses import dataclass

COUNTED = 4  # requests
MARK = "measured "  # sites log to standard output too


@dataclass(frozen=True, slots=True)
class Request:
    """One request: status, milliseconds of the process on the processor, or what was counted instead."""

    status: int
    milliseconds: float
    count: int = 0


class PageWorker:
    """The parent's end of the process."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "page_worker"],
            env=environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def request(self, address: str) -> Request:
        return self.ask("time", address)

    def count_queries(self, address: str) -> int:
        return self.ask("queries", address).count

    def count_calls(self, address: str) -> int:
        """Function calls of a request, those of functions in C included. The least of several: the first ones make
        what is kept, and now and then one collects garbage or opens the database again."""
        return min(self.ask("calls", address).count for _ in range(COUNTED))

    def ask(self, what: str, address: str) -> Request:
        assert self.process.stdin  # noqa: S101 - as opened above
        assert self.process.stdout  # noqa: S101
        print(what, address, file=self.process.stdin, flush=True)
        for line in self.process.stdout:
            if line.startswith(MARK):
                return Request(*json.loads(line.removeprefix(MARK)))
        raise SystemExit(f"The process that requests {address} has ended.")

    def close(self) -> None:
        self.process.communicate()


def main() -> None:
    """In the site's process: answer each line of standard input."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="localhost")
    for line in sys.stdin:
        what, address = line.split()
        if what == "queries":
            with CaptureQueriesContext(connection) as queries:
                response = client.get(address)
            result = (response.status_code, 0.0, len(queries))
        elif what == "calls":
            profile = Profile()
            response = profile.runcall(client.get, address)
            result = (response.status_code, 0.0, sum(entry.callcount for entry in profile.getstats()))
        else:
            begin = time.process_time()
            response = client.get(address)
            result = (response.status_code, (time.process_time() - begin) * 1000, 0)
        print(MARK + json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
