"""Pango, the library of the operating system with which WeasyPrint sets the résumé as a PDF."""

from __future__ import annotations

import sys
from contextlib import suppress
from ctypes import CDLL
from functools import cache

from wagtail.admin.panels import HelpPanel

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# WeasyPrint asks for it by these names too; it needs the rest of Pango itself.
NAMES = {
    "darwin": ("libpangoft2-1.0.dylib", "/opt/homebrew/lib/libpangoft2-1.0.dylib"),
    "win32": ("libpangoft2-1.0-0.dll",),
}
NAMES_ELSEWHERE = ("libpangoft2-1.0.so.0",)
MISSING = (
    "The résumé has no PDF to download, because Pango is not installed on the server. "
    f"On Debian and Ubuntu: sudo apt-get install {PACKAGES}"
)


@cache
def is_installed() -> bool:
    for name in NAMES.get(sys.platform, NAMES_ELSEWHERE):
        with suppress(OSError):
            CDLL(name)
            return True
    return False


class PangoHelpPanel(HelpPanel):
    """One line that says what to install for the PDF of the résumé, where it is missing."""

    def __init__(self) -> None:
        super().__init__(content=MISSING)

    def clone_kwargs(self) -> dict[str, object]:
        return {}

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return super().is_shown() and not is_installed()
