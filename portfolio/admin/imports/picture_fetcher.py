"""Picture fetcher: download pictures of an imported site from other hosts, within limits, and only public ones."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin

from portfolio.delivery.public_http import AddressNotAllowed, Lookup, connection_to, public_addresses
from portfolio.images.sanitise import ImageRefused
from portfolio.markdown.addresses import split_address

MAX_BYTES = 20 * 1024 * 1024
TOTAL_TIMEOUT = 30  # seconds for a whole answer; a server may send it byte by byte
MAX_REDIRECTS = 5
MAX_PICTURES = 1000  # of one import
MAX_SECONDS = 600
AGENT = "Portfolio import"
REDIRECTS = frozenset({301, 302, 303, 307, 308})


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
        parts = split_address(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise AddressNotAllowed("it is not a web address")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
        connection = connection_to(parts.scheme, parts.hostname, port, self.lookup)
        ender = threading.Timer(TOTAL_TIMEOUT, connection.hang_up)
        ender.start()
        try:
            connection.request("GET", path + query, headers={"User-Agent": AGENT, "Accept": "image/*"})
            response = connection.getresponse()
            location = response.headers.get("Location", "")
            if response.status in REDIRECTS and location:
                return location
            if response.status != 200:
                raise ImageRefused(f"the host answers {response.status}")
            data = response.read(MAX_BYTES + 1)
        except (OSError, http.client.HTTPException) as error:
            if connection.closed_early:
                raise TimeoutError from error
            raise
        finally:
            ender.cancel()
            connection.close()
        if connection.closed_early:
            raise TimeoutError
        if len(data) > MAX_BYTES:
            raise ImageRefused(f"it has more than {MAX_BYTES // 2**20} MB")
        return data
