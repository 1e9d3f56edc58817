"""Programs: formats of files that an operating system or a server runs, which the import does not take."""

from __future__ import annotations

from pathlib import PurePosixPath

PROGRAMS = frozenset(
    "appx asp aspx bat cgi cmd com cpl exe hta jse jsp lnk msi msp php pif ps1 reg scf scr shtml svgz swf url vb vbe "
    "vbs wsf wsh".split()
)
REFUSED = "files of this type are refused, because a computer or a server would run them"


def is_program(path: str) -> bool:
    """Whether the name of the file, or of an address, is that of a program."""
    return PurePosixPath(path).suffix.lower().removeprefix(".") in PROGRAMS
