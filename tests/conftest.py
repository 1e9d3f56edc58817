"""What every test may use."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import settings

# The same examples in every run: a failure found by chance is found again by whoever looks into it.
settings.register_profile("reproducible", derandomize=True)
settings.load_profile("reproducible")


def pytest_configure(config: pytest.Config) -> None:
    # Wagtail leaves the file of a new rendition to the garbage collector (generate_rendition_file).
    config.addinivalue_line("filterwarnings", "ignore:Unclosed file <tempfile.Spooled:ResourceWarning")


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture
def count_queries(client: Client) -> Callable[[str], int]:
    """Number of queries of a page that has been asked for before, as a visitor meets it in a running site."""

    def count(address: str) -> int:
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    return count
