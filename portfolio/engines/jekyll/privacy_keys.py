"""Privacy keys: front matter that Jekyll ignores, although its author meant to hide the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from portfolio.documents.document import Problem, Severity
from portfolio.engines.front_matter_values import moment, scalar_text

_FLAGS = ("private", "protected", "unlisted", "confidential", "secret")
_STATES = ("status", "state", "visibility", "access")
_NOT_PUBLIC = frozenset({"draft", "hidden", "internal", "private", "protected", "secret", "unlisted", "unpublished"})
_PASSWORDS = ("password", "passcode", "passphrase")
_EXPIRY = ("expires", "expires_at", "expiry", "expiry_date", "expirydate", "expire_date", "unpublish_date")
_WHAT_TO_DO = "Jekyll ignores it, so the page was public and is public here. If it shall not be, map it to draft"


def privacy_problems(data: Mapping[str, Any], local: tzinfo, now: datetime) -> Iterator[Problem]:
    """Yield a warning for each key that says that a public document was not meant to be."""
    for key, value in data.items():
        name = key.lower()
        if (
            (name in _FLAGS and value is True)
            or (name in _STATES and scalar_text(value).lower() in _NOT_PUBLIC)
            or (name in _PASSWORDS and value not in (None, False, ""))
            or (name in _EXPIRY and _is_over(value, local, now))
        ):
            shown = "" if name in _PASSWORDS else f" {scalar_text(value)}"
            yield Problem(Severity.WARNING, "meant-private", f"{key}:{shown} has no effect: {_WHAT_TO_DO}")


def _is_over(value: object, local: tzinfo, now: datetime) -> bool:
    date = moment(value, local, "", [])
    return date is not None and date <= now
