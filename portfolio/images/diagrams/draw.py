"""Draw a diagram with a program of this machine: so much time, memory and output, in an empty folder, without files.

What is not installed draws nothing, and the page shows the source.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from portfolio.images.diagrams.drawing import DrawingStyle, inline_svg
from portfolio.images.svg import SvgError

MAX_SOURCE = 20_000  # characters
MAX_SVG = 400_000  # bytes
CPU_SECONDS = 4
WALL_SECONDS = 15
MEMORY_KB = 1_000_000

# By what a graph names files or fonts of the machine, however it is written, and pictures in HTML-like labels.
NAMES_FILES = re.compile(
    r'(?:image|imagepath|shapefile|fontpath|fontnames|stylesheet|_background)\s*"?\s*=|<\s*img\b', re.IGNORECASE
)
REMARK = re.compile(r"/\*.*?\*/|//[^\n]*|^[ \t]*#[^\n]*|\\\r?\n", re.DOTALL | re.MULTILINE)
MERMAID = """
import sys, mmdr
svg = mmdr.render(sys.stdin.buffer.read().decode(), backend="mermaid-rs-renderer").svg()
sys.stdout.buffer.write(svg.encode())
"""
STYLES = {
    "Graphviz": DrawingStyle(inks=frozenset({"black", "#000000"})),
    "Mermaid": DrawingStyle(
        inks=frozenset({"#0f172a", "#64748b", "#94a3b8", "#cbd5e1"}),
        grounds=frozenset({"#ffffff", "#f8fafc", "#f1f5f9"}),
    ),
}


def draw_diagram(source: str, program: str) -> str | None:
    """The drawing as an element of a page, "" for a source that cannot be drawn; None if nothing here can draw it."""
    command = renderer(program)
    if command is None:
        return None
    if len(source) > MAX_SOURCE or "\0" in source or NAMES_FILES.search(REMARK.sub("", source)):
        return ""
    svg = run_bounded(command, source)
    try:
        return inline_svg(svg, STYLES[program]) if svg else ""
    except SvgError:
        return ""


def renderer(program: str) -> list[str] | None:
    """The command that reads a diagram and writes SVG; None if it is not installed."""
    if program == "Graphviz" and (dot := shutil.which("dot")):
        fonts = [f"-{kind}fontname=Arial" for kind in "GNE"]
        return [dot, "-Tsvg", "-Gbgcolor=transparent", *fonts]
    if program == "Mermaid" and find_spec("mmdr"):
        return [sys.executable, "-I", "-c", MERMAID]
    return None


def run_bounded(command: list[str], source: str) -> bytes:
    """What ``command`` writes when it reads ``source``; b"" if it fails or needs too much."""
    limits = f"ulimit -c 0; ulimit -t {CPU_SECONDS}; ulimit -f {MAX_SVG // 512}; ulimit -v {MEMORY_KB} 2>/dev/null"
    with tempfile.TemporaryDirectory(prefix="diagram-") as folder:
        target = Path(folder) / "out.svg"
        # With SERVER_NAME Graphviz reads no file but those of GV_FILE_PATH, which has none.
        variables = {"PATH": "/usr/bin:/bin", "HOME": folder, "SERVER_NAME": "localhost", "GV_FILE_PATH": folder}
        try:
            subprocess.run(  # noqa: S603 - our own command; the source is its standard input
                ["/bin/sh", "-c", f'{limits}; exec "$@" >{target.name}', "sh", *command],
                input=source.encode("utf-8", "replace"),
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env=variables,
                timeout=WALL_SECONDS,
                check=True,
            )
            return target.read_bytes()
        except (OSError, subprocess.SubprocessError):
            return b""
