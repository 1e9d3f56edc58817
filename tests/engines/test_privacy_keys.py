"""Keys that Jekyll ignores and whose author meant to hide the document."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from portfolio.engines.jekyll.privacy_keys import privacy_problems

NOW = datetime(2026, 5, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        ({"private": True}, ["private"]),
        ({"private": False, "status": "published", "visibility": "public"}, []),
        ({"status": "draft"}, ["status"]),
        ({"Status": "Draft"}, ["Status"]),
        ({"visibility": "private"}, ["visibility"]),
        ({"password": "tide"}, ["password"]),
        ({"password": ""}, []),
        ({"expires": datetime(2026, 5, 3, tzinfo=UTC)}, ["expires"]),
        ({"expiryDate": "2020-01-01"}, ["expiryDate"]),
        ({"expires": "2030-01-01"}, []),
        ({"expires": "never"}, []),
        ({"title": "Private", "tags": ["private"]}, []),
    ],
)
def test_what_was_meant_private_is_told(data: dict[str, Any], keys: list[str]) -> None:
    problems = list(privacy_problems(data, UTC, NOW))
    assert [problem.message.partition(":")[0] for problem in problems] == keys
    assert "tide" not in " ".join(problem.message for problem in problems)
