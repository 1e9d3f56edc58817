"""Static build: whether ``collectstatic`` has run for the code that is on disk.

``python -m portfolio.delivery.static_build`` says in one line what is missing; with ``--build`` it builds. It loads the
settings but no models, so it takes half a second.
"""

from __future__ import annotations

import os
import sys
from enum import IntEnum
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from portfolio.delivery.release import code_digest

# In STATIC_ROOT: `collectstatic --clear` deletes it with the files.
STAMP = "release.txt"


class Build(IntEnum):
    """The state of the static files; the values are exit codes."""

    CURRENT = 0
    OUTDATED = 1
    MISSING = 2


MESSAGES = {
    Build.OUTDATED: "The static files are those of other code. Run: make build",
    Build.MISSING: "The static files were not built. Run: make build",
}


def write_stamp(root: str) -> None:
    """Record which code the collected files belong to."""
    (Path(root) / STAMP).write_text(code_digest(), encoding="utf-8")


def static_build() -> Build:
    if settings.DEBUG:  # then static files are served from where they are
        return Build.CURRENT
    try:
        stamp = (Path(settings.STATIC_ROOT) / STAMP).read_text(encoding="utf-8")
    except FileNotFoundError:
        return Build.MISSING
    return Build.CURRENT if stamp == code_digest() else Build.OUTDATED


def collect() -> None:
    """``collectstatic``: collect, hash and compress."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)


def main(*, build: bool) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portfolio.settings")
    try:
        state = static_build()
    except ImproperlyConfigured as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command line
        return Build.MISSING
    if state is not Build.CURRENT and build:
        try:
            collect()
        except OSError as error:  # a user who may not change the code, a full disk
            print(f"The static files cannot be written: {error}", file=sys.stderr)  # noqa: T201
        else:
            return Build.CURRENT
    if state in MESSAGES:
        print(MESSAGES[state], file=sys.stderr)  # noqa: T201
    return state


if __name__ == "__main__":
    sys.exit(main(build="--build" in sys.argv[1:]))
