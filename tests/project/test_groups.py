"""Groups of tests that one worker runs one after the other, since they share a browser or stop a service."""

from __future__ import annotations

import os

import pytest


@pytest.mark.xdist_group("a group")
def test_the_groups_of_the_tests_reach_xdist(request: pytest.FixtureRequest) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith("@a group")
