"""Picture fetcher: download pictures of an imported site from other hosts, within limits, and only public ones."""

from __future__ import annotations

import http.client
import socket
import time
from dataclasses import dataclass, field
from urllib.parse import urljoin

from portfolio.delivery.public_http import REDIRECTS, AddressNotAllowed, Lookup, public_addresses, request
from portfolio.images.sanitise import ImageRefused
from portfolio.markdown.addresses import split_address

MAX_BYTES = 20 * 1024 * 1024
TOTAL_TIMEOUT = 30  # seconds for a whole answer; a server may send it byte by byte
MAX_REDIRECTS = 5
MAX_PICTURES = 1000  # of one import
MAX_SECONDS = 600
AGENT = "Portfolio import"


@dataclass(slots=True)
class PictureFetcher:
    """Called with the address of a picture it returns its bytes. Raises ``ImageRefused`` with the reason.

    A host that has not answered in time is not asked again.
    """

    lookup: Lookup = public_addresses
    max_pictures: int = MAX_PICTURES
    max_seconds: float = MAX_SECONDS
    count: int = 0
    started: float = field(default_factory=time.monotonic)
    silent_hosts: set[str] = field(default_factory=set)

    def __call__(self, address: str) -> bytes:
        if self.count >= self.max_pictures or time.monotonic() - self.started > self.max_seconds:
            limits = f"{self.max_pictures:,} pictures and {self.max_seconds / 60:.0f} minutes"
            raise ImageRefused(f"an import fetches at most {limits}; import again for the rest")
        host = split_address(address).netloc.lower()
        if host in self.silent_hosts:
            raise ImageRefused("the host did not answer in time before")
        self.count += 1
        try:
            return self.follow(address)
        except AddressNotAllowed as error:
            raise ImageRefused(str(error)) from error
        except TimeoutError as error:
            self.silent_hosts.add(host)
            raise ImageRefused(f"the host does not answer within {TOTAL_TIMEOUT} seconds") from error
        except socket.gaierror as error:
            raise ImageRefused("there is no such host") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            if isinstance(error, ImageRefused):
                raise
            raise ImageRefused(f"the host cannot be reached ({type(error).__name__})") from error

    def follow(self, address: str) -> bytes:
        for _ in range(MAX_REDIRECTS):
            answer = self.get(address)
            if isinstance(answer, bytes):
                return answer
            address = urljoin(address, answer)
        raise ImageRefused(f"it redirects more than {MAX_REDIRECTS} times")

    def get(self, address: str) -> bytes | str:
        """The picture, or the address that an answer redirects to."""
        headers = {"User-Agent": AGENT, "Accept": "image/*"}
        answer = request(address, headers=headers, max_bytes=MAX_BYTES, seconds=TOTAL_TIMEOUT, lookup=self.lookup)
        location = answer.headers.get("Location", "")
        if answer.status in REDIRECTS and location:
            return location
        if answer.status != 200:
            raise ImageRefused(f"the host answers {answer.status}")
        if len(answer.data) > MAX_BYTES:
            raise ImageRefused(f"it has more than {MAX_BYTES // 2**20} MB")
        return answer.data
