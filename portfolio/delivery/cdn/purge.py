"""Purge the caches of a CDN after a change, by Wagtail's backends (``WAGTAILFRONTENDCACHE``).

Any change may show on any page, so everything is purged for each site version. It happens in a thread: an editor does
not wait for the CDN, and a CDN that does not answer is logged.
"""

from __future__ import annotations

import atexit
import logging
from threading import Event, Lock, Thread
from typing import Any

from django.conf import settings
from wagtail.contrib.frontend_cache.utils import get_backends

logger = logging.getLogger(__name__)

PAUSE = 10  # seconds from one purge to the next; CDNs limit their number, and drafts are saved often
TIMEOUT = 30  # seconds that a program waits at its end for the last purge


class Purger:
    """Purges at once, and once more after ``PAUSE`` however often it was asked meanwhile."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.thread: Thread | None = None
        self.requested = False
        self.ending = Event()

    def request(self) -> None:
        with self.lock:
            self.requested = True
            if self.thread is None:
                self.thread = Thread(target=self.run, name="purge", daemon=True)
                self.thread.start()

    def run(self) -> None:
        while True:
            with self.lock:
                if not self.requested:
                    self.thread = None
                    return
                self.requested = False
            purge_everything()
            self.ending.wait(PAUSE)

    def finish(self) -> None:
        """Wait for the purges that were requested."""
        self.ending.set()
        thread = self.thread
        if thread is not None:
            thread.join(TIMEOUT)


purger = Purger()
atexit.register(purger.finish)


def purge_everything() -> None:
    """Ask each backend to purge all URLs. CloudFront and Azure read ``/*`` as a pattern."""
    try:
        backends = get_backends()
    except Exception:
        logger.exception("The caches to purge are not configured correctly")
        return
    for name, backend in backends.items():
        try:
            backend.purge_batch([f"{settings.SITE_URL}/*"])
        except Exception:  # the libraries of CDNs raise many types
            logger.exception("The cache %s was not purged", name)


def purge_after_change(**kwargs: Any) -> None:
    """Signal handler: purge in the background, if any cache is configured."""
    if settings.WAGTAILFRONTENDCACHE:
        purger.request()
