"""How the time of hostile texts grows with their length; run by hand: python tests/markdown/growth.py

A factor of about 2 per doubling is linear, 4 is quadratic. Times depend on the machine, so no test asserts them.
"""

import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

from test_hostile_markdown import HOSTILE  # noqa: E402

from portfolio.markdown.html.sanitise import sanitise  # noqa: E402
from portfolio.markdown.options import Options  # noqa: E402
from portfolio.markdown.render import to_html  # noqa: E402


def seconds(text):
    start = time.perf_counter()
    sanitise(to_html(text, Options()))
    return time.perf_counter() - start


if __name__ == "__main__":
    for name, text in HOSTILE.items():
        half, whole = seconds(text[: len(text) // 2]), seconds(text)
        sys.stdout.write(f"{name:22} {whole:7.3f} s   x {whole / max(half, 0.001):.1f}\n")
