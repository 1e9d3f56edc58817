"""The production server's event: signals that come at any moment wake the main loop."""

from __future__ import annotations

import subprocess
import sys

from tests.running_site import ROOT

# In a process of its own, as a deadlock cannot be left.
SIGNALS = """
import signal, time
from portfolio.delivery.server import Wakeup
event = Wakeup()
signal.signal(signal.SIGALRM, lambda number, frame: event.set())
signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
end = time.monotonic() + 1
while time.monotonic() < end:
    event.wait()
    event.clear()
signal.setitimer(signal.ITIMER_REAL, 0)
for _ in range(100_000):  # more than a pipe holds
    event.set()
event.wait()
print("awake")
"""


def test_signals_wake_the_main_loop_and_never_block_it() -> None:
    done = subprocess.run([sys.executable, "-c", SIGNALS], cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert done.stdout == "awake\n", done.stderr
