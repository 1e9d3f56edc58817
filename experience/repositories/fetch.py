"""Fetch what a forge says of a repository, within limits, and from public addresses only."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from experience.repositories.forges import ReadFacts, Repository
from portfolio.delivery.public_http import REDIRECTS, AddressNotAllowed, Lookup, public_addresses, request

MAX_BYTES = 1024 * 1024  # of an answer
MAX_SECONDS = 15  # for a whole answer; a server may send it byte by byte
MAX_REDIRECTS = 3  # of a repository that was renamed
HEADERS = {"Accept": "application/json", "User-Agent": "Portfolio repository facts"}


class RepositoryError(Exception):
    """The facts cannot be had now; the message says why."""


@dataclass(slots=True)
class RepositoryFetcher:
    """Called with a repository it returns its facts. Raises ``RepositoryError``."""

    lookup: Lookup = public_addresses

    def __call__(self, repository: Repository) -> ReadFacts:
        try:
            facts = repository.read(self.ask)
        except AddressNotAllowed as error:
            raise RepositoryError(str(error)) from error
        except TimeoutError as error:
            raise RepositoryError(f"the host does not answer within {MAX_SECONDS} seconds") from error
        except socket.gaierror as error:
            raise RepositoryError("there is no such host, or no connection") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise RepositoryError(f"the host cannot be reached ({type(error).__name__})") from error
        if facts is None:
            raise RepositoryError("there is no public repository at this address")
        return facts

    def ask(self, address: str) -> Any:
        """The JSON at an address of an API; None for 404."""
        host = urlsplit(address).netloc
        for _ in range(MAX_REDIRECTS + 1):
            answer = request(address, headers=HEADERS, max_bytes=MAX_BYTES, seconds=MAX_SECONDS, lookup=self.lookup)
            location = answer.headers.get("Location", "")
            if answer.status in REDIRECTS and location:
                address = urljoin(address, location)
                if urlsplit(address).netloc != host:
                    raise RepositoryError("the host redirects to another host")
                continue
            return read_answer(answer.status, answer.headers, answer.data)
        raise RepositoryError(f"the host redirects more than {MAX_REDIRECTS} times")


def read_answer(status: int, headers: Mapping[str, str], data: bytes) -> Any:
    if status == 404:
        return None
    if status == 429 or (status == 403 and headers.get("X-RateLimit-Remaining") == "0"):
        raise RepositoryError("the host has answered as often as it does in an hour; try again later")
    if status != 200:
        raise RepositoryError(f"the host answers {status}")
    if len(data) > MAX_BYTES:
        raise RepositoryError(f"the answer has more than {MAX_BYTES // 2**20} MB")
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RepositoryError("the host answers with something else than JSON") from error
